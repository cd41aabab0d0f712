//! Names and ids. Always text here, however a venue sends them, since ids above 2^53 do not survive elsewhere.
//!
//! Nearly all are short enough to be held in place, without an allocation of their own.

/// Defines a text newtype for an id that a venue sends as a string or as a number.
///
/// ```
/// venue_core::id! {
///     /// A position's id.
///     pub struct PositionId
/// }
/// let id: PositionId = serde_json::from_str("203530723141917063").unwrap();
/// assert_eq!(id.as_str(), "203530723141917063");
/// ```
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $vis:vis struct $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name($crate::wire::ShortText);

        impl $name {
            /// An id with this text.
            #[must_use]
            pub fn new(text: impl ::std::convert::AsRef<str>) -> Self {
                Self($crate::wire::ShortText::new(text))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl ::std::convert::From<&Self> for $name {
            fn from(id: &Self) -> Self {
                id.clone()
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::new(text)
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        $crate::__text! { $name, as_str }
    };
}

/// Defines a text newtype for what lets its holder in, such as a key to a private stream: wiped when dropped,
/// printed as `***`.
///
/// It reads and writes as an [`id!`](crate::id!) does, and can be a parameter. It has no `Display` and no
/// `AsRef`: who wants the text says so, with `expose`. Of a request or an answer that holds one, `Debug` shows
/// `***` in its place.
///
/// ```
/// venue_core::secret_id! {
///     /// A key to the private stream.
///     pub struct ListenKey
/// }
/// let key: ListenKey = serde_json::from_str("\"FAD5A97B\"").unwrap();
/// assert_eq!((key.expose(), format!("{key:?}").as_str()), ("FAD5A97B", "ListenKey(***)"));
/// ```
#[macro_export]
macro_rules! secret_id {
    ($(#[$doc:meta])* $vis:vis struct $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        $vis struct $name($crate::Secret);

        impl $name {
            /// Takes a text into custody.
            #[must_use]
            pub fn new(text: impl ::std::convert::Into<::std::string::String>) -> Self {
                Self($crate::Secret::new(text))
            }

            /// The text.
            #[must_use]
            pub fn expose(&self) -> &str {
                self.0.expose()
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.expose() == other.expose()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl ::std::convert::From<&Self> for $name {
            fn from(id: &Self) -> Self {
                id.clone()
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::new(text)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }

        $crate::__text! { $name, expose }
    };
}

/// What every text newtype is to the wire: a scalar, a parameter, a JSON string.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    ($name:ident, $text:ident) => {
        impl $crate::wire::Scalar for $name {
            // Some venues' ids have more digits than any integer type.
            const EXACT: bool = true;

            fn from_token(
                token: $crate::wire::Token<'_>,
            ) -> ::std::result::Result<Self, $crate::wire::TokenError> {
                if let $crate::wire::Token::Bool(_) = token {
                    return ::std::result::Result::Err($crate::wire::TokenError::new(::std::format!(
                        "a name or id, not {token}"
                    )));
                }
                match token.text() {
                    ::std::option::Option::Some(text) => ::std::result::Result::Ok(Self::new(text)),
                    ::std::option::Option::None => {
                        <::std::string::String as $crate::wire::Scalar>::from_token(token).map(Self::new)
                    }
                }
            }

            fn from_text(text: &str) -> ::std::result::Result<Self, $crate::wire::TokenError> {
                ::std::result::Result::Ok(Self::new(text))
            }
        }

        impl $crate::Accept for $name {
            type Kind = $crate::Converted;
        }

        impl $crate::Field for $name {
            const STYLE: $crate::Style = $crate::Style::Text;
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(::std::borrow::Cow::Borrowed(self.$text()))
            }
            fn read(raw: &str) -> ::std::result::Result<Self, $crate::wire::TokenError> {
                $crate::wire::Token::from_json(raw).and_then(<Self as $crate::wire::Scalar>::from_token)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$text())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::wire::token(deserializer)
            }
        }
    };
}

id! {
    /// An instrument's name, in the venue's own spelling.
    pub struct Symbol
}
id! {
    /// A currency's or coin's name, in the venue's own spelling.
    pub struct Asset
}
id! {
    /// The venue's id of an order.
    pub struct OrderId
}
id! {
    /// Your own id of an order; length and alphabet are the venue's rule.
    pub struct ClientOrderId
}
id! {
    /// The venue's id of a trade.
    pub struct TradeId
}

impl ClientOrderId {
    /// A fresh id that every supported venue accepts: 20 lower-case letters and digits, the time first.
    #[must_use]
    pub fn fresh() -> Self {
        const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
        let digit = |value: u64| DIGITS.get((value % 36) as usize).copied().unwrap_or(b'0');
        let mut text = [b'0'; 20];
        // Nine base-36 digits of milliseconds last until the year 5188.
        let (time, chance) = text.split_at_mut(9);
        let mut millis = super::Millis::now().get().unsigned_abs();
        for place in time.iter_mut().rev() {
            *place = digit(millis);
            millis /= 36;
        }
        for place in chance {
            *place = digit(fastrand::u64(..36));
        }
        // The digits are ASCII.
        Self::new(std::str::from_utf8(&text).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_text_or_a_number_and_no_truth_value() {
        let read = |json| serde_json::from_str::<OrderId>(json).ok().map(|id| id.to_string());
        assert_eq!(read("203530723141917063").as_deref(), Some("203530723141917063"));
        assert_eq!(read("\"a-1\"").as_deref(), Some("a-1"));
        for wrong in ["true", "false", "null", "[]", "{}"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let maybe = serde_json::from_str::<Option<Symbol>>("null");
        assert_eq!(maybe.ok(), Some(None));
    }
}
