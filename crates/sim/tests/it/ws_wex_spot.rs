//! Simulated WEX spot's streams: words, tokens, heartbeats, speeds, shapes.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::SinkExt as _;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use venue_sim::{Fault, Manner, Sim};

use crate::shape::same_shape;
use crate::tap::{Ended, Tap};
use crate::wex_spot_desk::{DELETE, Desk, GET, POST};

async fn public(desk: &Desk) -> Tap {
    Tap::open(&desk.sim, desk.venue(), "/public").await
}

async fn private(desk: &Desk) -> Tap {
    Tap::open(&desk.sim, desk.venue(), "/private").await
}

async fn token(desk: &Desk) -> String {
    desk.ask(POST, "/v4/ws-token", "").await["accessToken"].as_str().unwrap().to_owned()
}

fn ask(method: &str, params: &[&str], key: Option<&str>) -> String {
    let mut request = json!({"method": method, "params": params, "id": "1"});
    if let Some(key) = key {
        request["listenKey"] = key.into();
    }
    request.to_string()
}

/// Subscribes, which is granted.
async fn subscribe(tap: &mut Tap, params: &[&str], key: Option<&str>) {
    tap.say(ask("subscribe", params, key)).await;
    let ack = tap.until(|frame| frame.get("code").is_some()).await;
    assert_eq!(ack, json!({"id": "1", "code": 0, "msg": "success"}));
}

