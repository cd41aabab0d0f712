//! Simulated `BitMart` remembers: what was placed can be looked up, changed, cancelled and traded.

use std::time::Duration;

use serde_json::{Value, json};
use venue_sim::engine::Decimal;
use venue_sim::{Fault, Sim};

use crate::client::send;
use crate::desk::{Desk, GET, POST};

fn number(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_order_rests_is_found_and_is_cancelled() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            POST,
            "submit-order",
            r#"{"symbol":"BTCUSDT","side":1,"size":2,"price":"25637.20","client_order_id":"mine1"}"#,
        )
        .await;
    assert_eq!(answer, json!({"order_id": 220609666322019u64, "price": "25637.2"}));
    let row = desk.detail(220609666322019).await;
    assert_eq!((&row["state"], &row["side"], &row["deal_size"]), (&json!(2), &json!(1), &json!("0")));
    assert_eq!((&row["client_order_id"], &row["size"]), (&json!("mine1"), &json!("2")));
    let open = desk.rows("get-open-orders").await;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["order_id"], "220609666322019");
    assert!(desk.rows("order-history").await.is_empty());

    let changed = desk
        .ask(
            POST,
            "modify-limit-order",
            r#"{"symbol":"BTCUSDT","client_order_id":"mine1","price":"25000","size":3}"#,
        )
        .await;
    assert_eq!(changed, json!({"order_id": 220609666322019u64, "client_order_id": "mine1"}));
    let frozen = number(&desk.ask(GET, "assets-detail", "").await[0]["frozen_balance"]);
    assert_eq!(frozen, "3.795".parse().unwrap(), "75 USDT at 20x, and the fee");

    let cancel = r#"{"symbol":"BTCUSDT","order_id":"220609666322019"}"#;
    assert_eq!(desk.ask(POST, "cancel-order", cancel).await, json!({}));
    assert_eq!(desk.code(POST, "cancel-order", cancel).await, 40036);
    assert_eq!(desk.detail(220609666322019).await["state"], 4);
    let query = "symbol=BTCUSDT&client_order_id=mine1";
    let past = desk.ask(GET, "order-history", query).await;
    assert_eq!((past[0]["price"].as_str(), past.as_array().unwrap().len()), (Some("25000"), 1));
    assert_eq!(desk.ask(GET, "assets-detail", "").await[0]["available_balance"], "1000000");
}

