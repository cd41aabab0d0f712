//! Frames: written, and told apart.

use std::borrow::Cow;

use venue_core::serde::{Deserialize, Serialize};
use venue_core::serde_json::{self, value::RawValue};
use venue_core::wire::{Skipped, absent};
use venue_core::ws::{Answer, Command, Frame, Payload, Verb};
use venue_core::{Error, Kind, Outcome};

use crate::codes::FEED_CODES;

/// A push with its data.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
pub(super) struct Push<T> {
    #[serde(rename = "topic", default)]
    _topic: Skipped,
    #[serde(rename = "event", default)]
    _event: Skipped,
    pub(super) data: T,
}

/// A request, its members in the documented order.
#[derive(Serialize)]
#[serde(crate = "venue_core::serde")]
struct Request<'a> {
    method: &'static str,
    params: Vec<Cow<'a, str>>,
    id: String,
}

/// There is no request for a single push; who asks for one subscribes once more, which changes nothing.
pub(super) fn command(command: &Command<'_>) -> String {
    let named = |text| match command.key {
        Some(key) => Cow::Owned(format!("{text}@{}", key.expose())),
        None => Cow::Borrowed(text),
    };
    let request = Request {
        method: match command.verb {
            Verb::Subscribe | Verb::Request => "SUBSCRIBE",
            Verb::Unsubscribe => "UNSUBSCRIBE",
        },
        params: command.topics.iter().map(|topic| named(topic.text())).collect(),
        id: command.id.to_string(),
    };
    // Texts and a list of texts: there is nothing in it that can't be written.
    serde_json::to_string(&request).unwrap_or_default()
}

/// By what a push is known. A book's interval comes with it or without, and its levels are documented as others
/// than those that were asked for: so its symbol alone counts, and two of one symbol never share a connection.
pub(super) fn route_of(event: &str) -> &str {
    match event.split_once(',') {
        Some((book, _)) if book.starts_with("depth@") || book.starts_with("depth_update@") => book,
        _ => event,
    }
}

/// What may stand behind the topic instead of a key: "ListenKey expired or invalid".
fn is_invalid_key(text: &str) -> bool {
    text.to_ascii_lowercase().contains("invalid_listen")
}

/// Pushes begin with their topic and event, without spaces.
pub(super) fn glance(payload: Payload<'_>, private: bool) -> Option<&str> {
    let text = payload.text().ok()?;
    let (topic, rest) = text.strip_prefix(r#"{"topic":""#)?.split_once('"')?;
    let (event, rest) = rest.strip_prefix(r#","event":""#)?.split_once('"')?;
    let is_plain = !topic.contains('\\') && !event.contains('\\');
    if !is_plain || !rest.starts_with(r#","data":"#) || is_invalid_key(event) {
        return None;
    }
    Some(if private { topic } else { route_of(event) })
}

/// What any frame may have.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct Head<'a> {
    #[serde(borrow, default)]
    topic: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    event: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "absent")]
    id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    code: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    msg: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    method: Option<String>,
}

impl<'a> Head<'a> {
    /// By what this push would be known. An account's own are known by their topic: what follows it in the event
    /// is neither the key nor always there.
    fn route(&mut self, private: bool) -> Option<Cow<'a, str>> {
        if private {
            let event = self.event.take();
            return self.topic.take().or_else(|| {
                event.map(|event| match event.split_once('@') {
                    Some((topic, _)) => Cow::Owned(topic.to_owned()),
                    None => event,
                })
            });
        }
        Some(match self.event.take()? {
            Cow::Borrowed(event) => Cow::Borrowed(route_of(event)),
            Cow::Owned(event) => Cow::Owned(route_of(&event).to_owned()),
        })
    }
}

pub(super) fn read(payload: Payload<'_>, private: bool) -> Frame<'_> {
    let Ok(text) = payload.text() else { return Frame::Unknown };
    match text.trim() {
        "pong" => return Frame::Pong,
        "ping" => return Frame::Ping(Some("pong".to_owned())),
        bare if !bare.starts_with('{') => return told_bare(bare),
        _ => {}
    }
    let Ok(mut head) = serde_json::from_str::<Head<'_>>(text) else { return Frame::Unknown };
    if head.event.as_deref().is_some_and(is_invalid_key) {
        return Frame::Nack(Answer::new(), key_refused());
    }
    if head.data.is_some()
        && let Some(route) = head.route(private)
    {
        return Frame::data(route);
    }
    if let Some(code) = head.code.take() {
        // One that isn't ours is no answer to anything: ours count from 1.
        let id = head.id.take().map(|id| id.trim().parse().unwrap_or(0));
        let mut answer = Answer::new().id(id);
        match head.method.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("subscribe") => answer = answer.to(Verb::Subscribe),
            Some("unsubscribe") => answer = answer.to(Verb::Unsubscribe),
            _ => {}
        }
        if let Some(topic) = head.route(private) {
            answer = answer.topic(topic);
        }
        return match code.as_str() {
            "0" => Frame::Ack(answer),
            code => Frame::Nack(answer, refusal(code, head.msg.as_deref().unwrap_or_default())),
        };
    }
    // A push without its data: whoever waits for it must learn that it can't be read.
    head.route(private).map_or(Frame::Unknown, Frame::data)
}

/// How the documented "error codes" arrive that are words isn't shown: as a message, an event, or all of a frame.
fn told_bare(text: &str) -> Frame<'_> {
    let words = text.trim_matches('"');
    if is_invalid_key(words) && words.split_once('@').is_some_and(|(topic, _)| is_name(topic)) {
        return Frame::Nack(Answer::new(), key_refused());
    }
    if words.eq_ignore_ascii_case("invalid parameter") {
        return Frame::Nack(Answer::new(), refusal("Invalid Parameter", words));
    }
    Frame::Unknown
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// In words of our own: the venue's might repeat the key.
fn key_refused() -> Error {
    Error::new(Kind::Auth, Outcome::Rejected, "the listen key has expired or is invalid")
}

fn refusal(code: &str, words: &str) -> Error {
    if is_invalid_key(words) { key_refused() } else { FEED_CODES.error(code, words) }
}
