//! Keys that open a private stream: made, kept alive, gone when their time is over.

use std::collections::VecDeque;

/// How many may be alive; the oldest goes first.
const MOST: usize = 100;

/// The keys that were made, oldest first, and when each ends.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    made: VecDeque<(String, i64)>,
    /// How often something was done to them.
    changes: u64,
}

impl Keys {
    pub(crate) fn add(&mut self, key: String, ends_ms: i64) {
        self.changes += 1;
        self.made.push_back((key, ends_ms));
        if self.made.len() > MOST {
            self.made.pop_front();
        }
    }

    /// Lets a key that is alive end at another time; says whether it was.
    pub(crate) fn renew(&mut self, key: &str, now_ms: i64, ends_ms: i64) -> bool {
        self.forget_ended(now_ms);
        let found = self.made.iter_mut().find(|(known, _)| known == key);
        self.changes += u64::from(found.is_some());
        found.map(|(_, ends)| *ends = ends_ms).is_some()
    }

    /// Ends a key that is alive; says whether it was.
    pub(crate) fn remove(&mut self, key: &str, now_ms: i64) -> bool {
        self.forget_ended(now_ms);
        let found = self.made.iter().position(|(known, _)| known == key);
        self.changes += u64::from(found.is_some());
        found.and_then(|at| self.made.remove(at)).is_some()
    }

    /// When a key that is alive ends.
    pub(crate) fn ends_ms(&self, key: &str, now_ms: i64) -> Option<i64> {
        let found = self.made.iter().find(|(known, _)| known == key);
        found.map(|(_, ends_ms)| *ends_ms).filter(|ends_ms| *ends_ms > now_ms)
    }

    /// Grows with everything that is done to a key.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    fn forget_ended(&mut self, now_ms: i64) {
        self.made.retain(|(_, ends_ms)| *ends_ms > now_ms);
    }
}
