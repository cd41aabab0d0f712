//! Listen keys whose renewal fails, is slow, or ends while their connection is lost or replaced: no subscription is
//! lost over it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures::SinkExt as _;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::channels::{Keyed, Trades, trade};
use super::keys::{Renewal, is_good, renewals, with_keys};
use super::rig::{Listener, Peer, feed, settle};
use super::*;
use crate::error::Kind;
use crate::ws::{Event, Phase, Subscription};

const SYMBOLS: [&str; 3] = ["A", "B", "C"];
/// The venue pushes so often, and numbers it.
const BEAT: Duration = secs(20);
/// Beats fall on no moment at which a test does something.
const FIRST: Duration = secs(5);

#[derive(Default)]
struct Venue {
    hang_up: Notify,
    open: AtomicU32,
    /// Connections whose key ended under them.
    ended: AtomicU32,
}

/// Grants everything, and pushes numbers on every topic to everyone whose key is good.
async fn serve(mut listener: Listener, venue: Arc<Venue>) {
    let began = Instant::now();
    while let Some(stream) = listener.try_stream().await {
        let venue = Arc::clone(&venue);
        tokio::spawn(async move {
            let mut peer = Peer::upgrade(stream).await;
            let key = peer.path.rsplit('/').next().unwrap_or_default().to_owned();
            let beats = |at: Instant| (at - began + BEAT - FIRST).as_secs() / BEAT.as_secs();
            let so_far = u32::try_from(beats(Instant::now())).unwrap();
            let mut beat = tokio::time::interval_at(began + BEAT * so_far + FIRST, BEAT);
            let mut topics = BTreeSet::new();
            venue.open.fetch_add(1, Ordering::Relaxed);
            loop {
                let frames = tokio::select! {
                    heard = peer.hear() => {
                        let Some(heard) = heard else { break };
                        let mut words = heard.split(' ');
                        assert_eq!(words.next(), Some("sub"), "{heard}");
                        let ack = format!(r#"{{"ok":"","id":{}}}"#, words.next().unwrap_or_default());
                        topics.extend(words.next_back().unwrap_or_default().split(',').map(str::to_owned));
                        vec![ack]
                    }
                    at = beat.tick() => {
                        if !is_good(&key) {
                            venue.ended.fetch_add(1, Ordering::Relaxed);
                            break;
                        }
                        topics.iter().map(|topic| trade(topic, &beats(at).to_string())).collect()
                    }
                    () = venue.hang_up.notified() => break,
                };
                for frame in frames {
                    let _ = peer.socket.send(Message::text(frame)).await;
                }
            }
            venue.open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

/// What became of a subscription.
#[derive(Debug, Default)]
struct Watched {
    last: u64,
    /// Pushes that were missed after it was said that some would be.
    missed: u64,
    /// How often that was said.
    gaps: u32,
}

fn watch(mut stream: Subscription<Trades>) -> JoinHandle<Watched> {
    tokio::spawn(async move {
        let (mut watched, mut told) = (Watched::default(), true);
        while let Some(update) = stream.next().await {
            match update.event {
                Event::Data(trades) => {
                    let number = trades.rows.iter().next().unwrap().p.to_string().parse().unwrap();
                    if number > watched.last {
                        let missed = if watched.last == 0 { 0 } else { number - watched.last - 1 };
                        assert!(missed == 0 || told, "{missed} before {number} without a word");
                        watched.missed += missed;
                        (watched.last, told) = (number, false);
                    }
                }
                Event::Live | Event::Closed => {}
                Event::Gap(_) => {
                    watched.gaps += 1;
                    told = true;
                }
                other => panic!("{}", other.name()),
            }
        }
        watched
    })
}

#[derive(Debug)]
struct Case {
    renewal: Renewal,
    /// How long connections last by documentation: each is replaced after nine tenths of it.
    lifetime: Option<u64>,
    /// When the venue hangs up.
    cut: Option<u64>,
    /// Whether something may be missing.
    gaps: bool,
}

/// Two hours, with a key that is to be renewed every half.
async fn run(case: Case) {
    let Case { renewal, lifetime, cut, gaps } = case;
    renewals(renewal);
    let line = match lifetime {
        Some(seconds) => keyed().lifetime(secs(seconds)),
        None => keyed(),
    };
    let (feed, listener) = feed(with_keys(vec![line]));
    let venue = Arc::new(Venue::default());
    let server = tokio::spawn(serve(listener, Arc::clone(&venue)));
    let watched = SYMBOLS.map(|symbol| watch(feed.subscribe(Keyed::of(symbol))));
    let end = Instant::now() + secs(2 * 3600);
    if let Some(seconds) = cut {
        tokio::time::sleep(secs(seconds)).await;
        venue.hang_up.notify_waiters();
    }
    tokio::time::sleep_until(end).await;
    let connections: Vec<_> =
        feed.connections().iter().map(|one| (one.phase, one.topics, one.live)).collect();
    assert_eq!(connections, [(Phase::Live, 3, 3)], "{case:?}");
    assert_eq!(venue.open.load(Ordering::Relaxed), 1, "{case:?}");
    assert_eq!(venue.ended.load(Ordering::Relaxed), 0, "keys that ended while they were used: {case:?}");
    drop(feed);
    for watched in watched {
        let watched = watched.await.unwrap();
        assert_eq!(watched.gaps > 0, gaps, "{watched:?}, {case:?}");
        assert!(watched.missed <= 2 * u64::from(watched.gaps), "it takes too long: {watched:?}, {case:?}");
        assert_eq!(watched.last, 360, "it is pushed to the end: {case:?}");
    }
    settle().await;
    server.await.unwrap();
}

const WELL: Option<Kind> = None;
const LATER: Option<Kind> = Some(Kind::Unavailable);
const REFUSED: Option<Kind> = Some(Kind::InvalidRequest);
const NEVER: u64 = 10_000_000;

#[tokio::test(start_paused = true)]
async fn a_renewal_that_fails_or_is_slow_costs_nothing() {
    for (takes, fails) in [(0, WELL), (0, LATER), (30, LATER), (600, WELL), (600, LATER), (NEVER, WELL)] {
        let renewal = Renewal { takes: secs(takes), fails };
        run(Case { renewal, lifetime: None, cut: None, gaps: false }).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_is_refused_is_a_hole_and_no_end() {
    for takes in [0, 60] {
        let renewal = Renewal { takes: secs(takes), fails: REFUSED };
        run(Case { renewal, lifetime: None, cut: None, gaps: true }).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_lost_around_its_keys_renewal_comes_back_at_once() {
    // Renewed at 1800 s: it is lost before, at that moment, while it is under way.
    for cut in [1798, 1800, 1801, 1812] {
        for (takes, fails) in [(60, WELL), (60, LATER), (60, REFUSED), (0, LATER), (NEVER, WELL)] {
            let renewal = Renewal { takes: secs(takes), fails };
            run(Case { renewal, lifetime: None, cut: Some(cut), gaps: true }).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_ends_while_its_connection_is_replaced_costs_nothing() {
    // By its lifetime a connection is replaced at 1800 s, with the renewal, or a little later; by its key, which
    // a slow renewal lets grow old, at 3240 s.
    let cases: [(Option<u64>, &[u64]); 3] = [
        (Some(2000), &[0, 1, 2, 3]),
        (Some(2010), &[0, 8, 9, 10, 11, 12]),
        (None, &[1440, 1441, 1442, 1443, 1444]),
    ];
    for (lifetime, all) in cases {
        for takes in all {
            for fails in [WELL, LATER] {
                let renewal = Renewal { takes: secs(*takes), fails };
                run(Case { renewal, lifetime, cut: None, gaps: false }).await;
            }
        }
    }
}
