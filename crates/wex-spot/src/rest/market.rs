//! Market data.

use venue_core::wire::{nullable, scalar, scalars};
use venue_core::{
    Amount, Asset, Endpoint, Invalid, Millis, Price, Qty, Rate, Rows, Spec, Symbol, TradeId, model,
    positional,
};

use super::check;
use crate::limits;
use crate::model::{
    Direction, DisplayLevel, FilterKind, KlineInterval, OrderType, Page, SymbolState, TimeInForce,
};
use crate::venue::WexSpot;

request! {
    /// Tells the venue's time.
    ///
    /// `GET /v4/public/time` · public · no limit documented.
    pub struct GetServerTime {}
}

impl Endpoint for GetServerTime {
    type Venue = WexSpot;
    type Response = ServerTime;
    const SPEC: Spec = Spec::get("/v4/public/time").section("Market");
}

model! {
    /// The venue's time.
    #[serde(rename_all = "camelCase")]
    pub struct ServerTime {
        /// Now, by the venue's clock.
        pub server_time: Millis,
    }
}

request! {
    /// Tells the address that requests come from: the one that a key may be bound to.
    ///
    /// `GET /v4/public/client` · public · no limit documented.
    pub struct GetClientIp {}
}

impl Endpoint for GetClientIp {
    type Venue = WexSpot;
    type Response = ClientIp;
    const SPEC: Spec = Spec::get("/v4/public/client").section("Market");
}

model! {
    /// The address that requests come from.
    pub struct ClientIp {
        /// The address.
        pub ip: String,
    }
}

request! {
    /// Lists symbols with their precisions, fees and rules.
    ///
    /// `GET /v4/public/symbol` · public · 10 per s per IP. All symbols when none is named.
    pub struct GetSymbols {}
    optional {
        /// One symbol only.
        symbol: Symbol,
        /// Several symbols only; goes before `symbol`.
        symbols: Vec<Symbol> as comma,
        /// The version of an earlier answer: the list is left out when nothing has changed since.
        version: String,
    }
}

impl Endpoint for GetSymbols {
    type Venue = WexSpot;
    type Response = Symbols;
    const SPEC: Spec = Spec::get("/v4/public/symbol").section("Market").cost(&limits::SYMBOLS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::some("symbols", self.symbols.as_ref())
    }
}

model! {
    /// Symbols.
    pub struct Symbols {
        /// When the list was made.
        pub time?: Millis,
        /// Version of the list.
        pub version?: String,
        /// One row a symbol; `None` when the version that was asked with is still the current one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub symbols: Option<Rows<SymbolInfo>>,
    }
}

model! {
    /// A symbol: its precisions, fees and rules.
    #[serde(rename_all = "camelCase")]
    pub struct SymbolInfo {
        /// Name.
        pub symbol: Symbol,
        /// Whether it trades.
        pub state?: SymbolState,
        /// Whether trading is switched on.
        pub trading_enabled?: bool,
        /// Whether it can be traded through the API.
        pub openapi_enabled?: bool,
        /// When its state changes next.
        pub next_state_time?: Millis,
        /// Its state after that.
        pub next_state?: SymbolState,
        /// Decimals to which the book can be merged.
        pub depth_merge_precision?: u32,
        /// Base currency.
        pub base_currency?: Asset,
        /// Decimals of amounts in base currency.
        pub base_currency_precision?: u32,
        /// Quote currency.
        pub quote_currency?: Asset,
        /// Decimals of amounts in quote currency.
        pub quote_currency_precision?: u32,
        /// Decimals of a price.
        pub price_precision?: u32,
        /// Decimals of a quantity.
        pub quantity_precision?: u32,
        /// Fee of a taker, as a fraction.
        pub taker_fee_rate?: Rate,
        /// Fee of a maker, as a fraction.
        pub maker_fee_rate?: Rate,
        /// Order types that it takes.
        #[serde(default, deserialize_with = "scalars")]
        pub order_types: Vec<OrderType>,
        /// How long its orders may live.
        #[serde(default, deserialize_with = "scalars")]
        pub time_in_forces: Vec<TimeInForce>,
        /// Higher is shown first.
        pub display_weight?: i64,
        /// Where it is shown.
        pub display_level?: DisplayLevel,
        /// Rules that its orders must meet.
        #[serde(default)]
        pub filters: Rows<Filter>,
    }
}

model! {
    /// A rule that orders of a symbol must meet; which members it has depends on its kind.
    #[serde(rename_all = "camelCase")]
    pub struct Filter {
        /// Kind of the rule.
        pub filter: FilterKind,
        /// Smallest price, quantity, or amount in quote currency; no bound when absent.
        pub min?: Amount,
        /// Largest price or quantity; no bound when absent.
        pub max?: Amount,
        /// Step of a price or quantity, counted from `min`; the symbol's precision when absent.
        pub tick_size?: Amount,
        /// How far below the last price a buy may be, as a fraction of it.
        pub buy_max_deviation?: Rate,
        /// How far above the last price a buy may be, as a fraction of it.
        pub buy_price_limit_coefficient?: Rate,
        /// How far above the last price a sell may be, as a fraction of it.
        pub sell_max_deviation?: Rate,
        /// How far below the last price a sell may be, as a fraction of it.
        pub sell_price_limit_coefficient?: Rate,
        /// How far from the last price the best price of the other side may be for a market order, as a
        /// fraction.
        pub max_deviation?: Rate,
        /// How long after a listing the rule holds, in seconds.
        pub duration_seconds?: u32,
        /// Largest price after a listing, in opening prices.
        pub max_price_multiple?: Rate,
    }
}

