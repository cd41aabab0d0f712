//! What goes out for each request, to the byte.

use venue_core::Source;

use super::{FORM, JSON, client, header, order, price, signed};
use crate::rest::*;
use crate::*;

/// Name, verb and target, body; and the parameters where they are not told by target or body.
#[rustfmt::skip]
const SNAPSHOTS: &[(&str, &str, &str, &str)] = &[
    ("GetClientIp", "GET /future/public/client", "", ""),
    ("GetSymbolCoins", "GET /future/market/v1/public/symbol/coins", "", ""),
    ("GetSymbolDetail", "GET /future/market/v1/public/symbol/detail?symbol=btc_usdt", "", ""),
    ("GetSymbolList", "GET /future/market/v3/public/symbol/list", "", ""),
    ("GetLeverageBracketDetail", "GET /future/market/v1/public/leverage/bracket/detail?symbol=btc_usdt", "", ""),
    ("GetTicker", "GET /future/market/v1/public/q/ticker?symbol=btc_usdt", "", ""),
    ("GetTickers", "GET /future/market/v1/public/q/tickers", "", ""),
    ("GetDeals", "GET /future/market/v1/public/q/deal?num=20&symbol=btc_usdt", "", ""),
    ("GetDepth", "GET /future/market/v1/public/q/depth?level=50&symbol=btc_usdt", "", ""),
    ("GetSymbolIndexPrice", "GET /future/market/v1/public/q/symbol-index-price?symbol=btc_usdt", "", ""),
    ("GetIndexPrices", "GET /future/market/v1/public/q/index-price", "", ""),
    ("GetSymbolMarkPrice", "GET /future/market/v1/public/q/symbol-mark-price?symbol=btc_usdt", "", ""),
    ("GetMarkPrices", "GET /future/market/v1/public/q/mark-price", "", ""),
    ("GetKlines", "GET /future/market/v1/public/q/kline?endTime=1758093380000&interval=1w&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("GetAggTicker", "GET /future/market/v1/public/q/agg-ticker?symbol=btc_usdt", "", ""),
    ("GetAggTickers", "GET /future/market/v1/public/q/agg-tickers", "", ""),
    ("GetFundingRate", "GET /future/market/v1/public/q/funding-rate?symbol=btc_usdt", "", ""),
    ("GetFundingRateRecords", "GET /future/market/v1/public/q/funding-rate-record?direction=NEXT&id=203530723141917063&limit=50&symbol=btc_usdt", "", ""),
    ("GetBookTicker", "GET /future/market/v1/public/q/ticker/book?symbol=btc_usdt", "", ""),
    ("GetBookTickers", "GET /future/market/v1/public/q/ticker/books", "", ""),
    ("GetRiskBalance", "GET /future/market/v1/public/contract/risk-balance?direction=NEXT&id=203530723141917063&limit=50&symbol=btc_usdt", "", ""),
    ("GetOpenInterest", "GET /future/market/v1/public/contract/open-interest?symbol=btc_usdt", "", ""),
    ("CreateOrder", "POST /future/trade/v1/order/create", r#"{"symbol":"btc_usdt","orderSide":"SELL","orderType":"MARKET","origQty":12,"positionSide":"SHORT","price":67000.50,"timeInForce":"GTX","triggerProfitPrice":69000,"triggerStopPrice":65000,"clientOrderId":"mine-1"}"#, ""),
    ("UpdateOrder", "POST /future/trade/v1/order/update", r#"{"orderId":206410760006650176,"price":67000.50,"origQty":12,"triggerProfitPrice":69000,"triggerStopPrice":65000,"triggerPriceType":"LATEST_PRICE","profitDelegateOrderType":"MARKET","profitDelegateTimeInForce":"GTX","profitDelegatePrice":68990.5,"stopDelegateOrderType":"MARKET","stopDelegateTimeInForce":"GTX","stopDelegatePrice":64990.5,"followUpOrder":true}"#, ""),
    ("CreateOrdersBatch", "POST /future/trade/v2/order/create-batch", r#"{"list":"[{\"symbol\":\"btc_usdt\",\"orderSide\":\"SELL\",\"orderType\":\"LIMIT\",\"origQty\":12,\"positionSide\":\"SHORT\",\"price\":67000.50,\"timeInForce\":\"GTX\",\"triggerProfitPrice\":65000,\"triggerStopPrice\":69000,\"clientOrderId\":\"mine-1\"}]"}"#, r#"{"list":[{"symbol":"btc_usdt","orderSide":"SELL","orderType":"LIMIT","origQty":12,"positionSide":"SHORT","price":"67000.50","timeInForce":"GTX","triggerProfitPrice":"65000","triggerStopPrice":"69000","clientOrderId":"mine-1"}]}"#),
    ("CreateOrdersAtomicBatch", "POST /future/trade/v2/order/atomic-create-batch", r#"[{"symbol":"btc_usdt","orderSide":"SELL","orderType":"LIMIT","origQty":12,"positionSide":"SHORT","price":67000.50,"timeInForce":"GTX","triggerProfitPrice":65000,"triggerStopPrice":69000,"clientOrderId":"mine-1"}]"#, r#"{"orders":[{"symbol":"btc_usdt","orderSide":"SELL","orderType":"LIMIT","origQty":12,"positionSide":"SHORT","price":"67000.50","timeInForce":"GTX","triggerProfitPrice":"65000","triggerStopPrice":"69000","clientOrderId":"mine-1"}]}"#),
    ("GetOrderDetail", "GET /future/trade/v1/order/detail?orderId=206410760006650176", "", ""),
    ("ListOrders", "GET /future/trade/v1/order/list?clientOrderId=mine-1&endTime=1758093380000&page=2&size=20&startTime=1758093080000&state=HISTORY&symbol=btc_usdt", "", ""),
    ("CancelOrder", "POST /future/trade/v1/order/cancel", r#"{"orderId":206410760006650176}"#, ""),
    ("CancelOrdersBatch", "POST /future/trade/v1/order/cancel-batch", r#"{"orderIds":"206410760006650176,206410760006650177","clientOrderIds":"mine-1,mine-2"}"#, r#"{"orderIds":["206410760006650176","206410760006650177"],"clientOrderIds":["mine-1","mine-2"]}"#),
    ("CancelAllOrders", "POST /future/trade/v1/order/cancel-all", r#"{"symbol":""}"#, ""),
    ("CancelAllOrdersOfSymbol", "POST /future/trade/v1/order/cancel-all", r#"{"symbol":"btc_usdt"}"#, ""),
    ("ListOpenOrders", "POST /future/trade/v1/order/list-open-order", r#"{"symbol":"btc_usdt"}"#, ""),
    ("ListOrderHistory", "GET /future/trade/v1/order/list-history?direction=NEXT&endTime=1758093380000&forceClose=true&id=203530723141917063&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListTrades", "GET /future/trade/v1/order/trade-list?endTime=1758093380000&orderId=206410760006650176&page=2&size=20&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListPartialCanceledOrders", "GET /future/trade/v2/order/partial-canceled-orders?endTime=1758093380000&page=2&size=20&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("GetOrderList", "POST /future/trade/v1/order/OrderList", r#"{"symbol":"btc_usdt"}"#, ""),
    ("ListQuantOrderHistory", "GET /future/trade/v1/order/quant/list-history?direction=NEXT&endTime=1758093380000&forceClose=true&id=203530723141917063&limit=50&orderOrigType=5&orderSide=2&origType=4&startTime=1758093080000&states=2,3&symbol=btc_usdt&welfareAccount=true", "", r#"{"id":"203530723141917063","direction":"NEXT","limit":50,"symbol":"btc_usdt","forceClose":true,"startTime":1758093080000,"endTime":1758093380000,"origType":4,"orderSide":2,"states":[2,3],"orderOrigType":5,"welfareAccount":true}"#),
    ("ListQuantTrades", "GET /future/trade/v1/order/quant/trade-list?direction=NEXT&endTime=1758093380000&id=203530723141917063&limit=50&orderId=206410760006650176&startTime=1758093080000&symbol=btc_usdt&welfareAccount=true", "", ""),
    ("CreatePlan", "POST /future/trade/v1/entrust/create-plan", r#"{"symbol":"btc_usdt","orderSide":"SELL","entrustType":"STOP_MARKET","origQty":12,"stopPrice":66500.1,"timeInForce":"FOK","triggerPriceType":"LATEST_PRICE","positionSide":"SHORT","price":67000.50,"clientOrderId":"mine-1"}"#, ""),
    ("CancelPlan", "POST /future/trade/v1/entrust/cancel-plan", r#"{"entrustId":"206410760006651200"}"#, ""),
    ("CancelAllPlansOfSymbol", "POST /future/trade/v1/entrust/cancel-all-plan", r#"{"symbol":"btc_usdt"}"#, ""),
    ("ListPlans", "GET /future/trade/v1/entrust/plan-list?endTime=1758093380000&page=2&size=20&startTime=1758093080000&state=HISTORY&symbol=btc_usdt", "", ""),
    ("GetPlanDetail", "GET /future/trade/v1/entrust/plan-detail?entrustId=206410760006651200", "", ""),
    ("ListPlanHistory", "GET /future/trade/v1/entrust/plan-list-history?direction=NEXT&endTime=1758093380000&id=203530723141917063&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("CreateProfitStop", "POST /future/trade/v1/entrust/create-profit", r#"{"symbol":"btc_usdt","origQty":12,"positionSide":"SHORT","profitDelegateOrderType":"MARKET","profitDelegateTimeInForce":"GTX","stopDelegateOrderType":"MARKET","stopDelegateTimeInForce":"GTX","triggerProfitPrice":69000,"triggerStopPrice":65000,"expireTime":1760000000000,"profitDelegatePrice":68990.5,"stopDelegatePrice":64990.5}"#, ""),
    ("CancelProfitStop", "POST /future/trade/v1/entrust/cancel-profit-stop", r#"{"profitId":206410760006652300}"#, ""),
    ("CancelAllProfitStopsOfSymbol", "POST /future/trade/v1/entrust/cancel-all-profit-stop", r#"{"symbol":"btc_usdt"}"#, ""),
    ("ListProfitStops", "GET /future/trade/v1/entrust/profit-list?endTime=1758093380000&page=2&size=20&startTime=1758093080000&state=HISTORY&symbol=btc_usdt", "", ""),
    ("GetProfitStopDetail", "GET /future/trade/v1/entrust/profit-detail?profitId=206410760006652300", "", ""),
    ("UpdateProfitStop", "POST /future/trade/v1/entrust/update-profit-stop", r#"{"profitId":206410760006652300,"triggerProfitPrice":69000,"triggerStopPrice":65000}"#, ""),
    ("CreateTrack", "POST /future/trade/v1/entrust/create-track", r#"{"symbol":"btc_usdt","orderSide":"SELL","positionSide":"SHORT","positionType":"ISOLATED","origQty":12,"callback":"PROPORTION","callbackVal":0.010,"triggerPriceType":"LATEST_PRICE","activationPrice":67500.0,"expireTime":1760000000000,"clientOrderId":"mine-1","clientMedia":"me","clientMediaChannel":"here"}"#, ""),
    ("CancelTrack", "POST /future/trade/v1/entrust/cancel-track", r#"{"trackId":206410760006653400}"#, ""),
    ("GetTrackDetail", "GET /future/trade/v1/entrust/track-detail?trackId=206410760006653400", "", ""),
    ("ListTracks", "GET /future/trade/v1/entrust/track-list?endTime=1758093380000&page=2&size=20&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("CancelAllTracks", "POST /future/trade/v1/entrust/cancel-all-track", "", ""),
    ("CancelAllTracksOfSymbol", "POST /future/trade/v1/entrust/cancel-all-track", r#"{"symbol":"btc_usdt"}"#, ""),
    ("ListTrackHistory", "GET /future/trade/v1/entrust/track-list-history?direction=NEXT&endTime=1758093380000&id=203530723141917063&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListProfitStopHistory", "GET /future/trade/v1/entrust/profit-list-history?direction=PREVIOUS&endTime=1758093380000&id=203530723141917063&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListReversePlans", "GET /future/trade/v1/entrust/reverse-plan-list?closeType=all&page=2&positionSide=short&positionType=isolated&size=20&state=expired&symbol=btc_usdt", "", ""),
    ("ListReversePlanHistory", "GET /future/trade/v1/entrust/reverse-plan-list-history?endTime=1758093380000&page=2&size=20&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListFilledOrderHistory", "GET /future/trade/v1/order/trade-history?endTime=1758093380000&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListAllTrades", "GET /future/trade/v1/order/trade-list-all?endTime=1758093380000&orderId=206410760006650176&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListOrderEntrusts", "GET /future/trade/v1/order-entrust/list?endTime=1758093380000&forceClose=true&page=2&size=20&startTime=1758093080000&state=HISTORY&symbol=btc_usdt&type=ENTRUST", "", ""),
    ("ListActivePositions", "GET /future/trade/v1/position/list/active?isDelivery=true&symbol=btc_usdt", "", ""),
    ("ListLeverages", "GET /future/trade/v1/position/leverage/list?symbol=btc_usdt", "", ""),
    ("ListPositionHistory", "GET /future/trade/v1/position/list-history?direction=PREVIOUS&endTime=1758093380000&id=203530723141917063&isFullClose=1&limit=50&positionType=2&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("GetCrossMargin", "GET /future/trade/v1/position/cross-margin/btc_usdt", "", r#"{"symbol":"btc_usdt"}"#),
    ("GetAccountInfo", "GET /future/user/v1/account/info", "", ""),
    ("ListCompatBalances", "GET /future/user/v1/compat/balance/list?queryAccountId=500000000000", "", ""),
    ("GetListenKey", "GET /future/user/v1/user/listen-key", "", ""),
    ("OpenAccount", "POST /future/user/v1/account/open", "", ""),
    ("GetBalanceDetail", "GET /future/user/v1/balance/detail?coin=usdt", "", ""),
    ("ListBalances", "GET /future/user/v1/balance/list", "", ""),
    ("ListBalanceBills", "GET /future/user/v1/balance/bills?direction=NEXT&endTime=1758093380000&id=203530723141917063&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListFundingFees", "GET /future/user/v1/balance/funding-rate-list?direction=NEXT&endTime=1758093380000&id=203530723141917063&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("ListUserActivePositions", "GET /future/user/v1/position?symbol=btc_usdt", "", ""),
    ("ListPositions", "GET /future/user/v1/position/list?symbol=btc_usdt", "", ""),
    ("GetStepRate", "GET /future/user/v1/user/step-rate", "", ""),
    ("AdjustLeverage", "POST /future/user/v1/position/adjust-leverage", r#"{"symbol":"btc_usdt","positionSide":"SHORT","leverage":20}"#, ""),
    ("AdjustMargin", "POST /future/user/v1/position/margin", r#"{"symbol":"btc_usdt","positionSide":"SHORT","type":"SUB","margin":4.02003}"#, ""),
    ("SetAutoMargin", "POST /future/user/v1/position/auto-margin", r#"{"symbol":"btc_usdt","positionSide":"SHORT","autoMargin":true}"#, ""),
    ("CloseAllPositions", "POST /future/user/v1/position/close-all", "", ""),
    ("ListAdl", "GET /future/user/v1/position/adl?symbol=btc_usdt", "", ""),
    ("AddCollection", "POST /future/user/v1/user/collection/add", r#"{"symbol":"btc_usdt"}"#, ""),
    ("CancelCollection", "POST /future/user/v1/user/collection/cancel", r#"{"symbol":"btc_usdt"}"#, ""),
    ("ListCollections", "GET /future/user/v1/user/collection/list", "", ""),
    ("ChangePositionType", "POST /future/user/v1/position/change-type", r#"{"symbol":"btc_usdt","positionSide":"SHORT","positionType":"ISOLATED"}"#, ""),
    ("ListBreakPositions", "GET /future/user/v1/position/break-list?symbol=btc_usdt", "", ""),
    ("ListAutoDeleverageHistory", "GET /future/user/v1/auto-deleverage/history?direction=PREVIOUS&endTime=1758093380000&id=203530723141917063&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
    ("GetCompatBalance", "GET /future/user/v1/compat/balance/usdt", "", r#"{"coin":"usdt"}"#),
    ("ListTakerOver", "GET /future/user/v1/taker-over/list?direction=PREVIOUS&endTime=1758093380000&id=203530723141917063&limit=50&startTime=1758093080000&symbol=btc_usdt", "", ""),
];

/// The parameters that a target or body shows, as JSON.
fn shown(target: &str, body: &str) -> String {
    if !body.is_empty() {
        return body.to_owned();
    }
    let pairs = target.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let members: Vec<String> = pairs
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| format!(r#""{name}":"{value}""#))
        .collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn each_request_goes_out_as_documented() {
    let client = client();
    for (name, line, body, params) in SNAPSHOTS {
        let (verb, target) = line.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let params = if params.is_empty() { shown(target, body) } else { (*params).to_owned() };
        let operation = ENDPOINTS.iter().find(|operation| operation.name == *name).unwrap();
        let mut source = Source::parse(&params).unwrap();
        let request = operation.build(&mut source).unwrap();
        source.finish().unwrap();
        let prepared = client.erased().prepare(&*request, &[], &[]).unwrap();
        assert_eq!((prepared.method.as_str(), prepared.body.as_deref().unwrap_or_default()), (verb, *body));
        assert_eq!(prepared.url, format!("https://fapi.wexex.io{target}"), "{name}");
        if operation.spec.auth == venue_core::Auth::None {
            assert_eq!((&prepared.headers, &prepared.string_to_sign), (&vec![], &None), "{name}");
            continue;
        }
        let hash = |part: &str| if part.is_empty() { String::new() } else { format!("#{part}") };
        assert_eq!(signed(&prepared), format!("#{path}{}{}", hash(query), hash(body)), "{name}");
        assert_eq!(header(&prepared, "Content-Type"), Some(if body.is_empty() { FORM } else { JSON }));
        assert_eq!(prepared.headers.len(), 4, "{name}");
    }
}

#[test]
fn every_request_and_every_parameter_has_its_snapshot() {
    for operation in ENDPOINTS {
        let rows: Vec<_> = SNAPSHOTS.iter().filter(|(name, ..)| *name == operation.name).collect();
        let [(_, line, body, params)] = rows[..] else {
            panic!("{}: {} snapshots", operation.name, rows.len())
        };
        for field in operation.fields() {
            let place = |text: &str| {
                text.contains(&format!("{}=", field.name)) || text.contains(&format!("{:?}", field.name))
            };
            assert!(place(line) || place(body) || place(params), "{}: {}", operation.name, field.name);
        }
    }
}

/// The same through the types, as they are used.
#[test]
fn constructors_say_what_is_meant() {
    let client = client();
    let body = |request: &dyn venue_core::AnyRequest| {
        client.erased().prepare(request, &[], &[]).unwrap().body.unwrap_or_default()
    };
    let full = order()
        .time_in_force(TimeInForce::Gtx)
        .trigger_profit_price(price("51000.10"))
        .trigger_stop_price(price("49000"))
        .client_order_id("mine-1");
    let market = CreateOrder::market("btc_usdt", OrderSide::Sell, PositionSide::Short, Contracts::new(3));
    let plan = CreatePlan::limit(
        "btc_usdt",
        EntrustType::Stop,
        OrderSide::Sell,
        PositionSide::Long,
        Contracts::new(3),
        price("49000"),
        price("48990.5"),
    )
    .looking_at(TriggerPriceType::Mark);
    let market_plan = CreatePlan::market(
        "btc_usdt",
        EntrustType::StopMarket,
        OrderSide::Sell,
        PositionSide::Long,
        Contracts::new(3),
        price("49000"),
    )
    .living(TimeInForce::Fok);
    let stop = CreateProfitStop::market("btc_usdt", PositionSide::Long, Contracts::new(3))
        .trigger_stop_price(price("49000"));
    let cases: [(&dyn venue_core::AnyRequest, &str); 7] = [
        (
            &full,
            r#"{"symbol":"btc_usdt","orderSide":"BUY","orderType":"LIMIT","origQty":1,"positionSide":"LONG","price":50000,"timeInForce":"GTX","triggerProfitPrice":51000.10,"triggerStopPrice":49000,"clientOrderId":"mine-1"}"#,
        ),
        (
            &market,
            r#"{"symbol":"btc_usdt","orderSide":"SELL","orderType":"MARKET","origQty":3,"positionSide":"SHORT","timeInForce":"IOC"}"#,
        ),
        (
            &plan,
            r#"{"symbol":"btc_usdt","orderSide":"SELL","entrustType":"STOP","origQty":3,"stopPrice":49000,"timeInForce":"GTC","triggerPriceType":"MARK_PRICE","positionSide":"LONG","price":48990.5}"#,
        ),
        (
            &market_plan,
            r#"{"symbol":"btc_usdt","orderSide":"SELL","entrustType":"STOP_MARKET","origQty":3,"stopPrice":49000,"timeInForce":"FOK","triggerPriceType":"LATEST_PRICE","positionSide":"LONG"}"#,
        ),
        (
            &stop,
            r#"{"symbol":"btc_usdt","origQty":3,"positionSide":"LONG","profitDelegateOrderType":"MARKET","profitDelegateTimeInForce":"IOC","stopDelegateOrderType":"MARKET","stopDelegateTimeInForce":"IOC","triggerStopPrice":49000}"#,
        ),
        (&CancelOrdersBatch::of_ids(["1".into(), "2".into()]), r#"{"orderIds":"1,2"}"#),
        (&CancelOrdersBatch::of_client_ids(["mine-1".into()]), r#"{"clientOrderIds":"mine-1"}"#),
    ];
    for (request, expected) in cases {
        assert_eq!(body(request), expected);
    }
    // A list without a contract goes out without a body, and is signed so.
    let open = client.send(ListOpenOrders::new()).prepare().unwrap();
    assert_eq!((signed(&open), &open.body), ("#/future/trade/v1/order/list-open-order", &None));
}

#[test]
fn the_products_differ_by_host_alone() {
    let request = || GetFundingRate::new("btc_usd");
    let usdt = client().send(request()).prepare().unwrap();
    let coin = super::client_of(WexFutures::coin_m()).send(request()).prepare().unwrap();
    assert_eq!(usdt.url.replace("fapi", "dapi"), coin.url);
    assert_eq!((usdt.headers, usdt.string_to_sign), (coin.headers, coin.string_to_sign));
}
