//! Contracts: which there are, and their rules.

use venue_core::serde::{Deserialize, Deserializer, Serialize};
use venue_core::wire::{ObjectOr, nullable, unset};
use venue_core::{
    Amount, Asset, Contracts, Endpoint, Millis, Price, Rate, RawJson, Rows, Spec, Symbol, model,
};

use crate::limits;
use crate::model::{ContractType, EntrustType, Listed, OrderType, PositionType, RecordId, TimeInForce};
use crate::venue::WexFutures;

request! {
    /// Tells the address that requests come from.
    ///
    /// `GET /future/public/client` · public · 1000 per min per IP, with all other requests.
    pub struct GetClientIp {}
}

impl Endpoint for GetClientIp {
    type Venue = WexFutures;
    type Response = ClientIp;
    const SPEC: Spec = Spec::get("/future/public/client").section("Market Data").cost(&limits::ALL, 1);
}

model! {
    /// Where requests come from.
    pub struct ClientIp {
        /// The address.
        pub ip: String,
    }
}

request! {
    /// Lists the currencies of all contracts.
    ///
    /// `GET /future/market/v1/public/symbol/coins` · public · 1000 per min per IP, with all other
    /// requests.
    pub struct GetSymbolCoins {}
}

impl Endpoint for GetSymbolCoins {
    type Venue = WexFutures;
    type Response = Rows<Asset>;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/symbol/coins").section("Market Data").cost(&limits::ALL, 1);
}

request! {
    /// Gives the rules of one contract.
    ///
    /// `GET /future/market/v1/public/symbol/detail` · public · 1000 per min per IP, with all other
    /// requests. A contract of the other product is an unknown symbol here: each host has its own.
    pub struct GetSymbolDetail { symbol: Symbol }
}

impl Endpoint for GetSymbolDetail {
    type Venue = WexFutures;
    type Response = SymbolDetail;
    const SPEC: Spec =
        Spec::get("/future/market/v1/public/symbol/detail").section("Market Data").cost(&limits::ALL, 1);
}

request! {
    /// Lists the rules of all contracts that are listed and trade.
    ///
    /// `GET /future/market/v3/public/symbol/list` · public · 1000 per min per IP, with all other
    /// requests. Not all of them may be traded through the API: see [`SymbolDetail::is_open_api`].
    pub struct GetSymbolList {}
}

impl Endpoint for GetSymbolList {
    type Venue = WexFutures;
    type Response = SymbolList;
    const SPEC: Spec =
        Spec::get("/future/market/v3/public/symbol/list").section("Market Data").cost(&limits::ALL, 1);
}

/// The rules of all contracts.
///
/// A list by the documentation; an object around it is seen as well, and either reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(crate = "venue_core::serde")]
#[non_exhaustive]
pub struct SymbolList {
    /// When it was made, where that is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Millis>,
    /// Its version, where that is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// One row a contract.
    pub symbols: Rows<SymbolDetail>,
}

model! {
    /// The shape with an object around.
    struct Versioned {
        /// When it was made.
        time?: Millis,
        /// Its version.
        version?: String,
        /// One row a contract.
        symbols: Rows<SymbolDetail>,
    }
}

impl<'de> Deserialize<'de> for SymbolList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match ObjectOr::deserialize(deserializer)? {
            ObjectOr::Object(Versioned { time, version, symbols }) => Self { time, version, symbols },
            ObjectOr::Other(symbols) => Self { time: None, version: None, symbols },
        })
    }
}

