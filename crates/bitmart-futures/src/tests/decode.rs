//! Every documented example, read and written back.

use super::documented::catalog;
use super::{decode, value};
use crate::rest::ENDPOINTS;

#[test]
fn every_documented_example_reads_whole_and_writes_back_equal() {
    for endpoint in catalog().endpoints {
        let route = (endpoint.method.as_str(), endpoint.path.as_str());
        let example = endpoint.example.get();
        for operation in ENDPOINTS.iter().filter(|known| (known.spec.verb(), known.spec.path) == route) {
            let first = value(operation.name, example);
            assert!(first.len() > 1, "{}: {first}", operation.name);
            let wrapped = format!(r#"{{"message":"OK","code":"1000","trace":"t","data":{first}}}"#);
            assert_eq!(value(operation.name, &wrapped), first, "{}", operation.name);
        }
    }
}

#[test]
fn a_bad_row_is_kept_aside_and_the_others_stay() {
    for (name, row, body) in [
        ("GetOrderHistory", r#"{"order_id":"1","symbol":"BTCUSDT"}"#, "[ROW,{\"size\":\"x\"},ROW]"),
        ("GetTrades", r#"{"order_id":"1","trade_id":2,"price":"1","vol":"1"}"#, "[ROW,{},ROW]"),
        ("GetTransactionHistory", r#"{"amount":"-1"}"#, "[ROW,{\"amount\":\"one\"},ROW]"),
        (
            "GetAffiliateTrades",
            r#"{"user_id":1,"symbol":"A","deal_price":1.5,"deal_vol":1}"#,
            r#"{"list":[ROW,7,ROW]}"#,
        ),
    ] {
        let body = format!(r#"{{"code":1000,"data":{}}}"#, body.replace("ROW", row));
        let decoded = decode(name, 200, &body);
        assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
        assert_eq!(decoded.bad_rows.len(), 1, "{name}");
        assert_eq!(decoded.bad_rows[0].index, 1, "{name}");
    }
}

#[test]
fn an_empty_list_may_be_null() {
    for name in ["GetOpenOrders", "GetPositions", "GetKlines", "GetTransferHistory"] {
        assert_eq!(value(name, r#"{"code":1000,"message":"success","data":null}"#), "[]", "{name}");
    }
    assert_eq!(value("ListTransfers", r#"{"code":1000,"data":{"records":null}}"#), r#"{"records":[]}"#);
    assert_eq!(
        value("GetDepth", r#"{"code":1000,"data":{"asks":null,"bids":null}}"#),
        r#"{"bids":[],"asks":[]}"#
    );
}
