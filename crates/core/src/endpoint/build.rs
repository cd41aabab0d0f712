//! Building a request from JSON, by the venue's own parameter names.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::params::{Param, Place, Style, Value};
use crate::error::Invalid;
use crate::wire::Token;

/// A JSON object of parameters, in its own order, from which a request takes what it knows.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    entries: Vec<Entry<'a>>,
}

#[derive(Debug, Clone)]
struct Entry<'a> {
    name: Cow<'a, str>,
    raw: &'a str,
    taken: bool,
}

impl<'a> Source<'a> {
    /// Reads an object; a name given twice is refused.
    ///
    /// # Errors
    /// When the text is not a JSON object.
    pub fn parse(text: &'a str) -> Result<Self, Invalid> {
        serde_json::from_str(text).map_err(|error| Invalid::new(format!("parameters: {error}")))
    }

    /// One list under a name, as the body of a batch is given.
    #[must_use]
    pub fn of_list(name: &'a str, raw: &'a str) -> Self {
        Self { entries: vec![Entry { name: Cow::Borrowed(name), raw, taken: false }] }
    }

    /// Takes the JSON text of a parameter. `null` counts as not given.
    pub fn take(&mut self, name: &str) -> Option<&'a str> {
        let entry = self.entries.iter_mut().find(|entry| entry.name == name && !entry.taken)?;
        entry.taken = true;
        Some(entry.raw).filter(|raw| *raw != "null")
    }

    /// Takes a parameter as text, whether it was given as string or as number.
    pub fn take_text(&mut self, name: &str) -> Option<String> {
        let raw = self.take(name)?;
        Token::from_json(raw).ok()?.text().map(str::to_owned)
    }

    /// The names, in the order given.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.name.as_ref()).collect()
    }

    /// Refuses what nothing took.
    ///
    /// # Errors
    /// The names that are unknown.
    pub fn finish(&self) -> Result<(), Invalid> {
        let unknown: Vec<&str> =
            self.entries.iter().filter(|entry| !entry.taken).map(|entry| entry.name.as_ref()).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        Err(Invalid::new(format!("unknown parameter: {}", unknown.join(", "))))
    }

    /// All that nothing took, as parameters with their digits as given.
    #[must_use]
    pub fn rest(&self) -> Vec<Param<'static>> {
        self.entries
            .iter()
            .filter(|entry| !entry.taken && entry.raw != "null")
            .map(|entry| Param {
                name: Cow::Owned(entry.name.clone().into_owned()),
                value: verbatim(entry.raw),
                style: Style::Text,
                place: Place::Default,
            })
            .collect()
    }
}

/// A JSON text as a parameter's value: strings unquoted, everything else as it stands, without spaces.
fn verbatim(raw: &str) -> Value<'static> {
    match Token::from_json(raw) {
        Ok(Token::Text(text)) => Value::Text(Cow::Owned(text.into_owned())),
        _ => Value::Json(Cow::Owned(compact(raw))),
    }
}

/// JSON text without the white space between its tokens; digits and order stay.
pub(crate) fn compact(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut quoted = false;
    let mut escaped = false;
    for character in raw.chars() {
        if quoted {
            quoted = escaped || character != '"';
            escaped = character == '\\' && !escaped;
        } else if character.is_ascii_whitespace() {
            continue;
        } else {
            quoted = character == '"';
        }
        out.push(character);
    }
    out
}

impl<'de> Deserialize<'de> for Source<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Source<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of parameters")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Source<'de>, A::Error> {
                let mut entries: Vec<Entry<'de>> = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if entries.iter().any(|entry| entry.name == name) {
                        return Err(A::Error::custom(format_args!("{name} is given twice")));
                    }
                    let raw: &'de RawValue = map.next_value()?;
                    entries.push(Entry { name: Cow::Owned(name), raw: raw.get(), taken: false });
                }
                Ok(Source { entries })
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_json_keeps_digits_order_and_text() {
        assert_eq!(compact("{ \"a b\" : [ 1.00 , \"x \\\" y\" ] }"), r#"{"a b":[1.00,"x \" y"]}"#);
    }

    #[test]
    fn what_is_not_taken_is_refused_by_name() {
        let mut source = Source::parse(r#"{"a":1,"b":"2","c":null}"#).unwrap();
        assert_eq!(source.take("a"), Some("1"));
        assert_eq!(source.take("c"), None);
        assert_eq!(source.finish().unwrap_err().to_string(), "unknown parameter: b");
        assert!(Source::parse(r#"{"a":1,"a":2}"#).is_err());
        assert!(Source::parse("[1]").is_err());
    }
}
