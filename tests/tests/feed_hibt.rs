//! Hibt's channels against simulated Hibt, under virtual time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

use std::fmt::Debug;
use std::time::Duration;

use hibt_api::feed::{
    Balance, Candles, ConditionalOrders, Depth, Index, Orders, Positions, Push, Ticker, Trades,
};
use hibt_api::rest::*;
use hibt_api::{
    CandleInterval, Client, ConditionalStatus, Credentials, DepthLevels, Hibt, OrderAction, OrderState,
    Price, Qty, Side, TriggerType,
};
use tokio::time::{Instant, timeout};
use venue_core::ws::{BookEvent, Event, Feed, Subscription};
use venue_core::{Decimal, Kind, Rows};
use venue_sim::{Fault, Line, Running, Sim, Which};
use venue_tests::builder_in_memory;
use venue_tests::feed::{connect, levels, venue_levels};

const BTC: &str = "btc_usdt";
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(900);

struct Desk {
    sim: Sim,
    client: Client,
    feed: Feed<Hibt>,
}

impl Desk {
    async fn open() -> Self {
        let sim = Sim::builder().venue(Which::Hibt).seed(3).start().await.unwrap();
        let client = builder_in_memory(&sim, Which::Hibt, Hibt::new()).build().unwrap();
        let feed = connect(&client, sim.venue(Which::Hibt));
        Self { sim, client, feed }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::Hibt)
    }

    async fn live<T: Clone + Debug>(&self, stream: &mut Subscription<T>) {
        let first = event(stream).await;
        assert!(matches!(first, Event::Live), "{first:?}");
    }
}

async fn event<T>(stream: &mut Subscription<T>) -> Event<T> {
    timeout(PATIENCE, stream.next()).await.expect("nothing comes").unwrap().event
}

/// The next push; anything but that it is live is a fault.
async fn data<T: Debug>(stream: &mut Subscription<T>) -> T {
    loop {
        match event(stream).await {
            Event::Data(push) => return push,
            Event::Live => {}
            other => panic!("{other:?}"),
        }
    }
}

/// The first row of the next push.
async fn row<T: Clone + Debug>(stream: &mut Subscription<Push<Rows<T>>>) -> T {
    let push = data(stream).await;
    assert!(push.data.bad().is_empty() && push.data.len() == 1, "{push:?}");
    push.data[0].clone()
}

