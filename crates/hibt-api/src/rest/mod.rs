//! REST requests, one file a chapter of the documentation.

mod account;
mod market;
mod trading;

pub use account::*;
pub use market::*;
pub use trading::*;
use venue_core::Operation;

/// Every request, by name.
pub static ENDPOINTS: &[Operation] = &[
    Operation::of::<GetServerTime>(),
    Operation::of::<GetDepth>(),
    Operation::of::<OpenOrder>(),
    Operation::of::<BatchOpenOrders>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<CancelPositionOrders>(),
    Operation::of::<BatchCancelOrders>(),
    Operation::of::<BatchCancelPositionOrders>(),
    Operation::of::<CancelAllOrders>(),
    Operation::of::<CloseAllPositions>(),
    Operation::of::<GetAccountOrders>(),
];
