//! What an answer held, for `decode` and `call`.

use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;
use venue_core::wire::BadRow;
use venue_core::{Decoded, Error};
use venue_sim::Which;

use crate::show::{self, BOLD, DIM, WARN, styled};
use crate::stop::{Done, Stop};
use crate::tree::Tree;

#[derive(Serialize)]
struct Report<'d> {
    ok: bool,
    #[serde(rename = "type")]
    name: &'d str,
    value: Option<&'d RawValue>,
    unmapped: &'d [String],
    bad_rows: &'d [BadRow],
    error: Option<&'d Error>,
    #[serde(skip_serializing_if = "Option::is_none")]
    round_trip_us: Option<u128>,
}

/// Prints a decoded answer; the result is as good as the answer.
pub(crate) fn print(
    which: Which,
    name: &str,
    decoded: &Decoded,
    round_trip: Option<Duration>,
    is_json: bool,
) -> Result<Done, Stop> {
    let done = Done::good(decoded.error.is_none());
    if is_json {
        let value = decoded.value.as_deref().and_then(|value| serde_json::from_str(value).ok());
        let report = Report {
            ok: done == Done::Good,
            name,
            value,
            unmapped: &decoded.unmapped,
            bad_rows: &decoded.bad_rows,
            error: decoded.error.as_ref(),
            round_trip_us: round_trip.map(|time| time.as_micros()),
        };
        show::json(&report)?;
        return Ok(done);
    }
    if let Some(error) = &decoded.error {
        show::error(error, false)?;
        return Ok(done);
    }
    let title = styled(BOLD, format_args!("{which} {name}"));
    match round_trip {
        Some(time) => {
            show::line(format_args!("{title} {}", styled(DIM, format_args!("in {}", millis(time)))))?;
        }
        None => show::line(title)?,
    }
    show::line(Tree::parse(decoded.value.as_deref().unwrap_or("null")).pretty())?;
    if !decoded.unmapped.is_empty() {
        show::line(format_args!("\n{}", styled(WARN, "keys that no type maps")))?;
        for key in &decoded.unmapped {
            show::line(format_args!("  {key}"))?;
        }
    }
    if !decoded.bad_rows.is_empty() {
        show::line(format_args!("\n{}", styled(WARN, "rows that did not read")))?;
        for row in &decoded.bad_rows {
            show::line(format_args!("  [{}] {}\n      {}", row.index, row.error, styled(DIM, &row.raw)))?;
        }
    }
    Ok(done)
}

/// A span of time in milliseconds, with a decimal.
pub(crate) fn millis(time: Duration) -> String {
    let tenths = time.as_micros() / 100;
    format!("{}.{} ms", tenths / 10, tenths % 10)
}
