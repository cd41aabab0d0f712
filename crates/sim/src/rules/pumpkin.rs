//! Pumpkin: HMAC over the query or the form exactly as received; no timestamp; `{code, msg}` with HTTP 200.

use http::Method;

use crate::json::quote;
use crate::refusal::{Refusal, Row, Said, Why, row};
use crate::rules::{Case, Rules, Scene, known, matches};
use crate::sign;

pub(super) const RULES: Rules = Rules {
    verify,
    table: |_| TABLE,
    envelope,
    mixes: false,
    forms: false,
    time: Some(("/v2/public/time", "data")),
    usage: false,
    bans: false,
};

const FORMAT: &str = "Invalid auth content / behavior / format";

const TABLE: &[Row] = &[
    row(Why::UnknownPath, 404, "404", "Not Found"),
    row(Why::WrongMethod, 405, "405", "Method Not Allowed"),
    row(Why::KeyMissing, 200, "1", FORMAT),
    row(Why::KeyUnknown, 200, "-1", "Invalid API key, account info, or identity details"),
    row(Why::SignatureMissing, 200, "1", "sign-error"),
    row(Why::SignatureWrong, 200, "1", "sign-error"),
    row(Why::ContentType, 200, "1", FORMAT),
    row(Why::BodyMalformed, 200, "1", FORMAT),
    row(Why::RateLimited, 429, "429", "ip_high_frequency"),
    row(Why::ParamMissing, 200, "1", FORMAT),
    row(Why::ParamInvalid, 200, "1", FORMAT),
];

fn verify(case: &Case<'_>) -> Result<(), Refusal> {
    if case.is_public() {
        return Ok(());
    }
    let request = case.request;
    let key = case.header("x_access_key", Why::KeyMissing)?;
    let signature = case.header("x_signature", Why::SignatureMissing)?;
    known(case, key)?;
    let text = if request.method == Method::GET { request.query.as_bytes() } else { &request.body };
    matches(signature, &[sign::hex(&case.account.secret, text)])?;
    if !request.body.is_empty() && !request.is_form() {
        return Err(Why::ContentType.into());
    }
    Ok(())
}

fn envelope(said: &Said, _: &Scene<'_>) -> String {
    format!(r#"{{"code":{},"msg":{}}}"#, said.code, quote(&said.message))
}
