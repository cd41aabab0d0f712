//! Funding rates, and the funds and positions behind a contract.

use venue_core::serde::de::Error as _;
use venue_core::serde::{Deserialize, Deserializer, Serialize};
use venue_core::serde_json::{self, value::RawValue};
use venue_core::wire::reparse;
use venue_core::{Amount, Asset, Endpoint, Millis, Rate, Rows, Spec, Symbol, model};

use crate::limits;
use crate::model::{CursorPage, Direction, RecordId};
use crate::venue::WexFutures;

request! {
    /// Gives a contract's funding rate.
    ///
    /// `GET /future/market/v1/public/q/funding-rate` · public · 1 per s per IP.
    pub struct GetFundingRate { symbol: Symbol }
}

impl Endpoint for GetFundingRate {
    type Venue = WexFutures;
    type Response = FundingRates;
    const SPEC: Spec = Spec::get("/future/market/v1/public/q/funding-rate")
        .section("Market Data")
        .cost(&limits::ALL, 1)
        .cost(&limits::FUNDING_RATE, 1);
}

/// A contract's funding rate.
///
/// A page by the documentation, and one object as it is sent; either reads as a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase")]
#[non_exhaustive]
pub struct FundingRates {
    /// Whether there is a page behind this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_next: Option<bool>,
    /// Whether there is a page before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_prev: Option<bool>,
    /// The rates; one where the venue sends an object.
    pub items: Rows<FundingRate>,
}

impl FundingRates {
    /// The rate in force: the first.
    #[must_use]
    pub fn current(&self) -> Option<&FundingRate> {
        self.items.first()
    }
}

model! {
    /// The documented shape of funding rates.
    #[serde(rename_all = "camelCase")]
    struct FundingPage {
        /// Whether there is a page behind this one.
        has_next?: bool,
        /// Whether there is a page before this one.
        has_prev?: bool,
        /// The rates.
        items: Rows<FundingRate>,
    }
}

impl<'de> Deserialize<'de> for FundingRates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Whether it is a page.
        #[derive(Deserialize)]
        #[serde(crate = "venue_core::serde")]
        struct Shape<'a> {
            #[serde(default, borrow)]
            items: Option<&'a RawValue>,
        }
        let raw = <&'de RawValue>::deserialize(deserializer)?.get();
        if serde_json::from_str::<Shape<'_>>(raw).is_ok_and(|shape| shape.items.is_some()) {
            let FundingPage { has_next, has_prev, items } = reparse(raw, "").map_err(D::Error::custom)?;
            return Ok(Self { has_next, has_prev, items });
        }
        let rate: FundingRate = reparse(raw, "").map_err(D::Error::custom)?;
        Ok(Self { has_next: None, has_prev: None, items: vec![rate].into() })
    }
}

model! {
    /// A funding rate of a contract.
    #[serde(rename_all = "camelCase")]
    pub struct FundingRate {
        /// Contract.
        pub symbol: Symbol,
        /// Rate, as a fraction.
        pub funding_rate: Rate,
        /// When it is paid next.
        pub next_collection_time?: Millis,
        /// Hours between payments.
        #[serde(rename = "collectionInternal")]
        pub collection_interval_hours?: u32,
        /// When it was set.
        pub created_time?: Millis,
        /// Id of the record.
        pub id?: RecordId,
    }
}

request! {
    /// Lists funding rates of the past.
    ///
    /// `GET /future/market/v1/public/q/funding-rate-record` · public · 1000 per min per IP, with all
    /// other requests.
    pub struct GetFundingRateRecords {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this record; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
    }
}

impl Endpoint for GetFundingRateRecords {
    type Venue = WexFutures;
    type Response = CursorPage<FundingRateRecord>;
    const SPEC: Spec = Spec::get("/future/market/v1/public/q/funding-rate-record")
        .section("Market Data")
        .cost(&limits::ALL, 1);
}

paged!(GetFundingRateRecords by id: FundingRateRecord, id);

model! {
    /// A funding rate of the past.
    #[serde(rename_all = "camelCase")]
    pub struct FundingRateRecord {
        /// Id of the record.
        pub id: RecordId,
        /// Contract.
        pub symbol: Symbol,
        /// Rate, as a fraction.
        pub funding_rate: Rate,
        /// Seconds between payments: hours in [`FundingRate`].
        #[serde(rename = "collectionInternal")]
        pub collection_interval_seconds?: u32,
        /// When it was set.
        pub created_time?: Millis,
    }
}

request! {
    /// Lists the balances of the insurance fund of a contract.
    ///
    /// `GET /future/market/v1/public/contract/risk-balance` · public · 1000 per min per IP, with all
    /// other requests.
    pub struct GetRiskBalance { symbol: Symbol }
    optional {
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this record; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
    }
}

impl Endpoint for GetRiskBalance {
    type Venue = WexFutures;
    type Response = CursorPage<RiskBalance>;
    const SPEC: Spec = Spec::get("/future/market/v1/public/contract/risk-balance")
        .section("Market Data")
        .cost(&limits::ALL, 1);
}

paged!(GetRiskBalance by id: RiskBalance, id);

model! {
    /// Balance of the insurance fund at a time.
    #[serde(rename_all = "camelCase")]
    pub struct RiskBalance {
        /// Id of the record.
        pub id: RecordId,
        /// Currency.
        pub coin?: Asset,
        /// Balance, in that currency.
        pub amount?: Amount,
        /// When.
        pub created_time?: Millis,
    }
}

request! {
    /// Gives the open interest of a contract.
    ///
    /// `GET /future/market/v1/public/contract/open-interest` · public · 1 per s per IP.
    pub struct GetOpenInterest { symbol: Symbol }
}

impl Endpoint for GetOpenInterest {
    type Venue = WexFutures;
    type Response = OpenInterest;
    const SPEC: Spec = Spec::get("/future/market/v1/public/contract/open-interest")
        .section("Market Data")
        .cost(&limits::ALL, 1)
        .cost(&limits::OPEN_INTEREST, 1);
}

model! {
    /// Open interest of a contract.
    #[serde(rename_all = "camelCase")]
    pub struct OpenInterest {
        /// Contract.
        pub symbol: Symbol,
        /// Open positions; the unit is not documented.
        pub open_interest?: Amount,
        /// Their value, in USD.
        pub open_interest_usd?: Amount,
        /// When.
        pub time?: Millis,
    }
}
