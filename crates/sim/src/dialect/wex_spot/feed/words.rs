//! Requests, and how they are answered.

use serde_json::value::RawValue;

use crate::dialect::Json;
use crate::json::{object, quote, write};
use crate::manner::Manner;

/// What the documentation shows as the answer to connecting.
pub(super) const CONNECTED: &str = r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":{}}"#;

/// What is wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// What exactly is never said.
    Fail,
    /// There is no such token.
    Key,
    /// The token's time is over.
    Expired,
}

impl Wrong {
    const fn words(self) -> (u16, &'static str) {
        match self {
            Self::Fail => (1, "fail"),
            Self::Key => (2, "listenKey invalid"),
            Self::Expired => (401, "token expire"),
        }
    }
}

/// A request: an object.
#[derive(Debug)]
pub(super) struct Request {
    members: Vec<(String, Box<RawValue>)>,
}

impl Request {
    pub(super) fn read(text: &str) -> Option<Self> {
        object(text).map(|members| Self { members })
    }

    fn raw(&self, name: &str) -> Option<&str> {
        self.members.iter().find(|(key, _)| key == name).map(|(_, value)| value.get())
    }

    fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.raw(name)?).ok()
    }

    /// Whether it subscribes; otherwise it unsubscribes.
    pub(super) fn subscribes(&self) -> Result<bool, Wrong> {
        match self.text("method").as_deref() {
            Some("subscribe") => Ok(true),
            Some("unsubscribe") => Ok(false),
            _ => Err(Wrong::Fail),
        }
    }

    /// What it is about: one topic at least.
    pub(super) fn params(&self) -> Result<Vec<String>, Wrong> {
        let params: Option<Vec<String>> = self.raw("params").and_then(|raw| serde_json::from_str(raw).ok());
        params.filter(|params| !params.is_empty()).ok_or(Wrong::Fail)
    }

    pub(super) fn listen_key(&self) -> Option<String> {
        self.text("listenKey")
    }

    /// The id as it was sent; answers to requests without one have none either.
    fn id(&self) -> Option<(&'static str, Json)> {
        self.raw("id").filter(|raw| *raw != "null").map(|raw| ("id", raw.to_owned()))
    }

    pub(super) fn granted(&self, manner: Manner, number: &str) -> Json {
        let mut members = Vec::new();
        if manner == Manner::Observed {
            members.push(("sessionId", quote(number)));
            let is_end = self.subscribes() == Ok(false);
            members.extend(is_end.then(|| ("method", quote("unsubscribe"))));
        }
        members.extend(self.id());
        members.extend([("code", "0".to_owned()), ("msg", quote("success"))]);
        write(&members)
    }

    pub(super) fn refused(&self, wrong: Wrong) -> Json {
        let (code, words) = wrong.words();
        let mut members: Vec<(&'static str, Json)> = self.id().into_iter().collect();
        members.extend([("code", code.to_string()), ("msg", quote(words))]);
        write(&members)
    }
}

/// The answer to what is no request at all.
pub(super) fn not_json() -> Json {
    write(&[("code", "1".to_owned()), ("msg", quote("fail"))])
}

/// A push: its channel, and what was subscribed.
pub(super) fn push(name: &str, data: &str) -> Json {
    let topic = name.split_once('@').map_or(name, |(topic, _)| topic);
    write(&[("topic", quote(topic)), ("event", quote(name)), ("data", data.to_owned())])
}
