//! Signature vectors, error table, decodes and traps.

use std::time::Duration;

use venue_core::serde_json::value::RawValue;
use venue_core::{Decoded, Endpoint, Outcome, Paged as _, Prepared, Request, Source, Venue};

use crate::rest::*;
use crate::*;

const BASE: &str = "https://openapi.pumpkin.xyz/futures";
/// The signature of nothing, as the documentation's own code computes it for its placeholder secret.
const NOTHING: &str = "4a3a7251c7a261895839b8313d4ddb5b4f078fc394297704107090dc3a349500";

fn client_of(venue: Pumpkin, secret: &str) -> Client {
    Client::builder(venue).credentials(Credentials::new("YOUR_ACCESS_KEY", secret)).build().unwrap()
}

fn client() -> Client {
    client_of(Pumpkin::new(), "YOUR_SECRET_KEY")
}

fn prepare<E: Endpoint<Venue = Pumpkin>>(request: E) -> Prepared {
    client().send(request).prepare().unwrap()
}

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn signature(prepared: &Prepared) -> &str {
    header(prepared, "X_SIGNATURE").unwrap()
}

fn decode(name: &str, status: u16, body: impl Into<String>) -> Decoded {
    let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
    operation.decode_body(&Pumpkin::new(), status, body.into())
}

