//! Five clients of WEX behind one address, two of spot, one of USDT-M and two of Coin-M futures, burst all at
//! once and share one ledger: nobody is refused. The same burst with a ledger for each, and the venue locks the
//! door.
//!
//! What is shared is what the venue documents. Futures count all requests of an address, of both products,
//! 1000 a minute, and the signed ones of a key, of both products; who exceeds that is locked out for ten minutes,
//! of both. Spot counts each of its endpoints by itself. That spot and futures count each other's is said nowhere,
//! and neither the ledger nor the simulator does so.
//!
//! `cargo run -p venue-tests --example shared_ledger` takes some seconds for some minutes of the venues' time.
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error as StdError;
use std::time::Duration;

use futures::future::{BoxFuture, join_all};
use tokio::time::{Instant, sleep};
use venue_core::budget::{Ledger, Patience};
use venue_core::{Client, Endpoint, Error, Kind, Outcome, Venue};
use venue_sim::{Fault, LimitReport, Running, Sim, Which};
use venue_tests::builder_in_memory;
use wex_futures::rest::{GetCompatBalance, GetSymbolMarkPrice, ListOrders};
use wex_futures::{Price, WexFutures};
use wex_spot::WexSpot;
use wex_spot::rest::GetDepth;

type Failed = Box<dyn StdError + Send + Sync>;

/// Longer than the burst needs when it keeps to the limits.
const LONG: Duration = Duration::from_secs(600);

#[tokio::main(flavor = "current_thread", start_paused = true)]
#[allow(dead_code, reason = "the test calls `run` instead")]
async fn main() -> Result<(), Failed> {
    println!("one ledger:");
    burst(true).await?;
    println!("\na ledger for each client:");
    burst(false).await?;
    println!("\none ledger, and a lock:");
    lock().await.map(drop)
}

/// What became of a burst.
#[allow(dead_code, reason = "the test reads it")]
#[derive(Debug)]
pub(crate) struct Burst {
    pub(crate) answered: usize,
    /// Calls that failed, and how many of those didn't leave this machine.
    pub(crate) failed: usize,
    pub(crate) held_back: usize,
    /// Refusals by both simulated venues' own count.
    pub(crate) refused: u64,
    /// The documented limits that were drawn on, and the most that any window held.
    pub(crate) windows: Vec<LimitReport>,
    /// The buckets of the one ledger, where there is one: the same for both products.
    pub(crate) buckets: Vec<&'static str>,
    pub(crate) took: Duration,
}

/// The venues and all clients of them.
struct Stage {
    sim: Sim,
    one: Ledger,
    spot: [Client<WexSpot>; 2],
    usdt_m: Client<WexFutures>,
    coin_m: [Client<WexFutures>; 2],
}

impl Stage {
    async fn set(is_shared: bool) -> Result<Self, Failed> {
        let sim = Sim::builder().venue(Which::WexSpot).venue(Which::WexFutures).seed(1).start().await?;
        let one = Ledger::new();
        let ledger = || if is_shared { one.clone() } else { Ledger::new() };
        let spot = || {
            let builder = builder_in_memory(&sim, Which::WexSpot, WexSpot::new());
            builder.ledger(ledger()).timeout(LONG).build()
        };
        let futures = |venue: WexFutures, base: &str| {
            let builder = builder_in_memory(&sim, Which::WexFutures, venue).base(base);
            builder.ledger(ledger()).timeout(LONG).build()
        };
        let running = sim.venue(Which::WexFutures);
        let coin = running.rest_of("Coin-M").ok_or("Coin-M has a host of its own")?;
        Ok(Self {
            spot: [spot()?, spot()?],
            usdt_m: futures(WexFutures::usdt_m(), running.rest())?,
            coin_m: [futures(WexFutures::coin_m(), coin)?, futures(WexFutures::coin_m(), coin)?],
            sim,
            one,
        })
    }

    fn venues(&self) -> [&Running; 2] {
        [Which::WexSpot, Which::WexFutures].map(|which| self.sim.venue(which))
    }
}

/// So many calls of a client, all at once.
fn calls<V: Venue, E: Endpoint<Venue = V>>(
    client: &Client<V>,
    count: usize,
    request: impl Fn() -> E,
) -> Vec<BoxFuture<'static, Result<(), Error>>> {
    let call = || -> BoxFuture<'static, Result<(), Error>> {
        let call = client.send(request()).into_future();
        Box::pin(async move { call.await.map(drop) })
    };
    (0..count).map(|_| call()).collect()
}

