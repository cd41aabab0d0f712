//! A subscription: what it has shown, and what it shows next.

use super::quotes;
use super::{Depth, Manner, Market, News, Topic, own, words};
use crate::dialect::book::Shown;
use crate::engine::{InstrumentId, Side};
use crate::json::write;
use crate::ws::{Outbox, Scene, next_beat, next_of};

/// Documented speeds.
const TICKER_MS: i64 = 1000;
const FUNDING_MS: i64 = 60_000;
const POSITION_MS: i64 = 10_000;
/// Versions begin above this, and later subscriptions' above those of earlier ones.
const FIRST_VERSION: u64 = 980_361;

/// A subscription in force.
#[derive(Debug)]
pub(super) struct Sub {
    topic: Topic,
    /// When it has something to show by time.
    due_ms: Option<i64>,
    /// Its last push, where only changes are pushed.
    last: String,
    /// The book as it was last shown.
    shown: Shown,
    version: u64,
}

impl Sub {
    pub(super) fn new(topic: Topic, scene: &Scene<'_>) -> Self {
        let mut sub = Self { topic, due_ms: None, last: String::new(), shown: Shown::default(), version: 0 };
        let engine = &scene.state.engine;
        match &sub.topic {
            Topic::Market(Market::DepthIncrease(depth), id) => {
                sub.shown = Shown::of(engine, *id, depth.levels);
                // Faster than any subscription counts on, so that no version comes twice.
                sub.version = FIRST_VERSION + u64::try_from(scene.uptime_ms).unwrap_or_default();
            }
            Topic::Market(Market::BookTicker, id) => sub.last = write(&quotes::book_ticker(engine, *id)),
            Topic::Asset(currency) => sub.last = own::asset(scene.state, currency),
            _ => {}
        }
        sub
    }

    /// Whether it is about something that moves.
    pub(super) fn needs_market(&self) -> bool {
        !matches!(self.topic, Topic::Market(Market::Funding, _))
    }

    pub(super) fn due_ms(&self) -> Option<i64> {
        self.due_ms
    }

    /// Right after it was confirmed, again when it is confirmed again.
    pub(super) fn begin(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        let now_ms = scene.uptime_ms;
        match &self.topic {
            Topic::Market(Market::Funding, _) => {
                out.push(name, words::push(name, &self.snapshot(scene)));
                self.due_ms = Some(now_ms + FUNDING_MS);
            }
            Topic::Market(Market::DepthIncrease(_), _) => {
                out.push(name, words::push(name, &self.snapshot(scene)));
            }
            Topic::Market(Market::Depth(depth) | Market::DepthAll(depth), _) => {
                self.due_ms = self.due_ms.or(Some(next_beat(now_ms, depth.every_ms)));
            }
            Topic::Market(Market::Ticker, _) => self.due_ms = self.due_ms.or(Some(now_ms)),
            Topic::Position => self.due_ms = self.due_ms.or(Some(now_ms + POSITION_MS)),
            _ => {}
        }
    }

    /// What a subscriber gets first, and who asks for it once.
    pub(super) fn snapshot(&self, scene: &Scene<'_>) -> String {
        let (engine, now_ms) = (&scene.state.engine, scene.now_ms);
        match &self.topic {
            Topic::Market(Market::Funding, id) => quotes::funding(engine, *id, now_ms),
            // As it was last published, so that the next version follows.
            Topic::Market(_, id) => {
                quotes::book(&self.shown, engine, *id, now_ms, Some((self.version, "snapshot")))
            }
            _ => String::new(),
        }
    }

