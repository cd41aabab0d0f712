//! What WEX spot and WEX futures share: the clock rule, the query's text, and how the signed text ends.

use crate::refusal::{Refusal, Why};
use crate::request::{decoded, pairs, sorted};

/// How far a timestamp may lie ahead of the venue's clock.
const AHEAD_MS: i64 = 1000;
/// The widest window that is honoured.
const WIDEST_MS: i64 = 60_000;

/// Refuses a timestamp outside of the window.
pub(super) fn fresh(timestamp: i64, now_ms: i64, window_ms: i64) -> Result<(), Refusal> {
    let age = now_ms.saturating_sub(timestamp);
    if age < window_ms.min(WIDEST_MS) && age >= -AHEAD_MS {
        Ok(())
    } else {
        Err(Why::TimestampOutside.into())
    }
}

/// The sorted query, as received and decoded: the documentation leaves open which one is signed.
pub(super) fn texts(query: &str) -> [String; 2] {
    [sorted(pairs(query)), sorted(decoded(query))]
}

/// The signed text: what stands first, then query and body. An empty one is left out together with its `#`.
pub(super) fn signed(head: String, query: &str, body: &[u8]) -> Vec<u8> {
    let mut text = head.into_bytes();
    for part in [query.as_bytes(), body] {
        if !part.is_empty() {
            text.push(b'#');
            text.extend_from_slice(part);
        }
    }
    text
}
