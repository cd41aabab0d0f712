//! The faults that are still to come.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Fault, Line, Script, Stage};

/// The faults that are still to come, oldest first.
#[derive(Debug)]
pub(crate) struct Pending {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    scripts: Vec<Script>,
    rng: fastrand::Rng,
}

impl Pending {
    pub(crate) fn seeded(seed: u64) -> Self {
        let rng = fastrand::Rng::with_seed(seed);
        Self { inner: Mutex::new(Inner { scripts: Vec::new(), rng }) }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, script: Script) {
        if script.left != Some(0) {
            self.lock().scripts.push(script);
        }
    }

    pub(crate) fn clear(&self) {
        self.lock().scripts.clear();
    }

    /// The fault for a request that is known by any of `paths`.
    pub(crate) fn for_request(&self, method: &str, paths: &[&str]) -> Option<Fault> {
        self.lock().take(|script| script.matches(method, paths))
    }

    /// The fault for what a stream is about to do with these topics.
    ///
    /// A key can only expire where there is one: with `keyed`.
    pub(crate) fn for_stream(
        &self,
        stages: &[Stage],
        line: Line,
        topics: &[&str],
        keyed: bool,
    ) -> Option<Fault> {
        self.lock().take(|script| {
            (keyed || script.fault != Fault::ExpireKey) && script.matches_stream(stages, line, topics)
        })
    }

    /// Whether a new connection is to be reset.
    pub(crate) fn for_connection(&self) -> bool {
        self.lock().take(|script| script.fault == Fault::ResetOnAccept).is_some()
    }
}

impl Inner {
    fn take(&mut self, wanted: impl Fn(&Script) -> bool) -> Option<Fault> {
        let mut at = None;
        for (index, script) in self.scripts.iter_mut().enumerate().filter(|(_, script)| wanted(script)) {
            if script.after > 0 {
                script.after -= 1;
            } else if script.permille.is_none_or(|permille| self.rng.u16(..1000) < permille) {
                at = Some(index);
                break;
            }
        }
        let at = at?;
        let script = self.scripts.get_mut(at)?;
        let fault = script.fault.clone();
        if let Some(left) = &mut script.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.scripts.remove(at);
            }
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_takes_the_oldest_fault_that_matches() {
        let faults = Pending::seeded(0);
        faults.add(Fault::CloseBeforeAnswer.on("POST", "/a").times(2));
        faults.add(Fault::ExecuteThenDrop.into());
        faults.add(Fault::TruncateAnswer.always());
        assert_eq!(faults.for_request("POST", &["/x", "/a"]), Some(Fault::CloseBeforeAnswer));
        assert_eq!(faults.for_request("GET", &["/a"]), Some(Fault::ExecuteThenDrop));
        assert_eq!(faults.for_request("GET", &["/a"]), Some(Fault::TruncateAnswer));
        assert_eq!(faults.for_request("POST", &["/a"]), Some(Fault::CloseBeforeAnswer));
        assert_eq!(faults.for_request("POST", &["/a"]), Some(Fault::TruncateAnswer));
        assert!(!faults.for_connection());
        faults.clear();
        assert_eq!(faults.for_request("POST", &["/a"]), None);
    }

    #[test]
    fn resets_belong_to_connections() {
        let faults = Pending::seeded(0);
        faults.add(Fault::ResetOnAccept.into());
        assert_eq!(faults.for_request("GET", &["/"]), None);
        assert!(faults.for_connection());
        assert!(!faults.for_connection());
    }

    #[test]
    fn a_fault_may_come_later_or_by_chance_and_the_seed_decides() {
        let faults = Pending::seeded(0);
        faults.add(Fault::ExecuteThenDrop.on("GET", "/a").after(2));
        let hits: Vec<bool> = (0..5).map(|_| faults.for_request("GET", &["/a"]).is_some()).collect();
        assert_eq!(hits, [false, false, true, false, false]);

        let roll = |seed| -> Vec<bool> {
            let faults = Pending::seeded(seed);
            faults.add(Fault::ExecuteThenDrop.probability(250).always());
            (0..1000).map(|_| faults.for_request("GET", &["/a"]).is_some()).collect()
        };
        assert_eq!(roll(1), roll(1));
        assert_ne!(roll(1), roll(2));
        let hits = roll(3).into_iter().filter(|hit| *hit).count();
        assert!((200..300).contains(&hits), "{hits}");
    }
}
