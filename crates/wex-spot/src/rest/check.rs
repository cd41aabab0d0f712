//! Documented rules that several requests share.

use std::ops::RangeInclusive;

use venue_core::{Invalid, OrderId};

/// What must not be empty. Where it may be left out, an empty one could mean everything.
pub(super) fn filled(name: &str, text: &str) -> Result<(), Invalid> {
    if text.trim().is_empty() { Err(Invalid::new(format!("{name} is empty"))) } else { Ok(()) }
}

/// An id whose documented type is a number.
pub(super) fn number(name: &str, text: &str) -> Result<(), Invalid> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Invalid::new(format!("{name} {text:?}: a whole number")));
    }
    Ok(())
}

/// Orders by their ids, at least one: what none of them means is not documented.
pub(super) fn order_ids(ids: &[OrderId]) -> Result<(), Invalid> {
    if ids.is_empty() {
        return Err(Invalid::new("orderIds: at least one"));
    }
    ids.iter().try_for_each(|id| number("orderId", id.as_str()))
}

/// The documented pattern of your own ids: 4 to so many letters, digits and underscores.
pub(super) fn own_id(name: &str, id: Option<&str>, longest: usize) -> Result<(), Invalid> {
    let Some(text) = id else { return Ok(()) };
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !(4..=longest).contains(&text.len()) || !is_word {
        return Err(Invalid::new(format!("{name} {text:?}: 4 to {longest} letters, digits and underscores")));
    }
    Ok(())
}

/// A whole number inside of a range, where it is given.
pub(super) fn within(name: &str, value: Option<u32>, range: RangeInclusive<u32>) -> Result<(), Invalid> {
    match value {
        Some(value) if !range.contains(&value) => {
            Err(Invalid::new(format!("{name} {value}: {} to {}", range.start(), range.end())))
        }
        _ => Ok(()),
    }
}

/// A list that may be left out, but not be empty.
pub(super) fn some<T>(name: &str, list: Option<&Vec<T>>) -> Result<(), Invalid> {
    match list {
        Some(list) if list.is_empty() => Err(Invalid::new(format!("{name}: at least one, or none given"))),
        _ => Ok(()),
    }
}
