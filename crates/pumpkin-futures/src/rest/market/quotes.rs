//! Tickers, order book, trades, candles, mark and index prices.
//!
//! Sizes are contracts, though the documentation says base currency: its own examples only come out so
//! (`a` × contract size × price = `v`).

use venue_core::wire::nullable;
use venue_core::{Amount, Contracts, Endpoint, Invalid, Millis, Price, Rate, Rows, Spec, Symbol, model};

use crate::model::{DealSide, KlineInterval, Level, TimeRangeType};
use crate::rest::{check, spec};
use crate::venue::Pumpkin;

request! {
    /// Sums up a contract's last 24 hours, or its trading day in a time zone.
    ///
    /// `GET /v2/public/q/ticker` · signed · weight 1 · a read, may be repeated.
    pub struct GetTicker { symbol: Symbol, time_range_type: TimeRangeType }
}

impl Endpoint for GetTicker {
    type Venue = Pumpkin;
    type Response = Ticker;
    const SPEC: Spec = spec::market(1, "/v2/public/q/ticker");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

request! {
    /// Sums up all contracts' last 24 hours, or their trading day in a time zone.
    ///
    /// `GET /v2/public/q/tickers` · signed · weight 1 · a read, may be repeated.
    pub struct GetTickers { time_range_type: TimeRangeType }
}

impl Endpoint for GetTickers {
    type Venue = Pumpkin;
    type Response = Rows<Ticker>;
    const SPEC: Spec = spec::market(1, "/v2/public/q/tickers");
}

model! {
    /// A contract's last 24 hours, or its trading day.
    pub struct Ticker {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When this was so.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Last price.
        #[serde(rename = "c")]
        pub last?: Price,
        /// Highest price.
        #[serde(rename = "h")]
        pub high?: Price,
        /// Lowest price.
        #[serde(rename = "l")]
        pub low?: Price,
        /// First price.
        #[serde(rename = "o")]
        pub open?: Price,
        /// Traded, in contracts.
        #[serde(rename = "a")]
        pub volume?: Contracts,
        /// Traded, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Change of the price, as a fraction: 0.0102 is 1.02 %.
        #[serde(rename = "r")]
        pub change?: Rate,
    }
}

request! {
    /// Sums up a contract as [`GetTicker`] does, with index and mark price and the best of the book.
    ///
    /// `GET /v2/public/q/agg-ticker` · signed · weight 1 · a read, may be repeated.
    pub struct GetAggTicker { symbol: Symbol, time_range_type: TimeRangeType }
}

impl Endpoint for GetAggTicker {
    type Venue = Pumpkin;
    type Response = AggTicker;
    const SPEC: Spec = spec::market(1, "/v2/public/q/agg-ticker");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

request! {
    /// Sums up all contracts as [`GetTickers`] does, with index and mark price and the best of the book.
    ///
    /// `GET /v2/public/q/agg-tickers` · signed · weight 1 · a read, may be repeated.
    pub struct GetAggTickers { time_range_type: TimeRangeType }
}

impl Endpoint for GetAggTickers {
    type Venue = Pumpkin;
    type Response = Rows<AggTicker>;
    const SPEC: Spec = spec::market(1, "/v2/public/q/agg-tickers");
}

model! {
    /// A contract's last 24 hours, or its trading day, with its other prices.
    pub struct AggTicker {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When this was so.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Last price.
        #[serde(rename = "c")]
        pub last?: Price,
        /// Highest price.
        #[serde(rename = "h")]
        pub high?: Price,
        /// Lowest price.
        #[serde(rename = "l")]
        pub low?: Price,
        /// First price.
        #[serde(rename = "o")]
        pub open?: Price,
        /// Traded, in contracts.
        #[serde(rename = "a")]
        pub volume?: Contracts,
        /// Traded, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Change of the price, as a fraction: 0.0102 is 1.02 %.
        #[serde(rename = "r")]
        pub change?: Rate,
        /// Index price.
        #[serde(rename = "i")]
        pub index_price?: Price,
        /// Mark price.
        #[serde(rename = "m")]
        pub mark_price?: Price,
        /// Best bid.
        #[serde(rename = "bp")]
        pub bid?: Price,
        /// Best ask.
        #[serde(rename = "ap")]
        pub ask?: Price,
    }
}

request! {
    /// Gives the order book of a contract.
    ///
    /// `GET /v2/public/q/depth` · signed · weight 1 · a read, may be repeated. `level` is how many levels a
    /// side, 1 to 50.
    pub struct GetDepth { symbol: Symbol, level: u32 }
}

impl Endpoint for GetDepth {
    type Venue = Pumpkin;
    type Response = Depth;
    const SPEC: Spec = spec::market(1, "/v2/public/q/depth");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::within("level", Some(self.level), 1..=50)
    }
}

model! {
    /// An order book, the best level of each side first.
    pub struct Depth {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When it was so.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Number of the update that it is as of.
        #[serde(rename = "u")]
        pub update_id?: u64,
        /// Bids.
        #[serde(rename = "b", default, deserialize_with = "nullable")]
        pub bids: Vec<Level>,
        /// Asks.
        #[serde(rename = "a", default, deserialize_with = "nullable")]
        pub asks: Vec<Level>,
    }
}

request! {
    /// Lists a contract's latest trades.
    ///
    /// `GET /v2/public/q/deal` · signed · weight 1 · a read, may be repeated.
    pub struct GetDeals { symbol: Symbol }
    optional {
        /// How many, at least 1; 50 by default.
        num: u32,
    }
}

impl Endpoint for GetDeals {
    type Venue = Pumpkin;
    type Response = Rows<Deal>;
    const SPEC: Spec = spec::market(1, "/v2/public/q/deal");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::within("num", self.num, 1..=u32::MAX)
    }
}

