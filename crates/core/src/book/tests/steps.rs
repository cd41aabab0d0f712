//! What each message does.

use std::time::{Duration, Instant};

use super::level;
use crate::book::{
    Backoff, BookSide, BookSync, Cause, Continuity, Delta, Ids, Ignored, Link, NegativeSize, Reset,
    SideUpdate, Snapshot, Source, State, Step,
};
use crate::{Millis, Qty};

const BUFFERED: Step = Step::Buffered { dropped: false };
const APPLIED: Step = Step::Applied { crossed: false };
const OLD: Step = Step::Ignored(Ignored::Old);

fn synced(applied: usize) -> Step {
    Step::Synced { applied, crossed: false }
}

fn version(version: u64) -> Delta<Qty> {
    Delta::new(Ids::version(version))
}

fn range(first: u64, last: u64) -> Delta<Qty> {
    Delta::new(Ids::range(first, last))
}

fn whole(sequence: u64) -> Snapshot<Qty> {
    Snapshot::new().sequence(sequence)
}

fn begin(rule: Continuity) -> (BookSync<Qty>, Instant) {
    (BookSync::new(rule), Instant::now())
}

#[test]
fn versions_follow_one_by_one_and_a_pushed_snapshot_mends_a_gap() {
    let (mut sync, now) = begin(Continuity::VERSION);
    assert_eq!(sync.state(), State::Empty);
    assert_eq!(sync.on_snapshot(&whole(980_361), now), synced(0));
    assert_eq!(sync.on_delta(version(980_362), now), APPLIED);
    assert_eq!(sync.on_delta(version(980_362), now), OLD);
    let (expected, got) = (980_363, 980_364);
    assert_eq!(sync.on_delta(version(got), now), Step::Gap { expected, got });
    assert_eq!(sync.state(), State::Stale(Cause::Gap { expected, got }));
    assert_eq!(sync.book().unwrap_err(), sync.state());
    assert!(sync.needs_snapshot());
    assert_eq!(sync.on_delta(version(980_365), now), BUFFERED);
    assert_eq!(
        sync.on_snapshot(&whole(980_362), now),
        Step::SnapshotTooOld { snapshot: 980_362, first: got }
    );
    assert_eq!(sync.on_snapshot(&whole(980_364), now), synced(1));
    assert_eq!(sync.book().unwrap().sequence(), Some(980_365));
}

#[test]
fn the_first_change_may_begin_before_the_snapshot_the_next_may_not() {
    let (mut sync, now) = begin(Continuity::RANGE_FROM_REQUEST);
    for (first, last) in [(118, 119), (120, 120), (121, 123), (124, 130)] {
        assert_eq!(sync.on_delta(range(first, last), now), BUFFERED);
    }
    assert_eq!(sync.state(), State::Buffering);
    assert_eq!(sync.on_answer(sync.ticket(), &whole(122), now), synced(2));
    assert!(sync.is_linked());
    assert_eq!(sync.on_delta(range(130, 131), now), Step::Gap { expected: 131, got: 130 });
}

#[test]
fn a_snapshot_older_than_what_waits_is_asked_for_again() {
    let (mut sync, now) = begin(Continuity::RANGE_FROM_REQUEST);
    let _ = sync.on_delta(range(121, 123), now);
    assert_eq!(
        sync.on_answer(sync.ticket(), &whole(119), now),
        Step::SnapshotTooOld { snapshot: 119, first: 121 }
    );
    assert!(sync.needs_snapshot() && sync.book().is_err());
    assert_eq!(sync.on_answer(sync.ticket(), &whole(120), now), synced(1));
}

#[test]
fn a_snapshot_newer_than_all_that_waits_is_linked_by_the_next_change() {
    let (mut sync, now) = begin(Continuity::PREVIOUS_FROM_REQUEST);
    let _ = sync.on_delta(Delta::new(Ids::linked(120, 121, 123)), now);
    assert_eq!(sync.on_answer(sync.ticket(), &whole(125), now), synced(0));
    assert!(!sync.is_linked());
    assert_eq!(sync.on_delta(Delta::new(Ids::linked(123, 124, 124)), now), OLD);
    assert_eq!(sync.on_delta(Delta::new(Ids::linked(124, 125, 127)), now), APPLIED);
    assert!(sync.is_linked());
    assert_eq!(
        sync.on_delta(Delta::new(Ids::linked(128, 129, 130)), now),
        Step::Gap { expected: 128, got: 129 }
    );
}

