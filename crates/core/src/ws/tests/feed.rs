//! A feed and its subscriptions: shared, late, dropped, closed.

use super::channels::{Coarse, Fine, Private, Public, trade};
use super::rig::{feed, feed_of, next, settle, tasks};
use super::toy::Toy;
use super::*;
use crate::error::Kind;
use crate::wire::Millis;
use crate::ws::{Event, Overflow, Phase};

#[tokio::test(start_paused = true)]
async fn items_come_typed_and_in_order_with_both_times_and_the_connections_number() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut trades = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    assert_eq!(peer.path, "/public");
    peer.hears("sub 1 trades@A").await;
    peer.ack(1).await;
    assert_eq!(next(&mut trades).await, "live");
    let before = tokio::time::Instant::now().into_std();
    tokio::time::sleep(SECOND).await;
    for price in 1..=5 {
        peer.say(trade("trades@A", &price.to_string())).await;
    }
    for price in 1..=5 {
        let update = trades.next().await.unwrap();
        assert_eq!(update.generation, 1);
        assert_eq!(update.venue_time, Some(Millis::new(1_700_000_000_000)));
        assert_eq!(update.received.at - before, SECOND);
        assert_eq!(format!("{:?}", update.into_data().unwrap()), format!("[{price}]"));
    }
    assert!(trades.try_next().is_none());
}

#[tokio::test(start_paused = true)]
async fn the_same_topic_twice_is_one_subscription_and_each_consumer_gets_everything() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut first = feed.subscribe(Public::of("A"));
    let mut second = feed.subscribe(Public::of("A"));
    let mut raw = feed.subscription(Public::of("A")).raw();
    let mut peer = venue.accept().await;
    assert_eq!(peer.subscribed().await, ["trades@A"]);
    for stream in [&mut first, &mut second] {
        assert_eq!(next(stream).await, "live");
    }
    assert_eq!(next(&mut raw).await, "live");
    // Who comes late hears at once that it is live.
    let mut late = feed.subscribe(Public::of("A"));
    assert_eq!(late.try_next().unwrap().event.name(), "live");
    peer.say(trade("trades@A", "1.50")).await;
    for stream in [&mut first, &mut second, &mut late] {
        assert_eq!(next(stream).await, "[1.50]");
    }
    assert_eq!(next(&mut raw).await, format!("Text({:?})", trade("trades@A", "1.50")));
    // Only the last one that goes takes the topic along.
    drop((first, raw, late));
    settle().await;
    peer.say(trade("trades@A", "2")).await;
    assert_eq!(next(&mut second).await, "[2]");
    drop(second);
    peer.hears("unsub 2 trades@A").await;
    assert_eq!(peer.hear().await, None, "nothing is wanted any more");
}

#[tokio::test(start_paused = true)]
async fn a_topic_wanted_again_hears_nothing_of_its_past() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let keep = feed.subscribe(Public::of("B"));
    let first = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    settle().await;
    drop(first);
    let mut again = feed.subscribe(Public::of("A"));
    peer.hears("unsub 2 trades@A").await;
    peer.say(trade("trades@A", "1")).await;
    settle().await;
    assert!(again.try_next().is_none());
    peer.ack(2).await;
    peer.subscribed().await;
    peer.say(trade("trades@A", "2")).await;
    assert_eq!(next(&mut again).await, "live");
    assert_eq!(next(&mut again).await, "[2]");
    drop(keep);
}

#[tokio::test(start_paused = true)]
async fn dropping_the_feed_ends_all_tasks_and_streams() {
    let before = tasks();
    let (feed, mut venue) = feed(Toy::new(vec![public().topics(1)]));
    let mut streams: Vec<_> = (0..5).map(|n| feed.subscribe(Public::of(format!("S{n}")))).collect();
    let mut frames = feed.frames(Overflow::default());
    let mut peers = Vec::new();
    for _ in 0..5 {
        peers.push(venue.accept().await);
    }
    assert_eq!(tasks(), before + 5, "a task for each connection, and no other");
    let clone = feed.clone();
    drop(feed);
    settle().await;
    assert!(streams[0].try_next().is_none(), "a clone is left");
    drop(clone);
    for stream in &mut streams {
        assert_eq!(next(stream).await, "closed");
        assert!(stream.next().await.is_none());
    }
    assert_eq!(next(&mut frames).await, "closed");
    settle().await;
    assert_eq!(tasks(), before);
}

