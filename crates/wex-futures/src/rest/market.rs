//! Market data: contracts, prices, candles and books, funding and the funds behind it. No signature.

mod book;
mod contracts;
mod funding;
mod prices;

pub use book::*;
pub use contracts::*;
pub use funding::*;
pub use prices::*;
