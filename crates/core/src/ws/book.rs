//! A local book kept from a channel: the subscription, the snapshot where it takes one, and the machine that
//! knows whether they fit.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use futures::StreamExt as _;
use tokio::time::Instant;

use super::channel::Channel;
use super::event::{Event, Received, Update};
use super::feed::AnyFeed;
use super::queue::Overflow;
use super::subscription::Subscription;
use crate::book::{
    BookReader, BookSide, BookSync, Cause, Continuity, Delta, OrderBook, Publisher, Reset, SideUpdate, Size,
    Snapshot, Source, State, Step, Ticket,
};
use crate::client::AnyClient;
use crate::decimal::Decimal;
use crate::error::Error;
use crate::wire::Millis;

/// What a push says of a book.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum BookMessage<S> {
    /// What changed.
    Delta(Delta<S>),
    /// The whole book.
    Snapshot(Snapshot<S>),
    /// One whole side.
    Side(SideUpdate<S>),
}

/// The answer to a request for a whole book.
pub type BookFetch<S> = Pin<Box<dyn Future<Output = Result<Snapshot<S>, Error>> + Send>>;

/// A channel from which a local book can be kept.
pub trait BookChannel: Channel {
    /// What its sizes count.
    type Size: Size;
    /// How its pushes hang together, and where whole books come from.
    const RULE: Continuity;
    /// Whether a whole book can be asked for on the connection.
    const REQUESTABLE: bool = false;

    /// What a push says; nothing where it holds nothing of the book.
    ///
    /// # Errors
    /// When it can't be understood: the book is then no longer equal to the venue's.
    fn message(&self, item: Self::Item) -> Result<Option<BookMessage<Self::Size>>, String>;

    /// Asks for a whole book by REST, where the rule takes it from there.
    fn fetch(&self, client: &AnyClient) -> Option<BookFetch<Self::Size>> {
        let _ = client;
        None
    }
}

/// What happened to a local book.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum BookEvent {
    /// It equals the venue's from here on, until something else is said.
    Synced,
    /// It changed, and still equals the venue's.
    Changed,
    /// It no longer equals the venue's; a whole book is on its way.
    Lost(Cause),
    /// A whole book was asked for and didn't come; it is asked for again.
    NoSnapshot(Error),
    /// News of the stream: live, gap, stale, lagged, unreadable, rejected, closed.
    Stream(Event<()>),
}

/// One item of a [`LiveBook`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BookUpdate {
    /// What happened.
    pub event: BookEvent,
    /// When it arrived here.
    pub received: Received,
    /// The venue's time of it, in ms, where it was sent.
    pub venue_time: Option<Millis>,
    /// The connection it came over.
    pub generation: u64,
}

/// A local book that equals the venue's or says that it doesn't. Its consumer drives it: between two calls of
/// [`next`](Self::next) it stands still.
///
/// Made by [`Feed::book`](super::Feed::book).
#[must_use = "a book does nothing until it is read"]
pub struct LiveBook<C: BookChannel> {
    channel: C,
    client: AnyClient,
    stream: Subscription<C::Item>,
    sync: BookSync<C::Size>,
    publisher: Option<Publisher<C::Size>>,
    live: bool,
    /// The connection that the last whole book came over; what an older one pushes is of the past.
    generation: u64,
    /// The newest connection of which nothing was missed since it became live.
    unbroken: u64,
    /// The topic is being subscribed to anew, and the news of it hasn't come: nothing before it counts.
    renewing: bool,
    fetching: Option<Fetching<C>>,
    ask_at: Option<Instant>,
    /// Times in a row that the stream was given to push a whole book, or asked for one, and didn't.
    unanswered: u32,
    last: (Received, u64),
}

/// A whole book on its way.
struct Fetching<C: BookChannel> {
    ticket: Ticket,
    call: BookFetch<C::Size>,
    answer: Option<Result<Snapshot<C::Size>, Error>>,
    /// Items that went before an answer that was there.
    before: u32,
}

/// A stream that pushes a whole book after subscribing is given so long before it is asked for one.
const GRACE: Duration = Duration::from_secs(2);
/// A stream that keeps a whole book back so many times is subscribed to anew: it may say nothing at all.
const UNANSWERED: u32 = 3;
/// So many items of the stream may go before an answer that is there.
const BEFORE_ANSWER: u32 = 4096;

