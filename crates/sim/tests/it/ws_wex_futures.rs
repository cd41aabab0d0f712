//! Simulated WEX futures' streams: shapes, words, heartbeat, keys.

use std::time::Duration;

use serde_json::{Value, json};
use venue_sim::{Fault, Line};

use crate::desk::{GET, POST};
use crate::shape::same_shape;
use crate::tap::{Ended, Tap};
use crate::wex_futures::Desk;

/// Every channel's documented push, and what it is asked for by.
const PUSHES: [(&str, &str); 8] = [
    (
        "trade@btc_usdt",
        r#"{"topic":"trade","event":"trade@btc_usdt","data":{"s":"btc_usdt","p":"50000","a":"0.1","m":"BID","t":123124124}}"#,
    ),
    (
        "kline@btc_usdt,5m",
        r#"{"topic":"kline","event":"kline@btc_usdt,5m","data":{"s":"btc_index","o":"49000","c":"50000","h":"0.1","l":"0.1","a":"0.1","v":"0.1","ch":"0.21","t":123124124}}"#,
    ),
    (
        "agg_ticker@btc_usdt",
        r#"{"topic":"agg_ticker","event":"agg_ticker@btc_usdt","data":{"s":"btc_index","o":"49000","c":"50000","h":"0.1","l":"0.1","a":"0.1","v":"0.1","ch":"0.21","i":"0.21","m":"0.21","bp":"0.21","ap":"0.21","t":123124124}}"#,
    ),
    (
        "index_price@btc_usdt",
        r#"{"topic":"index_price","event":"index_price@btc_usdt","data":{"s":"btc_usdt","p":"50000","t":123124124}}"#,
    ),
    (
        "mark_price@btc_usdt",
        r#"{"topic":"mark_price","event":"mark_price@btc_usdt","data":{"s":"btc_usdt","p":"50000","t":123124124}}"#,
    ),
    (
        "depth_update@btc_usdt,100ms",
        r#"{"topic":"depth_update","event":"depth_update@btc_usdt","data":{"s":"btc_usdt","pu":120,"fu":121,"u":123,"a":[["34000","1.2"]],"b":[["32000","0.2"]],"t":123456789}}"#,
    ),
    (
        "depth@btc_usdt,20,1000ms",
        r#"{"topic":"depth","event":"depth@btc_usdt,20","data":{"id":"1234","s":"btc_index","a":[["50000","0.1"]],"b":[["49999","0.1"]],"t":123456789}}"#,
    ),
    (
        "fund_rate@btc_usdt",
        r#"{"topic":"fund_rate","event":"fund_rate@btc_usdt","data":{"s":"btc_usdt","r":"0.01","t":123124124}}"#,
    ),
];

const OWN: [(&str, &str); 4] = [
    (
        "balance",
        r#"{"topic":"balance","event":"balance@123456","data":{"coin":"usdt","underlyingType":1,"walletBalance":"123","openOrderMarginFrozen":"123","isolatedMargin":"213","crossedMargin":"0"}}"#,
    ),
    (
        "position",
        r#"{"topic":"position","event":"position@123456","data":{"symbol":"btc_usdt","contractType":"PERPUTUAL","positionType":"ISOLATED","positionSide":"LONG","positionSize":"123","closeOrderSize":"100","availableCloseSize":"23","realizedProfit":"123","entryPrice":"213","isolatedMargin":"213","openOrderMarginFrozen":"123","underlyingType":"","leverage":20}}"#,
    ),
    (
        "trade",
        r#"{"topic":"trade","event":"trade@123456","data":{"orderId":"12312312","clientOrderId":"123456","price":"34244","quantity":"123","marginUnfrozen":"123","timestamp":1731231231,"symbol":"btc_usdt","orderSide":"BUY","positionSide":"LONG","isMaker":true,"fee":0.0002}}"#,
    ),
    (
        "order",
        r#"{"topic":"order","event":"order@123456","data":{"symbol":"btc_usdt","orderId":"1234","origQty":"34244","avgPrice":"123","price":"1111","executedQty":"34244","orderSide":"BUY","timeInForce":"IOC","positionSide":"LONG","marginFrozen":"123","sourceType":"default","type":"ORDER","state":"FILLED","createdTime":1731231231,"leverage":20,"positionType":"ISOLATED","orderType":"MARKET"}}"#,
    ),
];

