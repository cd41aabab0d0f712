//! Signature vectors, error table, decodes and traps.

use std::borrow::Cow;

use serde_json::value::RawValue;
use venue_core::budget::Scope;
use venue_core::{
    Auth, Clock, Credentials, Decoded, Kind, Millis, Operation, Outcome, Param, Place, Placement, Prepared,
    Raw, Replay, Request, Source, Style, Value, Venue,
};

use crate::rest::*;
use crate::*;

const KEY: &str = "3976eb88-76d0-4f6e-a6b2-a57980770085";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// The demo key pair that the documentation prints for spot.
fn client_of(venue: WexFutures) -> Client {
    Client::builder(venue)
        .credentials(Credentials::new(KEY, "bc6630d0231fda5cd98794f52c4998659beda290"))
        .clock(Clock::fixed(Millis::new(1_641_446_237_201)))
        .build()
        .unwrap()
}

fn client() -> Client {
    client_of(WexFutures::usdt_m())
}

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The signed text of a request, from the path on.
fn signed(prepared: &Prepared) -> &str {
    const HEAD: &str =
        "validate-appkey=3976eb88-76d0-4f6e-a6b2-a57980770085&validate-timestamp=1641446237201";
    prepared.string_to_sign.as_deref().unwrap().strip_prefix(HEAD).unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn order() -> CreateOrder {
    CreateOrder::limit("btc_usdt", OrderSide::Buy, PositionSide::Long, Contracts::new(1), price("50000"))
}

/// The one worked example, which has placeholders for key and time, and no signature.
#[test]
fn the_documented_text_is_rebuilt() {
    let request = Raw::get("/future/user/v1/balance/detail").signed().param("coin", "btc");
    let prepared = Client::builder(WexFutures::usdt_m())
        .credentials(Credentials::new("++++++", "none is given"))
        .clock(Clock::fixed(Millis::new(1_641_446_237_201)))
        .build()
        .unwrap()
        .send(request)
        .prepare()
        .unwrap();
    assert_eq!(
        prepared.string_to_sign.unwrap().replace("1641446237201", "*****"),
        "validate-appkey=++++++&validate-timestamp=*****#/future/user/v1/balance/detail#coin=btc"
    );
}

/// Derived: the documentation prints no signature that could be recomputed. These were computed from its
/// rules by another implementation.
#[test]
fn derived_signatures_verify() {
    let batch = r#"[{"symbol":"btc_usdt","orderSide":"BUY","orderType":"LIMIT","origQty":1,"price":50000,"timeInForce":"GTC","positionSide":"LONG"}]"#;
    let list = Param {
        name: Cow::Borrowed("orders"),
        value: Value::Json(Cow::Borrowed(batch)),
        style: Style::Body,
        place: Place::Default,
    };
    let add = || Raw::<WexFutures>::post("/future/user/v1/user/collection/add").signed();
    let cases = [
        (
            Raw::get("/future/user/v1/balance/detail").signed().param("coin", "btc"),
            "#/future/user/v1/balance/detail#coin=btc",
            FORM,
            "3f08fbdeb3eee1e850fb185612b5ea64eae9e6fd5d2806ff94a1ce31a9b925d3",
        ),
        (
            Raw::get("/future/user/v1/user/listen-key").signed(),
            "#/future/user/v1/user/listen-key",
            FORM,
            "9784e9dfc2c62fac8904eea27724e2a3a54db0d2cdb187e2010a6c1b0f67c382",
        ),
        (
            Raw::get("/future/trade/v1/order/list")
                .signed()
                .param("symbol", "btc_usdt")
                .param("state", "NEW")
                .number("page", "1")
                .number("size", "10"),
            "#/future/trade/v1/order/list#page=1&size=10&state=NEW&symbol=btc_usdt",
            FORM,
            "cdc52543f3e82d5ba76326675a5cda7a806aa9d16b5c6386ce1e8a7d72497650",
        ),
        (
            Raw::get("/future/trade/v1/position/cross-margin/{symbol}").signed().param("symbol", "eth_usdt"),
            "#/future/trade/v1/position/cross-margin/eth_usdt",
            FORM,
            "d3833967936a2079415904dc01c6ab9afdffdf5e00e512dc8b86da6b74721738",
        ),
        (
            add().param("symbol", "btc_usdt"),
            r#"#/future/user/v1/user/collection/add#{"symbol":"btc_usdt"}"#,
            JSON,
            "5bef6709e7ca1f486b0924972190cc764cf2f6c13ac3d76c1f73c1d1664a4d6b",
        ),
        (
            add().query().param("symbol", "btc_usdt"),
            "#/future/user/v1/user/collection/add#symbol=btc_usdt",
            FORM,
            "841a9601ff83e55f9203413003cbf25613ac0cbc809168e59bedd3ba802df1d1",
        ),
        (
            add().form().param("symbol", "btc_usdt"),
            "#/future/user/v1/user/collection/add#symbol=btc_usdt",
            FORM,
            "841a9601ff83e55f9203413003cbf25613ac0cbc809168e59bedd3ba802df1d1",
        ),
        (
            Raw::post("/future/trade/v2/order/atomic-create-batch").signed().params([list]),
            &format!("#/future/trade/v2/order/atomic-create-batch#{batch}"),
            JSON,
            "07cb1ae37e7cbd7c3cd1e0d8d1564f5d55130a3778a3e2a834500da02c2ce13b",
        ),
    ];
    let client = client();
    for (request, text, content_type, signature) in cases {
        let prepared = client.send(request).prepare().unwrap();
        assert_eq!(signed(&prepared), text);
        assert_eq!(header(&prepared, "validate-signature"), Some(signature), "{text}");
        assert_eq!(header(&prepared, "validate-appkey"), Some(KEY));
        assert_eq!(header(&prepared, "validate-timestamp"), Some("1641446237201"));
        assert_eq!(header(&prepared, "Content-Type"), Some(content_type), "{text}");
        assert_eq!(prepared.headers.len(), 4);
    }
    let typed = client.send(GetCrossMargin::new("eth_usdt")).prepare().unwrap();
    assert_eq!(
        header(&typed, "validate-signature"),
        Some("d3833967936a2079415904dc01c6ab9afdffdf5e00e512dc8b86da6b74721738")
    );
}

#[test]
fn window_and_algorithm_are_sent_and_not_signed() {
    let request = || Raw::get("/future/user/v1/balance/detail").signed().param("coin", "btc");
    let wide = client_of(WexFutures::usdt_m().recv_window(60_000)).send(request()).prepare().unwrap();
    assert_eq!(header(&wide, "validate-recvwindow"), Some("60000"));
    assert_eq!(signed(&wide), "#/future/user/v1/balance/detail#coin=btc");
    let wider = client_of(WexFutures::usdt_m().recv_window(60_001)).send(request()).prepare().unwrap_err();
    assert_eq!((wider.kind(), wider.outcome()), (Kind::Config, Outcome::NotSent));
    let other =
        client_of(WexFutures::usdt_m().algorithm(Algorithm::Sha512)).send(request()).prepare().unwrap();
    assert_eq!(header(&other, "validate-algorithms"), Some("HmacSHA512"));
    assert_eq!(header(&other, "validate-signature").map(str::len), Some(128));
    assert_eq!(signed(&other), "#/future/user/v1/balance/detail#coin=btc");
}

#[test]
fn each_request_goes_out_as_documented() {
    let client = client();
    let check = |prepared: Prepared, path: &str, body: &str| {
        assert_eq!(prepared.method, if body.is_empty() { "GET" } else { "POST" });
        assert_eq!(prepared.url, format!("https://fapi.wexex.io{path}"));
        let rest = if body.is_empty() { String::new() } else { format!("#{body}") };
        assert_eq!(signed(&prepared), format!("#{path}{rest}"));
        assert_eq!(header(&prepared, "Content-Type"), Some(if body.is_empty() { FORM } else { JSON }));
        assert_eq!(prepared.headers.len(), 4);
        assert_eq!(prepared.body.unwrap_or_default(), body);
    };
    let full = order()
        .time_in_force(TimeInForce::Gtx)
        .trigger_profit_price(price("51000.10"))
        .trigger_stop_price(price("49000"))
        .client_order_id("mine-1");
    check(
        client.send(full).prepare().unwrap(),
        "/future/trade/v1/order/create",
        r#"{"symbol":"btc_usdt","orderSide":"BUY","orderType":"LIMIT","origQty":1,"positionSide":"LONG","price":50000,"timeInForce":"GTX","triggerProfitPrice":51000.10,"triggerStopPrice":49000,"clientOrderId":"mine-1"}"#,
    );
    let market = CreateOrder::market("btc_usdt", OrderSide::Sell, PositionSide::Short, Contracts::new(3));
    check(
        client.send(market.clone()).prepare().unwrap(),
        "/future/trade/v1/order/create",
        r#"{"symbol":"btc_usdt","orderSide":"SELL","orderType":"MARKET","origQty":3,"positionSide":"SHORT","timeInForce":"IOC"}"#,
    );
    check(
        client.send(CreateOrdersBatch::new(vec![market.clone()])).prepare().unwrap(),
        "/future/trade/v2/order/create-batch",
        r#"{"list":"[{\"symbol\":\"btc_usdt\",\"orderSide\":\"SELL\",\"orderType\":\"MARKET\",\"origQty\":3,\"positionSide\":\"SHORT\",\"timeInForce\":\"IOC\"}]"}"#,
    );
    check(
        client.send(CreateOrdersAtomicBatch::new(vec![order(), market])).prepare().unwrap(),
        "/future/trade/v2/order/atomic-create-batch",
        r#"[{"symbol":"btc_usdt","orderSide":"BUY","orderType":"LIMIT","origQty":1,"positionSide":"LONG","price":50000},{"symbol":"btc_usdt","orderSide":"SELL","orderType":"MARKET","origQty":3,"positionSide":"SHORT","timeInForce":"IOC"}]"#,
    );
    check(
        client.send(CancelAllOrders::new(AllSymbols)).prepare().unwrap(),
        "/future/trade/v1/order/cancel-all",
        r#"{"symbol":""}"#,
    );
    check(
        client.send(CancelAllOrdersOfSymbol::new("btc_usdt")).prepare().unwrap(),
        "/future/trade/v1/order/cancel-all",
        r#"{"symbol":"btc_usdt"}"#,
    );
    check(
        client.send(GetCrossMargin::new("eth_usdt")).prepare().unwrap(),
        "/future/trade/v1/position/cross-margin/eth_usdt",
        "",
    );
    check(
        client.send(GetCompatBalance::new("usdt")).prepare().unwrap(),
        "/future/user/v1/compat/balance/usdt",
        "",
    );
}

#[test]
fn public_requests_carry_nothing_but_their_parameters() {
    let client = client_of(WexFutures::coin_m());
    let rate = client.send(GetFundingRate::new("btc_usd")).prepare().unwrap();
    assert_eq!(rate.url, "https://dapi.wexex.io/future/market/v1/public/q/funding-rate?symbol=btc_usd");
    assert_eq!((rate.headers, rate.body, rate.string_to_sign), (vec![], None, None));
    let ip = client.send(GetClientIp::new()).prepare().unwrap();
    assert_eq!(ip.url, "https://dapi.wexex.io/future/public/client");
    assert_eq!((ip.headers, ip.body, ip.string_to_sign), (vec![], None, None));
}

#[test]
fn what_has_no_documented_encoding_or_signature_is_refused_before_the_wire() {
    let client = client();
    let refused = [
        Raw::get("/future/x").signed().param("symbol", "币_usdt"),
        Raw::get("/future/x").signed().param("a", "b c"),
        Raw::get("/future/x").param("a", "b/c"),
        Raw::post("/future/x").signed().form().param("a", r#"[{"b":1}]"#),
        Raw::post("/future/x").signed().param("a", "1").in_query("b", "2"),
        Raw::get("/future/{coin}").signed().param("coin", "a/b"),
        Raw::get("/future/{coin}").signed().param("coin", ".."),
        Raw::get("/future/{coin}").signed().param("coin", ""),
    ];
    for request in refused {
        let error = client.send(request).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent), "{error}");
    }
    assert!(client.send(GetCompatBalance::new("")).prepare().is_err());
    assert!(client.send(GetCrossMargin::new("../account/info")).prepare().is_err());
    // A body is signed as it is sent, whatever is in it.
    assert!(client.send(CancelAllOrdersOfSymbol::new("币_usdt")).prepare().is_ok());
}

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let client = client();
    let of = |size: &str| {
        let size: Contracts = size.parse().unwrap();
        CreateOrder::market("btc_usdt", OrderSide::Buy, PositionSide::Long, size)
    };
    for size in ["0", "-1", "1.5"] {
        let error = client.send(of(size)).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
    }
    let text =
        r#"{"symbol":"btc_usdt","orderSide":"BUY","orderType":"LIMIT","origQty":1,"positionSide":"LONG"}"#;
    let no_price = CreateOrder::take_from(&mut Source::parse(text).unwrap()).unwrap();
    assert_eq!(client.send(no_price).prepare().unwrap_err().message(), "price is required for a limit order");
    assert!(client.send(CreateOrdersBatch::new(vec![])).prepare().is_err());
    let error = client.send(CreateOrdersBatch::new(vec![of("1"), of("0.5")])).prepare().unwrap_err();
    assert!(error.message().starts_with("[1]: origQty 0.5"), "{error}");
    assert!(client.send(CreateOrdersAtomicBatch::new(vec![])).prepare().is_err());
    assert!(client.send(CreateOrdersAtomicBatch::new(vec![of("1"); 20])).prepare().is_ok());
    assert!(client.send(CreateOrdersAtomicBatch::new(vec![of("1"); 21])).prepare().is_err());
}

