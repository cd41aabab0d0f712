//! The right to send one request.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::limit::Limit;
use super::store::{Draw, Draws, Grant, Settlement, Store};
use crate::http::Sent;

/// How much later than we gave up a request may still be counted by the venue.
const SLACK: Duration = Duration::from_secs(5);

/// The right to send one request. It occupies its buckets until it is settled and their windows have passed.
///
/// Dropped unsettled: a request that was never sent gives everything back; one that may have been sent
/// counts as unanswered.
#[derive(Debug)]
pub struct Permit {
    store: Arc<dyn Store>,
    venue: &'static str,
    draws: Draws,
    grant: Option<Grant>,
    sent: Mark,
}

/// Where it is noted whether the request may have been sent.
#[derive(Debug)]
pub(super) enum Mark {
    /// Here, by who holds the permit.
    Own(AtomicBool),
    /// By the transport, which may outlive the wait for it.
    Transport(Sent),
}

impl Permit {
    pub(super) fn new(
        store: Arc<dyn Store>,
        venue: &'static str,
        draws: Draws,
        grant: Grant,
        sent: Mark,
    ) -> Self {
        Self { store, venue, draws, grant: Some(grant), sent }
    }

    /// Notes that the request is about to be sent: dropped from here on, it counts as unanswered.
    pub fn sending(&self) {
        match &self.sent {
            Mark::Own(sent) => sent.store(true, Ordering::Release),
            Mark::Transport(sent) => sent.mark(),
        }
    }

    fn may_be_sent(&self) -> bool {
        match &self.sent {
            Mark::Own(sent) => sent.load(Ordering::Acquire),
            Mark::Transport(sent) => sent.is_marked(),
        }
    }

    /// Settles after nothing of the request left.
    pub fn not_sent(mut self) {
        self.settle(Settlement::NotSent);
    }

    /// Settles after the answer came.
    pub fn answered(mut self) {
        self.settle(Settlement::Answered);
    }

    /// Settles after the wait for an answer was given up.
    pub fn unanswered(mut self) {
        self.settle(Settlement::Unanswered { slack: SLACK });
    }

    /// Shuts this request's buckets for so long: the venue's rate limit.
    pub fn limit_reached(&self, wait: Duration) {
        self.store.gate(self.venue, &self.draws, wait);
    }

    /// Shuts everything of the venue for so long: a ban.
    pub fn banned(&self, wait: Duration) {
        self.store.gate(self.venue, &[], wait);
    }

    /// Takes more out of one of this request's buckets: what the answer turned out to cost.
    pub fn charge(&self, limit: &'static Limit, weight: u32) {
        self.store.charge(&self.of(limit, weight));
    }

    /// Occupies one of this request's buckets so far at least: the venue has counted others' requests too.
    pub fn raise(&self, limit: &'static Limit, used: u32) {
        self.store.raise(&self.of(limit, used));
    }

    /// How much one of this request's buckets holds in a window; `None` for a limit that it does not draw on.
    #[must_use]
    pub fn count(&self, limit: &'static Limit) -> Option<u32> {
        self.of(limit, 0).first().map(|draw| self.store.count(draw))
    }

    fn of(&self, limit: &'static Limit, weight: u32) -> Draws {
        let same = self.draws.iter().filter(|draw| std::ptr::eq(draw.limit, limit));
        same.map(|draw| Draw::new(limit, Arc::clone(&draw.owner), weight)).collect()
    }

    fn settle(&mut self, settlement: Settlement) {
        if let Some(grant) = self.grant.take() {
            self.store.settle(grant, settlement);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let settlement =
            if self.may_be_sent() { Settlement::Unanswered { slack: SLACK } } else { Settlement::NotSent };
        self.settle(settlement);
    }
}
