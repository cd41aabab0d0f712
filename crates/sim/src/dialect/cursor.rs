//! Lists that are read page by page, from the id of a row.

use super::Ask;
use crate::refusal::Refusal;

/// Where a page begins, which way it goes, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The row that the page is seen from, which isn't in it; from the end of the list when absent.
    from: Option<u64>,
    /// Towards newer rows; towards older ones otherwise.
    to_newer: bool,
    most: usize,
}

/// A page, newest row first, and whether there is more on either side of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) has_newer: bool,
    pub(crate) has_older: bool,
}

impl Cursor {
    /// As `direction`, `limit` and the named parameter say: `PREV` goes to newer rows, `NEXT` and nothing to
    /// older ones.
    pub(crate) fn of(ask: &Ask<'_>, from: &str, default: usize, most: usize) -> Result<Self, Refusal> {
        let read = |text: String| text.parse().map_err(|_| Refusal::invalid(from));
        Ok(Self {
            from: ask.text(from).map(read).transpose()?,
            to_newer: ask.is("direction", "PREV"),
            most: ask.count("limit", default, most)?,
        })
    }

    /// Cuts the page out of a whole list, in which ids fall.
    pub(crate) fn cut<T>(self, newest_first: Vec<T>, id: impl Fn(&T) -> u64) -> Page<T> {
        let newer = |from: u64| newest_first.iter().take_while(|row| id(row) > from).count();
        let (begin, end) = if self.to_newer {
            let end = self.from.map_or(newest_first.len(), newer);
            (end.saturating_sub(self.most), end)
        } else {
            let skipped = self.from.map_or(0, |from| from.checked_sub(1).map_or(newest_first.len(), newer));
            (skipped, newest_first.len().min(skipped.saturating_add(self.most)))
        };
        let (has_newer, has_older) = (begin > 0, end < newest_first.len());
        let rows = newest_first.into_iter().take(end).skip(begin).collect();
        Page { rows, has_newer, has_older }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(from: Option<u64>, to_newer: bool) -> (Vec<u64>, bool, bool) {
        let page = Cursor { from, to_newer, most: 2 }.cut(vec![9, 7, 5, 3, 1], |id| *id);
        (page.rows, page.has_newer, page.has_older)
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
}
