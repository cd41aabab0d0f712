//! What is said besides pushes: requests, their answers, heartbeats, compressed frames.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use venue_core::ws::{Answer, Channel, Command, Frame, Payload, Streams, Topic, Verb, inspect};
use venue_core::{Kind, Outcome};

use super::examples::DOCUMENTED;
use super::{HashKey, line, read, told};
use crate::feed::*;
use crate::{KlineInterval, Site};

fn topic(channel: &impl Channel) -> Topic {
    channel.check().unwrap();
    channel.topic()
}

fn write(venue: &HashKey, verb: Verb, topic: &Topic) -> String {
    venue.command(line("v1"), &Command::new(verb, &[topic]))
}

#[test]
fn requests_are_written_as_documented() {
    let v1 = |topic: &str| {
        format!(r#"{{"symbol":"BTCUSDT","topic":"{topic}","event":"sub","params":{{"binary":false}}}}"#)
    };
    let v2 = |topic: &str| format!(r#"{{"topic":"{topic}","event":"sub","params":{{"symbol":"BTCUSDT"}}}}"#);
    let s = "BTCUSDT";
    for (topic, expected) in [
        (topic(&KlinesV1::of(s, KlineInterval::M1)), v1("kline_1m")),
        (topic(&KlinesV1::of(s, KlineInterval::Month1)), v1("kline_1M")),
        (topic(&RealtimesV1::of(s)), v1("realtimes")),
        (topic(&TradesV1::of(s)), v1("trade")),
        (topic(&DepthV1::of(s)), v1("depth")),
        (topic(&DiffMergedDepth::of(s)), v1("diffMergedDepth")),
        (topic(&MarkPrices::of(s)), v1("markPrice")),
        (topic(&Indices::of(s)), v1("index")),
        (
            topic(&DepthV1::of(s).limit(200).binary(true)),
            r#"{"symbol":"BTCUSDT","topic":"depth","event":"sub","params":{"limit":"200","binary":true}}"#
                .into(),
        ),
        (
            topic(&KlinesV2::of(s, KlineInterval::M1)),
            r#"{"topic":"kline","event":"sub","params":{"symbol":"BTCUSDT","klineType":"1m"}}"#.into(),
        ),
        (topic(&RealtimesV2::of(s)), v2("realtimes")),
        (topic(&TradesV2::of(s)), v2("trade")),
        (topic(&DepthV2::of(s)), v2("depth")),
        (topic(&Bbo::of(s)), v2("bbo")),
    ] {
        assert_eq!(write(&HashKey::new(), Verb::Subscribe, &topic), expected);
        let cancel = expected.replace(r#""event":"sub""#, r#""event":"cancel""#);
        assert_eq!(write(&HashKey::new(), Verb::Unsubscribe, &topic), cancel);
        let site = HashKey::new().site(Site::Mena);
        let expected = format!(r#"{},"site":"MENA"}}"#, expected.strip_suffix('}').unwrap());
        assert_eq!(write(&site, Verb::Subscribe, &topic), expected);
    }
    for topic in [topic(&OrderUpdates::new()), topic(&AccountUpdates::new()), topic(&Tickets::new())] {
        assert!(topic.is_implied());
    }
}

#[test]
fn a_symbol_is_one_symbol_and_can_not_break_out_of_its_frame() {
    for bad in ["", "BTCUSDT,ETHUSDT", "BTCUSDT:1"] {
        assert!(TradesV1::of(bad).check().is_err() && Bbo::of(bad).check().is_err(), "{bad}");
    }
    assert!(DepthV1::of("BTCUSDT").limit(0).check().is_err());
    assert!(DepthV1::of("BTCUSDT").limit(201).check().is_err());
    let odd = TradesV1::of(r#"A","event":"sub"#).topic();
    let cancel = write(&HashKey::new(), Verb::Unsubscribe, &odd);
    assert_eq!(
        cancel,
        r#"{"symbol":"A\",\"event\":\"sub","topic":"trade","event":"cancel","params":{"binary":false}}"#
    );
}

#[test]
fn answers_name_their_topic_as_far_as_they_can() {
    let route = |route: &'static str| Answer::new().topic(route);
    let of_v2 = r#""topic":"depth","params":{"symbol":"BTCUSD"},"code":"0","msg":"Success""#;
    for (text, expected) in [
        (format!(r#"{{{of_v2},"event":"sub","site":"hk"}}"#), route("v2/depth:BTCUSD").to(Verb::Subscribe)),
        (format!(r#"{{{of_v2},"event":"cancel","site":"mena"}}"#), route("v2/depth:BTCUSD").to(Verb::Unsubscribe)),
        (
            r#"{"topic":"kline","event":"sub","params":{"symbol":"BTCUSD","klineType":"1m"},"code":0,"msg":"Success"}"#.into(),
            route("v2/kline_1m:BTCUSD").to(Verb::Subscribe),
        ),
        (
            r#"{"symbol":"BTCUSD","topic":"kline_1m","event":"sub","params":{"binary":"false"},"code":"0","msg":"Success"}"#.into(),
            route("v1/kline_1m:BTCUSD").to(Verb::Subscribe),
        ),
        (r#"{"topic":"depth","event":"sub","code":"0","desc":"Success"}"#.into(), route("depth").to(Verb::Subscribe).vague()),
    ] {
        let Frame::Ack(answer) = read(&text) else { panic!("{text}") };
        assert_eq!(answer, expected, "{text}");
        assert_eq!(told(&text).0, "ack");
    }
}

#[test]
fn refusals_have_a_kind_and_say_whose_they_are_as_far_as_they_can() {
    let of_v2 = |code: &str, msg: &str| {
        format!(
            r#"{{"topic":"depth","event":"sub","params":{{"symbol":"NONE"}},"code":"{code}","msg":"{msg}"}}"#
        )
    };
    let named = || Answer::new().topic("v2/depth:NONE").to(Verb::Subscribe);
    let depth = || Answer::new().topic("depth").vague();
    for (text, kind, code, answer) in [
        (
            r#"{"code":"-100010","desc":"Invalid Symbols!","topic":"depth"}"#.to_owned(),
            Kind::UnknownSymbol,
            Some("-100010"),
            depth(),
        ),
        (
            r#"{"code":"-100010","desc":"Invalid Symbols!"}"#.into(),
            Kind::UnknownSymbol,
            Some("-100010"),
            Answer::new().vague(),
        ),
        (
            r#"{"code":-10004,"desc":"Invalid topic!","topic":"depth"}"#.into(),
            Kind::InvalidRequest,
            Some("-10004"),
            depth(),
        ),
        (
            r#"{"code":"-10001","desc":"Invalid JSON!"}"#.into(),
            Kind::InvalidRequest,
            Some("-10001"),
            Answer::new().vague(),
        ),
        (of_v2("-100011", "Parameter error!"), Kind::InvalidRequest, Some("-100011"), named()),
        (of_v2("-100011", "Not supported symbols"), Kind::UnknownSymbol, Some("-100011"), named()),
        (of_v2("-999999", "of another day"), Kind::Unrecognized, Some("-999999"), named()),
        (r#"{"desc":"no","topic":"depth"}"#.into(), Kind::Rejected, None, depth()),
    ] {
        let Frame::Nack(said, error) = read(&text) else { panic!("{text}") };
        assert_eq!(said, answer, "{text}");
        assert_eq!((error.kind(), error.code()), (kind, code), "{text}");
        let outcome = if kind == Kind::Unrecognized { Outcome::Unknown } else { Outcome::Rejected };
        assert_eq!(error.outcome(), outcome, "{text}");
        assert_eq!(told(&text).0, "nack");
    }
}

#[test]
fn heartbeats_are_answered_with_the_same_number() {
    let ping = r#"{"ping":1748504490208,"channelId":"02ac86fffe5fdf52-00000001-00266eb0-74a37ad40fb20d81-0cda790b"}"#;
    for (text, answer) in [(ping, r#"{"pong":1748504490208}"#), (r#"{"ping":"7"}"#, r#"{"pong":"7"}"#)] {
        let Frame::Ping(Some(said)) = read(text) else { panic!("{text}") };
        assert_eq!(said, answer);
        assert_eq!(told(text).0, "ping");
    }
    // The venue's clock, not what was sent.
    assert!(matches!(read(r#"{"pong":1748503865406}"#), Frame::Pong));
    assert!(matches!(read(r#"{"ping":{"a":1}}"#), Frame::Unknown));
}

#[test]
fn compressed_frames_are_opened_whatever_the_compression() {
    let venue = HashKey::new();
    let (name, _, text) = DOCUMENTED[0];
    let gzip = {
        let mut to = GzEncoder::new(Vec::new(), Compression::default());
        to.write_all(text.as_bytes()).unwrap();
        to.finish().unwrap()
    };
    let zlib = {
        let mut to = ZlibEncoder::new(Vec::new(), Compression::default());
        to.write_all(text.as_bytes()).unwrap();
        to.finish().unwrap()
    };
    let deflate = {
        let mut to = DeflateEncoder::new(Vec::new(), Compression::default());
        to.write_all(text.as_bytes()).unwrap();
        to.finish().unwrap()
    };
    for bytes in [&gzip, &zlib, &deflate] {
        assert_eq!(venue.inflate(line("v1"), bytes).unwrap().unwrap(), text);
        let told = inspect(&venue, CHANNELS, line("v2"), Payload::Binary(bytes));
        assert_eq!((told.channel.as_deref(), told.error.is_none()), (Some("kline"), true), "{name}");
        // Cut anywhere, or with something behind it, it isn't opened.
        for end in 0..bytes.len() {
            assert!(venue.inflate(line("v1"), &bytes[..end]).unwrap().is_err(), "{end}");
        }
        let longer = [bytes.as_slice(), b"more"].concat();
        assert!(venue.inflate(line("v1"), &longer).unwrap().is_err());
    }
}

#[test]
fn a_frame_that_would_fill_the_memory_is_refused() {
    let mut to = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..17 {
        to.write_all(&zeros).unwrap();
    }
    let bytes = to.finish().unwrap();
    assert!(bytes.len() < 32 * 1024, "{}", bytes.len());
    let error = HashKey::new().inflate(line("v1"), &bytes).unwrap().unwrap_err();
    assert_eq!(error.kind(), Kind::Decode);
}
