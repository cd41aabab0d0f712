//! The WebSocket channels: every documented frame and every one that was seen is told apart, read and written.

mod examples;
mod garbage;
mod talk;

use venue_core::serde_json::{self, Value};
use venue_core::ws::{ChannelInfo, DecodedPush, Frame, Line, Payload, Streams, inspect};

use crate::BitMart;
use crate::feed::CHANNELS;

pub(crate) fn line(name: &str) -> &'static Line {
    BitMart::new().lines().iter().find(|line| line.name == name).unwrap()
}

pub(crate) fn read(text: &str) -> Frame<'_> {
    BitMart::new().read(line("public"), Payload::Text(text))
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

/// What a frame is, in one word.
pub(crate) fn told(text: &str) -> String {
    let told = inspect(&BitMart::new(), CHANNELS, line("public"), Payload::Text(text));
    serde_json::to_value(told.kind).unwrap().as_str().unwrap().to_owned()
}
