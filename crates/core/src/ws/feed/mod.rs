//! The user's side of streams: a handle and its subscriptions.

mod builder;
mod shared;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use super::book::{AnyBook, BookChannel, LiveBook};
use super::channel::{AnyChannel, Channel, ChannelInfo, DecodedPush};
use super::driver::Order;
use super::event::{Event, Received, Update};
use super::queue::{Overflow, Queue};
use super::raw::{RawFrame, RawPush};
use super::sink::{Reader, Typed, Untyped, Verbatim};
use super::subscription::Subscription;
use crate::client::AnyClient;
use crate::endpoint::Source;
use crate::error::{Error, Invalid};
use crate::venue::Venue;

pub use builder::FeedBuilder;
use shared::Asked;
pub use shared::Connection;
pub(super) use shared::Shared;

/// A venue's streams. Cheap to clone; when the last clone is dropped, all connections end at once and all
/// streams are [`Closed`](Event::Closed). [`close`](Self::close) ends them in an orderly way.
pub struct Feed<V> {
    any: AnyFeed,
    typed: PhantomData<fn() -> V>,
}

impl<V> Clone for Feed<V> {
    fn clone(&self) -> Self {
        Self { any: self.any.clone(), typed: PhantomData }
    }
}

impl<V> fmt::Debug for Feed<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.any.fmt(f)
    }
}

impl<V: Venue> Feed<V> {
    /// Subscribes to a channel. A second subscription to the same topic shares the first one's on the wire;
    /// when the last stream of a topic is dropped, it is unsubscribed.
    ///
    /// What is wrong with it (a parameter, missing credentials) is the stream's first item.
    pub fn subscribe<C: Channel<Venue = V>>(&self, channel: C) -> Subscription<C::Item> {
        self.subscription(channel).open()
    }

    /// Keeps a local book from a channel.
    pub fn book<C: BookChannel<Venue = V>>(&self, channel: C) -> LiveBook<C> {
        self.subscription(channel).book()
    }

    /// Subscribes with an overflow policy of its own, or to raw frames.
    pub fn subscription<C: Channel<Venue = V>>(&self, channel: C) -> Subscribe<C> {
        Subscribe { feed: self.any.clone(), channel, overflow: Overflow::default(), stale_after: None }
    }

    /// The feed without its type, for tools that choose channels by name.
    #[must_use]
    pub fn erased(&self) -> &AnyFeed {
        &self.any
    }

    /// Every frame of every connection as it comes, for recorders; [`Event::Data`] and
    /// [`Event::Lagged`] only.
    pub fn frames(&self, overflow: Overflow) -> Subscription<RawFrame> {
        self.any.frames(overflow)
    }

    /// The connections, as they are now.
    #[must_use]
    pub fn connections(&self) -> Vec<Connection> {
        self.any.connections()
    }

    /// How many keys that no type maps were met in the pushes that were looked at.
    #[must_use]
    pub fn unmapped_keys(&self) -> u64 {
        self.any.handle.0.unmapped.keys()
    }

    /// Closes all connections in an orderly way, and gives listen keys back. Takes a few seconds at most.
    pub async fn close(self) {
        self.any.close().await;
    }
}

/// A subscription before it is opened.
#[must_use = "a subscription does nothing until it is opened"]
#[derive(Debug)]
pub struct Subscribe<C> {
    feed: AnyFeed,
    channel: C,
    overflow: Overflow,
    stale_after: Option<Duration>,
}

impl<C: Channel> Subscribe<C> {
    /// What happens when the consumer is slower than the venue.
    pub fn overflow(mut self, overflow: Overflow) -> Self {
        self.overflow = overflow;
        self
    }

    /// Silence for longer is a [`Stale`](Event::Stale), instead of five times the documented period. Also for
    /// channels without one. A topic that stays silent when it is subscribed to anew is given twice the time, and
    /// twice that, up to sixteen times. The first subscription to a topic decides.
    pub fn stale_after(mut self, silence: Duration) -> Self {
        self.stale_after = Some(silence);
        self
    }

    /// The stream of typed pushes.
    pub fn open(self) -> Subscription<C::Item> {
        self.feed.open(&self.channel, Typed::<C>::new(), true, self.overflow, self.stale_after)
    }

    /// A local book. A consumer that falls behind loses it for a moment, and learns so.
    pub fn book(self) -> LiveBook<C>
    where
        C: BookChannel,
    {
        LiveBook::new(&self.feed, self.channel, self.overflow, self.stale_after)
    }

    /// The stream of pushes as they came.
    pub fn raw(self) -> Subscription<RawPush> {
        self.feed.open(&self.channel, Verbatim, true, self.overflow, self.stale_after)
    }
}

