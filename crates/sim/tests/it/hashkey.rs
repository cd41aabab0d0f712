//! Simulated `HashKey` says no by the documented code, whatever the reason, and nothing is left of it.

use serde_json::Value;
use venue_sim::data::Placement;
use venue_sim::{Sim, Which};

use crate::client::send;
use crate::draft::{Draft, Value as Field};
use crate::seal::{Pen, seal};

/// Asks a documented endpoint: `fields` are pairs, or a bare array.
pub(crate) async fn ask(sim: &Sim, id: &str, fields: &str) -> (u16, Value) {
    let venue = sim.venue(Which::HashKey);
    let endpoint = venue.catalog().served().find(|endpoint| endpoint.id == id).unwrap();
    let array = fields.starts_with('[').then(|| fields.to_owned());
    let pairs = if array.is_some() { "" } else { fields }.split('&').filter_map(|pair| pair.split_once('='));
    let pairs: Vec<(String, Field)> = pairs
        .map(|(name, value)| (name.to_owned(), Field { text: value.to_owned(), json: String::new() }))
        .collect();
    let is_form = endpoint.placement == Placement::Form;
    let (query, body) = if is_form { (Vec::new(), pairs) } else { (pairs, Vec::new()) };
    let (method, path) = (endpoint.method.clone(), endpoint.path.clone());
    let draft = Draft { method, path, query, body, array, placement: endpoint.placement };
    let reply = send(sim, venue, &seal(Which::HashKey, endpoint, &draft, &Pen::of(venue))).await.unwrap();
    (reply.status, serde_json::from_str(&reply.body).unwrap())
}

pub(crate) async fn open() -> Sim {
    Sim::builder().venue(Which::HashKey).limits(false).plain(true).seed(5).start().await.unwrap()
}

/// The code of an answer, as text.
fn code(answer: &Value) -> String {
    answer["code"].as_str().map_or_else(|| answer["code"].to_string(), str::to_owned)
}

#[tokio::test]
async fn wrong_orders_get_the_documented_codes() {
    let sim = open().await;
    let limit = |side: &str, price: &str, qty: &str| {
        format!("symbol=BTCUSDT&side={side}&type=LIMIT&price={price}&quantity={qty}")
    };
    let market = |more: &str| format!("symbol=BTCUSDT&side=BUY&type=MARKET&{more}");
    let filled = ask(&sim, "create_order", &market("quantity=0.01&newClientOrderId=filled")).await.1;
    assert_eq!(filled["status"], "FILLED");
    for (fields, expected) in [
        (limit("BUY", "0", "0.01"), "0207"),
        (limit("BUY", "-1", "0.01"), "0207"),
        (limit("BUY", "80000.001", "0.01"), "0209"),
        (limit("BUY", "95000", "0.01"), "0210"),
        (limit("SELL", "75000", "0.01"), "0210"),
        (limit("SELL", "1000001", "0.01"), "-1132"),
        (limit("BUY", "0.001", "0.01"), "-1133"),
        (limit("BUY", "80000", "0"), "-1126"),
        (limit("BUY", "80000", "0.00001"), "-1200"),
        (limit("BUY", "80000", "41"), "-1201"),
        (limit("SELL", "90000", "0.00001"), "-1202"),
        (limit("SELL", "90000", "41"), "-1203"),
        (limit("BUY", "80000", "0.010001"), "-1137"),
        (limit("BUY", "100", "0.01"), "-1140"),
        (limit("SELL", "90000", "30"), "-1206"),
        (limit("BUY", "80000", "20"), "0401"),
        (limit("BUY", "80000", "0.01&amount=10"), "-1129"),
        (limit("BUY", "80000", "0.01&newClientOrderId=filled"), "-1141"),
        (market("quantity=0.00001"), "-1136"),
        (market("quantity=11"), "-1135"),
        (market("amount=9.9"), "-1140"),
        (market("amount=500001"), "-1206"),
        (market("amount=100.123456789"), "-1148"),
        (market("quantity=1&amount=100"), "-1129"),
        (market("side=BUY"), "0001"),
        (market("quantity=0.01&timeInForce=GTC"), "-1014"),
        (market("quantity=0.01&timeInForce=FOK"), "-1014"),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.01".to_owned(), "0001"),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&price=80000".to_owned(), "0001"),
        (
            "symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.01&price=80000&timeInForce=IOC".to_owned(),
            "-1014",
        ),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.01&price=90000".to_owned(), "-2010"),
        ("symbol=NOPE&side=BUY&type=LIMIT&quantity=1&price=1".to_owned(), "0201"),
        (limit("BUY", "80000", &"1".repeat(40)), "-1004"),
        (limit("BUY", "80000", "0.01&side=BOTH").replacen("side=BUY&", "", 1), "-1117"),
    ] {
        let (status, answer) = ask(&sim, "create_order", &fields).await;
        assert_eq!((status, code(&answer).as_str()), (400, expected), "{fields}: {answer}");
    }
    for (id, fields, expected) in [
        ("cancel_order", "orderId=1", "0211"),
        ("cancel_order", "orderId=words", "0211"),
        ("cancel_order", "clientOrderId=none", "0211"),
        ("cancel_order", "clientOrderId=filled", "-1139"),
        ("cancel_order", "side=BUY", "0001"),
        ("query_order", "orderId=1", "0211"),
        ("query_order", "orderId=1&accountId=7", "-1160"),
        ("query_order", "orderId=1&accountId=1649292498437183236", "0104"),
        ("cancel_open_orders_by_symbol", "symbol=NOPE", "0201"),
        ("open_orders", "fromOrderId=words", "-1130"),
        ("open_orders", "symbol=NOPE", "0201"),
        ("test_new_order", "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.01", "0001"),
    ] {
        let (status, answer) = ask(&sim, id, fields).await;
        assert_eq!((status, code(&answer).as_str()), (400, expected), "{id} {fields}: {answer}");
    }
    assert_eq!(ask(&sim, "open_orders", "").await.1, serde_json::json!([]));
}

