//! Types that several requests and answers share: ids and acknowledgements; enums and pages in files of their
//! own.

mod enums;
mod page;

pub use enums::*;
pub use page::*;
pub use venue_core::Ack;
use venue_core::serde::{Deserialize, Deserializer, Serialize, Serializer};
use venue_core::wire::{EnumValue, Scalar, Token, TokenError, token};
use venue_core::{Contracts, Price};
use venue_core::{id, positional, secret_id};

id! {
    /// Id of a contract; most requests take its name instead.
    pub struct SymbolId
}

id! {
    /// Id of a position.
    pub struct PositionId
}

id! {
    /// Id of a conditional order (an entrust, in the venue's word).
    pub struct EntrustId
}

id! {
    /// Id of a take-profit and stop-loss.
    pub struct ProfitId
}

id! {
    /// Id of an order or of a conditional order, where a list holds both.
    pub struct OrderEntrustId
}

id! {
    /// Id of a change of a take-profit or stop-loss.
    pub struct AdjustId
}

id! {
    /// Id of a record: a funding rate, a bill, say. The lists that are walked from record to record take it
    /// as their place.
    pub struct RecordId
}

id! {
    /// Id of a user.
    pub struct UserId
}

secret_id! {
    /// A key to the private WebSocket, good for about an hour. Who has it reads the account's events, so that
    /// it is printed as `***`.
    pub struct ListenKey
}

positional! {
    /// A price level of the order book.
    pub struct Level {
        /// Price.
        pub price: Price,
        /// Size, in contracts.
        pub qty: Contracts,
    }
}

/// Names that the venue writes into one text, with commas between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T>(Vec<T>);

impl<T> std::ops::Deref for Listed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: EnumValue> Scalar for Listed<T> {
    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        let text = token.text().ok_or_else(|| TokenError::new(format!("expected names, got {token}")))?;
        Ok(Self(text.split(',').map(|name| T::from_wire(name.trim())).collect()))
    }
}

impl<T: EnumValue> Serialize for Listed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names: Vec<&str> = self.0.iter().map(EnumValue::as_wire).collect();
        serializer.serialize_str(&names.join(","))
    }
}

impl<'de, T: EnumValue> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        token(deserializer)
    }
}
