//! WEX futures' channels against the simulated venue, under virtual time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

use std::time::Duration;

use venue_core::Symbol;
use venue_core::book::BookSide;
use venue_core::ws::{Event, Feed, Overflow, Subscription};
use venue_sim::{Fault, Line, Running, Sim, Which};
use venue_tests::builder_in_memory;
use wex_futures::feed::{
    AggTicker, Balances, Depth, DepthUpdate, Fills, FundRate, IndexPrice, Klines, MarkPrice, Notifications,
    Orders, Positions, Trades,
};
use wex_futures::rest::{CancelOrder, CreateOrder, GetOrderDetail};
use wex_futures::{
    Client, Contracts, Credentials, DepthInterval, DepthLevels, FeedKlineInterval, Kind, OrderSide,
    OrderState, PositionSide, Price, WexFutures,
};

const BTC: &str = "btc_usdt";

struct Stage {
    sim: Sim,
    client: Client,
    feed: Feed<WexFutures>,
}

impl Stage {
    async fn set() -> Self {
        let sim = Sim::builder().venue(Which::WexFutures).seed(3).start().await.unwrap();
        let client = builder_in_memory(&sim, Which::WexFutures, WexFutures::usdt_m()).build().unwrap();
        let feed = client.feed().base(sim.venue(Which::WexFutures).ws()).connect().unwrap();
        Self { sim, client, feed }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::WexFutures)
    }

    async fn rest(&self) {
        let price: Price = "30000".parse().unwrap();
        let order = CreateOrder::limit(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(2), price);
        self.client.send(order).await.unwrap();
    }
}

async fn data<T: Clone + std::fmt::Debug>(stream: &mut Subscription<T>) -> T {
    loop {
        match stream.next().await.expect("it goes on").event {
            Event::Data(item) => return item,
            Event::Live => {}
            other => panic!("{other:?}"),
        }
    }
}

async fn until<T>(stream: &mut Subscription<T>, wanted: impl Fn(&Event<T>) -> bool) -> Event<T> {
    loop {
        let event = stream.next().await.expect("it goes on").event;
        if wanted(&event) {
            return event;
        }
    }
}

async fn live<T>(stream: &mut Subscription<T>) {
    until(stream, |event| matches!(event, Event::Live)).await;
}

