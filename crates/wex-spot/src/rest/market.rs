//! Market data.

use venue_core::wire::scalars;
use venue_core::{Amount, Asset, Endpoint, Invalid, Millis, Rate, Rows, Spec, Symbol, model};

use crate::limits;
use crate::model::{DisplayLevel, FilterKind, OrderType, SymbolState, TimeInForce};
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
        match &self.symbols {
            Some(symbols) if symbols.is_empty() => Err(Invalid::new("symbols: at least one, or none given")),
            _ => Ok(()),
        }
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
