//! Simulated Hibt, request by request: what is refused and how, and what documents say nothing about.

use std::time::Duration;

use serde_json::{Value as Json, json};
use venue_sim::engine::Decimal;
use venue_sim::{Running, Sim, Which};

use crate::client::send;
use crate::draft::{Draft, Value};
use crate::seal::{Pen, seal};

/// Someone who trades at simulated Hibt: requests by verb and path, fields as JSON.
pub(crate) struct Stall {
    sim: Sim,
}

impl Stall {
    pub(crate) async fn open() -> Self {
        let sim = Sim::builder().limits(false).venue(Which::Hibt).plain(true).seed(5).starts_at_ms(START_MS);
        Self { sim: sim.start().await.unwrap() }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::Hibt)
    }

    fn endpoint(&self, request: &str) -> &venue_sim::data::Endpoint {
        let (verb, path) = request.split_once(' ').unwrap();
        let mut served = self.venue().catalog().served();
        served.find(|endpoint| endpoint.method == verb && endpoint.path == path).unwrap()
    }

    /// The documented answer.
    pub(crate) fn documented(&self, request: &str) -> Json {
        serde_json::from_str(&self.endpoint(request).example).unwrap()
    }

    /// The whole answer.
    pub(crate) async fn whole(&self, request: &str, fields: &Json) -> Json {
        let endpoint = self.endpoint(request);
        let pair = |(name, value): (&String, &Json)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (name.clone(), Value { text, json: value.to_string() })
        };
        let fields: Vec<_> = fields.as_object().unwrap().iter().map(pair).collect();
        let is_get = endpoint.method == "GET";
        let draft = Draft {
            method: endpoint.method.clone(),
            path: endpoint.path.clone(),
            query: if is_get { fields.clone() } else { Vec::new() },
            body: if is_get { Vec::new() } else { fields },
            array: None,
            placement: endpoint.placement,
        };
        let wire = seal(Which::Hibt, endpoint, &draft, &Pen::of(self.venue()));
        serde_json::from_str(&send(&self.sim, self.venue(), &wire).await.unwrap().body).unwrap()
    }

    /// The data of an answer that must be a success.
    pub(crate) async fn ask(&self, request: &str, fields: &Json) -> Json {
        let mut whole = self.whole(request, fields).await;
        assert_eq!(whole["code"], 0, "{request} {fields}: {whole}");
        whole["data"].take()
    }
}

const START_MS: u64 = 1_724_916_869_475;
const DAY_MS: i64 = 86_400_000;
const OPEN: &str = "POST /v2/order/open";
const FUNDING: &str = "GET /v2/market/fundingRate";
const FORCED: &str = "GET /v2/account/orderForced";
const RECORDS: &str = "GET /v2/account/balanceRecord";

/// An order with other fields over those of a plain one.
fn order(other: &Json) -> Json {
    let mut order = json!({
        "symbol": "btc_usdt", "type": 1, "side": 1, "leverage": 10, "price": "50000", "amount": "0.01",
    });
    order.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    order
}

