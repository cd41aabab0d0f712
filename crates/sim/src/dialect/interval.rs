//! Lengths of candles, by their usual names.

use crate::clock::civil;
use crate::engine::{Candle, Tape};

pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;
const WEEK_MS: i64 = 7 * DAY_MS;
/// The epoch was a Thursday, and weeks begin on Monday.
const MONDAY_MS: i64 = 4 * DAY_MS;

/// The length of a candle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interval {
    Minutes(i64),
    Week,
    /// This many, which begin with a year.
    Months(i64),
}

impl Interval {
    /// Reads `1m`, `4h`, `3d`, `1w`, `1M` or `3M`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let count: i64 = text.strip_suffix(unit)?.parse().ok().filter(|count| (1..=1000).contains(count))?;
        match (unit, count) {
            ('m', _) => Some(Self::Minutes(count)),
            ('h', _) => Some(Self::Minutes(count * 60)),
            ('d', _) => Some(Self::Minutes(count * 24 * 60)),
            ('w', 1) => Some(Self::Week),
            ('M', 1 | 2 | 3 | 4 | 6 | 12) => Some(Self::Months(count)),
            _ => None,
        }
    }

    /// So many minutes, of which some are a week; at least one.
    pub(crate) fn minutes(count: i64) -> Self {
        if count == WEEK_MS / MINUTE_MS { Self::Week } else { Self::Minutes(count.max(1)) }
    }

    /// Where the candle begins that a time belongs to, in UTC.
    pub(crate) fn start(self, at_ms: i64) -> i64 {
        match self {
            Self::Minutes(minutes) => at_ms - at_ms.rem_euclid(minutes.saturating_mul(MINUTE_MS)),
            Self::Week => at_ms - (at_ms - MONDAY_MS).rem_euclid(WEEK_MS),
            Self::Months(months) => {
                let day = at_ms.div_euclid(DAY_MS);
                let (_, month, of_month) = civil(day);
                let mut first = day - (of_month - 1);
                for _ in 0..(month - 1).rem_euclid(months) {
                    let (.., length) = civil(first - 1);
                    first -= length;
                }
                first * DAY_MS
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
            ("1M", Some(Interval::Months(1))),
            ("6M", Some(Interval::Months(6))),
            ("5M", None),
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
            ("3M", day - 59 * DAY_MS),
            ("6M", day - 59 * DAY_MS),
        ] {
            assert_eq!(Interval::parse(text).unwrap().start(at_ms), start, "{text}");
        }
        // The last second of 2023, and the first of 2024.
        assert_eq!(Interval::Months(6).start(1_704_067_199_000), 1_688_169_600_000);
        assert_eq!(Interval::Months(1).start(1_704_067_200_000), 1_704_067_200_000);
        assert_eq!(Interval::Months(1).start(-1), -31 * DAY_MS);
        assert_eq!(Interval::Months(12).start(0), 0);
        assert_eq!(Interval::minutes(10_080), Interval::Week);
        assert_eq!(Interval::minutes(i64::MIN).start(61_000), 60_000);
    }
}
