//! What a simulated venue saw.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::data::{Endpoint, Limit};

/// A request that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit {
    /// The verb.
    pub method: String,
    /// The received path.
    pub path: String,
    /// The received query, without the question mark.
    pub query: String,
    /// The answered status; `None` when the connection was closed without an answer.
    pub status: Option<u16>,
    /// When it was answered, by the venue's clock.
    pub at_ms: i64,
}

/// How many requests are remembered.
const REMEMBERED: usize = 4096;

/// Counters of one venue.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    requests: u64,
    refused: u64,
    executed: HashMap<(String, String), u64>,
    windows: HashMap<String, (i64, u64)>,
    hits: VecDeque<Hit>,
}

impl Counts {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn request(&self) {
        self.lock().requests += 1;
    }

    pub(crate) fn refuse(&self) {
        self.lock().refused += 1;
    }

    pub(crate) fn execute(&self, endpoint: &Endpoint) {
        *self.lock().executed.entry((endpoint.method.clone(), endpoint.path.clone())).or_default() += 1;
    }

    pub(crate) fn hit(&self, hit: Hit) {
        let mut inner = self.lock();
        if inner.hits.len() == REMEMBERED {
            inner.hits.pop_front();
        }
        inner.hits.push_back(hit);
    }

    /// Counts a request in the current window of its endpoint; answers how many there are.
    pub(crate) fn used(&self, endpoint: &Endpoint, limit: &Limit, now_ms: i64) -> u64 {
        let window = now_ms.div_euclid(i64::try_from(limit.window_ms).unwrap_or(i64::MAX).max(1));
        let mut inner = self.lock();
        let (current, used) = inner.windows.entry(endpoint.id.clone()).or_default();
        if *current != window {
            (*current, *used) = (window, 0);
        }
        *used += 1;
        *used
    }

    pub(crate) fn requests(&self) -> u64 {
        self.lock().requests
    }

    pub(crate) fn refused(&self) -> u64 {
        self.lock().refused
    }

    pub(crate) fn executed(&self, method: &str, path: &str) -> u64 {
        let key = (method.to_owned(), path.to_owned());
        self.lock().executed.get(&key).copied().unwrap_or_default()
    }

    pub(crate) fn hits(&self) -> Vec<Hit> {
        self.lock().hits.iter().cloned().collect()
    }
}
