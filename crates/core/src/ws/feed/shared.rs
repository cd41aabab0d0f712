//! What the parts of a feed share: which topics there are, and which connection carries what.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Uri;
use serde::Serialize;
use tokio::runtime::Handle as Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::builder::Settings;
use crate::client::AnyClient;
use crate::error::{Error, Kind, Outcome};
use crate::sign::Secret;
use crate::ws::address::Address;
use crate::ws::channel::{AnyChannel, ChannelSpec};
use crate::ws::driver::{Driver, Order, streams_of};
use crate::ws::event::Received;
use crate::ws::frame::Topic;
use crate::ws::keys::Keys;
use crate::ws::line::Line;
use crate::ws::machine::{Generation, Phase};
use crate::ws::queue::Overflow;
use crate::ws::raw::Taps;
use crate::ws::sink::{Reader, Stamp, Subscribed, Unmapped};
use crate::ws::subs::TopicId;
use crate::ws::subscription::Subscription;

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
pub(in crate::ws) struct Shared {
    pub(in crate::ws) client: AnyClient,
    pub(in crate::ws) settings: Settings,
    pub(in crate::ws) keys: Keys,
    pub(in crate::ws) taps: Taps,
    pub(in crate::ws) unmapped: Unmapped,
    runtime: Runtime,
    next_topic: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) closed: bool,
    pub(super) lines: Vec<Carrier>,
    /// Every topic that is subscribed to, by line and text.
    pub(super) topics: HashMap<(&'static str, String), Arc<Subscribed>>,
}

/// A connection's task and what it carries.
pub(super) struct Carrier {
    line: &'static Line,
    pub(super) orders: mpsc::UnboundedSender<Order>,
    pub(super) task: JoinHandle<()>,
    pub(super) topics: BTreeSet<u64>,
    pub(super) routes: BTreeSet<Arc<str>>,
    pub(super) report: Connection,
}

/// What a channel asks for.
pub(super) struct Asked {
    topic: Topic,
    spec: ChannelSpec,
}

impl Asked {
    pub(super) fn of(channel: &dyn AnyChannel) -> Result<Self, Error> {
        channel.check().map_err(Error::from)?;
        Ok(Self { topic: channel.topic(), spec: channel.spec() })
    }
}

impl Shared {
    pub(super) fn new(client: AnyClient, settings: Settings, runtime: Runtime) -> Self {
        Self {
            client,
            settings,
            keys: Keys::default(),
            taps: Taps::default(),
            unmapped: Unmapped::default(),
            runtime,
            next_topic: AtomicU64::new(1),
            state: Mutex::default(),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::ws) fn received_now(&self) -> Received {
        Received::new(self.client.shared_clock().local_now(), tokio::time::Instant::now().into_std())
    }

    pub(super) fn join<R: Reader>(
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
    pub(in crate::ws) fn leave(&self, subscribed: &Arc<Subscribed>) {
        let mut state = self.lock();
        if !subscribed.sweep() {
            let orders = state.take(subscribed);
            if let Some(orders) = orders {
                let _ = orders.send(Order::Remove(subscribed.id));
            }
        }
    }

    /// The venue refused a topic for good.
    pub(in crate::ws) fn forget(&self, subscribed: &Arc<Subscribed>) {
        self.lock().take(subscribed);
    }

    /// Asks something of a topic's connection.
    pub(in crate::ws) fn order(&self, subscribed: &Subscribed, order: fn(TopicId) -> Order) {
        let state = self.lock();
        if let Some(carrier) = state.lines.iter().find(|carrier| carrier.topics.contains(&subscribed.id)) {
            let _ = carrier.orders.send(order(subscribed.id));
        }
    }

    pub(in crate::ws) fn report(
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

    pub(super) fn end_all(&self) {
        let topics: Vec<_> = self.lock().topics.drain().map(|(_, subscribed)| subscribed).collect();
        let received = self.received_now();
        for subscribed in topics {
            subscribed.end(Stamp { received, generation: 0 });
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
    pub(in crate::ws) fn address(&self, line: &Line, key: Option<&Secret>) -> Result<Uri, Error> {
        Address::of(self.url(line)?, self.settings.base.as_ref(), key.map(Secret::expose))
    }

    /// A login, signed now.
    pub(in crate::ws) fn login(&self) -> Result<String, Error> {
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
