//! Types that several requests and answers share: ids, receipts; enums, pages and rows in files of their own.

mod enums;
mod feed;
mod filters;
mod order;
mod page;
mod position;

pub use enums::*;
pub use feed::*;
pub use filters::*;
pub use order::*;
pub use page::*;
pub use position::*;
use venue_core::serde::de::Error as _;
use venue_core::serde::{Deserialize, Deserializer, Serialize, Serializer};
use venue_core::serde_json::value::RawValue;
use venue_core::wire::{EnumValue, Scalar, Token, TokenError, affirmed, reparse, token};
use venue_core::{id, model};

id! {
    /// Id of a record: a funding rate, a bill, say. The lists that page by record take it as their place.
    pub struct RecordId
}
id! {
    /// Id of a trigger (plan) order, or of a reverse plan.
    pub struct EntrustId
}
id! {
    /// Id of a take-profit and stop-loss.
    pub struct ProfitId
}
id! {
    /// Id of a trailing (track) order.
    pub struct TrackId
}
id! {
    /// Id of an account.
    pub struct AccountId
}
id! {
    /// Id of a user.
    pub struct UserId
}

model! {
    /// An object that holds nothing.
    struct Nothing {}
}

/// What the venue says to a write that it took.
///
/// The documentation shows `{}`, an empty text or `true` without a word of what they are; what is sent is
/// mostly the id of what was made. A success that carries `false` contradicts itself: it is an error of unknown
/// outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Receipt<I> {
    /// The id of what was made.
    Id(I),
    /// Yes.
    Flag(bool),
    /// Nothing of use.
    Empty,
}

impl<I> Receipt<I> {
    /// The id, where the venue named one.
    #[must_use]
    pub const fn id(&self) -> Option<&I> {
        match self {
            Self::Id(id) => Some(id),
            Self::Flag(_) | Self::Empty => None,
        }
    }
}

impl<I: Serialize> Serialize for Receipt<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => id.serialize(serializer),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Empty => serializer.serialize_unit(),
        }
    }
}

impl<'de, I: Scalar> Deserialize<'de> for Receipt<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?.get();
        if raw.starts_with('{') {
            // Members that are there one day show up as unmapped.
            return reparse::<Nothing>(raw, "").map(|_| Self::Empty).map_err(D::Error::custom);
        }
        match Token::from_json(raw).map_err(D::Error::custom)? {
            Token::Bool(flag) => affirmed(flag).map(Self::Flag).map_err(D::Error::custom),
            token => Option::<I>::from_token(token)
                .map(|id| id.map_or(Self::Empty, Self::Id))
                .map_err(D::Error::custom),
        }
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
