//! Books, trades and candles.

use crate::clock::civil;
use crate::dialect::{Ask, Json, State, quoted};
use crate::engine::{Candle, Decimal, Side, Tape};
use crate::json::{list, write};
use crate::refusal::Refusal;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// Candles in an answer.
const MOST: usize = 1000;

fn sides(state: &State, ask: &Ask<'_>, step: Option<Decimal>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let most = ask.count("limit", 100, 200)?;
    let levels = |side: Side| {
        let exact = state.engine.levels(id, side, usize::MAX);
        let merged = match step {
            Some(step) => merge(exact, side, step),
            None => exact,
        };
        list(merged.into_iter().take(most).map(|(price, qty)| list([quoted(price), quoted(qty)])))
    };
    Ok(write(&[("t", ask.now_ms.to_string()), ("b", levels(Side::Buy)), ("a", levels(Side::Sell))]))
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

/// How candles are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Minutes(i64),
    /// From Monday.
    Week,
    /// From the first.
    Month,
}

impl Cut {
    fn read(interval: &str) -> Option<Self> {
        let (number, unit) = interval.split_at_checked(interval.len().checked_sub(1)?)?;
        let count: i64 = number.parse().ok()?;
        Some(match unit {
            "m" => Self::Minutes(count),
            "h" => Self::Minutes(60 * count),
            "d" => Self::Minutes(24 * 60 * count),
            "w" => Self::Week,
            _ => Self::Month,
        })
    }

    /// Where the candle begins that a day belongs to.
    fn start_of(self, day_ms: i64) -> i64 {
        let day = day_ms.div_euclid(DAY_MS);
        let back = match self {
            Self::Minutes(_) => 0,
            // The first of January 1970 was a Thursday.
            Self::Week => (day + 3).rem_euclid(7),
            Self::Month => civil(day).2 - 1,
        };
        (day - back) * DAY_MS
    }
}

fn candles(tape: &Tape, cut: Cut) -> Vec<Candle> {
    let all = |minutes| tape.candles(minutes, i64::MIN, i64::MAX, usize::MAX);
    if let Cut::Minutes(minutes) = cut {
        return all(minutes);
    }
    let mut long: Vec<Candle> = Vec::new();
    for day in all(DAY_MS / MINUTE_MS) {
        let start_ms = cut.start_of(day.start_ms);
        match long.last_mut() {
            Some(last) if last.start_ms == start_ms => last.join(&day),
            _ => long.push(Candle { start_ms, ..day }),
        }
    }
    long
}

/// The candle of the present, or the last one that there was.
pub(super) fn current(tape: &Tape, interval: &str) -> Option<Candle> {
    candles(tape, Cut::read(interval)?).pop()
}

/// Ascending; the latest ones unless it is said from when.
pub(super) fn klines(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let interval = ask.demand("interval")?;
    let cut = Cut::read(&interval).ok_or_else(|| Refusal::invalid("interval"))?;
    let (from_ms, to_ms) = super::lists::span(ask)?;
    let most = ask.count("limit", MOST, MOST)?;
    let mut found = state.engine.tape(id).map(|tape| candles(tape, cut)).unwrap_or_default();
    found.retain(|candle| (from_ms..=to_ms).contains(&candle.start_ms));
    let skipped = if from_ms == i64::MIN { found.len().saturating_sub(most) } else { 0 };
    Ok(list(found.into_iter().skip(skipped).take(most).map(|candle| {
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
    fn long_candles_begin_where_the_calendar_says() {
        let day = |days: i64| days * DAY_MS;
        // 2024-02-29 is day 19782, a Thursday; 2024-03-01 the day after.
        assert_eq!(Cut::Week.start_of(day(19_782)), day(19_779));
        assert_eq!(Cut::Month.start_of(day(19_782)), day(19_754));
        assert_eq!(Cut::Month.start_of(day(19_783)), day(19_783));
        assert_eq!(Cut::Month.start_of(day(0)), 0);
        assert_eq!(Cut::Month.start_of(day(-1)), day(-31));
        assert_eq!(Cut::read("1M"), Some(Cut::Month));
        assert_eq!(Cut::read("15m"), Some(Cut::Minutes(15)));
        assert_eq!(Cut::read("12h"), Some(Cut::Minutes(720)));
        assert_eq!(Cut::read(""), None);
    }

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
