//! Signature vectors and requests as sent, answers, rules, traps; and what all of them use.

mod decode;
mod documented;
mod feed;
mod instrument;
mod rules;
mod sent;
mod sign;
mod traps;

use std::time::Duration;

use venue_core::serde::de::DeserializeOwned;
use venue_core::{
    AnyRequest, Decoded, Endpoint, Operation, Outcome, Paged as _, Prepared, Request as _, Source, Venue as _,
};

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
    operation(name).decode_body(&Pumpkin::new(), status, body.into())
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

fn snapshot(request: &dyn AnyRequest) -> Prepared {
    client().erased().prepare(request, &[], &[]).unwrap()
}

fn operation(name: &str) -> &'static Operation {
    ENDPOINTS.iter().find(|operation| operation.name == name).unwrap()
}

fn refused(request: &dyn AnyRequest, words: &str) {
    let error = client().erased().prepare(request, &[], &[]).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
    assert!(error.message().contains(words), "{}: {}", request.name(), error.message());
}

/// What a success of an endpoint by this name carries, as its type.
fn typed<T: DeserializeOwned>(name: &str, data: &str) -> T {
    let decoded = decode(name, 200, format!(r#"{{"code":0,"data":{data}}}"#));
    assert!(decoded.unmapped.is_empty() && decoded.bad_rows.is_empty(), "{name}: {decoded:?}");
    serde_json::from_str(&decoded.value.unwrap_or_else(|| panic!("{name}: {:?}", decoded.error))).unwrap()
}

fn batch() -> CreateOrderBatch {
    let (side, position) = (OrderSide::Buy, PositionSide::Long);
    let order = BatchOrder::limit("btc_usdt", side, position, Contracts::new(1), price("45000.00"))
        .position_id("0")
        .client_order_id("myOrder_123456789");
    CreateOrderBatch::new([order.into(), BatchCancel::new("203530723141917063", "btc_usdt").into()])
}
