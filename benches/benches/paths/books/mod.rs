//! Live books of all six venues on one core, from a few to a thousand: what a message costs and what a book holds,
//! as their number grows.
//!
//! Everything is as a user has it (client, feed, subscription, book, a task for each), but the venues' ends of the
//! sockets, which push what was written before.

mod markets;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use tokio::runtime::Runtime;
use tokio::sync::Notify;
use venue_benches::{Bench, CpuTime, Goal, Line, Random, Unit, median};
use venue_core::Client;
use venue_core::http::{Outgoing, Reply, Sent, Transport, TransportError};
use venue_core::http_types::{HeaderMap, StatusCode};
use venue_core::ws::{BookChannel, BookEvent, Feed};

use crate::ledger::paused;
use crate::pusher::{Pusher, frame};
use markets::Market;

/// Books in all, on six venues.
const NUMBERS: [usize; 4] = [6, 60, 600, 1002];
/// Pushes of a round, about.
const MESSAGES: usize = 2004;
const ROUNDS: usize = 15;

pub(crate) fn run(bench: &Bench) {
    if !bench.is_timed() {
        return;
    }
    let fixed = held(0).1;
    let (mut worlds, held): (Vec<World>, Vec<i64>) = NUMBERS.into_iter().map(held).unzip();
    let mut spent: Vec<Vec<u64>> = vec![Vec::new(); worlds.len()];
    for round in 0..ROUNDS + 2 {
        for (world, spent) in worlds.iter_mut().zip(&mut spent) {
            let time = world.round();
            if round > 1 {
                spent.push(time);
            }
        }
    }
    let cpu: Vec<u64> = spent.iter_mut().map(|times| median(times)).collect();
    let each: Vec<u64> = held
        .iter()
        .zip(NUMBERS)
        .map(|(held, books)| u64::try_from(held - fixed).unwrap() * 1000 / u64::try_from(books).unwrap())
        .collect();
    for (at, books) in NUMBERS.into_iter().enumerate().skip(1) {
        bench.add(
            &Line::new(
                format!("books: CPU of a message, {books} live books on six venues"),
                "6 live books",
                Unit::Ns,
                cpu[at],
                Some(cpu[0]),
            )
            .goal(Goal::AtMost { ratio: 1500, stretch: None }),
        );
        bench.add(
            &Line::new(
                format!("books: memory of a book, {books} live books on six venues"),
                "6 live books",
                Unit::Bytes,
                each[at],
                Some(each[0]),
            )
            .goal(Goal::AtMost { ratio: 1100, stretch: None }),
        );
    }
}

/// A world of so many books, and the bytes that it holds once all of them are whole.
fn held(books: usize) -> (World, i64) {
    let mut world = None;
    let held = allocation_counter::measure(|| world = Some(World::open(books)));
    (world.unwrap(), held.bytes_current)
}

/// What the tasks that keep books tell.
#[derive(Default)]
struct Told {
    changes: AtomicU64,
    awaited: AtomicU64,
    trouble: AtomicU64,
    done: Notify,
}

impl Told {
    fn changed(&self) {
        let changes = self.changes.fetch_add(1, Ordering::Relaxed) + 1;
        if changes == self.awaited.load(Ordering::Relaxed) {
            self.done.notify_one();
        }
    }
}

/// One venue of a world.
struct Side {
    market: Market,
    pusher: Arc<Pusher>,
    /// Pushes so far, of every book.
    pushed: u64,
    _feed: Box<dyn Send>,
}

/// So many live books, in a runtime of their own.
struct World {
    runtime: Runtime,
    sides: Vec<Side>,
    told: Arc<Told>,
    books: usize,
    random: Random,
}

