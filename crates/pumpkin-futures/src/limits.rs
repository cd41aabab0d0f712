//! Request limits ("Access Frequency Limits"): every endpoint has a documented weight, which is drawn from
//! two quotas of the user, one a minute and one a day.
//!
//! How large the quotas are is not documented; both sizes are assumed. A call that either can't bear is
//! refused with 439. Requests are counted per address as well, and one that sends too many is shut out with
//! 429; neither number nor window of that is documented, so that nothing here stands for it.

use venue_core::budget::{Limit, Scope};

/// The quota of a minute, in weight.
pub static MINUTE: Limit = Limit::new("minute-weight", 1_200, 60_000, Scope::Account).assumed();
/// The quota of a day, in weight.
pub static DAY: Limit = Limit::new("day-weight", 100_000, 86_400_000, Scope::Account).assumed();
