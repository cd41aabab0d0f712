//! Connections: made, kept alive, made again, closed.

use super::*;

#[test]
fn any_frame_keeps_a_connection_alive() {
    let heartbeat = Heartbeat::always(Ping::Protocol, secs(20), secs(10));
    let mut rig = Rig::live(line().heartbeat(heartbeat), &["a"]);
    rig.pongs = false;
    for _ in 0..50 {
        rig.wait_for("1: ping", secs(20));
        rig.wait(secs(9));
        rig.go(|machine, now| machine.heard(1, now));
    }
    assert!(rig.take().is_empty());
    assert_eq!(rig.phase(), Phase::Live);
}

#[test]
fn a_connection_that_answers_no_ping_is_dropped() {
    let heartbeat = Heartbeat::quiet(Ping::Protocol, secs(20), secs(10));
    let mut rig = Rig::live(line().heartbeat(heartbeat), &["a"]);
    rig.pongs = false;
    assert_eq!(rig.wait_for("1: ping", secs(20)), secs(20));
    assert_eq!(rig.wait_for("abort 1", secs(10)), secs(10));
    assert_eq!(rig.take(), ["1@1 gap (no sign of life)"]);
    rig.wait_for("dial 2", SECOND);
}

#[test]
fn data_that_flows_makes_a_ping_needless_where_the_venue_says_so() {
    for (heartbeat, pings) in [
        (Heartbeat::quiet(Ping::Protocol, secs(20), secs(10)), 0),
        (Heartbeat::always(Ping::Protocol, secs(20), secs(10)), 5),
    ] {
        let mut rig = Rig::live(line().heartbeat(heartbeat), &["a"]);
        rig.pongs = false;
        for _ in 0..100 {
            rig.wait(SECOND);
            rig.go(|machine, now| machine.heard(1, now));
        }
        assert_eq!(rig.take().len(), pings);
    }
}

#[test]
fn a_machine_that_slept_asks_before_it_gives_a_connection_up() {
    let heartbeat = Heartbeat::quiet(Ping::Protocol, secs(20), secs(10));
    let mut rig = Rig::live(line().heartbeat(heartbeat), &["a"]);
    rig.pongs = false;
    rig.now += secs(8 * 3600);
    rig.tick();
    assert_eq!(rig.take(), ["1: ping"]);
    rig.go(|machine, now| machine.heard(1, now));
    assert_eq!(rig.phase(), Phase::Live);
}

#[test]
fn pauses_double_and_only_a_stable_connection_makes_them_short_again() {
    let patience = Patience::default();
    let mut longest = [Duration::ZERO; 12];
    for seed in 0..200 {
        let mut rig = Rig::seeded(line(), patience, seed);
        rig.want(1, "a");
        rig.take();
        for (attempt, longest) in longest.iter_mut().enumerate() {
            let generation = attempt as u64 + 1;
            if attempt % 2 == 0 {
                rig.fail(generation, Kind::Transport);
            } else {
                // Open for a moment is not stable.
                rig.go(|machine, now| assert!(machine.opened(generation, now)));
                rig.wait(secs(59));
                rig.lose(generation);
            }
            let limit = (patience.backoff * (1 << attempt)).min(patience.backoff_cap);
            let pause = rig.wait_for(&format!("dial {}", generation + 1), limit);
            *longest = pause.max(*longest);
        }
        rig.go(|machine, now| assert!(machine.opened(13, now)));
        rig.wait(secs(60));
        rig.lose(13);
        rig.wait_for("dial 14", patience.backoff);
    }
    for (attempt, longest) in longest.iter().enumerate() {
        let limit = (patience.backoff * (1 << attempt)).min(patience.backoff_cap);
        assert!(*longest > limit * 9 / 10, "attempt {attempt}: never more than {longest:?} of {limit:?}");
    }
}

#[test]
fn a_pause_that_the_venue_asks_for_is_heeded() {
    for (asked, least, most) in [(7, 7, 8), (u64::MAX, 24 * 3600, 24 * 3600 + 1)] {
        let mut rig = Rig::new(line());
        rig.want(1, "a");
        rig.take();
        let limited = error(Kind::RateLimited).with_retry_after(Some(secs(asked)));
        rig.go(|machine, now| machine.failed(1, limited, now));
        assert_eq!(rig.take(), ["1@1 rejected RateLimited"]);
        assert_eq!(rig.phase(), Phase::Waiting);
        let waited = rig.wait_for("dial 2", secs(most));
        assert!(waited >= secs(least));
    }
}

#[test]
fn every_connection_that_ends_is_news_also_before_anything_was_confirmed() {
    let mut rig = Rig::open(line(), &["a"]);
    rig.take();
    rig.lose(1);
    assert_eq!(rig.take(), ["1@1 gap (connection broken: reset)"]);
    rig.wait_for("dial 2", SECOND);
    rig.fail(2, Kind::Transport);
    assert_eq!(rig.take(), ["1@2 gap (connection broken: no)"]);
    rig.wait_for("dial 3", SECOND);
    rig.fail(3, Kind::Auth);
    assert_eq!(rig.take(), ["1@3 rejected Auth"]);
}

