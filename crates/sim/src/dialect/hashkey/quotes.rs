//! Books, trades and candles.

use crate::dialect::book::levels;
use crate::dialect::{Ask, Interval, Json, State, quoted};
use crate::engine::{Candle, Decimal, Side, Tape};
use crate::json::{list, write};
use crate::refusal::Refusal;

/// Candles in an answer.
const MOST: usize = 1000;

fn sides(state: &State, ask: &Ask<'_>, step: Option<Decimal>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let most = ask.count("limit", 100, 200)?;
    let side = |side: Side| {
        let mut shown = state.engine.levels(id, side, usize::MAX);
        if let Some(step) = step {
            shown = merge(shown, side, step);
        }
        shown.truncate(most);
        levels(&shown)
    };
    Ok(write(&[("t", ask.now_ms.to_string()), ("b", side(Side::Buy)), ("a", side(Side::Sell))]))
}

/// Draws levels together on a coarser grid: bids down to it, asks up to it.
fn merge(levels: Vec<(Decimal, Decimal)>, side: Side, step: Decimal) -> Vec<(Decimal, Decimal)> {
    let mut merged: Vec<(Decimal, Decimal)> = Vec::new();
    for (price, qty) in levels {
        let steps = price.checked_div(step).unwrap_or_default();
        let price = step * if side == Side::Buy { steps.floor() } else { steps.ceil() };
        match merged.last_mut() {
            Some((last, total)) if *last == price => *total += qty,
            _ => merged.push((price, qty)),
        }
    }
    merged
}

pub(super) fn depth(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    sides(state, ask, None)
}

/// Each layer is ten times as coarse as the one before it; layer 0 is the book itself.
pub(super) fn merged(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let scale = ask.integer("scale")?.unwrap_or_default();
    if !(0..=5).contains(&scale) {
        return Err(Refusal::invalid("scale"));
    }
    let tick = state.engine.instrument(id).map(|instrument| instrument.tick).unwrap_or(Decimal::ONE);
    let coarser = (0..scale).fold(tick, |step, _| step * Decimal::TEN);
    sides(state, ask, Some(coarser))
}

pub(super) fn trades(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let most = ask.count("limit", 100, 100)?;
    let mut latest: Vec<_> =
        state.engine.tape(id).into_iter().flat_map(Tape::trades).rev().take(most).collect();
    latest.reverse();
    Ok(list(latest.into_iter().map(|trade| {
        write(&[
            ("t", trade.at_ms.to_string()),
            ("p", quoted(trade.price)),
            ("q", quoted(trade.qty)),
            ("ibm", (trade.taker == Side::Sell).to_string()),
        ])
    })))
}

/// The candle of the present, or the last one that there was.
pub(super) fn current(tape: &Tape, interval: &str) -> Option<Candle> {
    Interval::parse(interval)?.candles(tape, None, None, 1).pop()
}

/// Ascending; the latest ones unless it is said from when.
pub(super) fn klines(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let interval = Interval::parse(&ask.demand("interval")?).ok_or_else(|| Refusal::invalid("interval"))?;
    super::lists::span(ask)?;
    let (from_ms, to_ms) = (ask.integer("startTime")?, ask.integer("endTime")?);
    let most = ask.count("limit", MOST, MOST)?;
    let candles = state.engine.tape(id).map(|tape| interval.candles(tape, from_ms, to_ms, most));
    Ok(list(candles.unwrap_or_default().into_iter().map(|candle| {
        list([
            candle.start_ms.to_string(),
            quoted(candle.open),
            quoted(candle.high),
            quoted(candle.low),
            quoted(candle.close),
            quoted(candle.volume),
            // Documented so: no end is told.
            "0".to_owned(),
            quoted(candle.turnover),
            candle.trades.to_string(),
            quoted(candle.bought),
            quoted(candle.bought_value),
        ])
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_levels_lose_nothing_and_never_look_better_than_they_are() {
        let dec = |text: &str| text.parse::<Decimal>().unwrap();
        let book = || vec![(dec("10.19"), dec("1")), (dec("10.11"), dec("2")), (dec("9.99"), dec("3"))];
        let merged = merge(book(), Side::Buy, dec("0.1"));
        assert_eq!(merged, [(dec("10.1"), dec("3")), (dec("9.9"), dec("3"))]);
        let mut asks = book();
        asks.reverse();
        let merged = merge(asks, Side::Sell, dec("0.1"));
        assert_eq!(merged, [(dec("10.0"), dec("3")), (dec("10.2"), dec("3"))]);
    }
}
