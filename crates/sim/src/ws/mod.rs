//! Streams: `WebSocket` connections that push from the same state as requests are answered from.
//!
//! Whatever happens in a venue's exchange goes into one [`log`]; a connection is a task that moves bytes and
//! time, and holds a [`Session`] that says what they mean. Sessions are a venue's own: they do no I/O, read no
//! clock and hold no lock, so that they can be driven by hand.

mod beat;
mod connection;
mod feed;
mod fills;
mod log;
mod outbox;
mod report;
mod upgrade;

pub(crate) use beat::{next_beat, next_of};
pub(crate) use feed::{Door, Feed, Locked, Scene, Session};
pub(crate) use fills::Fills;
pub(crate) use log::{Behind, Log};
pub(crate) use outbox::Outbox;
pub use report::StreamReport;
pub(crate) use report::{Ending, Tally};
pub(crate) use upgrade::{is_upgrade, open};
