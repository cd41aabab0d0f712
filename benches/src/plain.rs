//! What `rust_decimal`'s `serde-with-str` does, spelled out.
//!
//! The feature itself can't be turned on here: features unify over a workspace, and with it on, a field of ours
//! that by mistake relied on the decimals' own `Deserialize` would compile here and fail for users. A program of
//! its own can't be interleaved with ours.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};
use venue_core::Decimal;

struct Text;

impl Visitor<'_> for Text {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal in a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse()
            .or_else(|_| Decimal::from_scientific(text))
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// As `rust_decimal::serde::str`.
///
/// # Errors
/// When it is no text, or none that reads as a decimal.
pub fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    deserializer.deserialize_str(Text)
}

struct MaybeText;

impl<'de> Visitor<'de> for MaybeText {
    type Value = Option<Decimal>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal in a text, or nothing")
    }

    fn visit_none<E>(self) -> Result<Option<Decimal>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<Decimal>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Decimal>, D::Error> {
        deserializer.deserialize_str(Text).map(Some)
    }
}

/// As `rust_decimal::serde::str_option`.
///
/// # Errors
/// When it is neither `null` nor a text that reads as a decimal.
pub fn decimal_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    deserializer.deserialize_option(MaybeText)
}
