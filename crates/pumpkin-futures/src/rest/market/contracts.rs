//! Time, contracts and their rules, leverage brackets.

use venue_core::wire::{nullable, scalars};
use venue_core::{
    Amount, Asset, Contracts, Endpoint, Invalid, Millis, Price, Rate, Rows, Spec, Symbol, model,
};

use crate::model::{
    ContractType, EntrustType, Listed, OrderType, PositionType, SymbolId, SymbolStatus, TimeInForce,
    UnderlyingType,
};
use crate::rest::{check, spec};
use crate::venue::Pumpkin;

request! {
    /// Reads the venue's time, in milliseconds.
    ///
    /// `GET /v2/public/time` · signed · weight 1 · a read, may be repeated.
    pub struct GetServerTime {}
}

impl Endpoint for GetServerTime {
    type Venue = Pumpkin;
    type Response = Millis;
    const SPEC: Spec = spec::market(1, "/v2/public/time");
}

request! {
    /// Lists contracts with their rules.
    ///
    /// `GET /v2/public/symbol/list` · signed · weight 1 · a read, may be repeated.
    pub struct GetSymbols {}
    optional {
        /// Those in this state only.
        status: SymbolStatus,
    }
}

impl Endpoint for GetSymbols {
    type Venue = Pumpkin;
    type Response = Rows<SymbolInfo>;
    const SPEC: Spec = spec::market(1, "/v2/public/symbol/list");
}

request! {
    /// Gives a contract's rules.
    ///
    /// `GET /v2/public/symbol/detail` · signed · weight 1 · a read, may be repeated.
    pub struct GetSymbol { symbol: Symbol }
}

