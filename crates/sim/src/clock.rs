//! The simulated venue's own clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// System time plus an offset: a venue whose clock differs from the client's.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
}

impl Clock {
    pub(crate) fn with_offset(offset_ms: i64) -> Self {
        Self { offset_ms: Arc::new(AtomicI64::new(offset_ms)) }
    }

    /// Milliseconds since the epoch, by this venue.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        i64::try_from(system).unwrap_or(i64::MAX).saturating_add(self.offset_ms.load(Ordering::Relaxed))
    }

    /// Moves the clock to system time plus `offset_ms`, from the next request on.
    pub fn set_offset_ms(&self, offset_ms: i64) {
        self.offset_ms.store(offset_ms, Ordering::Relaxed);
    }

    /// The text of a `Date` header.
    pub(crate) fn date(now_ms: i64) -> String {
        // `httpdate` panics from the year 10000 on.
        const LAST_MS: u64 = 253_402_300_799_000;
        let since = u64::try_from(now_ms).unwrap_or_default().min(LAST_MS);
        httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(since))
    }
}
