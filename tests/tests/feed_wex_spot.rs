//! WEX spot's streams, the client's against the simulated venue's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use venue_core::book::{Cause, Reset};
use venue_core::ws::{
    BookChannel, BookEvent, DecodedPush, Event, Feed, GapReason, LiveBook, Overflow, Subscription,
};
use venue_core::{Decimal, Source};
use venue_sim::{Fault, Garble, Line, Manner, Running, Script, Sim, Which};
use venue_tests::builder_in_memory;
use venue_tests::feed::{connect, data, event, levels, refusal, until, venue_levels};
use wex_spot::feed::{Balances, CHANNELS, Depth, DepthUpdate, FillPush, Fills, OrderPush, Orders, Trades};
use wex_spot::rest::{CancelOrder, GetBalances, GetOrder, GetTrades, SubmitOrder};
use wex_spot::{
    Client, Credentials, DepthLevels, Kind, OrderId, OrderState, Outcome, Price, Qty, Side, WexSpot,
};

const BTC: &str = "btc_usdt";
const TOKEN: &str = "/v4/ws-token";
const DEPTH: &str = "/v4/public/depth";

struct Desk {
    sim: Sim,
    client: Client,
    feed: Feed<WexSpot>,
}

impl Desk {
    async fn of(manner: Manner) -> Self {
        let sim = Sim::builder().venue(Which::WexSpot).seed(1).starts_at_ms(1_766_718_404_772).manner(manner);
        let sim = sim.start().await.unwrap();
        let client = builder_in_memory(&sim, Which::WexSpot, WexSpot::new()).build().unwrap();
        let feed = connect(&client, sim.venue(Which::WexSpot));
        Self { sim, client, feed }
    }

