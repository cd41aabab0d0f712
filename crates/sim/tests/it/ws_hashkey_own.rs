//! Simulated `HashKey`'s private stream: keys, heartbeats, and an account's own events.

use std::time::Duration;

use serde_json::{Value, json};
use venue_sim::{Fault, Line, Sim, Which};

use crate::hashkey::{self, ask};
use crate::shape::same_shape;
use crate::tap::{Ended, Tap};

async fn key(sim: &Sim) -> String {
    ask(sim, "create_listen_key", "").await.1["listenKey"].as_str().unwrap().to_owned()
}

async fn try_open(sim: &Sim, key: &str) -> Result<Tap, u16> {
    let venue = sim.venue(Which::HashKey);
    let path = format!("{}/{key}", venue.ws_private().strip_prefix(venue.ws()).unwrap());
    Tap::try_open(sim, venue, &path).await
}

async fn open(sim: &Sim) -> Tap {
    try_open(sim, &key(sim).await).await.unwrap()
}

fn expired() -> Ended {
    Ended::Closed(1000, "listen key expired".into())
}

const ORDER: &str = r#"[{"e":"executionReport","E":"1766730014188","s":"BTCUSDT","c":"1766730014087296","S":"BUY","o":"MARKET_OF_QUOTE","f":"IOC","q":"0","p":"0","X":"PARTIALLY_FILLED","i":"2113879002607330816","l":"0.00885","z":"0.00885","L":"112934.82","n":"0.000013275","N":"BTC","u":true,"w":true,"m":false,"O":"1766730014098","Z":"999.473157","C":false,"v":"0","reqAmt":"1000","d":"2113879003035149824","r":"0","V":"112934.82","P":"0","lo":false,"lt":"","x":""}]"#;
const TICKET: &str = r#"[{"e":"ticketInfo","E":"1766730154173","s":"USDTAED","q":"1.00","t":"1766730154162","p":"91446.40","T":"2113880177556930560","o":"2113880177188611584","c":"99999999980006","a":"1695624199740137984","m":false,"S":"BUY"}]"#;
const ACCOUNT: &str = r#"[{"e":"outboundAccountInfo","E":"1764932840383","T":true,"W":true,"D":true,"B":[{"a":"BTC","f":"6086.715847759989968887","l":"0","r":""}]}]"#;

#[tokio::test(start_paused = true)]
async fn private_pushes_have_the_documented_shape_and_tell_what_happened() {
    let sim = hashkey::open().await;
    let venue = sim.venue(Which::HashKey);
    let mut tap = open(&sim).await;
    let fields = "symbol=BTCUSDT&side=BUY&type=MARKET&amount=1000&newClientOrderId=mine";
    let order = ask(&sim, "create_order", fields).await.1;
    let mut pushes = Vec::new();
    while !pushes.iter().any(|push: &Value| push[0]["X"] == "FILLED") {
        pushes.push(tap.hear().await);
    }
    pushes.push(tap.until(|push| push[0]["e"] == "outboundAccountInfo").await);
    for (event, example) in
        [("executionReport", ORDER), ("ticketInfo", TICKET), ("outboundAccountInfo", ACCOUNT)]
    {
        let documented: Value = serde_json::from_str(example).unwrap();
        for push in pushes.iter().filter(|push| push[0]["e"] == event) {
            same_shape(event, &documented, push);
        }
    }
    let reports: Vec<&Value> =
        pushes.iter().map(|push| &push[0]).filter(|event| event["e"] == "executionReport").collect();
    assert_eq!(reports[0]["X"], "NEW");
    for report in &reports {
        assert_eq!(
            (&report["i"], &report["c"], &report["o"]),
            (&order["orderId"], &json!("mine"), &json!("MARKET_OF_QUOTE"))
        );
    }
    let tickets: Vec<&Value> = pushes.iter().filter(|push| push[0]["e"] == "ticketInfo").collect();
    assert_eq!(tickets.len(), venue.fills().len());
    let money = &pushes.last().unwrap()[0]["B"];
    let answered = ask(&sim, "account", "").await.1;
    for row in money.as_array().unwrap() {
        let balances = answered["balances"].as_array().unwrap();
        let balance = balances.iter().find(|balance| balance["asset"] == row["a"]).unwrap();
        assert_eq!((&row["f"], &row["l"]), (&balance["free"], &balance["locked"]));
    }
}

