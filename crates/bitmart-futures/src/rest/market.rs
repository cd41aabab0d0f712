//! Futures market data.

use venue_core::wire::unset;
use venue_core::{
    Amount, Asset, Contracts, Endpoint, Millis, Price, Rate, Rows, Secs, Spec, Symbol, model, request,
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
    }
}
