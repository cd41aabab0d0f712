//! Signature vectors, error table, decodes and traps.

use venue_core::{AnyClient, Clock, Credentials, Kind, Millis, Outcome, Raw, Request, Source, Venue};

use crate::rest::*;
use crate::*;

/// The documentation's demo credentials ("Signature").
fn client() -> Client {
    Client::builder(BitMart::new())
        .credentials(
            Credentials::new(
                "80618e45710812162b04892c7ee5ead4a3cc3e56",
                "6c6c98544461bbe71db2bca4c6d7fd0021e0ba9efc215f9c6ad41852df9d9df9",
            )
            .memo("test001"),
        )
        .clock(Clock::fixed(Millis::new(1_589_793_796_145)))
        .build()
        .unwrap()
}

fn header<'a>(prepared: &'a venue_core::Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[test]
fn the_documented_signature_verifies() {
    let request = Raw::<BitMart>::post("/spot/v1/test-post")
        .signed()
        .param("symbol", "BTC_USDT")
        .param("price", "8600")
        .param("count", "100");
    let prepared = client().send(request).prepare().unwrap();
    assert_eq!(prepared.url, "https://api-cloud-v2.bitmart.com/spot/v1/test-post");
    assert_eq!(prepared.body.as_deref(), Some(r#"{"symbol":"BTC_USDT","price":"8600","count":"100"}"#));
    assert_eq!(
        prepared.string_to_sign.as_deref(),
        Some(r#"1589793796145#test001#{"symbol":"BTC_USDT","price":"8600","count":"100"}"#)
    );
    assert_eq!(
        header(&prepared, "X-BM-SIGN"),
        Some("c31dc326bf87f38bfb49a3f8494961abfa291bd549d0d98d9578e87516cee46d")
    );
}

#[test]
fn the_documented_login_verifies() {
    let credentials = Credentials::new(
        "80618e45710812162b04892c7ee5ead4a3cc3e56",
        "6c6c98544461bbe71db2bca4c6d7fd0021e0ba9efc215f9c6ad41852df9d9df9",
    )
    .memo("test001");
    let login = BitMart::new().login(&credentials, Millis::new(1_589_267_764_859)).unwrap().unwrap();
    assert_eq!(login.string_to_sign, "1589267764859#test001#bitmart.WebSocket");
    assert_eq!(
        login.frame,
        r#"{"action":"access","args":["80618e45710812162b04892c7ee5ead4a3cc3e56","1589267764859","3ceeb7e1b8cb165a975e28a2e2dfaca4d30b358873c0351c1a071d8c83314556","web"]}"#
    );
}

#[test]
fn an_order_goes_out_as_documented() {
    let order = SubmitOrder::limit(
        "BTCUSDT",
        Side::BuyOpenLong,
        Contracts::new(10),
        "85000.10".parse::<Price>().unwrap(),
    )
    .leverage("1".parse::<Rate>().unwrap())
    .open_type(OpenType::Isolated)
    .mode(OrderMode::Gtc);
    let prepared = client().send(order).prepare().unwrap();
    assert_eq!(
        prepared.body.as_deref(),
        Some(
            r#"{"symbol":"BTCUSDT","side":1,"size":10,"type":"limit","price":"85000.10","leverage":"1","open_type":"isolated","mode":1}"#
        )
    );
    assert_eq!(header(&prepared, "Content-Type"), Some("application/json"));
    assert_eq!(prepared.method, "POST");
}

#[test]
fn public_and_keyed_requests_carry_no_more_than_they_need() {
    let public = client().send(GetContractDetails::new().symbol("BTCUSDT")).prepare().unwrap();
    assert_eq!(public.url, "https://api-cloud-v2.bitmart.com/contract/public/details?symbol=BTCUSDT");
    assert_eq!((public.headers, public.body, public.string_to_sign), (vec![], None, None));
    let keyed = client().send(GetOpenOrders::new()).prepare().unwrap();
    let key = ("X-BM-KEY".to_owned(), "80618e45710812162b04892c7ee5ead4a3cc3e56".to_owned());
    assert_eq!(keyed.headers, [key]);
}

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let client = client();
    let price: Price = "1".parse().unwrap();
    let order = SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, Contracts::new(1), price);
    for request in [
        order.clone().client_order_id("with-dash"),
        order.clone().client_order_id("x".repeat(33)),
        order.clone().client_order_id(""),
        SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, Contracts::new(0), price),
        SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, "1.5".parse::<Contracts>().unwrap(), price),
    ] {
        let error = client.send(request).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
    }
    assert!(client.send(CancelOrder::new("BTCUSDT", OrderId::from(""))).prepare().is_err());
    assert!(client.send(ListTransfers::new(1u32, 9u32)).prepare().is_err());
    let mut source = Source::parse(r#"{"symbol":"BTCUSDT","side":1,"size":1}"#).unwrap();
    let request = SubmitOrder::take_from(&mut source).unwrap();
    assert_eq!(client.send(request).prepare().unwrap_err().message(), "price is required for a limit order");
}

