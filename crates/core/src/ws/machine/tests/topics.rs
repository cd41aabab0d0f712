//! What is wanted: asked for, confirmed, refused, silent.

use super::*;
use crate::ws::machine::Arrival;

#[test]
fn what_is_wanted_is_replayed_whole_after_a_reconnect() {
    let mut rig = Rig::live(line(), &["a", "b", "c"]);
    rig.drop(2);
    rig.want(4, "d");
    assert_eq!(rig.take(), ["1: unsub 2 b", "1: sub 3 d"]);
    rig.lose(1);
    let gap = "gap (connection broken: reset)";
    assert_eq!(rig.take(), [format!("1@1 {gap}"), format!("3@1 {gap}"), format!("4@1 {gap}")]);
    rig.wait_for("dial 2", SECOND);
    rig.go(|machine, now| assert!(machine.opened(2, now)));
    assert_eq!(rig.take(), ["2: sub 1 a,c,d"]);
    rig.ack(2, &Answer::new().id(Some(1)));
    assert_eq!(rig.take(), ["1@2 live", "3@2 live", "4@2 live"]);
    assert_eq!((rig.phase(), rig.machine.topics()), (Phase::Live, (3, 3)));
}

#[test]
fn a_frame_never_exceeds_the_venues_limit() {
    let names: Vec<String> = (0..300).map(|n| format!("topic-{}", "x".repeat(n % 40 + 1))).collect();
    let unique: Vec<String> = names.iter().enumerate().map(|(n, name)| format!("{name}{n}")).collect();
    let topics: Vec<&str> = unique.iter().map(String::as_str).collect();
    for (bytes, count) in [(64, 100), (200, 7), (4096, 20), (100_000, 1000)] {
        let mut rig = Rig::open(line().frames(bytes, count), &topics);
        rig.wait(SECOND);
        let mut asked = Vec::new();
        for frame in rig.take().iter().filter_map(|done| done.strip_prefix("1: sub ")) {
            let (_, list) = frame.split_once(' ').unwrap();
            assert!(frame.len() + "sub ".len() <= bytes, "{} of {bytes}", frame.len());
            assert!(list.split(',').count() <= count);
            asked.extend(list.split(',').map(str::to_owned));
        }
        assert_eq!(asked, topics, "{bytes} bytes, {count} topics");
    }
}

#[test]
fn a_topic_that_fits_into_no_frame_is_refused_here_and_the_others_are_asked_for() {
    let long = "x".repeat(100);
    let mut rig = Rig::open(line().frames(64, 10), &["a", &long, "b"]);
    assert_eq!(
        rig.take(),
        ["dial 1", "1: sub 1 a", "1: sub 2 b", "2@1 rejected InvalidRequest", "2@1 closed"]
    );
    rig.wait(secs(600));
    assert!(!rig.take().iter().any(|done| done.contains(&long)));
}

#[test]
fn a_pending_subscription_times_out_and_is_asked_for_again() {
    let mut rig = Rig::open(line(), &["a"]);
    rig.take();
    assert!(rig.wait_for("1@1 stale 10s", secs(11)) >= secs(10));
    assert_eq!(rig.take(), ["1: unsub 2 a"]);
    // The venue may not say anything to that either.
    assert_eq!(rig.wait_for("1: sub 3 a", secs(2)), SECOND);
    // Each time it is given longer.
    assert!(rig.wait_for("1@1 stale 20s", secs(21)) >= secs(20));
    rig.wait_for("1: sub 5 a", secs(2));
    rig.ack(1, &Answer::new().id(Some(5)));
    assert_eq!(rig.take().last().unwrap(), "1@1 live");
}

#[test]
fn a_refusal_is_news_and_what_was_live_before_is_tried_again() {
    let mut rig = Rig::live(line(), &["a"]);
    rig.lose(1);
    rig.wait_for("dial 2", SECOND);
    rig.go(|machine, now| assert!(machine.opened(2, now)));
    rig.take();
    rig.nack(2, &Answer::new().id(Some(1)), Kind::UnknownSymbol);
    assert_eq!(rig.take(), ["1@2 rejected UnknownSymbol"]);
    let mut id = 2;
    for pause in [10, 20, 40, 80, 160, 300, 300] {
        let asked = format!("2: sub {id} a");
        let waited = rig.wait_for(&asked, secs(301));
        assert!(waited >= secs(pause) && waited <= secs(pause + 1), "{waited:?}, not {pause} s");
        rig.nack(2, &Answer::new().id(Some(id)), Kind::UnknownSymbol);
        assert_eq!(rig.take(), ["1@2 rejected UnknownSymbol"]);
        id += 1;
    }
    rig.wait_for(&format!("2: sub {id} a"), secs(301));
    rig.ack(2, &Answer::new().id(Some(id)));
    assert_eq!(rig.take(), ["1@2 live"]);
}

