//! What is sent otherwise than documented, and errors of each envelope.

use venue_core::{Millis, Venue};

use super::*;

#[test]
fn filters_are_told_apart_by_their_tag() {
    let text = r#"{"serverTime":"1721661653952","symbols":[{"symbol":"USDTAED","site":"mena","filters":[
        {"buyPriceUpRate":"0.2","planted":1,"filterType":"LIMIT_TRADING"},
        {"filterType":"MARKET_TRADING","buyPriceUpRate":0.1},
        {"limitMinPrice":"0","limitMaxPrice":"9.50","filterType":"OPEN_QUOTE"},
        {"filterType":"NEW_RULE","x":[1.0]}, {"tickSize":"0.1"}]}],
        "coins":[{"coinId":"BTC","chainTypes":[{"chainType":"BTC","maxWIthdrawQuantity":"100"}]}],
        "contracts":[{"a":1.10}],"options":null}"#;
    let decoded = decode("GetExchangeInfo", 200, text);
    assert_eq!(decoded.unmapped, ["filters.planted"]);
    let info: ExchangeInfo = typed("GetExchangeInfo", text);
    assert_eq!(info.server_time, Some(Millis::new(1_721_661_653_952)));
    let pair = &info.symbols[0];
    assert_eq!(pair.site, Some(Site::Mena));
    assert!(
        matches!(&pair.filters[0], Filter::LimitTrading(rule) if rule.buy_price_up_rate == Some(number("0.2")))
    );
    assert!(
        matches!(&pair.filters[1], Filter::MarketTrading(rule) if rule.buy_price_up_rate == Some(number("0.1")))
    );
    assert!(matches!(&pair.filters[2], Filter::OpenQuote(rule)
        if rule.limit_min_price.is_none() && rule.limit_max_price == Some(number("9.50"))));
    assert!(
        matches!(&pair.filters[3], Filter::Other(raw) if raw.as_str() == r#"{"filterType":"NEW_RULE","x":[1.0]}"#)
    );
    assert!(matches!(&pair.filters[4], Filter::Other(_)));
    assert_eq!(info.coins[0].chain_types[0].max_withdraw_quantity, Some(number("100")));
    assert_eq!(info.contracts.as_ref().map(RawJson::as_str), Some(r#"[{"a":1.10}]"#));
    assert_eq!(info.options, None);
    // A rule that does not read takes neither the others nor the pair with it.
    let bad = r#"{"symbols":[{"symbol":"A","filters":[{"filterType":"MIN_NOTIONAL","minNotional":"x"},{"filterType":"MIN_NOTIONAL"}]}]}"#;
    let decoded = decode("GetExchangeInfo", 200, bad);
    assert_eq!((decoded.bad_rows.len(), decoded.bad_rows[0].index), (1, 0));
    assert!(decoded.error.is_none());
}

#[test]
fn a_planted_key_is_seen_at_every_level() {
    let text = r#"{"a":1,"symbols":[{"symbol":"A","b":1}],"coins":[{"coinId":"C","c":1,"chainTypes":[{"chainType":"D","d":1}]}]}"#;
    assert_eq!(
        decode("GetExchangeInfo", 200, text).unmapped,
        ["a", "symbols[0].b", "coins[0].c", "coins[0].chainTypes[0].d"]
    );
    let text = r#"{"code":0,"result":[{"code":"0000","e":1,"order":{"orderId":1,"f":1}}]}"#;
    assert_eq!(decode("BatchOrders", 200, text).unmapped, ["result[0].e", "result[0].order.f"]);
}

#[test]
fn a_batch_answers_row_by_row() {
    for code in ["0", "\"0000\"", "\"0\""] {
        let text = format!(
            r#"{{"code":{code},"result":[{{"code":"0000","order":{{"orderId":1563289422480390912,"price":35000}}}},
                {{"code":"0207","msg":"Invalid price"}},{{"code":-1006}},{{"code":"-99999","msg":"new"}},{{"code":0}}],"concentration":""}}"#
        );
        let ack: BatchAck = typed("BatchOrders", &text);
        assert_eq!(ack.concentration, None);
        assert_eq!(ack.result[0].accepted().unwrap().order_id.as_str(), "1563289422480390912");
        let fates: Vec<_> = ack.result[1..]
            .iter()
            .map(|row| row.accepted().unwrap_err())
            .map(|error| (error.kind(), error.outcome()))
            .collect();
        assert_eq!(
            fates,
            [
                (Kind::InvalidRequest, Outcome::Rejected),
                (Kind::Unavailable, Outcome::Unknown),
                (Kind::Unrecognized, Outcome::Unknown),
                (Kind::Decode, Outcome::Unknown),
            ]
        );
        let error = ack.result[1].accepted().unwrap_err();
        assert_eq!((error.message(), error.code()), ("Invalid price", Some("0207")));
    }
    let error = decode("BatchOrders", 200, r#"{"code":"-2022","msg":"Order batch size exceeds the limit"}"#);
    assert_eq!(error.error.unwrap().code(), Some("-2022"));
    for silent in [r#"{"code":0}"#, r#"{"code":0,"result":[]}"#, r#"{"code":0,"result":null}"#] {
        let error = decode("BatchOrders", 200, silent).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Unknown), "{silent}");
    }
}

