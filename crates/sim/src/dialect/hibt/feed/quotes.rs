//! What public pushes say.

use crate::dialect::hibt::market;
use crate::dialect::market::current;
use crate::dialect::{Interval, Json, quoted, symbol};
use crate::engine::{Candle, Decimal, Engine, InstrumentId, PublicTrade, Side};
use crate::json::{list, quote, write};

/// One side as a flat list: price, size, price, size; best first.
fn side(engine: &Engine, id: InstrumentId, side: Side, levels: usize) -> Json {
    list(engine.levels(id, side, levels).into_iter().flat_map(|(price, qty)| [quoted(price), quoted(qty)]))
}

/// A whole book of so many levels.
pub(super) fn depth(engine: &Engine, id: InstrumentId, levels: usize) -> Json {
    write(&[
        ("symbol", symbol(engine, id)),
        ("asks", side(engine, id, Side::Sell, levels)),
        ("bids", side(engine, id, Side::Buy, levels)),
    ])
}

/// As in the list of REST, but that the change is text.
pub(super) fn ticker(engine: &Engine, id: InstrumentId, now_ms: i64) -> Json {
    market::ticker(engine, id, now_ms, quoted)
}

pub(super) fn index(engine: &Engine, id: InstrumentId, now_ms: i64) -> Json {
    write(&[
        ("symbol", symbol(engine, id)),
        ("price", quoted(engine.mark_price(id))),
        ("time", now_ms.to_string()),
    ])
}

/// By position, all of it text.
pub(super) fn trade(trade: &PublicTrade) -> Json {
    let side = if trade.taker == Side::Buy { "1" } else { "2" };
    list([quoted(trade.price), quote(side), quoted(trade.qty), quote(&trade.at_ms.to_string())])
}

/// The current candle by position, all of it text; the volumes come first.
pub(super) fn candle(engine: &Engine, id: InstrumentId, interval: Interval, now_ms: i64) -> Json {
    let Candle { start_ms, volume, turnover, open, high, low, close, .. } =
        current(engine, id, interval, now_ms);
    let values: [Decimal; 6] = [volume, turnover, open, high, low, close];
    list(values.map(quoted).into_iter().chain([quote(&start_ms.to_string())]))
}
