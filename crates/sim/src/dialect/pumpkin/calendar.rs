//! Where trading days begin.

use crate::dialect::interval::{DAY_MS, HOUR_MS};
use crate::refusal::Refusal;

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
