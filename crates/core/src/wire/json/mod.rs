//! JSON text straight into types: a deserializer for what venues send, a third cheaper than the general one.
//!
//! It reads text that is there whole and is UTF-8 already, hands numbers over as they were sent, and says nothing
//! about errors: whatever it refuses is read again by `serde_json`, whose words the user sees. So it may refuse
//! more than that does (fractions as floats, for one), and never accepts more.

mod scan;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use self::scan::Scanned;
pub(crate) use self::scan::is_plain;
use super::Keys;
use super::token::{RAW, TOKEN};

/// Deeper than this nothing is read, so that no answer can exhaust the stack; as `serde_json` has it.
const MAX_DEPTH: u8 = 127;

/// Lists of longer rows aren't guessed at.
const LONGEST_ROW: usize = 512;
/// Nor are the values of longer lists counted.
const LONGEST_LIST: usize = 4096;
/// However many are announced or guessed, room is made for so many at first.
const MOST_EXPECTED: usize = 1024;

/// How many elements to make room for before a list is read: those that are announced, but never very many.
pub fn expected<'de, A: SeqAccess<'de>>(list: &A) -> usize {
    list.size_hint().unwrap_or_default().min(MOST_EXPECTED)
}

/// Reads a value that is all of the text; `None` leaves it to `serde_json`.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    read_with(text, |deserializer| T::deserialize(deserializer))
}

/// As [`read`], for what needs more than its type to be read.
pub(crate) fn read_with<'de, T>(
    text: &'de str,
    decode: impl FnOnce(&mut Json<'de>) -> Result<T, Refused>,
) -> Option<T> {
    let mut json = Json { text, at: 0, depth: 0, watched: None, told: None };
    let value = decode(&mut json).ok()?;
    json.peek().is_none().then_some(value)
}

/// Not read here. Why, the second reading says.
#[derive(Debug)]
pub(crate) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not read at once")
    }
}

impl std::error::Error for Refused {}

impl serde::de::Error for Refused {
    fn custom<M: fmt::Display>(_: M) -> Self {
        Self
    }
}

/// A place in JSON text.
pub(crate) struct Json<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
    /// Keys that are looked out for at the top.
    watched: Option<&'static Keys>,
    told: Option<bool>,
}

impl<'de> Json<'de> {
    /// Looks out for keys by which an answer says how it went, beside whatever is read.
    pub(crate) fn watch(&mut self, keys: &'static Keys) {
        self.watched = Some(keys);
    }

    /// Whether one of them stood at the top; `None` where that was not read as an object.
    pub(crate) fn told(&self) -> Option<bool> {
        self.told
    }

