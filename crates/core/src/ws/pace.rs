//! How fast frames may be sent, by the caller's clock.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use super::machine::Now;

/// A clock that is told the time.
#[derive(Debug, Clone, Default)]
struct Told(Arc<AtomicU64>);

/// A time since the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Since(Duration);

impl Reference for Since {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_sub(earlier.0).into()
    }

    fn saturating_sub(&self, duration: Nanos) -> Self {
        Self(self.0.saturating_sub(duration.into()))
    }
}

impl std::ops::Add<Nanos> for Since {
    type Output = Self;

    fn add(self, duration: Nanos) -> Self {
        Self(self.0.saturating_add(duration.into()))
    }
}

impl Clock for Told {
    type Instant = Since;

    fn now(&self) -> Since {
        Since(Duration::from_nanos(self.0.load(Ordering::Relaxed)))
    }
}

/// Spaces frames evenly: one at a time, so that no window of the venue's holds more than it allows.
pub(super) struct Pace {
    limiter: RateLimiter<NotKeyed, InMemoryState, Told, NoOpMiddleware<Since>>,
    clock: Told,
}

impl Pace {
    /// So many frames in this time; no limit where the venue names none.
    pub(super) fn new(limit: Option<(u32, Duration)>) -> Option<Self> {
        let (frames, per) = limit?;
        let clock = Told::default();
        // A burst of one: with a larger one, a window could hold the burst and the rate.
        let quota = Quota::with_period(per / frames.max(1))?.allow_burst(NonZeroU32::MIN);
        Some(Self { limiter: RateLimiter::direct_with_clock(quota, clock.clone()), clock })
    }

    /// Takes room for a frame now, or says when there will be some.
    pub(super) fn admit(&self, now: Now) -> Result<(), Now> {
        let nanos = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        self.clock.0.store(nanos, Ordering::Relaxed);
        self.limiter.check().map_err(|refused| now + refused.wait_time_from(Since(now)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_holds_more_frames_than_documented() {
        let pace = Pace::new(Some((5, Duration::from_secs(1)))).unwrap();
        let (mut now, mut sent) = (Duration::ZERO, Vec::new());
        while sent.len() < 50 {
            match pace.admit(now) {
                Ok(()) => sent.push(now),
                Err(later) => {
                    assert!(later > now);
                    now = later;
                }
            }
        }
        for window in sent.windows(6) {
            assert!(window[5] - window[0] >= Duration::from_secs(1), "{window:?}");
        }
    }
}
