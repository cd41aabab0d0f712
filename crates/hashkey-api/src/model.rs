//! Enums and types that several answers share.

mod filter;

use std::borrow::Cow;
use std::fmt;

use venue_core::wire::{Scalar, Token, TokenError, token};
use venue_core::{Field, Style, Value, id, open_enum, serde};

pub use filter::*;

id! {
    /// Id of an account.
    pub struct AccountId
}

id! {
    /// Id of a withdrawal; letters and digits.
    pub struct WithdrawId
}

id! {
    /// A network's name, in the venue's own spelling: `ETH` beside `Tron`.
    pub struct ChainType
}

open_enum! {
    /// Which way an order goes.
    pub enum Side {
        /// Buys the base.
        Buy = "BUY",
        /// Sells the base.
        Sell = "SELL",
    }
}

open_enum! {
    /// Order type.
    pub enum OrderType {
        /// Limit order.
        Limit = "LIMIT",
        /// Market order.
        Market = "MARKET",
        /// Limit order that is refused where it would trade at once.
        LimitMaker = "LIMIT_MAKER",
    }
}

open_enum! {
    /// How long an order stands.
    pub enum TimeInForce {
        /// Rests until cancelled; limit and limit maker orders.
        Gtc = "GTC",
        /// What trades at once, the rest is cancelled; limit and market orders.
        Ioc = "IOC",
        /// All at once or not at all; limit orders.
        Fok = "FOK",
    }
}

open_enum! {
    /// Which order expires when it would trade with one's own.
    pub enum StpMode {
        /// The incoming one; the venue's default.
        ExpireTaker = "EXPIRE_TAKER",
        /// The resting one.
        ExpireMaker = "EXPIRE_MAKER",
    }
}

open_enum! {
    /// State of an order.
    pub enum OrderStatus {
        /// Not yet in the book.
        PendingNew = "PENDING_NEW",
        /// In the book, nothing has traded.
        New = "NEW",
        /// Traded in part.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// Traded in part, the rest is cancelled.
        PartiallyCanceled = "PARTIALLY_CANCELED",
        /// Traded as a whole.
        Filled = "FILLED",
        /// Cancelled.
        Canceled = "CANCELED",
        /// Refused.
        Rejected = "REJECTED",
    }
}

open_enum! {
    /// State of a trading pair.
    pub enum SymbolStatus {
        /// Shown ahead of its opening.
        InPreview = "IN_PREVIEW",
        /// Trades.
        Trading = "TRADING",
        /// Trading is suspended.
        Halt = "HALT",
        /// Comes back from a halt.
        Resuming = "RESUMING",
    }
}

open_enum! {
    /// Whether a pair can be traded; only one value is documented.
    pub enum TradeStatus {
        /// It can.
        Tradable = "TRADABLE",
    }
}

open_enum! {
    /// What a coin is on its chain.
    pub enum TokenType {
        /// A chain's own coin.
        ChainToken = "CHAIN_TOKEN",
        /// An ERC-20 token.
        Erc20Token = "ERC20_TOKEN",
    }
}

open_enum! {
    /// Which exchange of the group; the documentation knows the first two, the platform the others.
    pub enum Site {
        /// Bermuda; the documented default.
        Bmu = "BMU" | "bmu",
        /// The Emirates.
        Uae = "UAE" | "uae",
        /// Middle East and North Africa.
        Mena = "MENA" | "mena",
        /// Hong Kong.
        Hk = "HK" | "hk",
    }
}

open_enum! {
    /// State of a withdrawal.
    pub enum WithdrawStatus {
        /// Failed.
        Failed = "failed",
        /// Under way.
        Withdrawing = "withdrawing",
        /// Being reviewed.
        UnderReview = "under_review",
        /// Done.
        Successful = "successful",
        /// Cancelled.
        Canceled = "canceled",
        /// Being cancelled.
        Canceling = "canceling",
    }
}

/// A key to the private WebSocket. Who has it reads the account's events, so that it is printed as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct ListenKey(String);

impl ListenKey {
    /// The key's text, as it stands in the WebSocket's address.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ListenKey {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for ListenKey {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for ListenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ListenKey(***)")
    }
}

impl Scalar for ListenKey {
    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        String::from_token(token).map(Self)
    }
}

impl Field for ListenKey {
    const STYLE: Style = Style::Text;

    fn value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(&self.0))
    }

    fn read(raw: &str) -> Result<Self, TokenError> {
        Token::from_json(raw).and_then(Self::from_token)
    }
}

impl serde::Serialize for ListenKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for ListenKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        token(deserializer)
    }
}
