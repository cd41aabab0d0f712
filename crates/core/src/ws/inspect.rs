//! What a single frame is, by the code of the live path, for tools.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::channel::{ChannelInfo, Channels, DecodedPush};
use super::frame::{Answer, Frame, Payload};
use super::line::Line;
use super::venue::NO_STREAMS;
use crate::error::{Error, Kind, Outcome};
use crate::venue::Venue;
use crate::wire::BadRow;

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
    /// The typed value of a push, written as JSON again; rows that can't be read stand in it as they came.
    #[serde(serialize_with = "raw")]
    pub value: Option<String>,
    /// Keys that no type maps.
    pub unmapped: Vec<String>,
    /// Why it was refused, or couldn't be read, or which of its rows couldn't; with the venue, and the channel or,
    /// where none is known, the connection.
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

    /// Nothing that is known on this connection of a venue, for this reason.
    #[must_use]
    pub fn unknown(venue: &dyn Venue, line: &Line, words: impl Into<String>) -> Self {
        let error = Error::new(Kind::Decode, Outcome::Unknown, words);
        Self::new(FrameKind::Unknown).refused(error.at(venue.id(), line.name))
    }
}

/// Tells a frame apart and decodes it as a connection of this line would, by the channels of the venue's crate.
#[must_use]
pub fn inspect(venue: &dyn Venue, channels: Channels, line: &Line, payload: Payload<'_>) -> Inspected {
    let streams = venue.streams().unwrap_or(&NO_STREAMS);
    let text;
    let payload = match payload {
        Payload::Binary(bytes) => match streams.inflate(line, bytes) {
            None => payload,
            Some(Ok(opened)) => {
                text = opened;
                Payload::Text(&text)
            }
            Some(Err(error)) => {
                return Inspected::new(FrameKind::Unknown).refused(error.at(venue.id(), line.name));
            }
        },
        Payload::Text(_) => payload,
    };
    let topic = |answer: Answer<'_>| answer.topic.map(std::borrow::Cow::into_owned);
    match streams.read(line, payload) {
        Frame::Data(routes) => {
            let routes: Vec<&str> = routes.iter().collect();
            push(venue, channels, line, &routes, payload)
        }
        Frame::Ack(answer) => Inspected::new(FrameKind::Ack).about(topic(answer)),
        Frame::Nack(answer, error) => {
            let topic = topic(answer);
            let channel = topic.as_deref().and_then(|topic| asked(channels, line, topic));
            let place = channel.map_or(line.name, |channel| channel.spec.name);
            Inspected::new(FrameKind::Nack).about(topic).refused(error.at(venue.id(), place))
        }
        Frame::LoggedIn => Inspected::new(FrameKind::Ack),
        Frame::LoginRefused(error) => {
            Inspected::new(FrameKind::Nack).refused(error.at(venue.id(), line.name))
        }
        Frame::Ping(_) => Inspected::new(FrameKind::Ping),
        Frame::Pong => Inspected::new(FrameKind::Pong),
        Frame::Event(name) => Inspected::new(FrameKind::Event).about(Some(name)),
        Frame::Unknown => Inspected::unknown(venue, line, "a frame of no known kind"),
    }
}

/// The channel that a refusal names: by the route of its pushes, or by its name alone.
fn asked(channels: Channels, line: &Line, topic: &str) -> Option<&'static ChannelInfo> {
    let by_name = || {
        let mut named = channels.into_iter().filter(|channel| channel.spec.name == topic);
        named.clone().find(|channel| channel.spec.line == line.name).or_else(|| named.next())
    };
    channels.of_route(line, topic).or_else(by_name)
}

/// Decodes a push for each channel that it is for; several values make an object by channel.
fn push(
    venue: &dyn Venue,
    channels: Channels,
    line: &Line,
    routes: &[&str],
    payload: Payload<'_>,
) -> Inspected {
    let mut done = Inspected::new(FrameKind::Data);
    let mut values: Vec<(&'static str, Option<String>)> = Vec::new();
    for route in routes {
        let Some(channel) = channels.of_route(line, route) else {
            return Inspected::unknown(venue, line, format!("a push of no known channel: {route}"));
        };
        let name = channel.spec.name;
        if values.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let DecodedPush { value, unmapped, bad_rows, error, .. } = channel.decode(payload);
        values.push((name, value));
        // Each says what it left of its own part.
        done.unmapped.extend(unmapped);
        let error = error.or_else(|| unread(&bad_rows));
        done.error = done.error.or_else(|| error.map(|error| error.at(venue.id(), name)));
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

/// What is wrong with a push of which only some rows read.
fn unread(bad: &[BadRow]) -> Option<Error> {
    let first = bad.first()?;
    let others = match bad.len() {
        1 => String::new(),
        several => format!("; {} more can't either", several - 1),
    };
    let words = format!("row {} can't be read: {}{others}", first.index, first.error);
    Some(Error::new(Kind::Decode, Outcome::Unknown, words))
}
