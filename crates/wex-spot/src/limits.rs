//! Documented request limits ("Limit Flow Rules"): each endpoint counts by itself.
//!
//! An endpoint that is not here documents none; a gateway and a firewall in front of it have limits that
//! nobody publishes.

use venue_core::budget::{Limit, Scope};

/// Symbol information; one symbol and several count alike.
pub static SYMBOLS: Limit = Limit::new("symbols", 10, 1_000, Scope::Ip);
/// Submitting an order.
pub static SUBMIT_ORDER: Limit = Limit::new("submit-order", 20, 1_000, Scope::Key);
/// Submitting a batch, whatever its size.
pub static SUBMIT_BATCH_ORDERS: Limit = Limit::new("submit-batch-orders", 30, 1_000, Scope::Key);
/// Changing an order.
pub static UPDATE_ORDER: Limit = Limit::new("update-order", 50, 1_000, Scope::Key);
