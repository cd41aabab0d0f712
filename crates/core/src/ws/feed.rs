//! The user's side of streams: a handle, its subscriptions, and which connection carries what.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Uri;
use serde::Serialize;
use tokio::runtime::Handle as Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::address::Address;
use super::book::{AnyBook, BookChannel, LiveBook};
use super::channel::{AnyChannel, Channel, ChannelInfo, ChannelSpec, DecodedPush};
use super::driver::{Driver, Order, streams_of};
use super::event::{Event, Received, Update};
use super::frame::Topic;
use super::keys::Keys;
use super::line::Line;
use super::machine::{Generation, Patience, Phase};
use super::queue::{Overflow, Queue};
use super::raw::{RawFrame, RawPush, Taps};
use super::sink::{Reader, Subscribed, Typed, Unmapped, Untyped, Verbatim};
use super::subs::TopicId;
use super::subscription::Subscription;
use crate::client::AnyClient;
use crate::endpoint::Source;
use crate::error::{Error, Invalid, Kind, Outcome};
use crate::sign::Secret;
use crate::venue::Venue;

/// Sets a feed up; see [`Client::feed`](crate::Client::feed).
#[must_use = "a builder does nothing until `connect`"]
pub struct FeedBuilder<V: ?Sized> {
    client: AnyClient,
    settings: Settings,
    base: Option<String>,
    typed: PhantomData<fn() -> Box<V>>,
}

#[derive(Debug, Clone)]
pub(super) struct Settings {
    base: Option<Address>,
    sandbox: bool,
    topics_per_connection: Option<usize>,
    pub(super) patience: Patience,
}

impl<V: ?Sized> fmt::Debug for FeedBuilder<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedBuilder").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl<V: ?Sized> FeedBuilder<V> {
    pub(crate) fn new(client: AnyClient) -> Self {
        let sandbox = client.is_sandbox();
        let settings =
            Settings { base: None, sandbox, topics_per_connection: None, patience: Patience::default() };
        Self { client, settings, base: None, typed: PhantomData }
    }

    /// Another host than the venue's: scheme and authority such as `wss://127.0.0.1:8443`. The documented
    /// paths stand under it. Plain `ws` only to this machine.
    pub fn base(mut self, url: impl Into<String>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// The venue's sandbox, where it documents one. A client of the sandbox has a feed of the sandbox.
    pub fn sandbox(mut self) -> Self {
        self.settings.sandbox = true;
        self
    }

    /// The most topics on a connection, where the venue allows more: more connections, and less that goes
    /// down with one.
    pub fn topics_per_connection(mut self, topics: usize) -> Self {
        self.settings.topics_per_connection = Some(topics);
        self
    }

    /// How long the answer to a login or a subscription is waited for; 10 s by default.
    pub fn answer_within(mut self, time: Duration) -> Self {
        self.settings.patience.answer = time;
        self
    }

    /// The first pause before a reconnect and the longest; 250 ms and 30 s by default. Pauses are drawn at
    /// random from nothing up to a limit that doubles.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.patience.backoff = first;
        self.settings.patience.backoff_cap = longest;
        self
    }

    fn finish(mut self) -> Result<AnyFeed, Error> {
        let venue = self.client.shared_venue();
        if streams_of(&*venue).lines().is_empty() {
            return Err(Error::config(format!("{} has no streams", venue.id())));
        }
        if self.settings.topics_per_connection == Some(0) {
            return Err(Error::config("a connection must be allowed a topic"));
        }
        let Patience { answer, backoff, backoff_cap, .. } = &mut self.settings.patience;
        for time in [answer, backoff, backoff_cap] {
            // Times are added to others, and must not overflow them.
            *time = (*time).min(A_YEAR);
        }
        self.settings.base = self.base.as_deref().map(Address::base).transpose()?;
        let runtime = Runtime::try_current()
            .map_err(|_| Error::config("a feed must be made within a tokio runtime"))?;
        let shared = Shared {
            client: self.client,
            settings: self.settings,
            runtime,
            keys: Keys::default(),
            taps: Taps::default(),
            unmapped: Unmapped::default(),
            next_topic: AtomicU64::new(1),
            state: Mutex::default(),
        };
        Ok(AnyFeed { handle: Arc::new(Handle(Arc::new(shared))) })
    }
}

impl<V: Venue> FeedBuilder<V> {
    /// The feed. Connections are made when something is subscribed to.
    ///
    /// # Errors
    /// [`Kind::Config`] when a setting doesn't hold, the venue has no streams, or there is no runtime.
    pub fn connect(self) -> Result<Feed<V>, Error> {
        Ok(Feed { any: self.finish()?, typed: PhantomData })
    }
}

