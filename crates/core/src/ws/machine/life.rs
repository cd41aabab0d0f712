//! Connections come and go: keys, dialling, login, heartbeat, replacement, backoff, close.

use std::time::Duration;

use super::leg::{Leg, Step};
use super::{Action, Generation, Machine, Notice, Now, Outgoing};
use crate::error::{Error, Kind};
use crate::sign::Secret;
use crate::ws::event::GapReason;
use crate::ws::line::Entry;
use crate::ws::subs::{Standing, TopicId};

/// A renewal that failed is tried again after this.
const RENEW_AGAIN: Duration = Duration::from_secs(60);
/// A connection that ends sooner after its key was accepted says that the key is no good.
const KEY_REFUSED: Duration = Duration::from_secs(5);
/// What a venue asks for is heeded up to here.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

impl Machine {
    /// Carries out what is due by itself: after any input, and when [`next_wake`](Self::next_wake) has come.
    pub(in crate::ws) fn tick(&mut self, now: Now) {
        if !self.closing {
            self.linger(now);
            let alive = self.legs.iter().any(|leg| leg.step != Step::Draining);
            if !alive && !self.wanted.is_empty() && self.retry_at.is_none_or(|at| now >= at) {
                self.retry_at = None;
                self.start(now);
            }
        }
        let generations: Vec<Generation> = self.legs.iter().map(|leg| leg.generation).collect();
        for generation in generations {
            self.tick_leg(generation, now);
        }
        self.replace(now);
        self.scan(now);
        self.flush(now);
    }

    /// When [`tick`](Self::tick) is due, if by itself.
    pub(in crate::ws) fn next_wake(&self) -> Option<Now> {
        let legs = self.legs.iter().filter_map(|leg| leg.wake_at(self.line, &self.patience)).min();
        let linger = self.empty_since.map(|since| since + self.patience.linger);
        let alive = self.legs.iter().any(|leg| leg.step != Step::Draining);
        let retry = self.retry_at.filter(|_| !self.wanted.is_empty() && !alive);
        [legs, linger, retry, self.next_scan, self.replace_at()].into_iter().flatten().min()
    }

    /// When [`replace`](Self::replace) is due.
    fn replace_at(&self) -> Option<Now> {
        let mut alive = self.legs.iter().filter(|leg| leg.step != Step::Draining);
        match (alive.next()?, alive.next()) {
            (old, None) if old.step == Step::Open && !self.wanted.is_empty() => {
                let due = old.ends_at(self.line)?;
                Some(self.replace_again_at.map_or(due, |again| due.max(again)))
            }
            (_, Some(new)) if new.step == Step::Open => {
                let overlap = self.patience.overlap;
                let wait = if new.subs.is_settled() { overlap } else { overlap.max(self.patience.answer) };
                Some(new.since + wait)
            }
            // Whoever fetches, dials and logs in has a limit of its own.
            _ => None,
        }
    }

    /// Ends everything; consumers are told.
    pub(in crate::ws) fn close(&mut self, now: Now) {
        self.closing = true;
        self.tell_all(self.generation, &Notice::Closed);
        self.wanted.clear();
        self.retry_at = None;
        self.empty_since = None;
        self.next_scan = None;
        self.drain_all(now);
    }

    fn drain_all(&mut self, now: Now) {
        for leg in &mut self.legs {
            let leg_id = leg.generation;
            match leg.step {
                Step::Draining => {}
                Step::LoggingIn | Step::Open => {
                    leg.go(Step::Draining, now);
                    self.actions.push_back(Action::Close { leg: leg_id });
                }
                Step::FetchingKey | Step::Dialing => {
                    // Nothing is open that could be closed: its end is reported and forgotten.
                    leg.go(Step::Draining, now);
                    self.actions.push_back(Action::Abort { leg: leg_id });
                }
            }
        }
    }

    /// Closes a connection of which nothing is wanted any more.
    fn linger(&mut self, now: Now) {
        if !self.wanted.is_empty() {
            self.empty_since = None;
        } else if self.legs.iter().all(|leg| leg.step == Step::Draining) {
            self.empty_since = None;
            self.retry_at = None;
        } else if now >= *self.empty_since.get_or_insert(now) + self.patience.linger {
            self.empty_since = None;
            self.drain_all(now);
        }
    }

