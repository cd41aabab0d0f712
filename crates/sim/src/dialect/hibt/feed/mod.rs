//! Hibt's streams: one address, private after a login; topics one by one.

mod quotes;
mod sub;
mod topic;
mod words;

use std::collections::BTreeMap;

use bytes::Bytes;
use tokio_tungstenite::tungstenite::Message;

use super::{account, positions, rows};
use crate::dialect::seen::{Seen, concerns_money};
use crate::dialect::{Json, State};
use crate::engine::{Event, TriggerKind};
use crate::fault::Line;
use crate::json::object;
use crate::manner::Manner;
use crate::sign;
use crate::ws::{Door, Ending, Feed, Locked, Outbox, Scene, Session, next_of};
use sub::Sub;
use topic::{Own, Topic};

/// The venue's streams.
#[derive(Debug)]
pub(crate) struct Streams;

/// A login's timestamp is good for as long as a request's; of its own, nothing is documented.
const LOGIN_MS: u64 = 300_000;
/// The venue was seen to ping about this often.
const PING_MS: i64 = 54_000;

impl Feed for Streams {
    fn open(&self, door: &Door<'_>) -> Result<Box<dyn Session>, Locked> {
        if door.path != "/v2/ws" {
            return Err(Locked::NO_SUCH_PATH);
        }
        let pings = door.manner != Manner::Documented;
        Ok(Box::new(Talk {
            line: Line::Public,
            ping_due_ms: pings.then_some(door.scene.uptime_ms + PING_MS),
            subs: BTreeMap::new(),
        }))
    }
}

/// A session.
#[derive(Debug)]
struct Talk {
    /// Private once it has logged in.
    line: Line,
    ping_due_ms: Option<i64>,
    subs: BTreeMap<String, Sub>,
}

/// What a batch of events comes to.
#[derive(Debug, Default)]
struct News {
    seen: Seen,
    /// Rows of the account, each with the channel that it belongs to.
    own: Vec<(Own, Json)>,
    balance: Option<Json>,
}

impl News {
    fn of(state: &State, events: &[&Event], is_private: bool) -> Self {
        let mut news = Self { seen: Seen::of(events), ..Self::default() };
        let (engine, account) = (&state.engine, state.account);
        let mut money = false;
        for event in events {
            match event {
                _ if !is_private => {}
                Event::Order(order) if order.account == account => {
                    news.own.push((Own::Order, rows::order(engine, order)));
                }
                Event::Position { account: of, instrument, slot, position } if *of == account => {
                    let row = positions::row(state, (*instrument, *slot, position));
                    news.own.push((Own::Position, row));
                }
                Event::Trigger(trigger)
                    if trigger.account == account && trigger.terms.kind == TriggerKind::Plan =>
                {
                    news.own.push((Own::Entrust, rows::entrust(engine, trigger)));
                }
                _ => {}
            }
            money |= is_private && concerns_money(event, account);
        }
        news.balance = money.then(|| account::balance(state).ok()).flatten();
        news
    }
}

impl Talk {
    fn log_in(&mut self, scene: &Scene<'_>, text: &dyn Fn(&str) -> Option<String>, out: &mut Outbox) {
        match refusal(scene, text) {
            None => {
                self.line = Line::Private;
                out.is_on(Line::Private);
                out.answer(words::login("ok"));
            }
            Some(why) => out.refuse(words::login(why)),
        }
    }

    fn subscribe(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        let Some(topic) = Topic::parse(&scene.state.engine, name) else {
            return out.refuse(words::error(words::WRONG_TOPIC, scene.now_ms));
        };
        if matches!(topic, Topic::Own(_)) && self.line != Line::Private {
            return out.refuse(words::error(words::NOT_LOGGED_IN, scene.now_ms));
        }
        if !out.admits(name) {
            return out.refuse(words::error(words::WRONG_TOPIC, scene.now_ms));
        }
        out.subscribed(name);
        out.ack(&[name], words::granted("sub", name, scene.now_ms));
        let sub = self.subs.entry(name.to_owned()).or_insert_with(|| Sub::new(topic));
        sub.begin(scene, name, out);
    }

    /// What isn't subscribed to is confirmed too.
    fn unsubscribe(&mut self, scene: &Scene<'_>, name: &str, out: &mut Outbox) {
        if self.subs.remove(name).is_some() {
            out.unsubscribed(name);
        }
        out.ack(&[name], words::granted("unsub", name, scene.now_ms));
    }
}

/// Why a login is refused, in the words of the documented errors.
fn refusal(scene: &Scene<'_>, text: &dyn Fn(&str) -> Option<String>) -> Option<&'static str> {
    let Some(key) = text("accessKey").filter(|key| !key.is_empty()) else {
        return Some("X-ACCESS-KEY not provided");
    };
    let Some(signature) = text("signature").filter(|signature| !signature.is_empty()) else {
        return Some("X-SIGNATURE not provided");
    };
    let timestamp = text("timestamp").unwrap_or_default();
    let is_number = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let Some(at_ms) = timestamp.parse::<i64>().ok().filter(|_| is_number) else {
        return Some("Invalid parameters");
    };
    if key != scene.account.key {
        return Some("Invalid Access Key");
    }
    if at_ms.abs_diff(scene.now_ms) > LOGIN_MS {
        return Some("Timestamp expired");
    }
    (signature != sign::hex(&scene.account.secret, timestamp.as_bytes()))
        .then_some("Signature verification failed")
}

impl Session for Talk {
    fn line(&self) -> Line {
        self.line
    }

    fn watches(&self, state: &State) -> bool {
        self.subs.values().any(|sub| sub.needs_market() || (sub.is_own() && state.waits_for_the_market()))
    }

    fn greet(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        out.answer(words::hello(scene.now_ms));
    }

    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) {
        let members = object(text).unwrap_or_default();
        let member = |name: &str| {
            let (_, value) = members.iter().find(|(key, _)| key == name)?;
            serde_json::from_str::<String>(value.get()).ok()
        };
        // A frame that names no event was seen to end the connection.
        let Some(event) = member("event") else { return out.hang_up(Ending::Protocol) };
        let topic = member("topic").unwrap_or_default();
        match event.as_str() {
            "auth" => self.log_in(scene, &member, out),
            "sub" => self.subscribe(scene, &topic, out),
            "unsub" => self.unsubscribe(scene, &topic, out),
            _ => out.refuse(words::error(words::WRONG_EVENT, scene.now_ms)),
        }
    }

    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox) {
        let news = News::of(scene.state, events, self.line == Line::Private);
        for (name, sub) in &mut self.subs {
            sub.news(scene, name, &news, out);
        }
        // In the order in which it happened, and then what has become of the money.
        for (own, row) in &news.own {
            let name = own.name();
            if self.subs.contains_key(name) {
                out.push(name, words::push(name, scene.now_ms, &format!("[{row}]")));
            }
        }
        let name = Own::Balance.name();
        if let Some((sub, balance)) = self.subs.get_mut(name).zip(news.balance) {
            sub.balance(scene, name, balance, out);
        }
    }

    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        for (name, sub) in &mut self.subs {
            sub.time(scene, name, out);
        }
        if let Some(due_ms) = self.ping_due_ms.filter(|due_ms| *due_ms <= scene.uptime_ms) {
            out.answer(Message::Ping(Bytes::new()));
            self.ping_due_ms = Some(next_of(due_ms, PING_MS, scene.uptime_ms));
        }
    }

    fn due_ms(&self, _: &Outbox) -> Option<i64> {
        self.subs.values().map(Sub::due_ms).chain([self.ping_due_ms]).flatten().min()
    }
}
