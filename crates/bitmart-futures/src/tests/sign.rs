//! Signatures: the documented vectors, and what each level of access sends.

use venue_core::{AnyClient, Millis, Prepared, Raw, Venue};

use super::{client, credentials};
use crate::BitMart;
use crate::rest::{GetContractDetails, GetOpenOrders, SubmitOrder};
use crate::{Contracts, Credentials, Kind, Outcome, Side};

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
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
    let login = BitMart::new().login(&credentials(), Millis::new(1_589_267_764_859)).unwrap().unwrap();
    assert_eq!(login.string_to_sign, "1589267764859#test001#bitmart.WebSocket");
    assert_eq!(
        login.frame,
        r#"{"action":"access","args":["80618e45710812162b04892c7ee5ead4a3cc3e56","1589267764859","3ceeb7e1b8cb165a975e28a2e2dfaca4d30b358873c0351c1a071d8c83314556","web"]}"#
    );
}

#[test]
fn each_level_of_access_sends_no_more_than_it_needs() {
    let public = client().send(GetContractDetails::new().symbol("BTCUSDT")).prepare().unwrap();
    assert_eq!((public.headers, public.body, public.string_to_sign), (vec![], None, None));
    let keyed = client().send(GetOpenOrders::new()).prepare().unwrap();
    assert_eq!(keyed.headers, [("X-BM-KEY".to_owned(), credentials().key().to_owned())]);
    assert_eq!(keyed.string_to_sign, None);
    let order = SubmitOrder::market("BTCUSDT", Side::BUY, Contracts::new(1));
    let signed = client().send(order).prepare().unwrap();
    for (name, value) in [
        ("X-BM-KEY", credentials().key()),
        ("X-BM-TIMESTAMP", "1589793796145"),
        ("Content-Type", "application/json"),
    ] {
        assert_eq!(header(&signed, name), Some(value));
    }
    assert_eq!(header(&signed, "X-BM-SIGN").map(str::len), Some(64));
}

#[test]
fn without_its_credentials_nothing_is_sent() {
    let order = || SubmitOrder::market("BTCUSDT", Side::BUY, Contracts::new(1));
    let none = crate::Client::builder(BitMart::new()).build().unwrap();
    let no_memo = none.with_credentials(Credentials::new("key", "secret"));
    for client in [&none, &no_memo] {
        let error = client.send(order()).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::NotSent));
    }
    assert!(none.send(GetOpenOrders::new()).prepare().is_err());
    assert!(no_memo.send(GetOpenOrders::new()).prepare().is_ok());
}

#[test]
fn an_erased_client_prepares_the_same() {
    let typed = client();
    let any: &AnyClient = typed.erased();
    let request = GetContractDetails::new().symbol("BTCUSDT");
    assert_eq!(any.prepare(&request, &[], &[]).unwrap(), typed.send(request).prepare().unwrap());
}