#[tokio::test(start_paused = true)]
async fn an_order_that_rests_is_told_until_it_is_cancelled() {
    let sim = hashkey::open().await;
    let mut tap = open(&sim).await;
    let fields = "symbol=BTCUSDT&side=BUY&type=LIMIT&price=80000&quantity=0.01";
    let id = ask(&sim, "create_order", fields).await.1["orderId"].as_str().unwrap().to_owned();
    let new = tap.until(|push| push[0]["e"] == "executionReport").await;
    assert_eq!((&new[0]["X"], &new[0]["r"], &new[0]["d"]), (&json!("NEW"), &json!("0.01"), &json!("0")));
    let locked = tap.until(|push| push[0]["e"] == "outboundAccountInfo").await;
    assert_eq!((&locked[0]["B"][0]["a"], &locked[0]["B"][0]["l"]), (&json!("USDT"), &json!("800")));
    ask(&sim, "cancel_order", &format!("orderId={id}")).await;
    let gone = tap.until(|push| push[0]["e"] == "executionReport").await;
    assert_eq!((&gone[0]["X"], &gone[0]["x"]), (&json!("CANCELED"), &json!("USER_CANCEL")));
    let free = tap.until(|push| push[0]["e"] == "outboundAccountInfo").await;
    assert_eq!(free[0]["B"][0]["l"], "0");
}

#[tokio::test(start_paused = true)]
async fn only_a_living_key_opens_and_keeps_a_stream_open() {
    let sim = hashkey::open().await;
    let venue = sim.venue(Which::HashKey);
    for bad in ["nothing", ""] {
        assert_eq!(try_open(&sim, bad).await.err(), Some(401), "{bad}");
    }
    // Given back: closed at once.
    let key = key(&sim).await;
    let mut tap = try_open(&sim, &key).await.unwrap();
    let start = tokio::time::Instant::now();
    ask(&sim, "delete_listen_key", &format!("listenKey={key}")).await;
    assert_eq!(tap.end().await, expired());
    assert_eq!(start.elapsed().as_secs(), 0);
    assert_eq!(try_open(&sim, &key).await.err(), Some(401));
    // By a script: then it is gone for requests as well.
    let key = self::key(&sim).await;
    let mut tap = try_open(&sim, &key).await.unwrap();
    venue.fault(Fault::ExpireKey.line(Line::Private));
    tap.say(r#"{"ping":1}"#).await;
    assert_eq!(tap.end().await, expired());
    assert_ne!(ask(&sim, "reset_listen_key", &format!("listenKey={key}")).await.0, 200);
    let report = venue.streams();
    assert_eq!((report.closed["key"], report.refused_upgrades, report.faults["expire-key"]), (2, 3, 1));
}

#[tokio::test(start_paused = true)]
async fn an_hour_passes_and_a_renewed_key_lives_on() {
    let sim = hashkey::open().await;
    let key = key(&sim).await;
    let (mut kept, mut other) = (try_open(&sim, &key).await.unwrap(), open(&sim).await);
    let mut pings: Vec<i64> = Vec::new();
    let start = tokio::time::Instant::now();
    while start.elapsed() < Duration::from_secs(65 * 60) {
        let ping = kept.hear().await;
        let at = ping["ping"].as_i64().unwrap();
        assert_eq!(ping["channelId"].as_str().unwrap().len(), 60);
        kept.say(format!(r#"{{"pong":{at}}}"#)).await;
        pings.push(at);
        if pings.len().is_multiple_of(60) {
            assert_eq!(ask(&sim, "reset_listen_key", &format!("listenKey={key}")).await.0, 200);
        }
    }
    assert_eq!(pings.len(), 130);
    assert!(pings.windows(2).all(|two| two[1] - two[0] == 30_000));
    // Its key ended after an hour.
    assert_eq!(other.end().await, expired());
    assert_eq!(sim.venue(Which::HashKey).streams().open, 1);
}

#[tokio::test(start_paused = true)]
async fn an_hour_without_heartbeats_closes_a_session_whose_key_lives() {
    let sim = hashkey::open().await;
    let key = key(&sim).await;
    let mut tap = try_open(&sim, &key).await.unwrap();
    tokio::time::sleep(Duration::from_secs(1800)).await;
    assert_eq!(ask(&sim, "reset_listen_key", &format!("listenKey={key}")).await.0, 200);
    let silent = Ended::Closed(1001, "no heartbeat within 60 minutes".into());
    assert_eq!(tap.end().await, silent);
    assert_eq!(sim.venue(Which::HashKey).streams().closed["silence"], 1);
}

#[tokio::test(start_paused = true)]
async fn an_account_may_fall_silent() {
    let sim = hashkey::open().await;
    let venue = sim.venue(Which::HashKey);
    venue.fault(Fault::AckSilent.only_topic("executionReport"));
    let mut tap = open(&sim).await;
    ask(&sim, "create_order", "symbol=BTCUSDT&side=BUY&type=MARKET&amount=1000").await;
    let first = tap.hear().await;
    assert_ne!(first[0]["e"], "executionReport");
    assert!(venue.streams().faults["silenced"] >= 2);
}