#[test]
fn an_answer_that_comes_late_never_takes_the_book_back() {
    let (mut sync, now) = begin(Continuity::RANGE_FROM_REQUEST);
    let (first, second) = (sync.ticket(), sync.ticket());
    let _ = sync.on_answer(first, &whole(10), now);
    let _ = sync.on_delta(range(11, 12), now);
    assert_eq!(sync.on_answer(second, &whole(11), now), OLD);
    assert_eq!(sync.book().unwrap().sequence(), Some(12));
    // One that is ahead of the stream is welcome.
    assert_eq!(sync.on_answer(second, &whole(20), now), synced(0));
    assert_eq!(sync.on_delta(range(13, 20), now), OLD);
    assert_eq!(sync.on_delta(range(18, 21), now), APPLIED);
}

#[test]
fn an_answer_to_a_request_from_before_a_reset_is_refused() {
    let (mut sync, now) = begin(Continuity::RANGE_FROM_REQUEST);
    let before = sync.ticket();
    let step = sync.on_reset(Reset::Reconnected, now);
    assert_eq!(step, Step::Lost(Cause::Reset(Reset::Reconnected)));
    assert_eq!(sync.state(), State::Empty, "there was nothing to lose");
    // Between the two a change may have been missed that nothing would ever show.
    assert_eq!(sync.on_answer(before, &whole(10), now), Step::Ignored(Ignored::Superseded));
    assert_eq!(sync.on_answer(sync.ticket(), &whole(10), now), synced(0));
}

#[test]
fn after_a_reset_only_a_new_snapshot_makes_a_book() {
    for reset in [Reset::Reconnected, Reset::Resubscribed, Reset::Lagged, Reset::Lost, Reset::Silent] {
        let (mut sync, now) = begin(Continuity::VERSION);
        let _ = sync.on_snapshot(&whole(5), now);
        let _ = sync.on_reset(reset, now);
        assert_eq!(sync.state(), State::Stale(Cause::Reset(reset)));
        assert_eq!(sync.last_known().sequence(), Some(5));
        assert_eq!(sync.on_delta(version(6), now), BUFFERED, "{reset:?}");
        assert_eq!(sync.on_snapshot(&whole(5), now), synced(1));
    }
}

#[test]
fn what_waited_before_a_reset_is_not_taken_in_after_it() {
    let (mut sync, now) = begin(Continuity::VERSION);
    let _ = sync.on_delta(version(6), now);
    let _ = sync.on_reset(Reset::Reconnected, now);
    assert_eq!(sync.on_snapshot(&whole(5), now), synced(0));
}

#[test]
fn what_waits_is_bounded_and_what_was_dropped_is_not_forgotten() {
    let now = Instant::now();
    let mut sync = BookSync::<Qty>::new(Continuity::VERSION).buffer(3);
    for (number, dropped) in [(1, false), (2, false), (3, false), (4, true), (5, true)] {
        assert_eq!(sync.on_delta(version(number), now), Step::Buffered { dropped }, "{number}");
    }
    assert_eq!(sync.on_snapshot(&whole(1), now), Step::SnapshotTooOld { snapshot: 1, first: 3 });
    assert_eq!(sync.on_snapshot(&whole(2), now), synced(3));
}

#[test]
fn a_gap_among_what_waits_makes_the_older_ones_useless() {
    let (mut sync, now) = begin(Continuity::VERSION);
    for (number, step) in [
        (1, BUFFERED),
        (2, BUFFERED),
        (4, Step::Buffered { dropped: true }),
        (3, OLD),
        (4, OLD),
        (5, BUFFERED),
    ] {
        assert_eq!(sync.on_delta(version(number), now), step, "{number}");
    }
    assert_eq!(sync.on_snapshot(&whole(2), now), Step::SnapshotTooOld { snapshot: 2, first: 4 });
    assert_eq!(sync.on_snapshot(&whole(3), now), synced(2));
}

