//! Streams: what goes out, what comes in, and what can't be read.

use proptest::prelude::*;
use serde_json::{Value, json};
use venue_core::Secret;
use venue_core::book::{Continuity, Ids};
use venue_core::ws::{
    Acks, AnyChannel, BookChannel, BookMessage, ChannelInfo, Command, Entry, Frame, FrameKind, Line, Payload,
    Ping, Streams, Topic, Verb, inspect,
};

use super::*;
use crate::feed::{
    Balances, CHANNELS, Depth, DepthUpdate, Fills, Klines, Orders, PRIVATE, PUBLIC, Ticker, Tickers, Trades,
};

/// Pushes: line, channel, frame, and its data as it is written again.
const PUSHES: &[(&str, &str, &str, &str)] = &[
    // As documented.
    (
        PUBLIC,
        "Trades",
        r#"{"topic":"trade","event":"trade@btc_usdt","data":{"s":"btc_usdt","i":6316559590087222000,"t":1655992403617,"oi":6616559590087222666,"p":"43000","q":"0.21","v":"9030","b":true}}"#,
        r#"{"s":"btc_usdt","i":"6316559590087222000","t":1655992403617,"oi":"6616559590087222666","p":"43000","q":"0.21","v":"9030","b":true}"#,
    ),
    (
        PUBLIC,
        "Klines",
        r#"{"topic":"kline","event":"kline@btc_usdt,5m","data":{"s":"btc_usdt","t":1656043200000,"i":"5m","o":"44000","c":"50000","h":"52000","l":"36000","q":"34.2","v":"230000"}}"#,
        r#"{"s":"btc_usdt","t":1656043200000,"i":"5m","o":"44000","c":"50000","h":"52000","l":"36000","q":"34.2","v":"230000"}"#,
    ),
    (
        PUBLIC,
        "Depth",
        r#"{"topic":"depth","event":"depth@btc_usdt,20","data":{"s":"btc_usdt","i":1657699200000,"a":[["34000","1.2"],["34001","2.3"]],"b":[["32000","0.2"],["31000","0.5"]]}}"#,
        r#"{"s":"btc_usdt","i":1657699200000,"a":[["34000","1.2"],["34001","2.3"]],"b":[["32000","0.2"],["31000","0.5"]]}"#,
    ),
    (
        PUBLIC,
        "DepthUpdate",
        r#"{"topic":"depth_update","event":"depth_update@btc_usdt","data":{"s":"btc_usdt","fi":121,"i":123,"a":[["34000","1.2"],["34001","2.3"]],"b":[["32000","0.2"],["31000","0.5"]]}}"#,
        r#"{"s":"btc_usdt","fi":121,"i":123,"a":[["34000","1.2"],["34001","2.3"]],"b":[["32000","0.2"],["31000","0.5"]]}"#,
    ),
    (
        PUBLIC,
        "Ticker",
        r#"{"topic":"ticker","event":"ticker@btc_usdt","data":{"s":"btc_usdt","t":1657586700119,"cv":"-200","cr":"-0.02","o":"30000","c":"39000","h":"38000","l":"40000","q":"4","v":"150000"}}"#,
        r#"{"s":"btc_usdt","t":1657586700119,"cv":"-200","cr":"-0.02","o":"30000","l":"40000","h":"38000","c":"39000","q":"4","v":"150000"}"#,
    ),
    (PUBLIC, "Tickers", r#"{"topic":"tickers","event":"tickers","data":[]}"#, "[]"),
    (
        PRIVATE,
        "Balances",
        r#"{"topic":"balance","event":"balance","data":{"a":"123","t":1656043204763,"c":"btc","b":"123","f":"11","z":"SPOT","s":"btc_usdt"}}"#,
        r#"{"a":"123","t":1656043204763,"c":"btc","b":"123","f":"11","z":"SPOT","s":"btc_usdt"}"#,
    ),
    (
        PRIVATE,
        "Orders",
        r#"{"topic":"order","event":"order","data":{"s":"btc_usdt","bc":"btc","qc":"usdt","t":1656043204763,"ct":1656043204663,"i":"6216559590087220004","ci":"test123","st":"PARTIALLY_FILLED","sd":"BUY","tp":"LIMIT","oq":"4","oqq":48000,"eq":"2","lq":"2","p":"4000","ap":"30000","f":"0.002"}}"#,
        r#"{"s":"btc_usdt","bc":"btc","qc":"usdt","t":1656043204763,"ct":1656043204663,"i":"6216559590087220004","ci":"test123","st":"PARTIALLY_FILLED","sd":"BUY","tp":"LIMIT","oq":"4","oqq":"48000","eq":"2","lq":"2","p":"4000","ap":"30000","f":"0.002"}"#,
    ),
    (
        PRIVATE,
        "Fills",
        r#"{"topic":"trade","event":"trade","data":{"s":"btc_usdt","i":6316559590087222000,"t":1655992403617,"oi":6616559590087222666,"p":"43000","q":"0.21","v":"9030","b":true,"tm":1}}"#,
        r#"{"s":"btc_usdt","i":"6316559590087222000","t":1655992403617,"oi":"6616559590087222666","p":"43000","q":"0.21","v":"9030","b":true,"tm":"taker"}"#,
    ),
    // The documentation's spaces and line ends, and another order of the members.
    (
        PUBLIC,
        "Tickers",
        "{\n    \"topic\": \"tickers\",\n    \"event\": \"tickers\",\n    \"data\": [ ]\n}",
        "[]",
    ),
    (
        PUBLIC,
        "Klines",
        r#"{"data":{"s":"eth_usdt","t":1,"i":"1M","o":1,"c":2.50,"h":3,"l":0.1},"event":"kline@eth_usdt,1M","topic":"kline"}"#,
        r#"{"s":"eth_usdt","t":1,"i":"1M","o":"1","c":"2.50","h":"3","l":"0.1"}"#,
    ),
    // As the live venue may send it: ids as texts, numbers for texts, nulls, no members, an empty book.
    (
        PUBLIC,
        "Trades",
        r#"{"topic":"trade","event":"trade@btc_usdt","data":{"s":"btc_usdt","i":"203530723141917063","t":"1655992403617","oi":null,"p":43000.10,"q":1e-7,"v":null,"b":null}}"#,
        r#"{"s":"btc_usdt","i":"203530723141917063","t":1655992403617,"p":"43000.10","q":"0.0000001"}"#,
    ),
    (
        PUBLIC,
        "DepthUpdate",
        r#"{"topic":"depth_update","event":"depth_update@btc_usdt","data":{"s":"btc_usdt","fi":"137333589606963581","i":"137333589606963590","a":[],"b":[["32000","0"]],"t":1657699200001}}"#,
        r#"{"s":"btc_usdt","fi":137333589606963581,"i":137333589606963590,"a":[],"b":[["32000","0"]],"t":1657699200001}"#,
    ),
    (
        PUBLIC,
        "Depth",
        r#"{"topic":"depth","event":"depth@btc_usdt,5","data":{"s":"btc_usdt","i":"7","t":1657699200000,"a":null,"b":[]}}"#,
        r#"{"s":"btc_usdt","i":7,"a":[],"b":[],"t":1657699200000}"#,
    ),
    (
        PUBLIC,
        "Ticker",
        r#"{"topic":"ticker","event":"ticker@new_usdt","data":{"s":"new_usdt","t":null,"cv":"","cr":"-","o":null,"c":null,"h":null,"l":null,"q":"0","v":"0"}}"#,
        r#"{"s":"new_usdt","q":"0","v":"0"}"#,
    ),
    (
        PUBLIC,
        "Tickers",
        r#"{"topic":"tickers","event":"tickers","data":[{"s":"btc_usdt","t":1,"cv":"1","cr":"0.0100","o":"1","c":"2","h":"3","l":"1","q":"4","v":"5"},{"s":"eth_usdt"}]}"#,
        r#"[{"s":"btc_usdt","t":1,"cv":"1","cr":"0.0100","o":"1","l":"1","h":"3","c":"2","q":"4","v":"5"},{"s":"eth_usdt"}]"#,
    ),
    (
        PRIVATE,
        "Orders",
        r#"{"topic":"order","event":"order","data":{"s":"btc_usdt","t":1656043204763,"ct":1656043204663,"i":6216559590087220004,"ci":null,"st":"PENDING_CANCEL","sd":"BUY","tp":"MARKET","oq":"","oqq":"100","eq":"0","lq":"0","p":"","ap":null,"f":null}}"#,
        r#"{"s":"btc_usdt","t":1656043204763,"ct":1656043204663,"i":"6216559590087220004","st":"PENDING_CANCEL","sd":"BUY","tp":"MARKET","oqq":"100","eq":"0","lq":"0"}"#,
    ),
    (
        PRIVATE,
        "Fills",
        r#"{"topic":"trade","event":"trade","data":{"s":"btc_usdt","i":"9","t":1,"oi":"8","p":"43000","q":"0.21","tm":2}}"#,
        r#"{"s":"btc_usdt","i":"9","t":1,"oi":"8","p":"43000","q":"0.21","tm":"maker"}"#,
    ),
    (
        PRIVATE,
        "Fills",
        r#"{"topic":"trade","event":"trade","data":{"s":"btc_usdt","i":"9","t":1,"oi":"8","p":"43000","q":"0.21","tm":"3"}}"#,
        r#"{"s":"btc_usdt","i":"9","t":1,"oi":"8","p":"43000","q":"0.21","tm":"3"}"#,
    ),
    (
        PRIVATE,
        "Balances",
        r#"{"topic":"balance","event":"balance","data":{"a":123,"t":1,"c":"usdt","b":0.10,"f":null,"z":"LEVER","s":null}}"#,
        r#"{"a":"123","t":1,"c":"usdt","b":"0.10","z":"LEVER"}"#,
    ),
];

fn line(name: &str) -> &'static Line {
    WexSpot::new().lines().iter().find(|line| line.name == name).unwrap()
}

