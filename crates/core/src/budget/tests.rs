//! The ledger against a reference server that counts a request at any moment between its sending and its
//! answer, under virtual time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use tokio::time::{Instant, sleep, timeout};

use super::{Ask, Denied, Draw, Ledger, Limit, Permit, Priority, Scope};

static TEN_A_SECOND: Limit = Limit::new("ten a second", 10, 1_000, Scope::Ip);
static TWENTY_IN_TWO: Limit = Limit::new("twenty in two seconds", 20, 2_000, Scope::Key);
static ONE: Limit = Limit::new("one a second", 1, 1_000, Scope::Ip);

fn draw(limit: &'static Limit, weight: u32) -> Draw {
    Draw::new(limit, Arc::from(""), weight)
}

fn ask(limit: &'static Limit, weight: u32) -> Ask {
    Ask::new("test", vec![draw(limit, weight)])
}

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A limit's name, a moment and a weight.
type Counted = (&'static str, Instant, u32);

/// What a server counted.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Vec<Counted>>>);

impl Server {
    fn count(&self, draws: &[Draw]) {
        let now = Instant::now();
        let mut seen = self.0.lock().unwrap();
        for draw in draws {
            seen.push((draw.limit.name, now, draw.weight));
        }
    }

    /// The most that any window of this length held, wherever it begins.
    fn worst(&self, limit: &'static Limit) -> u32 {
        let seen = self.0.lock().unwrap();
        let mut times: Vec<_> = seen.iter().filter(|(name, ..)| *name == limit.name).collect();
        times.sort_by_key(|(_, at, _)| *at);
        let window = ms(limit.window_ms);
        (0..times.len())
            .map(|first| {
                let (_, begin, _) = times[first];
                // Both ends count, which is stricter than any server.
                times[first..]
                    .iter()
                    .take_while(|(_, at, _)| *at - *begin <= window)
                    .map(|(.., weight)| weight)
                    .sum()
            })
            .max()
            .unwrap_or(0)
    }

    fn total(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

/// One request: so long until the server counts it, so long until its answer is here.
async fn request(ledger: Ledger, server: Server, ask: Ask, there: Duration, back: Duration, answered: bool) {
    let draws = ask.draws.clone();
    let Ok(permit) = ledger.acquire(ask).await else { return };
    permit.sending();
    sleep(there).await;
    server.count(&draws);
    if answered {
        sleep(back).await;
        permit.answered();
    } else {
        permit.unanswered();
    }
}

fn virtual_time() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_window_ever_holds_more_than_its_limit(
        requests in prop::collection::vec((0u64..300, 0u64..1_500, 0u64..1_500, 1u32..4, 0u8..3, any::<bool>()), 1..120),
    ) {
        virtual_time().block_on(async {
            let (ledger, server) = (Ledger::new(), Server::default());
            let mut tasks = Vec::new();
            for (pause, there, back, weight, which, urgent) in requests {
                sleep(ms(pause)).await;
                let draws = match which {
                    0 => vec![draw(&TEN_A_SECOND, weight)],
                    1 => vec![draw(&TWENTY_IN_TWO, weight)],
                    _ => vec![draw(&TEN_A_SECOND, weight), draw(&TWENTY_IN_TWO, weight)],
                };
                let mut ask = Ask::new("test", draws);
                if urgent {
                    ask = ask.priority(Priority::Urgent);
                }
                let answered = back % 5 != 0;
                tasks.push(tokio::spawn(request(ledger.clone(), server.clone(), ask, ms(there), ms(back), answered)));
            }
            for task in tasks {
                // Nobody waits for ever.
                timeout(Duration::from_secs(3_600), task).await.unwrap().unwrap();
            }
            for limit in [&TEN_A_SECOND, &TWENTY_IN_TWO] {
                assert!(server.worst(limit) <= limit.count, "{} of {limit}", server.worst(limit));
            }
            // Nothing stays occupied once all windows have passed.
            sleep(Duration::from_secs(60)).await;
            assert!(ledger.snapshot().iter().all(|bucket| bucket.used == 0), "{:?}", ledger.snapshot());
        });
    }

    #[test]
    fn a_dropped_waiter_or_permit_leaks_nothing(
        fates in prop::collection::vec((0u64..400, 0u8..5), 1..80),
    ) {
        virtual_time().block_on(async {
            let ledger = Ledger::new();
            let mut tasks = Vec::new();
            for (patience, fate) in fates {
                let ledger = ledger.clone();
                tasks.push(tokio::spawn(async move {
                    let asked = timeout(ms(patience), ledger.acquire(ask(&TEN_A_SECOND, 3))).await;
                    let Ok(Ok(permit)) = asked else { return };
                    match fate {
                        0 => drop(permit),
                        1 => {
                            permit.sending();
                            drop(permit);
                        }
                        2 => permit.not_sent(),
                        3 => permit.answered(),
                        _ => permit.unanswered(),
                    }
                }));
            }
            for task in tasks {
                task.await.unwrap();
            }
            sleep(Duration::from_secs(60)).await;
            assert!(ledger.snapshot().iter().all(|bucket| bucket.used == 0));
            // And the whole bucket is there again, at once.
            for _ in 0..10 {
                let permit = ledger.acquire(ask(&TEN_A_SECOND, 1).until(Instant::now())).await.unwrap();
                permit.answered();
            }
        });
    }
}

#[tokio::test(start_paused = true)]
async fn a_greedy_caller_gets_nearly_all_that_latency_leaves() {
    for round_trip in [0, 20, 100, 500] {
        let (ledger, server) = (Ledger::new(), Server::default());
        let begin = Instant::now();
        let span = Duration::from_secs(600);
        let mut tasks = Vec::new();
        for _ in 0..10 {
            let (ledger, server) = (ledger.clone(), server.clone());
            tasks.push(tokio::spawn(async move {
                while begin.elapsed() < span {
                    let half = ms(round_trip / 2);
                    request(ledger.clone(), server.clone(), ask(&TEN_A_SECOND, 1), half, half, true).await;
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        let possible = 10 * begin.elapsed().as_millis() as usize / (1_000 + round_trip as usize);
        assert!(server.total() * 100 >= possible * 95, "{} of {possible} at {round_trip} ms", server.total());
        assert!(server.worst(&TEN_A_SECOND) <= 10);
    }
}

#[tokio::test(start_paused = true)]
async fn a_heavy_request_is_not_starved_by_light_ones() {
    let (ledger, server) = (Ledger::new(), Server::default());
    for _ in 0..20 {
        let (ledger, server) = (ledger.clone(), server.clone());
        tokio::spawn(async move {
            loop {
                request(ledger.clone(), server.clone(), ask(&TEN_A_SECOND, 1), ms(5), ms(5), true).await;
            }
        });
    }
    for _ in 0..5 {
        let begin = Instant::now();
        let permit = ledger.acquire(ask(&TEN_A_SECOND, 10)).await.unwrap();
        assert!(begin.elapsed() <= ms(3_100), "{:?}", begin.elapsed());
        permit.answered();
    }
}

#[tokio::test(start_paused = true)]
async fn requests_that_share_no_bucket_never_wait_for_each_other() {
    let ledger = Ledger::new();
    ledger.acquire(ask(&ONE, 1)).await.unwrap().answered();
    let other = ledger.clone();
    let waiting = tokio::spawn(async move { other.acquire(ask(&ONE, 1)).await });
    tokio::task::yield_now().await;
    let begin = Instant::now();
    ledger.acquire(ask(&TEN_A_SECOND, 1)).await.unwrap().answered();
    assert_eq!(begin.elapsed(), Duration::ZERO);
    waiting.await.unwrap().unwrap().answered();
    assert!(begin.elapsed() >= ms(1_000));
}

#[tokio::test(start_paused = true)]
async fn those_that_share_a_bucket_go_in_order_and_urgent_ones_first() {
    let ledger = Ledger::new();
    ledger.acquire(ask(&ONE, 1)).await.unwrap().answered();
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for (name, priority) in
        [("first", Priority::Normal), ("second", Priority::Normal), ("cancel", Priority::Urgent)]
    {
        let (ledger, order) = (ledger.clone(), Arc::clone(&order));
        tasks.push(tokio::spawn(async move {
            let permit = ledger.acquire(ask(&ONE, 1).priority(priority)).await.unwrap();
            order.lock().unwrap().push(name);
            permit.answered();
        }));
        tokio::task::yield_now().await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), ["cancel", "first", "second"]);
}

#[tokio::test(start_paused = true)]
async fn the_reserve_is_for_cancels() {
    let ledger = Ledger::with_reserve(20);
    let now = || ask(&TEN_A_SECOND, 1).until(Instant::now());
    let mut held: Vec<Permit> = Vec::new();
    while let Ok(permit) = ledger.acquire(now()).await {
        held.push(permit);
    }
    assert_eq!(held.len(), 8);
    held.push(ledger.acquire(now().priority(Priority::Urgent)).await.unwrap());
    held.push(ledger.acquire(now().priority(Priority::Urgent)).await.unwrap());
    assert!(ledger.acquire(now().priority(Priority::Urgent)).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn all_buckets_or_none() {
    let ledger = Ledger::new();
    ledger.acquire(ask(&ONE, 1)).await.unwrap().answered();
    let both = Ask::new("test", vec![draw(&TEN_A_SECOND, 5), draw(&ONE, 1)]);
    let denied = ledger.acquire(both.until(Instant::now())).await.unwrap_err();
    assert!(matches!(denied, Denied::Exhausted { bucket: "one a second", .. }), "{denied}");
    let used = ledger.snapshot().iter().find(|bucket| bucket.limit == TEN_A_SECOND.name).unwrap().used;
    assert_eq!(used, 0);
}

#[tokio::test(start_paused = true)]
async fn a_gate_holds_everything_until_its_time() {
    let ledger = Ledger::new();
    let permit = ledger.acquire(ask(&ONE, 1)).await.unwrap();
    permit.banned(Duration::from_secs(30));
    permit.answered();
    let denied = ledger.acquire(ask(&TEN_A_SECOND, 1).until(Instant::now() + ms(29_000))).await.unwrap_err();
    assert!(matches!(denied, Denied::Gated { .. }), "{denied}");
    // Another venue's door is open.
    let other = Ask::new("other", vec![draw(&TEN_A_SECOND, 1)]);
    ledger.acquire(other.until(Instant::now())).await.unwrap().answered();
    let begin = Instant::now();
    ledger.acquire(ask(&TEN_A_SECOND, 1)).await.unwrap().answered();
    assert!(begin.elapsed() >= Duration::from_secs(29));
}

#[tokio::test(start_paused = true)]
async fn what_never_fits_is_refused_at_once() {
    let denied = Ledger::new().acquire(ask(&TEN_A_SECOND, 11)).await.unwrap_err();
    assert_eq!(denied, Denied::TooLarge { bucket: "ten a second", weight: 11 });
}

#[tokio::test(start_paused = true)]
async fn an_unanswered_request_does_not_hold_up_what_others_free() {
    static TWO: Limit = Limit::new("two in two seconds", 2, 2_000, Scope::Ip);
    let ledger = Ledger::new();
    ledger.acquire(ask(&TWO, 1)).await.unwrap().unanswered();
    let under_way = ledger.acquire(ask(&TWO, 1)).await.unwrap();
    let begin = Instant::now();
    let other = ledger.clone();
    let waiting = tokio::spawn(async move { other.acquire(ask(&TWO, 1)).await.map(Permit::answered) });
    sleep(ms(100)).await;
    under_way.answered();
    waiting.await.unwrap().unwrap();
    assert!(begin.elapsed() < ms(2_200), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_an_answer_turned_out_to_cost_counts() {
    let ledger = Ledger::new();
    ledger.acquire(ask(&TEN_A_SECOND, 1)).await.unwrap().answered();
    ledger.charge(&ask(&TEN_A_SECOND, 9));
    let begin = Instant::now();
    ledger.acquire(ask(&TEN_A_SECOND, 1)).await.unwrap().answered();
    assert!(begin.elapsed() >= ms(1_000));
}

#[tokio::test(start_paused = true)]
async fn what_others_have_used_counts() {
    let ledger = Ledger::new();
    let permit = ledger.acquire(ask(&TEN_A_SECOND, 1)).await.unwrap();
    permit.raise(&TEN_A_SECOND, 10);
    permit.answered();
    let begin = Instant::now();
    ledger.acquire(ask(&TEN_A_SECOND, 1)).await.unwrap().answered();
    assert!(begin.elapsed() >= ms(1_000));
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_was_set_counts_instead_of_the_documented_one() {
    static ASSUMED: Limit = Limit::new("two a second", 2, 1_000, Scope::Key).assumed();
    let granted = |ledger: &Ledger, owner: &'static str| {
        let ledger = ledger.clone();
        async move {
            let ask = Ask::new("test", vec![Draw::new(&ASSUMED, Arc::from(owner), 1)]).until(Instant::now());
            let mut held: Vec<Permit> = Vec::new();
            while let Ok(permit) = ledger.acquire(ask.clone()).await {
                held.push(permit);
            }
            held.len()
        }
    };
    let ledger = Ledger::new();
    assert_eq!(granted(&ledger, "a").await, 2);
    // For all, also where a bucket is in use already; and for one of them.
    ledger.set_limit(&ASSUMED, 5);
    ledger.clone().set_limit_of("b", &ASSUMED, 7);
    ledger.set_limit(&TEN_A_SECOND, 1);
    assert_eq!((granted(&ledger, "b").await, granted(&ledger, "c").await), (7, 5));
    ledger.set_limit(&ASSUMED, 4);
    let of = |ledger: &Ledger| {
        let buckets = ledger.snapshot();
        buckets.iter().map(|bucket| (bucket.count, bucket.set, bucket.assumed)).collect::<Vec<_>>()
    };
    assert_eq!(of(&ledger), [(4, true, false), (7, true, false), (4, true, false)]);
    let plain = Ledger::new();
    assert_eq!(granted(&plain, "a").await, 2);
    assert_eq!(of(&plain), [(2, false, true)]);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_see_at_once_that_a_limit_was_set() {
    let ledger = Ledger::new();
    ledger.acquire(ask(&ONE, 1)).await.unwrap().answered();
    let wait = |weight: u32| {
        let ledger = ledger.clone();
        tokio::spawn(async move { ledger.acquire(ask(&ONE, weight)).await.map(Permit::answered) })
    };
    let begin = Instant::now();
    let raised = wait(1);
    sleep(ms(100)).await;
    ledger.set_limit(&ONE, 2);
    raised.await.unwrap().unwrap();
    assert_eq!(begin.elapsed(), ms(100));
    // What can never be granted any more doesn't wait for ever.
    let lowered = wait(2);
    sleep(ms(100)).await;
    ledger.set_limit(&ONE, 1);
    let denied = lowered.await.unwrap().unwrap_err();
    assert_eq!(denied, Denied::TooLarge { bucket: ONE.name, weight: 2 });
    // And leaves the way to those behind it.
    wait(1).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_permit_knows_what_its_buckets_hold() {
    let ledger = Ledger::new();
    ledger.set_limit(&TEN_A_SECOND, 40);
    let permit = ledger.acquire(ask(&TEN_A_SECOND, 1)).await.unwrap();
    assert_eq!((permit.count(&TEN_A_SECOND), permit.count(&ONE)), (Some(40), None));
}

#[tokio::test(start_paused = true)]
async fn a_ledger_in_a_log_shows_no_key() {
    let ledger = Ledger::new();
    let draws = vec![Draw::new(&TEN_A_SECOND, Arc::from("a-key-of-mine"), 1)];
    ledger.acquire(Ask::new("test", draws)).await.unwrap().answered();
    ledger.set_limit_of("a-key-of-mine", &TEN_A_SECOND, 20);
    assert!(!format!("{ledger:?}").contains("a-key-of-mine"));
}
