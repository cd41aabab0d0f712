//! One connection's life without I/O: keys, login, subscriptions, heartbeats, reconnects and replacement.
//!
//! Time and chance are arguments. Whoever drives it feeds in what happened and carries out the [`Action`]s.
//! For a moment it may have two legs: when a connection is replaced before its documented end, the new one is
//! made before the old one is broken, and both deliver until the new one has everything.

mod leg;
mod life;
#[cfg(test)]
mod tests;
mod topics;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::event::GapReason;
use super::line::Line;
use super::subs::{TopicId, Wanted};
use super::venue::NO_STREAMS;
use crate::error::Error;
use crate::sign::Secret;
use crate::venue::Venue;
use leg::{Leg, Step};

/// Time since the machine began.
pub(super) type Now = Duration;

/// A connection's number; it grows with each new one.
pub(super) type Generation = u64;

/// What is to be done.
#[derive(Debug)]
pub(super) enum Action {
    /// Get a listen key; a new one, if the old one may be the trouble.
    FetchKey { leg: Generation, fresh: bool },
    /// Renew the listen key.
    RenewKey { leg: Generation, key: Secret },
    /// Connect, with the key in the address where it belongs there.
    Dial { leg: Generation, key: Option<Secret> },
    /// Sign and send the login.
    Login { leg: Generation },
    /// Send.
    Send { leg: Generation, frame: Outgoing },
    /// Close in an orderly way.
    Close { leg: Generation },
    /// Drop at once.
    Abort { leg: Generation },
    /// Tell the topic's consumers.
    Tell { topic: TopicId, generation: Generation, notice: Notice },
}

/// A frame to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outgoing {
    /// Text.
    Text(String),
    /// The line's ping.
    Ping,
}

/// What data is to its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    /// The topic is live.
    Expected,
    /// It makes the topic live, which its consumers must hear first.
    First,
    /// It isn't asked for now; if the topic was before, this belongs to that subscription.
    Stray,
}

/// News for a topic's consumers.
#[derive(Debug, Clone)]
pub(super) enum Notice {
    Live,
    Gap(GapReason),
    Stale(Duration),
    Rejected(Error),
    /// A push was asked for, and refused.
    NotPushed(Error),
    /// Nothing will come any more.
    Closed,
}

/// Times that aren't the venue's matter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For a login's or a subscription's answer.
    pub(super) answer: Duration,
    /// The first pause before a reconnect; the next are twice as long.
    pub(super) backoff: Duration,
    /// The longest pause.
    pub(super) backoff_cap: Duration,
    /// So long must a connection have been open until pauses are short again.
    pub(super) stable: Duration,
    /// Until a connection without topics is closed.
    pub(super) linger: Duration,
    /// Two connections deliver side by side for so long when one replaces the other.
    pub(super) overlap: Duration,
    /// A refused subscription is tried again after this, twice as long each time.
    pub(super) refused: Duration,
    /// For the venue's answer to a close.
    pub(super) close: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(10),
            backoff: Duration::from_millis(250),
            backoff_cap: Duration::from_secs(30),
            stable: Duration::from_secs(60),
            linger: Duration::from_secs(1),
            overlap: Duration::from_secs(2),
            refused: Duration::from_secs(10),
            close: Duration::from_secs(2),
        }
    }
}

/// How far a connection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Phase {
    /// Nothing is wanted of it.
    Idle,
    /// It waits before it connects again.
    Waiting,
    /// A listen key is being fetched.
    FetchingKey,
    /// TCP, TLS and the upgrade are under way.
    Dialing,
    /// The login is under way.
    LoggingIn,
    /// Subscriptions are being made.
    Replaying,
    /// All that can be live is.
    Live,
    /// It is being closed.
    Draining,
    /// It is closed for good.
    Closed,
}

/// The machine.
pub(super) struct Machine {
    venue: Arc<dyn Venue>,
    line: &'static Line,
    patience: Patience,
    rng: fastrand::Rng,
    /// What is wanted: the truth.
    wanted: BTreeMap<TopicId, Wanted>,
    /// One; two while one replaces the other; besides those that are draining.
    legs: Vec<Leg>,
    generation: Generation,
    actions: VecDeque<Action>,
    /// When to connect again.
    retry_at: Option<Now>,
    failures: u32,
    /// The next key must be a new one.
    fresh_key: bool,
    /// A replacement failed; not before this is it tried again.
    replace_again_at: Option<Now>,
    empty_since: Option<Now>,
    next_scan: Option<Now>,
    closing: bool,
}

impl Machine {
    pub(super) fn new(venue: Arc<dyn Venue>, line: &'static Line, patience: Patience, seed: u64) -> Self {
        Self {
            venue,
            line,
            patience,
            rng: fastrand::Rng::with_seed(seed),
            wanted: BTreeMap::new(),
            legs: Vec::new(),
            generation: 0,
            actions: VecDeque::new(),
            retry_at: None,
            failures: 0,
            fresh_key: false,
            replace_again_at: None,
            empty_since: None,
            next_scan: None,
            closing: false,
        }
    }

    /// The next thing to do, if there is one.
    pub(super) fn next_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// The newest connection's number.
    pub(super) fn generation(&self) -> Generation {
        self.generation
    }

    /// How far it has come.
    pub(super) fn phase(&self) -> Phase {
        if let Some(leg) = self.legs.iter().find(|leg| leg.step != Step::Draining) {
            return match leg.step {
                Step::FetchingKey => Phase::FetchingKey,
                Step::Dialing => Phase::Dialing,
                Step::LoggingIn => Phase::LoggingIn,
                Step::Open if leg.subs.is_settled() => Phase::Live,
                Step::Open => Phase::Replaying,
                Step::Draining => Phase::Draining,
            };
        }
        match (self.legs.is_empty(), self.closing, self.retry_at) {
            (false, ..) => Phase::Draining,
            (true, true, _) => Phase::Closed,
            (true, false, Some(_)) => Phase::Waiting,
            (true, false, None) => Phase::Idle,
        }
    }

    /// How many topics are wanted, and how many of them are live on the newest connection.
    pub(super) fn topics(&self) -> (usize, usize) {
        (self.wanted.len(), self.legs.last().map_or(0, |leg| leg.subs.live()))
    }

    /// Whether it is closed and nothing is left to do.
    pub(super) fn is_done(&self) -> bool {
        self.closing && self.legs.is_empty() && self.actions.is_empty()
    }

    /// The listen key of a connection.
    pub(super) fn key_of(&self, generation: Generation) -> Option<&Secret> {
        self.legs.iter().find(|leg| leg.generation == generation)?.key.as_ref()
    }

    fn leg(&mut self, generation: Generation) -> Option<&mut Leg> {
        self.legs.iter_mut().find(|leg| leg.generation == generation)
    }

    fn tell(&mut self, topic: TopicId, generation: Generation, notice: Notice) {
        self.actions.push_back(Action::Tell { topic, generation, notice });
    }

    fn tell_all(&mut self, generation: Generation, notice: &Notice) {
        for topic in self.wanted.keys() {
            self.actions.push_back(Action::Tell { topic: *topic, generation, notice: notice.clone() });
        }
    }
}
