//! `HashKey`: HMAC over query and form as received, without `signature`; `{code, msg}`, codes as text on
//! `/api` and as numbers on `/quote`.

use crate::data::Placement;
use crate::json::quote;
use crate::refusal::{Refusal, Row, Said, Why, field, row};
use crate::request::{Received, decode, pairs};
use crate::rules::{Case, Rules, Scene, known, matches, millis};
use crate::sign;

pub(super) const RULES: Rules = Rules {
    verify,
    table: |path| if is_quote(path) { QUOTE } else { API },
    envelope,
    mixes: true,
    forms: false,
    time: Some(("/api/v1/time", "serverTime")),
    usage: false,
    bans: false,
};

/// How far a timestamp may lie ahead of the venue's clock.
const AHEAD_MS: i64 = 1000;
/// How far it may lie behind, unless `recvWindow` says otherwise.
const BEHIND_MS: i64 = 5000;

const API: &[Row] = &[
    row(Why::UnknownPath, 404, "404", "Not Found"),
    row(Why::WrongMethod, 405, "-1020", "Unsupported operation"),
    row(Why::KeyMissing, 400, "-1002", "Unauthorized operation"),
    row(Why::KeyUnknown, 400, "0102", "Invalid APIKey"),
    row(Why::SignatureMissing, 400, "0001", "Required field signature missing or invalid"),
    row(Why::SignatureWrong, 400, "0001", "Incorrect signature"),
    row(Why::TimestampMissing, 400, "0001", "Required field timestamp missing or invalid"),
    row(Why::TimestampMalformed, 400, "0001", "Required field timestamp missing or invalid"),
    row(Why::TimestampOutside, 400, "-1021", "Timestamp for this request is outside of the recvWindow"),
    row(Why::WindowMalformed, 400, "-1130", "Illegal parameter 'recvWindow'"),
    row(Why::ContentType, 400, "-1004", "Bad request"),
    row(Why::BodyMalformed, 400, "-1004", "Bad request"),
    row(Why::RateLimited, 400, "0003", "Rate limit exceeded"),
    row(Why::ParamMissing, 400, "0001", "Required field %s missing or invalid"),
    field(Why::ParamInvalid, "timeInForce", 400, "-1115", "Invalid timeInForce"),
    field(Why::ParamInvalid, "side", 400, "-1117", "Invalid order side"),
    field(Why::ParamInvalid, "type", 400, "0206", "Unsupported order type"),
    field(Why::ParamInvalid, "price", 400, "-1124", "Invalid price"),
    field(Why::ParamInvalid, "quantity", 400, "-1126", "Invalid quantity"),
    field(Why::ParamInvalid, "newClientOrderId", 400, "-1123", "Invalid client order id"),
    row(Why::ParamInvalid, 400, "-1130", "Illegal parameter '%s'"),
];

/// Market data answers from another system, with its own numbers.
const QUOTE: &[Row] = &[
    row(Why::UnknownPath, 404, "404", ""),
    row(Why::WrongMethod, 405, "405", "Method Not Allowed"),
    row(Why::KeyMissing, 400, "-1002", "Unauthorized operation"),
    row(Why::KeyUnknown, 400, "-1002", "Unauthorized operation"),
    row(Why::SignatureMissing, 400, "-1002", "Unauthorized operation"),
    row(Why::SignatureWrong, 400, "-1002", "Unauthorized operation"),
    row(Why::ContentType, 400, "-1004", "Bad request"),
    row(Why::BodyMalformed, 400, "-1004", "Bad request"),
    row(Why::RateLimited, 400, "-3145", "Please DO NOT submit request too frequently"),
    row(Why::ParamMissing, 400, "-100012", "Parameter %s [String] missing!"),
    row(Why::ParamInvalid, 400, "-100002", "Param %s is invalid."),
];

fn is_quote(path: &str) -> bool {
    path.starts_with("/quote/")
}

fn verify(case: &Case<'_>) -> Result<(), Refusal> {
    if case.is_public() {
        return Ok(());
    }
    let request = case.request;
    // The documentation uses both names.
    let key = request.header("x-hk-apikey").or_else(|| request.header("x-apikey")).ok_or(Why::KeyMissing)?;
    known(case, key)?;
    let form = form(case)?;
    let find = |name: &str| {
        let mut both = pairs(&request.query).chain(pairs(form));
        both.find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| decode(value))
    };
    let signature = find("signature").ok_or(Why::SignatureMissing)?;
    let timestamp = millis(&find("timestamp").ok_or(Why::TimestampMissing)?)?;
    let behind = match find("recvWindow") {
        Some(text) => text.parse().ok().filter(|window| *window > 0).ok_or(Why::WindowMalformed)?,
        None => BEHIND_MS,
    };
    let ahead = timestamp.saturating_sub(case.now_ms);
    if ahead >= AHEAD_MS || ahead.saturating_neg() > behind {
        return Err(Why::TimestampOutside.into());
    }
    let expected = signed(&case.account.secret, &request.query, form);
    // Letters of either case are taken.
    matches(&signature.to_ascii_lowercase(), &[expected])
}

/// The part of the body that is signed: a form is, JSON isn't.
fn form<'a>(case: &'a Case<'_>) -> Result<&'a str, Refusal> {
    let request: &Received = case.request;
    if case.endpoint.placement == Placement::QueryJsonArray || request.is_json() {
        return Ok("");
    }
    request.text().ok_or_else(|| Why::BodyMalformed.into())
}

fn signed(secret: &str, query: &str, form: &str) -> String {
    sign::hex(secret, format!("{}{}", unsigned(query), unsigned(form)).as_bytes())
}

/// The text without its `signature` pair, wherever it stands.
fn unsigned(text: &str) -> String {
    let rest: Vec<&str> = text.split('&').filter(|pair| !pair.starts_with("signature=")).collect();
    rest.join("&")
}

fn envelope(said: &Said, scene: &Scene<'_>) -> String {
    if !is_quote(scene.path) {
        return format!(r#"{{"code":{},"msg":{}}}"#, quote(said.code), quote(&said.message));
    }
    if said.message.is_empty() {
        return format!(r#"{{"code":{}}}"#, said.code);
    }
    format!(r#"{{"code":{},"msg":{}}}"#, said.code, quote(&said.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "lH3ELTNiFxCQTmi9pPcWWikhsjO04Yoqw3euoHUuOLC3GYBW64ZqzQsiOEHXQS76";
    const ALL: &str = "symbol=ETHBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1538323200000";

    #[test]
    fn the_documented_vectors_verify() {
        let whole = "5f2750ad7589d1d40757a55342e621a44037dad23b5128cc70e18ec1d1c3f4c6";
        assert_eq!(signed(SECRET, ALL, ""), whole);
        assert_eq!(signed(SECRET, "", ALL), whole);
        let (query, form) = ALL.split_at(ALL.find("&quantity").unwrap());
        assert_eq!(
            signed(SECRET, query, form.trim_start_matches('&')),
            "885c9e3dd89ccd13408b25e6d54c2330703759d7494bea6dd5a3d1fd16ba3afa"
        );
    }

    #[test]
    fn the_signature_may_stand_anywhere() {
        assert_eq!(unsigned("signature=x&a=1&b=2"), "a=1&b=2");
        assert_eq!(unsigned("a=1&signature=x&b=2"), "a=1&b=2");
        assert_eq!(unsigned("a=1&b=2&signature=x"), "a=1&b=2");
        assert_eq!(unsigned("signature=x"), "");
    }
}
