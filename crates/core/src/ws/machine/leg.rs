//! One attempt at a connection.

use std::collections::{BTreeMap, VecDeque};

use super::{Generation, Now, Outgoing, Patience};
use crate::sign::Secret;
use crate::ws::line::{Entry, Line};
use crate::ws::pace::Pace;
use crate::ws::subs::{Subs, TopicId, Wanted};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    FetchingKey,
    Dialing,
    LoggingIn,
    /// Subscriptions can be made.
    Open,
    Draining,
}

pub(super) struct Leg {
    pub(super) generation: Generation,
    pub(super) step: Step,
    /// Since when it is in this step.
    pub(super) since: Now,
    /// When the venue accepted the connection.
    pub(super) opened: Option<Now>,
    /// It was open for long enough to make pauses short again, and did.
    pub(super) held: bool,
    pub(super) last_frame: Now,
    pub(super) next_ping: Now,
    /// A ping went out then, and nothing has come since.
    pub(super) awaiting: Option<Now>,
    pub(super) key: Option<Secret>,
    /// When the key was given or last renewed.
    pub(super) key_at: Now,
    pub(super) renew_at: Option<Now>,
    /// A renewal went out then, and its answer hasn't come.
    pub(super) renewing: Option<Now>,
    pub(super) subs: Subs,
    pub(super) outbox: VecDeque<Outgoing>,
    pub(super) pace: Option<Pace>,
    pub(super) paced_until: Option<Now>,
}

impl Leg {
    pub(super) fn new(
        generation: Generation,
        line: &Line,
        wanted: &BTreeMap<TopicId, Wanted>,
        now: Now,
    ) -> Self {
        Self {
            generation,
            step: Step::Dialing,
            since: now,
            opened: None,
            held: false,
            last_frame: now,
            next_ping: now + line.heartbeat.every,
            awaiting: None,
            key: None,
            key_at: now,
            renew_at: None,
            renewing: None,
            subs: Subs::replaying(wanted),
            outbox: VecDeque::new(),
            pace: Pace::new(line.pace),
            paced_until: None,
        }
    }

    pub(super) fn go(&mut self, step: Step, now: Now) {
        self.step = step;
        self.since = now;
    }

    /// When it must be replaced, by the documented life of connection and key.
    pub(super) fn ends_at(&self, line: &Line) -> Option<Now> {
        let lifetime = line.lifetime.zip(self.opened).map(|(life, opened)| opened + most_of(life));
        let key = match line.entry {
            Entry::Key(life) => Some(self.key_at + most_of(life.valid)),
            _ => None,
        };
        [lifetime, key].into_iter().flatten().min()
    }

    /// When a login without an answer is given up.
    pub(super) fn login_ends_at(&self, line: &Line, patience: &Patience) -> Now {
        let room = line.first_topic_within.map_or(patience.answer, most_of);
        self.since + patience.answer.min(room)
    }

    /// The next time at which it has something to do.
    pub(super) fn wake_at(&self, line: &Line, patience: &Patience) -> Option<Now> {
        match self.step {
            // Whoever fetches and dials has a limit of its own.
            Step::FetchingKey | Step::Dialing => None,
            Step::LoggingIn => {
                [Some(self.login_ends_at(line, patience)), self.paced_until].into_iter().flatten().min()
            }
            Step::Draining => Some(self.since + patience.close),
            Step::Open => {
                let heartbeat = match self.awaiting {
                    Some(since) => self.next_ping.min(since + line.heartbeat.answer_within),
                    None => self.next_ping,
                };
                [Some(heartbeat), self.renew_at, self.paced_until, self.subs.leaves_by()]
                    .into_iter()
                    .flatten()
                    .min()
            }
        }
    }
}

/// Nine tenths: early enough to replace what ends then.
fn most_of(life: std::time::Duration) -> std::time::Duration {
    life / 10 * 9
}
