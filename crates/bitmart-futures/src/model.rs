//! Enums and types that several answers share.

use venue_core::wire::{Scalar, Token, TokenError, token};
use venue_core::{Price, open_enum, serde};

open_enum! {
    /// What an order does. In hedge mode a side names the position it acts on; in one-way mode 1 and 4 are
    /// plain buy and sell, and 2 and 3 may only reduce.
    pub enum Side: number {
        /// Hedge mode: buys to open a long. One-way mode: buys.
        BuyOpenLong = "1",
        /// Hedge mode: buys to close a short. One-way mode: buys, reduce only.
        BuyCloseShort = "2",
        /// Hedge mode: sells to close a long. One-way mode: sells, reduce only.
        SellCloseLong = "3",
        /// Hedge mode: sells to open a short. One-way mode: sells.
        SellOpenShort = "4",
    }
}

impl Side {
    /// One-way mode: a buy.
    pub const BUY: Self = Self::BuyOpenLong;
    /// One-way mode: a buy that may only reduce.
    pub const BUY_REDUCE_ONLY: Self = Self::BuyCloseShort;
    /// One-way mode: a sell that may only reduce.
    pub const SELL_REDUCE_ONLY: Self = Self::SellCloseLong;
    /// One-way mode: a sell.
    pub const SELL: Self = Self::SellOpenShort;
}

open_enum! {
    /// Order type.
    pub enum OrderType {
        /// Limit order.
        Limit = "limit",
        /// Market order.
        Market = "market",
        /// Liquidation.
        Liquidate = "liquidate",
        /// Bankruptcy.
        Bankruptcy = "bankruptcy",
        /// Auto-deleveraging.
        Adl = "adl",
        /// Trailing order.
        Trailing = "trailing",
        /// Made by a plan order.
        PlanOrder = "planorder",
    }
}

open_enum! {
    /// How an order may execute.
    pub enum OrderMode: number {
        /// Rests until cancelled.
        Gtc = "1",
        /// All at once or not at all.
        Fok = "2",
        /// What trades at once, the rest is cancelled.
        Ioc = "3",
        /// Rests or is refused.
        MakerOnly = "4",
    }
}

open_enum! {
    /// Margin mode.
    pub enum OpenType {
        /// The whole balance backs the position.
        Cross = "cross",
        /// The position has its own margin.
        Isolated = "isolated",
    }
}

open_enum! {
    /// Which price a trigger looks at.
    pub enum PriceType: number {
        /// Last traded price.
        Last = "1",
        /// Fair (mark) price.
        Fair = "2",
        /// Unset; in answers only.
        Unset = "0",
    }
}

open_enum! {
    /// What happens when an order would trade with one's own.
    pub enum StpMode: number {
        /// The resting order is cancelled.
        CancelMaker = "1",
        /// The incoming order is cancelled.
        CancelTaker = "2",
        /// Both are cancelled.
        CancelBoth = "3",
    }
}

open_enum! {
    /// State of an order.
    pub enum OrderState: number {
        /// Being approved.
        Approval = "1",
        /// Live.
        Check = "2",
        /// Done.
        Finish = "4",
    }
}

open_enum! {
    /// Position mode of an account.
    pub enum PositionMode {
        /// Long and short side by side.
        Hedge = "hedge_mode",
        /// One net position.
        OneWay = "one_way_mode",
    }
}

open_enum! {
    /// Kind of contract.
    pub enum ProductType: number {
        /// Perpetual.
        Perpetual = "1",
        /// Dated futures.
        Futures = "2",
    }
}

open_enum! {
    /// Whether a contract trades. A contract that trades may have a delisting time in the past.
    pub enum ContractStatus {
        /// Trades.
        Trading = "Trading",
        /// No longer trades.
        Delisted = "Delisted",
    }
}

open_enum! {
    /// Direction of a transfer.
    pub enum TransferType {
        /// From the spot account to futures.
        SpotToContract = "spot_to_contract",
        /// From futures to the spot account.
        ContractToSpot = "contract_to_spot",
    }
}

open_enum! {
    /// State of a transfer.
    pub enum TransferState {
        /// Waits to be executed.
        Processing = "PROCESSING",
        /// Done.
        Finished = "FINISHED",
        /// Failed.
        Failed = "FAILED",
    }
}

/// A price, or the words that the venue puts there for a market order ("market price").
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum OrderPrice {
    /// A limit price.
    Limit(Price),
    /// A market order, in the venue's words.
    Market(Box<str>),
}

impl OrderPrice {
    /// The limit price, where there is one.
    #[must_use]
    pub const fn limit(&self) -> Option<Price> {
        match self {
            Self::Limit(price) => Some(*price),
            Self::Market(_) => None,
        }
    }
}

impl Scalar for OrderPrice {
    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        match &token {
            Token::Text(text) if text.to_ascii_lowercase().starts_with("market") => {
                Ok(Self::Market(text.as_ref().into()))
            }
            _ => Price::from_token(token).map(Self::Limit),
        }
    }
}

impl serde::Serialize for OrderPrice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Limit(price) => price.serialize(serializer),
            Self::Market(words) => serializer.serialize_str(words),
        }
    }
}

impl<'de> serde::Deserialize<'de> for OrderPrice {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        token(deserializer)
    }
}
