//! Signature vectors, error table, decodes and traps.

use serde::Deserialize;
use serde_json::value::RawValue;
use venue_core::{
    AnyClient, AnyRequest, Clock, Credentials, Decoded, Kind, Millis, Operation, Outcome, Prepared, Raw,
    Request, Source, Venue,
};

use crate::rest::*;
use crate::*;

const KEY: &str = "tAQfOrPIZAhym0qHISRt8EFvxPemdBm5j5WMlkm3Ke9aFp0EGWC2CGM8GHV4kCYW";

/// The documentation's credentials and time ("Signature").
fn client_of(venue: HashKey) -> Client {
    Client::builder(venue)
        .credentials(Credentials::new(
            KEY,
            "lH3ELTNiFxCQTmi9pPcWWikhsjO04Yoqw3euoHUuOLC3GYBW64ZqzQsiOEHXQS76",
        ))
        .clock(Clock::fixed(Millis::new(1_538_323_200_000)))
        .build()
        .unwrap()
}

fn client() -> Client {
    client_of(HashKey::new())
}

fn number<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Target and body without the signature, whose place at the very end is asserted.
fn unsigned(prepared: &Prepared) -> (&str, Option<&str>) {
    fn cut(text: &str) -> Option<&str> {
        let (before, signature) = text.rsplit_once("&signature=")?;
        (signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(before)
    }
    let target = prepared.url.strip_prefix("https://api-pro.hashkey.com").unwrap();
    match prepared.body.as_deref() {
        Some(form) if !form.starts_with('[') => (target, Some(cut(form).unwrap())),
        body => (cut(target).unwrap_or(target), body),
    }
}

const ALL: &str = "symbol=ETHBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1538323200000";
const WHOLE: &str = "5f2750ad7589d1d40757a55342e621a44037dad23b5128cc70e18ec1d1c3f4c6";

fn documented(request: Raw<HashKey>) -> Raw<HashKey> {
    request
        .signed()
        .param("symbol", "ETHBTC")
        .param("side", "BUY")
        .param("type", "LIMIT")
        .param("timeInForce", "GTC")
        .number("quantity", "1")
        .number("price", "0.1")
}

#[test]
fn the_documented_signatures_verify() {
    let in_query = client().send(documented(Raw::post("/api/v1/spot/order").query())).prepare().unwrap();
    assert_eq!(
        in_query.url,
        format!("https://api-pro.hashkey.com/api/v1/spot/order?{ALL}&signature={WHOLE}")
    );
    assert_eq!((in_query.body.as_deref(), in_query.string_to_sign.as_deref()), (None, Some(ALL)));
    assert_eq!(in_query.headers, [("X-HK-APIKEY".to_owned(), KEY.to_owned())]);

    let in_form = client().send(documented(Raw::post("/api/v1/spot/order").form())).prepare().unwrap();
    assert_eq!(in_form.url, "https://api-pro.hashkey.com/api/v1/spot/order");
    assert_eq!(in_form.body, Some(format!("{ALL}&signature={WHOLE}")));
    assert_eq!(in_form.string_to_sign.as_deref(), Some(ALL));
    assert_eq!(header(&in_form, "Content-Type"), Some("application/x-www-form-urlencoded;charset=UTF-8"));

    let mixed = Raw::<HashKey>::post("/openapi/v1/order")
        .form()
        .signed()
        .in_query("symbol", "ETHBTC")
        .in_query("side", "BUY")
        .in_query("type", "LIMIT")
        .in_query("timeInForce", "GTC")
        .param("quantity", "1")
        .param("price", "0.1");
    let mixed = client().send(mixed).prepare().unwrap();
    assert_eq!(
        mixed.url,
        "https://api-pro.hashkey.com/openapi/v1/order?symbol=ETHBTC&side=BUY&type=LIMIT&timeInForce=GTC"
    );
    assert_eq!(
        mixed.body.as_deref(),
        Some(
            "quantity=1&price=0.1&recvWindow=5000&timestamp=1538323200000&signature=885c9e3dd89ccd13408b25e6d54c2330703759d7494bea6dd5a3d1fd16ba3afa"
        )
    );
    assert_eq!(
        mixed.string_to_sign.as_deref(),
        Some(
            "symbol=ETHBTC&side=BUY&type=LIMIT&timeInForce=GTCquantity=1&price=0.1&recvWindow=5000&timestamp=1538323200000"
        )
    );
}

#[test]
fn what_the_caller_gives_is_not_added_again() {
    let given = documented(Raw::post("/api/v1/spot/order").form())
        .number("recvWindow", "5000")
        .number("timestamp", "1538323200000");
    // Another window and another time in the client: what was given stands.
    let other = client_of(HashKey::new().recv_window(1));
    assert_eq!(other.send(given).prepare().unwrap().string_to_sign.as_deref(), Some(ALL));
    let extra = client().send(GetWithdrawOrders::new()).extra("recvWindow", "100").prepare().unwrap();
    assert_eq!(extra.string_to_sign.as_deref(), Some("recvWindow=100&timestamp=1538323200000"));
    let field = client().send(CreateListenKey::new().recv_window(100u32)).prepare().unwrap();
    assert_eq!(field.string_to_sign.as_deref(), Some("recvWindow=100&timestamp=1538323200000"));
    let mixed = Raw::<HashKey>::post("/x").form().signed().in_query("recvWindow", "7").param("a", "1");
    let mixed = client().send(mixed).prepare().unwrap();
    assert_eq!(mixed.string_to_sign.as_deref(), Some("recvWindow=7a=1&timestamp=1538323200000"));
}

#[test]
fn a_venue_value_says_window_header_and_host() {
    let venue = HashKey::new().key_header(KeyHeader::ApiKey).recv_window(8_000);
    let prepared = client_of(venue).send(GetWithdrawOrders::new()).prepare().unwrap();
    assert_eq!(prepared.headers, [("X-APIKEY".to_owned(), KEY.to_owned())]);
    assert_eq!(prepared.string_to_sign.as_deref(), Some("recvWindow=8000&timestamp=1538323200000"));
    let global = client_of(HashKey::global()).send(GetServerTime::new()).prepare().unwrap();
    assert_eq!(global.url, "https://api-glb.hashkey.com/api/v1/time");
    let sandbox = Client::builder(HashKey::new()).sandbox().build().unwrap();
    let sandbox = sandbox.send(GetServerTime::new()).prepare().unwrap();
    assert_eq!(sandbox.url, "https://api-pro.sim.hashkeydev.com/api/v1/time");
    assert!(Client::builder(HashKey::global()).sandbox().build().is_err());
}

#[test]
fn what_is_signed_is_what_is_sent() {
    let list = Raw::<HashKey>::delete("/api/v1/spot/cancelOrderByIds").signed().param("ids", "1,2");
    let list = client().send(list).prepare().unwrap();
    assert_eq!(
        unsigned(&list),
        ("/api/v1/spot/cancelOrderByIds?ids=1,2&recvWindow=5000&timestamp=1538323200000", None)
    );
    let remark = GetWithdrawOrders::new().remark("rent & é=1");
    let remark = client().send(remark).prepare().unwrap();
    let target = "/api/v1/account/withdrawOrders?remark=rent%20%26%20%C3%A9%3D1&recvWindow=5000&timestamp=1538323200000";
    assert_eq!(unsigned(&remark), (target, None));
    assert_eq!(remark.string_to_sign.as_deref(), target.split_once('?').map(|(_, query)| query));
}

const ORDER: &str = "BTCUSDT";

fn order() -> CreateOrder {
    CreateOrder::limit(ORDER, Side::Buy, number::<Qty>("0.010"), number::<Price>("85000.10"))
}

/// A request with its verb, target and body, without what the signature adds to the two.
type Case = (Box<dyn AnyRequest>, &'static str, &'static str, Option<&'static str>);

#[test]
fn every_request_goes_out_as_documented() {
    let batch = BatchOrders::new(vec![
        order().new_client_order_id("a,1").time_in_force(TimeInForce::Ioc),
        CreateOrder::market_by_amount(ORDER, Side::Sell, number::<Amount>("100")),
    ]);
    let cases: Vec<Case> = vec![
        (
            Box::new(order().new_client_order_id("a,1").stp_mode(StpMode::ExpireMaker)),
            "POST",
            "/api/v1.1/spot/order",
            Some(
                "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.010&price=85000.10&newClientOrderId=a,1&stpMode=EXPIRE_MAKER&recvWindow=5000&timestamp=1538323200000",
            ),
        ),
        (
            Box::new(CreateOrder::limit_maker(ORDER, Side::Sell, number::<Qty>("1"), number::<Price>("2"))),
            "POST",
            "/api/v1.1/spot/order",
            Some(
                "symbol=BTCUSDT&side=SELL&type=LIMIT_MAKER&quantity=1&price=2&recvWindow=5000&timestamp=1538323200000",
            ),
        ),
        (
            Box::new(CreateOrder::market(ORDER, Side::Sell, number::<Qty>("1")).recv_window(900u32)),
            "POST",
            "/api/v1.1/spot/order",
            Some("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=1&recvWindow=900&timestamp=1538323200000"),
        ),
        (
            Box::new(batch),
            "POST",
            "/api/v1.1/spot/batchOrders?recvWindow=5000&timestamp=1538323200000",
            Some(
                r#"[{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","quantity":"0.010","price":"85000.10","newClientOrderId":"a,1","timeInForce":"IOC"},{"symbol":"BTCUSDT","side":"SELL","type":"MARKET","amount":"100"}]"#,
            ),
        ),
        (
            Box::new(CancelAllOpenOrders::new().side(Side::Buy).limit(200u32)),
            "DELETE",
            "/api/v1/spot/cancelAllOpenOrders?side=BUY&limit=200&recvWindow=5000&timestamp=1538323200000",
            None,
        ),
        (
            Box::new(CancelAllOpenOrdersOfSymbol::new(ORDER).from_order_id("9")),
            "DELETE",
            "/api/v1/spot/cancelAllOpenOrders?symbol=BTCUSDT&fromOrderId=9&recvWindow=5000&timestamp=1538323200000",
            None,
        ),
        (
            Box::new(
                GetWithdrawOrders::new().coin("ETH").start_time(Millis::new(1)).end_time(Millis::new(2)),
            ),
            "GET",
            "/api/v1/account/withdrawOrders?coin=ETH&startTime=1&endTime=2&recvWindow=5000&timestamp=1538323200000",
            None,
        ),
        (
            Box::new(GetExchangeInfo::new().symbol(ORDER).site(Site::Uae)),
            "GET",
            "/api/v1/exchangeInfo?symbol=BTCUSDT&site=UAE",
            None,
        ),
        (Box::new(GetServerTime::new()), "GET", "/api/v1/time", None),
        (
            Box::new(CreateListenKey::new()),
            "POST",
            "/api/v1/userDataStream",
            Some("recvWindow=5000&timestamp=1538323200000"),
        ),
        (
            Box::new(ResetListenKey::new("key")),
            "PUT",
            "/api/v1/userDataStream",
            Some("listenKey=key&recvWindow=5000&timestamp=1538323200000"),
        ),
        (
            Box::new(DeleteListenKey::new("key")),
            "DELETE",
            "/api/v1/userDataStream?listenKey=key&recvWindow=5000&timestamp=1538323200000",
            None,
        ),
    ];
    let client = client();
    for (request, method, target, body) in &cases {
        let prepared = client.erased().prepare(&**request, &[], &[]).unwrap();
        assert_eq!((prepared.method.as_str(), unsigned(&prepared)), (*method, (*target, *body)));
        let is_signed = request.spec().auth == venue_core::Auth::Signed;
        let form = body.filter(|body| !body.starts_with('['));
        let expected = form.or(target.split_once('?').map(|(_, query)| query)).filter(|_| is_signed);
        assert_eq!(prepared.string_to_sign.as_deref(), expected, "{target}");
        assert_eq!(header(&prepared, "X-HK-APIKEY"), is_signed.then_some(KEY));
        let kind = match (body, form) {
            (_, Some(_)) => Some("application/x-www-form-urlencoded;charset=UTF-8"),
            (Some(_), None) => Some("application/json"),
            (None, None) => None,
        };
        assert_eq!(header(&prepared, "Content-Type"), kind, "{target}");
    }
    for operation in ENDPOINTS {
        assert!(cases.iter().any(|(request, ..)| request.name() == operation.name), "{}", operation.name);
    }
}

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let client = client();
    let refused = |request: &dyn AnyRequest| {
        let error = client.erased().prepare(request, &[], &[]).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
        error.message().to_owned()
    };
    let market = CreateOrder::market(ORDER, Side::Buy, number::<Qty>("1"));
    let amount: Amount = number("5");
    assert!(client.send(order().new_client_order_id("é".repeat(255))).prepare().is_ok());
    refused(&order().new_client_order_id("x".repeat(256)));
    refused(&order().new_client_order_id(""));
    refused(&order().amount(amount.clone()));
    refused(&market.clone().amount(amount));
    refused(&market.clone().time_in_force(TimeInForce::Gtc));
    refused(&market.time_in_force(TimeInForce::Fok));
    for (json, words) in [
        (r#"{"symbol":"B","side":"BUY","type":"LIMIT","price":"1"}"#, "quantity is required for LIMIT"),
        (
            r#"{"symbol":"B","side":"BUY","type":"LIMIT_MAKER","quantity":"1"}"#,
            "price is required for LIMIT_MAKER",
        ),
        (r#"{"symbol":"B","side":"BUY","type":"MARKET"}"#, "MARKET takes exactly one of quantity and amount"),
    ] {
        let request = CreateOrder::take_from(&mut Source::parse(json).unwrap()).unwrap();
        assert_eq!(refused(&request), words);
    }
    refused(&BatchOrders::new(vec![]));
    refused(&BatchOrders::new(vec![order(); 21]));
    assert!(client.send(BatchOrders::new(vec![order(); 20])).prepare().is_ok());
    let odd = CreateOrder::market("ETHUSDT", Side::Buy, number::<Qty>("1"));
    assert_eq!(refused(&BatchOrders::new(vec![order(), odd])), "orders[1]: a batch is for one symbol");
    assert_eq!(
        refused(&BatchOrders::new(vec![order().recv_window(1u32)])),
        "orders[0]: recvWindow belongs to the batch"
    );
    refused(&GetWithdrawOrders::new().limit(1001u32));
    refused(&GetWithdrawOrders::new().memo("with-dash"));
    refused(&CancelAllOpenOrders::new().limit(201u32));
    refused(&CancelAllOpenOrders::new().from_order_id(""));
    refused(&ResetListenKey::new(""));
    refused(&DeleteListenKey::new(""));
}

#[test]
fn cancelling_every_pair_is_never_the_absence_of_a_symbol() {
    assert!(CancelAllOpenOrdersOfSymbol::take_from(&mut Source::parse("{}").unwrap()).is_err());
    assert!(client().send(CancelAllOpenOrdersOfSymbol::new("")).prepare().is_err());
    let mut source = Source::parse(r#"{"symbol":"BTCUSDT"}"#).unwrap();
    assert!(CancelAllOpenOrders::take_from(&mut source).is_ok());
    assert_eq!(source.finish().unwrap_err().to_string(), "unknown parameter: symbol");
    for operation in ENDPOINTS {
        assert_eq!(operation.spec.sweeping, operation.name.starts_with("CancelAll"), "{}", operation.name);
    }
}

#[test]
fn a_batch_is_built_from_its_bare_list() {
    let list = r#"[{"symbol":"B","side":"BUY","type":"MARKET","quantity":0.10}]"#;
    let mut request = BatchOrders::take_from(&mut Source::of_list("orders", list)).unwrap();
    let mut slots = 0;
    venue_core::Endpoint::client_order_ids(&mut request, &mut |slot| {
        slots += 1;
        *slot = Some(ClientOrderId::from("x"));
    });
    assert_eq!(slots, 1);
    let prepared = client().send(request).prepare().unwrap();
    assert_eq!(
        prepared.body.as_deref(),
        Some(r#"[{"symbol":"B","side":"BUY","type":"MARKET","quantity":"0.10","newClientOrderId":"x"}]"#)
    );
}

fn operation(name: &str) -> &'static Operation {
    ENDPOINTS.iter().find(|operation| operation.name == name).unwrap()
}

fn decode(name: &str, status: u16, body: &str) -> Decoded {
    operation(name).decode_body(&HashKey::new(), status, body.to_owned())
}

fn typed<T: serde::de::DeserializeOwned>(name: &str, body: &str) -> T {
    let decoded = decode(name, 200, body);
    assert!(decoded.error.is_none(), "{:?}", decoded.error);
    assert!(decoded.bad_rows.is_empty(), "{:?}", decoded.bad_rows);
    serde_json::from_str(&decoded.value.unwrap()).unwrap()
}

#[derive(Deserialize)]
struct Documentation<'a> {
    #[serde(borrow)]
    endpoints: Vec<Documented<'a>>,
}

#[derive(Deserialize)]
struct Documented<'a> {
    method: &'a str,
    path: &'a str,
    #[serde(borrow)]
    example: Option<&'a RawValue>,
}

#[test]
fn documented_answers_are_read_to_the_last_key() {
    let text = include_str!("../../sim/data/hashkey.json");
    let documentation: Documentation<'_> = serde_json::from_str(text).unwrap();
    for operation in ENDPOINTS {
        let found = documentation.endpoints.iter().find(|documented| {
            (documented.method, documented.path) == (operation.spec.verb(), operation.spec.path)
        });
        let example = found.unwrap().example.unwrap().get();
        let decoded = decode(operation.name, 200, example);
        assert!(decoded.error.is_none(), "{}: {:?}", operation.name, decoded.error);
        assert!(decoded.unmapped.is_empty(), "{}: {:?}", operation.name, decoded.unmapped);
        assert!(decoded.bad_rows.is_empty(), "{}: {:?}", operation.name, decoded.bad_rows);
        let again = decode(operation.name, 200, decoded.value.as_deref().unwrap());
        assert_eq!(again.value, decoded.value, "{}", operation.name);
        assert!(again.unmapped.is_empty());
    }
}

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
        assert_eq!(ack.result[1].accepted().unwrap_err().message(), "Invalid price (code 0207)");
    }
    let error = decode("BatchOrders", 200, r#"{"code":"-2022","msg":"Order batch size exceeds the limit"}"#);
    assert_eq!(error.error.unwrap().code(), Some("-2022"));
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
fn the_clock_reads_the_body() {
    let read = HashKey::new().clock().unwrap().read.unwrap();
    assert_eq!(read(r#"{"serverTime":1764229341307}"#), Some(Millis::new(1_764_229_341_307)));
    assert_eq!(read(r#"{"serverTime":"1764229341307"}"#), Some(Millis::new(1_764_229_341_307)));
    assert_eq!(read("<html>"), None);
}

#[test]
fn the_error_table_is_sorted() {
    let codes = HashKey::new().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    assert!(codes.windows(2).all(|pair| pair[0].code < pair[1].code || !pair[0].when.is_empty()));
}

#[test]
fn an_erased_client_prepares_the_same() {
    let typed = client();
    let any: &AnyClient = typed.erased();
    let request = GetExchangeInfo::new().symbol("BTCUSDT");
    assert_eq!(any.prepare(&request, &[], &[]).unwrap(), typed.send(request).prepare().unwrap());
}