    fn start(&mut self, now: Now) {
        self.generation += 1;
        let mut leg = Leg::new(self.generation, self.line, &self.wanted, now);
        let generation = leg.generation;
        if matches!(self.line.entry, Entry::Key(_)) {
            leg.step = Step::FetchingKey;
            let fresh = std::mem::take(&mut self.fresh_key);
            self.actions.push_back(Action::FetchKey { leg: generation, fresh });
        } else {
            self.actions.push_back(Action::Dial { leg: generation, key: None });
        }
        self.legs.push(leg);
    }

    /// The listen key has come; it is `age` old.
    pub(in crate::ws) fn key(&mut self, leg: Generation, key: Result<(Secret, Duration), Error>, now: Now) {
        let line = self.line;
        // Whoever has a connection by now doesn't lose it for a key.
        let Some(known) = self.leg(leg).filter(|leg| leg.step == Step::FetchingKey) else { return };
        match key {
            Ok((key, age)) => {
                let Entry::Key(life) = line.entry else { return };
                known.key = Some(key.clone());
                known.key_at = now.saturating_sub(age);
                known.renew_at = life.renew.map(|every| known.key_at + every);
                known.go(Step::Dialing, now);
                self.actions.push_back(Action::Dial { leg, key: Some(key) });
            }
            Err(error) => self.failed(leg, error, now),
        }
    }

    /// A renewal has ended.
    pub(in crate::ws) fn renewed(&mut self, leg: Generation, result: &Result<(), Error>, now: Now) {
        let Entry::Key(life) = self.line.entry else { return };
        let Some(known) = self.leg(leg).filter(|leg| leg.step == Step::Open) else { return };
        match result {
            Ok(()) => {
                // An answer may take its time, and the venue may have counted from when it was asked.
                known.key_at = known.renewing.take().unwrap_or(now);
                known.renew_at = life.renew.map(|every| now.max(known.key_at + every));
            }
            // The venue knows it no more, and nobody knows since when: what was pushed is missing.
            Err(error) if matches!(error.kind(), Kind::Auth | Kind::InvalidRequest | Kind::Rejected) => {
                self.actions.push_back(Action::Abort { leg });
                self.lost(leg, &GapReason::KeyExpired, now);
            }
            // As long as the old one holds there is time; afterwards the connection is replaced.
            Err(_) => {
                known.renewing = None;
                known.renew_at = Some(now + RENEW_AGAIN);
            }
        }
    }

    /// TCP, TLS and the upgrade are done; whether the connection is still wanted.
    pub(in crate::ws) fn opened(&mut self, leg: Generation, now: Now) -> bool {
        let line = self.line;
        let Some(known) = self.leg(leg).filter(|leg| leg.step == Step::Dialing) else { return false };
        known.opened = Some(now);
        known.last_frame = now;
        known.next_ping = now + line.heartbeat.every;
        if line.entry == Entry::Login {
            known.go(Step::LoggingIn, now);
            // The login is a frame as well, and nothing was sent before it.
            let _ = known.pace.as_ref().map(|pace| pace.admit(now));
            self.actions.push_back(Action::Login { leg });
        } else {
            self.enter(leg, now);
        }
        true
    }

    /// A connection that was given up is gone.
    pub(in crate::ws) fn drained(&mut self, leg: Generation) {
        self.legs.retain(|known| known.generation != leg || known.step != Step::Draining);
    }

    /// The login was taken.
    pub(in crate::ws) fn logged_in(&mut self, leg: Generation, now: Now) {
        if self.leg(leg).is_some_and(|leg| leg.step == Step::LoggingIn) {
            self.enter(leg, now);
        }
    }

