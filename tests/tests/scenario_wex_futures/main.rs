//! WEX futures by its real client: what is done shows everywhere it should, on both products.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

mod account;
mod firing;
mod limits;
mod orders;
mod stage;
mod triggers;
