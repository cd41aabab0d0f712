//! Pairs, books, candles, trades.

use super::pairs::{self, Pair};
use crate::dialect::book::levels;
use crate::dialect::page::Cursor;
use crate::dialect::{Ask, Interval, Json, State, quoted};
use crate::engine::{Candle, Instrument, InstrumentId, PublicTrade, Side};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// The version of the list of pairs, as documented: it never changes here.
const VERSION: &str = "7cd2cfab0dc979339f1de904bd90c9cb";
/// The documentation's own number of a change to a book.
const FIRST_UPDATE: u64 = 137_333_589_606_963_580;

pub(super) fn symbols(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = pairs::several(state, ask)?;
    let mut members = vec![("time", ask.now_ms.to_string()), ("version", quote(VERSION))];
    if !ask.is("version", VERSION) {
        let rows = wanted
            .into_iter()
            .filter_map(|id| Some(pair(state.engine.instrument(id)?, Pair::of(&state.engine, id)?)));
        members.push(("symbols", list(rows)));
    }
    Ok(write(&members))
}

fn pair(instrument: &Instrument, pair: &Pair) -> Json {
    let none = || "null".to_owned();
    let words = |words: &[&str]| list(words.iter().map(|word| quote(word)));
    write(&[
        ("symbol", quote(&instrument.symbol)),
        ("state", quote("ONLINE")),
        ("tradingEnabled", "true".to_owned()),
        ("openapiEnabled", "true".to_owned()),
        ("nextStateTime", none()),
        ("nextState", none()),
        ("depthMergePrecision", pair.price_decimals.to_string()),
        ("baseCurrency", quote(&instrument.base)),
        ("baseCurrencyPrecision", pair.qty_decimals.to_string()),
        ("quoteCurrency", quote(&instrument.quote)),
        ("quoteCurrencyPrecision", pairs::QUOTE_DECIMALS.to_string()),
        ("pricePrecision", pair.price_decimals.to_string()),
        ("quantityPrecision", pair.qty_decimals.to_string()),
        ("takerFeeRate", pairs::TAKER_FEE.to_owned()),
        ("makerFeeRate", pairs::MAKER_FEE.to_owned()),
        ("orderTypes", words(&["LIMIT", "MARKET"])),
        ("timeInForces", words(&["GTC", "FOK", "IOC", "GTX"])),
        ("displayWeight", "1".to_owned()),
        ("displayLevel", quote("FULL")),
        ("filters", filters(pair)),
    ])
}

fn filters(pair: &Pair) -> Json {
    let step = |name: &str, step: &str, most: &str| {
        write(&[
            ("filter", quote(name)),
            ("min", quote(step)),
            ("max", quote(most)),
            ("tickSize", quote(step)),
        ])
    };
    list([
        write(&[
            ("filter", quote("PROTECTION_LIMIT")),
            ("buyMaxDeviation", quote(pairs::LIMIT_DEVIATION)),
            ("sellMaxDeviation", quote(pairs::LIMIT_DEVIATION)),
        ]),
        write(&[("filter", quote("PROTECTION_MARKET")), ("maxDeviation", quote(pairs::MARKET_DEVIATION))]),
        // Of a listing that is long past.
        write(&[
            ("filter", quote("PROTECTION_ONLINE")),
            ("durationSeconds", quote("300")),
            ("maxPriceMultiple", quote("5")),
        ]),
        step("PRICE", pair.tick, pair.max_price),
        step("QUANTITY", pair.lot, pair.max_qty),
        write(&[("filter", quote("QUOTE_QTY")), ("min", quote(pairs::LEAST_AMOUNT))]),
    ])
}

/// The number of a change to a book.
pub(super) const fn update_id(revision: u64) -> u64 {
    FIRST_UPDATE + revision
}

pub(super) fn depth(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (id, most) = (pairs::one(state, ask)?, ask.count("limit", 100, 500)?);
    let side = |side| levels(&state.engine.levels(id, side, most));
    Ok(write(&[
        ("timestamp", ask.now_ms.to_string()),
        ("lastUpdateId", update_id(state.engine.revision(id)).to_string()),
        ("bids", side(Side::Buy)),
        ("asks", side(Side::Sell)),
    ]))
}

pub(super) fn klines(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (id, most) = (pairs::one(state, ask)?, ask.count("limit", 100, 1000)?);
    let interval = Interval::parse(&ask.demand("interval")?).ok_or_else(|| Refusal::invalid("interval"))?;
    let (from_ms, to_ms) = (ask.integer("startTime")?, ask.integer("endTime")?);
    let candles = state.engine.tape(id).map(|tape| interval.candles(tape, from_ms, to_ms, most));
    Ok(list(candles.unwrap_or_default().into_iter().map(|candle| {
        let mut members = vec![("t", candle.start_ms.to_string())];
        members.extend(values(&candle));
        write(&members)
    })))
}

/// What a candle has, besides its time.
pub(super) fn values(candle: &Candle) -> [(&'static str, Json); 6] {
    [
        ("o", quoted(candle.open)),
        ("c", quoted(candle.close)),
        ("h", quoted(candle.high)),
        ("l", quoted(candle.low)),
        ("q", quoted(candle.volume)),
        ("v", quoted(candle.turnover)),
    ]
}

/// Trades, the latest first.
fn latest(state: &State, id: InstrumentId) -> Vec<PublicTrade> {
    state.engine.tape(id).map(|tape| tape.trades().rev().copied().collect()).unwrap_or_default()
}

fn trades<'a>(trades: impl Iterator<Item = &'a PublicTrade>) -> Json {
    list(trades.map(|trade| {
        write(&[
            ("i", trade.id.to_string()),
            ("t", trade.at_ms.to_string()),
            ("p", quoted(trade.price)),
            ("q", quoted(trade.qty)),
            ("v", quoted(trade.price * trade.qty)),
            ("b", (trade.taker == Side::Sell).to_string()),
        ])
    }))
}

pub(super) fn recent(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (id, most) = (pairs::one(state, ask)?, ask.count("limit", 200, 1000)?);
    Ok(trades(latest(state, id).iter().take(most)))
}

/// Documented as a bare list, that doesn't say whether there is more.
pub(super) fn historical(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (id, cursor) = (pairs::one(state, ask)?, Cursor::of(ask, "fromId", ask.count("limit", 200, 1000)?)?);
    let page = cursor.cut(latest(state, id), |trade| trade.id);
    Ok(trades(page.rows.iter()))
}
