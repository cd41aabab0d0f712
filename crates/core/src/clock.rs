//! The time that requests are stamped with: the machine's, moved towards the venue's.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::wire::Millis;

/// A clock shared by everything that signs for one venue.
///
/// Timestamps never run backwards. After [`Client::sync_clock`](crate::Client::sync_clock) they follow the
/// venue's clock and are never ahead of it: venues forgive a late stamp by seconds, an early one by little
/// or nothing.
#[derive(Clone)]
pub struct Clock(Arc<State>);

struct State {
    source: Source,
    offset: AtomicI64,
    bound: AtomicI64,
    last: AtomicI64,
}

enum Source {
    System,
    Fixed(Millis),
    Custom(Box<dyn Fn() -> Millis + Send + Sync>),
}

/// What became of a synchronisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClockReport {
    /// Milliseconds that are added to the machine's clock.
    pub offset_ms: i64,
    /// How far behind the venue's clock the stamps may be, in milliseconds; they are never ahead.
    pub bound_ms: i64,
}

impl Clock {
    fn with(source: Source) -> Self {
        Self(Arc::new(State {
            source,
            offset: AtomicI64::new(0),
            bound: AtomicI64::new(-1),
            last: AtomicI64::new(i64::MIN),
        }))
    }

    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::with(Source::System)
    }

    /// A clock that stands still, to reproduce a signature.
    #[must_use]
    pub fn fixed(at: Millis) -> Self {
        Self::with(Source::Fixed(at))
    }

    /// A clock of your own.
    #[must_use]
    pub fn custom(now: impl Fn() -> Millis + Send + Sync + 'static) -> Self {
        Self::with(Source::Custom(Box::new(now)))
    }

    fn local(&self) -> Millis {
        match &self.0.source {
            Source::System => Millis::now(),
            Source::Fixed(at) => *at,
            Source::Custom(now) => now(),
        }
    }

    /// The time to stamp a request with.
    #[must_use]
    pub fn now(&self) -> Millis {
        let now = self.local().plus(self.0.offset.load(Ordering::Relaxed)).get();
        Millis::new(self.0.last.fetch_max(now, Ordering::Relaxed).max(now))
    }

    /// The offset in force and its bound; `None` before the first synchronisation.
    #[must_use]
    pub fn report(&self) -> Option<ClockReport> {
        let bound_ms = self.0.bound.load(Ordering::Relaxed);
        (bound_ms >= 0).then(|| ClockReport { offset_ms: self.0.offset.load(Ordering::Relaxed), bound_ms })
    }

    /// Takes over the venue's time, read somewhere between `before` and now on the local clock, and exact
    /// to `resolution_ms`.
    pub(crate) fn learn(&self, venue: Millis, before: Millis, resolution_ms: i64) -> ClockReport {
        let after = self.local();
        // As if the venue had looked at its clock when its answer arrived: late by the way back at most.
        let offset_ms = venue.get().saturating_sub(after.get());
        let bound_ms = after.get().saturating_sub(before.get()).max(0).saturating_add(resolution_ms);
        if matches!(self.0.source, Source::Fixed(_)) {
            return ClockReport { offset_ms: 0, bound_ms };
        }
        self.0.offset.store(offset_ms, Ordering::Relaxed);
        self.0.bound.store(bound_ms, Ordering::Relaxed);
        // A stamp that ran ahead must not hold later ones in the future.
        self.0.last.store(i64::MIN, Ordering::Relaxed);
        ClockReport { offset_ms, bound_ms }
    }

    pub(crate) fn local_now(&self) -> Millis {
        self.local()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("report", &self.report()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stepping() -> (Clock, Arc<AtomicI64>) {
        let time = Arc::new(AtomicI64::new(1_000_000));
        let source = Arc::clone(&time);
        (Clock::custom(move || Millis::new(source.load(Ordering::Relaxed))), time)
    }

    #[test]
    fn stamps_never_run_backwards() {
        let (clock, time) = stepping();
        let first = clock.now();
        time.fetch_sub(500, Ordering::Relaxed);
        assert_eq!(clock.now(), first);
        time.fetch_add(600, Ordering::Relaxed);
        assert_eq!(clock.now(), first.plus(100));
    }

    proptest! {
        #[test]
        fn a_synced_stamp_is_never_ahead_and_late_within_its_bound(
            skew in -100_000i64..100_000, there in 0i64..3_000, back in 0i64..3_000, date in any::<bool>(),
        ) {
            let (clock, time) = stepping();
            let before = clock.local_now();
            time.fetch_add(there, Ordering::Relaxed);
            let at_venue = clock.local_now().plus(skew);
            // A Date header is cut to whole seconds.
            let (stamp, resolution) =
                if date { (at_venue.to_secs().to_millis(), 1_000) } else { (at_venue, 0) };
            time.fetch_add(back, Ordering::Relaxed);
            let report = clock.learn(stamp, before, resolution);
            let venue_now = clock.local_now().plus(skew);
            let late = venue_now.get() - clock.now().get();
            prop_assert!(late >= 0, "ahead by {}", -late);
            prop_assert!(late <= report.bound_ms);
        }
    }
}
