//! Simulated `BitMart`'s streams: words, logins, heartbeats, speeds.

use std::time::Duration;

use futures::SinkExt as _;
use ring::hmac;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use venue_sim::{Manner, Running, Sim};

use crate::desk::Desk;
use crate::tap::{Ended, Tap};

pub(crate) const PUBLIC: &str = "/api?protocol=1.1";
pub(crate) const PRIVATE: &str = "/user?protocol=1.1";

pub(crate) async fn public(desk: &Desk) -> Tap {
    Tap::open(&desk.sim, desk.venue(), PUBLIC).await
}

/// A private stream, logged in.
pub(crate) async fn private(desk: &Desk) -> Tap {
    let mut tap = Tap::open(&desk.sim, desk.venue(), PRIVATE).await;
    tap.say(login(desk.venue(), 0, "")).await;
    assert_eq!(tap.hear().await, json!({"action": "access", "success": true}));
    tap
}

fn login(venue: &Running, lag_ms: i64, spoil: &str) -> String {
    let at = (venue.clock().now_ms() - lag_ms).to_string();
    let text = format!("{at}#{}#bitmart.WebSocket", venue.memo().unwrap());
    let key = hmac::Key::new(hmac::HMAC_SHA256, venue.secret().as_bytes());
    let sign: String =
        hmac::sign(&key, text.as_bytes()).as_ref().iter().map(|b| format!("{b:02x}")).collect();
    json!({"action": "access", "args": [venue.key(), at, sign + spoil, "web"]}).to_string()
}

pub(crate) fn ask(action: &str, topics: &[&str]) -> String {
    json!({"action": action, "args": topics}).to_string()
}

/// Subscribes to one topic, which is granted.
pub(crate) async fn subscribe(tap: &mut Tap, topic: &str) {
    tap.say(ask("subscribe", &[topic])).await;
    let ack = tap.until(|frame| frame["action"] == "subscribe" && frame["group"] == topic).await;
    assert_eq!(ack["success"], true, "{ack}");
}

