//! WEX futures: HMAC over two headers, path, query and body; the gateway refuses with 400 and 403, the
//! business with `returnCode` 1 and HTTP 200.

use std::time::Duration;

use crate::json::quote;
use crate::limits::Ban;
use crate::refusal::{Refusal, Row, Said, Why, field, own, row};
use crate::rules::{Case, Rules, Scene, known, matches, millis, spring, wex};
use crate::sign::Algorithm;

pub(super) const RULES: Rules = Rules {
    verify,
    table: |_| TABLE,
    own: OWN,
    envelope,
    mixes: true,
    forms: false,
    time: None,
    usage: false,
    ban: Some(LOCK),
};

/// "If the frequency limit is exceeded, the account will be locked for 10 minutes."
const LOCK: Ban = Ban { strikes: 1, lasts: Duration::from_secs(600) };
/// The window when `validate-recvwindow` is absent.
const WINDOW_MS: i64 = 5000;

// What no other venue objects to: triggers on the wrong side of a price.
own! {
    PROFIT_BELOW_ORDER = 200, "trigger_profit_price_less_than_order_delegate_price", "Take-profit trigger price cannot be lower than the order price (Long)";
    PROFIT_ABOVE_ORDER = 200, "trigger_profit_price_more_than_order_delegate_price", "Take-profit trigger price cannot be higher than the order price (Short)";
    STOP_ABOVE_ORDER = 200, "trigger_stop_price_more_than_order_delegate_price", "Stop-loss trigger price cannot be higher than the order price (Long)";
    STOP_BELOW_ORDER = 200, "trigger_stop_price_less_than_order_delegate_price", "Stop-loss trigger price cannot be lower than the order price (Short)";
    PROFIT_AGAINST_ASK = 200, "trigger_profit_price_more_than_sell_one_price", "Take-profit trigger price must be higher than the best ask (long)";
    PROFIT_AGAINST_BID = 200, "trigger_profit_price_less_than_buy_one_price", "Take-profit trigger price must be lower than the best bid (short)";
    STOP_AGAINST_ASK = 200, "trigger_stop_price_more_than_sell_one_price", "Stop-loss trigger price must be lower than the best ask (long)";
    STOP_AGAINST_BID = 200, "trigger_stop_price_less_than_buy_one_price", "Stop-loss trigger price must be higher than the best bid (short)";
    PROFIT_BELOW_ENTRY = 200, "trigger_profit_price_less_than_entry_price", "Take-profit price must be higher than entry price (LONG)";
    PROFIT_BELOW_MARK = 200, "trigger_profit_price_less_than_mark_price", "Take-profit price must be higher than mark price (LONG)";
    PROFIT_ABOVE_ENTRY = 200, "trigger_profit_price_more_than_entry_price", "Take-profit price must be lower than entry price (SHORT)";
    PROFIT_ABOVE_MARK = 200, "trigger_profit_price_more_than_mark_price", "Take-profit price must be lower than mark price (SHORT)";
    STOP_BELOW_ENTRY = 200, "trigger_stop_price_less_than_entry_price", "Stop-loss price must be higher than entry price (SHORT)";
    STOP_BELOW_MARK = 200, "trigger_stop_price_less_than_mark_price", "Stop-loss price must be higher than mark price (SHORT)";
    STOP_ABOVE_ENTRY = 200, "trigger_stop_price_more_than_entry_price", "Stop-loss price must be lower than entry price (LONG)";
    STOP_ABOVE_MARK = 200, "trigger_stop_price_more_than_mark_price", "Stop-loss price must be lower than mark price (LONG)";
}

#[rustfmt::skip]
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
    row(Why::UnknownSymbol, 200, "invalid_symbol", "The trading pair does not exist"),
    // What doesn't exist has another name on nearly every page.
    field(Why::UnknownOrder, "order", 200, "invalid_order", "Order ID does not exist"),
    field(Why::UnknownOrder, "detail", 200, "null", "Order not found"),
    field(Why::UnknownOrder, "plan detail", 200, "invalid_entrust_Id", "Invalid order ID"),
    field(Why::UnknownOrder, "profit", 200, "invalid_entrust", "Profit ID does not exist"),
    field(Why::UnknownOrder, "profit detail", 200, "invalid_profit_id", "Profit ID does not exist"),
    field(Why::UnknownOrder, "track", 200, "invalid_track_entrust", "Tracking order does not exist"),
    field(Why::UnknownOrder, "track detail", 200, "invalid_track_Id", "Tracking order does not exist"),
    row(Why::UnknownOrder, 200, "invalid_params", "Parameter error or order does not exist"),
    row(Why::BatchTooLong, 200, "order_create_size_exceed", "The number of orders in a single batch exceeds the maximum limit (20 orders)"),
    field(Why::Precision, "quantity", 200, "invalid_quantity", "origQty must be an integer"),
    row(Why::Precision, 200, "invalid_quantity_scale", "origQty must be an integer"),
    field(Why::OutOfRange, "origQty", 200, "quantity_can_not_less_than", "Order quantity is below the minimum limit"),
    field(Why::OutOfRange, "price", 200, "invalid_price", "Invalid price setting"),
    field(Why::OutOfRange, "stopPrice", 200, "invalid_stop_price", "Invalid stop price"),
    field(Why::OutOfRange, "activationPrice", 200, "invalid_activation_price", "Invalid activation price"),
    field(Why::OutOfRange, "triggerProfitPrice", 200, "invalid_trigger_profit_price", "Invalid take-profit price setting"),
    field(Why::OutOfRange, "triggerStopPrice", 200, "invalid_trigger_stop_price", "Invalid stop-loss price setting"),
    field(Why::OutOfRange, "callback rate high", 200, "invalid_exceed_max_rate_limit", "Callback ratio exceeds maximum limit"),
    field(Why::OutOfRange, "callback rate low", 200, "invalid_below_min_rate_limit", "Callback ratio below minimum limit"),
    field(Why::OutOfRange, "callback price high", 200, "invalid_exceed_max_price_limit", "Callback ratio exceeds latest transaction price limit"),
    field(Why::OutOfRange, "callback price low", 200, "invalid_exceed_min_price_limit", "Callback ratio below latest transaction price limit"),
    row(Why::OutOfRange, 200, "invalid_params", "Invalid parameters"),
    // Seen on live traffic: no page has a word for it.
    row(Why::MarginShort, 200, "insufficient_balance", "Insufficient balance"),
    row(Why::PositionMissing, 200, "more_than_available", "Exceeds available quantity"),
    row(Why::PositionShort, 200, "more_than_available", "Exceeds available quantity"),
    row(Why::LeverageHigh, 200, "exceed_max_leverage", "Exceeds maximum leverage"),
    field(Why::NotAllowed, "market plan", 200, "market_plan_entrust_must_be_ioc_or_fok", "Market TP/SL order must use IOC or FOK"),
    field(Why::NotAllowed, "span", 200, "invalid_time_in_force", "Invalid time configuration"),
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
        let text = signed(key, timestamp, &request.path, &query, &request.body);
        algorithm.hex(&case.account.secret, &text)
    });
    matches(signature, &expected)
}

/// Method, window and algorithm aren't signed.
fn signed(key: &str, timestamp: &str, path: &str, query: &str, body: &[u8]) -> Vec<u8> {
    wex::signed(format!("validate-appkey={key}&validate-timestamp={timestamp}#{path}"), query, body)
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
