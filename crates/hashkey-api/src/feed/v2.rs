//! Channels of the second version: nothing is pushed until something changes.

use venue_core::book::Continuity;
use venue_core::ws::{BookChannel, BookFetch, BookMessage, Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{AnyClient, Invalid, Millis, Qty, Symbol, channel};

use super::push::{BestPrices, Candle, DayTicker, PublicTrade, PushV2, PushedBook, read};
use super::{V2, book, check_symbol, frames};
use crate::KlineInterval;
use crate::venue::HashKey;

channel! {
    /// Candles of a pair while they form, as they change. Less of each is told than by the first version.
    ///
    /// `kline` · v2 · Public Market Data Stream, V2, Kline
    pub struct KlinesV2 { symbol: Symbol, interval: KlineInterval }
}

channel! {
    /// The last 24 hours of a pair, as they change.
    ///
    /// `realtimes` · v2 · Public Market Data Stream, V2, Realtimes
    pub struct RealtimesV2 { symbol: Symbol }
}

channel! {
    /// Trades of a pair, one a push, as they are made.
    ///
    /// `trade` · v2 · Public Market Data Stream, V2, Trade
    pub struct TradesV2 { symbol: Symbol }
}

channel! {
    /// The book of a pair, whole in every push, when it changes and at most every 100 ms.
    ///
    /// `depth` · v2 · Public Market Data Stream, V2, Depth. Nothing comes until the book changes: a local book
    /// begins with the answer to [`GetDepth`](crate::rest::GetDepth).
    pub struct DepthV2 { symbol: Symbol }
}

channel! {
    /// Best bid and ask of a pair, as they change.
    ///
    /// `bbo` · v2 · Public Market Data Stream, V2, BBO
    pub struct Bbo { symbol: Symbol }
}

/// What the channels of this version share: how they are asked for, and that a push is read whole.
macro_rules! channels {
    ($($channel:ident: $item:ident, $name:literal, $refill:literal, |$this:ident| $interval:expr, |$data:ident| $time:expr;)+) => {$(
        impl Channel for $channel {
            type Venue = HashKey;
            type Item = PushV2<$item>;
            const SPEC: ChannelSpec = ChannelSpec::new($name, V2).refill(&[$refill]);

            fn check(&self) -> Result<(), Invalid> {
                check_symbol(&self.symbol)
            }

            fn topic(&self) -> Topic {
                let $this = self;
                frames::topic_v2(&self.symbol, $name, $interval)
            }

            fn read(payload: Payload<'_>) -> Result<Option<PushV2<$item>>, Unreadable> {
                read(payload)
            }

            fn time(item: &PushV2<$item>) -> Option<Millis> {
                let $data = &item.data;
                $time
            }
        }
    )+};
}

channels! {
    // A candle's own time is its beginning.
    KlinesV2: Candle, "kline", "GetKlines", |this| Some(&this.interval), |_data| None;
    RealtimesV2: DayTicker, "realtimes", "GetTicker24hr", |_this| None, |data| data.time;
    TradesV2: PublicTrade, "trade", "GetTrades", |_this| None, |data| Some(data.time);
    DepthV2: PushedBook, "depth", "GetDepth", |_this| None, |data| data.time;
    Bbo: BestPrices, "bbo", "GetBookTicker", |_this| None, |data| data.time;
}

impl BookChannel for DepthV2 {
    type Size = Qty;
    const RULE: Continuity = Continuity::WHOLE_FROM_REQUEST;

    fn message(&self, item: PushV2<PushedBook>) -> Result<Option<BookMessage<Qty>>, String> {
        Ok(Some(book::whole(item.data, None)))
    }

    fn fetch(&self, client: &AnyClient) -> Option<BookFetch<Qty>> {
        Some(book::fetch(client, &self.symbol, None))
    }
}
