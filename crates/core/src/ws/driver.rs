//! The thin part: carries out what the machine says, over sockets and timers.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::stream::{FuturesUnordered, Stream};
use tokio::sync::mpsc;
use tokio::time::{Instant, Sleep};

use super::event::{Event, Gap, GapReason, Received};
use super::feed::Shared;
use super::frame::{Frame, Payload};
use super::line::{Entry, Line, Ping};
use super::machine::{Action, Arrival, Generation, Machine, Notice, Now, Outgoing};
use super::sink::{Failed, Stamp, Subscribed};
use super::socket::{Incoming, Socket};
use super::subs::TopicId;
use super::venue::{NO_STREAMS, Streams};
use crate::error::{Error, Kind, Outcome};
use crate::sign::Secret;
use crate::venue::Venue;
use crate::wire::Millis;

/// What a feed asks of a connection.
pub(super) enum Order {
    Add(Arc<Subscribed>, Option<Duration>),
    Remove(TopicId),
    Request(TopicId),
    Renew(TopicId),
    Close,
}

/// What ended outside of the machine.
enum Done {
    Key(Generation, Result<(Secret, Duration), Error>),
    Renewed(Generation, Result<(), Error>),
    Dialed(Generation, Result<Box<Socket>, Error>),
}

type Job = Pin<Box<dyn Future<Output = Done> + Send>>;

/// Frames taken in one go, so that timers and orders get their turn.
const FRAMES_AT_ONCE: usize = 32;

pub(super) struct Driver {
    shared: Arc<Shared>,
    line: &'static Line,
    number: usize,
    machine: Machine,
    sockets: Vec<(Generation, Box<Socket>)>,
    jobs: FuturesUnordered<Job>,
    orders: mpsc::UnboundedReceiver<Order>,
    /// No order can come any more.
    deaf: bool,
    topics: HashMap<TopicId, Arc<Subscribed>>,
    routes: HashMap<Arc<str>, Arc<[Arc<Subscribed>]>>,
    began: Instant,
    /// The wall clock as it was read last, and when. Within one go it moves on by the monotonic one: of two clocks
    /// one is enough for each frame.
    wall: (Millis, Instant),
}

/// When a frame came.
#[derive(Debug, Clone, Copy)]
struct Arrived {
    now: Now,
    received: Received,
}

impl Driver {
    pub(super) fn new(
        shared: Arc<Shared>,
        line: &'static Line,
        number: usize,
        orders: mpsc::UnboundedReceiver<Order>,
    ) -> Self {
        let machine =
            Machine::new(shared.client.shared_venue(), line, shared.settings.patience, fastrand::u64(..));
        Self {
            shared,
            line,
            number,
            machine,
            sockets: Vec::new(),
            jobs: FuturesUnordered::new(),
            orders,
            deaf: false,
            topics: HashMap::new(),
            routes: HashMap::new(),
            began: Instant::now(),
            wall: (Millis::new(0), Instant::now()),
        }
    }

    /// Runs until it is told to close.
    pub(super) async fn run(mut self) {
        // It may have been made outside of the runtime, whose time counts.
        self.began = Instant::now();
        let timer = tokio::time::sleep(Duration::ZERO);
        tokio::pin!(timer);
        loop {
            self.machine.tick(self.now());
            self.act();
            self.shared.report(
                self.number,
                self.machine.phase(),
                self.machine.generation(),
                self.machine.topics(),
            );
            if self.machine.is_done() {
                return;
            }
            let wake = self.machine.next_wake();
            if let Some(at) = wake {
                timer.as_mut().reset(self.began + at);
            }
            std::future::poll_fn(|context| self.poll(context, wake.map(|_| timer.as_mut()))).await;
        }
    }

    fn now(&self) -> Now {
        self.began.elapsed()
    }

    fn arrived(&self) -> Arrived {
        let at = Instant::now();
        let (wall, then) = self.wall;
        let since = i64::try_from(at.saturating_duration_since(then).as_millis()).unwrap_or(0);
        Arrived { now: at - self.began, received: Received::new(wall.plus(since), at.into_std()) }
    }

    fn stamp(&self, generation: Generation) -> Stamp {
        Stamp { received: self.shared.received_now(), generation }
    }