/// A feed of a venue that is only known at run time.
#[derive(Clone)]
pub struct AnyFeed {
    handle: Arc<Handle>,
}

impl fmt::Debug for AnyFeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").field("venue", self.handle.0.client.venue()).finish_non_exhaustive()
    }
}

impl AnyFeed {
    /// Subscribes to a channel that was chosen by name; pushes come as JSON.
    pub fn subscribe(&self, channel: Box<dyn AnyChannel>, overflow: Overflow) -> Subscription<DecodedPush> {
        let asked = Asked::of(channel.as_ref());
        self.open_asked(asked, Untyped(channel), false, overflow, None)
    }

    /// Every frame of every connection as it comes.
    pub fn frames(&self, overflow: Overflow) -> Subscription<RawFrame> {
        Subscription::of(self.handle.0.taps.add(overflow), None, true)
    }

    /// The connections, as they are now.
    #[must_use]
    pub fn connections(&self) -> Vec<Connection> {
        self.handle.0.lock().lines.iter().map(|carrier| carrier.report.clone()).collect()
    }

    /// Keeps a local book of a channel that was chosen by name.
    ///
    /// # Errors
    /// When a parameter is missing or doesn't read, or no book can be kept from the channel.
    pub fn book(&self, channel: &ChannelInfo, source: &mut Source<'_>) -> Result<Box<dyn AnyBook>, Invalid> {
        channel.open_book(self, source)
    }

    /// How many topics are known, and how many connections hold.
    #[cfg(test)]
    pub(super) fn left(&self) -> (usize, usize) {
        let state = self.handle.0.lock();
        let held = state.lines.iter().map(|carrier| carrier.topics.len() + carrier.routes.len()).sum();
        (state.topics.len(), held)
    }

    pub(super) fn client(&self) -> &AnyClient {
        &self.handle.0.client
    }

    pub(super) fn received_now(&self) -> Received {
        self.handle.0.received_now()
    }

    pub(super) fn open_typed<C: Channel>(
        &self,
        channel: &C,
        overflow: Overflow,
        stale_after: Option<Duration>,
    ) -> Subscription<C::Item> {
        self.open(channel, Typed::<C>::new(), true, overflow, stale_after)
    }

    fn open<C: Channel, R: Reader>(
        &self,
        channel: &C,
        reader: R,
        share: bool,
        overflow: Overflow,
        stale_after: Option<Duration>,
    ) -> Subscription<R::Item> {
        self.open_asked(Asked::of(channel), reader, share, overflow, stale_after)
    }

    fn open_asked<R: Reader>(
        &self,
        asked: Result<Asked, Error>,
        reader: R,
        share: bool,
        overflow: Overflow,
        stale_after: Option<Duration>,
    ) -> Subscription<R::Item> {
        let shared = &self.handle.0;
        asked
            .and_then(|asked| Shared::join(shared, asked, reader, share, overflow, stale_after))
            .unwrap_or_else(|error| {
                // As an item, like every other refusal.
                let received = shared.received_now();
                let item = |event| Update { event, received, venue_time: None, generation: 0 };
                let queue = Arc::new(Queue::new(overflow));
                queue.push(item(Event::Rejected(error)));
                queue.end(item(Event::Closed));
                Subscription::of(queue, None, true)
            })
    }

    /// Closes all connections in an orderly way, and gives listen keys back. Takes a few seconds at most.
    pub async fn close(self) {
        let shared = &self.handle.0;
        let carriers = {
            let mut state = shared.lock();
            state.closed = true;
            std::mem::take(&mut state.lines)
        };
        let mut tasks = Vec::new();
        for carrier in carriers {
            // A task that has ended already has nothing to close.
            let _ = carrier.orders.send(Order::Close);
            tasks.push(carrier.task);
        }
        let all = futures::future::join_all(tasks.iter_mut());
        if tokio::time::timeout(CLOSE_WITHIN, all).await.is_err() {
            tasks.iter().for_each(JoinHandle::abort);
        }
        shared.end_all();
        if tokio::time::timeout(CLOSE_WITHIN, shared.keys.release(&shared.client)).await.is_err() {
            tracing::debug!("listen keys were not given back in time; they end by themselves");
        }
    }
}

/// The longest an orderly close takes.
const CLOSE_WITHIN: Duration = Duration::from_secs(4);

/// Ends everything when the last clone of a feed goes.
struct Handle(Arc<Shared>);

impl Drop for Handle {
    fn drop(&mut self) {
        let carriers = {
            let mut state = self.0.lock();
            state.closed = true;
            std::mem::take(&mut state.lines)
        };
        for carrier in carriers {
            carrier.task.abort();
        }
        self.0.end_all();
    }
}
