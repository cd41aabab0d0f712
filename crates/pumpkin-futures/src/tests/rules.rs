//! Documented rules, checked before the wire; and what is never done by leaving something out.

use super::*;

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let client = client();
    let refused = |result: Result<Prepared, Error>, words: &str| {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
        assert!(error.message().contains(words), "{}", error.message());
    };
    let order = limit_order;
    let none = || Contracts::new(0);
    let (buy, long) = (|| OrderSide::Buy, || PositionSide::Long);
    for (request, words) in [
        (order().client_order_id("with space"), "clientOrderId"),
        (order().client_order_id("x".repeat(33)), "clientOrderId"),
        (order().client_order_id(""), "clientOrderId"),
        (CreateOrder::market("btc_usdt", buy(), long(), none(), 20), "origQty"),
        (order().reduce_only(true), "positionId"),
        (order().position_id("1"), "reduceOnly"),
        (order().position_id("1").reduce_only(false), "reduceOnly"),
        (order().trigger_profit_price(price("1")), "take-profit"),
        (order().stop_order_type(OrderType::Market), "stop-loss"),
        (order().trigger_stop_price(price("1")).stop_order_type(OrderType::Limit), "stop-loss"),
    ] {
        refused(client.send(request).prepare(), words);
    }
    assert!(client.send(order().reduce_only(false).client_order_id("my_order.1-2")).prepare().is_ok());
    let mut source = Source::parse(
        r#"{"symbol":"btc_usdt","orderType":"LIMIT","orderSide":"BUY","positionSide":"LONG","origQty":1,"leverage":"20"}"#,
    )
    .unwrap();
    refused(client.send(CreateOrder::take_from(&mut source).unwrap()).prepare(), "price is required");
    refused(client.send(CancelOrder::new("")).prepare(), "orderId");
    refused(client.send(CreateOrderBatch::new([])).prepare(), "list is empty");
    let nothing = BatchOrder::market("btc_usdt", buy(), long(), none(), price("1"));
    refused(client.send(CreateOrderBatch::new([nothing.into()])).prepare(), "list[0]: origQty");
    let nobody = BatchCancel::new("", "btc_usdt");
    refused(client.send(CreateOrderBatch::new([nobody.into()])).prepare(), "list[0]: orderId");
}

fn of(name: &str, json: &str) -> Box<dyn AnyRequest> {
    operation(name).build(&mut Source::parse(json).unwrap()).unwrap()
}