    /// The login was refused, or could not be made, or holds no longer.
    pub(in crate::ws) fn login_refused(&mut self, leg: Generation, error: Error, now: Now) {
        match self.leg(leg).map(|leg| leg.step) {
            Some(Step::LoggingIn) => {
                self.actions.push_back(Action::Abort { leg });
                self.failed(leg, error, now);
            }
            Some(Step::Open) if self.line.entry == Entry::Login => {
                self.actions.push_back(Action::Abort { leg });
                self.lost(leg, &GapReason::Broken(error.message().to_owned()), now);
            }
            _ => {}
        }
    }

    fn enter(&mut self, generation: Generation, now: Now) {
        let Some(leg) = self.legs.iter_mut().find(|leg| leg.generation == generation) else { return };
        leg.go(Step::Open, now);
        let implied: Vec<_> =
            self.wanted.iter().filter(|(_, wanted)| wanted.topic.is_implied()).map(|(id, _)| *id).collect();
        for id in implied {
            leg.subs.set(id, Standing::Live { last: now, tries: 0 });
            self.actions.push_back(Action::Tell { topic: id, generation, notice: Notice::Live });
        }
        self.next_scan.get_or_insert(now + super::topics::SCAN);
    }

    /// No connection came of it.
    pub(in crate::ws) fn failed(&mut self, leg: Generation, error: Error, now: Now) {
        let Some(at) = self.legs.iter().position(|known| known.generation == leg) else { return };
        let ended = self.legs.remove(at);
        if ended.step == Step::Draining {
            return;
        }
        // The key may be what was refused; that nobody answers says nothing of it.
        let unreachable = matches!(error.kind(), Kind::Transport | Kind::Timeout);
        self.fresh_key |= ended.key.is_some() && !unreachable;
        let wait = error.retry_after().unwrap_or_default();
        if !self.legs.iter().any(|leg| leg.step == Step::Open) {
            let notice = if unreachable {
                Notice::Gap(GapReason::Broken(error.message().to_owned()))
            } else {
                Notice::Rejected(error)
            };
            self.tell_all(leg, &notice);
        }
        self.pause(wait, now);
    }

    /// A connection has ended.
    pub(in crate::ws) fn lost(&mut self, leg: Generation, reason: &GapReason, now: Now) {
        let Some(at) = self.legs.iter().position(|known| known.generation == leg) else { return };
        let ended = self.legs.remove(at);
        if ended.step == Step::Draining {
            return;
        }
        let opened = ended.opened.unwrap_or(now);
        if !ended.held && now.saturating_sub(opened) >= self.patience.stable {
            self.failures = 0;
        }
        let refused = ended.key.is_some() && now.saturating_sub(opened) < KEY_REFUSED;
        self.fresh_key |= refused || *reason == GapReason::KeyExpired;
        for (id, standing) in ended.subs.iter() {
            match self.live_on(id) {
                // Whoever waits for it learns that it has ended, also when nothing was confirmed yet.
                None => self.tell(id, leg, Notice::Gap(reason.clone())),
                // It was to replace the one that is left, and its consumers have turned to it.
                Some(older) if older < leg && standing.is_live() => self.tell(id, older, Notice::Live),
                Some(_) => {}
            }
        }
        self.pause(Duration::ZERO, now);
    }

    /// The newest connection that delivers a topic and isn't being closed.
    pub(super) fn live_on(&self, id: TopicId) -> Option<Generation> {
        let delivers = |leg: &&Leg| leg.step == Step::Open && leg.subs.get(id).is_some_and(Standing::is_live);
        self.legs.iter().rfind(delivers).map(|leg| leg.generation)
    }

    /// The next attempt waits: for a first connection, or for one that is to replace the one that is left.
    fn pause(&mut self, at_least: Duration, now: Now) {
        for leg in self.legs.iter_mut().filter(|leg| leg.step == Step::Open && !leg.held) {
            // Once, or a replacement that keeps failing would never wait longer.
            leg.held = leg.opened.is_some_and(|opened| now.saturating_sub(opened) >= self.patience.stable);
            if leg.held {
                self.failures = 0;
            }
        }
        let at = now + self.backoff().max(at_least.min(LONGEST_PAUSE));
        match self.legs.iter().map(|leg| leg.step).find(|step| *step != Step::Draining) {
            _ if self.closing => {}
            None => self.retry_at = Some(at),
            Some(Step::Open) => self.replace_again_at = Some(at),
            Some(_) => {}
        }
    }

