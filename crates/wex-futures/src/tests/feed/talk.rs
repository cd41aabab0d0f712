//! Requests, answers, and everything that isn't a push.

use venue_core::ws::{Channel, Entry, Frame, Payload, Ping, Streams, Topic, Verb};
use venue_core::{Secret, Venue};

use super::{command, line, read, venue};
use crate::feed::{Balances, DepthUpdate, Klines, MARKET, Orders, Trades, USER};
use crate::{DepthInterval, FeedKlineInterval, WexFutures};

/// A frame as it is told apart: kind, verb, id, topic, and of a refusal kind, outcome and code.
fn told(frame: &Frame<'_>) -> String {
    match frame {
        Frame::Ack(answer) => format!("ack {:?} {:?} {:?}", answer.verb, answer.id, answer.topic),
        Frame::Nack(answer, error) => format!(
            "nack {:?} {:?} {:?} {:?} {:?} {}",
            answer.verb,
            answer.id,
            answer.topic,
            error.kind(),
            error.outcome(),
            error.code().unwrap_or_default()
        ),
        Frame::Ping(answer) => format!("ping {answer:?}"),
        Frame::Event(name) => format!("event {name}"),
        Frame::Data(routes) => format!("data {}", routes.iter().collect::<Vec<_>>().join(" ")),
        other => format!("{other:?}").to_lowercase(),
    }
}

