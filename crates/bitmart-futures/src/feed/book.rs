//! Public channels about a contract's book.

use venue_core::book::{BookSide, Continuity, Delta, Ids, Level, SideUpdate, Snapshot};
use venue_core::ws::{BookChannel, BookMessage, Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{Contracts, Millis, Price, Symbol, channel, model};

use super::{PUBLIC, object};
use crate::venue::BitMart;
use crate::{DepthLevels, DepthSpeed, DepthUpdate, DepthWay};

model! {
    /// A price level.
    pub struct DepthLevel {
        /// Price.
        pub price: Price,
        /// Contracts; in an update, 0 removes the level.
        pub vol: Contracts,
    }
}

macro_rules! depth_topic {
    ($self:ident, $name:literal) => {{
        let levels = $self.levels.as_ref().unwrap_or(&DepthLevels::Twenty);
        let speed = $self.speed.as_ref().map(|speed| format!("@{speed}")).unwrap_or_default();
        Topic::new(format!("futures/{}{levels}:{}{speed}", $name, $self.symbol))
    }};
}

channel! {
    /// The best levels of a contract's book, one side a push.
    ///
    /// `futures/depth{levels}:{symbol}[@{speed}]` · public · Depth Channel. Each push replaces its side; nothing
    /// says whether one was missed. For a local book take [`DepthIncrease`].
    pub struct Depth { symbol: Symbol }
    optional {
        /// How many levels; twenty when absent.
        levels: DepthLevels,
        /// How often; the venue's choice when absent.
        speed: DepthSpeed,
    }
}

model! {
    /// A push of [`Depth`].
    pub struct DepthPush {
        /// The contract.
        pub symbol: Symbol,
        /// Which side.
        pub way: DepthWay,
        /// The side's levels, best first.
        pub depths: Vec<DepthLevel>,
        /// When it was pushed, in ms.
        pub ms_t?: Millis,
    }
}

impl Channel for Depth {
    type Venue = BitMart;
    type Item = DepthPush;
    const SPEC: ChannelSpec = ChannelSpec::new("depth", PUBLIC).refill(&["GetDepth"]);

    fn topic(&self) -> Topic {
        depth_topic!(self, "depth")
    }

    fn read(payload: Payload<'_>) -> Result<Option<DepthPush>, Unreadable> {
        object(payload)
    }

    fn time(item: &DepthPush) -> Option<Millis> {
        item.ms_t
    }
}

channel! {
    /// The best levels of both sides of a contract's book, whole in every push.
    ///
    /// `futures/depthAll{levels}:{symbol}[@{speed}]` · public · Depth-All Channel
    pub struct DepthAll { symbol: Symbol }
    optional {
        /// How many levels; twenty when absent.
        levels: DepthLevels,
        /// How often; the venue's choice when absent.
        speed: DepthSpeed,
    }
}

model! {
    /// A push of [`DepthAll`].
    pub struct DepthAllPush {
        /// The contract.
        pub symbol: Symbol,
        /// Asks, best first.
        pub asks: Vec<DepthLevel>,
        /// Bids, best first.
        pub bids: Vec<DepthLevel>,
        /// When it was pushed, in ms.
        pub ms_t?: Millis,
    }
}

impl Channel for DepthAll {
    type Venue = BitMart;
    type Item = DepthAllPush;
    const SPEC: ChannelSpec = ChannelSpec::new("depthAll", PUBLIC).refill(&["GetDepth"]);

    fn topic(&self) -> Topic {
        depth_topic!(self, "depthAll")
    }

    fn read(payload: Payload<'_>) -> Result<Option<DepthAllPush>, Unreadable> {
        object(payload)
    }

    fn time(item: &DepthAllPush) -> Option<Millis> {
        item.ms_t
    }
}

channel! {
    /// The best levels of a contract's book: a snapshot, then what changes, each with the next version.
    ///
    /// `futures/depthIncrease{levels}:{symbol}[@{speed}]` · public · Depth-Increase Channel. A snapshot can be
    /// asked for by [`request`](venue_core::ws::Subscription::request). Levels outside of the first snapshot that
    /// never change stay unseen.
    pub struct DepthIncrease { symbol: Symbol }
    optional {
        /// How many levels; twenty when absent.
        levels: DepthLevels,
        /// How often; the venue's choice when absent.
        speed: DepthSpeed,
    }
}

model! {
    /// A push of [`DepthIncrease`].
    pub struct DepthIncreasePush {
        /// The contract.
        pub symbol: Symbol,
        /// Asks: all of them, or those that changed.
        pub asks: Vec<DepthLevel>,
        /// Bids: all of them, or those that changed.
        pub bids: Vec<DepthLevel>,
        /// When it was pushed, in ms.
        pub ms_t?: Millis,
        /// One more than that of the push before.
        pub version: u64,
        /// Whether this is the whole book.
        #[serde(rename = "type")]
        pub kind: DepthUpdate,
    }
}

impl Channel for DepthIncrease {
    type Venue = BitMart;
    type Item = DepthIncreasePush;
    const SPEC: ChannelSpec = ChannelSpec::new("depthIncrease", PUBLIC).refill(&["GetDepth"]);

    fn topic(&self) -> Topic {
        depth_topic!(self, "depthIncrease")
    }

    fn read(payload: Payload<'_>) -> Result<Option<DepthIncreasePush>, Unreadable> {
        object(payload)
    }

    fn time(item: &DepthIncreasePush) -> Option<Millis> {
        item.ms_t
    }
}

channel! {
    /// Best bid and ask of a contract, on every change.
    ///
    /// `futures/bookticker:{symbol}` · public · BookTicker Channel
    pub struct BookTicker { symbol: Symbol }
}

model! {
    /// A push of [`BookTicker`].
    pub struct BookTickerPush {
        /// The contract.
        pub symbol: Symbol,
        /// Best bid.
        pub best_bid_price?: Price,
        /// Contracts at it.
        pub best_bid_vol?: Contracts,
        /// Best ask.
        pub best_ask_price?: Price,
        /// Contracts at it.
        pub best_ask_vol?: Contracts,
        /// When it was pushed, in ms.
        pub ms_t?: Millis,
    }
}

impl Channel for BookTicker {
    type Venue = BitMart;
    type Item = BookTickerPush;
    const SPEC: ChannelSpec = ChannelSpec::new("bookticker", PUBLIC).refill(&["GetDepth"]);

    fn topic(&self) -> Topic {
        Topic::new(format!("futures/bookticker:{}", self.symbol))
    }

    fn read(payload: Payload<'_>) -> Result<Option<BookTickerPush>, Unreadable> {
        object(payload)
    }

    fn time(item: &BookTickerPush) -> Option<Millis> {
        item.ms_t
    }
}

fn levels(levels: Vec<DepthLevel>) -> Vec<Level<Contracts>> {
    levels.into_iter().map(|level| Level::new(level.price, level.vol)).collect()
}

/// How many levels a side is cut at.
fn limit(levels: Option<&DepthLevels>) -> Option<usize> {
    levels.unwrap_or(&DepthLevels::Twenty).as_str().parse().ok()
}

impl BookChannel for DepthIncrease {
    type Size = Contracts;
    const RULE: Continuity = Continuity::VERSION;
    const REQUESTABLE: bool = true;

    fn message(&self, item: DepthIncreasePush) -> Result<Option<BookMessage<Contracts>>, String> {
        let DepthIncreasePush { asks, bids, ms_t, version, kind, .. } = item;
        let (bids, asks) = (levels(bids), levels(asks));
        Ok(Some(match kind {
            DepthUpdate::Snapshot => {
                let mut snapshot = Snapshot::new().sequence(version).bids(bids).asks(asks);
                snapshot.time = ms_t;
                snapshot.limit = limit(self.levels.as_ref());
                BookMessage::Snapshot(snapshot)
            }
            DepthUpdate::Update => {
                let mut delta = Delta::new(Ids::version(version)).bids(bids).asks(asks);
                delta.time = ms_t;
                BookMessage::Delta(delta)
            }
            other => return Err(format!("a push of an unknown type {other}")),
        }))
    }
}

impl BookChannel for DepthAll {
    type Size = Contracts;
    const RULE: Continuity = Continuity::WHOLE;

    fn message(&self, item: DepthAllPush) -> Result<Option<BookMessage<Contracts>>, String> {
        let mut snapshot = Snapshot::new().bids(levels(item.bids)).asks(levels(item.asks));
        snapshot.time = item.ms_t;
        snapshot.limit = limit(self.levels.as_ref());
        Ok(Some(BookMessage::Snapshot(snapshot)))
    }
}

impl BookChannel for Depth {
    type Size = Contracts;
    const RULE: Continuity = Continuity::SIDES;

    fn message(&self, item: DepthPush) -> Result<Option<BookMessage<Contracts>>, String> {
        let side = match item.way {
            DepthWay::Bid => BookSide::Bid,
            DepthWay::Ask => BookSide::Ask,
            other => return Err(format!("a push of an unknown side {other}")),
        };
        let (levels, limit) = (levels(item.depths), limit(self.levels.as_ref()));
        Ok(Some(BookMessage::Side(SideUpdate { side, levels, time: item.ms_t, limit })))
    }
}
