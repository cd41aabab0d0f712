//! REST requests, one file a chapter of the documentation.

mod account;
mod entrust;
mod market;
mod order;

pub use account::*;
pub use entrust::*;
pub use market::*;
pub use order::*;
use venue_core::Operation;

/// Every request, by name.
pub static ENDPOINTS: &[Operation] = &[
    Operation::of::<GetClientIp>(),
    Operation::of::<GetFundingRate>(),
    Operation::of::<CreateOrder>(),
    Operation::of::<CreateOrdersBatch>(),
    Operation::of::<CreateOrdersAtomicBatch>(),
    Operation::of::<CancelAllOrders>(),
    Operation::of::<CancelAllOrdersOfSymbol>(),
    Operation::of::<GetCrossMargin>(),
    Operation::of::<GetCompatBalance>(),
];
