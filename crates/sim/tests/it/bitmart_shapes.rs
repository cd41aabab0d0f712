//! What simulated `BitMart` answers from state has the keys and the JSON types of the documented examples.

use serde_json::Value;
use venue_sim::Sim;

use crate::desk::{Desk, GET, POST};
use crate::shapes::same_shape;

#[tokio::test]
async fn answers_have_the_documented_shape() {
    let desk = Desk::with(Sim::builder().limits(false)).await;
    let market = "/contract/public/";
    let sub = "/account/contract/sub-account/";
    let now = desk.venue().clock().now_ms() / 1000;
    let span = format!("symbol=BTCUSDT&start_time={}&end_time={now}&step=5", now - 3600);
    let (btc, query) = (r#"{"symbol":"BTCUSDT"}"#, "symbol=BTCUSDT");
    let preset = r#""preset_take_profit_price":"99000","preset_stop_loss_price":"20000""#;
    let steps: Vec<(&str, String, String)> = [
        (GET, format!("{market}details"), query.to_owned()),
        (GET, format!("{market}depth"), query.to_owned()),
        (GET, format!("{market}open-interest"), query.to_owned()),
        (GET, format!("{market}funding-rate"), query.to_owned()),
        (GET, format!("{market}funding-rate-history"), query.to_owned()),
        (GET, format!("{market}kline"), span.clone()),
        (GET, format!("{market}markprice-kline"), span),
        (GET, format!("{market}leverage-bracket"), query.to_owned()),
        (GET, "trade-fee-rate".into(), query.to_owned()),
        (POST, "submit-leverage".into(), r#"{"symbol":"BTCUSDT","leverage":"10","open_type":"isolated"}"#.into()),
        (POST, "submit-order".into(), r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"25000","client_order_id":"a1"}"#.into()),
        (GET, "order".into(), "symbol=BTCUSDT&order_id=220609666322019".into()),
        (POST, "modify-limit-order".into(), r#"{"symbol":"BTCUSDT","order_id":220609666322019,"price":"24000"}"#.into()),
        (POST, "modify-preset-plan-order".into(), format!(r#"{{"symbol":"BTCUSDT","order_id":"220609666322019",{preset}}}"#)),
        (GET, "get-open-orders".into(), query.to_owned()),
        (POST, "cancel-all-after".into(), r#"{"symbol":"BTCUSDT","timeout":60}"#.into()),
        (POST, "cancel-order".into(), r#"{"symbol":"BTCUSDT","order_id":"220609666322019"}"#.into()),
        (POST, "submit-order".into(), r#"{"symbol":"BTCUSDT","side":1,"size":5,"type":"market"}"#.into()),
        (GET, "order-history".into(), query.to_owned()),
        (GET, format!("{market}market-trade"), query.to_owned()),
        (GET, "position".into(), query.to_owned()),
        (GET, "position-v2".into(), query.to_owned()),
        (GET, "position-risk".into(), query.to_owned()),
        (GET, "trades".into(), query.to_owned()),
        (GET, "transaction-history".into(), query.to_owned()),
        (GET, "assets-detail".into(), String::new()),
        (POST, "submit-plan-order".into(), r#"{"symbol":"BTCUSDT","side":1,"leverage":"1","open_type":"cross","size":1,"trigger_price":"99000","executive_price":"99000","price_way":1,"price_type":1}"#.into()),
        (POST, "modify-plan-order".into(), r#"{"symbol":"BTCUSDT","order_id":"220609666322021","trigger_price":"98000","price_type":2,"type":"market"}"#.into()),
        (GET, "current-plan-order".into(), query.to_owned()),
        (POST, "submit-tp-sl-order".into(), r#"{"symbol":"BTCUSDT","type":"take_profit","side":3,"trigger_price":"99000","executive_price":"0","price_type":1,"client_order_id":"tp1"}"#.into()),
        (POST, "modify-tp-sl-order".into(), r#"{"symbol":"BTCUSDT","client_order_id":"tp1","trigger_price":"98000","price_type":1}"#.into()),
        (POST, "cancel-plan-order".into(), btc.to_owned()),
        (POST, "submit-trail-order".into(), r#"{"symbol":"BTCUSDT","side":3,"leverage":"1","open_type":"cross","size":1,"activation_price":"99000","callback_rate":"1","activation_price_type":1}"#.into()),
        (POST, "cancel-trail-order".into(), btc.to_owned()),
        (POST, "cancel-orders".into(), btc.to_owned()),
        (POST, "submit-order".into(), r#"{"symbol":"BTCUSDT","side":3,"size":5,"type":"market"}"#.into()),
        (POST, "set-position-mode".into(), r#"{"position_mode":"one_way_mode"}"#.into()),
        (GET, "get-position-mode".into(), String::new()),
        (POST, "/account/v1/transfer-contract".into(), r#"{"currency":"USDT","amount":"10","type":"spot_to_contract"}"#.into()),
        (POST, "/account/v1/transfer-contract-list".into(), r#"{"page":1,"limit":10}"#.into()),
        (POST, format!("{sub}main/v1/main-to-sub"), r#"{"requestNo":"1","amount":"3","currency":"USDT","subAccount":"s@x.com"}"#.into()),
        (POST, format!("{sub}main/v1/sub-to-main"), r#"{"requestNo":"2","amount":"1","currency":"USDT","subAccount":"s@x.com"}"#.into()),
        (POST, format!("{sub}sub/v1/sub-to-main"), r#"{"requestNo":"3","amount":"1","currency":"USDT"}"#.into()),
        (GET, format!("{sub}main/v1/wallet"), "subAccount=s%40x.com".into()),
        (GET, format!("{sub}main/v1/transfer-list"), "subAccount=s%40x.com&limit=10".into()),
        (GET, format!("{sub}v1/transfer-history"), "limit=10".into()),
    ]
    .into();
    let mut seen = std::collections::BTreeSet::new();
    for (method, path, fields) in &steps {
        let answered = desk.whole(method, path, fields).await;
        let full = if path.starts_with('/') { path.clone() } else { format!("/contract/private/{path}") };
        let endpoint = desk.venue().catalog().served().find(|endpoint| endpoint.path == full).unwrap();
        assert_eq!(endpoint.method, *method, "{full}");
        let documented: Value = serde_json::from_str(&endpoint.example).unwrap();
        same_shape(&full, &documented, &answered);
        assert_eq!(documented["message"], answered["message"], "{full}");
        seen.insert(full);
    }
    // All but the two affiliate endpoints.
    assert_eq!(seen.len(), 44);
}
