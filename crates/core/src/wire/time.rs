//! Points in time as venues write them: milliseconds and seconds are different types.

use std::fmt;
use std::ops::Deref;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Scalar, ShortText, Token, TokenError, Unset, token};

macro_rules! unix_time {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(i64);

        impl $name {
            #[doc = concat!("The point in time so many ", $unit, " after 1970-01-01 UTC.")]
            #[must_use]
            pub const fn new(since_epoch: i64) -> Self {
                Self(since_epoch)
            }

            #[doc = concat!("The ", $unit, " since 1970-01-01 UTC.")]
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl Scalar for $name {
            fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
                i64::from_token(token).map(Self)
            }

            fn from_int(value: i64) -> Result<Self, TokenError> {
                Ok(Self(value))
            }
        }

        impl Unset for $name {
            fn is_unset(&self) -> bool {
                self.0 == 0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                token(deserializer)
            }
        }
    };
}

unix_time! {
    /// Unix time in milliseconds.
    Millis, "milliseconds"
}
unix_time! {
    /// Unix time in seconds.
    Secs, "seconds"
}

/// A whole number written out, without an allocation.
pub struct Digits(ShortText);

impl Digits {
    /// The digits of a number.
    #[must_use]
    pub fn of(value: impl Into<i64>) -> Self {
        Self(ShortText::new(itoa::Buffer::new().format(value.into())))
    }
}

impl Deref for Digits {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Millis {
    /// The milliseconds since 1970-01-01 UTC as they are signed and sent.
    #[must_use]
    pub fn digits(self) -> Digits {
        Digits::of(self.0)
    }

    /// The machine's clock, rounded down.
    #[must_use]
    pub fn now() -> Self {
        Self::from(SystemTime::now())
    }

    /// This time moved by so many milliseconds, held at the ends of the range.
    #[must_use]
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Reads a UTC time such as `2023-02-24T07:54:11.124940968Z`; what is finer than a millisecond is dropped.
    /// `None` for anything else.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let mut rest = text.trim().as_bytes();
        let mut number = |ends| take_number(&mut rest, ends);
        let [(year, _), (month, _), (day, _)] = [number(b"-")?, number(b"-")?, number(b"Tt ")?];
        let [(hour, _), (minute, _), (second, end)] = [number(b":")?, number(b":")?, number(b".Zz")?];
        let fraction = match (end, rest) {
            (b'.', [fraction @ .., b'Z' | b'z']) => fraction,
            (b'Z' | b'z', []) => &[],
            _ => return None,
        };
        let fits =
            (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
        if !fits || !fraction.iter().all(u8::is_ascii_digit) {
            return None;
        }
        // Days since the epoch, by counting years from March, so that the leap day comes last.
        let (years, months) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days =
            years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 719_469;
        let thousandths =
            fraction.iter().chain(b"000").take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        Some(Self(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + thousandths))
    }

    /// The same point in whole seconds, rounded down.
    #[must_use]
    pub const fn to_secs(self) -> Secs {
        Secs(self.0.div_euclid(1000))
    }
}

impl Secs {
    /// The same point in milliseconds, held at the ends of the range.
    #[must_use]
    pub const fn to_millis(self) -> Millis {
        Millis(self.0.saturating_mul(1000))
    }
}

impl From<SystemTime> for Millis {
    fn from(time: SystemTime) -> Self {
        let millis = |since: Duration| i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(since) => Self(millis(since)),
            Err(before) => Self(millis(before.duration()).saturating_neg()),
        }
    }
}

/// Takes the number at the beginning, of one to four digits, and the byte behind it, which must be one of `ends`.
fn take_number(rest: &mut &[u8], ends: &[u8]) -> Option<(i64, u8)> {
    let mut value = 0;
    for (at, byte) in rest.iter().enumerate().take(5) {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            value = value * 10 + i64::from(digit);
        } else if at > 0 && ends.contains(byte) {
            *rest = rest.get(at + 1..)?;
            return Some((value, *byte));
        } else {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_utc_time_in_words_is_read_to_the_millisecond() {
        for (text, ms) in [
            ("2023-02-24T07:54:11.124940968Z", 1_677_225_251_124),
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T23:59:59.9Z", 951_868_799_900),
            ("2024-12-31 00:00:00.001Z", 1_735_603_200_001),
        ] {
            assert_eq!(Millis::from_rfc3339(text), Some(Millis::new(ms)), "{text}");
        }
        for text in [
            "",
            "2023-02-24",
            "2023-13-24T07:54:11Z",
            "2023-02-24T07:54:11",
            "x-02-24T07:54:11Z",
            "2023-02-24T07:54:1aZ",
            "2023-02-24T07:54:11.12aZ",
            "2023-02-24T07:54:11.12",
            "2023-02-24T07:54:11Z1",
            "2023-02-24T07:54Z",
            "20231-02-24T07:54:11Z",
            "2023--24T07:54:11Z",
            "é023-02-24T07:54:11Z",
        ] {
            assert_eq!(Millis::from_rfc3339(text), None, "{text}");
        }
    }
}
