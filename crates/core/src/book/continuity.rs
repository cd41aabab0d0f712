//! When a change follows the one before it: the venues' rules, as data.

use super::update::Ids;

/// How a venue's book messages hang together: a venue names one per channel.
///
/// The constants are the combinations that venues document; others can be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Continuity {
    /// What makes a message the next one.
    pub link: Link,
    /// Where whole books come from.
    pub source: Source,
}

/// What makes a message the next one.
///
/// Where a venue's words leave room, the reading is the one under which a loss can't pass unnoticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Link {
    /// Each change has a version, one more than the book's. One not above the book's is old.
    Version,
    /// Each change covers `first..=last`.
    ///
    /// The first one after a snapshot must hold the update that follows it: `first ≤ sequence + 1 ≤ last`. From
    /// then on `first` is the last one's `last + 1`, exactly: one that overlaps would give the right book too,
    /// but the rule as documented knows no such message, so that it is a gap. `last ≤ sequence` is old.
    Range,
    /// As [`Range`](Self::Range), and each change names the `last` of the one before it, which decides: then
    /// nothing lies between them, even where numbers are left out.
    ///
    /// A change without it is judged by its range. The first one after a snapshot may also follow it by either.
    Previous,
    /// There are no changes: each message is a whole book.
    ///
    /// One with a lower number than the book's is old, one with the same a duplicate; where there are no
    /// numbers, one with an earlier time is old. A lower number with a later time can only be a new count: it
    /// is taken.
    Whole,
    /// There are no changes: each message is one whole side, and a book is there once both have come. Each side
    /// is the venue's of its own moment; the two needn't be of the same.
    Sides,
}

/// Where whole books come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The stream pushes them, marked as such, after subscribing or when asked. What it pushes always replaces
    /// the book, an older one too: then the venue's count has gone back.
    Stream,
    /// The first message after subscribing is one, without a mark. For another, subscribe anew.
    FirstMessage,
    /// A request of its own, whose answer isn't in order with the stream.
    Request,
}

impl Continuity {
    /// Versions, snapshots in the stream.
    pub const VERSION: Self = Self { link: Link::Version, source: Source::Stream };
    /// Ranges, snapshots in the stream.
    pub const RANGE: Self = Self { link: Link::Range, source: Source::Stream };
    /// Ranges, snapshot by a request.
    pub const RANGE_FROM_REQUEST: Self = Self { link: Link::Range, source: Source::Request };
    /// Ranges that name the one before, snapshot by a request.
    pub const PREVIOUS_FROM_REQUEST: Self = Self { link: Link::Previous, source: Source::Request };
    /// Each message is a whole book.
    pub const WHOLE: Self = Self { link: Link::Whole, source: Source::Stream };
    /// Each message is a whole book, but none may come for long: the first one by a request.
    pub const WHOLE_FROM_REQUEST: Self = Self { link: Link::Whole, source: Source::Request };
    /// Each message is one whole side.
    pub const SIDES: Self = Self { link: Link::Sides, source: Source::Stream };
}

/// What a change is to a book that stands at some sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Next,
    Old,
    Gap { expected: u64, got: u64 },
}

impl Link {
    /// Places a change; `first` when none was taken since the snapshot.
    #[inline]
    pub(super) fn place(self, ids: Ids, sequence: u64, first: bool) -> Place {
        if ids.last <= sequence {
            return Place::Old;
        }
        // `last` is above it: this can't overflow.
        let expected = sequence + 1;
        let holds_next = ids.first == expected || (first && ids.first < expected);
        let next = match (self, ids.previous) {
            (Self::Version, _) => ids.last == expected,
            (Self::Previous, Some(previous)) => previous == sequence || (first && holds_next),
            _ => holds_next,
        };
        if next {
            return Place::Next;
        }
        let got = match (self, ids.previous) {
            (Self::Version, _) => ids.last,
            (Self::Previous, Some(previous)) => previous.saturating_add(1),
            _ => ids.first,
        };
        Place::Gap { expected, got }
    }

    /// Whether there are changes at all, besides whole books.
    pub const fn has_changes(self) -> bool {
        matches!(self, Self::Version | Self::Range | Self::Previous)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: Place = Place::Next;
    const OLD: Place = Place::Old;

    fn gap(expected: u64, got: u64) -> Place {
        Place::Gap { expected, got }
    }

    #[test]
    fn the_documented_rules_place_each_change() {
        for (link, ids, sequence, first, place) in [
            (Link::Version, Ids::version(980_362), 980_361, true, NEXT),
            (Link::Version, Ids::version(980_362), 980_361, false, NEXT),
            (Link::Version, Ids::version(980_361), 980_361, true, OLD),
            (Link::Version, Ids::version(980_360), 980_361, false, OLD),
            (Link::Version, Ids::version(980_363), 980_361, true, gap(980_362, 980_363)),
            // The first may begin before the snapshot, the next may not.
            (Link::Range, Ids::range(121, 123), 120, true, NEXT),
            (Link::Range, Ids::range(121, 123), 121, true, NEXT),
            (Link::Range, Ids::range(121, 123), 122, true, NEXT),
            (Link::Range, Ids::range(121, 123), 123, true, OLD),
            (Link::Range, Ids::range(121, 123), 119, true, gap(120, 121)),
            (Link::Range, Ids::range(121, 123), 120, false, NEXT),
            (Link::Range, Ids::range(121, 123), 121, false, gap(122, 121)),
            (Link::Range, Ids::range(121, 123), 119, false, gap(120, 121)),
            (Link::Previous, Ids::linked(120, 121, 123), 120, true, NEXT),
            (Link::Previous, Ids::linked(120, 121, 123), 122, true, NEXT),
            (Link::Previous, Ids::linked(120, 121, 123), 123, true, OLD),
            (Link::Previous, Ids::linked(120, 121, 123), 119, true, gap(120, 121)),
            (Link::Previous, Ids::linked(120, 121, 123), 120, false, NEXT),
            (Link::Previous, Ids::linked(120, 121, 123), 122, false, gap(123, 121)),
            // Numbers left out, nothing lost.
            (Link::Previous, Ids::linked(120, 125, 126), 120, false, NEXT),
            (Link::Previous, Ids::linked(120, 125, 126), 120, true, NEXT),
            // The range would follow, but the venue says that another one comes before it.
            (Link::Previous, Ids::linked(119, 121, 123), 120, false, gap(121, 120)),
            (Link::Previous, Ids::range(121, 123), 120, false, NEXT),
            (Link::Previous, Ids::range(122, 123), 120, false, gap(121, 122)),
            // At the end of the numbers, and numbers the wrong way round.
            (Link::Version, Ids::version(u64::MAX), u64::MAX, false, OLD),
            (Link::Version, Ids::version(u64::MAX), u64::MAX - 1, false, NEXT),
            (Link::Range, Ids::range(9, 3), 1, true, gap(2, 9)),
            (Link::Range, Ids::range(9, 3), 5, true, OLD),
            (Link::Previous, Ids::linked(u64::MAX, 9, 12), 5, false, gap(6, u64::MAX)),
        ] {
            assert_eq!(link.place(ids, sequence, first), place, "{link:?} {ids:?} at {sequence}, {first}");
        }
    }
}
