//! HashKey's streams, the client's against the simulated venue's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::collections::BTreeSet;
use std::time::Duration;

use hashkey_api::feed::*;
use hashkey_api::rest::*;
use hashkey_api::{
    Client, Credentials, HashKey, Kind, KlineInterval, OrderId, OrderStatus, Price, Qty, Side,
};
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
const KEYS: &str = "/api/v1/userDataStream";

struct Desk {
    sim: Sim,
    client: Client,
    feed: Feed<HashKey>,
}

impl Desk {
    async fn of(manner: Manner) -> Self {
        let sim = Sim::builder().venue(Which::HashKey).seed(1).starts_at_ms(1_766_718_404_772).manner(manner);
        let sim = sim.start().await.unwrap();
        let client = builder_in_memory(&sim, Which::HashKey, HashKey::new()).build().unwrap();
        let feed = connect(&client, sim.venue(Which::HashKey));
        Self { sim, client, feed }
    }

    async fn open() -> Self {
        Self::of(Manner::Usual).await
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::HashKey)
    }

    async fn order(&self, price: Option<u32>, size: &str) -> OrderId {
        let size: Qty = size.parse().unwrap();
        let request = match price {
            Some(price) => CreateOrder::limit(BTC, Side::Buy, size, Price::from_decimal(price.into())),
            None => CreateOrder::market(BTC, Side::Buy, size),
        };
        self.client.send(request).await.unwrap().order_id
    }

    async fn cancel(&self, id: &OrderId) {
        self.client.send(CancelOrder::new(id.clone())).await.unwrap();
    }
}

