//! Points in time as venues write them: milliseconds and seconds are different types.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Scalar, Token, TokenError, token};

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

impl Millis {
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
