//! The WebSocket channels: frames told apart, pushes read, topics and commands written.

mod binary;

use proptest::prelude::*;
use venue_core::book::{BookSync, Step};
use venue_core::serde_json::{self, Value};
use venue_core::ws::{
    Acks, Answer, AnyChannel, BookChannel, BookMessage, Channel, ChannelInfo, DecodedPush, Entry, Frame,
    FrameKind, Line, Payload, Ping, Routes, Streams, Verb, inspect,
};

use super::*;
use crate::feed::{CHANNELS, Depth, Klines, Trades};

const KLINE: &str = r#"{ "e": "kline", "s": "trx_usdt", "k": { "s": "trx_usdt", "i": "1m", "t": 1646382900000, "o": "0.31865", "c": "0.31862", "h": "0.31865", "l": "0.31862", "v": "369", "a": "117.57114" } }"#;
const TRADE: &str =
    r#"{ "e": "trade", "s": "btc_usdt", "t": 1234567890123456, "p": "95150.62", "a": "7", "m": "BID" }"#;
const DEPTH: &str = r#"{ "e": "depth", "s": "btc_usdt", "U": 1234567890, "u": 1234567891, "b": [ ["45000.00", "1.2345"], ["44999.50", "0.9876"], ["44999.00", "2.3456"] ], "a": [ ["45001.00", "0.5432"], ["45001.50", "1.2345"], ["45002.00", "0.8765"] ] }"#;
const UPDATE: &str = r#"{ "e": "depth.update", "s": "btc_usdt", "U": 1234567890, "u": 1234567891, "b": [ ["45000.00", "1.2345"] ], "a": [ ["45001.00", "0.5432"] ] }"#;

/// Every documented push: channel, route, frame.
const PUSHES: [(&str, &str, &str); 4] = [
    ("kline", "kline@trx_usdt,1m", KLINE),
    ("trade", "trade@btc_usdt", TRADE),
    ("depth", "depth@btc_usdt", DEPTH),
    ("depth", "depth@btc_usdt", UPDATE),
];

fn line() -> &'static Line {
    &Pumpkin::new().lines()[0]
}

fn read(text: &str) -> Frame<'_> {
    Pumpkin::new().read(line(), Payload::Text(text))
}

fn info(name: &str) -> &'static ChannelInfo {
    CHANNELS.iter().find(|channel| channel.spec.name == name).unwrap()
}

fn decode_push(name: &str, payload: Payload<'_>) -> DecodedPush {
    info(name).decode(payload)
}

/// What the typed value of a push looks like: the candle alone, the others without their event where the channel
/// has only one.
fn value_of(channel: &str, frame: &str) -> Value {
    let mut value: Value = serde_json::from_str(frame).unwrap();
    match channel {
        "kline" => value["k"].take(),
        "trade" => {
            value.as_object_mut().unwrap().remove("e");
            value
        }
        _ => value,
    }
}

/// Without the spaces between the parts: none of the texts has any.
fn compact(frame: &str) -> String {
    frame.replace(' ', "")
}

