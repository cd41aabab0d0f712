//! One bucket: what occupies it, and until when.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::limit::Limit;
use super::store::Priority;

/// Kept on top of each window: timers tick in milliseconds, and no two clocks run quite alike.
pub(super) const MARGIN: Duration = Duration::from_millis(2);

/// A limit for one owner.
pub(super) struct Bucket {
    pub(super) limit: &'static Limit,
    /// How much it holds, and whether that was set rather than documented.
    pub(super) count: u32,
    pub(super) set: bool,
    /// Weight of requests that are not answered yet.
    pub(super) in_flight: u64,
    /// Weight that is released at these moments, the earliest first.
    pub(super) leaving: VecDeque<(Instant, u64)>,
    pub(super) leaving_sum: u64,
    pub(super) gated_until: Option<Instant>,
    /// Written while waiters are gone through: somebody before waits for this bucket.
    pub(super) claimed: bool,
}

impl Bucket {
    pub(super) fn tidy(&mut self, now: Instant) {
        while let Some((at, weight)) = self.leaving.front().copied() {
            if at > now {
                break;
            }
            self.leaving.pop_front();
            self.leaving_sum -= weight;
        }
        self.gated_until = self.gated_until.filter(|until| *until > now);
    }

    pub(super) fn used(&self) -> u64 {
        self.in_flight + self.leaving_sum
    }

    /// How much a request of this priority may see occupied at most.
    pub(super) fn capacity(&self, priority: Priority, reserve: u32) -> u64 {
        let count = u64::from(self.count);
        match priority {
            Priority::Urgent => count,
            // At least one stays for everybody.
            Priority::Normal => (count - count * u64::from(reserve) / 100).max(1),
        }
    }

    pub(super) fn leave(&mut self, at: Instant, weight: u64) {
        self.leaving_sum += weight;
        // Answers come nearly in order, so the place is nearly always the end.
        if self.leaving.back().is_none_or(|(last, _)| *last <= at) {
            self.leaving.push_back((at, weight));
            return;
        }
        let place = self.leaving.iter().rposition(|(other, _)| *other <= at).map_or(0, |place| place + 1);
        self.leaving.insert(place, (at, weight));
    }

    /// The first moment at which so much might fit, if nobody else came. Requests that are not answered yet
    /// are hoped to be answered now.
    pub(super) fn opens(&self, weight: u64, capacity: u64, now: Instant) -> Opening {
        let hoped = now + Duration::from_millis(self.limit.window_ms) + MARGIN;
        let mut opening = Opening { at: self.gated_until.unwrap_or(now), hoped: false };
        let mut used = self.used();
        let mut in_flight = self.in_flight;
        let leaving = self.leaving.iter().copied().chain(std::iter::once((hoped, 0)));
        for (leaves, gone) in leaving {
            if in_flight > 0 && leaves >= hoped && used + weight > capacity {
                used -= std::mem::take(&mut in_flight);
                opening = Opening { at: opening.at.max(hoped), hoped: true };
            }
            if used + weight <= capacity {
                break;
            }
            used -= gone;
            opening.at = opening.at.max(leaves);
        }
        opening
    }
}

/// When a request might be granted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    pub(super) at: Instant,
    /// Only if requests that are under way are answered at once; one that never left makes room even before.
    pub(super) hoped: bool,
}
