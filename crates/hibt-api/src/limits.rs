//! Request limits. The venue documents none for this API, only the error that says "too many requests"
//! (220017): both numbers are assumed, and careful.

use venue_core::budget::{Limit, Scope};

/// All public endpoints together.
pub static PUBLIC: Limit = Limit::new("public", 10, 1_000, Scope::Ip).assumed();
/// All signed endpoints together.
pub static PRIVATE: Limit = Limit::new("private", 10, 1_000, Scope::Key).assumed();
