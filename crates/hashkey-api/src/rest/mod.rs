//! REST requests, one file a chapter of the documentation.

mod market;
mod misc;
mod trading;
mod wallet;

pub use market::*;
pub use misc::*;
pub use trading::*;
use venue_core::Operation;
pub use wallet::*;

/// Every request, by name.
pub static ENDPOINTS: &[Operation] = &[
    Operation::of::<CreateOrder>(),
    Operation::of::<BatchOrders>(),
    Operation::of::<CancelAllOpenOrders>(),
    Operation::of::<CancelAllOpenOrdersOfSymbol>(),
    Operation::of::<GetWithdrawOrders>(),
    Operation::of::<GetExchangeInfo>(),
    Operation::of::<GetServerTime>(),
    Operation::of::<CreateListenKey>(),
    Operation::of::<ResetListenKey>(),
    Operation::of::<DeleteListenKey>(),
];
