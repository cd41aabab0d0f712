//! WEX spot's streams: a public one, and a private one on which every request carries a token.

mod own;
mod quotes;
mod sub;
mod topic;
mod words;

use std::collections::BTreeMap;

use crate::account::draw;
use crate::dialect::State;
use crate::dialect::seen::Seen;
use crate::engine::{Event, OrderId};
use crate::fault::Line;
use crate::manner::Manner;
use crate::ws::{Door, Ending, Feed, Locked, Outbox, Scene, Session};
use sub::Sub;
use topic::Topic;
use words::{Request, Wrong};

/// The venue's streams.
#[derive(Debug)]
pub(crate) struct Streams;

/// Documented: without the text `ping` for this long a connection is cut. A ping of the protocol is none.
const SILENCE_MS: i64 = 60_000;
/// The close code; the documentation gives none.
const GOING_AWAY: u16 = 1001;

impl Feed for Streams {
    fn open(&self, door: &Door<'_>) -> Result<Box<dyn Session>, Locked> {
        let line = match door.path {
            "/public" => Line::Public,
            "/private" => Line::Private,
            _ => return Err(Locked::NO_SUCH_PATH),
        };
        let mut rng = fastrand::Rng::with_seed(door.seed);
        Ok(Box::new(Talk {
            line,
            manner: door.manner,
            number: draw(&mut rng, b"0123456789abcdef", 8),
            pinged_ms: door.scene.uptime_ms,
            key: None,
            subs: BTreeMap::new(),
        }))
    }
}

/// A session.
#[derive(Debug)]
struct Talk {
    line: Line,
    manner: Manner,
    /// The connection's number.
    number: String,
    /// When the client last sent the text `ping`, or connected.
    pinged_ms: i64,
    /// The token of the latest request that was granted, and when it ends, by uptime.
    key: Option<(String, i64)>,
    subs: BTreeMap<String, Sub>,
}

/// What a batch of events comes to.
#[derive(Debug, Default)]
struct News<'a> {
    /// What everyone can see of it.
    seen: Seen,
    /// The orders that arrived and traded, by trade.
    takers: BTreeMap<u64, OrderId>,
    /// What concerns the account, in order.
    own: Vec<&'a Event>,
}

impl<'a> News<'a> {
    fn of(state: &State, events: &[&'a Event]) -> Self {
        let mut news = News { seen: Seen::of(events), ..News::default() };
        for event in events {
            if let Event::Fill { fill, .. } = event
                && !fill.is_maker
            {
                news.takers.insert(fill.trade, fill.order);
            }
            if own::concerns(event, state.account) {
                news.own.push(event);
            }
        }
        news
    }
}

impl Talk {
    fn handle(&mut self, scene: &Scene<'_>, request: &Request, out: &mut Outbox) -> Result<(), Wrong> {
        let subscribes = request.subscribes()?;
        let names = request.params()?;
        let key = match self.line {
            Line::Private => Some(key(scene, request)?),
            Line::Public => None,
        };
        // One answer for all of them: what is wrong with one is wrong with the request.
        let mut wanted = Vec::with_capacity(names.len());
        for name in &names {
            let topic = Topic::parse(&scene.state.engine, self.line, name).ok_or(Wrong::Fail)?;
            wanted.push((name.as_str(), topic));
        }
        if subscribes && !names.iter().all(|name| out.admits(name)) {
            return Err(Wrong::Fail);
        }
        self.key = key;
        for (name, topic) in &wanted {
            if subscribes {
                out.subscribed(name);
                self.subs.entry((*name).to_owned()).or_insert_with(|| Sub::new(topic.clone(), scene));
            } else {
                self.subs.remove(*name);
                out.unsubscribed(name);
            }
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        out.ack(&names, request.granted(self.manner, &self.number));
        Ok(())
    }

    fn silent_ms(&self) -> i64 {
        self.pinged_ms + SILENCE_MS
    }
}

/// The token of a request on the private line, and when it ends, by uptime.
fn key(scene: &Scene<'_>, request: &Request) -> Result<(String, i64), Wrong> {
    let key = request.listen_key().ok_or(Wrong::Key)?;
    let until_ms = scene.state.keys.until_ms(&key).ok_or(Wrong::Key)?;
    if scene.now_ms >= until_ms {
        return Err(Wrong::Expired);
    }
    Ok((key, scene.uptime_ms + (until_ms - scene.now_ms)))
}

impl Session for Talk {
    fn line(&self) -> Line {
        self.line
    }

    fn is_keyed(&self) -> bool {
        self.line == Line::Private
    }

    fn watches(&self, state: &State) -> bool {
        !self.subs.is_empty() && (self.line == Line::Public || state.waits_for_the_market())
    }

    fn greet(&mut self, _: &Scene<'_>, out: &mut Outbox) {
        if self.line == Line::Public && self.manner == Manner::Documented {
            out.answer(words::CONNECTED);
        }
    }

    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) {
        if text == "ping" {
            self.pinged_ms = scene.uptime_ms;
            return out.answer("pong");
        }
        let Some(request) = Request::read(text) else { return out.refuse(words::not_json()) };
        if let Err(wrong) = self.handle(scene, &request, out) {
            out.refuse(request.refused(wrong));
        }
    }

    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox) {
        let news = News::of(scene.state, events);
        for event in &news.own {
            for (name, sub) in &mut self.subs {
                sub.own(scene, name, event, out);
            }
        }
        for (name, sub) in &mut self.subs {
            sub.news(scene, name, &news, out);
        }
    }

    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        for (name, sub) in &mut self.subs {
            sub.time(scene, name, out);
        }
        if let Some((key, ends_ms)) = &mut self.key {
            // It may have been asked for again meanwhile.
            let until_ms = scene.state.keys.until_ms(key).unwrap_or(scene.now_ms);
            *ends_ms = scene.uptime_ms + (until_ms - scene.now_ms);
            if scene.uptime_ms >= *ends_ms {
                return out.close(GOING_AWAY, "token expire", Ending::Key);
            }
        }
        if scene.uptime_ms >= self.silent_ms() {
            out.close(GOING_AWAY, "no ping within 1 minute", Ending::Silence);
        }
    }

    fn due_ms(&self, _: &Outbox) -> Option<i64> {
        let key = self.key.as_ref().map(|(_, ends_ms)| *ends_ms);
        self.subs.values().map(Sub::due_ms).chain([Some(self.silent_ms()), key]).flatten().min()
    }

    fn expire(&mut self, state: &mut State, now_ms: i64, out: &mut Outbox) {
        if let Some((key, _)) = &self.key {
            state.keys.end(key, now_ms);
            out.close(GOING_AWAY, "token expire", Ending::Key);
        }
    }
}
