//! What simulated `BitMart` pushes has the keys and the JSON types of the documented examples.

use serde_json::Value;

use crate::desk::{Desk, POST};
use crate::shape::same_shape;
use crate::tap::Tap;
use crate::ws_bitmart::{private, public, subscribe};

const LEVELS: &str = r#""asks":[{"price":"70294.4","vol":"455"}],"bids":[{"price":"70293.9","vol":"1856"}]"#;

/// Topic and documented data; names that differ in a number or a step share it.
fn public_examples() -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = [
        ("futures/ticker:BTCUSDT", r#"{"symbol":"BTCUSDT","last_price":"97153.6","volume_24":"25502894","range":"0.0016599204475393","mark_price":"97153.7","index_price":"97185.614","ask_price":"97153.9","ask_vol":"28","bid_price":"97153.4","bid_vol":"428"}"#),
        ("futures/fundingRate:BTCUSDT", r#"{"symbol":"BTCUSDT","fundingRate":"0.000098800809","fundingTime":1732525864000,"nextFundingRate":"0.0000947","nextFundingTime":1732550400000,"funding_upper_limit":"0.0375","funding_lower_limit":"-0.0375","ts":1732525864601}"#),
        ("futures/bookticker:BTCUSDT", r#"{"symbol":"BTCUSDT","best_bid_price":"97315","best_bid_vol":"156","best_ask_price":"97315.4","best_ask_vol":"333","ms_t":1733891542244}"#),
        ("futures/trade:BTCUSDT", r#"[{"trade_id":1409495322,"symbol":"BTCUSDT","deal_price":"117387.58","deal_vol":"1445","m":true,"created_at":"2023-02-24T07:54:11.124940968Z"}]"#),
    ]
    .map(|(topic, data)| (topic.to_owned(), data.to_owned()))
    .into();
    for levels in ["5", "20", "50"] {
        for speed in ["", "@100ms", "@200ms"] {
            let topic = |name: &str| format!("futures/{name}{levels}:BTCUSDT{speed}");
            let one =
                r#"{"symbol":"BTCUSDT","way":1,"depths":[{"price":"5","vol":"97"}],"ms_t":1542337219120}"#;
            examples.push((topic("depth"), one.to_owned()));
            let all = format!(r#"{{"symbol":"BTCUSDT",{LEVELS},"ms_t":1730399750402}}"#);
            examples.push((topic("depthAll"), all));
            let increase = format!(
                r#"{{"symbol":"BTCUSDT",{LEVELS},"ms_t":1730400086184,"version":980361,"type":"snapshot"}}"#
            );
            examples.push((topic("depthIncrease"), increase));
        }
    }
    for step in ["1m", "5m", "15m", "30m", "1H", "2H", "4H", "1D", "1W"] {
        for name in ["klineBin", "markPriceKlineBin"] {
            let candle = r#"{"symbol":"BTCUSDT","o":"146.24","h":"146.24","l":"146.24","c":"146.24","v":"146","ts":1700533801}"#;
            examples.push((format!("futures/{name}{step}:BTCUSDT"), candle.to_owned()));
        }
    }
    examples
}

async fn compare(tap: &mut Tap, topic: &str, example: &str) {
    let push = tap.until(|frame| frame["group"] == topic && frame.get("action").is_none()).await;
    let documented: Value =
        serde_json::from_str(&format!(r#"{{"group":"{topic}","data":{example}}}"#)).unwrap();
    same_shape(topic, &documented, &push);
}

#[tokio::test(start_paused = true)]
async fn public_pushes_have_the_documented_shape() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    let examples = public_examples();
    assert_eq!(examples.len(), 4 + 27 + 18);
    for (topic, example) in &examples {
        subscribe(&mut tap, topic).await;
        compare(&mut tap, topic, example).await;
    }
    assert_eq!(desk.venue().streams().most_subscriptions, examples.len());
}

#[tokio::test(start_paused = true)]
async fn private_pushes_have_the_documented_shape() {
    let desk = Desk::open().await;
    let mut tap = private(&desk).await;
    for topic in ["futures/asset:USDT", "futures/position", "futures/order"] {
        subscribe(&mut tap, topic).await;
    }
    let row = r#"{"symbol":"BTCUSDT","hold_volume":"2000","position_type":1,"open_type":1,"frozen_volume":"0","close_volume":"0","hold_avg_price":"19406.2092","close_avg_price":"0","open_avg_price":"19406.2092","liquidate_price":"15621.998406","create_time":1662692862255,"update_time":1662692862255,"position_mode":"hedge_mode"}"#;
    let order = r#"[{"action":3,"order":{"order_id":"220906179895578","client_order_id":"BM1234","price":"1","size":"1000","symbol":"BTCUSDT","state":2,"side":1,"type":"limit","leverage":"5","open_type":"isolated","deal_avg_price":"0","deal_size":"0","create_time":1662368173000,"update_time":1662368173000,"plan_order_id":"220901412155341","last_trade":{"lastTradeID":1247592391,"fillQty":"1","fillPrice":"25667.2","fee":"-0.00027","feeCcy":"USDT"},"trigger_price":"-","trigger_price_type":"-","execution_price":"-","activation_price_type":"-","activation_price":"-","callback_rate":"-","position_mode":"hedge_mode"}}]"#;
    desk.order(1, 5, None, "").await;
    let mut pushes = Vec::new();
    while pushes.len() < 6 {
        pushes.push(tap.hear().await);
    }
    let find = |topic: &str, wanted: &dyn Fn(&Value) -> bool| {
        pushes
            .iter()
            .find(|push| push["group"] == topic && wanted(&push["data"]))
            .unwrap_or_else(|| panic!("{topic}"))
    };
    for (topic, wanted, example) in [
        ("futures/asset:USDT", &(|_: &Value| true) as &dyn Fn(&Value) -> bool, r#"{"currency":"BTC","available_balance":"1000","position_deposit":"1000","frozen_balance":"1000"}"#.to_owned()),
        ("futures/position", &|_: &Value| true, format!("[{row}]")),
        ("futures/order", &|data: &Value| data[0]["action"] == 1, order.to_owned()),
    ] {
        let documented: Value = serde_json::from_str(&format!(r#"{{"group":"{topic}","data":{example}}}"#)).unwrap();
        same_shape(topic, &documented, find(topic, wanted));
    }
    // A plan order has the same keys; what it hasn't traded is null.
    let plan = r#"{"symbol":"BTCUSDT","side":1,"leverage":"1","open_type":"cross","size":1,"trigger_price":"99000","executive_price":"98000","price_way":1,"price_type":2}"#;
    desk.ask(POST, "submit-plan-order", plan).await;
    let push = tap.until(|frame| frame["data"][0]["order"]["type"] == "plan_order").await;
    let row = &push["data"][0]["order"];
    assert!(row["last_trade"].is_null());
    let wanted = ["99000", "fair_price", "98000", "-", "-", "-"];
    let names = [
        "trigger_price",
        "trigger_price_type",
        "execution_price",
        "activation_price_type",
        "activation_price",
        "callback_rate",
    ];
    assert_eq!(names.map(|name| row[name].as_str().unwrap()), wanted);
}