enum Woken<C: BookChannel> {
    Stream(Option<Update<C::Item>>),
    Fetched(Ticket, Result<Snapshot<C::Size>, Error>),
    Ask,
}

impl<C: BookChannel> LiveBook<C> {
    pub(super) fn new(feed: &AnyFeed, channel: C, overflow: Overflow, stale_after: Option<Duration>) -> Self {
        let stream = feed.open_typed(&channel, overflow, stale_after);
        let received = feed.received_now();
        let mut book = Self {
            channel,
            client: feed.client().clone(),
            stream,
            sync: BookSync::new(C::RULE),
            publisher: None,
            live: false,
            generation: 0,
            unbroken: 0,
            renewing: false,
            fetching: None,
            ask_at: None,
            unanswered: 0,
            last: (received, 0),
        };
        if C::RULE.source == Source::FirstMessage && !book.stream.is_first() {
            book.renew();
        }
        book
    }

    /// The book, while it equals the venue's.
    ///
    /// # Errors
    /// Its state, when it doesn't.
    pub fn book(&self) -> Result<&OrderBook<C::Size>, State> {
        self.sync.book()
    }

    /// The machine behind it: its state, and the book as it last was.
    #[must_use]
    pub fn sync(&self) -> &BookSync<C::Size> {
        &self.sync
    }

    /// A reader for other threads and tasks, who never see half an update.
    pub fn reader(&mut self) -> BookReader<C::Size> {
        let publisher = self.publisher.get_or_insert_with(|| Publisher::new().0);
        publisher.publish(&self.sync);
        publisher.reader()
    }

    /// What happens next; `None` after the stream has closed. May be cancelled without losing anything.
    pub async fn next(&mut self) -> Option<BookUpdate> {
        loop {
            let event = match self.woken().await {
                Woken::Stream(None) => return None,
                Woken::Stream(Some(update)) => {
                    self.last = (update.received, update.generation);
                    let venue_time = update.venue_time;
                    match self.heard(update.event, update.generation) {
                        Some(event) => return Some(self.update(event, venue_time)),
                        None => continue,
                    }
                }
                Woken::Fetched(ticket, answer) => {
                    self.fetching = None;
                    match answer {
                        Ok(snapshot) => {
                            let step = self.sync.on_answer(ticket, &snapshot, now());
                            self.stepped(step)
                        }
                        Err(error) => {
                            self.ask_later(error.retry_after().unwrap_or_default());
                            Some(BookEvent::NoSnapshot(error))
                        }
                    }
                }
                Woken::Ask => {
                    self.ask();
                    None
                }
            };
            if let Some(event) = event {
                return Some(self.update(event, None));
            }
        }
    }

