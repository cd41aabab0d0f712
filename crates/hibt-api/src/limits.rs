//! Limits: how often requests may be sent, and how much one of them may ask for.
//!
//! How often, the venue doesn't document, only the error that says "too many requests" (220017): both numbers
//! are assumed, and careful. How much, it does.

use venue_core::budget::{Limit, Scope};

/// All public endpoints together.
pub static PUBLIC: Limit = Limit::new("public", 10, 1_000, Scope::Ip).assumed();
/// All signed endpoints together.
pub static PRIVATE: Limit = Limit::new("private", 10, 1_000, Scope::Key).assumed();

/// Most candles that one request gives.
pub const CANDLES: u32 = 500;
/// Most funding rates that one request gives.
pub const FUNDING_RATES: u32 = 1000;
/// Most levels of a side in [`GetOrderBook`](crate::rest::GetOrderBook).
pub const ORDER_BOOK: u32 = 100;
/// Most rows of a page.
pub const PAGE: u32 = 50;
/// Most rows of a list of the account's.
pub const ACCOUNT_ROWS: u32 = 1000;
/// Longest span of funding rates, in days: three months, of which none have more.
pub const FUNDING_DAYS: i64 = 92;
/// Longest span of changes of the balance, in days.
pub const BALANCE_DAYS: i64 = 30;
/// Longest span of forced orders, in days.
pub const FORCED_DAYS: i64 = 7;
