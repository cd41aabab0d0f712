//! How requests are signed: the documented vectors, and what is claimed of all.

use super::*;

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
fn market_data_is_signed_like_everything_else() {
    assert!(ENDPOINTS.iter().all(|operation| operation.spec.auth == venue_core::Auth::Signed));
    let nobody = Client::builder(Pumpkin::new()).build().unwrap();
    let error = nobody.send(GetServerTime::new()).prepare().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::NotSent));
    let open = nobody.send(Raw::get("/v2/public/time")).prepare().unwrap();
    assert_eq!((header(&open, "X_SIGNATURE"), open.string_to_sign.as_deref()), (None, None));
}

#[test]
fn the_secret_is_no_signature() {
    for operation in ENDPOINTS {
        assert_eq!(operation.spec.auth, venue_core::Auth::Signed);
    }
    let prepared = prepare(GetSymbols::new());
    assert!(prepared.headers.iter().all(|(_, value)| !value.contains("YOUR_SECRET_KEY")));
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
