//! Market data in the forms of data aggregators: bare JSON without an envelope, but for errors.

use venue_core::wire::unset;
use venue_core::{Amount, Asset, Endpoint, Millis, Price, Rate, Rows, Spec, Symbol, model};

use super::section;
use crate::limits;
use crate::model::ProductType;
use crate::venue::Pumpkin;

request! {
    /// Lists contracts with a summary of the last day, in CoinGecko's form.
    ///
    /// `GET /cg/v2/perpetual/contracts` · signed · weight 1 · a read, may be repeated. Symbols are in upper
    /// case here.
    pub struct GetCgContracts {}
}

impl Endpoint for GetCgContracts {
    type Venue = Pumpkin;
    type Response = Rows<CgContract>;
    const SPEC: Spec = Spec::get("/cg/v2/perpetual/contracts")
        .section(section::MARKET)
        .signed()
        .bare()
        .cost(&limits::MINUTE, 1)
        .cost(&limits::DAY, 1);
}

model! {
    /// A contract and its last day, in CoinGecko's form.
    pub struct CgContract {
        /// Contract, in upper case (`BTC_USDT`).
        pub ticker_id: Symbol,
        /// Base currency.
        pub base_currency?: Asset,
        /// Quote currency.
        pub target_currency?: Asset,
        /// Last price.
        pub last_price?: Price,
        /// Traded in 24 hours, in base currency.
        pub base_volume?: Amount,
        /// Traded in 24 hours, in US dollars.
        pub usd_volume?: Amount,
        /// Traded in 24 hours, in quote currency.
        pub target_volume?: Amount,
        /// Best bid.
        pub bid?: Price,
        /// Best ask.
        pub ask?: Price,
        /// Highest price in 24 hours.
        pub high?: Price,
        /// Lowest price in 24 hours.
        pub low?: Price,
        /// Kind of contract.
        pub product_type?: ProductType,
        /// Open interest, in base currency; 18 decimals are sent.
        pub open_interest?: Amount,
        /// Open interest, in US dollars; 29 digits are sent.
        pub open_interest_usd?: Amount,
        /// Index price.
        pub index_price?: Price,
        /// Currency of the index price.
        pub index_currency?: Asset,
        /// Current funding rate, as a fraction.
        pub funding_rate?: Rate,
        /// Next funding rate, as a fraction.
        pub next_funding_rate?: Rate,
        /// When the next funding is taken.
        pub next_funding_rate_timestamp?: Millis,
        /// When it opened; `None` where the venue doesn't say.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub start_timestamp: Option<Millis>,
        /// When it ends; `None` for a perpetual.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub end_timestamp: Option<Millis>,
        /// Maker's fee, as a fraction.
        pub maker_fee?: Rate,
        /// Taker's fee, as a fraction.
        pub taker_fee?: Rate,
    }
}
