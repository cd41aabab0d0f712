//! Ids, keys and the words that several answers share.

mod account;
mod filter;
mod market;
mod stream;
mod trading;
mod wallet;

use std::borrow::Cow;
use std::fmt;

use venue_core::wire::{Scalar, Token, TokenError, token};
use venue_core::{Field, Style, Value, id, serde};

pub use account::*;
pub use filter::*;
pub use market::*;
pub use stream::*;
pub use trading::*;
pub use wallet::*;

id! {
    /// Id of an account.
    pub struct AccountId
}

id! {
    /// Id of a person or institution; several accounts may have the same.
    pub struct UserId
}

id! {
    /// Id of a match: both sides of one trade have the same.
    pub struct TicketId
}

id! {
    /// Id of a transfer between own accounts.
    pub struct TransferId
}

id! {
    /// Id of a movement of money; letters and digits.
    pub struct FiatOrderId
}

id! {
    /// Id of a change of a balance.
    pub struct FlowId
}

id! {
    /// Id of a withdrawal; letters and digits.
    pub struct WithdrawId
}

id! {
    /// A network's name, in the venue's own spelling: `ETH` beside `Tron`.
    pub struct ChainType
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

impl venue_core::Accept for ListenKey {
    type Kind = venue_core::Converted;
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