#[test]
fn cancelling_everything_is_never_the_absence_of_a_symbol() {
    let error = client().send(CancelAllOrdersOfSymbol::new("")).prepare().unwrap_err();
    assert_eq!((error.outcome(), error.message()), (Outcome::NotSent, "symbol is empty"));
    let error = CancelAllOrdersOfSymbol::take_from(&mut Source::parse("{}").unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "symbol is required");
    // By name, the sweeping request needs nothing, and takes no symbol for a joke.
    for text in ["{}", r#"{"symbol":""}"#] {
        let all = CancelAllOrders::take_from(&mut Source::parse(text).unwrap()).unwrap();
        assert_eq!(all, CancelAllOrders::new(AllSymbols));
    }
    assert!(CancelAllOrders::take_from(&mut Source::parse(r#"{"symbol":"btc_usdt"}"#).unwrap()).is_err());
    for operation in ENDPOINTS {
        assert_eq!(operation.spec.sweeping, operation.name.starts_with("CancelAll"), "{}", operation.name);
    }
}

#[test]
fn every_slot_for_an_own_id_is_shown() {
    use venue_core::{ClientOrderId, Endpoint};
    let mut slots = 0;
    let mut count = |slot: &mut Option<ClientOrderId>| {
        *slot = Some(ClientOrderId::fresh());
        slots += 1;
    };
    order().client_order_ids(&mut count);
    CreateOrdersBatch::new(vec![order(), order()]).client_order_ids(&mut count);
    CreateOrdersAtomicBatch::new(vec![order(), order()]).client_order_ids(&mut count);
    assert_eq!(slots, 5);
}

#[test]
fn only_reads_may_be_repeated() {
    for operation in ENDPOINTS {
        let expected = if operation.spec.verb() == "GET" { Replay::Safe } else { Replay::Never };
        assert_eq!(operation.spec.replay, expected, "{}", operation.name);
    }
}

fn decode(name: &str, status: u16, body: impl Into<String>) -> Decoded {
    let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
    operation.decode_body(&WexFutures::usdt_m(), status, body.into())
}

/// A success with this payload, in the envelope as it is sent.
fn success(name: &str, result: &str) -> Decoded {
    decode(name, 200, format!(r#"{{"returnCode":0,"msgInfo":"success","error":null,"result":{result}}}"#))
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
        let data: Data = serde_json::from_str(include_str!("../../sim/data/wex-futures.json")).unwrap();
        data.endpoints.into_iter().find(|row| row.method == verb && row.path == path).unwrap()
    }
}

#[test]
fn every_request_is_as_transcribed() {
    for Operation { name, spec, .. } in ENDPOINTS {
        let row = documented::row(spec.verb(), spec.path);
        assert_eq!((spec.auth == Auth::Signed, spec.section), (row.auth == "signed", row.section.as_str()));
        let placement = match spec.placement {
            Placement::Json => "json",
            Placement::JsonArray => "json-array",
            _ if row.params.is_empty() => "none",
            _ => "query",
        };
        assert_eq!(placement, row.placement, "{name}");
        // The bare array has no name.
        if spec.placement != Placement::JsonArray {
            let fields = ENDPOINTS.iter().find(|operation| operation.name == *name).unwrap().fields();
            let mut fields: Vec<_> = fields.iter().map(|field| (field.name, field.required)).collect();
            let mut expected: Vec<_> = row
                .params
                .iter()
                .filter(|param| param.place != "item")
                .map(|param| (param.name.as_str(), param.required))
                .collect();
            expected.sort_unstable();
            fields.sort_unstable();
            assert_eq!(fields, expected, "{name}");
        }
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
        assert_eq!(limits, expected, "{name}");
    }
}

#[test]
fn documented_examples_read_whole_and_back() {
    for Operation { name, spec, .. } in ENDPOINTS {
        let row = documented::row(spec.verb(), spec.path);
        let decoded = decode(name, 200, row.example.get());
        assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
        assert!(decoded.unmapped.is_empty(), "{name}: {:?}", decoded.unmapped);
        assert!(decoded.bad_rows.is_empty(), "{name}: {:?}", decoded.bad_rows);
        let value = decoded.value.unwrap();
        assert_eq!(success(name, &value).value, Some(value), "{name}");
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
    for name in ["CreateOrder", "CancelAllOrders", "CancelAllOrdersOfSymbol"] {
        let refused = success(name, "false").error.unwrap();
        assert_eq!((refused.kind(), refused.outcome()), (Kind::Rejected, Outcome::Unknown));
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
fn errors_say_what_happened() {
    let failure = |code: &str, words: &str| {
        format!(
            r#"{{"returnCode":1,"msgInfo":"failure","error":{{"code":"{code}","msg":"{words}","args":[]}},"result":null}}"#
        )
    };
    let refusals = [
        (200, failure("insufficient_balance", "x"), Kind::InsufficientFunds, Outcome::Rejected),
        (200, failure("quantity_can_not_less_than", ""), Kind::InvalidRequest, Outcome::Rejected),
        (200, failure("quantity_can_not_less_than 10", ""), Kind::InvalidRequest, Outcome::Rejected),
        (200, failure("quantity_can_not_less_than *", ""), Kind::InvalidRequest, Outcome::Rejected),
        (200, failure("GATEWAY_0006", ""), Kind::Banned, Outcome::Rejected),
        (200, failure("fail", ""), Kind::Unavailable, Outcome::Unknown),
        (200, failure("brand_new", ""), Kind::Unrecognized, Outcome::Unknown),
        (200, failure("403", "invalid signature"), Kind::Auth, Outcome::Rejected),
        (403, failure("403", "invalid signature"), Kind::Auth, Outcome::Rejected),
        (403, failure("403", "time window expired"), Kind::Timestamp, Outcome::Rejected),
        (403, failure("403", "appkey unauthorized"), Kind::Auth, Outcome::Rejected),
        (403, failure("403", "IP not in whitelist"), Kind::Permission, Outcome::Rejected),
        (403, "<html></html>".to_owned(), Kind::Permission, Outcome::Rejected),
        (400, failure("400", "missing validate-appkey"), Kind::InvalidRequest, Outcome::Rejected),
        (404, r#"{"timestamp":1,"status":404,"error":"Not Found","path":"/x"}"#.to_owned(), Kind::InvalidRequest, Outcome::Rejected),
        (502, String::new(), Kind::Unavailable, Outcome::Unknown),
        // The documented order of the members, by which the error comes before the words around it.
        (200, r#"{"error":{"code":"invalid_symbol","msg":"no"},"msgInfo":"failure","result":null,"returnCode":1}"#.to_owned(), Kind::UnknownSymbol, Outcome::Rejected),
        (200, r#"{"error":null,"msgInfo":"failure","result":null,"returnCode":1}"#.to_owned(), Kind::Unrecognized, Outcome::Unknown),
    ];
    for (status, body, kind, outcome) in refusals {
        let error = decode("CreateOrder", status, body.as_str()).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{body}");
    }
    let words = decode("CreateOrder", 200, failure("insufficient_balance", "not enough")).error.unwrap();
    assert_eq!((words.message(), words.code()), ("not enough", Some("insufficient_balance")));
    let limited = decode("CreateOrder", 429, "").error.unwrap();
    assert_eq!(limited.retry_after().map(|wait| wait.as_secs()), Some(600));
    let foreign = decode("CreateOrder", 200, r#"{"orderId":"1"}"#).error.unwrap();
    assert_eq!((foreign.kind(), foreign.outcome()), (Kind::Decode, Outcome::Unknown));
}

#[test]
fn the_clock_is_read_from_a_light_answer() {
    let call = WexFutures::coin_m().clock().unwrap();
    assert_eq!((call.spec.path, call.read.is_none()), ("/future/public/client", true));
}

#[test]
fn the_error_table_is_sorted() {
    let codes = WexFutures::usdt_m().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    assert_eq!(codes.len(), 88);
}

#[test]
fn an_erased_client_prepares_the_same() {
    let client = client();
    assert_eq!(client.erased().prepare(&order(), &[], &[]).unwrap(), client.send(order()).prepare().unwrap());
}
