//! What the venue really sends, and what its errors mean.

use venue_core::{Venue, serde_json};

use super::*;

#[test]
fn the_time_is_read_from_the_body() {
    let call = Hibt::new().clock().unwrap();
    assert_eq!(call.spec.path, "/v2/server/time");
    let read = call.read.unwrap();
    assert_eq!(
        read(r#"{"msg":"success","code":0,"data":{"serverTime":1724916869475}}"#),
        Some(Millis::new(NOW))
    );
    assert_eq!(read(r#"{"code":210001}"#), None);
}

#[test]
fn odd_answers_read_all_the_same() {
    let depth = decode(
        "GetDepth",
        200,
        r#"{"code":"0","message":"success","data":{"bid":[["6.178e-06","1.3929399588e+10"]],"ask":null}}"#,
    );
    assert_eq!(depth.value.as_deref(), Some(r#"{"bid":[["0.000006178","13929399588"]],"ask":[]}"#));
    let half = decode("GetDepth", 200, r#"{"code":0,"data":{"bid":[]}}"#).error.unwrap();
    assert_eq!(half.kind(), Kind::Decode);

    let ack = decode("OpenOrder", 200, r#"{"code":0,"data":{"orderId":"17249168694750000000000012345"}}"#);
    assert_eq!(ack.value.as_deref(), Some(r#"{"orderID":"17249168694750000000000012345"}"#));
    let number = decode("OpenOrder", 200, r#"{"code":0,"data":{"orderID":203530723141917063}}"#);
    assert_eq!(number.value.as_deref(), Some(r#"{"orderID":"203530723141917063"}"#));

    let orders = decode(
        "GetAccountOrders",
        200,
        r#"{"code":0,"data":[{"id":"1","symbol":"gold","positionID":"7","price":"","action":42,"state":0,"leverage":"10","spPrice":null},{"id":"2"}]}"#,
    );
    assert_eq!(
        orders.value.as_deref(),
        Some(
            r#"[{"id":"1","symbol":"gold","action":42,"positionId":"7","leverage":"10","state":0},{"id":"2"}]"#
        )
    );
    assert_eq!((orders.bad_rows.len(), orders.bad_rows[0].index), (1, 1));
    let none = decode("GetAccountOrders", 200, r#"{"code":0,"msg":"success","data":null}"#);
    assert_eq!(none.value.as_deref(), Some("[]"));

    let closed = decode("CloseAllPositions", 200, r#"{"code":0,"data":{"listOrderID":null}}"#);
    assert_eq!(closed.value.as_deref(), Some(r#"{"listOrderID":[]}"#));
}

#[test]
fn a_batch_is_answered_order_by_order() {
    let text = r#"{"success":{"b":"2","a":"1","":"3"},"fail":{"c":"sp price error","d":"bad symbol"}}"#;
    let decoded = decode("BatchOpenOrders", 200, format!(r#"{{"msg":"success","code":0,"data":{text}}}"#));
    assert_eq!(decoded.value.as_deref(), Some(text));
    let answer: OpenedOrders = serde_json::from_str(text).unwrap();
    assert_eq!(answer.success.get("a"), Some(&OrderId::from("1")));
    assert_eq!(answer.fail.get("d").map(String::as_str), Some("bad symbol"));
    assert_eq!(answer.success.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["b", "a", ""]);
    assert_eq!(answer.accepted(&"a".into()).unwrap(), &OrderId::from("1"));
    let refused = answer.accepted(&"c".into()).unwrap_err();
    assert_eq!((refused.kind(), refused.outcome()), (Kind::Rejected, Outcome::Rejected));
    assert_eq!(refused.message(), "order c was not taken: sp price error");
    let missing = answer.accepted(&"e".into()).unwrap_err();
    assert_eq!((missing.kind(), missing.outcome()), (Kind::Decode, Outcome::Unknown));

    let known: OpenedOrders =
        serde_json::from_str(r#"{"fail":{"a":"Incorrect take-profit price","b":"220012"}}"#).unwrap();
    assert_eq!(known.accepted(&"a".into()).unwrap_err().kind(), Kind::InvalidRequest);
    let coded = known.accepted(&"b".into()).unwrap_err();
    assert_eq!((coded.kind(), coded.code()), (Kind::Permission, Some("220012")));
}

#[test]
fn a_cancel_that_failed_inside_of_a_success_is_an_error() {
    let failed = success("CancelOrder", r#"{"success":null,"fail":{"":5}}"#).error.unwrap();
    assert_eq!((failed.kind(), failed.outcome(), failed.code()), (Kind::Rejected, Outcome::Rejected, None));
    assert_eq!(failed.message(), "the order was not cancelled, and the venue doesn't say why: 5");
    let coded = success("CancelOrder", r#"{"fail":{"a":"220014"}}"#).error.unwrap();
    assert_eq!((coded.kind(), coded.code()), (Kind::Permission, Some("220014")));

    // Nothing is said of any order: where one was named, that is no success.
    for (name, nothing) in [
        ("CancelOrder", r#"{"success":{},"fail":{}}"#),
        ("BatchCancelOrders", r#"{"success":{},"fail":null}"#),
        ("BatchOpenOrders", "{}"),
        ("CancelConditionalOrder", "[]"),
        ("CancelConditionalOrder", "null"),
    ] {
        let error = success(name, nothing).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Unknown), "{name}");
    }
    // There may have been nothing to cancel.
    assert!(success("CancelAllOrders", r#"{"success":{},"fail":{}}"#).error.is_none());

    let rows = success("BatchCancelOrders", r#"{"success":{"a":"1"},"fail":{"b":"2"}}"#);
    let rows: CancelledOrders = serde_json::from_str(&rows.value.unwrap()).unwrap();
    rows.cancelled(OrderId::from("1")).unwrap();
    rows.cancelled(ClientOrderId::from("a")).unwrap();
    for order in [OrderRef::from(OrderId::from("2")), ClientOrderId::from("b").into()] {
        assert_eq!(rows.cancelled(order).unwrap_err().outcome(), Outcome::Rejected);
    }
    assert_eq!(rows.cancelled(OrderId::from("a")).unwrap_err().outcome(), Outcome::Unknown);
}

#[test]
fn not_found_means_what_the_path_looks_for() {
    let body = r#"{"msg":"Data not found","code":220001}"#;
    for (name, kind) in [
        ("CancelOrder", Kind::UnknownOrder),
        ("GetFinishedOrder", Kind::UnknownOrder),
        ("CancelConditionalOrder", Kind::UnknownOrder),
        ("GetDepth", Kind::UnknownSymbol),
        ("ClosePosition", Kind::InsufficientFunds),
        ("GetPositions", Kind::Rejected),
        ("OpenOrder", Kind::Rejected),
    ] {
        let error = decode(name, 200, body).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Rejected), "{name}");
        assert_eq!(error.code(), Some("220001"));
    }
}

#[test]
fn a_book_tells_its_time_in_seconds_or_in_milliseconds() {
    let time = |number: &str| {
        let text = format!(r#"[{{"ticker_id":"btc_usdt","timestamp":{number},"bids":[],"asks":[]}}]"#);
        let books = success("GetOrderBook", &text).value.unwrap();
        let books: Rows<OrderBook> = serde_json::from_str(&books).unwrap();
        books[0].timestamp.unwrap()
    };
    assert_eq!(time("1724916869").millis(), Millis::new(1_724_916_869_000));
    assert_eq!(time("\"1724916869475\"").millis(), Millis::new(NOW));
    assert_eq!(time("1724916869").get(), 1_724_916_869);
}

#[test]
fn a_side_is_a_word_or_a_number() {
    let deals = r#"[{"symbol":"gold","amount":"1e-3","price":"2.5E+3","side":"sell","time":1},{"amount":"1","price":"1","side":1,"time":"2"}]"#;
    let value = success("GetDeals", deals).value.unwrap();
    let deals: Rows<Deal> = serde_json::from_str(&value).unwrap();
    assert_eq!((deals[0].side.clone(), deals[1].side.clone()), (Some(Side::Sell), Some(Side::Buy)));
    assert_eq!((deals[0].amount, deals[0].price), (qty("0.001"), price("2500")));
}

#[test]
fn each_envelope_of_an_error_is_read() {
    for (status, body, kind, outcome, code) in [
        (200, r#"{"msg":"Timestamp expired","code":220002}"#, Kind::Timestamp, Outcome::Rejected, "220002"),
        (400, r#"{"code":210001}"#, Kind::InvalidRequest, Outcome::Rejected, "210001"),
        (200, r#"{"code":"210010","message":"?"}"#, Kind::UnknownSymbol, Outcome::Rejected, "210010"),
        (200, r#"{"code":220017,"msg":"Too many requests"}"#, Kind::RateLimited, Outcome::Rejected, "220017"),
        (200, r#"{"code":220017,"msg":"limit error"}"#, Kind::InvalidRequest, Outcome::Rejected, "220017"),
        (200, r#"{"code":220017}"#, Kind::RateLimited, Outcome::Unknown, "220017"),
        (200, r#"{"code":999999,"data":null}"#, Kind::Unrecognized, Outcome::Unknown, "999999"),
        (
            404,
            r#"{"ErrCode":"ERR_NOT_FOUND","Args":null}"#,
            Kind::InvalidRequest,
            Outcome::Rejected,
            "ERR_NOT_FOUND",
        ),
        (
            200,
            r#"{"ErrCode":"ERR_NOT_FOUND","Args":null}"#,
            Kind::InvalidRequest,
            Outcome::Rejected,
            "ERR_NOT_FOUND",
        ),
    ] {
        let error = decode("OpenOrder", status, body).error.unwrap();
        assert_eq!((error.kind(), error.outcome(), error.code()), (kind, outcome, Some(code)), "{body}");
        assert!(!error.message().is_empty());
    }
    let wordless = decode("OpenOrder", 400, r#"{"code":210001}"#).error.unwrap();
    assert_eq!(wordless.message(), "Invalid parameters");
    let limited = decode("OpenOrder", 429, "").error.unwrap();
    assert_eq!((limited.kind(), limited.outcome()), (Kind::RateLimited, Outcome::Unknown));
    let page = decode("GetDepth", 403, "<html>error 1010</html>").error.unwrap();
    assert_eq!((page.kind(), page.outcome()), (Kind::Permission, Outcome::Unknown));
}

#[test]
fn the_error_table_is_sorted() {
    let codes = Hibt::new().codes().codes;
    let key = |index: usize| (codes[index].code, codes[index].when.is_empty());
    assert!((1..codes.len()).all(|index| key(index - 1) <= key(index)));
}