fn error(name: &str, status: u16, body: &str) -> Error {
    decode(name, status, body).error.unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn limit_order() -> CreateOrder {
    let (side, position) = (OrderSide::Buy, PositionSide::Long);
    CreateOrder::limit("btc_usdt", side, position, Contracts::new(1), price("45000.00"), 20)
}

fn batch() -> CreateOrderBatch {
    let (side, position) = (OrderSide::Buy, PositionSide::Long);
    let order = BatchOrder::limit("btc_usdt", side, position, Contracts::new(1), price("45000.00"))
        .position_id("0")
        .client_order_id("myOrder_123456789");
    CreateOrderBatch::new([order.into(), BatchCancel::new("203530723141917063", "btc_usdt").into()])
}

// Computed by the documentation's own sample code from its placeholder secrets; the one signature that it
// prints belongs to a secret that it doesn't.
type Vector =
    (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

const VECTORS: &[Vector] = &[
    (
        "/v2/public/q/ticker",
        "YOUR_API_SECRET",
        &[("symbol", "btc_usdt"), ("timeRangeType", "D")],
        "symbol=btc_usdt&timeRangeType=D",
        "9a13a8eedc58fff9d055fcb5b0cca918abe2d9898e829a19a71fe11a2f46e956",
    ),
    (
        "/v2/public/leverage/bracket/list",
        "YOUR_API_SECRET",
        &[],
        "",
        "be83b77cd6ea6643f766cd86664a786b64b65fd9d6e81821bae78525efb412b6",
    ),
    ("/v2/balance/list", "YOUR_SECRET_KEY", &[], "", NOTHING),
    (
        "/common/v2/perpetual/contracts",
        "YOUR_API_SECRET",
        &[("timestamp", "1672531200000")],
        "timestamp=1672531200000",
        "c9ddaa198edd306a99318eedea7910125e8f1d39358b63817b5c101f3867d8a9",
    ),
    (
        "/v2/order/list",
        "YOUR_SECRET_KEY",
        &[("symbol", "btc_usdt"), ("state", "UNFINISHED"), ("page", "1"), ("size", "10")],
        "page=1&size=10&state=UNFINISHED&symbol=btc_usdt",
        "3cd5d11dca4ea19be63d48d2e36d31cb63a8a645783e81ba29865fa7530aa238",
    ),
    (
        "/v2/order/cancel-batch",
        "YOUR_SECRET_KEY",
        &[("orders", r#"["1234567890", "1234567891"]"#)],
        "orders=%5B%221234567890%22%2C+%221234567891%22%5D",
        "ad4751359b9645e2afda2150c7771d2443ff1b997cbaa4a245e6c854c5ffadd0",
    ),
    (
        "/v2/order/cancel-batch",
        "YOUR_SECRET_KEY",
        &[("orders", r#"["1234567890","1234567891"]"#)],
        "orders=%5B%221234567890%22%2C%221234567891%22%5D",
        "60c1975bd1bcb9818d0c12c3191a758c0c048662cbb14a24224ceaf94f54b238",
    ),
    (
        "/v2/order/all/listUnfinished",
        "YOUR_SECRET_KEY",
        &[("list", "btc_usdt,eth_usdt")],
        "list=btc_usdt%2Ceth_usdt",
        "6cb3b624a0bfa1374b11a6d9278e5ad4313a66274372b6c6dde3a892ff24576e",
    ),
    (
        "/v2/order/list-by-ids",
        "YOUR_SECRET_KEY",
        &[("ids", "587077935051136448,587077935051136449")],
        "ids=587077935051136448%2C587077935051136449",
        "6b6dd95d182fc5678d6c48edc73e04f4b8fc957930a60b4c81b3640f5dcecd15",
    ),
    (
        "/v2/position/adjust-leverage",
        "YOUR_SECRET_KEY",
        &[("symbol", "btc_usdt"), ("leverage", "20")],
        "leverage=20&symbol=btc_usdt",
        "3a11d97747f7efe84aca53814e93f2320d100fd4b1e2201eedb4b1eb9ca35a1e",
    ),
    (
        "/v2/position/margin",
        "YOUR_SECRET_KEY",
        &[
            ("symbol", "btc_usdt"),
            ("margin", "100.00"),
            ("positionSide", "LONG"),
            ("positionId", "1234567890"),
            ("type", "ADD"),
        ],
        "margin=100.00&positionId=1234567890&positionSide=LONG&symbol=btc_usdt&type=ADD",
        "6a91ac275d69b199f34f2cc13ff4a11ddfd438b383a78db573b421fbca8459a3",
    ),
    (
        "/v2/balance/bills",
        "YOUR_SECRET_KEY",
        &[
            ("symbol", "btc_usdt"),
            ("coin", "USDT"),
            ("startTime", "1672444800000"),
            ("endTime", "1672531200000"),
            ("limit", "10"),
        ],
        "coin=USDT&endTime=1672531200000&limit=10&startTime=1672444800000&symbol=btc_usdt",
        "cb0c48259538110f2d49a30f72c2a2711c765f30943537b3f9e6a9c22c243e14",
    ),
    (
        "/v2/channel/rebateDetail",
        "your_api_query_secretKey",
        &[("symbolId", "2"), ("rebateStartDate", "1769919603517"), ("rebateEndDate", "1772511603517")],
        "rebateEndDate=1772511603517&rebateStartDate=1769919603517&symbolId=2",
        "45e1564005292ba8d5ed11cc0dde5eac668e5f77f3263d84289b7b13e1728f78",
    ),
];

#[test]
fn what_the_documented_code_signs_is_what_is_signed() {
    for (path, secret, params, text, expected) in VECTORS {
        let client = client_of(Pumpkin::new(), secret);
        let add = |raw: Raw<Pumpkin>| {
            params.iter().fold(raw.signed(), |raw, (name, value)| raw.param(*name, *value))
        };
        let get = client.send(add(Raw::get(*path))).prepare().unwrap();
        let post = client.send(add(Raw::post(*path))).prepare().unwrap();
        let query = if text.is_empty() { String::new() } else { format!("?{text}") };
        assert_eq!((get.url.as_str(), get.body.as_deref()), (format!("{BASE}{path}{query}").as_str(), None));
        assert_eq!(post.url, format!("{BASE}{path}"));
        assert_eq!(post.body.as_deref().unwrap_or_default(), *text);
        for prepared in [get, post] {
            assert_eq!((signature(&prepared), prepared.string_to_sign.as_deref()), (*expected, Some(*text)));
        }
    }
}

#[test]
fn every_request_goes_out_as_documented() {
    let closing = limit_order()
        .closing("123456")
        .time_in_force(TimeInForce::Gtc)
        .client_order_id("myOrder123")
        .market_order_level(MarketOrderLevel::One)
        .trigger_profit_price(price("46000.00"))
        .profit_order_type(OrderType::Limit)
        .profit_order_price(price("45900.00"))
        .trigger_stop_price(price("44000.00"))
        .stop_order_type(OrderType::Market)
        .stop_order_price(price("44100.00"));
    let times = ListOrders::new()
        .symbol("btc_usdt")
        .state(OrderState::Unfinished)
        .start_time(Millis::new(1_672_444_800_000))
        .end_time(Millis::new(1_672_531_200_000))
        .page(2u32)
        .size(10u32);
    let market = CreateOrder::market("btc_usdt", OrderSide::Sell, PositionSide::Both, Contracts::new(3), 5);
    for (prepared, verb, path, text) in [
        (prepare(GetServerTime::new()), "GET", "/v2/public/time", ""),
        (prepare(GetCgContracts::new()), "GET", "/cg/v2/perpetual/contracts", ""),
        (
            prepare(limit_order()),
            "POST",
            "/v2/order/create",
            "leverage=20&orderSide=BUY&orderType=LIMIT&origQty=1&positionSide=LONG&price=45000.00&symbol=btc_usdt",
        ),
        (
            prepare(market),
            "POST",
            "/v2/order/create",
            "leverage=5&orderSide=SELL&orderType=MARKET&origQty=3&positionSide=BOTH&symbol=btc_usdt",
        ),
        (
            prepare(closing),
            "POST",
            "/v2/order/create",
            "clientOrderId=myOrder123&leverage=20&marketOrderLevel=1&orderSide=BUY&orderType=LIMIT&origQty=1\
             &positionId=123456&positionSide=LONG&price=45000.00&profitOrderPrice=45900.00\
             &profitOrderType=LIMIT&reduceOnly=true&stopOrderPrice=44100.00&stopOrderType=MARKET\
             &symbol=btc_usdt&timeInForce=GTC&triggerProfitPrice=46000.00&triggerStopPrice=44000.00",
        ),
        (
            prepare(batch()),
            "POST",
            "/v2/order/create-batch",
            "list=%5B%7B%22isCreate%22%3Atrue%2C%22symbol%22%3A%22btc_usdt%22%2C%22price%22%3A45000.00%2C\
             %22origQty%22%3A1%2C%22orderType%22%3A%22LIMIT%22%2C%22orderSide%22%3A%22BUY%22%2C\
             %22positionSide%22%3A%22LONG%22%2C%22timeInForce%22%3A%22GTC%22%2C%22positionId%22%3A0%2C\
             %22clientOrderId%22%3A%22myOrder_123456789%22%7D%2C%7B%22isCreate%22%3Afalse%2C\
             %22orderId%22%3A203530723141917063%2C%22symbol%22%3A%22btc_usdt%22%7D%5D",
        ),
        (prepare(CancelOrder::new("1234567890")), "POST", "/v2/order/cancel", "orderId=1234567890"),
        (
            prepare(CancelOrder::new("1234567890").symbol("btc_usdt")),
            "POST",
            "/v2/order/cancel",
            "orderId=1234567890&symbol=btc_usdt",
        ),
        (prepare(CancelAllOrders::new()), "POST", "/v2/order/cancel-all", ""),
        (prepare(CancelSymbolOrders::new("btc_usdt")), "POST", "/v2/order/cancel-all", "symbol=btc_usdt"),
        (prepare(ListOrders::new()), "GET", "/v2/order/list", ""),
        (
            prepare(times),
            "GET",
            "/v2/order/list",
            "endTime=1672531200000&page=2&size=10&startTime=1672444800000&state=UNFINISHED&symbol=btc_usdt",
        ),
        (prepare(CloseAllPositions::new()), "POST", "/v2/position/close-all", ""),
        (prepare(CloseSymbolPositions::new("btc_usdt")), "POST", "/v2/position/close-all", "symbol=btc_usdt"),
    ] {
        let (query, body) = match (verb, text) {
            ("GET", "") | ("POST", "") => (String::new(), None),
            ("GET", text) => (format!("?{text}"), None),
            (_, text) => (String::new(), Some(text)),
        };
        assert_eq!((prepared.method.as_str(), prepared.body.as_deref()), (verb, body));
        assert_eq!(prepared.url, format!("{BASE}{path}{query}"));
        assert_eq!(prepared.string_to_sign.as_deref(), Some(text));
        let names: Vec<_> = prepared.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), 3, "{names:?}");
        assert_eq!(header(&prepared, "X_ACCESS_KEY"), Some("YOUR_ACCESS_KEY"));
        assert_eq!(header(&prepared, "Content-Type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(signature(&prepared).len(), 64);
        assert_eq!(signature(&prepared) == NOTHING, text.is_empty());
    }
}

#[test]
fn market_data_is_signed_like_everything_else() {
    assert!(ENDPOINTS.iter().all(|operation| operation.spec.auth == venue_core::Auth::Signed));
    let nobody = Client::builder(Pumpkin::new()).build().unwrap();
    let error = nobody.send(GetServerTime::new()).prepare().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::NotSent));
    let open = nobody.send(Raw::get("/v2/public/time")).prepare().unwrap();
    assert_eq!((header(&open, "X_SIGNATURE"), open.string_to_sign.as_deref()), (None, None));
}

#[test]
fn the_pairs_may_be_signed_before_they_are_encoded() {
    let plain = client_of(Pumpkin::new().sign_plain(true), "YOUR_SECRET_KEY");
    let of_ids = || {
        Raw::<Pumpkin>::post("/v2/order/list-by-ids")
            .signed()
            .param("ids", "587077935051136448,587077935051136449")
    };
    let prepared = plain.send(of_ids()).prepare().unwrap();
    let encoded = prepare(of_ids());
    assert_eq!(prepared.body, encoded.body);
    assert_eq!(prepared.string_to_sign.as_deref(), Some("ids=587077935051136448,587077935051136449"));
    assert_ne!(signature(&prepared), signature(&encoded));
    // Where nothing needs encoding, there is no difference.
    let order = plain.send(limit_order()).prepare().unwrap();
    assert_eq!(signature(&order), signature(&prepare(limit_order())));
}

#[test]
fn parameters_are_never_in_two_places() {
    let both = Raw::<Pumpkin>::post("/v2/new").signed().param("a", "1").in_query("b", "2");
    let error = client().send(both).prepare().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
}

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let client = client();
    let refused = |result: Result<Prepared, Error>, words: &str| {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
        assert!(error.message().contains(words), "{}", error.message());
    };
    let order = limit_order;
    let none = || Contracts::new(0);
    let (buy, long) = (|| OrderSide::Buy, || PositionSide::Long);
    for (request, words) in [
        (order().client_order_id("with space"), "clientOrderId"),
        (order().client_order_id("x".repeat(33)), "clientOrderId"),
        (order().client_order_id(""), "clientOrderId"),
        (CreateOrder::market("btc_usdt", buy(), long(), none(), 20), "origQty"),
        (order().reduce_only(true), "positionId"),
        (order().position_id("1"), "reduceOnly"),
        (order().position_id("1").reduce_only(false), "reduceOnly"),
        (order().trigger_profit_price(price("1")), "take-profit"),
        (order().stop_order_type(OrderType::Market), "stop-loss"),
        (order().trigger_stop_price(price("1")).stop_order_type(OrderType::Limit), "stop-loss"),
    ] {
        refused(client.send(request).prepare(), words);
    }
    assert!(client.send(order().reduce_only(false).client_order_id("my_order.1-2")).prepare().is_ok());
    let mut source = Source::parse(
        r#"{"symbol":"btc_usdt","orderType":"LIMIT","orderSide":"BUY","positionSide":"LONG","origQty":1,"leverage":"20"}"#,
    )
    .unwrap();
    refused(client.send(CreateOrder::take_from(&mut source).unwrap()).prepare(), "price is required");
    refused(client.send(CancelOrder::new("")).prepare(), "orderId");
    refused(client.send(CreateOrderBatch::new([])).prepare(), "list is empty");
    let nothing = BatchOrder::market("btc_usdt", buy(), long(), none(), price("1"));
    refused(client.send(CreateOrderBatch::new([nothing.into()])).prepare(), "list[0]: origQty");
    let nobody = BatchCancel::new("", "btc_usdt");
    refused(client.send(CreateOrderBatch::new([nobody.into()])).prepare(), "list[0]: orderId");
}

#[test]
fn everything_is_never_the_absence_of_a_symbol() {
    for name in ["CancelSymbolOrders", "CloseSymbolPositions"] {
        let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
        let error = operation.build(&mut Source::parse("{}").unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "symbol is required");
    }
    assert!(client().send(CancelSymbolOrders::new("")).prepare().is_err());
    assert!(client().send(CloseSymbolPositions::new("")).prepare().is_err());
    for operation in ENDPOINTS {
        let sweeps = ["CancelAll", "CancelSymbol", "CloseAll", "CloseSymbol"];
        assert_eq!(operation.spec.sweeping, sweeps.iter().any(|word| operation.name.starts_with(word)));
    }
}

#[test]
fn a_batch_is_read_from_the_documented_example() {
    let list = r#"{"list":[
        {"isCreate":true,"symbol":"btc_usdt","price":45000.00,"origQty":1.0,"orderType":"LIMIT","orderSide":"BUY",
         "positionSide":"LONG","timeInForce":"GTC","positionId":0,"clientOrderId":"myOrder_123456789"},
        {"isCreate":false,"orderId":1234567890,"symbol":"btc_usdt","price":0,"origQty":0,"orderType":"LIMIT",
         "orderSide":"BUY","positionSide":"LONG","timeInForce":"GTC","positionId":0,"clientOrderId":""}]}"#;
    let request = CreateOrderBatch::take_from(&mut Source::parse(list).unwrap()).unwrap();
    let prepared = client_of(Pumpkin::new().sign_plain(true), "s").send(request).prepare().unwrap();
    assert_eq!(
        prepared.string_to_sign.as_deref(),
        Some(concat!(
            r#"list=[{"isCreate":true,"symbol":"btc_usdt","price":45000.00,"origQty":1.0,"orderType":"LIMIT","#,
            r#""orderSide":"BUY","positionSide":"LONG","timeInForce":"GTC","positionId":0,"#,
            r#""clientOrderId":"myOrder_123456789"},{"isCreate":false,"orderId":1234567890,"symbol":"btc_usdt"}]"#,
        ))
    );
    for (list, words) in [
        (r#"{"list":[{"symbol":"btc_usdt"}]}"#, "isCreate is required"),
        (r#"{"list":[{"isCreate":false,"symbol":"btc_usdt"}]}"#, "orderId is required"),
        (r#"{"list":[{"isCreate":false,"symbol":"btc_usdt","orderId":1,"leverage":5}]}"#, "leverage"),
        (r#"{"list":[{"isCreate":true,"symbol":"btc_usdt","orderId":1}]}"#, "price is required"),
    ] {
        let error = CreateOrderBatch::take_from(&mut Source::parse(list).unwrap()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn every_new_order_has_a_slot_for_an_id() {
    let slots = |request: &mut dyn venue_core::AnyRequest| {
        let mut given = Vec::new();
        request.client_order_ids(&mut |slot| given.push(slot.is_some()));
        given
    };
    assert_eq!(slots(&mut limit_order()), [false]);
    assert_eq!(slots(&mut batch()), [true]);
    assert_eq!(slots(&mut CancelOrder::new("1")), [false; 0]);
}

#[derive(serde::Deserialize)]
struct Documented<'a> {
    #[serde(borrow)]
    endpoints: Vec<Route<'a>>,
}

#[derive(serde::Deserialize)]
struct Route<'a> {
    method: String,
    path: String,
    #[serde(borrow)]
    example: &'a RawValue,
}

#[test]
fn every_documented_example_decodes_whole() {
    let text = include_str!("../../sim/data/pumpkin.json");
    let documented: Documented<'_> = serde_json::from_str(text).unwrap();
    for operation in ENDPOINTS {
        let route = documented
            .endpoints
            .iter()
            .find(|route| {
                (route.method.as_str(), route.path.as_str()) == (operation.spec.verb(), operation.spec.path)
            })
            .unwrap();
        let first = decode(operation.name, 200, route.example.get());
        assert!(first.error.is_none(), "{}: {:?}", operation.name, first.error);
        assert!(first.unmapped.is_empty() && first.bad_rows.is_empty(), "{}: {first:?}", operation.name);
        let value = first.value.unwrap();
        let bare = operation.spec.shape == venue_core::Shape::Bare;
        let again = if bare { value.clone() } else { format!(r#"{{"code":0,"data":{value}}}"#) };
        assert_eq!(decode(operation.name, 200, again).value, Some(value), "{}", operation.name);
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

#[test]
fn errors_say_what_became_of_the_request() {
    use Kind::{
        Auth, Banned, InvalidRequest, Permission, RateLimited, SymbolNotAllowed, Unavailable, Unrecognized,
    };
    use Outcome::{Rejected, Unknown};
    let hour = Some(Duration::from_secs(3600));
    let leverage =
        r#"{"code":-1,"msg":"order_leverage_not_match_position_leverage","data":null,"bizCode":"1000"}"#;
    let frequency = r#"{"code":429,"msg":"ip_high_frequency","data":{"type":"ip","current":120,"limit":100,"reset":3600}}"#;
    for (status, body, kind, outcome, code, wait) in [
        (200, r#"{"code":1,"msg":"sign-error"}"#, Auth, Rejected, Some("1"), None),
        (200, r#"{"code":1,"message":"sign-error"}"#, Auth, Rejected, Some("1"), None),
        (
            200,
            r#"{"code":-1,"msg":"Invalid API key, account info, or identity details"}"#,
            Auth,
            Rejected,
            Some("-1"),
            None,
        ),
        (200, leverage, InvalidRequest, Rejected, Some("1000"), None),
        (
            200,
            r#"{"code":-1,"msg":"order_leverage_not_match_position_leverage"}"#,
            InvalidRequest,
            Rejected,
            Some("-1"),
            None,
        ),
        // The code says nothing by itself.
        (
            200,
            r#"{"code":-1,"msg":"something new","data":null,"bizCode":null}"#,
            Unrecognized,
            Unknown,
            Some("-1"),
            None,
        ),
        (
            200,
            r#"{"code":-1,"msg":"something new","bizCode":"1001"}"#,
            Unrecognized,
            Unknown,
            Some("1001"),
            None,
        ),
        (418, r#"{"code":-1,"msg":"no"}"#, Permission, Rejected, Some("-1"), None),
        (200, frequency, Banned, Rejected, Some("429"), hour),
        (429, frequency, Banned, Rejected, Some("429"), hour),
        (429, "", Banned, Rejected, None, None),
        (403, "<html>blocked</html>", Banned, Rejected, None, hour),
        (200, r#"{"code":403,"msg":"waf"}"#, Banned, Rejected, Some("403"), hour),
        (418, "", Permission, Rejected, None, None),
        (200, r#"{"code":418,"msg":"ip"}"#, Permission, Rejected, Some("418"), None),
        (439, "", RateLimited, Rejected, None, None),
        (200, r#"{"code":439,"msg":"weight"}"#, RateLimited, Rejected, Some("439"), None),
        (467, "", SymbolNotAllowed, Rejected, None, None),
        (200, r#"{"code":467,"msg":"symbol-not-in-allowed"}"#, SymbolNotAllowed, Rejected, Some("467"), None),
        (503, "", Unavailable, Unknown, None, None),
        (200, r#"{"code":503,"msg":"unknown"}"#, Unavailable, Unknown, Some("503"), None),
        (500, "", Unavailable, Unknown, None, None),
        (502, "<html>bad gateway</html>", Unavailable, Unknown, None, None),
    ] {
        for name in ["CreateOrder", "GetCgContracts"] {
            let error = error(name, status, body);
            let said = (error.kind(), error.outcome(), error.code(), error.retry_after());
            assert_eq!(said, (kind, outcome, code, wait), "{name} {status} {body}");
        }
    }
    assert_eq!(error("CreateOrder", 200, r#"{"code":1,"message":"sign-error"}"#).message(), "sign-error");
}

#[test]
fn the_clock_reads_the_documented_answer() {
    let read = Pumpkin::new().clock().unwrap().read.unwrap();
    let body = r#"{"code":0,"msg":"success","data":1769582710262,"bizCode":null}"#;
    assert_eq!(read(body), Some(Millis::new(1_769_582_710_262)));
    assert_eq!(read(r#"{"code":1,"msg":"sign-error"}"#), None);
}

#[test]
fn pages_go_on_while_there_are_orders() {
    let rows = |count: usize| vec![r#"{"orderId":"1","symbol":"btc_usdt"}"#; count].join(",");
    let page = |head: &str, count: usize| -> Page<Order> {
        serde_json::from_str(&format!(r#"{{{head}"items":[{}]}}"#, rows(count))).unwrap()
    };
    let first = ListOrders::new().symbol("btc_usdt");
    for (head, count, next) in [
        (r#""page":1,"ps":10,"total":11,"#, 10, Some(2)),
        (r#""page":1,"ps":10,"total":1,"#, 1, None),
        // The venue gives fewer rows a page than it says.
        (r#""page":1,"size":10,"total":30,"#, 5, Some(2)),
        (r#""page":1,"ps":10,"total":30,"#, 0, None),
        (r#""page":1,"ps":10,"total":10,"#, 10, Some(2)),
        ("", 10, Some(2)),
        ("", 9, None),
    ] {
        let expected = next.map(|number: u32| first.clone().page(number));
        assert_eq!(first.next(&page(head, count)), expected, "{head} {count}");
    }
    assert_eq!(first.clone().page(u32::MAX).next(&page("", 10)), None);
}

#[test]
fn minute_and_day_are_drawn_on_alike() {
    for operation in ENDPOINTS {
        let costs: Vec<_> = operation.spec.costs().map(|cost| (cost.limit.name, cost.weight)).collect();
        let weight = costs[0].1;
        assert_eq!(costs, [("minute-weight", weight), ("day-weight", weight)], "{}", operation.name);
    }
    assert_eq!(limits::MINUTE.to_string(), "1200 per 60 s per account (assumed)");
    assert!(limits::DAY.assumed);
}

#[test]
fn the_error_table_is_sorted() {
    let codes = Pumpkin::new().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    let covered = |pair: &[venue_core::Code]| pair[0].code == pair[1].code && pair[0].when.is_empty();
    assert!(!codes.windows(2).any(covered));
}
