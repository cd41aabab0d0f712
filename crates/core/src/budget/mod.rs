//! Request budgets: what venues document, and the ledger that spends it.
//!
//! A venue counts requests in windows: so many in so much time, by address, key or account. Where a window
//! starts isn't known, and a request is counted somewhere between its sending and its answer. So a
//! [`Permit`] occupies its buckets from the moment it is granted until its answer plus the window: then no
//! window of the server, sliding or aligned, holds more than the limit, whatever the latency and the clocks.
//! The price is that a bucket of window `T` gives `T / (T + round trip)` of its limit at most.

mod bucket;
mod grants;
mod ledger;
mod limit;
mod memory;
mod permit;

pub(crate) use ledger::Spender;
pub use ledger::{Ledger, Patience};
pub use limit::{Limit, Scope};
pub use memory::{BucketState, Memory};
pub use permit::Permit;
pub use store::{Ask, Denied, Draw, Draws, Grant, Priority, Settlement, Store};

mod store;
#[cfg(test)]
mod tests;
