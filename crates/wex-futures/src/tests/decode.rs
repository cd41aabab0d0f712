//! What is read: the documented examples, and what is sent instead of them.

use venue_core::{Kind, Outcome, Venue};

use super::documented;
use super::{decode, success};
use crate::rest::*;
use crate::*;

#[test]
fn documented_examples_read_whole_and_back() {
    for row in documented::rows() {
        let on_route = |operation: &&venue_core::Operation| {
            (operation.spec.verb(), operation.spec.path) == (row.method.as_str(), row.path.as_str())
        };
        for operation in ENDPOINTS.iter().filter(on_route) {
            let name = operation.name;
            let decoded = decode(name, 200, row.example.get());
            assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
            assert!(decoded.unmapped.is_empty(), "{name}: {:?}", decoded.unmapped);
            assert!(decoded.bad_rows.is_empty(), "{name}: {:?}", decoded.bad_rows);
            let value = decoded.value.unwrap();
            let again = success(name, &value);
            assert!(again.unmapped.is_empty(), "{name}: {:?}", again.unmapped);
            assert_eq!(again.value, Some(value), "{name}");
        }
    }
}

/// Nothing that the venue says gets lost between its text and ours.
#[test]
fn what_is_read_is_written_again() {
    fn leaves(value: &serde_json::Value, path: &str, out: &mut Vec<(String, String)>) {
        use serde_json::Value::{Array, Null, Object, String};
        match value {
            Object(members) => {
                for (name, value) in members {
                    // The one spelling that one list has for itself.
                    let name = if name == "hasPre" { "hasPrev" } else { name };
                    leaves(value, &format!("{path}.{name}"), out);
                }
            }
            Array(rows) => {
                for (index, row) in rows.iter().enumerate() {
                    leaves(row, &format!("{path}[{index}]"), out);
                }
            }
            Null => {}
            String(text) if text.is_empty() => {}
            // Names are written in their first spelling.
            String(text) => out.push((path.to_owned(), text.to_lowercase())),
            other => out.push((path.to_owned(), other.to_string())),
        }
    }
    // Numbers in the sample may have an exponent; ours never do.
    let plain = |text: &str| match text.parse::<Rate>() {
        Ok(rate) => rate.decimal().unwrap().normalize().to_string(),
        Err(_) => text.to_owned(),
    };
    for row in documented::rows() {
        let operation = ENDPOINTS.iter().find(|operation| operation.spec.path == row.path).unwrap();
        let sent: serde_json::Value = serde_json::from_str(row.example.get()).unwrap();
        let decoded = decode(operation.name, 200, row.example.get());
        let read: serde_json::Value = serde_json::from_str(&decoded.value.unwrap()).unwrap();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        leaves(&sent["result"], "", &mut before);
        leaves(&read, "", &mut after);
        let tidy = |mut rows: Vec<(String, String)>| {
            rows.retain(|(path, value)| !(path.ends_with("deliveryDate") && value == "0"));
            rows.iter_mut().for_each(|(path, value)| {
                *path = path.replace(".symbols", "");
                *value = plain(value);
            });
            rows.sort();
            rows
        };
        assert_eq!(tidy(before), tidy(after), "{}", operation.name);
    }
}

