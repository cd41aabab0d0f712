//! One JSON scalar as it was sent, and the lenient readers built on it.
//!
//! Venues send numbers as strings and strings as numbers, and `""`, `"-"` or `null` where there is no value.
//! A [`Scalar`] sees the raw token, so that it can accept either without losing a digit.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The name under which a scalar asks our own deserializer for a string or `null` as such, and for its text otherwise.
pub(super) const TOKEN: &str = "venue_core::Token";
/// The name under which `serde_json` hands over unparsed text (`raw_value`).
pub(super) const RAW: &str = "$serde_json::private::RawValue";
/// The name under which `serde_json` hands over a number's text when `arbitrary_precision` is on.
const NUMBER: &str = "$serde_json::private::Number";

/// A JSON scalar: what was between the commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, digits as sent.
    Number(Cow<'a, str>),
    /// A string, unescaped.
    Text(Cow<'a, str>),
}

impl<'a> Token<'a> {
    /// Reads a token from JSON text; objects and arrays are refused.
    ///
    /// # Errors
    /// When the text is not one JSON scalar.
    pub fn from_json(raw: &'a str) -> Result<Self, TokenError> {
        let raw = raw.trim_ascii();
        match raw.as_bytes() {
            [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => {
                // Cutting at the ASCII quotes keeps the text whole.
                Ok(Self::Text(Cow::Borrowed(raw.get(1..raw.len() - 1).unwrap_or_default())))
            }
            [b'"', ..] => serde_json::from_str::<String>(raw)
                .map(|text| Self::Text(Cow::Owned(text)))
                .map_err(|error| TokenError::new(error.to_string())),
            b"null" => Ok(Self::Null),
            b"true" => Ok(Self::Bool(true)),
            b"false" => Ok(Self::Bool(false)),
            [b'-' | b'0'..=b'9', ..] => Ok(Self::Number(Cow::Borrowed(raw))),
            [b'{', ..] => Err(TokenError::new("an object where one value belongs")),
            [b'[', ..] => Err(TokenError::new("an array where one value belongs")),
            _ => Err(TokenError::new("not a JSON value")),
        }
    }

    /// Whether a venue means "no value": `null`, `""` or `"-"`.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty() || text == "-",
            Self::Bool(_) | Self::Number(_) => false,
        }
    }

    /// The text of a string or a number.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Number(text) | Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) => None,
        }
    }
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(&crate::text::clip(text, 60)),
            Self::Text(text) => write!(f, "{:?}", crate::text::clip(text, 60)),
        }
    }
}

/// Why a token does not have the type that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TokenError(String);

impl TokenError {
    /// An error in these words.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    fn expected(what: &str, token: &Token<'_>) -> Self {
        Self(format!("expected {what}, got {token}"))
    }
}

/// A value that is one JSON scalar, read from whichever form a venue sends.
pub trait Scalar: Sized {
    /// Whether a number's digits matter beyond a 64-bit integer: then its text is read, else its value. A
    /// fraction is refused by a type that is not exact.
    const EXACT: bool = false;

    /// Reads the value.
    ///
    /// # Errors
    /// When the token cannot be this value.
    fn from_token(token: Token<'_>) -> Result<Self, TokenError>;

    /// Takes a whole number that a deserializer has read already.
    ///
    /// # Errors
    /// When the number cannot be this value.
    fn from_int(value: i64) -> Result<Self, TokenError> {
        Self::from_token(Token::Number(Cow::Borrowed(itoa::Buffer::new().format(value))))
    }

    /// Reads the value from a string, unescaped.
    ///
    /// # Errors
    /// When the string cannot be this value.
    fn from_text(text: &str) -> Result<Self, TokenError> {
        Self::from_token(Token::Text(Cow::Borrowed(text)))
    }

    /// Reads the value from a token's JSON text.
    ///
    /// # Errors
    /// When the token cannot be this value.
    fn from_raw(raw: &str) -> Result<Self, TokenError> {
        Token::from_json(raw).and_then(Self::from_token)
    }
}

impl Scalar for String {
    const EXACT: bool = true;

    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        match token {
            Token::Text(text) | Token::Number(text) => Ok(text.into_owned()),
            Token::Bool(value) => Ok(value.to_string()),
            Token::Null => Err(TokenError::expected("a text", &token)),
        }
    }
}

