//! Enums and types that several requests and answers share.

use venue_core::serde::de::Error as _;
use venue_core::serde::{Deserialize, Deserializer, Serialize, Serializer};
use venue_core::serde_json::value::RawValue;
use venue_core::wire::{Scalar, Token, reparse};
use venue_core::{Error, Kind, Outcome, id, model, open_enum};

open_enum! {
    /// Which way an order goes. Which position it acts on is the [`PositionSide`]'s to say: a buy opens a
    /// long or closes a short, a sell closes a long or opens a short.
    pub enum OrderSide {
        /// Buys.
        Buy = "BUY",
        /// Sells.
        Sell = "SELL",
    }
}

open_enum! {
    /// Which of the two positions of a contract.
    pub enum PositionSide {
        /// The long one.
        Long = "LONG",
        /// The short one.
        Short = "SHORT",
    }
}

open_enum! {
    /// Order type.
    pub enum OrderType {
        /// Limit order.
        Limit = "LIMIT",
        /// Market order.
        Market = "MARKET",
    }
}

open_enum! {
    /// How long an order lives.
    pub enum TimeInForce {
        /// Rests until it is filled or cancelled.
        Gtc = "GTC",
        /// What trades at once, the rest is cancelled.
        Ioc = "IOC",
        /// All at once or not at all.
        Fok = "FOK",
        /// Post only.
        Gtx = "GTX",
    }
}

open_enum! {
    /// What a balance is margin for.
    pub enum UnderlyingType: number {
        /// Coin-margined futures.
        CoinM = "1",
        /// USDT-margined futures.
        UsdtM = "2",
    }
}

id! {
    /// Id of a record: a funding rate, say.
    pub struct RecordId
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
/// mostly the id of what was made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Receipt<I> {
    /// The id of what was made.
    Id(I),
    /// Yes or no.
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

    /// Refuses a success that says `false`.
    pub(crate) fn verify(&self) -> Result<(), Error> {
        match self {
            Self::Flag(false) => Err(Error::new(
                Kind::Rejected,
                Outcome::Unknown,
                "the venue calls it a success and answers false",
            )),
            _ => Ok(()),
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
            Token::Bool(flag) => Ok(Self::Flag(flag)),
            token => Option::<I>::from_token(token)
                .map(|id| id.map_or(Self::Empty, Self::Id))
                .map_err(D::Error::custom),
        }
    }
}
