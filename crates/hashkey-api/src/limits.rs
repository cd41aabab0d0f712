//! Request limits.
//!
//! The documentation gives each private endpoint a weight and lost the numbers that the weights count
//! against. Those of a later edition stand here, marked as assumed. One limit is documented in words.

use venue_core::budget::{Limit, Scope};

/// Placing and cancelling orders.
pub static ORDERS: Limit = Limit::new("orders", 20, 1_000, Scope::Key).assumed();
/// Everything else that is signed, by weight.
pub static QUERIES: Limit = Limit::new("queries", 5, 1_000, Scope::Key).assumed();
/// Public endpoints, of which no edition says anything.
pub static PUBLIC: Limit = Limit::new("public", 20, 1_000, Scope::Ip).assumed();
/// Transfers between own accounts; documented. Whose calls it counts isn't: a key's are taken.
pub static TRANSFERS: Limit = Limit::new("transfers", 1, 1_000, Scope::Key);

/// Most orders in a batch; documented.
pub const BATCH_ORDERS: usize = 20;
/// Most ids in one cancel; documented.
pub const CANCEL_IDS: usize = 100;
/// Most orders that a sweeping cancel reaches in one call; documented.
pub const SWEPT_ORDERS: u32 = 200;
