//! A subscription: what it has shown, and what it shows next.

use std::collections::BTreeMap;

use super::{News, Refusal};
use crate::dialect::{Interval, Json, quoted, symbol};
use crate::engine::{Decimal, Engine, InstrumentId, PublicTrade, Side};
use crate::json::{list, quote, write};
use crate::ws::{Outbox, Scene};

/// Intervals of candles, as REST documents them.
const INTERVALS: [&str; 11] = ["1m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1M", "3M", "6M"];
/// Levels of a book at most, as REST documents them.
const LEVELS: usize = 50;

/// What can be subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Topic {
    Kline(InstrumentId, String),
    Trade(InstrumentId),
    Depth(InstrumentId, usize),
}

impl Topic {
    /// Reads `name@symbol` or `name@symbol,more`.
    pub(super) fn parse(engine: &Engine, text: &str) -> Result<Self, Refusal> {
        let (name, rest) = text.split_once('@').ok_or(Refusal::InvalidTopic)?;
        let (symbol, more) = rest.split_once(',').map_or((rest, None), |(symbol, more)| (symbol, Some(more)));
        if !matches!(name, "kline" | "trade" | "depth") {
            return Err(Refusal::UnknownTopic);
        }
        let id = engine.find(symbol).ok_or(Refusal::UnknownTopic)?;
        match (name, more) {
            ("kline", Some(interval)) if INTERVALS.contains(&interval) => {
                Ok(Self::Kline(id, interval.to_owned()))
            }
            ("trade", None) => Ok(Self::Trade(id)),
            ("depth", Some(level)) => {
                let is_number = level.bytes().all(|byte| byte.is_ascii_digit());
                let level = level.parse().ok().filter(|level| is_number && (1..=LEVELS).contains(level));
                level.map(|level| Self::Depth(id, level)).ok_or(Refusal::InvalidTopic)
            }
            _ => Err(Refusal::InvalidTopic),
        }
    }
}

type Levels = Vec<(Decimal, Decimal)>;

/// A subscription in force.
#[derive(Debug)]
pub(super) struct Sub {
    topic: Topic,
    /// The book as it was last shown, and its number.
    bids: Levels,
    asks: Levels,
    version: u64,
}

impl Sub {
    pub(super) fn new(topic: Topic) -> Self {
        Self { topic, bids: Levels::new(), asks: Levels::new(), version: 0 }
    }

    /// Right after it was confirmed, again when it is confirmed again: the whole book.
    pub(super) fn begin(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        let engine = &scene.state.engine;
        if let Topic::Depth(id, level) = self.topic {
            self.bids = engine.levels(id, Side::Buy, level);
            self.asks = engine.levels(id, Side::Sell, level);
            self.version = engine.revision(id);
            let (bids, asks) = (&self.bids, &self.asks);
            out.push(name, depth(engine, id, "depth", self.version..=self.version, bids, asks));
        }
    }

    /// Shows what happened, at once: no speed is documented.
    pub(super) fn news(&mut self, scene: &Scene<'_>, name: &str, news: &News, out: &mut Outbox) {
        let engine = &scene.state.engine;
        match &self.topic {
            Topic::Trade(id) => {
                for trade in news.trades.get(id).into_iter().flatten() {
                    out.push(name, deal(engine, *id, trade));
                }
            }
            Topic::Kline(id, interval) if news.trades.contains_key(id) => {
                if let Some(push) = kline(engine, *id, interval, scene.now_ms) {
                    out.push(name, push);
                }
            }
            Topic::Depth(id, level) if news.books.contains(id) => {
                let (id, level) = (*id, *level);
                let version = engine.revision(id);
                let bids = engine.levels(id, Side::Buy, level);
                let asks = engine.levels(id, Side::Sell, level);
                let changed = (changes(&self.bids, &bids), changes(&self.asks, &asks));
                if changed.0.is_empty() && changed.1.is_empty() {
                    // Out of sight: its numbers go with the next change.
                    return;
                }
                let numbers = self.version + 1..=version;
                out.push(name, depth(engine, id, "depth.update", numbers, &changed.0, &changed.1));
                (self.bids, self.asks, self.version) = (bids, asks, version);
            }
            _ => {}
        }
    }
}

/// What turns one side into another, for someone who replaces what a price has and drops what is zero: levels
/// that were pushed out of sight are zero too.
fn changes(before: &[(Decimal, Decimal)], now: &[(Decimal, Decimal)]) -> Levels {
    let mut gone: BTreeMap<Decimal, Decimal> = before.iter().copied().collect();
    let changed = |(price, qty): &&(Decimal, Decimal)| gone.remove(price) != Some(*qty);
    let mut changes: Levels = now.iter().filter(changed).copied().collect();
    changes.extend(gone.into_keys().map(|price| (price, Decimal::ZERO)));
    changes
}

fn depth(
    engine: &Engine,
    id: InstrumentId,
    event: &str,
    numbers: std::ops::RangeInclusive<u64>,
    bids: &[(Decimal, Decimal)],
    asks: &[(Decimal, Decimal)],
) -> Json {
    let levels = |side: &[(Decimal, Decimal)]| {
        list(side.iter().map(|(price, qty)| list([quoted(*price), quoted(*qty)])))
    };
    write(&[
        ("e", quote(event)),
        ("s", symbol(engine, id)),
        ("U", numbers.start().to_string()),
        ("u", numbers.end().to_string()),
        ("b", levels(bids)),
        ("a", levels(asks)),
    ])
}

/// `t` is the trade's number, as in the table.
fn deal(engine: &Engine, id: InstrumentId, trade: &PublicTrade) -> Json {
    write(&[
        ("e", quote("trade")),
        ("s", symbol(engine, id)),
        ("t", trade.id.to_string()),
        ("p", quoted(trade.price)),
        ("a", quoted(trade.qty)),
        ("m", quote(if trade.taker == Side::Buy { "BID" } else { "ASK" })),
    ])
}

/// `a` and `v` are the other way round in REST's.
fn kline(engine: &Engine, id: InstrumentId, interval: &str, now_ms: i64) -> Option<Json> {
    let length = Interval::parse(interval)?;
    let candle = length.candles(engine.tape(id)?, Some(length.start(now_ms)), None, 1).pop()?;
    let inner = write(&[
        ("s", symbol(engine, id)),
        ("i", quote(interval)),
        ("t", candle.start_ms.to_string()),
        ("o", quoted(candle.open)),
        ("c", quoted(candle.close)),
        ("h", quoted(candle.high)),
        ("l", quoted(candle.low)),
        ("v", quoted(candle.volume)),
        ("a", quoted(candle.turnover)),
    ]);
    Some(write(&[("e", quote("kline")), ("s", symbol(engine, id)), ("k", inner)]))
}
