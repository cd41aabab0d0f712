//! Documented rules, held before the wire.

use venue_core::{AnyRequest, Millis, Request as _, Source};

use super::*;

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let client = client();
    let refused = |request: &dyn AnyRequest| {
        let error = client.erased().prepare(request, &[], &[]).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
        error.message().to_owned()
    };
    let market = CreateOrder::market(ORDER, Side::Buy, number::<Qty>("1"));
    let amount: Amount = number("5");
    assert!(client.send(order().new_client_order_id("é".repeat(255))).prepare().is_ok());
    refused(&order().new_client_order_id("x".repeat(256)));
    refused(&order().new_client_order_id(""));
    refused(&order().amount(amount.clone()));
    refused(&market.clone().amount(amount));
    refused(&market.clone().time_in_force(TimeInForce::Gtc));
    refused(&market.time_in_force(TimeInForce::Fok));
    for (json, words) in [
        (r#"{"symbol":"B","side":"BUY","type":"LIMIT","price":"1"}"#, "quantity is required for LIMIT"),
        (
            r#"{"symbol":"B","side":"BUY","type":"LIMIT_MAKER","quantity":"1"}"#,
            "price is required for LIMIT_MAKER",
        ),
        (r#"{"symbol":"B","side":"BUY","type":"MARKET"}"#, "MARKET takes exactly one of quantity and amount"),
    ] {
        let request = CreateOrder::take_from(&mut Source::parse(json).unwrap()).unwrap();
        assert_eq!(refused(&request), words);
    }
    refused(&BatchOrders::new(vec![]));
    refused(&BatchOrders::new(vec![order(); 21]));
    assert!(client.send(BatchOrders::new(vec![order(); 20])).prepare().is_ok());
    let odd = CreateOrder::market("ETHUSDT", Side::Buy, number::<Qty>("1"));
    assert_eq!(refused(&BatchOrders::new(vec![order(), odd])), "orders[1]: a batch is for one symbol");
    assert_eq!(
        refused(&BatchOrders::new(vec![order().recv_window(1u32)])),
        "orders[0]: recvWindow belongs to the batch"
    );
    refused(&GetWithdrawOrders::new().limit(1001u32));
    refused(&GetWithdrawOrders::new().memo("with-dash"));
    refused(&CancelAllOpenOrders::new().limit(201u32));
    refused(&CancelAllOpenOrders::new().from_order_id(""));
    refused(&CancelOpenOrders::new(""));
    refused(&CancelOrder::new(OrderId::from("")));
    refused(&CancelOrder::new(ClientOrderId::from("")));
    refused(&GetOrder::new(OrderId::from("")));
    refused(&CancelOrdersByIds::new(vec![]));
    refused(&CancelOrdersByIds::new(vec![OrderId::from("1"); 101]));
    refused(&CancelOrdersByIds::new(vec!["1".into(), "".into()]));
    assert_eq!(
        refused(&CancelOrdersByIds::new(vec!["1,2".into()])),
        "ids[0] OrderId(1,2): one id, not empty"
    );
    let test = TestNewOrder::limit(ORDER, Side::Buy, number::<Qty>("1"), number::<Price>("1"));
    refused(&test.clone().time_in_force(TimeInForce::Ioc));
    refused(&test.clone().time_in_force(TimeInForce::Fok));
    refused(&test.new_client_order_id(""));
    let test = TestNewOrder::market(ORDER, Side::Buy, number::<Qty>("1"));
    refused(&test.clone().time_in_force(TimeInForce::Gtc));
    assert!(client.send(test.time_in_force(TimeInForce::Ioc)).prepare().is_ok());
    refused(&GetOpenOrders::new().limit(1001u32));
    refused(&GetTradeOrders::new().limit(0u32));
    refused(&GetAccountTrades::new().limit(1001u32));
    refused(&GetVipInfo::new().symbols(vec![]));
    let transfer = |to: &str| AssetTransfer::new("1", to, "USDT", number::<Amount>("1"));
    refused(&transfer("1"));
    refused(&transfer(""));
    refused(&transfer("2").client_order_id("x".repeat(65)));
    assert!(client.send(transfer("2").client_order_id("x".repeat(64))).prepare().is_ok());
    let time = Millis::new(1);
    refused(&GetFiatHistory::new(FiatOrderType::Deposit, time, time).status(FiatStatus::Return));
    refused(&GetBalanceFlow::new(time, time).limit(501u32));
    refused(&GetBalanceFlow::new(time, time).flow_type(FlowType::OperationAccountTransfer));
    refused(&GetChainType::new(""));
    refused(&GetCoinInfo::new(""));
    refused(&GetSubAccountOpenOrders::new(""));
    refused(&GetSubAccountOpenOrders::new("7").limit(501u32));
    refused(&GetSubAccountTradeOrders::new("7").limit(501u32));
    refused(&GetSubAccountTrades::new().limit(1001u32));
    refused(&GetDepositAddress::new("USDT", ""));
    refused(&GetDepositOrders::new().limit(1001u32));
    refused(&AuthAddress::new("0x", Sender::person("Ada", ""), DepositExchange::Okx, true));
    refused(&AuthAddress::new("0x", Sender::institution(""), DepositExchange::Okx, true));
    let withdraw = |id: &str, to: &str| Withdraw::new("USDT", id, to, number::<Amount>("1"), "ETH");
    refused(&withdraw("", "0x"));
    refused(&withdraw("w", ""));
    refused(&withdraw("w", "0x").memo("x".repeat(21)));
    refused(&GetDepth::new("A").limit(201u32));
    refused(&GetTrades::new("A").limit(101u32));
    refused(&GetKlines::new("A", KlineInterval::M1).limit(1001u32));
    refused(&GetMergedDepth::new("A").limit(201u32));
    refused(&GetBookTicker::new(""));
    refused(&ResetListenKey::new(""));
    refused(&DeleteListenKey::new(""));
}

#[test]
fn cancelling_every_pair_is_never_the_absence_of_a_symbol() {
    assert!(CancelAllOpenOrdersOfSymbol::take_from(&mut Source::parse("{}").unwrap()).is_err());
    assert!(client().send(CancelAllOpenOrdersOfSymbol::new("")).prepare().is_err());
    let mut source = Source::parse(r#"{"symbol":"BTCUSDT"}"#).unwrap();
    assert!(CancelAllOpenOrders::take_from(&mut source).is_ok());
    assert_eq!(source.finish().unwrap_err().to_string(), "unknown parameter: symbol");
    for operation in ENDPOINTS {
        let sweeps = operation.name.starts_with("Cancel") && operation.name.contains("OpenOrders");
        assert_eq!(operation.spec.sweeping, sweeps, "{}", operation.name);
    }
}

#[test]
fn a_batch_is_built_from_its_bare_list() {
    let list = r#"[{"symbol":"B","side":"BUY","type":"MARKET","quantity":0.10}]"#;
    let mut request = BatchOrders::take_from(&mut Source::of_list("orders", list)).unwrap();
    let mut slots = 0;
    venue_core::Endpoint::client_order_ids(&mut request, &mut |slot| {
        slots += 1;
        *slot = Some(ClientOrderId::from("x"));
    });
    assert_eq!(slots, 1);
    let prepared = client().send(request).prepare().unwrap();
    assert_eq!(
        prepared.body.as_deref(),
        Some(r#"[{"symbol":"B","side":"BUY","type":"MARKET","quantity":"0.10","newClientOrderId":"x"}]"#)
    );
}

#[test]
fn only_what_changes_nothing_twice_may_be_repeated() {
    use venue_core::Replay::{Never, Safe};
    for operation in ENDPOINTS {
        let is_safe =
            operation.spec.verb() == "GET" || ["TestNewOrder", "CancelOrder"].contains(&operation.name);
        let replay = if is_safe { Safe } else { Never };
        assert_eq!(operation.spec.replay, replay, "{}", operation.name);
    }
}

#[test]
fn one_order_is_meant_and_one_sender_named() {
    let build = |name: &str, json: &str| {
        let mut source = Source::parse(json).unwrap();
        operation(name).build(&mut source).map(|_| source.finish()).map_err(|error| error.to_string())
    };
    for (name, json, words) in [
        ("CancelOrder", "{}", "one of orderId, clientOrderId is required"),
        ("CancelOrder", r#"{"orderId":1,"clientOrderId":"x"}"#, "give only one of orderId, clientOrderId"),
        ("GetOrder", "{}", "one of orderId, origClientOrderId is required"),
        (
            "AuthAddress",
            r#"{"txid":"0x"}"#,
            "one of senderLastName, senderFirstName, institutionalName is required",
        ),
        (
            "AuthAddress",
            r#"{"txid":"0x","senderLastName":"King"}"#,
            "senderFirstName and senderLastName belong together",
        ),
        (
            "AuthAddress",
            r#"{"txid":"0x","senderLastName":"King","institutionalName":"A"}"#,
            "give institutionalName, or senderFirstName and senderLastName, not both",
        ),
    ] {
        assert_eq!(build(name, json).unwrap_err(), words, "{name} {json}");
    }
    for json in [
        r#"{"txid":"0x","senderLastName":"King","senderFirstName":"Ada","exchangeName":"OKX","isAddressOwner":"true"}"#,
        r#"{"txid":"0x","institutionalName":"A","exchangeName":"Elsewhere","isAddressOwner":true}"#,
    ] {
        assert_eq!(build("AuthAddress", json), Ok(Ok(())));
    }
}

#[test]
fn every_own_id_is_shown() {
    for (name, json, slots) in [
        ("CreateOrder", r#"{"symbol":"B","side":"BUY","type":"MARKET","quantity":1}"#, 1),
        ("TestNewOrder", r#"{"symbol":"B","side":"BUY","type":"MARKET","quantity":1}"#, 1),
        ("AssetTransfer", r#"{"fromAccountId":"1","toAccountId":"2","coin":"A","quantity":"1"}"#, 1),
        (
            "Withdraw",
            r#"{"coin":"A","clientOrderId":"w","address":"0x","quantity":"1","chainType":"ETH"}"#,
            1,
        ),
        ("GetVipInfo", "{}", 0),
    ] {
        let mut request = operation(name).build(&mut Source::parse(json).unwrap()).unwrap();
        let mut seen = 0;
        request.client_order_ids(&mut |slot| {
            seen += 1;
            assert_eq!(slot.is_some(), name == "Withdraw");
        });
        assert_eq!(seen, slots, "{name}");
    }
}
