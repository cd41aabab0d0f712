//! The market line: one connection and its subscriptions.

use std::collections::BTreeMap;

use super::topic::{Kind, Topic, Wrong};
use super::words::{self, Request};
use super::{Pulse, quotes};
use crate::dialect::State;
use crate::dialect::book::Shown;
use crate::dialect::seen::Seen;
use crate::engine::Event;
use crate::fault::Line;
use crate::manner::Manner;
use crate::ws::{Door, Outbox, Scene, Session, next_beat, next_of};

/// Documented.
const BAD_REQUEST: u32 = 400;
const BAD_REQUEST_WORDS: &str = "Bad request payload. Please check it.";

/// A subscription in force.
#[derive(Debug)]
struct Sub {
    topic: Topic,
    /// When it has something to show by time.
    due_ms: Option<i64>,
    /// The book as it was last shown.
    shown: Shown,
    /// What else was last shown.
    last: String,
}

/// A session.
#[derive(Debug)]
pub(super) struct Market {
    manner: Manner,
    pulse: Pulse,
    subs: BTreeMap<String, Sub>,
}

impl Market {
    pub(super) fn new(door: &Door<'_>) -> Self {
        Self { manner: door.manner, pulse: Pulse::new(door.scene.uptime_ms), subs: BTreeMap::new() }
    }

    /// All of a frame's topics or none of them.
    fn subscribe(&mut self, scene: &Scene<'_>, request: &Request, out: &mut Outbox) {
        let mut topics = Vec::new();
        for name in &request.params {
            match Topic::parse(&scene.state.engine, name) {
                Ok(topic) => topics.push((name, topic)),
                Err(Wrong::Symbol(symbol)) => {
                    let words = format!("checkSymbol error, symbol:{symbol}");
                    return out.refuse(request.refused(1, &words, self.manner));
                }
                Err(Wrong::Form) => {
                    return out.refuse(request.refused(BAD_REQUEST, BAD_REQUEST_WORDS, self.manner));
                }
            }
        }
        if !topics.iter().all(|(name, _)| out.admits(name)) {
            return out.refuse(request.refused(1, "system busy", self.manner));
        }
        for (name, topic) in topics {
            out.subscribed(name);
            self.subs.entry(name.clone()).or_insert_with(|| Sub::new(topic, scene));
        }
        self.confirm(request, out);
    }

    /// What isn't subscribed to is confirmed too.
    fn unsubscribe(&mut self, request: &Request, out: &mut Outbox) {
        for name in &request.params {
            if self.subs.remove(name).is_some() {
                out.unsubscribed(name);
            }
        }
        self.confirm(request, out);
    }

    fn confirm(&self, request: &Request, out: &mut Outbox) {
        let names: Vec<&str> = request.params.iter().map(String::as_str).collect();
        let words = if self.manner == Manner::Observed { "success" } else { "" };
        out.ack(&names, request.granted(words, self.manner));
    }
}

impl Sub {
    fn new(topic: Topic, scene: &Scene<'_>) -> Self {
        let shown = match topic.kind {
            // What changes from here on.
            Kind::DepthUpdate => Shown::of(&scene.state.engine, topic.on, usize::MAX),
            _ => Shown::default(),
        };
        let due_ms = match topic.kind {
            Kind::Trade | Kind::DepthUpdate => None,
            Kind::FundRate => Some(scene.uptime_ms + topic.every_ms),
            _ => Some(next_beat(scene.uptime_ms, topic.every_ms)),
        };
        Self { topic, due_ms, shown, last: String::new() }
    }

    fn news(&mut self, scene: &Scene<'_>, name: &str, seen: &Seen, out: &mut Outbox) {
        let Topic { kind, on, every_ms } = self.topic;
        match kind {
            Kind::Trade => {
                for trade in seen.trades(on) {
                    let data = quotes::trade(&scene.state.engine, on, trade);
                    out.push(name, words::push("trade", name, &data));
                }
            }
            Kind::Depth(_) | Kind::DepthUpdate if seen.book(on) => {
                self.due_ms = self.due_ms.or(Some(next_beat(scene.uptime_ms, every_ms)));
            }
            _ => {}
        }
    }

