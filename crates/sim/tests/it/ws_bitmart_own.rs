//! Simulated `BitMart`'s private pushes tell the same as its requests.

use std::time::Duration;

use serde_json::{Value, json};

use crate::desk::{Desk, GET, POST};
use crate::ws_bitmart::{private, public, subscribe};

#[tokio::test(start_paused = true)]
async fn the_life_of_an_order_is_pushed_in_order() {
    let desk = Desk::open().await;
    let mut tap = private(&desk).await;
    subscribe(&mut tap, "futures/order").await;
    let id = desk.order(1, 3, Some("20000"), r#","client_order_id":"mine1""#).await;
    let fields = format!(r#"{{"symbol":"BTCUSDT","order_id":{id},"price":"21000"}}"#);
    desk.ask(POST, "modify-limit-order", &fields).await;
    desk.ask(POST, "cancel-order", &format!(r#"{{"symbol":"BTCUSDT","order_id":"{id}"}}"#)).await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        let push = tap.hear().await;
        let row = &push["data"][0];
        assert_eq!(
            (row["order"]["order_id"].as_str(), &row["order"]["client_order_id"]),
            (Some(id.to_string().as_str()), &json!("mine1"))
        );
        seen.push((
            row["action"].as_u64().unwrap(),
            row["order"]["state"].as_u64().unwrap(),
            row["order"]["price"].as_str().unwrap().to_owned(),
        ));
    }
    let wanted = [(2, 2, "20000"), (2, 2, "21000"), (3, 4, "21000")];
    assert_eq!(seen, wanted.map(|(action, state, price)| (action, state, price.to_owned())));
}

#[tokio::test(start_paused = true)]
async fn every_fill_is_told_once_with_its_order() {
    let desk = Desk::open().await;
    let mut tap = private(&desk).await;
    subscribe(&mut tap, "futures/order").await;
    // More than the best price has.
    let id = desk.order(1, 3000, None, "").await;
    let mut fills = Vec::new();
    let last = loop {
        let push = tap.hear().await;
        let row = push["data"][0].clone();
        assert_eq!(row["order"]["order_id"], id.to_string());
        if row["action"] == 1 {
            fills.push(row["order"]["last_trade"]["lastTradeID"].as_u64().unwrap());
        } else {
            assert!(row["order"]["last_trade"].is_null());
        }
        if row["order"]["state"] == 4 {
            break row;
        }
    };
    assert!(fills.len() > 1, "{fills:?}");
    let engine: Vec<u64> = desk.venue().fills().iter().map(|fill| fill.trade).collect();
    assert_eq!(fills, engine);
    assert_eq!(last["order"]["deal_size"], "3000");
    let detail = desk.detail(id).await;
    for name in ["deal_avg_price", "deal_size", "price", "size", "leverage"] {
        assert_eq!(last["order"][name], detail[name], "{name}");
    }
    assert_eq!(desk.venue().orders().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn money_and_positions_are_what_requests_answer() {
    let desk = Desk::open().await;
    let mut tap = private(&desk).await;
    for topic in ["futures/asset:USDT", "futures/position"] {
        subscribe(&mut tap, topic).await;
    }
    desk.order(1, 30, None, "").await;
    desk.order(3, 10, Some("100000"), "").await;
    let assets = desk.ask(GET, "assets-detail", "").await;
    let asset = tap.until(|frame| frame["group"] == "futures/asset:USDT").await;
    for name in ["available_balance", "position_deposit", "frozen_balance"] {
        assert_eq!(asset["data"][name], assets[0][name], "{name}");
    }
    let position = tap.until(|frame| frame["group"] == "futures/position").await;
    assert_eq!(position["data"][0]["hold_volume"], "30");
    // Every ten seconds, whether something changes or not.
    let pushes = tap.during(Duration::from_secs(61)).await;
    let timed: Vec<&Value> = pushes.iter().filter(|push| push["group"] == "futures/position").collect();
    assert_eq!(timed.len(), 6);
    assert_eq!(timed[0]["data"][0]["frozen_volume"], "10");
    // What is closed is told too.
    desk.ask(POST, "cancel-orders", r#"{"symbol":"BTCUSDT"}"#).await;
    desk.order(3, 30, None, "").await;
    let closed = tap.until(|frame| frame["data"][0]["hold_volume"] == "0").await;
    assert_eq!(closed["data"][0]["close_volume"], "30");
}

#[tokio::test(start_paused = true)]
async fn an_own_trade_is_seen_by_everyone() {
    let desk = Desk::open().await;
    let (mut watcher, mut other) = (public(&desk).await, public(&desk).await);
    for tap in [&mut watcher, &mut other] {
        subscribe(tap, "futures/trade:BTCUSDT").await;
    }
    desk.order(1, 7, None, "").await;
    let trade = desk.venue().fills()[0].trade;
    let is_it = |frame: &Value| {
        frame["data"].as_array().is_some_and(|rows| rows.iter().any(|row| row["trade_id"] == trade))
    };
    let push = watcher.until(is_it).await;
    assert_eq!(push, other.until(is_it).await);
    let row = push["data"].as_array().unwrap().iter().find(|row| row["trade_id"] == trade).unwrap();
    assert_eq!((&row["m"], &row["deal_vol"]), (&json!(false), &json!("7")));
}
