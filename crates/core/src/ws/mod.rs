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
//! ```
//! use venue_core::ws::{Channel, Event};
//! use venue_core::{Client, Error, Venue};
//!
//! async fn follow<V: Venue, C: Channel<Venue = V>>(client: &Client<V>, channel: C) -> Result<(), Error> {
//!     let feed = client.feed().connect()?;
//!     let mut stream = feed.subscribe(channel);
//!     while let Some(update) = stream.next().await {
//!         match update.event {
//!             Event::Live => println!("complete from here on"),
//!             Event::Data(push) => println!("{push:?}, sent at {:?}", update.venue_time),
//!             Event::Gap(gap) => println!("missing: {}; to be read anew: {:?}", gap.reason, gap.refill),
//!             Event::Lagged { missed } => println!("too slow for {missed} items"),
//!             Event::Rejected(error) => println!("refused: {error}"),
//!             other => println!("{}", other.name()),
//!         }
//!     }
//!     // An orderly end: connections are closed, and listen keys given back.
//!     feed.close().await;
//!     Ok(())
//! }
//! ```
//!
//! Who only wants the latest state names that; a local book knows by itself when it is whole:
//!
//! ```
//! use venue_core::Venue;
//! use venue_core::ws::{BookChannel, BookEvent, Channel, Feed, Overflow};
//!
//! async fn quote<V, C, B>(feed: &Feed<V>, ticker: C, book: B)
//! where
//!     V: Venue,
//!     C: Channel<Venue = V>,
//!     B: BookChannel<Venue = V>,
//! {
//!     let mut latest = feed.subscription(ticker).overflow(Overflow::DropOldest(1)).open();
//!     println!("{:?}", latest.next().await);
//!
//!     let mut book = feed.book(book);
//!     while let Some(update) = book.next().await {
//!         match (update.event, book.book()) {
//!             (BookEvent::Synced | BookEvent::Changed, Ok(levels)) => println!("{:?}", levels.best_bid()),
//!             (event, _) => println!("no book to trade on: {event:?}"),
//!         }
//!     }
//! }
//! ```
//!
//! Secrets are in no event and no log of this crate. The WebSocket library underneath writes whole frames, and
//! the addresses that it connects to, at the level `trace` of the `log` crate: whoever collects that level
//! keeps the target `tungstenite` above it.
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
pub use channel::{AnyChannel, Channel, ChannelInfo, ChannelSpec, Channels, DecodedPush, check_symbol};
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