#[tokio::test]
async fn a_position_is_opened_and_closed_and_the_money_adds_up() {
    let desk = Desk::open().await;
    let answer =
        desk.ask(POST, "submit-order", r#"{"symbol":"BTCUSDT","side":1,"size":10,"type":"market"}"#).await;
    assert_eq!(answer["price"], "market price");
    let row = desk.detail(answer["order_id"].as_u64().unwrap()).await;
    assert_eq!((&row["state"], &row["deal_size"], &row["type"]), (&json!(4), &json!("10"), &json!("market")));
    let position = desk.rows("position").await.remove(0);
    assert_eq!((&position["current_amount"], &position["position_type"]), (&json!("10"), &json!(1)));
    assert_eq!(position["open_avg_price"], row["deal_avg_price"]);

    let too_much = r#"{"symbol":"BTCUSDT","side":3,"size":11,"type":"market"}"#;
    assert_eq!(desk.code(POST, "submit-order", too_much).await, 40020);
    let no_short = r#"{"symbol":"BTCUSDT","side":2,"size":1,"type":"market"}"#;
    assert_eq!(desk.code(POST, "submit-order", no_short).await, 40021);
    desk.order(3, 10, None, "").await;
    assert!(desk.rows("position").await.is_empty());
    let rows = desk.rows("position-v2").await;
    assert_eq!(
        (rows.len(), &rows[0]["position_side"], &rows[0]["current_amount"]),
        (2, &json!("long"), &json!("0"))
    );

    let fills = desk.rows("trades").await;
    let sum = |name: &str| -> Decimal { fills.iter().map(|fill| number(&fill[name])).sum() };
    assert_eq!(sum("vol"), Decimal::from(20));
    let equity = number(&desk.ask(GET, "assets-detail", "").await[0]["equity"]);
    assert_eq!(equity, Decimal::from(1_000_000) + sum("realised_profit") - sum("paid_fees"));
    let flows = desk.rows("transaction-history").await;
    let moved: Decimal = flows.iter().map(|flow| number(&flow["amount"])).sum();
    assert_eq!(equity, Decimal::from(1_000_000) + moved);
}

#[tokio::test]
async fn wrong_things_get_the_documented_codes() {
    let desk = Desk::open().await;
    let order =
        |fields: &str| format!(r#"{{"symbol":"BTCUSDT","side":1,"size":1,"price":"25000",{fields}}}"#);
    desk.ask(POST, "submit-order", &order(r#""client_order_id":"taken""#)).await;
    for (path, fields, code) in [
        ("submit-order", r#"{"symbol":"NOPE","side":1,"size":1,"price":"1"}"#.to_owned(), 40034),
        ("submit-order", r#"{"symbol":"BTCUSDT","side":1,"size":1}"#.to_owned(), 40011),
        ("submit-order", r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"25000.05"}"#.to_owned(), 40043),
        ("submit-order", r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"0"}"#.to_owned(), 40044),
        ("submit-order", r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"-1"}"#.to_owned(), 40044),
        ("submit-order", format!(r#"{{"symbol":"BTCUSDT","side":1,"size":1,"price":"1{}"}}"#, "0".repeat(40)), 40044),
        ("submit-order", r#"{"symbol":"BTCUSDT","side":1,"size":0,"price":"25000"}"#.to_owned(), 40044),
        ("submit-order", r#"{"symbol":"BTCUSDT","side":1,"size":500001,"price":"25000"}"#.to_owned(), 40044),
        ("submit-order", r#"{"symbol":"BTCUSDT","side":1,"size":500000,"price":"80000","leverage":"1"}"#.to_owned(), 40027),
        ("submit-order", order(r#""leverage":"101""#), 40029),
        ("submit-order", order(r#""leverage":"0.5""#), 40030),
        ("submit-order", order(r#""client_order_id":"taken""#), 40050),
        ("submit-order", order(r#""client_order_id":"no-dashes""#), 40048),
        ("submit-order", order(&format!(r#""client_order_id":"{}""#, "x".repeat(33))), 40049),
        ("cancel-order", r#"{"symbol":"BTCUSDT","order_id":"1"}"#.to_owned(), 40037),
        ("cancel-order", r#"{"symbol":"ETHUSDT","order_id":"220609666322019"}"#.to_owned(), 40037),
        ("cancel-order", r#"{"symbol":"BTCUSDT","client_order_id":"none"}"#.to_owned(), 40035),
        ("modify-limit-order", r#"{"symbol":"BTCUSDT","order_id":1,"price":"1"}"#.to_owned(), 40037),
        ("modify-limit-order", r#"{"symbol":"BTCUSDT","price":"1"}"#.to_owned(), 40011),
        ("submit-tp-sl-order", r#"{"symbol":"BTCUSDT","type":"stop_loss","side":3,"trigger_price":"80000","executive_price":"80000","price_type":1}"#.to_owned(), 40021),
        ("submit-trail-order", r#"{"symbol":"BTCUSDT","side":1,"leverage":"1","open_type":"cross","size":1,"activation_price":"80000","callback_rate":"6","activation_price_type":1}"#.to_owned(), 40044),
        ("cancel-plan-order", r#"{"symbol":"BTCUSDT","order_id":"9"}"#.to_owned(), 40037),
        ("cancel-all-after", r#"{"symbol":"BTCUSDT","timeout":4}"#.to_owned(), 40011),
        ("/account/v1/transfer-contract", r#"{"currency":"USDT","amount":"100001","type":"spot_to_contract"}"#.to_owned(), 42000),
        ("/account/v1/transfer-contract", r#"{"currency":"BTC","amount":"1","type":"spot_to_contract"}"#.to_owned(), 40011),
        ("/account/v1/transfer-contract", r#"{"currency":"USDT","amount":"1.123456789","type":"spot_to_contract"}"#.to_owned(), 40005),
    ] {
        assert_eq!(desk.code(POST, path, &fields).await, code, "{path} {fields}");
    }
    for (path, query, code) in [
        ("/contract/public/depth", "symbol=NOPE", 40034),
        ("order", "symbol=BTCUSDT&order_id=1", 40037),
        ("order", "symbol=BTCUSDT&order_id=words", 40037),
        ("trades", "symbol=BTCUSDT&start_time=2&end_time=1", 40011),
    ] {
        assert_eq!(desk.code(GET, path, query).await, code, "{path} {query}");
    }
    assert_eq!(desk.rows("get-open-orders").await.len(), 1, "no refusal left anything behind");
}

#[tokio::test]
async fn order_modes_do_what_they_say() {
    let desk = Desk::open().await;
    let state = |row: &Value| (row["state"].as_i64().unwrap(), row["deal_size"].as_str().unwrap().to_owned());
    let maker_only = desk.order(1, 1, Some("90000"), r#","mode":4"#).await;
    assert_eq!(state(&desk.detail(maker_only).await), (4, "0".to_owned()));
    let fok = desk.order(1, 100_000, Some("90000"), r#","mode":2,"leverage":"100""#).await;
    assert_eq!(state(&desk.detail(fok).await), (4, "0".to_owned()));
    let ioc = desk.order(1, 100_000, Some("85100"), r#","mode":3,"leverage":"100""#).await;
    let (ended, filled) = state(&desk.detail(ioc).await);
    assert!(ended == 4 && filled != "0" && filled != "100000", "{filled}");
    // The account's own order is in the way, and goes.
    let mine = desk.order(4, 5, Some("84990"), r#","mode":1"#).await;
    assert_eq!(state(&desk.detail(mine).await).0, 4, "a sell below the market is filled at once");
}

#[tokio::test]
async fn cancelling_by_symbol_takes_the_orders_of_that_symbol_alone() {
    let desk = Desk::open().await;
    let eth = r#"{"symbol":"ETHUSDT","side":1,"size":1,"price":"1450"}"#;
    for path in ["cancel-order", "cancel-orders"] {
        desk.order(1, 1, Some("25000"), "").await;
        desk.order(4, 1, Some("99000"), "").await;
        desk.ask(POST, "submit-order", eth).await;
        desk.ask(POST, path, r#"{"symbol":"BTCUSDT"}"#).await;
        let left = desk.ask(GET, "get-open-orders", "").await;
        assert!(left.as_array().unwrap().iter().all(|order| order["symbol"] == "ETHUSDT"), "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_timer_cancels_when_it_runs_out_and_a_new_one_puts_it_off() {
    let desk = Desk::open().await;
    let timer = |seconds: u32| format!(r#"{{"symbol":"BTCUSDT","timeout":{seconds}}}"#);
    let id = desk.order(1, 1, Some("25000"), "").await;
    let set = desk.ask(POST, "cancel-all-after", &timer(5)).await;
    assert_eq!(set["cancel_time"].as_i64().unwrap() - set["set_time"].as_i64().unwrap(), 5);
    tokio::time::advance(Duration::from_secs(4)).await;
    desk.ask(POST, "cancel-all-after", &timer(10)).await;
    tokio::time::advance(Duration::from_secs(9)).await;
    assert_eq!(desk.detail(id).await["state"], 2);
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(desk.detail(id).await["state"], 4);
    let id = desk.order(1, 1, Some("25000"), "").await;
    desk.ask(POST, "cancel-all-after", &timer(5)).await;
    desk.ask(POST, "cancel-all-after", &timer(0)).await;
    tokio::time::advance(Duration::from_secs(60)).await;
    assert_eq!(desk.detail(id).await["state"], 2);
}

#[tokio::test(start_paused = true)]
async fn the_market_moves_with_the_clock_and_meets_resting_orders() {
    let desk = Desk::open().await;
    let book = desk.ask(GET, "/contract/public/depth", "symbol=BTCUSDT").await;
    assert!(book["bids"].as_array().unwrap().len() >= 20 && book["asks"].as_array().unwrap().len() >= 20);
    let bid = book["bids"][0][0].as_str().unwrap().to_owned();
    assert!(number(&book["bids"][0][0]) < number(&book["asks"][0][0]));
    assert_eq!(desk.ask(GET, "/contract/public/depth", "symbol=BTCUSDT").await["bids"], book["bids"]);
    let before = desk.venue().last_price("BTCUSDT");
    let id = desk.order(1, 1, Some(&bid), "").await;
    tokio::time::advance(Duration::from_secs(600)).await;
    assert_ne!(desk.venue().last_price("BTCUSDT"), before);
    assert_eq!(desk.detail(id).await["state"], 4);
    assert_eq!(desk.rows("trades").await[0]["exec_type"], "Maker");
}

#[tokio::test(start_paused = true)]
async fn plans_protection_and_trailing_orders_live_their_lives() {
    let desk = Desk::open().await;
    desk.order(1, 10, None, "").await;
    // Reached already: fires at once.
    let plan = desk
        .ask(POST, "submit-plan-order", r#"{"symbol":"BTCUSDT","side":1,"type":"limit","leverage":"5","open_type":"cross","size":1,"trigger_price":"1000","executive_price":"900","price_way":1,"price_type":1}"#)
        .await["order_id"].as_u64().unwrap();
    let open = desk.rows("get-open-orders").await;
    assert_eq!(
        (&open[0]["price"], open[0]["client_order_id"].as_str()),
        (&json!("900"), Some(&*format!("PLAN_{plan}")))
    );
    let past = desk.rows("order-history").await;
    assert!(past.iter().any(|row| row["type"] == "planorder" && row["trigger_price"] == "1000"), "{past:?}");

    let stop = desk
        .ask(POST, "submit-tp-sl-order", r#"{"symbol":"BTCUSDT","type":"stop_loss","side":3,"trigger_price":"50000","executive_price":"0","price_type":1,"client_order_id":"sl1"}"#)
        .await;
    assert_eq!(stop["client_order_id"], "sl1");
    let take = desk
        .ask(POST, "submit-tp-sl-order", r#"{"symbol":"BTCUSDT","type":"take_profit","side":3,"size":4,"trigger_price":"120000","executive_price":"119000","price_type":1,"plan_category":1,"category":"limit"}"#)
        .await;
    let waiting = desk.rows("current-plan-order").await;
    let kinds: Vec<_> = waiting
        .iter()
        .map(|row| (row["type"].as_str().unwrap(), row["plan_category"].as_i64().unwrap()))
        .collect();
    assert_eq!(kinds, [("take_profit", 1), ("stop_loss", 2)]);
    desk.ask(POST, "modify-tp-sl-order", &format!(r#"{{"symbol":"BTCUSDT","order_id":{},"trigger_price":"1000","executive_price":"900","price_type":1,"plan_category":1}}"#, take["order_id"])).await;
    // It takes the profit of a part at 900 or better, at once.
    assert_eq!(desk.rows("position").await[0]["current_amount"], "6");

    let trail = desk
        .ask(POST, "submit-trail-order", r#"{"symbol":"BTCUSDT","side":3,"leverage":"5","open_type":"cross","size":6,"activation_price":"1000","callback_rate":"0.1","activation_price_type":1}"#)
        .await["order_id"].as_u64().unwrap();
    assert!(desk.rows("get-open-orders").await.iter().any(|row| row["type"] == "trailing"));
    for _ in 0..60 {
        tokio::time::advance(Duration::from_secs(60)).await;
        desk.detail(trail).await;
    }
    assert_eq!(desk.detail(trail).await["state"], 4);
    assert!(desk.rows("position").await.is_empty());
    assert!(desk.rows("current-plan-order").await.is_empty(), "the stop goes with its position");
}

#[tokio::test]
async fn one_way_mode_has_one_position_and_cannot_be_chosen_while_in_use() {
    let desk = Desk::open().await;
    assert_eq!(desk.ask(GET, "get-position-mode", "").await["position_mode"], "hedge_mode");
    let one_way = r#"{"position_mode":"one_way_mode"}"#;
    let id = desk.order(1, 1, Some("25000"), "").await;
    assert_eq!(desk.code(POST, "set-position-mode", one_way).await, 40011);
    desk.ask(POST, "cancel-order", &format!(r#"{{"symbol":"BTCUSDT","order_id":"{id}"}}"#)).await;
    desk.ask(POST, "set-position-mode", one_way).await;
    desk.order(1, 3, None, "").await;
    desk.order(4, 5, None, "").await;
    let row = desk.rows("position-v2").await.remove(0);
    assert_eq!((&row["position_side"], &row["position_amount"]), (&json!("both"), &json!("-2")));
    desk.order(2, 2, None, "").await;
    assert!(desk.rows("position").await.is_empty());
}

#[tokio::test]
async fn money_is_moved_once_and_in_its_window() {
    let mut desk = Desk::open().await;
    let transfer = r#"{"currency":"USDT","amount":"10","type":"spot_to_contract"}"#;
    assert_eq!(
        desk.ask(POST, "/account/v1/transfer-contract", transfer).await,
        json!({"currency": "USDT", "amount": "10"})
    );
    desk.lag_ms = 6_000;
    assert_eq!(desk.code(POST, "/account/v1/transfer-contract", transfer).await, 30007);
    let patient = r#"{"currency":"USDT","amount":"10","type":"contract_to_spot","recvWindow":60000}"#;
    desk.ask(POST, "/account/v1/transfer-contract", patient).await;
    desk.lag_ms = 0;
    let list = desk.ask(POST, "/account/v1/transfer-contract-list", r#"{"page":1,"limit":10}"#).await;
    let kinds: Vec<_> =
        list["records"].as_array().unwrap().iter().map(|row| row["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["contract_to_spot", "spot_to_contract"]);

    let to_sub = r#"{"requestNo":"n1","amount":"5","currency":"USDT","subAccount":"sub@x.com"}"#;
    desk.ask(POST, "/account/contract/sub-account/main/v1/main-to-sub", to_sub).await;
    assert_eq!(desk.code(POST, "/account/contract/sub-account/main/v1/main-to-sub", to_sub).await, 40003);
    assert_eq!(desk.venue().executions("n1"), 1);
    let wallet =
        desk.ask(GET, "/account/contract/sub-account/main/v1/wallet", "subAccount=sub%40x.com").await;
    assert_eq!(wallet["wallet"][0]["available"], "5.00000000");
}

#[tokio::test]
async fn executions_are_counted_by_the_callers_id() {
    let desk = Desk::open().await;
    let venue = desk.venue();
    let wire = desk.wire(
        POST,
        "submit-order",
        r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"25000","client_order_id":"once"}"#,
    );
    venue.fault(Fault::ExecuteThenDrop);
    assert!(send(&desk.sim, venue, &wire).await.is_err());
    assert_eq!(venue.executions("once"), 1);
    assert_eq!(send(&desk.sim, venue, &wire).await.unwrap().status, 403, "it is taken");
    assert_eq!((venue.executions("once"), venue.orders_with_client_id()), (1, 1));
    assert!(venue.repeated_client_ids().is_empty());
    // Once it is finished the venue would take the id again, and it shows.
    desk.ask(POST, "cancel-orders", r#"{"symbol":"BTCUSDT"}"#).await;
    assert_eq!(send(&desk.sim, venue, &wire).await.unwrap().status, 200);
    assert_eq!((venue.executions("once"), venue.repeated_client_ids()), (2, vec!["once".to_owned()]));
}

#[tokio::test]
async fn the_venues_own_refusals_can_be_scripted() {
    let desk = Desk::open().await;
    for (fault, code) in
        [(Fault::RateLimited, 30013), (Fault::Banned, 30017), (Fault::TimestampRefused, 30007)]
    {
        desk.venue().fault(fault);
        assert_eq!(desk.code(GET, "assets-detail", "").await, code);
    }
    assert_eq!(desk.code(GET, "assets-detail", "").await, 1000);
}

#[tokio::test(start_paused = true)]
async fn an_order_may_be_executed_after_its_caller_has_gone() {
    let desk = Desk::open().await;
    desk.venue().fault(Fault::ExecuteLate(Duration::from_secs(3)));
    let wire = desk.wire(
        POST,
        "submit-order",
        r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"25000","client_order_id":"late"}"#,
    );
    let gone = tokio::time::timeout(Duration::from_secs(1), send(&desk.sim, desk.venue(), &wire)).await;
    assert!(gone.is_err());
    assert_eq!(desk.venue().executions("late"), 0);
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(desk.venue().executions("late"), 1);
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_tells_the_same_story() {
    let mut stories = Vec::new();
    for _ in 0..2 {
        let desk = Desk::with(Sim::builder().limits(false).starts_at_ms(1_700_000_000_000)).await;
        desk.order(1, 10, None, "").await;
        tokio::time::advance(Duration::from_secs(30)).await;
        let mut whole = vec![desk.ask(GET, "/contract/public/depth", "symbol=ETHUSDT").await];
        whole.extend(desk.rows("trades").await);
        whole.extend(desk.rows("position").await);
        stories.push(whole);
    }
    assert_eq!(stories[0], stories[1]);
}
