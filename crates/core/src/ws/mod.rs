//! Streams: typed channels over WebSockets that reconnect, replay and say what was missed.
//!
//! A [`Feed`] is made by [`Client::feed`](crate::Client::feed). What it hands out are [`Subscription`]s:
//! streams in which everything is an item, also what went wrong. Underneath, each connection has a state
//! machine without I/O and a thin task that carries out what it says.
//!
//! * What is wanted is the truth: after a reconnect all of it is asked for again, in frames that the venue's
//!   limits allow, with logins and listen keys made anew.
//! * A connection that says nothing, not even to a ping, is dropped. A channel with a documented rate that
//!   says nothing is [`Stale`](Event::Stale) and subscribed anew; a quiet private one is left alone.
//! * Reading never waits for a consumer. Each has a bounded queue with a named [`Overflow`] policy, and what
//!   it was too slow for is announced.
//! * Nothing that is handed out holds on to a connection's buffer.
//!
//! A venue's side of it is [`Streams`]: lines as data, and small functions on frames.

mod address;
mod book;
mod channel;
mod driver;
mod event;
mod feed;
mod frame;
mod inspect;
mod keys;
mod line;
mod machine;
mod pace;
mod queue;
mod raw;
mod sink;
mod socket;
mod subs;
mod subscription;
#[cfg(test)]
mod tests;
mod venue;

pub use book::{
    AnyBook, BookChannel, BookEvent, BookFetch, BookMessage, BookUpdate, Levels, LiveBook, NextBookUpdate,
};
pub use channel::{AnyChannel, Channel, ChannelInfo, ChannelSpec, DecodedPush};
pub use event::{Event, Gap, GapReason, Received, Update};
pub use feed::{AnyFeed, Connection, Feed, FeedBuilder, Subscribe};
pub use frame::{Answer, Command, Frame, Payload, Routes, Topic, Unreadable, Verb};
pub use inspect::{FrameKind, Inspected, inspect};
pub use line::{Acks, Entry, Heartbeat, KeyLife, Line, Ping};
pub use machine::Phase;
pub use queue::Overflow;
pub use raw::{RawFrame, RawPush};
pub(crate) use socket::Net;
pub use subscription::Subscription;
pub use venue::{KeyCalls, KeyFuture, Streams};