#[tokio::test(start_paused = true)]
async fn each_topic_of_a_request_is_confirmed_in_the_venues_words() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    let topics = ["futures/trade:BTCUSDT", "futures/klineBin1m:ETHUSDT"];
    for action in ["subscribe", "unsubscribe"] {
        tap.say(ask(action, &topics)).await;
        for topic in topics {
            let request = json!({"action": action, "args": topics});
            let wanted = json!({"action": action, "group": topic, "success": true, "request": request});
            assert_eq!(tap.hear().await, wanted);
        }
    }
    assert_eq!(desk.venue().streams().subscriptions, 0);
    assert_eq!(desk.venue().streams().most_subscriptions, 2);
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_refused_in_the_venues_words() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    let long: Vec<String> = (0..200).map(|_| "futures/ticker:BTCUSDT".to_owned()).collect();
    let unknown = |topic: &str| {
        let request = json!({"action": "subscribe", "args": [topic]});
        let error = format!("group [{topic}] not exist");
        json!({"action": "subscribe", "group": topic, "success": false, "request": request, "error": error})
    };
    let no_action = |error: &str| json!({"action": "", "success": false, "error": error});
    let invalid = |error: &str| json!({"success": false, "error": format!("Invalid message: {error}")});
    let cases = [
        (ask("subscribe", &["sfutures/depth50:BTCUSDT"]), unknown("sfutures/depth50:BTCUSDT")),
        (ask("subscribe", &["futures/ticker:NONE"]), unknown("futures/ticker:NONE")),
        (
            ask("subscribe", &["futures/order"]),
            json!({"action": "subscribe", "group": "futures/order", "success": false,
                "error": "futures/order need authenication"}),
        ),
        ("ping".into(), invalid("message must be JSON: ping")),
        ("{".into(), invalid("message must be JSON: {")),
        ("{}".into(), invalid("no action")),
        (r#"{"action":"subscribe","args":[1]}"#.into(), invalid("args must be a list of strings")),
        (r#"{"action":"dance","args":[]}"#.into(), no_action("Invalid action: dance")),
        (ask("subscribe", &[]), no_action("Invalid message: args is empty")),
        (
            json!({"action": "subscribe", "args": long}).to_string(),
            no_action("the total length of multiple channels cannot exceed 4096 bytes"),
        ),
        (
            ask("unsubscribe", &["futures/ticker:BTCUSDT"]),
            json!({"action": "unsubscribe", "group": "futures/ticker:BTCUSDT", "success": false,
                "request": {"action": "unsubscribe", "args": ["futures/ticker:BTCUSDT"]},
                "error": "group [futures/ticker:BTCUSDT] not subscribed"}),
        ),
    ];
    let count = cases.len() as u64;
    for (said, wanted) in cases {
        tap.say(said.clone()).await;
        assert_eq!(tap.hear().await, wanted, "{said}");
    }
    let report = desk.venue().streams();
    assert_eq!((report.refused_frames, report.frames_in, report.subscriptions), (count, count, 0));
}

#[tokio::test(start_paused = true)]
async fn what_was_observed_instead_is_a_switch() {
    let desk = Desk::with(Sim::builder().limits(false).manner(Manner::Observed)).await;
    let mut tap = public(&desk).await;
    tap.say(ask("subscribe", &["futures/nothing:BTCUSDT"])).await;
    assert_eq!(tap.hear().await["error"], "Invalid channel: not found futures/nothing:BTCUSDT");
    subscribe(&mut tap, "futures/klineBin1m:BTCUSDT").await;
    let push = tap.hear().await;
    assert!(push["data"]["items"][0]["o"].is_string(), "{push}");

    let desk = Desk::with(Sim::builder().limits(false).manner(Manner::Documented)).await;
    let mut tap = public(&desk).await;
    tap.say("ping").await;
    assert_eq!(tap.text().await, "pong");
}

#[tokio::test(start_paused = true)]
async fn pings_keep_a_connection_alive_and_silence_ends_it() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    // It says something once a minute, which isn't enough.
    subscribe(&mut tap, "futures/fundingRate:BTCUSDT").await;
    let mut seen = Vec::new();
    for _ in 0..40 {
        tokio::time::sleep(Duration::from_secs(15)).await;
        tap.say(r#"{"action":"ping"}"#).await;
        let pong = tap.until(|frame| frame["group"] == "System").await;
        let data = pong["data"].as_str().unwrap();
        assert!(data.strip_prefix("pong+").is_some_and(|uuid| uuid.len() == 36), "{data}");
        assert!(!seen.contains(&pong), "each has its own");
        seen.push(pong);
    }
    assert!(desk.venue().streams().closed.is_empty());
    assert_eq!(tap.end().await, Ended::Closed(1001, "no data within 20s".into()));
    assert_eq!(desk.venue().streams().closed["silence"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_websocket_ping_is_data_returned_too() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    tap.say(ask("subscribe", &["futures/fundingRate:BTCUSDT"])).await;
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_secs(19)).await;
        tap.socket.send(Message::Ping("x".into())).await.unwrap();
    }
    tokio::time::sleep(Duration::from_secs(19)).await;
    assert!(desk.venue().streams().closed.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_talks_needs_no_ping() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, "futures/ticker:BTCUSDT").await;
    let frames = tap.during(Duration::from_secs(120)).await;
    // Once a second at most, and only what changed.
    assert!((60..=121).contains(&frames.len()), "{}", frames.len());
    assert!(frames.windows(2).all(|two| two[0] != two[1]));
    assert!(desk.venue().streams().closed.is_empty());
}

#[tokio::test(start_paused = true)]
async fn who_subscribes_to_nothing_is_closed_after_5_seconds() {
    let desk = Desk::open().await;
    for path in [PUBLIC, PRIVATE] {
        let start = tokio::time::Instant::now();
        let mut tap = Tap::open(&desk.sim, desk.venue(), path).await;
        assert_eq!(tap.end().await, Ended::Closed(1001, "no subscription within 5s".into()));
        assert_eq!(start.elapsed().as_secs(), 5);
    }
    // A login alone is no subscription.
    let mut tap = private(&desk).await;
    assert_eq!(tap.end().await, Ended::Closed(1001, "no subscription within 5s".into()));
    let report = desk.venue().streams();
    assert_eq!((report.closed["lifeless"], report.opened, report.open), (3, 3, 0));
}

#[tokio::test(start_paused = true)]
async fn a_login_must_be_signed_and_fresh() {
    let desk = Desk::open().await;
    let venue = desk.venue();
    let failed = json!({"action": "access", "success": false, "error": format!(
        "access failed: openapi auth: apiKey {}**** failed: openapi auth failed", &venue.key()[..10])});
    let mut tap = Tap::open(&desk.sim, venue, PRIVATE).await;
    for said in [login(venue, 60_001, ""), login(venue, -60_001, ""), login(venue, 0, "0")] {
        tap.say(said).await;
        assert_eq!(tap.hear().await, failed);
    }
    for args in [json!([]), json!(["k", "1", "s", "web"]), json!([venue.key(), "+1", "s", "web"])] {
        tap.say(json!({"action": "access", "args": args}).to_string()).await;
        assert_eq!(tap.hear().await["success"], false);
    }
    tap.say(ask("subscribe", &["futures/position"])).await;
    assert_eq!(tap.hear().await["error"], "futures/position need authenication");
    tap.say(login(venue, 59_000, "")).await;
    assert_eq!(tap.hear().await["success"], true);
    subscribe(&mut tap, "futures/position").await;
    // Market data has a stream of its own.
    tap.say(ask("subscribe", &["futures/ticker:BTCUSDT"])).await;
    assert_eq!(tap.hear().await["error"], "group [futures/ticker:BTCUSDT] not exist");
}

#[tokio::test(start_paused = true)]
async fn subscribing_twice_is_one_subscription() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, "futures/trade:BTCUSDT").await;
    subscribe(&mut tap, "futures/trade:BTCUSDT").await;
    let report = desk.venue().streams();
    assert_eq!((report.subscriptions, report.topics["futures/trade:BTCUSDT"]), (1, 1));
    let mut ids = Vec::new();
    for _ in 0..20 {
        let push = tap.hear().await;
        ids.extend(push["data"].as_array().unwrap().iter().map(|row| row["trade_id"].as_u64().unwrap()));
    }
    assert!(ids.windows(2).all(|two| two[0] < two[1]), "none twice, in order: {ids:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_for_once_comes_once() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    for topic in ["futures/fundingRate:BTCUSDT", "futures/depthIncrease20:BTCUSDT@200ms"] {
        tap.say(ask("request", &[topic])).await;
        assert_eq!(tap.hear().await["group"], topic);
    }
    tap.say(ask("request", &["futures/ticker:BTCUSDT"])).await;
    assert_eq!(tap.hear().await["success"], false);
    assert_eq!(tap.end().await, Ended::Closed(1001, "no data within 20s".into()));
    assert_eq!(desk.venue().streams().subscriptions, 0);
}

