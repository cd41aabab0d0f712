//! What a single frame is, by the code of the live path, for tools.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::channel::DecodedPush;
use super::frame::{Answer, Frame, Payload};
use super::line::Line;
use super::venue::Streams;
use crate::error::{Error, Kind, Outcome};

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FrameKind {
    /// A push.
    Data,
    /// A request or a login was taken.
    Ack,
    /// A request or a login was refused.
    Nack,
    /// The venue asks for a sign of life.
    Ping,
    /// The answer to a ping.
    Pong,
    /// Something else that the venue says.
    Event,
    /// Nothing that is known.
    Unknown,
}

/// A frame, told apart and decoded.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Inspected {
    /// What it is.
    pub kind: FrameKind,
    /// The channel of a push by the venue's name, the topic of an answer, the name of an event.
    pub channel: Option<String>,
    /// The typed value of a push, written as JSON again.
    #[serde(serialize_with = "raw")]
    pub value: Option<String>,
    /// Keys that no type maps.
    pub unmapped: Vec<String>,
    /// Why it was refused, or couldn't be read.
    pub error: Option<Error>,
}

fn raw<S: Serializer>(value: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    let value: Option<&RawValue> =
        value.as_deref().map(serde_json::from_str).transpose().map_err(serde::ser::Error::custom)?;
    value.serialize(serializer)
}

impl Inspected {
    fn new(kind: FrameKind) -> Self {
        Self { kind, channel: None, value: None, unmapped: Vec::new(), error: None }
    }

    fn about(mut self, channel: Option<impl Into<String>>) -> Self {
        self.channel = channel.map(Into::into);
        self
    }

    fn refused(mut self, error: Error) -> Self {
        self.error = Some(error);
        self
    }

    /// Nothing that is known, for this reason.
    #[must_use]
    pub fn unknown(words: impl Into<String>) -> Self {
        Self::new(FrameKind::Unknown).refused(Error::new(Kind::Decode, Outcome::Unknown, words))
    }
}

/// Tells a frame apart and decodes it as a connection of this line would.
#[must_use]
pub fn inspect(streams: &dyn Streams, line: &Line, payload: Payload<'_>) -> Inspected {
    let text;
    let payload = match payload {
        Payload::Binary(bytes) => match streams.inflate(line, bytes) {
            None => payload,
            Some(Ok(opened)) => {
                text = opened;
                Payload::Text(&text)
            }
            Some(Err(error)) => return Inspected::new(FrameKind::Unknown).refused(error),
        },
        Payload::Text(_) => payload,
    };
    let topic = |answer: Answer<'_>| answer.topic.map(std::borrow::Cow::into_owned);
    match streams.read(line, payload) {
        Frame::Data(routes) => {
            let routes: Vec<&str> = routes.iter().collect();
            push(streams, line, &routes, payload)
        }
        Frame::Ack(answer) => Inspected::new(FrameKind::Ack).about(topic(answer)),
        Frame::Nack(answer, error) => Inspected::new(FrameKind::Nack).about(topic(answer)).refused(error),
        Frame::LoggedIn => Inspected::new(FrameKind::Ack),
        Frame::LoginRefused(error) => Inspected::new(FrameKind::Nack).refused(error),
        Frame::Ping(_) => Inspected::new(FrameKind::Ping),
        Frame::Pong => Inspected::new(FrameKind::Pong),
        Frame::Event(name) => Inspected::new(FrameKind::Event).about(Some(name)),
        Frame::Unknown => Inspected::unknown("a frame of no known kind"),
    }
}

/// Decodes a push for each channel that it is for; several values make an object by channel.
fn push(streams: &dyn Streams, line: &Line, routes: &[&str], payload: Payload<'_>) -> Inspected {
    let mut done = Inspected::new(FrameKind::Data);
    let mut values: Vec<(&'static str, Option<String>)> = Vec::new();
    for route in routes {
        let Some(channel) = streams.channel_of(line, route) else {
            return Inspected::unknown(format!("a push of no known channel: {route}"));
        };
        if values.iter().any(|(name, _)| *name == channel.spec.name) {
            continue;
        }
        let DecodedPush { value, unmapped, error, .. } = channel.decode(payload);
        values.push((channel.spec.name, value));
        // Each says what it left of its own part.
        done.unmapped.extend(unmapped);
        done.error = done.error.or(error);
    }
    done.channel = Some(values.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(","));
    done.value = match values.as_slice() {
        [(_, value)] => value.clone(),
        several => {
            let pairs =
                several.iter().filter_map(|(name, value)| Some(format!("\"{name}\":{}", value.as_ref()?)));
            Some(format!("{{{}}}", pairs.collect::<Vec<_>>().join(",")))
        }
    };
    done
}
