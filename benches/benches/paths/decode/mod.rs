//! Decoding each venue's real shapes, beside `serde_json` into structs that own their texts, with decimals read as
//! `serde-with-str` does.
//!
//! Ours checks that a REST body is UTF-8, as a call does; the other is given a text, and spared that. Both must come
//! to the same numbers, for every message.

mod bitmart;
mod hashkey;
mod hibt;
mod pumpkin;
mod wex_futures;
mod wex_spot;

pub(crate) use bitmart::increase;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use venue_benches::{Bench, Goal, MIN_MESSAGES, Pair, Random, decimal, joined, vary};
use venue_core::ws::{Channel, Payload};
use venue_core::{Decimal, Endpoint, Price, Venue};
use venue_sim::Which;

use crate::orders::documented;

/// Levels a side of a push.
const PUSHED: usize = 20;
/// Trades in a list.
const TRADES: usize = 100;

pub(crate) fn run(bench: &Bench) {
    hashkey::run(bench);
    bitmart::run(bench);
    wex_spot::run(bench);
    wex_futures::run(bench);
    hibt::run(bench);
    pumpkin::run(bench);
}

/// What both sides must come to.
type Facts = Vec<Decimal>;

/// What a shape is to reach.
struct Shape {
    name: &'static str,
    against: &'static str,
    goal: Goal,
    allocations: Option<u64>,
}

const OWNED: &str = "serde_json, owned, serde-with-str";

const fn push(name: &'static str) -> Shape {
    Shape {
        name,
        against: OWNED,
        goal: Goal::AtMost { ratio: 900, stretch: Some(700) },
        allocations: Some(8),
    }
}

const fn whole(name: &'static str) -> Shape {
    Shape { name, against: OWNED, goal: Goal::AtMost { ratio: 900, stretch: Some(700) }, allocations: None }
}

const fn rows(name: &'static str) -> Shape {
    Shape { name, against: OWNED, goal: Goal::AtMost { ratio: 950, stretch: None }, allocations: None }
}

const fn numbers(name: &'static str) -> Shape {
    let goal = Goal::AtMost { ratio: 1450, stretch: None };
    Shape { name, against: "serde_json, owned, f64", goal, allocations: None }
}

/// Decodes an answer as a call does.
fn answer<E: Endpoint>(venue: &E::Venue, text: &str) -> E::Response {
    let text = std::str::from_utf8(text.as_bytes()).unwrap();
    venue_core::decode(venue.keys(), E::SPEC.shape, text).unwrap()
}

/// Decodes a push as a feed does.
fn pushed<C: Channel>(text: &str) -> C::Item {
    C::read(Payload::Text(text)).unwrap().unwrap()
}

fn plain<P: DeserializeOwned>(text: &str) -> P {
    serde_json::from_str(text).unwrap()
}

/// Measures one shape, after every message was seen to come to the same by both ways.
fn compare<O, P>(
    bench: &Bench,
    shape: &Shape,
    messages: impl FnOnce() -> Vec<String>,
    (ours, of_ours): (impl Fn(&str) -> O, impl Fn(&O) -> Facts),
    (bare, of_bare): (impl Fn(&str) -> P, impl Fn(&P) -> Facts),
) {
    let name = format!("decode: {}", shape.name);
    if !bench.takes(&name) {
        return;
    }
    let messages = messages();
    for message in &messages {
        let facts = of_ours(&ours(message));
        assert!(!facts.is_empty() && facts == of_bare(&bare(message)), "{message}");
    }
    let (mut next_ours, mut next_bare) = (messages.iter().cycle(), messages.iter().cycle());
    bench.pair(
        &Pair { name: &name, against: shape.against, goal: Some(shape.goal), allocations: shape.allocations },
        || ours(next_ours.next().expect("it goes round")),
        || bare(next_bare.next().expect("it goes round")),
    );
}

/// Different messages, as many as tell the branch predictor nothing.
fn messages(seed: u64, mut message: impl FnMut(&mut Random) -> String) -> Vec<String> {
    let mut random = Random::of(seed);
    (0..MIN_MESSAGES).map(|_| message(&mut random)).collect()
}

/// The documented answer of an endpoint with other digits each time; of a list, `rows` of its first row.
fn answers<E: Endpoint>(which: Which, rows: Option<usize>) -> Vec<String> {
    let example = documented(which, &E::SPEC);
    messages(3, |random| match rows {
        None => vary(&example, random),
        Some(count) => {
            // The list is the outermost one, and its rows have no brackets within.
            let from = example.find('[').unwrap() + 1;
            let to = from + example[from..].find(']').unwrap();
            let row = &example[from..from + example[from..to].find('}').unwrap() + 1];
            let list = joined(count, |_| vary(row, random));
            format!("{}{list}{}", &example[..from], &example[to..])
        }
    })
}

/// So many levels, the best first: prices a few ticks apart below the top, or above it.
fn levels(
    count: usize,
    (price_scale, size_scale): (u32, u32),
    random: &mut Random,
    level: impl Fn(&str, &str) -> String,
) -> String {
    let mut ticks = 6_400_000 + i64::try_from(random.below(100_000)).unwrap();
    joined(count, |_| {
        ticks -= i64::try_from(random.below(9)).unwrap() + 1;
        let size = i64::try_from(random.below(5_000_000)).unwrap() + 1;
        level(
            &Decimal::new(ticks, price_scale).to_string(),
            &Decimal::new(if size_scale == 0 { size / 1000 + 1 } else { size }, size_scale).to_string(),
        )
    })
}

/// `["price","size"]`.
fn pair(price: &str, size: &str) -> String {
    format!(r#"["{price}","{size}"]"#)
}

fn millis(random: &mut Random) -> u64 {
    1_700_000_000_000 + random.below(1_000_000_000)
}

/// A level as two texts.
#[derive(Deserialize)]
struct PlainLevel(
    #[serde(deserialize_with = "decimal")] Decimal,
    #[serde(deserialize_with = "decimal")] Decimal,
);

fn plain_levels(bids: &[PlainLevel], asks: &[PlainLevel]) -> Facts {
    bids.iter().chain(asks).flat_map(|PlainLevel(price, size)| [*price, *size]).collect()
}

fn price_of(price: Option<Price>) -> Decimal {
    price.map(Price::decimal).unwrap_or_default()
}
