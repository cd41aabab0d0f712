//! A documented limit, as data.

use std::fmt;

use serde::Serialize;

/// Whose requests a limit counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// All requests from one address.
    Ip,
    /// All requests with one key.
    Key,
    /// All requests of one account, whatever the key.
    Account,
}

/// A venue's limit: so many requests (or so much weight) in a window of time.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limit {
    /// Its name, unique within the venue.
    pub name: &'static str,
    /// How much fits into a window.
    pub count: u32,
    /// The window in milliseconds.
    pub window_ms: u64,
    /// Whose requests are counted together.
    pub scope: Scope,
    /// The venue doesn't document the number; it was chosen to be careful.
    pub assumed: bool,
}

impl Limit {
    /// A documented limit: `count` per `window_ms` milliseconds.
    #[must_use]
    pub const fn new(name: &'static str, count: u32, window_ms: u64, scope: Scope) -> Self {
        Self { name, count, window_ms, scope, assumed: false }
    }

    /// Marks the number as assumed rather than documented.
    #[must_use]
    pub const fn assumed(mut self) -> Self {
        self.assumed = true;
        self
    }
}

impl fmt::Debug for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = match self.scope {
            Scope::Ip => "IP",
            Scope::Key => "key",
            Scope::Account => "account",
        };
        write!(f, "{} per ", self.count)?;
        if self.window_ms.is_multiple_of(1000) {
            write!(f, "{} s", self.window_ms / 1000)?;
        } else {
            write!(f, "{} ms", self.window_ms)?;
        }
        write!(f, " per {scope}")?;
        if self.assumed { f.write_str(" (assumed)") } else { Ok(()) }
    }
}