#[test]
fn cancelling_everything_is_never_the_absence_of_an_id() {
    let mut source = Source::parse(r#"{"symbol":"BTCUSDT"}"#).unwrap();
    let error = CancelOrder::take_from(&mut source).unwrap_err();
    assert_eq!(error.to_string(), "one of order_id, client_order_id is required");
    let all = client().send(CancelAllOrders::new("BTCUSDT")).prepare().unwrap();
    assert_eq!(all.body.as_deref(), Some(r#"{"symbol":"BTCUSDT"}"#));
}

fn decode(name: &str, status: u16, body: &'static str) -> venue_core::Decoded {
    let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
    operation.decode_body(&BitMart::new(), status, body)
}

#[test]
fn odd_answers_read_all_the_same() {
    let number = decode(
        "SubmitOrder",
        200,
        r#"{"code":"1000","data":{"order_id":3000101684062644,"price":"market price"}}"#,
    );
    assert_eq!(number.value.as_deref(), Some(r#"{"order_id":"3000101684062644","price":"market price"}"#));
    let refused =
        decode("SubmitOrder", 200, r#"{"code":42000,"message":"Insufficient balance","trace":"t-1"}"#);
    let error = refused.error.unwrap();
    assert_eq!(
        (error.kind(), error.outcome(), error.trace()),
        (Kind::InsufficientFunds, Outcome::Rejected, Some("t-1"))
    );
    let gone = decode("SubmitOrder", 404, r#"{"msg":"Not found","code":30000}"#).error.unwrap();
    assert_eq!((gone.kind(), gone.message()), (Kind::InvalidRequest, "Not found"));
    let unknown = decode("SubmitOrder", 400, r#"{"code":49999,"message":"new"}"#).error.unwrap();
    assert_eq!((unknown.kind(), unknown.outcome()), (Kind::Unrecognized, Outcome::Unknown));
    let system = decode("SubmitOrder", 400, r#"{"code":40012,"message":"System error"}"#).error.unwrap();
    assert_eq!(system.outcome(), Outcome::Unknown);
    let symbol = decode("SubmitOrder", 400, r#"{"code":40012,"message":"SYMBOL_NOT_EXIST"}"#).error.unwrap();
    assert_eq!((symbol.kind(), symbol.outcome()), (Kind::UnknownSymbol, Outcome::Rejected));
}

#[test]
fn the_error_table_is_sorted() {
    let codes = BitMart::new().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
}

#[test]
fn an_erased_client_prepares_the_same() {
    let typed = client();
    let any: &AnyClient = typed.erased();
    let request = GetContractDetails::new().symbol("BTCUSDT");
    assert_eq!(any.prepare(&request, &[], &[]).unwrap(), typed.send(request).prepare().unwrap());
}
