//! What comes before the first subscription: logins and listen keys.

use super::*;
use crate::ws::line::{Entry, KeyLife};

fn with_login() -> Line {
    line().entry(Entry::Login)
}

#[test]
fn nothing_is_sent_before_the_login() {
    let mut rig = Rig::new(with_login());
    rig.want(1, "orders");
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    assert_eq!(
        (rig.take(), rig.phase()),
        (vec!["dial 1".to_owned(), "login 1".to_owned()], Phase::LoggingIn)
    );
    rig.want(2, "fills");
    rig.go(|machine, now| machine.heard(1, now));
    assert!(rig.take().is_empty());
    rig.go(|machine, now| machine.logged_in(1, now));
    assert_eq!(rig.take(), ["1: sub 1 orders,fills"]);
}

#[test]
fn the_venues_ping_is_answered_before_the_login_is() {
    let mut rig = Rig::new(with_login());
    rig.want(1, "orders");
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.take();
    rig.go(|machine, _| machine.answer(1, "pong".to_owned()));
    assert_eq!(rig.take(), ["1: pong"]);
}

#[test]
fn a_login_counts_as_a_frame() {
    let mut rig = Rig::new(with_login().pace(2, SECOND));
    rig.want(1, "orders");
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.go(|machine, now| machine.logged_in(1, now));
    rig.take();
    assert_eq!(rig.wait_for("1: sub 1 orders", SECOND), SECOND / 2);
}

#[test]
fn a_login_is_signed_anew_at_every_connection() {
    let mut rig = Rig::new(with_login());
    rig.want(1, "orders");
    for generation in 1..5 {
        rig.go(|machine, now| assert!(machine.opened(generation, now)));
        assert!(rig.take().contains(&format!("login {generation}")));
        rig.go(|machine, now| machine.logged_in(generation, now));
        rig.lose(generation);
        rig.wait_for(&format!("dial {}", generation + 1), secs(30));
    }
}

#[test]
fn a_login_without_an_answer_ends_in_time_for_the_venues_rule() {
    for (line, ends) in [
        (with_login(), secs(10)),
        (with_login().first_topic_within(secs(5)), Duration::from_millis(4500)),
        (with_login().first_topic_within(secs(60)), secs(10)),
    ] {
        let mut rig = Rig::new(line);
        rig.want(1, "orders");
        rig.go(|machine, now| assert!(machine.opened(1, now)));
        rig.take();
        assert_eq!(rig.wait_for("abort 1", secs(11)), ends);
        assert_eq!(rig.take(), ["1@1 gap (connection broken: the venue didn't answer the login)"]);
        rig.wait_for("dial 2", SECOND);
    }
}

#[test]
fn a_refused_login_is_news_and_tried_again() {
    let mut rig = Rig::new(with_login());
    rig.want(1, "orders");
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.take();
    rig.go(|machine, now| machine.login_refused(1, error(Kind::Auth), now));
    assert_eq!(rig.take(), ["abort 1", "1@1 rejected Auth"]);
    rig.wait_for("dial 2", SECOND);
}

#[test]
fn a_login_that_holds_no_longer_ends_the_connection() {
    let mut rig = Rig::new(with_login());
    rig.want(1, "orders");
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.go(|machine, now| machine.logged_in(1, now));
    rig.data(1, 1);
    rig.take();
    rig.go(|machine, now| machine.login_refused(1, error(Kind::Auth), now));
    assert_eq!(rig.take(), ["abort 1", "1@1 gap (connection broken: no)"]);
    rig.wait_for("dial 2", SECOND);
}

const HOUR: Duration = Duration::from_secs(3600);

fn with_key(life: KeyLife) -> Line {
    line().entry(Entry::Key(life))
}

fn key(rig: &mut Rig, leg: Generation, number: u32) {
    rig.go(|machine, now| machine.key(leg, Ok((listen_key(number), Duration::ZERO)), now));
}

/// A connection that was entered with a key, and is live.
fn entered(life: KeyLife) -> Rig {
    let mut rig = Rig::new(with_key(life));
    rig.want(1, "orders");
    assert_eq!(rig.phase(), Phase::FetchingKey);
    key(&mut rig, 1, 1);
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.data(1, 1);
    assert_eq!(rig.take(), ["key 1", "dial 1 LISTENKEY0001", "1: sub 1 #LISTENKEY0001 orders", "1@1 live"]);
    rig
}

#[test]
fn a_key_is_renewed_while_it_is_used() {
    let mut rig = entered(KeyLife::renewed(HOUR, HOUR / 2));
    for _ in 0..100 {
        let waited = rig.wait_for("renew 1 LISTENKEY0001", HOUR);
        assert!(waited >= HOUR / 2 - secs(30), "{waited:?}");
        rig.wait(secs(20));
        rig.go(|machine, now| machine.renewed(1, &Ok(()), now));
    }
    assert!(rig.take().is_empty());
}

