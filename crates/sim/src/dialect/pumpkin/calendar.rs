//! Where candles and trading days begin.

use crate::refusal::Refusal;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;

/// Where the candle of a documented interval begins that holds a moment: weeks on Monday, months on the first.
pub(super) fn begins(interval: &str, at_ms: i64) -> i64 {
    let months = match interval {
        "1M" => 1,
        "3M" => 3,
        "6M" => 6,
        _ => 0,
    };
    if months > 0 {
        return month_begins(at_ms.div_euclid(DAY_MS), months) * DAY_MS;
    }
    let (length, shift) = match interval {
        "5m" => (5 * MINUTE_MS, 0),
        "15m" => (15 * MINUTE_MS, 0),
        "30m" => (30 * MINUTE_MS, 0),
        "1h" => (HOUR_MS, 0),
        "4h" => (4 * HOUR_MS, 0),
        "1d" => (DAY_MS, 0),
        // The first day of all was a Thursday.
        "1w" => (7 * DAY_MS, 3 * DAY_MS),
        _ => (MINUTE_MS, 0),
    };
    at_ms - (at_ms + shift).rem_euclid(length)
}

/// The day on which the month begins, or the group of `months`, that holds a day; both counted from 1970.
fn month_begins(day: i64, months: i64) -> i64 {
    // Years are taken to begin in March, so that the leap day is their last.
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 2 } else { from_march - 10 };
    let year = year_of_era + era * 400 + i64::from(month < 2);
    let first = month - month.rem_euclid(months);
    // The other way round, for the first day of that month.
    let year = year - i64::from(first < 2);
    let from_march = if first < 2 { first + 10 } else { first - 2 };
    let of_year = (153 * from_march + 2) / 5;
    let year_of_era = year.rem_euclid(400);
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    year.div_euclid(400) * 146_097 + of_era - 719_468
}

/// Where a documented range begins: 24 hours ago, or with the day of a time zone.
pub(super) fn range_begins(range: &str, now_ms: i64) -> Result<i64, Refusal> {
    let zone = |text: &str| text.parse::<i64>().map_err(|_| Refusal::invalid("timeRangeType"));
    let hours = match (range.strip_prefix("UTC_P_"), range.strip_prefix("UTC_N_")) {
        (Some(ahead), _) => zone(ahead)?,
        (_, Some(behind)) => -zone(behind)?,
        _ => return Ok(now_ms.saturating_sub(DAY_MS)),
    };
    Ok(now_ms - (now_ms + hours * HOUR_MS).rem_euclid(DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candles_begin_where_calendars_say() {
        // Thursday, 29 February 2024, 13:47:05 UTC.
        let at = 1_709_214_425_000;
        for (interval, begin) in [
            ("1m", 1_709_214_420_000),
            ("5m", 1_709_214_300_000),
            ("15m", 1_709_214_300_000),
            ("30m", 1_709_213_400_000),
            ("1h", 1_709_211_600_000),
            ("4h", 1_709_208_000_000),
            ("1d", 1_709_164_800_000),
            ("1w", 1_708_905_600_000),
            ("1M", 1_706_745_600_000),
            ("3M", 1_704_067_200_000),
            ("6M", 1_704_067_200_000),
        ] {
            assert_eq!(begins(interval, at), begin, "{interval}");
        }
        // The last second of 2023, and the first of 2024.
        assert_eq!(begins("6M", 1_704_067_199_000), 1_688_169_600_000);
        assert_eq!(begins("1M", 1_704_067_200_000), 1_704_067_200_000);
    }

    #[test]
    fn days_begin_where_time_zones_say() {
        let at = 1_709_214_425_000;
        assert_eq!(range_begins("H24", at).unwrap(), at - DAY_MS);
        assert_eq!(range_begins("UTC_P_0", at).unwrap(), 1_709_164_800_000);
        assert_eq!(range_begins("UTC_P_8", at).unwrap(), 1_709_136_000_000);
        assert_eq!(range_begins("UTC_P_12", at).unwrap(), 1_709_208_000_000);
        assert_eq!(range_begins("UTC_N_12", at).unwrap(), 1_709_208_000_000);
        assert!(range_begins("UTC_P_x", at).is_err());
    }
}