impl FeedBuilder<dyn Venue> {
    /// The feed. Connections are made when something is subscribed to.
    ///
    /// # Errors
    /// [`Kind::Config`] when a setting doesn't hold, the venue has no streams, or there is no runtime.
    pub fn connect_any(self) -> Result<AnyFeed, Error> {
        self.finish()
    }
}

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
    /// channels without one. The first subscription to a topic decides.
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

/// Longer than anyone waits.
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

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

/// A connection of a feed, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Connection {
    /// The line's name.
    pub line: &'static str,
    /// Its number in the feed, from 0.
    pub number: usize,
    /// How far it has come.
    pub phase: Phase,
    /// How many times it has connected.
    pub generation: u64,
    /// Topics that are wanted of it.
    pub topics: usize,
    /// Topics that are live on it.
    pub live: usize,
}

/// What the parts of a feed share.
pub(super) struct Shared {
    pub(super) client: AnyClient,
    pub(super) settings: Settings,
    pub(super) keys: Keys,
    pub(super) taps: Taps,
    pub(super) unmapped: Unmapped,
    runtime: Runtime,
    next_topic: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    closed: bool,
    lines: Vec<Carrier>,
    /// Every topic that is subscribed to, by line and text.
    topics: HashMap<(&'static str, String), Arc<Subscribed>>,
}

/// A connection's task and what it carries.
struct Carrier {
    line: &'static Line,
    orders: mpsc::UnboundedSender<Order>,
    task: JoinHandle<()>,
    topics: BTreeSet<u64>,
    routes: BTreeSet<Arc<str>>,
    report: Connection,
}

/// What a channel asks for.
struct Asked {
    topic: Topic,
    spec: ChannelSpec,
}

impl Asked {
    fn of(channel: &dyn AnyChannel) -> Result<Self, Error> {
        channel.check().map_err(Error::from)?;
        Ok(Self { topic: channel.topic(), spec: channel.spec() })
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn received_now(&self) -> Received {
        Received::new(self.client.shared_clock().local_now(), tokio::time::Instant::now().into_std())
    }

    fn join<R: Reader>(
        shared: &Arc<Self>,
        asked: Asked,
        reader: R,
        share: bool,
        overflow: Overflow,
        stale_after: Option<Duration>,
    ) -> Result<Subscription<R::Item>, Error> {
        let Asked { topic, spec } = asked;
        let venue = shared.client.shared_venue();
        let failed =
            |kind, words: String| Error::new(kind, Outcome::NotSent, words).at(venue.id(), spec.name);
        let line = streams_of(&*venue)
            .lines()
            .iter()
            .find(|line| line.name == spec.line)
            .ok_or_else(|| failed(Kind::Config, format!("there is no line {}", spec.line)))?;
        if line.is_private() && shared.client.credentials().is_none() {
            let words = "a private channel, and the client has no credentials";
            return Err(failed(Kind::Auth, words.to_owned()));
        }
        // No reconnect will find it.
        shared.url(line)?;
        let mut state = shared.lock();
        if state.closed {
            return Err(failed(Kind::Config, "the feed is closed".to_owned()));
        }
        let key = (line.name, topic.text().to_owned());
        let now = shared.received_now();
        if let Some(known) = state.topics.get(&key).filter(|known| known.has_not_ended()).map(Arc::clone) {
            // Still locked, or its last consumer could take it away meanwhile.
            let queue = known.join(reader, share, overflow, now).ok_or_else(|| {
                failed(Kind::Unavailable, "the topic has just ended; subscribe again".to_owned())
            })?;
            drop(state);
            return Ok(Subscription::of(queue, Some((Arc::downgrade(shared), known)), false));
        }
        let id = shared.next_topic.fetch_add(1, Ordering::Relaxed);
        let carrier = shared.place(&mut state, shared, line, &topic, &failed)?;
        carrier.topics.insert(id);
        carrier.routes.insert(topic.shared_route());
        let fresh = Arc::new(Subscribed::new(id, topic, spec, venue.id()));
        let queue = fresh.join(reader, share, overflow, now);
        let orders = carrier.orders.clone();
        state.topics.insert(key, Arc::clone(&fresh));
        let silence = stale_after.or(spec.every.map(five_times));
        // The task runs as long as the feed does.
        let _ = orders.send(Order::Add(Arc::clone(&fresh), silence));
        drop(state);
        let queue = queue.ok_or_else(|| failed(Kind::Config, "the feed is closed".to_owned()))?;
        Ok(Subscription::of(queue, Some((Arc::downgrade(shared), fresh)), true))
    }

    /// The connection that will carry a topic: the first with room, on which its pushes can be told apart.
    fn place<'s>(
        &self,
        state: &'s mut State,
        shared: &Arc<Self>,
        line: &'static Line,
        topic: &Topic,
        failed: &dyn Fn(Kind, String) -> Error,
    ) -> Result<&'s mut Carrier, Error> {
        let room = self.settings.topics_per_connection.map_or(line.topics, |own| own.min(line.topics));
        let fits = |carrier: &Carrier| {
            carrier.line.name == line.name
                && carrier.topics.len() < room
                && !carrier.routes.contains(topic.route())
        };
        let at = match state.lines.iter().position(fits) {
            Some(at) => at,
            None => {
                let open = state.lines.iter().filter(|carrier| carrier.line.name == line.name).count();
                if open >= line.connections {
                    let words =
                        format!("the venue allows {} connections, and all are full", line.connections);
                    return Err(failed(Kind::Config, words));
                }
                let number = state.lines.len();
                let (orders, inbox) = mpsc::unbounded_channel();
                let driver = Driver::new(Arc::clone(shared), line, number, inbox);
                let report = Connection {
                    line: line.name,
                    number,
                    phase: Phase::Idle,
                    generation: 0,
                    topics: 0,
                    live: 0,
                };
                state.lines.push(Carrier {
                    line,
                    orders,
                    task: self.runtime.spawn(driver.run()),
                    topics: BTreeSet::new(),
                    routes: BTreeSet::new(),
                    report,
                });
                number
            }
        };
        state.lines.get_mut(at).ok_or_else(|| failed(Kind::Config, "the feed is closed".to_owned()))
    }

