//! Request limits.
//!
//! The documentation gives each private endpoint a weight and lost the numbers that the weights count
//! against. Those of a later edition stand here, and every one is marked as assumed.

use venue_core::budget::{Limit, Scope};

/// Placing and cancelling orders.
pub static ORDERS: Limit = Limit::new("orders", 20, 1_000, Scope::Key).assumed();
/// Everything else that is signed, by weight.
pub static QUERIES: Limit = Limit::new("queries", 5, 1_000, Scope::Key).assumed();
/// Public endpoints, of which no edition says anything.
pub static PUBLIC: Limit = Limit::new("public", 20, 1_000, Scope::Ip).assumed();
