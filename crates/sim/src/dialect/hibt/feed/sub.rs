//! A subscription: what it has shown, and what it shows next.

use super::topic::{Market, Topic};
use super::{News, quotes, words};
use crate::ws::{Outbox, Scene, next_beat, next_of};

/// No speeds are documented: ours.
const DEPTH_MS: i64 = 200;
const PRICES_MS: i64 = 1000;

/// A subscription in force.
#[derive(Debug)]
pub(super) struct Sub {
    topic: Topic,
    /// When it has something to show by time.
    due_ms: Option<i64>,
    /// What it has shown last, where only changes are pushed.
    last: String,
}

impl Sub {
    pub(super) const fn new(topic: Topic) -> Self {
        Self { topic, due_ms: None, last: String::new() }
    }

    /// Whether it is about something that moves.
    pub(super) const fn needs_market(&self) -> bool {
        matches!(self.topic, Topic::Market(..))
    }

    pub(super) const fn is_own(&self) -> bool {
        matches!(self.topic, Topic::Own(_))
    }

    pub(super) const fn due_ms(&self) -> Option<i64> {
        self.due_ms
    }

    /// Right after it was confirmed, again when it is confirmed again: what there is to show is shown.
    pub(super) fn begin(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        let Topic::Market(market, _) = self.topic else { return };
        self.last.clear();
        match market {
            Market::Depth(_) | Market::Candle(_) => self.show(scene, name, out),
            Market::Ticker | Market::Index => {
                self.show(scene, name, out);
                self.due_ms = Some(scene.uptime_ms + PRICES_MS);
            }
            Market::Trade => {}
        }
    }

    pub(super) fn news(&mut self, scene: &Scene<'_>, name: &str, news: &News, out: &mut Outbox) {
        let push = |data: &str, out: &mut Outbox| out.push(name, words::push(name, scene.now_ms, data));
        match self.topic {
            Topic::Market(Market::Depth(_), id) if news.seen.book(id) => {
                self.due_ms = self.due_ms.or(Some(next_beat(scene.uptime_ms, DEPTH_MS)));
            }
            Topic::Market(Market::Trade, id) => {
                for trade in news.seen.trades(id) {
                    push(&quotes::trade(trade), out);
                }
            }
            Topic::Market(Market::Candle(_), id) if news.seen.traded(id) => {
                self.show(scene, name, out);
            }
            _ => {}
        }
    }

    /// Shows the balance, when it has changed.
    pub(super) fn balance(&mut self, scene: &Scene<'_>, name: &str, balance: String, out: &mut Outbox) {
        if balance != self.last {
            out.push(name, words::push(name, scene.now_ms, &balance));
            self.last = balance;
        }
    }

    /// Shows what is due.
    pub(super) fn time(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        let Some(due_ms) = self.due_ms.filter(|due_ms| *due_ms <= scene.uptime_ms) else { return };
        self.show(scene, name, out);
        self.due_ms = match self.topic {
            Topic::Market(Market::Ticker | Market::Index, _) => {
                Some(next_of(due_ms, PRICES_MS, scene.uptime_ms))
            }
            _ => None,
        };
    }

    /// Pushes what a market topic has now; a book or a candle only when it has changed.
    fn show(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        let Topic::Market(market, id) = self.topic else { return };
        let (engine, now_ms) = (&scene.state.engine, scene.now_ms);
        let data = match market {
            Market::Depth(levels) => quotes::depth(engine, id, levels),
            Market::Ticker => quotes::ticker(engine, id, now_ms),
            Market::Index => quotes::index(engine, id, now_ms),
            Market::Candle(interval) => quotes::candle(engine, id, interval, now_ms),
            Market::Trade => return,
        };
        let repeats = matches!(market, Market::Ticker | Market::Index);
        if repeats || data != self.last {
            out.push(name, words::push(name, now_ms, &data));
            self.last = data;
        }
    }
}
