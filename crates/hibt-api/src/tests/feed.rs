//! The WebSocket channels: frames told apart, pushes read, topics and commands written.

mod examples;

use proptest::prelude::*;
use venue_core::Venue as _;
use venue_core::book::{BookSync, Step};
use venue_core::serde_json::{self, Value, json};
use venue_core::ws::{
    self, Answer, BookChannel, BookMessage, Channel, ChannelInfo, Command, Entry, Frame, FrameKind, Line,
    Payload, Routes, Streams, Topic, Verb, inspect,
};

use super::*;
use crate::feed::{
    Balance, CHANNELS, Candles, ConditionalOrders, Depth, Index, Orders, PRIVATE, PUBLIC, Positions, Ticker,
    Trades,
};
use examples::{EXAMPLES, FRAMES};

fn line(name: &str) -> &'static Line {
    Hibt::new().lines().iter().find(|line| line.name == name).unwrap()
}

fn info(name: &str) -> &'static ChannelInfo {
    CHANNELS.iter().find(|channel| channel.spec.name == name).unwrap()
}

fn read<'a>(text: &'a str) -> Frame<'a> {
    Hibt::new().read(line(PUBLIC), Payload::Text(text))
}

/// A frame in a few words.
fn told(frame: &Frame<'_>) -> String {
    let about = |answer: &Answer<'_>| {
        let verb = match answer.verb {
            Some(Verb::Subscribe) => "sub",
            Some(Verb::Unsubscribe) => "unsub",
            Some(Verb::Request) => "request",
            None => "?",
        };
        assert_eq!(answer.id, None);
        format!("{verb} {}", answer.topic.as_deref().unwrap_or("?"))
    };
    let why = |error: &Error| format!("{:?} {}", error.kind(), error.code().unwrap_or("-"));
    match frame {
        Frame::Data(routes) => format!("data {}", routes.iter().collect::<Vec<_>>().join(" ")),
        Frame::Ack(answer) => format!("ack {}", about(answer)),
        Frame::Nack(answer, error) => format!("nack {} {}", about(answer), why(error)),
        Frame::LoggedIn => "logged in".to_owned(),
        Frame::LoginRefused(error) => format!("login refused {}", why(error)),
        Frame::Ping(None) => "ping".to_owned(),
        Frame::Ping(Some(text)) => format!("ping {text}"),
        Frame::Pong => "pong".to_owned(),
        Frame::Event(name) => format!("event {name}"),
        Frame::Unknown => "unknown".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn every_push_reads_whole_and_is_written_as_it_came() {
    for example in EXAMPLES {
        let (frame, again) = (example.frame(), example.again());
        for text in [&frame, &example.turned(), &again] {
            let decoded = info(example.channel).decode(Payload::Text(text));
            assert!(decoded.error.is_none(), "{text}: {:?}", decoded.error);
            assert!(decoded.unmapped.is_empty() && decoded.bad_rows.is_empty(), "{text}: {decoded:?}");
            assert_eq!(decoded.value.as_ref(), Some(&again), "{text}");
        }
    }
    for channel in CHANNELS {
        assert!(EXAMPLES.iter().any(|example| example.channel == channel.spec.name), "{}", channel.name);
    }
}

#[test]
fn a_push_without_its_time_is_read_too() {
    let decoded = info("index").decode(Payload::Text(r#"{"type":"a.index","data":{"price":"1"}}"#));
    assert_eq!(decoded.value.as_deref(), Some(r#"{"type":"a.index","data":{"price":"1"}}"#));
}

#[test]
fn what_the_venue_adds_is_counted_at_every_level() {
    for example in EXAMPLES.iter().filter(|example| !example.data.starts_with("[\"")) {
        let text = example.frame().replace('{', r#"{"plantedKey":1,"#);
        let objects = text.matches("plantedKey").count();
        let decoded = info(example.channel).decode(Payload::Text(&text));
        assert!(decoded.error.is_none(), "{text}: {:?}", decoded.error);
        assert_eq!(decoded.unmapped.len(), objects, "{text}: {:?}", decoded.unmapped);
        assert_eq!(decoded.value, Some(example.again()));
    }
}

#[test]
fn pushes_are_told_apart_by_topic_and_a_glance_agrees() {
    let venue = Hibt::new();
    for example in EXAMPLES {
        for text in [example.frame(), example.turned(), example.frame().replace("\"ts\":1724916869475,", "")]
        {
            let payload = Payload::Text(&text);
            let route = match venue.read(line(example.line), payload) {
                Frame::Data(Routes::One(route)) => route,
                other => panic!("{text}: {other:?}"),
            };
            assert_eq!(route, example.topic);
            let channel = CHANNELS.of_route(line(example.line), &route).unwrap();
            assert_eq!((channel.spec.name, channel.spec.line), (example.channel, example.line));
            let glance = venue.glance(line(example.line), payload);
            assert!(glance.is_none() || glance == Some(route), "{text}");
            // What holds nothing is left to a closer look.
            let is_usual = text.starts_with(r#"{"type"#) && example.data != "null";
            assert_eq!(venue.glance(line(example.line), payload).is_some(), is_usual, "{text}");
        }
    }
    for (text, _) in FRAMES {
        assert_eq!(venue.glance(line(PUBLIC), Payload::Text(text)), None, "{text}");
    }
    assert!(CHANNELS.of_route(line(PUBLIC), "hello").is_none());
    assert!(CHANNELS.of_route(line(PUBLIC), "btc_usdt.unheard").is_none());
}

#[test]
fn every_other_frame_is_told_apart() {
    for (text, what) in FRAMES {
        assert_eq!(told(&read(text)), *what, "{text}");
    }
    let venue = Hibt::new();
    assert_eq!(told(&venue.read(line(PUBLIC), Payload::Binary(b"\x1f\x8b{}"))), "unknown");
    assert!(venue.inflate(line(PUBLIC), b"\x1f\x8b").is_none());
}

#[test]
fn words_of_a_refusal_are_kept_and_unknown_ones_may_pass() {
    let Frame::Nack(_, error) = read(r#"{"type":"error","data":"system busy"}"#) else { panic!() };
    assert_eq!((error.message(), error.outcome()), ("system busy", Outcome::Unknown));
    let Frame::LoginRefused(error) = read(r#"{"type":"auth","data":"no"}"#) else { panic!() };
    assert_eq!((error.message(), error.outcome()), ("no", Outcome::Rejected));
}

/// Every way to subscribe.
fn subscriptions() -> Vec<(Box<dyn ws::AnyChannel>, &'static str)> {
    vec![
        (Box::new(Depth::of("btc_usdt", DepthLevels::Five)), "btc_usdt.5deep"),
        (Box::new(Depth::of("btc_usdt", DepthLevels::Ten)), "btc_usdt.10deep"),
        (Box::new(Depth::of("gold", DepthLevels::Twenty)), "gold.20deep"),
        (Box::new(Ticker::of("btc_usdt")), "btc_usdt.ticker"),
        (Box::new(Index::of("btc_usdt")), "btc_usdt.index"),
        (Box::new(Trades::of("btc_usdt")), "btc_usdt.trade"),
        (Box::new(Candles::of("btc_usdt", CandleInterval::M1)), "btc_usdt.candle.M1"),
        (Box::new(Candles::of("1000pepe_usdt", CandleInterval::H12)), "1000pepe_usdt.candle.H12"),
        (Box::new(ConditionalOrders::new()), "user.entrust"),
        (Box::new(Positions::new()), "user.position"),
        (Box::new(Orders::new()), "user.order"),
        (Box::new(Balance::new()), "user.balance"),
    ]
}

/// The rule that this venue has for a frame: one topic.
#[test]
fn commands_are_as_documented() {
    let venue = Hibt::new();
    for (channel, topic) in subscriptions() {
        let subscribed = channel.topic();
        let line = line(channel.spec().line);
        for (verb, event) in [(Verb::Subscribe, "sub"), (Verb::Unsubscribe, "unsub")] {
            let text = venue.command(line, &Command::new(verb, &[&subscribed]));
            assert_eq!(text, format!(r#"{{"event":"{event}","topic":"{topic}"}}"#));
            assert!(text.len() <= line.frame_bytes);
        }
    }
    let odd = Topic::new("a\"b");
    let text = venue.command(line(PUBLIC), &Command::new(Verb::Subscribe, &[&odd]));
    assert_eq!(text, r#"{"event":"sub","topic":"a\"b"}"#);
}

#[test]
fn topics_are_as_documented_and_their_pushes_are_known_by_them() {
    for (channel, topic) in subscriptions() {
        channel.check().unwrap();
        assert_eq!((channel.topic().text(), channel.topic().route()), (topic, topic));
        assert!(!channel.topic().is_implied());
        let found = CHANNELS.of_route(line(channel.spec().line), topic).unwrap();
        assert_eq!((found.name, found.spec), (channel.name(), channel.spec()));
    }
}

#[test]
fn what_the_venue_would_confirm_and_never_push_is_refused_before_the_wire() {
    for symbol in ["", "BTC_USDT", "btc_USDT", "btc usdt", "btc.usdt", "btc/usdt", "user", "\u{443}"] {
        for channel in [
            Box::new(Depth::of(symbol, DepthLevels::Five)) as Box<dyn ws::AnyChannel>,
            Box::new(Ticker::of(symbol)),
            Box::new(Index::of(symbol)),
            Box::new(Trades::of(symbol)),
            Box::new(Candles::of(symbol, CandleInterval::D1)),
        ] {
            let error = channel.check().unwrap_err();
            assert!(error.to_string().contains("lower case"), "{symbol}: {error}");
        }
    }
    assert!(Channel::check(&Depth::of("gold", DepthLevels::Other("50deep".into()))).is_err());
    assert!(Channel::check(&Candles::of("gold", CandleInterval::Other("M3".into()))).is_err());
}

#[test]
fn lines_and_channels_say_what_is_documented_and_what_is_assumed() {
    let [public, private] = [line(PUBLIC), line(PRIVATE)];
    assert_eq!((public.url, private.url), ("wss://fapi.hibt0.com/v2/ws", "wss://fapi.hibt0.com/v2/ws"));
    assert_eq!((public.entry, private.entry), (Entry::Open, Entry::Login));
    assert_eq!((public.frame_topics, private.frame_topics), (1, 1));
    for channel in CHANNELS {
        let spec = channel.spec;
        assert_eq!(spec.assumed, spec.every.is_some(), "{}: no rate is documented", channel.name);
        assert_eq!(spec.every.is_some(), spec.line == PUBLIC, "{}", channel.name);
        assert!(!spec.undocumented && !spec.refill.is_empty(), "{}", channel.name);
        assert!(!channel.summary().is_empty() && channel.doc.contains("Subscribe to"), "{}", channel.name);
        for refill in spec.refill {
            assert!(ENDPOINTS.iter().any(|operation| operation.name == *refill), "{refill}");
        }
    }
    assert_eq!(CHANNELS.len(), 9);
}

#[test]
fn enums_of_topics_are_spelled_as_the_venue_spells_them() {
    for text in ["M1", "M5", "M15", "M30", "H1", "H2", "H4", "H6", "H12", "D1", "W1", "M3"] {
        let interval: CandleInterval = serde_json::from_value(json!(text)).unwrap();
        assert_eq!((interval.as_str(), serde_json::to_value(&interval).unwrap()), (text, json!(text)));
        assert_eq!(matches!(interval, CandleInterval::Other(_)), text == "M3");
    }
    for text in ["5deep", "10deep", "20deep", "50deep"] {
        let levels: DepthLevels = serde_json::from_value(json!(text)).unwrap();
        assert_eq!((levels.as_str(), serde_json::to_value(&levels).unwrap()), (text, json!(text)));
        assert_eq!(matches!(levels, DepthLevels::Other(_)), text == "50deep");
    }
}

#[test]
fn the_login_is_an_auth_frame_over_the_bare_timestamp() {
    let credentials = Credentials::new("hibt-test-key", "hibt-test-secret");
    let login = Hibt::new().login(&credentials, Millis::new(NOW)).unwrap().unwrap();
    let frame: Value = serde_json::from_str(&login.frame).unwrap();
    assert_eq!((&frame["event"], &frame["accessKey"]), (&json!("auth"), &json!("hibt-test-key")));
    assert_eq!(frame["timestamp"], json!(NOW.to_string()));
    assert_eq!(login.string_to_sign, NOW.to_string());
}

#[test]
fn rows_that_end_in_the_middle_are_no_data() {
    for (channel, topic, data) in [
        ("trade", "a_b.trade", r#"["1","1","1"]"#),
        ("trade", "a_b.trade", r#"["1","1","1","5","2"]"#),
        ("trade", "a_b.trade", r#"[["1","1","1","5"]]"#),
        ("trade", "a_b.trade", r#"{"price":"1"}"#),
        ("candle", "a_b.candle.M1", r#"["1","2","3","4","5","6"]"#),
        ("depth", "a_b.5deep", r#"{"asks":["1"],"bids":[]}"#),
        ("depth", "a_b.5deep", r#"{"asks":[["1","2"]],"bids":[]}"#),
        ("depth", "a_b.5deep", r#"{"asks":["1",null],"bids":[]}"#),
        ("depth", "a_b.5deep", r#"{"bids":[]}"#),
        ("depth", "a_b.5deep", "null"),
        ("ticker", "a_b.ticker", "[]"),
        ("user.order", "user.order", "{}"),
    ] {
        let text = format!(r#"{{"type":"{topic}","ts":1,"data":{data}}}"#);
        let decoded = info(channel).decode(Payload::Text(&text));
        assert!(decoded.error.is_some() && decoded.value.is_none(), "{text}: {decoded:?}");
    }
}

#[test]
fn several_rows_in_one_push_are_several() {
    let text = r#"{"type":"a_b.trade","ts":9,"data":["1","1","2","5","3","2","4","6"]}"#;
    let push = Trades::read(Payload::Text(text)).unwrap().unwrap();
    assert_eq!((push.data.len(), push.symbol(), Trades::time(&push)), (2, Some("a_b"), Some(Millis::new(9))));
    assert_eq!((&push.data[1].side, push.data[1].price), (&Side::Sell, price("3")));
    let own = Orders::read(Payload::Text(r#"{"type":"user.order","data":[]}"#)).unwrap().unwrap();
    assert_eq!((own.symbol(), Orders::time(&own)), (None, None));
}

#[test]
fn a_bad_row_of_the_account_does_not_take_the_good_ones_with_it() {
    for (name, text) in [
        ("user.order", r#"{"type":"user.order","ts":1,"data":[{"id":"1","symbol":"a"},{"id":{}}]}"#),
        ("user.entrust", r#"{"type":"user.entrust","ts":1,"data":[{"id":"1","symbol":"a"},{"symbol":"b"}]}"#),
        ("user.position", r#"{"type":"user.position","ts":1,"data":[{"positionID":"1","symbol":"a"},7]}"#),
    ] {
        let decoded = info(name).decode(Payload::Text(text));
        assert!(decoded.error.is_none() && decoded.value.is_some(), "{name}: {:?}", decoded.error);
        assert_eq!((decoded.bad_rows.len(), decoded.bad_rows[0].index), (1, 1), "{name}");
    }
}

#[test]
fn each_push_is_the_whole_book_and_an_earlier_one_is_old() {
    let depth = Depth::of("btc_usdt", DepthLevels::Five);
    let mut sync = BookSync::<Qty>::new(Depth::RULE);
    let now = std::time::Instant::now();
    let mut push = |ts: i64, asks: &str, bids: &str| {
        let text = format!(r#"{{"type":"btc_usdt.5deep","ts":{ts},"data":{{"asks":{asks},"bids":{bids}}}}}"#);
        let item = Depth::read(Payload::Text(&text)).unwrap().unwrap();
        let Ok(Some(BookMessage::Snapshot(snapshot))) = depth.message(item) else { panic!("{text}") };
        assert_eq!((snapshot.limit, snapshot.time), (Some(5), Some(Millis::new(ts))));
        let step = sync.on_snapshot(&snapshot, now);
        let best = sync.book().unwrap().best_ask().map(|level| level.price.to_string());
        (step, best)
    };
    let first = push(100, r#"["10","1","11","2"]"#, r#"["9","1"]"#);
    assert!(matches!(first.0, Step::Synced { .. }));
    assert_eq!(first.1.as_deref(), Some("10"));
    let early = push(99, r#"["12","1"]"#, "[]");
    assert!(matches!(early.0, Step::Ignored(_)), "{early:?}");
    assert_eq!(push(101, r#"["11","2"]"#, r#"["9","1"]"#).1.as_deref(), Some("11"));
    assert_eq!(push(102, "[]", "null").1, None);
}

/// Whatever it is, it is said to be something, and only what a channel reads is data.
fn is_not_data_in_silence(text: &str) {
    let venue = Hibt::new();
    for name in [PUBLIC, PRIVATE] {
        let payload = Payload::Text(text);
        let glance = venue.glance(line(name), payload);
        let frame = venue.read(line(name), payload);
        let seen = inspect(&venue, CHANNELS, line(name), payload);
        if let Frame::Data(routes) = &frame {
            for route in routes.iter() {
                if let Some(channel) = CHANNELS.of_route(line(name), route) {
                    let decoded = channel.decode(payload);
                    assert!(decoded.error.is_some() != decoded.value.is_some(), "{text}");
                }
            }
        } else {
            assert_ne!(seen.kind, FrameKind::Data, "{text}");
            // A wrong glance must not read as data either.
            if let Some(channel) = glance.and_then(|route| CHANNELS.of_route(line(name), &route)) {
                assert!(channel.decode(payload).value.is_none(), "{text}");
            }
        }
    }
}

#[test]
fn no_piece_of_a_frame_becomes_data_in_silence() {
    let frames = FRAMES.iter().map(|(text, _)| (*text).to_owned());
    for text in EXAMPLES.iter().map(examples::Example::frame).chain(frames) {
        for end in 0..text.len() {
            let piece = &text[..end];
            assert!(matches!(read(piece), Frame::Unknown), "{piece}");
            is_not_data_in_silence(piece);
            assert!(matches!(
                Hibt::new().read(line(PUBLIC), Payload::Binary(piece.as_bytes())),
                Frame::Unknown
            ));
        }
        is_not_data_in_silence(&format!("{text}{text}"));
        assert!(matches!(read(&format!("{text}x")), Frame::Unknown));
    }
}

#[test]
fn values_of_wrong_types_are_errors() {
    for example in EXAMPLES {
        for wrong in ["true", "5", "\"\"", "[[]]", "[{}]", r#"{"asks":5}"#, r#"[{"id":[]}]"#] {
            let text = format!(r#"{{"type":"{}","ts":1,"data":{wrong}}}"#, example.topic);
            is_not_data_in_silence(&text);
            let decoded = info(example.channel).decode(Payload::Text(&text));
            let spoiled = decoded.error.is_some() || !decoded.bad_rows.is_empty();
            assert!(spoiled, "{text}: {decoded:?}");
        }
        let text = example.frame().replace("1724916869475,\"data\"", "{},\"data\"");
        assert!(info(example.channel).decode(Payload::Text(&text)).error.is_some(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_told_apart_without_a_panic(text in ".{0,80}") {
        is_not_data_in_silence(&text);
    }

    #[test]
    fn nearly_right_frames_are_told_apart_without_a_panic(
        at in 0..EXAMPLES.len() + FRAMES.len(),
        cut in 0usize..1000,
        what in prop::sample::select(vec!["", "\"", "{", "}", "[", "]", ",", "0", "null", "e9", "\\u0000", ".", ":"]),
    ) {
        let text = match EXAMPLES.get(at) {
            Some(example) => example.frame(),
            None => FRAMES[at - EXAMPLES.len()].0.to_owned(),
        };
        let cut = cut % (text.len() + 1);
        prop_assume!(text.is_char_boundary(cut));
        let (head, tail) = text.split_at(cut);
        is_not_data_in_silence(&format!("{head}{what}{tail}"));
        is_not_data_in_silence(&format!("{head}{what}{}", tail.get(1..).unwrap_or_default()));
    }
}
