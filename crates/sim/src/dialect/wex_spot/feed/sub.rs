//! A subscription: what it has shown, and what it shows next.

use std::collections::BTreeMap;

use super::{News, own, quotes, words};
use crate::dialect::book::Shown;
use crate::dialect::wex_spot::feed::topic::Topic;
use crate::engine::{AssetId, Event, InstrumentId};
use crate::json::list;
use crate::ws::{Outbox, Scene, next_beat};

/// Documented speeds: of changes to a book, and of all else that isn't told at once.
const UPDATE_MS: i64 = 100;
const USUAL_MS: i64 = 1000;

/// A subscription in force.
#[derive(Debug)]
pub(super) struct Sub {
    topic: Topic,
    /// When it has something to show by time.
    due_ms: Option<i64>,
    /// The book that the client knows.
    book: Shown,
    /// Tickers and balances as they were last shown.
    shown: BTreeMap<usize, String>,
}

impl Sub {
    pub(super) fn new(topic: Topic, scene: &Scene<'_>) -> Self {
        let mut sub = Self { topic, due_ms: None, book: Shown::default(), shown: BTreeMap::new() };
        match sub.topic {
            Topic::Kline(..) | Topic::Depth(..) | Topic::Ticker(_) | Topic::Tickers => {
                sub.due_ms = Some(next_beat(scene.uptime_ms, USUAL_MS));
            }
            Topic::DepthUpdate(id) => sub.book = Shown::of(&scene.state.engine, id, usize::MAX),
            Topic::Trade(_) | Topic::Balance | Topic::Order | Topic::Fill => {}
        }
        sub
    }

    pub(super) fn due_ms(&self) -> Option<i64> {
        self.due_ms
    }

    /// Shows one of the account's own events.
    pub(super) fn own(&mut self, scene: &Scene<'_>, name: &str, event: &Event, out: &mut Outbox) {
        let engine = &scene.state.engine;
        let data = match (&self.topic, event) {
            (Topic::Order, Event::Order(order)) => own::order(engine, order),
            (Topic::Fill, Event::Fill { fill, .. }) => own::fill(engine, fill),
            _ => return,
        };
        out.push(name, words::push(name, &data));
    }

    /// Shows what else happened, where it is shown at once.
    pub(super) fn news(&mut self, scene: &Scene<'_>, name: &str, news: &News<'_>, out: &mut Outbox) {
        let engine = &scene.state.engine;
        match self.topic {
            Topic::Trade(id) => {
                for trade in news.seen.trades(id) {
                    let taker = news.takers.get(&trade.id).copied().unwrap_or_default();
                    out.push(name, words::push(name, &quotes::trade(engine, id, trade, taker)));
                }
            }
            Topic::DepthUpdate(id) if news.seen.book(id) => {
                self.due_ms = self.due_ms.or(Some(next_beat(scene.uptime_ms, UPDATE_MS)));
            }
            Topic::Balance => {
                let moved = news.own.iter().filter_map(|event| match event {
                    Event::Balance { asset, .. } => Some(*asset),
                    _ => None,
                });
                for asset in moved.collect::<Vec<_>>() {
                    self.balance(scene, asset, name, out);
                }
            }
            _ => {}
        }
    }

    /// A balance is as it is now: of several changes at a time the last is shown.
    fn balance(&mut self, scene: &Scene<'_>, asset: AssetId, name: &str, out: &mut Outbox) {
        let Some(data) = own::balance(scene.state, asset, scene.now_ms) else { return };
        let AssetId(at) = asset;
        if self.shown.get(&at) != Some(&data) {
            out.push(name, words::push(name, &data));
            self.shown.insert(at, data);
        }
    }

    /// Shows what is due.
    pub(super) fn time(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        if self.due_ms.is_none_or(|due_ms| scene.uptime_ms < due_ms) {
            return;
        }
        let (engine, now_ms) = (&scene.state.engine, scene.now_ms);
        self.due_ms = Some(next_beat(scene.uptime_ms, USUAL_MS));
        let data = match &self.topic {
            Topic::Kline(id, interval, length) => quotes::kline(engine, *id, *interval, length, now_ms),
            Topic::Depth(id, levels) => quotes::depth(engine, *id, *levels, now_ms),
            Topic::Ticker(id) => quotes::ticker(scene.state, *id, now_ms),
            Topic::Tickers => match self.changed(scene) {
                Some(data) => data,
                None => return,
            },
            Topic::DepthUpdate(id) => {
                self.due_ms = None;
                let now = Shown::of(engine, *id, usize::MAX);
                if now.revision == self.book.revision {
                    return;
                }
                let before = std::mem::replace(&mut self.book, now);
                quotes::update(&before, &self.book, engine, *id)
            }
            Topic::Trade(_) | Topic::Balance | Topic::Order | Topic::Fill => return,
        };
        out.push(name, words::push(name, &data));
    }

    /// The tickers that have changed; at first that is all of them.
    fn changed(&mut self, scene: &Scene<'_>) -> Option<String> {
        let mut rows = Vec::new();
        for (id, _) in scene.state.engine.instruments() {
            let (InstrumentId(at), row) = (id, quotes::ticker(scene.state, id, scene.now_ms));
            if self.shown.get(&at) != Some(&row) {
                self.shown.insert(at, row.clone());
                rows.push(row);
            }
        }
        (!rows.is_empty()).then(|| list(rows))
    }
}
