//! A consumer's end of a topic.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use futures::Stream;

use super::driver::Order;
use super::event::Update;
use super::feed::Shared;
use super::queue::Queue;
use super::sink::Subscribed;
use super::subs::TopicId;

/// A stream of a channel's pushes, and of everything that happens to it. Dropping it ends the subscription.
#[must_use = "dropping a subscription ends it"]
pub struct Subscription<T> {
    queue: Arc<Queue<T>>,
    home: Option<(Weak<Shared>, Arc<Subscribed>)>,
    first: bool,
}

impl<T> Subscription<T> {
    /// The topic's first, or one that joins others.
    pub(super) fn of(
        queue: Arc<Queue<T>>,
        home: Option<(Weak<Shared>, Arc<Subscribed>)>,
        first: bool,
    ) -> Self {
        Self { queue, home, first }
    }

    /// Whether the topic is subscribed to for this stream; otherwise it was before.
    pub(super) fn is_first(&self) -> bool {
        self.first
    }

    /// The next item; `None` after [`Closed`](super::Event::Closed). May be cancelled without losing one.
    pub async fn next(&mut self) -> Option<Update<T>> {
        std::future::poll_fn(|context| self.queue.poll(context)).await
    }

    /// The next item, if one is there.
    pub fn try_next(&mut self) -> Option<Update<T>> {
        self.queue.try_next()
    }

    /// Asks the venue for one push now, such as a snapshot, where it knows that for this channel.
    pub fn request(&self) {
        self.order(Order::Request);
    }

    /// Subscribes to the topic anew, for all its streams.
    pub(super) fn renew(&self) {
        self.order(Order::Renew);
    }

    fn order(&self, order: fn(TopicId) -> Order) {
        if let Some((shared, subscribed)) = &self.home
            && let Some(shared) = shared.upgrade()
        {
            shared.order(subscribed, order);
        }
    }
}

impl<T> Stream for Subscription<T> {
    type Item = Update<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Update<T>>> {
        self.queue.poll(context)
    }
}

impl<T> Drop for Subscription<T> {
    fn drop(&mut self) {
        self.queue.abandon();
        if let Some((shared, subscribed)) = self.home.take()
            && let Some(shared) = shared.upgrade()
        {
            shared.leave(&subscribed);
        }
    }
}

impl<T> fmt::Debug for Subscription<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topic = self.home.as_ref().map(|(_, subscribed)| subscribed.topic.text());
        f.debug_struct("Subscription").field("topic", &topic).finish_non_exhaustive()
    }
}
