//! What is signed, what is sent with it, and what the venue value sets.

use venue_core::{AnyClient, Millis, Raw, Venue};

use super::*;

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

/// What a signed request carries, be it without a body.
fn signed_headers(key: &str) -> [(String, String); 2] {
    [(key, KEY), ("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
}

#[test]
fn the_documented_signatures_verify() {
    let in_query = client().send(documented(Raw::post("/api/v1/spot/order").query())).prepare().unwrap();
    assert_eq!(
        in_query.url,
        format!("https://api-pro.hashkey.com/api/v1/spot/order?{ALL}&signature={WHOLE}")
    );
    assert_eq!((in_query.body.as_deref(), in_query.string_to_sign.as_deref()), (None, Some(ALL)));
    assert_eq!(in_query.headers, signed_headers("X-HK-APIKEY"));

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
    assert_eq!(prepared.headers, signed_headers("X-APIKEY"));
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

#[test]
fn the_clock_reads_the_body() {
    let read = HashKey::new().clock().unwrap().read.unwrap();
    assert_eq!(read(r#"{"serverTime":1764229341307}"#), Some(Millis::new(1_764_229_341_307)));
    assert_eq!(read(r#"{"serverTime":"1764229341307"}"#), Some(Millis::new(1_764_229_341_307)));
    assert_eq!(read("<html>"), None);
}

#[test]
fn an_erased_client_prepares_the_same() {
    let typed = client();
    let any: &AnyClient = typed.erased();
    let request = GetExchangeInfo::new().symbol("BTCUSDT");
    assert_eq!(any.prepare(&request, &[], &[]).unwrap(), typed.send(request).prepare().unwrap());
}

#[test]
fn a_public_request_carries_no_header() {
    let prepared = client().send(GetServerTime::new()).prepare().unwrap();
    assert_eq!((prepared.headers, prepared.body), (vec![], None));
    assert_eq!(prepared.url, "https://api-pro.hashkey.com/api/v1/time");
}

#[test]
fn a_site_is_added_to_market_data_alone_and_only_once() {
    let client = client_of(HashKey::new().site(Site::Mena));
    let url = |prepared: Prepared| {
        prepared.url.strip_prefix("https://api-pro.hashkey.com").map(str::to_owned).unwrap()
    };
    assert_eq!(url(client.send(GetExchangeInfo::new()).prepare().unwrap()), "/api/v1/exchangeInfo?site=MENA");
    assert_eq!(
        url(client.send(GetExchangeInfo::new().site(Site::Uae)).prepare().unwrap()),
        "/api/v1/exchangeInfo?site=UAE"
    );
    assert_eq!(url(client.send(GetDepth::new("A")).prepare().unwrap()), "/quote/v1/depth?symbol=A&site=MENA");
    assert_eq!(url(client.send(Ping::new()).prepare().unwrap()), "/api/v1/ping");
    assert_eq!(url(client.send(GetCoinInfo::new("A")).prepare().unwrap()), "/api/v1/coinInfo?coinId=A");
    let signed = client.send(GetOpenOrders::new()).prepare().unwrap();
    assert_eq!(signed.string_to_sign.as_deref(), Some("recvWindow=5000&timestamp=1538323200000"));
    let odd = client_of(HashKey::new().site(Site::Other("a&b".into())));
    assert_eq!(url(odd.send(GetTickerPrice::new()).prepare().unwrap()), "/quote/v1/ticker/price?site=a%26b");
}
