//! Public channels about a contract's book.

use venue_core::book::{Continuity, Delta, Ids, Level as BookLevel, Snapshot};
use venue_core::wire::{nullable, scalar};
use venue_core::ws::{BookChannel, BookFetch, BookMessage, Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{AnyClient, Contracts, Error, Invalid, Kind, Millis, Outcome, Symbol, channel, model};

use super::{MARKET, check_symbol, data};
use crate::rest::{GetDepth, Level};
use crate::venue::WexFutures;
use crate::{DepthInterval, DepthLevels};

fn check_interval(interval: Option<&DepthInterval>) -> Result<(), Invalid> {
    match interval {
        Some(DepthInterval::Other(text)) => {
            Err(Invalid::new(format!("interval {text:?}: 100ms, 250ms, 500ms or 1000ms")))
        }
        _ => Ok(()),
    }
}

fn ending(interval: Option<&DepthInterval>) -> String {
    interval.map(|interval| format!(",{interval}")).unwrap_or_default()
}

channel! {
    /// What changes in a contract's book.
    ///
    /// `depth_update@{symbol}[,{interval}]` · public · every 100 ms unless asked for otherwise · Incremental Depth,
    /// Orderbook Management. A local book begins with [`GetDepth`] of 50 levels a side, the most that its page
    /// allows: levels behind them that never change stay unseen. The snapshot comes from the client's own
    /// product: a book of `btc_usd` takes a client of Coin-M.
    pub struct DepthUpdate { symbol: Symbol }
    optional {
        /// How often; every 100 ms when absent.
        interval: DepthInterval,
    }
}

model! {
    /// A push of [`DepthUpdate`].
    pub struct DepthUpdatePush {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Last update of the push before.
        #[serde(rename = "pu")]
        pub previous_update_id?: u64,
        /// First update in it: one more than the last of the push before.
        #[serde(rename = "fu", deserialize_with = "scalar")]
        pub first_update_id: u64,
        /// Last update in it.
        #[serde(rename = "u", deserialize_with = "scalar")]
        pub last_update_id: u64,
        /// Asks that changed, each with its new size; 0 removes the level.
        #[serde(rename = "a", deserialize_with = "nullable")]
        pub asks: Vec<Level>,
        /// Bids that changed.
        #[serde(rename = "b", deserialize_with = "nullable")]
        pub bids: Vec<Level>,
        /// When it was pushed, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

impl Channel for DepthUpdate {
    type Venue = WexFutures;
    type Item = DepthUpdatePush;
    const SPEC: ChannelSpec = ChannelSpec::new("depth_update", MARKET).refill(&["GetDepth"]);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)?;
        check_interval(self.interval.as_ref())
    }

    fn topic(&self) -> Topic {
        let route = format!("depth_update@{}", self.symbol);
        Topic::new(format!("{route}{}", ending(self.interval.as_ref()))).routed(route)
    }

    fn read(payload: Payload<'_>) -> Result<Option<DepthUpdatePush>, Unreadable> {
        data(payload)
    }

    fn time(item: &DepthUpdatePush) -> Option<Millis> {
        item.time
    }
}

channel! {
    /// The best levels of both sides of a contract's book, whole in every push.
    ///
    /// `depth@{symbol},{levels}[,{interval}]` · public · every 1000 ms unless asked for otherwise · Limited Depth.
    /// Which of several subscriptions a push belongs to can't be told by it, so that each has a connection of its
    /// own.
    pub struct Depth {
        symbol: Symbol,
        /// How many levels a side.
        levels: DepthLevels,
    }
    optional {
        /// How often; every 1000 ms when absent.
        interval: DepthInterval,
    }
}

model! {
    /// A push of [`Depth`].
    pub struct DepthPush {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Last update in it.
        #[serde(rename = "id")]
        pub update_id?: u64,
        /// Asks, best first.
        #[serde(rename = "a", deserialize_with = "nullable")]
        pub asks: Vec<Level>,
        /// Bids, best first.
        #[serde(rename = "b", deserialize_with = "nullable")]
        pub bids: Vec<Level>,
        /// When it was pushed, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

impl Channel for Depth {
    type Venue = WexFutures;
    type Item = DepthPush;
    const SPEC: ChannelSpec = ChannelSpec::new("depth", MARKET).refill(&["GetDepth"]);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)?;
        check_interval(self.interval.as_ref())?;
        match &self.levels {
            DepthLevels::Other(text) => Err(Invalid::new(format!("levels {text:?}: 5, 10, 20 or 50"))),
            _ => Ok(()),
        }
    }

    fn topic(&self) -> Topic {
        let ending = ending(self.interval.as_ref());
        Topic::new(format!("depth@{},{}{ending}", self.symbol, self.levels))
            .routed(format!("depth@{}", self.symbol))
    }

    fn read(payload: Payload<'_>) -> Result<Option<DepthPush>, Unreadable> {
        data(payload)
    }

    fn time(item: &DepthPush) -> Option<Millis> {
        item.time
    }
}

fn levels(levels: Vec<Level>) -> impl Iterator<Item = BookLevel<Contracts>> {
    levels.into_iter().map(|level| BookLevel::new(level.price, level.qty))
}

/// Levels a side of the book that a local one begins with: the most that the request's page allows. The guide to
/// local books asks for 500, at an address that isn't documented.
const SNAPSHOT_LEVELS: u16 = 50;

impl BookChannel for DepthUpdate {
    type Size = Contracts;
    const RULE: Continuity = Continuity::PREVIOUS_FROM_REQUEST;

    fn message(&self, item: DepthUpdatePush) -> Result<Option<BookMessage<Contracts>>, String> {
        let ids = Ids {
            previous: item.previous_update_id,
            ..Ids::range(item.first_update_id, item.last_update_id)
        };
        let mut delta = Delta::new(ids).bids(levels(item.bids)).asks(levels(item.asks));
        delta.time = item.time;
        Ok(Some(BookMessage::Delta(delta)))
    }

    fn fetch(&self, client: &AnyClient) -> Option<BookFetch<Contracts>> {
        let request = GetDepth::new(&self.symbol, u32::from(SNAPSHOT_LEVELS));
        let client = client.clone();
        Some(Box::pin(async move {
            let depth = client.send(request).await?;
            let unplaced = || {
                let words = "the book doesn't say which update it holds";
                Error::new(Kind::Decode, Outcome::Unknown, words)
            };
            let mut snapshot = Snapshot::new()
                .sequence(depth.update_id.ok_or_else(unplaced)?)
                .bids(levels(depth.bids))
                .asks(levels(depth.asks))
                .limit(usize::from(SNAPSHOT_LEVELS));
            snapshot.time = depth.time;
            Ok(snapshot)
        }))
    }
}

impl BookChannel for Depth {
    type Size = Contracts;
    const RULE: Continuity = Continuity::WHOLE;

    fn message(&self, item: DepthPush) -> Result<Option<BookMessage<Contracts>>, String> {
        let mut snapshot = Snapshot::new().bids(levels(item.bids)).asks(levels(item.asks));
        snapshot.sequence = item.update_id;
        snapshot.time = item.time;
        snapshot.limit = self.levels.as_str().parse().ok();
        Ok(Some(BookMessage::Snapshot(snapshot)))
    }
}
