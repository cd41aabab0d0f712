//! Signature vectors, error table, decodes and traps.

use serde_json::value::RawValue;
use venue_core::budget::Scope;
use venue_core::{
    Auth, Clock, Credentials, Decoded, Kind, Millis, Operation, Outcome, Placement, Prepared, Raw, Replay,
    Request, Source, Venue,
};

use crate::rest::*;
use crate::*;

const KEY: &str = "48f05386-4228-48e1-a69f-c9abd2d8fa52";

/// The key pair and time of the one vector that verifies.
fn client_of(venue: WexSpot) -> Client {
    Client::builder(venue)
        .credentials(Credentials::new(KEY, "8fcffde41cb50b18ce9178424f38d3b688fd0f47"))
        .clock(Clock::fixed(Millis::new(1_692_672_585_907)))
        .build()
        .unwrap()
}

fn client() -> Client {
    client_of(WexSpot::new())
}

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The signed text of a request of the vector's key and time, from the verb on.
fn signed(prepared: &Prepared) -> &str {
    const HEAD: &str = "validate-algorithms=HmacSHA256&validate-appkey=48f05386-4228-48e1-a69f-c9abd2d8fa52&validate-recvwindow=5000&validate-timestamp=1692672585907";
    prepared.string_to_sign.as_deref().unwrap().strip_prefix(HEAD).unwrap()
}

fn decimal<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

fn order() -> SubmitOrder {
    SubmitOrder::limit("btc_usdt", Side::Buy, decimal::<Qty>("2"), decimal::<Price>("39000"))
}

/// From an earlier revision of the publisher's own page; the signature that the page prints today is
/// another venue's demo secret.
#[test]
fn the_documented_signature_verifies() {
    let body = r#"{"symbol":"btc_usdt","side":"BUY","bizType":"SPOT","quantity":2,"price":39000,"type":"LIMIT","timeInForce":"GTC"}"#;
    let signature = "c58a59cf674b80bd3c9182f3db4feddc87ea4f3be7762bbf4bfab39429eec7e9";
    let raw = Raw::<WexSpot>::post("/v4/order")
        .signed()
        .param("symbol", "btc_usdt")
        .param("side", "BUY")
        .param("bizType", "SPOT")
        .number("quantity", "2")
        .number("price", "39000")
        .param("type", "LIMIT")
        .param("timeInForce", "GTC");
    let names = ["symbol", "side", "bizType", "quantity", "price", "type", "timeInForce"];
    let client = client();
    for prepared in
        [client.send(raw).prepare().unwrap(), client.erased().prepare(&order(), &names, &[]).unwrap()]
    {
        assert_eq!(prepared.url, "https://sapi.wexex.io/v4/order");
        assert_eq!(prepared.body.as_deref(), Some(body));
        assert_eq!(signed(&prepared), format!("#POST#/v4/order#{body}"));
        assert_eq!(header(&prepared, "validate-signature"), Some(signature));
        assert_eq!(header(&prepared, "validate-algorithms"), Some("HmacSHA256"));
        assert_eq!(header(&prepared, "validate-appkey"), Some(KEY));
        assert_eq!(header(&prepared, "validate-recvwindow"), Some("5000"));
        assert_eq!(header(&prepared, "validate-timestamp"), Some("1692672585907"));
        assert_eq!(header(&prepared, "Content-Type"), Some("application/json"));
    }
}

/// The complete example of the page, which prints neither its secret nor its signature.
#[test]
fn the_documented_text_is_rebuilt() {
    let prepared = Client::builder(WexSpot::new().recv_window(60_000))
        .credentials(Credentials::new("2063495b-85ec-41b3-a810-be84ceb78751", "none is given"))
        .clock(Clock::fixed(Millis::new(1_666_026_215_729)))
        .build()
        .unwrap()
        .send(
            Raw::post("/v4/order")
                .signed()
                .param("symbol", "BTC_USDT")
                .param("side", "BUY")
                .param("type", "LIMIT")
                .param("timeInForce", "GTC")
                .param("bizType", "SPOT")
                .number("price", "3")
                .number("quantity", "2"),
        )
        .prepare()
        .unwrap();
    assert_eq!(
        prepared.string_to_sign.as_deref(),
        Some(
            r#"validate-algorithms=HmacSHA256&validate-appkey=2063495b-85ec-41b3-a810-be84ceb78751&validate-recvwindow=60000&validate-timestamp=1666026215729#POST#/v4/order#{"symbol":"BTC_USDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","price":3,"quantity":2}"#
        )
    );
}

