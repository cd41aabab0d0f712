//! BitMart's streams, the client's against the simulated venue's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

use std::time::Duration;

use bitmart_futures::feed::*;
use bitmart_futures::rest::{CancelOrder, GetAssets, GetOrder, GetPositionsV2, SubmitOrder};
use bitmart_futures::{
    BalanceCurrency, BitMart, Client, Contracts, Credentials, Kind, OrderAction, OrderId, OrderState,
    Outcome, Price, Side,
};
use futures::FutureExt as _;
use tokio::time::{Instant, sleep};
use venue_core::Source;
use venue_core::book::{Cause, Reset};
use venue_core::ws::{
    BookChannel, BookEvent, DecodedPush, Event, Feed, GapReason, LiveBook, Overflow, Subscription,
};
use venue_sim::{Fault, Garble, Line, Manner, Running, Script, Sim, Which};
use venue_tests::builder_in_memory;
use venue_tests::feed::{connect, data, event, levels, refusal, until, venue_levels};

const BTC: &str = "BTCUSDT";

struct Desk {
    sim: Sim,
    client: Client,
    feed: Feed<BitMart>,
}

impl Desk {
    async fn of(manner: Manner) -> Self {
        let sim = Sim::builder().venue(Which::BitMart).seed(1).manner(manner).start().await.unwrap();
        let client = builder_in_memory(&sim, Which::BitMart, BitMart::new()).build().unwrap();
        let feed = connect(&client, sim.venue(Which::BitMart));
        Self { sim, client, feed }
    }

    async fn open() -> Self {
        Self::of(Manner::Usual).await
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::BitMart)
    }

    async fn order(&self, price: Option<u32>, size: u32) -> OrderId {
        let (side, size) = (Side::BuyOpenLong, Contracts::new(size.into()));
        let request = match price {
            Some(price) => SubmitOrder::limit(BTC, side, size, Price::from_decimal(price.into())),
            None => SubmitOrder::market(BTC, side, size),
        };
        self.client.send(request).await.unwrap().order_id
    }
}

