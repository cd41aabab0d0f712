//! A venue that is nothing but its streams.
//!
//! Requests are lines of words, `sub 1 a,b`, with `#key` behind the number where there is a listen key; what
//! the venue says is JSON.

use std::borrow::Cow;

use serde::Deserialize;

use crate::endpoint::Spec;
use crate::error::{Codes, Error, Kind, Outcome};
use crate::sealed::Sealed;
use crate::sign::{Credentials, Secret};
use crate::venue::{Draft, Hosts, Login, Venue};
use crate::wire::{Keys, Millis};
use crate::ws::{Answer, Command, Frame, KeyCalls, Line, Payload, Routes, Streams, Verb};

#[derive(Debug, Default)]
pub(in crate::ws) struct Toy {
    pub(in crate::ws) lines: &'static [Line],
    pub(in crate::ws) keys: Option<KeyCalls>,
}

impl Toy {
    /// A venue with these lines, for as long as the tests run.
    pub(in crate::ws) fn new(lines: Vec<Line>) -> Self {
        Self { lines: lines.leak(), keys: None }
    }
}

static KEYS: Keys = Keys::new(&["code"], &["0"], &["data"]);
static CODES: Codes = Codes::new(&[], &[]);

impl Venue for Toy {
    fn id(&self) -> &'static str {
        "toy"
    }

    fn hosts(&self) -> Hosts {
        Hosts::new("https://toy.test")
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn codes(&self) -> &'static Codes {
        &CODES
    }

    fn seal(&self, draft: &Draft<'_>, _: Option<&Credentials>, _: Millis) -> Result<Sealed, Error> {
        let spec: &Spec = draft.spec();
        Ok(Sealed::new(spec.method(), spec.path))
    }

    fn login(&self, credentials: &Credentials, now: Millis) -> Option<Result<Login, Error>> {
        let frame = format!("login {} {}", credentials.key(), now.get());
        Some(Ok(Login::new(frame, now.get().to_string())))
    }

    fn streams(&self) -> Option<&dyn Streams> {
        Some(self)
    }
}

/// What the venue says.
#[derive(Deserialize)]
struct Said<'a> {
    /// A push of this route.
    #[serde(borrow)]
    r: Option<Cow<'a, str>>,
    /// A push of all of these.
    #[serde(borrow)]
    many: Option<Vec<Cow<'a, str>>>,
    /// Taken.
    ok: Option<String>,
    /// Refused.
    no: Option<String>,
    id: Option<u64>,
    #[serde(borrow)]
    topic: Option<Cow<'a, str>>,
    kind: Option<String>,
    msg: Option<String>,
    login: Option<bool>,
    ping: Option<String>,
    pong: Option<u8>,
    #[serde(borrow)]
    event: Option<Cow<'a, str>>,
}

impl Streams for Toy {
    fn lines(&self) -> &'static [Line] {
        self.lines
    }

    fn command(&self, _: &Line, command: &Command<'_>) -> String {
        let verb = match command.verb {
            Verb::Subscribe => "sub",
            Verb::Unsubscribe => "unsub",
            Verb::Request => "req",
        };
        let key = command.key.map(|key| format!(" #{}", key.expose())).unwrap_or_default();
        let topics: Vec<&str> = command.topics.iter().map(|topic| topic.text()).collect();
        format!("{verb} {}{key} {}", command.id, topics.join(","))
    }

    fn read<'a>(&self, _: &Line, payload: Payload<'a>) -> Frame<'a> {
        let Ok(Ok(said)) = payload.text().map(serde_json::from_str::<Said<'a>>) else {
            return Frame::Unknown;
        };
        let verb = |word: &str| match word {
            "sub" => Some(Verb::Subscribe),
            "unsub" => Some(Verb::Unsubscribe),
            "req" => Some(Verb::Request),
            _ => None,
        };
        let mut answer = Answer::new().id(said.id);
        answer.topic = said.topic;
        let kind = match said.kind.as_deref() {
            Some("symbol") => Kind::UnknownSymbol,
            Some("auth") => Kind::Auth,
            _ => Kind::RateLimited,
        };
        let error = Error::new(kind, Outcome::Rejected, said.msg.unwrap_or_default());
        if let Some(word) = said.ok {
            answer.verb = verb(&word);
            return Frame::Ack(answer);
        }
        if let Some(word) = said.no {
            answer.verb = verb(&word);
            return Frame::Nack(answer, error);
        }
        if let Some(routes) = said.many {
            return Frame::Data(Routes::Many(routes));
        }
        match (said.r, said.login, said.ping, said.pong, said.event) {
            (Some(route), ..) => Frame::data(route),
            (_, Some(true), ..) => Frame::LoggedIn,
            (_, Some(false), ..) => Frame::LoginRefused(error),
            (.., Some(text), _, _) => Frame::Ping(Some(text)),
            (.., Some(_), _) => Frame::Pong,
            (.., Some(name)) => Frame::Event(name),
            _ => Frame::Unknown,
        }
    }

    /// The route where a push begins with it; `g` is a hint that may be wrong.
    fn glance<'a>(&self, _: &Line, payload: Payload<'a>) -> Option<Cow<'a, str>> {
        let text = payload.text().ok()?;
        let rest = text.strip_prefix(r#"{"r":""#).or_else(|| text.strip_prefix(r#"{"g":""#))?;
        Some(Cow::Borrowed(rest.split('"').next()?))
    }

    /// Compressed is what begins with a `z`: each byte is one more than it was.
    fn inflate(&self, _: &Line, bytes: &[u8]) -> Option<Result<String, Error>> {
        let rest = bytes.strip_prefix(b"z")?;
        let plain = String::from_utf8(rest.iter().map(|byte| byte.wrapping_sub(1)).collect());
        Some(plain.map_err(|_| Error::new(Kind::Decode, Outcome::Unknown, "not compressed text")))
    }

    fn keys(&self, _: &Line) -> Option<KeyCalls> {
        self.keys
    }
}

/// A listen key that would be noticed anywhere.
pub(in crate::ws) fn listen_key(number: u32) -> Secret {
    Secret::new(format!("LISTENKEY{number:04}"))
}
