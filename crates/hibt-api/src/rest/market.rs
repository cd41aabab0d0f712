//! Basic information: the venue's time, trading pairs, prices, trades, funding.

use venue_core::wire::nullable;
use venue_core::{
    Amount, Endpoint, Invalid, Millis, Price, Qty, Rate, Rows, Spec, Symbol, model, positional,
};

use super::check;
use crate::limits;
use crate::model::{CandlePeriod, Side};
use crate::venue::Hibt;

/// The chapter of the documentation.
pub(super) const SECTION: &str = "Basic Information API";

request! {
    /// Tells the venue's time.
    ///
    /// `GET /v2/server/time` · public · 10 per 1 s per IP (assumed) · a read, may be repeated.
    pub struct GetServerTime {}
}

impl Endpoint for GetServerTime {
    type Venue = Hibt;
    type Response = ServerTime;
    const SPEC: Spec = Spec::get("/v2/server/time").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// The venue's time.
    #[serde(rename_all = "camelCase")]
    pub struct ServerTime {
        /// Now.
        pub server_time: Millis,
    }
}

request! {
    /// Lists trading pairs with their precisions and smallest orders.
    ///
    /// `GET /v2/market/symbols` · public · 10 per 1 s per IP (assumed) · a read, may be repeated.
    pub struct GetSymbols {}
}

impl Endpoint for GetSymbols {
    type Venue = Hibt;
    type Response = Rows<TradingPair>;
    const SPEC: Spec = Spec::get("/v2/market/symbols").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// A trading pair: one contract.
    #[serde(rename_all = "camelCase")]
    pub struct TradingPair {
        /// Its name, in lower case: `btc_usdt`. Some commodities have no underscore: `gold`.
        pub symbol: Symbol,
        /// Whether it can be traded.
        pub support_trade?: bool,
        /// Decimals of a size. Look at the smallest orders too: one pair has been seen with 0 decimals and a
        /// smallest order of 0.01.
        pub volume_precision?: i32,
        /// Decimals of a price.
        pub price_precision?: i32,
        /// Smallest market order, in base currency.
        pub market_mini_amount?: Qty,
        /// Smallest limit order, in base currency.
        pub limit_mini_amount?: Qty,
    }
}

