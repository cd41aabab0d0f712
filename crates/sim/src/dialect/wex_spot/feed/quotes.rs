//! What public pushes say.

use crate::dialect::book::{Shown, levels};
use crate::dialect::market::current;
use crate::dialect::wex_spot::{market, tickers};
use crate::dialect::{Interval, Json, State, quoted, symbol};
use crate::engine::{Engine, InstrumentId, OrderId, PublicTrade, Side};
use crate::json::{quote, write};

/// A trade; `taker` is the order that arrived. The documentation doesn't say which one is told.
pub(super) fn trade(engine: &Engine, id: InstrumentId, trade: &PublicTrade, taker: OrderId) -> Json {
    write(&[
        ("s", symbol(engine, id)),
        ("i", trade.id.to_string()),
        ("t", trade.at_ms.to_string()),
        ("oi", taker.to_string()),
        ("p", quoted(trade.price)),
        ("q", quoted(trade.qty)),
        ("v", quoted(trade.price * trade.qty)),
        ("b", (trade.taker == Side::Sell).to_string()),
    ])
}

/// The current candle.
pub(super) fn kline(engine: &Engine, id: InstrumentId, interval: Interval, name: &str, now_ms: i64) -> Json {
    let candle = current(engine, id, interval, now_ms);
    let mut members = vec![("s", symbol(engine, id)), ("t", candle.start_ms.to_string()), ("i", quote(name))];
    members.extend(market::values(&candle));
    write(&members)
}

/// The best levels of a book. Its number is the time, as in the documented example.
pub(super) fn depth(engine: &Engine, id: InstrumentId, most: usize, now_ms: i64) -> Json {
    let side = |side| levels(&engine.levels(id, side, most));
    write(&[
        ("s", symbol(engine, id)),
        ("i", now_ms.to_string()),
        ("a", side(Side::Sell)),
        ("b", side(Side::Buy)),
    ])
}

/// A ticker, as requests have it.
pub(super) fn ticker(state: &State, id: InstrumentId, now_ms: i64) -> Json {
    write(&tickers::of_last_day(state, id, now_ms))
}

/// What turns one book into another, numbered without a gap.
pub(super) fn update(before: &Shown, now: &Shown, engine: &Engine, id: InstrumentId) -> Json {
    let changes = before.changes_to(now);
    write(&[
        ("s", symbol(engine, id)),
        ("fi", market::update_id(before.revision + 1).to_string()),
        ("i", market::update_id(now.revision).to_string()),
        ("a", levels(&changes.asks)),
        ("b", levels(&changes.bids)),
    ])
}