    /// Full jitter: anything between nothing and the pause, which doubles.
    fn backoff(&mut self) -> Duration {
        let pause = self.patience.backoff.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        let nanos = u64::try_from(pause.min(self.patience.backoff_cap).as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos(self.rng.u64(0..=nanos))
    }

    /// Something came.
    pub(in crate::ws) fn heard(&mut self, leg: Generation, now: Now) {
        if let Some(leg) = self.leg(leg) {
            leg.last_frame = now;
            leg.awaiting = None;
        }
    }

    fn tick_leg(&mut self, generation: Generation, now: Now) {
        let (line, patience) = (self.line, self.patience);
        let Some(leg) = self.leg(generation) else { return };
        match leg.step {
            Step::FetchingKey | Step::Dialing => {}
            Step::LoggingIn if now >= leg.login_ends_at(line, &patience) => {
                let error = Error::new(
                    Kind::Timeout,
                    crate::error::Outcome::Unknown,
                    "the venue didn't answer the login",
                );
                self.login_refused(generation, error, now);
            }
            Step::LoggingIn => {}
            Step::Draining => {
                if now >= leg.since + patience.close {
                    self.actions.push_back(Action::Abort { leg: generation });
                    self.legs.retain(|leg| leg.generation != generation);
                }
            }
            Step::Open => {
                if leg.awaiting.is_some_and(|since| now >= since + line.heartbeat.answer_within) {
                    self.actions.push_back(Action::Abort { leg: generation });
                    self.lost(generation, &GapReason::Silent, now);
                    return;
                }
                if now >= leg.next_ping {
                    let quiet_until = leg.last_frame + line.heartbeat.every;
                    if line.heartbeat.only_when_quiet && now < quiet_until {
                        leg.next_ping = quiet_until;
                    } else {
                        leg.next_ping = now + line.heartbeat.every;
                        leg.awaiting.get_or_insert(now);
                        leg.outbox.push_front(Outgoing::Ping);
                    }
                }
                if leg.renew_at.is_some_and(|at| now >= at)
                    && let Some(key) = leg.key.clone()
                {
                    // Until the answer is there, it isn't asked again.
                    leg.renew_at = None;
                    leg.renewing = Some(now);
                    self.actions.push_back(Action::RenewKey { leg: generation, key });
                }
            }
        }
    }

    /// Makes a new connection before the old one's documented end, and breaks the old one once the new one
    /// has everything.
    fn replace(&mut self, now: Now) {
        // More than once, when time has jumped: the new one may be due itself by now.
        while self.replace_at().is_some_and(|at| now >= at) {
            let mut alive =
                self.legs.iter().filter(|leg| leg.step != Step::Draining).map(|leg| leg.generation);
            match (alive.next(), alive.next()) {
                (Some(old), Some(new)) => self.hand_over(old, new, now),
                _ => {
                    self.replace_again_at = None;
                    // A key that can't be renewed is at its end; one that can has failed to be.
                    self.fresh_key = true;
                    self.start(now);
                }
            }
        }
    }

    /// Breaks the old connection. What the new one doesn't have by now is missing from here on.
    fn hand_over(&mut self, old: Generation, new: Generation, now: Now) {
        self.actions.push_back(Action::Close { leg: old });
        let Some(left) = self.legs.iter_mut().find(|leg| leg.generation == old) else { return };
        left.go(Step::Draining, now);
        let live: Vec<TopicId> = left.subs.iter().filter(|(_, at)| at.is_live()).map(|(id, _)| id).collect();
        let Some(taken) = self.legs.iter().find(|leg| leg.generation == new) else { return };
        let missing: Vec<TopicId> = live
            .into_iter()
            // A refusal has been told.
            .filter(|id| !taken.subs.get(*id).is_some_and(|at| at.is_live() || at == Standing::Refused))
            .collect();
        for id in missing {
            self.tell(id, old, Notice::Gap(GapReason::Replaced));
        }
    }
}
