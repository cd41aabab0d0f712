//! Answers that are one page of many.

use venue_core::Rows;
use venue_core::serde::de::DeserializeOwned;
use venue_core::serde::{Deserialize, Serialize};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde")]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned"))]
#[non_exhaustive]
pub struct Page<T> {
    /// Rows on all pages.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Which page this is; presumably from 1.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rows.
    pub data: Rows<T>,
}

impl<T> Page<T> {
    /// The number of the page after this one, which was asked for by this number; `None` after the last.
    ///
    /// Neither a stop rule nor the usual size of a page is documented, and the venue may give fewer rows a
    /// page than were asked for. A page without rows is the last; one with rows is when `total` can't leave
    /// more behind pages like it. So one page may be asked for too many, never one too few.
    pub(crate) fn next_index(&self, asked: Option<u32>) -> Option<u32> {
        let rows = u64::try_from(self.data.received()).unwrap_or(u64::MAX);
        let index = asked.or(self.page).unwrap_or(1);
        let seen = u64::from(index).saturating_mul(rows);
        let is_last = rows == 0 || self.total.is_some_and(|total| seen >= total);
        if is_last { None } else { index.checked_add(1) }
    }
}