/// Derived from the documented rules.
#[test]
fn empty_parts_vanish_with_their_separator() {
    let client = client();
    let neither = client.send(Raw::post("/v4/ws-token").signed()).prepare().unwrap();
    assert_eq!((signed(&neither), neither.body.as_deref()), ("#POST#/v4/ws-token", None));
    let get = Raw::get("/v4/batch-order").signed().param("orderIds", "2,1").param("a", "x-_.~");
    let query = client.send(get).prepare().unwrap();
    assert_eq!(query.url, "https://sapi.wexex.io/v4/batch-order?a=x-_.~&orderIds=2,1");
    assert_eq!(signed(&query), "#GET#/v4/batch-order#a=x-_.~&orderIds=2,1");
    let both = client.send(Raw::post("/v4/x").signed().in_query("q", "1").param("b", "2")).prepare().unwrap();
    assert_eq!(signed(&both), r#"#POST#/v4/x#q=1#{"b":"2"}"#);
    let form = Raw::post("/v4/order").signed().form().param("symbol", "btc_usdt").param("price", "0.1");
    let form = client.send(form).prepare().unwrap();
    assert_eq!(signed(&form), "#POST#/v4/order#price=0.1&symbol=btc_usdt");
    assert_eq!(form.body.as_deref(), Some("price=0.1&symbol=btc_usdt"));
    assert_eq!(header(&form, "Content-Type"), Some("application/x-www-form-urlencoded"));
}

/// Derived from the documented rules; the signatures were computed by another implementation.
#[test]
fn the_algorithm_is_named_and_signed() {
    for (algorithm, name, signature) in
        [(Algorithm::Sha384, "HmacSHA384", SHA384), (Algorithm::Sha512, "HmacSHA512", SHA512)]
    {
        let client = client_of(WexSpot::new().algorithm(algorithm));
        let prepared = client.send(Raw::get("/v4/balances").signed()).prepare().unwrap();
        assert_eq!(header(&prepared, "validate-algorithms"), Some(name));
        assert_eq!(header(&prepared, "validate-signature"), Some(signature));
    }
}

const SHA384: &str =
    "8f3adfebb54e8e8a2ca95fd448312c7e690ed5f39e3fee9fba6cdbb2f81d812be7f4d1ad756ab3a13d09babe6105ed04";
const SHA512: &str = "a4353bc73b0e784f99608d1c544202daa311ab6b24e0e440e1d9e79f592d58bdd49d47417778f3cbc15846498f9d08c2e9d0937aaee180145ca5fe37ab5cad25";

#[test]
fn each_request_goes_out_as_documented() {
    let client = client();
    let check = |prepared: Prepared, method: &str, path: &str, body: &str| {
        assert_eq!(prepared.method, method);
        assert_eq!(prepared.url, format!("https://sapi.wexex.io{path}"));
        assert_eq!(prepared.body.unwrap_or_default(), body);
        assert_eq!(
            prepared.string_to_sign.unwrap().split_once('#').unwrap().1,
            format!("{method}#{path}#{body}")
        );
        assert_eq!(prepared.headers.len(), 6);
    };
    check(
        client.send(order().client_order_id("mine_1")).prepare().unwrap(),
        "POST",
        "/v4/order",
        r#"{"symbol":"btc_usdt","side":"BUY","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","price":39000,"quantity":2,"clientOrderId":"mine_1"}"#,
    );
    let buy = SubmitOrder::market_buy("btc_usdt", decimal::<Amount>("100.50")).biz_type(OrderBizType::Lever);
    check(
        client.send(buy).prepare().unwrap(),
        "POST",
        "/v4/order",
        r#"{"symbol":"btc_usdt","side":"BUY","type":"MARKET","timeInForce":"IOC","bizType":"LEVER","quoteQty":100.50}"#,
    );
    let sell = SubmitOrder::market_sell("btc_usdt", decimal::<Qty>("0.10"))
        .time_in_force(TimeInForce::Fok)
        .nft_id("7");
    check(
        client.send(sell).prepare().unwrap(),
        "POST",
        "/v4/order",
        r#"{"symbol":"btc_usdt","side":"SELL","type":"MARKET","timeInForce":"FOK","bizType":"SPOT","quantity":0.10,"nftId":"7"}"#,
    );
    let batch = SubmitBatchOrders::new(vec![
        BatchOrder::limit("btc_usdt", Side::Sell, decimal::<Qty>("1"), decimal::<Price>("2.50"))
            .client_order_id("mine_2"),
        BatchOrder::market_buy("eth_usdt", decimal::<Amount>("10")),
    ])
    .client_batch_id("batch_1");
    check(
        client.send(batch).prepare().unwrap(),
        "POST",
        "/v4/batch-order",
        r#"{"items":[{"symbol":"btc_usdt","side":"SELL","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","price":2.50,"quantity":1,"clientOrderId":"mine_2"},{"symbol":"eth_usdt","side":"BUY","type":"MARKET","timeInForce":"IOC","bizType":"SPOT","quoteQty":10}],"clientBatchId":"batch_1"}"#,
    );
    let ids: Vec<OrderId> = vec!["6216559590087220004".into(), "6216559590087220005".into()];
    check(
        client.send(CancelBatchOrders::new(ids).client_batch_id("batch_1")).prepare().unwrap(),
        "DELETE",
        "/v4/batch-order",
        r#"{"orderIds":[6216559590087220004,6216559590087220005],"clientBatchId":"batch_1"}"#,
    );
    let update = UpdateOrder::new("6216559590087220004", decimal::<Price>("39000.10"), decimal::<Qty>("1.5"));
    check(
        client.send(update).prepare().unwrap(),
        "PUT",
        "/v4/order/6216559590087220004",
        r#"{"price":39000.10,"quantity":1.5}"#,
    );
    let transfer = Transfer::new("t-1", BizType::Spot, BizType::Lever, "usdt", decimal::<Amount>("12.30"))
        .symbol("btc_usdt");
    check(
        client.send(transfer).prepare().unwrap(),
        "POST",
        "/v4/balance/transfer",
        r#"{"bizId":"t-1","from":"SPOT","to":"LEVER","currency":"usdt","amount":12.30,"symbol":"btc_usdt"}"#,
    );
}

#[test]
fn public_requests_carry_no_more_than_they_need() {
    let typed = ("Content-Type".to_owned(), "application/json".to_owned());
    let time = client().send(GetServerTime::new()).prepare().unwrap();
    assert_eq!(time.url, "https://sapi.wexex.io/v4/public/time");
    assert_eq!((time.headers, time.body, time.string_to_sign), (vec![typed.clone()], None, None));
    let symbols = vec![Symbol::from("btc_usdt"), Symbol::from("eth_usdt")];
    let request = GetSymbols::new().symbols(symbols).version("2e14d2cd5czcb2c2af2c1db6");
    let symbols = client().send(request).prepare().unwrap();
    assert_eq!(
        symbols.url,
        "https://sapi.wexex.io/v4/public/symbol?symbols=btc_usdt,eth_usdt&version=2e14d2cd5czcb2c2af2c1db6"
    );
    assert_eq!((symbols.headers, symbols.body, symbols.string_to_sign), (vec![typed], None, None));
}

#[test]
fn what_needs_an_undocumented_encoding_is_refused_before_the_wire() {
    let client = client();
    let refused = [
        Raw::get("/v4/x").signed().param("a", "b c"),
        Raw::get("/v4/x").signed().param("a", "b&c"),
        Raw::get("/v4/x").signed().param("a", "é"),
        Raw::get("/v4/x").param("a b", "c"),
        Raw::post("/v4/x").signed().form().param("a", "b/c"),
        Raw::get("/v4/order/{orderId}").signed().param("orderId", "a/b"),
        Raw::get("/v4/order/{orderId}").signed().param("orderId", "1,2"),
        Raw::delete("/v4/order/{orderId}").signed().param("orderId", ".."),
        Raw::delete("/v4/order/{orderId}").signed().param("orderId", ""),
    ];
    for request in refused {
        let error = client.send(request).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent), "{error}");
    }
    assert!(client.send(GetSymbols::new().symbol("btc usdt")).prepare().is_err());
    // A body is signed as it is sent, whatever is in it.
    assert!(client.send(Raw::post("/v4/x").signed().param("a", "b c\u{e9}")).prepare().is_ok());
}

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
fn cancelling_everything_is_never_the_absence_of_an_id() {
    let mut source = Source::parse(r#"{"clientBatchId":"batch_1"}"#).unwrap();
    let error = CancelBatchOrders::take_from(&mut source).unwrap_err();
    assert_eq!(error.to_string(), "orderIds is required");
    let empty = client().send(CancelBatchOrders::new(vec![])).prepare().unwrap_err();
    assert_eq!((empty.outcome(), empty.message()), (Outcome::NotSent, "orderIds: at least one"));
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
fn only_a_transfer_may_be_repeated_by_its_id() {
    for operation in ENDPOINTS {
        let expected = match (operation.name, operation.spec.verb()) {
            ("Transfer", _) => Replay::Idempotent,
            (_, "GET") => Replay::Safe,
            _ => Replay::Never,
        };
        assert_eq!(operation.spec.replay, expected, "{}", operation.name);
    }
}

fn operation(name: &str) -> &'static Operation {
    ENDPOINTS.iter().find(|operation| operation.name == name).unwrap()
}

fn decode(name: &str, status: u16, body: impl Into<String>) -> Decoded {
    operation(name).decode_body(&WexSpot::new(), status, body.into())
}

/// The documentation, transcribed by somebody else.
mod documented {
    use serde::Deserialize;

    use super::RawValue;

    #[derive(Deserialize)]
    pub(super) struct Data {
        pub(super) endpoints: Vec<Row>,
    }

    #[derive(Deserialize)]
    pub(super) struct Row {
        pub(super) method: String,
        pub(super) path: String,
        pub(super) section: String,
        pub(super) auth: String,
        pub(super) placement: String,
        pub(super) params: Vec<Param>,
        pub(super) limits: Vec<Limit>,
        pub(super) example: Box<RawValue>,
    }

    #[derive(Deserialize)]
    pub(super) struct Param {
        pub(super) name: String,
        #[serde(rename = "in")]
        pub(super) place: String,
        pub(super) required: bool,
    }

    #[derive(Deserialize)]
    pub(super) struct Limit {
        pub(super) count: u32,
        pub(super) window_ms: u64,
        pub(super) per: String,
        pub(super) assumed: bool,
    }

    pub(super) fn row(verb: &str, path: &str) -> Row {
        let data: Data = serde_json::from_str(include_str!("../../sim/data/wex-spot.json")).unwrap();
        data.endpoints.into_iter().find(|row| row.method == verb && row.path == path).unwrap()
    }
}

#[test]
fn every_request_is_as_transcribed() {
    for operation in ENDPOINTS {
        let spec = operation.spec;
        let row = documented::row(spec.verb(), spec.path);
        assert_eq!((spec.auth == Auth::Signed, spec.section), (row.auth == "signed", row.section.as_str()));
        assert_eq!(spec.placement == Placement::Json, row.placement == "json", "{}", operation.name);
        let mut expected: Vec<_> = row
            .params
            .iter()
            .filter(|param| param.place != "item")
            .map(|param| (param.name.as_str(), param.required))
            .collect();
        let fields = operation.fields();
        let mut fields: Vec<_> = fields.iter().map(|field| (field.name, field.required)).collect();
        expected.sort_unstable();
        fields.sort_unstable();
        assert_eq!(fields, expected, "{}", operation.name);
        let limits: Vec<_> = spec
            .costs()
            .map(|cost| (cost.limit.count, cost.limit.window_ms, cost.limit.scope, cost.limit.assumed))
            .collect();
        let scope = |per: &str| if per == "ip" { Scope::Ip } else { Scope::Key };
        let expected: Vec<_> = row
            .limits
            .iter()
            .map(|limit| (limit.count, limit.window_ms, scope(&limit.per), limit.assumed))
            .collect();
        assert_eq!(limits, expected, "{}", operation.name);
    }
}

#[test]
fn documented_examples_read_whole_and_back() {
    for operation in ENDPOINTS {
        let row = documented::row(operation.spec.verb(), operation.spec.path);
        let decoded = decode(operation.name, 200, row.example.get());
        assert!(decoded.error.is_none(), "{}: {:?}", operation.name, decoded.error);
        assert!(decoded.unmapped.is_empty(), "{}: {:?}", operation.name, decoded.unmapped);
        assert!(decoded.bad_rows.is_empty(), "{}: {:?}", operation.name, decoded.bad_rows);
        let value = decoded.value.unwrap();
        let again = decode(operation.name, 200, format!(r#"{{"rc":0,"result":{value}}}"#));
        assert_eq!(again.value, Some(value), "{}", operation.name);
    }
}

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
fn the_clock_is_read_from_the_body() {
    let call = WexSpot::new().clock().unwrap();
    let read = call.read.unwrap();
    let text = r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":{"serverTime":1662435658062}}"#;
    assert_eq!(read(text), Some(Millis::new(1_662_435_658_062)));
    assert_eq!(read("{}"), None);
}

#[test]
fn the_error_table_is_sorted() {
    let codes = WexSpot::new().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    assert_eq!(codes.len(), 112);
}

#[test]
fn an_erased_client_prepares_the_same() {
    let client = client();
    assert_eq!(client.erased().prepare(&order(), &[], &[]).unwrap(), client.send(order()).prepare().unwrap());
}
