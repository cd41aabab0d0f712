//! Simulated WEX spot remembers its orders, and refuses in the documented words what its rules don't let pass.

use serde_json::{Value, json};
use venue_sim::Sim;

use crate::wex_spot_desk::{DELETE, Desk, GET, POST, PUT};

const FIRST: &str = "6216559590087220004";

#[tokio::test]
async fn an_order_rests_is_changed_and_is_cancelled() {
    let desk = Desk::open().await;
    let id = desk.place("BUY", r#""price":25637.2,"quantity":2,"clientOrderId":"mine1""#).await;
    assert_eq!(id, FIRST);
    let row = desk.detail(&id).await;
    assert_eq!(row["symbol"], "BTC_USDT");
    assert_eq!(
        (&row["state"], &row["price"], &row["origQuoteQty"]),
        (&json!("NEW"), &json!("25637.2"), &json!("51274.4"))
    );
    assert_eq!(
        (&row["avgPrice"], &row["leavingQty"], &row["ip"]),
        (&json!(""), &json!("2"), &json!("127.0.0.1"))
    );
    assert_eq!(desk.balance("usdt").await, ("51274.4".into(), "948725.6".into()));

    let change = desk.ask(PUT, &format!("/v4/order/{id}"), r#"{"price":25000,"quantity":1}"#).await;
    assert_eq!(change, json!({"orderId": FIRST, "modifyId": "407329711723834560"}));
    let row = desk.ask(GET, "/v4/order", "clientOrderId=mine1").await;
    assert_eq!((&row["orderId"], &row["origQty"], row.get("ip")), (&json!(FIRST), &json!("1"), None));

    let path = format!("/v4/order/{id}");
    assert_eq!(desk.ask(DELETE, &path, "").await, json!({ "cancelId": FIRST }));
    assert_eq!(desk.code(DELETE, &path, "").await, "ORDER_005");
    assert_eq!(desk.code(PUT, &path, r#"{"price":25000,"quantity":1}"#).await, "ORDER_005");
    let row = desk.detail(&id).await;
    assert_eq!((&row["state"], &row["leavingQty"]), (&json!("CANCELED"), &json!("0")));
    assert_eq!(desk.balance("usdt").await, ("0".into(), "1000000".into()));
}

#[tokio::test]
async fn every_rule_has_its_code() {
    let desk = Desk::open().await;
    desk.place("BUY", r#""price":20000,"quantity":1,"clientOrderId":"taken""#).await;
    for (side, fields, code) in [
        ("BUY", r#""price":20000,"quantity":1,"clientOrderId":"taken""#, "ORDER_001"),
        ("BUY", r#""price":20000,"quantity":1,"clientOrderId":"abc""#, "FUND_017"),
        ("BUY", r#""price":20000,"quantity":1,"clientOrderId":"a-bc""#, "FUND_017"),
        ("BUY", r#""price":20000,"quantity":1,"bizType":"LEVER""#, "SYMBOL_010"),
        ("BUY", r#""price":20000"#, "FUND_017"),
        ("BUY", r#""quantity":1"#, "FUND_017"),
        ("SELL", r#""quoteQty":100"#, "FUND_017"),
        ("BUY", r#""price":85000,"quantity":100"#, "ORDER_002"),
        ("SELL", r#""quantity":11"#, "ORDER_002"),
        ("BUY", r#""price":20000.001,"quantity":1"#, "ORDER_008"),
        ("BUY", r#""price":20000,"quantity":0.000001"#, "ORDER_008"),
        ("BUY", r#""price":0,"quantity":1"#, "ORDER_F0101"),
        ("BUY", r#""price":-1,"quantity":1"#, "ORDER_F0101"),
        ("SELL", r#""price":10000001,"quantity":1"#, "ORDER_F0102"),
        ("BUY", r#""price":20000,"quantity":0"#, "ORDER_F0201"),
        ("BUY", r#""price":20000,"quantity":201"#, "ORDER_F0202"),
        ("BUY", r#""price":20000,"quantity":0.00001"#, "ORDER_F0301"),
        ("BUY", r#""quoteQty":4.99"#, "ORDER_F0301"),
        ("BUY", r#""quoteQty":-5"#, "ORDER_F0301"),
        ("BUY", r#""price":2000,"quantity":1"#, "ORDER_F0501"),
        ("SELL", r#""price":200000,"quantity":1"#, "ORDER_F0502"),
        ("BUY", r#""price":99999999999999999999999999999999,"quantity":1"#, "FUND_017"),
    ] {
        assert_eq!(desk.code(POST, "/v4/order", &Desk::order(side, fields)).await, code, "{side} {fields}");
    }
    for (fields, code) in [
        (r#""price":1900.01,"quantity":1"#, "ORDER_F0103"),
        (r#""price":1900.05,"quantity":1.0001"#, "ORDER_F0203"),
        (r#""price":1900.05,"quantity":1.0005"#, "SUCCESS"),
    ] {
        let order = Desk::order_of("ETH_USDT", "BUY", fields);
        assert_eq!(desk.code(POST, "/v4/order", &order).await, code, "{fields}");
    }
    let unknown = Desk::order_of("abc_usdt", "BUY", r#""price":1,"quantity":1"#);
    assert_eq!(desk.code(POST, "/v4/order", &unknown).await, "SYMBOL_001");
    assert_eq!(desk.code(GET, "/v4/public/depth", "symbol=abc_usdt").await, "SYMBOL_001");
    for (path, code) in [("/v4/order/1", "ORDER_005"), ("/v4/order/x", "FUND_017")] {
        assert_eq!(desk.code(GET, path, "").await, code, "{path}");
    }
    assert_eq!(desk.code(GET, "/v4/order", "").await, "FUND_017");
    assert_eq!(desk.code(GET, "/v4/order", "clientOrderId=nobody").await, "ORDER_005");
    assert_eq!(desk.code(GET, "/v4/batch-order", "orderIds=x").await, "FUND_017");
    assert_eq!(desk.ask(GET, "/v4/open-order", "").await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_market_far_from_the_last_price_takes_no_market_orders() {
    tokio::time::pause();
    let desk = Desk::open().await;
    let submit = |side: &str, fields: &str| Desk::order_of("eth_usdt", side, fields);
    desk.ask(POST, "/v4/order", &submit("SELL", r#""price":3000,"quantity":1"#)).await;
    // Everything that others offer is bought, and only that far order is left.
    desk.ask(POST, "/v4/order", &submit("BUY", r#""price":2200,"quantity":300,"timeInForce":"IOC""#)).await;
    let asks = desk.ask(GET, "/v4/public/depth", "symbol=eth_usdt").await["asks"].take();
    assert_eq!(asks, json!([["3000", "1"]]));
    assert_eq!(desk.code(POST, "/v4/order", &submit("BUY", r#""quoteQty":100"#)).await, "ORDER_F0601");
    assert_eq!(desk.code(POST, "/v4/order", &submit("SELL", r#""quantity":0.1"#)).await, "SUCCESS");
}

#[tokio::test]
async fn no_more_than_five_hundred_orders_may_be_open() {
    let desk = Desk::open().await;
    let order = Desk::order("BUY", r#""price":20000,"quantity":0.001"#);
    let batch = format!(r#"{{"items":[{}]}}"#, vec![order.as_str(); 100].join(","));
    for _ in 0..5 {
        desk.ask(POST, "/v4/batch-order", &batch).await;
    }
    assert_eq!(desk.code(POST, "/v4/order", &order).await, "ORDER_006");
    let too_long = format!(r#"{{"items":[{}]}}"#, vec![order.as_str(); 101].join(","));
    assert_eq!(desk.code(POST, "/v4/batch-order", &too_long).await, "FUND_017");
    desk.ask(DELETE, "/v4/open-order", r#"{"bizType":"LEVER"}"#).await;
    desk.ask(DELETE, "/v4/open-order", r#"{"bizType":"SPOT","side":"SELL"}"#).await;
    assert_eq!(desk.ask(GET, "/v4/open-order", "side=BUY").await.as_array().unwrap().len(), 500);
    desk.ask(DELETE, "/v4/open-order", r#"{"bizType":"SPOT","symbol":"BTC_USDT"}"#).await;
    assert_eq!(desk.ask(GET, "/v4/open-order", "").await, json!([]));
    assert_eq!(desk.balance("usdt").await, ("0".into(), "1000000".into()));
}

#[tokio::test]
async fn rows_of_a_batch_have_fates_of_their_own_and_only_what_ran_is_counted() {
    let desk = Desk::open().await;
    let item = |fields: &str| Desk::order("BUY", fields);
    let items = [
        item(r#""price":20000,"quantity":1,"clientOrderId":"one1""#),
        item(r#""price":20000,"quantity":1,"clientOrderId":"one1""#),
        item(r#""price":85000,"quantity":100,"clientOrderId":"two2""#),
        item(r#""quantity":0.01"#),
    ];
    let batch = format!(r#"{{"items":[{}],"clientBatchId":"batch_1"}}"#, items.join(","));
    let done = desk.ask(POST, "/v4/batch-order", &batch).await;
    assert_eq!(done["batchId"], "batch_1");
    let rows: Vec<_> = done["items"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            ("0", FIRST, "false", ""),
            ("1", "", "true", "Platform rejection"),
            ("2", "", "true", "Insufficient funds"),
            ("3", "6216559590087220005", "false", ""),
        ]
    );
    let venue = desk.venue();
    assert_eq!((venue.executions("one1"), venue.executions("two2")), (1, 0));
    assert!(venue.repeated_client_ids().is_empty());
    // A row that can't be read refuses the whole batch.
    let broken = r#"{"items":[{"symbol":"btc_usdt","side":"UP"}]}"#;
    assert_eq!(desk.code(POST, "/v4/batch-order", broken).await, "FUND_017");

    let ids = format!("{FIRST},6216559590087220005,77");
    let found = desk.ask(GET, "/v4/batch-order", &format!("orderIds={ids}")).await;
    assert_eq!((found.as_array().unwrap().len(), &found[1]["state"]), (2, &json!("FILLED")));
    assert_eq!(desk.ask(DELETE, "/v4/batch-order", &format!(r#"{{"orderIds":[{ids}]}}"#)).await, json!({}));
    assert_eq!(desk.detail(FIRST).await["state"], "CANCELED");
}

fn row(item: &Value) -> (&str, &str, &str, &str) {
    let text = |name: &str| item[name].as_str().unwrap();
    (text("index"), text("orderId"), text("reject"), text("reason"))
}

#[tokio::test]
async fn what_ends_by_its_own_terms_is_expired() {
    let desk = Desk::open().await;
    for fields in [
        r#""price":80000,"quantity":1,"timeInForce":"IOC""#,
        r#""price":80000,"quantity":1,"timeInForce":"FOK""#,
        r#""price":90000,"quantity":1,"timeInForce":"GTX""#,
    ] {
        let id = desk.place("BUY", fields).await;
        assert_eq!(desk.detail(&id).await["state"], "EXPIRED", "{fields}");
    }
    let market = desk.place("BUY", r#""quoteQty":1000"#).await;
    let row = desk.detail(&market).await;
    assert_eq!((&row["state"], &row["origQty"], &row["price"]), (&json!("FILLED"), &json!(""), &json!("")));
    assert_eq!((&row["origQuoteQty"], &row["feeCurrency"]), (&json!("1000"), &json!("BTC")));
    let rested = desk.place("BUY", r#""price":80000,"quantity":1,"timeInForce":"GTX""#).await;
    desk.ask(DELETE, &format!("/v4/order/{rested}"), "").await;
    let states = |query: &'static str| {
        let desk = &desk;
        async move {
            let page = desk.ask(GET, "/v4/history-order", query).await;
            let rows = page["items"].as_array().unwrap().iter();
            rows.map(|row| row["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    assert_eq!(states("").await, ["CANCELED", "FILLED", "EXPIRED", "EXPIRED", "EXPIRED"]);
    assert_eq!(states("hiddenCanceled=true&limit=2").await, ["FILLED", "EXPIRED"]);
    assert_eq!(states("state=CANCELED").await, ["CANCELED"]);
    assert_eq!(states("type=MARKET").await, ["FILLED"]);
    assert!(states("bizType=LEVER").await.is_empty());
    assert!(states("symbol=eth_usdt").await.is_empty());
}

#[tokio::test]
async fn the_same_seed_and_times_give_the_same_answers() {
    let mut told = Vec::new();
    for _ in 0..2 {
        tokio::time::pause();
        let desk = Desk::with(Sim::builder().starts_at_ms(1_700_000_000_000)).await;
        let mut answers = Vec::new();
        for (method, path, fields) in [
            (POST, "/v4/order", Desk::order("BUY", r#""quoteQty":1000"#)),
            (GET, "/v4/trade", String::new()),
            (GET, "/v4/public/depth", "symbol=eth_usdt".to_owned()),
            (GET, "/v4/deposit/address", "currency=xlm&chain=XLM".to_owned()),
            (POST, "/v4/ws-token", String::new()),
        ] {
            answers.push(desk.ask(method, path, &fields).await);
        }
        told.push(answers);
        tokio::time::resume();
    }
    assert_eq!(told[0], told[1]);
}
