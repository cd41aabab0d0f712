//! From an answer's bytes to a typed value or a refusal, in one pass where all is well.

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::endpoint::Shape;
use crate::error::{Error, Kind, Outcome};
use crate::wire::{Envelope, Head, Keys, audit, json};

/// What an answer turned out to be.
#[derive(Debug)]
pub(crate) enum Opened<'a> {
    /// A success; its payload is where it was to go.
    Payload,
    /// The venue says no, or says nothing that is known.
    Refused(Head<'a>),
    /// A success that can't be read.
    Unreadable(String),
}

/// Receives the decoded payload, so that the pipeline over bytes is compiled once for all types.
pub(crate) trait Sink: Send {
    /// Decodes and keeps the payload; gives back what is left to say.
    fn accept<'a>(&mut self, keys: &'static Keys, shape: Shape, text: &'a str) -> Opened<'a>;
}

/// A sink that keeps the value.
pub(crate) struct Slot<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned + Send> Sink for Slot<T> {
    fn accept<'a>(&mut self, keys: &'static Keys, shape: Shape, text: &'a str) -> Opened<'a> {
        open(&mut self.0, keys, shape, text)
    }
}

/// Decodes a success by the path that calls take: for replaying recorded answers.
///
/// # Errors
/// What a call would say of it: a refusal in the envelope, or why it can't be read.
pub fn decode<T: DeserializeOwned>(keys: &'static Keys, shape: Shape, text: &str) -> Result<T, Error> {
    let mut value = None;
    let why = match open(&mut value, keys, shape, text) {
        Opened::Payload => match value {
            Some(value) => return Ok(value),
            None => "a success without its data".to_owned(),
        },
        Opened::Refused(head) => {
            let code = head.error_code().map(str::to_owned);
            let message = head.message.as_deref().unwrap_or("the venue refused without a word").to_owned();
            return Err(Error::new(Kind::Unrecognized, Outcome::Unknown, message).with_code(code));
        }
        Opened::Unreadable(why) => why,
    };
    Err(Error::new(Kind::Decode, Outcome::Unknown, why))
}

/// Reads the head of an envelope, and nothing else; an empty head when there is none.
pub(crate) fn head<'a>(keys: &Keys, text: &'a str) -> Head<'a> {
    let envelope = json::read_with(text, |json| Envelope::<IgnoredAny>::read(keys, json));
    if let Some(envelope) = envelope {
        return envelope.head;
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Envelope::<IgnoredAny>::read(keys, &mut deserializer).map(|envelope| envelope.head).unwrap_or_default()
}

/// Decodes an answer into `value`, which holds something after a success and only then.
pub(crate) fn open<'a, T: DeserializeOwned>(
    value: &mut Option<T>,
    keys: &'static Keys,
    shape: Shape,
    text: &'a str,
) -> Opened<'a> {
    let opened = if text.trim_ascii().is_empty() {
        Opened::Unreadable("the answer is empty".to_owned())
    } else {
        match shape {
            Shape::Enveloped => enveloped(value, keys, text),
            Shape::Bare => bare(value, keys, text),
            Shape::Either => {
                // It nearly always comes in its envelope: read as if it did, it is read once.
                if let Ok(head) = read_envelope(value, keys, text)
                    && head.status.is_some()
                {
                    settle(value, keys, head)
                } else {
                    audit::restart();
                    let is_enveloped = keys.may_have_status(text) && head(keys, text).status.is_some();
                    if is_enveloped { enveloped(value, keys, text) } else { bare(value, keys, text) }
                }
            }
        }
    };
    if !matches!(opened, Opened::Payload) {
        *value = None;
    }
    opened
}

fn enveloped<'a, T: DeserializeOwned>(value: &mut Option<T>, keys: &Keys, text: &'a str) -> Opened<'a> {
    let failure = match read_envelope(value, keys, text) {
        Ok(head) => return settle(value, keys, head),
        Err(error) => error,
    };
    // Second pass: the head alone says whether it is a refusal; else rows are taken one by one.
    let head = head(keys, text);
    match head.success(keys) {
        Some(true) => {}
        Some(false) => return Opened::Refused(head),
        None => return Opened::Unreadable(foreign(text, &failure)),
    }
    audit::restart();
    match audit::lenient(|| read_envelope(value, keys, text)) {
        Ok(head) => settle(value, keys, head),
        Err(_) => Opened::Unreadable(format!("a success that can't be read: {failure}")),
    }
}

