//! Pumpkin: HMAC over the query or the form exactly as received; no timestamp; `{code, msg}` with HTTP 200.

use http::Method;

use crate::json::quote;
use crate::refusal::{Refusal, Row, Said, Why, field, own, row};
use crate::rules::{Case, Rules, Scene, known, matches};
use crate::sign;

pub(super) const RULES: Rules = Rules {
    verify,
    table: |_| TABLE,
    own: OWN,
    envelope,
    mixes: false,
    forms: false,
    time: Some(("/v2/public/time", "data")),
    usage: false,
    ban: None,
};

const FORMAT: &str = "Invalid auth content / behavior / format";
const KEY: &str = "Invalid API key, account info, or identity details";
const LEVERAGE: &str = "order_leverage_not_match_position_leverage";

// What no other venue objects to.
own! {
    SYMBOL_NOT_ALLOWED = 200, "467", "symbol-not-in-allowed";
    LEVERAGE_MISMATCH = 200, "-1", LEVERAGE;
}

const TABLE: &[Row] = &[
    row(Why::UnknownPath, 404, "404", "Not Found"),
    row(Why::WrongMethod, 405, "405", "Method Not Allowed"),
    row(Why::KeyMissing, 200, "1", FORMAT),
    row(Why::KeyUnknown, 200, "-1", KEY),
    row(Why::SignatureMissing, 200, "1", "sign-error"),
    row(Why::SignatureWrong, 200, "1", "sign-error"),
    row(Why::ContentType, 200, "1", FORMAT),
    row(Why::BodyMalformed, 200, "1", FORMAT),
    // The user's weight is used up; the other one is the address's.
    row(Why::RateLimited, 439, "439", "Rate limit exceeded (more fine-grained)"),
    row(Why::Banned, 429, "429", "ip_high_frequency"),
    // The documentation names no other failure of business than the one above: these words are ours.
    row(Why::UnknownSymbol, 200, "-1", "invalid_symbol"),
    row(Why::UnknownOrderId, 200, "-1", "invalid_order"),
    row(Why::UnknownOrder, 200, "-1", "invalid_order"),
    row(Why::OrderFinished, 200, "-1", "invalid_state"),
    row(Why::OwnIdTaken, 200, "-1", "duplicate_client_order_id"),
    field(Why::OutOfRange, "price", 200, "-1", "invalid_price"),
    field(Why::OutOfRange, "origQty", 200, "-1", "invalid_quantity"),
    row(Why::OutOfRange, 200, "-1", "invalid_param"),
    row(Why::MarginShort, 200, "-1", "insufficient_balance"),
    row(Why::LeverageHigh, 200, "-1", "invalid_leverage"),
    row(Why::LeverageLow, 200, "-1", "invalid_leverage"),
    row(Why::PositionMissing, 200, "-1", "invalid_position"),
    row(Why::PositionShort, 200, "-1", "more_than_available"),
    row(Why::TooManyPlans, 200, "-1", "too_many_orders"),
    row(Why::NotAllowed, 200, "-1", "invalid_state"),
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

/// A failure of business has its own code beside the envelope's; only one such code is documented.
fn envelope(said: &Said, _: &Scene<'_>) -> String {
    let (code, msg) = (said.code, quote(&said.message));
    match (code, said.message.as_str()) {
        ("-1", LEVERAGE) => format!(r#"{{"code":-1,"msg":{msg},"data":null,"bizCode":"1000"}}"#),
        ("-1", words) if words != KEY => format!(r#"{{"code":-1,"msg":{msg},"data":null,"bizCode":null}}"#),
        ("429", _) => {
            let data = r#"{"type":"ip","current":120,"limit":100,"reset":3600}"#;
            format!(r#"{{"code":429,"msg":{msg},"data":{data}}}"#)
        }
        _ => format!(r#"{{"code":{code},"msg":{msg}}}"#),
    }
}
