//! What goes out, what is read, and which rules hold.

mod decode;
mod feed;
mod instrument;
mod rules;
mod sign;
mod snapshots;
mod traps;

use venue_core::{Clock, Credentials, Decoded, Millis, Prepared};

use crate::rest::*;
use crate::*;

const KEY: &str = "3976eb88-76d0-4f6e-a6b2-a57980770085";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// The demo key pair that the documentation prints for spot.
fn client_of(venue: WexFutures) -> Client {
    Client::builder(venue)
        .credentials(Credentials::new(KEY, "bc6630d0231fda5cd98794f52c4998659beda290"))
        .clock(Clock::fixed(Millis::new(1_641_446_237_201)))
        .build()
        .unwrap()
}

fn client() -> Client {
    client_of(WexFutures::usdt_m())
}

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The signed text of a request, from the path on.
fn signed(prepared: &Prepared) -> &str {
    const HEAD: &str =
        "validate-appkey=3976eb88-76d0-4f6e-a6b2-a57980770085&validate-timestamp=1641446237201";
    prepared.string_to_sign.as_deref().unwrap().strip_prefix(HEAD).unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn order() -> CreateOrder {
    CreateOrder::limit("btc_usdt", OrderSide::Buy, PositionSide::Long, Contracts::new(1), price("50000"))
}

fn decode(name: &str, status: u16, body: impl Into<String>) -> Decoded {
    let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
    operation.decode_body(&WexFutures::usdt_m(), status, body.into())
}

/// A success with this payload, in the envelope as it is sent.
fn success(name: &str, result: &str) -> Decoded {
    decode(name, 200, format!(r#"{{"returnCode":0,"msgInfo":"success","error":null,"result":{result}}}"#))
}

/// The documentation, transcribed by somebody else.
mod documented {
    use serde::Deserialize;
    use serde_json::value::RawValue;

    #[derive(Deserialize)]
    pub(super) struct Data {
        pub(super) endpoints: Vec<Row>,
    }

    #[derive(Deserialize)]
    pub(super) struct Row {
        pub(super) method: String,
        pub(super) path: String,
        pub(super) section: String,
        pub(super) auth: String,
        pub(super) placement: String,
        pub(super) params: Vec<Param>,
        pub(super) limits: Vec<Limit>,
        pub(super) example: Box<RawValue>,
    }

    #[derive(Deserialize)]
    pub(super) struct Param {
        pub(super) name: String,
        #[serde(rename = "in")]
        pub(super) place: String,
        pub(super) required: bool,
    }

    #[derive(Deserialize)]
    pub(super) struct Limit {
        pub(super) count: u32,
        pub(super) window_ms: u64,
        pub(super) per: String,
        pub(super) assumed: bool,
    }

    pub(super) fn rows() -> Vec<Row> {
        let data: Data = serde_json::from_str(include_str!("../../sim/data/wex-futures.json")).unwrap();
        data.endpoints
    }
}
