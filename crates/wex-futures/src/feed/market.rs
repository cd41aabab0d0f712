//! Public channels about a contract's prices and trades.

use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{Amount, Contracts, Invalid, Millis, Price, Rate, Symbol, channel, model};

use super::{MARKET, check_symbol, data};
use crate::venue::WexFutures;
use crate::{DealSide, FeedKlineInterval};

/// A channel whose only parameter is a contract.
macro_rules! of_symbol {
    ($channel:ident, $item:ident, $name:literal, $refill:literal, $time:expr) => {
        impl Channel for $channel {
            type Venue = WexFutures;
            type Item = $item;
            const SPEC: ChannelSpec = ChannelSpec::new($name, MARKET).refill(&[$refill]);

            fn check(&self) -> Result<(), Invalid> {
                check_symbol(&self.symbol)
            }

            fn topic(&self) -> Topic {
                Topic::new(format!("{}@{}", $name, self.symbol))
            }

            fn read(payload: Payload<'_>) -> Result<Option<$item>, Unreadable> {
                data(payload)
            }

            fn time(item: &$item) -> Option<Millis> {
                $time(item)
            }
        }
    };
}

channel! {
    /// Every trade of a contract, at once.
    ///
    /// `trade@{symbol}` · public · Trade Record. Trades have no id here.
    pub struct Trades { symbol: Symbol }
}

model! {
    /// A trade, as pushed by [`Trades`].
    pub struct TradePush {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Price, in quote currency.
        #[serde(rename = "p")]
        pub price: Price,
        /// Size, in contracts.
        #[serde(rename = "a")]
        pub qty: Contracts,
        /// Side; whose is not documented.
        #[serde(rename = "m")]
        pub side?: DealSide,
        /// When it was made, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

of_symbol!(Trades, TradePush, "trade", "GetDeals", |item: &TradePush| item.time);

channel! {
    /// The current candle of a contract, while it forms.
    ///
    /// `kline@{symbol},{interval}` · public · every 1000 ms · K-line
    pub struct Klines { symbol: Symbol, interval: FeedKlineInterval }
}

model! {
    /// A push of [`Klines`]. How long the candle is, is not in it.
    pub struct KlinePush {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// First price.
        #[serde(rename = "o")]
        pub open: Price,
        /// Last price.
        #[serde(rename = "c")]
        pub close: Price,
        /// Highest price.
        #[serde(rename = "h")]
        pub high: Price,
        /// Lowest price.
        #[serde(rename = "l")]
        pub low: Price,
        /// Traded, in contracts.
        #[serde(rename = "a")]
        pub volume?: Contracts,
        /// Value of that, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Change of the price; whether as a share is not documented.
        #[serde(rename = "ch", alias = "r")]
        pub change?: Rate,
        /// A time, in ms; whether of the candle's begin is not documented.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

impl Channel for Klines {
    type Venue = WexFutures;
    type Item = KlinePush;
    const SPEC: ChannelSpec = ChannelSpec::new("kline", MARKET).refill(&["GetKlines"]);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)?;
        match &self.interval {
            FeedKlineInterval::Other(text) => {
                Err(Invalid::new(format!("interval {text:?} is not documented")))
            }
            _ => Ok(()),
        }
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("kline@{},{}", self.symbol, self.interval))
    }

    fn read(payload: Payload<'_>) -> Result<Option<KlinePush>, Unreadable> {
        data(payload)
    }
}

channel! {
    /// What a contract did in the last 24 hours, with its best bid and ask, index and mark price.
    ///
    /// `agg_ticker@{symbol}` · public · every 1000 ms · Agg Ticker
    pub struct AggTicker { symbol: Symbol }
}

model! {
    /// A push of [`AggTicker`]; prices are in quote currency.
    pub struct AggTickerPush {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Price 24 hours ago.
        #[serde(rename = "o")]
        pub open?: Price,
        /// Last price.
        #[serde(rename = "c")]
        pub close?: Price,
        /// Highest price.
        #[serde(rename = "h")]
        pub high?: Price,
        /// Lowest price.
        #[serde(rename = "l")]
        pub low?: Price,
        /// Traded, in contracts.
        #[serde(rename = "a")]
        pub volume?: Contracts,
        /// Documented as the value of that; the live venue repeats the contracts.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Change of the price; sent as `r`.
        #[serde(rename = "ch", alias = "r")]
        pub change?: Rate,
        /// Index price; with up to 12 decimals.
        #[serde(rename = "i")]
        pub index_price?: Price,
        /// Mark price.
        #[serde(rename = "m")]
        pub mark_price?: Price,
        /// Best bid.
        #[serde(rename = "bp")]
        pub best_bid?: Price,
        /// Best ask.
        #[serde(rename = "ap")]
        pub best_ask?: Price,
        /// When, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

of_symbol!(AggTicker, AggTickerPush, "agg_ticker", "GetAggTicker", |item: &AggTickerPush| item.time);

channel! {
    /// The index price of a contract.
    ///
    /// `index_price@{symbol}` · public · every 1000 ms · Index Price
    pub struct IndexPrice { symbol: Symbol }
}

channel! {
    /// The mark price of a contract.
    ///
    /// `mark_price@{symbol}` · public · every 1000 ms · Mark Price
    pub struct MarkPrice { symbol: Symbol }
}

model! {
    /// A push of [`IndexPrice`] or [`MarkPrice`].
    pub struct PricePush {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// The price, in quote currency.
        #[serde(rename = "p")]
        pub price: Price,
        /// When, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

of_symbol!(IndexPrice, PricePush, "index_price", "GetSymbolIndexPrice", |item: &PricePush| item.time);
of_symbol!(MarkPrice, PricePush, "mark_price", "GetSymbolMarkPrice", |item: &PricePush| item.time);

channel! {
    /// The funding rate of a contract.
    ///
    /// `fund_rate@{symbol}` · public · every 60 s · Fund Rate
    pub struct FundRate { symbol: Symbol }
}

model! {
    /// A push of [`FundRate`].
    pub struct FundRatePush {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Funding rate, a fraction.
        #[serde(rename = "r")]
        pub rate: Rate,
        /// When, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

of_symbol!(FundRate, FundRatePush, "fund_rate", "GetFundingRate", |item: &FundRatePush| item.time);