#[test]
fn odd_answers_read_all_the_same() {
    let row = r#"[{"time":"1766653720032","id":"W1","quantity":"18584272343943943943944339.123456","arriveQuantity":"","fee":null,"txId":"-"},{"id":7}]"#;
    let rows: Rows<WithdrawOrder> = typed("GetWithdrawOrders", row);
    assert_eq!(
        rows[0].quantity.as_ref().map(Amount::to_text).as_deref(),
        Some("18584272343943943943944339.123456")
    );
    assert_eq!((&rows[0].arrive_quantity, &rows[0].fee, &rows[0].tx_id), (&None, &None, &None));
    assert_eq!((rows[0].time, rows[1].id.as_str()), (Some(Millis::new(1_766_653_720_032)), "7"));
    let ack: OrderAck =
        typed("CreateOrder", r#"{"orderId":1563277167764290304,"accountId":1,"status":"ODD"}"#);
    assert_eq!(ack.status, Some(OrderStatus::Other("ODD".into())));
    let swept: CancelAllAck = typed(
        "CancelAllOpenOrders",
        r#"{"code":0,"msg":"success","timestamp":"1714406315538","lastOrderId":1470930457684189700}"#,
    );
    assert_eq!(swept.last_order_id.unwrap().as_str(), "1470930457684189700");
    assert_eq!(swept.timestamp, Some(Millis::new(1_714_406_315_538)));
    let key: CreatedListenKey = typed("CreateListenKey", r#"{"listenKey":"MKxPTRoLXBB"}"#);
    assert_eq!((key.listen_key.expose(), format!("{key:?}").contains("MKx")), ("MKxPTRoLXBB", false));
}

#[test]
fn a_cancel_by_ids_lists_what_it_refused() {
    let text = r#"{"code":"0000","result":[{"orderId":1507155386372816640,"code":"0211"},{"orderId":"2","code":"-1147"},
        {"orderId":"3","code":"0000"},{"orderId":"4"}]}"#;
    let ack: CancelByIdsAck = typed("CancelOrdersByIds", text);
    let fate = |id: &str| ack.refusal_of(&OrderId::from(id)).map(|error| (error.kind(), error.outcome()));
    assert_eq!(fate("1507155386372816640"), Some((Kind::UnknownOrder, Outcome::Rejected)));
    assert_eq!(fate("2"), Some((Kind::Unavailable, Outcome::Unknown)));
    assert_eq!(fate("3"), None);
    assert_eq!(fate("4"), Some((Kind::Unrecognized, Outcome::Unknown)));
    assert_eq!(fate("5"), None);
    // Without the list nothing is known of any.
    for (name, silent) in [("CancelOrdersByIds", r#"{"code":"0000"}"#), ("GetAccount", r#"{"userId":"1"}"#)] {
        let error = decode(name, 200, silent).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Unknown), "{name}");
    }
}

