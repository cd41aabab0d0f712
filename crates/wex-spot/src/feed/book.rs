//! Public channels about a symbol's book.

use venue_core::book::{Continuity, Delta, Ids, Level, Snapshot};
use venue_core::wire::{nullable, scalar};
use venue_core::ws::{BookChannel, BookFetch, BookMessage, Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{AnyClient, Invalid, Millis, Qty, Symbol, channel, model};

use super::{PUBLIC, check_symbol, data};
use crate::DepthLevels;
use crate::rest::{DepthLevel, GetDepth};
use crate::venue::WexSpot;

channel! {
    /// The best levels of both sides of a symbol's book, whole in every push.
    ///
    /// `depth@{symbol},{levels}` · public · every 1000 ms · Limited depth
    pub struct Depth {
        symbol: Symbol,
        /// How many levels a side.
        levels: DepthLevels,
    }
}

model! {
    /// A push of [`Depth`].
    pub struct DepthPush {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Documented as the last update, and shown with a time in ms. It grows; it is not on one count with
        /// [`DepthUpdatePush`] or REST.
        #[serde(rename = "i", deserialize_with = "scalar")]
        pub update_id: u64,
        /// Asks, best first.
        #[serde(rename = "a", deserialize_with = "nullable")]
        pub asks: Vec<DepthLevel>,
        /// Bids, best first.
        #[serde(rename = "b", deserialize_with = "nullable")]
        pub bids: Vec<DepthLevel>,
        /// When it was pushed, in ms; an earlier edition documented it.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

impl Channel for Depth {
    type Venue = WexSpot;
    type Item = DepthPush;
    const SPEC: ChannelSpec = ChannelSpec::new("depth", PUBLIC).refill(&["GetDepth"]);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)?;
        match &self.levels {
            DepthLevels::Other(text) => Err(Invalid::new(format!("levels {text:?}: 5, 10, 20 or 50"))),
            _ => Ok(()),
        }
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("depth@{},{}", self.symbol, self.levels))
    }

    fn read(payload: Payload<'_>) -> Result<Option<DepthPush>, Unreadable> {
        data(payload)
    }

    fn time(item: &DepthPush) -> Option<Millis> {
        item.time
    }
}

channel! {
    /// What changes in a symbol's book.
    ///
    /// `depth_update@{symbol}` · public · every 100 ms · Incremental depth. A local book begins with
    /// [`GetDepth`], of 500 levels a side: levels behind them that never change stay unseen.
    pub struct DepthUpdate { symbol: Symbol }
}

model! {
    /// A push of [`DepthUpdate`].
    pub struct DepthUpdatePush {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// First update in it: one more than the last of the push before.
        #[serde(rename = "fi", deserialize_with = "scalar")]
        pub first_update_id: u64,
        /// Last update in it.
        #[serde(rename = "i", deserialize_with = "scalar")]
        pub last_update_id: u64,
        /// Asks that changed, each with its new quantity; 0 removes the level.
        #[serde(rename = "a", deserialize_with = "nullable")]
        pub asks: Vec<DepthLevel>,
        /// Bids that changed.
        #[serde(rename = "b", deserialize_with = "nullable")]
        pub bids: Vec<DepthLevel>,
        /// When it was pushed, in ms; not documented.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

impl Channel for DepthUpdate {
    type Venue = WexSpot;
    type Item = DepthUpdatePush;
    const SPEC: ChannelSpec = ChannelSpec::new("depth_update", PUBLIC).refill(&["GetDepth"]);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("depth_update@{}", self.symbol))
    }

    fn read(payload: Payload<'_>) -> Result<Option<DepthUpdatePush>, Unreadable> {
        data(payload)
    }

    fn time(item: &DepthUpdatePush) -> Option<Millis> {
        item.time
    }
}

fn levels(levels: Vec<DepthLevel>) -> impl Iterator<Item = Level<Qty>> {
    levels.into_iter().map(|level| Level::new(level.price, level.quantity))
}

impl BookChannel for Depth {
    type Size = Qty;
    const RULE: Continuity = Continuity::WHOLE;

    fn message(&self, item: DepthPush) -> Result<Option<BookMessage<Qty>>, String> {
        let mut snapshot =
            Snapshot::new().sequence(item.update_id).bids(levels(item.bids)).asks(levels(item.asks));
        snapshot.time = item.time;
        snapshot.limit = self.levels.as_str().parse().ok();
        Ok(Some(BookMessage::Snapshot(snapshot)))
    }
}

/// Levels a side of the book that a local one begins with: the most that there are.
const SNAPSHOT_LEVELS: u16 = 500;

impl BookChannel for DepthUpdate {
    type Size = Qty;
    const RULE: Continuity = Continuity::RANGE_FROM_REQUEST;

    fn message(&self, item: DepthUpdatePush) -> Result<Option<BookMessage<Qty>>, String> {
        let ids = Ids::range(item.first_update_id, item.last_update_id);
        let mut delta = Delta::new(ids).bids(levels(item.bids)).asks(levels(item.asks));
        delta.time = item.time;
        Ok(Some(BookMessage::Delta(delta)))
    }

    fn fetch(&self, client: &AnyClient) -> Option<BookFetch<Qty>> {
        let request = GetDepth::new(&self.symbol).limit(u32::from(SNAPSHOT_LEVELS));
        let client = client.clone();
        Some(Box::pin(async move {
            let depth = client.send(request).await?;
            let mut snapshot = Snapshot::new()
                .sequence(depth.last_update_id)
                .bids(levels(depth.bids))
                .asks(levels(depth.asks))
                .limit(usize::from(SNAPSHOT_LEVELS));
            snapshot.time = depth.timestamp;
            Ok(snapshot)
        }))
    }
}
