//! Many topics, many reconnects, and nothing left behind: counted in tasks, subscriptions and bytes.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures::stream::SelectAll;
use futures::{FutureExt as _, SinkExt as _, StreamExt as _};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;

use super::channels::{Public, Trades, trade};
use super::rig::{Listener, Peer, feed, settle, tasks};
use super::toy::Toy;
use super::*;
use crate::ws::{Event, Feed, Phase, Subscription};

/// Subscriptions, and how many share a connection.
const TOPICS: usize = 1000;
const EACH: usize = 200;
const CONNECTIONS: usize = TOPICS / EACH;

/// A venue that takes whatever is asked, until it is told to hang up.
#[derive(Default)]
struct Venue {
    hang_up: Notify,
    /// Connections that it hung up on, with everything subscribed.
    full: AtomicU32,
}

async fn serve(mut listener: Listener, venue: Arc<Venue>) {
    while let Some(stream) = listener.try_stream().await {
        let venue = Arc::clone(&venue);
        tokio::spawn(async move {
            let mut peer = Peer::upgrade(stream).await;
            let mut topics = BTreeSet::new();
            loop {
                let heard = tokio::select! {
                    heard = peer.hear() => heard,
                    () = venue.hang_up.notified() => {
                        assert_eq!(topics.len(), EACH, "not everything is subscribed");
                        venue.full.fetch_add(1, Ordering::Relaxed);
                        break;
                    }
                };
                let Some(heard) = heard else { break };
                let mut words = heard.split(' ');
                let (verb, id, list) = (words.next(), words.next(), words.next().unwrap_or_default());
                for topic in list.split(',').map(str::to_owned) {
                    if verb == Some("sub") {
                        assert!(topics.insert(topic), "asked twice: {heard}");
                    } else {
                        assert!(topics.remove(&topic), "never asked: {heard}");
                    }
                }
                let ack = format!(r#"{{"ok":"","id":{}}}"#, id.unwrap_or_default());
                if peer.socket.send(Message::text(ack)).await.is_err() {
                    break;
                }
                for topic in topics.iter().take(3) {
                    let _ = peer.socket.send(Message::text(trade(topic, "1"))).await;
                }
            }
        });
    }
}

/// A thousand subscriptions over several connections, and the venue they are of.
struct Fleet {
    feed: Feed<Toy>,
    streams: SelectAll<Subscription<Trades>>,
    venue: Arc<Venue>,
    server: JoinHandle<()>,
    tasks: usize,
}

impl Fleet {
    async fn open(venue: &Toy) -> Self {
        let tasks = tasks();
        let (feed, listener) = feed(Toy { ..*venue });
        let venue = Arc::new(Venue::default());
        let server = tokio::spawn(serve(listener, Arc::clone(&venue)));
        let streams = (0..TOPICS).map(|n| feed.subscribe(Public::of(format!("S{n}"))));
        let mut fleet = Self { streams: futures::stream::select_all(streams), feed, venue, server, tasks };
        fleet.is_live().await;
        fleet.heard();
        fleet
    }

    /// Everything is live again, and nobody works on it but who must.
    async fn is_live(&self) {
        let expected = [(Phase::Live, EACH); CONNECTIONS];
        let mut live = Vec::new();
        for _ in 0..1000 {
            live = self.feed.connections().iter().map(|one| (one.phase, one.live)).collect();
            if live == expected {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(live, expected);
        // The client's, the server's of each connection, and the server itself.
        assert_eq!(tasks(), self.tasks + 2 * CONNECTIONS + 1);
    }

    /// How many gaps the consumers heard of.
    fn heard(&mut self) -> usize {
        let mut gaps = 0;
        while let Some(Some(update)) = self.streams.next().now_or_never() {
            gaps += usize::from(matches!(update.event, Event::Gap(_)));
        }
        gaps
    }

    /// So often every connection ends, and is made again.
    async fn reconnect(&mut self, times: usize) {
        for _ in 0..times {
            self.venue.hang_up.notify_waiters();
            settle().await;
            self.is_live().await;
            assert_eq!(self.heard(), TOPICS, "each consumer hears of each end once");
        }
    }

    async fn close(self) {
        let Self { feed, streams, server, tasks: before, .. } = self;
        drop(streams);
        tokio::time::sleep(secs(5)).await;
        assert_eq!(feed.erased().left(), (0, 0), "topics and what connections hold of them");
        let idle = |one: &crate::ws::Connection| (one.topics, one.live, one.phase) == (0, 0, Phase::Idle);
        assert!(feed.connections().iter().all(idle));
        drop(feed);
        settle().await;
        server.await.unwrap();
        assert_eq!(tasks(), before);
    }
}

/// It leaks its lines, once.
fn toy() -> Toy {
    Toy::new(vec![public().topics(EACH).frames(4096, 50)])
}

#[tokio::test(start_paused = true)]
async fn a_thousand_topics_survive_a_hundred_reconnects_and_leave_nothing() {
    let mut fleet = Fleet::open(&toy()).await;
    fleet.reconnect(100 / CONNECTIONS).await;
    let generations: Vec<u64> = fleet.feed.connections().iter().map(|one| one.generation).collect();
    assert_eq!(generations, [1 + 100 / CONNECTIONS as u64; CONNECTIONS]);
    assert_eq!(fleet.venue.full.load(Ordering::Relaxed), 100);
    fleet.close().await;
}

#[test]
fn a_hundred_reconnects_leave_no_byte_behind() {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build().unwrap();
    let toy = toy();
    let life = |reconnects: usize| {
        runtime.block_on(async {
            let mut fleet = Fleet::open(&toy).await;
            fleet.reconnect(reconnects).await;
            fleet.close().await;
        });
    };
    // What is made once and kept for good isn't lost: it doesn't grow.
    life(1);
    let after = [1, 100 / CONNECTIONS].map(|reconnects| allocation_counter::measure(|| life(reconnects)));
    assert_eq!(after.map(|counted| (counted.count_current, counted.bytes_current)), [(0, 0); 2]);
    // And while it lives it is no more after a hundred than after ten.
    let mut fleet = runtime.block_on(async {
        let mut fleet = Fleet::open(&toy).await;
        fleet.reconnect(10 / CONNECTIONS).await;
        fleet
    });
    let rounds = 90 / CONNECTIONS;
    let grown = allocation_counter::measure(|| runtime.block_on(fleet.reconnect(rounds)));
    // A queue may be in the middle of its blocks; not one allocation for each time that everything ended.
    assert!(
        grown.count_current.unsigned_abs() < rounds as u64 / 2 && grown.bytes_current < 4096,
        "{grown:?}"
    );
    runtime.block_on(fleet.close());
}
