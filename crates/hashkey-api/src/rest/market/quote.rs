//! Public market data: books, trades, candles, tickers.

use venue_core::{Amount, Endpoint, Invalid, Millis, Price, Qty, Rows, Spec, Symbol, model, positional};

use crate::limits;
use crate::model::{InstrumentType, KlineInterval};
use crate::rest::{check_filled, check_limit};
use crate::venue::{HashKey, MARKET_DATA};

request! {
    /// Reads the book of a pair.
    ///
    /// `GET /quote/v1/depth` · public · 20 per 1 s per IP (assumed).
    pub struct GetDepth { symbol: Symbol }
    optional {
        /// How many levels a side; 100 by default, 200 at most. Fewer may come.
        limit: u32,
    }
}

impl Endpoint for GetDepth {
    type Venue = HashKey;
    type Response = Depth;
    const SPEC: Spec = Spec::get("/quote/v1/depth").section(MARKET_DATA).bare().cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("symbol", self.symbol.as_str())?;
        check_limit(self.limit, 200)
    }
}

model! {
    /// A book: each side best level first. A level that can't be read makes the whole unreadable.
    pub struct Depth {
        /// When it was like this.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Buyers.
        #[serde(rename = "b")]
        pub bids: Vec<Level>,
        /// Sellers.
        #[serde(rename = "a")]
        pub asks: Vec<Level>,
    }
}

positional! {
    /// A price level.
    pub struct Level {
        /// Price.
        pub price: Price,
        /// Quantity, in base units.
        pub qty: Qty,
    }
}

request! {
    /// Lists the latest trades of a pair, the oldest first.
    ///
    /// `GET /quote/v1/trades` · public · 20 per 1 s per IP (assumed).
    pub struct GetTrades { symbol: Symbol }
    optional {
        /// How many; 100 by default and at most.
        limit: u32,
    }
}

impl Endpoint for GetTrades {
    type Venue = HashKey;
    type Response = Rows<Trade>;
    const SPEC: Spec = Spec::get("/quote/v1/trades").section(MARKET_DATA).bare().cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("symbol", self.symbol.as_str())?;
        check_limit(self.limit, 100)
    }
}

model! {
    /// A trade. It has no id.
    pub struct Trade {
        /// When it was made.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Price.
        #[serde(rename = "p")]
        pub price: Price,
        /// Quantity, in base units.
        #[serde(rename = "q")]
        pub qty: Qty,
        /// Whether the buyer was the maker: then the seller took.
        #[serde(rename = "ibm")]
        pub buyer_is_maker?: bool,
    }
}

