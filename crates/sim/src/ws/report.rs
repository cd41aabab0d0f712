//! What a venue's streams have seen.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Why the venue closed a connection by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// A heartbeat or an answer was missing for too long.
    Silence,
    /// Nothing was subscribed to in time.
    Lifeless,
    /// The key in use expired or was given back.
    Key,
    /// Not even a frame: too large, or not of the protocol.
    Protocol,
    /// The client read too slowly for what it had subscribed to.
    Behind,
    /// A script said so.
    Fault,
}

impl Ending {
    const fn name(self) -> &'static str {
        match self {
            Self::Silence => "silence",
            Self::Lifeless => "lifeless",
            Self::Key => "key",
            Self::Protocol => "protocol",
            Self::Behind => "behind",
            Self::Fault => "fault",
        }
    }
}

/// What a venue's streams have seen so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct StreamReport {
    /// Connections that are open; those that a script left half open aren't.
    pub open: usize,
    /// Connections that were opened.
    pub opened: u64,
    /// The most that were open at a time.
    pub most_open: usize,
    /// Connections that were asked for and not opened.
    pub refused_upgrades: u64,
    /// Subscriptions in force, over all connections.
    pub subscriptions: usize,
    /// How many connections are subscribed to each topic, by the name that faults know it by.
    pub topics: BTreeMap<String, usize>,
    /// The most subscriptions that a connection had at a time.
    pub most_subscriptions: usize,
    /// Text and binary frames and `WebSocket` pings received.
    pub frames_in: u64,
    /// Text and binary frames sent.
    pub frames_out: u64,
    /// Frames that the venue refused: malformed, unknown, not allowed.
    pub refused_frames: u64,
    /// Connections that the venue closed, by why: `silence`, `lifeless`, `key`, `protocol`, `behind`, `fault`.
    pub closed: BTreeMap<&'static str, u64>,
    /// How often scripted faults struck, by kind as in a script. `ack-silent` counts the topics; the pushes that
    /// were held back for it are `silenced`.
    pub faults: BTreeMap<&'static str, u64>,
}

/// The counters behind a report.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    inner: Mutex<StreamReport>,
}

impl Tally {
    fn lock(&self) -> MutexGuard<'_, StreamReport> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn report(&self) -> StreamReport {
        self.lock().clone()
    }

    pub(crate) fn open(&self) -> usize {
        self.lock().open
    }

    /// A connection is open; answers how many there were before.
    pub(crate) fn opened(&self) -> u64 {
        let mut report = self.lock();
        report.open += 1;
        report.opened += 1;
        report.most_open = report.most_open.max(report.open);
        report.opened - 1
    }

    /// A connection is gone, with what it was subscribed to.
    pub(crate) fn gone(&self, topics: impl IntoIterator<Item = String>) {
        let mut report = self.lock();
        report.open = report.open.saturating_sub(1);
        for topic in topics {
            forget(&mut report, &topic);
        }
    }

    pub(crate) fn refused_upgrade(&self) {
        self.lock().refused_upgrades += 1;
    }

    /// A connection has one more subscription, `now` in all.
    pub(crate) fn subscribed(&self, topic: &str, now: usize) {
        let mut report = self.lock();
        report.subscriptions += 1;
        *report.topics.entry(topic.to_owned()).or_default() += 1;
        report.most_subscriptions = report.most_subscriptions.max(now);
    }

    pub(crate) fn unsubscribed(&self, topic: &str) {
        forget(&mut self.lock(), topic);
    }

    pub(crate) fn frame_in(&self) {
        self.lock().frames_in += 1;
    }

    pub(crate) fn frames_out(&self, frames: u64) {
        self.lock().frames_out += frames;
    }

    pub(crate) fn refused_frame(&self) {
        self.lock().refused_frames += 1;
    }

    pub(crate) fn closed(&self, why: Ending) {
        *self.lock().closed.entry(why.name()).or_default() += 1;
    }

    pub(crate) fn fault(&self, kind: &'static str) {
        *self.lock().faults.entry(kind).or_default() += 1;
    }
}

fn forget(report: &mut StreamReport, topic: &str) {
    report.subscriptions = report.subscriptions.saturating_sub(1);
    if let Some(count) = report.topics.get_mut(topic) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            report.topics.remove(topic);
        }
    }
}
