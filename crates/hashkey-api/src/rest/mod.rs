//! REST requests, one file a chapter of the documentation, the larger ones split by subject.

mod account;
mod cursor;
mod market;
mod misc;
mod sub_account;
mod trading;
mod wallet;

pub use account::*;
pub use market::*;
pub use misc::*;
pub use sub_account::*;
pub use trading::*;
use venue_core::serde::de::DeserializeOwned;
use venue_core::serde::{Deserialize, Deserializer};
use venue_core::{Invalid, Operation, Rows};
pub use wallet::*;

/// Every request, by name.
// No static: who doesn't use it shouldn't build it.
pub const ENDPOINTS: &[Operation] = &[
    Operation::of::<TestNewOrder>(),
    Operation::of::<CreateOrder>(),
    Operation::of::<BatchOrders>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<CancelOpenOrders>(),
    Operation::of::<CancelAllOpenOrders>(),
    Operation::of::<CancelAllOpenOrdersOfSymbol>(),
    Operation::of::<CancelOrdersByIds>(),
    Operation::of::<GetOrder>(),
    Operation::of::<GetOpenOrders>(),
    Operation::of::<GetTradeOrders>(),
    Operation::of::<GetVipInfo>(),
    Operation::of::<GetAccount>(),
    Operation::of::<GetAccountTrades>(),
    Operation::of::<GetAccountType>(),
    Operation::of::<AssetTransfer>(),
    Operation::of::<GetApiKeyType>(),
    Operation::of::<GetFiatHistory>(),
    Operation::of::<GetBalanceFlow>(),
    Operation::of::<GetChainType>(),
    Operation::of::<GetCoinInfo>(),
    Operation::of::<GetSubAccountOpenOrders>(),
    Operation::of::<GetSubAccountTradeOrders>(),
    Operation::of::<GetSubAccountTrades>(),
    Operation::of::<GetDepositAddress>(),
    Operation::of::<GetDepositOrders>(),
    Operation::of::<AuthAddress>(),
    Operation::of::<Withdraw>(),
    Operation::of::<GetWithdrawOrders>(),
    Operation::of::<GetExchangeInfo>(),
    Operation::of::<GetDepth>(),
    Operation::of::<GetTrades>(),
    Operation::of::<GetKlines>(),
    Operation::of::<GetTicker24hr>(),
    Operation::of::<GetTickerPrice>(),
    Operation::of::<GetBookTicker>(),
    Operation::of::<GetMergedDepth>(),
    Operation::of::<Ping>(),
    Operation::of::<GetServerTime>(),
    Operation::of::<CreateListenKey>(),
    Operation::of::<ResetListenKey>(),
    Operation::of::<DeleteListenKey>(),
];

/// How many rows may be asked for: at least one, at most what is documented.
pub(crate) fn check_limit(limit: Option<u32>, most: u32) -> Result<(), Invalid> {
    match limit {
        Some(limit) if !(1..=most).contains(&limit) => {
            Err(Invalid::new(format!("limit {limit}: 1 to {most}")))
        }
        _ => Ok(()),
    }
}

/// A text of which an empty one would mean something else, or everything.
pub(crate) fn check_filled(name: &str, text: &str) -> Result<(), Invalid> {
    if text.is_empty() { Err(Invalid::new(format!("{name} is empty"))) } else { Ok(()) }
}

/// How long a text may be, in characters.
fn check_length(name: &str, text: &str, most: usize) -> Result<(), Invalid> {
    match text.chars().count() {
        length if (1..=most).contains(&length) => Ok(()),
        length => Err(Invalid::new(format!("{name} has {length} characters: 1 to {most} are allowed"))),
    }
}

/// `deserialize_with` for rows whose absence must not read as "none"; an empty list and `null` do.
fn present<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<Rows<T>, D::Error> {
    Rows::deserialize(deserializer)
}
