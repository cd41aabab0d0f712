//! HashKey spot (the platform of MENA and Hong Kong, and Global): exact decimals, outcomes that are true,
//! every request a plain value.
//!
//! ```no_run
//! use hashkey_api::{Client, Credentials, HashKey, Price, Qty, Side, rest::CreateOrder};
//!
//! # async fn run() -> Result<(), hashkey_api::Error> {
//! let client = Client::builder(HashKey::new()).credentials(Credentials::new("key", "secret")).build()?;
//! let quantity: Qty = "0.01".parse().expect("a decimal");
//! let price: Price = "85000".parse().expect("a decimal");
//! let ack = client.send(CreateOrder::limit("BTCUSDT", Side::Buy, quantity, price)).await?;
//! println!("order {}", ack.order_id);
//! # Ok(())
//! # }
//! ```

/// Requests whose parameters are camel case on the wire, as all of HashKey's are.
macro_rules! request {
    ($($tokens:tt)*) => {
        venue_core::request! { @camel $($tokens)* }
    };
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
pub use venue::{HashKey, KeyHeader};
pub use venue_core;
pub use venue_core::http::Roots;
pub use venue_core::{
    Amount, Asset, ClientOrderId, Credentials, Error, Grid, Kind, Millis, OrderId, Outcome, Price, Qty, Rate,
    Raw, RawJson, Rounding, Rows, Symbol, TradeId,
};

/// A client of HashKey.
pub type Client = venue_core::Client<HashKey>;

#[cfg(test)]
mod tests;
