//! What simulated `HashKey` answers from state has the keys and the JSON types of the documented examples.

use std::collections::BTreeSet;

use serde_json::Value;
use venue_sim::{Sim, Which};

use crate::hashkey::{ask, open};
use crate::shape::same_shape;

const FIRST: &str = "1563277167764290304";
const ORDER: &str = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.01&price=80000";

/// The documented example, and what is answered.
async fn answer(sim: &Sim, id: &str, fields: &str) -> (Value, Value) {
    let (status, answered) = ask(sim, id, fields).await;
    assert_eq!(status, 200, "{id} {fields}: {answered}");
    let endpoint = sim.venue(Which::HashKey).catalog().served().find(|endpoint| endpoint.id == id).unwrap();
    (serde_json::from_str(&endpoint.example).unwrap(), answered)
}

#[tokio::test]
async fn answers_have_the_documented_shape() {
    let sim = open().await;
    let venue = sim.venue(Which::HashKey);
    let now = venue.clock().now_ms();
    let (main, custody, sub) = ("1649292498437183232", "1649292498437183235", "1695624199270418688");
    let span = format!("startTime={}&endTime={}", now - 60_000, now + 60_000);
    let row = r#"{"symbol":"BTCUSDT","side":"SELL","type":"LIMIT","price":"90000","quantity":"0.01"}"#;
    let market = "symbol=BTCUSDT&side=BUY&type=MARKET&amount=5000";
    let steps: Vec<(&str, String)> = vec![
        ("exchange_info", "symbol=BTCUSDT&site=UAE".into()),
        ("depth", "symbol=BTCUSDT&limit=2".into()),
        ("depth_merged", "symbol=BTCUSDT&limit=3&scale=2".into()),
        ("trades", "symbol=BTCUSDT".into()),
        ("klines", "symbol=BTCUSDT&interval=1m&limit=3".into()),
        ("ticker_24hr", "symbol=BTCUSDT".into()),
        ("ticker_price", String::new()),
        ("book_ticker", "symbol=BTCUSDT".into()),
        ("ping", String::new()),
        ("time", String::new()),
        ("test_new_order", ORDER.into()),
        ("create_order", ORDER.into()),
        ("query_order", format!("orderId={FIRST}")),
        ("open_orders", "symbol=BTCUSDT".into()),
        ("cancel_order", format!("orderId={FIRST}")),
        ("create_multiple_orders", format!("[{row},{row}]")),
        ("cancel_all_open_orders", String::new()),
        ("create_order_v1", market.into()),
        ("create_order", market.into()),
        ("traded_orders", String::new()),
        ("cancel_orders_by_ids", "ids=1".into()),
        ("cancel_open_orders_by_symbol", "symbol=BTCUSDT".into()),
        ("vip_info", String::new()),
        ("account", String::new()),
        ("account_trades", String::new()),
        ("account_type", String::new()),
        ("asset_transfer", format!("fromAccountId={main}&toAccountId={custody}&coin=USDT&quantity=10")),
        ("check_api_key", String::new()),
        ("fiat_history", format!("type=deposit&{span}")),
        ("balance_flow", span.clone()),
        ("chain_type", "coinId=USDT".into()),
        ("coin_info", "coinId=ETH".into()),
        ("sub_open_orders", format!("subAccountId={sub}")),
        ("sub_trade_orders", format!("subAccountId={sub}")),
        ("sub_trades", format!("subAccountId={sub}")),
        ("deposit_address", "coin=USDT&chainType=ETH".into()),
        ("deposit_orders", String::new()),
        (
            "auth_address",
            "txid=0x28dc84ebadb2c0f77677ab266fa6f6ac0e96ba1fbaadc2cb0dfad8202b191b56&institutionalName=X\
             &exchangeName=OKX&isAddressOwner=true"
                .into(),
        ),
        (
            "withdraw",
            "coin=USDT&clientOrderId=w1&address=0x05aad35f83e62b6323f55ea41efcfdd2f97bd505&quantity=10\
             &chainType=ETH"
                .into(),
        ),
        ("withdraw_orders", String::new()),
        ("create_listen_key", String::new()),
    ];
    let mut seen = BTreeSet::new();
    for (id, fields) in &steps {
        let (documented, answered) = answer(&sim, id, fields).await;
        // Only failures are listed, and the example has none.
        let is_listed = *id == "cancel_orders_by_ids" && answered["result"][0]["code"] == "0211";
        assert!(is_listed || *id != "cancel_orders_by_ids");
        same_shape(id, &documented, &answered);
        seen.insert(*id);
        if *id == "create_listen_key" {
            let key = answered["listenKey"].as_str().unwrap();
            assert_eq!(key.len(), documented["listenKey"].as_str().unwrap().len());
            for id in ["reset_listen_key", "delete_listen_key"] {
                assert_eq!(answer(&sim, id, &format!("listenKey={key}")).await.1, serde_json::json!({}));
                seen.insert(id);
            }
        }
    }
    assert_eq!(seen.len(), venue.catalog().served().count());
}
