//! WEX futures (USDT-M and Coin-M): exact decimals, outcomes that are true, every request a plain value.
//!
//! ```no_run
//! use wex_futures::{Client, Contracts, Credentials, OrderSide, PositionSide, Price, WexFutures};
//! use wex_futures::rest::CreateOrder;
//!
//! # async fn run() -> Result<(), wex_futures::Error> {
//! let client =
//!     Client::builder(WexFutures::usdt_m()).credentials(Credentials::new("key", "secret")).build()?;
//! let price: Price = "85000.10".parse().expect("a decimal");
//! let order =
//!     CreateOrder::limit("btc_usdt", OrderSide::Buy, PositionSide::Long, Contracts::new(1), price);
//! let receipt = client.send(order).await?;
//! println!("order {:?}", receipt.id());
//! # Ok(())
//! # }
//! ```

/// `request!` with this venue's camel-case parameter names.
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
pub use venue::WexFutures;
pub use venue_core;
pub use venue_core::http::Roots;
pub use venue_core::{
    Ack, Algorithm, Amount, Asset, ClientOrderId, Contracts, Credentials, Error, Grid, Kind, Millis, OrderId,
    Outcome, Price, Qty, Rate, Raw, RawJson, Rounding, Rows, Symbol, TradeId,
};

/// A client of WEX futures.
pub type Client = venue_core::Client<WexFutures>;

#[cfg(test)]
mod tests;
