//! Enums that a venue may extend: known variants, and `Other` for the rest.

use super::{Token, TokenError};

/// What `open_enum!` needs of the text behind a variant; not meant to be implemented elsewhere.
pub trait EnumValue: Sized {
    /// The variant for a wire text.
    fn from_wire(text: &str) -> Self;

    /// The text on the wire.
    fn as_wire(&self) -> &str;

    /// Reads from a token, string or number.
    ///
    /// # Errors
    /// When the token is `null`.
    fn from_enum_token(token: &Token<'_>) -> Result<Self, TokenError> {
        match token {
            Token::Text(text) | Token::Number(text) => Ok(Self::from_wire(text)),
            Token::Bool(true) => Ok(Self::from_wire("true")),
            Token::Bool(false) => Ok(Self::from_wire("false")),
            Token::Null => Err(TokenError::new("null where one of a set of names belongs")),
        }
    }
}

/// Defines an enum that keeps values it doesn't know, in `Other`, and writes back what it read.
///
/// A text enum is read from strings and from numbers, and written as a string; with `: number` it is
/// written as a JSON number. Further spellings of a variant follow after `|`; they read as the variant and
/// are written in the first spelling.
///
/// ```
/// venue_core::open_enum! {
///     /// Which way an order goes.
///     pub enum Side {
///         /// Buys the base.
///         Buy = "BUY" | "buy",
///         /// Sells the base.
///         Sell = "SELL",
///     }
/// }
/// let side: Side = serde_json::from_str("\"buy\"").unwrap();
/// assert_eq!(side, Side::Buy);
/// let odd: Side = serde_json::from_str("\"SHORT\"").unwrap();
/// assert_eq!(serde_json::to_string(&odd).unwrap(), "\"SHORT\"");
///
/// venue_core::open_enum! {
///     /// Margin mode, a number on the wire.
///     pub enum OpenType: number {
///         /// Own margin for each position.
///         Isolated = "1",
///         /// The whole balance backs all positions.
///         Cross = "2",
///     }
/// }
/// assert_eq!(serde_json::to_string(&OpenType::Cross).unwrap(), "2");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($(#[$doc:meta])* $vis:vis enum $name:ident : number { $($body:tt)* }) => {
        $crate::open_enum! { @define Number; $(#[$doc])* $vis enum $name { $($body)* } }
    };
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($body:tt)* }) => {
        $crate::open_enum! { @define Text; $(#[$doc])* $vis enum $name { $($body)* } }
    };
    (@define $style:ident; $(#[$doc:meta])* $vis:vis enum $name:ident {
        $( $(#[$vdoc:meta])* $variant:ident = $wire:literal $(| $alias:literal)* ),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $( $(#[$vdoc])* #[doc = ""] #[doc = concat!("On the wire: `", $wire, "`.")] $variant, )+
            /// A value that this version doesn't know, as the venue wrote it.
            Other(::std::boxed::Box<str>),
        }

        impl $name {
            /// The known values, in the order of the documentation.
            pub const KNOWN: &'static [Self] = &[$( Self::$variant ),+];

            /// The text on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $wire, )+
                    Self::Other(text) => text,
                }
            }
        }

        impl $crate::wire::EnumValue for $name {
            fn from_wire(text: &str) -> Self {
                match text {
                    $( $wire $(| $alias)* => Self::$variant, )+
                    other => Self::Other(other.into()),
                }
            }
            fn as_wire(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::wire::Scalar for $name {
            fn from_token(
                token: $crate::wire::Token<'_>,
            ) -> ::std::result::Result<Self, $crate::wire::TokenError> {
                <Self as $crate::wire::EnumValue>::from_enum_token(&token)
            }

            fn from_text(text: &str) -> ::std::result::Result<Self, $crate::wire::TokenError> {
                ::std::result::Result::Ok(<Self as $crate::wire::EnumValue>::from_wire(text))
            }
        }

        impl $crate::Accept for $name {
            type Kind = $crate::Converted;
        }

        impl $crate::Field for $name {
            const STYLE: $crate::Style = $crate::Style::$style;
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(::std::borrow::Cow::Borrowed(self.as_str()))
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
                $crate::open_enum!(@write $style self serializer)
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
    (@write Text $self:ident $serializer:ident) => {
        $serializer.serialize_str($self.as_str())
    };
    (@write Number $self:ident $serializer:ident) => {
        match $self.as_str().parse::<i64>() {
            Ok(number) => $serializer.serialize_i64(number),
            Err(_) => $serializer.serialize_str($self.as_str()),
        }
    };
}