#[tokio::test(start_paused = true)]
async fn a_close_is_said_and_answered() {
    let before = tasks();
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut trades = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    settle().await;
    let began = tokio::time::Instant::now();
    let other = feed.clone();
    let server = async {
        assert_eq!(peer.hear().await, None);
        // Polled once more, the library answers the close.
        assert_eq!(peer.hear().await, None);
    };
    tokio::join!(feed.close(), server);
    assert!(began.elapsed() < SECOND, "{:?}", began.elapsed());
    assert_eq!([next(&mut trades).await, next(&mut trades).await], ["live", "closed"]);
    assert!(trades.next().await.is_none());
    let mut after = other.subscribe(Public::of("A"));
    assert_eq!(next(&mut after).await, "rejected Config: the feed is closed");
    assert_eq!(next(&mut after).await, "closed");
    settle().await;
    assert_eq!(tasks(), before);
}

#[tokio::test(start_paused = true)]
async fn a_close_without_an_answer_is_bounded() {
    let before = tasks();
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut trades = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
    let began = tokio::time::Instant::now();
    feed.close().await;
    assert!(began.elapsed() <= secs(4), "{:?}", began.elapsed());
    assert_eq!(next(&mut trades).await, "closed");
    settle().await;
    assert_eq!(tasks(), before);
    drop(peer);
}

#[tokio::test(start_paused = true)]
async fn a_close_that_is_given_up_ends_all_the_same() {
    let before = tasks();
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut trades = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    settle().await;
    assert!(tokio::time::timeout(Duration::from_millis(10), feed.close()).await.is_err());
    assert_eq!([next(&mut trades).await, next(&mut trades).await], ["live", "closed"]);
    tokio::time::sleep(secs(3)).await;
    assert_eq!(tasks(), before);
}

#[tokio::test(start_paused = true)]
async fn connections_take_as_many_topics_as_they_may_and_none_with_the_same_route() {
    let toy = Toy::new(vec![public().topics(3)]);
    let (feed, mut venue) = feed_of(toy, |builder| builder.topics_per_connection(2));
    let streams: Vec<_> = (0..5).map(|n| feed.subscribe(Public::of(format!("S{n}")))).collect();
    let mut fine = feed.subscribe(Fine::of("A"));
    let mut coarse = feed.subscribe(Coarse::of("A"));
    let mut peers = Vec::new();
    for topics in
        [vec!["trades@S0", "trades@S1"], vec!["trades@S2", "trades@S3"], vec!["trades@S4", "fine:A"]]
    {
        let mut peer = venue.accept().await;
        assert_eq!(peer.subscribed().await, topics);
        peers.push(peer);
    }
    let mut other = venue.accept().await;
    assert_eq!(other.subscribed().await, ["coarse:A"]);
    peers[2].say(trade("depth@A", "1")).await;
    other.say(trade("depth@A", "2")).await;
    assert_eq!([next(&mut fine).await, next(&mut fine).await], ["live", "[1]"]);
    assert_eq!([next(&mut coarse).await, next(&mut coarse).await], ["live", "[2]"]);
    settle().await;
    let connections = feed.connections();
    let seen: Vec<_> = connections.iter().map(|one| (one.number, one.topics, one.live, one.phase)).collect();
    let live = |number, topics| (number, topics, topics, Phase::Live);
    assert_eq!(seen, [live(0, 2), live(1, 2), live(2, 2), live(3, 1)]);
    drop(streams);
}

