//! Exact numbers, one type per meaning.
//!
//! A [`Price`] is not a [`Qty`], and neither converts from a bare number, so that swapped arguments don't
//! compile. Every type reads JSON strings and JSON numbers digit by digit (no float in between), keeps the
//! scale that was sent, and writes without an exponent. A value that does not fit into 28 digits is an error,
//! except in [`Amount`] and [`Rate`], which keep its text: see [`Amount::oversize`].
//!
//! The types read exactly from JSON *text*. Behind serde's `flatten`, `untagged` and `tag`, a number has been a
//! float before it arrives: it is refused there, not guessed. A `serde_json::Value` gives what it holds.

mod parse;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStrBuilder;

use self::parse::parse_short;
pub use self::parse::{DecimalError, parse_decimal};
pub(crate) use self::parse::{MAX_MANTISSA, MAX_SCALE};
use crate::wire::{Scalar, ShortText, Token, TokenError, Unset, token};

/// Writes a decimal without an exponent and with the scale kept.
///
/// # Errors
/// What the writer says; a `String` takes everything.
pub(crate) fn write_decimal(value: &Decimal, out: &mut impl fmt::Write) -> fmt::Result {
    let mut buffer = itoa::Buffer::new();
    let mantissa = value.mantissa().unsigned_abs();
    // Most mantissas fit into a machine word, whose division is several times cheaper.
    let digits = match u64::try_from(mantissa) {
        Ok(word) => buffer.format(word),
        Err(_) => buffer.format(mantissa),
    };
    if value.is_sign_negative() {
        out.write_char('-')?;
    }
    let scale = value.scale() as usize;
    if scale == 0 {
        return out.write_str(digits);
    }
    match digits.len().checked_sub(scale).and_then(|whole| digits.split_at_checked(whole)) {
        Some((whole, fraction)) => {
            out.write_str(if whole.is_empty() { "0" } else { whole })?;
            out.write_char('.')?;
            out.write_str(fraction)
        }
        None => {
            out.write_str("0.")?;
            (digits.len()..scale).try_for_each(|_| out.write_char('0'))?;
            out.write_str(digits)
        }
    }
}

/// Text of a decimal, in place unless it is very long.
pub(crate) struct DecimalText(ShortText);