fn settle<'a, T: DeserializeOwned>(value: &mut Option<T>, keys: &Keys, head: Head<'a>) -> Opened<'a> {
    match head.success(keys) {
        Some(true) if value.is_some() => Opened::Payload,
        Some(true) => {
            // Types that can be nothing are, when nothing came.
            *value = json::read("null");
            let missing = || Opened::Unreadable("a success without its data".to_owned());
            value.as_ref().map_or_else(missing, |_| Opened::Payload)
        }
        Some(false) => Opened::Refused(head),
        None => Opened::Unreadable("an answer without the venue's envelope".to_owned()),
    }
}

fn bare<'a, T: DeserializeOwned>(value: &mut Option<T>, keys: &'static Keys, text: &'a str) -> Opened<'a> {
    let is_object = text.trim_ascii_start().starts_with('{');
    let refusal = |told: Option<bool>| {
        let may = is_object && told.unwrap_or_else(|| keys.may_have_status(text));
        let head = if may { head(keys, text) } else { Head::default() };
        (head.success(keys) == Some(false)).then_some(head)
    };
    let failure = match read_told(value, keys, text) {
        Ok(told) => return refusal(told).map_or(Opened::Payload, Opened::Refused),
        Err(error) => error,
    };
    if let Some(head) = refusal(None) {
        return Opened::Refused(head);
    }
    audit::restart();
    match audit::lenient(|| read_told(value, keys, text)) {
        Ok(_) => Opened::Payload,
        Err(_) => Opened::Unreadable(foreign(text, &failure)),
    }
}

/// Reads a value, and notices on the way whether a key stands beside it by which an answer says how it went; `None`
/// where that could not be seen.
fn read_told<T: DeserializeOwned>(
    value: &mut Option<T>,
    keys: &'static Keys,
    text: &str,
) -> Result<Option<bool>, serde_json::Error> {
    audit::read(
        text,
        value,
        |value, json| {
            json.watch(keys);
            *value = Some(T::deserialize(&mut *json)?);
            Ok(json.told())
        },
        |value, deserializer| {
            *value = Some(T::deserialize(deserializer)?);
            Ok(None)
        },
    )
}

fn read_envelope<'a, T: DeserializeOwned>(
    value: &mut Option<T>,
    keys: &Keys,
    text: &'a str,
) -> Result<Head<'a>, serde_json::Error> {
    audit::read(
        text,
        value,
        |value, json| Head::read_around(value, keys, json),
        |value, deserializer| Head::read_around(value, keys, deserializer),
    )
}

