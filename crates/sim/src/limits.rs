//! Documented limits, counted the venue's own way: every request in sliding windows, at the moment it arrives.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::data::{Catalog, Endpoint, Limit};

/// What a venue does to who goes over a limit, besides refusing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ban {
    /// After so many refusals in a row in one bucket.
    pub(crate) strikes: u32,
    /// Everything is refused for so long.
    pub(crate) lasts: Duration,
}

/// What one limit has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitReport {
    /// The endpoint, or what a shared limit is shared by.
    pub bucket: String,
    /// What is counted: `ip`, `key` or `uid`. There is one of each here.
    pub per: String,
    /// Requests, or weight, that are allowed in a window.
    pub limit: u64,
    /// The window's length.
    pub window_ms: u64,
    /// The most that any window held, wherever it begins.
    pub worst: u64,
    /// The most that a window held that begins at a multiple of its length.
    pub worst_aligned: u64,
    /// The documentation doesn't give the number: it is counted, and never enforced.
    pub assumed: bool,
}

impl LimitReport {
    /// Whether any window held more than is allowed.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.worst > self.limit
    }
}

/// What became of a request at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    Open,
    Limited,
    Banned,
}

/// A request that arrived: what became of it, and how much of the endpoint's first limit is used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    pub(crate) gate: Gate,
    pub(crate) used: u64,
}

#[derive(Debug)]
struct Bucket {
    report: LimitReport,
    /// When, with what weight, and whether it was let in: those of the last window.
    arrivals: VecDeque<(u64, u64, bool)>,
    arrived: u64,
    admitted: u64,
    /// The current aligned window, and what it holds.
    aligned: (u64, u64),
    refused_in_a_row: u32,
}

impl Bucket {
    fn window_us(&self) -> u64 {
        self.report.window_ms.saturating_mul(1000).max(1)
    }

    fn forget(&mut self, now_us: u64) {
        let window = self.window_us();
        while let Some((at, weight, was_admitted)) = self.arrivals.front().copied() {
            if now_us.saturating_sub(at) < window {
                break;
            }
            self.arrivals.pop_front();
            self.arrived -= weight;
            self.admitted -= if was_admitted { weight } else { 0 };
        }
    }

    fn has_room(&self, weight: u64) -> bool {
        self.report.assumed || self.admitted + weight <= self.report.limit
    }

    fn note(&mut self, now_us: u64, weight: u64, is_admitted: bool) {
        self.arrivals.push_back((now_us, weight, is_admitted));
        self.arrived += weight;
        self.admitted += if is_admitted { weight } else { 0 };
        self.report.worst = self.report.worst.max(self.arrived);
        let index = now_us / self.window_us();
        if self.aligned.0 != index {
            self.aligned = (index, 0);
        }
        self.aligned.1 += weight;
        self.report.worst_aligned = self.report.worst_aligned.max(self.aligned.1);
    }
}

/// All limits of a venue.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    /// By the endpoint's id: its buckets, and what it takes of each.
    drawn: HashMap<String, Vec<(usize, u64)>>,
    inner: Mutex<Inner>,
    is_enforced: bool,
    ban: Option<Ban>,
}

#[derive(Debug, Default)]
struct Inner {
    buckets: Vec<Bucket>,
    banned_until: Duration,
}

