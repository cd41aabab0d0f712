//! Simulated `HashKey`'s public streams: both versions, their words, speeds and shapes.

use std::io::Read as _;
use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use venue_sim::{Fault, Manner, Sim, Which};

use crate::hashkey;
use crate::shape::same_shape;
use crate::tap::{Ended, Tap};

const V1: &str = "/quote/ws/v1";
const V2: &str = "/quote/ws/v2";

async fn open(sim: &Sim, path: &str) -> Tap {
    Tap::open(sim, sim.venue(Which::HashKey), path).await
}

fn v1(topic: &str) -> Value {
    json!({"symbol": "BTCUSDT", "topic": topic, "event": "sub", "params": {"binary": false}})
}

fn v2(topic: &str) -> Value {
    let mut params = json!({"symbol": "BTCUSDT"});
    if topic == "kline" {
        params["klineType"] = "1m".into();
    }
    json!({"topic": topic, "event": "sub", "params": params})
}

/// The documented pushes, and those of undocumented topics as they were seen.
const PUSHES: [(&str, &str, &str); 13] = [
    (
        V1,
        "kline_1m",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"kline","params":{"realtimeInterval":"24h","klineType":"1m","binary":"false"},"data":[{"t":1766727660000,"s":"BTCUSDT","sn":"BTCUSDT","c":"88888.01","h":"88888.01","l":"88888.01","o":"88888.01","v":"0","et":0,"qv":"0","td":0,"tb":"0","tq":"0"}],"f":true,"sendTime":1766727675969,"shared":false}"#,
    ),
    (
        V1,
        "realtimes",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"realtimes","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"t":1764598623773,"s":"BTCUSDT","sn":"BTCUSDT","c":"86127.13","h":"91854.4","l":"84834.68","o":"91592.99","v":"23.90583","qv":"2071254.823793","m":"-0.0597","e":301}],"f":false,"sendTime":1764598623952,"shared":false}"#,
    ),
    (
        V1,
        "trade",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"trade","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"v":"4620696243481038848","t":1764598927887,"p":"86101.4","q":"0.00314","m":false}],"f":false,"sendTime":1764598928016,"shared":false}"#,
    ),
    (
        V1,
        "depth",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"depth","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"e":301,"s":"BTCUSDT","t":1764599292355,"v":"538222447_18","b":[["86296.37","0.00046"]],"a":[["86296.38","0.00115"]],"o":0}],"f":false,"sendTime":1764599292481,"channelId":"0edeeafffed451ae-00000001-002a4da4-b065b0d60d88615a-688ef045","shared":false}"#,
    ),
    (
        V1,
        "diffMergedDepth",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"diffMergedDepth","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"e":301,"s":"BTCUSDT","t":1,"v":"1_18","b":[["1","1"]],"a":[["1","1"]],"o":0}],"f":true,"sendTime":1,"shared":false}"#,
    ),
    (
        V1,
        "markPrice",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"markPrice","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"symbol":"BTCUSDT","markPrice":"1","time":1}],"f":true,"sendTime":1,"shared":false}"#,
    ),
    (
        V1,
        "index",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"index","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"symbol":"BTCUSDT","index":"1","edp":"1","formula":"x"}],"f":true,"sendTime":1,"shared":false}"#,
    ),
    (
        V2,
        "kline",
        r#"{"topic":"kline","params":{"symbol":"BTCUSDT","klineType":"1m"},"data":{"t":1766728080000,"s":"BTCUSDT","sn":"BTCUSDT","c":"88947.71","h":"88947.71","l":"88947.71","o":"88947.71","v":"0"}}"#,
    ),
    (
        V2,
        "realtimes",
        r#"{"topic":"realtimes","params":{"symbol":"BTCUSDT"},"data":{"t":1766728440004,"s":"BTCUSDT","o":"87740.12","h":"89270.33","l":"86971.82","c":"88910.23","v":"0.20041","qv":"17621.0846565","m":"0.0133"}}"#,
    ),
    (
        V2,
        "trade",
        r#"{"topic":"trade","params":{"symbol":"ETHUSDT"},"data":{"v":"4645465192627367936","t":1766728952350,"p":"2974.53","q":"0.0089","m":false}}"#,
    ),
    (
        V2,
        "depth",
        r#"{"topic":"depth","params":{"symbol":"BTCUSDT"},"data":{"s":"BTCUSDT","t":1764659869550,"v":"735962141_2","b":[["86962.98","0.04215"]],"a":[["86962.99","0.34497"]]}}"#,
    ),
    (
        V2,
        "bbo",
        r#"{"topic":"bbo","params":{"symbol":"ETHUSDT"},"data":{"s":"ETHUSDT","b":"2974.52","bz":"0.0202","a":"2974.85","az":"0.2838","t":1766729017183}}"#,
    ),
    // Later pushes look like first ones.
    (
        V1,
        "kline_1M",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"kline","params":{"realtimeInterval":"24h","klineType":"1M","binary":"false"},"data":[{"t":1766727660000,"s":"BTCUSDT","sn":"BTCUSDT","c":"88888.01","h":"88888.01","l":"88888.01","o":"88888.01","v":"0","et":0,"qv":"0","td":0,"tb":"0","tq":"0"}],"f":true,"sendTime":1766727675969,"shared":false}"#,
    ),
];

