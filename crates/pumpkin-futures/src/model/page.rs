//! Pages of lists: one type for the two shapes, and how each goes on.

use venue_core::Rows;
use venue_core::serde::de::DeserializeOwned;
use venue_core::serde::{Deserialize, Serialize};

use super::PageDirection;

/// Rows that a list answers with unless it is asked for more or fewer.
const DEFAULT_SIZE: u32 = 10;

/// A page of a list.
///
/// Lists by page number have `page`, `ps` and `total`, lists by cursor have `has_prev` and `has_next`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase")]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned"))]
#[non_exhaustive]
pub struct Page<T> {
    /// Which page, from 1.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Rows a page; some lists call it `size`.
    #[serde(
        default,
        alias = "size",
        deserialize_with = "venue_core::wire::absent",
        skip_serializing_if = "Option::is_none"
    )]
    pub ps: Option<u32>,
    /// Rows on all pages.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Whether there is a page before.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub has_prev: Option<bool>,
    /// Whether there is a page after.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub has_next: Option<bool>,
    /// The rows.
    pub items: Rows<T>,
}

impl<T> Page<T> {
    /// The number of the page after this one, which was asked for as number `page` with `size` rows.
    ///
    /// No stop rule is documented. An empty page is the last; a full one never is, since `total` may have
    /// grown meanwhile; after one that is not full, `total` decides.
    pub(crate) fn next_number(&self, page: Option<u32>, size: Option<u32>) -> Option<u32> {
        let page = page.unwrap_or(1).max(1);
        let is_behind = self.total.is_some_and(|total| total > u64::from(page) * self.size(size));
        let goes_on = self.rows() > 0 && (self.is_full(size) || is_behind);
        page.checked_add(1).filter(|_| goes_on)
    }

    /// Where the page after this one begins, for a list that is walked from row to row: behind its last row,
    /// or before its first.
    ///
    /// `hasNext` and `hasPrev` decide. Some lists are documented to be walked so, and shown with a page by
    /// number: such a one goes on after a full page, as the documentation's own code does, and after one that
    /// holds fewer rows than `total`. A list that does not move on has ended.
    pub(crate) fn next_row<'p, I: PartialEq + 'p>(
        &'p self,
        direction: Option<&PageDirection>,
        limit: Option<u32>,
        from: Option<&I>,
        id: impl FnOnce(&'p T) -> &'p I,
    ) -> Option<&'p I> {
        let is_back = direction == Some(&PageDirection::Prev);
        let said = if is_back { self.has_prev } else { self.has_next };
        let is_short = || self.total.is_some_and(|total| total > self.rows());
        let goes_on = said.unwrap_or_else(|| self.is_full(limit) || is_short());
        if goes_on { self.items.edge(is_back, from, id) } else { None }
    }

    /// The rows that came, readable or not.
    fn rows(&self) -> u64 {
        self.items.received() as u64
    }

    /// The venue may give fewer rows a page than it was asked for, and says so.
    fn size(&self, asked: Option<u32>) -> u64 {
        u64::from(self.ps.or(asked).unwrap_or(DEFAULT_SIZE).max(1))
    }

    fn is_full(&self, asked: Option<u32>) -> bool {
        self.rows() >= self.size(asked)
    }
}