#[tokio::test(start_paused = true)]
async fn every_public_channel_of_both_products_has_data() {
    let stage = Stage::set().await;
    for symbol in [BTC, "btc_usd"] {
        let is = |pushed: &Symbol| assert_eq!(pushed.as_str(), symbol);
        let feed = &stage.feed;
        let mut trades = feed.subscribe(Trades::of(symbol));
        let mut klines = feed.subscribe(Klines::of(symbol, FeedKlineInterval::Month1));
        let mut ticker = feed.subscribe(AggTicker::of(symbol));
        let mut index = feed.subscribe(IndexPrice::of(symbol));
        let mut mark = feed.subscribe(MarkPrice::of(symbol));
        let mut updates = feed.subscribe(DepthUpdate::of(symbol).interval(DepthInterval::Ms250));
        let mut five = feed.subscribe(Depth::of(symbol, DepthLevels::Five));
        let mut fifty = feed.subscribe(Depth::of(symbol, DepthLevels::Fifty).interval(DepthInterval::Ms100));
        let mut funding = feed.subscribe(FundRate::of(symbol));
        is(&data(&mut trades).await.symbol);
        is(&data(&mut klines).await.symbol);
        is(&data(&mut ticker).await.symbol);
        is(&data(&mut index).await.symbol);
        is(&data(&mut mark).await.symbol);
        let first = data(&mut updates).await;
        let second = data(&mut updates).await;
        assert_eq!(second.previous_update_id, Some(first.last_update_id));
        // Two of one symbol, each its own.
        assert_eq!(data(&mut five).await.asks.len(), 5);
        assert!(data(&mut fifty).await.asks.len() > 20);
        is(&data(&mut funding).await.symbol);
    }
    assert_eq!(stage.feed.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_order_is_told_as_rest_tells_it() {
    let stage = Stage::set().await;
    let (feed, client) = (&stage.feed, &stage.client);
    let mut orders = feed.subscribe(Orders::new());
    let mut fills = feed.subscribe(Fills::new());
    let mut positions = feed.subscribe(Positions::new());
    let mut balances = feed.subscribe(Balances::new());
    let mut notes = feed.subscribe(Notifications::new());
    live(&mut orders).await;
    live(&mut fills).await;
    live(&mut positions).await;
    live(&mut balances).await;
    live(&mut notes).await;

    stage.rest().await;
    let placed = data(&mut orders).await;
    assert_eq!((&placed.state, placed.orig_qty), (&OrderState::New, Some(Contracts::new(2))));
    let known = client.send(GetOrderDetail::new(&placed.order_id)).await.unwrap().unwrap();
    assert_eq!((known.state.as_ref(), known.price), (Some(&placed.state), placed.price));
    assert_eq!(data(&mut balances).await.open_order_margin_frozen, placed.margin_frozen);
    client.send(CancelOrder::new(&placed.order_id)).await.unwrap();
    let gone = data(&mut orders).await;
    assert_eq!((&gone.order_id, &gone.state), (&placed.order_id, &OrderState::Canceled));

    let order = CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(3));
    client.send(order).await.unwrap();
    let filled =
        until(&mut orders, |event| matches!(event, Event::Data(push) if push.state == OrderState::Filled))
            .await;
    let Event::Data(filled) = filled else { unreachable!() };
    let known = client.send(GetOrderDetail::new(&filled.order_id)).await.unwrap().unwrap();
    assert_eq!((known.executed_qty, known.avg_price), (filled.executed_qty, filled.avg_price));
    let mut traded = Contracts::new(0).decimal();
    while traded < Contracts::new(3).decimal() {
        let fill = data(&mut fills).await;
        assert_eq!((&fill.order_id, fill.is_maker), (&filled.order_id, Some(false)));
        traded += fill.quantity.decimal();
    }
    let held = until(
        &mut positions,
        |event| matches!(event, Event::Data(push) if push.position_size == Contracts::new(3)),
    );
    held.await;
    assert_eq!(feed.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_book_equals_the_venues_after_every_fault() {
    let stage = Stage::set().await;
    let venue = stage.venue();
    let mut book = stage
        .feed
        .subscription(DepthUpdate::of(BTC))
        .overflow(Overflow::DropOldest(256))
        .stale_after(Duration::from_secs(10))
        .book();
    let reader = book.reader();
    tokio::spawn(async move { while book.next().await.is_some() {} });
    let faults = || {
        [
            Fault::Gap.topic("depth_update"),
            Fault::Duplicate.topic("depth_update"),
            Fault::Reorder.topic("depth_update"),
            Fault::AckSilent.topic("depth_update"),
            Fault::Disconnect.line(Line::Public),
            Fault::RejectSubscribe.topic("depth_update"),
            Fault::NoAck.topic("depth_update"),
            Fault::Disconnect.line(Line::Public),
            Fault::HalfOpen.line(Line::Public),
        ]
    };
    for fault in faults().into_iter().chain(faults()) {
        tokio::time::sleep(Duration::from_secs(34)).await;
        venue.fault(fault);
    }
    tokio::time::sleep(Duration::from_secs(90)).await;
    venue.clear_faults();
    tokio::time::sleep(Duration::from_secs(60)).await;
    let struck = venue.streams().faults;
    for fault in ["gap", "duplicate", "reorder", "ack-silent", "disconnect", "half-open"] {
        assert!(struck.get(fault).is_some_and(|times| *times >= 1), "{fault}: {struck:?}");
    }
    let mut waited = 0;
    loop {
        let real = venue.book(BTC).unwrap();
        let same = reader.book().is_ok_and(|book| {
            let side = |side| -> Vec<_> {
                book.levels(side)
                    .take(20)
                    .map(|level| (level.price.decimal(), level.size.decimal()))
                    .collect()
            };
            let best = |levels: Vec<_>| levels.into_iter().take(20).collect::<Vec<_>>();
            side(BookSide::Bid) == best(real.bids) && side(BookSide::Ask) == best(real.asks)
        });
        if same {
            break;
        }
        waited += 1;
        assert!(waited < 400, "{:?}", reader.book().map(|_| ()));
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_ends_early_is_replaced_and_the_hole_is_told() {
    let stage = Stage::set().await;
    let mut orders = stage.feed.subscribe(Orders::new());
    live(&mut orders).await;
    stage.venue().fault(Fault::ExpireKey.line(Line::Private));
    stage.rest().await;
    until(&mut orders, |event| matches!(event, Event::Gap(_))).await;
    live(&mut orders).await;
    stage.rest().await;
    until(&mut orders, |event| matches!(event, Event::Data(push) if push.state == OrderState::New)).await;
}

#[tokio::test(start_paused = true)]
async fn a_key_is_replaced_before_its_eight_hours_without_a_hole() {
    let stage = Stage::set().await;
    let mut orders = stage.feed.subscribe(Orders::new());
    live(&mut orders).await;
    tokio::time::sleep(Duration::from_secs(9 * 60 * 60)).await;
    stage.rest().await;
    loop {
        match orders.next().await.unwrap() {
            update if update.data().is_some() => {
                assert!(update.generation > 1);
                break;
            }
            update => assert!(matches!(update.event, Event::Live), "{update:?}"),
        }
    }
    assert!(stage.venue().streams().closed.is_empty(), "{:?}", stage.venue().streams());
}

#[tokio::test(start_paused = true)]
async fn a_wrong_secret_is_a_refusal() {
    let stage = Stage::set().await;
    let wrong = Credentials::new(stage.venue().key(), "0123456789abcdef0123456789abcdef");
    let client = builder_in_memory(&stage.sim, Which::WexFutures, WexFutures::usdt_m()).credentials(wrong);
    let feed = client.build().unwrap().feed().base(stage.venue().ws()).connect().unwrap();
    let mut orders = feed.subscribe(Orders::new());
    assert!(matches!(orders.next().await.unwrap().event, Event::Rejected(_)));
}

#[tokio::test(start_paused = true)]
async fn an_unknown_symbol_is_refused_and_takes_no_other_with_it() {
    let stage = Stage::set().await;
    let mut good = stage.feed.subscribe(Trades::of(BTC));
    let mut bad = stage.feed.subscribe(Trades::of("nothing_usdt"));
    let mut bad_case = stage.feed.subscribe(Trades::of("BTC_USDT"));
    let refused = until(&mut bad, |event| matches!(event, Event::Rejected(_))).await;
    assert!(matches!(refused, Event::Rejected(error) if error.kind() == Kind::UnknownSymbol));
    assert!(matches!(bad.next().await.unwrap().event, Event::Closed));
    assert!(matches!(bad_case.next().await.unwrap().event, Event::Rejected(_)));
    data(&mut good).await;
}
