//! What public pushes say.

use std::collections::BTreeMap;

use crate::dialect::wex_spot::{market, tickers};
use crate::dialect::{Interval, Json, State, quoted, symbol};
use crate::engine::{Candle, Decimal, Engine, InstrumentId, OrderId, PublicTrade, Side};
use crate::json::{list, quote, write};

fn level((price, qty): (Decimal, Decimal)) -> Json {
    list([quoted(price), quoted(qty)])
}

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
    let start_ms = interval.start(now_ms);
    let found = engine.tape(id).and_then(|tape| interval.candles(tape, None, None, 1).pop());
    let current = found.filter(|candle| candle.start_ms == start_ms);
    let candle = current.unwrap_or_else(|| Candle::still(engine.last_price(id), start_ms));
    write(&[
        ("s", symbol(engine, id)),
        ("t", start_ms.to_string()),
        ("i", quote(name)),
        ("o", quoted(candle.open)),
        ("c", quoted(candle.close)),
        ("h", quoted(candle.high)),
        ("l", quoted(candle.low)),
        ("q", quoted(candle.volume)),
        ("v", quoted(candle.turnover)),
    ])
}

/// The best levels of a book. Its number is the time, as in the documented example.
pub(super) fn depth(engine: &Engine, id: InstrumentId, levels: usize, now_ms: i64) -> Json {
    let side = |side| list(engine.levels(id, side, levels).into_iter().map(level));
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

type Levels = BTreeMap<Decimal, Decimal>;

/// A book as somebody knows who was told all changes up to a number.
#[derive(Debug, Default)]
pub(super) struct Told {
    asks: Levels,
    bids: Levels,
    update: u64,
}

impl Told {
    pub(super) fn of(engine: &Engine, id: InstrumentId) -> Self {
        let side = |side| engine.levels(id, side, usize::MAX).into_iter().collect();
        Self { asks: side(Side::Sell), bids: side(Side::Buy), update: market::update_of(engine, id) }
    }

    /// What has changed since, numbered without a gap; nothing when nothing has.
    pub(super) fn advance(&mut self, engine: &Engine, id: InstrumentId) -> Option<Json> {
        let now = Self::of(engine, id);
        if now.update == self.update {
            return None;
        }
        let before = std::mem::replace(self, now);
        Some(write(&[
            ("s", symbol(engine, id)),
            ("fi", (before.update + 1).to_string()),
            ("i", self.update.to_string()),
            ("a", changes(&before.asks, self.asks.iter())),
            ("b", changes(&before.bids, self.bids.iter().rev())),
        ]))
    }
}

/// Levels that are new or changed, and those that are gone, with nothing left.
fn changes<'a>(before: &Levels, now: impl Iterator<Item = (&'a Decimal, &'a Decimal)>) -> Json {
    let mut gone = before.clone();
    let changed: Vec<(Decimal, Decimal)> = now
        .filter(|(price, qty)| gone.remove(price) != Some(**qty))
        .map(|(price, qty)| (*price, *qty))
        .collect();
    list(changed.into_iter().chain(gone.into_keys().map(|price| (price, Decimal::ZERO))).map(level))
}
