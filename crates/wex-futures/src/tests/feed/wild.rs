//! What no venue should send.

use proptest::prelude::*;
use serde_json::{Value, json};
use venue_core::ws::{Frame, Payload, Streams};

use super::examples::PUSHES;
use super::{channel, line, read, routes, venue};
use crate::feed::{CHANNELS, MARKET, USER};

#[test]
fn a_frame_that_was_cut_off_is_never_data() {
    for (on, name, _, text, _) in PUSHES {
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
    for (_, name, _, text, _) in PUSHES {
        let whole: Value = serde_json::from_str(text).unwrap();
        let broken = |path: &str, value: Value| {
            let mut push = whole.clone();
            *push.pointer_mut(path).unwrap() = value;
            let decoded = channel(name).decode(Payload::Text(&push.to_string()));
            assert!(decoded.error.is_some(), "{path} of {name}: {push}");
        };
        for value in [json!(7), json!("text"), json!(true), json!([]), json!(null)] {
            broken("/data", value);
        }
        for key in whole["data"].as_object().unwrap().keys() {
            broken(&format!("/data/{key}"), json!({}));
            broken(&format!("/data/{key}"), json!([{}]));
        }
    }
}

#[test]
fn a_binary_frame_is_nothing() {
    for channel in CHANNELS {
        assert!(channel.decode(Payload::Binary(b"{\"topic\":\"trade\"}")).error.is_some());
    }
}

proptest! {
    #[test]
    fn any_text_is_told_apart_and_nothing_of_it_is_data(text in ".{0,200}") {
        for on in [MARKET, USER] {
            let frame = read(on, &text);
            prop_assert!(!matches!(frame, Frame::Data(_) | Frame::Ack(_)));
            let _ = venue().glance(line(on), Payload::Text(&text));
        }
        for channel in CHANNELS {
            prop_assert!(channel.decode(Payload::Text(&text)).value.is_none());
        }
    }

    #[test]
    fn a_glance_never_contradicts(
        topic in "[a-z_]{0,8}", event in "(depth|depth_update|trade|order)?[a-z_@,0-9]{0,20}",
        code in -5i64..500, data in "[0-9{}\\[\\]\",a-z:]{0,40}",
    ) {
        let text = format!(r#"{{"topic":"{topic}","event":"{event}","data":{data},"code":{code}}}"#);
        for on in [MARKET, USER] {
            let frame = read(on, &text);
            let is_json = serde_json::from_str::<Value>(&text).is_ok();
            prop_assert!(is_json || matches!(frame, Frame::Unknown));
            if let (Some(routes), Some(guess)) =
                (routes(&frame), venue().glance(line(on), Payload::Text(&text)))
            {
                prop_assert_eq!(routes, [guess.as_ref()]);
            }
        }
    }
}
