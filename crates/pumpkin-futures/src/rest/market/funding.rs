//! Funding, the risk fund, open interest.

use venue_core::{Amount, Asset, Endpoint, Invalid, Millis, Rate, Spec, Symbol, model};

use crate::model::{Page, PageDirection, RecordId};
use crate::rest::{check, spec};
use crate::venue::Pumpkin;

request! {
    /// Gives a contract's current funding rate.
    ///
    /// `GET /v2/public/q/funding-rate` · signed · weight 1 · a read, may be repeated.
    pub struct GetFundingRate { symbol: Symbol }
}

impl Endpoint for GetFundingRate {
    type Venue = Pumpkin;
    type Response = FundingRate;
    const SPEC: Spec = spec::market(1, "/v2/public/q/funding-rate");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

model! {
    /// A current funding rate.
    #[serde(rename_all = "camelCase")]
    pub struct FundingRate {
        /// Contract.
        pub symbol: Symbol,
        /// The rate, as a fraction.
        pub funding_rate?: Rate,
        /// When it is taken next.
        pub next_collection_time?: Millis,
    }
}

request! {
    /// Lists a contract's past funding rates, the newest first.
    ///
    /// `GET /v2/public/q/funding-rate-record` · signed · weight 1 · a read, may be repeated.
    pub struct GetFundingRateRecords { symbol: Symbol }
    optional {
        /// Goes on from this record.
        id: RecordId,
        /// Which way; back in time by default.
        direction: PageDirection,
        /// How many, 1 to 100; 10 by default.
        limit: u32,
    }
}

impl Endpoint for GetFundingRateRecords {
    type Venue = Pumpkin;
    type Response = Page<FundingRateRecord>;
    const SPEC: Spec = spec::market(1, "/v2/public/q/funding-rate-record");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::within("limit", self.limit, 1..=100)
    }
}

paged!(GetFundingRateRecords by row: FundingRateRecord, id);

model! {
    /// A past funding rate.
    #[serde(rename_all = "camelCase")]
    pub struct FundingRateRecord {
        /// Its id.
        pub id: RecordId,
        /// Contract.
        pub symbol?: Symbol,
        /// The rate, as a fraction.
        pub funding_rate?: Rate,
        /// When it was taken.
        pub created_time?: Millis,
        /// Seconds between two of them; the name is misspelt on the wire.
        pub collection_internal?: u64,
        /// The same, should the name be put right one day.
        pub collection_interval?: u64,
    }
}

request! {
    /// Lists what was in a contract's risk fund, the newest first.
    ///
    /// `GET /v2/public/contract/risk-balance` · signed · weight 1 · a read, may be repeated.
    pub struct GetRiskBalance { symbol: Symbol }
    optional {
        /// Goes on from this record.
        id: RecordId,
        /// Which way.
        direction: PageDirection,
        /// How many, at least 1; 10 by default.
        limit: u32,
    }
}

impl Endpoint for GetRiskBalance {
    type Venue = Pumpkin;
    type Response = Page<RiskBalance>;
    const SPEC: Spec = spec::market(1, "/v2/public/contract/risk-balance");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::within("limit", self.limit, 1..=u32::MAX)
    }
}

paged!(GetRiskBalance by row: RiskBalance, id);

model! {
    /// What was in a risk fund.
    #[serde(rename_all = "camelCase")]
    pub struct RiskBalance {
        /// Its id.
        pub id: RecordId,
        /// Currency.
        pub coin?: Asset,
        /// What was there.
        pub amount?: Amount,
        /// When.
        pub created_time?: Millis,
    }
}

request! {
    /// Gives a contract's open interest.
    ///
    /// `GET /v2/public/contract/open-interest` · signed · weight 1 · a read, may be repeated.
    pub struct GetOpenInterest { symbol: Symbol }
}

impl Endpoint for GetOpenInterest {
    type Venue = Pumpkin;
    type Response = OpenInterest;
    const SPEC: Spec = spec::market(1, "/v2/public/contract/open-interest");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

model! {
    /// A contract's open interest.
    #[serde(rename_all = "camelCase")]
    pub struct OpenInterest {
        /// Contract.
        pub symbol: Symbol,
        /// In base currency: the example only comes out so.
        pub open_interest?: Amount,
        /// In US dollars.
        pub open_interest_usd?: Amount,
        /// When it was so.
        pub time?: Millis,
    }
}
