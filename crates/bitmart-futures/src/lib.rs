//! BitMart futures (V2 API): exact decimals, outcomes that are true, every request a plain value.
//!
//! ```no_run
//! use bitmart_futures::{BitMart, Client, Contracts, Credentials, Price, Side, rest::SubmitOrder};
//!
//! # async fn run() -> Result<(), bitmart_futures::Error> {
//! let client = Client::builder(BitMart::new())
//!     .credentials(Credentials::new("key", "secret").memo("memo"))
//!     .build()?;
//! let price: Price = "85000.10".parse().expect("a decimal");
//! let ack = client.send(SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, Contracts::new(1), price)).await?;
//! println!("order {}", ack.order_id);
//! # Ok(())
//! # }
//! ```

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
pub use venue::BitMart;
pub use venue_core;
pub use venue_core::http::Roots;
pub use venue_core::{
    Amount, Asset, ClientOrderId, Contracts, Credentials, Error, Grid, Kind, Millis, OrderId, Outcome, Price,
    Qty, Rate, Raw, Rounding, Rows, Secs, Symbol, TradeId,
};

/// A client of BitMart futures.
pub type Client = venue_core::Client<BitMart>;

#[cfg(test)]
mod tests;