#[test]
fn a_refusal_that_may_pass_is_tried_again_though_it_was_never_live() {
    for kind in [Kind::RateLimited, Kind::Unavailable, Kind::Auth, Kind::Unrecognized] {
        let mut rig = Rig::open(line(), &["a"]);
        rig.take();
        rig.nack(1, &Answer::new().id(Some(1)), kind);
        assert_eq!(rig.take(), [format!("1@1 rejected {kind:?}")]);
        assert!(rig.wait_for("1: sub 2 a", secs(11)) >= secs(10));
    }
}

#[test]
fn an_unknown_topic_is_closed() {
    let mut rig = Rig::open(line(), &["a"]);
    rig.take();
    rig.nack(1, &Answer::new().id(Some(1)), Kind::UnknownSymbol);
    assert_eq!(rig.take(), ["1@1 rejected UnknownSymbol", "1@1 closed"]);
    assert_eq!(rig.machine.topics(), (0, 0));
}

#[test]
fn a_bad_topic_doesnt_take_the_good_ones_of_its_frame_with_it() {
    let mut rig = Rig::open(line(), &["a", "bad", "c"]);
    assert_eq!(rig.take(), ["dial 1", "1: sub 1 a,bad,c"]);
    rig.nack(1, &Answer::new().id(Some(1)), Kind::UnknownSymbol);
    assert_eq!(rig.take(), ["1: sub 2 a", "1: sub 3 bad", "1: sub 4 c"]);
    rig.ack(1, &Answer::new().id(Some(2)));
    rig.nack(1, &Answer::new().id(Some(3)), Kind::UnknownSymbol);
    rig.ack(1, &Answer::new().id(Some(4)));
    assert_eq!(rig.take(), ["1@1 live", "2@1 rejected UnknownSymbol", "2@1 closed", "3@1 live"]);
    // What is asked for later goes together again.
    rig.lose(1);
    rig.wait_for("dial 2", SECOND);
    rig.go(|machine, now| assert!(machine.opened(2, now)));
    assert_eq!(rig.take().last().unwrap(), "2: sub 1 a,c");
}

#[test]
fn acks_count_by_id() {
    let mut rig = Rig::open(line().frames(1000, 2), &["a", "b", "c"]);
    assert_eq!(rig.take(), ["dial 1", "1: sub 1 a,b", "1: sub 2 c"]);
    rig.ack(1, &Answer::new().id(Some(9)));
    assert!(rig.take().is_empty(), "an answer to nothing");
    rig.ack(1, &Answer::new().id(Some(2)));
    assert_eq!(rig.take(), ["3@1 live"]);
    rig.ack(1, &Answer::new().id(Some(2)));
    assert!(rig.take().is_empty(), "the same answer twice");
    rig.ack(1, &Answer::new().id(Some(1)));
    assert_eq!(rig.take(), ["1@1 live", "2@1 live"]);
}

#[test]
fn acks_count_by_topic() {
    let mut rig = Rig::new(line().acks(Acks::ByTopic));
    rig.go(|machine, now| machine.add(1, Topic::new("depth:A:5").routed("depth@A"), None, now));
    rig.want(2, "b");
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.take();
    rig.ack(1, &Answer::new().to(Verb::Subscribe).topic("other"));
    assert!(rig.take().is_empty());
    rig.ack(1, &Answer::new().to(Verb::Subscribe).topic("b"));
    rig.ack(1, &Answer::new().to(Verb::Subscribe).topic("depth@A"));
    assert_eq!(rig.take(), ["2@1 live", "1@1 live"]);
}