#[tokio::test(start_paused = true)]
async fn funding_comes_at_once_and_then_every_minute() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, "futures/fundingRate:BTCUSDT").await;
    let mut times: Vec<i64> = Vec::new();
    while times.len() < 4 {
        tokio::select! {
            biased;
            push = tap.hear() => {
                if push["group"] == "futures/fundingRate:BTCUSDT" {
                    times.push(push["data"]["ts"].as_i64().unwrap());
                }
            }
            () = tokio::time::sleep(Duration::from_secs(10)) => tap.say(r#"{"action":"ping"}"#).await,
        }
    }
    assert!(times.windows(2).all(|two| two[1] - two[0] == 60_000), "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn minutes_pass_and_the_books_keep_their_speed() {
    let desk = Desk::with(Sim::builder().limits(false).starts_at_ms(1_700_000_000_000)).await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, "futures/depthAll5:BTCUSDT@200ms").await;
    let mut frames = 0u32;
    let mut last = 0;
    let start = tokio::time::Instant::now();
    while start.elapsed() < Duration::from_secs(300) {
        let push: Value = tap.hear().await;
        let at = push["data"]["ms_t"].as_i64().unwrap();
        assert!(at - last >= 200, "{last} {at}");
        last = at;
        frames += 1;
    }
    // The market moves twice a second.
    assert!((590..=601).contains(&frames), "{frames}");
    assert_eq!(desk.venue().streams().open, 1);
}