request! {
    /// Lists candles of a pair, the oldest first.
    ///
    /// `GET /quote/v1/klines` · public · 20 per 1 s per IP (assumed).
    pub struct GetKlines { symbol: Symbol, interval: KlineInterval }
    optional {
        /// How many; 1000 at most. The default is not documented.
        limit: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for GetKlines {
    type Venue = HashKey;
    type Response = Rows<Kline>;
    const SPEC: Spec = Spec::get("/quote/v1/klines").section(MARKET_DATA).bare().cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("symbol", self.symbol.as_str())?;
        check_limit(self.limit, 1000)
    }
}

positional! {
    /// A candle.
    pub struct Kline {
        /// When it begins.
        pub open_time: Millis,
        /// First price.
        pub open: Price,
        /// Highest price.
        pub high: Price,
        /// Lowest price.
        pub low: Price,
        /// Last price.
        pub close: Price,
        /// What was traded, in base units.
        pub volume: Qty,
        /// When it ends; zero wherever it is shown. Add the interval to the beginning.
        pub close_time: Millis,
        /// What was traded, in quote currency.
        pub quote_volume: Amount,
        /// How many trades.
        pub trades: u64,
        /// What takers bought, in base units.
        pub taker_buy_volume: Qty,
        /// What takers bought, in quote currency.
        pub taker_buy_quote_volume: Amount,
    }
}

request! {
    /// Reads the last 24 hours of a pair, or of all.
    ///
    /// `GET /quote/v1/ticker/24hr` · public · 20 per 1 s per IP (assumed). Always a list.
    pub struct GetTicker24hr {}
    optional {
        /// One pair only.
        symbol: Symbol,
        /// Which kind of instrument; spot by default.
        inst_type: InstrumentType,
    }
}

impl Endpoint for GetTicker24hr {
    type Venue = HashKey;
    type Response = Rows<Ticker24hr>;
    const SPEC: Spec =
        Spec::get("/quote/v1/ticker/24hr").section(MARKET_DATA).bare().cost(&limits::PUBLIC, 1);
}

model! {
    /// The last 24 hours of a pair.
    pub struct Ticker24hr {
        /// When it was like this.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Pair.
        #[serde(rename = "s")]
        pub symbol: Symbol,
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
        /// Best bid.
        #[serde(rename = "b")]
        pub bid?: Price,
        /// Best ask.
        #[serde(rename = "a")]
        pub ask?: Price,
        /// What was traded, in base units; contracts for futures.
        #[serde(rename = "v")]
        pub volume?: Qty,
        /// What was traded, in quote currency.
        #[serde(rename = "qv")]
        pub quote_volume?: Amount,
        /// Kind of instrument.
        #[serde(rename = "it")]
        pub inst_type?: InstrumentType,
    }
}

request! {
    /// Reads the last price of a pair, or of all.
    ///
    /// `GET /quote/v1/ticker/price` · public · 20 per 1 s per IP (assumed). Always a list.
    pub struct GetTickerPrice {}
    optional {
        /// One pair only.
        symbol: Symbol,
    }
}

impl Endpoint for GetTickerPrice {
    type Venue = HashKey;
    type Response = Rows<TickerPrice>;
    const SPEC: Spec =
        Spec::get("/quote/v1/ticker/price").section(MARKET_DATA).bare().cost(&limits::PUBLIC, 1);
}

model! {
    /// Last price of a pair.
    pub struct TickerPrice {
        /// Pair.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Last price.
        #[serde(rename = "p")]
        pub price?: Price,
    }
}

request! {
    /// Reads best bid and ask of a pair.
    ///
    /// `GET /quote/v1/ticker/bookTicker` · public · 20 per 1 s per IP (assumed). Always a list.
    pub struct GetBookTicker { symbol: Symbol }
}

impl Endpoint for GetBookTicker {
    type Venue = HashKey;
    type Response = Rows<BookTicker>;
    const SPEC: Spec =
        Spec::get("/quote/v1/ticker/bookTicker").section(MARKET_DATA).bare().cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("symbol", self.symbol.as_str())
    }
}

model! {
    /// Best bid and ask of a pair; a side of an empty book may be `None`.
    pub struct BookTicker {
        /// Pair.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Best bid.
        #[serde(rename = "b")]
        pub bid?: Price,
        /// Its quantity, in base units.
        #[serde(rename = "bq")]
        pub bid_qty?: Qty,
        /// Best ask.
        #[serde(rename = "a")]
        pub ask?: Price,
        /// Its quantity, in base units.
        #[serde(rename = "aq")]
        pub ask_qty?: Qty,
        /// When it was like this.
        #[serde(rename = "t")]
        pub time?: Millis,
    }
}

request! {
    /// Reads the book of a pair with levels drawn together.
    ///
    /// `GET /quote/v1/depth/merged` · public · 20 per 1 s per IP (assumed).
    pub struct GetMergedDepth { symbol: Symbol }
    optional {
        /// How many levels a side; 100 by default, 200 at most.
        limit: u32,
        /// How far they are drawn together: 0 to 5 in this edition, a number of decimal places, negative ones
        /// included, in a later one. Sent as it is.
        scale: i32,
    }
}

impl Endpoint for GetMergedDepth {
    type Venue = HashKey;
    type Response = Depth;
    const SPEC: Spec =
        Spec::get("/quote/v1/depth/merged").section(MARKET_DATA).bare().cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("symbol", self.symbol.as_str())?;
        check_limit(self.limit, 200)
    }
}
