//! What the market line says.

use crate::dialect::book::{Shown, levels};
use crate::dialect::market::{FUNDING, best, change, current};
use crate::dialect::wex_futures::market::ticker_members;
use crate::dialect::{Interval, Json, State, quoted, symbol};
use crate::engine::{Engine, InstrumentId, PublicTrade, Side};
use crate::json::{quote, write};
use crate::manner::Manner;

pub(super) fn trade(engine: &Engine, id: InstrumentId, trade: &PublicTrade) -> Json {
    write(&[
        ("s", symbol(engine, id)),
        ("p", quoted(trade.price)),
        ("a", quoted(trade.qty)),
        // As REST has it.
        ("m", quote(if trade.taker == Side::Buy { "BID" } else { "ASK" })),
        ("t", trade.at_ms.to_string()),
    ])
}

/// The current candle; one in which nothing has traded stands where the price is.
pub(super) fn candle(engine: &Engine, id: InstrumentId, interval: Interval, now_ms: i64) -> Json {
    let candle = current(engine, id, interval, now_ms);
    write(&[
        ("s", symbol(engine, id)),
        ("o", quoted(candle.open)),
        ("c", quoted(candle.close)),
        ("h", quoted(candle.high)),
        ("l", quoted(candle.low)),
        ("a", quoted(candle.volume)),
        ("v", quoted(candle.turnover)),
        ("ch", quoted(change(&candle, candle.close, 6))),
        ("t", candle.start_ms.to_string()),
    ])
}

/// REST's ticker, but for the name of the change; live it is the same name.
pub(super) fn agg_ticker(state: &State, id: InstrumentId, now_ms: i64, manner: Manner) -> Json {
    let mark = quoted(state.engine.mark_price(id));
    let mut members = ticker_members(state, now_ms, id);
    if manner != Manner::Observed {
        members.iter_mut().filter(|(name, _)| *name == "r").for_each(|(name, _)| *name = "ch");
    }
    members.extend([
        ("i", mark.clone()),
        ("m", mark),
        ("bp", quoted(best(&state.engine, id, Side::Buy).0)),
        ("ap", quoted(best(&state.engine, id, Side::Sell).0)),
    ]);
    write(&members)
}

/// Index and mark price, which are one here.
pub(super) fn price(engine: &Engine, id: InstrumentId, now_ms: i64) -> Json {
    write(&[("s", symbol(engine, id)), ("p", quoted(engine.mark_price(id))), ("t", now_ms.to_string())])
}

pub(super) fn fund_rate(engine: &Engine, id: InstrumentId, now_ms: i64) -> Json {
    write(&[("s", symbol(engine, id)), ("r", quote(FUNDING)), ("t", now_ms.to_string())])
}

/// A whole book.
pub(super) fn depth(shown: &Shown, engine: &Engine, id: InstrumentId, now_ms: i64) -> Json {
    write(&[
        ("id", quote(&shown.revision.to_string())),
        ("s", symbol(engine, id)),
        ("a", levels(&shown.asks)),
        ("b", levels(&shown.bids)),
        ("t", now_ms.to_string()),
    ])
}

/// What turns one book into another. Live, numbers are texts.
pub(super) fn update(
    (before, now): (&Shown, &Shown),
    engine: &Engine,
    id: InstrumentId,
    now_ms: i64,
    manner: Manner,
) -> Json {
    let number = |number: u64| match manner {
        Manner::Observed => quote(&number.to_string()),
        Manner::Usual | Manner::Documented => number.to_string(),
    };
    let changes = before.changes_to(now);
    write(&[
        ("s", symbol(engine, id)),
        ("pu", number(before.revision)),
        ("fu", number(before.revision + 1)),
        ("u", number(now.revision)),
        ("a", levels(&changes.asks)),
        ("b", levels(&changes.bids)),
        ("t", now_ms.to_string()),
    ])
}