#[test]
fn a_funding_rate_is_an_object_or_a_page() {
    let one = r#"{"symbol":"btc_usdt","fundingRate":"0.000086","nextCollectionTime":1758096000000,"collectionInternal":8}"#;
    let object = success("GetFundingRate", one);
    assert_eq!(object.value, Some(format!(r#"{{"items":[{one}]}}"#)));
    assert!(object.unmapped.is_empty());
    let bare = success("GetFundingRate", r#"{"symbol":"btc_usdt","fundingRate":0.000992}"#);
    assert_eq!(bare.value.as_deref(), Some(r#"{"items":[{"symbol":"btc_usdt","fundingRate":"0.000992"}]}"#));
    let page = success(
        "GetFundingRate",
        r#"{"hasNext":false,"hasPrev":null,"items":[{"symbol":"btc_usdt","fundingRate":0,"id":203530723141917063},{"symbol":7}]}"#,
    );
    assert_eq!(page.bad_rows.len(), 1);
    assert_eq!(
        page.value.as_deref(),
        Some(
            r#"{"hasNext":false,"items":[{"symbol":"btc_usdt","fundingRate":"0","id":"203530723141917063"},{"symbol":7}]}"#
        )
    );
    // A key that is new shows up in either shape.
    let new = success("GetFundingRate", r#"{"symbol":"btc_usdt","fundingRate":0,"new":1}"#);
    assert_eq!(new.unmapped, ["new"]);
    let new = success("GetFundingRate", r#"{"items":[{"symbol":"btc_usdt","fundingRate":0,"new":1}]}"#);
    assert_eq!(new.unmapped, ["items[0].new"]);
    let rates: FundingRates = serde_json::from_str(one).unwrap();
    assert_eq!(rates.current().unwrap().collection_interval_hours, Some(8));
}

#[test]
fn a_receipt_is_whatever_the_venue_puts_there() {
    for (result, value) in [
        (r#""206410760006650176""#, r#""206410760006650176""#),
        ("206410760006650176", r#""206410760006650176""#),
        ("{}", "null"),
        (r#""""#, "null"),
        ("null", "null"),
        ("true", "true"),
    ] {
        let receipt = success("CreateOrder", result);
        assert!(receipt.unmapped.is_empty());
        assert_eq!(receipt.value.as_deref(), Some(value), "{result}");
    }
    assert_eq!(success("CreateOrder", r#"{"orderId":"1"}"#).unmapped, ["orderId"]);
    let receipt: Receipt<OrderId> = serde_json::from_str("206410760006650176").unwrap();
    assert_eq!(receipt.id(), Some(&OrderId::from("206410760006650176")));
    let writes = ENDPOINTS.iter().filter(|operation| operation.spec.verb() == "POST");
    for name in writes.map(|operation| operation.name) {
        if ["ListOpenOrders", "GetOrderList"].contains(&name) {
            continue;
        }
        let refused = success(name, "false").error.unwrap();
        assert_eq!((refused.kind(), refused.outcome()), (Kind::Decode, Outcome::Unknown));
        assert!(refused.message().contains("a success that says false"), "{name}: {refused}");
    }
    let odd = success("CreateOrder", "[1]").error.unwrap();
    assert_eq!((odd.kind(), odd.outcome()), (Kind::Decode, Outcome::Unknown));
}

#[test]
fn a_balance_comes_in_either_envelope() {
    let result = r#"{"accountId":"900123456789","coin":"USDT","underlyingType":"2","walletBalance":"15234.87654321","bonus":"","coupon":null}"#;
    let expected =
        r#"{"accountId":"900123456789","coin":"USDT","underlyingType":2,"walletBalance":"15234.87654321"}"#;
    for body in [
        format!(r#"{{"rc":0,"mc":"","ma":"","result":{result}}}"#),
        format!(r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{result}}}"#),
        format!(r#"{{"error":{{"code":"","msg":""}},"msgInfo":"","result":{result},"returnCode":0}}"#),
    ] {
        let balance = decode("GetCompatBalance", 200, body);
        assert_eq!(balance.value.as_deref(), Some(expected));
        assert!(balance.unmapped.is_empty());
    }
    let refused = decode("GetCompatBalance", 200, r#"{"rc":1,"mc":"invalid_symbol","ma":"","result":null}"#);
    let error = refused.error.unwrap();
    assert_eq!((error.kind(), error.code()), (Kind::UnknownSymbol, Some("invalid_symbol")));
}

#[test]
fn open_orders_are_a_list_or_one_bare_order() {
    let order = r#"{"orderId":"538511221008857280","symbol":"eth_usdt","contractSize":0.01,"sourceId":null,"state":"NEW","leverage":6}"#;
    let expected = r#"[{"orderId":"538511221008857280","symbol":"eth_usdt","state":"NEW","contractSize":"0.01","leverage":"6"}]"#;
    let listed = success("ListOpenOrders", &format!("[{order}]"));
    assert_eq!((listed.value.as_deref(), listed.unmapped.len()), (Some(expected), 0));
    assert_eq!(success("ListOpenOrders", order).value.as_deref(), Some(expected));
    assert_eq!(decode("ListOpenOrders", 200, order).value.as_deref(), Some(expected));
    assert_eq!(success("ListOpenOrders", "null").value.as_deref(), Some("[]"));
    let mixed = success("ListOpenOrders", &format!(r#"[{order},{{"symbol":"btc_usdt","new":1}}]"#));
    assert_eq!(mixed.bad_rows.len(), 1);
    assert_eq!(
        success("ListOpenOrders", r#"[{"orderId":1,"symbol":"a","new":1}]"#).unmapped,
        ["result[0].new"]
    );
    let failed = decode(
        "ListOpenOrders",
        200,
        r#"{"returnCode":1,"msgInfo":"failure","error":{"code":"invalid_symbol","msg":"no"},"result":null}"#,
    );
    assert_eq!(failed.error.unwrap().kind(), Kind::UnknownSymbol);
    let foreign = decode("ListOpenOrders", 200, r#"{"status":"ok"}"#).error.unwrap();
    assert_eq!((foreign.kind(), foreign.outcome()), (Kind::Decode, Outcome::Unknown));
}

#[test]
fn symbols_are_a_list_or_an_object_around_one() {
    let row = r#"{"symbol":"btc_usdt","supportTimeInForce":"GTC, GTX,XYZ","labels":null,"deliveryDate":0,"minQty":"1","offTime":""}"#;
    let tidy = r#"{"symbol":"btc_usdt","min_qty":"1"}"#.replace("min_qty", "minQty");
    let tidy = tidy.replace('}', r#","supportTimeInForce":"GTC,GTX,XYZ"}"#);
    let bare = success("GetSymbolList", &format!("[{row}]"));
    assert_eq!(bare.value, Some(format!(r#"{{"symbols":[{tidy}]}}"#)));
    let around = success("GetSymbolList", &format!(r#"{{"time":1,"version":"v9","symbols":[{row}]}}"#));
    assert_eq!(around.value, Some(format!(r#"{{"time":1,"version":"v9","symbols":[{tidy}]}}"#)));
    assert!(bare.unmapped.is_empty() && around.unmapped.is_empty());
    let detail: SymbolDetail = serde_json::from_str(row).unwrap();
    let lives = detail.support_time_in_force.unwrap();
    assert!(lives.contains(&TimeInForce::Gtx) && !lives.contains(&TimeInForce::Ioc));
    let new = success("GetSymbolList", r#"{"symbols":[{"symbol":"a","new":1}],"old":1}"#);
    assert_eq!(new.unmapped, ["result.symbols[0].new", "result.old"]);
}

#[test]
fn numbers_and_texts_are_one() {
    for (id, level) in
        [("203530723141917063", r#"["67234.9","1200"]"#), (r#""203530723141917063""#, "[67234.9,1200]")]
    {
        let trades = success(
            "ListAllTrades",
            &format!(
                r#"[{{"execId":{id},"symbol":"a","timestamp":"1735698765432","quantity":12,"fee":"10.08"}}]"#
            ),
        );
        assert_eq!(
            trades.value.as_deref(),
            Some(
                r#"[{"execId":"203530723141917063","symbol":"a","quantity":"12","fee":"10.08","timestamp":1735698765432}]"#
            )
        );
        let depth = success("GetDepth", &format!(r#"{{"a":[{level}],"b":[],"s":"btc_usdt","u":{id}}}"#));
        assert_eq!(
            depth.value.as_deref(),
            Some(r#"{"s":"btc_usdt","u":203530723141917063,"a":[["67234.9","1200"]],"b":[]}"#)
        );
    }
    // Larger than any signed integer, and padded with a zero: both are kept as they are.
    let taken = success(
        "ListTakerOver",
        r#"{"hasNext":false,"hasPrev":false,"items":[{"requestId":9876543210987654321,"symbol":"BTCUSDT","positionSide":1,"marginRate":"01250000"}]}"#,
    );
    assert_eq!(
        taken.value.as_deref(),
        Some(
            r#"{"hasNext":false,"hasPrev":false,"items":[{"requestId":"9876543210987654321","symbol":"BTCUSDT","positionSide":"1","marginRate":"01250000"}]}"#
        )
    );
}

#[test]
fn an_enum_keeps_what_it_does_not_know() {
    let stop = r#"{"items":[{"profitId":"1","symbol":"a","state":"NOT_ACTIVATION","profitDelegateOrderType":"1","stopDelegateTimeInForce":"3","closeType":"ALL"}]}"#;
    let read = success("ListProfitStopHistory", stop).value.unwrap();
    for kept in [
        r#""state":"NOT_ACTIVATION""#,
        r#""profitDelegateOrderType":"1""#,
        r#""stopDelegateTimeInForce":"3""#,
    ] {
        assert!(read.contains(kept), "{read}");
    }
    let page: CursorPage<ProfitStop> = serde_json::from_str(stop).unwrap();
    assert_eq!(page.items[0].close_type, Some(CloseType::All));
    let typo: PositionLeverage =
        serde_json::from_str(r#"{"symbol":"a","contractType":"PERPUTUAL","leverage":"25"}"#).unwrap();
    assert_eq!(typo.contract_type, Some(ContractType::Perpetual));
    for mode in ["2", r#""2""#, r#""ISOLATED""#] {
        let past: PastPosition =
            serde_json::from_str(&format!(r#"{{"id":1,"symbol":"a","positionType":{mode}}}"#)).unwrap();
        assert_eq!(past.position_type, Some(PositionTypeCode::Isolated));
    }
}

#[test]
fn an_order_that_is_not_there_is_none() {
    for name in ["GetOrderDetail", "GetPlanDetail", "GetProfitStopDetail", "GetTrackDetail"] {
        let none = success(name, "null");
        assert_eq!((none.value.as_deref(), none.error.is_none()), (Some("null"), true), "{name}");
        let refused = decode(
            name,
            200,
            r#"{"returnCode":1,"msgInfo":"failure","error":{"code":"null","msg":"Order not found"},"result":null}"#,
        );
        assert_eq!(refused.error.unwrap().kind(), Kind::UnknownOrder);
    }
}

#[test]
fn a_listen_key_is_not_printed() {
    let key: ListenKey = serde_json::from_str(r#""2132B8F0C778""#).unwrap();
    assert_eq!((key.expose(), format!("{key:?}").as_str()), ("2132B8F0C778", "ListenKey(***)"));
    assert!(success("GetListenKey", "{}").error.is_some());
    assert!(WexFutures::usdt_m().secret_fields().contains(&"listenKey"));
}
