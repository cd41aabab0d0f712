//! Simulated Hibt's streams: words, logins, shapes, and what happens to an account's own orders.

use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use ring::hmac;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use venue_sim::{Fault, Line, Manner, Running};

use crate::hibt::Stall;
use crate::shape::same_shape;
use crate::tap::{Ended, Tap};

const PATH: &str = "/v2/ws";

async fn open(stall: &Stall) -> Tap {
    let mut tap = Tap::open(&stall.sim, stall.venue(), PATH).await;
    let hello = tap.hear().await;
    let now = stall.venue().clock().now_ms();
    assert_eq!(hello, json!({"type": "hello", "data": "success", "ts": now}));
    tap
}

async fn private(stall: &Stall) -> Tap {
    let mut tap = open(stall).await;
    tap.say(login(stall.venue(), 0, "").to_string()).await;
    assert_eq!(tap.hear().await, json!({"type": "auth", "data": "ok"}));
    tap
}

/// A login that is so old, with something behind its signature.
fn login(venue: &Running, lag_ms: i64, spoil: &str) -> Value {
    let at = (venue.clock().now_ms() - lag_ms).to_string();
    let key = hmac::Key::new(hmac::HMAC_SHA256, venue.secret().as_bytes());
    let sign: String = hmac::sign(&key, at.as_bytes()).as_ref().iter().map(|b| format!("{b:02x}")).collect();
    json!({"event": "auth", "accessKey": venue.key(), "timestamp": at, "signature": sign + spoil})
}

async fn subscribe(tap: &mut Tap, topic: &str) {
    tap.say(json!({"event": "sub", "topic": topic}).to_string()).await;
    let ack = tap.until(|frame| frame["type"] == "sub" && frame["data"]["topic"] == topic).await;
    assert_eq!(ack["data"]["status"], "ok", "{ack}");
}

const BOOK: &str = r#"{"symbol":"btc_usdt","asks":["59120.5","0.31"],"bids":["59120","2"]}"#;
const CANDLE: &str = r#"["12.031","711234.51","59100","59130.5","59099","59120.5","1724916840000"]"#;

