//! Frames in the venue's words.

use crate::dialect::Json;
use crate::json::{quote, write};

/// Requests that can't be answered with a word about a topic.
pub(super) const WRONG_TOPIC: &str = "error topic";
pub(super) const WRONG_EVENT: &str = "WebSocket: Invalid event type";
pub(super) const NOT_LOGGED_IN: &str = "Unauthorized";

/// Said first, as was seen.
pub(super) fn hello(now_ms: i64) -> Json {
    write(&[("type", quote("hello")), ("data", quote("success")), ("ts", now_ms.to_string())])
}

/// As was seen; no time stands there.
pub(super) fn login(said: &str) -> Json {
    write(&[("type", quote("auth")), ("data", quote(said))])
}

pub(super) fn granted(event: &str, topic: &str, now_ms: i64) -> Json {
    push(event, now_ms, &write(&[("topic", quote(topic)), ("status", quote("ok"))]))
}

/// An error has a plain text where data stands.
pub(super) fn error(why: &str, now_ms: i64) -> Json {
    push("error", now_ms, &quote(why))
}

pub(super) fn push(kind: &str, now_ms: i64, data: &str) -> Json {
    write(&[("type", quote(kind)), ("ts", now_ms.to_string()), ("data", data.to_owned())])
}
