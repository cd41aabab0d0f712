//! Public channels about a contract: ticker, funding, trades, candles.

use std::time::Duration;

use venue_core::serde::{Deserialize, Serialize};
use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{Amount, Contracts, Millis, Price, Rate, Rows, Secs, Symbol, TradeId, channel, model};

use super::{PUBLIC, object, rows};
use crate::venue::BitMart;
use crate::{KlineInterval, TradeWay};

channel! {
    /// Prices and the last day's volume of a contract, when they change.
    ///
    /// `futures/ticker:{symbol}` · public · Ticker Channel
    pub struct Ticker { symbol: Symbol }
}

model! {
    /// A push of [`Ticker`].
    pub struct TickerPush {
        /// The contract.
        pub symbol: Symbol,
        /// Last price.
        pub last_price?: Price,
        /// Volume of 24 hours, in contracts.
        pub volume_24?: Contracts,
        /// Change over the last day, as a share: 0.01 is one per cent.
        pub range?: Rate,
        /// Mark price.
        pub mark_price?: Price,
        /// Index price.
        pub index_price?: Price,
        /// Best ask.
        pub ask_price?: Price,
        /// Contracts at the best ask.
        pub ask_vol?: Contracts,
        /// Best bid.
        pub bid_price?: Price,
        /// Contracts at the best bid.
        pub bid_vol?: Contracts,
    }
}

impl Channel for Ticker {
    type Venue = BitMart;
    type Item = TickerPush;
    const SPEC: ChannelSpec = ChannelSpec::new("ticker", PUBLIC).refill(&["GetContractDetails"]);

    fn topic(&self) -> Topic {
        Topic::new(format!("futures/ticker:{}", self.symbol))
    }

    fn read(payload: Payload<'_>) -> Result<Option<TickerPush>, Unreadable> {
        object(payload)
    }
}

channel! {
    /// The funding rate of a contract: at once, then every minute.
    ///
    /// `futures/fundingRate:{symbol}` · public · Funding Rate Channel. Can be asked for by
    /// [`request`](venue_core::ws::Subscription::request).
    pub struct FundingRate { symbol: Symbol }
}

model! {
    /// A push of [`FundingRate`].
    pub struct FundingRatePush {
        /// The contract.
        pub symbol: Symbol,
        /// The current rate.
        #[serde(rename = "fundingRate")]
        pub funding_rate?: Rate,
        /// The time of this push, in ms, although documented as the next settlement.
        #[serde(rename = "fundingTime")]
        pub funding_time?: Millis,
        /// The rate expected for the next period.
        #[serde(rename = "nextFundingRate")]
        pub next_funding_rate?: Rate,
        /// When funding is settled next, in ms.
        #[serde(rename = "nextFundingTime")]
        pub next_funding_time?: Millis,
        /// Highest rate of the next period.
        pub funding_upper_limit?: Rate,
        /// Lowest rate of the next period.
        pub funding_lower_limit?: Rate,
        /// The time of this push, in ms.
        pub ts?: Millis,
    }
}

impl Channel for FundingRate {
    type Venue = BitMart;
    type Item = FundingRatePush;
    const SPEC: ChannelSpec =
        ChannelSpec::new("fundingRate", PUBLIC).every(Duration::from_secs(60)).refill(&["GetFundingRate"]);

    fn topic(&self) -> Topic {
        Topic::new(format!("futures/fundingRate:{}", self.symbol))
    }

    fn read(payload: Payload<'_>) -> Result<Option<FundingRatePush>, Unreadable> {
        object(payload)
    }

    fn time(item: &FundingRatePush) -> Option<Millis> {
        item.ts
    }
}

channel! {
    /// Every trade of a contract.
    ///
    /// `futures/trade:{symbol}` · public · Trade Channel
    pub struct Trades { symbol: Symbol }
}

model! {
    /// A trade, as pushed by [`Trades`].
    pub struct TradePush {
        /// The venue's id.
        pub trade_id: TradeId,
        /// The contract.
        pub symbol: Symbol,
        /// Price.
        pub deal_price: Price,
        /// Contracts.
        pub deal_vol: Contracts,
        /// What both sides did.
        pub way?: TradeWay,
        /// Whether the buyer was in the book.
        pub m?: bool,
        /// When it was made, in UTC as RFC 3339 with nanoseconds.
        pub created_at: String,
    }
}

impl Channel for Trades {
    type Venue = BitMart;
    type Item = Rows<TradePush>;
    const SPEC: ChannelSpec = ChannelSpec::new("trade", PUBLIC).refill(&["GetMarketTrades"]);

    fn topic(&self) -> Topic {
        Topic::new(format!("futures/trade:{}", self.symbol))
    }

    fn read(payload: Payload<'_>) -> Result<Option<Rows<TradePush>>, Unreadable> {
        rows(payload)
    }

    fn time(item: &Rows<TradePush>) -> Option<Millis> {
        Millis::from_rfc3339(&item.last()?.created_at)
    }
}

channel! {
    /// Candles of the last price, while they form.
    ///
    /// `futures/klineBin{interval}:{symbol}` · public · KlineBin Channel
    pub struct Klines { symbol: Symbol, interval: KlineInterval }
}

channel! {
    /// Candles of the mark price, while they form.
    ///
    /// `futures/markPriceKlineBin{interval}:{symbol}` · public · MarkPrice KlineBin Channel
    pub struct MarkPriceKlines { symbol: Symbol, interval: KlineInterval }
}

/// A push of [`Klines`] or [`MarkPriceKlines`]. The documentation prints one candle beside the symbol, the
/// live venue sends a list; both are read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde", try_from = "Wire")]
#[non_exhaustive]
pub struct KlinePush {
    /// The contract.
    pub symbol: Symbol,
    /// The candles.
    pub items: Rows<Candle>,
}

model! {
    /// A candle.
    pub struct Candle {
        /// First price.
        pub o: Price,
        /// Highest price.
        pub h: Price,
        /// Lowest price.
        pub l: Price,
        /// Last price.
        pub c: Price,
        /// Volume; contracts, although documented as turnover.
        pub v?: Amount,
        /// When it began, in s; for the mark price documented as the time of the push.
        pub ts: Secs,
    }
}

model! {
    struct Wire {
        symbol: Symbol,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        items: Option<Rows<Candle>>,
        o?: Price,
        h?: Price,
        l?: Price,
        c?: Price,
        v?: Amount,
        ts?: Secs,
    }
}

impl TryFrom<Wire> for KlinePush {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, &'static str> {
        let items = match wire {
            Wire { items: Some(items), .. } => items,
            Wire { o: Some(o), h: Some(h), l: Some(l), c: Some(c), v, ts: Some(ts), .. } => {
                vec![Candle { o, h, l, c, v, ts }].into()
            }
            _ => return Err("neither a candle nor a list of candles"),
        };
        Ok(Self { symbol: wire.symbol, items })
    }
}

macro_rules! klines {
    ($channel:ident, $name:literal, $refill:literal) => {
        impl Channel for $channel {
            type Venue = BitMart;
            type Item = KlinePush;
            const SPEC: ChannelSpec = ChannelSpec::new($name, PUBLIC).refill(&[$refill]);

            fn topic(&self) -> Topic {
                Topic::new(format!("futures/{}{}:{}", $name, self.interval, self.symbol))
            }

            fn read(payload: Payload<'_>) -> Result<Option<KlinePush>, Unreadable> {
                object(payload)
            }
        }
    };
}

klines!(Klines, "klineBin", "GetKlines");
klines!(MarkPriceKlines, "markPriceKlineBin", "GetMarkPriceKlines");