#[test]
fn acks_count_in_order() {
    let mut rig = Rig::open(line().acks(Acks::InOrder).frames(1000, 1), &["a", "b"]);
    rig.go(|machine, _| assert!(machine.request(1)));
    assert_eq!(rig.take(), ["dial 1", "1: sub 1 a", "1: sub 2 b", "1: req 3 a"]);
    rig.want(3, "c");
    rig.take();
    rig.ack(1, &Answer::new());
    assert_eq!(rig.take(), ["1@1 live"]);
    rig.nack(1, &Answer::new(), Kind::UnknownSymbol);
    assert_eq!(rig.take(), ["2@1 rejected UnknownSymbol", "2@1 closed"]);
    // The request for a push is answered by the push.
    rig.ack(1, &Answer::new());
    assert_eq!(rig.take(), ["3@1 live"]);
}

#[test]
fn an_ack_for_a_topic_that_was_wanted_before_isnt_the_new_ones() {
    let mut rig = Rig::open(line().acks(Acks::ByTopic), &["a"]);
    rig.drop(1);
    rig.want(2, "a");
    assert_eq!(rig.take(), ["dial 1", "1: sub 1 a", "1: unsub 2 a"]);
    // Both answers name the topic and nothing else.
    rig.ack(1, &Answer::new().topic("a"));
    assert!(rig.take().is_empty());
    rig.ack(1, &Answer::new().topic("a"));
    assert_eq!(rig.take(), ["1: sub 3 a"]);
    rig.ack(1, &Answer::new().topic("a"));
    assert_eq!(rig.take(), ["2@1 live"]);
}

#[test]
fn without_acks_the_first_data_counts() {
    let mut rig = Rig::open(line().acks(Acks::None), &["a"]);
    rig.take();
    rig.wait(secs(3600));
    assert!(!rig.take().iter().any(|done| done.starts_with("1@")), "a quiet topic is no news");
    rig.data(1, 1);
    rig.data(1, 1);
    assert_eq!(rig.take(), ["1@1 live"]);
}

#[test]
fn data_that_comes_before_the_ack_confirms_and_the_ack_is_no_second_news() {
    let mut rig = Rig::open(line(), &["a"]);
    rig.take();
    rig.data(1, 1);
    rig.ack(1, &Answer::new().id(Some(1)));
    assert_eq!(rig.take(), ["1@1 live"]);
}

#[test]
fn a_quiet_private_stream_is_left_alone() {
    let mut rig = Rig::live(line(), &["orders"]);
    rig.wait(secs(24 * 3600));
    assert!(rig.take().is_empty());
}

#[test]
fn a_rated_channel_that_is_silent_goes_stale_and_is_subscribed_anew() {
    let mut rig = Rig::new(line());
    rig.want_rated(1, "ticker", Some(secs(15)));
    rig.want(2, "orders");
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.ack(1, &Answer::new().id(Some(1)));
    rig.take();
    for _ in 0..10 {
        rig.wait(secs(14));
        rig.data(1, 1);
    }
    assert!(rig.take().is_empty(), "data keeps it");
    let waited = rig.wait_for("1@1 stale 15s", secs(17));
    assert!(waited >= secs(15));
    assert_eq!(rig.take(), ["1: unsub 2 ticker"]);
    rig.ack(1, &Answer::new().id(Some(2)));
    assert_eq!(rig.take(), ["1: sub 3 ticker"]);
    rig.ack(1, &Answer::new().id(Some(3)));
    assert_eq!(rig.take(), ["1@1 live"]);
    // Confirmed and silent again: given twice the time.
    assert!(rig.wait_for("1@1 stale 30s", secs(32)) >= secs(30));
    rig.ack(1, &Answer::new().id(Some(4)));
    rig.data(1, 1);
    rig.take();
    // Data came: the time is short again.
    rig.wait_for("1@1 stale 15s", secs(17));
}

#[test]
fn an_implied_topic_is_live_with_the_connection_and_never_asked_for() {
    let mut rig = Rig::new(line());
    rig.go(|machine, now| machine.add(1, Topic::implied("orders"), Some(secs(20)), now));
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    assert_eq!(rig.take(), ["dial 1", "1@1 live"]);
    rig.go(|machine, now| machine.add(2, Topic::implied("fills"), None, now));
    assert_eq!(rig.take(), ["2@1 live"]);
    rig.drop(2);
    rig.wait_for("1@1 stale 20s", secs(22));
    rig.data(1, 1);
    assert_eq!(rig.take(), ["1@1 live"]);
}

