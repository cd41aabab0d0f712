//! What is read at once is what `serde_json` reads; whatever that refuses is refused.

use std::collections::BTreeMap;
use std::fmt;

use proptest::prelude::*;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::read;
use crate::{Amount, Millis, OrderId, Price, Rows, model, positional};

/// Any JSON, as a visitor sees it.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Null,
    Bool(bool),
    Int(i128),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Tree;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("no float")
            }
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Bool(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
                Ok(Tree::Int(value.into()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
                Ok(Tree::Int(value.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = seq.next_element()? {
                    list.push(value);
                }
                Ok(Tree::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Tree::Map(members))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

model! {
    /// A row with one of each kind of field.
    struct Row {
        /// Digits matter.
        price: Price,
        /// A number or a text.
        id: OrderId,
        /// May be missing.
        time?: Millis,
        /// May be long.
        #[serde(default)]
        fee: Option<Amount>,
        /// Nested.
        #[serde(default)]
        levels: Vec<Level>,
    }
}

positional! {
    /// By position.
    struct Level {
        /// Price.
        price: Price,
        /// Another.
        qty: Price,
    }
}

/// Reads alike both ways, or not at all the short way.
fn agrees<'de, T: Deserialize<'de> + PartialEq + fmt::Debug>(text: &'de str) -> bool {
    let long = serde_json::from_str::<T>(text).ok();
    let short = read::<T>(text);
    if short.is_some() {
        assert_eq!(short, long, "{text}");
    }
    short.is_some() == long.is_some()
}

fn all_agree(text: &str) {
    agrees::<Tree>(text);
    agrees::<Option<Row>>(text);
    agrees::<Rows<Row>>(text);
    agrees::<BTreeMap<String, Tree>>(text);
    agrees::<String>(text);
    agrees::<u64>(text);
    agrees::<crate::Symbol>(text);
    agrees::<(Tree, Tree)>(text);
    let raw = |text: Option<&RawValue>| text.map(|raw| raw.get().to_owned());
    let short = raw(read::<&RawValue>(text));
    if short.is_some() {
        assert_eq!(short, raw(serde_json::from_str(text).ok()), "{text}");
    }
    if read::<IgnoredAny>(text).is_some() {
        assert!(serde_json::from_str::<IgnoredAny>(text).is_ok(), "{text}");
    }
}

const SAMPLES: [&str; 12] = [
    r#"{"price":"1.50","id":203530723141917063,"time":1700000000000,"fee":0.12345678901234567890123456789012,"levels":[["1","2"],[3,4.5,"more"]]}"#,
    r#" { "price" : 1e-8 , "id" : "a\u00e9\n\"b" , "time" : "" , "unknown" : {"a":[1,{"b":null}],"c":true} } "#,
    r#"[{"price":"1","id":"x"},{"price":2,"id":3,"fee":null}]"#,
    r#"{"a":{"b":[[],{},[{}]]},"c":"\\","d":-5,"e":0,"f":18446744073709551615}"#,
    r#"["1",2]"#,
    r#""BTCUSDT""#,
    r#""\u0042\ud83d\ude00TC""#,
    "null",
    " true ",
    "-9223372036854775808",
    "[]",
    "{}",
];

#[test]
fn what_venues_send_is_read_at_once() {
    for text in SAMPLES {
        assert!(agrees::<Tree>(text) || text.contains('.') || text.contains("1e-8"), "{text}");
        all_agree(text);
    }
    assert_eq!(read::<Row>(SAMPLES[0]), serde_json::from_str(SAMPLES[0]).ok());
    assert!(read::<Row>(SAMPLES[0]).is_some() && read::<Row>(SAMPLES[1]).is_some());
    assert!(read::<Rows<Row>>(SAMPLES[2]).is_some());
}

#[test]
fn what_is_no_json_is_not_read() {
    for text in [
        "",
        " ",
        "1 2",
        "01",
        "-",
        "-0",
        "1.",
        ".5",
        "+1",
        "1e",
        "1e+",
        "0x1",
        "nul",
        "nulll",
        "tru",
        "True",
        "NaN",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"a\nb\"",
        "'a'",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}}",
        "[1]]",
        "\u{feff}1",
        "[\"a\":1]",
        "{\"a\",1}",
        "// 1",
        "99999999999999999999999",
    ] {
        all_agree(text);
        assert!(read::<Tree>(text).is_none(), "{text}");
    }
}

#[test]
fn no_depth_exhausts_the_stack() {
    for depth in [1, 100, 120, 126, 127, 128, 129, 200_000] {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        let is_read = depth <= 127;
        assert_eq!(read::<IgnoredAny>(&text).is_some(), is_read, "{depth}");
        assert_eq!(read::<Tree>(&text).is_some(), is_read, "{depth}");
        let text = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
        assert_eq!(read::<&RawValue>(&text).is_some(), is_read, "{depth}");
    }
}

#[test]
fn what_must_be_escaped_is_found_wherever_it_stands() {
    for length in 0..40 {
        for at in 0..length {
            for (byte, stops) in [
                ('"', true),
                ('\\', true),
                ('\u{0}', true),
                ('\u{1f}', true),
                (' ', false),
                ('\u{7f}', false),
                ('!', false),
                ('[', false),
            ] {
                let text: String = (0..length).map(|place| if place == at { byte } else { 'a' }).collect();
                assert_eq!(super::is_plain(&text), !stops, "{text:?}");
            }
        }
        assert!(super::is_plain(&"é".repeat(length)));
    }
}

fn tree() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<(i32, u8)>()
            .prop_map(|(whole, part)| serde_json::from_str(&format!("{whole}.{part}")).unwrap()),
        ".{0,12}".prop_map(Into::into),
        "-?[0-9]{1,22}(\\.[0-9]{1,12})?".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map("(price|id|time|fee|levels|.{0,4})", inner, 0..6)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_reads_the_same_both_ways(value in tree(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        all_agree(&text);
        // A raw value is read at once, whatever it holds.
        prop_assert!(read::<&RawValue>(&text).is_some());
    }

    #[test]
    fn json_that_was_tampered_with_is_never_read_otherwise(
        value in tree(),
        sample in prop::option::of(0..SAMPLES.len()),
        at: prop::sample::Index,
        put in prop::sample::select(vec!["", "\"", "\\", ",", ":", "[", "]", "{", "}", "0", "-", ".", "e", "\u{0}", " ", "é", "null"]),
        cut in 0usize..3,
    ) {
        let mut text = sample.map_or_else(|| value.to_string(), |sample| SAMPLES[sample].to_owned());
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let from = at.index(places.len());
        let to = (from + cut).min(places.len() - 1);
        text.replace_range(places[from]..places[to], put);
        all_agree(&text);
    }
}

#[test]
fn rows_are_counted_before_they_are_read_where_that_is_cheap() {
    struct Hint(Option<usize>);
    impl<'de> Deserialize<'de> for Hint {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Asked;
            impl<'de> Visitor<'de> for Asked {
                type Value = Hint;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("a list")
                }
                fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Hint, A::Error> {
                    let hint = seq.size_hint();
                    while seq.next_element::<IgnoredAny>()?.is_some() {}
                    Ok(Hint(hint))
                }
            }
            deserializer.deserialize_seq(Asked)
        }
    }
    let hint = |text: &str| read::<Hint>(text).unwrap().0;
    assert_eq!(hint(r#"["1","2","3"]"#), Some(3));
    assert_eq!(hint("[-1,2]"), Some(2));
    assert_eq!(hint(r#"[["1","2"],["3","4"]]"#), Some(2));
    assert_eq!(hint(r#"[{"a":1},{"a":2},{"a":3}]"#), Some(3));
    for unknown in ["[]", "[null]", r#"[{"a":[1]}]"#, "[[[1]]]", "[ 1]"] {
        assert_eq!(hint(unknown), None, "{unknown}");
    }
    // However many come, room is made for no more than a few at first.
    let (flat, rows) = (format!("[{}1]", "1,".repeat(5000)), format!("[{}[1]]", "[1],".repeat(5000)));
    assert_eq!((hint(&flat), hint(&rows)), (None, Some(super::MOST_EXPECTED)));
}
