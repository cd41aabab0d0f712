//! Claims about the venue, a file a subject; here is what they share.

mod documented;
mod feed;
mod instrument;
mod paging;
mod requests;
mod rules;
mod sign;
mod traps;

use venue_core::{Clock, Decoded, Operation, Prepared};

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

const ORDER: &str = "BTCUSDT";

fn order() -> CreateOrder {
    CreateOrder::limit(ORDER, Side::Buy, number::<Qty>("0.010"), number::<Price>("85000.10"))
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
