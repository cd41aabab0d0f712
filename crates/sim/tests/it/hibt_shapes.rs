//! What simulated Hibt answers from state has the keys and the JSON types of the documented examples.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::hibt::Stall;
use crate::shape::same_shape;

#[tokio::test(start_paused = true)]
async fn answers_have_the_documented_shape() {
    let stall = Stall::open().await;
    // The market has to trade before there are trades.
    tokio::time::advance(Duration::from_secs(60)).await;
    let resting = json!({
        "symbol": "btc_usdt", "type": 1, "side": 1, "leverage": 10, "price": "30000", "amount": "0.01",
        "customID": "rests", "isSetSp": true, "spPrice": "99000", "triggerType": 2,
    });
    let filled = json!({
        "symbol": "btc_usdt", "type": 2, "side": 1, "leverage": 10, "amount": "0.01", "customID": "fills",
        "isSetSp": true, "spPrice": "99000", "isSetSl": true, "slPrice": "20000", "triggerType": 1,
    });
    let waits = |id: &str| {
        json!({
            "symbol": "btc_usdt", "side": 1, "triggerType": 1, "triggerPrice": "99000", "amount": "0.01",
            "price": "99000", "leverage": 10, "customID": id,
        })
    };
    let btc = json!({"symbol": "btc_usdt"});
    let candles = json!({"symbol": "btc_usdt", "period": "M5"});
    let batch = |id: &str| {
        json!({"items": [{
            "customID": id, "symbol": "btc_usdt", "type": 1, "side": 2, "leverage": 5, "price": "99000",
            "amount": "0.02",
        }]})
    };
    let steps: Vec<(&str, Value)> = vec![
        ("GET /v2/server/time", json!({})),
        ("GET /v2/market/symbols", json!({})),
        ("GET /v2/market/tickers", btc.clone()),
        ("GET /v2/market/candle", candles),
        ("GET /v2/market/ticker/price", json!({})),
        ("GET /v2/market/depth", btc.clone()),
        ("GET /v2/market/deals", btc.clone()),
        ("GET /v2/market/index", json!({})),
        ("GET /v2/market/fundingRate", btc.clone()),
        ("GET /v2/market/riskLimit", btc.clone()),
        ("GET /v2/market/contracts", json!({})),
        ("GET /v2/market/contractSpecifications", json!({})),
        ("GET /v2/market/orderBook", btc.clone()),
        ("POST /v2/account/setLeverage", json!({"symbol": "btc_usdt", "leverage": 10})),
        ("POST /v2/order/open", resting),
        ("GET /v2/order/unFinish", btc.clone()),
        ("POST /v2/order/open", filled),
        ("GET /v2/order/finishedInfo", json!({"symbol": "btc_usdt", "customID": "fills"})),
        ("GET /v2/order/finished", btc.clone()),
        ("GET /v2/account/position", btc.clone()),
        ("GET /v2/account/order", btc.clone()),
        ("GET /v2/account/balance", json!({})),
        ("GET /v2/account/balanceRecord", json!({})),
        ("POST /v2/entrust/add", waits("waits")),
        ("GET /v2/entrust/unFinish", btc.clone()),
        ("POST /v2/entrust/cancel", json!({"symbol": "btc_usdt", "customID": "waits"})),
        ("GET /v2/entrust/finished", btc.clone()),
    ];
    let mut seen = BTreeSet::new();
    for (request, fields) in &steps {
        let answered = stall.whole(request, fields).await;
        same_shape(request, &stall.documented(request), &answered);
        assert_eq!(answered["msg"], "success", "{request}");
        seen.insert(*request);
    }
    // Objects by the caller's own ids have those as keys, and lists of ids may hold any number of them.
    let position = stall.ask("GET /v2/account/position", &btc).await[0]["positionID"].clone();
    let by_id = [
        (
            "POST /v2/order/batchOpen",
            batch("row"),
            json!({"success": {"row": "17249168694750000000000012350"}, "fail": {}}),
        ),
        (
            "POST /v2/order/cancel",
            json!({"symbol": "btc_usdt", "customID": "row"}),
            json!({"success": {"row": "17249168694750000000000012350"}, "fail": {}}),
        ),
        (
            "POST /v2/order/batchCancel",
            btc.clone(),
            json!({"success": {"rests": "17249168694750000000000012345"}, "fail": {}}),
        ),
        (
            "POST /v2/order/close",
            json!({"type": 1, "amount": "0.01", "price": "99000", "positionID": position}),
            json!({"orderID": "17249168694750000000000012351"}),
        ),
        ("POST /v2/order/closeAll", btc.clone(), json!({"listOrderID": ["17249168694750000000000012352"]})),
        // Nobody is liquidated here.
        ("GET /v2/account/orderForced", btc, json!([])),
    ];
    for (request, fields, expected) in &by_id {
        assert_eq!(stall.ask(request, fields).await, *expected, "{request}");
        seen.insert(*request);
    }
    assert_eq!(seen.len(), 32, "every documented endpoint");
}