impl Limits {
    /// The limits of a venue's documentation, and what else it does to who goes over them.
    pub(crate) fn new(catalog: &Catalog, is_enforced: bool, ban: Option<Ban>) -> Self {
        let mut buckets: Vec<Bucket> = Vec::new();
        let mut known: BTreeMap<(String, String, u64, u64), usize> = BTreeMap::new();
        let mut drawn: HashMap<String, Vec<(usize, u64)>> = HashMap::new();
        for endpoint in catalog.served() {
            for limit in &endpoint.limits {
                let name = shared(limit).map_or_else(|| endpoint.id.clone(), str::to_owned);
                let key = (name, limit.per.clone(), limit.count, limit.window_ms);
                let at = *known.entry(key.clone()).or_insert_with(|| {
                    buckets.push(Bucket::of(key.0, limit));
                    buckets.len() - 1
                });
                drawn.entry(endpoint.id.clone()).or_default().push((at, limit.weight.into()));
            }
        }
        Self { drawn, inner: Mutex::new(Inner { buckets, ..Inner::default() }), is_enforced, ban }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request that arrives now, by a clock that never goes back.
    pub(crate) fn arrive(&self, endpoint: Option<&Endpoint>, now: Duration) -> Arrival {
        let now_us = u64::try_from(now.as_micros()).unwrap_or(u64::MAX);
        let drawn = endpoint.and_then(|endpoint| self.drawn.get(&endpoint.id));
        let drawn = drawn.map(Vec::as_slice).unwrap_or_default();
        let mut inner = self.lock();
        for (at, _) in drawn {
            if let Some(bucket) = inner.buckets.get_mut(*at) {
                bucket.forget(now_us);
            }
        }
        let has_room = |(at, weight): &(usize, u64)| {
            inner.buckets.get(*at).is_none_or(|bucket| bucket.has_room(*weight))
        };
        let gate = if !self.is_enforced {
            Gate::Open
        } else if now < inner.banned_until {
            Gate::Banned
        } else if drawn.iter().all(has_room) {
            Gate::Open
        } else {
            Gate::Limited
        };
        let mut most = 0;
        for (at, weight) in drawn {
            let Some(bucket) = inner.buckets.get_mut(*at) else { continue };
            let was_full = !bucket.has_room(*weight);
            bucket.note(now_us, *weight, gate == Gate::Open);
            bucket.refused_in_a_row = match gate {
                Gate::Limited if was_full => bucket.refused_in_a_row + 1,
                Gate::Limited => bucket.refused_in_a_row,
                Gate::Open | Gate::Banned => 0,
            };
            most = most.max(bucket.refused_in_a_row);
        }
        if let Some(ban) = self.ban.filter(|ban| most >= ban.strikes) {
            inner.banned_until = now.saturating_add(ban.lasts);
        }
        let first = drawn.first().and_then(|(at, _)| inner.buckets.get(*at));
        Arrival { gate, used: first.map_or(0, |bucket| bucket.admitted) }
    }

    pub(crate) fn reports(&self) -> Vec<LimitReport> {
        self.lock().buckets.iter().map(|bucket| bucket.report.clone()).collect()
    }
}

impl Bucket {
    fn of(bucket: String, limit: &Limit) -> Self {
        Self {
            report: LimitReport {
                bucket,
                per: limit.per.clone(),
                limit: limit.count,
                window_ms: limit.window_ms,
                worst: 0,
                worst_aligned: 0,
                assumed: limit.assumed,
            },
            arrivals: VecDeque::new(),
            arrived: 0,
            admitted: 0,
            aligned: (0, 0),
            refused_in_a_row: 0,
        }
    }
}

/// What a limit is shared by, as its note says it.
fn shared(limit: &Limit) -> Option<&str> {
    let note = limit.note.as_deref()?;
    ["one bucket", "one quota", "weight quota"].iter().any(|word| note.contains(word)).then_some(note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;
    use crate::which::Which;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn of(which: Which) -> (Catalog, Limits) {
        let catalog = Catalog::load(which).unwrap();
        let limits = Limits::new(&catalog, true, Rules::of(which).ban);
        (catalog, limits)
    }

    #[test]
    fn a_window_slides_and_is_never_let_over_its_limit() {
        let (catalog, limits) = of(Which::BitMart);
        let endpoint = catalog.served().find(|endpoint| endpoint.id == "submit_order");
        let gates = |from: u64, count: u64| -> usize {
            let open = |i| limits.arrive(endpoint, at(from + i)).gate == Gate::Open;
            (0..count).filter(|i| open(*i)).count()
        };
        assert_eq!(gates(1_990, 24), 24);
        // A fixed window would have begun anew at 2000.
        assert_eq!(gates(2_100, 9), 0);
        assert_eq!(gates(3_990, 12), 12);
        let reports = limits.reports();
        let report = reports.iter().find(|report| report.bucket == "submit_order").unwrap();
        assert!(report.is_over() && report.worst >= 33, "{report:?}");
    }

    #[test]
    fn who_goes_on_is_banned_for_a_while() {
        let (catalog, limits) = of(Which::BitMart);
        let endpoint = catalog.served().find(|endpoint| endpoint.id == "cancel_orders");
        let gates: Vec<Gate> = (0..14).map(|i| limits.arrive(endpoint, at(i)).gate).collect();
        assert_eq!(gates.iter().filter(|gate| **gate == Gate::Open).count(), 2);
        assert_eq!(gates.iter().filter(|gate| **gate == Gate::Limited).count(), 10);
        assert_eq!(limits.arrive(None, at(20_000)).gate, Gate::Banned);
        assert_eq!(limits.arrive(endpoint, at(31_000)).gate, Gate::Open);
    }

    #[test]
    fn one_request_too_many_locks_for_ten_minutes_where_that_is_documented() {
        let (catalog, limits) = of(Which::WexFutures);
        let endpoint = |id| catalog.served().find(move |endpoint| endpoint.id == id);
        let gate = |id, ms| limits.arrive(endpoint(id), at(ms)).gate;
        let gates: Vec<Gate> = (0..5).map(|ms| gate("get_balance_detail", ms)).collect();
        assert_eq!(gates, [Gate::Open, Gate::Open, Gate::Open, Gate::Limited, Gate::Banned]);
        // It lasts from the request that was too many, and not from those that came while it lasted.
        assert_eq!(gate("create_order", 600_002), Gate::Banned);
        assert_eq!(gate("create_order", 600_003), Gate::Open);
    }

    #[test]
    fn what_is_shared_is_counted_together_and_what_is_assumed_is_not_enforced() {
        let (_, limits) = of(Which::WexFutures);
        let shared: Vec<LimitReport> =
            limits.reports().into_iter().filter(|report| report.bucket.contains("one bucket")).collect();
        assert_eq!(shared.len(), 3);

        let (catalog, limits) = of(Which::HashKey);
        let endpoint = catalog.served().find(|endpoint| endpoint.id == "create_order");
        for _ in 0..100 {
            assert_eq!(limits.arrive(endpoint, at(0)).gate, Gate::Open);
        }
        assert!(limits.reports().iter().any(|report| report.assumed && report.worst == 100));
    }
}
