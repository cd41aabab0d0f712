//! Tickers of all kinds.

use super::pairs;
use crate::dialect::{Ask, Json, State, market, quoted, symbol};
use crate::engine::{InstrumentId, Side};
use crate::json::{list, write};
use crate::refusal::Refusal;

type Members = Vec<(&'static str, Json)>;

/// A row for each wanted pair: its name and time, and what the parts add.
fn rows(
    state: &State,
    ask: &Ask<'_>,
    parts: &[fn(&State, InstrumentId, i64) -> Members],
) -> Result<Json, Refusal> {
    let tags = ask.texts("tags")?;
    // The only tag there is.
    let is_tagged = tags.is_empty() || tags.iter().any(|tag| tag == "spot");
    let wanted = pairs::several(state, ask)?;
    Ok(list(wanted.into_iter().filter(|_| is_tagged).map(|id| {
        let mut members = head(state, id, ask.now_ms);
        members.extend(parts.iter().flat_map(|part| part(state, id, ask.now_ms)));
        write(&members)
    })))
}

/// A pair's name, and when it last traded.
fn head(state: &State, id: InstrumentId, now_ms: i64) -> Members {
    let traded_ms = state.engine.tape(id).and_then(|tape| Some(tape.trades().next_back()?.at_ms));
    vec![("s", symbol(&state.engine, id)), ("t", traded_ms.unwrap_or(now_ms).to_string())]
}

/// The row of a day, as it is pushed too.
pub(super) fn of_last_day(state: &State, id: InstrumentId, now_ms: i64) -> Members {
    [head(state, id, now_ms), of_day(state, id, now_ms)].concat()
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

fn last(state: &State, id: InstrumentId, _: i64) -> Members {
    vec![("p", quoted(state.engine.last_price(id)))]
}

fn of_day(state: &State, id: InstrumentId, now_ms: i64) -> Members {
    let last = state.engine.last_price(id);
    let day = market::day(&state.engine, id, now_ms);
    vec![
        ("cv", quoted(last - day.open)),
        // A share of the first price, not per cent.
        ("cr", quoted(market::change(&day, last, 4))),
        ("o", quoted(day.open)),
        ("l", quoted(day.low)),
        ("h", quoted(day.high)),
        ("c", quoted(last)),
        ("q", quoted(day.volume)),
        ("v", quoted(day.turnover)),
    ]
}

/// The best prices; `null` where a side is empty.
fn best(state: &State, id: InstrumentId, _: i64) -> Members {
    let side = |side, price_name, qty_name| {
        let best = state.engine.levels(id, side, 1).first().copied();
        let (price, qty) = best.unzip();
        let or_null = |number: Option<_>| number.map_or_else(|| "null".to_owned(), quoted);
        [(price_name, or_null(price)), (qty_name, or_null(qty))]
    };
    [side(Side::Sell, "ap", "aq"), side(Side::Buy, "bp", "bq")].concat()
}
