//! Signature vectors, what goes out for each request, rules, decodes, errors and traps.

mod decode;
mod documented;
mod feed;
mod instrument;
mod requests;
mod rules;
mod sign;

use venue_core::{
    Auth, Clock, Credentials, Decoded, Kind, Millis, Operation, Outcome, Placement, Prepared, Raw, Replay,
    Request, Source, Venue,
};

use crate::rest::*;
use crate::*;

const KEY: &str = "48f05386-4228-48e1-a69f-c9abd2d8fa52";

/// The key pair and time of the one vector that verifies.
fn client_of(venue: WexSpot) -> Client {
    Client::builder(venue)
        .credentials(Credentials::new(KEY, "8fcffde41cb50b18ce9178424f38d3b688fd0f47"))
        .clock(Clock::fixed(Millis::new(1_692_672_585_907)))
        .build()
        .unwrap()
}

fn client() -> Client {
    client_of(WexSpot::new())
}

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The signed text of a request of the vector's key and time, from the verb on.
fn signed(prepared: &Prepared) -> &str {
    const HEAD: &str = "validate-algorithms=HmacSHA256&validate-appkey=48f05386-4228-48e1-a69f-c9abd2d8fa52&validate-recvwindow=5000&validate-timestamp=1692672585907";
    prepared.string_to_sign.as_deref().unwrap().strip_prefix(HEAD).unwrap()
}

fn decimal<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

fn order() -> SubmitOrder {
    SubmitOrder::limit("btc_usdt", Side::Buy, decimal::<Qty>("2"), decimal::<Price>("39000"))
}

fn operation(name: &str) -> &'static Operation {
    ENDPOINTS.iter().find(|operation| operation.name == name).unwrap()
}

fn decode(name: &str, status: u16, body: impl Into<String>) -> Decoded {
    operation(name).decode_body(&WexSpot::new(), status, body.into())
}
