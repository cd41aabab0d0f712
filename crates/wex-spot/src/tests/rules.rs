//! Documented rules, checked before the wire; what may be repeated, and what goes on to the next page.

use venue_core::Paged as _;

use super::*;

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let client = client();
    let market = |side: Side| {
        let text = format!(
            r#"{{"symbol":"btc_usdt","side":"{side}","type":"MARKET","timeInForce":"IOC","bizType":"SPOT"}}"#
        );
        SubmitOrder::take_from(&mut Source::parse(&text).unwrap()).unwrap()
    };
    let (qty, amount, price): (Qty, Amount, Price) = (decimal("1"), decimal("1"), decimal("1"));
    let no_price = r#"{"symbol":"btc_usdt","side":"BUY","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","quantity":1}"#;
    let no_price = SubmitOrder::take_from(&mut Source::parse(no_price).unwrap()).unwrap();
    for (request, words) in [
        (order().client_order_id("abc"), "4 to 22"),
        (order().client_order_id("with-dash"), "4 to 22"),
        (order().client_order_id("x".repeat(23)), "4 to 22"),
        (no_price, "price is required"),
        (market(Side::Buy), "quoteQty is required"),
        (market(Side::Buy).quantity(qty).quote_qty(amount.clone()), "no quantity"),
        (market(Side::Buy).quote_qty(amount.clone()).price(price), "no price"),
        (market(Side::Sell), "quantity is required"),
        (market(Side::Sell).quantity(qty).quote_qty(amount.clone()), "no quoteQty"),
    ] {
        let error = client.send(request).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
        assert!(error.message().contains(words), "{error}");
    }
    let row = || BatchOrder::market_buy("btc_usdt", amount.clone());
    assert!(
        client.send(SubmitBatchOrders::new(vec![row().client_order_id("x".repeat(32))])).prepare().is_ok()
    );
    for request in [
        SubmitBatchOrders::new(vec![]),
        SubmitBatchOrders::new(vec![row().client_order_id("x".repeat(33))]),
        SubmitBatchOrders::new(vec![row(), row().quantity(qty)]),
        SubmitBatchOrders::new(vec![row()]).client_batch_id("a-b-c"),
    ] {
        assert_eq!(client.send(request).prepare().unwrap_err().outcome(), Outcome::NotSent);
    }
    for id in ["", "x", "..", "-1"] {
        assert!(client.send(UpdateOrder::new(id, price, qty)).prepare().is_err());
        assert!(client.send(CancelBatchOrders::new(vec![OrderId::from(id)])).prepare().is_err());
    }
    let transfer = |id: &str, from, to, currency: &str| Transfer::new(id, from, to, currency, amount.clone());
    for request in [
        transfer("", BizType::Spot, BizType::FuturesU, "usdt"),
        transfer(&"x".repeat(129), BizType::Spot, BizType::FuturesU, "usdt"),
        transfer("t", BizType::Spot, BizType::Spot, "usdt"),
        transfer("t", BizType::Spot, BizType::Lever, "usdt"),
        transfer("t", BizType::Spot, BizType::FuturesU, "USDT"),
        transfer("t", BizType::Spot, BizType::Lever, "usdt").symbol("BTC_USDT"),
    ] {
        assert_eq!(client.send(request).prepare().unwrap_err().outcome(), Outcome::NotSent);
    }
    let error = client.send(GetSymbols::new().symbols(vec![])).prepare().unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent);
}