#[test]
fn every_other_frame_is_told_apart() {
    const KEY_GONE: &str = "nack None None None Auth Rejected ";
    for (text, expected) in [
        // Documented answers.
        (r#"{"id":"123","code":0,"msg":""}"#, "ack None Some(123) None"),
        ("{\n  \"id\": \"7\",\n  \"code\": 0,\n  \"msg\": \"success\"\n}", "ack None Some(7) None"),
        (
            r#"{"id":"7","code":400,"msg":"Bad request payload. Please check it."}"#,
            "nack None Some(7) None InvalidRequest Rejected 400",
        ),
        (
            r#"{"id":"7","code":"Invalid Parameter","msg":""}"#,
            "nack None Some(7) None InvalidRequest Rejected Invalid Parameter",
        ),
        ("pong", "pong"),
        ("pong\n", "pong"),
        // A key that is gone, in every way that it may be said.
        ("order@invalid_listenkey", KEY_GONE),
        ("\"position@invalid_listenkey\"", KEY_GONE),
        (r#"{"id":"7","code":1,"msg":"order@invalid_listenkey"}"#, "nack None Some(7) None Auth Rejected "),
        (r#"{"code":1,"msg":"invalid_listen_key"}"#, KEY_GONE),
        (r#"{"topic":"order","event":"order@invalid_listenkey"}"#, KEY_GONE),
        (r#"{"topic":"order","event":"order@invalid_listenkey","data":{}}"#, KEY_GONE),
        (r#"{"id":"4","code":2,"msg":""}"#, "nack None Some(4) None Auth Rejected 2"),
        (r#"{"id":"123","code":401,"msg":"token expire"}"#, "nack None Some(123) None Auth Rejected 401"),
        ("Invalid Parameter", "nack None None None InvalidRequest Rejected Invalid Parameter"),
        // As the live venue sends them.
        (r#"{"sessionId":"a1","id":"2","code":0,"msg":"SUCCESS"}"#, "ack None Some(2) None"),
        (r#"{"id":2,"code":"0","msg":null}"#, "ack None Some(2) None"),
        (r#"{"code":0,"msg":"success"}"#, "ack None None None"),
        (
            r#"{"method":"unsubscribe","id":"3","code":0,"msg":"success"}"#,
            "ack Some(Unsubscribe) Some(3) None",
        ),
        (
            r#"{"method":"UNSUBSCRIBE","code":1,"msg":"no"}"#,
            "nack Some(Unsubscribe) None None Rejected Rejected 1",
        ),
        (
            r#"{"method":"SUBSCRIBE","code":1,"msg":"no"}"#,
            "nack Some(Subscribe) None None Rejected Rejected 1",
        ),
        (r#"{"code":1,"msg":"Invalid parameter"}"#, "nack None None None InvalidRequest Rejected 1"),
        (
            r#"{"code":1,"msg":"checkSymbol error, symbol:xxx","id":"9"}"#,
            "nack None Some(9) None UnknownSymbol Rejected 1",
        ),
        (r#"{"code":1,"msg":"System busy","id":"9"}"#, "nack None Some(9) None Unavailable Rejected 1"),
        (r#"{"id":"4","code":77,"msg":"new"}"#, "nack None Some(4) None Unrecognized Unknown 77"),
        // Another's id is no answer of ours.
        (r#"{"id":"abc","code":0}"#, "ack None Some(0) None"),
        ("ping", r#"ping Some("pong")"#),
        // A push without data goes to who waits for it, and can't be read there.
        (r#"{"topic":"notify","event":"notify","data":null}"#, "data notify"),
        (r#"{"topic":"notify","event":"notify"}"#, "data notify"),
        ("{}", "unknown"),
        ("[]", "unknown"),
        ("null", "unknown"),
        ("", "unknown"),
        ("@invalid_listenkey", "unknown"),
        ("<html>invalid_listenkey@502 Bad Gateway</html>", "unknown"),
        (r#"{"event":5,"data":{}}"#, "unknown"),
        (r#"{"code":{},"id":"1"}"#, "unknown"),
    ] {
        for on in [MARKET, USER] {
            assert_eq!(told(&read(on, text)), expected, "{text}");
        }
    }
    // Of the account by its topic, of the market by its event.
    for (on, expected) in [(MARKET, "unknown"), (USER, "data order")] {
        assert_eq!(told(&read(on, r#"{"topic":"order","data":{}}"#)), expected);
    }
    let binary = Payload::Binary(b"\x1f\x8bnothing of ours");
    assert_eq!(told(&Streams::read(&venue(), line(MARKET), binary)), "unknown");
    assert!(venue().glance(line(MARKET), binary).is_none());
}

#[test]
fn a_refused_key_is_never_repeated() {
    let text = r#"{"id":"1","code":1,"msg":"order@s3cret-key@invalid_listenkey"}"#;
    let Frame::Nack(_, error) = read(USER, text) else { panic!("{text}") };
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
}

#[test]
fn requests_go_out_as_documented() {
    let topics = [
        Trades::of("btc_usdt").topic(),
        Klines::of("btc_usdt", FeedKlineInterval::M5).topic(),
        DepthUpdate::of("btc_usd").interval(DepthInterval::Ms100).topic(),
    ];
    assert_eq!(
        command(Verb::Subscribe, &topics, None, 1),
        r#"{"method":"SUBSCRIBE","params":["trade@btc_usdt","kline@btc_usdt,5m","depth_update@btc_usd,100ms"],"id":"1"}"#
    );
    assert_eq!(
        command(Verb::Unsubscribe, &topics[..1], None, 12),
        r#"{"method":"UNSUBSCRIBE","params":["trade@btc_usdt"],"id":"12"}"#
    );
    let (key, own) = (Secret::new("512312356123123123"), [Balances::new().topic(), Orders::new().topic()]);
    assert_eq!(
        command(Verb::Subscribe, &own, Some(&key), 2),
        r#"{"method":"SUBSCRIBE","params":["balance@512312356123123123","order@512312356123123123"],"id":"2"}"#
    );
    assert_eq!(
        command(Verb::Unsubscribe, &own[1..], Some(&key), 3),
        r#"{"method":"UNSUBSCRIBE","params":["order@512312356123123123"],"id":"3"}"#
    );
}

#[test]
fn a_full_frame_with_a_long_key_is_below_the_limit() {
    let topics: Vec<Topic> = (0..line(MARKET).frame_topics)
        .map(|n| Trades::of(format!("a_rather_long_name_{n}_usdt")).topic())
        .collect();
    assert!(command(Verb::Subscribe, &topics, None, u64::MAX).len() <= line(MARKET).frame_bytes);
    let own = vec![Balances::new().topic(); 5];
    let key = Secret::new("x".repeat(2000));
    assert!(command(Verb::Subscribe, &own, Some(&key), u64::MAX).len() <= line(USER).frame_bytes);
}

#[test]
fn the_lines_are_those_documented_and_serve_both_products() {
    for venue in [WexFutures::usdt_m(), WexFutures::coin_m()] {
        let [market, user] =
            [MARKET, USER].map(|name| venue.lines().iter().find(|l| l.name == name).unwrap());
        let hosts = venue.hosts();
        assert_eq!([Some(market.url), Some(user.url)], [hosts.ws_public, hosts.ws_private]);
        for line in [market, user] {
            assert!(matches!(line.heartbeat.ping, Ping::Text("ping")));
            // Also when data flows, and twice within the 30 s.
            assert!(!line.heartbeat.only_when_quiet && line.heartbeat.every.as_secs() * 2 <= 30);
        }
        assert_eq!(market.entry, Entry::Open);
        let Entry::Key(life) = user.entry else { panic!("{user:?}") };
        assert_eq!((life.valid.as_secs(), life.renew), (8 * 3600, None));
        assert!(Streams::keys(&venue, market).is_none());
        let keys = Streams::keys(&venue, user).unwrap();
        assert!(keys.renew.is_none() && keys.release.is_none());
    }
}
