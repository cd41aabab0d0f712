//! An hour of a venue's time with a fault every few seconds: a book that says it is synced always was the
//! engine's a moment ago, every book ends equal to it, and every event of the account's own was seen or lies in
//! a hole that was announced.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

use std::collections::{BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bitmart_futures::feed::{Depth, DepthAll, DepthIncrease, Orders};
use bitmart_futures::rest::{CancelOrder, SubmitOrder};
use bitmart_futures::{BitMart, Client, Contracts, DepthLevels, OrderId, OrderState, Price, Side};
use tokio::time::Instant;
use venue_core::Decimal;
use venue_core::book::{BookReader, BookSide, State};
use venue_core::ws::{BookChannel, BookEvent, Event, Feed, LiveBook, Overflow};
use venue_sim::{Fault, Garble, Line, Running, Script, Sim, Which};
use venue_tests::builder_in_memory;

const HOUR: Duration = Duration::from_secs(3600);
/// After this everything that was missing has been told or made good.
const SETTLE: Duration = Duration::from_secs(180);
/// So long a dead connection may look alive: a silence, a ping, no answer.
const UNNOTICED: Duration = Duration::from_secs(25);
const SYMBOLS: [&str; 3] = ["BTCUSDT", "ETHUSDT", "FUNUSDT"];
/// The engine's makers quote thirty levels; a channel of twenty shows that many.
const SHOWN: usize = 20;

/// Whatever happens to a push of a book, or to its subscription.
fn of_a_book(rng: &mut fastrand::Rng) -> Script {
    let fault = match rng.u8(..16) {
        0..=4 => Fault::Gap,
        5 | 6 => Fault::Duplicate,
        7 | 8 => Fault::Reorder,
        9 | 10 => Fault::Slow(Duration::from_millis(rng.u64(50..3000))),
        11 => Fault::Garble(Garble::Truncated),
        12 => Fault::Garble(Garble::Text),
        13 => Fault::AckSilent,
        14 => Fault::NoAck,
        _ => Fault::RejectSubscribe,
    };
    fault.topic(["depthIncrease", "depthAll", "depth50"][rng.usize(..3)])
}

/// Whatever happens to a connection. An order's push that the venue itself leaves out can't be noticed by
/// anyone, for they have no numbers: that isn't among it.
fn of_a_connection(rng: &mut fastrand::Rng) -> Script {
    let line = if rng.bool() { Line::Public } else { Line::Private };
    match rng.u8(..6) {
        0 => Fault::Disconnect.line(line),
        1 => Fault::Close { code: 1001, reason: "maintenance".to_owned() }.line(line),
        2 => Fault::HalfOpen.line(line),
        3 => Fault::RefuseUpgrade(503).line(line),
        4 => Fault::Garble(Garble::Truncated).topic("futures/order"),
        _ => Fault::RejectSubscribe.topic("futures/order"),
    }
}

/// What a book showed, as a number; what the engine showed lately, as such numbers with their times.
type Print = u64;

fn print(
    bids: impl Iterator<Item = (Decimal, Decimal)>,
    asks: impl Iterator<Item = (Decimal, Decimal)>,
) -> Print {
    let mut hasher = DefaultHasher::new();
    for (price, size) in bids.take(SHOWN).chain(asks.take(SHOWN)) {
        (price.normalize(), size.normalize()).hash(&mut hasher);
    }
    hasher.finish()
}

fn of_engine(venue: &Running, symbol: &str) -> Print {
    let book = venue.book(symbol).expect("it is traded");
    print(book.bids.into_iter(), book.asks.into_iter())
}

fn of_reader(reader: &BookReader<Contracts>) -> Result<Print, State> {
    let book = reader.book()?;
    let side = |side| {
        book.levels(side).map(|level| (level.price.decimal(), level.size.decimal())).collect::<Vec<_>>()
    };
    Ok(print(side(BookSide::Bid).into_iter(), side(BookSide::Ask).into_iter()))
}

/// The engine's books of the last moments.
#[derive(Default)]
struct Lately([VecDeque<(Instant, Print)>; 3]);

impl Lately {
    fn look(&mut self, venue: &Running) {
        let now = Instant::now();
        for (symbol, prints) in SYMBOLS.iter().zip(&mut self.0) {
            let new = of_engine(venue, symbol);
            if prints.back().is_none_or(|(_, last)| *last != new) {
                prints.push_back((now, new));
            }
            // The one before the first that is recent held until then.
            while prints.get(1).is_some_and(|(until, _)| *until + UNNOTICED < now) {
                prints.pop_front();
            }
        }
    }

    fn knows(&self, symbol: usize, print: Print) -> bool {
        self.0[symbol].iter().any(|(_, known)| *known == print)
    }
}

#[derive(Default)]
struct Seen {
    synced: u32,
    lost: u32,
    gaps: u32,
    finished: BTreeSet<OrderId>,
    /// From when to when something of the orders may be missing.
    holes: Vec<(Instant, Option<Instant>)>,
}

async fn keep<C: BookChannel<Size = Contracts>>(mut book: LiveBook<C>, seen: Arc<Mutex<Seen>>) {
    while let Some(update) = book.next().await {
        let mut seen = seen.lock().expect("nobody panics with it");
        match update.event {
            BookEvent::Synced => seen.synced += 1,
            BookEvent::Lost(_) => seen.lost += 1,
            BookEvent::Stream(Event::Gap(_)) => seen.gaps += 1,
            _ => {}
        }
    }
}

fn open<C: BookChannel<Venue = BitMart, Size = Contracts>>(
    feed: &Feed<BitMart>,
    channel: C,
    seen: &Arc<Mutex<Seen>>,
) -> BookReader<Contracts> {
    let mut book = feed.subscription(channel).overflow(Overflow::DropOldest(256)).book();
    let reader = book.reader();
    tokio::spawn(keep(book, Arc::clone(seen)));
    reader
}

async fn watch_orders(feed: Feed<BitMart>, seen: Arc<Mutex<Seen>>) {
    let mut orders = feed.subscribe(Orders::new());
    drop(feed);
    while let Some(update) = orders.next().await {
        let now = Instant::now();
        let mut seen = seen.lock().expect("nobody panics with it");
        match update.event {
            Event::Data(rows) => {
                assert!(rows.bad().is_empty(), "{:?}", rows.bad());
                let finished = rows.iter().filter(|push| push.order.state == OrderState::Finish);
                seen.finished.extend(finished.map(|push| push.order.order_id.clone()));
            }
            Event::Live => {
                if let Some((_, until @ None)) = seen.holes.last_mut() {
                    *until = Some(now);
                }
            }
            Event::Unreadable(_) => seen.holes.push((now, Some(now))),
            Event::Gap(_) | Event::Rejected(_) | Event::Stale { .. }
                if !matches!(seen.holes.last(), Some((_, None))) =>
            {
                seen.holes.push((now, None));
            }
            Event::Lagged { .. } => panic!("a task that only counts isn't too slow"),
            _ => {}
        }
    }
}

/// Places an order that rests or one that trades at once, and sees to it that it finishes.
async fn trade(client: &Client, venue: &Running, rng: &mut fastrand::Rng) -> OrderId {
    let last = venue.last_price("BTCUSDT").expect("it is traded");
    let rests = rng.bool();
    let factor = if rests { Decimal::new(9, 1) } else { Decimal::new(101, 2) };
    let price = Price::from_decimal((last * factor).round_dp(0));
    let size = Contracts::new(rng.u64(1..5));
    let order =
        client.send(SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, size, price)).await.expect("placed");
    if rests {
        let cancel = CancelOrder::new("BTCUSDT", order.order_id.clone());
        client.send(cancel).await.expect("cancelled");
    }
    order.order_id
}

