//! Orders: placing, amending, cancelling; lists of them and of trades.

mod cancel;
mod lists;
mod place;
mod quant;
mod trades;

pub use cancel::*;
pub use lists::*;
pub use place::*;
pub use quant::*;
pub use trades::*;
