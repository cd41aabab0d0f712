//! What a thread has spent, and where it runs.

use std::time::Duration;

use rustix::thread::CpuSet;
use rustix::time::{ClockId, clock_gettime};

/// The CPU time of the calling thread: what other programs take of the machine doesn't count.
#[derive(Debug, Clone, Copy)]
pub struct CpuTime(Duration);

impl CpuTime {
    /// What the calling thread has spent so far.
    #[must_use]
    pub fn now() -> Self {
        let spent = clock_gettime(ClockId::ThreadCPUTime);
        Self(Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or(0)))
    }

    /// What it has spent since.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        Self::now().0.saturating_sub(self.0)
    }
}

/// Keeps the calling thread on the first core, so that a client and its server share one; whether that could be
/// done.
pub fn pin() -> bool {
    let mut first = CpuSet::new();
    first.set(0);
    rustix::thread::sched_setaffinity(None, &first).is_ok()
}
