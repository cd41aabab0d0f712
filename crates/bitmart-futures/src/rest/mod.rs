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
    Operation::of::<GetContractDetails>(),
    Operation::of::<GetAssets>(),
    Operation::of::<GetOpenOrders>(),
    Operation::of::<SubmitOrder>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<CancelAllOrders>(),
    Operation::of::<CancelOrders>(),
    Operation::of::<ListTransfers>(),
];