/// The next event of a list of them.
async fn row<T: Clone>(stream: &mut Subscription<venue_core::Rows<T>>, is_it: impl Fn(&T) -> bool) -> T {
    let update = until(stream, |update| update.data().is_some_and(|rows| rows.iter().any(&is_it))).await;
    update.into_data().unwrap().iter().find(|row| is_it(row)).unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn every_channel_brings_data_that_is_read_to_the_last_key() {
    for manner in [Manner::Usual, Manner::Documented, Manner::Observed] {
        let desk = Desk::of(manner).await;
        let mut streams: Vec<(&str, Subscription<DecodedPush>)> = Vec::new();
        for channel in CHANNELS {
            let parameters = format!(r#"{{"symbol":"{BTC}","interval":"1m"}}"#);
            let channel_of = channel.build(&mut Source::parse(&parameters).unwrap()).unwrap();
            streams.push((channel.name, desk.feed.erased().subscribe(channel_of, Overflow::default())));
        }
        event(&mut streams.last_mut().unwrap().1, "live").await;
        desk.order(None, "0.01").await;
        for (name, stream) in &mut streams {
            for _ in 0..if name.ends_with('s') { 1 } else { 3 } {
                let push = data(stream).await;
                assert!(push.error.is_none() && push.bad_rows.is_empty(), "{name}: {push:?}");
                assert!(push.unmapped.is_empty() && push.value.is_some(), "{name}: {push:?}");
            }
        }
        let lines: BTreeSet<_> = desk.feed.connections().iter().map(|connection| connection.line).collect();
        assert_eq!(lines, BTreeSet::from(["private", "v1", "v2"]));
        assert_eq!(desk.feed.unmapped_keys(), 0);
        drop(streams);
        // What nobody wants any more is unsubscribed from.
        sleep(Duration::from_millis(500)).await;
        let report = desk.venue().streams();
        let public = report.topics.keys().filter(|topic| topic.contains('/')).count();
        assert_eq!((public, report.refused_frames), (0, 0), "{:?}", report.topics);
    }
}

#[tokio::test(start_paused = true)]
async fn a_compressed_push_is_the_same_push() {
    let desk = Desk::open().await;
    let mut plain = desk.feed.subscribe(DepthV1::of(BTC));
    let mut packed = desk.feed.subscribe(DepthV1::of(BTC).binary(true));
    // Their pushes couldn't be told apart on one connection.
    let (plain, packed) = (data(&mut plain).await, data(&mut packed).await);
    assert_eq!(desk.feed.connections().len(), 2);
    assert_eq!(packed.params.binary.as_deref(), Some("true"));
    assert_eq!(plain.data[0].bids, packed.data[0].bids);
    let mut candles = desk.feed.subscribe(KlinesV1::of(BTC, KlineInterval::M1).binary(true));
    let mut other = desk.feed.subscribe(KlinesV1::of(BTC, KlineInterval::H1).binary(true));
    for _ in 0..3 {
        assert_eq!(data(&mut candles).await.params.kline_type, Some(KlineInterval::M1));
        assert_eq!(data(&mut other).await.params.kline_type, Some(KlineInterval::H1));
    }
}

#[tokio::test(start_paused = true)]
async fn an_orders_life_is_told_and_agrees_with_what_requests_answer() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(OrderUpdates::new());
    let mut tickets = desk.feed.subscribe(Tickets::new());
    let mut money = desk.feed.subscribe(AccountUpdates::new());
    event(&mut orders, "live").await;
    assert_eq!(desk.feed.connections().len(), 1, "one connection tells of all three");

    let id = desk.order(Some(80_000), "0.01").await;
    let new = row(&mut orders, |order| order.order_id == id).await;
    let known = desk.client.send(GetOrder::new(OrderQuery::Id(id.clone()))).await.unwrap();
    assert_eq!((Some(&new.status), new.price, new.qty), (known.status.as_ref(), known.price, known.orig_qty));
    assert_eq!(new.status, OrderStatus::New);
    assert_eq!((&new.client_order_id, new.created), (&known.client_order_id, known.time));
    let locked = data(&mut money).await[0].balances[0].clone();
    assert_eq!((locked.asset.as_str(), locked.locked.to_string().as_str()), ("USDT", "800"));

    desk.cancel(&id).await;
    let gone = row(&mut orders, |order| order.order_id == id).await;
    assert_eq!(gone.status, OrderStatus::Canceled);
    assert_eq!(data(&mut money).await[0].balances[0].locked.to_string(), "0");

    let id = desk.order(None, "0.05").await;
    let filled = row(&mut orders, |order| order.order_id == id && order.status == OrderStatus::Filled).await;
    assert_eq!(filled.executed_qty, Some("0.05".parse().unwrap()));
    let known = desk.client.send(GetOrder::new(OrderQuery::Id(id.clone()))).await.unwrap();
    assert_eq!((known.status, known.executed_qty), (Some(OrderStatus::Filled), filled.executed_qty));
    let trades = desk.client.send(GetAccountTrades::new()).await.unwrap();
    let trades: Vec<_> = trades.iter().filter(|trade| trade.order_id.as_ref() == Some(&id)).collect();
    assert!(!trades.is_empty());
    let mut left = trades.len();
    while left > 0 {
        let ticket = row(&mut tickets, |ticket| ticket.order_id == id).await;
        let trade = trades.iter().find(|trade| trade.ticket_id.as_ref() == Some(&ticket.ticket_id)).unwrap();
        assert_eq!((Some(ticket.price), Some(ticket.qty)), (trade.price, trade.qty));
        left -= 1;
    }
    // What is free and what is locked, as the account says.
    let account = desk.client.send(GetAccount::new()).await.unwrap();
    let last = data(&mut money).await;
    for told in &last[0].balances {
        let asked = account.balances.iter().find(|balance| balance.asset == told.asset).unwrap();
        assert_eq!((Some(&told.free), Some(&told.locked)), (asked.free.as_ref(), asked.locked.as_ref()));
    }
}

/// Reads a book for so long. Whenever it says that it equals the venue's, it does.
async fn follow<C: BookChannel<Size = Qty>>(
    desk: &Desk,
    book: &mut LiveBook<C>,
    time: Duration,
) -> (u32, Vec<&'static str>) {
    let (end, mut synced, mut news) = (Instant::now() + time, 0, Vec::new());
    while let Ok(update) = tokio::time::timeout_at(end, book.next()).await {
        match update.unwrap().event {
            BookEvent::Synced | BookEvent::Changed => {
                synced += 1;
                assert_eq!(levels(book.book().unwrap()), venue_levels(desk.venue(), BTC, 100));
            }
            BookEvent::Lost(cause) => assert_eq!(cause, Cause::Reset(Reset::Lost)),
            BookEvent::Stream(Event::Gap(gap)) => news.push(match gap.reason {
                GapReason::Silent => "silent",
                _ => "broken",
            }),
            BookEvent::Stream(event) => news.push(event.name()),
            other => panic!("{other:?}"),
        }
    }
    (synced, news)
}

#[tokio::test(start_paused = true)]
async fn a_book_equals_the_venues_for_ten_minutes_whatever_goes_wrong() {
    async fn run<C: BookChannel<Size = Qty, Venue = HashKey>>(channel: C, topic: &str) {
        let desk = Desk::open().await;
        let quiet = Duration::from_secs(20);
        let mut book = desk.feed.subscription(channel).stale_after(quiet).book();
        let minute = Duration::from_secs(60);
        let (synced, news) = follow(&desk, &mut book, minute).await;
        assert!(synced > 10, "{synced}");
        assert_eq!(news, ["live"], "{topic}");
        // Now and then: a push that waits for a second one that waits would come late, and not out of order.
        let often =
            |fault: Fault| (0..5).map(|n| fault.clone().topic(topic).after(3 * n)).collect::<Vec<_>>();
        for fault in [Fault::Gap, Fault::Duplicate, Fault::Reorder] {
            often(fault).into_iter().for_each(|script| desk.venue().fault(script));
            let (synced, news) = follow(&desk, &mut book, minute).await;
            assert!(synced > 10 && news.is_empty(), "{topic}: {synced} {news:?}");
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
            let (synced, mut news) = follow(&desk, &mut book, minute).await;
            assert!(synced > 10, "{topic}: {synced} {news:?}");
            if strikes_subscriptions {
                assert!(news.contains(&"stale"), "{topic}: {news:?}");
                news.retain(|name| *name != "stale");
                news.dedup();
            }
            assert_eq!(news, expected, "{topic}");
        }
        let struck = desk.venue().streams().faults;
        for kind in
            ["gap", "duplicate", "reorder", "garble", "disconnect", "half-open", "close", "ack-silent"]
        {
            assert!(struck.contains_key(kind), "{topic}: {kind} in {struck:?}");
        }
    }
    run(DepthV1::of(BTC), "v1/depth").await;
    run(DepthV2::of(BTC), "v2/depth").await;
}

#[tokio::test(start_paused = true)]
async fn the_second_versions_book_is_there_before_anything_changes() {
    let desk = Desk::open().await;
    let mut book = desk.feed.book(DepthV2::of(BTC));
    let mut pushes = desk.feed.subscription(DepthV2::of(BTC)).open();
    event(&mut pushes, "live").await;
    let first = loop {
        match book.next().await.unwrap().event {
            BookEvent::Synced => break levels(book.book().unwrap()),
            BookEvent::Stream(_) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(first, venue_levels(desk.venue(), BTC, 100));
    assert!(pushes.try_next().is_none(), "nothing was pushed");
    assert_eq!(desk.venue().executed("GET", "/quote/v1/depth"), 1);
    // The first version pushes one by itself, and nobody asks.
    let mut book = desk.feed.book(DepthV1::of(BTC));
    let _ = follow(&desk, &mut book, Duration::from_secs(5)).await;
    assert!(book.book().is_ok());
    assert_eq!(desk.venue().executed("GET", "/quote/v1/depth"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_fails_delays_the_book_and_is_made_again() {
    let desk = Desk::open().await;
    desk.venue().fault(Fault::status(503, "").on("GET", "/quote/v1/depth").times(2));
    // Pushes would heal it: there are none.
    desk.venue().fault(Fault::AckSilent.topic("v2/depth"));
    let mut book = desk.feed.book(DepthV2::of(BTC));
    let mut failures = 0;
    loop {
        match book.next().await.unwrap().event {
            BookEvent::NoSnapshot(error) => {
                assert_eq!(error.kind(), Kind::Unavailable);
                failures += 1;
            }
            BookEvent::Synced => break,
            _ => {}
        }
    }
    assert_eq!(failures, 2);
    assert_eq!(levels(book.book().unwrap()), venue_levels(desk.venue(), BTC, 100));
}

#[tokio::test(start_paused = true)]
async fn a_listen_key_lives_on_while_it_is_used_and_is_given_back() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(OrderUpdates::new());
    event(&mut orders, "live").await;
    // Longer than a key lives.
    sleep(Duration::from_secs(65 * 60)).await;
    assert!(orders.try_next().is_none(), "nothing happened");
    let venue = desk.venue();
    assert_eq!((venue.executed("POST", KEYS), venue.executed("PUT", KEYS)), (1, 2));
    let id = desk.order(Some(80_000), "0.01").await;
    row(&mut orders, |order| order.order_id == id).await;
    assert_eq!(venue.streams().opened, 1);
    desk.feed.clone().close().await;
    event(&mut orders, "closed").await;
    assert_eq!(venue.executed("DELETE", KEYS), 1);
    assert_eq!(venue.streams().open, 0);
}

#[tokio::test(start_paused = true)]
async fn a_listen_key_that_dies_is_replaced_and_the_hole_is_announced() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(OrderUpdates::new());
    event(&mut orders, "live").await;
    desk.venue().fault(Fault::ExpireKey.line(Line::Private));
    // It dies with the venue's next ping.
    let Event::Gap(gap) = event(&mut orders, "gap").await.event else { unreachable!() };
    assert_eq!(gap.refill, ["GetOpenOrders", "GetTradeOrders"]);
    event(&mut orders, "live").await;
    assert_eq!(desk.venue().executed("POST", KEYS), 2);
    let id = desk.order(Some(80_000), "0.01").await;
    row(&mut orders, |order| order.order_id == id).await;
}

#[tokio::test(start_paused = true)]
async fn a_key_that_can_not_be_renewed_is_replaced_before_it_ends() {
    let desk = Desk::open().await;
    let mut orders = desk.feed.subscribe(OrderUpdates::new());
    event(&mut orders, "live").await;
    desk.venue().fault(Fault::status(503, "").on("PUT", KEYS).always());
    sleep(Duration::from_secs(65 * 60)).await;
    let id = desk.order(Some(80_000), "0.01").await;
    let told = until(&mut orders, |update| !matches!(update.event, Event::Live)).await;
    // One connection took over from the other, without a hole.
    assert_eq!(told.into_data().unwrap()[0].order_id, id);
    let report = desk.venue().streams();
    assert_eq!((report.opened, report.open, desk.venue().executed("POST", KEYS)), (2, 1, 2));
    assert!(!report.closed.contains_key("key"));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_secret_and_no_credentials_are_refused_as_items() {
    let desk = Desk::open().await;
    let wrong = desk.client.with_credentials(Credentials::new(desk.venue().key(), "not the secret"));
    let feed = connect(&wrong, desk.venue());
    let error = refusal(&mut feed.subscribe(OrderUpdates::new())).await;
    assert_eq!((error.kind(), error.code()), (Kind::Auth, Some("0001")));
    assert!(!error.to_string().contains("not the secret"));
    let none = builder_in_memory(&desk.sim, Which::HashKey, HashKey::new()).build().unwrap();
    none.replace_credentials(None);
    let mut stream = connect(&none, desk.venue()).subscribe(Tickets::new());
    assert_eq!(refusal(&mut stream).await.kind(), Kind::Auth);
    event(&mut stream, "closed").await;
    assert_eq!(desk.venue().streams().opened, 0);
}

#[tokio::test(start_paused = true)]
async fn an_unknown_symbol_is_refused_and_its_neighbours_are_not() {
    let desk = Desk::open().await;
    // The first version's refusals don't say which symbol they are about.
    let subscribe = |symbol: &str| desk.feed.subscribe(DepthV1::of(symbol));
    let mut good = vec![subscribe(BTC), subscribe("ETHUSDT")];
    let mut bad = [subscribe("NONE"), subscribe("NADA")];
    good.push(subscribe("ETHBTC"));
    for stream in &mut bad {
        let error = refusal(stream).await;
        assert_eq!((error.kind(), error.code()), (Kind::UnknownSymbol, Some("-100010")));
        event(stream, "closed").await;
    }
    for stream in &mut good {
        for _ in 0..3 {
            let update = stream.next().await.unwrap();
            assert!(matches!(update.event, Event::Live | Event::Data(_)), "{update:?}");
        }
    }
    let (mut good, mut bad) = (desk.feed.subscribe(Bbo::of(BTC)), desk.feed.subscribe(Bbo::of("NONE")));
    let error = refusal(&mut bad).await;
    assert_eq!((error.kind(), error.code()), (Kind::InvalidRequest, Some("-100011")));
    event(&mut bad, "closed").await;
    data(&mut good).await;
    // What a documented rule forbids doesn't get that far.
    let error = refusal(&mut desk.feed.subscribe(DepthV1::of("BTCUSDT,ETHUSDT"))).await;
    assert_eq!(error.outcome(), hashkey_api::Outcome::NotSent);
}

#[tokio::test(start_paused = true)]
async fn a_reconnect_replays_everything_and_says_what_is_missing() {
    let desk = Desk::open().await;
    let mut trades = desk.feed.subscribe(TradesV1::of(BTC));
    let mut best = desk.feed.subscribe(Bbo::of(BTC));
    let mut orders = desk.feed.subscribe(OrderUpdates::new());
    event(&mut orders, "live").await;
    event(&mut trades, "live").await;
    event(&mut best, "live").await;
    for fault in [Fault::Disconnect.topic("v1/trade"), Fault::Disconnect.line(Line::Private)] {
        desk.venue().fault(fault);
    }
    // The next push, pong or ping is the end.
    event(&mut trades, "gap").await;
    event(&mut orders, "gap").await;
    event(&mut trades, "live").await;
    let first = data(&mut trades).await;
    assert_eq!(first.is_first, Some(true));
    assert!(first.data.len() > 1, "trades from before the reconnect are repeated");
    event(&mut orders, "live").await;
    let id = desk.order(Some(80_000), "0.01").await;
    row(&mut orders, |order| order.order_id == id).await;
    data(&mut best).await;
}
