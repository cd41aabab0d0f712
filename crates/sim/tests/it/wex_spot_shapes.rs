//! What simulated WEX spot answers from state has the keys and the JSON types of the documented examples.

use serde_json::{Value, json};

use crate::shape::same_shape;
use crate::wex_spot_desk::{DELETE, Desk, GET, POST, PUT};

#[tokio::test]
async fn answers_have_the_documented_shape() {
    let desk = Desk::open().await;
    let order = Desk::order("BUY", r#""price":25000,"quantity":1,"clientOrderId":"16559590087220001""#);
    let (public, id) = ("/v4/public/", "6216559590087220004");
    let address = "0xfa3abfa50eb2006f5be7831658b17aca240d8526";
    let withdrawal =
        format!(r#"{{"currency":"usdt","chain":"Ethereum","amount":1000,"address":"{address}","memo":""}}"#);
    let btc = "symbol=btc_usdt";
    let steps = [
        (GET, format!("{public}client"), String::new()),
        (GET, format!("{public}symbol"), btc.to_owned()),
        (GET, format!("{public}kline"), format!("{btc}&interval=1m")),
        (GET, format!("{public}currencies"), String::new()),
        (GET, format!("{public}wallet/support/currency"), String::new()),
        (POST, "/v4/order".into(), order.clone()),
        (PUT, "/v4/order/{orderId}".into(), r#"{"price":24000,"quantity":2}"#.into()),
        (GET, "/v4/order/{orderId}".into(), String::new()),
        (GET, "/v4/order".into(), format!("orderId={id}")),
        (GET, "/v4/batch-order".into(), format!("orderIds={id}")),
        (GET, "/v4/open-order".into(), String::new()),
        (DELETE, "/v4/order/{orderId}".into(), String::new()),
        (POST, "/v4/batch-order".into(), format!(r#"{{"items":[{order}]}}"#)),
        (DELETE, "/v4/batch-order".into(), format!(r#"{{"orderIds":[{id}]}}"#)),
        (DELETE, "/v4/open-order".into(), r#"{"bizType":"SPOT"}"#.into()),
        (POST, "/v4/order".into(), Desk::order("BUY", r#""quoteQty":1000"#)),
        (GET, "/v4/trade".into(), String::new()),
        (GET, "/v4/history-order".into(), "type=LIMIT".into()),
        (GET, format!("{public}depth"), btc.to_owned()),
        (GET, format!("{public}trade/recent"), btc.to_owned()),
        (GET, format!("{public}trade/history"), format!("{btc}&direction=NEXT")),
        (GET, format!("{public}ticker"), btc.to_owned()),
        (GET, format!("{public}ticker/price"), btc.to_owned()),
        (GET, format!("{public}ticker/book"), btc.to_owned()),
        (GET, format!("{public}ticker/24h"), btc.to_owned()),
        (GET, "/v4/balance".into(), "currency=usdt".into()),
        (GET, "/v4/balances".into(), String::new()),
        (GET, "/v4/deposit/address".into(), "currency=USDT&chain=Ethereum".into()),
        (GET, "/v4/deposit/history".into(), String::new()),
        (POST, "/v4/withdraw".into(), withdrawal),
        (GET, "/v4/withdraw/history".into(), String::new()),
        (
            POST,
            "/v4/balance/transfer".into(),
            r#"{"bizId":"1","from":"SPOT","to":"FUTURES_U","currency":"usdt","amount":5}"#.into(),
        ),
        (
            POST,
            "/v4/balance/account/transfer".into(),
            r#"{"bizId":"2","from":"SPOT","to":"SPOT","currency":"usdt","amount":5,"toAccountId":7}"#.into(),
        ),
        (POST, "/v4/ws-token".into(), String::new()),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for (method, path, fields) in &steps {
        let mut answered = desk.whole(method, &path.replace("{orderId}", id), fields).await;
        let endpoint =
            desk.venue().catalog().served().find(|e| e.path == *path && e.method == *method).unwrap();
        let mut documented: Value = serde_json::from_str(&endpoint.example).unwrap();
        if path == "/v4/trade" {
            // Documented as a value or null: nothing is paid with coupons here.
            for name in ["deductType", "deductFee", "couponAmount", "couponCurrency"] {
                assert_eq!(answered["result"]["items"][0][name].take(), Value::Null, "{name}");
                documented["result"]["items"][0][name].take();
            }
        }
        same_shape(&format!("{method} {path}"), &documented, &answered);
        let head = |answer: &Value| json!([answer["rc"], answer["mc"], answer["ma"]]);
        assert_eq!(head(&documented), head(&answered), "{method} {path}");
        seen.insert((method, path));
    }
    // All but the time, which is told everywhere.
    assert_eq!(seen.len(), desk.venue().catalog().served().count() - 1);
}
