//! JSON by its raw tokens, so that no digit is ever rewritten.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Removes the white space between tokens.
pub(crate) fn compact(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in raw.chars() {
        if quoted {
            out.push(c);
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == '"' {
                quoted = false;
            }
        } else if !c.is_ascii_whitespace() {
            out.push(c);
            quoted = c == '"';
        }
    }
    out
}

/// `text` as a JSON string, quotes included.
pub(crate) fn quote(text: &str) -> String {
    // Text always serializes; an empty string would only hide a message.
    serde_json::to_string(text).unwrap_or_else(|_| String::from("\"\""))
}

/// An object of these members, whose values are JSON already.
pub(crate) fn write(members: &[(&str, String)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("{}:{value}", quote(name))).collect();
    format!("{{{}}}", members.join(","))
}

/// An array of these elements, which are JSON already.
pub(crate) fn list(elements: impl IntoIterator<Item = String>) -> String {
    let elements: Vec<String> = elements.into_iter().collect();
    format!("[{}]", elements.join(","))
}

/// The members of an object, in received order, values untouched.
pub(crate) type Members = Vec<(String, Box<RawValue>)>;

/// Splits an object into its members; `None` when `text` isn't one.
pub(crate) fn object(text: &str) -> Option<Members> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let members = deserializer.deserialize_map(MembersVisitor).ok()?;
    deserializer.end().ok()?;
    Some(members)
}

/// Splits an array into its elements; `None` when `text` isn't one.
pub(crate) fn array(text: &str) -> Option<Vec<Box<RawValue>>> {
    serde_json::from_str(text).ok()
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// Writes `number` where the first number stands after `"field":` in a compact text.
pub(crate) fn with_number(example: &str, field: &str, number: i64) -> String {
    let name = format!("{}:", quote(field));
    let Some((before, after)) = example.split_once(name.as_str()) else { return example.to_owned() };
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}{name}{number}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compacting_keeps_strings_and_digits() {
        assert_eq!(
            compact("{ \"a b\" : [ 0.10 , 1e5 ],\n \"q\\\" x\": \" y \" }"),
            "{\"a b\":[0.10,1e5],\"q\\\" x\":\" y \"}"
        );
    }

    #[test]
    fn members_keep_order_and_tokens() {
        let members = object(r#" {"b":1.50,"a":"x","b":[1, 2]} "#).unwrap();
        let flat: Vec<_> = members.iter().map(|(k, v)| (k.as_str(), v.get())).collect();
        assert_eq!(flat, [("b", "1.50"), ("a", "\"x\""), ("b", "[1, 2]")]);
        assert!(object("[1]").is_none());
        assert!(object("{} x").is_none());
    }

    #[test]
    fn only_the_named_number_is_replaced() {
        assert_eq!(with_number(r#"{"code":0,"data":12,"x":3}"#, "data", 99), r#"{"code":0,"data":99,"x":3}"#);
    }
}
