//! Frames as they came, for recorders.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
pub(super) struct Taps {
    queues: Mutex<Vec<Arc<Queue<RawFrame>>>>,
    /// Whether there are any: nearly always not, and every frame asks.
    any: AtomicBool,
}

impl Taps {
    pub(super) fn add(&self, overflow: Overflow) -> Arc<Queue<RawFrame>> {
        let queue = Arc::new(Queue::new(overflow));
        let mut taps = self.lock();
        taps.push(Arc::clone(&queue));
        self.any.store(true, Ordering::Release);
        queue
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Queue<RawFrame>>>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, line: &'static str, connection: usize, payload: Payload<'_>, stamp: Stamp) {
        if !self.any.load(Ordering::Acquire) {
            return;
        }
        let mut taps = self.lock();
        taps.retain(|tap| !tap.is_abandoned());
        self.any.store(!taps.is_empty(), Ordering::Release);
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
        for tap in self.lock().drain(..) {
            tap.end(Update { event: Event::Closed, received, venue_time: None, generation: 0 });
        }
    }
}