    /// Takes in whatever happened; ready when the machine has to be asked what follows.
    fn poll(&mut self, context: &mut Context<'_>, timer: Option<Pin<&mut Sleep>>) -> Poll<()> {
        let mut news = false;
        while let Poll::Ready(order) = if self.deaf { Poll::Pending } else { self.orders.poll_recv(context) }
        {
            news = true;
            match order {
                Some(order) => self.order(order),
                None => {
                    // The feed is gone, and with it everyone who could ask for anything.
                    self.deaf = true;
                    self.machine.close(self.now());
                }
            }
        }
        while let Poll::Ready(Some(done)) = Pin::new(&mut self.jobs).poll_next(context) {
            news = true;
            self.done(done);
        }
        if news {
            // What follows comes before what is read next.
            self.act();
        }
        let mut frames = 0;
        let mut at = 0;
        self.wall = (self.shared.client.shared_clock().local_now(), Instant::now());
        while let Some((generation, socket)) = self.sockets.get_mut(at) {
            if frames == FRAMES_AT_ONCE {
                context.waker().wake_by_ref();
                break;
            }
            match socket.poll(context) {
                Poll::Pending => at += 1,
                Poll::Ready(incoming) => {
                    frames += 1;
                    let generation = *generation;
                    if self.incoming(generation, &incoming) {
                        news = true;
                        self.act();
                    }
                }
            }
        }
        if let Some(timer) = timer
            && timer.poll(context).is_ready()
        {
            news = true;
        }
        if news { Poll::Ready(()) } else { Poll::Pending }
    }

    fn order(&mut self, order: Order) {
        let now = self.now();
        match order {
            Order::Add(subscribed, silence) => {
                let route = self.routes.entry(subscribed.topic.shared_route()).or_default();
                *route = route.iter().chain([&subscribed]).cloned().collect();
                self.machine.add(subscribed.id, subscribed.topic.clone(), silence, now);
                self.topics.insert(subscribed.id, subscribed);
            }
            Order::Remove(id) => {
                self.machine.remove(id);
                self.forget(id);
            }
            Order::Request(id) => {
                self.machine.request(id);
            }
            Order::Renew(id) => self.machine.renew(id),
            Order::Close => self.machine.close(now),
        }
    }

    fn forget(&mut self, id: TopicId) -> Option<Arc<Subscribed>> {
        let gone = self.topics.remove(&id)?;
        if let Some(all) = self.routes.get_mut(gone.topic.route()) {
            *all = all.iter().filter(|other| other.id != id).cloned().collect();
            if all.is_empty() {
                self.routes.remove(gone.topic.route());
            }
        }
        Some(gone)
    }

    fn done(&mut self, done: Done) {
        let now = self.now();
        match done {
            Done::Key(leg, key) => self.machine.key(leg, key, now),
            Done::Renewed(leg, result) => self.machine.renewed(leg, &result, now),
            Done::Dialed(leg, Ok(socket)) => {
                // Nobody waits any more for what was given up while it was being dialled.
                if self.machine.opened(leg, now) {
                    self.sockets.push((leg, socket));
                }
            }
            Done::Dialed(leg, Err(error)) => {
                tracing::debug!(line = self.line.name, leg, %error, "no connection");
                self.machine.failed(leg, error, now);
            }
        }
    }

    /// Takes a frame; whether the machine has something to say about it.
    fn incoming(&mut self, leg: Generation, incoming: &Incoming) -> bool {
        let arrived = self.arrived();
        let now = arrived.now;
        match incoming {
            Incoming::Text(text) => {
                self.machine.heard(leg, now);
                self.frame(leg, Payload::Text(text.as_str()), arrived)
            }
            Incoming::Binary(bytes) => {
                self.machine.heard(leg, now);
                match streams_of(self.shared.client.venue()).inflate(self.line, bytes) {
                    None => self.frame(leg, Payload::Binary(bytes), arrived),
                    Some(Ok(text)) => self.frame(leg, Payload::Text(&text), arrived),
                    Some(Err(error)) => {
                        self.bad_frame(leg, &error);
                        false
                    }
                }
            }
            Incoming::Control => {
                self.machine.heard(leg, now);
                false
            }
            Incoming::Closed { code, reason } => {
                let known = self.line.closes.iter().find(|(known, ..)| Some(*known) == *code);
                let mut words = reason.clone();
                if let (Some((.., documented)), true) = (known, words.is_empty()) {
                    words.push_str(documented);
                }
                self.strike(leg, &mut words);
                let no_key = known.is_some_and(|(_, kind, _)| *kind == Kind::Auth);
                let reason = if no_key && matches!(self.line.entry, Entry::Key(_)) {
                    GapReason::KeyExpired
                } else {
                    GapReason::ClosedByVenue { code: *code, reason: words }
                };
                self.lost(leg, &reason, now)
            }
            Incoming::Broken(why) => self.lost(leg, &GapReason::Broken(why.clone()), now),
        }
    }

