//! What is said besides pushes: requests, their answers, the login, heartbeats.

use std::time::Duration;

use venue_core::Kind;
use venue_core::ws::{Answer, Channel, Command, Entry, Frame, Ping, Streams, Topic, Verb};

use super::{BitMart, line, read, told};
use crate::feed::*;
use crate::{BalanceCurrency, DepthLevels, DepthSpeed, KlineInterval};

fn topic(channel: impl Channel) -> Topic {
    channel.check().unwrap();
    channel.topic()
}

fn write(verb: Verb, topics: &[&Topic]) -> String {
    BitMart::new().command(line("public"), &Command::new(verb, topics))
}

#[test]
fn topics_and_requests_are_written_as_documented() {
    let s = "BTCUSDT";
    for (topic, expected) in [
        (topic(Ticker::of(s)), "futures/ticker:BTCUSDT".to_owned()),
        (topic(FundingRate::of(s)), "futures/fundingRate:BTCUSDT".into()),
        (topic(Depth::of(s)), "futures/depth20:BTCUSDT".into()),
        (topic(Depth::of(s).levels(DepthLevels::Fifty)), "futures/depth50:BTCUSDT".into()),
        (topic(DepthAll::of(s).speed(DepthSpeed::Ms200)), "futures/depthAll20:BTCUSDT@200ms".into()),
        (
            topic(DepthIncrease::of(s).levels(DepthLevels::Five).speed(DepthSpeed::Ms100)),
            "futures/depthIncrease5:BTCUSDT@100ms".into(),
        ),
        (topic(BookTicker::of(s)), "futures/bookticker:BTCUSDT".into()),
        (topic(Trades::of(s)), "futures/trade:BTCUSDT".into()),
        (topic(Klines::of(s, KlineInterval::Min1)), "futures/klineBin1m:BTCUSDT".into()),
        (topic(MarkPriceKlines::of(s, KlineInterval::Week1)), "futures/markPriceKlineBin1W:BTCUSDT".into()),
        (topic(Assets::of(BalanceCurrency::Usdt)), "futures/asset:USDT".into()),
        (topic(Positions::new()), "futures/position".into()),
        (topic(Orders::new()), "futures/order".into()),
    ] {
        assert_eq!((topic.text(), topic.route()), (expected.as_str(), expected.as_str()));
        assert_eq!(
            write(Verb::Subscribe, &[&topic]),
            format!(r#"{{"action":"subscribe","args":["{expected}"]}}"#)
        );
    }
    let (ticker, trades) = (Ticker::of(s).topic(), Trades::of(s).topic());
    for (verb, action) in
        [(Verb::Subscribe, "subscribe"), (Verb::Unsubscribe, "unsubscribe"), (Verb::Request, "request")]
    {
        let both = r#"["futures/ticker:BTCUSDT","futures/trade:BTCUSDT"]"#;
        assert_eq!(write(verb, &[&ticker, &trades]), format!(r#"{{"action":"{action}","args":{both}}}"#));
    }
}

#[test]
fn the_lines_are_the_documented_ones() {
    for (name, url, entry) in [
        ("public", "wss://openapi-ws-v2.bitmart.com/api?protocol=1.1", Entry::Open),
        ("private", "wss://openapi-ws-v2.bitmart.com/user?protocol=1.1", Entry::Login),
    ] {
        let line = line(name);
        assert_eq!((line.url, line.entry, line.sandbox), (url, entry, None));
        assert_eq!((line.frame_bytes, line.connections), (4096, 500));
        assert_eq!(line.first_topic_within, Some(Duration::from_secs(5)));
        let Ping::Text(ping) = line.heartbeat.ping else { panic!("{name}") };
        assert_eq!(ping, r#"{"action":"ping"}"#);
        // Silent for 20 s, the venue hangs up: a ping and its answer fit in between.
        let known_dead = line.heartbeat.every + line.heartbeat.answer_within;
        assert!(line.heartbeat.only_when_quiet && known_dead < Duration::from_secs(20), "{known_dead:?}");
    }
}

#[test]
fn the_answers_to_a_login_are_told_apart() {
    for action in ["access", "login"] {
        let text = format!(r#"{{"action":"{action}","success":true}}"#);
        assert!(matches!(read(&text), Frame::LoggedIn));
        assert_eq!(told(&text), "ack");
    }
    for (words, kind) in [
        ("access failed: openapi auth: apiKey 880d5edecs**** failed: openapi auth failed", Kind::Auth),
        ("authentication is temporarily unavailable", Kind::Unavailable),
    ] {
        let text = format!(r#"{{"action":"access","success":false,"error":"{words}"}}"#);
        let Frame::LoginRefused(error) = read(&text) else { panic!("{text}") };
        assert_eq!((error.kind(), error.message()), (kind, words));
        assert_eq!(told(&text), "nack");
    }
}

#[test]
fn answers_name_their_topic_as_far_as_they_can() {
    let depth = "futures/depth50:BTCUSDT";
    for (action, verb) in [("subscribe", Verb::Subscribe), ("unsubscribe", Verb::Unsubscribe)] {
        let text = format!(
            r#"{{"action":"{action}","group":"{depth}","success":true,"request":{{"action":"{action}","args":["{depth}"]}}}}"#
        );
        let Frame::Ack(answer) = read(&text) else { panic!("{text}") };
        assert_eq!(answer, Answer::new().to(verb).topic(depth));
        // By its request, where it doesn't say itself.
        let text = text.replace(&format!(r#""group":"{depth}","#), "");
        assert!(
            matches!(read(&text), Frame::Ack(answer) if answer.topic.as_deref() == Some(depth)),
            "{text}"
        );
    }
    let subscribe = || Answer::new().to(Verb::Subscribe);
    for (text, kind, answer) in [
        (
            r#"{"action":"subscribe","group":"futures/order","success":false,"error":"futures/order need authenication"}"#,
            Kind::Auth,
            subscribe().topic("futures/order"),
        ),
        (
            r#"{"action":"subscribe","group":"Depth:1","success":false,"error":"authentication is temporarily unavailable"}"#,
            Kind::Unavailable,
            subscribe().topic("Depth:1"),
        ),
        (
            r#"{"action":"subscribe","group":"sfutures/depth50:BTCUSDT","success":false,"request":{"action":"subscribe","args":["sfutures/depth50:BTCUSDT"]},"error":"group [sfutures/depth50:BTCUSDT] not exist"}"#,
            Kind::InvalidRequest,
            subscribe().topic("sfutures/depth50:BTCUSDT"),
        ),
        // As seen: without a group, without an action, without either.
        (
            r#"{"action":"subscribe","success":false,"request":{"action":"subscribe","args":["futures/x:A"]},"error":"Invalid channel: not found futures/x:A"}"#,
            Kind::InvalidRequest,
            subscribe().topic("futures/x:A"),
        ),
        (
            r#"{"action":"","group":"","success":false,"error":"Invalid channel: not found futures/x:A"}"#,
            Kind::InvalidRequest,
            Answer::new().vague(),
        ),
        (
            r#"{"success":false,"error":"Invalid message: message must be JSON: ping"}"#,
            Kind::InvalidRequest,
            Answer::new().vague(),
        ),
        // Several topics in one request: which of them isn't said.
        (
            r#"{"action":"subscribe","success":false,"request":{"action":"subscribe","args":["a","b"]},"error":"no"}"#,
            Kind::Rejected,
            subscribe().vague(),
        ),
    ] {
        let Frame::Nack(said, error) = read(text) else { panic!("{text}") };
        assert_eq!((error.kind(), said), (kind, answer), "{text}");
        assert_eq!(told(text), "nack");
    }
}

#[test]
fn both_kinds_of_heartbeat_are_known() {
    for text in [r#"{"group":"System","data":"pong+0ad5fbb0-5a3e-4c3e"}"#, "pong", r#"{"action":"pong"}"#] {
        assert!(matches!(read(text), Frame::Pong), "{text}");
        assert_eq!(told(text), "pong");
    }
    assert!(matches!(read("ping"), Frame::Ping(Some(answer)) if answer == "pong"));
    assert!(matches!(read(r#"{"group":"System","data":"bye"}"#), Frame::Event(name) if name == "System"));
}