#[tokio::test(start_paused = true)]
async fn public_pushes_have_the_documented_shape() {
    let sim = hashkey::open().await;
    for (path, topic, example) in PUSHES {
        let mut tap = open(&sim, path).await;
        tap.say(if path == V1 { v1(topic) } else { v2(topic) }.to_string()).await;
        let documented: Value = serde_json::from_str(example).unwrap();
        for at in 0..3 {
            let push = tap.until(|frame| frame.get("code").is_none()).await;
            // What only first pushes of deltas say: their pair.
            if topic != "diffMergedDepth" || at == 0 {
                same_shape(topic, &documented, &push);
            }
            if path == V1 {
                assert_eq!(push["f"], at == 0, "{topic}");
            }
        }
    }
    assert_eq!(sim.venue(Which::HashKey).streams().opened, 13);
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_refused_in_the_venues_words() {
    let sim = hashkey::open().await;
    let with = |mut frame: Value, name: &str, value: Value| {
        frame[name] = value;
        frame.to_string()
    };
    let first = |code: &str, desc: &str, topic: &str| json!({"code": code, "desc": desc, "topic": topic});
    let cases = [
        ("not json".to_owned(), json!({"code": "-10001", "desc": "Invalid JSON!"})),
        (with(v1("depth"), "symbol", "NONE".into()), first("-100010", "Invalid Symbols!", "depth")),
        (with(v1("depth"), "symbol", "BTCUSDT,NONE".into()), first("-100010", "Invalid Symbols!", "depth")),
        (v1("nothing").to_string(), first("-10004", "Invalid topic!", "nothing")),
        (v1("kline_7m").to_string(), first("-10009", "Invalid period!", "kline_7m")),
        (v1("bbo").to_string(), first("-10004", "Invalid topic!", "bbo")),
        (with(v1("depth"), "event", "dance".into()), first("-10002", "Invalid event", "depth")),
        (json!({"topic": "depth"}).to_string(), first("-10003", "Event required!", "depth")),
        (json!({"event": "sub"}).to_string(), json!({"code": "-10005", "desc": "Topic required!"})),
        (with(v1("depth"), "event", "cancel".into()), first("-100010", "Invalid Symbols!", "depth")),
    ];
    let mut tap = open(&sim, V1).await;
    let count = cases.len() as u64;
    for (said, wanted) in cases {
        tap.say(said.clone()).await;
        assert_eq!(tap.hear().await, wanted, "{said}");
    }
    let mut tap = open(&sim, V2).await;
    for (said, params, code, msg) in [
        (
            with(v2("depth"), "params", json!({"symbol": "NONE"})),
            json!({"symbol": "NONE"}),
            "-100011",
            "Parameter error!",
        ),
        (v2("nothing").to_string(), json!({"symbol": "BTCUSDT"}), "-10004", "Invalid topic!"),
    ] {
        tap.say(said.clone()).await;
        let topic = if code == "-100011" { "depth" } else { "nothing" };
        let wanted = json!({"topic": topic, "event": "sub", "params": params, "code": code, "msg": msg});
        assert_eq!(tap.hear().await, wanted, "{said}");
    }
    let report = sim.venue(Which::HashKey).streams();
    assert_eq!((report.refused_frames, report.subscriptions), (count + 2, 0));
}

#[tokio::test(start_paused = true)]
async fn the_second_version_confirms_and_the_first_does_not() {
    let sim = hashkey::open().await;
    let mut tap = open(&sim, V2).await;
    let mut asked = v2("trade");
    asked["site"] = "MENA".into();
    for event in ["sub", "cancel"] {
        asked["event"] = event.into();
        tap.say(asked.to_string()).await;
        let wanted = json!({"topic": "trade", "event": event, "params": {"symbol": "BTCUSDT"},
            "code": "0", "msg": "Success", "site": "mena"});
        assert_eq!(tap.hear().await, wanted);
    }
    let mut tap = open(&sim, V1).await;
    let mut asked = v1("trade");
    asked["symbol"] = "BTCUSDT,ETHUSDT".into();
    asked["id"] = 7.into();
    tap.say(asked.to_string()).await;
    for symbol in ["BTCUSDT", "ETHUSDT"] {
        let push = tap.hear().await;
        assert_eq!((&push["symbol"], &push["f"], &push["id"]), (&symbol.into(), &true.into(), &7.into()));
    }
    asked["event"] = "cancel_all".into();
    tap.say(asked.to_string()).await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    let report = sim.venue(Which::HashKey).streams();
    assert_eq!((report.subscriptions, report.most_subscriptions), (0, 2));
}

#[tokio::test(start_paused = true)]
async fn every_depth_frame_is_the_whole_book_at_its_speed() {
    let sim = hashkey::open().await;
    let venue = sim.venue(Which::HashKey);
    for (path, every_ms) in [(V1, 300), (V2, 100)] {
        let mut tap = open(&sim, path).await;
        tap.say(if path == V1 { v1("depth") } else { v2("depth") }.to_string()).await;
        let mut times: Vec<i64> = Vec::new();
        for _ in 0..40 {
            let push = tap.until(|frame| frame.get("code").is_none()).await;
            let data = if path == V1 { &push["data"][0] } else { &push["data"] };
            let book = venue.book("BTCUSDT").unwrap();
            let side = |name: &str| -> Vec<(Decimal, Decimal)> {
                let number = |value: &Value| value.as_str().unwrap().parse().unwrap();
                data[name]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|level| (number(&level[0]), number(&level[1])))
                    .collect()
            };
            assert_eq!((side("b"), side("a")), (book.bids, book.asks));
            times.push(data["t"].as_i64().unwrap());
        }
        assert!(times.windows(2).skip(1).all(|two| two[1] - two[0] >= every_ms), "{times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn deltas_make_the_book() {
    let sim = hashkey::open().await;
    let mut tap = open(&sim, V1).await;
    tap.say(v1("diffMergedDepth").to_string()).await;
    let mut sides = [("b", std::collections::BTreeMap::new()), ("a", std::collections::BTreeMap::new())];
    for order in 0..60u64 {
        let push = tap.hear().await;
        let data = &push["data"][0];
        assert_eq!((data["o"].as_u64(), data.get("s").is_some()), (Some(order), order == 0));
        for (name, side) in &mut sides {
            for level in data[*name].as_array().unwrap() {
                let number = |at: usize| level[at].as_str().unwrap().parse::<Decimal>().unwrap();
                if number(1).is_zero() {
                    side.remove(&number(0))
                } else {
                    side.insert(number(0), number(1))
                };
            }
        }
        let book = sim.venue(Which::HashKey).book("BTCUSDT").unwrap();
        let [bids, asks] = [&sides[0].1, &sides[1].1];
        let bids: Vec<_> = bids.iter().rev().map(|(price, qty)| (*price, *qty)).collect();
        let asks: Vec<_> = asks.iter().map(|(price, qty)| (*price, *qty)).collect();
        assert_eq!((bids, asks), (book.bids, book.asks), "{order}");
    }
}

#[tokio::test(start_paused = true)]
async fn binary_pushes_are_compressed() {
    let sim = hashkey::open().await;
    let mut tap = open(&sim, V1).await;
    let mut asked = v1("realtimes");
    asked["params"]["binary"] = true.into();
    tap.say(asked.to_string()).await;
    let Message::Binary(data) = tap.message().await.unwrap() else { panic!("it is text") };
    let mut text = String::new();
    flate2::read::GzDecoder::new(&data[..]).read_to_string(&mut text).unwrap();
    let push: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&push["topic"], &push["params"]["binary"]), (&"realtimes".into(), &"true".into()));
    sim.venue(Which::HashKey).fault(Fault::Garble(venue_sim::Garble::Truncated));
    let Message::Binary(cut) = tap.message().await.unwrap() else { panic!("it is text") };
    assert!(flate2::read::GzDecoder::new(&cut[..]).read_to_string(&mut text).is_err());
}

