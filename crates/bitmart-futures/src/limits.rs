//! Documented request limits ("Rate Limit"): each endpoint has its own window of two seconds.

use venue_core::budget::{Limit, Scope};

/// Contract details.
pub static CONTRACT_DETAILS: Limit = Limit::new("contract-details", 12, 2_000, Scope::Ip);
/// Current funding rate.
pub static FUNDING_RATE: Limit = Limit::new("funding-rate", 12, 2_000, Scope::Ip);
/// Contract assets.
pub static ASSETS: Limit = Limit::new("assets", 12, 2_000, Scope::Key);
/// Open orders.
pub static OPEN_ORDERS: Limit = Limit::new("open-orders", 50, 2_000, Scope::Key);
/// Submitting an order.
pub static SUBMIT_ORDER: Limit = Limit::new("submit-order", 24, 2_000, Scope::Key);
/// Cancelling an order, or all of a symbol by leaving out the id.
pub static CANCEL_ORDER: Limit = Limit::new("cancel-order", 40, 2_000, Scope::Key);
/// Cancelling all orders of a symbol.
pub static CANCEL_ORDERS: Limit = Limit::new("cancel-orders", 2, 2_000, Scope::Key);
/// Listing transfers.
pub static TRANSFER_LIST: Limit = Limit::new("transfer-list", 1, 2_000, Scope::Key);
