//! WEX futures: HMAC over two headers, path, query and body; the gateway refuses with 400 and 403, the
//! business with `returnCode` 1 and HTTP 200.

use crate::json::quote;
use crate::refusal::{Refusal, Row, Said, Why, field, row};
use crate::rules::{Case, Rules, Scene, known, matches, millis, spring, wex};
use crate::sign::Algorithm;

pub(super) const RULES: Rules = Rules {
    verify,
    table: |_| TABLE,
    envelope,
    mixes: true,
    forms: false,
    time: None,
    usage: false,
    bans: false,
};

/// The window when `validate-recvwindow` is absent.
const WINDOW_MS: i64 = 5000;

const TABLE: &[Row] = &[
    row(Why::UnknownPath, 404, "404", "Not Found"),
    row(Why::WrongMethod, 405, "405", "Method Not Allowed"),
    row(Why::KeyMissing, 400, "400", "missing validate-appkey"),
    row(Why::TimestampMissing, 400, "400", "missing validate-timestamp"),
    row(Why::TimestampMalformed, 400, "400", "invalid validate-timestamp"),
    row(Why::WindowMalformed, 400, "400", "invalid validate-recvwindow"),
    row(Why::ContentType, 400, "400", "invalid content type"),
    row(Why::KeyUnknown, 403, "403", "appkey unauthorized"),
    row(Why::AlgorithmUnknown, 403, "403", "invalid validate-algorithms"),
    row(Why::SignatureMissing, 403, "403", "invalid signature"),
    row(Why::SignatureWrong, 403, "403", "invalid signature"),
    row(Why::TimestampOutside, 403, "403", "time window expired"),
    row(Why::RateLimited, 429, "TOO_MANY_REQUESTS", "Rate limit exceeded"),
    row(Why::BodyMalformed, 200, "invalid_params", "Invalid parameters"),
    row(Why::ParamMissing, 200, "invalid_params", "Required parameter missing"),
    field(Why::ParamInvalid, "direction", 200, "invalid_direction", "Invalid direction"),
    field(Why::ParamInvalid, "limit", 200, "invalid_limit", "Invalid limit"),
    field(Why::ParamInvalid, "page", 200, "invalid_page", "Invalid page parameter"),
    field(Why::ParamInvalid, "size", 200, "invalid_size", "Invalid size parameter"),
    field(Why::ParamInvalid, "timeInForce", 200, "invalid_time_in_force", "Invalid order time-in-force"),
    row(Why::ParamInvalid, 200, "invalid_params", "Invalid parameters"),
];

fn verify(case: &Case<'_>) -> Result<(), Refusal> {
    if case.is_public() {
        return Ok(());
    }
    let request = case.request;
    let key = case.header("validate-appkey", Why::KeyMissing)?;
    let timestamp = case.header("validate-timestamp", Why::TimestampMissing)?;
    let signature = case.header("validate-signature", Why::SignatureMissing)?;
    // One of the four required headers, on requests without a body too.
    let typed = request.is_json() || (request.is_form() && request.body.is_empty());
    if !typed {
        return Err(Why::ContentType.into());
    }
    let window = match request.header("validate-recvwindow") {
        Some(text) => text.parse().ok().filter(|window| *window >= 0).ok_or(Why::WindowMalformed)?,
        None => WINDOW_MS,
    };
    let algorithm = match request.header("validate-algorithms") {
        Some(name) => Algorithm::named(name).ok_or(Why::AlgorithmUnknown)?,
        None => Algorithm::Sha256,
    };
    known(case, key)?;
    wex::fresh(millis(timestamp)?, case.now_ms, window)?;

    let expected = wex::texts(&request.query).map(|query| {
        algorithm.hex(&case.account.secret, &signed(key, timestamp, &request.path, &query, &request.body))
    });
    matches(signature, &expected)
}

/// An empty query or body is left out together with its `#`; method, window and algorithm aren't signed.
fn signed(key: &str, timestamp: &str, path: &str, query: &str, body: &[u8]) -> Vec<u8> {
    let mut text = format!("validate-appkey={key}&validate-timestamp={timestamp}#{path}").into_bytes();
    for part in [query.as_bytes(), body] {
        if !part.is_empty() {
            text.push(b'#');
            text.extend_from_slice(part);
        }
    }
    text
}

fn envelope(said: &Said, scene: &Scene<'_>) -> String {
    if matches!(said.http, 404 | 405) {
        return spring(said, scene);
    }
    let (code, message) = (quote(said.code), quote(&said.message));
    format!(
        r#"{{"returnCode":1,"msgInfo":"failure","error":{{"code":{code},"msg":{message},"args":[]}},"result":null}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_text_is_rebuilt() {
        let text = signed("++++++", "*****", "/future/user/v1/balance/detail", "coin=btc", b"");
        let documented =
            "validate-appkey=++++++&validate-timestamp=*****#/future/user/v1/balance/detail#coin=btc";
        assert_eq!(text, documented.as_bytes());
    }

    #[test]
    fn without_parameters_nothing_follows_the_path() {
        assert!(
            signed("k", "1", "/future/user/v1/user/listen-key", "", b"")
                .ends_with(b"#/future/user/v1/user/listen-key")
        );
    }
}
