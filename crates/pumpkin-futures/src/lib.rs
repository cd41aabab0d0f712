//! Pumpkin perpetual futures: exact decimals, outcomes that are true, every request a plain value.
//!
//! ```no_run
//! use pumpkin_futures::{Client, Contracts, Credentials, OrderSide, PositionSide, Price, Pumpkin};
//! use pumpkin_futures::rest::CreateOrder;
//!
//! # async fn run() -> Result<(), pumpkin_futures::Error> {
//! let client = Client::builder(Pumpkin::new()).credentials(Credentials::new("key", "secret")).build()?;
//! let price: Price = "45000.00".parse().expect("a decimal");
//! let (side, position) = (OrderSide::Buy, PositionSide::Long);
//! let order = CreateOrder::limit("btc_usdt", side, position, Contracts::new(1), price, 20);
//! let order_id = client.send(order).await?;
//! println!("order {order_id}");
//! # Ok(())
//! # }
//! ```

/// The core's `request!` with Pumpkin's spelling: names are camel case on the wire.
macro_rules! request {
    ($($tokens:tt)*) => { venue_core::request! { @camel $($tokens)* } };
}

mod codes;
pub mod feed;
mod instrument;
pub mod limits;
mod model;
pub mod rest;
mod venue;

pub use instrument::Instrument;
pub use model::*;
pub use rest::ENDPOINTS;
pub use venue::Pumpkin;
pub use venue_core;
pub use venue_core::http::Roots;
pub use venue_core::{
    Amount, Asset, ClientOrderId, Contracts, Credentials, Error, Grid, Kind, Millis, OrderId, Outcome, Price,
    Qty, Rate, Raw, Rounding, Rows, Secs, Symbol, TradeId,
};

/// A client of Pumpkin perpetual futures.
pub type Client = venue_core::Client<Pumpkin>;

#[cfg(test)]
mod tests;
