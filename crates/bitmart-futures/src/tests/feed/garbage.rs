//! Whatever comes, something is said, and what isn't a push never becomes one.

use proptest::prelude::*;
use venue_core::ws::{Frame, Payload, Streams, inspect};

use super::examples::{all, frames};
use super::{BitMart, CHANNELS, line, read, serde_json, told};

/// Tells a frame apart, and decodes it; whether a value came of it.
fn look(text: &str) -> bool {
    let venue = BitMart::new();
    let _ = venue.glance(line("public"), Payload::Text(text));
    let _ = inspect(&venue, CHANNELS, line("public"), Payload::Binary(text.as_bytes()));
    let told = inspect(&venue, CHANNELS, line("private"), Payload::Text(text));
    told.error.is_none() && told.value.is_some()
}

#[test]
fn a_frame_that_is_cut_anywhere_is_nothing() {
    for (name, group, data) in all() {
        for frame in frames(group, data) {
            for end in 0..frame.len() {
                let cut = &frame[..end];
                assert!(matches!(read(cut), Frame::Unknown), "{name}: {cut}");
                assert!(!look(cut), "{name}: {cut}");
            }
        }
    }
}

#[test]
fn data_of_a_wrong_type_is_an_error() {
    for (name, group, data) in all() {
        for wrong in ["null", "true", "5", "\"x\"", "{}", "[[]]", "[5]"] {
            for frame in frames(group, wrong) {
                let told = inspect(&BitMart::new(), CHANNELS, line("public"), Payload::Text(&frame));
                // Rows that can't be read are kept aside, the list stays one.
                let is_list = data.starts_with('[') && wrong.starts_with('[');
                assert!(told.error.is_some() || told.value.is_none() || is_list, "{name}: {frame} {told:?}");
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
        "[]",
        "{}",
        "{\"data\":1}",
        "{\"success\":\"yes\"}",
        "<html>502 Bad Gateway</html>",
        r#"{"group":5,"data":{}}"#,
        r#"{"group":"a","group":"b","data":{}}"#,
    ] {
        assert!(matches!(read(text), Frame::Unknown), "{text}");
        assert_eq!(told(text), "unknown", "{text}");
    }
    let odd = r#"{"group":"futures/news:A","data":{}}"#;
    assert!(inspect(&BitMart::new(), CHANNELS, line("public"), Payload::Text(odd)).error.is_some());
    assert!(matches!(BitMart::new().read(line("public"), Payload::Binary(b"{}")), Frame::Unknown));
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
        let (_, group, data) = examples[which % examples.len()];
        let [frame, _] = frames(group, data);
        let at = at % frame.len();
        let end = (at + cut).min(frame.len());
        let text = format!("{}{put}{}", &frame[..at], &frame[end..]);
        look(&text);
        let _ = serde_json::from_str::<serde_json::Value>(&text);
    }
}
