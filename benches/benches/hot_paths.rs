//! Signing, building and decoding, each beside the bare library.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may fail loudly")]

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use bitmart_futures::rest::{GetOpenOrders, OpenOrder, SubmitOrder};
use bitmart_futures::{BitMart, ClientOrderId, Contracts, OpenType, OrderMode, Price, Rate, Side};
use futures::FutureExt as _;
use ring::hmac;
use serde::Deserialize;
use venue_benches::Report;
use venue_core::budget::{Ask, Draw, Ledger, Limit, Scope};
use venue_core::{Algorithm, Credentials, Decimal, Draft, Endpoint, Millis, Params, Rows, Venue};

const SECRET: &str = "6c6c98544461bbe71db2bca4c6d7fd0021e0ba9efc215f9c6ad41852df9d9df9";

fn main() {
    let mut report = Report::from_args();
    sign(&mut report);
    build(&mut report);
    decode(&mut report);
    ledger(&mut report);
    report.print();
}

fn sign(report: &mut Report) {
    let text = "symbol=ETHBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&newClientOrderId=0123456789abcdef&recvWindow=5000&timestamp=1538323200000&more=0";
    let credentials = Credentials::new("key", SECRET);
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    report.pair(
        "sign 150 B with hex",
        1100,
        Some(0),
        || {
            let mut mac = credentials.mac(Algorithm::Sha256, false);
            mac.update(text);
            mac.finish().0
        },
        || hmac::sign(&key, text.as_bytes()),
    );
}

/// A different order each time: a fixed one teaches the branch predictor.
fn orders() -> Vec<SubmitOrder> {
    (0..256u64)
        .map(|n| {
            let price: Price = format!("{}.{}", 20_000 + n * 7, n % 10).parse().unwrap();
            SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, Contracts::new(n + 1), price)
                .client_order_id(ClientOrderId::new(format!("order{n:015}")))
                .leverage("10".parse::<Rate>().unwrap())
                .open_type(OpenType::Isolated)
                .mode(OrderMode::Gtc)
        })
        .collect()
}

fn seal<E: Endpoint>(
    venue: &dyn Venue,
    request: &E,
    credentials: &Credentials,
    now: Millis,
) -> venue_core::Sealed {
    let mut params = Params::new();
    request.params(&mut params);
    let draft = Draft::new(E::SPEC, E::SPEC.path, params);
    venue.seal(&draft, Some(credentials), now).unwrap()
}

fn build(report: &mut Report) {
    let orders = orders();
    let credentials = Credentials::new("80618e45710812162b04892c7ee5ead4a3cc3e56", SECRET).memo("test001");
    let venue = BitMart::new();
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let texts: Vec<String> = orders
        .iter()
        .map(|order| {
            let sealed = seal(&venue, order, &credentials, Millis::new(1_700_000_000_000));
            format!("1700000000000#test001#{}", std::str::from_utf8(&sealed.body).unwrap())
        })
        .collect();
    let (mut nth, mut bare_nth) = (0, 0);
    report.pair(
        "build and sign an order: bitmart",
        3000,
        Some(6),
        || {
            nth += 1;
            seal(&venue, &orders[nth % orders.len()], &credentials, Millis::new(1_700_000_000_000))
        },
        || {
            bare_nth += 1;
            hmac::sign(&key, texts[bare_nth % texts.len()].as_bytes())
        },
    );
}

/// Permits as fast as they are settled, over two buckets; against a counter behind a mutex. The goal is the
/// microsecond that it may cost, in counters.
fn ledger(report: &mut Report) {
    static MINUTE: Limit = Limit::new("minute", u32::MAX, 1, Scope::Ip);
    static DAY: Limit = Limit::new("day", u32::MAX, 1, Scope::Account);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let ledger = Ledger::new();
    let owner: Arc<str> = Arc::from("account");
    let ask = || {
        Ask::new("bench", vec![Draw::new(&MINUTE, Arc::from(""), 1), Draw::new(&DAY, Arc::clone(&owner), 1)])
    };
    let counter = Mutex::new(0u64);
    let _inside = runtime.enter();
    report.pair(
        "ledger: acquire and settle two buckets",
        60_000,
        None,
        || ledger.acquire(ask()).now_or_never().unwrap().unwrap().answered(),
        || *counter.lock().unwrap() += 1,
    );
}

/// What one writes without this library: owned texts, and decimals through their own parser.
#[derive(Deserialize)]
#[allow(dead_code, reason = "read by nobody, decoded all the same")]
struct PlainOrder {
    order_id: String,
    client_order_id: String,
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    #[serde(deserialize_with = "decimal")]
    size: Decimal,
    symbol: String,
    state: i64,
    side: i64,
    r#type: String,
    position_mode: String,
    #[serde(deserialize_with = "decimal")]
    leverage: Decimal,
    open_type: String,
    #[serde(deserialize_with = "decimal")]
    deal_avg_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    deal_size: Decimal,
    preset_take_profit_price_type: i64,
    preset_stop_loss_price_type: i64,
    #[serde(deserialize_with = "decimal")]
    preset_take_profit_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    preset_stop_loss_price: Decimal,
    create_time: i64,
    update_time: i64,
}

#[derive(Deserialize)]
struct Plain<T> {
    #[allow(dead_code, reason = "part of the envelope")]
    code: i64,
    data: T,
}

fn decimal<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let text = Cow::<str>::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

fn decode(report: &mut Report) {
    let row = |n: u64| {
        format!(
            r#"{{"order_id":"2209081859{n:05}","client_order_id":"BM{n}","price":"{}.{}","size":"{}","symbol":"BTCUSDT","state":2,"side":{},"type":"limit","position_mode":"hedge_mode","leverage":"{}","open_type":"isolated","deal_avg_price":"{}.5","deal_size":"{n}","preset_take_profit_price_type":1,"preset_stop_loss_price_type":2,"preset_take_profit_price":"68000","preset_stop_loss_price":"60000","create_time":16623681{n:05},"update_time":16623681{n:05}}}"#,
            14_000 + n,
            n % 10,
            n + 1,
            n % 4 + 1,
            n % 50 + 1,
            13_000 + n * 3,
        )
    };
    let answer = |rows: &[String]| {
        format!(
            r#"{{"code":1000,"message":"Ok","data":[{}],"trace":"80ba1f07-1b6f-46ad-81dd-78ac7e9bbccd"}}"#,
            rows.join(",")
        )
    };
    let one: Vec<String> = (0..256).map(|n| answer(&[row(n)])).collect();
    let hundred: Vec<String> =
        (0..16).map(|n| answer(&(0..100).map(|m| row(n * 100 + m)).collect::<Vec<_>>())).collect();
    for (name, goal, messages) in
        [("decode an order: bitmart", 900, &one), ("decode 100 orders as Rows: bitmart", 950, &hundred)]
    {
        let keys = BitMart::new().keys();
        let (mut nth, mut bare_nth) = (0, 0);
        report.pair(
            name,
            goal,
            None,
            || {
                nth += 1;
                let text = &messages[nth % messages.len()];
                let text = std::str::from_utf8(text.as_bytes()).unwrap();
                let rows: Rows<OpenOrder> =
                    venue_core::decode(keys, GetOpenOrders::SPEC.shape, text).unwrap();
                assert!(!rows.is_empty() && rows.bad().is_empty());
                rows
            },
            || {
                bare_nth += 1;
                let text = &messages[bare_nth % messages.len()];
                let plain: Plain<Vec<PlainOrder>> = serde_json::from_str(text).unwrap();
                plain.data
            },
        );
    }
}
