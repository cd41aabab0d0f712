//! `BitMart`'s streams: a public and a private one, topics in text, acknowledged one by one.

mod own;
mod quotes;
mod sub;
mod topic;
mod words;

use std::collections::BTreeMap;

use crate::account::uuid;
use crate::dialect::State;
use crate::dialect::seen::{Seen, concerns_money};
use crate::engine::{Event, InstrumentId, Position, Slot};
use crate::fault::Line;
use crate::json::list;
use crate::manner::Manner;
use crate::sign;
use crate::ws::{Door, Ending, Feed, Fills, Locked, Outbox, Scene, Session};
use sub::Sub;
use topic::{Depth, Market, Topic};
use words::Request;

/// The venue's streams.
#[derive(Debug)]
pub(crate) struct Streams;

/// Documented: connections of an address.
const CONNECTIONS: usize = 500;
/// Documented: length of a subscription.
const FRAME: usize = 4096;
/// Documented: a connection that subscribes to nothing is lifeless after this.
const LIFELESS_MS: i64 = 5000;
/// Documented: a connection on which nothing is returned is closed after this.
const SILENCE_MS: i64 = 20_000;
/// Documented: a login's timestamp expires after this.
const LOGIN_MS: u64 = 60_000;
/// The close code; the documentation gives none.
const GOING_AWAY: u16 = 1001;

impl Feed for Streams {
    fn most_connections(&self) -> Option<usize> {
        Some(CONNECTIONS)
    }

    fn open(&self, door: &Door<'_>) -> Result<Box<dyn Session>, Locked> {
        let line = match door.path {
            "/api" => Line::Public,
            "/user" => Line::Private,
            _ => return Err(Locked::NO_SUCH_PATH),
        };
        if !crate::request::pairs(door.query).any(|pair| pair == ("protocol", "1.1")) {
            return Err(Locked(400));
        }
        Ok(Box::new(Talk {
            line,
            manner: door.manner,
            rng: fastrand::Rng::with_seed(door.seed),
            opened_ms: door.scene.uptime_ms,
            has_asked: false,
            is_logged_in: false,
            subs: BTreeMap::new(),
            fills: Fills::known(door.scene.state),
        }))
    }
}

/// A session.
#[derive(Debug)]
struct Talk {
    line: Line,
    manner: Manner,
    rng: fastrand::Rng,
    opened_ms: i64,
    /// Something was asked for: it isn't lifeless.
    has_asked: bool,
    is_logged_in: bool,
    subs: BTreeMap<String, Sub>,
    fills: Fills,
}

/// What a batch of events comes to.
#[derive(Debug, Default)]
struct News {
    seen: Seen,
    orders: Vec<String>,
    positions: BTreeMap<(InstrumentId, Slot), Position>,
    money: bool,
}

impl Talk {
    fn subscribe(&mut self, scene: &Scene<'_>, request: &Request, name: &str, out: &mut Outbox) {
        let Some(topic) = self.find(scene, request, name, out) else { return };
        if !out.admits(name) {
            return out.refuse(request.denied(name, "authentication is temporarily unavailable"));
        }
        out.subscribed(name);
        out.ack(&[name], request.granted(name));
        let sub = self.subs.entry(name.to_owned()).or_insert_with(|| Sub::new(topic, scene));
        sub.begin(scene, name, out);
    }

    fn unsubscribe(&mut self, request: &Request, name: &str, out: &mut Outbox) {
        if self.subs.remove(name).is_none() {
            return out.refuse(request.refused(name, &format!("group [{name}] not subscribed")));
        }
        out.unsubscribed(name);
        out.ack(&[name], request.granted(name));
    }

    /// Answers with what the topic has now; only some have that.
    fn once(&mut self, scene: &Scene<'_>, request: &Request, name: &str, out: &mut Outbox) {
        match self.find(scene, request, name, out) {
            Some(topic @ Topic::Market(Market::Funding | Market::DepthIncrease(_), _)) => {
                let sub = self.subs.get(name);
                let data =
                    sub.map_or_else(|| Sub::new(topic, scene).snapshot(scene), |sub| sub.snapshot(scene));
                out.push(name, words::push(name, &data));
            }
            Some(_) => out.refuse(request.unknown(name, self.manner)),
            None => {}
        }
    }

    /// A topic that may be asked for here; otherwise the refusal is on its way.
    fn find(&self, scene: &Scene<'_>, request: &Request, name: &str, out: &mut Outbox) -> Option<Topic> {
        let topic = Topic::parse(&scene.state.engine, name);
        let Some(topic) = topic.filter(|topic| topic.is_private() || self.line == Line::Public) else {
            out.refuse(request.unknown(name, self.manner));
            return None;
        };
        if topic.is_private() && !self.is_logged_in {
            out.refuse(request.denied(name, &format!("{name} need authenication")));
            return None;
        }
        Some(topic)
    }