/// Words for an answer that is not the venue's JSON.
pub(crate) fn foreign(text: &str, error: &serde_json::Error) -> String {
    if text.trim_ascii_start().starts_with('<') {
        "an HTML page where JSON belongs".to_owned()
    } else if error.is_eof() {
        format!("the answer breaks off: {error}")
    } else {
        format!("the answer can't be read: {error}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Empty, Rows, audited};
    use crate::{Price, model};

    const KEYS: Keys = Keys::new(&["code"], &["0"], &["data"]).message(&["msg"]);

    model! {
        /// A row.
        struct Row {
            /// A price.
            price: Price,
        }
    }

    model! {
        /// An answer with rows inside.
        struct Book {
            /// Rows.
            rows: Rows<Row>,
            /// Nested.
            inner: Row,
        }
    }

    fn payload<T: DeserializeOwned>(shape: Shape, text: &str) -> T {
        let mut value = None;
        match open(&mut value, &KEYS, shape, text) {
            Opened::Payload => value.unwrap(),
            Opened::Refused(head) => panic!("refused: {head:?}"),
            Opened::Unreadable(why) => panic!("{why}"),
        }
    }

    /// There is a value after a success, and only then.
    fn opened<'a, T: DeserializeOwned>(keys: &'static Keys, shape: Shape, text: &'a str) -> Opened<'a> {
        let mut value = None::<T>;
        let opened = open(&mut value, keys, shape, text);
        assert_eq!(value.is_some(), matches!(opened, Opened::Payload), "{text}");
        opened
    }

    #[test]
    fn good_rows_stay_and_a_bad_one_is_kept_aside() {
        let text = r#"{"code":0,"data":[{"price":"1"},{"price":"x"},{"price":3}]}"#;
        let rows: Rows<Row> = payload(Shape::Enveloped, text);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows.bad()[0].index, 1);
        assert_eq!(rows.bad()[0].raw, r#"{"price":"x"}"#);
        let written = serde_json::to_string(&rows).unwrap();
        assert_eq!(written, r#"[{"price":"1"},{"price":"x"},{"price":"3"}]"#);
        assert_eq!(audit::lenient(|| serde_json::from_str::<Rows<Row>>(&written)).unwrap(), rows);
    }

    #[test]
    fn no_list_is_not_an_empty_list() {
        let book = |text| opened::<Book>(&KEYS, Shape::Enveloped, text);
        assert!(matches!(book(r#"{"code":0,"data":{"inner":{"price":"1"}}}"#), Opened::Unreadable(_)));
        assert!(matches!(book(r#"{"code":0,"data":{"rows":null,"inner":{"price":"1"}}}"#), Opened::Payload));
    }

    #[test]
    fn an_unmapped_key_is_seen_at_every_level() {
        let text = r#"{"code":"0","extra":1,"data":{"rows":[{"price":"1","deep":2}],"mid":3,"inner":{"price":1,"low":4}}}"#;
        let (_, audit) = audited(|| payload::<Book>(Shape::Enveloped, text));
        assert_eq!(audit.unmapped, ["extra", "data.rows[0].deep", "data.mid", "data.inner.low"]);
        // The same with a bad row, when the rows are read one by one.
        let text = r#"{"code":"0","data":[{"price":"1","deep":2},{"price":"x","gone":1}]}"#;
        let (_, audit) = audited(|| payload::<Rows<Row>>(Shape::Enveloped, text));
        assert_eq!(audit.bad_rows.len(), 1);
        assert_eq!(audit.unmapped, ["[0].deep"]);
    }

    #[test]
    fn a_success_code_decides_and_not_the_payload() {
        assert!(matches!(
            opened::<Row>(&KEYS, Shape::Enveloped, r#"{"code":5,"data":{"price":"1"},"msg":"no"}"#),
            Opened::Refused(_)
        ));
        assert!(matches!(
            opened::<Row>(&KEYS, Shape::Enveloped, r#"{"code":5,"data":null}"#),
            Opened::Refused(_)
        ));
        assert!(matches!(opened::<Row>(&KEYS, Shape::Enveloped, r#"{"code":0}"#), Opened::Unreadable(_)));
        assert!(matches!(opened::<Row>(&KEYS, Shape::Enveloped, r#"{"price":"1"}"#), Opened::Unreadable(_)));
        assert!(matches!(
            opened::<Row>(&KEYS, Shape::Bare, r#"{"price":"1","code":"7"}"#),
            Opened::Refused(_)
        ));
        assert!(matches!(opened::<Row>(&KEYS, Shape::Bare, r#"{"price":"1","code":"0"}"#), Opened::Payload));
        assert!(matches!(opened::<Row>(&KEYS, Shape::Either, r#"{"price":"1"}"#), Opened::Payload));
        assert!(matches!(
            opened::<Row>(&KEYS, Shape::Either, r#"{"code":0,"data":{"price":"1"}}"#),
            Opened::Payload
        ));
        let _: Empty = payload(Shape::Enveloped, r#"{"code":0,"data":{}}"#);
        let _: Empty = payload(Shape::Enveloped, r#"{"code":0}"#);
    }

    #[test]
    fn only_what_stands_at_the_top_of_a_bare_answer_says_how_it_went() {
        let rows = |text| opened::<Book>(&KEYS, Shape::Bare, text);
        let nested = r#"{"rows":[{"price":"1","code":"7"}],"inner":{"price":"1","code":5}}"#;
        assert!(matches!(rows(nested), Opened::Payload));
        for text in [
            r#"{"rows":[],"inner":{"price":"1"},"code":"7"}"#,
            r#"{"co\u0064e":"7","rows":[],"inner":{"price":"1"}}"#,
            r#"{"code":"7","rows":"#,
        ] {
            assert!(!matches!(rows(text), Opened::Payload), "{text}");
        }
        // Taken as it is, it is looked at all the same.
        let raw = |text| opened::<crate::RawJson>(&KEYS, Shape::Bare, text);
        assert!(matches!(raw(r#"{"a":1,"code":"7"}"#), Opened::Refused(_)));
        assert!(matches!(raw(r#"{"a":{"code":"7"}}"#), Opened::Payload));
    }

    #[test]
    fn what_is_no_answer_says_what_it_is() {
        for (text, words) in [
            ("", "empty"),
            ("  ", "empty"),
            ("<!DOCTYPE html>", "HTML"),
            (r#"{"code":0,"data":{"pri"#, "breaks off"),
            ("\u{1}garbage", "can't be read"),
        ] {
            for shape in [Shape::Enveloped, Shape::Bare, Shape::Either] {
                let Opened::Unreadable(why) = opened::<Row>(&KEYS, shape, text) else { panic!("{text}") };
                assert!(why.contains(words), "{text}: {why}");
            }
        }
    }
}