    async fn woken(&mut self) -> Woken<C> {
        let ask_at = self.ask_at;
        let due = async {
            match ask_at {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(due);
        std::future::poll_fn(|context| {
            // The call goes on also while the stream is busy.
            let mut answered = false;
            if let Some(fetching) = &mut self.fetching {
                if fetching.answer.is_none()
                    && let Poll::Ready(answer) = fetching.call.as_mut().poll(context)
                {
                    fetching.answer = Some(answer);
                }
                answered = fetching.answer.is_some();
                fetching.before += u32::from(answered);
            }
            // What the stream has sent before an answer comes first, but doesn't keep it off.
            let first = self.fetching.as_ref().is_some_and(|fetching| fetching.before > BEFORE_ANSWER);
            if !first && let Poll::Ready(update) = self.stream.poll_next_unpin(context) {
                return Poll::Ready(Woken::Stream(update));
            }
            if answered && let Some(Fetching { ticket, answer: Some(answer), .. }) = self.fetching.take() {
                return Poll::Ready(Woken::Fetched(ticket, answer));
            }
            due.as_mut().poll(context).map(|()| Woken::Ask)
        })
        .await
    }

    fn update(&mut self, event: BookEvent, venue_time: Option<Millis>) -> BookUpdate {
        if let Some(publisher) = &mut self.publisher {
            publisher.publish(&self.sync);
        }
        let (received, generation) = self.last;
        BookUpdate { event, received, venue_time, generation }
    }

    fn heard(&mut self, event: Event<C::Item>, generation: u64) -> Option<BookEvent> {
        let by_first = C::RULE.source == Source::FirstMessage;
        let reset = match event {
            Event::Data(item) => return self.pushed(item, generation),
            Event::Live => {
                self.is_live(generation);
                return Some(BookEvent::Stream(Event::Live));
            }
            Event::Gap(_) => Reset::Reconnected,
            Event::Stale { .. } if by_first => Reset::Resubscribed,
            Event::Stale { .. } => Reset::Silent,
            Event::Lagged { .. } => Reset::Lagged,
            // Also when nothing comes any more.
            Event::Unreadable(_) | Event::Closed => Reset::Lost,
            Event::Rejected(_) => Reset::Resubscribed,
        };
        let _ = self.sync.on_reset(reset, now());
        self.fetching = None;
        match event {
            // It is live again when it says so.
            Event::Gap(_) | Event::Stale { .. } | Event::Rejected(_) | Event::Closed => {
                self.live = false;
                self.renewing = false;
                self.ask_at = None;
            }
            _ => {
                self.unbroken = 0;
                self.ask_later(Duration::ZERO);
            }
        }
        Some(BookEvent::Stream(event.map(|_| ())))
    }

    fn is_live(&mut self, generation: u64) {
        self.live = true;
        self.unbroken = generation;
        if generation < self.generation {
            // The newer connection is gone, and an older one goes on.
            let _ = self.sync.on_reset(Reset::Lost, now());
            self.generation = generation;
            self.unbroken = 0;
            self.fetching = None;
        }
        if self.sync.needs_snapshot() && self.fetching.is_none() {
            match C::RULE.source {
                Source::Request => self.ask_at = Some(Instant::now()),
                // It comes by itself, or the next attempt waits longer.
                Source::Stream | Source::FirstMessage => self.ask_later(GRACE),
            }
        }
    }

    fn pushed(&mut self, item: C::Item, generation: u64) -> Option<BookEvent> {
        let by_first = C::RULE.source == Source::FirstMessage;
        if !self.live {
            // The news was thrown away: data shows it as well, but not that it is the first.
            self.live = true;
            if by_first {
                let _ = self.sync.on_reset(Reset::Lost, now());
            }
            self.ask_later(Duration::ZERO);
        }
        if self.renewing || generation < self.generation {
            return None;
        }
        if by_first && generation > self.generation {
            self.generation = generation;
            if self.unbroken == generation {
                // The first message of another connection.
                let _ = self.sync.on_reset(Reset::Resubscribed, now());
            } else {
                let step = self.sync.on_reset(Reset::Lost, now());
                return self.stepped(step);
            }
        }
        let was_synced = !C::RULE.link.has_changes() && !self.sync.needs_snapshot();
        let step = match self.channel.message(item) {
            Ok(Some(BookMessage::Delta(delta))) => self.sync.on_delta(delta, now()),
            Ok(Some(BookMessage::Snapshot(snapshot))) => {
                self.generation = generation;
                self.sync.on_snapshot(&snapshot, now())
            }
            Ok(Some(BookMessage::Side(side))) => {
                self.generation = generation;
                self.sync.on_side(side, now())
            }
            Ok(None) => return None,
            Err(_) => self.sync.on_reset(Reset::Lost, now()),
        };
        match self.stepped(step) {
            // The next whole book, where nothing else is pushed.
            Some(BookEvent::Synced) if was_synced => Some(BookEvent::Changed),
            event => event,
        }
    }

    fn stepped(&mut self, step: Step) -> Option<BookEvent> {
        match step {
            Step::Synced { .. } => {
                self.ask_at = None;
                self.unanswered = 0;
                self.fetching = None;
                Some(BookEvent::Synced)
            }
            Step::Applied { .. } => Some(BookEvent::Changed),
            Step::Gap { expected, got } => {
                self.ask_later(Duration::ZERO);
                Some(BookEvent::Lost(Cause::Gap { expected, got }))
            }
            Step::Lost(cause) => {
                self.ask_later(Duration::ZERO);
                Some(BookEvent::Lost(cause))
            }
            Step::Buffered { .. } | Step::Ignored(_) | Step::SnapshotTooOld { .. } => {
                // Whatever the answer was, it didn't help.
                if self.sync.needs_snapshot() && self.fetching.is_none() && self.ask_at.is_none() {
                    self.ask_later(GRACE);
                }
                None
            }
        }
    }

    /// A whole book is needed: asked for when the pause says so.
    fn ask_later(&mut self, at_least: Duration) {
        if !self.live || self.fetching.is_some() {
            return;
        }
        let now = now();
        if let Some(at) = self.sync.next_attempt(now, fastrand::u64(..)) {
            let at = now.checked_add(at_least).map_or(at, |least| at.max(least));
            self.ask_at = Some(Instant::from_std(at));
        }
    }

    fn ask(&mut self) {
        self.ask_at = None;
        if !self.live || !self.sync.needs_snapshot() {
            return;
        }
        match C::RULE.source {
            Source::Request => {
                let ticket = self.sync.ticket();
                let call = self.channel.fetch(&self.client);
                self.fetching = call.map(|call| Fetching { ticket, call, answer: None, before: 0 });
            }
            Source::FirstMessage => self.renew(),
            Source::Stream if self.unanswered >= UNANSWERED => {
                self.unanswered = 0;
                self.renew();
            }
            Source::Stream if C::REQUESTABLE => {
                self.unanswered += 1;
                self.stream.request();
                // If nothing comes of it, again.
                self.ask_later(GRACE);
            }
            // The next push is one, in a market that isn't too quiet.
            Source::Stream if !C::RULE.link.has_changes() => {
                self.unanswered += 1;
                self.ask_later(GRACE);
            }
            Source::Stream => self.renew(),
        }
    }

    /// A new subscription begins with a whole book; it is new for all who share it, and they learn so.
    fn renew(&mut self) {
        let _ = self.sync.on_reset(Reset::Lost, now());
        self.renewing = true;
        self.stream.renew();
    }
}

impl<C: BookChannel> Drop for LiveBook<C> {
    fn drop(&mut self) {
        // Nobody keeps it from here on; its readers see that.
        if let Some(publisher) = &mut self.publisher {
            let _ = self.sync.on_reset(Reset::Lost, now());
            publisher.publish(&self.sync);
        }
    }
}

fn now() -> std::time::Instant {
    Instant::now().into_std()
}

impl<C: BookChannel> fmt::Debug for LiveBook<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveBook")
            .field("channel", &self.channel)
            .field("state", &self.sync.state())
            .finish_non_exhaustive()
    }
}

