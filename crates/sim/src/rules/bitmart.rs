//! `BitMart`: HMAC over timestamp, memo and body; `{message, code, trace}` with 4xx and 5xx.

use std::time::Duration;

use crate::data::Auth;
use crate::json::quote;
use crate::limits::Ban;
use crate::refusal::{Refusal, Row, Said, Why, field, own, row};
use crate::rules::{Case, Rules, Scene, known, matches, millis};
use crate::sign;

pub(super) const RULES: Rules = Rules {
    verify,
    table: |_| TABLE,
    own: OWN,
    envelope,
    mixes: false,
    forms: false,
    time: None,
    usage: true,
    ban: Some(BAN),
};

/// Documented is that there is a ban; the numbers are ours.
const BAN: Ban = Ban { strikes: 10, lasts: Duration::from_secs(30) };
/// A timestamp may be this far from the venue's clock, on either side.
const WINDOW_MS: u64 = 60_000;

// What no other venue objects to.
own! {
    OWN_ID_ALPHABET = 403, "40048", "ClientOrderId only allows a combination of numbers and letters";
    TRANSFER_PRECISION = 400, "40005", "Transfer vol precision error";
}

const TABLE: &[Row] = &[
    row(Why::UnknownPath, 404, "30000", "Not found"),
    // The documentation knows no 405: a verb that isn't served isn't found.
    row(Why::WrongMethod, 404, "30000", "Not found"),
    row(Why::KeyMissing, 401, "30001", "Header X-BM-KEY is empty"),
    row(Why::KeyUnknown, 401, "30002", "Header X-BM-KEY not found"),
    row(Why::SignatureMissing, 401, "30004", "Header X-BM-SIGN is empty"),
    row(Why::SignatureWrong, 401, "30005", "Header X-BM-SIGN is wrong"),
    row(Why::TimestampMissing, 401, "30006", "Header X-BM-TIMESTAMP is empty"),
    row(Why::TimestampOutside, 401, "30007", "Header X-BM-TIMESTAMP range. Within a minute"),
    row(Why::TimestampMalformed, 401, "30008", "Header X-BM-TIMESTAMP invalid format"),
    row(Why::ContentType, 503, "30018", "Request Body requires JSON format"),
    row(Why::BodyMalformed, 503, "30018", "Request Body requires JSON format"),
    field(Why::ParamInvalid, "step", 400, "40038", "The k-line step is invalid"),
    field(Why::ParamInvalid, "leverage", 400, "40040", "The order leverage is invalid"),
    field(Why::ParamInvalid, "side", 400, "40041", "The order side is invalid"),
    field(Why::ParamInvalid, "type", 400, "40042", "The order type is invalid"),
    field(Why::ParamInvalid, "open_type", 400, "40045", "The order open type is invalid"),
    field(
        Why::ParamInvalid,
        "client_order_id",
        403,
        "40049",
        "The maximum length of clientOrderId cannot exceed 32",
    ),
    row(Why::RateLimited, 429, "30013", "Request too many requests"),
    row(
        Why::Banned,
        418,
        "30017",
        "Your account request is temporarily rejected due to violation of current limiting rules, please \
         contact customer service",
    ),
    row(Why::UnknownSymbol, 400, "40034", "The Symbol is not exist"),
    row(Why::UnknownOrderId, 400, "40037", "The order id is not exist"),
    row(Why::UnknownOrder, 400, "40035", "The order is not exist"),
    row(Why::OrderFinished, 400, "40036", "The order status is invalid"),
    row(Why::OwnIdTaken, 403, "40050", "Client OrderId duplicated with existing orders"),
    row(Why::Precision, 400, "40043", "The order precision is invalid"),
    row(Why::OutOfRange, 400, "40044", "The order range is invalid"),
    row(Why::MarginShort, 400, "40027", "You contract account available balance not enough"),
    row(Why::BalanceShort, 200, "42000", "Insufficient balance"),
    row(Why::LeverageHigh, 400, "40029", "The order's leverage is too large."),
    row(Why::LeverageLow, 400, "40030", "The order's leverage is too small."),
    row(Why::PositionMissing, 400, "40021", "The position is not exsit"),
    row(Why::PositionShort, 400, "40020", "Your position volume is not enough"),
    row(Why::TooManyPlans, 400, "40028", "Your plan order's count is more than system maximum limit."),
    row(Why::TransferTaken, 400, "40003", "out_trade_no already existed"),
    row(Why::NotAllowed, 400, "40011", "Invalid request"),
    row(Why::ParamMissing, 400, "40011", "Invalid request"),
    row(Why::ParamInvalid, 400, "40011", "Invalid request"),
];

fn verify(case: &Case<'_>) -> Result<(), Refusal> {
    let request = case.request;
    if !case.is_public() {
        let key = case.header("x-bm-key", Why::KeyMissing)?;
        known(case, key)?;
        if case.endpoint.auth == Auth::Signed {
            let signature = case.header("x-bm-sign", Why::SignatureMissing)?;
            let timestamp = case.header("x-bm-timestamp", Why::TimestampMissing)?;
            if millis(timestamp)?.abs_diff(case.now_ms) > WINDOW_MS {
                return Err(Why::TimestampOutside.into());
            }
            let memo = case.account.memo.as_deref().unwrap_or_default();
            let payload =
                if request.method == http::Method::POST { &request.body } else { request.query.as_bytes() };
            matches(signature, &[signed(&case.account.secret, timestamp, memo, payload)])?;
        }
    }
    if request.method == http::Method::POST && !request.is_json() {
        return Err(Why::ContentType.into());
    }
    Ok(())
}

fn signed(secret: &str, timestamp: &str, memo: &str, payload: &[u8]) -> String {
    let text = [timestamp.as_bytes(), memo.as_bytes(), payload].join(&b'#');
    sign::hex(secret, &text)
}

fn envelope(said: &Said, scene: &Scene<'_>) -> String {
    let (message, trace) = (quote(&said.message), quote(scene.trace));
    if said.http == 404 {
        // The gateway in front spells it `msg` and has no trace.
        return format!(r#"{{"msg":{message},"code":{}}}"#, said.code);
    }
    format!(r#"{{"message":{message},"code":{},"trace":{trace}}}"#, said.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_vector_verifies() {
        let secret = "6c6c98544461bbe71db2bca4c6d7fd0021e0ba9efc215f9c6ad41852df9d9df9";
        let body = br#"{"symbol":"BTC_USDT","price":"8600","count":"100"}"#;
        assert_eq!(
            signed(secret, "1589793796145", "test001", body),
            "c31dc326bf87f38bfb49a3f8494961abfa291bd549d0d98d9578e87516cee46d"
        );
    }
}
