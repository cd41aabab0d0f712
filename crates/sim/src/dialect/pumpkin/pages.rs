//! The venue's two kinds of pages.

use crate::dialect::page::{Cursor, Cut, Page};
use crate::dialect::{Ask, Json};
use crate::json::{list, write};
use crate::refusal::Refusal;

/// Rows on a page unless more or fewer are asked for.
const USUAL: usize = 10;
/// Rows on a page at most; our choice.
const MOST: usize = 100;

/// A page by its number.
pub(super) fn numbered<T: Copy>(
    ask: &Ask<'_>,
    rows: &[T],
    write_row: impl FnMut(T) -> Json,
) -> Result<Json, Refusal> {
    let page = Page::of(ask, MOST)?;
    Ok(write(&[
        ("page", page.number.to_string()),
        ("ps", page.size.to_string()),
        ("total", rows.len().to_string()),
        ("items", list(page.cut(rows).iter().copied().map(write_row))),
    ]))
}

/// A page that goes on from a row.
#[derive(Debug)]
pub(super) struct Walk<T> {
    page: Cut<T>,
    total: usize,
    limit: usize,
}

impl<T> Walk<T> {
    /// The page that is asked for, of rows with these ids.
    pub(super) fn of(ask: &Ask<'_>, rows: Vec<T>, id: impl Fn(&T) -> u64) -> Result<Self, Refusal> {
        let limit = ask.count("limit", USUAL, MOST)?;
        let total = rows.len();
        Ok(Self { page: Cursor::of(ask, "id", limit)?.cut(rows, id), total, limit })
    }

    pub(super) fn edges(self, write_row: impl FnMut(T) -> Json) -> Json {
        write(&[
            ("hasPrev", self.page.has_newer.to_string()),
            ("hasNext", self.page.has_older.to_string()),
            ("items", list(self.page.rows.into_iter().map(write_row))),
        ])
    }

    /// As if by number, which is how some lists that are walked are shown; they don't agree on a word for `ps`.
    pub(super) fn counted(self, size_name: &str, write_row: impl FnMut(T) -> Json) -> Json {
        write(&[
            ("page", "1".to_owned()),
            (size_name, self.limit.to_string()),
            ("total", self.total.to_string()),
            ("items", list(self.page.rows.into_iter().map(write_row))),
        ])
    }
}
