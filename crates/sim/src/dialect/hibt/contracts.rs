//! Basic information in the form that market data sites ask for, and risk limits.

use super::market::{listed, side};
use crate::dialect::market::{FUNDING, best, day, held, next_funding_ms};
use crate::dialect::{Ask, Json, State, quoted, symbol};
use crate::engine::Side;
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// Levels of a side of a book, where nobody says how many.
const DEPTH: i64 = 20;
/// The documented example's: from and up to what value, the highest leverage, the margin that must be kept.
/// None of it is modelled but the highest leverage of all.
const RISK_LIMITS: [(&str, &str, &str, &str); 2] =
    [("0", "500000", "100", "0.005"), ("500000", "2000000", "50", "0.01")];

pub(super) fn summaries(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let next_ms = next_funding_ms(ask.now_ms);
    Ok(list(listed(state, ask)?.map(|(id, listed)| {
        let (last, day, (interest, value)) =
            (engine.last_price(id), day(engine, id, ask.now_ms), held(engine, id));
        write(&[
            ("ticker_id", quote(&listed.symbol)),
            ("base_currency", quote(&listed.base.to_uppercase())),
            ("quote_currency", quote(&listed.quote.to_uppercase())),
            ("last_price", quoted(last)),
            ("base_volume", quoted(day.volume)),
            ("USD_volume", quoted(day.turnover)),
            ("quote_volume", quoted(day.turnover)),
            ("bid", quoted(best(engine, id, Side::Buy).0)),
            ("ask", quoted(best(engine, id, Side::Sell).0)),
            ("high", quoted(day.high)),
            ("low", quoted(day.low)),
            ("product_type", quote("Perpetual")),
            ("open_interest", quoted(interest)),
            ("open_interest_usd", quoted(value)),
            ("index_price", quoted(engine.mark_price(id))),
            ("creation_timestamp", "0".to_owned()),
            ("expiry_timestamp", "0".to_owned()),
            ("funding_rate", quote(FUNDING)),
            ("next_funding_rate", quote(FUNDING)),
            ("next_funding_rate_timestamp", next_ms.to_string()),
            ("maker_fee", quoted(listed.maker_fee)),
            ("taker_fee", quoted(listed.taker_fee)),
            ("contract_type", quote("Vanilla")),
            ("contract_price", quoted(last)),
            ("contract_price_currency", quote(&listed.quote.to_uppercase())),
        ])
    })))
}

pub(super) fn specifications(state: &State) -> Result<Json, Refusal> {
    Ok(list(state.engine.instruments().map(|(id, listed)| {
        write(&[
            ("contract_type", quote(&listed.symbol)),
            ("contract_price", quoted(state.engine.last_price(id))),
            ("contract_price_currency", quote(&listed.quote.to_uppercase())),
        ])
    })))
}

/// Books with a time, which is in seconds in the documented example.
pub(super) fn books(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let depth = ask.within("depth", 1..=100)?.unwrap_or(DEPTH);
    Ok(list(listed(state, ask)?.map(|(id, listed)| {
        write(&[
            ("ticker_id", quote(&listed.symbol)),
            ("timestamp", (ask.now_ms / 1000).to_string()),
            ("bids", side(engine, id, Side::Buy, depth)),
            ("asks", side(engine, id, Side::Sell, depth)),
        ])
    })))
}

pub(super) fn risk_limits(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    Ok(list(RISK_LIMITS.into_iter().map(|(from, to, leverage, margin)| {
        write(&[
            ("symbol", symbol(&state.engine, id)),
            ("minValue", quote(from)),
            ("maxValue", quote(to)),
            ("maxLeverage", leverage.to_owned()),
            ("maintenanceMarginRate", quote(margin)),
        ])
    })))
}
