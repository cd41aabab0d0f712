//! What the crate claims, without a network.

mod decode;
mod documented;
mod feed;
mod instrument;
mod rules;
mod sign;
mod snapshots;
mod traps;

use venue_core::{Clock, Credentials, Decoded, Error, Millis};

use crate::rest::ENDPOINTS;
use crate::{BitMart, Client};

/// The documentation's demo credentials ("Signature").
fn credentials() -> Credentials {
    Credentials::new(
        "80618e45710812162b04892c7ee5ead4a3cc3e56",
        "6c6c98544461bbe71db2bca4c6d7fd0021e0ba9efc215f9c6ad41852df9d9df9",
    )
    .memo("test001")
}

fn client() -> Client {
    Client::builder(BitMart::new())
        .credentials(credentials())
        .clock(Clock::fixed(Millis::new(1_589_793_796_145)))
        .build()
        .unwrap()
}

/// Decodes an answer by the client's own path.
fn decode(name: &str, status: u16, body: &str) -> Decoded {
    let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
    operation.decode_body(&BitMart::new(), status, body.to_owned())
}

/// The value of an answer, which must be a success with nothing left unread.
fn value(name: &str, body: &str) -> String {
    let decoded = decode(name, 200, body);
    assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
    assert!(decoded.unmapped.is_empty(), "{name}: {:?}", decoded.unmapped);
    assert!(decoded.bad_rows.is_empty(), "{name}: {:?}", decoded.bad_rows);
    decoded.value.unwrap()
}

fn refusal(name: &str, status: u16, body: &str) -> Error {
    decode(name, status, body).error.unwrap()
}
