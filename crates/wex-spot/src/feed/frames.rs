//! Frames: written, and told apart.

use std::borrow::Cow;

use venue_core::serde::{Deserialize, Serialize};
use venue_core::serde_json::{self, value::RawValue};
use venue_core::wire::{Skipped, absent};
use venue_core::ws::{Answer, Command, Frame, Payload, Verb};
use venue_core::{Error, Secret};

use crate::codes::{CODES, FEED_CODES};

/// A push with its data.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
pub(super) struct Push<T> {
    #[serde(rename = "topic", default)]
    _topic: Skipped,
    #[serde(rename = "event")]
    _event: Skipped,
    pub(super) data: T,
}

/// A request, its members in the documented order.
#[derive(Serialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase")]
struct Request<'a> {
    method: &'static str,
    params: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listen_key: Option<&'a str>,
    id: String,
}

/// There is no request for a single push; who asks for one subscribes once more, which changes nothing.
pub(super) fn command(command: &Command<'_>) -> String {
    let request = Request {
        method: match command.verb {
            Verb::Subscribe | Verb::Request => "subscribe",
            Verb::Unsubscribe => "unsubscribe",
        },
        params: command.topics.iter().map(|topic| topic.text()).collect(),
        listen_key: command.key.map(Secret::expose),
        id: command.id.to_string(),
    };
    // Texts and a list of texts: there is nothing in it that can't be written.
    serde_json::to_string(&request).unwrap_or_default()
}

/// Pushes begin with their topic and event, without spaces.
pub(super) fn glance(payload: Payload<'_>) -> Option<&str> {
    let text = payload.text().ok()?;
    let (topic, rest) = text.strip_prefix(r#"{"topic":""#)?.split_once('"')?;
    let (event, rest) = rest.strip_prefix(r#","event":""#)?.split_once('"')?;
    let is_plain = !topic.contains('\\') && !event.contains('\\');
    (is_plain && rest.starts_with(r#","data":"#)).then_some(event)
}

/// What any frame may have.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct Head<'a> {
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
    #[serde(default, deserialize_with = "absent")]
    rc: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    mc: Option<String>,
}

pub(super) fn read(payload: Payload<'_>) -> Frame<'_> {
    let Ok(text) = payload.text() else { return Frame::Unknown };
    match text.trim() {
        // Bare, by the prose; in quotes, as it is printed.
        "pong" | "\"pong\"" => return Frame::Pong,
        "ping" | "\"ping\"" => return Frame::Ping(Some("pong".to_owned())),
        _ => {}
    }
    let Ok(head) = serde_json::from_str::<Head<'_>>(text) else { return Frame::Unknown };
    match head {
        Head { event: Some(event), data: Some(_), .. } => Frame::data(event),
        Head { code: Some(code), id, msg, method, event, .. } => {
            // One that isn't ours is no answer to anything: ours count from 1.
            let mut answer = Answer::new().id(id.map(|id| id.trim().parse().unwrap_or(0)));
            match method.as_deref() {
                Some("subscribe") => answer = answer.to(Verb::Subscribe),
                Some("unsubscribe") => answer = answer.to(Verb::Unsubscribe),
                _ => {}
            }
            if let Some(event) = event {
                answer = answer.topic(event);
            }
            if code == "0" { Frame::Ack(answer) } else { Frame::Nack(answer, refusal(&code, msg)) }
        }
        // What the documentation shows as the answer to connecting: REST's envelope, which answers no request.
        Head { rc: Some(rc), mc, .. } if rc == "0" => {
            Frame::Event(mc.map_or(Cow::Borrowed("connected"), Cow::Owned))
        }
        Head { rc: Some(rc), mc, .. } => {
            Frame::Nack(Answer::new(), CODES.error(mc.as_deref().unwrap_or(&rc), ""))
        }
        // A push without its data: whoever waits for it must learn that it can't be read.
        Head { event: Some(event), .. } => Frame::data(event),
        _ => Frame::Unknown,
    }
}

fn refusal(code: &str, msg: Option<String>) -> Error {
    FEED_CODES.error(code, &msg.unwrap_or_default())
}
