//! What simulated Pumpkin answers from state has the keys and the JSON types of the documented examples.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::pumpkin_desk::Counter;
use crate::shape::same_shape;

/// What is answered from the documentation alone.
const STATIC: [&str; 4] = [
    "/v2/public/time",
    "/v2/public/contract/risk-balance",
    "/v2/user/listen-key",
    "/v2/channel/rebateDetail",
];

const RANGE: &str = "timeRangeType=UTC_P_8";
const LONG: &str = "orderSide=BUY positionSide=LONG";

#[tokio::test]
async fn answers_have_the_documented_shape() {
    let desk = Counter::open().await;
    let now = desk.venue().clock().now_ms();
    let mut seen = BTreeSet::new();
    let mut same = async |path: &str, fields: &str| -> Value {
        let answered = desk.whole(path, fields).await;
        let endpoint = desk.venue().catalog().served().find(|endpoint| endpoint.path == path).unwrap();
        let documented: Value = serde_json::from_str(&endpoint.example).unwrap();
        same_shape(&format!("{path} {fields}"), &documented, &answered);
        assert_eq!(documented.get("code"), answered.get("code"), "{path}");
        seen.insert(path.to_owned());
        answered["data"].clone()
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();

    for path in ["symbol/list", "symbol/all", "q/mark-price", "q/index-price", "leverage/bracket/list"] {
        same(&format!("/v2/public/{path}"), "").await;
    }
    for path in [
        "symbol/detail",
        "q/deal",
        "q/symbol-mark-price",
        "q/symbol-index-price",
        "q/funding-rate",
        "q/funding-rate-record",
        "leverage/bracket/detail",
        "contract/open-interest",
    ] {
        // The market must have moved once, so that there is a trade.
        if path == "q/deal" {
            desk.order(&format!("orderType=MARKET {LONG} origQty=1")).await;
            desk.ask("/v2/position/close-all", "").await;
        }
        same(&format!("/v2/public/{path}"), "symbol=btc_usdt").await;
    }
    same("/v2/public/q/ticker", &format!("symbol=btc_usdt {RANGE}")).await;
    same("/v2/public/q/agg-ticker", &format!("symbol=btc_usdt {RANGE}")).await;
    same("/v2/public/q/tickers", RANGE).await;
    same("/v2/public/q/agg-tickers", RANGE).await;
    same("/v2/public/q/depth", "symbol=btc_usdt level=5").await;
    same("/v2/public/q/kline", "symbol=btc_usdt interval=15m").await;
    same("/common/v2/perpetual/contracts", &format!("timestamp={now}")).await;
    same("/common/v2/perpetual/fee", &format!("timestamp={now}")).await;
    for (family, name) in [("cmc", "symbol"), ("cg", "ticker_id")] {
        same(&format!("/{family}/v2/perpetual/contracts"), "").await;
        same(&format!("/{family}/v2/perpetual/contract_specs"), &format!("{name}=BTC_USDT")).await;
        same(&format!("/{family}/v2/perpetual/depth"), &format!("{name}=btc_usdt")).await;
    }

    same("/v2/position/adjust-leverage", "symbol=btc_usdt leverage=20").await;
    same("/v2/position/change-type", "symbol=btc_usdt positionType=ISOLATED positionModel=DISAGGREGATION")
        .await;
    let limit = format!("symbol=btc_usdt orderType=LIMIT {LONG} origQty=1 leverage=20 price=50000");
    let id = text(&same("/v2/order/create", &limit).await);
    same("/v2/order/detail", &format!("orderId={id}")).await;
    same("/v2/order/list", "state=UNFINISHED").await;
    same("/v2/order/listUnfinished", "symbol=btc_usdt direction=BUY").await;
    same("/v2/order/all/listUnfinished", "list=btc_usdt,eth_usdt").await;
    same("/v2/order/list-by-ids", &format!("ids={id}")).await;
    same("/v2/order/cancel", &format!("orderId={id}")).await;
    same("/v2/order/list-history", "limit=1").await;
    let row = r#"{"isCreate":true,"symbol":"btc_usdt","price":50000.0,"origQty":1,"orderType":"LIMIT","orderSide":"BUY","positionSide":"LONG","timeInForce":"GTC","positionId":0}"#;
    same("/v2/order/create-batch", &format!("list=[{row}]")).await;
    same("/v2/order/cancel-batch", r#"orders=["1","2"]"#).await;

    let market = format!("symbol=btc_usdt orderType=MARKET {LONG} origQty=8 leverage=20");
    same("/v2/order/create", &market).await;
    same("/v2/order/trade-list", "").await;
    let positions = same("/v2/position/list", "").await;
    let position = text(&positions[0]["positionId"]);
    let margin = format!("symbol=btc_usdt positionSide=LONG positionId={position} margin=1.5 type=ADD");
    same("/v2/position/margin", &margin).await;
    same("/v2/balance/list", "").await;
    same("/v2/balance/detail", "coin=BTC").await;
    same("/v2/balance/bills", "type=FEE").await;
    same("/v2/order-entrust/list", "type=ORDER size=3").await;

    let plan = format!(
        "symbol=btc_usdt entrustType=STOP {LONG} timeInForce=GTC origQty=1 price=50000 stopPrice=60000 triggerPriceType=MARK_PRICE"
    );
    for path in ["/v2/entrust/cancel-plan", "/v2/entrust/cancel-all-plan", "/v2/order-entrust/cancel"] {
        let made = same("/v2/entrust/create-plan", &plan).await;
        let id = text(&made["entrustId"]);
        same("/v2/entrust/plan-list", "").await;
        same("/v2/entrust/plan-detail", &format!("entrustId={id}")).await;
        same(path, &format!("entrustId={id} type=ENTRUST id={id}")).await;
        same("/v2/entrust/plan-list-history", "").await;
    }
    let exits = format!(
        "symbol=btc_usdt origQty=2 positionId={position} triggerProfitPrice=120000 triggerStopPrice=50000"
    );
    for path in ["/v2/entrust/cancel-profit-stop", "/v2/entrust/cancel-all-profit-stop"] {
        let made = same("/v2/entrust/create-profit", &exits).await;
        let id = text(&made["profitId"]);
        same("/v2/entrust/profit-list", "").await;
        same("/v2/entrust/profit-detail", &format!("profitId={id}")).await;
        same("/v2/entrust/update-profit-stop", &format!("profitId={id} triggerStopPrice=51000")).await;
        same(path, &format!("profitId={id}")).await;
    }
    same("/v2/order-entrust/cancel-all", "").await;
    same("/v2/order/cancel-all", "symbol=btc_usdt").await;
    same("/v2/position/close-all", "symbol=btc_usdt").await;
    for path in STATIC {
        assert!(!seen.contains(path));
        seen.insert(path.to_owned());
    }
    assert_eq!(seen.len(), 66);
}

#[tokio::test]
async fn what_has_no_state_is_the_documented_example() {
    let desk = Counter::open().await;
    for path in STATIC.into_iter().skip(1) {
        let endpoint = desk.venue().catalog().served().find(|endpoint| endpoint.path == path).unwrap();
        assert_eq!(desk.reply(path, "symbol=btc_usdt").await.body, endpoint.example, "{path}");
    }
}
