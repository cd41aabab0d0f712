//! Scaffolding that the scenarios share: a simulated venue and clients of it.
#![allow(clippy::expect_used, reason = "a test fails loudly")]

use std::time::Duration;

use bitmart_futures::{BitMart, Credentials};
use venue_core::http::Roots;
use venue_core::{Builder, Client, Retry, Venue};
use venue_sim::{Running, Sim, Which};

/// A simulated venue over TLS.
pub async fn sim(which: Which) -> Sim {
    Sim::builder().venue(which).seed(1).start().await.expect("the simulator starts on loopback")
}

/// The credentials of a simulated account.
#[must_use]
pub fn credentials(venue: &Running) -> Credentials {
    let credentials = Credentials::new(venue.key(), venue.secret());
    match venue.memo() {
        Some(memo) => credentials.memo(memo),
        None => credentials,
    }
}

/// A client of a simulated venue, still to be built: one attempt, two seconds.
pub fn builder<V: Venue>(sim: &Sim, which: Which, venue: V) -> Builder<V> {
    let running = sim.venue(which);
    Client::builder(venue)
        .base(running.rest())
        .roots(Roots::only_pem(sim.ca_pem()).expect("the simulator's certificate is one"))
        .credentials(credentials(running))
        .retry(Retry::never())
        .timeout(Duration::from_secs(2))
}

/// A client of simulated BitMart.
#[must_use]
pub fn bitmart(sim: &Sim) -> Client<BitMart> {
    builder(sim, Which::BitMart, BitMart::new()).build().expect("the settings hold")
}

/// The README's code, compiled and run.
#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
pub struct Readme;
