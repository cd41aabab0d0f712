//! The local order book beside a tree of decimals doing the same work.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use venue_benches::{Bench, Goal, Pair, Random};
use venue_core::book::{BookSync, Continuity, Delta, Ids, Level, OrderBook, Publisher, Snapshot};
use venue_core::{Decimal, Price, Qty};

/// Levels of the side that is measured.
const LEVELS: u64 = 1000;
/// Messages in the list, which is gone through again and again.
const MESSAGES: usize = 1000;
/// Levels in a message.
const CHANGES: usize = 10;
/// Messages that are timed together.
const BATCH: usize = 50;
const READS: usize = 1000;

type Tree = BTreeMap<Decimal, Decimal>;

pub(crate) fn run(bench: &Bench) {
    update(bench, "book: 500 updates near the top of 1,000", 350, false);
    update(bench, "book: 500 updates near the top, mixed scales", 350, true);
    best(bench);
    share(bench);
}

/// How far from the top: near it, 60 ticks in the mean.
fn near(random: &mut Random) -> u64 {
    (0..).take_while(|_| random.below(60) != 0).take(1400).count() as u64
}

/// The price so many ticks of 0.1 below the top; in mixed scales some with zeros behind.
fn price(ticks: u64, mixed: bool, random: &mut Random) -> Price {
    let mantissa = i64::try_from(850_000 - ticks).unwrap();
    let zeros = if mixed { u32::try_from(random.below(3)).unwrap() } else { 0 };
    Price::from_decimal(Decimal::new(mantissa * 10i64.pow(zeros), 1 + zeros))
}

fn size(random: &mut Random) -> Qty {
    Qty::from_decimal(Decimal::new(i64::try_from(random.below(10_000_000)).unwrap() + 1, 6))
}

fn start(random: &mut Random) -> Snapshot<Qty> {
    // Two of three ticks are taken.
    let levels: Vec<_> = (0..LEVELS * 3 / 2)
        .filter(|tick| tick % 3 != 2)
        .map(|tick| Level::new(price(tick, false, random), size(random)))
        .collect();
    Snapshot::new().sequence(0).bids(levels)
}

/// A third of the levels is removed.
fn change(mixed: bool, random: &mut Random) -> Level<Qty> {
    let ticks = near(random);
    let price = price(ticks, mixed, random);
    Level::new(price, if random.below(3) == 0 { Qty::ZERO } else { size(random) })
}

fn messages(mixed: bool, random: &mut Random) -> Vec<Delta<Qty>> {
    (1..=MESSAGES as u64)
        .map(|version| {
            let levels: Vec<_> = (0..CHANGES).map(|_| change(mixed, random)).collect();
            Delta::new(Ids::version(version)).bids(levels)
        })
        .collect()
}

fn pair<'a>(name: &'a str, against: &'a str, goal: Goal) -> Pair<'a> {
    Pair { name, against, goal: Some(goal), allocations: Some(0) }
}

fn tree_apply(tree: &mut Tree, delta: &Delta<Qty>) {
    for level in &delta.bids {
        if level.size.is_zero() {
            tree.remove(&level.price.decimal());
        } else {
            tree.insert(level.price.decimal(), level.size.decimal());
        }
    }
}

fn tree_of(snapshot: &Snapshot<Qty>) -> Tree {
    snapshot.bids.iter().map(|level| (level.price.decimal(), level.size.decimal())).collect()
}

fn assert_same(book: &OrderBook<Qty>, tree: &Tree) {
    assert!(tree.len() > 500, "the side has kept its levels: {}", tree.len());
    let ours = book.bids().map(|level| (level.price.decimal(), level.size.decimal()));
    assert!(ours.eq(tree.iter().rev().map(|(price, size)| (*price, *size))), "the books differ");
}

/// A place in the list, moved on by a batch each time.
fn next(at: &mut usize) -> std::ops::Range<usize> {
    let from = *at;
    *at = (from + BATCH) % MESSAGES;
    from..from + BATCH
}

fn update(bench: &Bench, name: &str, goal: u64, mixed: bool) {
    let mut random = Random::of(7);
    let snapshot = start(&mut random);
    let messages = messages(mixed, &mut random);
    let mut book = OrderBook::new();
    book.snapshot(&snapshot).unwrap();
    let mut tree = tree_of(&snapshot);
    let (mut ours_at, mut bare_at) = (0, 0);
    bench.pair(
        &pair(name, "BTreeMap<Decimal, Decimal>", Goal::AtMost { ratio: goal, stretch: None }),
        || {
            for delta in &messages[next(&mut ours_at)] {
                book.apply(delta).unwrap();
            }
            book.best_bid()
        },
        || {
            for delta in &messages[next(&mut bare_at)] {
                tree_apply(&mut tree, delta);
            }
            tree.last_key_value().map(|(price, size)| (*price, *size))
        },
    );
    // The two have gone different ways through the list; from the start, they must come to the same.
    book.snapshot(&snapshot).unwrap();
    let mut tree = tree_of(&snapshot);
    for delta in &messages {
        book.apply(delta).unwrap();
        tree_apply(&mut tree, delta);
    }
    assert_same(&book, &tree);
}

/// Looks at a price.
fn look(price: Option<Decimal>) -> i128 {
    price.map_or(0, |price| price.mantissa())
}

/// Reads of the best level.
fn best(bench: &Bench) {
    let mut random = Random::of(7);
    let snapshot = start(&mut random);
    let mut book = OrderBook::new();
    book.snapshot(&snapshot).unwrap();
    let tree = tree_of(&snapshot);
    assert_same(&book, &tree);
    // A nanosecond a read.
    bench.pair(
        &pair(
            "book: 1,000 reads of the best bid",
            "BTreeMap<Decimal, Decimal>",
            Goal::Within { value: 1_000_000 },
        ),
        || {
            (0..READS)
                .fold(0, |sum, _| sum ^ look(black_box(&book).best_bid().map(|level| level.price.decimal())))
        },
        || {
            (0..READS)
                .fold(0, |sum, _| sum ^ look(black_box(&tree).last_key_value().map(|(price, _)| *price)))
        },
    );
}

/// What showing a book to other threads costs, beside a plain copy of its levels; and reading the best there,
/// beside a lock with nothing to read.
fn share(bench: &Bench) {
    let mut random = Random::of(7);
    let snapshot = start(&mut random);
    let levels = snapshot.bids.clone();
    let mut sync = BookSync::new(Continuity::VERSION);
    let _ = sync.on_snapshot(&snapshot, Instant::now());
    let (mut publisher, reader) = Publisher::new();
    publisher.publish(&sync);
    let mut copy = levels.clone();
    bench.pair(
        &pair("book: publish 1,000 levels", "copying them", Goal::AtMost { ratio: 2500, stretch: None }),
        || publisher.publish(&sync),
        || copy.clone_from(black_box(&levels)),
    );
    let lock = std::sync::RwLock::new(0u64);
    bench.pair(
        &pair(
            "book: 1,000 reads of the published best",
            "reading a number behind a lock",
            Goal::AtMost { ratio: 2500, stretch: None },
        ),
        || {
            for _ in 0..READS {
                black_box(black_box(&reader).top()).unwrap();
            }
        },
        || {
            for _ in 0..READS {
                black_box(*black_box(&lock).read().unwrap());
            }
        },
    );
}
