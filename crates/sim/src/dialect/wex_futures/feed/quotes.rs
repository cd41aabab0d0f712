//! What the market line says.

use std::collections::BTreeMap;

use super::words::levels;
use crate::dialect::market::best;
use crate::dialect::market::{FUNDING, change};
use crate::dialect::wex_futures::market::ticker_members;
use crate::dialect::{Interval, Json, State, quoted, symbol};
use crate::engine::{Candle, Decimal, Engine, InstrumentId, PublicTrade, Side};
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
    let start_ms = interval.start(now_ms);
    let found =
        engine.tape(id).and_then(|tape| interval.candles(tape, Some(start_ms), Some(start_ms), 1).pop());
    let candle = found.unwrap_or_else(|| Candle::still(engine.last_price(id), start_ms));
    write(&[
        ("s", symbol(engine, id)),
        ("o", quoted(candle.open)),
        ("c", quoted(candle.close)),
        ("h", quoted(candle.high)),
        ("l", quoted(candle.low)),
        ("a", quoted(candle.volume)),
        ("v", quoted(candle.turnover)),
        ("ch", quoted(change(&candle, candle.close, 6))),
        ("t", start_ms.to_string()),
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

type Levels = Vec<(Decimal, Decimal)>;

/// A book as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shown {
    pub(super) version: u64,
    asks: Levels,
    bids: Levels,
}

impl Shown {
    pub(super) fn of(engine: &Engine, id: InstrumentId, depth: usize) -> Self {
        Self {
            version: engine.revision(id),
            asks: engine.levels(id, Side::Sell, depth),
            bids: engine.levels(id, Side::Buy, depth),
        }
    }

    /// Whether somebody who sees only its levels would see a difference.
    pub(super) fn looks_like(&self, other: &Self) -> bool {
        (&self.asks, &self.bids) == (&other.asks, &other.bids)
    }

    /// All of it.
    pub(super) fn whole(&self, engine: &Engine, id: InstrumentId, now_ms: i64) -> Json {
        write(&[
            ("id", quote(&self.version.to_string())),
            ("s", symbol(engine, id)),
            ("a", levels(&self.asks)),
            ("b", levels(&self.bids)),
            ("t", now_ms.to_string()),
        ])
    }

    /// What turns this into `now`. Live, numbers are texts.
    pub(super) fn update(
        &self,
        now: &Self,
        engine: &Engine,
        id: InstrumentId,
        now_ms: i64,
        manner: Manner,
    ) -> Json {
        let number = |number: u64| match manner {
            Manner::Observed => quote(&number.to_string()),
            Manner::Usual | Manner::Documented => number.to_string(),
        };
        write(&[
            ("s", symbol(engine, id)),
            ("pu", number(self.version)),
            ("fu", number(self.version + 1)),
            ("u", number(now.version)),
            ("a", levels(&changes(&self.asks, &now.asks))),
            ("b", levels(&changes(&self.bids, &now.bids))),
            ("t", now_ms.to_string()),
        ])
    }
}

fn changes(before: &[(Decimal, Decimal)], now: &[(Decimal, Decimal)]) -> Levels {
    let mut gone: BTreeMap<Decimal, Decimal> = before.iter().copied().collect();
    let changed = |(price, qty): &&(Decimal, Decimal)| gone.remove(price) != Some(*qty);
    let mut changes: Levels = now.iter().filter(changed).copied().collect();
    changes.extend(gone.into_keys().map(|price| (price, Decimal::ZERO)));
    changes
}
