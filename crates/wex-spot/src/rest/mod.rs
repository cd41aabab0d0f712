//! REST requests, one file a chapter of the documentation.

mod market;
mod order;
mod transfer;

pub use market::*;
pub use order::*;
pub use transfer::*;
use venue_core::Operation;

/// Every request, by name.
pub static ENDPOINTS: &[Operation] = &[
    Operation::of::<GetServerTime>(),
    Operation::of::<GetSymbols>(),
    Operation::of::<SubmitOrder>(),
    Operation::of::<SubmitBatchOrders>(),
    Operation::of::<CancelBatchOrders>(),
    Operation::of::<UpdateOrder>(),
    Operation::of::<Transfer>(),
];