#[tokio::test(start_paused = true)]
async fn a_ping_is_answered_with_the_venues_clock() {
    let sim = hashkey::open().await;
    let venue = sim.venue(Which::HashKey);
    venue.clock().set_offset_ms(5000);
    let mut tap = open(&sim, V1).await;
    tap.say(r#"{"ping":1}"#).await;
    assert_eq!(tap.hear().await, json!({"pong": venue.clock().now_ms()}));
    // A minute without traffic, seen and not documented.
    assert_eq!(tap.end().await, Ended::Dropped);
    assert_eq!(venue.streams().closed["silence"], 1);
    let quiet =
        Sim::builder().venue(Which::HashKey).plain(true).manner(Manner::Documented).start().await.unwrap();
    let mut tap = open(&quiet, V1).await;
    let nothing = tokio::time::timeout(Duration::from_secs(3600), tap.message()).await;
    assert!(nothing.is_err());
}

#[tokio::test(start_paused = true)]
async fn best_prices_carry_a_number_that_nobody_documents() {
    let sim =
        Sim::builder().venue(Which::HashKey).plain(true).manner(Manner::Observed).start().await.unwrap();
    let mut tap = open(&sim, V2).await;
    tap.say(v2("bbo").to_string()).await;
    let push = tap.until(|frame| frame.get("code").is_none()).await;
    assert!(push["data"]["v"].is_string(), "{push}");
}
