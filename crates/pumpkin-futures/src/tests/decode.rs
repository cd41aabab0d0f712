//! Answers: every documented example, both envelopes, and no digit lost.

use super::documented::documented;
use super::*;

#[test]
fn every_documented_example_decodes_whole() {
    for route in documented().endpoints {
        let (verb, path) = (route.method.as_str(), route.path.as_str());
        let mut found = 0;
        for operation in ENDPOINTS {
            if (operation.spec.verb(), operation.spec.path) != (verb, path) {
                continue;
            }
            found += 1;
            let name = operation.name;
            let first = decode(name, 200, route.example.get());
            assert!(first.error.is_none(), "{name}: {:?}", first.error);
            assert!(first.unmapped.is_empty() && first.bad_rows.is_empty(), "{name}: {first:?}");
            let value = first.value.unwrap();
            let bare = operation.spec.shape == venue_core::Shape::Bare;
            let again = if bare { value.clone() } else { format!(r#"{{"code":0,"data":{value}}}"#) };
            assert_eq!(decode(name, 200, again).value, Some(value), "{name}");
        }
        assert!(found > 0, "{verb} {path}");
    }
}

#[test]
fn an_example_means_what_it_says() {
    let example = |path: &str| {
        let route = documented().endpoints.into_iter().find(|route| route.path == path).unwrap();
        route.example.get().to_owned()
    };
    let value = |name: &str| decode(name, 200, example(operation(name).spec.path)).value.unwrap();
    let symbol: SymbolInfo = serde_json::from_str(&value("GetSymbol")).unwrap();
    assert_eq!(
        symbol.support_entrust_type.unwrap()[..],
        [
            EntrustType::TakeProfit,
            EntrustType::Stop,
            EntrustType::TakeProfitMarket,
            EntrustType::StopMarket,
            EntrustType::TrailingStopMarket
        ]
    );
    assert_eq!(symbol.contract_size.unwrap().to_text(), "0.0001");
    assert_eq!((symbol.min_price, symbol.labels), (None, vec!["HOT".to_owned()]));
    let book: Depth = serde_json::from_str(&value("GetDepth")).unwrap();
    assert_eq!(book.update_id, Some(586_765_918_776_852_548));
    assert_eq!((book.bids[0].price, book.asks[1].qty), (price("89390.8"), Contracts::new(2990)));
    let candles: Rows<Kline> = serde_json::from_str(&value("GetKlines")).unwrap();
    assert!(candles[0].time > candles[1].time);
    assert_eq!(candles[0].volume.unwrap().to_string(), "63036.05");
    let defi: Rows<DefiContract> = serde_json::from_str(&value("GetDefiContracts")).unwrap();
    assert_eq!(defi[0].high, Some(price("3016.57")));
    assert_eq!(defi[0].amount.as_ref().unwrap().to_text(), "5864.8700");
    let bills: Page<Bill> = serde_json::from_str(&value("ListBills")).unwrap();
    assert_eq!(bills.items[0].amount.as_ref().unwrap().to_text(), "-0.00080000");
    assert_eq!(
        (bills.items[0].side.clone(), bills.items[0].after_amount.clone()),
        (Some(BillSide::Sub), None)
    );
    let update: ProfitUpdate = serde_json::from_str(&value("UpdateProfitEntrust")).unwrap();
    assert_eq!(update.adjust_id, Some(AdjustId::from("9876543210")));
}

#[test]
fn what_is_new_in_a_set_of_names_is_kept() {
    let order: Order = typed(
        "GetOrder",
        r#"{"orderId":1,"symbol":"btc_usdt","orderType":"TWAP","state":"PENDING_NEW","timeInForce":""}"#,
    );
    assert_eq!(order.order_type, Some(OrderType::Other("TWAP".into())));
    assert_eq!((order.state.unwrap().as_str(), order.time_in_force), ("PENDING_NEW", None));
    let rebates: Rows<Rebate> =
        typed("GetRebateDetails", r#"[{"pumpkinUid":"7","rebateType":9,"userType":2,"rate":0.4}]"#);
    assert_eq!(rebates[0].pumpkins_uid, Some(UserId::from("7")));
    assert_eq!(rebates[0].rebate_type, Some(RebateType::Other("9".into())));
    assert_eq!(rebates[0].user_type, Some(UserType::Retail));
}

#[test]
fn a_new_conditional_order_is_an_object_or_an_id() {
    for data in [r#""1234567890123456789""#, "1234567890123456789", r#"{"entrustId":1234567890123456789}"#] {
        let made: CreatedPlanEntrust = typed("CreatePlanEntrust", data);
        assert_eq!((made.entrust_id.as_str(), made.state), ("1234567890123456789", None));
    }
    for name in ["CreateProfitEntrust", "CreatePositionProfitEntrust"] {
        let made: CreatedProfitEntrust = typed(name, r#"{"profitId":"5","state":"TRIGGERING"}"#);
        assert_eq!((made.profit_id.as_str(), made.state), ("5", Some(EntrustState::Triggering)));
        let made: CreatedProfitEntrust = typed(name, "5");
        assert_eq!(made.profit_id.as_str(), "5");
    }
    let grown = decode("CreatePlanEntrust", 200, r#"{"code":0,"data":{"entrustId":"1","grown":1}}"#);
    assert_eq!(grown.unmapped, ["data.grown"]);
    let nothing = decode("CreatePlanEntrust", 200, r#"{"code":0,"data":null}"#).error.unwrap();
    assert_eq!((nothing.kind(), nothing.outcome()), (Kind::Decode, Outcome::Unknown));
}

#[test]
fn a_listen_key_is_not_printed() {
    let decoded = decode("GetListenKey", 200, r#"{"code":0,"data":"FAD5A97BA1BD77BAF64F9770AD05ABFF"}"#);
    let key: ListenKey = serde_json::from_str(&decoded.value.clone().unwrap()).unwrap();
    assert_eq!(key.expose(), "FAD5A97BA1BD77BAF64F9770AD05ABFF");
    assert_eq!(format!("{key:?}"), "ListenKey(***)");
}

#[test]
fn a_bad_row_does_not_take_the_good_ones_with_it() {
    let body =
        r#"{"code":0,"data":{"hasNext":false,"items":[{"id":1,"amount":"1"},{"amount":"2"},{"id":3}]}}"#;
    let decoded = decode("ListBills", 200, body);
    assert_eq!((decoded.bad_rows.len(), decoded.bad_rows[0].index), (1, 1));
    // An error stays one where the answers are bare objects of which little is required.
    for name in ["GetCmcContractSpecs", "GetCgDepth", "GetCmcContracts"] {
        let error = error(name, 200, r#"{"code":-1,"msg":"Invalid API key","data":null}"#);
        assert_eq!((error.kind(), error.code()), (Kind::Auth, Some("-1")));
    }
}

#[test]
fn no_digit_of_a_long_number_is_lost() {
    let row = r#"[{"ticker_id":"ETH_USDT","open_interest_usd":38210682.318490364060564000000,"open_interest":1234567890123456789.123456789012345678,"maker_fee":9.4e-05,"start_timestamp":0}]"#;
    let contracts: Rows<CgContract> = serde_json::from_str(row).unwrap();
    let contract = &contracts[0];
    assert_eq!(contract.open_interest_usd.as_ref().unwrap().to_text(), "38210682.318490364060564000000");
    let interest = contract.open_interest.as_ref().unwrap();
    assert_eq!(interest.oversize(), Some("1234567890123456789.123456789012345678"));
    assert_eq!(contract.maker_fee.as_ref().unwrap().to_text(), "0.000094");
    assert_eq!(contract.start_timestamp, None);
}

#[test]
fn either_envelope_is_read() {
    for body in [
        r#"{"code":0,"msg":"success","data":"587077935051136448","bizCode":null}"#,
        r#"{"code":"0","message":"success","data":587077935051136448}"#,
    ] {
        let decoded = decode("CreateOrder", 200, body);
        assert_eq!(decoded.value.as_deref(), Some(r#""587077935051136448""#));
        assert!(decoded.unmapped.is_empty(), "{:?}", decoded.unmapped);
    }
    for (body, value) in [
        (r#"{"code":0,"data":true}"#, "true"),
        (r#"{"code":0,"data":null}"#, "null"),
        (r#"{"code":0}"#, "null"),
        (r#"{"code":0,"data":["1"]}"#, r#"["1"]"#),
    ] {
        assert_eq!(decode("CancelOrder", 200, body).value.as_deref(), Some(value));
    }
    let contradiction = error("CancelAllOrders", 200, r#"{"code":0,"data":false}"#);
    assert_eq!((contradiction.kind(), contradiction.outcome()), (Kind::Decode, Outcome::Unknown));
}
