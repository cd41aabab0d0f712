//! Requests as they go out, answers as they come in, rules, traps.

mod decode;
mod documented;
mod feed;
mod instrument;
mod rules;
mod sign;
mod traps;

use venue_core::{Clock, Credentials, Decoded, Endpoint, Kind, Millis, Outcome, Prepared};

use crate::rest::*;
use crate::*;

const NOW: i64 = 1_724_916_869_475;

/// The documentation gives a signature without its secret, so that all signatures here were computed from
/// the documented rule, apart from this code and with a secret made up for it.
fn client() -> Client {
    Client::builder(Hibt::new())
        .credentials(Credentials::new("hibt-test-key", "hibt-test-secret"))
        .clock(Clock::fixed(Millis::new(NOW)))
        .build()
        .unwrap()
}

fn prepare<E: Endpoint<Venue = Hibt>>(request: E) -> Prepared {
    client().send(request).prepare().unwrap()
}

fn decode(name: &str, status: u16, body: impl Into<String>) -> Decoded {
    let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
    operation.decode_body(&Hibt::new(), status, body.into())
}

/// A success with this payload.
fn success(name: &str, data: &str) -> Decoded {
    decode(name, 200, format!(r#"{{"msg":"success","code":0,"data":{data}}}"#))
}

/// What the rule is that a request breaks before the wire.
fn refusal<E: Endpoint<Venue = Hibt>>(request: E) -> String {
    let error = client().send(request).prepare().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
    error.message().to_owned()
}

fn qty(text: &str) -> Qty {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

/// The order whose signed text the documentation shows.
fn documented_order() -> OpenOrder {
    OpenOrder::limit("btc_usdt", Side::Buy, qty("0.01"), 10u32, price("2660"))
        .custom_id("11111")
        .take_profit(price("2770"), TriggerType::Index)
        .stop_loss(price("2450"), TriggerType::Index)
}