fn number(value: &Json) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test(start_paused = true)]
async fn wrong_things_get_the_documented_codes() {
    let stall = Stall::open().await;
    let first = stall.ask(OPEN, &order(&json!({"customID": "taken"}))).await;
    assert_eq!(first["orderID"], "17249168694750000000000012345", "the documented example's");
    let now = stall.venue().clock().now_ms();
    let exits = |sp: &str, sl: &str| {
        order(&json!({"isSetSp": true, "spPrice": sp, "isSetSl": true, "slPrice": sl, "triggerType": 1}))
    };
    let entrust = |other: Json| {
        let mut entrust = order(&json!({"triggerType": 1, "triggerPrice": "99000"}));
        entrust.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        entrust
    };
    let cancel = |other: Json| order(&other);
    let span = |from: i64, to: i64| json!({"symbol": "btc_usdt", "startTime": from, "endTime": to});
    let nines = "9".repeat(40);
    let unknown = "17249168694750000000000099999";
    let cases = [
        (OPEN, order(&json!({"symbol": "nope_usdt"})), 210_010),
        (OPEN, order(&json!({"symbol": "BTC_USDT"})), 210_010),
        (OPEN, order(&json!({"price": ""})), 210_001),
        (OPEN, order(&json!({"price": "50000.05"})), 210_001),
        (OPEN, order(&json!({"price": "0"})), 210_001),
        (OPEN, order(&json!({"price": nines})), 210_001),
        (OPEN, order(&json!({"amount": "0.0001"})), 210_001),
        (OPEN, order(&json!({"amount": "0.0105"})), 210_001),
        (OPEN, order(&json!({"amount": "-1"})), 210_001),
        (OPEN, order(&json!({"leverage": 0})), 210_001),
        (OPEN, order(&json!({"leverage": 101})), 210_001),
        (OPEN, order(&json!({"customID": "taken"})), 210_001),
        (OPEN, order(&json!({"amount": "1000", "leverage": 1})), 210_117),
        (OPEN, exits("49999.9", "40000"), 210_004),
        (OPEN, exits("60000.05", "40000"), 210_004),
        (OPEN, exits("60000", "50000"), 210_005),
        (OPEN, exits("60000", "0"), 210_005),
        (OPEN, order(&json!({"isSetSp": true, "triggerType": 1})), 210_004),
        (OPEN, order(&json!({"isSetSl": true, "triggerType": 1})), 210_005),
        (OPEN, order(&json!({"isSetSl": true, "slPrice": "40000"})), 210_001),
        (OPEN, order(&json!({"side": 2, "isSetSp": true, "spPrice": "50001", "triggerType": 1})), 210_004),
        ("POST /v2/entrust/add", entrust(json!({"symbol": "x"})), 210_010),
        ("POST /v2/entrust/add", entrust(json!({"triggerPrice": "0.01"})), 210_001),
        ("POST /v2/entrust/add", entrust(json!({"leverage": 500})), 210_001),
        (
            "POST /v2/entrust/add",
            entrust(json!({"IsSetSl": true, "slPrice": "50000", "spSlTriggerType": 1})),
            210_005,
        ),
        ("POST /v2/entrust/cancel", json!({"symbol": "btc_usdt"}), 210_001),
        ("POST /v2/entrust/cancel", json!({"symbol": "btc_usdt", "entrustID": unknown}), 220_001),
        (
            "POST /v2/entrust/cancel",
            json!({"symbol": "btc_usdt", "entrustID": "1", "customID": "1"}),
            210_001,
        ),
        ("POST /v2/order/cancel", cancel(json!({})), 210_001),
        ("POST /v2/order/cancel", cancel(json!({"orderID": unknown})), 220_001),
        ("POST /v2/order/cancel", cancel(json!({"orderID": "12345"})), 220_001),
        ("POST /v2/order/cancel", cancel(json!({"customID": "nobody"})), 220_001),
        ("POST /v2/order/cancel", cancel(json!({"positionID": unknown})), 220_001),
        ("POST /v2/order/cancel", cancel(json!({"symbol": "eth_usdt", "customID": "taken"})), 220_001),
        ("POST /v2/order/cancel", cancel(json!({"orderID": unknown, "customID": "taken"})), 210_001),
        (
            "POST /v2/order/batchCancel",
            cancel(json!({"listOrderID": [unknown], "listCustomID": ["taken"]})),
            210_001,
        ),
        ("POST /v2/order/batchCancel", cancel(json!({"listCustomID": ["taken", ""]})), 210_001),
        ("POST /v2/order/close", json!({"positionID": unknown, "type": 2, "amount": "0.01"}), 220_001),
        ("POST /v2/order/close", json!({"positionID": "x", "type": 1, "amount": "0.01"}), 210_001),
        ("POST /v2/account/setLeverage", json!({"symbol": "btc_usdt", "leverage": 101}), 210_001),
        ("GET /v2/order/finishedInfo", json!({"symbol": "btc_usdt"}), 210_001),
        ("GET /v2/order/finishedInfo", json!({"symbol": "btc_usdt", "customID": "nobody"}), 220_001),
        ("GET /v2/order/finishedInfo", json!({"symbol": "btc_usdt", "customID": "taken"}), 220_001),
        ("GET /v2/order/unFinish", json!({"customID": "taken", "orderID": unknown}), 210_001),
        ("GET /v2/order/finished", json!({"pageSize": 51}), 210_001),
        ("GET /v2/order/finished", json!({"pageIndex": 0}), 210_001),
        ("GET /v2/order/finished", span(2, 1), 210_001),
        ("GET /v2/order/finished", span(1, now + 60_000), 210_011),
        ("GET /v2/market/candle", json!({"symbol": "btc_usdt", "period": "M1", "count": 501}), 210_001),
        (
            "GET /v2/market/candle",
            json!({"symbol": "btc_usdt", "period": "M1", "start": 2, "end": 1}),
            210_001,
        ),
        ("GET /v2/market/depth", json!({"symbol": "nope"}), 210_010),
        ("GET /v2/market/orderBook", json!({"depth": 101}), 210_001),
        (FUNDING, span(now - 100 * DAY_MS, now), 210_009),
        (FUNDING, span(now - 200 * DAY_MS, now - 199 * DAY_MS), 210_007),
        (FUNDING, json!({"symbol": "btc_usdt", "startTime": now - 100 * DAY_MS}), 210_007),
        (FUNDING, span(now - DAY_MS, now + 60_000), 210_011),
        (FUNDING, json!({"symbol": "btc_usdt", "limit": 1001}), 210_001),
        (FORCED, span(now - 8 * DAY_MS, now), 210_008),
        (FORCED, json!({"startTime": now - 8 * DAY_MS}), 210_008),
        (FORCED, span(1, now + 60_000), 210_011),
        (RECORDS, span(now - 31 * DAY_MS, now), 210_001),
        (RECORDS, span(1, now + 60_000), 210_011),
        ("GET /v2/account/order", span(1, now / 1000 + 60), 210_011),
    ];
    for (request, fields, code) in &cases {
        let whole = stall.whole(request, fields).await;
        assert_eq!(whole["code"], *code, "{request} {fields}: {whole}");
    }
    let open = stall.ask("GET /v2/order/unFinish", &json!({})).await;
    assert_eq!(open.as_array().unwrap().len(), 1, "no refusal left anything behind");
}

