//! Prices: tickers, best bids and asks, index and mark.

use venue_core::{Amount, Contracts, Endpoint, Millis, Price, Rate, Rows, Spec, Symbol, model};

use crate::limits;
use crate::venue::WexFutures;

request! {
    /// Gives a contract's last 24 hours.
    ///
    /// `GET /future/market/v1/public/q/ticker` · public · 1000 per min per IP, with all other requests.
    pub struct GetTicker { symbol: Symbol }
}

impl Endpoint for GetTicker {
    type Venue = WexFutures;
    type Response = Ticker;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/ticker").section("Market Data").cost(&limits::ALL, 1);
}

request! {
    /// Lists the last 24 hours of all contracts.
    ///
    /// `GET /future/market/v1/public/q/tickers` · public · 1000 per min per IP, with all other requests.
    pub struct GetTickers {}
}

impl Endpoint for GetTickers {
    type Venue = WexFutures;
    type Response = Rows<Ticker>;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/tickers").section("Market Data").cost(&limits::ALL, 1);
}

model! {
    /// The last 24 hours of a contract.
    pub struct Ticker {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// First price of the last 24 hours.
        #[serde(rename = "o")]
        pub open?: Price,
        /// Last price.
        #[serde(rename = "c")]
        pub close?: Price,
        /// Highest price of the last 24 hours.
        #[serde(rename = "h")]
        pub high?: Price,
        /// Lowest price of the last 24 hours.
        #[serde(rename = "l")]
        pub low?: Price,
        /// Traded in the last 24 hours, in contracts.
        #[serde(rename = "a")]
        pub volume?: Contracts,
        /// Value of that, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Change over the last 24 hours, as a fraction.
        #[serde(rename = "r")]
        pub change?: Rate,
    }
}

request! {
    /// Gives a contract's last 24 hours with its best, index and mark prices.
    ///
    /// `GET /future/market/v1/public/q/agg-ticker` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetAggTicker { symbol: Symbol }
}

impl Endpoint for GetAggTicker {
    type Venue = WexFutures;
    type Response = AggTicker;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/agg-ticker").section("Market Data").cost(&limits::ALL, 1);
}

request! {
    /// Lists the last 24 hours of all contracts with their best, index and mark prices.
    ///
    /// `GET /future/market/v1/public/q/agg-tickers` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetAggTickers {}
}

impl Endpoint for GetAggTickers {
    type Venue = WexFutures;
    type Response = Rows<AggTicker>;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/agg-tickers").section("Market Data").cost(&limits::ALL, 1);
}

model! {
    /// The last 24 hours of a contract, with its best, index and mark prices.
    pub struct AggTicker {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// First price of the last 24 hours.
        #[serde(rename = "o")]
        pub open?: Price,
        /// Last price.
        #[serde(rename = "c")]
        pub close?: Price,
        /// Highest price of the last 24 hours.
        #[serde(rename = "h")]
        pub high?: Price,
        /// Lowest price of the last 24 hours.
        #[serde(rename = "l")]
        pub low?: Price,
        /// Traded in the last 24 hours, in contracts.
        #[serde(rename = "a")]
        pub volume?: Contracts,
        /// Value of that, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Change over the last 24 hours, as a fraction.
        #[serde(rename = "r")]
        pub change?: Rate,
        /// Best ask.
        #[serde(rename = "ap")]
        pub ask_price?: Price,
        /// Best bid.
        #[serde(rename = "bp")]
        pub bid_price?: Price,
        /// Index price.
        #[serde(rename = "i")]
        pub index_price?: Price,
        /// Mark price.
        #[serde(rename = "m")]
        pub mark_price?: Price,
    }
}

request! {
    /// Gives a contract's best bid and ask with their sizes.
    ///
    /// `GET /future/market/v1/public/q/ticker/book` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetBookTicker { symbol: Symbol }
}

impl Endpoint for GetBookTicker {
    type Venue = WexFutures;
    type Response = BookTicker;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/ticker/book").section("Market Data").cost(&limits::ALL, 1);
}

request! {
    /// Lists the best bid and ask of all contracts with their sizes.
    ///
    /// `GET /future/market/v1/public/q/ticker/books` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetBookTickers {}
}

impl Endpoint for GetBookTickers {
    type Venue = WexFutures;
    type Response = Rows<BookTicker>;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/ticker/books").section("Market Data").cost(&limits::ALL, 1);
}

model! {
    /// Best bid and ask of a contract.
    pub struct BookTicker {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Best ask.
        #[serde(rename = "ap")]
        pub ask_price?: Price,
        /// Size there, in contracts.
        #[serde(rename = "aq")]
        pub ask_qty?: Contracts,
        /// Best bid.
        #[serde(rename = "bp")]
        pub bid_price?: Price,
        /// Size there, in contracts.
        #[serde(rename = "bq")]
        pub bid_qty?: Contracts,
    }
}

request! {
    /// Gives a contract's index price.
    ///
    /// `GET /future/market/v1/public/q/symbol-index-price` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetSymbolIndexPrice { symbol: Symbol }
}

impl Endpoint for GetSymbolIndexPrice {
    type Venue = WexFutures;
    type Response = PriceAt;
    const SPEC: Spec = Spec::get("/future/market/v1/public/q/symbol-index-price")
        .section("Market Data")
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists the index prices of all contracts.
    ///
    /// `GET /future/market/v1/public/q/index-price` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetIndexPrices {}
}

impl Endpoint for GetIndexPrices {
    type Venue = WexFutures;
    type Response = Rows<PriceAt>;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/index-price").section("Market Data").cost(&limits::ALL, 1);
}

request! {
    /// Gives a contract's mark price.
    ///
    /// `GET /future/market/v1/public/q/symbol-mark-price` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetSymbolMarkPrice { symbol: Symbol }
}

impl Endpoint for GetSymbolMarkPrice {
    type Venue = WexFutures;
    type Response = PriceAt;
    const SPEC: Spec = Spec::get("/future/market/v1/public/q/symbol-mark-price")
        .section("Market Data")
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists the mark prices of all contracts.
    ///
    /// `GET /future/market/v1/public/q/mark-price` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetMarkPrices {}
}

impl Endpoint for GetMarkPrices {
    type Venue = WexFutures;
    type Response = Rows<PriceAt>;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/mark-price").section("Market Data").cost(&limits::ALL, 1);
}

model! {
    /// An index or mark price at a time.
    pub struct PriceAt {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Price.
        #[serde(rename = "p")]
        pub price: Price,
        /// When.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}