    /// A consumer went away: the last one of a topic takes it along.
    pub(super) fn leave(&self, subscribed: &Arc<Subscribed>) {
        let mut state = self.lock();
        if !subscribed.sweep() {
            let orders = state.take(subscribed);
            if let Some(orders) = orders {
                let _ = orders.send(Order::Remove(subscribed.id));
            }
        }
    }

    /// The venue refused a topic for good.
    pub(super) fn forget(&self, subscribed: &Arc<Subscribed>) {
        self.lock().take(subscribed);
    }

    /// Asks something of a topic's connection.
    pub(super) fn order(&self, subscribed: &Subscribed, order: fn(TopicId) -> Order) {
        let state = self.lock();
        if let Some(carrier) = state.lines.iter().find(|carrier| carrier.topics.contains(&subscribed.id)) {
            let _ = carrier.orders.send(order(subscribed.id));
        }
    }

    pub(super) fn report(
        &self,
        number: usize,
        phase: Phase,
        generation: Generation,
        (topics, live): (usize, usize),
    ) {
        if let Some(carrier) = self.lock().lines.get_mut(number) {
            carrier.report = Connection { phase, generation, topics, live, ..carrier.report };
        }
    }

    fn end_all(&self) {
        let topics: Vec<_> = self.lock().topics.drain().map(|(_, subscribed)| subscribed).collect();
        let received = self.received_now();
        for subscribed in topics {
            subscribed.end(super::sink::Stamp { received, generation: 0 });
        }
        self.taps.end(received);
    }

    /// The documented URL of a line; empty where the base stands for all of it.
    fn url(&self, line: &Line) -> Result<&'static str, Error> {
        let Settings { base, sandbox, .. } = &self.settings;
        let venue = self.client.venue().id();
        let url = match (sandbox, base) {
            (true, None) => line
                .sandbox
                .ok_or_else(|| Error::config(format!("{venue} documents no sandbox of {}", line.name)))?,
            _ => line.url,
        };
        if url.is_empty() && base.is_none() {
            return Err(Error::config(format!(
                "{venue}: the host of {} is not documented; set a base",
                line.name
            )));
        }
        Ok(url)
    }

    /// The address of a line, with the key where it belongs there.
    pub(super) fn address(&self, line: &Line, key: Option<&Secret>) -> Result<Uri, Error> {
        Address::of(self.url(line)?, self.settings.base.as_ref(), key.map(Secret::expose))
    }

    /// A login, signed now.
    pub(super) fn login(&self) -> Result<String, Error> {
        let words = "a private channel, and the client has no credentials";
        let missing = || Error::new(Kind::Auth, Outcome::NotSent, words);
        let credentials = self.client.credentials().ok_or_else(missing)?;
        let none = || Error::config("the venue has no login");
        let now = self.client.shared_clock().now();
        let login = self.client.venue().login(&credentials, now).ok_or_else(none)??;
        Ok(login.frame)
    }
}

impl State {
    fn take(&mut self, subscribed: &Arc<Subscribed>) -> Option<mpsc::UnboundedSender<Order>> {
        self.topics.retain(|_, known| known.id != subscribed.id);
        let carrier = self.lines.iter_mut().find(|carrier| carrier.topics.contains(&subscribed.id))?;
        carrier.topics.remove(&subscribed.id);
        carrier.routes.remove(subscribed.topic.route());
        Some(carrier.orders.clone())
    }
}

/// The silence that is too long, by the documented period; never so short that a hiccup counts.
fn five_times(period: Duration) -> Duration {
    (period * 5).max(Duration::from_secs(10))
}
