//! Models of what venues answer: the macro that gives each the same derives and the same leniency.

use serde::{Deserialize, Deserializer, Serialize};

/// Defines a public model.
///
/// Derives `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize`, and makes the struct
/// `#[non_exhaustive]`. A field written `name?: T` is an `Option<T>` of a scalar that a venue may leave out,
/// or send as `null`, `""` or `"-"`; absent ones are not written back. Serde attributes pass through.
///
/// ```
/// use venue_core::{Millis, Price};
///
/// venue_core::model! {
///     /// A trade.
///     #[serde(rename_all = "camelCase")]
///     pub struct Trade {
///         /// Price.
///         pub price: Price,
///         /// When it was made.
///         pub trade_time?: Millis,
///     }
/// }
/// let trade: Trade = serde_json::from_str(r#"{"price":"1.50","tradeTime":""}"#).unwrap();
/// assert_eq!(trade.trade_time, None);
/// assert_eq!(serde_json::to_string(&trade).unwrap(), r#"{"price":"1.50"}"#);
/// ```
#[macro_export]
macro_rules! model {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($fields:tt)* }) => {
        $crate::model! { @fields [$(#[$meta])* $vis struct $name] [] $($fields)* }
    };
    (@fields $head:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident ? : $type:ty $(, $($rest:tt)*)?) => {
        $crate::model! { @fields $head [$($done)*
            $(#[$meta])*
            #[serde(
                default,
                deserialize_with = "venue_core::wire::absent",
                skip_serializing_if = "::std::option::Option::is_none"
            )]
            $vis $field: ::std::option::Option<$type>,
        ] $($($rest)*)? }
    };
    (@fields $head:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident : $type:ty $(, $($rest:tt)*)?) => {
        $crate::model! { @fields $head [$($done)* $(#[$meta])* $vis $field: $type,] $($($rest)*)? }
    };
    (@fields [$(#[$meta:meta])* $vis:vis struct $name:ident] [$($done:tt)*]) => {
        #[derive(
            ::std::clone::Clone,
            ::std::fmt::Debug,
            ::std::cmp::PartialEq,
            $crate::serde::Serialize,
            $crate::serde::Deserialize,
        )]
        #[serde(crate = "venue_core::serde")]
        #[non_exhaustive]
        $(#[$meta])*
        $vis struct $name { $($done)* }
    };
}

/// Defines a model that a venue sends as an array, by position.
///
/// Further elements than the fields are ignored, since venues append.
///
/// ```
/// venue_core::positional! {
///     /// A price level.
///     pub struct Level {
///         /// Price.
///         pub price: venue_core::Price,
///         /// Quantity.
///         pub qty: venue_core::Qty,
///     }
/// }
/// let level: Level = serde_json::from_str(r#"["1.50", 2, "ignored"]"#).unwrap();
/// assert_eq!(serde_json::to_string(&level).unwrap(), r#"["1.50","2"]"#);
/// ```
#[macro_export]
macro_rules! positional {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $( $(#[$fmeta:meta])* $fvis:vis $field:ident : $type:ty ),+ $(,)?
    }) => {
        #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq)]
        #[non_exhaustive]
        $(#[$meta])*
        $vis struct $name { $( $(#[$fmeta])* $fvis $field: $type, )+ }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&($( &self.$field, )+), serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                struct Elements;
                impl<'de> $crate::serde::de::Visitor<'de> for Elements {
                    type Value = $name;
                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(concat!("an array: ", $( stringify!($field), " " ),+))
                    }
                    fn visit_seq<A: $crate::serde::de::SeqAccess<'de>>(
                        self,
                        mut seq: A,
                    ) -> ::std::result::Result<$name, A::Error> {
                        let value = $name { $( $field: $crate::__element!(seq, $field, $type), )+ };
                        while seq.next_element::<$crate::serde::de::IgnoredAny>()?.is_some() {}
                        Ok(value)
                    }
                }
                deserializer.deserialize_seq(Elements)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __element {
    ($seq:ident, $field:ident, $type:ty) => {
        match $seq.next_element::<$type>()? {
            ::std::option::Option::Some(value) => value,
            ::std::option::Option::None => {
                return ::std::result::Result::Err($crate::serde::de::Error::missing_field(stringify!(
                    $field
                )));
            }
        }
    };
}

/// An answer that carries nothing: `{}`, `null`, a word, whatever the venue puts there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Empty {}

impl<'de> Deserialize<'de> for Empty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As raw text: an answer without a payload has no keys to miss, so nothing counts as unmapped.
        <&serde_json::value::RawValue>::deserialize(deserializer)?;
        Ok(Self {})
    }
}

/// A scalar that is known and of no use once it has been read, such as a topic that was looked at before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skipped;

impl<'de> Deserialize<'de> for Skipped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not as an ignored value, which would count as unmapped.
        struct Any;
        impl serde::de::Visitor<'_> for Any {
            type Value = Skipped;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text, a number, a truth value or null")
            }
            fn visit_str<E>(self, _: &str) -> Result<Skipped, E> {
                Ok(Skipped)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Skipped, E> {
                Ok(Skipped)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Skipped, E> {
                Ok(Skipped)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Skipped, E> {
                Ok(Skipped)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Skipped, E> {
                Ok(Skipped)
            }
            fn visit_unit<E>(self) -> Result<Skipped, E> {
                Ok(Skipped)
            }
        }
        deserializer.deserialize_any(Any)
    }
}