    /// Takes what is secret out of the venue's words.
    fn strike(&self, leg: Generation, words: &mut String) {
        if let Some(credentials) = self.shared.client.credentials() {
            credentials.redact(words);
        }
        if let Some(key) = self.machine.key_of(leg).map(Secret::expose).filter(|key| key.len() >= 6) {
            *words = words.replace(key, "***");
        }
    }

    /// The same for an error in the venue's words.
    fn struck(&self, leg: Generation, error: Error) -> Error {
        let mut words = error.message().to_owned();
        self.strike(leg, &mut words);
        if words == error.message() { error } else { error.with_message(words) }
    }

    fn lost(&mut self, leg: Generation, reason: &GapReason, now: Now) -> bool {
        tracing::debug!(line = self.line.name, leg, %reason, "connection ended");
        self.sockets.retain(|(generation, _)| *generation != leg);
        self.machine.lost(leg, reason, now);
        true
    }

    /// A push is read once where a glance tells whose it is; everything else is told apart first.
    fn frame(&mut self, leg: Generation, payload: Payload<'_>, arrived: Arrived) -> bool {
        let Arrived { now, received } = arrived;
        let stamp = Stamp { received, generation: leg };
        self.shared.taps.push(self.line.name, self.number, payload, stamp);
        let guess = streams_of(self.shared.client.venue()).glance(self.line, payload);
        let guessed = guess.as_deref().and_then(|route| self.routes.get(route));
        let guessed = guessed.filter(|all| would_show(&self.machine, leg, all));
        let guess = guess.filter(|_| guessed.is_some());
        let mut failed: Vec<(Arc<Subscribed>, Failed)> = Vec::new();
        if let Some(subscribed) = guessed {
            let mut read = false;
            for one in subscribed.iter() {
                if !self.machine.heard_of(leg, one.id, now) {
                    continue;
                }
                match one.push(payload, stamp, &self.shared.unmapped) {
                    Ok(had) => read |= had,
                    Err(error) => failed.push((Arc::clone(one), error)),
                }
            }
            if read && failed.is_empty() {
                return false;
            }
        }
        match streams_of(self.shared.client.venue()).read(self.line, payload) {
            Frame::Data(routes) => {
                for route in routes.iter() {
                    if guess.as_deref() == Some(route) {
                        failed.drain(..).for_each(|(one, failed)| one.unreadable(&failed, stamp));
                        continue;
                    }
                    for one in self.routes.get(route).cloned().iter().flat_map(|all| all.iter()) {
                        if let Err(failed) = self.deliver(leg, one, payload, stamp, now) {
                            one.unreadable(&failed, stamp);
                        }
                    }
                }
                false
            }
            Frame::Ack(answer) => {
                self.machine.acked(leg, &answer, now);
                true
            }
            Frame::Nack(answer, error) => {
                let error = self.struck(leg, error);
                tracing::debug!(line = self.line.name, leg, %error, "refused");
                self.machine.nacked(leg, &answer, &error, now);
                true
            }
            Frame::LoggedIn => {
                self.machine.logged_in(leg, now);
                true
            }
            Frame::LoginRefused(error) => {
                let error = self.struck(leg, error);
                self.machine.login_refused(leg, error, now);
                true
            }
            Frame::Ping(answer) => answer.is_some_and(|text| {
                self.machine.answer(leg, text);
                true
            }),
            Frame::Pong | Frame::Event(_) => false,
            Frame::Unknown => {
                self.bad_frame(leg, &Error::new(Kind::Decode, Outcome::Unknown, "a frame of no known kind"));
                false
            }
        }
    }

    /// Nobody can say whose a frame is that can't be read: everyone on the connection learns of it.
    fn bad_frame(&mut self, leg: Generation, error: &Error) {
        let (stamp, venue) = (self.stamp(leg), self.shared.client.venue().id());
        let event = Event::Unreadable(error.clone().at(venue, self.line.name));
        for subscribed in self.topics.values() {
            subscribed.tell(&event, stamp);
        }
    }

