//! Frames: written, and told apart. Neither the line nor the version is needed for that: their shapes differ.

use std::borrow::Cow;

use venue_core::serde::{Deserialize, Serialize};
use venue_core::serde_json::{self, value::RawValue};
use venue_core::wire::Token;
use venue_core::ws::{Answer, Command, Frame, Payload, Routes, Topic, Unreadable, Verb};
use venue_core::{Error, Kind, Outcome, Symbol};

use super::own::{ACCOUNT, ORDER, TICKET};
use super::{V1, V2};
use crate::codes::CODES;
use crate::{KlineInterval, Site};

/// What a subscription says of itself. The text of a topic is its whole frame, which begins alike to
/// unsubscribe.
const SUBSCRIBE: &str = r#""event":"sub""#;
const UNSUBSCRIBE: &str = r#""event":"cancel""#;

/// A subscription of the first version.
#[derive(Serialize)]
#[serde(crate = "venue_core::serde")]
struct AskV1<'a> {
    symbol: &'a str,
    topic: &'a str,
    event: &'static str,
    params: ParamsV1,
}

#[derive(Serialize)]
#[serde(crate = "venue_core::serde")]
struct ParamsV1 {
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    binary: bool,
}

/// A subscription of the second version.
#[derive(Serialize)]
#[serde(crate = "venue_core::serde")]
struct AskV2<'a> {
    topic: &'a str,
    event: &'static str,
    params: ParamsV2<'a>,
}

#[derive(Serialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase")]
struct ParamsV2<'a> {
    symbol: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kline_type: Option<&'a KlineInterval>,
}

/// A topic of the first version; `topic` with the length of a candle behind it.
pub(super) fn topic_v1(symbol: &Symbol, topic: &str, limit: Option<u32>, binary: bool) -> Topic {
    // Text, as in the one sample that has it.
    let params = ParamsV1 { limit: limit.map(|limit| limit.to_string()), binary };
    let ask = AskV1 { symbol: symbol.as_str(), topic, event: "sub", params };
    // Texts, numbers and truth values always become JSON.
    let text = serde_json::to_string(&ask).unwrap_or_default();
    Topic::new(text).routed(route(V1, topic, symbol.as_str()))
}

/// A topic of the second version.
pub(super) fn topic_v2(symbol: &Symbol, topic: &str, interval: Option<&KlineInterval>) -> Topic {
    let params = ParamsV2 { symbol: symbol.as_str(), kline_type: interval };
    let text = serde_json::to_string(&AskV2 { topic, event: "sub", params }).unwrap_or_default();
    let name = interval.map_or(Cow::Borrowed(topic), |interval| format!("{topic}_{interval}").into());
    Topic::new(text).routed(route(V2, &name, symbol.as_str()))
}

fn route(version: &str, topic: &str, symbol: &str) -> String {
    format!("{version}/{topic}:{symbol}")
}

/// Writes a frame. One holds one topic: the lines say so. Nothing asks for a single push: subscribing again
/// does, in the first version.
pub(super) fn command(command: &Command<'_>, site: Option<&Site>) -> String {
    let Some(topic) = command.topics.first() else { return String::new() };
    let mut text = match command.verb {
        Verb::Subscribe | Verb::Request => topic.text().to_owned(),
        // Quotes within values are escaped: the first that matches is the event.
        Verb::Unsubscribe => topic.text().replacen(SUBSCRIBE, UNSUBSCRIBE, 1),
    };
    if let (Some(site), true) = (site, text.ends_with('}')) {
        text.pop();
        text.push_str(r#","site":"#);
        text.push_str(&serde_json::to_string(site).unwrap_or_default());
        text.push('}');
    }
    text
}

/// The text between these words and the next quote.
fn quoted<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(words)?;
    rest.split_once('"').map(|(value, _)| value).filter(|value| !value.contains('\\'))
}

