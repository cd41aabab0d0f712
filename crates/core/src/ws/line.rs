//! A venue's WebSocket addresses as data: how one is entered, kept alive, and what fits through it.

use std::time::Duration;

use crate::error::Kind;
use crate::wire::Millis;

/// One of a venue's WebSocket addresses, with its documented rules.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Line {
    /// Its short name: `public`, `private`, `v2`.
    pub name: &'static str,
    /// Where it is; empty where the venue doesn't say. `{key}` stands for a listen key.
    pub url: &'static str,
    /// The sandbox's, where there is one.
    pub sandbox: Option<&'static str>,
    /// What comes before the first subscription.
    pub entry: Entry,
    /// Who keeps the connection alive, and how.
    pub heartbeat: Heartbeat,
    /// How a subscription is confirmed.
    pub acks: Acks,
    /// The longest frame that may be sent, in bytes.
    pub frame_bytes: usize,
    /// The most topics in a frame.
    pub frame_topics: usize,
    /// The most topics on a connection.
    pub topics: usize,
    /// The most connections, from one address or with one key.
    pub connections: usize,
    /// The venue hangs up on a connection without a subscription after this.
    pub first_topic_within: Option<Duration>,
    /// The venue hangs up on any connection after this.
    pub lifetime: Option<Duration>,
    /// How many frames may be sent in how long.
    pub pace: Option<(u32, Duration)>,
    /// What the venue's close codes mean.
    pub closes: &'static [(u16, Kind, &'static str)],
}

impl Line {
    /// An open line without known limits, kept alive by protocol pings.
    #[must_use]
    pub const fn new(name: &'static str, url: &'static str) -> Self {
        Self {
            name,
            url,
            sandbox: None,
            entry: Entry::Open,
            heartbeat: Heartbeat::quiet(Ping::Protocol, Duration::from_secs(20), Duration::from_secs(10)),
            acks: Acks::None,
            frame_bytes: 16 * 1024,
            frame_topics: 100,
            topics: 200,
            connections: 500,
            first_topic_within: None,
            lifetime: None,
            pace: None,
            closes: &[],
        }
    }

    /// Adds the sandbox's address.
    #[must_use]
    pub const fn sandbox(mut self, url: &'static str) -> Self {
        self.sandbox = Some(url);
        self
    }

    /// Says how it is entered.
    #[must_use]
    pub const fn entry(mut self, entry: Entry) -> Self {
        self.entry = entry;
        self
    }

    /// Says how it is kept alive.
    #[must_use]
    pub const fn heartbeat(mut self, heartbeat: Heartbeat) -> Self {
        self.heartbeat = heartbeat;
        self
    }

    /// Says how subscriptions are confirmed.
    #[must_use]
    pub const fn acks(mut self, acks: Acks) -> Self {
        self.acks = acks;
        self
    }

    /// Limits the frames that are sent.
    #[must_use]
    pub const fn frames(mut self, bytes: usize, topics: usize) -> Self {
        self.frame_bytes = bytes;
        self.frame_topics = topics;
        self
    }

    /// Limits the topics of a connection.
    #[must_use]
    pub const fn topics(mut self, topics: usize) -> Self {
        self.topics = topics;
        self
    }

    /// Limits the connections.
    #[must_use]
    pub const fn connections(mut self, connections: usize) -> Self {
        self.connections = connections;
        self
    }

    /// The venue hangs up without a subscription in this time.
    #[must_use]
    pub const fn first_topic_within(mut self, time: Duration) -> Self {
        self.first_topic_within = Some(time);
        self
    }

    /// The venue hangs up after this time, whatever happens.
    #[must_use]
    pub const fn lifetime(mut self, time: Duration) -> Self {
        self.lifetime = Some(time);
        self
    }

    /// Limits how many frames are sent in a time.
    #[must_use]
    pub const fn pace(mut self, frames: u32, per: Duration) -> Self {
        self.pace = Some((frames, per));
        self
    }

    /// Says what close codes mean.
    #[must_use]
    pub const fn closes(mut self, codes: &'static [(u16, Kind, &'static str)]) -> Self {
        self.closes = codes;
        self
    }

    /// Whether it carries an account's own events.
    #[must_use]
    pub const fn is_private(&self) -> bool {
        !matches!(self.entry, Entry::Open)
    }
}

/// What a connection must show before its first subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry {
    /// Nothing.
    Open,
    /// A login frame: [`Venue::login`](crate::Venue::login).
    Login,
    /// A key that a REST call gives: in the address, in each request, or in the topics.
    Key(KeyLife),
}

/// How long a listen key or token lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyLife {
    /// Valid for so long after it was given or renewed.
    pub valid: Duration,
    /// Renewed this often; where it can't be, a new key is fetched and the connection replaced in time.
    pub renew: Option<Duration>,
}

impl KeyLife {
    /// A key that can't be renewed.
    #[must_use]
    pub const fn fixed(valid: Duration) -> Self {
        Self { valid, renew: None }
    }

    /// A key that is renewed while it is used.
    #[must_use]
    pub const fn renewed(valid: Duration, every: Duration) -> Self {
        Self { valid, renew: Some(every) }
    }
}

/// What a client sends to keep a connection alive.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Ping {
    /// The protocol's own ping frame.
    Protocol,
    /// A text frame.
    Text(&'static str),
    /// A text frame with the time in it.
    Stamped(fn(Millis) -> String),
}

/// Who keeps a connection alive, and how a dead one is noticed.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Heartbeat {
    /// What is sent.
    pub ping: Ping,
    /// How often, or after how long a silence.
    pub every: Duration,
    /// Whether data that flows makes a ping needless.
    pub only_when_quiet: bool,
    /// A connection that says nothing at all for so long after a ping is dead.
    pub answer_within: Duration,
}

impl Heartbeat {
    /// A ping every so often, whatever flows.
    #[must_use]
    pub const fn always(ping: Ping, every: Duration, answer_within: Duration) -> Self {
        Self { ping, every, only_when_quiet: false, answer_within }
    }

    /// A ping after a silence.
    #[must_use]
    pub const fn quiet(ping: Ping, after: Duration, answer_within: Duration) -> Self {
        Self { ping, every: after, only_when_quiet: true, answer_within }
    }
}

/// How a venue confirms a subscription. The first data confirms it in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Acks {
    /// By the id of the request.
    ById,
    /// By the topic.
    ByTopic,
    /// By nothing but their order.
    InOrder,
    /// Not at all, or not reliably.
    None,
}
