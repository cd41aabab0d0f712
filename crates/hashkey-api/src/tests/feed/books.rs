//! Local books: every push is whole, its version says which is newer, and the first may come by a request.

use std::time::Instant;

use venue_core::book::{BookSync, Continuity, Ignored, Snapshot, Source, State, Step};
use venue_core::ws::{BookChannel, BookMessage, Channel, Payload};
use venue_core::{Millis, Qty};

use super::examples::DOCUMENTED;
use crate::feed::*;

fn whole<C: BookChannel<Size = Qty>>(channel: &C, frame: &str) -> Snapshot<Qty> {
    let item = C::read(Payload::Text(frame)).unwrap().unwrap();
    match channel.message(item).unwrap() {
        Some(BookMessage::Snapshot(snapshot)) => snapshot,
        other => panic!("{other:?}"),
    }
}

fn at(version: &str, time: i64) -> Snapshot<Qty> {
    let (.., frame) = DOCUMENTED[7];
    let frame = frame.replace("735962141_2", version).replace("1764659869550", &time.to_string());
    whole(&DepthV2::of("BTCUSDT"), &frame)
}

#[test]
fn a_push_of_either_version_is_a_whole_book() {
    let (v1, v2) = (DepthV1::of("BTCUSDT"), DepthV2::of("BTCUSDT"));
    let [(.., first), (.., second)] = [DOCUMENTED[3], DOCUMENTED[7]];
    let (first, second) = (whole(&v1, first), whole(&v2, second));
    assert_eq!((first.sequence, second.sequence), (Some(538_222_447), Some(735_962_141)));
    assert_eq!(second.time, Some(Millis::new(1_764_659_869_550)));
    assert_eq!((first.bids.len(), first.asks.len()), (2, 2));
    // More may be behind a side of a hundred levels, whatever was asked for.
    for limit in [None, Some(100), Some(200)] {
        let channel = limit.map_or_else(|| v1.clone(), |limit| v1.clone().limit(limit));
        assert_eq!(whole(&channel, DOCUMENTED[3].2).limit, Some(100));
    }
    assert_eq!(whole(&v1.limit(5), DOCUMENTED[3].2).limit, Some(5));
    for rule in [DepthV1::RULE, DepthV2::RULE] {
        assert_eq!((rule, rule.source), (Continuity::WHOLE_FROM_REQUEST, Source::Request));
    }
}

#[test]
fn only_the_number_of_a_version_counts() {
    for (text, number) in
        [("538222447_18", Some(538_222_447)), ("9_1", Some(9)), ("7", Some(7)), ("x_1", None), ("_1", None)]
    {
        assert_eq!(BookVersion::new(text).number(), number, "{text}");
    }
    let now = Instant::now();
    let mut sync = BookSync::<Qty>::new(DepthV2::RULE);
    assert!(matches!(sync.on_snapshot(&at("100_2", 1000), now), Step::Synced { .. }));
    // As text, 99 would be above 100, and 100_18 another than 100_2.
    assert_eq!(sync.on_snapshot(&at("99_9", 900), now), Step::Ignored(Ignored::Old));
    assert_eq!(sync.on_snapshot(&at("100_18", 1000), now), Step::Ignored(Ignored::Duplicate));
    assert!(matches!(sync.on_snapshot(&at("101_2", 1100), now), Step::Synced { .. }));
    assert_eq!(sync.state(), State::Synced { sequence: Some(101) });
    // The venue counts anew.
    assert!(matches!(sync.on_snapshot(&at("5_2", 1200), now), Step::Synced { .. }));
}

#[test]
fn a_book_begins_with_a_requests_answer_and_goes_on_with_pushes() {
    let now = Instant::now();
    let answer = |time: i64| Snapshot::<Qty>::new().time(Millis::new(time));
    let mut sync = BookSync::<Qty>::new(DepthV2::RULE);
    let ticket = sync.ticket();
    assert!(matches!(sync.on_answer(ticket, &answer(1000), now), Step::Synced { .. }));
    // A push from before the answer is old, one from after is taken.
    assert_eq!(sync.on_snapshot(&at("100_2", 900), now), Step::Ignored(Ignored::Old));
    assert!(matches!(sync.on_snapshot(&at("101_2", 1100), now), Step::Synced { .. }));
    // And a late answer doesn't undo it.
    let ticket = sync.ticket();
    assert_eq!(sync.on_answer(ticket, &answer(1050), now), Step::Ignored(Ignored::Old));
    assert_eq!(sync.book().unwrap().sequence(), Some(101));
}

#[test]
fn a_book_that_can_not_be_read_is_lost_and_not_guessed() {
    let (.., frame) = DOCUMENTED[3];
    let bad = frame.replace(r#"["86296.29","0.0006"]"#, r#"["86296.29"]"#);
    assert!(DepthV1::read(Payload::Text(&bad)).is_err());
    // Also where a connection would keep the good rows.
    let item = venue_core::wire::lenient(|| DepthV1::read(Payload::Text(&bad))).unwrap().unwrap();
    assert!(DepthV1::of("BTCUSDT").message(item).is_err());
    let none = frame.replacen(r#""data":["#, r#""data":[],"x":["#, 1);
    let item = DepthV1::read(Payload::Text(&none)).unwrap().unwrap();
    assert_eq!(DepthV1::of("BTCUSDT").message(item), Ok(None));
}
