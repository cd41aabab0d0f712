//! Two clients behind one address burst the same endpoint, and share one ledger: each waits for its turn, and
//! the venue has no reason to refuse anything.
//!
//! `cargo run -p venue-tests --example budget`
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error;
use std::time::{Duration, Instant};

use bitmart_futures::rest::GetDepth;
use bitmart_futures::{BitMart, Client, Roots};
use futures::future::join_all;
use venue_core::budget::Ledger;
use venue_sim::{Sim, Which};

/// Calls of each client: together two windows' worth of what one address may do.
const CALLS: usize = 12;

type Failed = Box<dyn Error + Send + Sync>;

#[tokio::main]
#[allow(dead_code, reason = "the test calls `run` instead")]
async fn main() -> Result<(), Failed> {
    run().await
}

/// Bursts, and compares what was spent with what is allowed.
///
/// # Errors
/// When a call fails, or the venue saw too much in some window.
pub(crate) async fn run() -> Result<(), Failed> {
    let sim = Sim::builder().venue(Which::BitMart).seed(1).start().await?;
    let venue = sim.venue(Which::BitMart);
    let ledger = Ledger::new();
    let client = || -> Result<Client, Failed> {
        let client = Client::builder(BitMart::new())
            .base(venue.rest())
            .roots(Roots::only_pem(sim.ca_pem())?)
            .ledger(ledger.clone())
            .timeout(Duration::from_secs(10))
            .build()?;
        Ok(client)
    };
    let clients = [client()?, client()?];

    let began = Instant::now();
    let calls = clients.iter().zip(["first", "second"]).flat_map(|(client, name)| {
        (1..=CALLS).map(move |number| async move {
            let depth = client.send(GetDepth::new("BTCUSDT")).await?;
            let bid = depth.bids.first().ok_or("no bids")?.price;
            println!("{:>5} ms: {name} client, call {number}: bid {bid}", began.elapsed().as_millis());
            Ok::<_, Failed>(())
        })
    });
    join_all(calls).await.into_iter().collect::<Result<(), Failed>>()?;

    println!("the ledger:");
    for bucket in ledger.snapshot() {
        println!(
            "  {}: {} of {} per {} ms are taken",
            bucket.limit, bucket.used, bucket.count, bucket.window_ms
        );
    }
    println!("the venue:");
    for report in venue.worst_window().into_iter().filter(|report| report.worst > 0) {
        println!("  {}: no window held more than {} of {}", report.bucket, report.worst, report.limit);
        if report.is_over() {
            return Err(format!("over the limit: {report:?}").into());
        }
    }
    if venue.refused() > 0 {
        return Err("the venue refused a request".into());
    }
    Ok(())
}
