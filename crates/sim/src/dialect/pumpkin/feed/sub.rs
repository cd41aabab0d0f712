//! A subscription: what it has shown, and what it shows next.

use super::Refusal;
use crate::dialect::book::{Shown, levels};
use crate::dialect::seen::Seen;
use crate::dialect::{Interval, Json, quoted, symbol};
use crate::engine::{Engine, InstrumentId, PublicTrade, Side};
use crate::json::{quote, write};
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

/// A subscription in force.
#[derive(Debug)]
pub(super) struct Sub {
    topic: Topic,
    /// The book as it was last shown.
    shown: Shown,
}

impl Sub {
    pub(super) fn new(topic: Topic) -> Self {
        Self { topic, shown: Shown::default() }
    }

    /// Right after it was confirmed, again when it is confirmed again: the whole book.
    pub(super) fn begin(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        let engine = &scene.state.engine;
        if let Topic::Depth(id, level) = self.topic {
            self.shown = Shown::of(engine, id, level);
            out.push(name, depth(engine, id, "depth", self.shown.revision, &self.shown));
        }
    }

    /// Shows what happened, at once: no speed is documented.
    pub(super) fn news(&mut self, scene: &Scene<'_>, name: &str, seen: &Seen, out: &mut Outbox) {
        let engine = &scene.state.engine;
        match &self.topic {
            Topic::Trade(id) => {
                for trade in seen.trades(*id) {
                    out.push(name, deal(engine, *id, trade));
                }
            }
            Topic::Kline(id, interval) if seen.traded(*id) => {
                if let Some(push) = kline(engine, *id, interval, scene.now_ms) {
                    out.push(name, push);
                }
            }
            Topic::Depth(id, level) if seen.book(*id) => {
                let now = Shown::of(engine, *id, *level);
                if now.looks_like(&self.shown) {
                    // Out of sight: its numbers go with the next change.
                    return;
                }
                let changes = self.shown.changes_to(&now);
                out.push(name, depth(engine, *id, "depth.update", self.shown.revision + 1, &changes));
                self.shown = now;
            }
            _ => {}
        }
    }
}

/// A book, or its changes from the one with the number `first`.
fn depth(engine: &Engine, id: InstrumentId, event: &str, first: u64, shown: &Shown) -> Json {
    write(&[
        ("e", quote(event)),
        ("s", symbol(engine, id)),
        ("U", first.to_string()),
        ("u", shown.revision.to_string()),
        ("b", levels(&shown.bids)),
        ("a", levels(&shown.asks)),
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
