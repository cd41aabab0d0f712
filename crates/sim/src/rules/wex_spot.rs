//! WEX spot: HMAC over four headers, method, path, query and body; `{rc, mc, ma, result}` with HTTP 200.

use crate::json::quote;
use crate::refusal::{Refusal, Row, Said, Why, field, own, row};
use crate::request::{decoded, pairs, sorted};
use crate::rules::{Case, Rules, Scene, known, matches, millis, spring, wex};
use crate::sign::Algorithm;

pub(super) const RULES: Rules = Rules {
    verify,
    table: |_| TABLE,
    own: OWN,
    envelope,
    mixes: false,
    forms: true,
    time: Some(("/v4/public/time", "serverTime")),
    usage: false,
    ban: None,
};

// What no other venue objects to.
own! {
    WINDOW_MISSING = 200, "AUTH_003", "Missing request header validate-recvwindow";
    ALGORITHM_MISSING = 200, "AUTH_005", "Missing request header validate-algorithms";
    PRICE_LOW = 200, "ORDER_F0101", "Trigger Price Filter - Min";
    PRICE_HIGH = 200, "ORDER_F0102", "Trigger Price Filter - Max";
    PRICE_OFF_STEP = 200, "ORDER_F0103", "Trigger Price Filter - Step Value";
    AMOUNT_LOW = 200, "ORDER_F0301", "Trigger QUOTE_QTY Filter - Min Value";
    QTY_LOW = 200, "ORDER_F0201", "Trigger Quantity Filter - Min";
    QTY_HIGH = 200, "ORDER_F0202", "Trigger Quantity Filter - Max";
    QTY_OFF_STEP = 200, "ORDER_F0203", "Trigger Quantity Filter - Step Value";
    BUY_FAR = 200, "ORDER_F0501", "Trigger PROTECTION_LIMIT Filter - Buy Max Deviation";
    SELL_FAR = 200, "ORDER_F0502", "Trigger PROTECTION_LIMIT Filter - Sell Max Deviation";
    MARKET_FAR = 200, "ORDER_F0601", "Trigger PROTECTION_MARKET Filter";
    PRODUCT_CLOSED = 200, "SYMBOL_010", "This market does not support your trading";
    CURRENCY_UNKNOWN = 200, "CURRENCY_001", "Currency information is abnormal";
    SAME_POCKET = 200, "FUND_015", "From and to business types cannot be the same";
    PAIR_MISSING = 200, "FUND_016", "Leverage transfer requires symbol";
    AMOUNT_LONG = 200, "FUND_044", "Amount length max 113";
    DEPOSIT_CLOSED = 200, "DEPOSIT_001", "Deposit is not open";
    CHAIN_UNKNOWN = 200, "DEPOSIT_008", "Deposit not available";
    WITHDRAWAL_CLOSED = 200, "WITHDRAW_001", "Withdraw is not open";
    WITHDRAWAL_CHAIN_UNKNOWN = 200, "WITHDRAW_024", "Withdraw not supported";
    ADDRESS_WRONG = 200, "WITHDRAW_002", "Invalid withdrawal address";
    ADDRESS_OWN = 200, "WITHDRAW_014", "Address cannot be used in internal transfer";
    MEMO_MISSING = 200, "WITHDRAW_006", "Memo cannot be empty";
    MEMO_WRONG = 200, "WITHDRAW_018", "Memo must be a number";
    WITHDRAWAL_PRECISION = 200, "WITHDRAW_010", "Invalid withdrawal precision";
    WITHDRAWAL_BELOW_FEE = 200, "WITHDRAW_015", "Amount not enough for fee";
    WITHDRAWAL_BELOW_LEAST = 200, "WITHDRAW_022", "Must be greater than {0}";
}

