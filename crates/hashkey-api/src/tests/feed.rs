//! The WebSocket channels: every documented frame and every one that was seen is told apart, read and written.

mod books;
mod examples;
mod garbage;
mod lines;
mod talk;

use venue_core::serde_json::{self, Value};
use venue_core::ws::{ChannelInfo, DecodedPush, Frame, Line, Payload, Streams, inspect};

use crate::HashKey;
use crate::feed::CHANNELS;

pub(crate) fn line(name: &str) -> &'static Line {
    HashKey::new().lines().iter().find(|line| line.name == name).unwrap()
}

/// Told apart without help from the line it came over.
pub(crate) fn read(text: &str) -> Frame<'_> {
    HashKey::new().read(line("v1"), Payload::Text(text))
}

/// The routes of a push, or nothing.
pub(crate) fn routes(text: &str) -> Vec<String> {
    match read(text) {
        Frame::Data(routes) => routes.iter().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

pub(crate) fn channel(name: &str) -> &'static ChannelInfo {
    CHANNELS.iter().find(|channel| channel.name == name).unwrap()
}

/// Decodes a push by a channel, to the last key.
pub(crate) fn decode(name: &str, text: &str) -> Value {
    let DecodedPush { value, unmapped, bad_rows, error, .. } = channel(name).decode(Payload::Text(text));
    assert!(error.is_none(), "{name}: {error:?}");
    assert!(unmapped.is_empty(), "{name}: {unmapped:?}");
    assert!(bad_rows.is_empty(), "{name}: {bad_rows:?}");
    serde_json::from_str(&value.unwrap()).unwrap()
}

/// What a frame is, in one word, and its channel or topic.
pub(crate) fn told(text: &str) -> (String, Option<String>) {
    let venue = HashKey::new();
    let told = inspect(&venue, CHANNELS, line("v1"), Payload::Text(text));
    let kind = serde_json::to_value(told.kind).unwrap().as_str().unwrap().to_owned();
    (kind, told.channel)
}
