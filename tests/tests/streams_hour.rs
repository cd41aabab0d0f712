//! An hour of a venue's time with a fault every few seconds: a book that says it is synced always was the
//! engine's a moment ago, every book ends equal to it, and every event of the account's own was seen or lies in
//! a hole that was announced.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::time::Duration;

use bitmart_futures::feed::{Depth, DepthAll, DepthIncrease, Orders, PushedOrder};
use bitmart_futures::rest::{CancelOrder, SubmitOrder};
use bitmart_futures::{BitMart, Client, Contracts, DepthLevels, OrderId, OrderState, Price, Side};
use venue_core::Decimal;
use venue_core::ws::{BookChannel, Feed, LiveBook, Overflow};
use venue_sim::{Fault, Garble, Line, Running, Script, Sim, Which};
use venue_tests::builder_in_memory;
use venue_tests::feed::connect;
use venue_tests::hour::{Bounds, Hour, Of, Placed};

const BOUNDS: Bounds = Bounds {
    // The engine's makers quote thirty levels; a channel of twenty shows that many.
    levels: 20,
    // A silence of 10 s, a ping, and 8 s without an answer; and what was late before.
    book: Duration::from_secs(25),
    orders: Duration::from_secs(25),
};

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

fn faults(rng: &mut fastrand::Rng) -> Vec<Script> {
    vec![if rng.u8(..8) == 0 { of_a_connection(rng) } else { of_a_book(rng) }]
}

/// Places an order that rests or one that trades at once.
async fn place(client: &Client, venue: &Running, rng: &mut fastrand::Rng) -> Placed {
    let last = venue.last_price("BTCUSDT").expect("it is traded");
    let rests = rng.bool();
    let factor = if rests { Decimal::new(9, 1) } else { Decimal::new(101, 2) };
    let price = Price::from_decimal((last * factor).round_dp(0));
    let size = Contracts::new(rng.u64(1..5));
    let order = SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, size, price);
    let id = client.send(order).await.expect("placed").order_id.to_string();
    Placed { id, rests }
}

fn open<C: BookChannel<Venue = BitMart>>(feed: &Feed<BitMart>, channel: C) -> LiveBook<C> {
    feed.subscription(channel).overflow(Overflow::DropOldest(256)).book()
}

#[tokio::test(start_paused = true)]
async fn an_hour_of_faults_leaves_no_book_wrong_and_no_order_unaccounted_for() {
    let sim = Sim::builder().venue(Which::BitMart).seed(7).start().await.expect("the simulator starts");
    let venue = sim.venue(Which::BitMart);
    let client = builder_in_memory(&sim, Which::BitMart, BitMart::new()).build().expect("the settings hold");
    let feed = connect(&client, venue);
    let mut hour = Hour::of(venue, BOUNDS, 11);
    for symbol in ["BTCUSDT", "ETHUSDT", "FUNUSDT"] {
        let increase = DepthIncrease::of(symbol).levels(DepthLevels::Fifty);
        hour.watch("depthIncrease", symbol, Of::OneMoment, open(&feed, increase));
        hour.watch("depthAll", symbol, Of::OneMoment, open(&feed, DepthAll::of(symbol)));
        let sides = Depth::of(symbol).levels(DepthLevels::Fifty);
        hour.watch("depth", symbol, Of::TwoMoments, open(&feed, sides));
    }
    hour.follow(feed.subscribe(Orders::new()), |push| {
        let PushedOrder { order_id, state, .. } = &push.order;
        (*state == OrderState::Finish).then(|| order_id.to_string())
    });
    let cancel = async |id: &str| {
        client.send(CancelOrder::new("BTCUSDT", OrderId::new(id))).await.expect("cancelled");
    };
    let told = hour.run(faults, async |rng| place(&client, venue, rng).await, cancel).await;

    // Of everything there was enough to mean something, and most orders weren't in a hole.
    assert!(told.faults > 900 && told.orders > 1200, "{told:?}");
    assert!(told.lost > 50 && told.gaps > 100 && told.synced > 300, "{told:?}");
    assert!(told.missed * 2 < told.orders, "{told:?}");
    let report = venue.streams();
    assert!(report.faults.len() >= 10, "{:?}", report.faults);
    assert_eq!(feed.unmapped_keys(), 0);
}
