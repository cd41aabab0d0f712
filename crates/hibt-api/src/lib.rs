//! Hibt perpetual futures (V2 API): exact decimals, outcomes that are true, every request a plain value.
//!
//! ```no_run
//! use hibt_api::{Client, Credentials, Hibt, Price, Qty, Side, rest::OpenOrder};
//!
//! # async fn run() -> Result<(), hibt_api::Error> {
//! let client = Client::builder(Hibt::new()).credentials(Credentials::new("key", "secret")).build()?;
//! let amount: Qty = "0.01".parse().expect("a decimal");
//! let price: Price = "59120.5".parse().expect("a decimal");
//! let ack = client.send(OpenOrder::limit("btc_usdt", Side::Buy, amount, 10u32, price)).await?;
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
pub use venue::Hibt;
pub use venue_core;
pub use venue_core::http::Roots;
pub use venue_core::{
    Amount, Asset, ClientOrderId, Credentials, Error, Grid, Kind, Millis, OrderId, Outcome, Price, Qty, Rate,
    Raw, Rounding, Rows, Secs, Symbol,
};

/// A client of Hibt perpetual futures.
pub type Client = venue_core::Client<Hibt>;

#[cfg(test)]
mod tests;
