//! Simulated trading venues: real sockets, real TLS, verified requests, documented answers, scripted faults.
//!
//! Each venue listens on its own loopback port and answers every documented REST endpoint the way the venue
//! does: an unknown path, a wrong method, a bad key, a stale timestamp, a wrong signature or a missing
//! parameter get the venue's own code in the venue's own envelope. Venues with state have orders that rest, trade
//! and end over a small exchange with a market in the background ([`engine`]); elsewhere a correct request gets
//! the documented example. Documented limits are counted and enforced ([`Running::worst_window`]). Signatures are recomputed here from the received bytes, by code that shares nothing with the
//! clients under test.
//!
//! ```
//! # async fn run() -> Result<(), venue_sim::SimError> {
//! use venue_sim::{Fault, Sim, Which};
//!
//! let sim = Sim::builder().venue(Which::BitMart).seed(1).plain(true).start().await?;
//! let venue = sim.venue(Which::BitMart);
//! // Point a client at `venue.rest()` with `venue.key()`, `venue.secret()` and `venue.memo()`, then:
//! venue.fault(Fault::ExecuteThenDrop.on("POST", "/contract/private/submit-order"));
//! // ... place an order: its outcome is unknown to the client, and
//! assert_eq!(venue.executed("POST", "/contract/private/submit-order"), 0); // none was placed here.
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run()).unwrap();
//! ```
//!
//! `WebSocket` addresses are reserved only; nothing answers there yet.

pub mod data;
pub mod engine;

mod account;
mod answer;
mod builder;
mod check;
mod clock;
mod counts;
mod dial;
mod dialect;
mod error;
mod fault;
mod given;
mod json;
mod limits;
mod refusal;
mod request;
mod route;
mod rules;
mod running;
mod server;
mod sign;
mod sim;
mod tls;
mod venue;
mod which;

pub use builder::Builder;
pub use clock::Clock;
pub use counts::Hit;
pub use error::SimError;
pub use fault::{Fault, FaultError, Faults, Script};
pub use limits::LimitReport;
pub use running::Running;
pub use sim::Sim;
pub use which::{UnknownVenue, Which};
