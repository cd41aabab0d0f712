//! Lists that are given in pages.

use super::Json;
use crate::json::{list, write};
use crate::refusal::Refusal;

/// A row with the number that its list is ordered and continued by.
pub(crate) type Numbered = (u64, Json);

/// One page of a list that goes on from a row's number.
#[derive(Debug)]
pub(crate) struct Cursor {
    pub(crate) has_prev: bool,
    pub(crate) has_next: bool,
    pub(crate) items: Json,
}

/// The page behind the row with this number, or before it; the first one without a number. The highest number
/// comes first.
pub(crate) fn cursor(mut rows: Vec<Numbered>, from: Option<u64>, back: bool, limit: usize) -> Cursor {
    rows.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let (start, end) = match from {
        None => (0, limit),
        Some(from) if back => {
            let end = rows.partition_point(|(number, _)| *number > from);
            (end.saturating_sub(limit), end)
        }
        Some(from) => {
            let start = rows.partition_point(|(number, _)| *number >= from);
            (start, start.saturating_add(limit))
        }
    };
    let end = end.min(rows.len());
    let page = rows.get(start..end).unwrap_or_default();
    Cursor {
        has_prev: start > 0 && !rows.is_empty(),
        has_next: end < rows.len(),
        items: list(page.iter().map(|(_, row)| row.clone())),
    }
}

/// A page by its number, from 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub(crate) number: usize,
    pub(crate) size: usize,
}

impl Page {
    /// The asked page; what is no page is an invalid `page` or `size`.
    pub(crate) fn asked(number: Option<i64>, size: Option<i64>, most: usize) -> Result<Self, Refusal> {
        let read = |wish: Option<i64>, default: usize, name: &str| match wish {
            None => Ok(default),
            Some(wish) => {
                usize::try_from(wish).ok().filter(|wish| *wish > 0).ok_or_else(|| Refusal::invalid(name))
            }
        };
        let (number, size) = (read(number, 1, "page")?, read(size, 10, "size")?);
        if size > most { Err(Refusal::invalid("size")) } else { Ok(Self { number, size }) }
    }

    /// The rows of this page.
    pub(crate) fn cut<'a, T>(&self, rows: &'a [T]) -> &'a [T] {
        let start = (self.number - 1).saturating_mul(self.size).min(rows.len());
        let end = start.saturating_add(self.size).min(rows.len());
        rows.get(start..end).unwrap_or_default()
    }

    /// The page as an object with its rows, its number, its size and how many rows there are.
    pub(crate) fn write(&self, rows: &[Json]) -> Json {
        write(&[
            ("items", list(self.cut(rows).iter().cloned())),
            ("page", self.number.to_string()),
            ("ps", self.size.to_string()),
            ("total", rows.len().to_string()),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Numbered> {
        [3, 9, 5, 7, 1].map(|number| (number, number.to_string())).to_vec()
    }

    #[test]
    fn pages_go_on_in_both_directions_without_a_gap() {
        let all = |from, back| {
            let page = cursor(rows(), from, back, 2);
            (page.items, page.has_prev, page.has_next)
        };
        assert_eq!(all(None, false), ("[9,7]".into(), false, true));
        assert_eq!(all(Some(7), false), ("[5,3]".into(), true, true));
        assert_eq!(all(Some(3), false), ("[1]".into(), true, false));
        assert_eq!(all(Some(1), false), ("[]".into(), true, false));
        assert_eq!(all(Some(3), true), ("[7,5]".into(), true, true));
        assert_eq!(all(Some(7), true), ("[9]".into(), false, true));
        // A number that isn't there has its place all the same.
        assert_eq!(all(Some(6), false), ("[5,3]".into(), true, true));
    }

    #[test]
    fn numbered_pages_end_where_the_rows_do() {
        let page = Page::asked(Some(3), Some(2), 100).unwrap();
        assert_eq!(page.cut(&[1, 2, 3, 4, 5]), [5]);
        let page = Page::asked(Some(i64::MAX), Some(100), 100).unwrap();
        assert!(page.cut(&[1, 2]).is_empty());
        assert_eq!(Page::asked(Some(0), None, 100).unwrap_err(), Refusal::invalid("page"));
        assert_eq!(Page::asked(None, Some(101), 100).unwrap_err(), Refusal::invalid("size"));
    }
}
