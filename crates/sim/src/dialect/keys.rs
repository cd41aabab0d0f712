//! Keys that open a private stream: made, kept alive, gone when their time is over.

use std::collections::VecDeque;

/// How many are remembered: the oldest goes first, but those that have ended before all others.
const MOST: usize = 100;

/// The keys that were made, oldest first, and when each ends or ended.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    made: VecDeque<(String, i64)>,
    /// How often something was done to them.
    changes: u64,
}

impl Keys {
    pub(crate) fn add(&mut self, key: String, now_ms: i64, ends_ms: i64) {
        self.changes += 1;
        if self.made.len() >= MOST {
            let ended = self.made.iter().position(|(_, ends_ms)| *ends_ms <= now_ms);
            self.made.remove(ended.unwrap_or(0));
        }
        self.made.push_back((key, ends_ms));
    }

    /// Lets a key that is alive end at another time; says whether it was.
    pub(crate) fn renew(&mut self, key: &str, now_ms: i64, ends_ms: i64) -> bool {
        let alive = self.made.iter_mut().find(|(known, until_ms)| known == key && *until_ms > now_ms);
        self.changes += u64::from(alive.is_some());
        alive.map(|(_, until_ms)| *until_ms = ends_ms).is_some()
    }

    /// Ends a key that is alive; says whether it was.
    pub(crate) fn end(&mut self, key: &str, now_ms: i64) -> bool {
        self.renew(key, now_ms, now_ms)
    }

    /// When a key that is alive ends.
    pub(crate) fn ends_ms(&self, key: &str, now_ms: i64) -> Option<i64> {
        self.until_ms(key).filter(|until_ms| *until_ms > now_ms)
    }

    /// Until when a key is or was alive; `None` for what never was one, as far as is remembered.
    pub(crate) fn until_ms(&self, key: &str) -> Option<i64> {
        self.made.iter().find(|(known, _)| known == key).map(|(_, until_ms)| *until_ms)
    }

    /// Grows with everything that is done to a key.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(made: &[(&str, i64)]) -> Keys {
        let mut keys = Keys::default();
        for (key, ends_ms) in made {
            keys.add((*key).to_owned(), 0, *ends_ms);
        }
        keys
    }

    #[test]
    fn a_key_is_alive_until_its_time_is_over_and_remembered_after() {
        let mut keys = keys(&[("a", 100), ("b", 200)]);
        assert_eq!([99, 100].map(|now_ms| keys.ends_ms("a", now_ms)), [Some(100), None]);
        assert_eq!((keys.until_ms("a"), keys.until_ms("none")), (Some(100), None));
        assert!(keys.renew("a", 99, 300) && !keys.renew("b", 200, 300) && !keys.renew("none", 0, 300));
        assert_eq!(keys.ends_ms("a", 299), Some(300));
        assert!(keys.end("a", 250) && !keys.end("a", 250));
        assert_eq!((keys.ends_ms("a", 250), keys.until_ms("a")), (None, Some(250)));
    }

    #[test]
    fn only_what_is_done_to_a_key_is_a_change() {
        let mut keys = keys(&[("a", 100)]);
        let before = keys.changes();
        keys.renew("none", 0, 100);
        keys.end("a", 100);
        assert_eq!(keys.changes(), before);
        keys.end("a", 99);
        assert_ne!(keys.changes(), before);
    }

    #[test]
    fn a_key_that_has_ended_is_forgotten_before_one_that_is_alive() {
        let mut keys = Keys::default();
        for at in 0..MOST {
            keys.add(at.to_string(), 0, if at == 7 { 10 } else { 100 });
        }
        keys.add("x".to_owned(), 10, 100);
        assert_eq!((keys.until_ms("7"), keys.until_ms("0")), (None, Some(100)));
        keys.add("y".to_owned(), 10, 100);
        assert_eq!((keys.until_ms("0"), keys.until_ms("1")), (None, Some(100)));
    }
}
