//! Whatever comes, something is said, and what isn't a push never becomes one.

use proptest::prelude::*;
use venue_core::ws::{Frame, Payload, Streams, inspect};

use super::examples::all;
use super::{CHANNELS, HashKey, channel, line, read, serde_json, told};

/// Tells a frame apart, and hands it to every channel that it is said to be for.
fn look(text: &str) -> bool {
    let venue = HashKey::new();
    let mut decoded = false;
    for line in venue.lines() {
        let _ = venue.glance(line, Payload::Text(text));
        let told = inspect(&venue, CHANNELS, line, Payload::Text(text));
        decoded |= told.error.is_none() && told.value.is_some();
        let _ = inspect(&venue, CHANNELS, line, Payload::Binary(text.as_bytes()));
    }
    decoded
}

#[test]
fn a_frame_that_is_cut_anywhere_is_nothing() {
    for (name, _, frame) in all() {
        for end in 0..frame.len() {
            let cut = &frame[..end];
            assert!(matches!(read(cut), Frame::Unknown), "{name}: {cut}");
            assert!(!look(cut), "{name}: {cut}");
        }
    }
}

#[test]
fn a_member_of_a_wrong_type_is_an_error_or_is_absent_and_never_panics() {
    for (name, _, frame) in all() {
        let sent: serde_json::Value = serde_json::from_str(frame).unwrap();
        for wrong in ["null", "true", "5", "-1e400", "\"x\"", "[]", "{}", "[[[]]]"] {
            let wrong: Option<serde_json::Value> = serde_json::from_str(wrong).ok();
            let Some(wrong) = wrong else { continue };
            for member in ["topic", "params", "data", "symbol", "e", "s"] {
                let mut sent = sent.clone();
                let target = if sent.is_array() { &mut sent[0] } else { &mut sent };
                if target.get(member).is_none() {
                    continue;
                }
                target[member] = wrong.clone();
                let text = sent.to_string();
                let decoded = look(&text);
                // A push without these isn't one, and one of several events that isn't one is told as well.
                let is_v1_list = member == "data" && channel(name).spec.line == "v1";
                let is_empty = is_v1_list && wrong == serde_json::json!([]);
                // An event of a kind that nobody knows keeps nothing from the others.
                let has_others = sent.as_array().is_some_and(|events| events.len() > 1);
                let is_other = member == "e" && has_others && (wrong.is_string() || wrong.is_number());
                if ["data", "topic", "e"].contains(&member) {
                    assert_eq!(decoded, is_empty || is_other, "{name}: {text}");
                }
            }
        }
    }
}

#[test]
fn frames_of_no_known_kind_are_unknown() {
    for text in [
        "",
        " ",
        "null",
        "5",
        "\"pong\"",
        "pong",
        "[]",
        "{}",
        "[1]",
        "[{}]",
        "[[]]",
        "{\"event\":\"sub\"}",
        "<html>502 Bad Gateway</html>",
        "{\"topic\":\"depth\"}",
        "{\"data\":{}}",
        "{\"ping\":null,\"data\":1}",
        r#"{"topic":"kline","params":{"symbol":"BTCUSDT"},"data":{}}"#,
        r#"{"topic":"depth","params":5,"data":{}}"#,
        r#"{"topic":"depth","topic":"trade","params":{"symbol":"A"},"data":{}}"#,
    ] {
        assert!(matches!(read(text), Frame::Unknown), "{text}");
        assert_eq!(told(text).0, "unknown", "{text}");
    }
    // A topic that nobody knows has a route, and no channel.
    let odd = r#"{"topic":"news","params":{"symbol":"BTCUSDT"},"data":{}}"#;
    assert!(inspect(&HashKey::new(), CHANNELS, line("v1"), Payload::Text(odd)).error.is_some());
    // And binary frames that nothing compressed are an error.
    for bytes in [&b""[..], b"\x00\xff\x17garbage\x80", b"\x1f\x8b", b"x\x9c", b"{\"pong\":1}"] {
        assert!(HashKey::new().inflate(line("v1"), bytes).unwrap().is_err(), "{bytes:?}");
    }
    assert!(matches!(HashKey::new().read(line("v1"), Payload::Binary(b"{}")), Frame::Unknown));
}

#[test]
fn a_glance_never_takes_an_answer_for_a_push() {
    for text in [
        r#"{"symbol":"BTCUSDT","topic":"depth","event":"sub","params":{},"code":"0","msg":"Success","data":[]}"#,
        r#"{"symbol":"BTCUSDT","topic":"depth","params":{},"code":"-1","desc":"x"}"#,
        r#"{"topic":"depth","event":"sub","params":{"symbol":"BTCUSD"},"code":"0","msg":"Success","site":"hk"}"#,
        r#"{"topic":"depth","params":{"symbol":"A\"B"},"data":{}}"#,
    ] {
        assert_eq!(HashKey::new().glance(line("v1"), Payload::Text(text)), None, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_told_apart(text in "\\PC{0,200}") {
        look(&text);
    }

    #[test]
    fn an_example_with_anything_in_it_is_told_apart(
        which in 0usize..64, at in 0usize..2000, cut in 0usize..40, put in "[\\[\\]{}\",:0-9a-z\\\\-]{0,6}",
    ) {
        let examples: Vec<_> = all().collect();
        let (name, _, frame) = examples[which % examples.len()];
        let at = at % frame.len();
        let end = (at + cut).min(frame.len());
        let text = format!("{}{put}{}", &frame[..at], &frame[end..]);
        look(&text);
        let _ = channel(name).decode(Payload::Text(&text));
    }

    #[test]
    fn any_bytes_are_opened_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = HashKey::new().inflate(line("v1"), &bytes).unwrap();
        let _ = inspect(&HashKey::new(), CHANNELS, line("v2"), Payload::Binary(&bytes));
    }
}
