//! Lists that are given in pages.

use super::Json;
use crate::json::{list, write};
use crate::refusal::Refusal;

/// A row with the number that its list is ordered and continued by.
pub(crate) type Numbered = (u64, Json);

/// One page of a list that goes on from a row's number.
#[derive(Debug)]
pub(crate) struct Cursor<T> {
    pub(crate) has_prev: bool,
    pub(crate) has_next: bool,
    pub(crate) items: Vec<T>,
}

/// The page behind the row with this number, or before it; the first one without a number. The highest number
/// comes first.
pub(crate) fn cursor<T>(
    mut rows: Vec<T>,
    number: impl Fn(&T) -> u64,
    from: Option<u64>,
    back: bool,
    limit: usize,
) -> Cursor<T> {
    rows.sort_by_key(|row| std::cmp::Reverse(number(row)));
    let (start, end) = match from {
        None => (0, limit),
        Some(from) if back => {
            let end = rows.partition_point(|row| number(row) > from);
            (end.saturating_sub(limit), end)
        }
        Some(from) => {
            let start = rows.partition_point(|row| number(row) >= from);
            (start, start.saturating_add(limit))
        }
    };
    let (end, count) = (end.min(rows.len()), rows.len());
    Cursor {
        has_prev: start > 0 && count > 0,
        has_next: end < count,
        items: rows.into_iter().take(end).skip(start).collect(),
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

    #[test]
    fn pages_go_on_in_both_directions_without_a_gap() {
        let all = |from, back| {
            let page = cursor(vec![3, 9, 5, 7, 1], |number| *number, from, back, 2);
            (page.items, page.has_prev, page.has_next)
        };
        assert_eq!(all(None, false), (vec![9, 7], false, true));
        assert_eq!(all(Some(7), false), (vec![5, 3], true, true));
        assert_eq!(all(Some(3), false), (vec![1], true, false));
        assert_eq!(all(Some(1), false), (vec![], true, false));
        assert_eq!(all(Some(3), true), (vec![7, 5], true, true));
        assert_eq!(all(Some(7), true), (vec![9], false, true));
        // A number that isn't there has its place all the same.
        assert_eq!(all(Some(6), false), (vec![5, 3], true, true));
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