fn qty(text: &str) -> Qty {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[tokio::test(start_paused = true)]
async fn every_channel_is_live_and_pushes() {
    let desk = Desk::open().await;
    let feed = &desk.feed;
    let mut depths = [DepthLevels::Five, DepthLevels::Ten, DepthLevels::Twenty]
        .map(|levels| feed.subscribe(Depth::of(BTC, levels)));
    for (stream, most) in depths.iter_mut().zip([5, 10, 20]) {
        let push = data(stream).await;
        assert!(!push.data.bids.is_empty() && push.data.bids.len() <= most, "{push:?}");
        assert!(push.data.bids[0].price < push.data.asks[0].price && push.ts.is_some());
    }
    assert_eq!(data(&mut feed.subscribe(Ticker::of(BTC))).await.data.symbol.as_str(), BTC);
    assert_eq!(data(&mut feed.subscribe(Index::of(BTC))).await.symbol(), Some(BTC));
    let trade = data(&mut feed.subscribe(Trades::of(BTC))).await;
    assert_eq!((trade.data.len(), trade.symbol()), (1, Some(BTC)));
    for interval in [CandleInterval::M1, CandleInterval::H2, CandleInterval::H12, CandleInterval::W1] {
        let push = data(&mut feed.subscribe(Candles::of(BTC, interval))).await;
        assert!(push.data[0].low <= push.data[0].close && push.data[0].close <= push.data[0].high);
    }

    let mut orders = feed.subscribe(Orders::new());
    let mut positions = feed.subscribe(Positions::new());
    let mut balance = feed.subscribe(Balance::new());
    let mut entrusts = feed.subscribe(ConditionalOrders::new());
    desk.live(&mut orders).await;
    desk.live(&mut positions).await;
    desk.live(&mut balance).await;
    desk.live(&mut entrusts).await;
    desk.client.send(OpenOrder::market(BTC, Side::Buy, qty("0.01"), 10)).await.unwrap();
    let add = AddConditionalOrder::new(BTC, Side::Buy, TriggerType::Last, price("40000"), qty("0.01"), 10u32);
    desk.client.send(add).await.unwrap();
    assert_eq!(row(&mut orders).await.symbol.as_str(), BTC);
    assert_eq!(row(&mut positions).await.side, Some(Side::Buy));
    assert_eq!(row(&mut entrusts).await.status, Some(ConditionalStatus::Pending));
    let balance = data(&mut balance).await.data;
    assert_eq!(balance.coin.unwrap().as_str(), "usdt");
    // Two connections, on one address.
    assert_eq!(desk.venue().streams().open, 2);
    assert_eq!(feed.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_order_is_told_as_it_is_placed_traded_and_cancelled() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(Orders::new());
    let mut positions = desk.feed.subscribe(Positions::new());
    let mut balance = desk.feed.subscribe(Balance::new());
    desk.live(&mut orders).await;
    desk.live(&mut positions).await;
    desk.live(&mut balance).await;

    let resting = OpenOrder::limit(BTC, Side::Buy, qty("0.01"), 10, price("30000")).custom_id("mine");
    let ack = desk.client.send(resting).await.unwrap();
    let pushed = row(&mut orders).await;
    let listed = desk.client.send(GetUnfinishedOrders::new()).await.unwrap();
    assert_eq!((&pushed, pushed.id == ack.order_id), (&listed[0], true));
    assert_eq!(data(&mut balance).await.data, desk.client.send(GetBalance::new()).await.unwrap());

    desk.client.send(CancelOrder::new(BTC, ack.order_id.clone())).await.unwrap();
    let pushed = row(&mut orders).await;
    assert_eq!((pushed.state.clone(), &pushed.id), (Some(OrderState::Cancelled), &ack.order_id));
    assert_eq!(pushed, desk.client.send(GetFinishedOrder::new(BTC, ack.order_id)).await.unwrap());
    let released = data(&mut balance).await.data;
    assert_eq!(released.frozen.unwrap().decimal(), Some(Decimal::ZERO));

    // More than one level: it trades bit by bit.
    let ack = desk.client.send(OpenOrder::market(BTC, Side::Buy, qty("5"), 10)).await.unwrap();
    let mut filled = Decimal::ZERO;
    let last = loop {
        let pushed = row(&mut orders).await;
        assert_eq!((&pushed.id, pushed.action.as_ref()), (&ack.order_id, Some(&OrderAction::Open)));
        let now = pushed.filled_amount.unwrap().decimal();
        assert!(now >= filled, "{pushed:?}");
        filled = now;
        if pushed.state == Some(OrderState::Filled) {
            break pushed;
        }
    };
    assert_eq!(filled, decimal("5"));
    assert_eq!(last, desk.client.send(GetFinishedOrder::new(BTC, ack.order_id)).await.unwrap());
    let held = loop {
        let held = row(&mut positions).await;
        if held.amount == Some(qty("5")) {
            break held;
        }
    };
    let listed = desk.client.send(GetPositions::new()).await.unwrap();
    assert_eq!((&listed[0].position_id, listed[0].price), (&held.position_id, held.price));

    desk.client.send(CloseAllPositions::new(BTC)).await.unwrap();
    loop {
        let gone = row(&mut positions).await;
        assert_eq!(gone.position_id, held.position_id);
        if gone.amount.unwrap().decimal().is_zero() {
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_local_book_equals_the_venues_after_ten_minutes_of_faults() {
    let desk = Desk::open().await;
    let mut book = desk.feed.book(Depth::of(BTC, DepthLevels::Five));
    let topic = "btc_usdt.5deep";
    for (fault, after) in [
        (Fault::Gap, 20),
        (Fault::Duplicate, 60),
        (Fault::Reorder, 100),
        (Fault::Disconnect, 200),
        (Fault::Garble(venue_sim::Garble::Truncated), 300),
        (Fault::HalfOpen, 400),
    ] {
        desk.venue().fault(fault.only_topic(topic).after(after));
    }
    // The first subscription is granted; the one after the disconnect is confirmed and stays silent.
    desk.venue().fault(Fault::AckSilent.only_topic(topic).after(1));
    let (start, mut checked, mut lost) = (Instant::now(), 0, 0);
    while start.elapsed() < Duration::from_secs(600) {
        let update = timeout(PATIENCE, book.next()).await.expect("the book stands still").unwrap();
        match update.event {
            BookEvent::Synced | BookEvent::Changed => {}
            BookEvent::Stream(Event::Live) => continue,
            BookEvent::Stream(_) | BookEvent::Lost(_) => {
                lost += 1;
                assert!(book.book().is_err(), "it is known not to be the venue's");
                continue;
            }
            other => panic!("{other:?}"),
        }
        // What was scripted is behind us.
        if start.elapsed() > Duration::from_secs(400) {
            assert_eq!(levels(book.book().unwrap()), venue_levels(desk.venue(), BTC, 5));
            checked += 1;
        }
    }
    let faults = desk.venue().streams().faults;
    for kind in ["gap", "duplicate", "reorder", "disconnect", "garble", "half-open", "ack-silent"] {
        assert_eq!(faults.get(kind), Some(&1), "{kind}: {faults:?}");
    }
    assert!(checked > 300 && lost >= 3, "{checked} {lost}");
}

#[tokio::test(start_paused = true)]
async fn a_contract_that_does_not_exist_is_confirmed_and_then_stale() {
    let desk = Desk::open().await;
    let mut nothing = desk.feed.subscribe(Ticker::of("none_usdt"));
    desk.live(&mut nothing).await;
    let Event::Stale { silent } = event(&mut nothing).await else { panic!("not stale") };
    assert!(silent >= Duration::from_secs(30) && silent < Duration::from_secs(35), "{silent:?}");
    let mut wrong = desk.feed.subscribe(Ticker::of("BTC_USDT"));
    let Event::Rejected(error) = event(&mut wrong).await else { panic!("not rejected") };
    assert_eq!(error.kind(), Kind::InvalidRequest);
    assert!(matches!(event(&mut wrong).await, Event::Closed));
}

#[tokio::test(start_paused = true)]
async fn a_topic_that_is_confirmed_and_silent_comes_back() {
    let desk = Desk::open().await;
    desk.venue().fault(Fault::AckSilent.topic("index"));
    let mut index = desk.feed.subscribe(Index::of(BTC));
    desk.live(&mut index).await;
    assert!(matches!(event(&mut index).await, Event::Stale { .. }));
    desk.live(&mut index).await;
    assert_eq!(data(&mut index).await.symbol(), Some(BTC));
    drop(index);
    // Of the account nobody expects anything: it may be quiet for hours.
    let mut orders = desk.feed.subscribe(Orders::new());
    desk.live(&mut orders).await;
    assert!(timeout(Duration::from_secs(3 * 3600), orders.next()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_login_with_a_wrong_secret_is_rejected() {
    let desk = Desk::open().await;
    let wrong = builder_in_memory(&desk.sim, Which::Hibt, Hibt::new())
        .credentials(Credentials::new(desk.venue().key(), "wrong"))
        .build()
        .unwrap();
    let feed = connect(&wrong, desk.venue());
    let mut orders = feed.subscribe(Orders::new());
    for _ in 0..3 {
        let Event::Rejected(error) = event(&mut orders).await else { panic!("not rejected") };
        assert_eq!((error.kind(), error.code()), (Kind::Auth, Some("220008")));
    }
    // Public channels have nothing to do with it.
    data(&mut feed.subscribe(Ticker::of(BTC))).await;
    let mut known = desk.feed.subscribe(Orders::new());
    desk.live(&mut known).await;
}

#[tokio::test(start_paused = true)]
async fn after_a_disconnect_the_account_is_logged_in_again() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(Orders::new());
    desk.live(&mut orders).await;
    desk.venue().fault(Fault::Disconnect.line(Line::Private));
    let resting = OpenOrder::limit(BTC, Side::Buy, qty("0.01"), 10, price("30000"));
    desk.client.send(resting.clone()).await.unwrap();
    let Event::Gap(gap) = event(&mut orders).await else { panic!("no gap") };
    assert_eq!(gap.refill, ["GetUnfinishedOrders", "GetFinishedOrders"]);
    desk.live(&mut orders).await;
    desk.client.send(resting).await.unwrap();
    assert_eq!(row(&mut orders).await.state, Some(OrderState::Active));
    assert_eq!(desk.venue().streams().opened, 2);
}

#[tokio::test(start_paused = true)]
async fn many_topics_go_one_a_frame_over_as_many_connections_as_it_takes() {
    let desk = Desk::open().await;
    let mut streams = Vec::new();
    for symbol in 0..150 {
        streams.push(desk.feed.subscribe(Trades::of(format!("coin{symbol}_usdt"))));
    }
    for stream in &mut streams {
        desk.live(stream).await;
    }
    let seen = desk.venue().streams();
    assert_eq!((seen.open, seen.subscriptions, seen.most_subscriptions), (2, 150, 100));
    assert_eq!(seen.refused_frames, 0);
}
