//! Hibt: HMAC over all parameters as sorted text, `timestamp` among them; `{msg, code}` with 200 or 400.

use http::Method;

use crate::json::{self, quote};
use crate::refusal::{Refusal, Row, Said, Why, own, row};
use crate::request::{Received, decoded, sorted};
use crate::rules::{Case, Rules, Scene, known, matches, millis};
use crate::sign;

pub(super) const RULES: Rules = Rules {
    verify,
    table: |_| TABLE,
    own: OWN,
    envelope,
    mixes: false,
    forms: false,
    time: Some(("/v2/server/time", "serverTime")),
    usage: false,
    ban: None,
};

/// A timestamp may be this far from the venue's clock, on either side.
const WINDOW_MS: u64 = 300_000;

// What no other venue objects to.
own! {
    TAKE_PROFIT_PRICE = 400, "210004", "Incorrect take-profit price";
    STOP_LOSS_PRICE = 400, "210005", "Incorrect stop-loss price";
    TOO_LONG_AGO = 400, "210007", "Only data from the past 3 months is allowed";
    SPAN_OVER_WEEK = 400, "210008", "Only data within a 7-day range is allowed";
    SPAN_OVER_QUARTER = 400, "210009", "Only data within a 3-month range is allowed";
    END_IN_FUTURE = 400, "210011", "endTime exceeds the current time";
}

/// Parameter errors come with HTTP 400, the others with 200, as has been observed.
const TABLE: &[Row] = &[
    row(Why::UnknownPath, 404, "ERR_NOT_FOUND", ""),
    row(Why::WrongMethod, 404, "ERR_NOT_FOUND", ""),
    row(Why::TimestampOutside, 200, "220002", "Timestamp expired"),
    row(Why::KeyMissing, 200, "220003", "X-ACCESS-KEY not provided"),
    row(Why::SignatureMissing, 200, "220005", "X-SIGNATURE not provided"),
    row(Why::SignatureWrong, 200, "220008", "Signature verification failed"),
    row(Why::KeyUnknown, 200, "210021", "Invalid Access Key"),
    row(Why::RateLimited, 200, "220017", "Too many requests"),
    row(Why::TimestampMissing, 400, "210001", "Invalid parameters"),
    row(Why::TimestampMalformed, 400, "210001", "Invalid parameters"),
    row(Why::ContentType, 400, "210001", "Invalid parameters"),
    row(Why::BodyMalformed, 400, "210001", "Invalid parameters"),
    // Documented so; a live venue has been seen to say 210001.
    row(Why::UnknownSymbol, 400, "210010", "Invalid trading pair"),
    // The one documented code that is about money.
    row(Why::MarginShort, 200, "210117", "Asset balance not found"),
    row(Why::UnknownOrder, 200, "220001", "Data not found"),
    row(Why::UnknownOrderId, 200, "220001", "Data not found"),
    row(Why::OrderFinished, 200, "220001", "Data not found"),
    row(Why::PositionMissing, 200, "220001", "Data not found"),
    row(Why::PositionShort, 400, "210001", "Invalid parameters"),
    row(Why::OwnIdTaken, 400, "210001", "Invalid parameters"),
    row(Why::Precision, 400, "210001", "Invalid parameters"),
    row(Why::OutOfRange, 400, "210001", "Invalid parameters"),
    row(Why::LeverageHigh, 400, "210001", "Invalid parameters"),
    row(Why::LeverageLow, 400, "210001", "Invalid parameters"),
    row(Why::TooManyPlans, 400, "210001", "Invalid parameters"),
    row(Why::NotAllowed, 400, "210001", "Invalid parameters"),
    row(Why::ParamMissing, 400, "210001", "Invalid parameters"),
    row(Why::ParamInvalid, 400, "210001", "Invalid parameters"),
];

fn verify(case: &Case<'_>) -> Result<(), Refusal> {
    if case.is_public() {
        return Ok(());
    }
    let key = case.header("x-access-key", Why::KeyMissing)?;
    let signature = case.header("x-signature", Why::SignatureMissing)?;
    let header = case.header("x-timestamp", Why::TimestampMissing)?;
    known(case, key)?;
    let pairs = parameters(case.request)?;
    let (_, timestamp) = pairs.iter().find(|(name, _)| name == "timestamp").ok_or(Why::TimestampMissing)?;
    if timestamp != header {
        return Err(Why::TimestampMalformed.into());
    }
    if millis(timestamp)?.abs_diff(case.now_ms) > WINDOW_MS {
        return Err(Why::TimestampOutside.into());
    }
    matches(signature, &[sign::hex(&case.account.secret, sorted(pairs).as_bytes())])
}

/// All parameters as they are signed: query values decoded, JSON strings unescaped, other tokens raw.
fn parameters(request: &Received) -> Result<Vec<(String, String)>, Refusal> {
    if request.method == Method::GET {
        return Ok(decoded(&request.query));
    }
    let members = request.text().and_then(json::object).ok_or(Why::BodyMalformed)?;
    Ok(members.into_iter().map(|(name, raw)| (name, plain(raw.get()))).collect())
}

fn plain(raw: &str) -> String {
    serde_json::from_str::<String>(raw).unwrap_or_else(|_| json::compact(raw))
}

fn envelope(said: &Said, _: &Scene<'_>) -> String {
    if said.http == 404 {
        return format!(r#"{{"ErrCode":{},"Args":null}}"#, quote(said.code));
    }
    format!(r#"{{"msg":{},"code":{}}}"#, quote(&said.message), said.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_text_is_rebuilt_from_json() {
        let body = r#"{"type":1,"symbol":"btc_usdt","side":1,"price":"2660","amount":"0.01","leverage":10,
            "isSetSp":true,"spPrice":"2770","isSetSl":true,"slPrice":"2450","triggerType":2,"customID":"11111",
            "timestamp":1724916869475}"#;
        let members = json::object(body).unwrap();
        let text = sorted(members.into_iter().map(|(name, raw)| (name, plain(raw.get()))));
        assert_eq!(
            text,
            "amount=0.01&customID=11111&isSetSl=true&isSetSp=true&leverage=10&price=2660&side=1&slPrice=2450\
             &spPrice=2770&symbol=btc_usdt&timestamp=1724916869475&triggerType=2&type=1"
        );
    }

    #[test]
    fn arrays_are_signed_as_compact_json() {
        assert_eq!(plain(r#"[ {"a": 1.50, "b": "x y"} ]"#), r#"[{"a":1.50,"b":"x y"}]"#);
    }
}