#[test]
fn a_flag_that_says_no_is_an_error() {
    for (name, body, words) in [
        ("CancelOpenOrders", r#"{"success":false}"#, "the venue refused without a word"),
        ("AssetTransfer", r#"{"success":"false","orderId":"1"}"#, "the venue refused without a word"),
        ("AuthAddress", r#"{"success":false,"msg":"no such transaction"}"#, "no such transaction"),
        ("Withdraw", r#"{"success":false,"id":"0","orderId":""}"#, "the venue refused without a word"),
    ] {
        let error = decode(name, 200, body).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (Kind::Rejected, Outcome::Unknown), "{name}");
        assert_eq!((error.message(), error.code()), (words, None), "{name}");
    }
    let error = decode("Withdraw", 200, r#"{"success":false,"code":"-4003","msg":""}"#).error.unwrap();
    assert_eq!((error.kind(), error.outcome()), (Kind::InsufficientFunds, Outcome::Rejected));
}

#[test]
fn networks_come_with_errors_of_their_own() {
    let mixed: Rows<CoinChainTypes> = typed(
        "GetChainType",
        r#"[{"coinId":"A","chainTypeList":["ETH","Tron"],"errorCode":""},{"coinId":"B","chainTypeList":null,"errorCode":"-4001","errorMsg":"-"}]"#,
    );
    assert_eq!(mixed[0].chains().unwrap(), [ChainType::from("ETH"), ChainType::from("Tron")]);
    let error = mixed[1].chains().unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (Kind::InvalidRequest, Some("-4001"), "Invalid asset")
    );
    let whole = r#"[{"coinId":"B","errorCode":"0001","errorMsg":"Incorrect signature"}]"#;
    assert_eq!(decode("GetChainType", 200, whole).error.unwrap().kind(), Kind::Auth);
}

#[test]
fn older_rows_lack_much_and_odd_ones_are_read() {
    let orders: Rows<Order> = typed(
        "GetOpenOrders",
        r#"[{"orderId":2108873672953505280},{"orderId":"1","cummulativeQuoteQty":"11292.24","feeCoin":null,"ordCxlReason":"SELF_TRADE_CANCEL","status":"PENDING_CANCEL","time":1766133332319},
           {"orderId":"2","cummulativeQuoteQty":"1","cumulativeQuoteQty":"2","ordCxlReason":"NEW_CANCEL"}]"#,
    );
    assert_eq!(orders[0].order_id.as_str(), "2108873672953505280");
    assert_eq!(orders[0].quote_qty(), None);
    assert_eq!(orders[1].quote_qty(), Some(&number("11292.24")));
    assert_eq!(orders[1].ord_cxl_reason, Some(CancelReason::SelfTrade));
    assert_eq!(orders[1].time, Some(Millis::new(1_766_133_332_319)));
    assert_eq!(orders[2].quote_qty(), Some(&number("2")));
    assert_eq!(orders[2].ord_cxl_reason, Some(CancelReason::Other("NEW_CANCEL".into())));
    let trades: Rows<AccountTrade> = typed(
        "GetAccountTrades",
        r#"[{"id":4620696243481038848,"price":112935.08,"hskDeductPrice":"","fee":null},{"id":"5","fee":{"fee":"0.1"}}]"#,
    );
    assert_eq!((trades[0].id.as_str(), trades[0].hsk_deduct_price), ("4620696243481038848", None));
    assert_eq!(trades[0].price, Some(number("112935.08")));
    let flows: Rows<BalanceFlow> = typed(
        "GetBalanceFlow",
        r#"[{"id":1,"flowTypeValue":"79","total":"31586975.651145907429875085"},{"id":2,"flowTypeValue":7}]"#,
    );
    assert_eq!(flows[0].flow_type_value, Some(FlowType::OperationAccountTransfer));
    assert_eq!(flows[1].flow_type_value, Some(FlowType::Other("7".into())));
    let deposits: Rows<DepositOrder> = typed("GetDepositOrders", r#"[{"status":"10","statusCode":10}]"#);
    assert_eq!(deposits[0].status, deposits[0].status_code);
    let withdrawals: Rows<WithdrawOrder> = typed(
        "GetWithdrawOrders",
        r#"[{"id":"W1","platform":"Binance"},{"id":"W2","platform":"Elsewhere"}]"#,
    );
    assert_eq!(withdrawals[0].platform, Some(WithdrawPlatform::Binance));
    let depth: Depth = typed("GetDepth", r#"{"t":1764059245287,"b":[],"a":[["1.50",2,"more"]]}"#);
    assert_eq!((depth.bids.len(), depth.asks[0].qty), (0, number("2")));
    // A book with a level that can't be read would be silently thinner.
    let error = decode("GetDepth", 200, r#"{"t":1,"b":[["x","1"]],"a":[]}"#).error.unwrap();
    assert_eq!(error.kind(), Kind::Decode);
    let books: Rows<BookTicker> = typed("GetBookTicker", r#"[{"s":"A","b":"","bq":null,"a":"2","aq":"1"}]"#);
    assert_eq!((books[0].bid, books[0].ask), (None, Some(number("2"))));
    let tickers: Rows<Ticker24hr> = typed("GetTicker24hr", r#"[{"s":"A","t":"1"}]"#);
    assert_eq!(tickers[0].time, Some(Millis::new(1)));
    let coin: CoinInfo = typed(
        "GetCoinInfo",
        r#"{"coins":[{"coinId":"A"}],"chainTypes":[{"chainType":"ETH","maxWIthdrawQuantity":"0"}]}"#,
    );
    assert!(coin.chain_types.unwrap()[0].max_withdraw_quantity.is_some());
}

#[test]
fn quotes_answer_with_numbers_for_codes() {
    for (status, body, kind) in [
        (400, r#"{"code":-100012,"msg":"Parameter symbol [String] missing!"}"#, Kind::InvalidRequest),
        (400, r#"{"code":-100011,"msg":"Not supported symbols"}"#, Kind::UnknownSymbol),
        (200, r#"{"code":-100002,"msg":"Param limit should be int."}"#, Kind::InvalidRequest),
        (404, r#"{"code":404}"#, Kind::InvalidRequest),
    ] {
        let error = decode("GetDepth", status, body).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Rejected), "{body}");
    }
    // Where the answer should be a list, an error is an object.
    let error = decode("GetTrades", 200, r#"{"code":-100011,"msg":"Not supported symbols"}"#).error.unwrap();
    assert_eq!(error.kind(), Kind::UnknownSymbol);
}

#[test]
fn errors_say_what_became_of_the_request() {
    use Kind::{
        Auth, InvalidRequest, RateLimited, Timestamp, Unavailable, UnknownSymbol, Unrecognized, WouldTake,
    };
    let cases = [
        (400, r#"{"code":"0001","msg":"Incorrect signature"}"#, Auth, Outcome::Rejected),
        (
            400,
            r#"{"code":"0001","msg":"Required field signature missing or invalid"}"#,
            InvalidRequest,
            Outcome::Rejected,
        ),
        (
            400,
            r#"{"code":"-1021","msg":"Timestamp for this request is outside of the recvWindow"}"#,
            Timestamp,
            Outcome::Rejected,
        ),
        (400, r#"{"code":"0003","message":"Rate limit exceeded"}"#, RateLimited, Outcome::Rejected),
        (400, r#"{"code":-100011,"msg":"Not supported symbols"}"#, UnknownSymbol, Outcome::Rejected),
        (400, r#"{"code":-100011}"#, InvalidRequest, Outcome::Rejected),
        (404, r#"{"code":404}"#, InvalidRequest, Outcome::Rejected),
        (400, r#"{"code":"-1156","msg":"Limit maker order rejected"}"#, WouldTake, Outcome::Rejected),
        (200, r#"{"code":"-1147","msg":"Order cancellation timeout"}"#, Unavailable, Outcome::Unknown),
        (400, r#"{"code":"-77777","msg":"new"}"#, Unrecognized, Outcome::Unknown),
        (429, "<html></html>", RateLimited, Outcome::Rejected),
        (418, "", Kind::Banned, Outcome::Rejected),
        (502, "<html></html>", Unavailable, Outcome::Unknown),
        (200, "<html></html>", Kind::Decode, Outcome::Unknown),
        (200, "{}", Kind::Decode, Outcome::Unknown),
    ];
    for (status, body, kind, outcome) in cases {
        let error = decode("CreateOrder", status, body).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{status} {body}");
    }
    for code in ["-1000", "-1001", "-1006", "-1007", "-1146", "-1147"] {
        let error = decode("CreateOrder", 400, &format!(r#"{{"code":"{code}"}}"#)).error.unwrap();
        assert_eq!((error.code(), error.outcome()), (Some(code), Outcome::Unknown));
    }
}

#[test]
fn the_error_table_is_sorted() {
    let codes = HashKey::new().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    assert!(codes.windows(2).all(|pair| pair[0].code < pair[1].code || !pair[0].when.is_empty()));
}