#[test]
fn every_documented_rule_of_the_rest_is_checked() {
    let (limit, market) = (r#""profitOrderType":"LIMIT""#, r#""stopOrderType":"MARKET""#);
    let plan = |kind: &str, side: &str, position: &str, more: &str| {
        format!(
            r#"{{"symbol":"btc_usdt","entrustType":"{kind}","orderSide":"{side}","positionSide":"{position}",
                "timeInForce":"GTC","stopPrice":"1","triggerPriceType":"MARK_PRICE"{more}}}"#
        )
    };
    let qty = r#","origQty":"1""#;
    for (name, json, words) in [
        ("GetSymbol", r#"{"symbol":""}"#.to_owned(), "symbol is empty"),
        ("GetDepth", r#"{"symbol":"b","level":0}"#.to_owned(), "level 0: 1 to 50"),
        ("GetDepth", r#"{"symbol":"b","level":51}"#.to_owned(), "level 51: 1 to 50"),
        ("GetDeals", r#"{"symbol":"b","num":0}"#.to_owned(), "num 0: 1 or more"),
        ("GetKlines", r#"{"symbol":"b","interval":"1m","limit":1001}"#.to_owned(), "limit 1001: 1 to 1000"),
        ("GetKlines", r#"{"symbol":"b","interval":"1m","limit":0}"#.to_owned(), "limit 0: 1 to 1000"),
        ("GetFundingRateRecords", r#"{"symbol":"b","limit":101}"#.to_owned(), "limit 101: 1 to 100"),
        ("GetRiskBalance", r#"{"symbol":"b","limit":0}"#.to_owned(), "limit 0: 1 or more"),
        ("GetCgDepth", r#"{"ticker_id":""}"#.to_owned(), "ticker_id is empty"),
        ("CancelOrderBatch", r#"{"orders":[]}"#.to_owned(), "orders is empty"),
        ("CancelOrderBatch", r#"{"orders":["1",""]}"#.to_owned(), r#"orders: """#),
        ("ListOrdersByIds", r#"{"ids":["1,2"]}"#.to_owned(), r#"ids: "1,2""#),
        ("ListAllUnfinishedOrders", r#"{"list":[]}"#.to_owned(), "list is empty"),
        ("GetOrder", r#"{"orderId":""}"#.to_owned(), "orderId is empty"),
        ("AdjustLeverage", r#"{"symbol":"b","leverage":0}"#.to_owned(), "leverage 0: 1 or more"),
        (
            "AdjustMargin",
            r#"{"symbol":"b","positionSide":"LONG","positionId":"1","margin":"0","type":"SUB"}"#.to_owned(),
            "margin 0",
        ),
        (
            "AdjustMargin",
            r#"{"symbol":"b","positionSide":"LONG","positionId":"","margin":"1","type":"SUB"}"#.to_owned(),
            "positionId is empty",
        ),
        ("CreatePlanEntrust", plan("STOP", "BUY", "LONG", qty), "price is required"),
        ("CreatePlanEntrust", plan("STOP_MARKET", "BUY", "SHORT", qty), "positionId is required"),
        ("CreatePlanEntrust", plan("STOP_MARKET", "SELL", "LONG", qty), "positionId is required"),
        (
            "CreatePlanEntrust",
            plan("STOP_MARKET", "SELL", "LONG", r#","origQty":"1","positionId":"""#),
            "positionId is empty",
        ),
        ("CreatePlanEntrust", plan("STOP_MARKET", "BUY", "LONG", r#","origQty":"1.5""#), "whole contracts"),
        ("CreatePlanEntrust", plan("STOP_MARKET", "BUY", "LONG", r#","origQty":0"#), "origQty 0"),
        ("CancelPlanEntrust", r#"{"entrustId":""}"#.to_owned(), "entrustId is empty"),
        ("GetPlanEntrust", r#"{"entrustId":""}"#.to_owned(), "entrustId is empty"),
        (
            "CreateProfitEntrust",
            r#"{"symbol":"b","origQty":1,"orderSide":"BUY"}"#.to_owned(),
            "orderSide and",
        ),
        ("CreateProfitEntrust", r#"{"symbol":"b","origQty":1,"positionId":""}"#.to_owned(), "positionId is"),
        ("CreateProfitEntrust", r#"{"symbol":"b","origQty":0,"positionId":"1"}"#.to_owned(), "origQty 0"),
        (
            "CreateProfitEntrust",
            format!(r#"{{"symbol":"b","origQty":1,"positionId":"1","triggerProfitPrice":"1",{limit}}}"#),
            "take-profit's order price",
        ),
        (
            "CreatePositionProfitEntrust",
            format!(r#"{{"symbol":"b","positionId":"1","profitOrderPrice":"1",{limit}}}"#),
            "take-profit's trigger price",
        ),
        (
            "CreatePositionProfitEntrust",
            r#"{"symbol":"b","positionId":""}"#.to_owned(),
            "positionId is empty",
        ),
        ("CancelProfitEntrust", r#"{"profitId":""}"#.to_owned(), "profitId is empty"),
        ("GetProfitEntrust", r#"{"profitId":""}"#.to_owned(), "profitId is empty"),
        ("UpdateProfitEntrust", format!(r#"{{"profitId":"1",{market}}}"#), "triggerStopPrice is required"),
        (
            "UpdateProfitEntrust",
            format!(r#"{{"profitId":"1","triggerProfitPrice":"1",{limit}}}"#),
            "go together",
        ),
        (
            "UpdateProfitEntrust",
            format!(r#"{{"profitId":"1","triggerStopPrice":"1","profitOrderPrice":"1",{limit}}}"#),
            "go together",
        ),
        (
            "UpdateProfitEntrust",
            r#"{"profitId":"1","triggerStopPrice":"1","origQty":"0"}"#.to_owned(),
            "origQty 0",
        ),
        ("UpdatePositionProfitEntrust", r#"{"profitId":"1"}"#.to_owned(), "triggerStopPrice is required"),
        ("CancelOrderEntrust", r#"{"type":"ORDER","id":""}"#.to_owned(), "id is empty"),
        ("GetBalance", r#"{"coin":""}"#.to_owned(), "coin is empty"),
    ] {
        refused(&*of(name, &json), words);
    }
    // The documentation's own code lets a limit order's type stand alone, beside the other exit's trigger.
    let alone = format!(r#"{{"profitId":"1","triggerStopPrice":"1",{limit}}}"#);
    assert!(of("UpdateProfitEntrust", &alone).check().is_ok());
}

#[test]
fn everything_is_never_the_absence_of_a_symbol() {
    let mut sweeping = Vec::new();
    for operation in ENDPOINTS.iter().filter(|operation| operation.spec.sweeping) {
        sweeping.push(operation.name);
        let Some(all) = operation.name.strip_prefix("CancelSymbol").map(|rest| format!("CancelAll{rest}"))
        else {
            continue;
        };
        assert!(ENDPOINTS.iter().any(|other| other.name == all && other.spec.sweeping), "{all}");
        let error = operation.build(&mut Source::parse("{}").unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "symbol is required");
        refused(&*of(operation.name, r#"{"symbol":""}"#), "symbol is empty");
    }
    refused(&CloseSymbolPositions::new(""), "symbol is empty");
    assert_eq!(
        sweeping,
        [
            "CancelAllOrders",
            "CancelSymbolOrders",
            "CloseAllPositions",
            "CloseSymbolPositions",
            "CancelAllPlanEntrusts",
            "CancelSymbolPlanEntrusts",
            "CreatePositionProfitEntrust",
            "UpdatePositionProfitEntrust",
            "CancelAllProfitEntrusts",
            "CancelSymbolProfitEntrusts",
            "CancelAllOrderEntrusts",
            "CancelSymbolOrderEntrusts",
        ]
    );
}

#[test]
fn the_whole_position_is_meant_by_a_type_alone() {
    let whole =
        |json: &str| operation("CreatePositionProfitEntrust").build(&mut Source::parse(json).unwrap());
    for given in ["", r#","origQty":0"#, r#","origQty":"0.0""#] {
        let request = whole(&format!(r#"{{"symbol":"b","positionId":"1"{given}}}"#)).unwrap();
        assert_eq!(snapshot(&*request).body.as_deref(), Some("origQty=0&positionId=1&symbol=b"));
    }
    for given in ["1", r#""""#, r#""x""#] {
        let error = whole(&format!(r#"{{"symbol":"b","positionId":"1","origQty":{given}}}"#)).unwrap_err();
        assert_eq!(error.to_string(), "origQty: 0, for the whole position");
    }
}

#[test]
fn what_may_be_repeated_is_a_read_or_the_cancel_of_one() {
    use venue_core::Replay;
    let cancels_one = ["CancelOrder", "CancelPlanEntrust", "CancelProfitEntrust", "CancelOrderEntrust"];
    for operation in ENDPOINTS {
        let (name, spec) = (operation.name, operation.spec);
        let is_read = spec.verb() == "GET" || name == "ListOrdersByIds";
        let safe = is_read || cancels_one.contains(&name);
        assert_eq!(spec.replay, if safe { Replay::Safe } else { Replay::Never }, "{name}");
        assert_eq!(spec.permission.is_some(), !is_read, "{name}");
        assert_eq!(spec.urgent, name.starts_with("Cancel") || name.starts_with("Close"), "{name}");
    }
}

#[test]
fn a_batch_is_read_from_the_documented_example() {
    let list = r#"{"list":[
        {"isCreate":true,"symbol":"btc_usdt","price":45000.00,"origQty":1.0,"orderType":"LIMIT","orderSide":"BUY",
         "positionSide":"LONG","timeInForce":"GTC","positionId":0,"clientOrderId":"myOrder_123456789"},
        {"isCreate":false,"orderId":1234567890,"symbol":"btc_usdt","price":0,"origQty":0,"orderType":"LIMIT",
         "orderSide":"BUY","positionSide":"LONG","timeInForce":"GTC","positionId":0,"clientOrderId":""}]}"#;
    let request = CreateOrderBatch::take_from(&mut Source::parse(list).unwrap()).unwrap();
    let prepared = client_of(Pumpkin::new().sign_plain(true), "s").send(request).prepare().unwrap();
    assert_eq!(
        prepared.string_to_sign.as_deref(),
        Some(concat!(
            r#"list=[{"isCreate":true,"symbol":"btc_usdt","price":45000.00,"origQty":1.0,"orderType":"LIMIT","#,
            r#""orderSide":"BUY","positionSide":"LONG","timeInForce":"GTC","positionId":0,"#,
            r#""clientOrderId":"myOrder_123456789"},{"isCreate":false,"orderId":1234567890,"symbol":"btc_usdt"}]"#,
        ))
    );
    for (list, words) in [
        (r#"{"list":[{"symbol":"btc_usdt"}]}"#, "isCreate is required"),
        (r#"{"list":[{"isCreate":false,"symbol":"btc_usdt"}]}"#, "orderId is required"),
        (r#"{"list":[{"isCreate":false,"symbol":"btc_usdt","orderId":1,"leverage":5}]}"#, "leverage"),
        (r#"{"list":[{"isCreate":true,"symbol":"btc_usdt","orderId":1}]}"#, "price is required"),
    ] {
        let error = CreateOrderBatch::take_from(&mut Source::parse(list).unwrap()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn every_new_order_has_a_slot_for_an_id() {
    let slots = |request: &mut dyn AnyRequest| {
        let mut given = Vec::new();
        request.client_order_ids(&mut |slot| given.push(slot.is_some()));
        given
    };
    assert_eq!(slots(&mut limit_order()), [false]);
    assert_eq!(slots(&mut batch()), [true]);
    assert_eq!(slots(&mut CancelOrder::new("1")), [false; 0]);
}

#[test]
fn an_order_of_unknown_fate_has_a_way_to_be_looked_up() {
    assert!(limit_order().lookup().is_none());
    let named = limit_order().client_order_id("mine1");
    assert_eq!(format!("{:?}", named.lookup().unwrap()), "Lookup { steps: 3 }");
}
