//! Market data in the forms of data aggregators: that for DeFi sites in the venue's envelope, CoinMarketCap's
//! and CoinGecko's as bare JSON without one, but for errors.

use venue_core::wire::{nullable, unset};
use venue_core::{
    Amount, Asset, Endpoint, Invalid, Millis, Price, Rate, Rows, Spec, Symbol, model, positional,
};

use super::{check, spec};
use crate::model::{AggregatorContractType, ProductType};
use crate::venue::Pumpkin;

request! {
    /// Lists contracts with a day of theirs.
    ///
    /// `GET /common/v2/perpetual/contracts` · signed · weight 1 · a read, may be repeated. `timestamp` is any
    /// time of the day that is asked for, and has nothing to do with the signature. Symbols are in upper case
    /// here.
    pub struct GetDefiContracts { timestamp: Millis }
}

impl Endpoint for GetDefiContracts {
    type Venue = Pumpkin;
    type Response = Rows<DefiContract>;
    const SPEC: Spec = spec::market(1, "/common/v2/perpetual/contracts");
}

model! {
    /// A contract and a day of it.
    #[serde(rename_all = "camelCase")]
    pub struct DefiContract {
        /// Contract, in upper case (`BTC_USDT`).
        pub symbol: Symbol,
        /// Base currency.
        pub base_asset?: Asset,
        /// Quote currency.
        pub quote_asset?: Asset,
        /// First price.
        pub open?: Price,
        /// Last price.
        pub close?: Price,
        /// Highest price; the name is misspelt on the wire.
        #[serde(rename = "hign", alias = "high")]
        pub high?: Price,
        /// Lowest price.
        pub low?: Price,
        /// Traded, in base currency: the example only comes out so.
        #[serde(rename = "Amount", alias = "amount")]
        pub amount?: Amount,
        /// Traded, in quote currency.
        pub volume?: Amount,
    }
}

request! {
    /// Gives what the venue reckons to have taken in fees on a day: what was traded, times a rate for the day
    /// of the week.
    ///
    /// `GET /common/v2/perpetual/fee` · signed · weight 1 · a read, may be repeated. `timestamp` is any time of
    /// the day that is asked for; in which time zone a day begins is not said.
    pub struct GetDefiFees { timestamp: Millis }
}

impl Endpoint for GetDefiFees {
    type Venue = Pumpkin;
    type Response = DefiFees;
    const SPEC: Spec = spec::market(1, "/common/v2/perpetual/fee");
}

model! {
    /// Fees of a day.
    #[serde(rename_all = "camelCase")]
    pub struct DefiFees {
        /// All of them, in USDT.
        pub total_fee: Amount,
    }
}

request! {
    /// Lists contracts with a summary of the last day, in CoinMarketCap's form.
    ///
    /// `GET /cmc/v2/perpetual/contracts` · signed · weight 1 · a read, may be repeated. Symbols are in upper
    /// case here.
    pub struct GetCmcContracts {}
}

impl Endpoint for GetCmcContracts {
    type Venue = Pumpkin;
    type Response = Rows<CmcContract>;
    const SPEC: Spec = spec::market(1, "/cmc/v2/perpetual/contracts").bare();
}

model! {
    /// A contract and its last day, in CoinMarketCap's form.
    pub struct CmcContract {
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
        /// Open interest, in base currency.
        pub open_interest?: Amount,
        /// Open interest, in US dollars.
        pub open_interest_usd?: Amount,
        /// Index price.
        pub index_price?: Price,
        /// When it opened; of contracts with a term by the table, of perpetuals too in the example.
        pub creation_timestamp?: Millis,
        /// When it ends; as above.
        pub expiry_timestamp?: Millis,
        /// Current funding rate, as a fraction.
        pub funding_rate?: Rate,
        /// When the next funding is taken.
        pub next_funding_rate_timestamp?: Millis,
        /// Maker's fee, as a fraction.
        pub maker_fee?: Rate,
        /// Taker's fee, as a fraction.
        pub taker_fee?: Rate,
    }
}

request! {
    /// Gives a contract's specification, in CoinMarketCap's form.
    ///
    /// `GET /cmc/v2/perpetual/contract_specs` · signed · weight 1 · a read, may be repeated. The symbol is
    /// written in upper case in the table and in lower case in the samples; it goes out as given.
    pub struct GetCmcContractSpecs { symbol: Symbol }
}

impl Endpoint for GetCmcContractSpecs {
    type Venue = Pumpkin;
    type Response = ContractSpecs;
    const SPEC: Spec = spec::market(1, "/cmc/v2/perpetual/contract_specs").bare();

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

request! {
    /// Gives the order book of a contract, in CoinMarketCap's form.
    ///
    /// `GET /cmc/v2/perpetual/depth` · signed · weight 1 · a read, may be repeated. How many levels come can't
    /// be chosen.
    pub struct GetCmcDepth { symbol: Symbol }
}

impl Endpoint for GetCmcDepth {
    type Venue = Pumpkin;
    type Response = AggregatorDepth;
    const SPEC: Spec = spec::market(1, "/cmc/v2/perpetual/depth").bare();

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

model! {
    /// A contract's specification, in the aggregators' form.
    pub struct ContractSpecs {
        /// Kind of contract.
        pub contract_type?: AggregatorContractType,
        /// Its price; the examples have the market's.
        pub contract_price: Price,
        /// Currency of the price.
        pub contract_price_currency?: Asset,
    }
}

model! {
    /// An order book, in the aggregators' form.
    pub struct AggregatorDepth {
        /// Contract, as it was asked for.
        pub ticker_id: Symbol,
        /// Asks.
        #[serde(default, deserialize_with = "nullable")]
        pub asks: Vec<AggregatorLevel>,
        /// Bids.
        #[serde(default, deserialize_with = "nullable")]
        pub bids: Vec<AggregatorLevel>,
        /// When it was so.
        pub timestamp?: Millis,
    }
}

positional! {
    /// A price level, in the aggregators' form.
    pub struct AggregatorLevel {
        /// Price.
        pub price: Price,
        /// Size, in a unit that is not said; the fractions in the examples are no contracts.
        pub qty: Amount,
    }
}

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
    const SPEC: Spec = spec::market(1, "/cg/v2/perpetual/contracts").bare();
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

request! {
    /// Gives a contract's specification, in CoinGecko's form.
    ///
    /// `GET /cg/v2/perpetual/contract_specs` · signed · weight 1 · a read, may be repeated. The id is written in
    /// upper case in the table and in lower case in the samples; it goes out as given.
    pub struct GetCgContractSpecs { ticker_id = "ticker_id": Symbol }
}

impl Endpoint for GetCgContractSpecs {
    type Venue = Pumpkin;
    type Response = ContractSpecs;
    const SPEC: Spec = spec::market(1, "/cg/v2/perpetual/contract_specs").bare();

    fn check(&self) -> Result<(), Invalid> {
        check::named("ticker_id", self.ticker_id.as_str())
    }
}

request! {
    /// Gives the order book of a contract, in CoinGecko's form.
    ///
    /// `GET /cg/v2/perpetual/depth` · signed · weight 1 · a read, may be repeated.
    pub struct GetCgDepth { ticker_id = "ticker_id": Symbol }
    optional {
        /// How many levels; 50 by default.
        depth: u32,
    }
}

impl Endpoint for GetCgDepth {
    type Venue = Pumpkin;
    type Response = AggregatorDepth;
    const SPEC: Spec = spec::market(1, "/cg/v2/perpetual/depth").bare();

    fn check(&self) -> Result<(), Invalid> {
        check::named("ticker_id", self.ticker_id.as_str())
    }
}
