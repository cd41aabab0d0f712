//! Futures market data.

mod book;
mod contract;
mod funding;
mod kline;

pub use book::*;
pub use contract::*;
pub use funding::*;
pub use kline::*;
