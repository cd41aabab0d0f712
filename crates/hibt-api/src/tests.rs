//! Signatures, requests as they go out, decodes, traps and the error table.

use venue_core::serde_json::value::RawValue;
use venue_core::{
    AnyClient, Clock, Credentials, Decoded, Endpoint, Kind, Millis, Outcome, Prepared, Raw, Replay, Request,
    Source, Venue, serde_json,
};

use crate::rest::*;
use crate::*;

const NOW: i64 = 1_724_916_869_475;

/// The documentation gives a signature without its secret, so that all signatures here were computed from
/// the documented rule, apart from this code and with a secret made up for it.
fn client() -> Client {
    Client::builder(Hibt::new())
        .credentials(Credentials::new("hibt-test-key", "hibt-test-secret"))
        .clock(Clock::fixed(Millis::new(NOW)))
        .build()
        .unwrap()
}

fn prepare<E: Endpoint<Venue = Hibt>>(request: E) -> Prepared {
    client().send(request).prepare().unwrap()
}

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn qty(text: &str) -> Qty {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn documented_order() -> OpenOrder {
    OpenOrder::limit("btc_usdt", Side::Buy, qty("0.01"), 10u32, price("2660"))
        .custom_id("11111")
        .take_profit(price("2770"), TriggerType::Index)
        .stop_loss(price("2450"), TriggerType::Index)
}

const DOCUMENTED_TEXT: &str = "amount=0.01&customID=11111&isSetSl=true&isSetSp=true&leverage=10&price=2660&\
                               side=1&slPrice=2450&spPrice=2770&symbol=btc_usdt&timestamp=1724916869475&\
                               triggerType=2&type=1";
const DOCUMENTED_SIGNATURE: &str = "4647d5f5f877b4a83d1d93db7525c976f0f051440d06f76409b53616ac3a780c";

#[test]
fn the_documented_order_is_signed_as_documented() {
    let prepared = prepare(documented_order());
    assert_eq!(prepared.method, "POST");
    assert_eq!(prepared.url, "https://fapi.hibt0.com/open-api/v2/order/open");
    assert_eq!(
        prepared.body.as_deref(),
        Some(
            r#"{"symbol":"btc_usdt","type":1,"side":1,"amount":"0.01","leverage":10,"customID":"11111","price":"2660","triggerType":2,"spPrice":"2770","slPrice":"2450","isSetSp":true,"isSetSl":true,"timestamp":1724916869475}"#
        )
    );
    assert_eq!(prepared.string_to_sign.as_deref(), Some(DOCUMENTED_TEXT));
    assert_eq!(header(&prepared, "X-ACCESS-KEY"), Some("hibt-test-key"));
    assert_eq!(header(&prepared, "X-SIGNATURE"), Some(DOCUMENTED_SIGNATURE));
    assert_eq!(header(&prepared, "X-TIMESTAMP"), Some("1724916869475"));
    assert_eq!(header(&prepared, "Content-Type"), Some("application/json"));
    assert_eq!(prepared.headers.len(), 4);
}

#[test]
fn a_raw_request_is_signed_by_the_same_rule() {
    let pairs = DOCUMENTED_TEXT.split('&').map(|pair| pair.split_once('=').unwrap());
    let order = pairs.clone().filter(|(name, _)| *name != "timestamp").fold(
        Raw::<Hibt>::post("/v2/order/test").signed(),
        |raw, (name, value)| match name {
            "type" | "side" | "leverage" | "triggerType" => raw.number(name, value),
            _ => raw.param(name, value),
        },
    );
    let prepared = prepare(order);
    assert_eq!(prepared.string_to_sign.as_deref(), Some(DOCUMENTED_TEXT));
    assert_eq!(header(&prepared, "X-SIGNATURE"), Some(DOCUMENTED_SIGNATURE));

    let balance = prepare(Raw::<Hibt>::get("/v2/account/balance").signed());
    assert_eq!(balance.url, "https://fapi.hibt0.com/open-api/v2/account/balance?timestamp=1724916869475");
    assert_eq!(balance.string_to_sign.as_deref(), Some("timestamp=1724916869475"));
    assert_eq!(
        header(&balance, "X-SIGNATURE"),
        Some("a12b233c152ac45beba93f1583547cf4c4f727fb866c8f99f914dcb4c8364776")
    );
    assert_eq!((balance.body.as_deref(), header(&balance, "Content-Type")), (None, None));
}

#[test]
fn a_login_signs_the_timestamp_alone() {
    let credentials = Credentials::new("hibt-test-key", "hibt-test-secret");
    let login = Hibt::new().login(&credentials, Millis::new(NOW)).unwrap().unwrap();
    assert_eq!(login.string_to_sign, "1724916869475");
    assert_eq!(
        login.frame,
        r#"{"event":"auth","accessKey":"hibt-test-key","timestamp":"1724916869475","signature":"f90c201e3018c16edbac391da5a0069a13c070ee3485ee6a22d802265c6ab45a"}"#
    );
}

#[test]
fn a_list_is_signed_as_the_text_that_the_body_holds() {
    // The values of the venue's own sample.
    let order = |symbol, amount, leverage, id| {
        OpenOrder::market(symbol, Side::Buy, qty(amount), leverage).custom_id(id)
    };
    let prepared = prepare(BatchOpenOrders::new(vec![
        order("eth_usdt", "1", 20u32, "123223"),
        order("btc_usdt", "0.01", 100u32, "321322"),
    ]));
    let items = r#"[{"amount":"1","customID":"123223","leverage":20,"side":1,"symbol":"eth_usdt","type":2},{"amount":"0.01","customID":"321322","leverage":100,"side":1,"symbol":"btc_usdt","type":2}]"#;
    assert_eq!(prepared.url, "https://fapi.hibt0.com/open-api/v2/order/batchOpen");
    assert_eq!(prepared.body, Some(format!(r#"{{"items":{items},"timestamp":1724916869475}}"#)));
    assert_eq!(prepared.string_to_sign, Some(format!("items={items}&timestamp=1724916869475")));
    assert_eq!(
        header(&prepared, "X-SIGNATURE"),
        Some("3497f4fdfbbde7d958481477c095e3947ee7c30d9f44b264d3798b11703948bb")
    );

    let prepared = prepare(BatchCancelOrders::new("btc_usdt", vec![OrderId::from("1"), OrderId::from("2")]));
    assert_eq!(
        prepared.string_to_sign.as_deref(),
        Some(r#"listOrderID=["1","2"]&symbol=btc_usdt&timestamp=1724916869475"#)
    );
    assert_eq!(
        header(&prepared, "X-SIGNATURE"),
        Some("d5540f125b3c39fbf6f0df927ac79c1730957cf06112f1c5f414c1d1dc3b8dd9")
    );
}

#[test]
fn posts_go_out_as_documented() {
    for (prepared, path, body, text) in [
        (
            prepare(CancelOrder::new("btc_usdt", OrderId::from("24081233332184101100143203708"))),
            "/v2/order/cancel",
            r#"{"symbol":"btc_usdt","orderID":"24081233332184101100143203708","timestamp":1724916869475}"#,
            "orderID=24081233332184101100143203708&symbol=btc_usdt&timestamp=1724916869475",
        ),
        (
            prepare(CancelOrder::new("btc_usdt", ClientOrderId::from("11111"))),
            "/v2/order/cancel",
            r#"{"symbol":"btc_usdt","customID":"11111","timestamp":1724916869475}"#,
            "customID=11111&symbol=btc_usdt&timestamp=1724916869475",
        ),
        (
            prepare(CancelPositionOrders::new("btc_usdt", "7")),
            "/v2/order/cancel",
            r#"{"symbol":"btc_usdt","positionID":"7","timestamp":1724916869475}"#,
            "positionID=7&symbol=btc_usdt&timestamp=1724916869475",
        ),
        (
            prepare(BatchCancelOrders::new("btc_usdt", vec![ClientOrderId::from("11111")])),
            "/v2/order/batchCancel",
            r#"{"symbol":"btc_usdt","listCustomID":["11111"],"timestamp":1724916869475}"#,
            r#"listCustomID=["11111"]&symbol=btc_usdt&timestamp=1724916869475"#,
        ),
        (
            prepare(BatchCancelPositionOrders::new("btc_usdt", vec![PositionId::from("7")])),
            "/v2/order/batchCancel",
            r#"{"symbol":"btc_usdt","listPositionID":["7"],"timestamp":1724916869475}"#,
            r#"listPositionID=["7"]&symbol=btc_usdt&timestamp=1724916869475"#,
        ),
        (
            prepare(CancelAllOrders::new("btc_usdt")),
            "/v2/order/batchCancel",
            r#"{"symbol":"btc_usdt","timestamp":1724916869475}"#,
            "symbol=btc_usdt&timestamp=1724916869475",
        ),
        (
            prepare(CloseAllPositions::new("btc_usdt")),
            "/v2/order/closeAll",
            r#"{"symbol":"btc_usdt","timestamp":1724916869475}"#,
            "symbol=btc_usdt&timestamp=1724916869475",
        ),
    ] {
        assert_eq!(prepared.url, format!("https://fapi.hibt0.com/open-api{path}"));
        assert_eq!((prepared.method.as_str(), prepared.body.as_deref()), ("POST", Some(body)));
        assert_eq!(prepared.string_to_sign.as_deref(), Some(text));
    }
}

#[test]
fn reads_carry_no_more_than_they_need() {
    for (public, target) in [
        (prepare(GetServerTime::new()), "/v2/server/time"),
        (prepare(GetDepth::new("btc_usdt")), "/v2/market/depth?symbol=btc_usdt"),
        (prepare(GetDepth::new("btc_usdt").limit(20u32)), "/v2/market/depth?symbol=btc_usdt&limit=20"),
    ] {
        assert_eq!(public.url, format!("https://fapi.hibt0.com/open-api{target}"));
        assert_eq!((public.headers, public.body, public.string_to_sign), (vec![], None, None));
    }
    let orders = GetAccountOrders::new("btc_usdt")
        .start_time(Secs::new(1_724_900_000))
        .end_time(Secs::new(1_724_910_000))
        .limit(1000u32);
    let orders = prepare(orders);
    assert_eq!(
        orders.url,
        "https://fapi.hibt0.com/open-api/v2/account/order?symbol=btc_usdt&startTime=1724900000&endTime=1724910000&limit=1000&timestamp=1724916869475"
    );
    assert_eq!(
        orders.string_to_sign.as_deref(),
        Some("endTime=1724910000&limit=1000&startTime=1724900000&symbol=btc_usdt&timestamp=1724916869475")
    );
    assert_eq!((orders.method.as_str(), orders.body), ("GET", None));
}

#[test]
fn what_is_signed_is_not_encoded_and_what_is_sent_is() {
    let prepared = prepare(GetAccountOrders::new("a b&c"));
    assert!(prepared.url.ends_with("?symbol=a%20b%26c&timestamp=1724916869475"), "{}", prepared.url);
    assert_eq!(prepared.string_to_sign.as_deref(), Some("symbol=a b&c&timestamp=1724916869475"));
    let extra = client()
        .send(CloseAllPositions::new("btc_usdt"))
        .extra("Zeta", "ü\"")
        .extra_number("alpha", "1.50")
        .prepare()
        .unwrap();
    // Upper case sorts before lower case.
    assert_eq!(
        extra.string_to_sign.as_deref(),
        Some("Zeta=ü\"&alpha=1.50&symbol=btc_usdt&timestamp=1724916869475")
    );
    assert_eq!(
        extra.body.as_deref(),
        Some(r#"{"symbol":"btc_usdt","Zeta":"ü\"","alpha":1.50,"timestamp":1724916869475}"#)
    );
}

fn refusal<E: Endpoint<Venue = Hibt>>(request: E) -> String {
    let error = client().send(request).prepare().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
    error.message().to_owned()
}

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let market = || OpenOrder::market("btc_usdt", Side::Sell, qty("0.01"), 10u32);
    for (request, words) in [
        (market().is_set_sp(true), "spPrice is required when isSetSp is true"),
        (market().is_set_sl(true), "slPrice is required when isSetSl is true"),
        (market().sl_price(price("1")), "slPrice counts only when isSetSl is true"),
        (market().is_set_sp(false).sp_price(price("1")), "spPrice counts only when isSetSp is true"),
        (
            market().is_set_sp(true).sp_price(price("1")),
            "triggerType is required with a take-profit or stop-loss",
        ),
        (market().custom_id(""), "customID is empty"),
    ] {
        assert_eq!(refusal(request), words);
    }
    let mut source =
        Source::parse(r#"{"symbol":"btc_usdt","type":1,"side":1,"amount":"1","leverage":1}"#).unwrap();
    assert_eq!(refusal(OpenOrder::take_from(&mut source).unwrap()), "price is required for a limit order");

    assert_eq!(refusal(BatchOpenOrders::new(vec![])), "items is empty");
    assert_eq!(
        refusal(BatchOpenOrders::new(vec![market().custom_id("a"), market().custom_id("a")])),
        "items[1]: customID a is used twice"
    );
    assert_eq!(
        refusal(BatchOpenOrders::new(vec![market().is_set_sp(true)])),
        "items[0]: spPrice is required when isSetSp is true"
    );
    assert_eq!(refusal(GetDepth::new("btc_usdt").limit(6u32)), "limit 6: one of 5, 10, 20, 50, 100, 200");
    assert_eq!(refusal(GetAccountOrders::new("btc_usdt").limit(1001u32)), "limit 1001: 1 to 1000");
    let stamped = client().send(CloseAllPositions::new("btc_usdt")).extra_number("timestamp", "1").prepare();
    assert_eq!(stamped.unwrap_err().message(), "timestamp is added when the request is signed");
}

#[test]
fn cancelling_everything_is_never_the_absence_of_an_id() {
    assert_eq!(refusal(CancelOrder::new("btc_usdt", OrderId::from(""))), "orderID is empty");
    assert_eq!(refusal(CancelOrder::new("btc_usdt", ClientOrderId::from(""))), "customID is empty");
    assert_eq!(refusal(CancelPositionOrders::new("btc_usdt", "")), "positionID is empty");
    for ids in [vec![], vec![OrderId::from("1"), OrderId::from("")]] {
        assert!(refusal(BatchCancelOrders::new("btc_usdt", ids)).starts_with("listOrderID is empty"));
    }
    assert!(
        refusal(BatchCancelOrders::new("btc_usdt", Vec::<ClientOrderId>::new())).starts_with("listCustomID")
    );
    assert!(
        refusal(BatchCancelPositionOrders::new("btc_usdt", vec![])).starts_with("listPositionID is empty")
    );
    assert_eq!(refusal(CancelAllOrders::new("")), "symbol is empty");
    assert_eq!(refusal(CloseAllPositions::new("")), "symbol is empty");

    let mut source = Source::parse(r#"{"symbol":"btc_usdt"}"#).unwrap();
    let error = CancelOrder::take_from(&mut source).unwrap_err();
    assert_eq!(error.to_string(), "one of orderID, customID is required");
    let error = BatchCancelOrders::take_from(&mut Source::parse(r#"{"symbol":"btc_usdt"}"#).unwrap());
    assert_eq!(error.unwrap_err().to_string(), "one of listOrderID, listCustomID is required");
}

#[test]
fn only_what_changes_nothing_is_ever_repeated() {
    for operation in ENDPOINTS {
        let safe = operation.spec.verb() == "GET" || operation.name == "CancelOrder";
        assert_eq!(operation.spec.replay == Replay::Safe, safe, "{}", operation.name);
    }
}

#[test]
fn every_order_of_a_batch_has_a_slot_for_an_id() {
    let order = OpenOrder::market("btc_usdt", Side::Buy, qty("1"), 1u32);
    let mut batch = BatchOpenOrders::new(vec![order.clone(), order.custom_id("mine")]);
    let mut slots = Vec::new();
    batch.client_order_ids(&mut |slot| slots.push(slot.clone()));
    assert_eq!(slots, [None, Some(ClientOrderId::from("mine"))]);
}

fn decode(name: &str, status: u16, body: impl Into<String>) -> Decoded {
    let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
    operation.decode_body(&Hibt::new(), status, body.into())
}

#[derive(serde::Deserialize)]
struct Documented<'a> {
    #[serde(borrow)]
    endpoints: Vec<Example<'a>>,
}

#[derive(serde::Deserialize)]
struct Example<'a> {
    method: &'a str,
    path: &'a str,
    #[serde(borrow)]
    example: &'a RawValue,
}

#[test]
fn every_example_reads_whole_and_survives_a_round_trip() {
    let documented: Documented<'_> = serde_json::from_str(include_str!("../../sim/data/hibt.json")).unwrap();
    for operation in ENDPOINTS {
        let spec = operation.spec;
        let example = documented
            .endpoints
            .iter()
            .find(|example| (example.method, example.path) == (spec.verb(), spec.path))
            .unwrap_or_else(|| panic!("{}", operation.name));
        let decoded = decode(operation.name, 200, example.example.get());
        assert!(decoded.error.is_none(), "{}: {:?}", operation.name, decoded.error);
        assert!(decoded.unmapped.is_empty() && decoded.bad_rows.is_empty(), "{decoded:?}");
        let value = decoded.value.unwrap();
        let again = decode(operation.name, 200, format!(r#"{{"code":0,"data":{value}}}"#));
        assert_eq!(again.value, Some(value));
        assert!(again.unmapped.is_empty(), "{}", operation.name);
    }
}

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
    let failed = decode("CancelOrder", 200, r#"{"code":0,"data":{"success":null,"fail":{"":5}}}"#);
    assert_eq!(failed.value.as_deref(), Some(r#"{"success":{},"fail":{"":"5"}}"#));
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

#[test]
fn an_erased_client_prepares_the_same() {
    let typed = client();
    let any: &AnyClient = typed.erased();
    let request = documented_order();
    assert_eq!(any.prepare(&request, &[], &[]).unwrap(), typed.send(request).prepare().unwrap());
}
