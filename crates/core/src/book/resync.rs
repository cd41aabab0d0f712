//! How long to wait before asking for a snapshot again.

use std::time::{Duration, Instant};

/// Waits that grow with each failure in a row, drawn with full jitter, so that a hundred books that broke
/// together don't ask together.
///
/// A wait is anything up to `base`, doubled with each attempt and held under `cap`. The count starts anew only
/// after the book has been equal to the venue's for `stable`: one that breaks as soon as it is mended keeps
/// waiting longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    base: Duration,
    cap: Duration,
    stable: Duration,
    attempts: u32,
}

impl Default for Backoff {
    /// From 250 ms up to 30 s; anew after 30 s.
    fn default() -> Self {
        Self::new(Duration::from_millis(250), Duration::from_secs(30), Duration::from_secs(30))
    }
}

impl Backoff {
    /// Waits from `base` up to `cap`, anew after `stable`.
    #[must_use]
    pub const fn new(base: Duration, cap: Duration, stable: Duration) -> Self {
        Self { base, cap, stable, attempts: 0 }
    }

    /// When to ask; counts as an attempt. `random` is uniform over all its values.
    pub(super) fn attempt(&mut self, now: Instant, random: u64) -> Instant {
        let ceiling =
            self.base.saturating_mul(1u32.checked_shl(self.attempts).unwrap_or(u32::MAX)).min(self.cap);
        self.attempts = self.attempts.saturating_add(1);
        let nanos = u64::try_from(ceiling.as_nanos()).unwrap_or(u64::MAX);
        // The high half of the product is uniform up to the ceiling.
        let wait = (u128::from(nanos) * u128::from(random)) >> 64;
        let wait = Duration::from_nanos(u64::try_from(wait).unwrap_or(u64::MAX));
        now.checked_add(wait).unwrap_or(now)
    }

    /// The book was equal to the venue's for so long, and is no more.
    pub(super) fn broke_after(&mut self, held: Duration) {
        if held >= self.stable {
            self.attempts = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn waits_double_up_to_the_cap_and_start_anew_only_after_a_stable_time() {
        let now = Instant::now();
        let mut backoff = Backoff::new(SECOND, 5 * SECOND, 60 * SECOND);
        let longest = |backoff: &mut Backoff| (backoff.attempt(now, u64::MAX) - now).as_millis();
        for millis in [999, 1999, 3999, 4999, 4999] {
            assert_eq!(longest(&mut backoff), millis);
        }
        backoff.broke_after(59 * SECOND);
        assert_eq!(longest(&mut backoff), 4999);
        backoff.broke_after(60 * SECOND);
        assert_eq!(longest(&mut backoff), 999);
    }

    #[test]
    fn a_wait_is_the_drawn_part_of_its_ceiling() {
        let now = Instant::now();
        let mut backoff = Backoff::new(SECOND, 60 * SECOND, SECOND);
        assert_eq!(backoff.attempt(now, 0), now);
        assert_eq!(backoff.attempt(now, 1 << 63), now + SECOND);
        assert_eq!(backoff.attempt(now, 1 << 62), now + SECOND);
    }

    #[test]
    fn no_number_of_attempts_overflows() {
        let now = Instant::now();
        let mut backoff = Backoff::new(Duration::MAX, Duration::MAX, SECOND);
        for _ in 0..100 {
            assert!(backoff.attempt(now, u64::MAX) >= now);
        }
    }
}
