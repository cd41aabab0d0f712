//! Pumpkin's error codes ("API Error Codes & Handling Guidance", and those of the WebSocket), and what
//! becomes of a request that gets one.
//!
//! Code `-1` is said of anything: the `bizCode` beside it, where there is one, is taken for the code, and
//! the words decide. A code outside of this table, or words that it doesn't hold, leave the outcome unknown.

use venue_core::{Code, Codes, Kind, Outcome, Status};

pub(crate) static CODES: Codes = Codes::new(TABLE, STATUSES);

/// How long the firewall bans an address, in seconds.
const FIREWALL_BAN_S: u64 = 3_600;
/// Which of the two quotas is used up is not said: after a minute it is worth another try.
const QUOTA_WAIT_S: u64 = 60;

#[rustfmt::skip]
static TABLE: &[Code] = &[
    Code::new("-1", Kind::Auth, "Invalid API key, account info, or identity details").when("api key"),
    Code::new("-1", Kind::InvalidRequest, "order_leverage_not_match_position_leverage").when("order_leverage_not_match_position_leverage"),
    Code::new("1", Kind::Auth, "sign-error").when("sign-error"),
    Code::new("1", Kind::Auth, "Invalid auth content / behavior / format"),
    // A `bizCode`, of which one example is all that is documented.
    Code::new("1000", Kind::InvalidRequest, "order_leverage_not_match_position_leverage").when("order_leverage_not_match_position_leverage"),
    // 40001 to 50002 are the WebSocket's.
    Code::new("40001", Kind::InvalidRequest, "Invalid topic format"),
    Code::new("40002", Kind::InvalidRequest, "Topic not found"),
    Code::new("40003", Kind::Rejected, "Subscription limit exceeded"),
    Code::new("40004", Kind::InvalidRequest, "Invalid parameters"),
    Code::new("40005", Kind::Permission, "Insufficient permissions"),
    Code::new("40006", Kind::RateLimited, "Rate limit exceeded"),
    Code::new("403", Kind::Banned, "WAF restriction triggered (Web Application Firewall), resulting in a 1-hour IP ban"),
    // Elsewhere 418 is a ban; here the address is not on the key's allow-list, and waiting is no use.
    Code::new("418", Kind::Permission, "IP restricted (not in allowlist)"),
    Code::new("429", Kind::Banned, "High IP request rate; IP has been banned"),
    Code::new("439", Kind::RateLimited, "Rate limit exceeded (more fine-grained)"),
    Code::new("467", Kind::SymbolNotAllowed, "symbol-not-in-allowed"),
    Code::new("50001", Kind::Unavailable, "Internal server error").unknown(),
    Code::new("50002", Kind::Unavailable, "Service temporarily unavailable").unknown(),
    Code::new("503", Kind::Unavailable, "Request reached backend but no response (unknown state)").unknown(),
];

// The documentation mixes codes and statuses in one table: what may be either stands in both.
#[rustfmt::skip]
static STATUSES: &[Status] = &[
    Status::new(403, Kind::Banned, Outcome::Rejected, "WAF restriction triggered (Web Application Firewall), resulting in a 1-hour IP ban").lasts(FIREWALL_BAN_S),
    Status::new(418, Kind::Permission, Outcome::Rejected, "IP restricted (not in allowlist)"),
    Status::new(429, Kind::Banned, Outcome::Rejected, "High IP request rate; IP has been banned"),
    Status::new(439, Kind::RateLimited, Outcome::Rejected, "Rate limit exceeded (more fine-grained)").lasts(QUOTA_WAIT_S),
    Status::new(467, Kind::SymbolNotAllowed, Outcome::Rejected, "symbol-not-in-allowed"),
    // Documented as 5XX.
    Status::new(500, Kind::Unavailable, Outcome::Unknown, "Server-side error (Pumpkin service issue)"),
    Status::new(502, Kind::Unavailable, Outcome::Unknown, "Server-side error (Pumpkin service issue)"),
    Status::new(503, Kind::Unavailable, Outcome::Unknown, "Request reached backend but no response (unknown state)"),
    Status::new(504, Kind::Unavailable, Outcome::Unknown, "Server-side error (Pumpkin service issue)"),
];
