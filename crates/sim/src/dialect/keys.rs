//! Keys for private streams: issued here, to be verified where a stream is opened.

use std::collections::VecDeque;
use std::fmt;

/// Keys that are remembered.
const MOST: usize = 100;

/// The keys that an account was given.
#[derive(Default)]
pub(crate) struct ListenKeys {
    rng: Option<fastrand::Rng>,
    /// With the times at which they end.
    issued: VecDeque<(String, i64)>,
}

impl ListenKeys {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { rng: Some(fastrand::Rng::with_seed(seed)), issued: VecDeque::new() }
    }

    /// A new key of so many upper-case hexadecimal digits, valid for so long.
    pub(crate) fn issue(&mut self, digits: usize, now_ms: i64, valid_ms: i64) -> String {
        let rng = self.rng.get_or_insert_with(|| fastrand::Rng::with_seed(0));
        let key: String = (0..digits).map(|_| rng.digit(16).to_ascii_uppercase()).collect();
        self.issued.push_back((key.clone(), now_ms.saturating_add(valid_ms)));
        if self.issued.len() > MOST {
            self.issued.pop_front();
        }
        key
    }

    /// Whether a key was issued and hasn't ended.
    // Streams aren't simulated yet; the keys are kept for them.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the streams to come"))]
    pub(crate) fn is_valid(&self, key: &str, now_ms: i64) -> bool {
        self.issued.iter().any(|(known, ends_ms)| known == key && now_ms < *ends_ms)
    }
}

impl fmt::Debug for ListenKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListenKeys").field("issued", &self.issued.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_valid_until_it_ends() {
        let mut keys = ListenKeys::seeded(1);
        let key = keys.issue(32, 1_000, 500);
        assert_eq!(key.len(), 32);
        assert!(keys.is_valid(&key, 1_499) && !keys.is_valid(&key, 1_500));
        assert!(!keys.is_valid("another", 1_000));
        assert!(!format!("{keys:?}").contains(&key));
    }

    #[test]
    fn only_the_latest_keys_are_remembered() {
        let mut keys = ListenKeys::seeded(1);
        let first = keys.issue(32, 0, 1_000);
        let last = (0..MOST).map(|_| keys.issue(32, 0, 1_000)).last().unwrap();
        assert!(keys.is_valid(&last, 0) && !keys.is_valid(&first, 0));
    }
}
