//! The two shapes of pages, and how each goes on.

use venue_core::Rows;
use venue_core::serde::de::DeserializeOwned;
use venue_core::serde::{Deserialize, Serialize};
use venue_core::wire::absent;

use super::{Direction, HistoryDirection, RecordId};

/// Rows that a list answers with unless it is asked for more or fewer.
const DEFAULT_SIZE: u32 = 10;

/// A page by number, of a list that knows how many rows it has in all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde", bound(deserialize = "T: DeserializeOwned"))]
#[non_exhaustive]
pub struct NumberedPage<T> {
    /// The rows.
    pub items: Rows<T>,
    /// Which page it is, from 1.
    #[serde(default, deserialize_with = "absent", skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Rows a page.
    #[serde(default, deserialize_with = "absent", skip_serializing_if = "Option::is_none")]
    pub ps: Option<u32>,
    /// Rows in all.
    #[serde(default, deserialize_with = "absent", skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl<T> NumberedPage<T> {
    /// Whether the first page is all there is: every row of it was read, and there are no more by the total,
    /// or, where the venue leaves that out, the page isn't full.
    pub(crate) fn is_whole(&self) -> bool {
        let came = self.items.received() as u64;
        let is_end = match self.total {
            Some(total) => came >= total,
            None => came < u64::from(self.ps.unwrap_or(DEFAULT_SIZE)),
        };
        self.items.bad().is_empty() && is_end
    }

    /// The page after this one, which was asked for as number `page` with `size` rows: while the pages so
    /// far hold fewer rows than there are in all; a page that isn't full is the last in any case.
    pub(crate) fn next(&self, page: Option<u32>, size: Option<u32>) -> Option<u32> {
        let page = page.unwrap_or(1).max(1);
        // The venue may give fewer rows a page than it was asked for, and says so.
        let size = self.ps.or(size).filter(|size| *size > 0).unwrap_or(DEFAULT_SIZE);
        let is_full = self.items.received() as u64 >= u64::from(size);
        let is_behind = self.total.is_none_or(|total| u64::from(page) * u64::from(size) < total);
        (is_full && is_behind).then(|| page.saturating_add(1))
    }
}

/// A page by place: what is before and behind it is said, how much there is in all is not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"))]
#[non_exhaustive]
pub struct CursorPage<T> {
    /// Whether there is a page behind this one.
    #[serde(default, deserialize_with = "absent", skip_serializing_if = "Option::is_none")]
    pub has_next: Option<bool>,
    /// Whether there is a page before this one.
    #[serde(default, alias = "hasPre", deserialize_with = "absent", skip_serializing_if = "Option::is_none")]
    pub has_prev: Option<bool>,
    /// The rows.
    pub items: Rows<T>,
}

/// A direction that a list can be walked in.
pub(crate) trait Walk {
    /// Whether it leads to the pages before.
    fn is_back(&self) -> bool;
}

impl Walk for Direction {
    fn is_back(&self) -> bool {
        *self == Self::Prev
    }
}

impl Walk for HistoryDirection {
    fn is_back(&self) -> bool {
        *self == Self::Previous
    }
}

impl<T> CursorPage<T> {
    /// Where the page after this one begins, in the direction that was asked for: behind its last record, or
    /// before its first. `None` after the last page, and when the list does not move on.
    pub(crate) fn next(
        &self,
        direction: Option<&impl Walk>,
        from: Option<&RecordId>,
        limit: Option<u32>,
        id: impl Fn(&T) -> RecordId,
    ) -> Option<RecordId> {
        let is_back = direction.is_some_and(Walk::is_back);
        let said = if is_back { self.has_prev } else { self.has_next };
        if !said.unwrap_or_else(|| self.is_full(limit)) {
            return None;
        }
        let edge = if is_back { self.items.first() } else { self.items.last() };
        edge.map(id).filter(|id| Some(id) != from)
    }

    /// The number of the page after this one, of a list that is asked for by number all the same.
    pub(crate) fn next_number(&self, page: Option<u32>, size: Option<u32>) -> Option<u32> {
        let goes_on = self.has_next.unwrap_or_else(|| self.is_full(size)) && self.items.received() > 0;
        goes_on.then(|| page.unwrap_or(1).max(1).saturating_add(1))
    }

    /// What is left to go by where the venue doesn't say whether there is more.
    fn is_full(&self, limit: Option<u32>) -> bool {
        self.items.received() as u64 >= u64::from(limit.unwrap_or(DEFAULT_SIZE).max(1))
    }
}