    fn log_in(&mut self, scene: &Scene<'_>, args: &[String], out: &mut Outbox) {
        let key = args.first().map(String::as_str).unwrap_or_default();
        self.is_logged_in = self.line == Line::Private && is_signed(scene, args);
        if self.is_logged_in {
            out.answer(words::LOGGED_IN);
        } else {
            out.refuse(words::login_failed(key));
        }
    }

    fn news(&mut self, scene: &Scene<'_>, events: &[&Event]) -> News {
        let mut news = News { seen: Seen::of(events), ..News::default() };
        let (state, account) = (scene.state, scene.state.account);
        for event in events {
            if let Event::Position { account: of, instrument, slot, position } = event
                && *of == account
            {
                news.positions.insert((*instrument, *slot), Position::clone(position));
            }
            news.orders.extend(own::row(&state.engine, account, &mut self.fills, event));
            news.money |= concerns_money(event, account);
        }
        news
    }
}

fn is_signed(scene: &Scene<'_>, args: &[String]) -> bool {
    let [key, timestamp, signature, _device] = args else { return false };
    let is_number = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let at_ms = timestamp.parse::<i64>().ok().filter(|_| is_number);
    let memo = scene.account.memo.as_deref().unwrap_or_default();
    *key == scene.account.key
        && at_ms.is_some_and(|at_ms| at_ms.abs_diff(scene.now_ms) <= LOGIN_MS)
        && *signature == signature_of(&scene.account.secret, timestamp, memo)
}

fn signature_of(secret: &str, timestamp: &str, memo: &str) -> String {
    sign::hex(secret, format!("{timestamp}#{memo}#bitmart.WebSocket").as_bytes())
}

impl Session for Talk {
    fn line(&self) -> Line {
        self.line
    }

    fn watches(&self, state: &State) -> bool {
        let needs_market = || self.subs.values().any(Sub::needs_market);
        match self.line {
            Line::Public => needs_market(),
            Line::Private => !self.subs.is_empty() && state.waits_for_the_market(),
        }
    }

    fn is_sign_of_life(&self, text: &str) -> bool {
        text == "ping" || Request::read(text, self.manner).is_ok_and(|request| request.action == "ping")
    }

    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) {
        if text.len() > FRAME {
            let why = format!("the total length of multiple channels cannot exceed {FRAME} bytes");
            return out.refuse(words::no_action(&why));
        }
        let request = match Request::read(text, self.manner) {
            Ok(request) => request,
            Err(said) if said == "pong" => return out.answer(said),
            Err(said) => return out.refuse(said),
        };
        match request.action.as_str() {
            "ping" => {
                let data = format!("pong+{}", uuid(&mut self.rng));
                out.answer(words::push("System", &crate::json::quote(&data)));
            }
            "access" => self.log_in(scene, &request.args, out),
            "subscribe" | "unsubscribe" | "request" if request.args.is_empty() => {
                out.refuse(words::no_action("Invalid message: args is empty"));
            }
            action @ ("subscribe" | "unsubscribe" | "request") => {
                self.has_asked |= action != "unsubscribe";
                for name in &request.args {
                    match action {
                        "subscribe" => self.subscribe(scene, &request, name, out),
                        "unsubscribe" => self.unsubscribe(&request, name, out),
                        _ => self.once(scene, &request, name, out),
                    }
                }
            }
            other => out.refuse(words::no_action(&format!("Invalid action: {other}"))),
        }
    }

    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox) {
        let news = self.news(scene, events);
        for (name, sub) in &mut self.subs {
            sub.news(scene, self.manner, name, &news, out);
        }
    }

    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        for (name, sub) in &mut self.subs {
            sub.time(scene, name, out);
        }
        if !self.has_asked && scene.uptime_ms >= self.opened_ms + LIFELESS_MS {
            out.close(GOING_AWAY, "no subscription within 5s", Ending::Lifeless);
        } else if scene.uptime_ms >= out.heard_ms() + SILENCE_MS {
            out.close(GOING_AWAY, "no data within 20s", Ending::Silence);
        }
    }

    fn due_ms(&self, out: &Outbox) -> Option<i64> {
        let lifeless = (!self.has_asked).then_some(self.opened_ms + LIFELESS_MS);
        let own = [Some(out.heard_ms() + SILENCE_MS), lifeless];
        self.subs.values().map(Sub::due_ms).chain(own).flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_login_verifies() {
        let secret = "6c6c98544461bbe71db2bca4c6d7fd0021e0ba9efc215f9c6ad41852df9d9df9";
        assert_eq!(
            signature_of(secret, "1589267764859", "test001"),
            "3ceeb7e1b8cb165a975e28a2e2dfaca4d30b358873c0351c1a071d8c83314556"
        );
    }
}
