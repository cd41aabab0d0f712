//! Pumpkin's streams against a venue that remembers.
#![allow(clippy::expect_used, reason = "a test fails loudly")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

use std::time::Duration;

use pumpkin_futures::feed::{CHANNELS, Depth, Klines, PUBLIC, Trades};
use pumpkin_futures::rest::GetDepth;
use pumpkin_futures::{Client, DepthEvent, Error, Kind, KlineInterval, Outcome, Pumpkin};
use tokio::time::Instant;
use venue_core::Decimal;
use venue_core::book::{BookSide, Cause, OrderBook};
use venue_core::ws::{BookEvent, Event, Feed, GapReason, LiveBook, Subscription};
use venue_sim::{Fault, Garble, Line, Running, Script, Sim, Which};
use venue_tests::builder_in_memory;

const BTC: &str = "btc_usdt";
const LEVEL: u32 = 20;

async fn start() -> Sim {
    Sim::builder().venue(Which::Pumpkin).seed(3).start().await.unwrap()
}

fn client(sim: &Sim) -> Client {
    builder_in_memory(sim, Which::Pumpkin, Pumpkin::new()).build().unwrap()
}

fn feed(sim: &Sim, client: &Client) -> Feed<Pumpkin> {
    client.feed().base(sim.venue(Which::Pumpkin).ws()).connect().unwrap()
}

