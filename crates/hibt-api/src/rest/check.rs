//! Documented rules that several requests share.

use std::ops::RangeInclusive;

use venue_core::{Invalid, Millis};

/// A whole number inside of a range, where it is given.
pub(super) fn within(name: &str, value: Option<u32>, range: RangeInclusive<u32>) -> Result<(), Invalid> {
    match value {
        Some(value) if !range.contains(&value) => {
            Err(Invalid::new(format!("{name} {value}: {} to {}", range.start(), range.end())))
        }
        _ => Ok(()),
    }
}

/// A span of at most so many days, where both ends are given.
pub(super) fn span(start: Option<Millis>, end: Option<Millis>, days: i64) -> Result<(), Invalid> {
    match (start, end) {
        (Some(start), Some(end)) if end.get().saturating_sub(start.get()) > days * 86_400_000 => {
            Err(Invalid::new(format!("startTime {start} to endTime {end}: at most {days} days")))
        }
        _ => Ok(()),
    }
}

/// An id that names one thing. Where an id may be left out, an empty one would name everything.
pub(super) fn named(name: &str, id: &str) -> Result<(), Invalid> {
    if id.is_empty() {
        return Err(Invalid::new(format!("{name} is empty")));
    }
    Ok(())
}

/// Ids that name one thing each. An empty list, or one of empty ids, counts as none, and none cancels
/// everything.
pub(super) fn all_named<T: AsRef<str>>(name: &str, ids: &[T]) -> Result<(), Invalid> {
    if ids.is_empty() || ids.iter().any(|id| id.as_ref().is_empty()) {
        return Err(Invalid::new(format!("{name} is empty, or one of its ids is")));
    }
    Ok(())
}
