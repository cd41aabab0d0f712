//! Frames: written, and told apart.

use std::borrow::Cow;

use venue_core::serde::de::DeserializeOwned;
use venue_core::serde::{Deserialize, Deserializer, Serialize};
use venue_core::serde_json::{self, json, value::RawValue};
use venue_core::wire::Token;
use venue_core::ws::{Answer, Command, Frame, Payload, Unreadable, Verb};
use venue_core::{Error, Kind, Millis, Outcome, model};

use crate::codes;

/// A push as it comes: its topic, when it was sent, what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde")]
#[non_exhaustive]
pub struct Push<T> {
    /// The topic, such as `btc_usdt.trade`; trades and candles tell their contract nowhere else.
    #[serde(rename = "type")]
    pub topic: String,
    /// When it was pushed, in ms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ts: Option<Millis>,
    /// What it says.
    pub data: T,
}

impl<T> Push<T> {
    /// The contract that the topic names; none in private channels.
    #[must_use]
    pub fn symbol(&self) -> Option<&str> {
        self.topic.split_once('.').map(|(symbol, _)| symbol).filter(|symbol| *symbol != "user")
    }
}

pub(super) fn push<T: DeserializeOwned>(payload: Payload<'_>) -> Result<Option<Push<T>>, Unreadable> {
    payload.json().map(Some)
}

/// One topic a frame.
pub(super) fn command(command: &Command<'_>) -> String {
    let event = match command.verb {
        Verb::Unsubscribe => "unsub",
        // There is no asking for a single push; what is subscribed anew is at least confirmed.
        Verb::Subscribe | Verb::Request => "sub",
    };
    let topic = command.topics.first().map_or("", |topic| topic.text());
    json!({ "event": event, "topic": topic }).to_string()
}

/// Pushes begin with their topic, and go on with a time and something that isn't a text.
pub(super) fn glance(payload: Payload<'_>) -> Option<&str> {
    let rest = payload.text().ok()?.strip_prefix(r#"{"type":""#)?;
    let (topic, rest) = rest.split_once(r#"",""#)?;
    if !is_topic(topic) || topic.contains(['"', '\\']) {
        return None;
    }
    let data = match rest.strip_prefix(r#"ts":"#) {
        Some(rest) => rest.trim_start_matches(|char: char| char.is_ascii_digit()).strip_prefix(r#",""#)?,
        None => rest,
    };
    data.strip_prefix(r#"data":"#)?.starts_with(['[', '{']).then_some(topic)
}

/// Topics have a dot; names of events have none.
fn is_topic(name: &str) -> bool {
    name.contains('.')
}

/// What any frame may have. A refusal may come as the REST answers have it, with a code.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct Head<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present")]
    data: Option<&'a RawValue>,
    #[serde(borrow, default)]
    code: Option<&'a RawValue>,
    #[serde(borrow, default, alias = "message")]
    msg: Option<Cow<'a, str>>,
}

/// A value that is there, `null` too.
fn present<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

model! {
    /// What stands in an answer to a request.
    #[derive(Default)]
    struct Told {
        topic?: String,
        status?: String,
        code?: String,
        #[serde(alias = "message")]
        msg?: String,
    }
}

pub(super) fn read(payload: Payload<'_>) -> Frame<'_> {
    let Ok(text) = payload.text() else { return Frame::Unknown };
    // No heartbeat is documented: words that can only be one are told apart, and not answered.
    match text.trim() {
        "ping" => return Frame::Ping(None),
        "pong" => return Frame::Pong,
        _ => {}
    }
    let Ok(head) = serde_json::from_str::<Head<'_>>(text) else { return Frame::Unknown };
    let Head { kind, data, code, msg } = head;
    let words = msg.unwrap_or_default();
    let Some(kind) = kind.filter(|kind| !kind.is_empty()) else {
        // Without a type only a refusal makes sense.
        let code = code.and_then(|code| Token::from_json(code.get()).ok());
        return match code.as_ref().and_then(Token::text) {
            Some(code) if code != "0" => Frame::Nack(Answer::new(), codes::told(code, &words)),
            _ => Frame::Unknown,
        };
    };
    match (kind.as_ref(), data.map(RawValue::get)) {
        ("auth", Some(data)) => match Told::of(data).refusal() {
            None => Frame::LoggedIn,
            // Whatever the words, what was refused are the credentials.
            Some(error) if error.kind() == Kind::Unrecognized => {
                Frame::LoginRefused(Error::new(Kind::Auth, Outcome::Rejected, error.message()))
            }
            Some(error) => Frame::LoginRefused(error),
        },
        ("sub", Some(data)) => answer(Verb::Subscribe, data),
        ("unsub", Some(data)) => answer(Verb::Unsubscribe, data),
        ("hello", _) => Frame::Event(kind),
        ("ping", _) => Frame::Ping(None),
        ("pong", _) => Frame::Pong,
        ("error", data) => {
            let told = data.map(Told::of);
            let error = told.as_ref().and_then(Told::refusal).unwrap_or_else(|| codes::told("", &words));
            Frame::Nack(told.unwrap_or_default().answer(Answer::new()), error)
        }
        (topic, Some(data)) if is_topic(topic) => {
            // An error is a plain text where data belongs.
            match serde_json::from_str::<String>(data) {
                Ok(words) => {
                    Frame::Nack(Answer::new().to(Verb::Subscribe).topic(kind), codes::told("", &words))
                }
                Err(_) => Frame::data(kind),
            }
        }
        ("auth" | "sub" | "unsub", None) => Frame::Unknown,
        (topic, None) if is_topic(topic) => Frame::Unknown,
        _ => Frame::Event(kind),
    }
}

fn answer(verb: Verb, data: &str) -> Frame<'static> {
    let told = Told::of(data);
    let refusal = told.refusal();
    let answer = told.answer(Answer::new().to(verb));
    match refusal {
        None => Frame::Ack(answer),
        Some(error) => Frame::Nack(answer, error),
    }
}

impl Told {
    /// Reads an object, or a text alone.
    fn of(data: &str) -> Self {
        if let Ok(words) = serde_json::from_str::<String>(data) {
            return Self { status: Some(words), ..Self::default() };
        }
        serde_json::from_str(data).unwrap_or_default()
    }

    /// Anything that doesn't say "ok" is no success.
    fn refusal(&self) -> Option<Error> {
        let Self { status, code, msg, .. } = self;
        let status = status.as_deref().unwrap_or_default();
        let code = code.as_deref().filter(|code| *code != "0").unwrap_or_default();
        if code.is_empty() && ["ok", "success"].iter().any(|word| status.eq_ignore_ascii_case(word)) {
            return None;
        }
        Some(codes::told(code, msg.as_deref().unwrap_or(status)))
    }

    fn answer(self, answer: Answer<'static>) -> Answer<'static> {
        match self.topic {
            Some(topic) => answer.topic(topic),
            None => answer,
        }
    }
}
