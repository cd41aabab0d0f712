//! Enums and types that several answers share.

use venue_core::serde::de::{DeserializeOwned, Error as _};
use venue_core::serde::{Deserialize, Deserializer, Serialize};
use venue_core::{RawJson, Rows, id, open_enum};

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
    /// Which way an order goes.
    pub enum OrderSide {
        /// Buys.
        Buy = "BUY",
        /// Sells.
        Sell = "SELL",
    }
}

open_enum! {
    /// Which position an order acts on.
    pub enum PositionSide {
        /// The long one.
        Long = "LONG",
        /// The short one.
        Short = "SHORT",
        /// The one net position; documented for single orders only, and not explained.
        Both = "BOTH",
    }
}

open_enum! {
    /// How an order may execute.
    pub enum TimeInForce {
        /// Rests until cancelled.
        Gtc = "GTC",
        /// What trades at once, the rest is cancelled.
        Ioc = "IOC",
        /// All at once or not at all.
        Fok = "FOK",
        /// Named without an explanation; elsewhere it rests or is refused.
        Gtx = "GTX",
    }
}

open_enum! {
    /// How many levels of the book a market order may go through.
    pub enum MarketOrderLevel: number {
        /// The best opposite price.
        One = "1",
        /// Two levels; documented for plan orders only.
        Two = "2",
        /// Five levels.
        Five = "5",
        /// Ten levels.
        Ten = "10",
        /// Fifteen levels.
        Fifteen = "15",
    }
}

open_enum! {
    /// State of an order.
    pub enum OrderState {
        /// Live, nothing traded.
        New = "NEW",
        /// Live, traded in part.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// Cancelled after it had traded in part.
        PartiallyCanceled = "PARTIALLY_CANCELED",
        /// Traded in full.
        Filled = "FILLED",
        /// Cancelled.
        Canceled = "CANCELED",
        /// Refused.
        Rejected = "REJECTED",
        /// Ran out of time.
        Expired = "EXPIRED",
        /// Whatever is live; in filters only.
        Unfinished = "UNFINISHED",
    }
}

open_enum! {
    /// Kind of contract.
    pub enum ProductType {
        /// Perpetual.
        Perpetual = "Perpetual",
        /// With a fixed term.
        Fixed = "Fixed",
    }
}

id! {
    /// Id of a position.
    pub struct PositionId
}

id! {
    /// Id of a conditional order (an entrust, in the venue's word).
    pub struct EntrustId
}

/// A success that carries no more than `true` or `null`.
///
/// What came is kept, should the venue say more one day. A success that carries `false` contradicts itself:
/// it is an error of unknown outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(crate = "venue_core::serde", transparent)]
pub struct Ack(RawJson);

impl Ack {
    /// The JSON text that came: `true`, or `null` where the endpoint has that.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<'de> Deserialize<'de> for Ack {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawJson::deserialize(deserializer)?;
        if raw.as_str() == "false" {
            return Err(D::Error::custom("a success that says false"));
        }
        Ok(Self(raw))
    }
}

/// A page of a list.
///
/// Lists by page number have `page`, `ps` and `total`, lists by cursor have `has_prev` and `has_next`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase")]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned"))]
#[non_exhaustive]
pub struct Page<T> {
    /// Which page, from 1.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Rows a page; some lists call it `size`.
    #[serde(
        default,
        alias = "size",
        deserialize_with = "venue_core::wire::absent",
        skip_serializing_if = "Option::is_none"
    )]
    pub ps: Option<u32>,
    /// Rows on all pages.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Whether there is a page before.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub has_prev: Option<bool>,
    /// Whether there is a page after.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub has_next: Option<bool>,
    /// The rows.
    pub items: Rows<T>,
}

impl<T> Page<T> {
    /// Whether a list by page number goes on after this page, which is number `page` of pages of `size`.
    ///
    /// No stop rule is documented. An empty page is the last; a full one never is, since `total` may have
    /// grown meanwhile; after one that is not full, `total` decides.
    pub(crate) fn goes_on(&self, page: u32, size: u32) -> bool {
        let rows = self.items.len() + self.items.bad().len();
        let size = u64::from(self.ps.unwrap_or(size));
        let is_full = u64::try_from(rows).is_ok_and(|rows| rows >= size);
        let is_behind = self.total.is_some_and(|total| total > u64::from(page) * size);
        rows > 0 && (is_full || is_behind)
    }
}
