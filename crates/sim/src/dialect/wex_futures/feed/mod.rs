//! WEX futures' streams: a market line and a user line, requests answered by their id.

mod market;
mod quotes;
mod topic;
mod user;
mod words;

use crate::ws::{Door, Ending, Feed, Locked, Outbox, Session};

/// The venue's streams.
#[derive(Debug)]
pub(crate) struct Streams;

impl Feed for Streams {
    fn open(&self, door: &Door<'_>) -> Result<Box<dyn Session>, Locked> {
        match door.path {
            "/ws/market" => Ok(Box::new(market::Market::new(door))),
            "/ws/user" => Ok(Box::new(user::User::new(door))),
            _ => Err(Locked::NO_SUCH_PATH),
        }
    }
}

/// Documented: a connection without a `ping` for so long is closed, whatever else it carries.
const SILENCE_MS: i64 = 30_000;

/// When a client last said `ping`.
#[derive(Debug)]
struct Pulse {
    last_ms: i64,
}

impl Pulse {
    const fn new(uptime_ms: i64) -> Self {
        Self { last_ms: uptime_ms }
    }

    /// Answers a `ping`; whether the text was one.
    fn beats(&mut self, uptime_ms: i64, text: &str, out: &mut Outbox) -> bool {
        let is_ping = text == "ping";
        if is_ping {
            self.last_ms = uptime_ms;
            out.answer("pong");
        }
        is_ping
    }

    /// Ends the connection of a client that was silent, without a word, as was seen.
    fn time(&self, uptime_ms: i64, out: &mut Outbox) {
        if uptime_ms >= self.due_ms() {
            out.hang_up(Ending::Silence);
        }
    }

    const fn due_ms(&self) -> i64 {
        self.last_ms + SILENCE_MS
    }
}
