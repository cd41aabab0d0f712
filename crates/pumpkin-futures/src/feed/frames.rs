//! Frames: written, and told apart.

use std::borrow::Cow;

use venue_core::serde::Deserialize;
use venue_core::serde_json::{self, json};
use venue_core::wire::absent;
use venue_core::ws::{Answer, Command, Frame, Payload, Verb};

use super::proto::{self, Message, Told};
use crate::codes::CODES;

/// There is no request for a single push; who asks for one subscribes once more.
pub(super) fn command(command: &Command<'_>) -> String {
    let method = match command.verb {
        Verb::Subscribe | Verb::Request => "sub",
        Verb::Unsubscribe => "unsub",
    };
    let events: Vec<&str> = command.topics.iter().map(|topic| topic.text()).collect();
    json!({ "events": events, "method": method }).to_string()
}

/// By what a push of a contract is known. Pushes repeat the symbol, and not always in the letters that were
/// subscribed with.
pub(super) fn route(channel: &str, symbol: &str, interval: &str) -> String {
    let mut route = String::with_capacity(channel.len() + symbol.len() + interval.len() + 2);
    route.push_str(channel);
    route.push('@');
    route.push_str(symbol);
    route.make_ascii_lowercase();
    if !interval.is_empty() {
        route.push(',');
        // 1m and 1M are two.
        route.push_str(interval);
    }
    route
}

/// JSON pushes without spaces begin with their event and symbol.
pub(super) fn glance(payload: Payload<'_>) -> Option<String> {
    let text = match payload {
        Payload::Text(text) => text,
        Payload::Binary(bytes) => return proto::tell(bytes).map(|told| binary(&told)),
        _ => return None,
    };
    let (event, rest) = text.strip_prefix(r#"{"e":""#)?.split_once('"')?;
    let (symbol, rest) = rest.strip_prefix(r#","s":""#)?.split_once('"')?;
    if symbol.is_empty() || symbol.contains('\\') {
        return None;
    }
    match event {
        "trade" => Some(route("trade", symbol, "")),
        "depth" | "depth.update" => Some(route("depth", symbol, "")),
        "kline" => {
            let (inner, rest) = rest.strip_prefix(r#","k":{"s":""#)?.split_once('"')?;
            let (interval, _) = rest.strip_prefix(r#","i":""#)?.split_once('"')?;
            let is_plain = inner == symbol && !interval.is_empty() && !interval.contains('\\');
            is_plain.then(|| route("kline", symbol, interval))
        }
        _ => None,
    }
}

fn binary(told: &Told<'_>) -> String {
    let channel = match told.message {
        Message::Deal => "trade",
        Message::Kline => "kline",
        Message::Depth => "depth",
    };
    route(channel, told.symbol, told.interval)
}

/// Text in a binary frame: none of the binary messages begins so.
pub(super) fn as_text(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let known = matches!(text.trim(), "ping" | "pong") || text.trim_start().starts_with('{');
    known.then(|| text.to_owned())
}

/// What any frame may have.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct Head<'a> {
    #[serde(borrow, default)]
    e: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    s: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    k: Option<Candle<'a>>,
    #[serde(default, deserialize_with = "absent")]
    code: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    msg: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    message: Option<String>,
}

#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct Candle<'a> {
    #[serde(borrow, default)]
    s: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    i: Option<Cow<'a, str>>,
}

fn named<'a>(name: Option<Cow<'a, str>>) -> Option<Cow<'a, str>> {
    name.filter(|name| !name.is_empty())
}

pub(super) fn read(payload: Payload<'_>) -> Frame<'_> {
    let text = match payload {
        Payload::Text(text) => text,
        Payload::Binary(bytes) => {
            return proto::tell(bytes).map_or(Frame::Unknown, |told| Frame::data(binary(&told)));
        }
        _ => return Frame::Unknown,
    };
    match text.trim() {
        "pong" => return Frame::Pong,
        // Not documented of the venue, and harmless to answer.
        "ping" => return Frame::Ping(Some("pong".to_owned())),
        _ => {}
    }
    let Ok(head) = serde_json::from_str::<Head<'_>>(text) else { return Frame::Unknown };
    match head {
        // As the documented client does: whatever has a code is an answer. It names nothing that it answers.
        Head { code: Some(code), msg, message, .. } => {
            if code == "0" {
                return Frame::Ack(Answer::new());
            }
            let words = msg.or(message).unwrap_or_default();
            Frame::Nack(Answer::new(), CODES.error(&code, &words))
        }
        Head { e: Some(event), s, k, .. } => {
            let pushed = match event.as_ref() {
                "trade" => named(s).map(|symbol| route("trade", &symbol, "")),
                "depth" | "depth.update" => named(s).map(|symbol| route("depth", &symbol, "")),
                "kline" => k.and_then(|k| {
                    let symbol = named(s).or(named(k.s))?;
                    named(k.i).map(|interval| route("kline", &symbol, &interval))
                }),
                _ => return Frame::Event(event),
            };
            // Of nobody knows which contract.
            pushed.map_or(Frame::Unknown, Frame::data)
        }
        _ => Frame::Unknown,
    }
}