    /// Hands a push to a topic's consumers; whether one of them found something in it.
    fn deliver(
        &mut self,
        leg: Generation,
        subscribed: &Arc<Subscribed>,
        payload: Payload<'_>,
        stamp: Stamp,
        now: Now,
    ) -> Result<bool, Failed> {
        match self.machine.data(leg, subscribed.id, now) {
            Arrival::Stray => return Ok(false),
            Arrival::First => self.act(),
            Arrival::Expected => {}
        }
        subscribed.push(payload, stamp, &self.shared.unmapped)
    }

    fn socket(&mut self, leg: Generation) -> Option<&mut Socket> {
        self.sockets.iter_mut().find(|(generation, _)| *generation == leg).map(|(_, socket)| &mut **socket)
    }

    fn act(&mut self) {
        while let Some(action) = self.machine.next_action() {
            match action {
                Action::FetchKey { leg, fresh } => {
                    let (shared, line) = (Arc::clone(&self.shared), self.line);
                    self.jobs.push(Box::pin(async move {
                        Done::Key(leg, shared.keys.get(&shared.client, line, fresh).await)
                    }));
                }
                Action::RenewKey { leg, key } => {
                    let (shared, line) = (Arc::clone(&self.shared), self.line);
                    self.jobs.push(Box::pin(async move {
                        Done::Renewed(leg, shared.keys.renew(&shared.client, line, &key).await)
                    }));
                }
                Action::Dial { leg, key } => match self.shared.address(self.line, key.as_ref()) {
                    Ok(uri) => {
                        let net = self.shared.client.net().clone();
                        self.jobs.push(Box::pin(async move {
                            Done::Dialed(leg, Socket::open(net, uri).await.map(Box::new))
                        }));
                    }
                    Err(error) => self.machine.failed(leg, error, self.now()),
                },
                Action::Login { leg } => match self.shared.login() {
                    Ok(frame) => {
                        if let Some(socket) = self.socket(leg) {
                            socket.send_text(frame);
                        }
                    }
                    Err(error) => self.machine.login_refused(leg, error, self.now()),
                },
                Action::Send { leg, frame } => {
                    let ping = self.line.heartbeat.ping;
                    let text = match frame {
                        Outgoing::Text(text) => Some(text),
                        Outgoing::Ping => match ping {
                            Ping::Protocol => None,
                            Ping::Text(text) => Some(text.to_owned()),
                            Ping::Stamped(write) => Some(write(self.shared.client.shared_clock().now())),
                        },
                    };
                    if let Some(socket) = self.socket(leg) {
                        match text {
                            Some(text) => socket.send_text(text),
                            None => socket.send_ping(),
                        }
                    }
                }
                Action::Close { leg } => {
                    if let Some(socket) = self.socket(leg) {
                        socket.send_close();
                    }
                }
                Action::Abort { leg } => {
                    self.sockets.retain(|(generation, _)| *generation != leg);
                    self.machine.drained(leg);
                }
                Action::Tell { topic, generation, notice } => self.tell(topic, generation, notice),
            }
        }
    }

    fn tell(&mut self, topic: TopicId, generation: Generation, notice: Notice) {
        let stamp = self.stamp(generation);
        let Some(subscribed) = self.topics.get(&topic) else { return };
        let event = match notice {
            Notice::Live => Event::Live,
            Notice::Gap(reason) => Event::Gap(Gap::new(reason, subscribed.spec.refill)),
            Notice::Stale(silent) => Event::Stale { silent },
            Notice::Rejected(error) => {
                let venue = self.shared.client.venue().id();
                subscribed.refuse(&error.at(venue, subscribed.spec.name), stamp);
                return;
            }
            Notice::NotPushed(error) => {
                let venue = self.shared.client.venue().id();
                Event::Unreadable(error.at(venue, subscribed.spec.name))
            }
            Notice::Closed => {
                if let Some(subscribed) = self.forget(topic) {
                    subscribed.end(stamp);
                    self.shared.forget(&subscribed);
                }
                return;
            }
        };
        subscribed.tell(&event, stamp);
    }
}

/// Whether a guess that is wrong would show: to those who take frames as they come, it wouldn't, and where nothing is
/// live yet, the frame may be the venue's answer.
fn would_show(machine: &Machine, leg: Generation, all: &[Arc<Subscribed>]) -> bool {
    all.iter().all(|one| !one.is_verbatim() && machine.delivers(leg, one.id))
}

pub(super) fn streams_of(venue: &dyn Venue) -> &dyn Streams {
    venue.streams().unwrap_or(&NO_STREAMS)
}
