//! Tickers: a symbol's last price, its best bid and ask, its last day.

use venue_core::{Amount, Endpoint, Invalid, Millis, Price, Qty, Rate, Rows, Spec, Symbol, model};

use super::check;
use crate::limits;
use crate::model::TickerTag;
use crate::venue::WexSpot;

request! {
    /// Gives full tickers: the last day, and the best bid and ask.
    ///
    /// `GET /v4/public/ticker` · public · 10 per s per IP. All symbols when none is named.
    pub struct GetTickers {}
    optional {
        /// One symbol only.
        symbol: Symbol,
        /// Several symbols only; goes before `symbol`.
        symbols: Vec<Symbol> as comma,
        /// Markets with these tags only.
        tags: Vec<TickerTag> as comma,
    }
}

impl Endpoint for GetTickers {
    type Venue = WexSpot;
    type Response = Rows<Ticker>;
    const SPEC: Spec = Spec::get("/v4/public/ticker").section("Market").cost(&limits::TICKERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::some("symbols", self.symbols.as_ref())?;
        check::some("tags", self.tags.as_ref())
    }
}

model! {
    /// A full ticker.
    pub struct Ticker {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When it last changed.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// By how much the price changed in 24 hours, in quote currency.
        #[serde(rename = "cv")]
        pub change?: Price,
        /// The same as a fraction of the first price: 0.02 is two per cent.
        #[serde(rename = "cr")]
        pub change_rate?: Rate,
        /// First price of the last 24 hours.
        #[serde(rename = "o")]
        pub open?: Price,
        /// Lowest price of the last 24 hours.
        #[serde(rename = "l")]
        pub low?: Price,
        /// Highest price of the last 24 hours.
        #[serde(rename = "h")]
        pub high?: Price,
        /// Last price.
        #[serde(rename = "c")]
        pub last?: Price,
        /// How much was traded in 24 hours, in base currency.
        #[serde(rename = "q")]
        pub volume?: Qty,
        /// What was paid for it, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Best ask; absent when there is none.
        #[serde(rename = "ap")]
        pub ask_price?: Price,
        /// How much is offered at it, in base currency.
        #[serde(rename = "aq")]
        pub ask_quantity?: Qty,
        /// Best bid; absent when there is none.
        #[serde(rename = "bp")]
        pub bid_price?: Price,
        /// How much is asked for at it, in base currency.
        #[serde(rename = "bq")]
        pub bid_quantity?: Qty,
    }
}

request! {
    /// Gives last prices.
    ///
    /// `GET /v4/public/ticker/price` · public · 10 per s per IP. All symbols when none is named.
    pub struct GetTickerPrices {}
    optional {
        /// One symbol only.
        symbol: Symbol,
        /// Several symbols only; goes before `symbol`.
        symbols: Vec<Symbol> as comma,
        /// Markets with these tags only.
        tags: Vec<TickerTag> as comma,
    }
}

impl Endpoint for GetTickerPrices {
    type Venue = WexSpot;
    type Response = Rows<TickerPrice>;
    const SPEC: Spec = Spec::get("/v4/public/ticker/price").section("Market").cost(&limits::TICKER_PRICES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::some("symbols", self.symbols.as_ref())?;
        check::some("tags", self.tags.as_ref())
    }
}

model! {
    /// A symbol's last price.
    pub struct TickerPrice {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When it last changed.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Last price; absent when there was no trade.
        #[serde(rename = "p")]
        pub price?: Price,
    }
}

request! {
    /// Gives best bids and asks.
    ///
    /// `GET /v4/public/ticker/book` · public · 10 per s per IP. All symbols when none is named.
    pub struct GetTickerBooks {}
    optional {
        /// One symbol only.
        symbol: Symbol,
        /// Several symbols only; goes before `symbol`.
        symbols: Vec<Symbol> as comma,
        /// Markets with these tags only.
        tags: Vec<TickerTag> as comma,
    }
}

impl Endpoint for GetTickerBooks {
    type Venue = WexSpot;
    type Response = Rows<TickerBook>;
    const SPEC: Spec = Spec::get("/v4/public/ticker/book").section("Market").cost(&limits::TICKER_BOOKS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::some("symbols", self.symbols.as_ref())?;
        check::some("tags", self.tags.as_ref())
    }
}

model! {
    /// A symbol's best bid and ask.
    pub struct TickerBook {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When it last changed.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Best ask; absent when there is none.
        #[serde(rename = "ap")]
        pub ask_price?: Price,
        /// How much is offered at it, in base currency.
        #[serde(rename = "aq")]
        pub ask_quantity?: Qty,
        /// Best bid; absent when there is none.
        #[serde(rename = "bp")]
        pub bid_price?: Price,
        /// How much is asked for at it, in base currency.
        #[serde(rename = "bq")]
        pub bid_quantity?: Qty,
    }
}

request! {
    /// Gives statistics of the last 24 hours.
    ///
    /// `GET /v4/public/ticker/24h` · public · 10 per s per IP. All symbols when none is named.
    pub struct GetTickers24h {}
    optional {
        /// One symbol only.
        symbol: Symbol,
        /// Several symbols only; goes before `symbol`.
        symbols: Vec<Symbol> as comma,
        /// Markets with these tags only.
        tags: Vec<TickerTag> as comma,
    }
}

impl Endpoint for GetTickers24h {
    type Venue = WexSpot;
    type Response = Rows<Ticker24h>;
    const SPEC: Spec = Spec::get("/v4/public/ticker/24h").section("Market").cost(&limits::TICKERS_24H, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::some("symbols", self.symbols.as_ref())?;
        check::some("tags", self.tags.as_ref())
    }
}

model! {
    /// What a symbol did in the last 24 hours.
    pub struct Ticker24h {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When it last changed.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// By how much the price changed in 24 hours, in quote currency.
        #[serde(rename = "cv")]
        pub change?: Price,
        /// The same as a fraction of the first price: 0.02 is two per cent.
        #[serde(rename = "cr")]
        pub change_rate?: Rate,
        /// First price of the last 24 hours.
        #[serde(rename = "o")]
        pub open?: Price,
        /// Lowest price of the last 24 hours.
        #[serde(rename = "l")]
        pub low?: Price,
        /// Highest price of the last 24 hours.
        #[serde(rename = "h")]
        pub high?: Price,
        /// Last price.
        #[serde(rename = "c")]
        pub last?: Price,
        /// How much was traded in 24 hours, in base currency.
        #[serde(rename = "q")]
        pub volume?: Qty,
        /// What was paid for it, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
    }
}
