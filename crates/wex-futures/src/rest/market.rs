//! Market data.

use venue_core::serde::de::Error as _;
use venue_core::serde::{Deserialize, Deserializer, Serialize};
use venue_core::serde_json::{self, value::RawValue};
use venue_core::wire::reparse;
use venue_core::{Endpoint, Millis, Rate, Rows, Spec, Symbol, model};

use crate::limits;
use crate::model::RecordId;
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
