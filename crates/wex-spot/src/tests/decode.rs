//! Answers: documented, live, odd, and refusals.

use super::*;

#[test]
fn what_the_documentation_shows_keeps_its_digits() {
    let transfer = decode("Transfer", 200, r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":203530723141917063}"#);
    assert_eq!(transfer.value.as_deref(), Some(r#""203530723141917063""#));
    let text = decode("Transfer", 200, r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":"123456"}"#);
    assert_eq!(text.value.as_deref(), Some(r#""123456""#));
    let symbols = decode(
        "GetSymbols",
        200,
        r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":{"time":1,"version":"v","symbols":[{"symbol":"btc_usdt","takerFeeRate":0.0010,"nextState":"PAUSED","filters":[{"filter":"PRICE","min":"0.10","max":null,"tickSize":0.01},{"filter":"NEW_RULE"}]}]}}"#,
    );
    assert_eq!(
        symbols.value.as_deref(),
        Some(
            r#"{"time":1,"version":"v","symbols":[{"symbol":"btc_usdt","nextState":"PAUSED","takerFeeRate":"0.0010","orderTypes":[],"timeInForces":[],"filters":[{"filter":"PRICE","min":"0.10","tickSize":"0.01"},{"filter":"NEW_RULE"}]}]}"#
        )
    );
}

#[test]
fn odd_answers_read_all_the_same() {
    for list in ["", r#","symbols":null"#] {
        let unchanged = decode(
            "GetSymbols",
            200,
            format!(r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{{"version":"v"{list}}}}}"#),
        );
        assert_eq!(unchanged.value.as_deref(), Some(r#"{"version":"v"}"#));
    }
    for result in ["{}", "true", "null"] {
        let cancelled = decode(
            "CancelBatchOrders",
            200,
            format!(r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{result}}}"#),
        );
        assert!(cancelled.error.is_none());
    }
    let other_envelope = decode(
        "SubmitOrder",
        200,
        r#"{"returnCode":0,"msgInfo":"success","error":null,"result":{"orderId":6216559590087220004}}"#,
    );
    assert_eq!(other_envelope.value.as_deref(), Some(r#"{"orderId":"6216559590087220004"}"#));
    assert!(other_envelope.unmapped.is_empty());
    let batch = decode(
        "SubmitBatchOrders",
        200,
        r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":{"batchId":"1","items":[{"index":"0","orderId":"5","reject":"false","reason":"invalid price precision"},{"index":1,"clientOrderId":null,"orderId":null,"reject":true,"reason":"x"},7]}}"#,
    );
    assert_eq!(batch.bad_rows.len(), 1);
    let rows: BatchAck = serde_json::from_str(
        r#"{"items":[{"index":"0","orderId":"5","reject":"false"},{"reject":"true","orderId":"6"},{"reject":false}]}"#,
    )
    .unwrap();
    let accepted: Vec<bool> = rows.items.iter().map(BatchRow::is_accepted).collect();
    assert_eq!(accepted, [true, false, false]);
}

#[test]
fn errors_of_each_envelope_say_what_happened() {
    let refusals = [
        (
            200,
            r#"{"rc":1,"mc":"AUTH_103","ma":[],"result":null}"#,
            Kind::Auth,
            Outcome::Rejected,
            Some("AUTH_103"),
        ),
        (
            200,
            r#"{"rc":1,"mc":"AUTH_105","ma":[],"result":null}"#,
            Kind::Timestamp,
            Outcome::Rejected,
            Some("AUTH_105"),
        ),
        (
            400,
            r#"{"rc":1,"mc":"ORDER_002","ma":["x"]}"#,
            Kind::InsufficientFunds,
            Outcome::Rejected,
            Some("ORDER_002"),
        ),
        (
            200,
            r#"{"rc":1,"mc":"TRANSFER_001","ma":[],"result":null}"#,
            Kind::DuplicateClientId,
            Outcome::Rejected,
            Some("TRANSFER_001"),
        ),
        (
            200,
            r#"{"rc":1,"mc":"TRANSFER_007","ma":[],"result":null}"#,
            Kind::Timeout,
            Outcome::Unknown,
            Some("TRANSFER_007"),
        ),
        (
            200,
            r#"{"rc":1,"mc":"COMMON_002","ma":[],"result":null}"#,
            Kind::Unavailable,
            Outcome::Unknown,
            Some("COMMON_002"),
        ),
        (
            200,
            r#"{"rc":1,"mc":"ORDER_999","ma":[],"result":null}"#,
            Kind::Unrecognized,
            Outcome::Unknown,
            Some("ORDER_999"),
        ),
        (200, r#"{"rc":1,"mc":"","ma":"","result":null}"#, Kind::Unrecognized, Outcome::Unknown, Some("1")),
        (
            200,
            r#"{"returnCode":1,"msgInfo":"failure","error":{"code":"new_code","msg":"no","args":[]},"result":null}"#,
            Kind::Unrecognized,
            Outcome::Unknown,
            Some("new_code"),
        ),
        (
            404,
            r#"{"timestamp":1,"status":404,"error":"Not Found","path":"/v4/x"}"#,
            Kind::InvalidRequest,
            Outcome::Rejected,
            None,
        ),
        (429, "<html></html>", Kind::RateLimited, Outcome::Rejected, None),
        (503, "", Kind::Unavailable, Outcome::Unknown, None),
    ];
    for (status, body, kind, outcome, code) in refusals {
        let error = decode("Transfer", status, body).error.unwrap();
        assert_eq!((error.kind(), error.outcome(), error.code()), (kind, outcome, code), "{body}");
    }
    let words = decode("Transfer", 200, r#"{"rc":1,"mc":"AUTH_104","ma":[],"result":null}"#).error.unwrap();
    assert_eq!(words.message(), "Unbound IP request");
    assert!(decode("Transfer", 200, r#"{"transfer":1}"#).error.is_some());
}

#[test]
fn the_error_table_is_sorted() {
    let codes = WexSpot::new().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    assert_eq!(codes.len(), 112);
}

#[test]
fn lists_are_read_with_and_without_what_is_around_them() {
    let read = |name: &str, result: &str| {
        let decoded = decode(name, 200, format!(r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{result}}}"#));
        assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
        (decoded.value.unwrap(), decoded.unmapped, decoded.bad_rows.len())
    };
    let none = Vec::<String>::new();
    let trade = r#"{"i":203530723141917063,"t":1,"p":"1.50","q":"2","b":false}"#;
    let written = r#"{"i":"203530723141917063","t":1,"p":"1.50","q":"2","b":false}"#;
    assert_eq!(
        read("GetHistoricalTrades", &format!("[{trade}]")),
        (format!(r#"{{"items":[{written}]}}"#), none.clone(), 0)
    );
    assert_eq!(
        read("GetHistoricalTrades", &format!(r#"{{"hasPrev":true,"hasNext":false,"items":[{trade}]}}"#)),
        (format!(r#"{{"hasPrev":true,"hasNext":false,"items":[{written}]}}"#), none.clone(), 0)
    );
    for name in
        ["GetHistoricalTrades", "GetHistoryOrders", "GetTrades", "GetDepositHistory", "GetWithdrawHistory"]
    {
        let empty = r#"{"hasPrev":null,"hasNext":null,"items":null}"#;
        for result in [empty, "{}", "[]", "null"] {
            assert_eq!(
                read(name, result),
                (r#"{"items":[]}"#.to_owned(), none.clone(), 0),
                "{name} {result}"
            );
        }
    }
    let currency = r#"{"id":11,"currency":"usdt","depositStatus":"1","withdrawStatus":0,"convertEnabled":true,"transferEnabled":2}"#;
    let written = r#"{"id":"11","currency":"usdt","depositStatus":1,"withdrawStatus":0,"convertEnabled":1,"transferEnabled":2}"#;
    assert_eq!(
        read("GetCurrencies", &format!(r#"{{"time":5,"version":"v","currencies":[{currency}]}}"#)),
        (format!(r#"{{"time":5,"version":"v","currencies":[{written}]}}"#), none.clone(), 0)
    );
    assert_eq!(
        read("GetCurrencies", &format!("[{currency}]")),
        (format!(r#"{{"currencies":[{written}]}}"#), none, 0)
    );
    // A key that nobody knows and a row that does not read are seen at every depth, in either form.
    let bad = r#"[{"i":1,"t":1,"p":"1","q":"2","new":3},{"i":2}]"#;
    let (_, unmapped, bad_rows) = read("GetHistoricalTrades", bad);
    assert_eq!((unmapped, bad_rows), (vec!["[0].new".to_owned()], 1));
    let (_, unmapped, bad_rows) = read("GetHistoricalTrades", &format!(r#"{{"more":1,"items":{bad}}}"#));
    assert_eq!((unmapped.len(), bad_rows), (2, 1));
    let (_, unmapped, _) = read("GetCurrencies", r#"{"new":1,"currencies":[{"currency":"usdt","deep":2}]}"#);
    assert_eq!(unmapped, ["result.new", "result.currencies[0].deep"]);
}

#[test]
fn a_fresh_order_has_gaps_where_the_documentation_has_values() {
    let order = r#"{"symbol":"btc_usdt","orderId":6216559590087220004,"clientOrderId":null,"side":"BUY","type":"MARKET","timeInForce":"IOC","price":null,"origQty":null,"origQuoteQty":"10","executedQty":"0","leavingQty":"","avgPrice":null,"fee":null,"feeCurrency":null,"state":"CANCELLING","time":1655958915583,"updatedTime":null}"#;
    for (name, result, written) in [
        ("GetOrder", order.to_owned(), "{}"),
        ("QueryOrder", order.to_owned(), "{}"),
        ("GetBatchOrders", format!("[{order}]"), "[{}]"),
        ("GetOpenOrders", format!("[{order}]"), "[{}]"),
    ] {
        let decoded = decode(name, 200, format!(r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{result}}}"#));
        let expected = r#"{"symbol":"btc_usdt","orderId":"6216559590087220004","side":"BUY","type":"MARKET","timeInForce":"IOC","origQuoteQty":"10","executedQty":"0","state":"CANCELLING","time":1655958915583}"#;
        assert_eq!(decoded.value, Some(written.replace("{}", expected)), "{name}: {:?}", decoded.error);
    }
    let trade = r#"{"hasPrev":false,"hasNext":false,"items":[{"symbol":"btc_usdt","tradeId":6316559590087222001,"price":40000,"quantity":"1.20","takerMaker":"TAKER","deductType":null,"deductFee":null,"couponCurrency":null}]}"#;
    let decoded = decode("GetTrades", 200, format!(r#"{{"rc":0,"result":{trade}}}"#));
    assert_eq!(
        decoded.value.as_deref(),
        Some(
            r#"{"hasPrev":false,"hasNext":false,"items":[{"symbol":"btc_usdt","tradeId":"6316559590087222001","price":"40000","quantity":"1.20","takerMaker":"taker"}]}"#
        )
    );
}

#[test]
fn a_book_is_whole_or_not_there() {
    let book = |bids: &str| {
        let text = format!(
            r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{{"timestamp":1,"lastUpdateId":18446744073709551615,"bids":{bids},"asks":null}}}}"#
        );
        decode("GetDepth", 200, text)
    };
    assert_eq!(
        book(r#"[["1.50",2,"more"]]"#).value.as_deref(),
        Some(r#"{"timestamp":1,"lastUpdateId":18446744073709551615,"bids":[["1.50","2"]],"asks":[]}"#)
    );
    // A level that does not read must not be left out of a book in silence.
    assert_eq!(book(r#"[["1.50","x"]]"#).error.unwrap().kind(), Kind::Decode);
}

#[test]
fn balances_read_as_numbers_and_as_text() {
    for (sent, kept) in [("0", "0"), (r#""31.70995965""#, "31.70995965"), ("0.10", "0.10"), (r#""-""#, "")] {
        let text = format!(r#"{{"rc":0,"result":{{"currency":"usdt","availableAmount":{sent}}}}}"#);
        let decoded = decode("GetBalance", 200, text);
        let kept = if kept.is_empty() { String::new() } else { format!(r#","availableAmount":"{kept}""#) };
        assert_eq!(decoded.value, Some(format!(r#"{{"currency":"usdt"{kept}}}"#)));
    }
}

#[test]
fn each_row_of_a_batch_says_what_became_of_its_order() {
    let rows: BatchAck = serde_json::from_str(
        r#"{"items":[{"orderId":"5","reject":"false","reason":"invalid price precision"},{"reject":"true","reason":"invalid price precision"},{"reject":true,"orderId":"6","reason":"ORDER_002"},{"reject":false,"reason":null}]}"#,
    )
    .unwrap();
    let said: Vec<_> = rows
        .items
        .iter()
        .map(|row| row.result().map(OrderId::as_str).map_err(|error| (error.kind(), error.outcome())))
        .collect();
    assert_eq!(
        said,
        [
            Ok("5"),
            Err((Kind::Rejected, Outcome::Rejected)),
            Err((Kind::InsufficientFunds, Outcome::Rejected)),
            Err((Kind::Decode, Outcome::Unknown)),
        ]
    );
    assert!(rows.items.iter().all(|row| row.is_accepted() == row.result().is_ok()));
}

#[test]
fn the_key_of_the_private_socket_is_not_printed() {
    for name in ["accessToken", "token"] {
        let text = format!(r#"{{"{name}":"secret-one","refreshToken":"secret-two"}}"#);
        let token: WsToken = serde_json::from_str(&text).unwrap();
        assert_eq!(token.access_token.expose(), "secret-one");
        assert!(!format!("{token:?}").contains("secret"), "{token:?}");
        assert!(WexSpot::new().secret_fields().contains(&name));
    }
    assert!(WexSpot::new().secret_fields().contains(&"refreshToken"));
}
