//! What a stream yields.

use std::time::{Duration, Instant};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::error::Error;
use crate::wire::Millis;

/// When something arrived here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// By the machine's wall clock.
    pub wall: Millis,
    /// By its monotonic clock.
    pub at: Instant,
}

impl Received {
    pub(crate) const fn new(wall: Millis, at: Instant) -> Self {
        Self { wall, at }
    }
}

/// One item of a stream.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Update<T> {
    /// What happened.
    pub event: Event<T>,
    /// When it arrived here.
    pub received: Received,
    /// The venue's time of it, in ms, where it was sent.
    pub venue_time: Option<Millis>,
    /// The connection it came over: the number grows with each new one. Pushes of the old and the new
    /// connection may come side by side for a moment when one replaces the other.
    pub generation: u64,
}

impl<T> Update<T> {
    /// The data, if this is any.
    #[must_use]
    pub fn data(&self) -> Option<&T> {
        match &self.event {
            Event::Data(value) => Some(value),
            _ => None,
        }
    }

    /// The data, if this is any.
    #[must_use]
    pub fn into_data(self) -> Option<T> {
        match self.event {
            Event::Data(value) => Some(value),
            _ => None,
        }
    }
}

/// What happened on a stream. Nothing is hidden: what was missed is an item, and so is what could not be read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event<T> {
    /// The venue confirmed the subscription, or its first data did. Again after every [`Gap`](Self::Gap), and
    /// without one when a connection was replaced before its end.
    Live,
    /// A push.
    Data(T),
    /// The connection is gone, or the subscription is made anew: what the venue pushed from here to the next [`Live`](Self::Live) is missing.
    Gap(Gap),
    /// Nothing came for longer than the venue's documented rate allows; it is subscribed anew.
    Stale {
        /// For how long nothing came.
        silent: Duration,
    },
    /// This consumer was too slow, and items were thrown away by the policy it asked for.
    Lagged {
        /// How many.
        missed: u64,
    },
    /// A push that could not be read, or one that was asked for and refused. The stream goes on.
    Unreadable(Error),
    /// The venue refused the subscription or the login. Where it may help, it is tried again; otherwise
    /// [`Closed`](Self::Closed) follows.
    Rejected(Error),
    /// The last item.
    Closed,
}

impl<T> Event<T> {
    pub(crate) fn map<U>(self, map: impl FnOnce(T) -> U) -> Event<U> {
        match self {
            Self::Data(value) => Event::Data(map(value)),
            Self::Live => Event::Live,
            Self::Gap(gap) => Event::Gap(gap),
            Self::Stale { silent } => Event::Stale { silent },
            Self::Lagged { missed } => Event::Lagged { missed },
            Self::Unreadable(error) => Event::Unreadable(error),
            Self::Rejected(error) => Event::Rejected(error),
            Self::Closed => Event::Closed,
        }
    }

    /// Its name in lower case, as tools write it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Data(_) => "data",
            Self::Gap(_) => "gap",
            Self::Stale { .. } => "stale",
            Self::Lagged { .. } => "lagged",
            Self::Unreadable(_) => "unreadable",
            Self::Rejected(_) => "rejected",
            Self::Closed => "closed",
        }
    }
}

/// A hole in a stream.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Gap {
    /// Why there is one.
    pub reason: GapReason,
    /// REST requests that fill it, by name; empty where nothing does.
    pub refill: &'static [&'static str],
}

impl Gap {
    pub(crate) fn new(reason: GapReason, refill: &'static [&'static str]) -> Self {
        Self { reason, refill }
    }
}

/// Why there is a hole: mostly, why a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GapReason {
    /// The venue closed it.
    ClosedByVenue {
        /// The close code, if it gave one.
        code: Option<u16>,
        /// Its words.
        reason: String,
    },
    /// It broke.
    Broken(String),
    /// It said nothing any more, not even to a ping.
    Silent,
    /// Its listen key ended.
    KeyExpired,
    /// The subscription moved to another connection that could not take over in time.
    Replaced,
    /// It is subscribed to anew, because one of its local books needs a new beginning.
    Resubscribed,
}

impl std::fmt::Display for GapReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ClosedByVenue { code: Some(code), reason } if reason.is_empty() => {
                write!(f, "closed by the venue ({code})")
            }
            Self::ClosedByVenue { code: Some(code), reason } => {
                write!(f, "closed by the venue ({code}: {reason})")
            }
            Self::ClosedByVenue { code: None, .. } => f.write_str("closed by the venue"),
            Self::Broken(why) => write!(f, "connection broken: {why}"),
            Self::Silent => f.write_str("no sign of life"),
            Self::KeyExpired => f.write_str("the listen key ended"),
            Self::Replaced => f.write_str("replaced by another connection"),
            Self::Resubscribed => f.write_str("subscribed anew"),
        }
    }
}

impl<T: Serialize> Serialize for Update<T> {
    /// As tools write it: `event`, `generation`, `received_ms`, and what the event carries.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("event", self.event.name())?;
        map.serialize_entry("generation", &self.generation)?;
        map.serialize_entry("received_ms", &self.received.wall)?;
        if let Some(time) = self.venue_time {
            map.serialize_entry("venue_ms", &time)?;
        }
        match &self.event {
            Event::Live | Event::Closed => {}
            Event::Data(value) => map.serialize_entry("value", value)?,
            Event::Gap(gap) => {
                map.serialize_entry("reason", &gap.reason.to_string())?;
                map.serialize_entry("refill", gap.refill)?;
            }
            Event::Stale { silent } => {
                // Decades fit.
                let ms = u64::try_from(silent.as_millis()).unwrap_or(u64::MAX);
                map.serialize_entry("silent_ms", &ms)?;
            }
            Event::Lagged { missed } => map.serialize_entry("missed", missed)?,
            Event::Unreadable(error) | Event::Rejected(error) => map.serialize_entry("error", error)?,
        }
        map.end()
    }
}