request! {
    /// Lists summaries of the last 24 hours.
    ///
    /// `GET /v2/market/tickers` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. All
    /// contracts when no symbol is given.
    pub struct GetTickers {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for GetTickers {
    type Venue = Hibt;
    type Response = Rows<Ticker>;
    const SPEC: Spec = Spec::get("/v2/market/tickers").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// A summary of the last 24 hours.
    #[serde(rename_all = "camelCase")]
    pub struct Ticker {
        /// Contract.
        pub symbol: Symbol,
        /// How much traded, in base currency.
        pub amount?: Qty,
        /// How much traded, in quote currency.
        pub volume?: Amount,
        /// First price.
        pub open?: Price,
        /// Last price.
        pub close?: Price,
        /// Highest price.
        pub high?: Price,
        /// Lowest price.
        pub low?: Price,
        /// Price of the last trade.
        pub last_price?: Price,
        /// Size of the last trade, in base currency.
        pub last_amount?: Qty,
        /// When the last trade was made.
        pub last_time?: Millis,
        /// Change, in percent.
        pub change?: Rate,
    }
}

request! {
    /// Lists candles of the last price.
    ///
    /// `GET /v2/market/candle` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. With both
    /// ends given, they decide how many come.
    pub struct GetCandles {
        symbol: Symbol,
        /// Length of a candle.
        period: CandlePeriod,
    }
    optional {
        /// Not before.
        start: Millis,
        /// Not after.
        end: Millis,
        /// How many; 200 by default, 500 at most.
        count: u32,
    }
}

impl Endpoint for GetCandles {
    type Venue = Hibt;
    type Response = Rows<Candle>;
    const SPEC: Spec = Spec::get("/v2/market/candle").section(SECTION).cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("count", self.count, 1..=limits::CANDLES)
    }
}

model! {
    /// A candle.
    pub struct Candle {
        /// Contract.
        pub symbol?: Symbol,
        /// How much traded, in base currency.
        pub amount?: Qty,
        /// How much traded, in quote currency.
        pub volume?: Amount,
        /// First price.
        pub open: Price,
        /// Last price.
        pub close: Price,
        /// Highest price.
        pub high: Price,
        /// Lowest price.
        pub low: Price,
        /// When it began.
        pub ts: Millis,
    }
}

request! {
    /// Lists last prices.
    ///
    /// `GET /v2/market/ticker/price` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. All
    /// contracts when no symbol is given.
    pub struct GetTickerPrices {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for GetTickerPrices {
    type Venue = Hibt;
    type Response = Rows<TickerPrice>;
    const SPEC: Spec = Spec::get("/v2/market/ticker/price").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// A last price.
    pub struct TickerPrice {
        /// Contract.
        pub symbol: Symbol,
        /// Price of the last trade.
        pub price: Price,
    }
}

/// The numbers of levels that can be asked for.
const DEPTHS: [u32; 6] = [5, 10, 20, 50, 100, 200];

request! {
    /// Gives the order book of a contract.
    ///
    /// `GET /v2/market/depth` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. See also
    /// [`GetOrderBook`](crate::rest::GetOrderBook), which tells a time.
    pub struct GetDepth { symbol: Symbol }
    optional {
        /// How many levels of each side: 5, 10, 20, 50, 100 or 200. For 100 and 200 the venue has been seen
        /// to give 50.
        limit: u32,
    }
}

impl Endpoint for GetDepth {
    type Venue = Hibt;
    type Response = Depth;
    const SPEC: Spec = Spec::get("/v2/market/depth").section(SECTION).cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        match self.limit {
            Some(limit) if !DEPTHS.contains(&limit) => {
                Err(Invalid::new(format!("limit {limit}: one of 5, 10, 20, 50, 100, 200")))
            }
            _ => Ok(()),
        }
    }
}

model! {
    /// An order book. It carries neither a time nor a sequence number.
    pub struct Depth {
        /// Bids, best first.
        #[serde(deserialize_with = "nullable")]
        pub bid: Vec<Level>,
        /// Asks, best first.
        #[serde(deserialize_with = "nullable")]
        pub ask: Vec<Level>,
    }
}

positional! {
    /// A price level.
    pub struct Level {
        /// Price.
        pub price: Price,
        /// How much is there, in base currency.
        pub size: Qty,
    }
}

request! {
    /// Lists the latest trades of a contract.
    ///
    /// `GET /v2/market/deals` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. How many come
    /// can't be chosen.
    pub struct GetDeals { symbol: Symbol }
}

impl Endpoint for GetDeals {
    type Venue = Hibt;
    type Response = Rows<Deal>;
    const SPEC: Spec = Spec::get("/v2/market/deals").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// A trade in the market. It has no id.
    pub struct Deal {
        /// Contract.
        pub symbol?: Symbol,
        /// How much, in base currency.
        pub amount: Qty,
        /// Price.
        pub price: Price,
        /// Which way it went. The venue writes a word here and a number elsewhere, and doesn't say whose side
        /// it is.
        pub side?: Side,
        /// When it was made.
        pub time: Millis,
    }
}

request! {
    /// Gives the mark price of a contract.
    ///
    /// `GET /v2/market/index` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. Name a
    /// symbol: the venue documents that it may be left out for all contracts, and has been seen to refuse
    /// that.
    pub struct GetMarkPrices {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for GetMarkPrices {
    type Venue = Hibt;
    type Response = Rows<MarkPrice>;
    const SPEC: Spec = Spec::get("/v2/market/index").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// A mark price.
    #[serde(rename_all = "camelCase")]
    pub struct MarkPrice {
        /// Contract.
        pub symbol: Symbol,
        /// The price. It has been seen to equal the index price.
        pub market_price: Price,
    }
}

request! {
    /// Lists funding rates of a contract.
    ///
    /// `GET /v2/market/fundingRate` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. At
    /// most three months at once. A small `limit` (5) has been seen to be refused.
    pub struct GetFundingRates { symbol: Symbol }
    optional {
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// How many; 100 by default, 1000 at most.
        limit: u32,
    }
}

impl Endpoint for GetFundingRates {
    type Venue = Hibt;
    type Response = Rows<FundingRate>;
    const SPEC: Spec = Spec::get("/v2/market/fundingRate").section(SECTION).cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=limits::FUNDING_RATES)?;
        check::span(self.start_time, self.end_time, limits::FUNDING_DAYS)
    }
}

model! {
    /// A funding rate.
    pub struct FundingRate {
        /// Contract.
        pub symbol?: Symbol,
        /// Rate, as a fraction.
        pub rate: Rate,
        /// When it was. Rows have been seen every five minutes, newest first.
        pub time: Millis,
    }
}

request! {
    /// Lists the risk limits of a contract: how much leverage for how large a position.
    ///
    /// `GET /v2/market/riskLimit` · public · 10 per 1 s per IP (assumed) · a read, may be repeated.
    pub struct GetRiskLimits { symbol: Symbol }
}

impl Endpoint for GetRiskLimits {
    type Venue = Hibt;
    type Response = Rows<RiskLimit>;
    const SPEC: Spec = Spec::get("/v2/market/riskLimit").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// A risk limit: what holds for positions of a size.
    #[serde(rename_all = "camelCase")]
    pub struct RiskLimit {
        /// Contract.
        pub symbol?: Symbol,
        /// From what value of a position it holds.
        pub min_value?: Amount,
        /// Up to what value of a position it holds.
        pub max_value?: Amount,
        /// Largest leverage.
        pub max_leverage?: Rate,
        /// Maintenance margin, as a fraction of the position's value.
        pub maintenance_margin_rate?: Rate,
    }
}
