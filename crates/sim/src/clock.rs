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

    /// The same in milliseconds.
    pub(crate) fn uptime_ms(&self) -> i64 {
        i64::try_from(self.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// When so much time has passed since the start.
    pub(crate) fn instant_at(&self, uptime_ms: i64) -> Instant {
        self.start + Duration::from_millis(u64::try_from(uptime_ms).unwrap_or_default())
    }

    /// A time as text in UTC, with the nine decimals that some venues print.
    pub(crate) fn rfc3339(now_ms: i64) -> String {
        let (days, in_day) = (now_ms.div_euclid(86_400_000), now_ms.rem_euclid(86_400_000));
        let (year, month, day) = civil(days);
        let (seconds, millis) = (in_day / 1000, in_day % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}000000Z")
    }

    /// The text of a `Date` header.
    pub(crate) fn date(now_ms: i64) -> String {
        // `httpdate` panics from the year 10000 on.
        const LAST_MS: u64 = 253_402_300_799_000;
        let since = u64::try_from(now_ms).unwrap_or_default().min(LAST_MS);
        httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(since))
    }
}

/// Year, month and day of a day since 1970, by the Gregorian calendar.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from the first of March of the year 0, so that leap days come last.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march_based = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_based + 2) / 5 + 1;
    let month = if march_based < 10 { march_based + 3 } else { march_based - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_calendar_has_them() {
        for (at_ms, text) in [
            (0, "1970-01-01T00:00:00.000000000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000000000Z"),
            (1_677_225_251_124, "2023-02-24T07:54:11.124000000Z"),
            (1_735_689_599_999, "2024-12-31T23:59:59.999000000Z"),
            (-1, "1969-12-31T23:59:59.999000000Z"),
        ] {
            assert_eq!(Clock::rfc3339(at_ms), text);
        }
    }
}