#[test]
fn a_renewal_that_fails_is_tried_again_while_the_key_holds() {
    let mut rig = entered(KeyLife::renewed(HOUR, HOUR / 2));
    rig.wait_for("renew 1 LISTENKEY0001", HOUR);
    for _ in 0..10 {
        rig.go(|machine, now| machine.renewed(1, &Err(error(Kind::Timeout)), now));
        assert_eq!(rig.wait_for("renew 1 LISTENKEY0001", HOUR), secs(60));
    }
    rig.go(|machine, now| machine.renewed(1, &Ok(()), now));
    assert_eq!(rig.wait_for("renew 1 LISTENKEY0001", HOUR), HOUR / 2);
    assert_eq!(rig.phase(), Phase::Live);
}

#[test]
fn a_key_that_cant_be_renewed_is_replaced_before_its_end() {
    let fixed = KeyLife::fixed(HOUR);
    let failing = KeyLife::renewed(HOUR, HOUR / 2);
    for life in [fixed, failing] {
        let mut rig = entered(life);
        let began = rig.now;
        while !rig.log.iter().any(|(_, done)| done == "key 2 fresh") {
            rig.now = rig.machine.next_wake().unwrap();
            rig.tick();
            if rig.take_one("renew 1 LISTENKEY0001") {
                rig.go(|machine, now| machine.renewed(1, &Err(error(Kind::Unavailable)), now));
            }
        }
        assert_eq!(rig.now - began, HOUR / 10 * 9);
        rig.take();
        key(&mut rig, 2, 2);
        rig.go(|machine, now| assert!(machine.opened(2, now)));
        rig.data(2, 1);
        assert_eq!(rig.take(), ["dial 2 LISTENKEY0002", "2: sub 1 #LISTENKEY0002 orders", "1@2 live"]);
        rig.wait_for("close 1", secs(3));
    }
}

impl Rig {
    fn take_one(&mut self, what: &str) -> bool {
        let at = self.log.iter().position(|(_, done)| done == what);
        at.map(|at| self.log.remove(at)).is_some()
    }
}

#[test]
fn a_key_that_the_venue_knows_no_more_is_a_gap() {
    for kind in [Kind::Auth, Kind::InvalidRequest, Kind::Rejected] {
        let mut rig = entered(KeyLife::renewed(HOUR, HOUR / 2));
        rig.wait_for("renew 1 LISTENKEY0001", HOUR);
        rig.go(|machine, now| machine.renewed(1, &Err(error(kind)), now));
        assert_eq!(rig.take(), ["abort 1", "1@1 gap (the listen key ended)"]);
        rig.wait_for("key 2 fresh", SECOND);
    }
}

#[test]
fn a_refusal_for_the_keys_sake_gets_a_new_key() {
    let mut rig = entered(KeyLife::fixed(HOUR));
    rig.nack(1, &Answer::new(), Kind::Auth);
    assert_eq!(rig.take(), ["abort 1", "1@1 gap (the listen key ended)"]);
    rig.wait_for("key 2 fresh", SECOND);
}

#[test]
fn a_key_is_fetched_anew_only_where_it_may_be_the_trouble() {
    let fresh = |trouble: &dyn Fn(&mut Rig)| {
        let mut rig = Rig::new(with_key(KeyLife::fixed(HOUR)));
        rig.want(1, "orders");
        key(&mut rig, 1, 1);
        trouble(&mut rig);
        rig.wait(secs(2));
        rig.take().iter().find_map(|done| done.strip_prefix("key 2")).map(|rest| rest == " fresh")
    };
    let opened = |rig: &mut Rig| rig.go(|machine, now| assert!(machine.opened(1, now)));
    assert_eq!(fresh(&|rig| rig.fail(1, Kind::Auth)), Some(true));
    assert_eq!(fresh(&|rig| rig.fail(1, Kind::Rejected)), Some(true));
    assert_eq!(fresh(&|rig| rig.fail(1, Kind::Transport)), Some(false));
    assert_eq!(fresh(&|rig| rig.fail(1, Kind::Timeout)), Some(false));
    // The venue hangs up at once.
    assert_eq!(
        fresh(&|rig| {
            opened(rig);
            rig.lose(1);
        }),
        Some(true)
    );
    // It held for a while.
    assert_eq!(
        fresh(&|rig| {
            opened(rig);
            rig.wait(secs(30));
            rig.lose(1);
        }),
        Some(false)
    );
}

#[test]
fn a_key_that_doesnt_come_is_news_and_tried_again() {
    let mut rig = Rig::new(with_key(KeyLife::fixed(HOUR)));
    rig.want(1, "orders");
    rig.go(|machine, now| machine.key(1, Err(error(Kind::Permission)), now));
    assert_eq!(rig.take(), ["key 1", "1@1 rejected Permission"]);
    rig.wait_for("key 2", SECOND);
}

#[test]
fn a_key_that_was_in_use_already_ends_as_early_as_it_is_old() {
    let mut rig = Rig::new(with_key(KeyLife::fixed(HOUR)));
    rig.now = secs(7200);
    rig.want(1, "orders");
    rig.go(|machine, now| machine.key(1, Ok((listen_key(1), HOUR / 2)), now));
    rig.go(|machine, now| assert!(machine.opened(1, now)));
    rig.data(1, 1);
    rig.take();
    assert_eq!(rig.wait_for("key 2 fresh", HOUR), HOUR / 10 * 4);
}
