//! Streams end to end, over a socket in memory and under virtual time.

mod books;
mod channels;
mod entry;
mod feed;
mod keys;
mod reading;
mod renewal;
mod rig;
mod scale;
pub(in crate::ws) mod toy;
mod trouble;

use std::time::Duration;

use super::line::{Acks, Entry, Heartbeat, KeyLife, Line, Ping};

const SECOND: Duration = Duration::from_secs(1);

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// An open line without pings: they are months apart.
fn public() -> Line {
    Line::new("public", "ws://127.0.0.1/public").acks(Acks::ById).heartbeat(Heartbeat::quiet(
        Ping::Protocol,
        secs(10_000_000),
        secs(10),
    ))
}

/// A line with a login.
fn private() -> Line {
    Line { name: "private", url: "ws://127.0.0.1/private", entry: Entry::Login, ..public() }
}

/// A line with a listen key in its address.
fn keyed() -> Line {
    let life = KeyLife::renewed(keys::VALID, keys::RENEWED);
    Line { name: "keyed", url: "ws://127.0.0.1/keyed/{key}", entry: Entry::Key(life), ..public() }
}
