//! An hour of HashKey's time with a fault every few seconds: a book of either version that says it is synced was
//! the engine's a moment ago, every book ends equal to it, and every order of the account's own was seen to its end
//! or ended in a hole that was announced.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::time::Duration;

use fastrand::Rng;
use hashkey_api::feed::{DepthV1, DepthV2, OrderUpdates};
use hashkey_api::rest::{CancelOrder, CreateOrder};
use hashkey_api::{Client, HashKey, OrderId, OrderStatus, Price, Qty, Side};
use venue_core::Decimal;
use venue_core::ws::{BookChannel, Feed, LiveBook};
use venue_sim::{Fault, Garble, Line, Running, Script, Sim, Which};
use venue_tests::builder_in_memory;
use venue_tests::feed::connect;
use venue_tests::hour::{Bounds, Hour, Of, Placed};

/// No rate is documented: silence for longer is taken for a fault because we say so.
const QUIET: Duration = Duration::from_secs(20);

const BOUNDS: Bounds = Bounds {
    levels: 100,
    // A topic that went stale is given twice the time; a dead connection is noticed sooner.
    book: Duration::from_secs(45),
    // A ping after 10 s at the latest, and 35 s for its answer, which the documentation doesn't promise.
    orders: Duration::from_secs(50),
};

/// Whatever happens to books, of one version at a time.
fn of_a_book(rng: &mut Rng) -> Vec<Script> {
    let topic = ["v1/depth", "v2/depth"][rng.usize(..2)];
    let fault = match rng.u8(..16) {
        0..=3 => Fault::Gap,
        4 | 5 => Fault::Duplicate,
        6 | 7 => Fault::Reorder,
        8 | 9 => Fault::Slow(Duration::from_millis(rng.u64(50..3000))),
        10 => Fault::Garble(Garble::Truncated),
        11 => Fault::Garble(Garble::Text),
        12 => Fault::Garble(Garble::Binary),
        // Of two symbols one is subscribed to in vain.
        13 => return vec![Fault::AckSilent.topic(topic), Fault::Disconnect.topic(topic)],
        14 => Fault::NoAck,
        _ => return vec![Fault::RejectSubscribe.topic(topic), Fault::Disconnect.topic(topic)],
    };
    vec![fault.topic(topic)]
}

/// Whatever happens to a connection. An order's push that the venue itself leaves out can't be noticed by anyone,
/// for they have no numbers: that isn't among it.
fn of_a_connection(rng: &mut Rng) -> Vec<Script> {
    let whose = |fault: Fault, rng: &mut Rng| match rng.u8(..4) {
        0 => fault.topic("v1/depth"),
        1 => fault.topic("v2/depth"),
        _ => fault.line(Line::Private),
    };
    let script = match rng.u8(..8) {
        0 => whose(Fault::Disconnect, rng),
        1 => whose(Fault::Close { code: 1001, reason: "maintenance".to_owned() }, rng),
        2 => whose(Fault::HalfOpen, rng),
        3 => Fault::RefuseUpgrade(503).line(if rng.bool() { Line::Public } else { Line::Private }),
        4 => Fault::Garble(Garble::Truncated).topic("executionReport"),
        // The request for a book, or for a key, fails.
        5 => Fault::status(503, "").on("GET", "/quote/v1/depth"),
        6 => Fault::status(503, "").on("POST", "/api/v1/userDataStream"),
        _ => Fault::ExpireKey.line(Line::Private),
    };
    vec![script]
}

fn faults(rng: &mut Rng) -> Vec<Script> {
    if rng.u8(..6) == 0 { of_a_connection(rng) } else { of_a_book(rng) }
}

/// Places an order that rests or one that trades at once.
async fn place(client: &Client, venue: &Running, rng: &mut Rng) -> Placed {
    let last = venue.last_price("BTCUSDT").expect("it is traded");
    let (side, rests) = (if rng.bool() { Side::Buy } else { Side::Sell }, rng.bool());
    let hundredths = if rests == (side == Side::Buy) { 95 } else { 105 };
    let price = Price::from_decimal((last * Decimal::new(hundredths, 2)).round_dp(0));
    let size: Qty = "0.001".parse().expect("a quantity");
    let order = client.send(CreateOrder::limit("BTCUSDT", side, size, price)).await.expect("placed");
    Placed { id: order.order_id.to_string(), rests }
}

fn open<C: BookChannel<Venue = HashKey>>(feed: &Feed<HashKey>, channel: C) -> LiveBook<C> {
    feed.subscription(channel).stale_after(QUIET).book()
}

#[tokio::test(start_paused = true)]
async fn an_hour_of_faults_leaves_no_book_wrong_and_no_order_unaccounted_for() {
    let sim = Sim::builder().venue(Which::HashKey).seed(5).start().await.expect("the simulator starts");
    let venue = sim.venue(Which::HashKey);
    let client = builder_in_memory(&sim, Which::HashKey, HashKey::new()).build().expect("the settings hold");
    let feed = connect(&client, venue);
    let mut hour = Hour::of(venue, BOUNDS, 13);
    for symbol in ["BTCUSDT", "ETHUSDT"] {
        hour.watch("v1/depth", symbol, Of::OneMoment, open(&feed, DepthV1::of(symbol)));
        hour.watch("v2/depth", symbol, Of::OneMoment, open(&feed, DepthV2::of(symbol)));
    }
    hour.follow(feed.subscribe(OrderUpdates::new()), |order| {
        let is_open = [OrderStatus::New, OrderStatus::PartiallyFilled].contains(&order.status);
        (!is_open).then(|| order.order_id.to_string())
    });
    let cancel = async |id: &str| {
        client.send(CancelOrder::new(OrderId::new(id))).await.expect("cancelled");
    };
    let told = hour.run(faults, async |rng| place(&client, venue, rng).await, cancel).await;

    // Of everything there was enough to mean something, and most orders weren't in a hole.
    assert!(told.faults > 900 && told.orders > 1200, "{told:?}");
    assert!(told.gaps > 100 && told.synced > 300, "{told:?}");
    assert!(told.missed > 0 && told.missed * 2 < told.orders, "{told:?}");
    let report = venue.streams();
    for fault in [
        "gap",
        "duplicate",
        "reorder",
        "slow",
        "garble",
        "ack-silent",
        "no-ack",
        "reject-subscribe",
        "disconnect",
        "close",
        "half-open",
        "refuse-upgrade",
        "expire-key",
    ] {
        assert!(report.faults.contains_key(fault), "{fault} in {:?}", report.faults);
    }
    assert_eq!(feed.unmapped_keys(), 0);
}