#[test]
fn a_topic_wanted_again_at_once_is_subscribed_after_it_was_unsubscribed() {
    let mut rig = Rig::live(line(), &["a", "b"]);
    rig.drop(1);
    rig.want(3, "a");
    assert_eq!(rig.take(), ["1: unsub 2 a"]);
    // What is still on its way belongs to the first subscription.
    assert_eq!(rig.machine.data(1, 3, rig.now), Arrival::Stray);
    rig.ack(1, &Answer::new().id(Some(2)));
    assert_eq!(rig.take(), ["1: sub 3 a"]);
    rig.ack(1, &Answer::new().id(Some(3)));
    assert_eq!(rig.take(), ["3@1 live"]);
    assert_eq!(rig.machine.data(1, 3, rig.now), Arrival::Expected);
}

#[test]
fn a_topic_waits_for_the_route_that_it_takes_over() {
    let mut rig = Rig::new(line());
    rig.go(|machine, now| machine.add(1, Topic::new("depth:A:5").routed("A"), None, now));
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.ack(1, &Answer::new().id(Some(1)));
    rig.take();
    rig.drop(1);
    rig.go(|machine, now| machine.add(2, Topic::new("depth:A:50").routed("A"), None, now));
    assert_eq!(rig.take(), ["1: unsub 2 depth:A:5"]);
    // A venue that doesn't confirm: time has to do.
    assert_eq!(rig.wait_for("1: sub 3 depth:A:50", secs(2)), SECOND);
}

#[test]
fn what_was_never_asked_for_isnt_unsubscribed() {
    let mut rig = Rig::new(line());
    rig.want(1, "a");
    rig.want(2, "b");
    rig.drop(1);
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    assert_eq!(rig.take(), ["dial 1", "1: sub 1 b"]);
}

#[test]
fn a_topic_is_renewed_for_all_who_share_it() {
    let mut rig = Rig::live(line(), &["a", "b"]);
    rig.go(|machine, _| machine.renew(1));
    assert_eq!(rig.take(), ["1@1 gap (subscribed anew)", "1: unsub 2 a"]);
    rig.ack(1, &Answer::new().id(Some(2)));
    rig.ack(1, &Answer::new().id(Some(3)));
    assert_eq!(rig.take(), ["1: sub 3 a", "1@1 live"]);
}

#[test]
fn a_push_that_is_refused_is_news_and_the_subscription_goes_on() {
    let mut rig = Rig::live(line(), &["a"]);
    rig.go(|machine, _| assert!(machine.request(1)));
    assert_eq!(rig.take(), ["1: req 2 a"]);
    rig.nack(1, &Answer::new().id(Some(2)), Kind::RateLimited);
    assert_eq!(rig.take(), ["1@1 not pushed RateLimited"]);
    rig.go(|machine, _| assert!(!machine.request(9), "nobody wants that"));
    rig.lose(1);
    rig.go(|machine, _| assert!(!machine.request(1), "nothing to ask on"));
}

#[test]
fn frames_are_paced() {
    let topics: Vec<String> = (0..60).map(|n| format!("t{n}")).collect();
    let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
    let mut rig = Rig::open(line().frames(1000, 1).pace(5, SECOND), &topics);
    rig.wait(secs(30));
    let sent: Vec<Now> =
        rig.log.iter().filter(|(_, done)| done.starts_with("1: ")).map(|(at, _)| *at).collect();
    for window in sent.windows(6) {
        assert!(window[5] - window[0] >= SECOND, "{window:?}");
    }
    let asked: Vec<_> = rig.log.iter().filter(|(_, done)| done.starts_with("1: sub")).collect();
    assert!(topics.iter().all(|topic| asked.iter().any(|(_, done)| done.ends_with(topic))));
    // The venue answers none, but what has not been asked for yet can't be overdue.
    for (at, done) in rig.log.iter().filter(|(_, done)| done.ends_with("stale 10s")) {
        let (id, _) = done.split_once('@').unwrap();
        let topic = topics[id.parse::<usize>().unwrap() - 1];
        let (since, _) = asked.iter().find(|(_, done)| done.ends_with(topic)).unwrap();
        assert!(*at >= *since + secs(10), "{topic}");
    }
}

#[test]
fn a_topic_dropped_while_it_waits_for_its_turn_is_never_sent() {
    let mut rig = Rig::open(line().frames(1000, 1).pace(1, SECOND), &["a", "b", "c"]);
    rig.drop(2);
    rig.wait(secs(5));
    assert_eq!(rig.take(), ["dial 1", "1: sub 1 a", "1: sub 2 c"]);
}