fn channel(name: &str) -> &'static ChannelInfo {
    CHANNELS.iter().find(|channel| channel.name == name).unwrap()
}

fn read<'a>(on: &str, text: &'a str) -> Frame<'a> {
    Streams::read(&WexSpot::new(), line(on), Payload::Text(text))
}

fn command(verb: Verb, topics: &[Topic], key: Option<&Secret>, id: u64) -> String {
    let topics: Vec<&Topic> = topics.iter().collect();
    let mut command = Command::new(verb, &topics).id(id);
    if let Some(key) = key {
        command = command.key(key);
    }
    WexSpot::new().command(line(if key.is_some() { PRIVATE } else { PUBLIC }), &command)
}

#[test]
fn every_push_is_known_by_its_event_and_reads_whole() {
    for (on, name, text, expected) in PUSHES {
        let event = serde_json::from_str::<Value>(text).unwrap()["event"].as_str().unwrap().to_owned();
        let Frame::Data(routes) = read(on, text) else { panic!("{text}") };
        assert_eq!(routes.iter().collect::<Vec<_>>(), [event.as_str()]);
        let venue = WexSpot::new();
        if let Some(guess) = venue.glance(line(on), Payload::Text(text)) {
            assert_eq!(guess, event.as_str());
        }
        let known = CHANNELS.of_route(line(on), &event).unwrap();
        assert_eq!((known.name, known.spec.line), (*name, *on));
        let decoded = known.decode(Payload::Text(text));
        assert_eq!(decoded.value.as_deref(), Some(*expected), "{text}: {:?}", decoded.error);
        assert!(decoded.unmapped.is_empty() && decoded.bad_rows.is_empty(), "{text}: {decoded:?}");
        assert_eq!(inspect(&venue, CHANNELS, line(on), Payload::Text(text)).kind, FrameKind::Data);
    }
    let read: std::collections::BTreeSet<_> = PUSHES.iter().map(|(_, name, ..)| *name).collect();
    assert_eq!(read.len(), CHANNELS.len());
}