#[tokio::test]
async fn lists_that_are_too_long_or_mixed_are_refused_whole() {
    let sim = open().await;
    let row = |symbol: &str| {
        format!(r#"{{"symbol":"{symbol}","side":"BUY","type":"LIMIT","price":"1900","quantity":"0.01"}}"#)
    };
    let many = format!("[{}]", vec![row("ETHUSDT"); 21].join(","));
    assert_eq!(code(&ask(&sim, "create_multiple_orders", &many).await.1), "-2022");
    let mixed = format!("[{},{}]", row("ETHUSDT"), row("BTCUSDT"));
    assert_eq!(code(&ask(&sim, "create_multiple_orders", &mixed).await.1), "-1014");
    let ids = format!("ids={}", vec!["1"; 101].join(","));
    assert_eq!(code(&ask(&sim, "cancel_orders_by_ids", &ids).await.1), "-2030");
    let ids = format!("ids={}", vec!["1"; 100].join(","));
    let (status, answer) = ask(&sim, "cancel_orders_by_ids", &ids).await;
    assert_eq!((status, answer["result"].as_array().unwrap().len()), (200, 100));
    assert_eq!(ask(&sim, "open_orders", "").await.1, serde_json::json!([]));
}

#[tokio::test]
async fn no_more_orders_are_open_on_a_pair_than_its_rules_say() {
    let sim = open().await;
    let order = "symbol=ETHUSDT&side=BUY&type=LIMIT&price=1500&quantity=0.01";
    let row = r#"{"symbol":"ETHUSDT","side":"BUY","type":"LIMIT","price":"1500","quantity":"0.01"}"#;
    let batch = format!("[{}]", [row; 20].join(","));
    for _ in 0..15 {
        ask(&sim, "create_multiple_orders", &batch).await;
    }
    assert_eq!(code(&ask(&sim, "create_order", order).await.1), "-2017");
    assert_eq!(
        ask(&sim, "create_order", &order.replace("ETHUSDT", "BTCUSDT").replace("1500", "80000")).await.0,
        200
    );
    // One call sweeps 200 at most, whatever it is asked for.
    ask(&sim, "cancel_all_open_orders", "symbol=ETHUSDT&limit=1000").await;
    assert_eq!(ask(&sim, "open_orders", "symbol=ETHUSDT").await.1.as_array().unwrap().len(), 100);
    ask(&sim, "cancel_open_orders_by_symbol", "symbol=ETHUSDT").await;
    assert_eq!(ask(&sim, "open_orders", "").await.1.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn wrong_requests_about_money_get_the_documented_codes() {
    let sim = open().await;
    let now = sim.venue(Which::HashKey).clock().now_ms();
    let day = 24 * 60 * 60 * 1000;
    let span = |from: i64, to: i64| format!("startTime={}&endTime={}", now + from * day, now + to * day);
    let (main, custody) = ("1649292498437183232", "1649292498437183235");
    let transfer = |from: &str, to: &str, more: &str| format!("fromAccountId={from}&toAccountId={to}&{more}");
    let withdraw =
        |more: &str| format!("clientOrderId=w&address=0x05aad35f83e62b6323f55ea41efcfdd2f97bd505&{more}");
    let usdt = "coin=USDT&chainType=ETH";
    for (id, fields, expected) in [
        ("asset_transfer", transfer(main, main, "coin=USDT&quantity=1"), "-1174"),
        ("asset_transfer", transfer(main, custody, "coin=NOPE&quantity=1"), "-4001"),
        ("asset_transfer", transfer(main, custody, "coin=USDT&quantity=0"), "-1126"),
        ("withdraw", withdraw("coin=NOPE&chainType=ETH&quantity=1"), "-4001"),
        ("withdraw", withdraw("coin=USDT&chainType=BTC&quantity=1"), "-1130"),
        ("withdraw", withdraw(&format!("{usdt}&quantity=-1")), "-1168"),
        ("withdraw", withdraw(&format!("{usdt}&quantity=one")), "-1168"),
        ("withdraw", withdraw(&format!("{usdt}&quantity=1&platform=Elsewhere")), "-1130"),
        ("withdraw", withdraw(&format!("{usdt}&quantity=1&memo=no-dash")), "-1130"),
        ("deposit_address", "coin=USD&chainType=ETH".to_owned(), "-1170"),
        ("deposit_address", "coin=USDT&chainType=BTC".to_owned(), "-1130"),
        ("coin_info", "coinId=NOPE".to_owned(), "-4001"),
        ("auth_address", "txid=1&exchangeName=OKX&isAddressOwner=true&senderFirstName=A".to_owned(), "0001"),
        (
            "auth_address",
            "txid=1&exchangeName=OKX&isAddressOwner=false&institutionalName=A".to_owned(),
            "-1130",
        ),
        ("balance_flow", span(-31, 0), "-2027"),
        ("balance_flow", span(-40, -20), "-2028"),
        ("balance_flow", span(0, -1), "-1130"),
        ("account_trades", span(-31, 0), "-2028"),
        ("traded_orders", span(-91, 0), "-2029"),
        ("sub_trades", span(-31, 0), "-2028"),
        ("sub_trade_orders", format!("subAccountId=1695624199270418688&{}", span(-91, 0)), "-2029"),
        ("fiat_history", format!("type=gift&{}", span(-1, 0)), "-1177"),
        ("fiat_history", format!("type=deposit&status=lost&{}", span(-1, 0)), "-1175"),
        ("fiat_history", format!("type=withdraw&status=lost&{}", span(-1, 0)), "-1176"),
        ("reset_listen_key", "listenKey=none".to_owned(), "-1130"),
        ("exchange_info", "symbol=NOPE".to_owned(), "0201"),
        ("depth", "symbol=NOPE".to_owned(), "-100011"),
        ("depth_merged", "symbol=BTCUSDT&scale=6".to_owned(), "-100002"),
    ] {
        let (status, answer) = ask(&sim, id, &fields).await;
        assert_eq!((status, code(&answer).as_str()), (400, expected), "{id} {fields}: {answer}");
    }
    let flows = ask(&sim, "balance_flow", &span(-1, 1)).await.1;
    let reasons = flows.as_array().unwrap().iter().map(|flow| flow["flowTypeValue"].as_i64().unwrap());
    assert!(reasons.into_iter().all(|reason| [79, 900, 906].contains(&reason)), "first funds alone: {flows}");
}
