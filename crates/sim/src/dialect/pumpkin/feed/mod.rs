//! Pumpkin's stream: public, JSON, one answer a request that says neither what it answers nor about what.

mod sub;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Deserialize;

use crate::dialect::State;
use crate::dialect::seen::Seen;
use crate::engine::Event;
use crate::fault::Line;
use crate::json::{quote, write};
use crate::ws::{Door, Ending, Feed, Locked, Outbox, Scene, Session};
use sub::{Sub, Topic};

/// The venue's streams.
#[derive(Debug)]
pub(crate) struct Streams;

/// The documented client says `ping` every 3 seconds. After how long without a word the venue hangs up isn't
/// documented.
const SILENCE_MS: i64 = 10_000;
/// There is a limit on subscriptions; its number isn't documented.
const SUBSCRIPTIONS: usize = 100;
/// There is a limit on requests; its numbers aren't documented.
const REQUESTS: usize = 10;
const REQUESTS_MS: i64 = 1000;
/// The close code; the documentation gives none.
const GOING_AWAY: u16 = 1001;

const GRANTED: &str = r#"{"code":0,"msg":"success"}"#;

/// A documented refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    InvalidTopic,
    UnknownTopic,
    TooManySubscriptions,
    InvalidParameters,
    TooManyRequests,
    Unavailable,
}

impl Refusal {
    fn said(self) -> String {
        let (code, msg) = match self {
            Self::InvalidTopic => (40001, "Invalid topic format"),
            Self::UnknownTopic => (40002, "Topic not found"),
            Self::TooManySubscriptions => (40003, "Subscription limit exceeded"),
            Self::InvalidParameters => (40004, "Invalid parameters"),
            Self::TooManyRequests => (40006, "Rate limit exceeded"),
            Self::Unavailable => (50002, "Service temporarily unavailable"),
        };
        write(&[("code", code.to_string()), ("msg", quote(msg))])
    }
}

impl Feed for Streams {
    /// No path is documented, as no host is.
    fn open(&self, door: &Door<'_>) -> Result<Box<dyn Session>, Locked> {
        if door.path != "/" {
            return Err(Locked::NO_SUCH_PATH);
        }
        Ok(Box::new(Talk { said_ms: door.scene.uptime_ms, requests: VecDeque::new(), subs: BTreeMap::new() }))
    }
}

/// A session.
#[derive(Debug)]
struct Talk {
    /// When the client last said something.
    said_ms: i64,
    /// When its latest requests came.
    requests: VecDeque<i64>,
    subs: BTreeMap<String, Sub>,
}

/// A request.
#[derive(Debug, Deserialize)]
struct Request {
    events: Vec<String>,
    method: String,
}

impl Talk {
    fn request(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) -> Result<(), Refusal> {
        self.requests.retain(|at_ms| scene.uptime_ms < at_ms + REQUESTS_MS);
        if self.requests.len() >= REQUESTS {
            return Err(Refusal::TooManyRequests);
        }
        self.requests.push_back(scene.uptime_ms);
        let request: Request = serde_json::from_str(text).map_err(|_| Refusal::InvalidParameters)?;
        if request.events.is_empty() {
            return Err(Refusal::InvalidParameters);
        }
        match request.method.as_str() {
            "sub" => self.subscribe(scene, &request.events, out),
            "unsub" => self.unsubscribe(scene, &request.events, out),
            _ => Err(Refusal::InvalidParameters),
        }
    }

    /// All of a request, or nothing of it: there is one answer.
    fn subscribe(&mut self, scene: &Scene<'_>, names: &[String], out: &mut Outbox) -> Result<(), Refusal> {
        let topics: Result<Vec<Topic>, Refusal> =
            names.iter().map(|name| Topic::parse(&scene.state.engine, name)).collect();
        let topics = topics?;
        let fresh: BTreeSet<&String> = names.iter().filter(|name| !self.subs.contains_key(*name)).collect();
        if self.subs.len() + fresh.len() > SUBSCRIPTIONS {
            return Err(Refusal::TooManySubscriptions);
        }
        if !names.iter().all(|name| out.admits(name)) {
            return Err(Refusal::Unavailable);
        }
        for name in names {
            out.subscribed(name);
        }
        out.ack(&names.iter().map(String::as_str).collect::<Vec<_>>(), GRANTED);
        for (name, topic) in names.iter().zip(topics) {
            let mut sub = Sub::new(topic);
            sub.begin(scene, name, out);
            self.subs.insert(name.clone(), sub);
        }
        Ok(())
    }

    /// What isn't subscribed to is no failure: nothing says that it is one.
    fn unsubscribe(&mut self, scene: &Scene<'_>, names: &[String], out: &mut Outbox) -> Result<(), Refusal> {
        for name in names {
            Topic::parse(&scene.state.engine, name)?;
        }
        for name in names {
            if self.subs.remove(name).is_some() {
                out.unsubscribed(name);
            }
        }
        out.ack(&names.iter().map(String::as_str).collect::<Vec<_>>(), GRANTED);
        Ok(())
    }
}

impl Session for Talk {
    fn line(&self) -> Line {
        Line::Public
    }

    fn watches(&self, _: &State) -> bool {
        !self.subs.is_empty()
    }

    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) {
        self.said_ms = scene.uptime_ms;
        if text == "ping" {
            return out.answer("pong");
        }
        if let Err(refusal) = self.request(scene, text, out) {
            out.refuse(refusal.said());
        }
    }

    fn ping(&mut self, scene: &Scene<'_>) {
        self.said_ms = scene.uptime_ms;
    }

    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox) {
        let seen = Seen::of(events);
        for (name, sub) in &mut self.subs {
            sub.news(scene, name, &seen, out);
        }
    }

    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if scene.uptime_ms >= self.said_ms + SILENCE_MS {
            out.close(GOING_AWAY, "no ping within 10s", Ending::Silence);
        }
    }

    fn due_ms(&self, _: &Outbox) -> Option<i64> {
        Some(self.said_ms + SILENCE_MS)
    }
}