#[test]
fn a_venue_that_counts_anew_is_noticed() {
    let (mut sync, now) = begin(Continuity::VERSION);
    let _ = sync.on_snapshot(&whole(1000), now);
    let _ = sync.on_delta(version(1001), now);
    let asked = sync.ticket();
    for number in 1..16 {
        assert_eq!(sync.on_delta(version(number), now), OLD);
    }
    let lost = Cause::WentBack { sequence: 1001, got: 16 };
    assert_eq!(sync.on_delta(version(16), now), Step::Lost(lost));
    assert_eq!(sync.state(), State::Stale(lost));
    assert_eq!(sync.on_answer(asked, &whole(1001), now), Step::Ignored(Ignored::Superseded));
    assert_eq!(sync.on_snapshot(&whole(15), now), synced(1));
}

#[test]
fn a_pushed_snapshot_counts_even_when_its_number_is_lower() {
    let (mut sync, now) = begin(Continuity::VERSION);
    let _ = sync.on_snapshot(&whole(1000), now);
    assert_eq!(sync.on_snapshot(&whole(3), now), synced(0));
    assert_eq!(sync.on_delta(version(4), now), APPLIED);
}

#[test]
fn a_venue_that_counts_anew_before_there_is_a_book_is_followed() {
    let (mut sync, now) = begin(Continuity::RANGE_FROM_REQUEST);
    let _ = sync.on_delta(range(1000, 1001), now);
    let asked = sync.ticket();
    for number in 1..16 {
        assert_eq!(sync.on_delta(range(number, number), now), OLD);
    }
    assert_eq!(sync.on_delta(range(16, 16), now), Step::Buffered { dropped: true });
    assert_eq!(sync.on_answer(asked, &whole(1001), now), Step::Ignored(Ignored::Superseded));
    assert_eq!(sync.on_answer(sync.ticket(), &whole(15), now), synced(1));
}

#[test]
fn a_snapshot_that_counts_differently_from_the_stream_is_noticed() {
    let (mut sync, now) = begin(Continuity::RANGE_FROM_REQUEST);
    let _ = sync.on_answer(sync.ticket(), &whole(586_765_918_776_852_548), now);
    // It may be ahead of the stream, for a while.
    for number in 1..100 {
        assert_eq!(sync.on_delta(range(number, number), now), OLD);
        assert!(!sync.is_linked());
    }
    assert!(matches!(sync.on_delta(range(100, 100), now), Step::Lost(Cause::WentBack { got: 100, .. })));
}

#[test]
fn a_first_message_is_the_book_and_only_a_new_subscription_brings_another() {
    let rule = Continuity { link: Link::Range, source: Source::FirstMessage };
    let (mut sync, now) = begin(rule);
    let first = range(1, 9).bids([level("5", "1"), level("4", "0")]);
    assert_eq!(sync.on_delta(first.clone(), now), synced(0));
    assert_eq!(sync.book().unwrap().bids().len(), 1);
    assert_eq!(sync.on_delta(range(10, 11), now), APPLIED);
    assert_eq!(sync.on_delta(range(13, 13), now), Step::Gap { expected: 12, got: 13 });
    assert_eq!(sync.on_delta(range(14, 14), now), BUFFERED);
    let _ = sync.on_reset(Reset::Lagged, now);
    assert_eq!(sync.on_delta(range(15, 15), now), BUFFERED, "what was dropped may have been the first");
    let _ = sync.on_reset(Reset::Resubscribed, now);
    let malformed = range(1, 20).bids([level("5", "-1")]);
    assert!(matches!(sync.on_delta(malformed, now), Step::Lost(Cause::Malformed(_))));
    assert_eq!(
        sync.on_delta(range(21, 21), now),
        BUFFERED,
        "the first one can't be read; this is the second"
    );
    let _ = sync.on_reset(Reset::Resubscribed, now);
    assert_eq!(sync.on_delta(first, now), synced(0));
}

