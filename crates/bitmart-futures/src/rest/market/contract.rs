//! Contracts: their rules, risk limits and open interest.

use venue_core::wire::{nullable, unset};
use venue_core::{
    Amount, Asset, Contracts, Endpoint, Millis, Price, Rate, RawJson, Rows, Secs, Spec, Symbol, model,
    request,
};

use crate::limits;
use crate::model::{ContractStatus, ProductType};
use crate::venue::BitMart;

request! {
    /// Lists contracts with their rules and a summary of the last day.
    ///
    /// `GET /contract/public/details` · public · 12 per 2 s per IP. All contracts when no symbol is given.
    pub struct GetContractDetails {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for GetContractDetails {
    type Venue = BitMart;
    type Response = ContractDetails;
    const SPEC: Spec = Spec::get("/contract/public/details")
        .section("Futures Market Data")
        .cost(&limits::CONTRACT_DETAILS, 1);
}

model! {
    /// Contracts.
    pub struct ContractDetails {
        /// One row a contract.
        pub symbols: Rows<Contract>,
    }
}

model! {
    /// A contract: its rules, and a summary of the last day.
    pub struct Contract {
        /// Name.
        pub symbol: Symbol,
        /// Kind of contract.
        pub product_type?: ProductType,
        /// When it opened.
        pub open_timestamp?: Millis,
        /// When it expires; `None` for a perpetual.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub expire_timestamp: Option<Millis>,
        /// When it is settled; `None` when it is not settled by itself.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub settle_timestamp: Option<Millis>,
        /// Base currency.
        pub base_currency?: Asset,
        /// Quote currency.
        pub quote_currency?: Asset,
        /// Last price.
        pub last_price?: Price,
        /// Contracts traded in 24 hours.
        pub volume_24h?: Contracts,
        /// Turnover in 24 hours, in quote currency.
        pub turnover_24h?: Amount,
        /// Index price.
        pub index_price?: Price,
        /// Name of the index.
        pub index_name?: String,
        /// What one contract is worth, in base currency.
        pub contract_size?: Amount,
        /// Smallest leverage.
        pub min_leverage?: Rate,
        /// Largest leverage.
        pub max_leverage?: Rate,
        /// Price step.
        pub price_precision?: Price,
        /// Size step, in contracts.
        #[serde(alias = "volume_precision")]
        pub vol_precision?: Contracts,
        /// Largest size of an order, in contracts.
        pub max_volume?: Contracts,
        /// Largest size of a market order, in contracts.
        pub market_max_volume?: Contracts,
        /// Smallest size of an order, in contracts.
        pub min_volume?: Contracts,
        /// Current funding rate, as a fraction.
        pub funding_rate?: Rate,
        /// Expected next funding rate, as a fraction.
        pub expected_funding_rate?: Rate,
        /// Open interest, in contracts; up to 18 decimals are sent.
        pub open_interest?: Amount,
        /// Open interest, in quote currency.
        pub open_interest_value?: Amount,
        /// Highest price in 24 hours.
        pub high_24h?: Price,
        /// Lowest price in 24 hours.
        pub low_24h?: Price,
        /// Change in 24 hours, as a fraction.
        pub change_24h?: Rate,
        /// Hours between fundings.
        pub funding_interval_hours?: u32,
        /// Whether it trades.
        pub status?: ContractStatus,
        /// When it is or was delisted; seconds, unlike the other times.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub delist_time: Option<Secs>,
        /// Next funding time; sent, not documented.
        pub funding_time?: Millis,
        /// Facts of the market behind a contract on a traditional asset; sent, not documented.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub tradfi_info: Option<RawJson>,
    }
}

request! {
    /// Gives the open interest of a contract.
    ///
    /// `GET /contract/public/open-interest` · public · 2 per 2 s per IP.
    pub struct GetOpenInterest { symbol: Symbol }
}

impl Endpoint for GetOpenInterest {
    type Venue = BitMart;
    type Response = OpenInterest;
    const SPEC: Spec = Spec::get("/contract/public/open-interest")
        .section("Futures Market Data")
        .cost(&limits::OPEN_INTEREST, 1);
}

model! {
    /// Open interest of a contract.
    pub struct OpenInterest {
        /// When it was taken.
        pub timestamp?: Millis,
        /// Contract.
        pub symbol?: Symbol,
        /// Open interest, in contracts; up to 18 decimals are sent.
        pub open_interest: Amount,
        /// Open interest, in quote currency.
        pub open_interest_value?: Amount,
    }
}

request! {
    /// Lists which leverage is allowed for which size of a position.
    ///
    /// `GET /contract/public/leverage-bracket` · public · 12 per 2 s per IP. All contracts when no symbol is
    /// given.
    pub struct GetLeverageBrackets {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for GetLeverageBrackets {
    type Venue = BitMart;
    type Response = LeverageBrackets;
    const SPEC: Spec = Spec::get("/contract/public/leverage-bracket")
        .section("Futures Market Data")
        .cost(&limits::LEVERAGE_BRACKET, 1);
}

model! {
    /// Risk limits of contracts.
    pub struct LeverageBrackets {
        /// One row a contract.
        pub rules: Rows<LeverageRule>,
    }
}

model! {
    /// Risk limits of a contract.
    pub struct LeverageRule {
        /// Contract.
        pub symbol: Symbol,
        /// Its brackets, the smallest positions first.
        #[serde(deserialize_with = "nullable")]
        pub brackets: Vec<LeverageBracket>,
    }
}

model! {
    /// A range of position sizes with one risk limit.
    pub struct LeverageBracket {
        /// Number of the bracket, from 1.
        pub bracket: u32,
        /// Highest leverage.
        pub initial_leverage?: Rate,
        /// Positions up to this, in quote currency.
        pub notional_cap?: Amount,
        /// Positions from this, in quote currency.
        pub notional_floor?: Amount,
        /// Maintenance margin, as a fraction.
        pub maint_margin_ratio?: Rate,
        /// What is taken off the maintenance margin for the brackets below, in quote currency.
        pub cum?: Amount,
    }
}