const TABLE: &[Row] = &[
    row(Why::UnknownPath, 404, "404", "Not Found"),
    row(Why::WrongMethod, 405, "405", "Method Not Allowed"),
    row(Why::KeyMissing, 200, "AUTH_001", "Missing request header validate-appkey"),
    row(Why::TimestampMissing, 200, "AUTH_002", "Missing request header validate-timestamp"),
    row(Why::TimestampMalformed, 200, "AUTH_002", "Missing request header validate-timestamp"),
    row(Why::WindowMalformed, 200, "AUTH_004", "Bad request header validate-recvwindow"),
    row(Why::AlgorithmUnknown, 200, "AUTH_006", "Bad request header validate-algorithms"),
    row(Why::SignatureMissing, 200, "AUTH_007", "Missing request header validate-signature"),
    row(Why::KeyUnknown, 200, "AUTH_101", "ApiKey does not exist"),
    row(Why::SignatureWrong, 200, "AUTH_103", "Signature error"),
    row(Why::TimestampOutside, 200, "AUTH_105", "Outdated message"),
    row(Why::ContentType, 200, "FAILURE", "fail"),
    row(Why::BodyMalformed, 200, "FAILURE", "fail"),
    row(
        Why::RateLimited,
        429,
        "429",
        "The request is too frequent, please control the request rate according to the speed limit requirement",
    ),
    row(Why::UnknownSymbol, 200, "SYMBOL_001", "Symbol not exist"),
    // The documentation has no code of its own for an id that is taken.
    row(Why::OwnIdTaken, 200, "ORDER_001", "Platform rejection"),
    row(Why::NotAllowed, 200, "ORDER_001", "Platform rejection"),
    row(Why::MarginShort, 200, "ORDER_002", "Insufficient funds"),
    row(Why::UnknownOrderId, 200, "ORDER_005", "Order not exist"),
    row(Why::UnknownOrder, 200, "ORDER_005", "Order not exist"),
    row(Why::OrderFinished, 200, "ORDER_005", "Order not exist"),
    row(Why::TooManyOrders, 200, "ORDER_006", "Too many open orders"),
    row(Why::Precision, 200, "ORDER_008", "The order price or quantity precision is abnormal"),
    row(Why::AccountUnknown, 200, "COMMON_001", "The user does not exist"),
    field(
        Why::TransferTaken,
        "toAccountId",
        200,
        "TRANSFER_001",
        "Duplicate request (bizId can only be requested once)",
    ),
    field(Why::BalanceShort, "toAccountId", 200, "TRANSFER_002", "Insufficient balance"),
    row(Why::TransferTaken, 200, "FUND_001", "Duplicate request (bizId can only be requested once)"),
    row(Why::BalanceShort, 200, "FUND_002", "Insufficient account balance"),
    row(Why::SameAccount, 200, "FUND_014", "Transfer-in and transfer-out account IDs cannot be the same"),
    field(Why::ParamMissing, "address", 200, "WITHDRAW_005", "Withdrawal address cannot be empty"),
    row(Why::WithdrawalShort, 200, "WITHDRAW_011", "Insufficient free balance"),
    row(Why::OutOfRange, 200, "FUND_017", "Parameter error"),
    field(Why::ParamMissing, "symbol", 200, "SYMBOL_001", "Symbol not exist"),
    row(Why::ParamMissing, 200, "FUND_017", "Parameter error"),
    row(Why::ParamInvalid, 200, "FUND_017", "Parameter error"),
];

fn verify(case: &Case<'_>) -> Result<(), Refusal> {
    if case.is_public() {
        return Ok(());
    }
    let request = case.request;
    let key = case.header("validate-appkey", Why::KeyMissing)?;
    let timestamp = case.header("validate-timestamp", Why::TimestampMissing)?;
    let window = case.header("validate-recvwindow", WINDOW_MISSING)?;
    let window_ms = window.parse().ok().filter(|window| *window >= 0).ok_or(Why::WindowMalformed)?;
    let named = case.header("validate-algorithms", ALGORITHM_MISSING)?;
    let algorithm = Algorithm::named(named).ok_or(Why::AlgorithmUnknown)?;
    let signature = case.header("validate-signature", Why::SignatureMissing)?;
    known(case, key)?;
    wex::fresh(millis(timestamp)?, case.now_ms, window_ms)?;

    let headers = format!(
        "validate-algorithms={named}&validate-appkey={key}&validate-recvwindow={window}&validate-timestamp={timestamp}"
    );
    let bodies = if request.is_form() {
        let form = request.text().ok_or(Why::BodyMalformed)?;
        [sorted(pairs(form)).into_bytes(), sorted(decoded(form)).into_bytes()]
    } else {
        [request.body.to_vec(), request.body.to_vec()]
    };
    let mut expected = Vec::new();
    for query in wex::texts(&request.query) {
        for body in &bodies {
            let text = signed(&headers, request.method.as_str(), &request.path, &query, body);
            expected.push(algorithm.hex(&case.account.secret, &text));
        }
    }
    matches(signature, &expected)
}

fn signed(headers: &str, method: &str, path: &str, query: &str, body: &[u8]) -> Vec<u8> {
    wex::signed(format!("{headers}#{method}#{path}"), query, body)
}

fn envelope(said: &Said, scene: &Scene<'_>) -> String {
    if said.http != 200 {
        return spring(said, scene);
    }
    // What the template of the message leaves open stands in `ma`.
    let fills = if said.message.contains("{0}") { quote(&said.about) } else { String::new() };
    format!(r#"{{"rc":1,"mc":{},"ma":[{fills}],"result":null}}"#, quote(said.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vector_verifies() {
        let headers = "validate-algorithms=HmacSHA256&validate-appkey=48f05386-4228-48e1-a69f-c9abd2d8fa52\
                       &validate-recvwindow=5000&validate-timestamp=1692672585907";
        let body = r#"{"symbol":"btc_usdt","side":"BUY","bizType":"SPOT","quantity":2,"price":39000,"type":"LIMIT","timeInForce":"GTC"}"#;
        let text = signed(headers, "POST", "/v4/order", "", body.as_bytes());
        assert_eq!(
            Algorithm::Sha256.hex("8fcffde41cb50b18ce9178424f38d3b688fd0f47", &text),
            "c58a59cf674b80bd3c9182f3db4feddc87ea4f3be7762bbf4bfab39429eec7e9"
        );
    }
}