impl DecimalText {
    pub(crate) fn new(value: &Decimal) -> Self {
        let mut text = SmolStrBuilder::new();
        // The builder takes everything.
        let _ = write_decimal(value, &mut text);
        Self(text.finish())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a token's text gives, or words that show the token.
fn from_scalar<T>(
    token: &Token<'_>,
    parse: impl Fn(&str) -> Result<T, DecimalError>,
) -> Result<T, TokenError> {
    token
        .text()
        .map_or(Err(DecimalError::Syntax), parse)
        .map_err(|error| TokenError::new(format!("{error}: {token}")))
}

macro_rules! exact {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(Decimal);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// Gives a decimal this meaning.
            #[must_use]
            pub const fn from_decimal(value: Decimal) -> Self {
                Self(value)
            }

            /// The exact value, with the scale that was sent.
            #[must_use]
            pub const fn decimal(self) -> Decimal {
                self.0
            }

            /// Whether the value is zero, at any scale.
            #[must_use]
            pub fn is_zero(self) -> bool {
                self.0.is_zero()
            }
        }

        impl FromStr for $name {
            type Err = DecimalError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                parse_decimal(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(DecimalText::new(&self.0).as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl Scalar for $name {
            const EXACT: bool = true;

            fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
                from_scalar(&token, parse_decimal).map(Self)
            }

            #[inline]
            fn from_text(text: &str) -> Result<Self, TokenError> {
                match parse_short(text) {
                    Some(value) => Ok(Self(value)),
                    None => Self::from_token(Token::Text(Cow::Borrowed(text))),
                }
            }

            #[inline]
            fn from_raw(raw: &str) -> Result<Self, TokenError> {
                match parse_short(raw) {
                    Some(value) => Ok(Self(value)),
                    None => Token::from_json(raw).and_then(Self::from_token),
                }
            }
        }

        impl Unset for $name {
            #[inline]
            fn is_unset(&self) -> bool {
                self.0.is_zero()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(DecimalText::new(&self.0).as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                token(deserializer)
            }
        }
    };
}

exact! {
    /// A price: quote currency per one unit of the base.
    Price
}
exact! {
    /// A quantity in units of the base currency.
    Qty
}
exact! {
    /// A number of contracts; what one contract is worth is the instrument's contract size.
    Contracts
}

impl Contracts {
    /// So many whole contracts.
    #[must_use]
    pub fn new(count: u64) -> Self {
        Self(Decimal::from(count))
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Wide {
    Exact(Decimal),
    Oversize(Box<str>),
}

macro_rules! wide {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(Wide);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(Wide::Exact(Decimal::ZERO));

            /// Gives a decimal this meaning.
            #[must_use]
            pub const fn from_decimal(value: Decimal) -> Self {
                Self(Wide::Exact(value))
            }

            /// The exact value; `None` when it has more digits than a [`Decimal`] holds.
            #[must_use]
            pub const fn decimal(&self) -> Option<Decimal> {
                match &self.0 {
                    Wide::Exact(value) => Some(*value),
                    Wide::Oversize(_) => None,
                }
            }

            /// The digits as sent, when there are more of them than a [`Decimal`] holds.
            #[must_use]
            pub fn oversize(&self) -> Option<&str> {
                match &self.0 {
                    Wide::Exact(_) => None,
                    Wide::Oversize(text) => Some(text),
                }
            }

            /// The value as text, with every digit.
            #[must_use]
            pub fn to_text(&self) -> Cow<'_, str> {
                match &self.0 {
                    Wide::Exact(value) => Cow::Owned(DecimalText::new(value).as_str().to_owned()),
                    Wide::Oversize(text) => Cow::Borrowed(text),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ZERO
            }
        }

        impl FromStr for $name {
            type Err = DecimalError;

            /// A text with too many digits is kept as it is; only a text that is no number is an error.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match parse_decimal(text) {
                    Ok(value) => Ok(Self(Wide::Exact(value))),
                    Err(DecimalError::Oversize) => Ok(Self(Wide::Oversize(text.into()))),
                    Err(error) => Err(error),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.0 {
                    Wide::Exact(value) => f.pad(DecimalText::new(value).as_str()),
                    Wide::Oversize(text) => f.pad(text),
                }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl Scalar for $name {
            const EXACT: bool = true;

            fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
                from_scalar(&token, str::parse)
            }

            #[inline]
            fn from_text(text: &str) -> Result<Self, TokenError> {
                match parse_short(text) {
                    Some(value) => Ok(Self(Wide::Exact(value))),
                    None => Self::from_token(Token::Text(Cow::Borrowed(text))),
                }
            }

            #[inline]
            fn from_raw(raw: &str) -> Result<Self, TokenError> {
                match parse_short(raw) {
                    Some(value) => Ok(Self(Wide::Exact(value))),
                    None => Token::from_json(raw).and_then(Self::from_token),
                }
            }
        }

        impl Unset for $name {
            #[inline]
            fn is_unset(&self) -> bool {
                matches!(&self.0, Wide::Exact(value) if value.is_zero())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match &self.0 {
                    Wide::Exact(value) => serializer.serialize_str(DecimalText::new(value).as_str()),
                    Wide::Oversize(text) => serializer.serialize_str(text),
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                token(deserializer)
            }
        }
    };
}

wide! {
    /// An amount of money in a currency that the context names: balances, fees, notional values.
    Amount
}
wide! {
    /// A rate or ratio as a fraction (0.01 is one per cent) unless its field says otherwise.
    Rate
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn value_and_scale_are_what_was_sent() {
        for (text, written) in [
            ("0.10", "0.10"),
            ("85000.10", "85000.10"),
            ("-0.5", "-0.5"),
            ("1e-8", "0.00000001"),
            ("1E+3", "1000"),
            ("6.178e-06", "0.000006178"),
            ("1.3929399588e+10", "13929399588"),
            ("0", "0"),
            ("0.000", "0.000"),
            ("18584.272343943943943944339", "18584.272343943943943944339"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
            ("0e999", "0"),
        ] {
            assert_eq!(text.parse::<Price>().unwrap().to_string(), written, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in [
            "", "-", "+1", "1_000", ".5", "5.", "1e", "1e+", "0x10", "NaN", "inf", " 1", "1 ", "1.2.3",
            "--1", "1e5.0", "١",
        ] {
            assert_eq!(text.parse::<Price>(), Err(DecimalError::Syntax), "{text}");
            assert_eq!(text.parse::<Amount>(), Err(DecimalError::Syntax), "{text}");
        }
    }

    #[test]
    fn too_many_digits_are_an_error_or_kept_as_text_but_never_rounded() {
        for text in [
            "1234567890123456789012345678901234567890",
            "0.12345678901234567890123456789",
            "79228162514264337593543950336",
            "1e-29",
            "1e40",
        ] {
            assert_eq!(text.parse::<Qty>(), Err(DecimalError::Oversize), "{text}");
            let amount: Amount = text.parse().unwrap();
            assert_eq!(amount.oversize(), Some(text));
            assert_eq!(
                serde_json::from_str::<Amount>(&serde_json::to_string(&amount).unwrap()).unwrap(),
                amount
            );
        }
    }

    #[test]
    fn strings_and_numbers_read_the_same() {
        for text in ["0.1234567890123456789", "123456789.123456789", "0.10", "-7", "1e-8"] {
            let number: Rate = serde_json::from_str(text).unwrap();
            let string: Rate = serde_json::from_str(&format!("\"{text}\"")).unwrap();
            assert_eq!(number, string);
            assert_eq!(number.to_string(), string.to_string());
        }
        assert!(serde_json::from_str::<Rate>("null").is_err());
        assert!(serde_json::from_str::<Rate>("true").is_err());
        assert!(serde_json::from_str::<Rate>("{}").is_err());
        assert!(serde_json::from_str::<Rate>("[1]").is_err());
    }

    #[test]
    fn an_escaped_string_still_reads() {
        assert_eq!(serde_json::from_str::<Price>(r#""1\u002e50""#).unwrap().to_string(), "1.50");
    }

    proptest! {
        #[test]
        fn any_decimal_survives_writing_and_reading(mantissa in -(1i128 << 95)..(1i128 << 95), scale in 0u32..=28) {
            let value = Decimal::from_i128_with_scale(mantissa, scale);
            let price = Price::from_decimal(value);
            let text = price.to_string();
            prop_assert_eq!(&text, &value.to_string());
            let back: Price = text.parse().unwrap();
            prop_assert_eq!(back, price);
            prop_assert_eq!(back.decimal().scale(), scale);
            let number: Price = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(number.to_string(), text);
        }

        #[test]
        fn no_text_panics_the_parser(text in "\\PC{0,40}") {
            let _ = parse_decimal(&text);
        }

        #[test]
        fn digits_parse_like_the_library(text in "-?[0-9]{1,15}(\\.[0-9]{1,13})?") {
            prop_assert_eq!(parse_decimal(&text).unwrap(), Decimal::from_str_exact(&text).unwrap());
        }
    }
}
