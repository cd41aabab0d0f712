//! Simulated Pumpkin's stream: words, limits, heartbeat, shapes, numbers.

use std::time::Duration;

use serde_json::{Value, json};
use venue_sim::{Running, Sim, Which};

use crate::shape::same_shape;
use crate::tap::{Ended, Tap};

async fn start() -> Sim {
    Sim::builder().venue(Which::Pumpkin).plain(true).seed(5).start().await.unwrap()
}

fn venue(sim: &Sim) -> &Running {
    sim.venue(Which::Pumpkin)
}

async fn open(sim: &Sim) -> Tap {
    Tap::open(sim, venue(sim), "/").await
}

fn request(method: &str, topics: &[&str]) -> String {
    json!({ "events": topics, "method": method }).to_string()
}

fn granted() -> Value {
    json!({"code": 0, "msg": "success"})
}

async fn subscribe(tap: &mut Tap, topics: &[&str]) {
    tap.say(request("sub", topics)).await;
    assert_eq!(tap.until(|frame| frame.get("code").is_some()).await, granted());
}

#[tokio::test(start_paused = true)]
async fn a_request_has_one_answer_however_many_topics() {
    let sim = start().await;
    let mut tap = open(&sim).await;
    let topics = ["kline@btc_usdt,1M", "trade@eth_usdt"];
    for (method, left) in [("sub", 2), ("sub", 2), ("unsub", 0), ("unsub", 0)] {
        tap.say(request(method, &topics)).await;
        assert_eq!(tap.until(|frame| frame.get("code").is_some()).await, granted());
        assert_eq!(venue(&sim).streams().subscriptions, left);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_refused_by_the_documented_code_and_as_a_whole() {
    let sim = start().await;
    let mut tap = open(&sim).await;
    let (mut said, mut all) = (0, Vec::new());
    for level in 1..=50 {
        all.extend(["btc", "eth", "sol"].map(|base| format!("depth@{base}_usdt,{level}")));
    }
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    for (text, code, msg) in [
        (request("sub", &["trade@btc_usdt", "trade"]), 40001, "Invalid topic format"),
        (request("sub", &["kline@btc_usdt"]), 40001, "Invalid topic format"),
        (request("sub", &["kline@btc_usdt,2m"]), 40001, "Invalid topic format"),
        (request("sub", &["trade@btc_usdt,1m"]), 40001, "Invalid topic format"),
        (request("sub", &["depth@btc_usdt,51"]), 40001, "Invalid topic format"),
        (request("sub", &["depth@btc_usdt,+5"]), 40001, "Invalid topic format"),
        (request("unsub", &["depth@btc_usdt,"]), 40001, "Invalid topic format"),
        (request("sub", &["funding@btc_usdt"]), 40002, "Topic not found"),
        (request("sub", &["trade@btc_usdt", "trade@none_usdt"]), 40002, "Topic not found"),
        (request("sub", &["trade@BTC_USDT"]), 40002, "Topic not found"),
        (request("sub", &all[..101]), 40003, "Subscription limit exceeded"),
        (request("dance", &["trade@btc_usdt"]), 40004, "Invalid parameters"),
        (request("sub", &[]), 40004, "Invalid parameters"),
        (r#"{"events":"trade@btc_usdt","method":"sub"}"#.to_owned(), 40004, "Invalid parameters"),
        ("{".to_owned(), 40004, "Invalid parameters"),
        ("Ping".to_owned(), 40004, "Invalid parameters"),
    ] {
        tokio::time::sleep(Duration::from_millis(200)).await;
        tap.say(text.clone()).await;
        assert_eq!(tap.hear().await, json!({"code": code, "msg": msg}), "{text}");
        said += 1;
    }
    let report = venue(&sim).streams();
    assert_eq!((report.refused_frames, report.subscriptions), (said, 0));
    // A hundred fit.
    tokio::time::sleep(Duration::from_secs(1)).await;
    subscribe(&mut tap, &all[..100]).await;
    assert_eq!(venue(&sim).streams().subscriptions, 100);
}

#[tokio::test(start_paused = true)]
async fn eleven_requests_in_a_second_are_too_many_and_pings_are_none() {
    let sim = start().await;
    let mut tap = open(&sim).await;
    for _ in 0..10 {
        tap.say("ping").await;
        assert_eq!(tap.text().await, "pong");
        tap.say(request("unsub", &["trade@btc_usdt"])).await;
        assert_eq!(tap.hear().await, granted());
    }
    tap.say(request("unsub", &["trade@btc_usdt"])).await;
    assert_eq!(tap.hear().await, json!({"code": 40006, "msg": "Rate limit exceeded"}));
    tokio::time::sleep(Duration::from_secs(1)).await;
    tap.say(request("unsub", &["trade@btc_usdt"])).await;
    assert_eq!(tap.hear().await, granted());
}

#[tokio::test(start_paused = true)]
async fn pings_keep_a_connection_alive_and_silence_ends_it() {
    let sim = start().await;
    let mut tap = open(&sim).await;
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_secs(9)).await;
        tap.say("ping").await;
        assert_eq!(tap.text().await, "pong");
    }
    // What it hears itself doesn't count.
    subscribe(&mut tap, &["trade@btc_usdt"]).await;
    assert_eq!(tap.end().await, Ended::Closed(1001, "no ping within 10s".into()));
    assert_eq!(venue(&sim).streams().closed["silence"], 1);
}

#[tokio::test(start_paused = true)]
async fn there_is_one_path() {
    let sim = start().await;
    for path in ["/ws", "/public"] {
        assert_eq!(Tap::try_open(&sim, venue(&sim), path).await.err(), Some(404), "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn pushes_have_the_documented_shape() {
    let kline = r#"{"e":"kline","s":"trx_usdt","k":{"s":"trx_usdt","i":"1m","t":1646382900000,"o":"0.31865","c":"0.31862","h":"0.31865","l":"0.31862","v":"369","a":"117.57114"}}"#;
    let trade = r#"{"e":"trade","s":"btc_usdt","t":1234567890123456,"p":"95150.62","a":"7","m":"BID"}"#;
    let depth = |event: &str| {
        format!(
            r#"{{"e":"{event}","s":"btc_usdt","U":1234567890,"u":1234567891,"b":[["45000.00","1.2345"]],"a":[["45001.00","0.5432"]]}}"#
        )
    };
    let sim = start().await;
    let mut tap = open(&sim).await;
    let mut examples: Vec<(String, &str, String)> =
        ["1m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1M", "3M", "6M"]
            .map(|interval| (format!("kline@btc_usdt,{interval}"), "kline", kline.to_owned()))
            .into();
    examples.push(("trade@btc_usdt".to_owned(), "trade", trade.to_owned()));
    examples.push(("depth@btc_usdt,10".to_owned(), "depth", depth("depth")));
    examples.push(("depth@btc_usdt,10".to_owned(), "depth.update", depth("depth.update")));
    for (topic, event, example) in examples {
        tap.say("ping").await;
        tokio::time::sleep(Duration::from_millis(150)).await;
        tap.say(request("sub", &[&topic])).await;
        let interval = topic.strip_prefix("kline@btc_usdt,");
        let push = loop {
            let text = tap.text().await;
            let Ok(frame) = serde_json::from_str::<Value>(&text) else { continue };
            let is_side = |side: &str| frame[side].as_array().is_some_and(|levels| !levels.is_empty());
            let is_full = event != "depth.update" || (is_side("a") && is_side("b"));
            if frame["e"] == event && is_full && interval.is_none_or(|interval| frame["k"]["i"] == interval) {
                break frame;
            }
        };
        same_shape(&topic, &serde_json::from_str(&example).unwrap(), &push);
        tap.say(request("unsub", &[&topic])).await;
    }
}

#[tokio::test(start_paused = true)]
async fn changes_of_a_book_follow_each_other_to_the_number() {
    let sim = start().await;
    let mut tap = open(&sim).await;
    subscribe(&mut tap, &["depth@btc_usdt,5"]).await;
    let whole = tap.hear().await;
    assert_eq!((&whole["e"], &whole["U"]), (&json!("depth"), &whole["u"]));
    let mut last = whole["u"].as_u64().unwrap();
    for _ in 0..50 {
        let change = tap.hear().await;
        assert_eq!(change["e"], "depth.update");
        assert_eq!(change["U"], last + 1);
        let next = change["u"].as_u64().unwrap();
        assert!(next > last);
        last = next;
        tap.say("ping").await;
        assert_eq!(tap.text().await, "pong");
    }
}
