//! The machine by itself: time is told, what it wants done is written down as words.

mod chaos;
mod connections;
mod entry;
mod replacement;
mod topics;

use std::sync::Arc;
use std::time::Duration;

use super::{Action, Generation, Machine, Notice, Now, Outgoing, Patience, Phase};
use crate::error::{Error, Kind, Outcome};
use crate::ws::event::GapReason;
use crate::ws::frame::{Answer, Topic, Verb};
use crate::ws::line::{Acks, Heartbeat, Line, Ping};
use crate::ws::tests::toy::{Toy, listen_key};

const SECOND: Duration = Duration::from_secs(1);

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn error(kind: Kind) -> Error {
    Error::new(kind, Outcome::Rejected, "no")
}

fn broken() -> GapReason {
    GapReason::Broken("reset".to_owned())
}

/// A line on which nothing happens by itself: pings are an hour apart.
fn line() -> Line {
    Line::new("test", "ws://127.0.0.1/")
        .heartbeat(Heartbeat::quiet(Ping::Protocol, secs(3600), secs(10)))
        .acks(Acks::ById)
}

/// The machine, its time and what it wanted.
struct Rig {
    machine: Machine,
    now: Now,
    log: Vec<(Now, String)>,
    /// The venue answers pings; they are then no matter.
    pongs: bool,
}

impl Rig {
    fn new(line: Line) -> Self {
        Self::seeded(line, Patience::default(), 7)
    }

    fn seeded(line: Line, patience: Patience, seed: u64) -> Self {
        let line: &'static Line = Box::leak(Box::new(line));
        let machine = Machine::new(Arc::new(Toy::default()), line, patience, seed);
        Self { machine, now: Duration::ZERO, log: Vec::new(), pongs: true }
    }

    /// A connection that is open, with these topics, numbered from 1, asked for.
    fn open(line: Line, topics: &[&str]) -> Self {
        let mut rig = Self::new(line);
        for (id, topic) in (1..).zip(topics) {
            rig.want(id, topic);
        }
        rig.go(|machine, now| assert!(machine.opened(1, now)));
        rig
    }

    /// The same, and all confirmed.
    fn live(line: Line, topics: &[&str]) -> Self {
        let mut rig = Self::open(line, topics);
        for id in 1..=topics.len() as u64 {
            rig.go(|machine, now| {
                machine.data(1, id, now);
            });
        }
        rig.take();
        rig
    }

    /// Lets something happen, and does what follows.
    fn go(&mut self, what: impl FnOnce(&mut Machine, Now)) {
        what(&mut self.machine, self.now);
        self.tick();
    }

    fn tick(&mut self) {
        self.machine.tick(self.now);
        while let Some(action) = self.machine.next_action() {
            match action {
                Action::Abort { leg } => self.machine.drained(leg),
                Action::Send { leg, frame: Outgoing::Ping } if self.pongs => {
                    self.machine.heard(leg, self.now);
                    continue;
                }
                _ => {}
            }
            self.log.push((self.now, words(&action)));
        }
        if let Some(wake) = self.machine.next_wake() {
            assert!(wake > self.now, "awake at {:?} for {wake:?}: it would spin", self.now);
        }
    }

    fn want(&mut self, id: u64, topic: &str) {
        self.want_rated(id, topic, None);
    }

    fn want_rated(&mut self, id: u64, topic: &str, silence: Option<Duration>) {
        self.go(|machine, now| machine.add(id, Topic::new(topic), silence, now));
    }

    fn drop(&mut self, id: u64) {
        self.go(|machine, _| machine.remove(id));
    }

    fn ack(&mut self, leg: Generation, answer: &Answer<'_>) {
        self.go(|machine, now| machine.acked(leg, answer, now));
    }

    fn nack(&mut self, leg: Generation, answer: &Answer<'_>, kind: Kind) {
        self.go(|machine, now| machine.nacked(leg, answer, &error(kind), now));
    }

    fn data(&mut self, leg: Generation, id: u64) {
        self.go(|machine, now| {
            machine.data(leg, id, now);
        });
    }

    fn lose(&mut self, leg: Generation) {
        self.go(|machine, now| machine.lost(leg, &broken(), now));
    }

    fn fail(&mut self, leg: Generation, kind: Kind) {
        self.go(|machine, now| machine.failed(leg, error(kind), now));
    }

    /// Lets time pass, awake whenever the machine asks for it.
    fn wait(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(wake) = self.machine.next_wake().filter(|wake| *wake <= until) {
            self.now = wake;
            self.tick();
        }
        self.now = until;
        self.tick();
    }

    /// Lets time pass until it wants this done; how long that took.
    fn wait_for(&mut self, what: &str, at_most: Duration) -> Duration {
        let since = self.now;
        loop {
            if let Some(at) = self.log.iter().position(|(_, done)| done == what) {
                return self.log.remove(at).0 - since;
            }
            let wake = self.machine.next_wake().unwrap_or_else(|| panic!("{what} will never come"));
            assert!(wake - since <= at_most, "no {what} within {at_most:?}: {:?}", self.log);
            self.now = wake;
            self.tick();
        }
    }

    /// What it wanted since the last time.
    fn take(&mut self) -> Vec<String> {
        self.log.drain(..).map(|(_, what)| what).collect()
    }

    fn phase(&self) -> Phase {
        self.machine.phase()
    }
}

fn words(action: &Action) -> String {
    match action {
        Action::FetchKey { leg, fresh } => format!("key {leg}{}", if *fresh { " fresh" } else { "" }),
        Action::RenewKey { leg, key } => format!("renew {leg} {}", key.expose()),
        Action::Dial { leg, key: None } => format!("dial {leg}"),
        Action::Dial { leg, key: Some(key) } => format!("dial {leg} {}", key.expose()),
        Action::Login { leg } => format!("login {leg}"),
        Action::Send { leg, frame: Outgoing::Ping } => format!("{leg}: ping"),
        Action::Send { leg, frame: Outgoing::Text(text) } => format!("{leg}: {text}"),
        Action::Close { leg } => format!("close {leg}"),
        Action::Abort { leg } => format!("abort {leg}"),
        Action::Tell { topic, generation, notice } => {
            let notice = match notice {
                Notice::Live => "live".to_owned(),
                Notice::Gap(reason) => format!("gap ({reason})"),
                Notice::Stale(silent) => format!("stale {silent:?}"),
                Notice::Rejected(error) => format!("rejected {:?}", error.kind()),
                Notice::NotPushed(error) => format!("not pushed {:?}", error.kind()),
                Notice::Closed => "closed".to_owned(),
            };
            format!("{topic}@{generation} {notice}")
        }
    }
}