    #[inline]
    fn named(&mut self, name: &str) {
        if self.depth == 1
            && let Some(keys) = self.watched
        {
            self.told = Some(self.told == Some(true) || keys.tells(name));
        }
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Refused> {
        if self.peek() != Some(byte) {
            return Err(Refused);
        }
        self.at += 1;
        Ok(())
    }

    /// Goes one level down for as long as `inside` reads.
    #[inline]
    fn within<T>(&mut self, inside: impl FnOnce(&mut Self) -> Result<T, Refused>) -> Result<T, Refused> {
        if self.depth == MAX_DEPTH {
            return Err(Refused);
        }
        self.at += 1;
        self.depth += 1;
        let value = inside(self)?;
        self.depth -= 1;
        Ok(value)
    }

    /// Whether another member or element follows, and steps over the comma before it.
    #[inline]
    fn another(&mut self, first: &mut bool, close: u8) -> Result<bool, Refused> {
        match self.peek() {
            Some(byte) if byte == close => return Ok(false),
            _ if std::mem::take(first) => return Ok(true),
            Some(b',') => self.at += 1,
            _ => return Err(Refused),
        }
        // A comma before the end is none.
        if self.peek() == Some(close) { Err(Refused) } else { Ok(true) }
    }

    #[inline]
    fn map<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Refused> {
        let value = self.within(|json| visitor.visit_map(Members { json, first: true }))?;
        self.expect(b'}')?;
        Ok(value)
    }

    #[inline]
    fn seq<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Refused> {
        let value = self.within(|json| visitor.visit_seq(Elements { json, first: true }))?;
        self.expect(b']')?;
        Ok(value)
    }

    #[inline]
    fn string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Refused> {
        match self.scan_string()? {
            Scanned::Plain(text) => visitor.visit_borrowed_str(text),
            Scanned::Escaped(raw) => visitor.visit_string(serde_json::from_str(raw).map_err(|_| Refused)?),
        }
    }
}

impl<'de> Deserializer<'de> for &mut Json<'de> {
    type Error = Refused;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.peek().ok_or(Refused)? {
            b'"' => self.string(visitor),
            b'{' => self.map(visitor),
            b'[' => self.seq(visitor),
            b't' => self.word("true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.word("false").and_then(|()| visitor.visit_bool(false)),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => match self.integer()? {
                (false, value) => visitor.visit_u64(value),
                // Minus zero would be a float.
                (true, 0) => Err(Refused),
                (true, value) => visitor.visit_i64(0i64.checked_sub_unsigned(value).ok_or(Refused)?),
            },
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.peek() == Some(b'"') { self.string(visitor) } else { Err(Refused) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.peek() == Some(b'n') {
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        if name == TOKEN {
            match self.peek() {
                Some(b'"') => return self.string(visitor),
                Some(b'n') => return self.word("null").and_then(|()| visitor.visit_unit()),
                _ => {}
            }
        }
        if name == RAW {
            let raw = self.raw()?;
            return visitor.visit_map(Raw { raw, told: false });
        }
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.peek() == Some(b'[') { self.seq(visitor) } else { Err(Refused) }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.peek() == Some(b'{') { self.map(visitor) } else { Err(Refused) }
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match self.peek() {
            Some(b'{') => self.map(visitor),
            // By the order of its fields.
            Some(b'[') => self.seq(visitor),
            _ => Err(Refused),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let raw = self.raw()?;
        serde_json::Deserializer::from_str(raw).deserialize_enum(name, variants, visitor).map_err(|_| Refused)
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.raw()?;
        visitor.visit_unit()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.peek();
        self.word("null").and_then(|()| visitor.visit_unit())
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
        Err(Refused)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
        Err(Refused)
    }

    forward_to_deserialize_any! { bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char }
}

struct Members<'a, 'de> {
    json: &'a mut Json<'de>,
    first: bool,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Refused;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        if !self.json.another(&mut self.first, b'}')? {
            return Ok(None);
        }
        if self.json.byte() != Some(b'"') {
            return Err(Refused);
        }
        match self.json.scan_string()? {
            Scanned::Plain(name) => {
                self.json.named(name);
                seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
            }
            Scanned::Escaped(raw) => {
                let name: String = serde_json::from_str(raw).map_err(|_| Refused)?;
                self.json.named(&name);
                seed.deserialize(name.into_deserializer()).map(Some)
            }
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        self.json.expect(b':')?;
        seed.deserialize(&mut *self.json)
    }
}

struct Elements<'a, 'de> {
    json: &'a mut Json<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Refused;

    /// By the length of the first one, where that is flat: levels of a book, candles, trades; single values are
    /// counted. Room for them is then made once.
    #[inline]
    fn size_hint(&self) -> Option<usize> {
        let rest = self.json.text.as_bytes().get(self.json.at..)?;
        let close = match rest.first()? {
            b'[' => b']',
            b'{' => b'}',
            b'"' | b'-' | b'0'..=b'9' => {
                let list = rest.get(..LONGEST_LIST).unwrap_or(rest);
                let list = list.get(..memchr::memchr(b']', list)?)?;
                return Some((memchr::memchr_iter(b',', list).count() + 1).min(MOST_EXPECTED));
            }
            _ => return None,
        };
        let first = rest.get(..LONGEST_ROW).unwrap_or(rest);
        let first = first.get(1..memchr::memchr(close, first)?)?;
        if memchr::memchr2(b'[', b'{', first).is_some() {
            return None;
        }
        // With its ends, and the comma behind it.
        let length = first.len() + 3;
        Some((rest.len() / length).clamp(1, MOST_EXPECTED))
    }

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        if !self.json.another(&mut self.first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.json).map(Some)
    }
}

/// A value's text, in the form in which `serde_json` hands it over.
struct Raw<'de> {
    raw: &'de str,
    told: bool,
}

impl<'de> MapAccess<'de> for Raw<'de> {
    type Error = Refused;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        if std::mem::replace(&mut self.told, true) {
            return Ok(None);
        }
        seed.deserialize(BorrowedStrDeserializer::new(RAW)).map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        seed.deserialize(BorrowedStrDeserializer::new(self.raw))
    }
}