/// Bursts, and counts.
///
/// # Errors
/// When a venue can't be simulated.
pub(crate) async fn burst(is_shared: bool) -> Result<Burst, Failed> {
    let stage = Stage::set(is_shared).await?;
    let mut all = Vec::new();
    for spot in &stage.spot {
        // 10 a second for one address.
        all.extend(calls(spot, 60, || GetDepth::new("btc_usdt")));
    }
    // 1000 a minute for one address, over both products.
    all.extend(calls(&stage.usdt_m, 500, || GetSymbolMarkPrice::new("btc_usdt")));
    for coin_m in &stage.coin_m {
        all.extend(calls(coin_m, 400, || GetSymbolMarkPrice::new("btc_usd")));
    }
    let [first, second] = &stage.coin_m;
    for (futures, coin) in [(&stage.usdt_m, "usdt"), (first, "btc"), (second, "btc")] {
        // 10 a second for one key, over both products, and 3 where it is about assets.
        all.extend(calls(futures, 30, ListOrders::new));
        all.extend(calls(futures, 9, || GetCompatBalance::new(coin)));
    }
    let began = Instant::now();
    let answers = join_all(all).await;
    let took = began.elapsed();
    let failed: Vec<&Error> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    let buckets = stage.one.snapshot();
    let windows = stage.venues().into_iter().flat_map(Running::worst_window);
    let burst = Burst {
        answered: answers.len() - failed.len(),
        failed: failed.len(),
        held_back: failed.iter().filter(|error| error.outcome() == Outcome::NotSent).count(),
        refused: stage.venues().into_iter().map(Running::refused).sum(),
        windows: windows.filter(|report| report.worst > 0).collect(),
        buckets: buckets.iter().map(|bucket| bucket.limit).collect(),
        took,
    };
    println!(
        "  {} calls answered in {} s of the venues' time, {} failed ({} of them held back), {} refused",
        burst.answered,
        took.as_secs(),
        burst.failed,
        burst.held_back,
        burst.refused
    );
    for report in &burst.windows {
        let over = if report.is_over() { "   OVER" } else { "" };
        println!(
            "  {:<42} {:>4} of {:>4} per {:>2} s per {}{over}",
            report.bucket,
            report.worst,
            report.limit,
            report.window_ms / 1000,
            report.per
        );
    }
    Ok(burst)
}

/// What a refusal of one client means for the others.
#[allow(dead_code, reason = "the test reads it")]
#[derive(Debug)]
pub(crate) struct Locked {
    /// What USDT-M was told.
    pub(crate) told: Kind,
    /// What Coin-M was told at once, and requests that reached the venue meanwhile.
    pub(crate) coin_m: Option<Outcome>,
    pub(crate) reached: u64,
    /// Whether spot was answered meanwhile.
    pub(crate) spot: bool,
    /// How long Coin-M waited at the gate, and what it was answered.
    pub(crate) waited: Duration,
    pub(crate) price: Price,
    /// What the second spot client was told at once, after the first was refused, at the same endpoint.
    pub(crate) second_spot: Option<Outcome>,
    /// And futures.
    pub(crate) futures: bool,
}

/// Refuses one client, and sees what becomes of the others.
///
/// # Errors
/// When a call fails that mustn't.
pub(crate) async fn lock() -> Result<Locked, Failed> {
    let stage = Stage::set(true).await?;
    let ([spot, futures], usdt_m, [coin_m, _]) = (stage.venues(), &stage.usdt_m, &stage.coin_m);
    let [one_spot, other_spot] = &stage.spot;
    let mark = || GetSymbolMarkPrice::new("btc_usd");
    futures.fault(Fault::RateLimited);
    let told = usdt_m.send(GetSymbolMarkPrice::new("btc_usdt")).await.err().ok_or("it was answered")?;
    println!("  USDT-M is told: {told}");
    let (began, before) = (Instant::now(), futures.requests());
    let held = coin_m.send(mark()).patience(Patience::FailFast).await.err();
    if let Some(error) = &held {
        println!("  Coin-M, at once: {error}");
    }
    let is_open = one_spot.send(GetDepth::new("btc_usdt")).await.is_ok();
    println!("  spot meanwhile: {}", if is_open { "answered" } else { "refused" });
    let reached = futures.requests() - before;
    let price = coin_m.send(mark()).within(LONG * 2).await?.price;
    let waited = began.elapsed();
    println!("  Coin-M, having waited {} s at the ledger's gate: {price}", waited.as_secs());

    sleep(Duration::from_secs(60)).await;
    spot.fault(Fault::RateLimited);
    let told_spot = one_spot.send(GetDepth::new("btc_usdt")).await.err().ok_or("it was answered")?;
    println!("  spot is told: {told_spot}");
    let depth = GetDepth::new("btc_usdt");
    let second = other_spot.send(depth).patience(Patience::FailFast).await.err();
    if let Some(error) = &second {
        println!("  the other spot client, at once: {error}");
    }
    let goes_on = usdt_m.send(GetSymbolMarkPrice::new("btc_usdt")).await.is_ok();
    println!("  USDT-M meanwhile: {}", if goes_on { "answered" } else { "refused" });
    Ok(Locked {
        told: told.kind(),
        coin_m: held.map(|error| error.outcome()),
        reached,
        spot: is_open,
        waited,
        price,
        second_spot: second.map(|error| error.outcome()),
        futures: goes_on,
    })
}
