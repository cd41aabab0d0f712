//! Basic information: pairs, prices, candles, depth, trades, funding.

use super::asked::{QUARTER_MS, limit, span};
use crate::dialect::book::levels;
use crate::dialect::interval::MINUTE_MS;
use crate::dialect::market::{FUNDING, FUNDING_MS, change, day, last_funding_ms};
use crate::dialect::{Ask, Json, State, plain, quoted, symbol};
use crate::engine::{Decimal, Engine, Instrument, InstrumentId, Side};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;
use crate::rules::hibt;

/// Levels of a side, where nobody says how many.
const DEPTH: i64 = 20;
/// Trades in an answer, which can't be chosen.
const DEALS: usize = 50;
/// Most candles in an answer.
const CANDLES: i64 = 500;

/// The contracts that are asked for: one by its symbol, or all.
pub(super) fn listed<'a>(
    state: &'a State,
    ask: &Ask<'_>,
) -> Result<impl Iterator<Item = (InstrumentId, &'a Instrument)>, Refusal> {
    let wanted = ask.any_instrument(&state.engine)?;
    Ok(state.engine.instruments().filter(move |(id, _)| wanted.is_none_or(|wanted| *id == wanted)))
}

/// Decimals of a step.
fn precision(step: Decimal) -> Json {
    step.normalize().scale().to_string()
}

pub(super) fn symbols(state: &State) -> Result<Json, Refusal> {
    Ok(list(state.engine.instruments().map(|(_, listed)| {
        write(&[
            ("symbol", quote(&listed.symbol)),
            ("supportTrade", "true".to_owned()),
            ("volumePrecision", precision(listed.lot)),
            ("pricePrecision", precision(listed.tick)),
            ("marketMiniAmount", quoted(listed.min_qty)),
            ("limitMiniAmount", quoted(listed.min_qty)),
        ])
    })))
}

pub(super) fn tickers(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(listed(state, ask)?.map(|(id, _)| ticker(&state.engine, id, ask.now_ms, plain))))
}

/// The last day of a contract; the change is a number here and a text elsewhere.
pub(super) fn ticker(engine: &Engine, id: InstrumentId, now_ms: i64, written: fn(Decimal) -> Json) -> Json {
    let (last, day) = (engine.last_price(id), day(engine, id, now_ms));
    let trade = engine.tape(id).and_then(|tape| tape.trades().next_back());
    let percent = change(&day, last, 4) * Decimal::ONE_HUNDRED;
    write(&[
        ("symbol", symbol(engine, id)),
        ("amount", quoted(day.volume)),
        ("volume", quoted(day.turnover)),
        ("open", quoted(day.open)),
        ("close", quoted(last)),
        ("high", quoted(day.high)),
        ("low", quoted(day.low)),
        ("lastPrice", quoted(last)),
        // Before the first trade the price is as old as the market.
        ("lastAmount", quoted(trade.map(|trade| trade.qty).unwrap_or_default())),
        ("lastTime", trade.map_or(now_ms, |trade| trade.at_ms).to_string()),
        ("change", written(percent)),
    ])
}

fn minutes(period: &str) -> i64 {
    match period {
        "M5" => 5,
        "M15" => 15,
        "M30" => 30,
        "H1" => 60,
        "H4" => 240,
        "H6" => 360,
        "D1" => 1440,
        _ => 1,
    }
}

/// The latest candles of the span, the latest first. With both ends given, they decide how many.
pub(super) fn candles(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let (start, end) = (ask.integer("start")?, ask.integer("end")?);
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        return Err(Refusal::invalid("start"));
    }
    let count = ask.within("count", 1..=CANDLES)?.unwrap_or(200);
    let most = if start.is_some() && end.is_some() { CANDLES } else { count };
    let minutes = minutes(&ask.demand("period")?);
    let end = end.unwrap_or(ask.now_ms);
    // Further back than so many candles nothing is wanted.
    let earliest = end.saturating_sub(most.saturating_mul(minutes).saturating_mul(MINUTE_MS));
    let start = start.unwrap_or(i64::MIN).max(earliest);
    let most = usize::try_from(most).unwrap_or_default();
    let found = state.engine.tape(id).map(|tape| tape.candles(minutes, start, end, usize::MAX));
    Ok(list(found.unwrap_or_default().into_iter().rev().take(most).map(|candle| {
        write(&[
            ("symbol", symbol(&state.engine, id)),
            ("amount", quoted(candle.volume)),
            ("volume", quoted(candle.turnover)),
            ("open", quoted(candle.open)),
            ("close", quoted(candle.close)),
            ("high", quoted(candle.high)),
            ("low", quoted(candle.low)),
            ("ts", candle.start_ms.to_string()),
        ])
    })))
}

pub(super) fn prices(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(listed(state, ask)?.map(|(id, listed)| {
        write(&[("symbol", quote(&listed.symbol)), ("price", quoted(state.engine.last_price(id)))])
    })))
}

/// One side of a book: pairs of price and size, best first.
pub(super) fn side(engine: &Engine, id: InstrumentId, side: Side, depth: i64) -> Json {
    let depth = usize::try_from(depth).unwrap_or_default();
    levels(&engine.levels(id, side, depth))
}

pub(super) fn depth(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let depth = ask.integer("limit")?.unwrap_or(DEPTH);
    Ok(write(&[
        ("bid", side(&state.engine, id, Side::Buy, depth)),
        ("ask", side(&state.engine, id, Side::Sell, depth)),
    ]))
}

/// The latest trades, the latest first.
pub(super) fn deals(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let trades = state.engine.tape(id).into_iter().flat_map(|tape| tape.trades().rev().take(DEALS));
    Ok(list(trades.map(|trade| {
        write(&[
            ("symbol", symbol(&state.engine, id)),
            ("amount", quoted(trade.qty)),
            ("price", quoted(trade.price)),
            ("side", quote(if trade.taker == Side::Buy { "buy" } else { "sell" })),
            ("time", trade.at_ms.to_string()),
        ])
    })))
}

pub(super) fn mark_prices(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(listed(state, ask)?.map(|(id, listed)| {
        write(&[("symbol", quote(&listed.symbol)), ("marketPrice", quoted(state.engine.mark_price(id)))])
    })))
}

/// Past fundings, the latest first.
pub(super) fn funding_rates(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let (span, earliest) = (span(ask, 1)?, ask.now_ms - QUARTER_MS);
    let is_given = |name: &str| ask.text(name).is_some();
    if is_given("startTime") && is_given("endTime") && span.end().saturating_sub(*span.start()) > QUARTER_MS {
        return Err(hibt::SPAN_OVER_QUARTER.into());
    }
    if is_given("startTime") && *span.start() < earliest {
        return Err(hibt::TOO_LONG_AGO.into());
    }
    let most = limit(ask, 100)?;
    let last = last_funding_ms((*span.end()).max(0));
    let times = (0..)
        .map(|back: i64| last - back * FUNDING_MS)
        .take_while(|time| span.contains(time) && *time >= earliest);
    Ok(list(times.take(most).map(|time| {
        write(&[("symbol", symbol(&state.engine, id)), ("rate", quote(FUNDING)), ("time", time.to_string())])
    })))
}
