//! Hibt's error codes ("Common Error Codes"), and what becomes of a request that gets one.
//!
//! They come with HTTP 200 or 400 alike. A code outside of this table leaves the outcome unknown.

use venue_core::{Code, Codes, Kind};

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
    // Whatever was looked for; what a request names by an id is an order, but for positions.
    Code::new("220001", Kind::UnknownOrder, "Data not found"),
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