#[tokio::test(start_paused = true)]
async fn an_hour_of_faults_leaves_no_book_wrong_and_no_order_unaccounted_for() {
    let sim = Sim::builder().venue(Which::BitMart).seed(7).start().await.expect("the simulator starts");
    let venue = sim.venue(Which::BitMart);
    let client = builder_in_memory(&sim, Which::BitMart, BitMart::new()).build().expect("the settings hold");
    let feed = client.feed().base(venue.ws()).connect().expect("the settings hold");
    let seen: Arc<Mutex<Seen>> = Arc::default();
    let mut readers = Vec::new();
    for (at, symbol) in SYMBOLS.into_iter().enumerate() {
        readers.push((at, open(&feed, DepthIncrease::of(symbol).levels(DepthLevels::Fifty), &seen)));
        readers.push((at, open(&feed, DepthAll::of(symbol), &seen)));
        readers.push((at, open(&feed, Depth::of(symbol).levels(DepthLevels::Fifty), &seen)));
    }
    tokio::spawn(watch_orders(feed.clone(), Arc::clone(&seen)));

    let mut rng = fastrand::Rng::with_seed(11);
    let mut lately = Lately::default();
    let mut orders: Vec<(OrderId, Instant)> = Vec::new();
    let began = Instant::now();
    let (mut next_fault, mut next_order, mut faults) = (Duration::from_secs(5), Duration::from_secs(3), 0);
    while began.elapsed() < HOUR + SETTLE {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let elapsed = began.elapsed();
        if elapsed < HOUR && elapsed >= next_fault {
            next_fault = elapsed + Duration::from_millis(rng.u64(1000..6000));
            venue.fault(if rng.u8(..8) == 0 { of_a_connection(&mut rng) } else { of_a_book(&mut rng) });
            faults += 1;
        }
        if elapsed < HOUR && elapsed >= next_order {
            next_order = elapsed + Duration::from_millis(rng.u64(500..4000));
            let id = trade(&client, venue, &mut rng).await;
            orders.push((id, Instant::now()));
        }
        if elapsed >= HOUR {
            venue.clear_faults();
        }
        lately.look(venue);
        for (symbol, reader) in &readers {
            // Sides that come one by one are the venue's of two moments.
            if let Ok(print) = of_reader(reader)
                && readers
                    .iter()
                    .position(|(_, other)| std::ptr::eq(other, reader))
                    .is_some_and(|at| at % 3 != 2)
            {
                assert!(
                    lately.knows(*symbol, print),
                    "{}: never the engine's, at {elapsed:?}",
                    SYMBOLS[*symbol]
                );
            }
        }
    }

    for (at, (symbol, reader)) in readers.iter().enumerate() {
        let mut waited = 0;
        // The market moves and pushes follow: within seconds there is a moment at which both are the same.
        while of_reader(reader) != Ok(of_engine(venue, SYMBOLS[*symbol])) {
            waited += 1;
            assert!(waited < 200, "book {at} of {}: {:?}", SYMBOLS[*symbol], of_reader(reader));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    let seen = seen.lock().expect("nobody panics with it");
    let slack = Duration::from_secs(1);
    for (id, done) in &orders {
        let announced = seen.holes.iter().any(|(from, until)| {
            *from - UNNOTICED <= *done && until.is_none_or(|until| *done <= until + slack)
        });
        assert!(seen.finished.contains(id) || announced, "order {id}, done at {:?}", *done - began);
    }
    let missed = orders.iter().filter(|(id, _)| !seen.finished.contains(id)).count();
    let report = venue.streams();
    // Of everything there was enough to mean something, and most orders weren't in a hole.
    assert!(faults > 900 && orders.len() > 1200, "{faults} faults, {} orders", orders.len());
    assert!(
        seen.lost > 50 && seen.gaps > 100 && seen.synced > 300,
        "{} {} {}",
        seen.lost,
        seen.gaps,
        seen.synced
    );
    assert!(missed * 2 < orders.len(), "{missed} of {} orders in holes", orders.len());
    assert!(report.faults.len() >= 10, "{:?}", report.faults);
    assert_eq!(feed.unmapped_keys(), 0);
}
