//! The lines, and what every channel says of itself.

use std::collections::BTreeSet;
use std::time::Duration;

use venue_core::ws::{Channel, Command, Entry, Ping, Streams, Verb};
use venue_core::{Millis, Venue};

use super::{HashKey, line};
use crate::ENDPOINTS;
use crate::feed::*;

#[test]
fn the_lines_are_the_documented_ones() {
    let url = |name: &str| (line(name).url, line(name).sandbox.unwrap());
    assert_eq!(
        url("v1"),
        ("wss://stream-pro.hashkey.com/quote/ws/v1", "wss://stream-pro.sim.hashkeydev.com/quote/ws/v1")
    );
    assert_eq!(
        url("v2"),
        ("wss://stream-pro.hashkey.com/quote/ws/v2", "wss://stream-pro.sim.hashkeydev.com/quote/ws/v2")
    );
    assert_eq!(
        url("private"),
        (
            "wss://stream-pro.hashkey.com/api/v1/ws/{key}",
            "wss://stream-pro.sim.hashkeydev.com/api/v1/ws/{key}"
        )
    );
    assert!(
        HashKey::global().lines().iter().all(|line| line.url.starts_with("wss://stream-glb.hashkey.com/"))
    );
    for line in HashKey::new().lines() {
        assert_eq!(line.heartbeat.every, Duration::from_secs(10));
        let Ping::Stamped(ping) = line.heartbeat.ping else { panic!("{}", line.name) };
        assert_eq!(ping(Millis::new(1_748_503_859_938)), r#"{"ping":1748503859938}"#);
        assert_eq!(Streams::keys(&HashKey::new(), line).is_some(), line.name == "private");
    }
    let Entry::Key(life) = line("private").entry else { panic!("it is entered by a key") };
    assert_eq!((life.valid.as_secs(), life.renew.unwrap().as_secs()), (3600, 1800));
    // Half of what the venue allows without a heartbeat, and longer than it lets wait for its own.
    assert!(line("private").heartbeat.answer_within > Duration::from_secs(30));
    assert!(HashKey::new().streams().is_some());
}

#[test]
fn what_fills_a_hole_is_a_request_that_exists() {
    for channel in CHANNELS {
        for name in channel.spec.refill {
            assert!(ENDPOINTS.iter().any(|operation| operation.name == *name), "{}: {name}", channel.name);
        }
        // Nothing is pushed on this venue but when something has happened.
        assert_eq!(channel.spec.every, None, "{}", channel.name);
        assert!(!channel.summary().is_empty());
        assert_eq!(channel.has_book(), channel.spec.name == "depth", "{}", channel.name);
    }
    let names: BTreeSet<_> = CHANNELS.iter().map(|channel| channel.name).collect();
    assert_eq!(names.len(), CHANNELS.len());
}

#[test]
fn a_frame_holds_one_topic_and_fits() {
    for line in HashKey::new().lines() {
        assert_eq!(line.frame_topics, 1, "{}", line.name);
        let long = "X".repeat(200);
        let topic = DepthV1::of(long.as_str()).limit(200).topic();
        let text = HashKey::new().command(line, &Command::new(Verb::Subscribe, &[&topic]));
        assert!(text.len() < line.frame_bytes);
    }
}

#[test]
fn two_topics_with_one_route_differ_in_how_their_pushes_come() {
    let (plain, packed) = (DepthV1::of("BTCUSDT").topic(), DepthV1::of("BTCUSDT").binary(true).topic());
    assert_eq!(plain.route(), packed.route());
    assert_ne!(plain.text(), packed.text());
    assert_ne!(DepthV1::of("BTCUSDT").topic().route(), DepthV2::of("BTCUSDT").topic().route());
}
