//! Channels of the first version: the first push comes at once, those of books and trades hold what was before.

use venue_core::book::Continuity;
use venue_core::ws::{BookChannel, BookFetch, BookMessage, Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{AnyClient, Invalid, Millis, Price, Qty, Symbol, channel, model};

use super::push::{Candle, DayTicker, PublicTrade, PushV1, PushedBook, read};
use super::{V1, book, check_symbol, frames};
use crate::KlineInterval;
use crate::rest::check_limit;
use crate::venue::HashKey;

channel! {
    /// Candles of a pair while they form, at most every 300 ms.
    ///
    /// `kline_{interval}` · v1 · Public Market Data Stream, V1, Kline
    pub struct KlinesV1 { symbol: Symbol, interval: KlineInterval }
    optional {
        /// Whether pushes come compressed; they are opened here.
        binary: bool,
    }
}

channel! {
    /// The last 24 hours of a pair, at most every 500 ms.
    ///
    /// `realtimes` · v1 · Public Market Data Stream, V1, Realtimes
    pub struct RealtimesV1 { symbol: Symbol }
    optional {
        /// Whether pushes come compressed; they are opened here.
        binary: bool,
    }
}

channel! {
    /// Trades of a pair, at most every 300 ms; the first push holds the latest 60.
    ///
    /// `trade` · v1 · Public Market Data Stream, V1, Trade. The first push after a reconnect repeats trades that
    /// came before: tell them by their ids.
    pub struct TradesV1 { symbol: Symbol }
    optional {
        /// Whether pushes come compressed; they are opened here.
        binary: bool,
    }
}

channel! {
    /// The book of a pair, whole in every push, at most every 300 ms.
    ///
    /// `depth` · v1 · Public Market Data Stream, V1, Depth
    pub struct DepthV1 { symbol: Symbol }
    optional {
        /// How many levels a side: 200 at most, by the text; no table has the parameter. Live, 100 come.
        limit: u32,
        /// Whether pushes come compressed; they are opened here.
        binary: bool,
    }
}

channel! {
    /// The book of a pair, then what changes of it; a size of zero removes its level.
    ///
    /// `diffMergedDepth` · v1 · not documented, seen live. Nothing known says whether a change was missed: for a
    /// local book take [`DepthV1`] or [`DepthV2`](super::DepthV2).
    pub struct DiffMergedDepth { symbol: Symbol }
    optional {
        /// Whether pushes come compressed; they are opened here.
        binary: bool,
    }
}

channel! {
    /// The mark price of a symbol.
    ///
    /// `markPrice` · v1 · not documented, seen live.
    pub struct MarkPrices { symbol: Symbol }
    optional {
        /// Whether pushes come compressed; they are opened here.
        binary: bool,
    }
}

channel! {
    /// The index price of a symbol, and where it comes from.
    ///
    /// `index` · v1 · not documented, seen live.
    pub struct Indices { symbol: Symbol }
    optional {
        /// Whether pushes come compressed; they are opened here.
        binary: bool,
    }
}

model! {
    /// A mark price.
    #[serde(rename_all = "camelCase")]
    pub struct MarkPrice {
        /// Symbol.
        pub symbol?: Symbol,
        /// The price.
        pub mark_price: Price,
        /// When it was this.
        pub time?: Millis,
    }
}

model! {
    /// An index price.
    pub struct Index {
        /// Symbol.
        pub symbol?: Symbol,
        /// The price.
        pub index: Price,
        /// Estimated price of delivery.
        pub edp?: Price,
        /// How it is made of other exchanges' prices.
        pub formula?: String,
    }
}

/// What the channels of this version share: how they are asked for, and that a push is read whole.
macro_rules! channels {
    ($($channel:ident: $item:ident, $spec:expr, |$this:ident| ($topic:expr, $limit:expr), |$row:ident| $time:expr;)+) => {$(
        impl Channel for $channel {
            type Venue = HashKey;
            type Item = PushV1<$item>;
            const SPEC: ChannelSpec = $spec;

            fn check(&self) -> Result<(), Invalid> {
                let $this = self;
                let (_, limit) = ($topic, $limit);
                check_limit(limit, 200)?;
                check_symbol(&self.symbol)
            }

            fn topic(&self) -> Topic {
                let $this = self;
                frames::topic_v1(&self.symbol, &$topic, $limit, self.binary.unwrap_or(false))
            }

            fn read(payload: Payload<'_>) -> Result<Option<PushV1<$item>>, Unreadable> {
                read(payload)
            }

            fn time(item: &PushV1<$item>) -> Option<Millis> {
                item.data.last().and_then(|$row| $time).or(item.send_time)
            }
        }
    )+};
}

const fn spec(name: &'static str) -> ChannelSpec {
    ChannelSpec::new(name, V1)
}

channels! {
    // A candle's own time is its beginning.
    KlinesV1: Candle, spec("kline").refill(&["GetKlines"]),
        |this| (format!("kline_{}", this.interval), None), |_row| None;
    RealtimesV1: DayTicker, spec("realtimes").refill(&["GetTicker24hr"]),
        |_this| ("realtimes", None), |row| row.time;
    TradesV1: PublicTrade, spec("trade").refill(&["GetTrades"]),
        |_this| ("trade", None), |row| Some(row.time);
    DepthV1: PushedBook, spec("depth").refill(&["GetDepth"]),
        |this| ("depth", this.limit), |row| row.time;
    DiffMergedDepth: PushedBook, spec("diffMergedDepth").undocumented().refill(&["GetMergedDepth"]),
        |_this| ("diffMergedDepth", None), |row| row.time;
    MarkPrices: MarkPrice, spec("markPrice").undocumented(),
        |_this| ("markPrice", None), |row| row.time;
    Indices: Index, spec("index").undocumented(),
        |_this| ("index", None), |_row| None;
}

impl BookChannel for DepthV1 {
    type Size = Qty;
    const RULE: Continuity = Continuity::WHOLE_FROM_REQUEST;

    fn message(&self, item: PushV1<PushedBook>) -> Result<Option<BookMessage<Qty>>, String> {
        if let Some(bad) = item.data.bad().first() {
            return Err(bad.error.clone());
        }
        let latest = item.data.into_iter().next_back();
        Ok(latest.map(|book| book::whole(book, self.limit)))
    }

    fn fetch(&self, client: &AnyClient) -> Option<BookFetch<Qty>> {
        Some(book::fetch(client, &self.symbol, self.limit))
    }
}
