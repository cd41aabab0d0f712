//! Account: balances and bills, positions and their settings, the account itself.

mod balance;
mod history;
mod info;
mod position;

pub use balance::*;
pub use history::*;
pub use info::*;
pub use position::*;
