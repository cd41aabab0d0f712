//! Runs orders by the hundred thousand through simulated BitMart under faults, and reports what went wrong.
//!
//! `cargo run --release -p venue-tests --example soak -- 1000000`
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let requests = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let before = Instant::now();
    let report = venue_tests::soak::run(requests, 1);
    println!("{report}\nreal time                    {:>9} s", before.elapsed().as_secs());
    if report.is_clean() { Ok(()) } else { Err("something went wrong that must not".into()) }
}
