//! Trading: opening, closing, cancelling, orders and conditional orders.

mod cancel;
mod close;
mod conditional;
mod open;
mod orders;

pub use cancel::*;
pub use close::*;
pub use conditional::*;
pub use open::*;
pub use orders::*;
use venue_core::{Invalid, Price};

use crate::model::TriggerType;

/// The chapter of the documentation.
const SECTION: &str = "Trading API";

/// A flag with its price, and what both are called.
type Exit<'a> = (Option<bool>, Option<Price>, [&'a str; 2]);

/// Take-profit and stop-loss of an order, as its parameters say them.
struct Exits<'a> {
    take_profit: Exit<'a>,
    stop_loss: Exit<'a>,
    /// What triggers both, and what that is called.
    trigger: (Option<&'a TriggerType>, &'a str),
}

impl Exits<'_> {
    /// Each is a flag with its price; either without the other is not what was meant. And with any of them,
    /// the trigger.
    fn check(self) -> Result<(), Invalid> {
        for (is_set, price, [flag, name]) in [self.take_profit, self.stop_loss] {
            match (is_set == Some(true), price.is_some()) {
                (true, false) => {
                    return Err(Invalid::new(format!("{name} is required when {flag} is true")));
                }
                (false, true) => {
                    return Err(Invalid::new(format!("{name} counts only when {flag} is true")));
                }
                _ => {}
            }
        }
        let has_exit = self.take_profit.1.is_some() || self.stop_loss.1.is_some();
        match self.trigger {
            (None, name) if has_exit => {
                Err(Invalid::new(format!("{name} is required with a take-profit or stop-loss")))
            }
            _ => Ok(()),
        }
    }
}
