//! Lists that are given in pages: from a row on, or by number.

use super::{Ask, Json};
use crate::json::{list, write};
use crate::refusal::Refusal;

/// A row with the number that its list is ordered and continued by.
pub(crate) type Numbered = (u64, Json);

/// Where a page begins, which way it goes, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The row that the page is seen from, which isn't in it; from the end of the list when absent.
    from: Option<u64>,
    /// Towards newer rows; towards older ones otherwise.
    to_newer: bool,
    most: usize,
}

/// Rows of a page, newest first, and whether there are more on either side of them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cut<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) has_newer: bool,
    pub(crate) has_older: bool,
}

impl Cursor {
    /// As `direction` and the named parameter say: `PREV` and what begins so goes to newer rows, `NEXT` and
    /// nothing to older ones.
    pub(crate) fn of(ask: &Ask<'_>, from: &str, most: usize) -> Result<Self, Refusal> {
        let read = |text: String| text.parse().map_err(|_| Refusal::invalid(from));
        Ok(Self {
            from: ask.text(from).map(read).transpose()?,
            to_newer: ask.text("direction").is_some_and(|direction| direction.starts_with("PREV")),
            most,
        })
    }

    /// Cuts the page out of a whole list, in which the newest row has the highest number.
    pub(crate) fn cut<T>(self, mut rows: Vec<T>, number: impl Fn(&T) -> u64) -> Cut<T> {
        rows.sort_by_key(|row| std::cmp::Reverse(number(row)));
        let newer = |from: u64| rows.partition_point(|row| number(row) > from);
        let (begin, end) = if self.to_newer {
            let end = self.from.map_or(rows.len(), newer);
            (end.saturating_sub(self.most), end)
        } else {
            let begin = self.from.map_or(0, |from| rows.partition_point(|row| number(row) >= from));
            (begin, rows.len().min(begin.saturating_add(self.most)))
        };
        let (has_newer, has_older) = (begin > 0, end < rows.len());
        Cut { rows: rows.into_iter().take(end).skip(begin).collect(), has_newer, has_older }
    }
}

/// A page by its number, from 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub(crate) number: usize,
    pub(crate) size: usize,
}

impl Page {
    /// As `page` and `size` say; what is no page is refused.
    pub(crate) fn of(ask: &Ask<'_>, most: usize) -> Result<Self, Refusal> {
        Self::asked(ask.integer("page")?, ask.integer("size")?, most)
    }

    fn asked(number: Option<i64>, size: Option<i64>, most: usize) -> Result<Self, Refusal> {
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

    fn cut(from: Option<u64>, to_newer: bool) -> (Vec<u64>, bool, bool) {
        let cut = Cursor { from, to_newer, most: 2 }.cut(vec![3, 9, 5, 7, 1], |number| *number);
        (cut.rows, cut.has_newer, cut.has_older)
    }

    #[test]
    fn pages_follow_each_other_without_a_gap_or_a_row_twice() {
        assert_eq!(cut(None, false), (vec![9, 7], false, true));
        assert_eq!(cut(Some(7), false), (vec![5, 3], true, true));
        assert_eq!(cut(Some(3), false), (vec![1], true, false));
        assert_eq!(cut(Some(1), false), (vec![], true, false));
        assert_eq!(cut(None, true), (vec![3, 1], true, false));
        assert_eq!(cut(Some(3), true), (vec![7, 5], true, true));
        assert_eq!(cut(Some(7), true), (vec![9], false, true));
        assert_eq!(cut(Some(9), true), (vec![], false, true));
    }

    #[test]
    fn a_row_that_is_not_there_is_a_place_all_the_same() {
        assert_eq!(cut(Some(6), false), (vec![5, 3], true, true));
        assert_eq!(cut(Some(6), true), (vec![9, 7], false, true));
        assert_eq!(cut(Some(0), false), (vec![], true, false));
        assert_eq!(cut(Some(u64::MAX), false), (vec![9, 7], false, true));
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