#[test]
fn generations_grow() {
    let mut rig = Rig::new(line());
    rig.want(1, "a");
    for generation in 1..20 {
        assert!(rig.take().contains(&format!("dial {generation}")));
        assert_eq!(rig.machine.generation(), generation);
        rig.go(|machine, now| {
            assert!(machine.opened(generation, now));
            assert!(!machine.opened(generation, now), "once");
            assert!(!machine.opened(generation - 1, now), "not the old one");
        });
        rig.lose(generation);
        rig.wait(secs(30));
    }
}

#[test]
fn nothing_is_connected_while_nothing_is_wanted() {
    let mut rig = Rig::new(line());
    rig.wait(secs(3600));
    assert!(rig.take().is_empty() && rig.machine.next_wake().is_none());
    assert_eq!(rig.phase(), Phase::Idle);
}

#[test]
fn the_last_topic_closes_the_connection_after_a_moment() {
    let mut rig = Rig::live(line(), &["a"]);
    rig.drop(1);
    assert_eq!(rig.take(), ["1: unsub 2 a"]);
    rig.wait(SECOND / 2);
    // Wanted again within the moment: the connection stays.
    rig.want(2, "b");
    assert_eq!(rig.take(), ["1: sub 3 b"]);
    rig.drop(2);
    assert_eq!(rig.wait_for("close 1", secs(2)), SECOND);
    assert_eq!(rig.phase(), Phase::Draining);
    rig.take();
    rig.lose(1);
    rig.wait(secs(5));
    assert_eq!((rig.phase(), rig.machine.next_wake()), (Phase::Idle, None));
    assert!(rig.take().is_empty());
    rig.want(3, "c");
    assert_eq!(rig.take(), ["dial 2"]);
}

#[test]
fn a_topic_wanted_while_the_connection_closes_gets_a_new_one() {
    let mut rig = Rig::live(line(), &["a"]);
    rig.drop(1);
    rig.wait_for("close 1", secs(2));
    rig.take();
    rig.want(2, "b");
    assert_eq!(rig.take(), ["dial 2"]);
    rig.lose(1);
    assert!(rig.take().is_empty(), "the end of the old one is no news");
    rig.go(|machine, now| assert!(machine.opened(2, now)));
    assert_eq!(rig.take(), ["2: sub 1 b"]);
}

#[test]
fn closing_is_bounded() {
    let mut rig = Rig::live(line(), &["a", "b"]);
    rig.go(Machine::close);
    assert_eq!(rig.take(), ["1@1 closed", "2@1 closed", "close 1"]);
    assert!(!rig.machine.is_done());
    assert_eq!(rig.wait_for("abort 1", secs(3)), secs(2));
    assert!(rig.machine.is_done());
    assert_eq!((rig.phase(), rig.machine.next_wake()), (Phase::Closed, None));
    rig.want(3, "c");
    assert_eq!(rig.take(), ["3@1 closed"]);
}

#[test]
fn closing_in_any_phase_ends() {
    // Before anything, while it dials, while it waits, with an answer to the close.
    let begin = |topics: &[&str]| {
        let mut rig = Rig::new(line());
        for (id, topic) in (1..).zip(topics) {
            rig.want(id, topic);
        }
        rig
    };
    let mut idle = begin(&[]);
    idle.go(Machine::close);
    assert!(idle.machine.is_done());
    let mut dialing = begin(&["a"]);
    dialing.go(Machine::close);
    assert_eq!(dialing.take(), ["dial 1", "1@1 closed", "abort 1"]);
    assert!(dialing.machine.is_done());
    dialing.go(|machine, now| assert!(!machine.opened(1, now), "nobody waits for it"));
    let mut waiting = begin(&["a"]);
    waiting.fail(1, Kind::Transport);
    waiting.go(Machine::close);
    assert!(waiting.machine.is_done());
    let mut answered = Rig::live(line(), &["a"]);
    answered.go(Machine::close);
    answered.lose(1);
    assert!(answered.machine.is_done());
    for mut rig in [idle, dialing, waiting, answered] {
        rig.take();
        rig.wait(secs(3600));
        assert!(rig.take().is_empty());
    }
}

#[test]
fn what_comes_from_a_connection_that_is_no_more_changes_nothing() {
    let mut rig = Rig::live(line(), &["a"]);
    for leg in [0, 2, 99] {
        rig.lose(leg);
        rig.fail(leg, Kind::Auth);
        rig.data(leg, 1);
        rig.ack(leg, &Answer::new().id(Some(1)));
        rig.nack(leg, &Answer::new().id(Some(1)), Kind::Auth);
        rig.go(|machine, now| {
            assert!(!machine.opened(leg, now));
            machine.logged_in(leg, now);
            machine.login_refused(leg, error(Kind::Auth), now);
            machine.key(leg, Ok((listen_key(1), Duration::ZERO)), now);
            machine.renewed(leg, &Ok(()), now);
            machine.answer(leg, "x".to_owned());
            machine.drained(leg);
        });
    }
    assert!(rig.take().is_empty());
    assert_eq!(rig.phase(), Phase::Live);
}

#[test]
fn the_venues_ping_is_answered_within_the_pace() {
    let mut rig = Rig::open(line().pace(1, SECOND), &["a"]);
    rig.go(|machine, _| machine.answer(1, "pong".to_owned()));
    assert_eq!(rig.take(), ["dial 1", "1: sub 1 a"]);
    assert_eq!(rig.wait_for("1: pong", secs(2)), SECOND);
}
