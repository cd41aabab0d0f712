//! Local order books: a copy of the venue's that equals it, or says that it doesn't.
//!
//! * [`OrderBook`] holds both sides, exactly, and answers questions about them;
//! * [`BookSync`] keeps one equal to the venue's from snapshots and changes, by the venue's [`Continuity`] rule;
//!   a change that was lost, doubled or out of order is announced as a [`Step`], never applied in silence;
//! * [`Publisher`] and [`BookReader`] share it with other threads, whole update by whole update.
//!
//! Nothing here does I/O or reads a clock: time and randomness are arguments.
//!
//! ```
//! use std::time::Instant;
//! use venue_core::book::{BookSync, Continuity, Delta, Ids, Level, Snapshot, Step};
//! use venue_core::{Price, Qty};
//!
//! let level = |price: &str, size: &str| Level::<Qty>::new(price.parse().unwrap(), size.parse().unwrap());
//! let now = Instant::now();
//! let mut sync = BookSync::new(Continuity::RANGE_FROM_REQUEST);
//!
//! // A change comes before the snapshot: it waits.
//! let change = Delta::new(Ids::range(121, 123)).asks([level("34000.5", "0")]).bids([level("33999.0", "2")]);
//! assert_eq!(sync.on_delta(change, now), Step::Buffered { dropped: false });
//! assert!(sync.book().is_err());
//!
//! let ticket = sync.ticket();
//! // … the request for a snapshot is answered …
//! let snapshot = Snapshot::new()
//!     .sequence(122)
//!     .bids([level("33998.5", "1")])
//!     .asks([level("34000.5", "3"), level("34001.0", "1")]);
//! assert!(matches!(sync.on_answer(ticket, &snapshot, now), Step::Synced { .. }));
//! let book = sync.book().unwrap();
//! assert_eq!(book.best_bid().unwrap().price, "33999.0".parse::<Price>().unwrap());
//! assert_eq!(book.best_ask().unwrap().price, "34001.0".parse::<Price>().unwrap());
//!
//! // 124 is missing: the book says so.
//! assert_eq!(sync.on_delta(Delta::new(Ids::range(125, 126)), now), Step::Gap { expected: 124, got: 125 });
//! assert!(sync.book().is_err() && sync.needs_snapshot());
//! ```

mod continuity;
mod exact;
mod levels;
mod order_book;
mod resync;
mod shared;
mod step;
mod sync;
#[cfg(test)]
mod tests;
mod update;

pub use continuity::{Continuity, Link, Source};
pub use levels::LevelIter;
pub use order_book::{Depth, Fill, OrderBook};
pub use resync::Backoff;
pub use shared::{BookReader, Publisher, Top};
pub use step::{Cause, Ignored, Reset, State, Step, Ticket};
pub use sync::BookSync;
pub use update::{BookSide, Delta, Ids, Level, NegativeSize, SideUpdate, Size, Snapshot};
