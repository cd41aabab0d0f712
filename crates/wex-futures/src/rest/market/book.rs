//! Order books, public trades, and the candles made of them.

use venue_core::{
    Amount, Contracts, Endpoint, Invalid, Millis, Price, Rows, Spec, Symbol, model, positional,
};

use crate::limits;
use crate::model::{DealSide, KlineInterval};
use crate::rest::rules::check_range;
use crate::venue::WexFutures;

request! {
    /// Lists a contract's last trades.
    ///
    /// `GET /future/market/v1/public/q/deal` · public · 1000 per min per IP, with all other requests.
    pub struct GetDeals { symbol: Symbol }
    optional {
        /// How many; 50 by default.
        num: u32,
    }
}

impl Endpoint for GetDeals {
    type Venue = WexFutures;
    type Response = Rows<Deal>;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/deal").section("Market Data").cost(&limits::ALL, 1);
}

model! {
    /// A public trade.
    pub struct Deal {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Price.
        #[serde(rename = "p")]
        pub price: Price,
        /// Size, in contracts.
        #[serde(rename = "a")]
        pub qty: Contracts,
        /// Side; whose is not documented.
        #[serde(rename = "m")]
        pub side?: DealSide,
        /// When.
        #[serde(rename = "t")]
        pub time: Millis,
    }
}

request! {
    /// Gives a contract's order book.
    ///
    /// `GET /future/market/v1/public/q/depth` · public · 10 per s per IP.
    pub struct GetDepth {
        symbol: Symbol,
        /// Levels a side, 1 to 50.
        level: u32,
    }
}

impl Endpoint for GetDepth {
    type Venue = WexFutures;
    type Response = Depth;
    const SPEC: Spec = Spec::get("/future/market/v1/public/q/depth")
        .section("Market Data")
        .cost(&limits::ALL, 1)
        .cost(&limits::DEPTH, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_range("level", Some(self.level), 1, 50)
    }
}

model! {
    /// An order book. Sizes are contracts. The documentation names the two sides the wrong way round;
    /// here they are what they are.
    pub struct Depth {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// The last update in it: where the stream of updates goes on.
        #[serde(rename = "u")]
        pub update_id?: u64,
        /// Asks, lowest first.
        #[serde(rename = "a")]
        pub asks: Vec<Level>,
        /// Bids, highest first.
        #[serde(rename = "b")]
        pub bids: Vec<Level>,
    }
}

positional! {
    /// A level of the book.
    pub struct Level {
        /// Price.
        pub price: Price,
        /// Size, in contracts.
        pub qty: Contracts,
    }
}

request! {
    /// Lists a contract's candles.
    ///
    /// `GET /future/market/v1/public/q/kline` · public · 1000 per min per IP, with all other requests.
    pub struct GetKlines {
        symbol: Symbol,
        /// Length of a candle.
        interval: KlineInterval,
    }
    optional {
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// How many, 1 to 1500.
        limit: u32,
    }
}

impl Endpoint for GetKlines {
    type Venue = WexFutures;
    type Response = Rows<Kline>;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/q/kline").section("Market Data").cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_range("limit", self.limit, 1, 1500)
    }
}

model! {
    /// A candle.
    pub struct Kline {
        /// Contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
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
        /// Value of that, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Pair that the contract follows; sent, not documented.
        #[serde(rename = "p")]
        pub pair?: Symbol,
    }
}