#[test]
fn a_push_as_the_venue_writes_it_is_known_at_a_glance() {
    for (on, _, text, _) in PUSHES.iter().filter(|(_, _, text, _)| text.starts_with(r#"{"topic":""#)) {
        assert!(WexSpot::new().glance(line(on), Payload::Text(text)).is_some(), "{text}");
    }
    for text in [
        r#"{"topic":"trade","event":"tr\u0061de","data":{}}"#,
        r#"{"topic":"trade","event":"trade","code":1}"#,
        r#"{"id":"1","code":0,"msg":"success"}"#,
        "pong",
    ] {
        assert_eq!(WexSpot::new().glance(line(PUBLIC), Payload::Text(text)), None, "{text}");
    }
}

#[test]
fn what_no_type_maps_is_told() {
    let text =
        r#"{"topic":"trade","event":"trade","new":1,"data":{"s":"b","i":1,"oi":2,"p":1,"q":1,"x":{}}}"#;
    let decoded = channel("Fills").decode(Payload::Text(text));
    assert!(decoded.value.is_some());
    assert_eq!(decoded.unmapped, ["new", "data.x"]);
}

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
    for (text, expected) in [
        // Documented answers.
        (r#"{"id":"123", "code": 0, "msg": "success"}"#, "ack None Some(123) None"),
        ("{\n    \"code\": 0,\n    \"msg\": \"success\"\n}", "ack None None None"),
        (r#"{"id":"123", "code": 401, "msg": "token expire"}"#, "nack None Some(123) None Auth Rejected 401"),
        (r#"{"id":"7","code":1,"msg":""}"#, "nack None Some(7) None Rejected Rejected 1"),
        (r#"{"id":"7","code":2,"msg":""}"#, "nack None Some(7) None Auth Rejected 2"),
        ("pong", "pong"),
        ("\"pong\"", "pong"),
        ("pong\n", "pong"),
        // Shown as the answer to connecting.
        (r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":{}}"#, "event SUCCESS"),
        // As the live venue sends them.
        (r#"{"sessionId":"a1","id":"2","code":0,"msg":"SUCCESS"}"#, "ack None Some(2) None"),
        (r#"{"id":2,"code":"0","msg":null}"#, "ack None Some(2) None"),
        (
            r#"{"method":"unsubscribe","id":"3","code":0,"msg":"success"}"#,
            "ack Some(Unsubscribe) Some(3) None",
        ),
        (
            r#"{"method":"subscribe","code":1,"msg":"fail"}"#,
            "nack Some(Subscribe) None None Rejected Rejected 1",
        ),
        (r#"{"code":1,"msg":"invalid symbol"}"#, "nack None None None UnknownSymbol Rejected 1"),
        (r#"{"id":"4","code":1,"msg":"listenKey is required"}"#, "nack None Some(4) None Auth Rejected 1"),
        (r#"{"id":"4","code":1,"msg":"System busy"}"#, "nack None Some(4) None Unavailable Rejected 1"),
        (r#"{"id":"4","code":1,"msg":"try it later"}"#, "nack None Some(4) None Unavailable Rejected 1"),
        (r#"{"id":"4","code":77,"msg":"new"}"#, "nack None Some(4) None Unrecognized Unknown 77"),
        (
            r#"{"event":"trade@x_usdt","code":1,"data":null}"#,
            r#"nack None None Some("trade@x_usdt") Rejected Rejected 1"#,
        ),
        (
            r#"{"rc":1,"mc":"GATEWAY_0001","ma":[],"result":null}"#,
            "nack None None None Banned Rejected GATEWAY_0001",
        ),
        // Another's id is no answer of ours.
        (r#"{"id":"abc","code":0}"#, "ack None Some(0) None"),
        ("ping", r#"ping Some("pong")"#),
        // A push without data goes to who waits for it, and can't be read there.
        (r#"{"topic":"order","event":"order","data":null}"#, "data order"),
        (r#"{"topic":"order","event":"order"}"#, "data order"),
        (r#"{"topic":"order"}"#, "unknown"),
        ("{}", "unknown"),
        ("[]", "unknown"),
        ("null", "unknown"),
        ("", "unknown"),
        ("<html>502 Bad Gateway</html>", "unknown"),
        (r#"{"event":5,"data":{}}"#, "unknown"),
        (r#"{"code":{},"id":"1"}"#, "unknown"),
    ] {
        for on in [PUBLIC, PRIVATE] {
            assert_eq!(told(&read(on, text)), expected, "{text}");
        }
    }
    let binary = Payload::Binary(b"\x1f\x8bnothing of ours");
    assert_eq!(told(&Streams::read(&WexSpot::new(), line(PUBLIC), binary)), "unknown");
    assert!(WexSpot::new().glance(line(PUBLIC), binary).is_none());
    assert!(channel("Trades").decode(binary).error.is_some());
    for text in [r#"{"topic":"order","event":"order","data":null}"#, r#"{"topic":"order","event":"order"}"#] {
        assert!(channel("Orders").decode(Payload::Text(text)).error.is_some(), "{text}");
    }
}

#[test]
fn a_frame_that_was_cut_off_is_never_data() {
    for (on, name, text, _) in PUSHES {
        for end in (0..text.trim_end().len()).filter(|end| text.is_char_boundary(*end)) {
            let cut = &text[..end];
            assert!(matches!(read(on, cut), Frame::Unknown), "{cut}");
            let decoded = channel(name).decode(Payload::Text(cut));
            assert!(decoded.error.is_some() && decoded.value.is_none(), "{cut}");
        }
    }
}

#[test]
fn a_value_of_the_wrong_type_is_no_value() {
    for (_, name, text, _) in PUSHES {
        let whole: Value = serde_json::from_str(text).unwrap();
        let broken = |path: &str, value: Value| {
            let mut push = whole.clone();
            *push.pointer_mut(path).unwrap() = value;
            let decoded = channel(name).decode(Payload::Text(&push.to_string()));
            assert!(decoded.error.is_some() || !decoded.bad_rows.is_empty(), "{path} of {name}: {push}");
        };
        for value in [json!(7), json!("text"), json!(true)] {
            broken("/data", value);
        }
        let (row, at) = match &whole["data"] {
            Value::Object(row) => (Some(row), "/data".to_owned()),
            Value::Array(rows) => (rows.first().and_then(Value::as_object), "/data/0".to_owned()),
            _ => (None, String::new()),
        };
        for key in row.into_iter().flat_map(|row| row.keys()) {
            broken(&format!("{at}/{key}"), json!({}));
            broken(&format!("{at}/{key}"), json!([{}]));
        }
    }
    let row = r#"{"topic":"tickers","event":"tickers","data":[7,{"s":"eth_usdt","c":"1"}]}"#;
    let decoded = channel("Tickers").decode(Payload::Text(row));
    // The bad row is kept as it came, beside the good one.
    let kept = r#"[7,{"s":"eth_usdt","c":"1"}]"#;
    assert_eq!((decoded.bad_rows.len(), decoded.value.as_deref()), (1, Some(kept)));
}

proptest! {
    #[test]
    fn any_text_is_told_apart_and_nothing_of_it_is_data(text in ".{0,200}") {
        for on in [PUBLIC, PRIVATE] {
            let frame = read(on, &text);
            prop_assert!(!matches!(frame, Frame::Data(_) | Frame::Ack(_)));
            let _ = WexSpot::new().glance(line(on), Payload::Text(&text));
        }
        for channel in CHANNELS {
            prop_assert!(channel.decode(Payload::Text(&text)).value.is_none());
        }
    }

    #[test]
    fn any_json_is_told_apart(
        topic in "[a-z_]{0,8}", event in "[a-z_@,0-9]{0,20}", code in -5i64..500, data in "[0-9{}\\[\\]\",a-z:]{0,40}",
    ) {
        let text = format!(r#"{{"topic":"{topic}","event":"{event}","code":{code},"data":{data}}}"#);
        for on in [PUBLIC, PRIVATE] {
            let frame = read(on, &text);
            let is_json = serde_json::from_str::<Value>(&text).is_ok();
            prop_assert!(is_json || matches!(frame, Frame::Unknown));
            let venue = WexSpot::new();
            if let (Frame::Data(routes), Some(guess)) = (&frame, venue.glance(line(on), Payload::Text(&text))) {
                prop_assert_eq!(routes.iter().collect::<Vec<_>>(), [guess.as_ref()]);
            }
        }
    }
}

#[test]
fn requests_go_out_as_documented() {
    let topics = [Trades::of("btc_usdt").topic(), Klines::of("btc_usdt", KlineInterval::Min5).topic()];
    assert_eq!(
        command(Verb::Subscribe, &topics, None, 1),
        r#"{"method":"subscribe","params":["trade@btc_usdt","kline@btc_usdt,5m"],"id":"1"}"#
    );
    assert_eq!(
        command(Verb::Unsubscribe, &topics[..1], None, 12),
        r#"{"method":"unsubscribe","params":["trade@btc_usdt"],"id":"12"}"#
    );
    let (key, own) = (Secret::new("512312356123123123"), [Balances::new().topic()]);
    assert_eq!(
        command(Verb::Subscribe, &own, Some(&key), 2),
        r#"{"method":"subscribe","params":["balance"],"listenKey":"512312356123123123","id":"2"}"#
    );
    assert_eq!(
        command(Verb::Unsubscribe, &own, Some(&key), 3),
        r#"{"method":"unsubscribe","params":["balance"],"listenKey":"512312356123123123","id":"3"}"#
    );
}

#[test]
fn topics_are_written_as_documented() {
    let of = |channel: &dyn AnyChannel| {
        channel.check().unwrap();
        let topic = channel.topic();
        assert_eq!(topic.text(), topic.route());
        topic.text().to_owned()
    };
    assert_eq!(of(&Trades::of("btc_usdt")), "trade@btc_usdt");
    assert_eq!(of(&Depth::of("btc_usdt", DepthLevels::Twenty)), "depth@btc_usdt,20");
    assert_eq!(of(&DepthUpdate::of("btc_usdt")), "depth_update@btc_usdt");
    assert_eq!(of(&Ticker::of("btc_usdt")), "ticker@btc_usdt");
    assert_eq!(of(&Tickers::new()), "tickers");
    assert_eq!(of(&Balances::new()), "balance");
    assert_eq!(of(&Orders::new()), "order");
    assert_eq!(of(&Fills::new()), "trade");
    let intervals: Vec<String> = KlineInterval::KNOWN
        .iter()
        .map(|interval| of(&Klines::of("btc_usdt", interval.clone())).replace("kline@btc_usdt,", ""))
        .collect();
    assert_eq!(intervals.join(", "), "1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, 1M");
    let levels: Vec<&str> = DepthLevels::KNOWN.iter().map(DepthLevels::as_str).collect();
    assert_eq!(levels, ["5", "10", "20", "50"]);
    for level in DepthLevels::KNOWN {
        let json = serde_json::to_string(level).unwrap();
        assert_eq!(serde_json::from_str::<DepthLevels>(&json).unwrap(), *level);
    }
    for (sent, known) in
        [("1", TakerMaker::Taker), ("\"TAKER\"", TakerMaker::Taker), ("2", TakerMaker::Maker)]
    {
        assert_eq!(serde_json::from_str::<TakerMaker>(sent).unwrap(), known);
    }
}

#[test]
fn what_breaks_a_documented_rule_is_not_subscribed() {
    let other = |text: &str| serde_json::from_str::<DepthLevels>(text).unwrap();
    let interval = serde_json::from_str::<KlineInterval>("\"1H\"").unwrap();
    let wrong: [&dyn AnyChannel; 9] = [
        &Trades::of("BTC_USDT"),
        &Trades::of(""),
        &Ticker::of("btc_usdt,5m"),
        &DepthUpdate::of("depth@btc_usdt"),
        &Klines::of("btc usdt", KlineInterval::Min1),
        &Klines::of("btc_usdt", interval),
        &Depth::of("btc_usdt", other("15")),
        &Depth::of("btc_usdt", other("\"\"")),
        &Depth::of("Btc_usdt", DepthLevels::Five),
    ];
    for channel in wrong {
        assert!(channel.check().is_err(), "{channel:?}");
    }
}

#[test]
fn each_channel_can_be_built_by_name() {
    for info in CHANNELS {
        let given = match info.name {
            "Klines" => r#"{"symbol":"btc_usdt","interval":"1h"}"#,
            "Depth" => r#"{"symbol":"btc_usdt","levels":50}"#,
            "Trades" | "DepthUpdate" | "Ticker" => r#"{"symbol":"btc_usdt"}"#,
            _ => "{}",
        };
        let channel = info.build(&mut Source::parse(given).unwrap()).unwrap();
        assert!(channel.check().is_ok());
        let route = channel.topic().route().to_owned();
        assert_eq!(CHANNELS.of_route(line(info.spec.line), &route).unwrap().name, info.name);
        for name in info.spec.refill {
            operation(name);
        }
        assert!(!info.spec.refill.is_empty() && !info.spec.undocumented);
        // No rate is documented for when nothing changes.
        assert_eq!(info.spec.every, None);
    }
    assert!(CHANNELS.of_route(line(PUBLIC), "balance").is_none());
    assert!(CHANNELS.of_route(line(PRIVATE), "trade@btc_usdt").is_some_and(|info| info.name == "Fills"));
}

#[test]
fn the_lines_are_those_documented() {
    let [public, private] = [PUBLIC, PRIVATE].map(line);
    let hosts = WexSpot::new().hosts();
    assert_eq!([Some(public.url), Some(private.url)], [hosts.ws_public, hosts.ws_private]);
    for line in [public, private] {
        assert!(matches!(line.heartbeat.ping, Ping::Text("ping")));
        // Also when data flows, and three times within the minute.
        assert!(!line.heartbeat.only_when_quiet && line.heartbeat.every.as_secs() * 3 <= 60);
        assert_eq!(line.acks, Acks::InOrder);
    }
    assert_eq!(public.entry, Entry::Open);
    let Entry::Key(life) = private.entry else { panic!("{private:?}") };
    assert_eq!((life.valid.as_secs(), life.renew), (172_800, None));
    let keys = |line: &Line| Streams::keys(&WexSpot::new(), line).is_some();
    assert!(!keys(public) && keys(private));
}

#[test]
fn a_full_frame_with_a_long_token_is_below_the_limit() {
    let topics: Vec<Topic> = (0..line(PRIVATE).frame_topics)
        .map(|n| Ticker::of(format!("a_rather_long_name_{n}_usdt")).topic())
        .collect();
    let token = Secret::new("x".repeat(2000));
    let text = command(Verb::Subscribe, &topics, Some(&token), u64::MAX);
    assert!(text.len() <= line(PRIVATE).frame_bytes, "{}", text.len());
}

#[test]
fn a_book_follows_the_documented_rule() {
    assert_eq!(DepthUpdate::RULE, Continuity::RANGE_FROM_REQUEST);
    let push = |name: &str| PUSHES.iter().find(|(_, known, ..)| *known == name).unwrap().2;
    let book = DepthUpdate::of("btc_usdt");
    let item =
        <DepthUpdate as venue_core::ws::Channel>::read(Payload::Text(push("DepthUpdate"))).unwrap().unwrap();
    let Ok(Some(BookMessage::Delta(delta))) = book.message(item) else { panic!("no change") };
    assert_eq!((delta.ids, delta.asks.len(), delta.bids.len()), (Ids::range(121, 123), 2, 2));
    assert_eq!(delta.asks[0].price.to_string(), "34000");
    assert_eq!(delta.bids[0].size.to_string(), "0.2");

    assert_eq!(Depth::RULE, Continuity::WHOLE);
    let book = Depth::of("btc_usdt", DepthLevels::Twenty);
    let item = <Depth as venue_core::ws::Channel>::read(Payload::Text(push("Depth"))).unwrap().unwrap();
    let Ok(Some(BookMessage::Snapshot(whole))) = book.message(item) else { panic!("no book") };
    assert_eq!((whole.sequence, whole.limit), (Some(1_657_699_200_000), Some(20)));
    let with_book: Vec<&str> = CHANNELS.iter().filter(|info| info.has_book()).map(|info| info.name).collect();
    // The last is the one to keep a book from.
    assert_eq!(with_book, ["Depth", "DepthUpdate"]);
    assert_eq!(CHANNELS.len(), 9);
}
