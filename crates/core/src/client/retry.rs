//! When a request may be repeated, and how long to wait before.

use std::time::Duration;

use crate::endpoint::Replay;
use crate::error::{Error, Kind, Outcome};

/// How often and how patiently failed requests are repeated.
///
/// Whether one may be repeated at all is not a setting: see [`Replay`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// Attempts in all; 1 never repeats.
    pub attempts: u32,
    /// The wait before the first repetition is somewhere between nothing and this.
    pub base: Duration,
    /// No wait is drawn from more than this.
    pub cap: Duration,
}

impl Default for Retry {
    /// Three attempts, from 100 ms, at most 5 s apart.
    fn default() -> Self {
        Self { attempts: 3, base: Duration::from_millis(100), cap: Duration::from_secs(5) }
    }
}

impl Retry {
    /// One attempt only.
    #[must_use]
    pub const fn never() -> Self {
        Self { attempts: 1, base: Duration::ZERO, cap: Duration::ZERO }
    }

    /// So many attempts in all.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Full jitter: anything up to the base doubled with each attempt.
    pub(crate) fn backoff(&self, attempt: u32) -> Duration {
        let ceiling = self.base.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(self.cap);
        let micros = u64::try_from(ceiling.as_micros()).unwrap_or(u64::MAX);
        Duration::from_micros(fastrand::u64(0..=micros))
    }
}

/// What must happen before a repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It must not be repeated.
    No,
    /// After a wait.
    Later,
    /// After the venue's rate limit has passed.
    AfterLimit,
    /// After the clock was set.
    AfterClock,
}

/// Whether the request behind this error may be repeated. There is no option that overrides this.
pub(crate) fn may_repeat(replay: Replay, error: &Error) -> Repeat {
    match (error.outcome(), error.kind()) {
        (Outcome::NotSent, Kind::Transport) => Repeat::Later,
        (Outcome::NotSent, _) => Repeat::No,
        // The venue documents these as not executed.
        (Outcome::Rejected, Kind::RateLimited) => Repeat::AfterLimit,
        (Outcome::Rejected, Kind::Timestamp) => Repeat::AfterClock,
        (Outcome::Rejected, _) => Repeat::No,
        (Outcome::Unknown, kind) => match (replay, kind) {
            (Replay::Never, _) => Repeat::No,
            (Replay::Safe | Replay::Idempotent, Kind::RateLimited) => Repeat::AfterLimit,
            (Replay::Safe | Replay::Idempotent, Kind::Transport | Kind::Unavailable | Kind::Timeout) => {
                Repeat::Later
            }
            (Replay::Safe | Replay::Idempotent, _) => Repeat::No,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 19] = [
        Kind::Auth,
        Kind::Permission,
        Kind::Timestamp,
        Kind::RateLimited,
        Kind::Banned,
        Kind::InvalidRequest,
        Kind::UnknownSymbol,
        Kind::SymbolNotAllowed,
        Kind::UnknownOrder,
        Kind::DuplicateClientId,
        Kind::InsufficientFunds,
        Kind::WouldTake,
        Kind::Rejected,
        Kind::Unrecognized,
        Kind::Unavailable,
        Kind::Timeout,
        Kind::Transport,
        Kind::Decode,
        Kind::Config,
    ];

    fn repeats(replay: Replay, kind: Kind, outcome: Outcome) -> Repeat {
        may_repeat(replay, &Error::new(kind, outcome, ""))
    }

    #[test]
    fn a_write_of_unknown_outcome_is_never_repeated() {
        for kind in KINDS {
            assert_eq!(repeats(Replay::Never, kind, Outcome::Unknown), Repeat::No, "{kind:?}");
        }
    }

    #[test]
    fn a_refusal_is_only_repeated_after_a_limit_or_a_clock() {
        for replay in [Replay::Never, Replay::Safe, Replay::Idempotent] {
            for kind in KINDS {
                let expected = match kind {
                    Kind::RateLimited => Repeat::AfterLimit,
                    Kind::Timestamp => Repeat::AfterClock,
                    _ => Repeat::No,
                };
                assert_eq!(repeats(replay, kind, Outcome::Rejected), expected, "{kind:?}");
            }
        }
    }

    #[test]
    fn a_ban_is_never_answered_with_another_request() {
        for outcome in [Outcome::NotSent, Outcome::Rejected, Outcome::Unknown] {
            assert_eq!(repeats(Replay::Safe, Kind::Banned, outcome), Repeat::No);
        }
    }

    #[test]
    fn backoff_stays_under_its_cap() {
        let retry = Retry::default();
        for attempt in 1..40 {
            assert!(retry.backoff(attempt) <= retry.cap);
        }
    }
}
