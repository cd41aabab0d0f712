//! What a book says about itself: where it stands, and what a message did.

use super::update::NegativeSize;

/// Where a book stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// Nothing has come yet.
    Empty,
    /// Some has come, but no whole book yet.
    Buffering,
    /// Equal to the venue's.
    Synced {
        /// The last update in it; `None` where the venue doesn't number them.
        sequence: Option<u64>,
    },
    /// It was equal, and is no more until a new snapshot comes.
    Stale(Cause),
}

/// Why a book is no longer equal to the venue's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// An update is missing.
    Gap {
        /// The one that should have come.
        expected: u64,
        /// The one that came.
        got: u64,
    },
    /// Only old updates come: the venue counts anew, or the snapshot's count is another one than the stream's.
    WentBack {
        /// Where the book stood.
        sequence: u64,
        /// The one that came.
        got: u64,
    },
    /// A size was below zero.
    Malformed(NegativeSize),
    /// A kind of message came that the rule doesn't know.
    Unexpected,
    /// Said from outside.
    Reset(Reset),
}

/// What happened to the stream, outside of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reset {
    /// It was connected anew, and the subscription with it.
    Reconnected,
    /// The channel was subscribed to anew.
    Resubscribed,
    /// Messages were dropped on this side, because nobody read them in time.
    Lagged,
    /// Messages were lost: the venue or the stream says so.
    Lost,
    /// The channel has been silent for longer than its rate allows.
    Silent,
}

/// What a message did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub enum Step {
    /// It waits for a snapshot, or for the other side.
    Buffered {
        /// Whether older ones had to go: the oldest for want of room, or all because some between them and
        /// this one are missing. Then the snapshot must be newer than those.
        dropped: bool,
    },
    /// The book is equal to the venue's, from a whole book and so many changes that had waited.
    Synced {
        /// Changes that had waited and are in it.
        applied: usize,
        /// Whether the best bid is at or above the best ask.
        crossed: bool,
    },
    /// It was the next one, and is in the book.
    Applied {
        /// Whether the best bid is at or above the best ask.
        crossed: bool,
    },
    /// Nothing changed.
    Ignored(Ignored),
    /// An update is missing: a new snapshot is needed. The message waits for it.
    Gap {
        /// The one that should have come.
        expected: u64,
        /// The one that came.
        got: u64,
    },
    /// The snapshot doesn't reach to the changes that wait: another is needed.
    SnapshotTooOld {
        /// What it reached to.
        snapshot: u64,
        /// Where the changes that wait begin.
        first: u64,
    },
    /// The book is no longer equal to the venue's, by another cause than a gap: a new snapshot is needed.
    Lost(Cause),
}

/// Why a message changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ignored {
    /// What it says is in the book already.
    Old,
    /// The same whole book again.
    Duplicate,
    /// The answer to a request from before the stream was reset.
    Superseded,
    /// A snapshot without the number that would place it in the stream.
    Unnumbered,
    /// An answered snapshot with a size below zero.
    Malformed(NegativeSize),
}

/// When a snapshot was asked for: see [`BookSync::ticket`](super::BookSync::ticket).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(pub(super) u64);