request! {
    /// Gives a symbol's order book.
    ///
    /// `GET /v4/public/depth` · public · 10 per s per IP. Quantities are in base currency.
    pub struct GetDepth { symbol: Symbol }
    optional {
        /// Levels a side, up to 500; 100 by default.
        limit: u32,
    }
}

impl Endpoint for GetDepth {
    type Venue = WexSpot;
    type Response = Depth;
    const SPEC: Spec = Spec::get("/v4/public/depth").section("Market").cost(&limits::DEPTH, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=500)
    }
}

model! {
    /// An order book. A side may be empty.
    #[serde(rename_all = "camelCase")]
    pub struct Depth {
        /// When it was taken.
        pub timestamp?: Millis,
        /// The last change that is in it; pushed changes go on from here.
        #[serde(deserialize_with = "scalar")]
        pub last_update_id: u64,
        /// Bids, best first.
        #[serde(deserialize_with = "nullable")]
        pub bids: Vec<DepthLevel>,
        /// Asks, best first.
        #[serde(deserialize_with = "nullable")]
        pub asks: Vec<DepthLevel>,
    }
}

positional! {
    /// A price level.
    pub struct DepthLevel {
        /// Price, in quote currency.
        pub price: Price,
        /// How much is there, in base currency.
        pub quantity: Qty,
    }
}

request! {
    /// Lists candles of a symbol.
    ///
    /// `GET /v4/public/kline` · public · 10 per s per IP. Times are those at which candles open.
    pub struct GetKlines {
        symbol: Symbol,
        /// Length of a candle.
        interval: KlineInterval,
    }
    optional {
        /// From this time on.
        start_time: Millis,
        /// Up to this time.
        end_time: Millis,
        /// How many, up to 1000; 100 by default.
        limit: u32,
    }
}

impl Endpoint for GetKlines {
    type Venue = WexSpot;
    type Response = Rows<Kline>;
    const SPEC: Spec = Spec::get("/v4/public/kline").section("Market").cost(&limits::KLINES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=1000)
    }
}

model! {
    /// A candle.
    pub struct Kline {
        /// When it opened.
        #[serde(rename = "t")]
        pub open_time: Millis,
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
        /// How much was traded, in base currency.
        #[serde(rename = "q")]
        pub volume?: Qty,
        /// How much was paid for it, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
    }
}

request! {
    /// Lists the latest trades of a symbol.
    ///
    /// `GET /v4/public/trade/recent` · public · 10 per s per IP.
    pub struct GetRecentTrades { symbol: Symbol }
    optional {
        /// How many, up to 1000; 200 by default.
        limit: u32,
    }
}

impl Endpoint for GetRecentTrades {
    type Venue = WexSpot;
    type Response = Rows<MarketTrade>;
    const SPEC: Spec = Spec::get("/v4/public/trade/recent").section("Market").cost(&limits::RECENT_TRADES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=1000)
    }
}

request! {
    /// Lists earlier trades of a symbol, page by page.
    ///
    /// `GET /v4/public/trade/history` · public · 10 per s per IP. Documented as a bare list, and sent as a
    /// page; both are read.
    pub struct GetHistoricalTrades {
        symbol: Symbol,
        /// Which page, seen from `fromId`. Which of the two is the older one is not documented.
        direction: Direction,
    }
    optional {
        /// How many, up to 1000; 200 by default.
        limit: u32,
        /// The trade from which the page is seen.
        from_id: TradeId,
    }
}

impl Endpoint for GetHistoricalTrades {
    type Venue = WexSpot;
    type Response = Page<MarketTrade>;
    const SPEC: Spec =
        Spec::get("/v4/public/trade/history").section("Market").cost(&limits::HISTORICAL_TRADES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=1000)?;
        self.from_id.as_ref().map_or(Ok(()), |id| check::number("fromId", id.as_str()))
    }
}

venue_core::paged! {
    GetHistoricalTrades: MarketTrade by trade_id in items, |request, page| {
        let limit = request.limit.unwrap_or(200);
        let from_id = page.cursor(&request.direction, request.from_id.as_ref(), limit, |trade| &trade.trade_id)?;
        Some(request.clone().from_id(from_id))
    }
}

model! {
    /// A trade between others.
    pub struct MarketTrade {
        /// Its id.
        #[serde(rename = "i")]
        pub trade_id: TradeId,
        /// When it was made.
        #[serde(rename = "t")]
        pub time: Millis,
        /// Price, in quote currency.
        #[serde(rename = "p")]
        pub price: Price,
        /// How much, in base currency.
        #[serde(rename = "q")]
        pub quantity: Qty,
        /// What was paid for it, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Whether the buyer's order was the one that rested: then the taker sold.
        #[serde(rename = "b")]
        pub buyer_is_maker?: bool,
    }
}
