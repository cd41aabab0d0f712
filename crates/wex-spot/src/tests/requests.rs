//! What goes out for each request, by the venue's own parameter names.

use std::collections::BTreeSet;

use super::*;

/// Request, parameters, verb, path, query, body.
type Snapshot = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const SNAPSHOTS: &[Snapshot] = &[
    ("GetServerTime", "{}", "GET", "/v4/public/time", "", ""),
    ("GetClientIp", "{}", "GET", "/v4/public/client", "", ""),
    ("GetSymbols", "{}", "GET", "/v4/public/symbol", "", ""),
    ("GetSymbols", r#"{"symbol":"btc_usdt","symbols":["btc_usdt","eth_usdt"],"version":"2e14d2cd5czcb2c2af2c1db6"}"#,
        "GET", "/v4/public/symbol", "symbol=btc_usdt&symbols=btc_usdt,eth_usdt&version=2e14d2cd5czcb2c2af2c1db6", ""),
    ("GetDepth", r#"{"symbol":"btc_usdt","limit":500}"#, "GET", "/v4/public/depth", "limit=500&symbol=btc_usdt", ""),
    ("GetKlines", r#"{"symbol":"btc_usdt","interval":"1M","startTime":1662601014832,"endTime":"1662601014833","limit":1000}"#,
        "GET", "/v4/public/kline", "endTime=1662601014833&interval=1M&limit=1000&startTime=1662601014832&symbol=btc_usdt", ""),
    ("GetRecentTrades", r#"{"symbol":"btc_usdt","limit":1}"#, "GET", "/v4/public/trade/recent", "limit=1&symbol=btc_usdt", ""),
    ("GetHistoricalTrades", r#"{"symbol":"btc_usdt","direction":"PREV","limit":1000,"fromId":6216559590087220004}"#,
        "GET", "/v4/public/trade/history", "direction=PREV&fromId=6216559590087220004&limit=1000&symbol=btc_usdt", ""),
    ("GetTickers", r#"{"symbol":"btc_usdt","symbols":["btc_usdt","eth_usdt"],"tags":["spot"]}"#,
        "GET", "/v4/public/ticker", "symbol=btc_usdt&symbols=btc_usdt,eth_usdt&tags=spot", ""),
    ("GetTickerPrices", r#"{"symbol":"btc_usdt","symbols":["btc_usdt","eth_usdt"],"tags":["spot"]}"#,
        "GET", "/v4/public/ticker/price", "symbol=btc_usdt&symbols=btc_usdt,eth_usdt&tags=spot", ""),
    ("GetTickerBooks", r#"{"symbol":"btc_usdt","symbols":["btc_usdt","eth_usdt"],"tags":["spot"]}"#,
        "GET", "/v4/public/ticker/book", "symbol=btc_usdt&symbols=btc_usdt,eth_usdt&tags=spot", ""),
    ("GetTickers24h", r#"{"symbol":"btc_usdt","symbols":["btc_usdt","eth_usdt"],"tags":["spot"]}"#,
        "GET", "/v4/public/ticker/24h", "symbol=btc_usdt&symbols=btc_usdt,eth_usdt&tags=spot", ""),
    ("GetOrder", r#"{"orderId":6216559590087220004}"#, "GET", "/v4/order/6216559590087220004", "", ""),
    ("QueryOrder", r#"{"orderId":"6216559590087220004"}"#, "GET", "/v4/order", "orderId=6216559590087220004", ""),
    ("QueryOrder", r#"{"clientOrderId":"mine_1"}"#, "GET", "/v4/order", "clientOrderId=mine_1", ""),
    ("SubmitOrder", r#"{"symbol":"btc_usdt","side":"BUY","type":"LIMIT","timeInForce":"GTX","bizType":"SPOT","price":"39000.10","quantity":2,"clientOrderId":"mine_1"}"#,
        "POST", "/v4/order", "", r#"{"symbol":"btc_usdt","side":"BUY","type":"LIMIT","timeInForce":"GTX","bizType":"SPOT","price":39000.10,"quantity":2,"clientOrderId":"mine_1"}"#),
    ("SubmitOrder", r#"{"symbol":"btc_usdt","side":"BUY","type":"MARKET","timeInForce":"IOC","bizType":"LEVER","quoteQty":"100.50","nftId":"7"}"#,
        "POST", "/v4/order", "", r#"{"symbol":"btc_usdt","side":"BUY","type":"MARKET","timeInForce":"IOC","bizType":"LEVER","quoteQty":100.50,"nftId":"7"}"#),
    ("CancelOrder", r#"{"orderId":"6216559590087220004"}"#, "DELETE", "/v4/order/6216559590087220004", "", ""),
    ("GetBatchOrders", r#"{"orderIds":[6216559590087220004,"6216559590087220005"]}"#,
        "GET", "/v4/batch-order", "orderIds=6216559590087220004,6216559590087220005", ""),
    ("SubmitBatchOrders", r#"{"clientBatchId":"batch_1","items":[{"symbol":"btc_usdt","side":"SELL","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","price":2.50,"quantity":1,"clientOrderId":"mine_2"},{"symbol":"eth_usdt","side":"BUY","type":"MARKET","timeInForce":"IOC","bizType":"SPOT","quoteQty":10}]}"#,
        "POST", "/v4/batch-order", "", r#"{"items":[{"symbol":"btc_usdt","side":"SELL","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","price":2.50,"quantity":1,"clientOrderId":"mine_2"},{"symbol":"eth_usdt","side":"BUY","type":"MARKET","timeInForce":"IOC","bizType":"SPOT","quoteQty":10}],"clientBatchId":"batch_1"}"#),
    ("CancelBatchOrders", r#"{"orderIds":["6216559590087220004",6216559590087220005],"clientBatchId":"batch_1"}"#,
        "DELETE", "/v4/batch-order", "", r#"{"orderIds":[6216559590087220004,6216559590087220005],"clientBatchId":"batch_1"}"#),
    ("GetOpenOrders", r#"{"symbol":"btc_usdt","bizType":"SPOT","side":"BUY"}"#,
        "GET", "/v4/open-order", "bizType=SPOT&side=BUY&symbol=btc_usdt", ""),
    ("CancelAllOpenOrders", r#"{"bizType":"SPOT"}"#, "DELETE", "/v4/open-order", "", r#"{"bizType":"SPOT"}"#),
    ("CancelAllOpenOrders", r#"{"bizType":"LEVER","side":"SELL"}"#, "DELETE", "/v4/open-order", "", r#"{"bizType":"LEVER","side":"SELL"}"#),
    ("CancelAllOpenOrdersOfSymbol", r#"{"symbol":"btc_usdt","bizType":"SPOT","side":"SELL"}"#,
        "DELETE", "/v4/open-order", "", r#"{"symbol":"btc_usdt","bizType":"SPOT","side":"SELL"}"#),
    ("GetHistoryOrders", "{}", "GET", "/v4/history-order", "", ""),
    ("GetHistoryOrders", r#"{"symbol":"btc_usdt","bizType":"SPOT","side":"BUY","type":"LIMIT","state":"CANCELED","fromId":"6216559590087220004","direction":"NEXT","limit":100,"startTime":1657682804112,"endTime":1657682804113,"hiddenCanceled":true}"#,
        "GET", "/v4/history-order", "bizType=SPOT&direction=NEXT&endTime=1657682804113&fromId=6216559590087220004&hiddenCanceled=true&limit=100&side=BUY&startTime=1657682804112&state=CANCELED&symbol=btc_usdt&type=LIMIT", ""),
    ("UpdateOrder", r#"{"orderId":"6216559590087220004","price":"39000.10","quantity":"1.5"}"#,
        "PUT", "/v4/order/6216559590087220004", "", r#"{"price":39000.10,"quantity":1.5}"#),
    ("GetTrades", r#"{"symbol":"btc_usdt","bizType":"SPOT","orderSide":"BUY","orderType":"LIMIT","orderId":"6216559590087220004","fromId":"6316559590087222001","direction":"PREV","limit":20,"startTime":1657682804112,"endTime":1657682804113}"#,
        "GET", "/v4/trade", "bizType=SPOT&direction=PREV&endTime=1657682804113&fromId=6316559590087222001&limit=20&orderId=6216559590087220004&orderSide=BUY&orderType=LIMIT&startTime=1657682804112&symbol=btc_usdt", ""),
    ("GetCurrencies", "{}", "GET", "/v4/public/currencies", "", ""),
    ("GetBalance", r#"{"currency":"usdt"}"#, "GET", "/v4/balance", "currency=usdt", ""),
    ("GetBalances", r#"{"currencies":["usdt","btc"]}"#, "GET", "/v4/balances", "currencies=usdt,btc", ""),
    ("GetSupportedCurrencies", "{}", "GET", "/v4/public/wallet/support/currency", "", ""),
    ("GetDepositAddress", r#"{"chain":"Tron","currency":"usdt"}"#, "GET", "/v4/deposit/address", "chain=Tron&currency=usdt", ""),
    ("GetDepositHistory", r#"{"currency":"usdt","chain":"Tron","status":"SUCCESS","fromId":169669597,"direction":"NEXT","limit":200,"startTime":1657682804112,"endTime":1657682804113}"#,
        "GET", "/v4/deposit/history", "chain=Tron&currency=usdt&direction=NEXT&endTime=1657682804113&fromId=169669597&limit=200&startTime=1657682804112&status=SUCCESS", ""),
    ("Withdraw", r#"{"currency":"zb","chain":"BNB Smart Chain","amount":1000.00,"address":"0xfa3abfa50eb2006f5be7831658b17aca240d8526","memo":"441824256"}"#,
        "POST", "/v4/withdraw", "", r#"{"currency":"zb","chain":"BNB Smart Chain","amount":1000.00,"address":"0xfa3abfa50eb2006f5be7831658b17aca240d8526","memo":"441824256"}"#),
    ("GetWithdrawHistory", r#"{"currency":"usdt","chain":"Tron","status":"AUDITED_AGAIN","fromId":"763107","direction":"PREV","limit":1,"startTime":1657682804112,"endTime":1657682804113}"#,
        "GET", "/v4/withdraw/history", "chain=Tron&currency=usdt&direction=PREV&endTime=1657682804113&fromId=763107&limit=1&startTime=1657682804112&status=AUDITED_AGAIN", ""),
    ("Transfer", r#"{"bizId":"t-1","from":"SPOT","to":"LEVER","currency":"usdt","amount":"12.30","symbol":"btc_usdt"}"#,
        "POST", "/v4/balance/transfer", "", r#"{"bizId":"t-1","from":"SPOT","to":"LEVER","currency":"usdt","amount":12.30,"symbol":"btc_usdt"}"#),
    ("SubAccountTransfer", r#"{"bizId":"t-2","from":"SPOT","to":"SPOT","currency":"usdt","amount":"0.00000001","toAccountId":"2146285322559","symbol":"btc_usdt","fromAccountId":2146285322558}"#,
        "POST", "/v4/balance/account/transfer", "", r#"{"bizId":"t-2","from":"SPOT","to":"SPOT","currency":"usdt","amount":0.00000001,"toAccountId":2146285322559,"symbol":"btc_usdt","fromAccountId":2146285322558}"#),
    ("GetWsToken", "{}", "POST", "/v4/ws-token", "", ""),
];

#[test]
fn each_request_goes_out_as_documented() {
    let client = client();
    let mut shown = BTreeSet::new();
    for (name, params, verb, path, query, body) in SNAPSHOTS.iter().copied() {
        let mut source = Source::parse(params).unwrap();
        let request = operation(name).build(&mut source).unwrap();
        source.finish().unwrap();
        request.check().unwrap();
        shown.extend(source.names().into_iter().map(|param| (name, param.to_owned())));
        shown.insert((name, String::new()));

        let prepared = client.erased().prepare(&*request, &[], &[]).unwrap();
        let mark =
            |part: &str, mark: &str| if part.is_empty() { String::new() } else { format!("{mark}{part}") };
        let url = format!("https://sapi.wexex.io{path}{}", mark(query, "?"));
        assert_eq!((prepared.method.as_str(), &prepared.url), (verb, &url), "{name}");
        assert_eq!(prepared.body.as_deref().unwrap_or_default(), body, "{name}");
        assert_eq!(header(&prepared, "Content-Type"), Some("application/json"), "{name}");
        if request.spec().auth == Auth::Signed {
            let text = format!("#{verb}#{path}{}{}", mark(query, "#"), mark(body, "#"));
            assert_eq!(signed(&prepared), text, "{name}");
            assert_eq!(prepared.headers.len(), 6, "{name}");
        } else {
            assert_eq!((prepared.headers.len(), prepared.string_to_sign), (1, None), "{name}");
        }
    }
    for operation in ENDPOINTS {
        assert!(shown.contains(&(operation.name, String::new())), "{}", operation.name);
        for field in operation.fields() {
            let key = (operation.name, field.name.to_owned());
            assert!(shown.contains(&key), "no snapshot of {} has {}", operation.name, field.name);
        }
    }
}

#[test]
fn constructors_say_what_an_order_needs() {
    let body = |request: SubmitOrder| client().send(request).prepare().unwrap().body.unwrap();
    assert_eq!(
        body(order().client_order_id("mine_1").time_in_force(TimeInForce::Gtx)),
        r#"{"symbol":"btc_usdt","side":"BUY","type":"LIMIT","timeInForce":"GTX","bizType":"SPOT","price":39000,"quantity":2,"clientOrderId":"mine_1"}"#
    );
    assert_eq!(
        body(SubmitOrder::market_buy("btc_usdt", decimal::<Amount>("100.50")).biz_type(OrderBizType::Lever)),
        r#"{"symbol":"btc_usdt","side":"BUY","type":"MARKET","timeInForce":"IOC","bizType":"LEVER","quoteQty":100.50}"#
    );
    assert_eq!(
        body(SubmitOrder::market_sell("btc_usdt", decimal::<Qty>("0.10")).time_in_force(TimeInForce::Fok)),
        r#"{"symbol":"btc_usdt","side":"SELL","type":"MARKET","timeInForce":"FOK","bizType":"SPOT","quantity":0.10}"#
    );
    let batch = SubmitBatchOrders::new(vec![
        BatchOrder::limit("btc_usdt", Side::Sell, decimal::<Qty>("1"), decimal::<Price>("2.50")),
        BatchOrder::market_sell("eth_usdt", decimal::<Qty>("10")),
    ]);
    assert_eq!(
        client().send(batch).prepare().unwrap().body.unwrap(),
        r#"{"items":[{"symbol":"btc_usdt","side":"SELL","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","price":2.50,"quantity":1},{"symbol":"eth_usdt","side":"SELL","type":"MARKET","timeInForce":"IOC","bizType":"SPOT","quantity":10}]}"#
    );
}
