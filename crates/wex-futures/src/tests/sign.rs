//! Signatures, headers and encodings.

use std::borrow::Cow;

use venue_core::{Clock, Credentials, Kind, Millis, Outcome, Param, Place, Raw, Style, Value, Venue};

use super::{FORM, JSON, KEY, client, client_of, header, order, signed};
use crate::rest::*;
use crate::*;

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
fn the_clock_is_read_from_a_light_answer() {
    let call = WexFutures::coin_m().clock().unwrap();
    assert_eq!((call.spec.path, call.read.is_none()), ("/future/public/client", true));
}

#[test]
fn an_erased_client_prepares_the_same() {
    let client = client();
    assert_eq!(client.erased().prepare(&order(), &[], &[]).unwrap(), client.send(order()).prepare().unwrap());
}