impl Scalar for bool {
    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        match &token {
            Token::Bool(value) => Ok(*value),
            Token::Text(text) | Token::Number(text) => match text.as_ref() {
                "true" | "TRUE" | "True" | "1" => Ok(true),
                "false" | "FALSE" | "False" | "0" => Ok(false),
                _ => Err(TokenError::expected("true or false", &token)),
            },
            Token::Null => Err(TokenError::expected("true or false", &token)),
        }
    }
}

macro_rules! integers {
    ($($int:ty),*) => {$(
        impl Scalar for $int {
            fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
                token
                    .text()
                    .and_then(|text| text.parse().ok())
                    .ok_or_else(|| TokenError::expected("a whole number", &token))
            }

            fn from_int(value: i64) -> Result<Self, TokenError> {
                Self::try_from(value).map_err(|_| TokenError::new(format!("{value} is out of range")))
            }
        }

        impl Unset for $int {
            fn is_unset(&self) -> bool {
                *self == 0
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, usize);

impl<T: Scalar> Scalar for Option<T> {
    const EXACT: bool = T::EXACT;

    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        if token.is_absent() { Ok(None) } else { T::from_token(token).map(Some) }
    }

    fn from_int(value: i64) -> Result<Self, TokenError> {
        T::from_int(value).map(Some)
    }

    fn from_text(text: &str) -> Result<Self, TokenError> {
        if matches!(text, "" | "-") { Ok(None) } else { T::from_text(text).map(Some) }
    }

    fn from_raw(raw: &str) -> Result<Self, TokenError> {
        match raw {
            "null" | "\"\"" | "\"-\"" => Ok(None),
            raw => T::from_raw(raw).map(Some),
        }
    }
}

/// Reads a [`Scalar`] through its raw token; the `Deserialize` of every scalar type of this crate.
///
/// # Errors
/// When the value is not one scalar, or cannot be this one.
#[inline]
pub fn token<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if T::EXACT {
        deserializer.deserialize_newtype_struct(TOKEN, TokenVisitor(PhantomData))
    } else {
        // Strings and whole numbers come through whole, and cheaper.
        deserializer.deserialize_any(TokenVisitor(PhantomData))
    }
}

/// `deserialize_with` for a required field of a standard type that may arrive as text or as number.
///
/// # Errors
/// As [`token`].
pub fn scalar<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    token(deserializer)
}

/// `deserialize_with` for an optional scalar: `null`, `""` and `"-"` are `None`.
///
/// # Errors
/// As [`token`].
pub fn absent<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    token(deserializer)
}

/// `deserialize_with` for an optional scalar of which zero means "not set" as well.
///
/// # Errors
/// As [`token`].
pub fn unset<'de, T: Unset, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(token::<Option<T>, D>(deserializer)?.filter(|value| !value.is_unset()))
}

/// A value by whose zero some venues say "not set".
pub trait Unset: Scalar {
    /// Whether it is zero.
    fn is_unset(&self) -> bool;
}

/// `deserialize_with` for a value whose absence is sent as `null`: gives the default.
///
/// # Errors
/// When the value is there and cannot be read.
pub fn nullable<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// `deserialize_with` for a list of scalars; `null` is an empty list.
///
/// # Errors
/// When an element cannot be read.
pub fn scalars<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let list = Option::<Vec<Held<T>>>::deserialize(deserializer)?.unwrap_or_default();
    Ok(list.into_iter().map(|held| held.0).collect())
}

struct Held<T>(T);

impl<'de, T: Scalar> Deserialize<'de> for Held<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        token(deserializer).map(Held)
    }
}

struct TokenVisitor<T>(PhantomData<T>);

impl<T: Scalar> TokenVisitor<T> {
    fn finish<E: serde::de::Error>(token: Token<'_>) -> Result<T, E> {
        T::from_token(token).map_err(E::custom)
    }
}

