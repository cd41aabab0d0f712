//! What lists have in common: spans of time, and how far back they reach.

use crate::dialect::Ask;
use crate::dialect::interval::DAY_MS;
use crate::refusal::{Refusal, Why};

/// The span from `startTime` to `endTime`, both included.
pub(super) fn span(ask: &Ask<'_>) -> Result<(i64, i64), Refusal> {
    let from_ms = ask.integer("startTime")?.unwrap_or(i64::MIN);
    let to_ms = ask.integer("endTime")?.unwrap_or(i64::MAX);
    if from_ms > to_ms { Err(Refusal::invalid("startTime")) } else { Ok((from_ms, to_ms)) }
}

/// The span, which must not begin before so many days ago; what is older is left out in any case.
pub(super) fn recent(ask: &Ask<'_>, days: i64, too_old: Why) -> Result<(i64, i64), Refusal> {
    let (from_ms, to_ms) = span(ask)?;
    let oldest_ms = ask.now_ms.saturating_sub(days * DAY_MS);
    if from_ms != i64::MIN && from_ms < oldest_ms {
        return Err(too_old.into());
    }
    Ok((from_ms.max(oldest_ms), to_ms))
}

/// A number that a list is cut at.
pub(super) fn bound(ask: &Ask<'_>, name: &str) -> Result<Option<u64>, Refusal> {
    ask.text(name).map(|id| id.parse().map_err(|_| Refusal::invalid(name))).transpose()
}
