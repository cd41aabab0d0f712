//! Funding, which is constant, and open interest.

use super::pages::Walk;
use crate::dialect::market::{FUNDING, FUNDING_MS, held, last_funding_ms, next_funding_ms};
use crate::dialect::{Ask, Json, State, quoted, symbol};
use crate::json::{quote, write};
use crate::refusal::Refusal;

/// Records that there are: a month of them.
const RECORDS: i64 = 90;

pub(super) fn rate(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    Ok(write(&[
        ("symbol", symbol(&state.engine, id)),
        ("fundingRate", quote(FUNDING)),
        ("nextCollectionTime", next_funding_ms(ask.now_ms).to_string()),
    ]))
}

pub(super) fn records(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let last_ms = last_funding_ms(ask.now_ms);
    let times = (0..RECORDS).map(|back| last_ms - back * FUNDING_MS).collect();
    let number = |at_ms: &i64| u64::try_from(*at_ms).unwrap_or_default();
    Ok(Walk::of(ask, times, number)?.edges(|at_ms| {
        write(&[
            ("id", quote(&number(&at_ms).to_string())),
            ("symbol", symbol(&state.engine, id)),
            ("fundingRate", quote(FUNDING)),
            ("createdTime", at_ms.to_string()),
            ("collectionInternal", (FUNDING_MS / 1000).to_string()),
        ])
    }))
}

/// In the base currency.
pub(super) fn open_interest(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let (contracts, value) = held(&state.engine, id);
    let multiplier = state.engine.instrument(id).map(|of| of.multiplier).unwrap_or_default();
    Ok(write(&[
        ("symbol", symbol(&state.engine, id)),
        ("openInterest", quoted(contracts * multiplier)),
        ("openInterestUsd", quoted(value)),
        ("time", ask.now_ms.to_string()),
    ]))
}
