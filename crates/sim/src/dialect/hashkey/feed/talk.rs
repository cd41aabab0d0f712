//! A session of market data, of either version.

use std::collections::BTreeMap;

use super::sub::{Sub, Topic};
use super::words::{self, Event as Asked, Request, Wrong};
use super::{Json, Version};
use crate::dialect::State;
use crate::dialect::seen::Seen;
use crate::engine::{Event, InstrumentId};
use crate::fault::Line;
use crate::manner::Manner;
use crate::ws::{Door, Ending, Outbox, Scene, Session};

/// Seen, not documented: without traffic for this long a connection is cut.
const SILENCE_MS: i64 = 60_000;

#[derive(Debug)]
pub(super) struct Talk {
    pub(super) version: Version,
    pub(super) manner: Manner,
    pub(super) channel: String,
    subs: BTreeMap<String, Sub>,
    /// When something last arrived.
    heard_ms: i64,
}

impl Talk {
    pub(super) fn new(version: Version, door: &Door<'_>, channel: String) -> Self {
        let heard_ms = door.scene.uptime_ms;
        Self { version, manner: door.manner, channel, subs: BTreeMap::new(), heard_ms }
    }

    fn handle(&mut self, scene: &Scene<'_>, request: &Request, out: &mut Outbox) -> Result<(), Wrong> {
        let event = request.event()?;
        if event == Asked::CancelAll {
            for key in std::mem::take(&mut self.subs).into_keys() {
                out.unsubscribed(&key);
            }
            self.confirm(request, &[], out);
            return Ok(());
        }
        let topic = Topic::read(self.version, request)?;
        let names = match self.version {
            Version::V1 => request.text("symbol"),
            Version::V2 => request.param("symbol"),
        };
        let names = names.ok_or(Wrong::SYMBOL)?;
        // The first version takes several symbols at once.
        let several =
            if self.version == Version::V1 { names.split(',').collect() } else { vec![names.as_str()] };
        let mut wanted: Vec<(String, InstrumentId, &str)> = Vec::new();
        for symbol in several {
            let id = scene.state.engine.find(symbol).ok_or(Wrong::SYMBOL)?;
            wanted.push((topic.key(self.version, symbol), id, symbol));
        }
        let keys: Vec<&str> = wanted.iter().map(|(key, ..)| key.as_str()).collect();
        if event == Asked::Cancel {
            let known = keys.iter().all(|key| self.subs.contains_key(*key));
            if !known {
                return Err(Wrong::SYMBOL);
            }
            for key in &keys {
                self.subs.remove(*key);
                out.unsubscribed(key);
            }
            self.confirm(request, &keys, out);
            return Ok(());
        }
        if !keys.iter().all(|key| out.admits(key)) {
            return Err(Wrong::SYMBOL);
        }
        for key in &keys {
            out.subscribed(key);
        }
        self.confirm(request, &keys, out);
        for (key, id, symbol) in &wanted {
            // Subscribed to again, it begins again.
            let mut sub = Sub::new(self, topic.clone(), (*id, symbol), request);
            sub.begin(scene, key, out);
            self.subs.insert(key.clone(), sub);
        }
        Ok(())
    }

    /// Only the second version confirms.
    fn confirm(&self, request: &Request, keys: &[&str], out: &mut Outbox) {
        if self.version == Version::V2 {
            out.ack(keys, request.ack(self.manner));
        }
    }

    fn is_cut(&self) -> bool {
        self.manner != Manner::Documented
    }

    fn silent_ms(&self, out: &Outbox) -> i64 {
        self.heard_ms.max(out.heard_ms()) + SILENCE_MS
    }
}

impl Session for Talk {
    fn line(&self) -> Line {
        Line::Public
    }

    fn watches(&self, _: &State) -> bool {
        !self.subs.is_empty()
    }

    fn is_sign_of_life(&self, text: &str) -> bool {
        Request::read(text).is_some_and(|request| request.has("ping") || request.has("pong"))
    }

    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) {
        self.heard_ms = scene.uptime_ms;
        let Some(request) = Request::read(text) else { return out.refuse(words::not_json(self.version)) };
        if request.has("ping") {
            return out.answer(words::pong(scene.now_ms));
        }
        if request.has("pong") {
            return;
        }
        if let Err(wrong) = self.handle(scene, &request, out) {
            let said: Json = request.refused(self.version, wrong);
            out.refuse(said);
        }
    }

    fn ping(&mut self, scene: &Scene<'_>) {
        self.heard_ms = scene.uptime_ms;
    }

    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox) {
        let seen = Seen::of(events);
        for (key, sub) in &mut self.subs {
            sub.news(scene, key, &seen, out);
        }
    }

    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        for (key, sub) in &mut self.subs {
            sub.time(scene, key, out);
        }
        if self.is_cut() && scene.uptime_ms >= self.silent_ms(out) {
            out.hang_up(Ending::Silence);
        }
    }

    fn due_ms(&self, out: &Outbox) -> Option<i64> {
        let silent = self.is_cut().then(|| self.silent_ms(out));
        self.subs.values().map(Sub::due_ms).chain([silent]).flatten().min()
    }
}
