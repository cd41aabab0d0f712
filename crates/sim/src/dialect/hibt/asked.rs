//! What several requests ask for in the same words: spans of time, pages, one thing out of several.

use std::ops::RangeInclusive;

use super::number_of;
use crate::dialect::interval::DAY_MS;
use crate::dialect::{Ask, Json};
use crate::engine::{Order, OrderId};
use crate::json::{list, write};
use crate::refusal::Refusal;
use crate::rules::hibt;

/// "3 months": the longest there are.
pub(super) const QUARTER_MS: i64 = 92 * DAY_MS;
/// Rows of a page, where nobody says how many.
const PAGE: i64 = 10;
/// Most rows of a page.
const MOST_PAGE: i64 = 50;

/// `startTime` to `endTime`, in units of so many milliseconds, up to now when nobody says.
pub(super) fn span(ask: &Ask<'_>, unit_ms: i64) -> Result<RangeInclusive<i64>, Refusal> {
    let (from, to) = (ask.integer("startTime")?, ask.integer("endTime")?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Refusal::invalid("startTime"));
    }
    let end = to.map(|to| to.saturating_mul(unit_ms));
    if end.is_some_and(|end| end > ask.now_ms) {
        return Err(hibt::END_IN_FUTURE.into());
    }
    // The end is part of the span, whole.
    let to_ms = end.map_or(ask.now_ms, |end| end.saturating_add(unit_ms - 1));
    Ok(from.map_or(0, |from| from.saturating_mul(unit_ms))..=to_ms)
}

/// The same in milliseconds, no longer than this: what is longer is refused. Without a start it is as long
/// as it may be.
pub(super) fn short_span(
    ask: &Ask<'_>,
    longest_ms: i64,
    refusal: impl Into<Refusal>,
) -> Result<RangeInclusive<i64>, Refusal> {
    let span = span(ask, 1)?;
    let earliest = span.end().saturating_sub(longest_ms);
    if ask.integer("startTime")?.is_none() {
        return Ok(earliest..=*span.end());
    }
    if *span.start() < earliest { Err(refusal.into()) } else { Ok(span) }
}

/// How many rows of a list, up to a thousand.
pub(super) fn limit(ask: &Ask<'_>, default: i64) -> Result<usize, Refusal> {
    let limit = ask.within("limit", 1..=1000)?.unwrap_or(default);
    Ok(usize::try_from(limit).unwrap_or_default())
}

/// One page of rows, with how many there are on all pages; written only where they are shown.
pub(super) fn page<T>(ask: &Ask<'_>, rows: &[T], row: impl Fn(&T) -> Json) -> Result<Json, Refusal> {
    let index = ask.within("pageIndex", 1..=i64::MAX)?.unwrap_or(1);
    let size = ask.within("pageSize", 1..=MOST_PAGE)?.unwrap_or(PAGE);
    let skipped = usize::try_from((index - 1).saturating_mul(size)).unwrap_or(usize::MAX);
    let shown = rows.iter().skip(skipped).take(usize::try_from(size).unwrap_or_default());
    Ok(write(&[
        ("total", rows.len().to_string()),
        ("page", index.to_string()),
        ("data", list(shown.map(row))),
    ]))
}

/// An order, or all orders of a position, as a request names them. An id that the venue never wrote is none.
#[derive(Debug)]
pub(super) enum Named {
    /// By the venue's id.
    Id(Option<OrderId>),
    /// By the caller's.
    ClientId(String),
    /// By that of the position.
    Position(Option<u64>),
}

impl Named {
    pub(super) fn id(text: &str) -> Self {
        Self::Id(number_of(text))
    }

    pub(super) fn client_id(text: &str) -> Self {
        Self::ClientId(text.to_owned())
    }

    pub(super) fn position(text: &str) -> Self {
        Self::Position(number_of(text))
    }

    /// What is named; `None` when nothing is. Two names are one too many.
    pub(super) fn maybe(ask: &Ask<'_>) -> Result<Option<Self>, Refusal> {
        let names = [
            ask.text("orderID").as_deref().map(Self::id),
            ask.text("customID").as_deref().map(Self::client_id),
            ask.text("positionID").as_deref().map(Self::position),
        ];
        let mut named = names.into_iter().flatten();
        let first = named.next();
        if named.next().is_some() { Err(Refusal::invalid("orderID")) } else { Ok(first) }
    }

    /// What is named, which something must be.
    pub(super) fn must(ask: &Ask<'_>) -> Result<Self, Refusal> {
        Self::maybe(ask)?.ok_or_else(|| Refusal::missing("orderID"))
    }

    pub(super) fn is(&self, order: &Order) -> bool {
        match self {
            Self::Id(id) => *id == Some(order.id),
            Self::ClientId(id) => order.client_id == *id,
            Self::Position(number) => number.is_some() && order.position == *number,
        }
    }
}
