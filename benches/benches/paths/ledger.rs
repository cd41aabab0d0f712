//! The ledger: what a permit costs, how much of a budget can be used, and whether that is ever too much.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::FutureExt as _;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{Instant, sleep, sleep_until};
use venue_benches::{Bench, Goal, Line, Pair, Random, Unit};
use venue_core::Endpoint;
use venue_core::budget::{Ask, Draw, Draws, Ledger, Limit, Scope};
use venue_sim::Which;

use crate::orders::{EachVenue, each};

pub(crate) fn run(bench: &Bench) {
    permit(bench);
    if bench.is_timed() {
        let trips = [("a round trip of a 40th of the window", 50), ("a quarter", 500)];
        for (words, trip_ms) in trips {
            shares(bench, words, Duration::from_millis(trip_ms));
        }
        starvation(bench);
    }
}

/// How many buckets the venues' orders draw on at most.
fn most_buckets() -> usize {
    struct Most(usize);

    impl EachVenue for Most {
        fn venue<E: Endpoint + Clone>(&mut self, _: Which, _: E::Venue, orders: Vec<E>) {
            self.0 = self.0.max(orders[0].costs().len());
        }
    }

    let mut most = Most(0);
    each(&mut most);
    most.0
}

/// Permits as fast as they are settled, over as many buckets as an order of any venue draws on.
fn permit(bench: &Bench) {
    static LIMITS: [Limit; 4] = [
        Limit::new("second", u32::MAX, 1, Scope::Key),
        Limit::new("minute", u32::MAX, 1, Scope::Ip),
        Limit::new("hour", u32::MAX, 1, Scope::Account),
        Limit::new("day", u32::MAX, 1, Scope::Ip),
    ];
    let buckets = most_buckets();
    assert!((1..=LIMITS.len()).contains(&buckets));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let ledger = Ledger::new();
    let owner: Arc<str> = Arc::from("account");
    let ask = || {
        let draws = LIMITS[..buckets].iter().map(|limit| Draw::new(limit, Arc::clone(&owner), 1));
        Ask::new("bench", draws.collect::<Draws>())
    };
    let counter = Mutex::new(0u64);
    let _inside = runtime.enter();
    bench.pair(
        &Pair {
            name: &format!("ledger: a permit over {buckets} buckets, taken and settled"),
            against: "a counter behind a mutex",
            goal: Some(Goal::Within { value: 100_000 }),
            allocations: None,
        },
        || ledger.acquire(ask()).now_or_never().unwrap().unwrap().answered(),
        || *counter.lock().unwrap() += 1,
    );
    let known = ledger.snapshot().len();
    assert!(known == buckets || known == 0, "{known} buckets");
}

/// What a simulated venue counted.
#[derive(Default)]
struct Counted {
    times: Vec<Instant>,
}

impl Counted {
    /// The most that any window of this length held.
    fn worst(&self, window: Duration) -> u64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        let mut first = 0;
        let mut worst = 0;
        for (last, at) in times.iter().enumerate() {
            while times[first] + window <= *at {
                first += 1;
            }
            worst = worst.max(last + 1 - first);
        }
        u64::try_from(worst).unwrap()
    }
}

/// A runtime whose time moves when it is told to, or when nothing else is to be done.
pub(crate) fn paused() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

/// Fifty greedy callers for ten minutes, on a clock without noise: how much of what is possible they get, and
/// whether any window ever held too much. The venue counts somewhere between sending and answer.
fn shares(bench: &Bench, words: &str, trip: Duration) {
    static ORDERS: Limit = Limit::new("orders", 24, 2_000, Scope::Key);
    const MINUTES: u64 = 10;
    let counted = Rc::new(RefCell::new(Counted::default()));
    let local = LocalSet::new();
    local.block_on(&paused(), async {
        let ledger = Ledger::new();
        let end = Instant::now() + Duration::from_secs(MINUTES * 60);
        let callers = (0..50).map(|seed| {
            let (ledger, counted) = (ledger.clone(), Rc::clone(&counted));
            spawn_local(async move {
                let mut random = Random::of(seed);
                while Instant::now() < end {
                    let ask = Ask::new("bench", vec![Draw::new(&ORDERS, Arc::from("key"), 1)]);
                    let permit = ledger.acquire(ask.until(end)).await;
                    let Ok(permit) = permit else { break };
                    permit.sending();
                    let answered = Instant::now() + trip;
                    let whole = u64::try_from(trip.as_micros()).unwrap();
                    sleep(Duration::from_micros(random.below(whole))).await;
                    counted.borrow_mut().times.push(Instant::now());
                    sleep_until(answered).await;
                    permit.answered();
                }
            })
        });
        futures::future::join_all(callers.collect::<Vec<_>>()).await;
    });
    let counted = counted.borrow();
    let window = Duration::from_millis(ORDERS.window_ms);
    let used = u64::try_from(counted.times.len()).unwrap();
    // A full bucket at once, and again after each T + round trip.
    let period = u64::try_from((window + trip).as_millis()).unwrap();
    let possible = u64::from(ORDERS.count) * (MINUTES * 60_000).div_ceil(period);
    bench.add(
        &Line::new(
            format!("ledger: share of T / (T + round trip) used, {words}"),
            "what can be used",
            Unit::Count,
            used * 1000,
            Some(possible * 1000),
        )
        .goal(Goal::AtLeast { ratio: 950 }),
    );
    bench.add(
        &Line::new(
            format!("ledger: the fullest window in ten minutes, {words}"),
            "the limit",
            Unit::Count,
            counted.worst(window) * 1000,
            Some(u64::from(ORDERS.count) * 1000),
        )
        .goal(Goal::AtMost { ratio: 1000, stretch: None }),
    );
}

/// One request of weight 50 among twenty callers of weight 1, who leave it no room: how many windows it waits.
fn starvation(bench: &Bench) {
    static WEIGHT: Limit = Limit::new("weight", 100, 1_000, Scope::Ip);
    let longest = Rc::new(Cell::new(Duration::ZERO));
    let served = Rc::new(Cell::new(0u32));
    let local = LocalSet::new();
    local.block_on(&paused(), async {
        let ledger = Ledger::new();
        let end = Instant::now() + Duration::from_secs(60);
        let callers = (0..21).map(|caller| {
            let (ledger, longest, served) = (ledger.clone(), Rc::clone(&longest), Rc::clone(&served));
            let weight = if caller == 0 { 50 } else { 1 };
            spawn_local(async move {
                while Instant::now() < end {
                    let asked = Instant::now();
                    let draw = Draw::new(&WEIGHT, Arc::from(""), weight);
                    let Ok(permit) = ledger.acquire(Ask::new("bench", vec![draw]).until(end)).await else {
                        break;
                    };
                    if weight > 1 {
                        let waited = asked.elapsed();
                        longest.set(waited.max(longest.get()));
                        served.set(served.get() + 1);
                    }
                    sleep(Duration::from_millis(20)).await;
                    permit.answered();
                }
            })
        });
        futures::future::join_all(callers.collect::<Vec<_>>()).await;
    });
    assert!(served.get() > 10, "it is served again and again: {}", served.get());
    // A window is a second: milliseconds are thousandths of it.
    let windows = u64::try_from(longest.get().as_millis()).unwrap();
    bench.add(
        &Line::new(
            "ledger: longest wait of weight 50 among twenty of weight 1, in windows",
            "nothing",
            Unit::Count,
            windows,
            None,
        )
        .goal(Goal::Within { value: 2_500 }),
    );
}