#[test]
fn a_snapshot_without_a_number_places_nothing() {
    let (mut sync, now) = begin(Continuity::RANGE_FROM_REQUEST);
    assert_eq!(sync.on_answer(sync.ticket(), &Snapshot::new(), now), Step::Ignored(Ignored::Unnumbered));
    assert!(sync.needs_snapshot());
}

#[test]
fn whole_books_replace_each_other_by_number_or_by_time() {
    let at = |sequence: Option<u64>, time: Option<i64>| Snapshot::<Qty> {
        sequence,
        time: time.map(Millis::new),
        ..Snapshot::new()
    };
    let duplicate = Step::Ignored(Ignored::Duplicate);
    for (held, next, step) in [
        ((Some(5), None), (Some(6), None), synced(0)),
        // Numbers may be left out.
        ((Some(5), None), (Some(9), None), synced(0)),
        ((Some(5), None), (Some(5), None), duplicate),
        ((Some(5), Some(100)), (Some(5), Some(101)), duplicate),
        ((Some(5), None), (Some(4), None), OLD),
        ((Some(5), Some(100)), (Some(4), Some(99)), OLD),
        ((Some(5), Some(100)), (Some(4), Some(100)), OLD),
        // A lower number, later: the venue counts anew.
        ((Some(5), Some(100)), (Some(4), Some(101)), synced(0)),
        ((None, Some(100)), (None, Some(99)), OLD),
        ((None, Some(100)), (None, Some(100)), synced(0)),
        ((None, Some(100)), (Some(5), Some(99)), OLD),
        ((Some(5), Some(100)), (None, Some(101)), synced(0)),
        ((None, None), (None, None), synced(0)),
    ] {
        let (mut sync, now) = begin(Continuity::WHOLE);
        let _ = sync.on_snapshot(&at(held.0, held.1), now);
        assert_eq!(sync.on_snapshot(&at(next.0, next.1), now), step, "{held:?}, then {next:?}");
    }
    // Without times, only patience tells a new count from an old book.
    let (mut sync, now) = begin(Continuity::WHOLE);
    let _ = sync.on_snapshot(&whole(1000), now);
    for number in 1..16 {
        assert_eq!(sync.on_snapshot(&whole(number), now), OLD);
    }
    assert_eq!(sync.on_snapshot(&whole(16), now), synced(0));
}

#[test]
fn sides_make_a_book_once_both_have_come() {
    let side = |side, price: &str, time| SideUpdate {
        side,
        levels: vec![level(price, "1")],
        time: Some(Millis::new(time)),
        limit: Some(1),
    };
    let (mut sync, now) = begin(Continuity::SIDES);
    assert_eq!(sync.on_side(side(BookSide::Bid, "9", 10), now), BUFFERED);
    assert_eq!(sync.on_side(side(BookSide::Bid, "8", 11), now), BUFFERED);
    assert!(sync.book().is_err());
    assert_eq!(sync.on_side(side(BookSide::Ask, "10", 10), now), synced(0));
    assert_eq!(sync.on_side(side(BookSide::Bid, "7", 10), now), OLD);
    assert_eq!(sync.on_side(side(BookSide::Bid, "11", 12), now), Step::Applied { crossed: true });
    assert_eq!(sync.on_side(side(BookSide::Ask, "12", 13), now), APPLIED);
    let book = sync.book().unwrap();
    assert_eq!((book.best_bid(), book.best_ask()), (Some(level("11", "1")), Some(level("12", "1"))));
    assert!(book.horizon(BookSide::Bid).is_some());
    // After a reset neither of the two is known.
    let _ = sync.on_reset(Reset::Reconnected, now);
    assert_eq!(sync.on_side(side(BookSide::Bid, "9", 1), now), BUFFERED);
    let answer = Snapshot::new().bids([level("1", "1")]).asks([level("20", "1")]);
    assert_eq!(sync.on_answer(sync.ticket(), &answer.clone(), now), synced(0));
    let book = sync.book().unwrap();
    assert_eq!((book.best_bid(), book.best_ask()), (Some(level("9", "1")), Some(level("20", "1"))));
    assert_eq!(sync.on_answer(sync.ticket(), &answer, now), OLD);
}

