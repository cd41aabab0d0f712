//! All paths in one program, so that a line is as comparable with the next as its two sides are.
//!
//! `cargo xtask bench` gathers its lines into a table; see `docs/performance.md`.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench fails loudly"
)]

mod book;
mod books;
mod build;
mod decode;
mod http;
mod layer;
mod ledger;
mod orders;
mod pusher;
mod sign;
mod stream;

use venue_benches::Bench;

/// A group of paths: the word that their names begin with, and what measures them.
type Group = (&'static str, fn(&Bench));

/// Those that stop the runtime's clock come last: from then on, reading it takes longer.
const GROUPS: [Group; 9] = [
    ("sign", sign::run),
    ("build", build::run),
    ("decode", decode::run),
    ("book", book::run),
    ("http", http::run),
    ("stream", stream::run),
    ("ledger", ledger::run),
    ("layer", layer::run),
    ("books", books::run),
];

fn main() {
    let bench = Bench::from_args();
    let names = GROUPS.map(|(name, _)| name);
    for (name, run) in GROUPS {
        if bench.wants(name, &names) {
            run(&bench);
        }
    }
}
