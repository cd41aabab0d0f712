//! WEX spot (V4 API): exact decimals, outcomes that are true, every request a plain value.
//!
//! ```no_run
//! use wex_spot::{Client, Credentials, Price, Qty, Side, WexSpot, rest::SubmitOrder};
//!
//! # async fn run() -> Result<(), wex_spot::Error> {
//! let client = Client::builder(WexSpot::new()).credentials(Credentials::new("key", "secret")).build()?;
//! client.sync_clock().await?;
//! let quantity: Qty = "0.002".parse().expect("a decimal");
//! let price: Price = "39000.10".parse().expect("a decimal");
//! let ack = client.send(SubmitOrder::limit("btc_usdt", Side::Buy, quantity, price)).await?;
//! println!("order {}", ack.order_id);
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
pub use venue::WexSpot;
pub use venue_core;
pub use venue_core::http::Roots;
pub use venue_core::{
    Algorithm, Amount, Asset, ClientOrderId, Credentials, Error, Grid, Kind, Millis, OrderId, Outcome, Price,
    Qty, Rate, Raw, Rounding, Rows, Symbol, TradeId,
};

/// A client of WEX spot.
pub type Client = venue_core::Client<WexSpot>;

#[cfg(test)]
mod tests;