    /// Shows what happened, where it is shown at once.
    pub(super) fn news(
        &mut self,
        scene: &Scene<'_>,
        manner: Manner,
        name: &str,
        news: &News,
        out: &mut Outbox,
    ) {
        let (engine, now_ms) = (&scene.state.engine, scene.now_ms);
        match &self.topic {
            Topic::Market(market, id) => {
                let (id, seen) = (*id, &news.seen);
                match market {
                    Market::Depth(depth) | Market::DepthAll(depth) | Market::DepthIncrease(depth)
                        if seen.book(id) =>
                    {
                        self.due_ms = self.due_ms.or(Some(next_beat(scene.uptime_ms, depth.every_ms)));
                    }
                    Market::BookTicker if seen.book(id) => {
                        let mut members = quotes::book_ticker(engine, id);
                        if self.changes(write(&members)) {
                            members.push(("ms_t", now_ms.to_string()));
                            out.push(name, words::push(name, &write(&members)));
                        }
                    }
                    Market::Trade if seen.traded(id) => {
                        let data = quotes::trades(engine, id, seen.trades(id));
                        out.push(name, words::push(name, &data));
                    }
                    Market::Kline(minutes) if seen.traded(id) => {
                        let data = quotes::candle(engine, id, *minutes, now_ms, manner);
                        out.push(name, words::push(name, &data));
                    }
                    Market::MarkKline(minutes) if seen.book(id) => {
                        let data = quotes::candle(engine, id, *minutes, now_ms, manner);
                        self.push_change(name, data, out);
                    }
                    _ => {}
                }
            }
            Topic::Asset(currency) if news.money => {
                let data = own::asset(scene.state, currency);
                self.push_change(name, data, out);
            }
            Topic::Position if !news.positions.is_empty() => {
                let row =
                    |(of, position): (&(InstrumentId, _), _)| own::position_row(engine, of.0, of.1, position);
                out.push(name, words::push(name, &super::list(news.positions.iter().map(row))));
            }
            Topic::Order => {
                for row in &news.orders {
                    out.push(name, words::push(name, &super::list([row.clone()])));
                }
            }
            _ => {}
        }
    }

    /// Shows what is due.
    pub(super) fn time(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        let Some(due_ms) = self.due_ms.filter(|due_ms| *due_ms <= scene.uptime_ms) else { return };
        let engine = &scene.state.engine;
        match self.topic.clone() {
            Topic::Market(Market::Ticker, id) => {
                let data = quotes::ticker(engine, id, scene.now_ms);
                self.push_change(name, data, out);
                self.due_ms = Some(next_of(due_ms, TICKER_MS, scene.uptime_ms));
            }
            Topic::Market(Market::Funding, id) => {
                let data = quotes::funding(engine, id, scene.now_ms);
                out.push(name, words::push(name, &data));
                self.due_ms = Some(next_of(due_ms, FUNDING_MS, scene.uptime_ms));
            }
            Topic::Position => {
                out.push(name, words::push(name, &own::positions(scene.state)));
                self.due_ms = Some(next_of(due_ms, POSITION_MS, scene.uptime_ms));
            }
            Topic::Market(market, id) => {
                self.due_ms = None;
                self.book(scene, market, id, name, out);
            }
            Topic::Asset(_) | Topic::Order => self.due_ms = None,
        }
    }

    fn book(&mut self, scene: &Scene<'_>, market: Market, id: InstrumentId, name: &str, out: &mut Outbox) {
        let (Market::Depth(depth) | Market::DepthAll(depth) | Market::DepthIncrease(depth)) = market else {
            return;
        };
        let (engine, now_ms) = (&scene.state.engine, scene.now_ms);
        let Depth { levels, .. } = depth;
        let now = Shown::of(engine, id, levels);
        if now.looks_like(&self.shown) {
            return;
        }
        match market {
            Market::Depth(_) => {
                for (side, before, now) in
                    [(Side::Buy, &self.shown.bids, &now.bids), (Side::Sell, &self.shown.asks, &now.asks)]
                {
                    if before != now {
                        out.push(name, words::push(name, &quotes::side(engine, id, side, now, now_ms)));
                    }
                }
            }
            Market::DepthAll(_) => {
                out.push(name, words::push(name, &quotes::book(&now, engine, id, now_ms, None)));
            }
            _ => {
                self.version += 1;
                let changes = self.shown.changes_to(&now);
                let data = quotes::book(&changes, engine, id, now_ms, Some((self.version, "update")));
                out.push(name, words::push(name, &data));
            }
        }
        self.shown = now;
    }

    /// Whether this differs from what was shown last; it is what was shown last from now on.
    fn changes(&mut self, data: String) -> bool {
        let is_new = self.last != data;
        self.last = data;
        is_new
    }

    fn push_change(&mut self, name: &str, data: String, out: &mut Outbox) {
        if self.last != data {
            out.push(name, words::push(name, &data));
            self.last = data;
        }
    }
}