    async fn open() -> Self {
        Self::of(Manner::Usual).await
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::WexSpot)
    }

    async fn rest(&self, price: u32, quantity: &str) -> OrderId {
        let (quantity, price): (Qty, _) =
            (quantity.parse().unwrap(), Price::from_decimal(Decimal::from(price)));
        self.client.send(SubmitOrder::limit(BTC, Side::Buy, quantity, price)).await.unwrap().order_id
    }

    async fn buy(&self, amount: &str) -> OrderId {
        let amount: wex_spot::Amount = amount.parse().unwrap();
        self.client.send(SubmitOrder::market_buy(BTC, amount)).await.unwrap().order_id
    }

    /// The next push about an order, in this state.
    async fn told(&self, orders: &mut Subscription<OrderPush>, id: &OrderId, state: OrderState) -> OrderPush {
        let is_it = |push: &OrderPush| push.order_id == *id && push.state == state;
        until(orders, |update| update.data().is_some_and(is_it)).await.into_data().unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn every_channel_brings_data_that_is_read_to_the_last_key() {
    for manner in [Manner::Usual, Manner::Documented, Manner::Observed] {
        let desk = Desk::of(manner).await;
        let mut streams: Vec<(&str, Subscription<DecodedPush>)> = Vec::new();
        for channel in CHANNELS {
            let parameters = format!(r#"{{"symbol":"{BTC}","interval":"1m","levels":"5"}}"#);
            let wanted = channel.build(&mut Source::parse(&parameters).unwrap()).unwrap();
            streams.push((channel.name, desk.feed.erased().subscribe(wanted, Overflow::default())));
        }
        event(&mut streams.last_mut().unwrap().1, "live").await;
        desk.buy("1000").await;
        for (name, stream) in &mut streams {
            let push = data(stream).await;
            assert!(push.error.is_none() && push.bad_rows.is_empty(), "{name}: {push:?}");
            assert!(push.unmapped.is_empty() && push.value.is_some(), "{name}: {push:?}");
        }
        let lines: BTreeSet<_> = desk.feed.connections().iter().map(|connection| connection.line).collect();
        assert_eq!((lines, desk.feed.connections().len()), (BTreeSet::from(["private", "public"]), 2));
        assert_eq!(desk.feed.unmapped_keys(), 0);
        drop(streams);
        // What nobody wants any more is unsubscribed from, the private ones with the token.
        sleep(Duration::from_millis(500)).await;
        let report = desk.venue().streams();
        assert_eq!((report.subscriptions, report.refused_frames), (0, 0), "{:?}", report.topics);
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_name_is_another_channel_on_the_other_line() {
    let desk = Desk::open().await;
    let (mut all, mut own) = (desk.feed.subscribe(Trades::of(BTC)), desk.feed.subscribe(Fills::new()));
    event(&mut all, "live").await;
    event(&mut own, "live").await;
    let id = desk.buy("1000").await;
    let fill: FillPush = data(&mut own).await;
    assert_eq!(
        (&fill.order_id, fill.taker_maker.as_ref().map(ToString::to_string)),
        (&id, Some("taker".into()))
    );
    let is_it = |update: &venue_core::ws::Update<wex_spot::feed::TradePush>| {
        update.data().is_some_and(|trade| trade.trade_id == fill.trade_id)
    };
    let trade = until(&mut all, is_it).await.into_data().unwrap();
    assert_eq!((trade.price, trade.quantity), (fill.price, fill.quantity));
}

#[tokio::test(start_paused = true)]
async fn an_orders_life_is_told_and_agrees_with_what_requests_answer() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(Orders::new());
    let mut fills = desk.feed.subscribe(Fills::new());
    let mut money = desk.feed.subscribe(Balances::new());
    event(&mut orders, "live").await;
    assert_eq!(desk.feed.connections().len(), 1, "one connection tells of all three");
    assert_eq!(desk.venue().executed("POST", TOKEN), 1);

    let id = desk.rest(70_000, "0.01").await;
    let new = desk.told(&mut orders, &id, OrderState::New).await;
    let known = desk.client.send(GetOrder::new(&id)).await.unwrap();
    assert_eq!(
        (Some(&new.state), new.price, new.orig_qty),
        (known.state.as_ref(), known.price, known.orig_qty)
    );
    assert_eq!((&new.client_order_id, new.created_time), (&known.client_order_id, known.time));
    assert_eq!(new.symbol.as_str(), BTC);
    let held = data(&mut money).await;
    assert_eq!((held.currency.as_str(), held.frozen.unwrap().to_string()), ("usdt", "700".to_owned()));

    desk.client.send(CancelOrder::new(&id)).await.unwrap();
    desk.told(&mut orders, &id, OrderState::Canceled).await;
    assert_eq!(data(&mut money).await.frozen.unwrap().to_string(), "0");

    // More than the best price has.
    let id = desk.buy("200000").await;
    let filled = desk.told(&mut orders, &id, OrderState::Filled).await;
    let known = desk.client.send(GetOrder::new(&id)).await.unwrap();
    assert_eq!((filled.executed_qty, filled.avg_price), (known.executed_qty, known.avg_price));
    assert_eq!((Some(&filled.state), filled.fee), (known.state.as_ref(), known.fee));
    let trades = desk.client.send(GetTrades::new().order_id(&id).limit(100)).await.unwrap();
    assert!(trades.items.len() > 1);
    for trade in trades.items.iter().rev() {
        let fill = data(&mut fills).await;
        assert_eq!((&fill.trade_id, &fill.order_id), (&trade.trade_id, &id));
        assert_eq!(
            (fill.price, fill.quantity, fill.quote_qty),
            (trade.price, trade.quantity, trade.quote_qty.clone())
        );
        assert_eq!(fill.taker_maker, trade.taker_maker);
    }
    // The last word on each currency is what the account says.
    sleep(Duration::from_secs(1)).await;
    let mut last = HashMap::new();
    while let Some(update) = money.try_next() {
        let push = update.into_data().unwrap();
        last.insert(push.currency.clone(), push);
    }
    let account = desk.client.send(GetBalances::new()).await.unwrap();
    assert_eq!(last.len(), 2, "{last:?}");
    for (currency, push) in last {
        let row = account.assets.iter().find(|row| row.currency == currency).unwrap();
        assert_eq!((Some(&push.total), &push.frozen), (row.total_amount.as_ref(), &row.frozen_amount));
    }
}

/// Reads a book for so long. Whenever it says that it equals the venue's, it does.
async fn follow<C: BookChannel<Size = Qty>>(
    desk: &Desk,
    book: &mut LiveBook<C>,
    most: usize,
    time: Duration,
) -> (u32, u32, Vec<&'static str>) {
    let (end, mut synced, mut lost, mut news) = (Instant::now() + time, 0, 0, Vec::new());
    while let Ok(update) = tokio::time::timeout_at(end, book.next()).await {
        match update.unwrap().event {
            BookEvent::Synced | BookEvent::Changed => {
                synced += 1;
                let (bids, asks) = levels(book.book().unwrap());
                assert_eq!((bids, asks), venue_levels(desk.venue(), BTC, most));
            }
            BookEvent::Lost(Cause::Gap { .. } | Cause::Reset(Reset::Lost)) => lost += 1,
            BookEvent::Stream(Event::Gap(gap)) => news.push(match gap.reason {
                GapReason::Silent => "silent",
                _ => "broken",
            }),
            BookEvent::Stream(event) => news.push(event.name()),
            other => panic!("{other:?}"),
        }
    }
    (synced, lost, news)
}

#[tokio::test(start_paused = true)]
async fn a_book_equals_the_venues_for_ten_minutes_whatever_goes_wrong() {
    let desk = Desk::open().await;
    let (topic, quiet, minute) = ("depth_update", Duration::from_secs(20), Duration::from_secs(60));
    let mut book = desk.feed.subscription(DepthUpdate::of(BTC)).stale_after(quiet).book();
    let (synced, lost, news) = follow(&desk, &mut book, 500, minute).await;
    assert!(synced > 60 && lost == 0, "{synced} {lost}");
    assert_eq!(news, ["live"]);
    assert_eq!(desk.venue().executed("GET", DEPTH), 1);
    // A lost and a late update are noticed by their numbers, and a new snapshot is asked for; one that comes twice
    // is harmless.
    for (fault, loses) in [(Fault::Gap, true), (Fault::Reorder, true), (Fault::Duplicate, false)] {
        let snapshots = desk.venue().executed("GET", DEPTH);
        // Early in the minute: a book that breaks often waits longer each time.
        for after in [0, 10] {
            desk.venue().fault(fault.clone().topic(topic).after(after));
        }
        let (synced, lost, news) = follow(&desk, &mut book, 500, minute).await;
        assert!(synced > 30 && (lost > 0) == loses && news.is_empty(), "{fault:?}: {synced} {lost} {news:?}");
        assert_eq!(desk.venue().executed("GET", DEPTH) > snapshots, loses, "{fault:?}");
    }
    let faults: [(Script, &[&str]); 6] = [
        (Fault::Garble(Garble::Truncated).topic(topic), &["unreadable"]),
        (Fault::Garble(Garble::Binary).topic(topic), &["unreadable"]),
        (Fault::Disconnect.topic(topic), &["broken", "live"]),
        (Fault::HalfOpen.topic(topic), &["silent", "live"]),
        (Fault::Close { code: 1001, reason: "bye".into() }.topic(topic), &["broken", "live"]),
        (Fault::AckSilent.topic(topic), &["broken", "live"]),
    ];
    for (fault, expected) in faults {
        let strikes_subscriptions = *fault.fault() == Fault::AckSilent;
        desk.venue().fault(fault);
        if strikes_subscriptions {
            desk.venue().fault(Fault::Disconnect.topic(topic));
        }
        let (synced, _, mut news) = follow(&desk, &mut book, 500, minute).await;
        assert!(synced > 20, "{expected:?}: {synced} {news:?}");
        if strikes_subscriptions {
            assert!(news.contains(&"stale"), "{news:?}");
            news.retain(|name| *name != "stale");
            news.dedup();
        }
        assert_eq!(news, expected);
    }
    let struck = desk.venue().streams().faults;
    for kind in ["gap", "duplicate", "reorder", "garble", "disconnect", "half-open", "close", "ack-silent"] {
        assert!(struck.contains_key(kind), "{kind} in {struck:?}");
    }
    assert!(book.book().is_ok());
    assert_eq!(desk.venue().refused(), 0, "no snapshot was asked for too often");
}

#[tokio::test(start_paused = true)]
async fn a_pushed_book_is_the_venues_best_levels() {
    let desk = Desk::open().await;
    let mut book = desk.feed.book(Depth::of(BTC, DepthLevels::Twenty));
    for fault in [Fault::Gap, Fault::Duplicate, Fault::Reorder] {
        desk.venue().fault(fault.topic("depth@").after(10));
    }
    let mut synced = 0;
    let end = Instant::now() + Duration::from_secs(120);
    while let Ok(update) = tokio::time::timeout_at(end, book.next()).await {
        if matches!(update.unwrap().event, BookEvent::Synced | BookEvent::Changed) {
            synced += 1;
            assert_eq!(levels(book.book().unwrap()), venue_levels(desk.venue(), BTC, 20));
        }
    }
    // Once a second, but for those that were lost, doubled or late.
    assert!((110..=121).contains(&synced), "{synced}");
    assert_eq!(desk.venue().executed("GET", DEPTH), 0);
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_that_fails_is_asked_for_again() {
    let desk = Desk::open().await;
    desk.venue().fault(Fault::status(503, "").on("GET", DEPTH).times(2));
    let mut book = desk.feed.book(DepthUpdate::of(BTC));
    let mut failures = 0;
    loop {
        match book.next().await.unwrap().event {
            BookEvent::NoSnapshot(error) => {
                assert_eq!((error.kind(), error.endpoint()), (Kind::Unavailable, "GetDepth"));
                failures += 1;
            }
            BookEvent::Synced => break,
            _ => {}
        }
    }
    assert_eq!(failures, 2);
    assert_eq!(levels(book.book().unwrap()), venue_levels(desk.venue(), BTC, 500));
}

#[tokio::test(start_paused = true)]
async fn a_token_that_ends_is_replaced_and_the_hole_is_announced() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(Orders::new());
    event(&mut orders, "live").await;
    sleep(Duration::from_secs(60)).await;
    desk.venue().fault(Fault::ExpireKey.line(Line::Private));
    // It ends with the next answer to a ping; the venue then refuses it (401), and a new one is fetched.
    let Event::Gap(gap) = event(&mut orders, "gap").await.event else { unreachable!() };
    assert_eq!(gap.refill, ["GetOpenOrders", "GetHistoryOrders"]);
    event(&mut orders, "live").await;
    assert_eq!(desk.venue().executed("POST", TOKEN), 2);
    let id = desk.rest(70_000, "0.01").await;
    desk.told(&mut orders, &id, OrderState::New).await;
    assert_eq!(desk.venue().streams().closed["key"], 1);
    assert!(desk.venue().streams().refused_frames > 0);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_keeps_its_token() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(Orders::new());
    event(&mut orders, "live").await;
    for _ in 0..3 {
        sleep(Duration::from_secs(60)).await;
        desk.venue().fault(Fault::Disconnect.line(Line::Private));
        event(&mut orders, "gap").await;
        event(&mut orders, "live").await;
    }
    assert_eq!((desk.venue().executed("POST", TOKEN), desk.venue().streams().opened), (1, 4));
}

#[tokio::test(start_paused = true)]
async fn a_second_feed_waits_for_its_token_and_is_not_refused() {
    let desk = Desk::open().await;
    let other = connect(&desk.client, desk.venue());
    let began = Instant::now();
    let (mut first, mut second) = (desk.feed.subscribe(Orders::new()), other.subscribe(Orders::new()));
    event(&mut first, "live").await;
    event(&mut second, "live").await;
    assert_eq!((desk.venue().executed("POST", TOKEN), desk.venue().refused()), (2, 0));
    assert!(began.elapsed() >= Duration::from_secs(10), "one in ten seconds is documented");
    let id = desk.rest(70_000, "0.01").await;
    for orders in [&mut first, &mut second] {
        desk.told(orders, &id, OrderState::New).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_quiet_connection_is_kept_alive_by_the_text_ping() {
    let desk = Desk::open().await;
    let mut money = desk.feed.subscribe(Balances::new());
    event(&mut money, "live").await;
    sleep(Duration::from_secs(5 * 60)).await;
    // What is on its way to a fresh account arrives after a minute, though nobody asks.
    let arrived = data(&mut money).await;
    assert_eq!((arrived.currency.as_str(), arrived.total.to_string()), ("xlm", "1000".to_owned()));
    assert!(money.try_next().is_none(), "nothing else happened");
    assert_eq!(desk.venue().streams().opened, 1);
    desk.feed.clone().close().await;
    event(&mut money, "closed").await;
    assert_eq!(desk.venue().streams().open, 0);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_secret_and_no_credentials_are_refused_as_items() {
    let desk = Desk::open().await;
    let wrong = desk.client.with_credentials(Credentials::new(desk.venue().key(), "not the secret"));
    let feed = connect(&wrong, desk.venue());
    let error = refusal(&mut feed.subscribe(Orders::new())).await;
    assert_eq!(
        (error.kind(), error.outcome(), error.code()),
        (Kind::Auth, Outcome::Rejected, Some("AUTH_103"))
    );
    assert!(!format!("{error} {error:?}").contains("not the secret"));
    let none = builder_in_memory(&desk.sim, Which::WexSpot, WexSpot::new()).build().unwrap();
    none.replace_credentials(None);
    let mut stream = connect(&none, desk.venue()).subscribe(Fills::new());
    assert_eq!(refusal(&mut stream).await.kind(), Kind::Auth);
    event(&mut stream, "closed").await;
    assert_eq!(desk.venue().streams().opened, 0);
}

#[tokio::test(start_paused = true)]
async fn an_unknown_symbol_is_refused_and_its_neighbours_are_not() {
    let desk = Desk::open().await;
    // Asked for in one frame, and refused together: each is then asked for by itself.
    let subscribe = |symbol: &str| desk.feed.subscribe(Trades::of(symbol));
    let mut good = vec![subscribe(BTC), subscribe("eth_usdt")];
    let mut bad = [subscribe("none_usdt"), subscribe("nada_usdt")];
    good.push(subscribe("xlm_usdt"));
    for stream in &mut bad {
        let error = refusal(stream).await;
        assert_eq!(
            (error.kind(), error.outcome(), error.code()),
            (Kind::Rejected, Outcome::Rejected, Some("1"))
        );
        assert_eq!((error.venue(), error.endpoint()), ("wex-spot", "trade"));
        event(stream, "closed").await;
    }
    for stream in &mut good {
        let update = stream.next().await.unwrap();
        assert!(matches!(update.event, Event::Live), "{update:?}");
        data(stream).await;
    }
    // What a documented rule forbids doesn't get that far.
    let error = refusal(&mut subscribe("BTC_USDT")).await;
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
}
