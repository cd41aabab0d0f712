//! Market data: contracts, quotes, funding.

mod contracts;
mod funding;
mod quotes;

pub use contracts::*;
pub use funding::*;
pub use quotes::*;