#[tokio::test(start_paused = true)]
async fn more_topics_than_the_venue_has_room_for_are_refused_here() {
    let toy = Toy::new(vec![public().topics(1).connections(2)]);
    let (feed, _venue) = feed(toy);
    let _first = feed.subscribe(Public::of("A"));
    let second = feed.subscribe(Public::of("B"));
    let mut third = feed.subscribe(Public::of("C"));
    assert!(next(&mut third).await.starts_with("rejected Config: the venue allows 2 connections"));
    assert_eq!(next(&mut third).await, "closed");
    drop(second);
    let mut fourth = feed.subscribe(Public::of("D"));
    settle().await;
    assert!(fourth.try_next().is_none(), "there is room again");
}

#[tokio::test(start_paused = true)]
async fn whoever_is_too_slow_learns_it_and_reading_goes_on() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let open = |overflow| feed.subscription(Public::of("A")).overflow(overflow).open();
    let mut oldest = open(Overflow::DropOldest(2));
    let mut newest = open(Overflow::DropNewest(2));
    let mut close = open(Overflow::Close(2));
    let mut all = open(Overflow::default());
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    for price in 1..=5 {
        peer.say(trade("trades@A", &price.to_string())).await;
    }
    for expected in ["live", "[1]", "[2]", "[3]", "[4]", "[5]"] {
        assert_eq!(next(&mut all).await, expected);
    }
    for expected in ["lagged 4", "[4]", "[5]"] {
        assert_eq!(next(&mut oldest).await, expected);
    }
    for expected in ["live", "[1]", "lagged 4"] {
        assert_eq!(next(&mut newest).await, expected);
    }
    for expected in ["live", "[1]", "lagged 1", "closed", "end"] {
        assert_eq!(next(&mut close).await, expected);
    }
    peer.say(trade("trades@A", "6")).await;
    for stream in [&mut oldest, &mut newest, &mut all] {
        assert_eq!(next(stream).await, "[6]");
    }
}

#[test]
fn a_subscription_can_be_made_outside_of_the_runtime() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let (feed, mut venue) = runtime.block_on(async { feed(Toy::new(vec![public()])) });
    let mut trades = feed.subscribe(Public::of("A"));
    runtime.block_on(async {
        let mut peer = venue.accept().await;
        peer.subscribed().await;
        assert_eq!(next(&mut trades).await, "live");
    });
    drop(trades);
    drop(feed);
}

#[test]
fn a_feed_without_a_runtime_is_an_error() {
    let client = crate::Client::builder(Toy::new(vec![public()])).build().unwrap();
    assert_eq!(client.feed().connect().unwrap_err().kind(), Kind::Config);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let _inside = runtime.enter();
    assert_eq!(client.feed().topics_per_connection(0).connect().unwrap_err().kind(), Kind::Config);
    assert_eq!(client.feed().base("ws://example.com").connect().unwrap_err().kind(), Kind::Config);
    let none = crate::Client::builder(Toy::default()).build().unwrap();
    assert_eq!(none.feed().connect().unwrap_err().kind(), Kind::Config);
}

#[tokio::test(start_paused = true)]
async fn times_without_an_end_are_no_danger() {
    let (feed, mut venue) = feed_of(Toy::new(vec![private()]), |builder| {
        builder.answer_within(Duration::MAX).backoff(Duration::MAX, Duration::MAX)
    });
    let mut fills = feed.subscription(Private::of("A")).stale_after(Duration::MAX).open();
    let mut peer = venue.accept().await;
    assert!(peer.hear().await.unwrap().starts_with("login "));
    peer.say(r#"{"login":true}"#).await;
    peer.subscribed().await;
    assert_eq!(next(&mut fills).await, "live");
    drop(peer);
    assert!(next(&mut fills).await.starts_with("gap"));
}

#[tokio::test(start_paused = true)]
async fn a_silence_that_the_user_names_counts() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut trades = feed.subscription(Public::of("A")).stale_after(secs(3)).open();
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
    let update = trades.next().await.unwrap();
    let Event::Stale { silent } = update.event else { panic!("{update:?}") };
    assert!(silent >= secs(3) && silent <= secs(5), "{silent:?}");
    peer.hears("unsub 2 trades@A").await;
    peer.ack(2).await;
    peer.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
}