/// The next change of an order.
async fn change(stream: &mut Subscription<venue_core::Rows<OrderPush>>, id: &OrderId) -> OrderPush {
    let is_it = |push: &&OrderPush| push.order.order_id == *id;
    let update =
        until(stream, |update| update.data().is_some_and(|rows| rows.iter().any(|row| is_it(&row)))).await;
    update.into_data().unwrap().iter().find(is_it).unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn every_channel_brings_data_that_is_read_to_the_last_key() {
    for manner in [Manner::Usual, Manner::Documented, Manner::Observed] {
        let desk = Desk::of(manner).await;
        let mut streams: Vec<(&str, Subscription<DecodedPush>)> = Vec::new();
        for channel in CHANNELS {
            let parameters = format!(r#"{{"symbol":"{BTC}","interval":"1m","currency":"USDT"}}"#);
            let channel_of = channel.build(&mut Source::parse(&parameters).unwrap()).unwrap();
            streams.push((channel.name, desk.feed.erased().subscribe(channel_of, Overflow::default())));
        }
        for (_, stream) in &mut streams {
            event(stream, "live").await;
        }
        desk.order(None, 1).await;
        for (name, stream) in &mut streams {
            for _ in 0..if *name == "Assets" || *name == "Orders" { 1 } else { 3 } {
                let push = data(stream).await;
                assert!(push.error.is_none() && push.bad_rows.is_empty(), "{name}: {push:?}");
                assert!(push.unmapped.is_empty() && push.value.is_some(), "{name}: {push:?}");
            }
        }
        assert_eq!(desk.feed.unmapped_keys(), 0);
        assert_eq!(desk.venue().streams().open, 2);
        drop(streams);
        sleep(Duration::from_millis(500)).await;
        let report = desk.venue().streams();
        assert_eq!((report.subscriptions, report.refused_frames), (0, 0), "{:?}", report.topics);
    }
}

#[tokio::test(start_paused = true)]
async fn an_orders_life_is_told_and_agrees_with_what_requests_answer() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(Orders::new());
    let mut positions = desk.feed.subscribe(Positions::new());
    let mut money = desk.feed.subscribe(Assets::of(BalanceCurrency::Usdt));
    event(&mut orders, "live").await;
    event(&mut positions, "live").await;
    event(&mut money, "live").await;

    let id = desk.order(Some(80_000), 5).await;
    let placed = change(&mut orders, &id).await;
    let known = desk.client.send(GetOrder::new(BTC, id.clone())).await.unwrap();
    assert_eq!((placed.action, placed.order.state.clone()), (OrderAction::Submit, OrderState::Check));
    assert_eq!((Some(placed.order.state), placed.order.size), (known.state, known.size));
    assert_eq!(placed.order.client_order_id, known.client_order_id);
    let frozen = data(&mut money).await.frozen_balance.unwrap();
    let asked = desk.client.send(GetAssets::new()).await.unwrap();
    let usdt = asked.iter().find(|asset| asset.currency.as_str() == "USDT").unwrap();
    assert_eq!(Some(frozen), usdt.frozen_balance);

    desk.client.send(CancelOrder::new(BTC, id.clone())).await.unwrap();
    let gone = change(&mut orders, &id).await;
    assert_eq!((gone.action, gone.order.state), (OrderAction::Cancel, OrderState::Finish));

    let id = desk.order(None, 3).await;
    let filled = loop {
        let told = change(&mut orders, &id).await;
        if told.action == OrderAction::Match && told.order.state == OrderState::Finish {
            break told.order;
        }
    };
    let known = desk.client.send(GetOrder::new(BTC, id)).await.unwrap();
    assert_eq!((filled.deal_size, filled.deal_avg_price), (known.deal_size, known.deal_avg_price));
    let fills = desk.venue().fills();
    assert_eq!(filled.last_trade.unwrap().fill_price.decimal(), fills.last().unwrap().price);
    let held = until(&mut positions, |update| {
        update.data().is_some_and(|rows| rows.iter().any(|row| row.hold_volume == Contracts::new(3)))
    })
    .await
    .into_data()
    .unwrap();
    let asked = desk.client.send(GetPositionsV2::new().symbol(BTC)).await.unwrap();
    let long = asked.iter().find(|position| position.current_amount == Some(Contracts::new(3))).unwrap();
    assert_eq!((held[0].hold_avg_price, held[0].open_avg_price), (long.entry_price, long.open_avg_price));
}

/// Reads a book for so long. Whenever a push has changed it and nothing more is there to be read, it equals the
/// venue's best levels. A snapshot that was asked for is of the last push, and not of now: where there are such,
/// the next change shows.
async fn follow<C: BookChannel<Size = Contracts>>(
    desk: &Desk,
    book: &mut LiveBook<C>,
    time: Duration,
) -> (u32, Vec<&'static str>) {
    let (end, mut equal, mut news) = (Instant::now() + time, 0, Vec::new());
    while let Ok(update) = tokio::time::timeout_at(end, book.next()).await {
        let (mut next, mut is_now) = (update, false);
        loop {
            match next.unwrap().event {
                BookEvent::Changed => is_now = true,
                BookEvent::Synced => is_now = !C::REQUESTABLE,
                BookEvent::Lost(Cause::Gap { .. }) => news.push("gap in the numbers"),
                BookEvent::Lost(cause) => assert_eq!(cause, Cause::Reset(Reset::Lost)),
                BookEvent::Stream(Event::Gap(gap)) => news.push(match gap.reason {
                    GapReason::Silent => "silent",
                    GapReason::Resubscribed => "resubscribed",
                    _ => "broken",
                }),
                BookEvent::Stream(event) => news.push(event.name()),
                other => panic!("{other:?}"),
            }
            match book.next().now_or_never() {
                Some(more) => next = more,
                None => break,
            }
        }
        if let (true, Ok(book)) = (is_now, book.book()) {
            equal += 1;
            assert_eq!(levels(book), venue_levels(desk.venue(), BTC, 20));
        }
    }
    (equal, news)
}

#[tokio::test(start_paused = true)]
async fn a_book_equals_the_venues_for_ten_minutes_whatever_goes_wrong() {
    async fn run<C: BookChannel<Size = Contracts, Venue = BitMart>>(
        channel: C,
        topic: &str,
        is_counted: bool,
    ) {
        let desk = Desk::open().await;
        let mut book = desk.feed.book(channel);
        let minute = Duration::from_secs(60);
        let (equal, news) = follow(&desk, &mut book, minute).await;
        assert!(equal > 10, "{equal}");
        assert_eq!(news, ["live"], "{topic}");
        // Now and then: a push that waits for a second one that waits would come late, and not out of order.
        for fault in [Fault::Gap, Fault::Duplicate, Fault::Reorder] {
            let is_loss = fault != Fault::Duplicate;
            for n in 0..5 {
                desk.venue().fault(fault.clone().topic(topic).after(3 * n));
            }
            let (equal, news) = follow(&desk, &mut book, minute).await;
            assert!(equal > 10, "{topic}: {equal}");
            // Where pushes are numbered, every one that is missing is noticed.
            let noticed = news.iter().filter(|name| **name == "gap in the numbers").count();
            assert_eq!(noticed > 0, is_counted && is_loss, "{topic} {fault:?}: {news:?}");
            assert_eq!(noticed, news.len(), "{topic}: {news:?}");
        }
        let faults: [(Script, &[&str]); 6] = [
            (Fault::Garble(Garble::Truncated).topic(topic), &["unreadable"]),
            (Fault::Garble(Garble::Binary).topic(topic), &["unreadable"]),
            (Fault::Disconnect.topic(topic), &["broken", "live"]),
            (Fault::HalfOpen.topic(topic), &["silent", "live"]),
            (Fault::Close { code: 1001, reason: "bye".into() }.topic(topic), &["broken", "live"]),
            // It is confirmed, and no book comes: so it is subscribed to once more.
            (Fault::AckSilent.topic(topic), &["broken", "live", "resubscribed", "live"]),
        ];
        for (fault, expected) in faults {
            let name = format!("{topic} {:?}", fault.fault());
            let strikes_subscriptions = *fault.fault() == Fault::AckSilent;
            desk.venue().fault(fault);
            if strikes_subscriptions {
                desk.venue().fault(Fault::Disconnect.topic(topic));
            }
            let (equal, news) = follow(&desk, &mut book, minute).await;
            assert!(equal > 10, "{name}: {equal} {news:?}");
            assert_eq!(news, expected, "{name}");
        }
        let struck = desk.venue().streams().faults;
        for kind in
            ["gap", "duplicate", "reorder", "garble", "disconnect", "half-open", "close", "ack-silent"]
        {
            assert!(struck.contains_key(kind), "{topic}: {kind} in {struck:?}");
        }
    }
    run(DepthIncrease::of(BTC), "depthIncrease20", true).await;
    run(DepthAll::of(BTC), "depthAll20", false).await;
}

#[tokio::test(start_paused = true)]
async fn a_book_of_sides_equals_the_venues_once_both_have_come() {
    let desk = Desk::open().await;
    let mut book = desk.feed.book(Depth::of(BTC));
    let (equal, news) = follow(&desk, &mut book, Duration::from_secs(60)).await;
    assert!(equal > 10, "{equal}");
    assert_eq!(news, ["live"]);
}

#[tokio::test(start_paused = true)]
async fn a_lost_change_is_mended_by_one_request_on_the_connection() {
    let desk = Desk::open().await;
    let mut book = desk.feed.book(DepthIncrease::of(BTC));
    let _ = follow(&desk, &mut book, Duration::from_secs(5)).await;
    desk.venue().fault(Fault::Gap.topic("depthIncrease20"));
    let (_, news) = follow(&desk, &mut book, Duration::from_secs(30)).await;
    assert_eq!(news, ["gap in the numbers"]);
    assert!(book.book().is_ok());
    let report = desk.venue().streams();
    assert_eq!((report.opened, report.refused_frames), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_secret_is_refused_as_an_item_and_none_is_never_sent() {
    let desk = Desk::open().await;
    let memo = desk.venue().memo().unwrap();
    let wrong = Credentials::new(desk.venue().key(), "not the secret").memo(memo);
    let feed = connect(&desk.client.with_credentials(wrong), desk.venue());
    let mut stream = feed.subscribe(Orders::new());
    let error = refusal(&mut stream).await;
    assert_eq!(error.kind(), Kind::Auth);
    assert!(!error.to_string().contains("not the secret"));
    // A secret may be replaced while a feed runs: it is tried again.
    assert_eq!(refusal(&mut stream).await.kind(), Kind::Auth);
    let none = builder_in_memory(&desk.sim, Which::BitMart, BitMart::new()).build().unwrap();
    none.replace_credentials(None);
    let feed = connect(&none, desk.venue());
    let mut stream = feed.subscribe(Orders::new());
    let error = refusal(&mut stream).await;
    assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::NotSent));
    event(&mut stream, "closed").await;
}

#[tokio::test(start_paused = true)]
async fn an_unknown_symbol_is_refused_and_its_neighbours_are_not() {
    for manner in [Manner::Usual, Manner::Documented, Manner::Observed] {
        let desk = Desk::of(manner).await;
        let mut good = [desk.feed.subscribe(Trades::of(BTC)), desk.feed.subscribe(Trades::of("ETHUSDT"))];
        let mut bad = desk.feed.subscribe(Trades::of("NONE"));
        let error = refusal(&mut bad).await;
        assert_eq!(error.kind(), Kind::InvalidRequest, "{manner:?}: {error}");
        event(&mut bad, "closed").await;
        for stream in &mut good {
            let update = until(stream, |update| update.event.name() != "live").await;
            assert!(matches!(update.event, Event::Data(_)), "{manner:?}: {update:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_reconnect_logs_in_and_replays_everything() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(Orders::new());
    let mut ticker = desk.feed.subscribe(Ticker::of(BTC));
    event(&mut orders, "live").await;
    event(&mut ticker, "live").await;
    for line in [Line::Public, Line::Private] {
        desk.venue().fault(Fault::Disconnect.line(line));
    }
    let Event::Gap(gap) = event(&mut orders, "gap").await.event else { unreachable!() };
    assert_eq!(gap.refill, ["GetOpenOrders", "GetOrderHistory", "GetTrades"]);
    event(&mut ticker, "gap").await;
    event(&mut orders, "live").await;
    let id = desk.order(Some(80_000), 1).await;
    assert_eq!(change(&mut orders, &id).await.action, OrderAction::Submit);
    data(&mut ticker).await;
}

#[tokio::test(start_paused = true)]
async fn a_quiet_private_connection_is_kept_alive() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(Orders::new());
    event(&mut orders, "live").await;
    sleep(Duration::from_secs(15 * 60)).await;
    assert!(orders.try_next().is_none());
    let report = desk.venue().streams();
    assert_eq!((report.opened, report.open, report.closed.len()), (1, 1, 0));
}

#[tokio::test(start_paused = true)]
async fn positions_that_stop_coming_are_stale_and_asked_for_again() {
    let desk = Desk::open().await;
    let mut positions = desk.feed.subscribe(Positions::new());
    desk.venue().fault(Fault::AckSilent.topic("futures/position"));
    event(&mut positions, "live").await;
    // Every 10 s they come, whether or not there are any.
    event(&mut positions, "stale").await;
    event(&mut positions, "live").await;
    data(&mut positions).await;
}
