//! Documented request limits ("Rate Limits"), the stricter of two rules that contradict each other.
//!
//! The general rule allows 3 requests a second for assets, 10 for everything else that is signed, and 1000
//! a minute from one address; who exceeds it is locked out for ten minutes. The page of nearly every signed
//! endpoint allows 200 a second (`OrderList` 100, `list-open-order` 10). Spending that would break the
//! general rule, so that the general rule is what is spent here. Where a page allows less than the general
//! rule, both count.

use venue_core::budget::{Limit, Scope};

/// Every request.
pub static ALL: Limit = Limit::new("all", 1_000, 60_000, Scope::Ip);
/// Signed requests that are not about assets.
pub static SIGNED: Limit = Limit::new("signed", 10, 1_000, Scope::Key);
/// Signed requests about assets.
pub static ASSETS: Limit = Limit::new("assets", 3, 1_000, Scope::Key);
/// The order book.
pub static DEPTH: Limit = Limit::new("depth", 10, 1_000, Scope::Ip);
/// Open interest.
pub static OPEN_INTEREST: Limit = Limit::new("open-interest", 1, 1_000, Scope::Ip);
/// Current funding rate.
pub static FUNDING_RATE: Limit = Limit::new("funding-rate", 1, 1_000, Scope::Ip);