impl<'de, T: Scalar> Visitor<'de> for TokenVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one JSON value that is no float")
    }

    // With `arbitrary_precision` on, a number arrives here.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        RawVisitor(PhantomData).visit_map(map)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, RawVisitor(PhantomData))
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).map_err(E::custom)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<T, E> {
        Self::finish(Token::Bool(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<T, E> {
        match i64::try_from(value) {
            Ok(value) => T::from_int(value).map_err(E::custom),
            Err(_) => Self::finish(Token::Number(Cow::Owned(value.to_string()))),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<T, E> {
        T::from_int(value).map_err(E::custom)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        Self::finish(Token::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<T, E> {
        Self::finish(Token::Null)
    }
}

/// Takes a token's text, where the deserializer knows how to give it.
struct RawVisitor<T>(PhantomData<T>);

impl<'de, T: Scalar> Visitor<'de> for RawVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        match map.next_key::<MarkerKey>()? {
            Some(MarkerKey::Raw) => map.next_value_seed(RawText(PhantomData)),
            Some(MarkerKey::Number) => map.next_value_seed(NumberText(PhantomData)),
            _ => Err(A::Error::custom("an object where one value belongs")),
        }
    }

    // Text that was parsed before, by a buffering deserializer, arrives here.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(TokenVisitor(PhantomData))
    }
}

enum MarkerKey {
    Raw,
    Number,
    Other,
}

impl<'de> Deserialize<'de> for MarkerKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = MarkerKey;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<MarkerKey, E> {
                Ok(match key {
                    RAW => MarkerKey::Raw,
                    NUMBER => MarkerKey::Number,
                    _ => MarkerKey::Other,
                })
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

macro_rules! text_seed {
    ($name:ident, $text:ident => $value:expr) => {
        struct $name<T>(PhantomData<T>);

        impl<'de, T: Scalar> DeserializeSeed<'de> for $name<T> {
            type Value = T;
            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
                deserializer.deserialize_str(self)
            }
        }

        impl<T: Scalar> Visitor<'_> for $name<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }
            fn visit_str<E: serde::de::Error>(self, $text: &str) -> Result<T, E> {
                $value.map_err(E::custom)
            }
        }
    };
}

text_seed!(RawText, text => T::from_raw(text));
text_seed!(NumberText, text => T::from_token(Token::Number(Cow::Borrowed(text))));

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Lenient {
        #[serde(deserialize_with = "scalar")]
        count: u64,
        #[serde(default, deserialize_with = "absent")]
        note: Option<String>,
        #[serde(default, deserialize_with = "unset")]
        time: Option<i64>,
        #[serde(default, deserialize_with = "scalars")]
        ids: Vec<String>,
    }

    #[test]
    fn text_and_number_are_one_value() {
        let expected = Lenient { count: 7, note: None, time: None, ids: vec![] };
        for json in [
            r#"{"count":7}"#,
            r#"{"count":"7","note":"","time":0,"ids":null}"#,
            r#"{"count":"7","note":null,"time":"0","ids":[]}"#,
            r#"{"count":7,"note":"-","time":""}"#,
        ] {
            assert_eq!(serde_json::from_str::<Lenient>(json).unwrap(), expected, "{json}");
        }
        let full: Lenient =
            serde_json::from_str(r#"{"count":1,"note":5,"time":"12","ids":[203530723141917063,"a"]}"#)
                .unwrap();
        assert_eq!(full.note.as_deref(), Some("5"));
        assert_eq!(full.time, Some(12));
        assert_eq!(full.ids, ["203530723141917063", "a"]);
    }

    #[test]
    fn a_value_reads_from_parsed_json_too() {
        let value = serde_json::json!({"count": 9, "note": "x"});
        assert_eq!(serde_json::from_value::<Lenient>(value).unwrap().count, 9);
    }

    #[test]
    fn the_private_name_of_raw_text_still_holds() {
        // If serde_json ever renames it, decimals must not fall back to floats unnoticed.
        let text: crate::Rate = serde_json::from_str("0.12345678901234567890").unwrap();
        assert_eq!(text.to_string(), "0.12345678901234567890");
        // Buffered by serde itself, a number is a float already: refused, not guessed.
        #[derive(Debug, Deserialize)]
        struct Outer {
            #[serde(flatten)]
            _inner: Inner,
        }
        #[derive(Debug, Deserialize)]
        struct Inner {
            _rate: crate::Rate,
        }
        assert!(serde_json::from_str::<Outer>(r#"{"_rate":0.1}"#).is_err());
        assert!(serde_json::from_str::<Outer>(r#"{"_rate":"0.1"}"#).is_ok());
    }
}