fn told(frame: &Frame<'_>) -> String {
    match frame {
        Frame::Data(routes) => format!("data {}", routes.iter().collect::<Vec<_>>().join(" ")),
        Frame::Ack(answer) => {
            assert_eq!(*answer, Answer::new());
            "ack".to_owned()
        }
        Frame::Nack(answer, error) => {
            assert_eq!(*answer, Answer::new());
            format!("nack {:?} {}", error.kind(), error.code().unwrap_or("-"))
        }
        Frame::Ping(Some(text)) => format!("ping {text}"),
        Frame::Pong => "pong".to_owned(),
        Frame::Event(name) => format!("event {name}"),
        Frame::Unknown => "unknown".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn every_documented_push_reads_whole_and_is_written_as_it_came() {
    for (channel, _, frame) in PUSHES {
        let decoded = decode_push(channel, Payload::Text(frame));
        assert!(decoded.error.is_none() && decoded.unmapped.is_empty(), "{frame}: {decoded:?}");
        let value: Value = serde_json::from_str(&decoded.value.unwrap()).unwrap();
        let mut expected = value_of(channel, frame);
        if channel == "depth" {
            // Levels are in the venue's order, digit by digit.
            assert_eq!(value["b"], expected["b"]);
            assert_eq!(value["a"], expected["a"]);
        }
        if channel == "trade" {
            expected["t"] = Value::from(1_234_567_890_123_456_u64);
        }
        assert_eq!(value, expected, "{frame}");
    }
    for channel in CHANNELS {
        assert!(PUSHES.iter().any(|(name, ..)| *name == channel.spec.name), "{}", channel.name);
    }
}

#[test]
fn numbers_may_come_as_text_and_texts_as_numbers() {
    for (channel, frame) in [
        (
            "kline",
            r#"{"e":"kline","s":"a_b","k":{"s":"a_b","i":"1M","t":"5","o":0.10,"c":1,"h":2,"l":"0.1","v":null}}"#,
        ),
        ("trade", r#"{"e":"trade","s":"a_b","t":"5","p":1.50,"a":7,"m":"NEW","id":9007199254740993}"#),
        ("depth", r#"{"e":"depth","s":"a_b","U":"1","u":"2","b":[[1.50,2]],"a":null}"#),
        ("depth", r#"{"e":"new","s":"a_b","U":1,"u":2,"b":[],"a":[["1","0"]]}"#),
    ] {
        let decoded = decode_push(channel, Payload::Text(frame));
        assert!(decoded.error.is_none() && decoded.unmapped.is_empty(), "{frame}: {decoded:?}");
    }
    let trade = Trades::read(Payload::Text(
        r#"{"e":"trade","s":"a_b","t":1,"p":"1.50","a":"7","m":"ASK","id":9007199254740993}"#,
    ));
    let trade = trade.unwrap().unwrap();
    assert_eq!((trade.price.to_string(), trade.side), ("1.50".to_owned(), DealSide::Ask));
    assert_eq!(trade.id.unwrap().as_str(), "9007199254740993");
}

#[test]
fn what_the_venue_adds_is_counted_at_every_level() {
    for (channel, _, frame) in PUSHES {
        let text = frame.replace('{', r#"{"plantedKey":1,"#);
        let decoded = decode_push(channel, Payload::Text(&text));
        assert!(decoded.error.is_none(), "{text}: {decoded:?}");
        assert_eq!(decoded.unmapped.len(), text.matches("plantedKey").count(), "{text}: {decoded:?}");
    }
}

#[test]
fn a_push_without_what_it_is_about_is_never_data() {
    for (channel, frame) in [
        ("depth", r#"{"e":"depth","s":"a_b","U":1,"u":2,"b":[]}"#),
        ("depth", r#"{"e":"depth","s":"a_b","u":2,"b":[],"a":[]}"#),
        ("depth", r#"{"e":"depth","s":"a_b","U":1,"u":2,"b":[["1"]],"a":[]}"#),
        ("depth", r#"{"e":"depth","s":"a_b","U":1,"u":2,"b":[["x","1"]],"a":[]}"#),
        ("trade", r#"{"e":"trade","s":"a_b","t":1,"p":"","a":"7","m":"BID"}"#),
        ("trade", r#"{"e":"trade","s":"a_b","t":1,"p":"1","a":"7"}"#),
        ("trade", r#"{"e":"trade","s":"a_b","t":-1,"p":"1","a":"7","m":"BID"}"#),
        ("kline", r#"{"e":"kline","s":"a_b","k":{"s":"c_d","i":"1m","t":5,"o":1,"c":1,"h":2,"l":1}}"#),
        ("kline", r#"{"e":"kline","s":"a_b","k":{"s":"a_b","i":"1m","t":5,"o":1,"c":1,"h":2}}"#),
        ("kline", TRADE),
        ("trade", DEPTH),
        ("depth", KLINE),
    ] {
        let decoded = decode_push(channel, Payload::Text(frame));
        assert!(decoded.error.is_some() && decoded.value.is_none(), "{frame}: {decoded:?}");
    }
}

#[test]
fn pushes_are_told_apart_by_topic_and_a_glance_agrees() {
    let venue = Pumpkin::new();
    for (channel, expected, frame) in PUSHES {
        for text in [frame.to_owned(), compact(frame)] {
            let payload = Payload::Text(&text);
            let Frame::Data(Routes::One(route)) = venue.read(line(), payload) else { panic!("{text}") };
            assert_eq!(route, expected);
            assert_eq!(CHANNELS.of_route(line(), &route).unwrap().spec.name, channel);
            let glance = venue.glance(line(), payload);
            assert_eq!(glance.is_some(), !text.contains(' '), "{text}");
            assert!(glance.is_none_or(|glance| glance == route));
            let inspected = inspect(&venue, CHANNELS, line(), payload);
            assert_eq!(inspected.kind, FrameKind::Data);
            assert!(inspected.error.is_none() && inspected.value.is_some(), "{inspected:?}");
            // JSON in a binary frame is JSON.
            let opened = venue.inflate(line(), text.as_bytes()).unwrap().unwrap();
            assert_eq!(opened, text);
        }
    }
    for route in ["kline", "funding@btc_usdt", ""] {
        assert!(CHANNELS.of_route(line(), route).is_none(), "{route}");
    }
}

#[test]
fn a_symbol_in_other_letters_is_the_same_contract_and_a_month_is_no_minute() {
    let upper = Depth::of("BTC_USDT", 10_u32);
    let upper = Channel::topic(&upper);
    assert_eq!((upper.text(), upper.route()), ("depth@BTC_USDT,10", "depth@btc_usdt"));
    let month = Klines::of("btc_usdt", KlineInterval::Month1);
    assert_eq!(Channel::topic(&month).route(), "kline@btc_usdt,1M");
    assert_eq!(told(&read(&KLINE.replace("trx", "TRX").replace("1m", "1M"))), "data kline@trx_usdt,1M");
}

#[test]
fn every_other_frame_is_told_apart() {
    for (text, what) in [
        (r#"{"code": 0,"msg": "success"}"#, "ack"),
        (r#"{"code":"0","message":"success"}"#, "ack"),
        ("pong", "pong"),
        (" pong\n", "pong"),
        ("ping", "ping pong"),
        (r#"{"code":40001,"msg":"Invalid topic format"}"#, "nack InvalidRequest 40001"),
        (r#"{"code":40002,"msg":"Topic not found"}"#, "nack InvalidRequest 40002"),
        (r#"{"code":40003,"msg":"Subscription limit exceeded"}"#, "nack Rejected 40003"),
        (r#"{"code":40004,"msg":"Invalid parameters"}"#, "nack InvalidRequest 40004"),
        (r#"{"code":40005,"msg":"Insufficient permissions"}"#, "nack Permission 40005"),
        (r#"{"code":40006,"msg":"Rate limit exceeded"}"#, "nack RateLimited 40006"),
        (r#"{"code":"50001","msg":null}"#, "nack Unavailable 50001"),
        (r#"{"code":50002}"#, "nack Unavailable 50002"),
        (r#"{"code":777,"msg":"new"}"#, "nack Unrecognized 777"),
        // As the documented client does: what has a code is an answer, whatever else it has.
        (r#"{"code":0,"e":"trade","s":"btc_usdt"}"#, "ack"),
        (r#"{"e":"funding","s":"btc_usdt"}"#, "event funding"),
        (r#"{"e":"trade"}"#, "unknown"),
        (r#"{"e":"kline","s":"btc_usdt"}"#, "unknown"),
        (r#"{"e":"kline","s":"btc_usdt","k":{"i":""}}"#, "unknown"),
        (r#"{"code":null,"msg":"success"}"#, "unknown"),
        (r#"{"msg":"success"}"#, "unknown"),
        ("{}", "unknown"),
        ("[]", "unknown"),
        ("\"pong\"", "unknown"),
        ("", "unknown"),
        ("<html>", "unknown"),
    ] {
        assert_eq!(told(&read(text)), what, "{text}");
        assert_eq!(Pumpkin::new().glance(line(), Payload::Text(text)), None, "{text}");
    }
}

#[test]
fn a_refusal_keeps_its_words() {
    let Frame::Nack(_, error) = read(r#"{"code":40002,"msg":"no such thing"}"#) else { panic!() };
    assert_eq!((error.message(), error.outcome()), ("no such thing", Outcome::Rejected));
}

#[test]
fn topics_are_written_as_documented_and_checked_before() {
    let channels: [(Box<dyn AnyChannel>, &str, &str); 3] = [
        (Box::new(Klines::of("trx_usdt", KlineInterval::M1)), "kline@trx_usdt,1m", "kline@trx_usdt,1m"),
        (Box::new(Trades::of("btc_usdt")), "trade@btc_usdt", "trade@btc_usdt"),
        (Box::new(Depth::of("btc_usdt", 10_u32)), "depth@btc_usdt,10", "depth@btc_usdt"),
    ];
    for (channel, text, route) in channels {
        channel.check().unwrap();
        assert_eq!((channel.topic().text(), channel.topic().route()), (text, route));
    }
    let wrong: [Box<dyn AnyChannel>; 6] = [
        Box::new(Klines::of("", KlineInterval::M1)),
        Box::new(Klines::of("btc_usdt", KlineInterval::Other("1m,5m".into()))),
        Box::new(Klines::of("btc_usdt", KlineInterval::Other("".into()))),
        Box::new(Trades::of("btc_usdt,eth_usdt")),
        Box::new(Depth::of("depth@btc_usdt", 10_u32)),
        Box::new(Depth::of("btc_usdt", 0_u32)),
    ];
    for channel in wrong {
        assert!(channel.check().is_err(), "{channel:?}");
    }
}

#[test]
fn commands_are_written_as_documented_and_fit_the_frame() {
    let streams = Pumpkin::new();
    let write = |verb, topics: &[&str]| {
        let topics: Vec<_> = topics.iter().map(|text| venue_core::ws::Topic::new(*text)).collect();
        let topics: Vec<_> = topics.iter().collect();
        streams.command(line(), &venue_core::ws::Command::new(verb, &topics))
    };
    assert_eq!(
        write(Verb::Subscribe, &["kline@trx_usdt,1m"]),
        r#"{"events":["kline@trx_usdt,1m"],"method":"sub"}"#
    );
    assert_eq!(
        write(Verb::Unsubscribe, &["trade@btc_usdt", "depth@btc_usdt,10"]),
        r#"{"events":["trade@btc_usdt","depth@btc_usdt,10"],"method":"unsub"}"#
    );
    assert_eq!(write(Verb::Request, &["trade@btc_usdt"]), r#"{"events":["trade@btc_usdt"],"method":"sub"}"#);
    let most = vec!["kline@1000000pepe_usdt,15m"; line().frame_topics];
    assert!(write(Verb::Subscribe, &most).len() <= line().frame_bytes);
}

#[test]
fn the_line_is_as_documented_and_has_no_address() {
    let line = line();
    assert_eq!((line.url, line.sandbox, line.entry, line.acks), ("", None, Entry::Open, Acks::InOrder));
    assert!(matches!(line.heartbeat.ping, Ping::Text("ping")));
    assert_eq!((line.heartbeat.every, line.heartbeat.only_when_quiet), (Duration::from_secs(3), false));
    assert!(Streams::keys(&Pumpkin::new(), line).is_none());
    for channel in CHANNELS {
        assert_eq!(channel.spec.every, None, "no rate is documented");
        for name in channel.spec.refill {
            assert!(ENDPOINTS.iter().any(|operation| operation.name == *name), "{name}");
        }
    }
}

fn depth_message(text: &str) -> Result<Option<BookMessage<Contracts>>, String> {
    let push = Depth::read(Payload::Text(text)).unwrap().unwrap();
    Depth::of("btc_usdt", 10_u32).message(push)
}

#[test]
fn a_change_follows_the_book_to_the_number_or_the_book_is_lost() {
    let mut sync = BookSync::<Contracts>::new(Depth::RULE);
    let now = std::time::Instant::now();
    let push = |event: &str, first: u64, last: u64| {
        format!(
            r#"{{"e":"{event}","s":"btc_usdt","U":{first},"u":{last},"b":[["1.0","2"]],"a":[["3","{}"]]}}"#,
            last % 2
        )
    };
    let mut step = |text: &str| match depth_message(text).unwrap().unwrap() {
        BookMessage::Snapshot(snapshot) => sync.on_snapshot(&snapshot, now),
        BookMessage::Delta(delta) => sync.on_delta(delta, now),
        other => panic!("{other:?}"),
    };
    assert!(matches!(step(&push("depth.update", 4, 5)), Step::Buffered { .. }));
    assert!(matches!(step(&push("depth", 1, 7)), Step::Synced { .. }));
    assert!(matches!(step(&push("depth.update", 6, 7)), Step::Ignored(_)));
    // The first change may reach back over the whole book; later ones may not.
    assert!(matches!(step(&push("depth.update", 7, 9)), Step::Applied { .. }));
    assert!(matches!(step(&push("depth.update", 10, 10)), Step::Applied { .. }));
    assert!(matches!(step(&push("depth.update", 10, 11)), Step::Gap { expected: 11, got: 10 }));
    assert!(matches!(step(&push("depth", 12, 12)), Step::Synced { .. }));
    assert!(matches!(step(&push("depth.update", 14, 14)), Step::Gap { expected: 13, got: 14 }));
    assert!(depth_message(&push("depth.update", 9, 8)).is_err(), "the wrong way round");
    assert!(depth_message(&push("depth.new", 8, 9)).is_err(), "an event that nobody knows");
}

#[test]
fn nothing_cut_off_is_data() {
    for (channel, _, frame) in PUSHES {
        for text in [frame.to_owned(), compact(frame)] {
            for end in 0..text.len() {
                let cut = &text[..end];
                assert!(!matches!(read(cut), Frame::Data(_)), "{cut}");
                let decoded = decode_push(channel, Payload::Text(cut));
                assert!(decoded.value.is_none() && decoded.error.is_some(), "{cut}: {decoded:?}");
            }
        }
    }
}

#[test]
fn wrong_types_are_never_data() {
    for (channel, _, frame) in PUSHES {
        let value: Value = serde_json::from_str(frame).unwrap();
        for key in value.as_object().unwrap().keys().filter(|key| *key != "e") {
            for wrong in ["{}", "[[]]", "true", "[1]"] {
                let mut value = value.clone();
                value[key] = serde_json::from_str(wrong).unwrap();
                let text = value.to_string();
                let payload = Payload::Text(&text);
                let (told, decoded) =
                    (inspect(&Pumpkin::new(), CHANNELS, line(), payload), decode_push(channel, payload));
                match (key.as_str(), wrong) {
                    // An open enum keeps any word that it doesn't know, to be seen.
                    ("m", "true") => {
                        let value: Value = serde_json::from_str(&told.value.unwrap()).unwrap();
                        assert_eq!(value["m"], "true", "{text}");
                    }
                    // A name can be any word, but no such push is routed to anybody.
                    ("s", "true") => {
                        assert!(matches!(read(&text), Frame::Unknown), "{text}");
                        assert_eq!(Pumpkin::new().glance(line(), payload), None, "{text}");
                        assert!(told.value.is_none() && told.error.is_some(), "{text}: {told:?}");
                    }
                    _ => {
                        assert!(decoded.value.is_none() && decoded.error.is_some(), "{text}: {decoded:?}");
                        assert!(told.value.is_none() && told.error.is_some(), "{text}: {told:?}");
                    }
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_told_apart(text in r#"(\PC*|[\[\]{}:,"a-z0-9@._ ]{0,80})"#) {
        let _ = read(&text);
        let _ = Pumpkin::new().glance(line(), Payload::Text(&text));
        for channel in CHANNELS {
            let _ = channel.decode(Payload::Text(&text));
        }
    }

    #[test]
    fn a_push_with_anything_in_it_is_told_apart(
        event in "kline|trade|depth|depth.update|[a-z.]{0,6}",
        symbol in r#"[a-z_"\\]{0,6}"#,
        rest in r#"\PC{0,20}"#,
    ) {
        let venue = Pumpkin::new();
        let text = format!(r#"{{"e":"{event}","s":"{symbol}",{rest}"#);
        let _ = venue.read(line(), Payload::Text(&text));
        let _ = venue.glance(line(), Payload::Text(&text));
        let whole = serde_json::json!({ "e": event, "s": symbol, "k": { "s": symbol, "i": rest } }).to_string();
        if let (Some(glance), Frame::Data(Routes::One(route))) =
            (venue.glance(line(), Payload::Text(&whole)), venue.read(line(), Payload::Text(&whole)))
        {
            prop_assert_eq!(glance, route);
        }
    }
}
