//! Hibt's error codes ("Common Error Codes"), and what becomes of a request that gets one.
//!
//! They come with HTTP 200 or 400 alike. A code outside of this table leaves the outcome unknown.

use venue_core::{Code, Codes, Error, Kind, Outcome, Refusal};

pub(crate) static CODES: Codes = Codes::new(TABLE, &[]);

#[rustfmt::skip]
static TABLE: &[Code] = &[
    // Also what a symbol gets that is unknown or in upper case.
    Code::new("210001", Kind::InvalidRequest, "Invalid parameters"),
    Code::new("210004", Kind::InvalidRequest, "Incorrect take-profit price"),
    Code::new("210005", Kind::InvalidRequest, "Incorrect stop-loss price"),
    Code::new("210007", Kind::InvalidRequest, "Only data from the past 3 months is allowed"),
    Code::new("210008", Kind::InvalidRequest, "Only data within a 7-day range is allowed"),
    Code::new("210009", Kind::InvalidRequest, "Only data within a 3-month range is allowed"),
    Code::new("210010", Kind::UnknownSymbol, "Invalid trading pair"),
    Code::new("210011", Kind::InvalidRequest, "endTime exceeds the current time"),
    Code::new("210019", Kind::Auth, "Unauthorized"),
    Code::new("210020", Kind::Permission, "No trading or query permissions"),
    Code::new("210021", Kind::Auth, "Invalid Access Key"),
    Code::new("210116", Kind::Permission, "Invalid user"),
    Code::new("210117", Kind::InsufficientFunds, "Asset balance not found"),
    // What wasn't found, the path says: see `judge`.
    Code::new("220001", Kind::Rejected, "Data not found"),
    Code::new("220002", Kind::Timestamp, "Timestamp expired"),
    Code::new("220003", Kind::Auth, "X-ACCESS-KEY not provided"),
    Code::new("220004", Kind::Auth, "API key authentication failed"),
    Code::new("220005", Kind::Auth, "X-SIGNATURE not provided"),
    Code::new("220007", Kind::Auth, "Access Key expired"),
    Code::new("220008", Kind::Auth, "Signature verification failed"),
    Code::new("220011", Kind::Auth, "Authorization expired"),
    Code::new("220012", Kind::Permission, "IP address not in whitelist"),
    Code::new("220013", Kind::Permission, "No query permissions"),
    Code::new("220014", Kind::Permission, "No trading permissions"),
    Code::new("220015", Kind::InvalidRequest, "WebSocket: Invalid event type"),
    // Documented as a rate limit alone; a bad depth gets it too. In other words it is not to be relied on
    // for sending an order again.
    Code::new("220017", Kind::RateLimited, "Too many requests").when("too many"),
    Code::new("220017", Kind::InvalidRequest, "limit error").when("limit error"),
    Code::new("220017", Kind::RateLimited, "Too many requests").unknown(),
    // Sent for a path that doesn't exist, in an envelope of its own; not documented.
    Code::new("ERR_NOT_FOUND", Kind::InvalidRequest, "there is no such path"),
];

/// What "data not found" means: it depends on what the path looks for.
pub(crate) fn judge(refusal: &Refusal<'_>) -> Option<(Kind, Outcome)> {
    if refusal.code != Some("220001") {
        return None;
    }
    let kind = match refusal.spec.path {
        path if path.starts_with("/v2/market/") => Kind::UnknownSymbol,
        // There is no such position, or nothing of it.
        "/v2/order/close" | "/v2/order/closeAll" => Kind::InsufficientFunds,
        "/v2/order/cancel"
        | "/v2/order/batchCancel"
        | "/v2/order/unFinish"
        | "/v2/order/finishedInfo"
        | "/v2/order/finished"
        | "/v2/entrust/cancel"
        | "/v2/entrust/unFinish"
        | "/v2/entrust/finished" => Kind::UnknownOrder,
        _ => return None,
    };
    Some((kind, Outcome::Rejected))
}

/// The error of an order that stands under `fail` of a success, by what stands there with it: words, rarely
/// a code, or no more than an id.
pub(crate) fn failed(said: &str, what: &str) -> Error {
    if CODES.find(said, "").is_some() {
        return CODES.error(said, "");
    }
    let row = TABLE.iter().find(|row| row.text.eq_ignore_ascii_case(said));
    let (kind, outcome) = row.map_or((Kind::Rejected, Outcome::Rejected), |row| (row.kind, row.outcome));
    Error::new(kind, outcome, format!("{what}: {said}"))
}

/// The error of a WebSocket frame, by its code where it has one, and otherwise by its words.
///
/// What a refusal looks like there is not documented. Words that are not known may be about anything, and may
/// pass.
pub(crate) fn told(code: &str, words: &str) -> Error {
    if !code.is_empty() {
        return CODES.error(code, words);
    }
    if CODES.find(words, "").is_some() {
        return CODES.error(words, "");
    }
    if let Some(row) = TABLE.iter().find(|row| {
        let text = row.text.strip_prefix("WebSocket: ").unwrap_or(row.text);
        [row.text, text].iter().any(|text| text.eq_ignore_ascii_case(words))
    }) {
        return CODES.error(row.code, words);
    }
    let lower = words.to_ascii_lowercase();
    let (kind, outcome) = if lower.contains("topic") || lower.contains("event") {
        (Kind::InvalidRequest, Outcome::Rejected)
    } else if ["auth", "sign", "login", "access"].iter().any(|word| lower.contains(word)) {
        (Kind::Auth, Outcome::Rejected)
    } else {
        (Kind::Unrecognized, Outcome::Unknown)
    };
    Error::new(kind, outcome, if words.is_empty() { "refused without a word" } else { words })
}
