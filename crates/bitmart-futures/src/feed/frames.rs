//! Frames: written, and told apart.

use std::borrow::Cow;

use venue_core::serde::Deserialize;
use venue_core::serde::de::DeserializeOwned;
use venue_core::serde_json::{self, json, value::RawValue};
use venue_core::wire::Skipped;
use venue_core::ws::{Answer, Command, Frame, Payload, Verb};
use venue_core::{Error, Kind, Outcome, Rows};

/// A push with one object.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde", bound = "T: DeserializeOwned")]
pub(super) struct PushOne<T> {
    #[serde(rename = "group")]
    _group: Skipped,
    #[serde(deserialize_with = "venue_core::wire::object")]
    pub(super) data: T,
}

/// A push with a list.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
#[serde(bound = "T: DeserializeOwned")]
pub(super) struct PushRows<T> {
    #[serde(rename = "group")]
    _group: Skipped,
    pub(super) data: Rows<T>,
}

pub(super) fn command(command: &Command<'_>) -> String {
    let action = match command.verb {
        Verb::Subscribe => "subscribe",
        Verb::Unsubscribe => "unsubscribe",
        Verb::Request => "request",
    };
    let args: Vec<&str> = command.topics.iter().map(|topic| topic.text()).collect();
    json!({ "action": action, "args": args }).to_string()
}

/// Pushes begin or end with their group.
pub(super) fn glance(payload: Payload<'_>) -> Option<&str> {
    let text = payload.text().ok()?;
    if let Some(rest) = text.strip_prefix(r#"{"group":""#) {
        return rest.split_once('"').map(|(group, _)| group);
    }
    if !text.starts_with(r#"{"data":"#) {
        return None;
    }
    // A character is looked for, and not the key, for which a searcher would be made each time.
    let (rest, group) = text.trim_end().strip_suffix(r#""}"#)?.rsplit_once('"')?;
    rest.ends_with(r#","group":"#).then_some(group)
}

/// What any frame may have.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct Head<'a> {
    #[serde(borrow, default)]
    action: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    group: Option<Cow<'a, str>>,
    #[serde(default)]
    success: Option<bool>,
    #[serde(borrow, default)]
    error: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    request: Option<&'a RawValue>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// A request, repeated in its answer.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct Asked {
    #[serde(default)]
    args: Vec<String>,
}

pub(super) fn read(payload: Payload<'_>) -> Frame<'_> {
    let Ok(text) = payload.text() else { return Frame::Unknown };
    match text.trim() {
        "pong" => return Frame::Pong,
        "ping" => return Frame::Ping(Some("pong".to_owned())),
        _ => {}
    }
    let Ok(head) = serde_json::from_str::<Head<'_>>(text) else { return Frame::Unknown };
    match head {
        Head { group: Some(group), data: Some(data), success: None, .. } => {
            if group != "System" {
                return Frame::data(group);
            }
            // The live answer to a ping: a text with an id behind it.
            if data.get().starts_with("\"pong") { Frame::Pong } else { Frame::Event(group) }
        }
        Head { success: Some(success), action, group, error, request, .. } => {
            let action = action.unwrap_or_default();
            if matches!(action.as_ref(), "access" | "login") {
                return if success { Frame::LoggedIn } else { Frame::LoginRefused(refusal(error)) };
            }
            let mut answer = Answer::new();
            match action.as_ref() {
                "subscribe" => answer = answer.to(Verb::Subscribe),
                "unsubscribe" => answer = answer.to(Verb::Unsubscribe),
                "request" => answer = answer.to(Verb::Request),
                _ => {}
            }
            let asked = || {
                let asked: Asked = serde_json::from_str(request?.get()).ok()?;
                // Several topics are answered one by one; a list can't be told which.
                match <[String; 1]>::try_from(asked.args) {
                    Ok([only]) => Some(Cow::Owned(only)),
                    Err(_) => None,
                }
            };
            answer = match group.filter(|group| !group.is_empty()).or_else(asked) {
                Some(topic) => answer.topic(topic),
                // Some refusals name their topic in their words only, if at all.
                None => answer.vague(),
            };
            if success { Frame::Ack(answer) } else { Frame::Nack(answer, refusal(error)) }
        }
        Head { action: Some(action), .. } if action == "ping" => {
            Frame::Ping(Some(r#"{"action":"pong"}"#.to_owned()))
        }
        Head { action: Some(action), .. } if action == "pong" => Frame::Pong,
        Head { group: Some(group), .. } => Frame::Event(group),
        _ => Frame::Unknown,
    }
}

/// The venue gives no codes here, only words.
fn refusal(error: Option<Cow<'_, str>>) -> Error {
    let words = error.unwrap_or(Cow::Borrowed("refused without a word")).into_owned();
    let lower = words.to_ascii_lowercase();
    let kind = if lower.contains("temporarily") {
        Kind::Unavailable
    } else if lower.contains("authen") || lower.contains("access failed") {
        Kind::Auth
    } else if lower.contains("not exist") || lower.contains("not found") || lower.contains("invalid") {
        Kind::InvalidRequest
    } else {
        Kind::Rejected
    };
    Error::new(kind, Outcome::Rejected, words)
}
