//! Prices: tickers, book, trades, candles.

use super::calendar::range_begins;
use crate::dialect::book::levels;
use crate::dialect::market::change;
use crate::dialect::{Ask, Interval, Json, State, quoted, symbol};
use crate::engine::{Candle, Decimal, Engine, InstrumentId, Side};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// Levels of a book at most, as documented.
const LEVELS: i64 = 50;
/// Trades in an answer: at most as many as the engine keeps.
const DEALS: usize = 200;

/// The best price of a side; the last one when nobody is there.
pub(super) fn best(engine: &Engine, id: InstrumentId, side: Side) -> Decimal {
    engine.levels(id, side, 1).first().map_or_else(|| engine.last_price(id), |(price, _)| *price)
}

fn tick_row(state: &State, ask: &Ask<'_>, id: InstrumentId, from_ms: i64) -> Json {
    let engine = &state.engine;
    let last = engine.last_price(id);
    let candle = engine.tape(id).and_then(|tape| tape.since(from_ms));
    let candle = candle.unwrap_or_else(|| Candle::still(last, ask.now_ms));
    let mut members = vec![
        ("t", ask.now_ms.to_string()),
        ("s", symbol(engine, id)),
        ("c", quoted(last)),
        ("h", quoted(candle.high)),
        ("l", quoted(candle.low)),
        ("a", quoted(candle.volume)),
        ("v", quoted(candle.turnover)),
        ("o", quoted(candle.open)),
        ("r", quoted(change(&candle, last, 4))),
    ];
    if ask.endpoint.id.starts_with("get_agg") {
        let mark = engine.mark_price(id);
        members.extend([
            ("i", quoted(mark)),
            ("m", quoted(mark)),
            ("bp", quoted(best(engine, id, Side::Buy))),
            ("ap", quoted(best(engine, id, Side::Sell))),
        ]);
    }
    write(&members)
}

pub(super) fn ticker(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let from_ms = range_begins(&ask.demand("timeRangeType")?, ask.now_ms)?;
    Ok(tick_row(state, ask, id, from_ms))
}

pub(super) fn tickers(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let from_ms = range_begins(&ask.demand("timeRangeType")?, ask.now_ms)?;
    Ok(list(state.engine.instruments().map(|(id, _)| tick_row(state, ask, id, from_ms))))
}

pub(super) fn depth(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, id) = (&state.engine, ask.instrument(&state.engine)?);
    let level = ask.integer("level")?.filter(|level| (1..=LEVELS).contains(level));
    let level = level.and_then(|level| usize::try_from(level).ok());
    let level = level.ok_or_else(|| Refusal::invalid("level"))?;
    let rows = |side| levels(&engine.levels(id, side, level));
    Ok(write(&[
        ("t", ask.now_ms.to_string()),
        ("s", symbol(engine, id)),
        ("u", engine.revision(id).to_string()),
        ("b", rows(Side::Buy)),
        ("a", rows(Side::Sell)),
    ]))
}

/// The newest first.
pub(super) fn deals(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    if ask.integer("num")?.is_some_and(|num| num < 1) {
        return Err(Refusal::invalid("num"));
    }
    let most = ask.count("num", 50, DEALS)?;
    let trades = state.engine.tape(id).into_iter().flat_map(|tape| tape.trades().rev());
    Ok(list(trades.take(most).map(|trade| {
        write(&[
            ("t", trade.at_ms.to_string()),
            ("s", symbol(&state.engine, id)),
            ("p", quoted(trade.price)),
            ("a", quoted(trade.qty)),
            // The side of who came, as the WebSocket's chapter explains the two words.
            ("m", quote(if trade.taker == Side::Buy { "BID" } else { "ASK" })),
        ])
    })))
}

/// The newest first, as in the documented example.
pub(super) fn klines(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (id, interval) = (ask.instrument(&state.engine)?, ask.demand("interval")?);
    let (from, to) = (ask.integer("startTime")?, ask.integer("endTime")?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Refusal::invalid("startTime"));
    }
    let limit = ask.integer("limit")?.unwrap_or(500);
    if !(1..=1000).contains(&limit) {
        return Err(Refusal::invalid("limit"));
    }
    let interval = Interval::parse(&interval).ok_or_else(|| Refusal::invalid("interval"))?;
    let candles = state.engine.tape(id).map(|tape| interval.candles(tape, from, to, usize::MAX));
    let limit = usize::try_from(limit).unwrap_or_default();
    Ok(list(candles.unwrap_or_default().into_iter().rev().take(limit).map(|candle| {
        write(&[
            ("s", symbol(&state.engine, id)),
            ("t", candle.start_ms.to_string()),
            ("o", quoted(candle.open)),
            ("c", quoted(candle.close)),
            ("h", quoted(candle.high)),
            ("l", quoted(candle.low)),
            ("a", quoted(candle.volume)),
            ("v", quoted(candle.turnover)),
        ])
    })))
}

fn price_row(state: &State, ask: &Ask<'_>, id: InstrumentId) -> Json {
    write(&[
        ("s", symbol(&state.engine, id)),
        ("p", quoted(state.engine.mark_price(id))),
        ("t", ask.now_ms.to_string()),
    ])
}

pub(super) fn reference_price(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(price_row(state, ask, ask.instrument(&state.engine)?))
}

pub(super) fn reference_prices(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(state.engine.instruments().map(|(id, _)| price_row(state, ask, id))))
}