#[test]
fn parameters_outside_of_their_documented_range_are_not_sent() {
    let cases = [
        ("GetSymbols", r#"{"symbols":[]}"#, "symbols"),
        ("GetDepth", r#"{"symbol":"btc_usdt","limit":0}"#, "1 to 500"),
        ("GetDepth", r#"{"symbol":"btc_usdt","limit":501}"#, "1 to 500"),
        ("GetKlines", r#"{"symbol":"btc_usdt","interval":"1m","limit":1001}"#, "1 to 1000"),
        ("GetRecentTrades", r#"{"symbol":"btc_usdt","limit":1001}"#, "1 to 1000"),
        ("GetHistoricalTrades", r#"{"symbol":"btc_usdt","direction":"NEXT","limit":1001}"#, "1 to 1000"),
        ("GetHistoricalTrades", r#"{"symbol":"btc_usdt","direction":"NEXT","fromId":"x"}"#, "fromId"),
        ("GetTickers", r#"{"symbols":[]}"#, "symbols"),
        ("GetTickerPrices", r#"{"tags":[]}"#, "tags"),
        ("GetTickerBooks", r#"{"symbols":[]}"#, "symbols"),
        ("GetTickers24h", r#"{"tags":[]}"#, "tags"),
        ("GetOrder", r#"{"orderId":""}"#, "orderId"),
        ("GetOrder", r#"{"orderId":"1,2"}"#, "orderId"),
        ("QueryOrder", r#"{"orderId":"x"}"#, "orderId"),
        ("QueryOrder", r#"{"clientOrderId":"abc"}"#, "4 to 32"),
        ("CancelOrder", r#"{"orderId":""}"#, "orderId"),
        ("CancelOrder", r#"{"orderId":".."}"#, "orderId"),
        ("GetBatchOrders", r#"{"orderIds":[]}"#, "at least one"),
        ("GetBatchOrders", r#"{"orderIds":["1, 2"]}"#, "orderId"),
        ("CancelBatchOrders", r#"{"orderIds":[""]}"#, "orderId"),
        ("CancelAllOpenOrdersOfSymbol", r#"{"symbol":" ","bizType":"SPOT"}"#, "symbol is empty"),
        ("GetHistoryOrders", r#"{"state":"NEW"}"#, "state NEW"),
        ("GetHistoryOrders", r#"{"limit":101}"#, "1 to 100"),
        ("GetHistoryOrders", r#"{"fromId":"-1"}"#, "fromId"),
        ("GetTrades", r#"{"limit":101}"#, "1 to 100"),
        ("GetTrades", r#"{"orderId":"x"}"#, "orderId"),
        ("GetTrades", r#"{"fromId":"x"}"#, "fromId"),
        ("GetBalance", r#"{"currency":""}"#, "currency is empty"),
        ("GetBalances", r#"{"currencies":[]}"#, "currencies"),
        ("GetDepositAddress", r#"{"chain":"","currency":"usdt"}"#, "chain is empty"),
        ("GetDepositHistory", r#"{"status":"AUDITED_AGAIN"}"#, "AUDITED_AGAIN"),
        ("GetDepositHistory", r#"{"limit":201}"#, "1 to 200"),
        ("GetWithdrawHistory", r#"{"limit":0}"#, "1 to 200"),
        ("GetWithdrawHistory", r#"{"fromId":""}"#, "fromId"),
        ("Withdraw", r#"{"currency":"usdt","chain":"Tron","amount":1,"address":""}"#, "address is empty"),
        (
            "SubAccountTransfer",
            r#"{"bizId":"t","from":"SPOT","to":"SPOT","currency":"usdt","amount":1,"toAccountId":"5","fromAccountId":5}"#,
            "both 5",
        ),
        (
            "SubAccountTransfer",
            r#"{"bizId":"t","from":"SPOT","to":"SPOT","currency":"usdt","amount":1,"toAccountId":"x"}"#,
            "toAccountId",
        ),
        (
            "SubAccountTransfer",
            r#"{"bizId":"t","from":"SPOT","to":"LEVER","currency":"usdt","amount":1,"toAccountId":"5"}"#,
            "symbol is required",
        ),
        (
            "SubAccountTransfer",
            r#"{"bizId":"t","from":"SPOT","to":"SPOT","currency":"USDT","amount":1,"toAccountId":"5"}"#,
            "lower case",
        ),
    ];
    for (name, params, words) in cases {
        let request = operation(name).build(&mut Source::parse(params).unwrap()).unwrap();
        let error = request.check().unwrap_err().to_string();
        assert!(error.contains(words), "{name} {params}: {error}");
    }
    for (name, params, words) in [
        ("QueryOrder", "{}", "one of orderId, clientOrderId is required"),
        ("QueryOrder", r#"{"orderId":"1","clientOrderId":"mine"}"#, "only one of orderId, clientOrderId"),
        ("CancelAllOpenOrdersOfSymbol", r#"{"bizType":"SPOT"}"#, "symbol is required"),
        ("CancelAllOpenOrders", "{}", "bizType is required"),
        ("CancelBatchOrders", r#"{"clientBatchId":"batch_1"}"#, "orderIds is required"),
        ("GetHistoricalTrades", r#"{"symbol":"btc_usdt"}"#, "direction is required"),
    ] {
        let error = operation(name).build(&mut Source::parse(params).unwrap()).unwrap_err().to_string();
        assert!(error.contains(words), "{name} {params}: {error}");
    }
}

#[test]
fn every_slot_for_an_own_id_is_shown_and_takes_a_fresh_one() {
    use venue_core::{ClientOrderId, Endpoint};
    let amount: Amount = decimal("1");
    let mut batch = SubmitBatchOrders::new(vec![
        BatchOrder::market_buy("btc_usdt", amount.clone()),
        BatchOrder::market_buy("btc_usdt", amount),
    ]);
    let mut slots = 0;
    batch.client_order_ids(&mut |slot| {
        *slot = Some(ClientOrderId::fresh());
        slots += 1;
    });
    assert_eq!(slots, 2);
    assert!(batch.check().is_ok());
    let mut order = order();
    order.client_order_ids(&mut |slot| *slot = Some(ClientOrderId::fresh()));
    assert!(order.check().is_ok());
}

#[test]
fn an_order_can_be_looked_up_once_it_has_an_id_of_its_own() {
    use venue_core::Endpoint as _;
    assert!(order().lookup().is_none());
    assert!(order().client_order_id("mine_1").lookup().is_some());
    let window = |request: &SubmitOrder, extra: Option<&'static str>| {
        let mut params = venue_core::Params::new();
        Request::params(request, &mut params);
        if let Some(millis) = extra {
            params.push("recvWindow", venue_core::Value::Text(millis.into()), venue_core::Style::Text);
        }
        let draft = venue_core::Draft::new(SubmitOrder::SPEC, SubmitOrder::SPEC.path, params);
        WexSpot::new().timestamp_window(&draft).unwrap().as_millis()
    };
    assert_eq!((window(&order(), None), window(&order(), Some("60000"))), (5_000, 60_000));
}

#[test]
fn only_reads_one_cancel_and_what_has_an_id_for_good_may_be_repeated() {
    for operation in ENDPOINTS {
        let expected = match operation.name {
            "Transfer" | "SubAccountTransfer" => Replay::Idempotent,
            "CancelOrder" | "GetWsToken" => Replay::Safe,
            _ if operation.spec.verb() == "GET" => Replay::Safe,
            _ => Replay::Never,
        };
        assert_eq!(operation.spec.replay, expected, "{}", operation.name);
    }
}

#[test]
fn cancels_go_first_and_sweeping_ones_are_chosen_by_name() {
    for operation in ENDPOINTS {
        let (name, spec) = (operation.name, operation.spec);
        assert_eq!(spec.urgent, name.starts_with("Cancel"), "{name}");
        assert_eq!(spec.sweeping, name.starts_with("CancelAll"), "{name}");
    }
}

fn page<T: serde::de::DeserializeOwned>(result: &str) -> T {
    let venue = WexSpot::new();
    let text = format!(r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{result}}}"#);
    venue_core::decode(venue.keys(), venue_core::Shape::Enveloped, &text).unwrap()
}

fn deposits(rows: &str) -> Page<Deposit> {
    page(rows)
}

#[test]
fn pages_go_on_from_the_row_at_the_edge_until_the_venue_says_stop() {
    let cursor = |request: &GetDepositHistory, rows: &str| {
        let next = request.next(&deposits(rows))?;
        let prepared = client().send(next).prepare().unwrap();
        Some(prepared.url.split_once('?').unwrap().1.to_owned())
    };
    let first = GetDepositHistory::new().currency("usdt").limit(2_u32);
    let rows = |more: &str| format!(r#"{{{more}"items":[{{"id":9}},{{"id":"7"}}]}}"#);
    let next = Some("currency=usdt&direction=NEXT&fromId=7&limit=2".to_owned());
    let prev = Some("currency=usdt&direction=PREV&fromId=9&limit=2".to_owned());
    assert_eq!(cursor(&first, &rows(r#""hasPrev":false,"hasNext":true,"#)), next);
    assert_eq!(cursor(&first, &rows(r#""hasPrev":true,"hasNext":false,"#)), None);
    let back = first.clone().direction(Direction::Prev);
    assert_eq!(cursor(&back, &rows(r#""hasPrev":true,"hasNext":false,"#)), prev);
    assert_eq!(cursor(&back, &rows(r#""hasPrev":false,"hasNext":true,"#)), None);
    // Where nothing is said, a full page goes on.
    assert_eq!(cursor(&first, &rows(r#""hasPrev":null,"hasNext":null,"#)), next);
    assert_eq!(cursor(&first.clone().limit(3_u32), &rows("")), None);
    // A cursor that stays where it was would go on for ever.
    assert_eq!(cursor(&first.clone().from_id("7"), &rows(r#""hasNext":true,"#)), None);
    // Nothing is at the edge of an empty page, however it is written.
    for empty in [
        r#"{"hasPrev":null,"hasNext":null,"items":null}"#,
        r#"{"hasNext":true,"items":[]}"#,
        "{}",
        "[]",
        "null",
    ] {
        assert_eq!(cursor(&first, empty), None, "{empty}");
    }
}

#[test]
fn every_list_by_cursor_goes_on_by_its_own_id() {
    let url = |request: Prepared| request.url.split_once("io").unwrap().1.to_owned();
    let trades = r#"[{"i":203530723141917063,"t":1,"p":"1","q":"1"}]"#;
    let next =
        GetHistoricalTrades::new("btc_usdt", Direction::Prev).limit(1_u32).next(&page(trades)).unwrap();
    assert_eq!(
        url(client().send(next).prepare().unwrap()),
        "/v4/public/trade/history?direction=PREV&fromId=203530723141917063&limit=1&symbol=btc_usdt"
    );
    let orders =
        r#"{"hasNext":true,"items":[{"symbol":"btc_usdt","orderId":"5"},{"symbol":"btc_usdt","orderId":6}]}"#;
    let next = GetHistoryOrders::new().hidden_canceled(false).next(&page(orders)).unwrap();
    assert_eq!(
        url(client().send(next).prepare().unwrap()),
        "/v4/history-order?direction=NEXT&fromId=6&hiddenCanceled=false"
    );
    let trades =
        r#"{"hasNext":true,"items":[{"symbol":"btc_usdt","tradeId":"8","price":"1","quantity":"1"}]}"#;
    let next = GetTrades::new().next(&page(trades)).unwrap();
    assert_eq!(url(client().send(next).prepare().unwrap()), "/v4/trade?direction=NEXT&fromId=8");
    let withdrawals = r#"{"hasNext":true,"items":[{"id":763107}]}"#;
    let next = GetWithdrawHistory::new().next(&page(withdrawals)).unwrap();
    assert_eq!(
        url(client().send(next).prepare().unwrap()),
        "/v4/withdraw/history?direction=NEXT&fromId=763107"
    );
    // A row that pages share at their edge is known by its id.
    let row = GetWithdrawHistory::items(page(withdrawals)).into_good().remove(0);
    assert_eq!(GetWithdrawHistory::key(&row).as_deref(), Some("763107"));
}
