//! Documented rules that several requests share.

use std::ops::RangeInclusive;

use venue_core::{Amount, ClientOrderId, Contracts, Decimal, Invalid, Secs};

/// Longest span that a history may be asked for.
const HISTORY_DAYS: i64 = 90;

/// Your own id of a new order: letters and digits, up to 32.
pub(super) fn client_order_id(id: Option<&ClientOrderId>) -> Result<(), Invalid> {
    let Some(id) = id else { return Ok(()) };
    let text = id.as_str();
    if text.is_empty() || text.len() > 32 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Invalid::new(format!("client_order_id {text:?}: up to 32 letters and digits")));
    }
    Ok(())
}

/// An id that names one thing. Where an id may be left out, an empty one would name everything.
pub(super) fn named(name: &str, id: &str) -> Result<(), Invalid> {
    if id.is_empty() {
        return Err(Invalid::new(format!("{name} is empty")));
    }
    Ok(())
}

/// The size of an order: whole contracts.
pub(super) fn size(size: Contracts) -> Result<(), Invalid> {
    let size = size.decimal();
    if size.is_sign_negative() || size.is_zero() || !size.fract().is_zero() {
        return Err(Invalid::new(format!("size {size}: a whole number of contracts, at least 1")));
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

/// An amount inside of a range.
pub(super) fn amount(name: &str, amount: &Amount, range: &RangeInclusive<Decimal>) -> Result<(), Invalid> {
    if amount.decimal().is_some_and(|amount| range.contains(&amount)) {
        return Ok(());
    }
    Err(Invalid::new(format!("{name} {amount}: {} to {}", range.start(), range.end())))
}

/// How old a timestamp may be when it arrives: above 0, up to a minute.
pub(super) fn recv_window(window: Option<u32>) -> Result<(), Invalid> {
    within("recvWindow", window, 1..=60_000)
}

/// The span of a history: its end after its start, and at most 90 days.
pub(super) fn history(start: Option<Secs>, end: Option<Secs>) -> Result<(), Invalid> {
    let (Some(start), Some(end)) = (start, end) else { return Ok(()) };
    if end <= start {
        return Err(Invalid::new(format!("end_time {end} must be after start_time {start}")));
    }
    if end.get().saturating_sub(start.get()) > HISTORY_DAYS * 86_400 {
        return Err(Invalid::new(format!("start_time {start} to end_time {end}: at most 90 days")));
    }
    Ok(())
}