fn public_examples() -> Vec<(String, &'static str)> {
    let mut examples = vec![
        ("btc_usdt.5deep".to_owned(), BOOK),
        ("btc_usdt.10deep".to_owned(), BOOK),
        ("eth_usdt.20deep".to_owned(), BOOK),
        (
            "btc_usdt.ticker".to_owned(),
            r#"{"symbol":"btc_usdt","amount":"1034.51","volume":"61231209.2","open":"58900","close":"59120.5","high":"59800","low":"58100.5","lastPrice":"59120.5","lastAmount":"0.01","lastTime":1724916869400,"change":"0.37"}"#,
        ),
        ("btc_usdt.index".to_owned(), r#"{"symbol":"btc_usdt","price":"59118.21","time":1724916869470}"#),
        ("btc_usdt.trade".to_owned(), r#"["59120.5","1","0.010","1724916869470"]"#),
    ];
    for length in ["M1", "M5", "M15", "M30", "H1", "H2", "H4", "H6", "H12", "D1", "W1"] {
        examples.push((format!("btc_usdt.candle.{length}"), CANDLE));
    }
    examples
}

#[tokio::test(start_paused = true)]
async fn public_pushes_have_the_shape_that_is_known() {
    let stall = Stall::open().await;
    let mut tap = open(&stall).await;
    for (topic, data) in public_examples() {
        subscribe(&mut tap, &topic).await;
        let push = tap.until(|frame| frame["type"] == topic.as_str()).await;
        let data: Value = serde_json::from_str(data).unwrap();
        same_shape(&topic, &json!({"type": topic, "ts": 1, "data": data}), &push);
        let flat = push["data"].as_array().map(Vec::len);
        assert!(flat.is_none() || flat == data.as_array().map(Vec::len), "{push}");
    }
    assert_eq!(stall.venue().streams().subscriptions, public_examples().len());
}

#[tokio::test(start_paused = true)]
async fn what_happens_to_an_account_is_pushed_as_its_lists_have_it() {
    let stall = Stall::open().await;
    let mut tap = private(&stall).await;
    for topic in ["user.order", "user.position", "user.balance", "user.entrust"] {
        subscribe(&mut tap, topic).await;
    }
    let order = json!({"symbol": "btc_usdt", "type": 1, "side": 1, "leverage": 10, "price": "50000", "amount": "0.01", "customID": "a1"});
    let placed = stall.ask("POST /v2/order/open", &order).await;
    let push = tap.until(|frame| frame["type"] == "user.order").await;
    let open = stall.ask("GET /v2/order/unFinish", &json!({"symbol": "btc_usdt"})).await;
    assert_eq!((&push["data"], &push["data"][0]["id"]), (&open, &placed["orderID"]));
    same_shape("user.order", &stall.documented("GET /v2/order/unFinish")["data"], &push["data"]);
    let push = tap.until(|frame| frame["type"] == "user.balance").await;
    let balance = stall.ask("GET /v2/account/balance", &json!({})).await;
    assert_eq!(push["data"], balance);
    assert_eq!(balance["frozen"], "50.3");

    stall.ask("POST /v2/order/cancel", &json!({"symbol": "btc_usdt", "customID": "a1"})).await;
    let push = tap.until(|frame| frame["type"] == "user.order").await;
    assert_eq!((&push["data"][0]["state"], &push["data"][0]["customID"]), (&json!(3), &json!("a1")));
    let push = tap.until(|frame| frame["type"] == "user.balance").await;
    assert_eq!(push["data"]["frozen"], "0");

    let market = json!({"symbol": "btc_usdt", "type": 2, "side": 1, "leverage": 10, "amount": "0.01"});
    stall.ask("POST /v2/order/open", &market).await;
    let push = tap.until(|frame| frame["type"] == "user.position").await;
    let held = stall.ask("GET /v2/account/position", &json!({})).await;
    assert_eq!(push["data"][0]["positionID"], held[0]["positionID"]);
    let mut like = stall.documented("GET /v2/account/position")["data"].clone();
    // Nothing protects this one.
    like[0]["spSlPartData"] = json!([]);
    same_shape("user.position", &like, &push["data"]);
    stall.ask("POST /v2/order/closeAll", &json!({"symbol": "btc_usdt"})).await;
    let push = tap.until(|f| f["type"] == "user.position" && f["data"][0]["amount"] == "0").await;
    assert_eq!(push["data"][0]["symbol"], "btc_usdt");

    let wait = json!({"symbol": "btc_usdt", "side": 1, "triggerType": 1, "triggerPrice": "40000", "amount": "0.01", "leverage": 10, "price": "40000"});
    let entrust = stall.ask("POST /v2/entrust/add", &wait).await;
    let push = tap.until(|frame| frame["type"] == "user.entrust").await;
    assert_eq!(push["data"], json!([entrust]));
    let id = json!({"symbol": "btc_usdt", "entrustID": entrust["id"]});
    stall.ask("POST /v2/entrust/cancel", &id).await;
    let push = tap.until(|frame| frame["type"] == "user.entrust").await;
    assert_eq!(push["data"][0]["status"], 3);
}

#[tokio::test(start_paused = true)]
async fn a_topic_of_nothing_is_confirmed_and_silent() {
    let stall = Stall::open().await;
    let mut tap = private(&stall).await;
    for topic in ["none_usdt.ticker", "BTC_USDT.trade", "btc_usdt.50deep", "user.trade", "btc_usdt.candle.M3"]
    {
        subscribe(&mut tap, topic).await;
    }
    assert_eq!(tap.during(Duration::from_secs(600)).await, Vec::<Value>::new());
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_refused_with_a_text_for_data() {
    let stall = Stall::open().await;
    let mut tap = open(&stall).await;
    for (frame, why) in [
        (json!({"event": "sub", "topic": "ticker"}), "error topic"),
        (json!({"event": "sub", "topic": 5}), "error topic"),
        (json!({"event": "sub"}), "error topic"),
        (json!({"event": "subscribe", "topic": "btc_usdt.ticker"}), "WebSocket: Invalid event type"),
        (json!({"event": "sub", "topic": "user.order"}), "Unauthorized"),
    ] {
        tap.say(frame.to_string()).await;
        let now = stall.venue().clock().now_ms();
        assert_eq!(tap.hear().await, json!({"type": "error", "ts": now, "data": why}), "{frame}");
    }
    assert_eq!(stall.venue().streams().refused_frames, 5);
    tap.say(r#"{"event":"unsub","topic":"user.order"}"#).await;
    assert_eq!(tap.hear().await["data"]["status"], "ok");
}

#[tokio::test(start_paused = true)]
async fn a_login_is_checked_and_its_refusal_says_why() {
    let stall = Stall::open().await;
    let mut tap = open(&stall).await;
    let good = || login(stall.venue(), 0, "");
    let with = |name: &str, value: &str| {
        let mut login = good();
        login[name] = json!(value);
        login
    };
    for (frame, why) in [
        (login(stall.venue(), 0, "0"), "Signature verification failed"),
        (login(stall.venue(), 300_001, ""), "Timestamp expired"),
        (login(stall.venue(), -301_000, ""), "Timestamp expired"),
        (with("accessKey", "other"), "Invalid Access Key"),
        (with("accessKey", ""), "X-ACCESS-KEY not provided"),
        (with("signature", ""), "X-SIGNATURE not provided"),
        (with("timestamp", "+5"), "Invalid parameters"),
        (with("timestamp", "1724916869000"), "Signature verification failed"),
    ] {
        tokio::time::advance(Duration::from_millis(5)).await;
        tap.say(frame.to_string()).await;
        assert_eq!(tap.hear().await, json!({"type": "auth", "data": why}), "{frame}");
    }
    tap.say(login(stall.venue(), 299_000, "").to_string()).await;
    assert_eq!(tap.hear().await, json!({"type": "auth", "data": "ok"}));
    subscribe(&mut tap, "user.order").await;
}

#[tokio::test(start_paused = true)]
async fn a_frame_without_an_event_ends_the_connection() {
    let stall = Stall::open().await;
    for frame in [r#"{"op":"ping"}"#, "ping", "[]", r#"{"event":5}"#, ""] {
        let mut tap = open(&stall).await;
        tap.say(frame).await;
        assert_eq!(tap.end().await, Ended::Dropped, "{frame}");
    }
    assert_eq!(stall.venue().streams().closed.get("protocol"), Some(&5));
    assert_eq!(Tap::try_open(&stall.sim, stall.venue(), "/open-api/v2/ws").await.err(), Some(404));
}

#[tokio::test(start_paused = true)]
async fn the_venue_pings_unless_it_keeps_to_its_documents() {
    for (manner, pings) in [(Manner::Usual, 3), (Manner::Observed, 3), (Manner::Documented, 0)] {
        let stall = Stall::with(manner).await;
        let mut tap = open(&stall).await;
        let mut seen = 0;
        let end = tokio::time::sleep(Duration::from_secs(170));
        tokio::pin!(end);
        loop {
            tokio::select! {
                next = tap.socket.next() => seen += usize::from(matches!(next, Some(Ok(Message::Ping(_))))),
                () = &mut end => break,
            }
        }
        assert_eq!(seen, pings, "{manner:?}");
        // And it answers pings.
        tap.socket.send(Message::Ping("x".into())).await.unwrap();
        assert!(matches!(tap.socket.next().await, Some(Ok(Message::Pong(_)))));
        assert_eq!(stall.venue().streams().frames_out, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_becomes_private_with_its_login_for_faults_too() {
    let stall = Stall::open().await;
    stall.venue().fault(Fault::Disconnect.line(Line::Private));
    let mut public = open(&stall).await;
    subscribe(&mut public, "btc_usdt.ticker").await;
    let mut own = open(&stall).await;
    own.say(login(stall.venue(), 0, "").to_string()).await;
    assert_eq!(own.end().await, Ended::Dropped);
    public.until(|frame| frame["type"] == "btc_usdt.ticker").await;
}
