//! Frames as they came, for recorders.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, Serializer};

use super::event::Received;
use super::frame::Payload;
use super::queue::{Overflow, Queue};
use super::sink::Stamp;
use super::{Event, Update};

/// A push as it came, copied out of the connection's buffer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawPush {
    /// Text.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
}

impl RawPush {
    pub(super) fn of(payload: Payload<'_>) -> Self {
        match payload {
            Payload::Text(text) => Self::Text(text.to_owned()),
            Payload::Binary(bytes) => Self::Binary(bytes.to_vec()),
        }
    }
}

impl Serialize for RawPush {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Binary(bytes) => serializer.serialize_bytes(bytes),
        }
    }
}

/// A frame of any connection of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RawFrame {
    /// The line's name.
    pub line: &'static str,
    /// The connection's number in the feed.
    pub connection: usize,
    /// The frame.
    pub push: RawPush,
}

/// Listeners to everything that comes in.
#[derive(Default)]
pub(super) struct Taps(Mutex<Vec<Arc<Queue<RawFrame>>>>);

impl Taps {
    pub(super) fn add(&self, overflow: Overflow) -> Arc<Queue<RawFrame>> {
        let queue = Arc::new(Queue::new(overflow));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&queue));
        queue
    }

    pub(super) fn push(&self, line: &'static str, connection: usize, payload: Payload<'_>, stamp: Stamp) {
        let mut taps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taps.is_empty() {
            return;
        }
        taps.retain(|tap| !tap.is_abandoned());
        for tap in taps.iter() {
            tap.push(Update {
                event: Event::Data(RawFrame { line, connection, push: RawPush::of(payload) }),
                received: stamp.received,
                venue_time: None,
                generation: stamp.generation,
            });
        }
    }

    pub(super) fn end(&self, received: Received) {
        for tap in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            tap.end(Update { event: Event::Closed, received, venue_time: None, generation: 0 });
        }
    }
}