async fn data<T>(stream: &mut Subscription<T>) -> T {
    loop {
        let update = stream.next().await.expect("the stream goes on");
        match update.event {
            Event::Data(value) => return value,
            Event::Live => {}
            other => panic!("{}", other.name()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_channel_delivers() {
    let sim = start().await;
    let client = client(&sim);
    let feed = feed(&sim, &client);
    let mut klines = feed.subscribe(Klines::of(BTC, KlineInterval::M1));
    let mut months = feed.subscribe(Klines::of(BTC, KlineInterval::Month1));
    let mut trades = feed.subscribe(Trades::of(BTC));
    let mut depths = feed.subscribe(Depth::of(BTC, LEVEL));
    let trade = data(&mut trades).await;
    assert_eq!(trade.symbol.as_str(), BTC);
    let (minute, month) = (data(&mut klines).await, data(&mut months).await);
    assert_eq!((minute.interval, month.interval), (KlineInterval::M1, KlineInterval::Month1));
    assert!(minute.low <= trade.price && trade.price <= minute.high);
    assert!(month.time < minute.time && minute.volume.is_some() && minute.turnover.is_some());
    let (whole, change) = (data(&mut depths).await, data(&mut depths).await);
    assert_eq!((whole.event, change.event), (Some(DepthEvent::Whole), Some(DepthEvent::Update)));
    assert_eq!(change.first_update_id, whole.last_update_id + 1);
    // The numbers are those that REST counts by.
    let asked = client.send(GetDepth::new(BTC, LEVEL)).await.unwrap();
    assert!(asked.update_id.unwrap() >= change.last_update_id);
    assert_eq!(feed.unmapped_keys(), 0);
    assert_eq!(sim.venue(Which::Pumpkin).streams().refused_frames, 0);
    assert_eq!(CHANNELS.len(), 3, "a channel that isn't tried here");
    feed.close().await;
}

#[tokio::test(start_paused = true)]
async fn without_a_host_nothing_is_subscribed_and_the_error_says_what_to_do() {
    let sim = start().await;
    let feed = client(&sim).feed().connect().unwrap();
    let mut trades = feed.subscribe(Trades::of(BTC));
    let error = refusal(&mut trades).await;
    assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent));
    assert!(error.message().contains("set a base"), "{error}");
    assert!(matches!(trades.next().await.unwrap().event, Event::Closed));
    assert!(feed.connections().is_empty(), "nothing is dialed for it");
}

#[tokio::test(start_paused = true)]
async fn market_data_needs_no_credentials() {
    let sim = start().await;
    let client = Client::builder(Pumpkin::new())
        .roots(venue_core::http::Roots::only_pem(sim.ca_pem()).unwrap())
        .dialer(sim.dialer())
        .build()
        .unwrap();
    let feed = feed(&sim, &client);
    data(&mut feed.subscribe(Trades::of(BTC))).await;
}

#[tokio::test(start_paused = true)]
async fn an_unknown_symbol_is_rejected_and_takes_no_other_topic_along() {
    let sim = start().await;
    let feed = feed(&sim, &client(&sim));
    // Together in one request, which is refused as a whole.
    let mut trades = feed.subscribe(Trades::of(BTC));
    let mut unknown = feed.subscribe(Trades::of("none_usdt"));
    let mut depths = feed.subscribe(Depth::of(BTC, 51_u32));
    data(&mut trades).await;
    for (error, code) in [(refusal(&mut unknown).await, "40002"), (refusal(&mut depths).await, "40001")] {
        assert_eq!((error.kind(), error.code()), (Kind::InvalidRequest, Some(code)));
    }
    assert!(matches!(unknown.next().await.unwrap().event, Event::Closed));
    assert!(unknown.next().await.is_none());
    data(&mut trades).await;
}

/// The first item of a stream, which is a refusal.
async fn refusal<T>(stream: &mut Subscription<T>) -> Error {
    match stream.next().await.unwrap().event {
        Event::Rejected(error) => error,
        other => panic!("{}", other.name()),
    }
}

#[tokio::test(start_paused = true)]
async fn two_levels_of_a_contract_take_two_connections() {
    let sim = start().await;
    let feed = feed(&sim, &client(&sim));
    let mut five = feed.subscribe(Depth::of(BTC, 5_u32));
    let mut ten = feed.subscribe(Depth::of(BTC, 10_u32));
    assert_eq!(data(&mut five).await.bids.len(), 5);
    assert_eq!(data(&mut ten).await.bids.len(), 10);
    assert_eq!(feed.connections().len(), 2);
    assert!(feed.connections().iter().all(|connection| connection.line == PUBLIC));
}

#[tokio::test(start_paused = true)]
async fn a_quiet_connection_is_kept_alive_by_its_pings() {
    let sim = start().await;
    let feed = feed(&sim, &client(&sim));
    let mut months = feed.subscribe(Klines::of("sol_usdt", KlineInterval::Month6));
    data(&mut months).await;
    tokio::time::sleep(Duration::from_secs(300)).await;
    let report = sim.venue(Which::Pumpkin).streams();
    assert!(report.closed.is_empty(), "{report:?}");
    assert_eq!((report.opened, report.refused_frames), (1, 0));
    assert!(report.frames_in >= 100, "a ping every 3 s: {}", report.frames_in);
}

/// Whether the local book is the top of the engine's.
fn is_engines(local: &OrderBook<pumpkin_futures::Contracts>, venue: &Running) -> bool {
    let book = venue.book(BTC).unwrap();
    let top = |side| {
        let levels = local.levels(side).take(LEVEL as usize);
        levels.map(|level| (level.price.decimal(), level.size.decimal())).collect::<Vec<_>>()
    };
    let cut = |levels: Vec<(Decimal, Decimal)>| levels.into_iter().take(LEVEL as usize).collect::<Vec<_>>();
    (top(BookSide::Bid), top(BookSide::Ask)) == (cut(book.bids), cut(book.asks))
}

/// What was told of a book.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    synced: u32,
    /// By its numbers.
    lost: u32,
    unreadable: u32,
    /// The connection was lost.
    broken: u32,
    /// It was subscribed to anew.
    renewed: u32,
    stale: u32,
}

/// Keeps a book for so long; then it must be equal within a minute. What was told, and how often it was compared
/// and was the engine's.
async fn keep(book: &mut LiveBook<Depth>, venue: &Running, time: Duration) -> (Told, u32) {
    let (mut told, mut equal) = (Told::default(), 0);
    let end = Instant::now() + time;
    let settled = end + Duration::from_secs(60);
    loop {
        let update = tokio::time::timeout(Duration::from_secs(120), book.next()).await;
        match update.expect("the book comes back").unwrap().event {
            BookEvent::Synced => told.synced += 1,
            BookEvent::Lost(cause) => {
                assert!(matches!(cause, Cause::Gap { .. }), "{cause:?}");
                told.lost += 1;
            }
            BookEvent::Stream(Event::Unreadable(_)) => told.unreadable += 1,
            BookEvent::Stream(Event::Gap(gap)) if gap.reason == GapReason::Resubscribed => told.renewed += 1,
            BookEvent::Stream(Event::Gap(_)) => told.broken += 1,
            BookEvent::Stream(Event::Stale { .. }) => told.stale += 1,
            BookEvent::Changed | BookEvent::Stream(Event::Live) => {}
            other => panic!("{other:?}"),
        }
        let is_equal = book.book().is_ok_and(|local| is_engines(local, venue));
        equal += u32::from(is_equal);
        if Instant::now() >= end && is_equal {
            return (told, equal);
        }
        assert!(Instant::now() < settled, "{:?}", book.sync().state());
    }
}

#[tokio::test(start_paused = true)]
async fn ten_minutes_of_faults_leave_the_book_equal_or_announced() {
    let sim = start().await;
    let venue = sim.venue(Which::Pumpkin);
    let feed = feed(&sim, &client(&sim));
    let mut book = feed.book(Depth::of(BTC, LEVEL));
    let minute = Duration::from_secs(60);
    let (told, equal) = keep(&mut book, venue, minute).await;
    assert_eq!(told, Told { synced: 1, ..Told::default() }, "nothing goes wrong by itself");
    assert!(equal > 10, "{equal}");
    let fine = Told::default;
    let lost = || Told { synced: 1, lost: 1, renewed: 1, ..fine() };
    let unreadable = || Told { synced: 1, unreadable: 1, renewed: 1, ..fine() };
    let broken = || Told { synced: 1, broken: 1, ..fine() };
    let cases: [(Script, Told); 8] = [
        (Fault::Gap.topic("depth@"), lost()),
        (Fault::Duplicate.topic("depth@"), fine()),
        (Fault::Reorder.topic("depth@"), lost()),
        // What can't be read may have been anything: the book is lost with the news of it.
        (Fault::Garble(Garble::Truncated).topic("depth@"), unreadable()),
        (Fault::Garble(Garble::Binary).topic("depth@"), unreadable()),
        (Fault::Slow(Duration::from_secs(1)).topic("depth@"), fine()),
        (Fault::Disconnect.line(Line::Public), broken()),
        (Fault::HalfOpen.line(Line::Public), broken()),
    ];
    for (script, expected) in cases {
        let name = format!("{:?}", script.fault());
        venue.fault(script.after(5));
        let (told, equal) = keep(&mut book, venue, minute).await;
        assert_eq!(told, expected, "{name}");
        assert!(equal > 10, "{name}: {equal}");
    }
    // The next subscription is confirmed and stays silent: the book isn't there, and is asked for again.
    venue.fault(Fault::AckSilent.topic("depth@"));
    venue.fault(Fault::Gap.topic("depth@").after(5));
    let (told, equal) = keep(&mut book, venue, minute).await;
    assert_eq!(told, Told { renewed: 2, ..lost() });
    assert!(equal > 10, "{equal}");
    let report = venue.streams();
    assert_eq!(report.refused_frames, 0, "{report:?}");
    for fault in ["gap", "duplicate", "reorder", "disconnect", "half-open", "ack-silent"] {
        assert!(report.faults.contains_key(fault), "{fault}: {:?}", report.faults);
    }
}