/// Levels of a side, best first: price and size.
pub type Levels = Vec<(Decimal, Decimal)>;

/// What a boxed book's next item comes as.
pub type NextBookUpdate<'a> = Pin<Box<dyn Future<Output = Option<BookUpdate>> + Send + 'a>>;

/// A local book of a channel that is only known at run time.
pub trait AnyBook: Send + fmt::Debug {
    /// As [`LiveBook::next`].
    fn next(&mut self) -> NextBookUpdate<'_>;

    /// The best levels of both sides, bids first, while the book equals the venue's.
    ///
    /// # Errors
    /// Its state, when it doesn't.
    fn levels(&self, depth: usize) -> Result<(Levels, Levels), State>;
}

impl<C: BookChannel> AnyBook for LiveBook<C> {
    fn next(&mut self) -> NextBookUpdate<'_> {
        Box::pin(Self::next(self))
    }

    fn levels(&self, depth: usize) -> Result<(Levels, Levels), State> {
        let book = self.book()?;
        let side = |side: BookSide| {
            book.levels(side).take(depth).map(|level| (level.price.decimal(), level.size.decimal())).collect()
        };
        Ok((side(BookSide::Bid), side(BookSide::Ask)))
    }
}

/// Builds a local book of a channel that was chosen by name.
pub(super) fn any<C: BookChannel>(feed: &AnyFeed, channel: C) -> Box<dyn AnyBook> {
    Box::new(LiveBook::new(feed, channel, Overflow::default(), None))
}