#[test]
fn a_message_that_the_rule_does_not_know_is_not_passed_over() {
    let lost = Step::Lost(Cause::Unexpected);
    let now = Instant::now();
    let side = SideUpdate { side: BookSide::Bid, levels: vec![], time: None, limit: None };
    for (rule, delta, snapshot, sides) in [
        (Continuity::WHOLE, true, false, true),
        (Continuity::SIDES, true, true, false),
        (Continuity::VERSION, false, false, true),
    ] {
        let sync = BookSync::<Qty>::new(rule);
        assert_eq!(sync.clone().on_delta(version(1), now) == lost, delta, "{rule:?}");
        assert_eq!(sync.clone().on_snapshot(&whole(1), now) == lost, snapshot, "{rule:?}");
        assert_eq!(sync.clone().on_side(side.clone(), now) == lost, sides, "{rule:?}");
    }
}

#[test]
fn a_size_below_zero_makes_the_book_stale_and_never_part_of_it() {
    let bad = level("9", "-1");
    let negative = NegativeSize { price: bad.price };
    let lost = Cause::Malformed(negative);
    let (mut sync, now) = begin(Continuity::VERSION);
    let _ = sync.on_snapshot(&whole(1), now);
    let asked = sync.ticket();
    let answer = Step::Ignored(Ignored::Malformed(negative));
    assert_eq!(sync.on_answer(asked, &whole(2).asks([bad]), now), answer, "the stream is as good as before");
    assert!(sync.book().is_ok());
    assert_eq!(sync.on_delta(version(2).bids([level("8", "1"), bad]), now), Step::Lost(lost));
    assert_eq!(sync.state(), State::Stale(lost));
    assert!(sync.last_known().is_empty());
    assert_eq!(sync.on_snapshot(&whole(3).bids([bad]), now), Step::Lost(lost));
    // A change was thrown away: only what was asked for afterwards can hold it.
    assert_eq!(sync.on_answer(asked, &whole(1), now), Step::Ignored(Ignored::Superseded));
}

#[test]
fn a_crossed_book_is_shown_as_it_is() {
    let (mut sync, now) = begin(Continuity::VERSION);
    let snapshot = whole(1).bids([level("9", "1")]).asks([level("10", "1")]);
    assert_eq!(sync.on_snapshot(&snapshot, now), synced(0));
    let step = sync.on_delta(version(2).bids([level("11", "1")]), now);
    assert_eq!(step, Step::Applied { crossed: true });
    assert!(sync.book().unwrap().is_crossed());
    assert_eq!(sync.on_delta(version(3).bids([level("11", "0")]), now), APPLIED);
}

#[test]
fn attempts_back_off_until_the_book_has_been_stable() {
    let second = Duration::from_secs(1);
    let begun = Instant::now();
    let mut sync =
        BookSync::<Qty>::new(Continuity::VERSION).backoff(Backoff::new(second, 8 * second, 60 * second));
    let ceiling = |sync: &mut BookSync<Qty>, now: Instant| {
        sync.next_attempt(now, u64::MAX).map(|at| (at - now).as_millis().div_ceil(1000))
    };
    assert_eq!(ceiling(&mut sync, begun), Some(1));
    assert_eq!(ceiling(&mut sync, begun), Some(2));
    let _ = sync.on_snapshot(&whole(1), begun);
    assert_eq!(ceiling(&mut sync, begun), None, "none is needed");
    // It breaks as soon as it is mended.
    let _ = sync.on_delta(version(9), begun + second);
    assert_eq!(ceiling(&mut sync, begun + second), Some(4));
    let _ = sync.on_snapshot(&whole(9), begun + second);
    // Another whole book doesn't begin the time anew.
    let _ = sync.on_snapshot(&whole(10), begun + 40 * second);
    let _ = sync.on_reset(Reset::Reconnected, begun + 61 * second);
    assert_eq!(ceiling(&mut sync, begun + 61 * second), Some(1));
}
