//! `HashKey`: HMAC over query and form as received, without `signature`; `{code, msg}`, codes as text on
//! `/api` and as numbers on `/quote`.

use crate::check::is_decimal;
use crate::data::{Endpoint, Placement};
use crate::json::quote;
use crate::refusal::{Refusal, Row, Said, Why, field, own, row};
use crate::request::{Received, decode, pairs};
use crate::rules::{Case, Rules, Scene, known, matches, millis};
use crate::sign;

pub(super) const RULES: Rules = Rules {
    verify,
    table,
    own: OWN,
    envelope,
    mixes: true,
    forms: false,
    time: Some(("/api/v1/time", "serverTime")),
    usage: false,
    ban: None,
};

/// How far a timestamp may lie ahead of the venue's clock.
const AHEAD_MS: i64 = 1000;
/// How far it may lie behind, unless `recvWindow` says otherwise.
const BEHIND_MS: i64 = 5000;

const FINISHED: &str = "Order has already been completed (filled, canceled, etc) or does not exist. Please check \
                        the order status to verify";

// What no other venue objects to.
own! {
    ORDER_FILLED = 400, "-1139", "Order has been filled";
    ORDER_CANCELLED = 400, "-1142", "Order has been cancelled";
    // Hong Kong's code, whose hosts these are.
    WOULD_TAKE = 400, "-2010", "Limit maker order rejected: Improper price may cause immediate fill.";
    COMBINATION = 400, "-1014", "Unsupported order combination";
    QTY_AND_AMOUNT = 400, "-1129", "Invalid parameters, quantity and amount are not allowed to be sent at the same time.";
    PRICE_INVALID = 400, "0207", "Invalid price";
    PRICE_PRECISION = 400, "0209", "Invalid price precision";
    PRICE_OUTSIDE = 400, "0210", "Price outside of allowed range";
    PRICE_HIGH = 400, "-1132", "Order price greater than the maximum";
    PRICE_LOW = 400, "-1133", "Order price lower than the minimum";
    QTY_HIGH = 400, "-1135", "Order quantity greater than the maximum";
    QTY_LOW = 400, "-1136", "Order quantity lower than the minimum";
    QTY_PRECISION = 400, "-1137", "Order quantity precision too large";
    BUY_HIGH = 400, "-1201", "Order buy quantity too large";
    BUY_LOW = 400, "-1200", "Order buy quantity too small";
    SELL_HIGH = 400, "-1203", "Order sell quantity too large";
    SELL_LOW = 400, "-1202", "Order sell quantity too small";
    AMOUNT_HIGH = 400, "-1206", "Order amount greater than the maximum";
    AMOUNT_LOW = 400, "-1140", "Order amount lower than the minimum";
    AMOUNT_PRECISION = 400, "-1148", "Order amount precision too large";
    LIST_TOO_LONG = 400, "-2030", "Order batch size exceeds the limit";
    ACCOUNT_FOREIGN = 400, "0104", "accountId is not allowed";
    FROM_ACCOUNT_UNKNOWN = 400, "-1172", "Invalid from account id";
    TO_ACCOUNT_UNKNOWN = 400, "-1173", "Invalid to account id";
    FROM_SUB_ACCOUNT = 400, "-1204", "From account must be a main account";
    TRANSFER_FAILED = 400, "-1161", "Balance transfer failed";
    UNKNOWN_ASSET = 400, "-4001", "Invalid asset";
    DEPOSIT_OFF = 400, "-1170", "Deposit not allowed";
    DEPOSIT_UNKNOWN = 400, "-1212", "The order of deposit does not exist";
    DEPOSIT_DONE = 400, "-1207", "The status of deposit is invalid";
    WITHDRAWAL_OFF = 400, "-1169", "Withdraw not allowed";
    WITHDRAWAL_ZERO = 400, "-1165", "Withdrawal amount cannot be null";
    WITHDRAWAL_LOW = 400, "-1167", "Withdrawal amount less than the minimum";
    WITHDRAWAL_HIGH = 400, "-4019", "The withdraw exceeded the predefined maximum limit, and has been rejected";
    WITHDRAWAL_MALFORMED = 400, "-1168", "Illegal withdrawal amount";
    WITHDRAWAL_TAKEN = 400, "-4013", "Withdraw repeatedly";
    ADDRESS_MALFORMED = 400, "-1163", "Illegal withdrawal address";
    ADDRESS_UNLISTED = 400, "-1171", "Withdrawal address not in whitelist";
    ADDRESS_NEW = 400, "-1182", "The newly whitelisted withdrawal address will take effect in 30 min. Please try it later.";
    RANGE_TOO_WIDE = 400, "-2027", "Exceed maximum time range of 30 days";
    TOO_OLD_MONTH = 400, "-2028", "The search is limited to data within the last one month";
    TOO_OLD_QUARTER = 400, "-2029", "The search is limited to data within the last three months";
    FIAT_TYPE = 400, "-1177", "Invalid fiat order type";
    FIAT_DEPOSIT_STATUS = 400, "-1175", "Invalid fiat deposit status";
    FIAT_WITHDRAW_STATUS = 400, "-1176", "Invalid fiat withdrawal status";
}

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
    row(Why::UnknownSymbol, 400, "0201", "Instrument not found"),
    row(Why::UnknownOrderId, 400, "0211", "Order not found"),
    row(Why::OrderFinished, 400, "0212", FINISHED),
    row(Why::OwnIdTaken, 400, "-1141", "Duplicate order"),
    row(Why::BalanceShort, 400, "0401", "Insufficient asset"),
    row(Why::TooManyOrders, 400, "-2017", "Open orders exceeds the limit of the trading pair"),
    row(Why::BatchTooLong, 400, "-2022", "Order batch size exceeds the limit"),
    // What doesn't fit into the arithmetic.
    row(Why::OutOfRange, 400, "-1004", "Bad request"),
    row(Why::AccountUnknown, 400, "-1160", "Account does not exist"),
    row(Why::SameAccount, 400, "-1174", "Transfer not allowed between the same account"),
    row(Why::TransferTaken, 400, "-1024", "Duplicate request"),
    row(Why::WithdrawalShort, 400, "-4003", "Insufficient Balance"),
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
    row(Why::UnknownSymbol, 400, "-100011", "Not supported symbols"),
    row(Why::ParamMissing, 400, "-100012", "Parameter %s [String] missing!"),
    row(Why::ParamInvalid, 400, "-100002", "Param %s is invalid."),
];

fn table(path: &str) -> &'static [Row] {
    if is_quote(path) { QUOTE } else { API }
}

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
    matches(&signature.to_ascii_lowercase(), &[expected])?;
    particular(case.endpoint, find)
}

/// What some endpoints say of a parameter in words of their own.
fn particular(endpoint: &Endpoint, find: impl Fn(&str) -> Option<String>) -> Result<(), Refusal> {
    let values = |name: &str| {
        endpoint
            .params
            .iter()
            .find(|param| param.name == name)
            .map(|param| &param.values)
            .into_iter()
            .flatten()
    };
    let is_other = |name: &str| find(name).is_some_and(|given| !values(name).any(|value| *value == given));
    match endpoint.id.as_str() {
        "fiat_history" if is_other("type") => Err(FIAT_TYPE.into()),
        "fiat_history" if is_other("status") => match find("type").as_deref() {
            Some("withdraw") => Err(FIAT_WITHDRAW_STATUS.into()),
            _ => Err(FIAT_DEPOSIT_STATUS.into()),
        },
        "withdraw" if find("quantity").is_some_and(|text| !is_decimal(&text)) => {
            Err(WITHDRAWAL_MALFORMED.into())
        }
        _ => Ok(()),
    }
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
