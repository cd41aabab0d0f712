//! Basic information in the form that market data sites ask for: contracts, their specifications, the book.

use std::fmt;

use venue_core::wire::{Scalar, Token, TokenError, nullable, token, unset};
use venue_core::{
    Amount, Asset, Endpoint, Invalid, Millis, Price, Qty, Rate, Rows, Secs, Spec, Symbol, model, serde,
};

use super::check;
use super::market::{Level, SECTION};
use crate::limits;
use crate::venue::Hibt;

request! {
    /// Lists contracts with a summary of their market.
    ///
    /// `GET /v2/market/contracts` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. All
    /// contracts when no symbol is given.
    pub struct GetContracts {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for GetContracts {
    type Venue = Hibt;
    type Response = Rows<Contract>;
    const SPEC: Spec = Spec::get("/v2/market/contracts").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// A contract with a summary of its market.
    pub struct Contract {
        /// Its name, as in all other requests.
        pub ticker_id: Symbol,
        /// Base currency, in upper case.
        pub base_currency?: Asset,
        /// Quote currency, in upper case.
        pub quote_currency?: Asset,
        /// Price of the last trade.
        pub last_price?: Price,
        /// How much traded in 24 hours, in base currency.
        pub base_volume?: Qty,
        /// How much traded in 24 hours, in US dollars.
        #[serde(rename = "USD_volume")]
        pub usd_volume?: Amount,
        /// How much traded in 24 hours, in quote currency.
        pub quote_volume?: Amount,
        /// Best bid.
        pub bid?: Price,
        /// Best ask.
        pub ask?: Price,
        /// Highest price in 24 hours.
        pub high?: Price,
        /// Lowest price in 24 hours.
        pub low?: Price,
        /// Kind of product, in words.
        pub product_type?: String,
        /// Open interest, in base currency.
        pub open_interest?: Amount,
        /// Open interest, in US dollars.
        pub open_interest_usd?: Amount,
        /// Index price.
        pub index_price?: Price,
        /// When it was made; `None` when the venue doesn't say.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub creation_timestamp: Option<Millis>,
        /// When it expires; `None` for a perpetual.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub expiry_timestamp: Option<Millis>,
        /// Funding rate, as a fraction.
        pub funding_rate?: Rate,
        /// Next funding rate, as a fraction.
        pub next_funding_rate?: Rate,
        /// When the next funding is.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub next_funding_rate_timestamp: Option<Millis>,
        /// Maker fee, as a fraction.
        pub maker_fee?: Rate,
        /// Taker fee, as a fraction.
        pub taker_fee?: Rate,
        /// Kind of contract, in words.
        pub contract_type?: String,
        /// Called the face value, and seen to be the last price. Sizes are in base currency everywhere.
        pub contract_price?: Price,
        /// Currency of that price.
        pub contract_price_currency?: Asset,
    }
}

request! {
    /// Lists the specifications of contracts.
    ///
    /// `GET /v2/market/contractSpecifications` · public · 10 per 1 s per IP (assumed) · a read, may be
    /// repeated. They say less than their name: steps and smallest orders are in
    /// [`GetSymbols`](crate::rest::GetSymbols).
    pub struct GetContractSpecifications {}
}

impl Endpoint for GetContractSpecifications {
    type Venue = Hibt;
    type Response = Rows<ContractSpecification>;
    const SPEC: Spec =
        Spec::get("/v2/market/contractSpecifications").section(SECTION).cost(&limits::PUBLIC, 1);
}

model! {
    /// A contract's specification.
    pub struct ContractSpecification {
        /// The contract's name: here, unlike in [`Contract`], this is no kind.
        pub contract_type: Symbol,
        /// Seen to be the last price.
        pub contract_price?: Price,
        /// Currency of that price.
        pub contract_price_currency?: Asset,
    }
}

request! {
    /// Gives the order book of a contract, and when it was taken.
    ///
    /// `GET /v2/market/orderBook` · public · 10 per 1 s per IP (assumed) · a read, may be repeated. See also
    /// [`GetDepth`](crate::rest::GetDepth).
    pub struct GetOrderBook {}
    optional {
        /// How many levels of each side: 1 to 100.
        depth: u32,
        /// One contract only. What comes without it is not documented.
        symbol: Symbol,
    }
}

impl Endpoint for GetOrderBook {
    type Venue = Hibt;
    /// A list, for one contract too.
    type Response = Rows<OrderBook>;
    const SPEC: Spec = Spec::get("/v2/market/orderBook").section(SECTION).cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("depth", self.depth, 1..=limits::ORDER_BOOK)
    }
}

model! {
    /// An order book. It carries no sequence number.
    pub struct OrderBook {
        /// Contract.
        pub ticker_id: Symbol,
        /// When it was taken.
        pub timestamp?: BookTime,
        /// Bids, best first.
        #[serde(deserialize_with = "nullable")]
        pub bids: Vec<Level>,
        /// Asks, best first.
        #[serde(deserialize_with = "nullable")]
        pub asks: Vec<Level>,
    }
}

/// When a book was taken. The venue calls it milliseconds, and its own sample has seconds: which of them a
/// number is, its size tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BookTime(i64);

impl BookTime {
    /// Below it are seconds until the year 5138, from it on milliseconds since 1973.
    const FIRST_MILLIS: i64 = 100_000_000_000;

    /// The number as the venue sent it.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The time in milliseconds.
    #[must_use]
    pub const fn millis(self) -> Millis {
        if self.0 < Self::FIRST_MILLIS { Secs::new(self.0).to_millis() } else { Millis::new(self.0) }
    }
}

impl fmt::Debug for BookTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BookTime({})", self.0)
    }
}

impl Scalar for BookTime {
    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        i64::from_token(token).map(Self)
    }
}

impl serde::Serialize for BookTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> serde::Deserialize<'de> for BookTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        token(deserializer)
    }
}