model! {
    /// The rules of a contract. Sizes are contracts, prices and values are in quote currency, rates are
    /// fractions.
    #[serde(rename_all = "camelCase")]
    pub struct SymbolDetail {
        /// Contract.
        pub symbol: Symbol,
        /// Pair that it follows.
        pub pair?: Symbol,
        /// Kind of contract.
        pub contract_type?: ContractType,
        /// Kind of contract, in another word.
        pub product_type?: String,
        /// What it is margined in; values are not documented.
        pub underlying_type?: String,
        /// What one contract is worth: in the base currency for USDT-M.
        pub contract_size?: Amount,
        /// Base currency.
        pub base_coin?: Asset,
        /// Quote currency.
        pub quote_coin?: Asset,
        /// Decimal places of the base currency.
        pub base_coin_precision?: u32,
        /// The same, as it is shown.
        pub base_coin_display_precision?: u32,
        /// Decimal places of the quote currency.
        pub quote_coin_precision?: u32,
        /// The same, as it is shown.
        pub quote_coin_display_precision?: u32,
        /// Decimal places of prices.
        pub price_precision?: u32,
        /// Decimal places of sizes; deprecated in the list.
        pub quantity_precision?: u32,
        /// How far levels of the book can be merged.
        pub depth_precision_merge?: u32,
        /// Tick.
        pub min_step_price?: Price,
        /// Lowest price.
        pub min_price?: Price,
        /// Highest price.
        pub max_price?: Price,
        /// Smallest size.
        pub min_qty?: Contracts,
        /// Smallest value of an order.
        pub min_notional?: Amount,
        /// Largest value of an order.
        pub max_notional?: Amount,
        /// How far below a sell limit may be.
        pub multiplier_down?: Rate,
        /// How far above a buy limit may be.
        pub multiplier_up?: Rate,
        /// How far a market order may go.
        pub market_take_bound?: Rate,
        /// Most open orders.
        pub max_open_orders?: u32,
        /// Most trigger orders.
        pub max_entrusts?: u32,
        /// Fee of who has the resting order.
        pub maker_fee?: Rate,
        /// Fee of who trades against it.
        pub taker_fee?: Rate,
        /// Fee of a liquidation.
        pub liquidation_fee?: Rate,
        /// Leverage of a new position.
        pub init_leverage?: Rate,
        /// Margin mode of a new position.
        pub init_position_type?: PositionType,
        /// Order types it takes.
        pub support_order_type?: Listed<OrderType>,
        /// How long its orders may live.
        pub support_time_in_force?: Listed<TimeInForce>,
        /// Trigger orders it takes.
        pub support_entrust_type?: Listed<EntrustType>,
        /// Margin modes it takes.
        pub support_position_type?: Listed<PositionType>,
        /// State; what the numbers mean is not documented.
        pub state?: i64,
        /// Whether it trades.
        pub trade_switch?: bool,
        /// Whether it trades through the API.
        pub is_open_api?: bool,
        /// Whether it is shown.
        pub is_display?: bool,
        /// When it was listed.
        pub onboard_date?: Millis,
        /// When it is to be delisted, as the venue writes it.
        pub off_time?: String,
        /// When it is delivered.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub delivery_date: Option<Millis>,
        /// Price of delivery.
        pub delivery_price?: Price,
        /// Whether it was delivered.
        pub delivery_completion?: bool,
        /// Id of its group.
        pub symbol_group_id?: RecordId,
        /// Name in Chinese.
        pub cn_name?: String,
        /// Description in Chinese.
        pub cn_desc?: String,
        /// Remark in Chinese.
        pub cn_remark?: String,
        /// Name in English.
        pub en_name?: String,
        /// Description in English.
        pub en_desc?: String,
        /// Remark in English.
        pub en_remark?: String,
        /// Event that it predicts.
        pub predict_event_type?: String,
        /// What that event depends on.
        pub predict_event_param?: String,
        /// How such events are sorted.
        pub predict_event_sort?: String,
        /// Labels; not documented any further.
        #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Vec::is_empty")]
        pub labels: Vec<RawJson>,
        /// Sections; not documented any further.
        #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Vec::is_empty")]
        pub plates: Vec<RawJson>,
    }
}

request! {
    /// Gives the leverage brackets of a contract.
    ///
    /// `GET /future/market/v1/public/leverage/bracket/detail` · public · 1000 per min per IP, with all
    /// other requests.
    pub struct GetLeverageBracketDetail { symbol: Symbol }
}

impl Endpoint for GetLeverageBracketDetail {
    type Venue = WexFutures;
    type Response = LeverageBrackets;
    const SPEC: Spec = Spec::get("/future/market/v1/public/leverage/bracket/detail")
        .section("Market Data")
        .cost(&limits::ALL, 1);
}

model! {
    /// The leverage brackets of a contract.
    #[serde(rename_all = "camelCase")]
    pub struct LeverageBrackets {
        /// Contract.
        pub symbol: Symbol,
        /// Brackets, smallest positions first.
        pub leverage_brackets: Rows<LeverageBracket>,
    }
}

model! {
    /// A leverage bracket: the larger a position, the less leverage.
    #[serde(rename_all = "camelCase")]
    pub struct LeverageBracket {
        /// Number of the bracket.
        pub bracket: u32,
        /// Contract.
        pub symbol?: Symbol,
        /// Largest value of a position, in quote currency.
        pub max_nominal_value?: Amount,
        /// Least leverage.
        pub min_leverage?: Rate,
        /// Most leverage.
        pub max_leverage?: Rate,
        /// Initial margin, as a fraction of the value.
        pub start_margin_rate?: Rate,
        /// Most initial margin.
        pub max_start_margin_rate?: Rate,
        /// Maintenance margin, as a fraction of the value.
        pub maint_margin_rate?: Rate,
    }
}