model! {
    /// A trade of anybody.
    pub struct Deal {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When it was made.
        #[serde(rename = "t")]
        pub time: Millis,
        /// Price.
        #[serde(rename = "p")]
        pub price: Price,
        /// Size, in contracts.
        #[serde(rename = "a")]
        pub qty: Contracts,
        /// On which side of the book.
        #[serde(rename = "m")]
        pub side?: DealSide,
    }
}

request! {
    /// Lists a contract's candles.
    ///
    /// `GET /v2/public/q/kline` · signed · weight 1 · a read, may be repeated. The newest comes first in the
    /// documented example; no order is promised.
    pub struct GetKlines { symbol: Symbol, interval: KlineInterval }
    optional {
        /// Not before; so many candles back from now when absent.
        start_time: Millis,
        /// Not after; now when absent.
        end_time: Millis,
        /// How many, 1 to 1000; 500 by default. May be ignored when both times are given.
        limit: u32,
    }
}

impl Endpoint for GetKlines {
    type Venue = Pumpkin;
    type Response = Rows<Kline>;
    const SPEC: Spec = spec::market(1, "/v2/public/q/kline");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::within("limit", self.limit, 1..=1_000)
    }
}

model! {
    /// A candle. `a` and `v` are the other way round in the WebSocket's candles.
    pub struct Kline {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol?: Symbol,
        /// When it begins.
        #[serde(rename = "t")]
        pub time: Millis,
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
        /// Traded, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
    }
}

request! {
    /// Lists the mark prices of all contracts.
    ///
    /// `GET /v2/public/q/mark-price` · signed · weight 1 · a read, may be repeated.
    pub struct GetMarkPrices {}
}

impl Endpoint for GetMarkPrices {
    type Venue = Pumpkin;
    type Response = Rows<PriceAt>;
    const SPEC: Spec = spec::market(1, "/v2/public/q/mark-price");
}

request! {
    /// Gives a contract's mark price.
    ///
    /// `GET /v2/public/q/symbol-mark-price` · signed · weight 1 · a read, may be repeated.
    pub struct GetMarkPrice { symbol: Symbol }
}

impl Endpoint for GetMarkPrice {
    type Venue = Pumpkin;
    type Response = PriceAt;
    const SPEC: Spec = spec::market(1, "/v2/public/q/symbol-mark-price");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

request! {
    /// Lists the index prices of all contracts.
    ///
    /// `GET /v2/public/q/index-price` · signed · weight 1 · a read, may be repeated.
    pub struct GetIndexPrices {}
}

impl Endpoint for GetIndexPrices {
    type Venue = Pumpkin;
    type Response = Rows<PriceAt>;
    const SPEC: Spec = spec::market(1, "/v2/public/q/index-price");
}

request! {
    /// Gives a contract's index price.
    ///
    /// `GET /v2/public/q/symbol-index-price` · signed · weight 1 · a read, may be repeated.
    pub struct GetIndexPrice { symbol: Symbol }
}

impl Endpoint for GetIndexPrice {
    type Venue = Pumpkin;
    type Response = PriceAt;
    const SPEC: Spec = spec::market(1, "/v2/public/q/symbol-index-price");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

model! {
    /// A price of a contract, mark or index, at a time.
    pub struct PriceAt {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// The price.
        #[serde(rename = "p")]
        pub price: Price,
        /// When it was so.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}
