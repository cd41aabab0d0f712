//! The simulated venue's own clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// A venue's clock, which may differ from the client's.
///
/// It starts at the system's time and runs on tokio's clock: under a paused tokio clock it stands still, and
/// jumps when that one does.
#[derive(Debug, Clone)]
pub struct Clock {
    start: Instant,
    /// The time at the start, since the epoch.
    epoch: Duration,
    offset_ms: Arc<AtomicI64>,
}

impl Default for Clock {
    fn default() -> Self {
        Self::with_offset(0)
    }
}

impl Clock {
    pub(crate) fn with_offset(offset_ms: i64) -> Self {
        let epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { start: Instant::now(), epoch, offset_ms: Arc::new(AtomicI64::new(offset_ms)) }
    }

    /// The same with another time at the start.
    pub(crate) fn starting_at(self, epoch_ms: u64) -> Self {
        Self { epoch: Duration::from_millis(epoch_ms), ..self }
    }

    /// Milliseconds since the epoch, by this venue.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        let since = self.epoch.saturating_add(self.elapsed()).as_millis();
        i64::try_from(since).unwrap_or(i64::MAX).saturating_add(self.offset_ms.load(Ordering::Relaxed))
    }

    /// Puts the clock this much ahead of where it would be, or behind, from the next request on.
    pub fn set_offset_ms(&self, offset_ms: i64) {
        self.offset_ms.store(offset_ms, Ordering::Relaxed);
    }

    /// Time since the start, which no offset changes.
    pub(crate) fn elapsed(&self) -> Duration {
        Instant::now().saturating_duration_since(self.start)
    }

    /// The text of a `Date` header.
    pub(crate) fn date(now_ms: i64) -> String {
        // `httpdate` panics from the year 10000 on.
        const LAST_MS: u64 = 253_402_300_799_000;
        let since = u64::try_from(now_ms).unwrap_or_default().min(LAST_MS);
        httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(since))
    }
}
