//! Funding rates.

use venue_core::{Endpoint, Invalid, Millis, Rate, Rows, Spec, Symbol, model, request};

use crate::limits;
use crate::rest::check;
use crate::venue::BitMart;

request! {
    /// Gives the funding rates of a contract: the last and the next.
    ///
    /// `GET /contract/public/funding-rate` · public · 12 per 2 s per IP.
    pub struct GetFundingRate { symbol: Symbol }
}

impl Endpoint for GetFundingRate {
    type Venue = BitMart;
    type Response = FundingRate;
    const SPEC: Spec = Spec::get("/contract/public/funding-rate")
        .section("Futures Market Data")
        .cost(&limits::FUNDING_RATE, 1);
}

model! {
    /// Funding of a contract. Rates are fractions.
    pub struct FundingRate {
        /// When this was taken.
        pub timestamp?: Millis,
        /// Contract.
        pub symbol?: Symbol,
        /// Rate of the period that is over.
        pub rate_value?: Rate,
        /// Rate that is expected for the next settlement.
        pub expected_rate?: Rate,
        /// Next settlement.
        pub funding_time?: Millis,
        /// Highest rate that this contract can have.
        pub funding_upper_limit?: Rate,
        /// Lowest rate that this contract can have.
        pub funding_lower_limit?: Rate,
    }
}

request! {
    /// Lists past funding rates of a contract.
    ///
    /// `GET /contract/public/funding-rate-history` · public · 12 per 2 s per IP.
    pub struct GetFundingRateHistory { symbol: Symbol }
    optional {
        /// How many; 100 by default and at most.
        limit: u32,
    }
}

impl Endpoint for GetFundingRateHistory {
    type Venue = BitMart;
    type Response = FundingRateHistory;
    const SPEC: Spec = Spec::get("/contract/public/funding-rate-history")
        .section("Futures Market Data")
        .cost(&limits::FUNDING_RATE_HISTORY, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=100)
    }
}

model! {
    /// Past funding rates.
    pub struct FundingRateHistory {
        /// One row a settlement.
        pub list: Rows<PastFundingRate>,
    }
}

model! {
    /// The funding rate of a settlement.
    pub struct PastFundingRate {
        /// Contract.
        pub symbol?: Symbol,
        /// The rate that was paid, as a fraction.
        pub funding_rate: Rate,
        /// When it was settled; milliseconds, which the venue writes as text.
        pub funding_time: Millis,
    }
}
