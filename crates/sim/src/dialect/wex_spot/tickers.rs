//! Tickers of all kinds.

use super::pairs;
use crate::dialect::{Ask, Json, State, quoted};
use crate::engine::{Candle, InstrumentId, Side};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

type Members = Vec<(&'static str, Json)>;

/// A row for each wanted pair: its name and time, and what the parts add.
fn rows(
    state: &State,
    ask: &Ask<'_>,
    parts: &[fn(&State, &Ask<'_>, InstrumentId) -> Members],
) -> Result<Json, Refusal> {
    let tags = ask.texts("tags")?;
    // The only tag there is.
    let is_tagged = tags.is_empty() || tags.iter().any(|tag| tag == "spot");
    let wanted = pairs::several(state, ask)?;
    Ok(list(wanted.into_iter().filter(|_| is_tagged).map(|id| {
        let symbol = state.engine.instrument(id).map(|instrument| instrument.symbol.as_str());
        let traded_ms = state.engine.tape(id).and_then(|tape| Some(tape.trades().next_back()?.at_ms));
        let mut members = vec![
            ("s", quote(symbol.unwrap_or_default())),
            ("t", traded_ms.unwrap_or(ask.now_ms).to_string()),
        ];
        members.extend(parts.iter().flat_map(|part| part(state, ask, id)));
        write(&members)
    })))
}

pub(super) fn full(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    rows(state, ask, &[of_day, best])
}

pub(super) fn price(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    rows(state, ask, &[last])
}

pub(super) fn book(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    rows(state, ask, &[best])
}

pub(super) fn day(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    rows(state, ask, &[of_day])
}

fn last(state: &State, _: &Ask<'_>, id: InstrumentId) -> Members {
    vec![("p", quoted(state.engine.last_price(id)))]
}

fn of_day(state: &State, ask: &Ask<'_>, id: InstrumentId) -> Members {
    let last = state.engine.last_price(id);
    let day = state.engine.tape(id).and_then(|tape| tape.day(ask.now_ms));
    let day = day.unwrap_or(Candle::still(last, ask.now_ms));
    let change = last - day.open;
    // A share of the first price, not per cent.
    let rate = change.checked_div(day.open).unwrap_or_default().round_dp(4);
    vec![
        ("cv", quoted(change)),
        ("cr", quoted(rate)),
        ("o", quoted(day.open)),
        ("l", quoted(day.low)),
        ("h", quoted(day.high)),
        ("c", quoted(last)),
        ("q", quoted(day.volume)),
        ("v", quoted(day.turnover)),
    ]
}

/// The best prices; `null` where a side is empty.
fn best(state: &State, _: &Ask<'_>, id: InstrumentId) -> Members {
    let side = |side, price_name, qty_name| {
        let best = state.engine.levels(id, side, 1).first().copied();
        let (price, qty) = best.unzip();
        let or_null = |number: Option<_>| number.map_or_else(|| "null".to_owned(), quoted);
        [(price_name, or_null(price)), (qty_name, or_null(qty))]
    };
    [side(Side::Sell, "ap", "aq"), side(Side::Buy, "bp", "bq")].concat()
}