    fn time(&mut self, scene: &Scene<'_>, manner: Manner, name: &str, out: &mut Outbox) {
        let Some(due_ms) = self.due_ms.filter(|due_ms| *due_ms <= scene.uptime_ms) else { return };
        let Topic { kind, on, every_ms } = self.topic;
        let (state, now_ms) = (scene.state, scene.now_ms);
        let engine = &state.engine;
        self.due_ms = match kind {
            Kind::Depth(_) | Kind::DepthUpdate => None,
            _ => Some(next_of(due_ms, every_ms, scene.uptime_ms)),
        };
        match kind {
            Kind::Trade => {}
            Kind::Kline(interval) => {
                let data = quotes::candle(engine, on, interval, now_ms);
                if data != self.last {
                    out.push(name, words::push("kline", name, &data));
                    self.last = data;
                }
            }
            Kind::AggTicker => {
                let data = quotes::agg_ticker(state, on, now_ms, manner);
                out.push(name, words::push("agg_ticker", name, &data));
            }
            Kind::IndexPrice => {
                out.push(name, words::push("index_price", name, &quotes::price(engine, on, now_ms)));
            }
            Kind::MarkPrice => {
                out.push(name, words::push("mark_price", name, &quotes::price(engine, on, now_ms)));
            }
            Kind::FundRate => {
                out.push(name, words::push("fund_rate", name, &quotes::fund_rate(engine, on, now_ms)));
            }
            Kind::DepthUpdate => {
                let now = Shown::of(engine, on, usize::MAX);
                if now.revision != self.shown.revision {
                    let data = quotes::update((&self.shown, &now), engine, on, now_ms, manner);
                    // Live, the interval stays.
                    let event = if manner == Manner::Observed { name } else { before_comma(name, 1) };
                    out.push(name, words::push("depth_update", event, &data));
                    self.shown = now;
                }
            }
            Kind::Depth(levels) => {
                let now = Shown::of(engine, on, levels);
                if !now.looks_like(&self.shown) {
                    let event = before_comma(name, 2);
                    out.push(name, words::push("depth", event, &quotes::depth(&now, engine, on, now_ms)));
                    self.shown = now;
                }
            }
        }
    }
}

/// A topic without what follows its first arguments.
fn before_comma(name: &str, args: usize) -> &str {
    let comma = name.match_indices(',').nth(args - 1).map(|(at, _)| at);
    comma.and_then(|at| name.get(..at)).unwrap_or(name)
}

impl Session for Market {
    fn line(&self) -> Line {
        Line::Public
    }

    fn watches(&self, _: &State) -> bool {
        self.subs.values().any(|sub| sub.topic.kind != Kind::FundRate)
    }

    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) {
        if self.pulse.beats(scene.uptime_ms, text, out) {
            return;
        }
        match Request::read(text) {
            Ok(request) if request.is_subscribe => self.subscribe(scene, &request, out),
            Ok(request) => self.unsubscribe(&request, out),
            Err(id) => out.refuse(words::answer(&id, BAD_REQUEST, BAD_REQUEST_WORDS, self.manner)),
        }
    }

    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox) {
        let seen = Seen::of(events);
        for (name, sub) in &mut self.subs {
            sub.news(scene, name, &seen, out);
        }
    }

    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        for (name, sub) in &mut self.subs {
            sub.time(scene, self.manner, name, out);
        }
        self.pulse.time(scene.uptime_ms, out);
    }

    fn due_ms(&self, _: &Outbox) -> Option<i64> {
        self.subs.values().filter_map(|sub| sub.due_ms).chain([self.pulse.due_ms()]).min()
    }
}
