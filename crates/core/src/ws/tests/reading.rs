//! What comes in: read once, by whoever it belongs to; what can't be read is an item.

use futures::SinkExt as _;
use tokio_tungstenite::tungstenite::Message;

use super::channels::{FetchedBook, Public, Trades, trade};
use super::rig::{Peer, feed, next, settle};
use super::toy::Toy;
use super::*;
use crate::ws::{Feed, Overflow, RawPush, Subscription};

/// A feed with two topics that are live.
async fn two() -> (Feed<Toy>, Peer, [Subscription<Trades>; 2]) {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut streams = [feed.subscribe(Public::of("A")), feed.subscribe(Public::of("B"))];
    let mut peer = venue.accept().await;
    assert_eq!(peer.subscribed().await, ["trades@A", "trades@B"]);
    for stream in &mut streams {
        assert_eq!(next(stream).await, "live");
    }
    (feed, peer, streams)
}

#[tokio::test(start_paused = true)]
async fn what_cant_be_read_is_an_item_and_the_stream_goes_on() {
    let (_feed, mut peer, [mut a, mut b]) = two().await;
    peer.say(r#"{"r":"trades@A","d":"not rows"}"#).await;
    peer.say(trade("trades@A", "1")).await;
    assert!(next(&mut a).await.starts_with("unreadable: the push can't be read:"));
    assert_eq!(next(&mut a).await, "[1]");
    assert!(b.try_next().is_none(), "it was nothing of B's");
    // Nobody can say whose this is.
    peer.say("neither JSON nor anything").await;
    for stream in [&mut a, &mut b] {
        assert_eq!(next(stream).await, "unreadable: a frame of no known kind");
    }
}

#[tokio::test(start_paused = true)]
async fn a_bad_row_doesnt_take_the_good_ones() {
    let (_feed, mut peer, [mut a, _b]) = two().await;
    peer.say(r#"{"r":"trades@A","d":[{"p":"1"},{"p":"x"},{"p":"3"}]}"#).await;
    assert_eq!(next(&mut a).await, "[1, 3] and 1 bad");
}

#[tokio::test(start_paused = true)]
async fn a_glance_that_guesses_wrong_costs_nothing() {
    let (feed, mut peer, [mut a, mut b]) = two().await;
    let mut book = feed.subscribe(FetchedBook::of("A"));
    let mut raw = feed.subscription(Public::of("R")).raw();
    assert_eq!(peer.subscribed().await, ["fetched@A", "trades@R"]);
    assert_eq!([next(&mut book).await, next(&mut raw).await], ["live", "live"]);
    // It looks like the book's, can't be read as such, and is B's.
    peer.say(r#"{"g":"fetched@A","r":"trades@B","d":[{"p":"6"}]}"#).await;
    assert_eq!(next(&mut b).await, "[6]");
    // Nobody wants what is guessed.
    peer.say(r#"{"g":"trades@Z","r":"trades@B","d":[{"p":"7"}]}"#).await;
    assert_eq!(next(&mut b).await, "[7]");
    // It looks like A's, and has nothing in it for A.
    peer.say(r#"{"g":"trades@A","r":"trades@R"}"#).await;
    assert!(next(&mut raw).await.starts_with("Text("));
    settle().await;
    assert!(a.try_next().is_none() && book.try_next().is_none());
    // An answer that looks like a push: the subscription is confirmed.
    let mut c = feed.subscribe(Public::of("C"));
    peer.hears("sub 3 trades@C").await;
    peer.say(r#"{"g":"trades@C","ok":"sub","id":3}"#).await;
    assert_eq!(next(&mut c).await, "live");
    settle().await;
    assert!(c.try_next().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_looks_like_a_push_makes_nothing_live() {
    let (feed, mut peer, _streams) = two().await;
    let mut raw = feed.subscription(Public::of("C")).raw();
    peer.hears("sub 2 trades@C").await;
    peer.say(r#"{"g":"trades@C","no":"sub","id":2,"kind":"symbol","msg":"no such thing"}"#).await;
    assert_eq!(next(&mut raw).await, "rejected UnknownSymbol: no such thing");
    assert_eq!(next(&mut raw).await, "closed");
}

#[tokio::test(start_paused = true)]
async fn who_takes_frames_as_they_come_gets_pushes_alone() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut raw = feed.subscription(Public::of("A")).raw();
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut raw).await, "live");
    peer.say(r#"{"g":"trades@A","ok":"sub","id":9}"#).await;
    peer.say(r#"{"g":"trades@A","pong":1}"#).await;
    peer.say(trade("trades@A", "1")).await;
    let update = raw.next().await.unwrap();
    assert_eq!(update.into_data(), Some(RawPush::Text(trade("trades@A", "1"))));
}

#[tokio::test(start_paused = true)]
async fn a_push_of_several_things_reaches_each() {
    let (_feed, mut peer, [mut a, mut b]) = two().await;
    peer.say(r#"{"many":["trades@A","trades@B"],"d":[{"p":"5"}]}"#).await;
    assert_eq!([next(&mut a).await, next(&mut b).await], ["[5]", "[5]"]);
}

#[tokio::test(start_paused = true)]
async fn binary_and_compressed_frames() {
    let (feed, mut peer, [mut a, mut b]) = two().await;
    let mut frames = feed.frames(Overflow::default());
    let plain = trade("trades@A", "1");
    let mut compressed = b"z".to_vec();
    compressed.extend(plain.bytes().map(|byte| byte + 1));
    peer.socket.send(Message::binary(compressed)).await.unwrap();
    assert_eq!(next(&mut a).await, "[1]");
    // A tap sees it opened.
    assert_eq!(frames.next().await.unwrap().into_data().unwrap().push, RawPush::Text(plain));
    peer.socket.send(Message::binary(b"z\x80\x81".to_vec())).await.unwrap();
    peer.socket.send(Message::binary(b"else".to_vec())).await.unwrap();
    for stream in [&mut a, &mut b] {
        assert_eq!(next(stream).await, "unreadable: not compressed text");
        assert_eq!(next(stream).await, "unreadable: a frame of no known kind");
    }
    assert_eq!(frames.next().await.unwrap().into_data().unwrap().push, RawPush::Binary(b"else".to_vec()));
}

#[tokio::test(start_paused = true)]
async fn taps_see_every_frame_of_every_connection() {
    let (feed, mut venue) = feed(Toy::new(vec![public().topics(1)]));
    let mut frames = feed.frames(Overflow::default());
    let gone = feed.frames(Overflow::default());
    let _streams = [feed.subscribe(Public::of("A")), feed.subscribe(Public::of("B"))];
    let mut peers = [venue.accept().await, venue.accept().await];
    for peer in &mut peers {
        peer.subscribed().await;
        settle().await;
        peer.say(r#"{"event":"maintenance"}"#).await;
        settle().await;
    }
    drop(gone);
    for (connection, says) in [(0, r#"{"ok":"","id":1}"#), (0, r#"{"event":"maintenance"}"#)]
        .into_iter()
        .chain([(1, r#"{"ok":"","id":1}"#), (1, r#"{"event":"maintenance"}"#)])
    {
        let update = frames.next().await.unwrap();
        assert_eq!(update.generation, 1);
        let frame = update.into_data().unwrap();
        assert_eq!((frame.line, frame.connection), ("public", connection));
        assert_eq!(frame.push, RawPush::Text(says.to_owned()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_channel_chosen_by_name_comes_as_json() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut stream = feed.erased().subscribe(Box::new(Public::of("A")), Overflow::default());
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut stream).await, "live");
    peer.say(r#"{"r":"trades@A","d":[{"p":"1","new":1},{"p":"x"}]}"#).await;
    let push = stream.next().await.unwrap().into_data().unwrap();
    assert_eq!(push.value.as_deref(), Some(r#"{"time":null,"rows":[{"p":"1"},{"p":"x"}]}"#));
    assert_eq!((push.bad_rows.len(), push.unmapped.len()), (1, 2), "{push:?}");
    peer.say(r#"{"r":"trades@A","d":5}"#).await;
    assert!(next(&mut stream).await.starts_with("unreadable:"));
}

#[tokio::test(start_paused = true)]
async fn keys_that_no_type_maps_are_counted() {
    let (feed, mut peer, [mut a, _b]) = two().await;
    let before = feed.unmapped_keys();
    peer.say(r#"{"r":"trades@A","d":[{"p":"1","q":"2"},{"p":"1","q":"2"}]}"#).await;
    next(&mut a).await;
    // Twice `q`, and the route, which is no matter of the channel's.
    assert_eq!(feed.unmapped_keys() - before, 3);
}