impl Endpoint for GetSymbol {
    type Venue = Pumpkin;
    type Response = SymbolInfo;
    const SPEC: Spec = spec::market(1, "/v2/public/symbol/detail");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

request! {
    /// Lists the names of all contracts, and nothing else of them.
    ///
    /// `GET /v2/public/symbol/all` · signed · weight 1 · a read, may be repeated.
    pub struct GetSymbolNames {}
}

impl Endpoint for GetSymbolNames {
    type Venue = Pumpkin;
    type Response = Rows<Symbol>;
    const SPEC: Spec = spec::market(1, "/v2/public/symbol/all");
}

model! {
    /// A contract's rules.
    #[serde(rename_all = "camelCase")]
    pub struct SymbolInfo {
        /// Its id.
        pub id?: SymbolId,
        /// Its name.
        pub symbol: Symbol,
        /// Kind of contract.
        pub contract_type?: ContractType,
        /// What it is margined in.
        pub underlying_type?: UnderlyingType,
        /// What one contract is worth, in base currency: every size is to be multiplied by it.
        pub contract_size?: Amount,
        /// Whether it can be traded.
        pub trade_switch?: bool,
        /// State. 1 is documented as the normal one, and the examples of live contracts have 0.
        pub state?: i64,
        /// Leverage that an account begins with.
        pub init_leverage?: u32,
        /// Margin mode that an account begins with.
        pub init_position_type?: PositionType,
        /// Base currency.
        pub base_coin?: Asset,
        /// Quote currency.
        pub quote_coin?: Asset,
        /// Decimals of amounts in base currency.
        pub base_coin_precision?: u32,
        /// Decimals with which amounts in base currency are shown.
        pub base_coin_display_precision?: u32,
        /// Decimals of amounts in quote currency.
        pub quote_coin_precision?: u32,
        /// Decimals with which amounts in quote currency are shown.
        pub quote_coin_display_precision?: u32,
        /// Decimals of sizes; 0 for whole contracts.
        pub quantity_precision?: u32,
        /// Decimals of prices.
        pub price_precision?: u32,
        /// Order types that it takes.
        pub support_order_type?: Listed<OrderType>,
        /// How its orders may execute.
        pub support_time_in_force?: Listed<TimeInForce>,
        /// Conditional orders that it takes.
        pub support_entrust_type?: Listed<EntrustType>,
        /// Margin modes that it has.
        pub support_position_type?: Listed<PositionType>,
        /// Lowest price, where there is one.
        pub min_price?: Price,
        /// Smallest size, in contracts.
        pub min_qty?: Contracts,
        /// Smallest value of an order, in quote currency.
        pub min_notional?: Amount,
        /// Largest value of an order, in quote currency.
        pub max_notional?: Amount,
        /// How far below the market a limit sell may be. The table has a factor (0.95), the examples a
        /// distance (0.1).
        pub multiplier_down?: Rate,
        /// How far above the market a limit buy may be; as above, 1.05 or 0.1.
        pub multiplier_up?: Rate,
        /// Most live orders.
        pub max_open_orders?: u32,
        /// Most waiting conditional orders.
        pub max_entrusts?: u32,
        /// Maker's fee, as a fraction.
        pub maker_fee?: Rate,
        /// Taker's fee, as a fraction.
        pub taker_fee?: Rate,
        /// Fee of a liquidation, as a fraction.
        pub liquidation_fee?: Rate,
        /// How far from the market a market order may trade, as a fraction.
        pub market_take_bound?: Rate,
        /// How many steps the order book can be merged to.
        pub depth_precision_merge?: u32,
        /// Labels, such as `HOT`.
        #[serde(default, deserialize_with = "scalars", skip_serializing_if = "Vec::is_empty")]
        pub labels: Vec<String>,
        /// When it was listed.
        pub onboard_date?: Millis,
        /// Its name in English.
        pub en_name?: String,
        /// Its name in Chinese.
        pub cn_name?: String,
        /// Price step.
        pub min_step_price?: Price,
        /// Share of the market maker's fund, in percent.
        pub robot_rate?: Rate,
        /// Share of the hedging pool, in percent.
        pub pf_ratio?: Rate,
        /// Share of the treasury, in percent.
        pub tf_ratio?: Rate,
        /// Where it is shown: JSON in a text, such as `["22","23"]`.
        pub plate?: String,
        /// Base currency's name.
        pub base_coin_name?: String,
        /// Quote currency's name.
        pub quote_coin_name?: String,
    }
}

request! {
    /// Lists the leverage brackets of all contracts.
    ///
    /// `GET /v2/public/leverage/bracket/list` · signed · weight 1 · a read, may be repeated.
    pub struct GetLeverageBrackets {}
}

impl Endpoint for GetLeverageBrackets {
    type Venue = Pumpkin;
    type Response = Rows<SymbolBrackets>;
    const SPEC: Spec = spec::market(1, "/v2/public/leverage/bracket/list");
}

request! {
    /// Gives a contract's leverage brackets.
    ///
    /// `GET /v2/public/leverage/bracket/detail` · signed · weight 1 · a read, may be repeated.
    pub struct GetSymbolLeverageBrackets { symbol: Symbol }
}

impl Endpoint for GetSymbolLeverageBrackets {
    type Venue = Pumpkin;
    type Response = SymbolBrackets;
    const SPEC: Spec = spec::market(1, "/v2/public/leverage/bracket/detail");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

model! {
    /// A contract's leverage brackets.
    #[serde(rename_all = "camelCase")]
    pub struct SymbolBrackets {
        /// Contract.
        pub symbol: Symbol,
        /// The brackets, in the venue's order.
        #[serde(default, deserialize_with = "nullable")]
        pub leverage_brackets: Vec<LeverageBracket>,
    }
}

model! {
    /// A leverage bracket. None of its members is explained.
    #[serde(rename_all = "camelCase")]
    pub struct LeverageBracket {
        /// Its contract's id.
        pub symbol_id?: SymbolId,
        /// Its contract; in the answer for one contract only.
        pub symbol?: Symbol,
        /// Its number, from 1.
        pub bracket?: u32,
        /// Largest position, in a unit that is not said.
        pub max_position?: Amount,
        /// Largest leverage.
        pub max_leverage?: Rate,
        /// Maintenance margin, as a fraction by its looks.
        pub maintenance_margin?: Rate,
        /// What is taken off the maintenance margin, by its name.
        pub maintenance_amount?: Amount,
    }
}
