//! Lengths of candles, by their usual names.

use crate::engine::{Candle, Tape};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// The epoch was a Thursday, and weeks begin on Monday.
const MONDAY_MS: i64 = 4 * DAY_MS;

/// The length of a candle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interval {
    Minutes(i64),
    Week,
    Month,
}

impl Interval {
    /// Reads `1m`, `4h`, `3d`, `1w` or `1M`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let count: i64 = text.strip_suffix(unit)?.parse().ok().filter(|count| (1..=1000).contains(count))?;
        match (unit, count) {
            ('m', _) => Some(Self::Minutes(count)),
            ('h', _) => Some(Self::Minutes(count * 60)),
            ('d', _) => Some(Self::Minutes(count * 24 * 60)),
            ('w', 1) => Some(Self::Week),
            ('M', 1) => Some(Self::Month),
            _ => None,
        }
    }

    /// Where the candle begins that a time belongs to, in UTC.
    pub(crate) fn start(self, at_ms: i64) -> i64 {
        match self {
            Self::Minutes(minutes) => at_ms - at_ms.rem_euclid(minutes * MINUTE_MS),
            Self::Week => at_ms - (at_ms - MONDAY_MS).rem_euclid(7 * DAY_MS),
            Self::Month => {
                let day = at_ms.div_euclid(DAY_MS);
                (day - day_of_month(day)) * DAY_MS
            }
        }
    }

    /// Candles that begin within a span, oldest first: the earliest when the span has a beginning, the latest
    /// when it has none.
    pub(crate) fn candles(
        self,
        tape: &Tape,
        from_ms: Option<i64>,
        to_ms: Option<i64>,
        most: usize,
    ) -> Vec<Candle> {
        let start = |minute_ms| self.start(minute_ms);
        let (from, to) = (from_ms.unwrap_or(i64::MIN), to_ms.unwrap_or(i64::MAX));
        let mut found = tape.candles_by(start, from, to, usize::MAX);
        if from_ms.is_some() {
            found.truncate(most);
            found
        } else {
            found.split_off(found.len().saturating_sub(most))
        }
    }
}

/// The day of the month, from 0, of a day since the epoch: in years that begin with March, so that the day
/// that leap years have is the last.
fn day_of_month(day: i64) -> i64 {
    let day = day + 719_468;
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    of_year - (153 * month + 2) / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_lengths_are_read() {
        for (text, interval) in [
            ("1m", Some(Interval::Minutes(1))),
            ("4h", Some(Interval::Minutes(240))),
            ("3d", Some(Interval::Minutes(4320))),
            ("1w", Some(Interval::Week)),
            ("1M", Some(Interval::Month)),
            ("2M", None),
            ("0m", None),
            ("m", None),
            ("", None),
            ("-1m", None),
            ("1é", None),
        ] {
            assert_eq!(Interval::parse(text), interval, "{text}");
        }
    }

    #[test]
    fn candles_begin_where_calendars_say() {
        // 2024-02-29 13:14:15 UTC, a Thursday.
        let at_ms = 1_709_212_455_000;
        let day = 1_709_164_800_000;
        for (text, start) in [
            ("1m", 1_709_212_440_000),
            ("4h", day + 12 * 60 * MINUTE_MS),
            ("1d", day),
            ("1w", day - 3 * DAY_MS),
            ("1M", day - 28 * DAY_MS),
        ] {
            assert_eq!(Interval::parse(text).unwrap().start(at_ms), start, "{text}");
        }
        // 1 March 2024, 31 December 2100, 1 January 1970.
        for (day, of_month) in [(19_783, 0), (47_846, 30), (0, 0)] {
            assert_eq!(day_of_month(day), of_month, "{day}");
        }
    }
}
