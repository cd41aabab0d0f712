//! Paging back through rows by their ids.

/// The smallest id of a page, when it lies before the one that the page was asked from: where the next page
/// begins. `None` ends the paging: the page is empty, or nothing in it is new.
///
/// Ids are whole numbers of up to 20 digits, compared as such.
pub(super) fn back<'a>(ids: impl Iterator<Item = &'a str>, from: Option<&str>) -> Option<&'a str> {
    let smallest = ids.min_by_key(|id| magnitude(id))?;
    match from {
        Some(from) if magnitude(smallest) >= magnitude(from) => None,
        _ => Some(smallest),
    }
}

/// Numbers without leading zeros compare by length first.
fn magnitude(id: &str) -> (usize, &str) {
    let digits = id.trim_start_matches('0');
    (digits.len(), digits)
}
