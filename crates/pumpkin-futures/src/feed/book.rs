//! The order book.

use venue_core::book::{Continuity, Delta, Ids, Snapshot};
use venue_core::wire::{nullable, token};
use venue_core::ws::{BookChannel, BookMessage, Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{Contracts, Invalid, Symbol, channel, model};

use super::{PUBLIC, check, frames, proto};
use crate::model::{DepthEvent, Level};
use crate::venue::Pumpkin;

channel! {
    /// A contract's order book: whole books (`depth`), and what changes (`depth.update`).
    ///
    /// `depth@{symbol},{level}` · public · Order book (Depth). `level` is how many levels a side; 10 is the one in
    /// the example, and which others there are isn't documented. Nor is it said which topic the changes are pushed
    /// to: there is no other that they could be.
    ///
    /// A push doesn't repeat the level, so that two levels of a contract take two connections. A binary push
    /// doesn't say whether it is a whole book or a change: it can be read, and no local book is kept from it.
    pub struct Depth { symbol: Symbol, level: u32 }
}

model! {
    /// A push of [`Depth`].
    pub struct DepthPush {
        /// Whether it is a whole book; absent in a binary push, which doesn't say.
        #[serde(rename = "e")]
        pub event?: DepthEvent,
        /// The contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// First update that it covers.
        #[serde(rename = "U", deserialize_with = "token")]
        pub first_update_id: u64,
        /// Last update that it covers.
        #[serde(rename = "u", deserialize_with = "token")]
        pub last_update_id: u64,
        /// Bids: all of them down to the level, or those that changed.
        #[serde(rename = "b", deserialize_with = "nullable")]
        pub bids: Vec<Level>,
        /// Asks: all of them up to the level, or those that changed.
        #[serde(rename = "a", deserialize_with = "nullable")]
        pub asks: Vec<Level>,
    }
}

impl Channel for Depth {
    type Venue = Pumpkin;
    type Item = DepthPush;
    const SPEC: ChannelSpec = ChannelSpec::new("depth", PUBLIC).refill(&["GetDepth"]);

    fn check(&self) -> Result<(), Invalid> {
        if self.level == 0 {
            return Err(Invalid::new("level: at least one"));
        }
        check("symbol", self.symbol.as_str())
    }

    fn topic(&self) -> Topic {
        let Self { symbol, level, .. } = self;
        Topic::new(format!("depth@{symbol},{level}")).routed(frames::route("depth", symbol.as_str(), ""))
    }

    fn read(payload: Payload<'_>) -> Result<Option<DepthPush>, Unreadable> {
        if let Payload::Binary(bytes) = payload {
            return proto::depth(bytes).map(Some);
        }
        payload.json().map(Some)
    }
}

fn levels(levels: Vec<Level>) -> impl Iterator<Item = (venue_core::Price, Contracts)> {
    levels.into_iter().map(|level| (level.price, level.qty))
}

impl BookChannel for Depth {
    type Size = Contracts;
    /// No rule is documented. The strict reading of the numbers: a change begins at the update that follows the
    /// one before it, to the number; the first after a whole book holds the one that follows `u` of that. A whole
    /// book replaces what there was.
    const RULE: Continuity = Continuity::RANGE;

    fn message(&self, item: DepthPush) -> Result<Option<BookMessage<Contracts>>, String> {
        let DepthPush { event, first_update_id: first, last_update_id: last, bids, asks, .. } = item;
        if first > last {
            return Err(format!("updates {first} to {last}"));
        }
        let (bids, asks) = (levels(bids), levels(asks));
        Ok(Some(match event {
            Some(DepthEvent::Whole) => {
                let mut snapshot = Snapshot::new().sequence(last).bids(bids).asks(asks);
                snapshot.limit = usize::try_from(self.level).ok();
                BookMessage::Snapshot(snapshot)
            }
            Some(DepthEvent::Update) => {
                BookMessage::Delta(Delta::new(Ids::range(first, last)).bids(bids).asks(asks))
            }
            Some(other) => return Err(format!("a push of an unknown event {other}")),
            None => return Err("a binary push doesn't say whether it is a whole book".to_owned()),
        }))
    }
}
