//! REST requests. The documentation has two long chapters; a file here is one subject of them.

mod aggregators;
mod market;
mod orders;
mod positions;

pub use aggregators::*;
pub use market::*;
pub use orders::*;
pub use positions::*;
use venue_core::Operation;

/// Every request, by name.
pub static ENDPOINTS: &[Operation] = &[
    Operation::of::<GetServerTime>(),
    Operation::of::<GetCgContracts>(),
    Operation::of::<CreateOrder>(),
    Operation::of::<CreateOrderBatch>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<CancelAllOrders>(),
    Operation::of::<CancelSymbolOrders>(),
    Operation::of::<ListOrders>(),
    Operation::of::<CloseAllPositions>(),
    Operation::of::<CloseSymbolPositions>(),
];

/// The names of the documentation's chapters.
mod section {
    pub(super) const MARKET: &str = "Market Data Interface";
    pub(super) const TRADING: &str = "Trading and Account Interface";
}