/// A push of everything that can be subscribed to, as documented.
const PUBLIC: [(&str, &str); 6] = [
    (
        "trade@btc_usdt",
        r#"{"s":"btc_usdt","i":6316559590087222000,"t":1655992403617,"oi":6616559590087222666,"p":"43000","q":"0.21","v":"9030","b":true}"#,
    ),
    (
        "kline@btc_usdt,5m",
        r#"{"s":"btc_usdt","t":1656043200000,"i":"5m","o":"44000","c":"50000","h":"52000","l":"36000","q":"34.2","v":"230000"}"#,
    ),
    (
        "depth@btc_usdt,20",
        r#"{"s":"btc_usdt","i":1657699200000,"a":[["34000","1.2"],["34001","2.3"]],"b":[["32000","0.2"],["31000","0.5"]]}"#,
    ),
    (
        "depth_update@btc_usdt",
        r#"{"s":"btc_usdt","fi":121,"i":123,"a":[["34000","1.2"],["34001","2.3"]],"b":[["32000","0.2"],["31000","0.5"]]}"#,
    ),
    (
        "ticker@btc_usdt",
        r#"{"s":"btc_usdt","t":1657586700119,"cv":"-200","cr":"-0.02","o":"30000","c":"39000","h":"38000","l":"40000","q":"4","v":"150000"}"#,
    ),
    // The example is empty; its rows are tickers.
    (
        "tickers",
        r#"[{"s":"btc_usdt","t":1657586700119,"cv":"-200","cr":"-0.02","o":"30000","c":"39000","h":"38000","l":"40000","q":"4","v":"150000"}]"#,
    ),
];
const OWN: [(&str, &str); 3] = [
    ("balance", r#"{"a":"123","t":1656043204763,"c":"btc","b":"123","f":"11","z":"SPOT","s":"btc_usdt"}"#),
    (
        "order",
        r#"{"s":"btc_usdt","bc":"btc","qc":"usdt","t":1656043204763,"ct":1656043204663,"i":"6216559590087220004","ci":"test123","st":"PARTIALLY_FILLED","sd":"BUY","tp":"LIMIT","oq":"4","oqq":48000,"eq":"2","lq":"2","p":"4000","ap":"30000","f":"0.002"}"#,
    ),
    (
        "trade",
        r#"{"s":"btc_usdt","i":6316559590087222000,"t":1655992403617,"oi":6616559590087222666,"p":"43000","q":"0.21","v":"9030","b":true,"tm":1}"#,
    ),
];

async fn compare(tap: &mut Tap, name: &str, data: &str) {
    // A change of one side only says nothing of the other.
    let whole = |push: &Value| {
        let sides = ["a", "b"].map(|side| push["data"][side].as_array().is_some_and(|side| !side.is_empty()));
        !name.starts_with("depth") || sides == [true; 2]
    };
    let push = tap.until(|frame| frame["event"] == name && whole(frame)).await;
    let topic = name.split('@').next().unwrap();
    let documented = format!(r#"{{"topic":"{topic}","event":"{name}","data":{data}}}"#);
    same_shape(name, &serde_json::from_str(&documented).unwrap(), &push);
}

#[tokio::test(start_paused = true)]
async fn all_pushes_have_the_documented_shape() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    for (name, data) in PUBLIC {
        subscribe(&mut tap, &[name], None).await;
        compare(&mut tap, name, data).await;
    }
    let key = token(&desk).await;
    for (name, data) in OWN {
        let mut tap = private(&desk).await;
        subscribe(&mut tap, &[name], Some(&key)).await;
        desk.place("BUY", r#""quoteQty":100"#).await;
        compare(&mut tap, name, data).await;
        // And of an order that rests.
        if name != "trade" {
            desk.place("BUY", r#""price":70000,"quantity":0.01"#).await;
            compare(&mut tap, name, data).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn requests_are_answered_by_their_id() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    let fail = |id: Value| json!({"id": id, "code": 1, "msg": "fail"});
    let cases = [
        (ask("subscribe", &["trade@none_usdt"], None), fail("1".into())),
        (ask("subscribe", &["trade@BTC_USDT"], None), fail("1".into())),
        (ask("subscribe", &["depth@btc_usdt,15"], None), fail("1".into())),
        (ask("subscribe", &["balance"], None), fail("1".into())),
        // One that is wrong spoils the others.
        (ask("subscribe", &["ticker@btc_usdt", "nothing"], None), fail("1".into())),
        (ask("SUBSCRIBE", &["tickers"], None), fail("1".into())),
        (ask("subscribe", &[], None), fail("1".into())),
        (json!({"method": "subscribe", "params": "tickers", "id": 7}).to_string(), fail(7.into())),
        (r#"{"method":"subscribe"}"#.into(), json!({"code": 1, "msg": "fail"})),
        ("{".into(), json!({"code": 1, "msg": "fail"})),
        ("Ping".into(), json!({"code": 1, "msg": "fail"})),
    ];
    let count = cases.len() as u64;
    for (said, wanted) in cases {
        tap.say(said.clone()).await;
        assert_eq!(tap.hear().await, wanted, "{said}");
    }
    let report = desk.venue().streams();
    assert_eq!((report.refused_frames, report.subscriptions), (count, 0));
    // Several at once, twice, and none of them any more.
    let names = ["trade@btc_usdt", "depth@eth_usdt,5"];
    subscribe(&mut tap, &names, None).await;
    subscribe(&mut tap, &names, None).await;
    assert_eq!(desk.venue().streams().subscriptions, 2);
    for _ in 0..2 {
        tap.say(ask("unsubscribe", &names, None)).await;
        assert_eq!(tap.until(|frame| frame.get("code").is_some()).await["code"], 0);
    }
    assert_eq!(desk.venue().streams().subscriptions, 0);
    // An id that isn't there isn't made up.
    tap.say(r#"{"method":"subscribe","params":["tickers"]}"#).await;
    assert_eq!(tap.hear().await, json!({"code": 0, "msg": "success"}));
    for path in ["/", "/public/x", "/ws"] {
        assert_eq!(Tap::try_open(&desk.sim, desk.venue(), path).await.err(), Some(404), "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_private_request_shows_a_token() {
    let desk = Desk::open().await;
    let key = token(&desk).await;
    let mut tap = private(&desk).await;
    let invalid = json!({"id": "1", "code": 2, "msg": "listenKey invalid"});
    for method in ["subscribe", "unsubscribe"] {
        for wrong in [None, Some(""), Some("512312356123123123"), Some(&key[1..])] {
            tap.say(ask(method, &["order"], wrong)).await;
            assert_eq!(tap.hear().await, invalid, "{wrong:?}");
        }
    }
    subscribe(&mut tap, &["order", "trade", "balance"], Some(&key)).await;
    tap.say(ask("subscribe", &["trade@btc_usdt"], Some(&key))).await;
    assert_eq!(tap.hear().await["code"], 1);
    tap.say(ask("unsubscribe", &["order"], Some(&key))).await;
    assert_eq!(tap.hear().await["code"], 0);
}

/// Keeps a connection alive for so long; how it ended, if it did.
async fn stay(tap: &mut Tap, time: Duration) -> Option<Ended> {
    let end = tokio::time::sleep(time);
    tokio::pin!(end);
    let mut beat = tokio::time::interval(Duration::from_secs(20));
    loop {
        tokio::select! {
            biased;
            () = &mut end => return None,
            _ = beat.tick() => tap.say("ping").await,
            message = tap.message() => if let Err(ended) = message { return Some(ended) },
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_good_for_two_days_and_then_cuts_its_connections() {
    let desk = Desk::open().await;
    let key = token(&desk).await;
    let mut tap = private(&desk).await;
    subscribe(&mut tap, &["balance"], Some(&key)).await;
    let hours = |hours: i64| desk.venue().clock().set_offset_ms(hours * 3_600_000);
    let minute = Duration::from_secs(60);
    hours(24);
    assert_eq!(stay(&mut tap, minute).await, None);
    // Asked for again, it is good for two days from then.
    assert_eq!(token(&desk).await, key);
    hours(71);
    assert_eq!(stay(&mut tap, minute).await, None);
    hours(73);
    let ended = stay(&mut tap, minute).await;
    assert_eq!(ended, Some(Ended::Closed(1001, "token expire".to_owned())));
    let mut tap = private(&desk).await;
    tap.say(ask("subscribe", &["balance"], Some(&key))).await;
    assert_eq!(tap.hear().await, json!({"id": "1", "code": 401, "msg": "token expire"}));
    let fresh = token(&desk).await;
    assert_ne!(fresh, key);
    subscribe(&mut tap, &["balance"], Some(&fresh)).await;
    // A script can end it sooner.
    desk.venue().fault(Fault::ExpireKey);
    desk.place("BUY", r#""quoteQty":100"#).await;
    assert!(matches!(tap.end().await, Ended::Closed(1001, _)));
    assert!(!desk.venue().takes_listen_key(&fresh));
    assert_eq!(desk.venue().streams().closed["key"], 2);
}

#[tokio::test(start_paused = true)]
async fn without_the_text_ping_a_connection_lasts_a_minute() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, &["ticker@btc_usdt"], None).await;
    // Neither data nor a ping of the protocol is one.
    tap.socket.send(Message::Ping("x".into())).await.unwrap();
    let began = tokio::time::Instant::now();
    assert_eq!(tap.end().await, Ended::Closed(1001, "no ping within 1 minute".to_owned()));
    assert_eq!(began.elapsed().as_secs(), 60);
    let mut tap = public(&desk).await;
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_secs(59)).await;
        tap.say("ping").await;
        assert_eq!(tap.text().await, "pong");
    }
    assert_eq!(desk.venue().streams().closed["silence"], 1);
}

#[tokio::test(start_paused = true)]
async fn each_channel_has_its_documented_speed() {
    let desk = Desk::open().await;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut tap = public(&desk).await;
    let names: Vec<&str> = PUBLIC.iter().map(|(name, _)| *name).collect();
    subscribe(&mut tap, &names, None).await;
    for push in tap.during(Duration::from_millis(30_500)).await {
        *counts.entry(push["topic"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    for name in ["kline", "depth", "ticker"] {
        assert!((30..=31).contains(&counts[name]), "{name}: {counts:?}");
    }
    assert!(counts["tickers"] <= 31 && counts["trade"] > 0, "{counts:?}");
    // The market moves twice a second.
    assert!((40..=70).contains(&counts["depth_update"]), "{counts:?}");
}

type Levels = BTreeMap<Decimal, Decimal>;

fn apply(side: &mut Levels, rows: &Value) {
    for row in rows.as_array().unwrap() {
        let [price, qty] = [0, 1].map(|at| row[at].as_str().unwrap().parse::<Decimal>().unwrap());
        if qty.is_zero() {
            side.remove(&price)
        } else {
            side.insert(price, qty)
        };
    }
}

#[tokio::test(start_paused = true)]
async fn a_book_kept_by_the_documented_rules_is_the_venues() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, &["depth_update@btc_usdt"], None).await;
    // The snapshot comes later than some events, and between two of them.
    let mut buffered = vec![tap.hear().await, tap.hear().await];
    tokio::time::sleep(Duration::from_millis(330)).await;
    let snapshot = desk.ask(GET, "/v4/public/depth", "symbol=btc_usdt&limit=500").await;
    let (mut asks, mut bids) = (Levels::new(), Levels::new());
    apply(&mut asks, &snapshot["asks"]);
    apply(&mut bids, &snapshot["bids"]);
    let mut last = snapshot["lastUpdateId"].as_u64().unwrap();
    let (mut is_first, mut equal) = (true, 0);
    // For less than a minute: nobody sends a ping here.
    for round in 0..100 {
        let push = if buffered.is_empty() { tap.hear().await } else { buffered.remove(0) };
        let [first, end] = ["fi", "i"].map(|id| push["data"][id].as_u64().unwrap());
        if end <= last {
            continue;
        }
        assert!(if is_first { first <= last + 1 } else { first == last + 1 }, "{last}: {push}");
        (last, is_first) = (end, false);
        apply(&mut asks, &push["data"]["a"]);
        apply(&mut bids, &push["data"]["b"]);
        let book = desk.venue().book("btc_usdt").unwrap();
        let is_equal = asks.iter().eq(book.asks.iter().map(|(price, qty)| (price, qty)))
            && bids.iter().rev().eq(book.bids.iter().map(|(price, qty)| (price, qty)));
        equal += u32::from(is_equal);
        if round % 10 == 0 {
            let price = desk.venue().last_price("btc_usdt").unwrap().trunc() - Decimal::from(round);
            desk.place("BUY", &format!(r#""price":{price},"quantity":0.01"#)).await;
        }
    }
    // All but those that were overtaken by the market before they were compared.
    assert!(equal >= 75, "{equal} of 100");
}

#[tokio::test(start_paused = true)]
async fn private_pushes_tell_the_same_as_requests() {
    let desk = Desk::open().await;
    let key = token(&desk).await;
    let mut tap = private(&desk).await;
    subscribe(&mut tap, &["order", "trade", "balance"], Some(&key)).await;
    let id = desk.place("BUY", r#""price":70000,"quantity":0.01,"clientOrderId":"mine_1""#).await;
    desk.ask(DELETE, &format!("/v4/order/{id}"), "").await;
    let bought = desk.place("BUY", r#""quoteQty":200000"#).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let pushes = tap.during(Duration::from_secs(1)).await;
    let of = |name: &str| -> Vec<&Value> {
        pushes.iter().filter(|push| push["topic"] == name).map(|push| &push["data"]).collect()
    };
    let states: Vec<(&str, &str)> = of("order")
        .iter()
        .map(|order| (order["i"].as_str().unwrap(), order["st"].as_str().unwrap()))
        .collect();
    assert_eq!(states[..2], [(id.as_str(), "NEW"), (id.as_str(), "CANCELED")]);
    assert!(states[2..].iter().all(|(of, _)| *of == bought), "{states:?}");
    assert_eq!(of("order")[0]["ci"], "mine_1");
    assert_eq!(of("order")[0]["oqq"], 700);
    let (last, row) = (*of("order").last().unwrap(), desk.detail(&bought).await);
    for (short, name) in
        [("st", "state"), ("eq", "executedQty"), ("ap", "avgPrice"), ("f", "fee"), ("lq", "leavingQty")]
    {
        assert_eq!(last[short], row[name], "{name}");
    }
    // Each fill comes before what it makes of its order.
    let order: Vec<&Value> = pushes
        .iter()
        .filter(|push| push["data"]["i"] == bought.as_str() || push["topic"] == "trade")
        .collect();
    assert!(
        order.iter().position(|push| push["topic"] == "trade")
            < order.iter().position(|push| push["data"]["st"] == "FILLED")
    );
    // Each fill once, as requests list them.
    let trades = desk.ask(GET, "/v4/trade", &format!("orderId={bought}&limit=100")).await;
    let listed: Vec<String> = trades["items"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|row| row["tradeId"].as_str().unwrap().to_owned())
        .collect();
    let pushed: Vec<String> = of("trade").iter().map(|fill| fill["i"].to_string()).collect();
    assert!(pushed.len() > 1 && pushed == listed, "{pushed:?} {listed:?}");
    assert!(of("trade").iter().all(|fill| fill["tm"] == 1 && fill["b"] == false));
    // The last word on each currency is what requests answer.
    for currency in ["usdt", "btc"] {
        let last = of("balance").into_iter().rfind(|row| row["c"] == currency).unwrap();
        let row = desk.ask(GET, "/v4/balance", &format!("currency={currency}")).await;
        assert_eq!(last["b"].as_str().unwrap(), row["totalAmount"].to_string());
        assert_eq!(last["f"].as_str().unwrap(), row["frozenAmount"].to_string());
    }
}

#[tokio::test(start_paused = true)]
async fn money_that_leaves_or_arrives_is_told_when_it_does_though_nobody_asks() {
    let desk = Desk::open().await;
    let key = token(&desk).await;
    let mut tap = private(&desk).await;
    subscribe(&mut tap, &["balance"], Some(&key)).await;
    let address = "0xfa3abfa50eb2006f5be7831658b17aca240d8526";
    let fields = format!(r#"{{"currency":"USDT","chain":"Ethereum","amount":"250","address":"{address}"}}"#);
    desk.ask(POST, "/v4/withdraw", &fields).await;
    let mut told = Vec::new();
    for _ in 0..13 {
        for push in tap.during(Duration::from_secs(7)).await {
            let text = |name: &str| push["data"][name].as_str().unwrap().to_owned();
            told.push((text("c"), text("b"), text("f")));
        }
        tap.say("ping").await;
        assert_eq!(tap.text().await, "pong");
    }
    let row = |c: &str, b: &str, f: &str| (c.to_owned(), b.to_owned(), f.to_owned());
    assert_eq!(told, [row("usdt", "1000000", "250"), row("xlm", "1000", "0"), row("usdt", "999750", "0")]);
}

#[tokio::test(start_paused = true)]
async fn an_own_trade_is_seen_by_everyone() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, &["trade@btc_usdt"], None).await;
    let id = desk.place("SELL", r#""quantity":0.01"#).await;
    let id: u64 = id.parse().unwrap();
    let push = tap.until(|frame| frame["data"]["oi"] == id).await;
    assert_eq!((&push["data"]["q"], &push["data"]["b"]), (&json!("0.01"), &json!(true)));
}

#[tokio::test(start_paused = true)]
async fn what_was_observed_or_only_documented_is_a_switch() {
    let desk = Desk::with(Sim::builder().limits(false).manner(Manner::Observed)).await;
    let mut tap = public(&desk).await;
    tap.say(ask("subscribe", &["tickers"], None)).await;
    let ack = tap.hear().await;
    assert!(ack["sessionId"].is_string() && ack["code"] == 0 && ack.get("method").is_none(), "{ack}");
    tap.say(ask("unsubscribe", &["tickers"], None)).await;
    assert_eq!(tap.until(|frame| frame.get("code").is_some()).await["method"], "unsubscribe");

    let desk = Desk::with(Sim::builder().limits(false).manner(Manner::Documented)).await;
    let greeting = public(&desk).await.hear().await;
    assert_eq!(greeting, json!({"rc": 0, "mc": "SUCCESS", "ma": [], "result": {}}));
}