#[tokio::test(start_paused = true)]
async fn candles_are_the_latest_of_their_span() {
    let stall = Stall::open().await;
    let candle = |other: Json| {
        let mut fields = json!({"symbol": "btc_usdt", "period": "M5"});
        fields.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        fields
    };
    let times = |rows: &Json| -> Vec<i64> {
        rows.as_array().unwrap().iter().map(|row| row["ts"].as_i64().unwrap()).collect()
    };
    let latest = stall.ask("GET /v2/market/candle", &candle(json!({"count": 3}))).await;
    let latest = times(&latest);
    assert_eq!((latest.len(), latest[0] - latest[1], latest[1] - latest[2]), (3, 300_000, 300_000));
    let span = json!({"start": latest[2], "end": latest[1], "count": 1});
    assert_eq!(times(&stall.ask("GET /v2/market/candle", &candle(span)).await), latest[1..]);
    let past = json!({"end": latest[1], "count": 2});
    let past = times(&stall.ask("GET /v2/market/candle", &candle(past)).await);
    assert_eq!(past[0], latest[1]);
}

#[tokio::test(start_paused = true)]
async fn the_index_is_a_symbol_s_or_everyones_and_books_agree() {
    let stall = Stall::open().await;
    let all = stall.ask("GET /v2/market/index", &json!({})).await;
    assert_eq!(all.as_array().unwrap().len(), 3);
    let depth = stall.ask("GET /v2/market/depth", &json!({"symbol": "eth_usdt", "limit": "5"})).await;
    let book = stall.ask("GET /v2/market/orderBook", &json!({"symbol": "eth_usdt", "depth": 5})).await;
    assert_eq!((&depth["bid"], &depth["ask"]), (&book[0]["bids"], &book[0]["asks"]));
    assert_eq!(depth["bid"].as_array().unwrap().len(), 5);
    let summary = stall.ask("GET /v2/market/contracts", &json!({"symbol": "eth_usdt"})).await;
    assert_eq!(summary[0]["bid"], depth["bid"][0][0]);
    assert!(number(&depth["bid"][0][0]) < number(&depth["ask"][0][0]));
}

#[tokio::test(start_paused = true)]
async fn one_name_never_stands_twice_in_an_answer() {
    let stall = Stall::open().await;
    let market = |id: &str| order(&json!({"type": 2, "customID": id}));
    // Filled at once, the id is free again.
    let both = json!({"items": [market("same"), market("same"), order(&json!({"customID": "same", "amount": "0"})),
        order(&json!({"amount": "0"}))]});
    let done = stall.ask("POST /v2/order/batchOpen", &both).await;
    assert_eq!(
        done,
        json!({
            "success": {
                "same": "17249168694750000000000012345",
                "17249168694750000000000012346": "17249168694750000000000012346",
            },
            "fail": {"same": "Invalid parameters", "#3": "Invalid parameters"},
        })
    );
    // What was refused was not executed; what was executed twice shows.
    assert_eq!(stall.venue().executions("same"), 2);
    let ids = json!({"symbol": "btc_usdt", "listOrderID":
        ["17249168694750000000000012345", "17249168694750000000000012345", "17249168694750000000000012346", "1"]});
    let failed = stall.ask("POST /v2/order/batchCancel", &ids).await;
    assert_eq!(
        failed,
        json!({
            "success": {},
            "fail": {
                "same": "17249168694750000000000012345",
                "17249168694750000000000012346": "17249168694750000000000012346",
                "1": "1",
            },
        })
    );
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_tells_the_same_story() {
    let mut stories = Vec::new();
    for _ in 0..2 {
        let stall = Stall::open().await;
        stall.ask(OPEN, &order(&json!({"type": 2}))).await;
        tokio::time::advance(Duration::from_secs(30)).await;
        let mut story = Vec::new();
        for request in ["GET /v2/account/position", "GET /v2/account/balanceRecord", "GET /v2/market/tickers"]
        {
            story.push(stall.ask(request, &json!({})).await);
        }
        stories.push(story);
    }
    assert_eq!(stories[0], stories[1]);
}
