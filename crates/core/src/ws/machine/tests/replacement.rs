//! A new connection is made before the old one is broken.

use super::*;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A line whose connections live for a day, and one that is due.
fn due(topics: &[&str]) -> Rig {
    let mut rig = Rig::live(line().lifetime(DAY), topics);
    assert_eq!(rig.wait_for("dial 2", DAY), DAY / 10 * 9);
    assert!(rig.take().is_empty());
    rig
}

fn opened(rig: &mut Rig, leg: Generation) {
    rig.go(|machine, now| assert!(machine.opened(leg, now)));
}

#[test]
fn a_replacement_is_made_before_the_old_connection_is_broken() {
    let mut rig = due(&["a", "b"]);
    rig.wait(secs(3));
    rig.data(1, 1);
    opened(&mut rig, 2);
    assert_eq!(rig.take(), ["2: sub 1 a,b"]);
    rig.ack(2, &Answer::new().id(Some(1)));
    assert_eq!(rig.take(), ["1@2 live", "2@2 live"]);
    // Both deliver for a while.
    rig.wait(SECOND);
    rig.data(1, 1);
    rig.data(2, 1);
    assert!(rig.take().is_empty());
    rig.wait_for("close 1", secs(2));
    rig.lose(1);
    assert!(rig.take().is_empty(), "nothing is missing");
    assert_eq!(rig.machine.topics(), (2, 2));
}

#[test]
fn the_old_connection_waits_until_the_new_one_has_everything() {
    let mut rig = due(&["a", "b"]);
    opened(&mut rig, 2);
    rig.data(2, 1);
    rig.wait(secs(9));
    assert!(!rig.take().contains(&"close 1".to_owned()));
    rig.data(2, 2);
    assert_eq!(rig.take(), ["2@2 live", "close 1"]);
}

#[test]
fn what_the_new_connection_doesnt_have_in_time_is_a_gap() {
    let mut rig = due(&["a", "b"]);
    opened(&mut rig, 2);
    rig.data(2, 1);
    rig.take();
    assert_eq!(rig.wait_for("close 1", secs(11)), secs(10));
    let done = rig.take();
    assert!(done.contains(&"2@1 gap (replaced by another connection)".to_owned()), "{done:?}");
    assert!(!done.iter().any(|done| done.starts_with("1@")), "{done:?}");
}

#[test]
fn a_replacement_that_fails_is_tried_again_and_the_old_one_stays() {
    let mut rig = due(&["a"]);
    for attempt in 0..20 {
        let generation = attempt + 2;
        if attempt % 2 == 0 {
            rig.fail(generation, Kind::Unavailable);
        } else {
            opened(&mut rig, generation);
            rig.lose(generation);
        }
        rig.wait_for(&format!("dial {}", generation + 1), secs(31));
        rig.data(1, 1);
        let done = rig.take();
        assert!(!done.iter().any(|done| done.starts_with("1@")), "nothing is missing: {done:?}");
    }
    // Long pauses by now: a venue that refuses isn't hammered.
    rig.fail(22, Kind::Unavailable);
    let mut pauses = Vec::new();
    for generation in 23..60 {
        pauses.push(rig.wait_for(&format!("dial {generation}"), secs(31)));
        rig.fail(generation, Kind::Unavailable);
    }
    assert!(pauses.iter().max().unwrap() > &secs(20), "{pauses:?}");
}

#[test]
fn an_old_connection_that_dies_meanwhile_is_a_gap_until_the_new_one_is_live() {
    let mut rig = due(&["a", "b"]);
    rig.lose(1);
    let gap = "gap (connection broken: reset)";
    assert_eq!(rig.take(), [format!("1@1 {gap}"), format!("2@1 {gap}")]);
    opened(&mut rig, 2);
    rig.ack(2, &Answer::new().id(Some(1)));
    assert_eq!(rig.take(), ["2: sub 1 a,b", "1@2 live", "2@2 live"]);

    // What the new one has already isn't missing.
    let mut rig = due(&["a", "b"]);
    opened(&mut rig, 2);
    rig.data(2, 1);
    rig.take();
    rig.lose(1);
    assert_eq!(rig.take(), [format!("2@1 {gap}")]);
    rig.data(2, 2);
    assert_eq!(rig.take(), ["2@2 live"]);
}

#[test]
fn a_new_connection_that_dies_leaves_its_topics_to_the_old_one() {
    let mut rig = due(&["a", "b"]);
    opened(&mut rig, 2);
    rig.data(2, 1);
    rig.take();
    rig.lose(2);
    // Whoever has turned to the new one hears that the old one goes on.
    assert_eq!(rig.take(), ["1@1 live"]);
    rig.wait_for("dial 3", SECOND);
}

#[test]
fn both_connections_die() {
    let mut rig = due(&["a"]);
    opened(&mut rig, 2);
    rig.lose(1);
    rig.lose(2);
    rig.take();
    rig.wait_for("dial 3", SECOND);
    opened(&mut rig, 3);
    rig.data(3, 1);
    assert_eq!(rig.take(), ["3: sub 1 a", "1@3 live"]);
}

#[test]
fn a_topic_that_comes_or_goes_meanwhile_does_so_on_both() {
    let mut rig = due(&["a", "b"]);
    opened(&mut rig, 2);
    rig.ack(2, &Answer::new().id(Some(1)));
    rig.take();
    rig.want(3, "c");
    rig.drop(1);
    assert_eq!(rig.take(), ["1: sub 2 c", "2: sub 2 c", "1: unsub 3 a", "2: unsub 3 a"]);
    rig.data(1, 3);
    rig.data(2, 3);
    assert_eq!(rig.take(), ["3@1 live", "3@2 live"]);
}

#[test]
fn a_connection_of_which_nothing_is_wanted_isnt_replaced() {
    let mut rig = due(&["a"]);
    rig.drop(1);
    rig.wait(secs(2));
    let done = rig.take();
    assert_eq!(done, ["1: unsub 2 a", "close 1", "abort 2"]);
    rig.lose(1);
    rig.wait(DAY);
    assert!(rig.take().is_empty());
}

#[test]
fn silence_on_the_connection_that_is_replaced_is_no_news() {
    let mut rig = Rig::new(line().lifetime(DAY));
    rig.want_rated(1, "ticker", Some(SECOND * 2));
    opened(&mut rig, 1);
    while rig.now < DAY / 10 * 9 {
        rig.data(1, 1);
        rig.wait(SECOND);
    }
    rig.take();
    opened(&mut rig, 2);
    // The venue pushes to the newest connection alone.
    for _ in 0..6 {
        rig.data(2, 1);
        rig.wait(SECOND);
    }
    let done = rig.take();
    assert_eq!(done, ["2: sub 1 ticker", "1@2 live", "close 1", "abort 1"]);
}

#[test]
fn a_machine_that_slept_through_a_whole_replacement_goes_on_with_the_next() {
    let mut rig = due(&["a"]);
    opened(&mut rig, 2);
    rig.data(2, 1);
    rig.take();
    rig.now += DAY * 3;
    rig.tick();
    let done = rig.take();
    assert!(done.contains(&"close 1".to_owned()) && done.contains(&"dial 3".to_owned()), "{done:?}");
}

#[test]
fn closing_ends_both() {
    let mut rig = due(&["a"]);
    opened(&mut rig, 2);
    rig.take();
    rig.go(Machine::close);
    assert_eq!(rig.take(), ["1@2 closed", "close 1", "close 2"]);
    rig.wait(secs(2));
    assert_eq!(rig.take(), ["abort 1", "abort 2"]);
    assert!(rig.machine.is_done());
}
