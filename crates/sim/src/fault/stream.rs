//! What can go wrong with a stream, and where a script looks for it.

use super::Fault;

/// One of a venue's streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Line {
    /// Market data, for everyone.
    Public,
    /// An account's own orders, money and positions.
    Private,
}

/// What a push turns into when it is garbled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Garble {
    /// A text frame that isn't JSON.
    Text,
    /// A text frame with the first half of the push.
    Truncated,
    /// A binary frame of arbitrary bytes.
    Binary,
}

/// What a stream does when a fault may strike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// A client asks for the connection.
    Upgrade,
    /// A client asks for a topic.
    Subscribe,
    /// A topic has been granted.
    Granted,
    /// A subscription is about to be confirmed.
    Ack,
    /// A push is about to be sent.
    Push,
    /// Any frame is about to be sent, a push too.
    Frame,
}

/// The topics that a script is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Topics {
    /// Those that contain this.
    With(String),
    /// This one.
    Only(String),
}

impl Topics {
    pub(super) fn contain(&self, topic: &str) -> bool {
        match self {
            Self::With(part) => topic.contains(part),
            Self::Only(whole) => topic == whole,
        }
    }
}

impl Fault {
    /// Where it strikes, when it is a stream's.
    pub(super) const fn stage(&self) -> Option<Stage> {
        Some(match self {
            Self::RefuseUpgrade(_) => Stage::Upgrade,
            Self::RejectSubscribe => Stage::Subscribe,
            Self::AckSilent => Stage::Granted,
            Self::NoAck => Stage::Ack,
            Self::Gap | Self::Duplicate | Self::Reorder | Self::Slow(_) | Self::Garble(_) => Stage::Push,
            Self::HalfOpen | Self::Disconnect | Self::Close { .. } | Self::ExpireKey => Stage::Frame,
            _ => return None,
        })
    }

    /// The word for it in scripts and counters, when it is a stream's.
    pub(crate) const fn stream_name(&self) -> &'static str {
        match self {
            Self::RefuseUpgrade(_) => "refuse-upgrade",
            Self::RejectSubscribe => "reject-subscribe",
            Self::AckSilent => "ack-silent",
            Self::NoAck => "no-ack",
            Self::Gap => "gap",
            Self::Duplicate => "duplicate",
            Self::Reorder => "reorder",
            Self::Slow(_) => "slow",
            Self::Garble(_) => "garble",
            Self::HalfOpen => "half-open",
            Self::Disconnect => "disconnect",
            Self::Close { .. } => "close",
            Self::ExpireKey => "expire-key",
            _ => "",
        }
    }
}