async fn open(desk: &Desk, line: &str) -> Tap {
    Tap::open(&desk.sim, desk.venue(), &format!("/ws/{line}")).await
}

async fn key(desk: &Desk) -> String {
    desk.ask(GET, "/future/user/v1/user/listen-key", "").await.as_str().unwrap().to_owned()
}

fn request(method: &str, params: &[&str]) -> String {
    json!({"method": method, "params": params, "id": "mine"}).to_string()
}

/// The answer to a request, whatever is pushed meanwhile.
async fn ask(tap: &mut Tap, frame: String) -> Value {
    tap.say(frame).await;
    tap.until(|frame| frame.get("code").is_some()).await
}

fn documented(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[tokio::test(start_paused = true)]
async fn public_pushes_have_the_documented_shape() {
    let desk = Desk::open().await;
    for (topic, example) in PUSHES {
        let mut tap = open(&desk, "market").await;
        let granted = ask(&mut tap, request("SUBSCRIBE", &[topic])).await;
        assert_eq!(granted, json!({"id": "mine", "code": 0, "msg": ""}));
        let example = documented(example);
        let whole = |push: &Value| {
            let sides = [&push["data"]["a"], &push["data"]["b"]];
            push["topic"] == example["topic"] && sides.iter().all(|side| *side != &json!([]))
        };
        let beat = tokio::time::timeout(Duration::from_secs(25), tap.until(whole)).await;
        let push = match beat {
            Ok(push) => push,
            // The funding rate's beat is longer than the venue's patience.
            Err(_) => loop {
                tap.say("ping").await;
                assert_eq!(tap.text().await, "pong");
                let next = tokio::time::timeout(Duration::from_secs(25), tap.until(whole)).await;
                if let Ok(push) = next {
                    break push;
                }
            },
        };
        same_shape(topic, &example, &push);
        assert_eq!(push["event"], example["event"], "{topic}");
        assert!(ask(&mut tap, request("UNSUBSCRIBE", &[topic])).await["code"] == 0);
        assert_eq!(desk.venue().streams().subscriptions, 0);
    }
}

const ORDER: &str = r#"{"symbol":"btc_usdt","orderSide":"BUY","positionSide":"LONG","orderType":"MARKET","timeInForce":"IOC","origQty":3}"#;

#[tokio::test(start_paused = true)]
async fn private_pushes_have_the_documented_shape() {
    let desk = Desk::open().await;
    let key = key(&desk).await;
    let mut tap = open(&desk, "user").await;
    let topics: Vec<String> = ["order", "trade", "balance", "position", "notify"]
        .iter()
        .map(|topic| format!("{topic}@{key}"))
        .collect();
    let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
    let granted = ask(&mut tap, request("SUBSCRIBE", &topics)).await;
    assert_eq!(granted, json!({"id": "mine", "code": 0, "msg": "success"}));
    desk.ask(POST, "/future/trade/v1/order/create", ORDER).await;
    let mut pushes = tap.during(Duration::from_secs(5)).await;
    pushes.retain(|push| push.get("topic").is_some());
    for (topic, example) in OWN {
        let example = documented(example);
        let mut of_topic = pushes.iter().filter(|push| push["topic"] == topic).peekable();
        assert!(of_topic.peek().is_some(), "{topic}");
        for push in of_topic {
            same_shape(topic, &example, push);
        }
    }
    let report = format!("{:?}", desk.venue().streams());
    assert!(!report.contains(&key), "{report}");
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_refused_in_the_venues_words() {
    let desk = Desk::open().await;
    let mut tap = open(&desk, "market").await;
    for (frame, code, msg) in [
        (
            request("SUBSCRIBE", &["trade@btc_usdt", "trade@none_usdt"]),
            1,
            "checkSymbol error, symbol:none_usdt",
        ),
        (request("SUBSCRIBE", &["trade@BTC_USDT"]), 1, "checkSymbol error, symbol:BTC_USDT"),
        (request("SUBSCRIBE", &["kline@btc_usdt"]), 400, "Bad request payload. Please check it."),
        (request("SUBSCRIBE", &[]), 400, "Bad request payload. Please check it."),
        (request("LOGIN", &["x"]), 400, "Bad request payload. Please check it."),
        ("not json".to_owned(), 400, "Bad request payload. Please check it."),
    ] {
        let answer = ask(&mut tap, frame).await;
        assert_eq!((&answer["code"], &answer["msg"]), (&json!(code), &json!(msg)));
    }
    let mut tap = open(&desk, "user").await;
    for (frame, msg) in [
        (request("SUBSCRIBE", &["order@nokey"]), "order@invalid_listenkey"),
        (request("SUBSCRIBE", &["order"]), "Invalid Parameter"),
        (request("SUBSCRIBE", &["depth@x"]), "Invalid Parameter"),
    ] {
        let answer = ask(&mut tap, frame).await;
        assert_eq!((&answer["code"], &answer["msg"]), (&json!(1), &json!(msg)));
    }
    assert_eq!(desk.venue().streams().refused_frames, 9);
    assert_eq!(desk.venue().streams().subscriptions, 0);
    assert_eq!(Tap::try_open(&desk.sim, desk.venue(), "/ws/other").await.err(), Some(404));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_says_no_ping_is_left_although_data_flows() {
    let desk = Desk::open().await;
    let mut tap = open(&desk, "market").await;
    ask(&mut tap, request("SUBSCRIBE", &["agg_ticker@btc_usdt"])).await;
    let began = tokio::time::Instant::now();
    assert_eq!(tap.end().await, Ended::Dropped);
    assert_eq!(began.elapsed().as_secs(), 30);
    assert_eq!(desk.venue().streams().closed.get("silence"), Some(&1));
}

#[tokio::test(start_paused = true)]
async fn requests_and_streams_tell_one_funding_rate() {
    let desk = Desk::open().await;
    let rest = desk.ask(GET, "/future/market/v1/public/q/funding-rate", "symbol=btc_usdt").await;
    let past = desk.ask(GET, "/future/market/v1/public/q/funding-rate-record", "symbol=btc_usdt").await;
    let mut tap = open(&desk, "market").await;
    ask(&mut tap, request("SUBSCRIBE", &["fund_rate@btc_usdt"])).await;
    let beat = async {
        loop {
            tokio::time::sleep(Duration::from_secs(20)).await;
            tap.say("ping").await;
            let heard = tap.text().await;
            if heard != "pong" {
                return serde_json::from_str::<Value>(&heard).unwrap();
            }
        }
    };
    let push = beat.await;
    let said = |row: &Value| row["fundingRate"].to_string();
    let now = said(&rest["items"][0]);
    assert_eq!(push["data"]["r"].as_str(), Some(now.as_str()), "{rest}");
    assert_eq!(said(&past["items"][0]), now);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_ends_takes_its_connection_along() {
    let desk = Desk::open().await;
    let key = key(&desk).await;
    let mut tap = open(&desk, "user").await;
    desk.venue().fault(Fault::ExpireKey.line(Line::Private));
    let granted = ask(&mut tap, request("SUBSCRIBE", &[&format!("order@{key}")])).await;
    assert_eq!(granted["code"], 0);
    let told = tap.hear().await;
    assert_eq!((&told["code"], &told["msg"]), (&json!(1), &json!("order@invalid_listenkey")));
    assert_eq!(tap.end().await, Ended::Closed(1000, "order@invalid_listenkey".into()));
    let mut again = open(&desk, "user").await;
    let refused = ask(&mut again, request("SUBSCRIBE", &[&format!("order@{key}")])).await;
    assert_eq!(refused["msg"], "order@invalid_listenkey");
}
