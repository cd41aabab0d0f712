//! Many topics, many reconnects, and nothing left behind.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use futures::{FutureExt as _, SinkExt as _, StreamExt as _};
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Message;

use super::channels::{Public, trade};
use super::rig::{Listener, Peer, feed, settle, tasks};
use super::toy::Toy;
use super::*;
use crate::ws::{Event, Phase};

/// A venue that takes whatever is asked, until it is told to hang up.
#[derive(Default)]
struct Venue {
    hang_up: Notify,
    subscribed: Mutex<Vec<BTreeSet<String>>>,
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
                    () = venue.hang_up.notified() => break,
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
            venue.subscribed.lock().unwrap().push(topics);
        });
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_topics_survive_a_hundred_reconnects_and_leave_nothing() {
    let before = tasks();
    let (feed, listener) = feed(Toy::new(vec![public().topics(200).frames(4096, 50)]));
    let venue = Arc::new(Venue::default());
    let server = tokio::spawn(serve(listener, Arc::clone(&venue)));
    let streams: Vec<_> = (0..1000).map(|n| feed.subscribe(Public::of(format!("S{n}")))).collect();
    let mut streams = futures::stream::select_all(streams);
    let all_live = || feed.connections().iter().map(|one| (one.phase == Phase::Live, one.live)).collect();
    let expected: Vec<(bool, usize)> = vec![(true, 200); 5];
    let mut live: Vec<(bool, usize)> = Vec::new();
    for round in 0..20 {
        for _ in 0..1000 {
            live = all_live();
            if live == expected {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(live, expected, "round {round}");
        // The client's, the server's of each connection, and the server itself.
        assert_eq!(tasks(), before + 5 + 5 + 1, "round {round}");
        venue.hang_up.notify_waiters();
        settle().await;
    }
    for _ in 0..1000 {
        if all_live() == expected {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(all_live(), expected);
    let generations: Vec<u64> = feed.connections().iter().map(|one| one.generation).collect();
    assert_eq!(generations, [21; 5]);
    // Each consumer heard of every end.
    let mut gaps = 0;
    while let Some(Some(update)) = streams.next().now_or_never() {
        gaps += u32::from(matches!(update.event, Event::Gap(_)));
    }
    assert_eq!(gaps, 1000 * 20);
    assert!(venue.subscribed.lock().unwrap().iter().all(|topics| topics.len() == 200));
    drop(streams);
    tokio::time::sleep(secs(5)).await;
    let left = feed.erased().left();
    assert_eq!(left, (0, 0), "topics and what connections hold of them");
    assert!(feed.connections().iter().all(|one| (one.topics, one.live, one.phase) == (0, 0, Phase::Idle)));
    drop(feed);
    settle().await;
    server.await.unwrap();
    assert_eq!(tasks(), before);
}