impl World {
    fn open(books: usize) -> Self {
        let runtime = paused();
        let told = Arc::new(Told::default());
        let (mut sides, mut whole) = (Vec::new(), Vec::new());
        {
            let _inside = runtime.enter();
            let mut opening = Opening { books: books / 6, told: &told, sides: &mut sides, whole: &mut whole };
            markets::each(&mut opening);
        }
        // Snapshots come as the venues' budgets allow; the clock is moved on while nothing else is to be done.
        runtime.block_on(async {
            for _ in 0..100_000 {
                if whole.iter().all(|whole| whole.load(Ordering::Relaxed)) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let missing = whole.iter().filter(|whole| !whole.load(Ordering::Relaxed)).count();
            panic!("{missing} of {books} books are never whole");
        });
        told.trouble.store(0, Ordering::Relaxed);
        Self { runtime, sides, told, books, random: Random::of(81) }
    }

    /// Pushes to every book in turn, and waits until all of it has been applied; picoseconds a message.
    fn round(&mut self) -> u64 {
        let each = MESSAGES / self.books;
        let mut pushes = 0;
        for side in &mut self.sides {
            for line in side.pusher.lines() {
                let mut frames = Vec::new();
                for nth in 0..each {
                    for topic in line.topics() {
                        let number = side.pushed + u64::try_from(nth).unwrap() + 1;
                        frame(&(side.market.push)(&topic, number, &mut self.random), &mut frames);
                        pushes += 1;
                    }
                }
                line.push(frames.into());
            }
            side.pushed += u64::try_from(each).unwrap();
        }
        assert_eq!(pushes, u64::try_from(each * self.books).unwrap());
        let until = self.told.changes.load(Ordering::Relaxed) + pushes;
        self.told.awaited.store(until, Ordering::Relaxed);
        let begin = CpuTime::now();
        self.runtime.block_on(self.told.done.notified());
        let spent = begin.elapsed();
        assert_eq!(self.told.trouble.load(Ordering::Relaxed), 0, "a book was lost");
        u64::try_from(spent.as_nanos() * 1000).unwrap() / pushes
    }
}

/// Makes the books of each venue.
struct Opening<'w> {
    books: usize,
    told: &'w Arc<Told>,
    sides: &'w mut Vec<Side>,
    whole: &'w mut Vec<Arc<AtomicBool>>,
}

impl Opening<'_> {
    fn venue<C: BookChannel + Sync>(
        &mut self,
        venue: C::Venue,
        market: Market,
        channel: impl Fn(String) -> C,
    ) {
        let pusher = Pusher::new(market.hear);
        let client = Client::builder(venue)
            .dialer(pusher.clone())
            .transport(Arc::new(Snapshots(market.snapshot)))
            .credentials(crate::orders::credentials())
            .build()
            .unwrap();
        let feed: Feed<C::Venue> = client.feed().base("ws://localhost:1").connect().unwrap();
        for number in 0..self.books {
            let mut book = feed.book(channel(market.symbol(number)));
            let (told, whole) = (Arc::clone(self.told), Arc::new(AtomicBool::new(false)));
            self.whole.push(Arc::clone(&whole));
            tokio::spawn(async move {
                while let Some(update) = book.next().await {
                    match update.event {
                        BookEvent::Changed => told.changed(),
                        BookEvent::Synced => whole.store(true, Ordering::Relaxed),
                        BookEvent::Lost(_) => {
                            whole.store(false, Ordering::Relaxed);
                            told.trouble.fetch_add(1, Ordering::Relaxed);
                        }
                        _ => {}
                    }
                }
            });
        }
        self.sides.push(Side { market, pusher, pushed: 0, _feed: Box::new(feed) });
    }
}

/// Answers requests for whole books.
#[derive(Debug)]
struct Snapshots(fn(&str) -> String);

#[async_trait]
impl Transport for Snapshots {
    async fn exchange(&self, request: Outgoing, sent: &Sent) -> Result<Reply, TransportError> {
        sent.mark();
        let query = request.uri.query().unwrap_or_default();
        let symbol = query.split('&').find_map(|pair| pair.strip_prefix("symbol=")).unwrap();
        Ok(Reply::new(StatusCode::OK, HeaderMap::new(), (self.0)(symbol).into()))
    }
}