/// Guesses the route of a public push as both versions print them.
pub(super) fn glance(payload: Payload<'_>) -> Option<String> {
    let text = payload.text().ok()?;
    let (version, head, symbol) = if text.starts_with(r#"{"symbol":""#) {
        let (head, _) = text.split_once(r#","data":["#)?;
        (V1, head, quoted(head, r#"{"symbol":""#)?)
    } else if text.starts_with(r#"{"topic":""#) {
        let (head, _) = text.split_once(r#","data":{"#)?;
        (V2, head, quoted(head, r#""symbol":""#)?)
    } else {
        return None;
    };
    // What answers a request has these, what is pushed doesn't.
    if head.contains(r#""code":"#) || head.contains(r#""event":"#) {
        return None;
    }
    match quoted(head, r#""topic":""#)? {
        "kline" => {
            let interval = quoted(head, r#""klineType":""#)?;
            Some(route(version, &format!("kline_{interval}"), symbol))
        }
        topic => Some(route(version, topic, symbol)),
    }
}

/// What any frame may have.
#[derive(Default, Deserialize)]
#[serde(crate = "venue_core::serde", default)]
struct Head<'a> {
    #[serde(borrow)]
    symbol: Option<&'a RawValue>,
    #[serde(borrow)]
    topic: Option<&'a RawValue>,
    #[serde(borrow)]
    event: Option<&'a RawValue>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    code: Option<&'a RawValue>,
    #[serde(borrow)]
    desc: Option<&'a RawValue>,
    #[serde(borrow)]
    msg: Option<&'a RawValue>,
    #[serde(borrow)]
    ping: Option<&'a RawValue>,
    #[serde(borrow)]
    pong: Option<&'a RawValue>,
    #[serde(borrow)]
    e: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(crate = "venue_core::serde", default, rename_all = "camelCase")]
struct Params<'a> {
    #[serde(borrow)]
    symbol: Option<&'a RawValue>,
    #[serde(borrow)]
    kline_type: Option<&'a RawValue>,
}

/// A text, or the digits of a number.
fn scalar(raw: Option<&RawValue>) -> Option<Cow<'_, str>> {
    match Token::from_json(raw?.get()).ok()? {
        Token::Text(text) | Token::Number(text) => Some(text).filter(|text| !text.is_empty()),
        _ => None,
    }
}

pub(super) fn read(payload: Payload<'_>) -> Frame<'_> {
    let Ok(text) = payload.text() else { return Frame::Unknown };
    if text.trim_start().starts_with('[') {
        return private(text);
    }
    let Ok(head) = serde_json::from_str::<Head<'_>>(text) else { return Frame::Unknown };
    if head.e.is_some() {
        return private(text);
    }
    if let Some(ping) = head.ping {
        // The same number, without the connection's.
        let answer = scalar(Some(ping)).map(|_| format!(r#"{{"pong":{}}}"#, ping.get()));
        return answer.map_or(Frame::Unknown, |answer| Frame::Ping(Some(answer)));
    }
    if head.pong.is_some() {
        return Frame::Pong;
    }
    let code = scalar(head.code);
    let is_success = matches!(code.as_deref(), Some("0" | "0000" | "200"));
    if head.data.is_some() && head.event.is_none() && (head.code.is_none() || is_success) {
        return head.route().map_or(Frame::Unknown, Frame::data);
    }
    if head.code.is_none() && head.desc.is_none() && head.msg.is_none() {
        return Frame::Unknown;
    }
    let answer = head.answer();
    if is_success { Frame::Ack(answer) } else { Frame::Nack(answer, head.refusal(code)) }
}

impl<'a> Head<'a> {
    /// By what a push or the answer to a request is known. The pair is at the top in the first version, among
    /// the parameters in the second.
    fn route(&self) -> Option<String> {
        let topic = scalar(self.topic)?;
        let params: Params<'_> = match self.params {
            Some(raw) => serde_json::from_str(raw.get()).ok()?,
            None => Params::default(),
        };
        let (version, symbol) = match scalar(self.symbol) {
            Some(symbol) => (V1, symbol),
            None => (V2, scalar(params.symbol)?),
        };
        if topic != "kline" {
            return Some(route(version, &topic, &symbol));
        }
        let interval = scalar(params.kline_type)?;
        Some(route(version, &format!("kline_{interval}"), &symbol))
    }

    /// Whose answer it is. The first version's refusals name the topic at most, and not the pair.
    fn answer(&self) -> Answer<'a> {
        let answer = match scalar(self.event).as_deref() {
            Some("sub") => Answer::new().to(Verb::Subscribe),
            Some("cancel" | "cancel_all") => Answer::new().to(Verb::Unsubscribe),
            _ => Answer::new(),
        };
        match self.route() {
            Some(route) => answer.topic(route),
            None => match scalar(self.topic) {
                Some(topic) => answer.topic(topic).vague(),
                None => answer.vague(),
            },
        }
    }

    fn refusal(&self, code: Option<Cow<'_, str>>) -> Error {
        let words = scalar(self.desc).or_else(|| scalar(self.msg)).unwrap_or_default();
        match code {
            Some(code) => CODES.error(&code, &words),
            None => Error::new(Kind::Rejected, Outcome::Rejected, words),
        }
    }
}

/// The events of a private frame, as they came. The documentation has a list; one alone is taken, too.
pub(super) fn events(text: &str) -> Result<Vec<&str>, Unreadable> {
    if !text.trim_start().starts_with('[') {
        return Ok(vec![text]);
    }
    let events: Vec<&RawValue> = serde_json::from_str(text)?;
    Ok(events.into_iter().map(RawValue::get).collect())
}

/// The route of an event; `None` of one without a kind.
pub(super) fn route_of_event(event: &str) -> Option<Cow<'_, str>> {
    #[derive(Deserialize)]
    #[serde(crate = "venue_core::serde")]
    struct Kind<'a> {
        #[serde(borrow)]
        e: &'a RawValue,
    }
    let kind: Kind<'_> = serde_json::from_str(event).ok()?;
    Some(match scalar(Some(kind.e))? {
        kind if matches!(kind.as_ref(), "outboundCustodyAccountInfo" | "outboundFiatAccountInfo") => {
            ACCOUNT.into()
        }
        kind => kind,
    })
}

fn private(text: &str) -> Frame<'_> {
    let Ok(events) = events(text) else { return Frame::Unknown };
    let mut known: Vec<Cow<'_, str>> = Vec::new();
    let mut other = None;
    for event in events {
        let Some(route) = route_of_event(event) else { continue };
        if ![ACCOUNT, ORDER, TICKET].contains(&route.as_ref()) {
            other = other.or(Some(route));
        } else if !known.contains(&route) {
            known.push(route);
        }
    }
    match (known.len(), other) {
        (0, Some(other)) => Frame::Event(other),
        (0, None) => Frame::Unknown,
        (1, _) => known.pop().map_or(Frame::Unknown, Frame::data),
        _ => Frame::Data(Routes::Many(known)),
    }
}
