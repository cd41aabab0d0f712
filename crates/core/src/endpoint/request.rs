//! The dull part of a request type: private fields, a constructor, a setter per optional parameter, and
//! the way to and from parameters.

use super::build::Source;
use super::params::Params;
use crate::error::Invalid;

/// A request's parameters; implemented by [`request!`](crate::request!).
pub trait Request: Clone + std::fmt::Debug + Send + Sync + 'static {
    /// The type's name, under which it is found.
    const NAME: &'static str;
    /// Its documentation.
    const DOC: &'static str;

    /// Writes the parameters, required ones first.
    fn params<'a>(&'a self, out: &mut Params<'a>);

    /// Takes the parameters that it knows out of a JSON object.
    ///
    /// # Errors
    /// When a required one is missing, or one does not read.
    fn take_from(source: &mut Source<'_>) -> Result<Self, Invalid>;

    /// Describes the parameters.
    fn describe(out: &mut Vec<FieldInfo>);
}

/// What a request says of one of its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldInfo {
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether the request can't be made without it.
    pub required: bool,
    /// Whether it is one of several of which one must be there.
    pub one_of: bool,
}

impl FieldInfo {
    /// A parameter.
    #[must_use]
    pub const fn new(name: &'static str, required: bool) -> Self {
        Self { name, required, one_of: false }
    }

    /// A parameter of a [`Part`](super::Part) of which one of several must be there.
    #[must_use]
    pub const fn one_of(name: &'static str) -> Self {
        Self { name, required: false, one_of: true }
    }
}

/// Turns a field's name into camel case, for venues that write parameters so.
#[doc(hidden)]
pub struct Camel {
    bytes: [u8; 48],
    len: usize,
}

impl Camel {
    #[doc(hidden)]
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "evaluated in consts only, where a fault fails the build")]
    pub const fn new(snake: &str) -> Self {
        let snake = snake.as_bytes();
        let mut bytes = [0; 48];
        let (mut from, mut len, mut upper) = (0, 0, false);
        while from < snake.len() {
            if snake[from] == b'_' {
                upper = true;
            } else {
                bytes[len] = if upper { snake[from].to_ascii_uppercase() } else { snake[from] };
                len += 1;
                upper = false;
            }
            from += 1;
        }
        Self { bytes, len }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            // A field's name is ASCII, and ASCII stays ASCII.
            Err(_) => "",
        }
    }
}

/// Defines a request type from its parameters.
///
/// Expands to a struct with private fields; `new` with the required parameters; a setter for each optional
/// one; and [`Request`]. After the struct's name, `closed` makes `new` private, for types whose required
/// parameters hang together: those get constructors of their own (`limit`, `market`).
///
/// A field is `name: Type`, with the venue's name behind it where it is not the field's
/// (`order_type = "type": OrderType`), and the style where it is not the type's own
/// (`price: Price as number`; styles are `text`, `number`, `comma`, `json`, `body`). With `@camel` in
/// front, names are camel case on the wire.
///
/// ```
/// use venue_core::{Contracts, Params, Price, Request as _, Symbol, request};
///
/// request! {
///     /// Places an order.
///     pub struct SubmitOrder { symbol: Symbol, size: Contracts }
///     optional {
///         /// Limit price.
///         price: Price,
///         /// Whether the order may only reduce a position.
///         reduce_only = "reduceOnly": bool,
///     }
/// }
///
/// let order = SubmitOrder::new("BTCUSDT", Contracts::new(1)).price("85000.10".parse::<Price>().unwrap());
/// let mut params = Params::new();
/// order.params(&mut params);
/// let mut json = String::new();
/// params.write_json(&mut json);
/// assert_eq!(json, r#"{"symbol":"BTCUSDT","size":1,"price":"85000.10"}"#);
/// ```
#[macro_export]
macro_rules! request {
    (@camel $(#[doc = $doc:literal])* $vis:vis struct $name:ident closed $($rest:tt)*) => {
        $crate::request! { @define camel (pub(self)) ($(#[doc = $doc])*) $vis $name $($rest)* }
    };
    (@camel $(#[doc = $doc:literal])* $vis:vis struct $name:ident $($rest:tt)*) => {
        $crate::request! { @define camel (pub) ($(#[doc = $doc])*) $vis $name $($rest)* }
    };
    ($(#[doc = $doc:literal])* $vis:vis struct $name:ident closed $($rest:tt)*) => {
        $crate::request! { @define snake (pub(self)) ($(#[doc = $doc])*) $vis $name $($rest)* }
    };
    ($(#[doc = $doc:literal])* $vis:vis struct $name:ident $($rest:tt)*) => {
        $crate::request! { @define snake (pub) ($(#[doc = $doc])*) $vis $name $($rest)* }
    };

    (@define $case:ident ($new:vis) ($(#[doc = $doc:literal])*) $vis:vis $name:ident
        { $( $(#[doc = $fdoc:literal])* $field:ident $(= $wire:literal)? : $type:ty $(as $style:ident)? ),* $(,)? }
        $( optional {
            $( $(#[doc = $odoc:literal])* $option:ident $(= $owire:literal)? : $otype:ty $(as $ostyle:ident)? ),*
            $(,)?
        } )?
    ) => {
        $(#[doc = $doc])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq)]
        #[must_use = "a request does nothing until it is sent"]
        $vis struct $name {
            $( $(#[doc = $fdoc])* $field: $type, )*
            $( $( $(#[doc = $odoc])* $option: ::std::option::Option<$otype>, )* )?
        }

        impl $name {
            /// The request with its required parameters.
            #[allow(clippy::too_many_arguments, clippy::new_without_default, reason = "as many as the venue requires")]
            $new fn new($(
                $field: impl $crate::IntoParam<$type, <$type as $crate::Accept>::Kind>
            ),*) -> Self {
                Self {
                    $( $field: $crate::IntoParam::into_param($field), )*
                    $( $( $option: ::std::option::Option::None, )* )?
                }
            }

            $( $(
                $(#[doc = $odoc])*
                pub fn $option(
                    mut self,
                    $option: impl $crate::IntoParam<$otype, <$otype as $crate::Accept>::Kind>,
                ) -> Self {
                    self.$option = ::std::option::Option::Some($crate::IntoParam::into_param($option));
                    self
                }
            )* )?
        }

        impl $crate::Request for $name {
            const NAME: &'static str = stringify!($name);
            const DOC: &'static str = concat!($($doc, "\n"),*);

            #[allow(unused_variables, clippy::ptr_arg, reason = "a request may have no parameters")]
            fn params<'a>(&'a self, out: &mut $crate::Params<'a>) {
                $( $crate::Part::write(
                    &self.$field,
                    $crate::__name!($case $field $($wire)?),
                    $crate::__style!($($style)?),
                    out,
                ); )*
                $( $( if let ::std::option::Option::Some(value) = &self.$option {
                    $crate::Part::write(
                        value,
                        $crate::__name!($case $option $($owire)?),
                        $crate::__style!($($ostyle)?),
                        out,
                    );
                } )* )?
            }

            #[allow(unused_variables, reason = "a request may have no parameters")]
            fn take_from(
                source: &mut $crate::Source<'_>,
            ) -> ::std::result::Result<Self, $crate::Invalid> {
                ::std::result::Result::Ok(Self {
                    $( $field: match <$type as $crate::Part>::take(
                        $crate::__name!($case $field $($wire)?),
                        source,
                    )? {
                        ::std::option::Option::Some(value) => value,
                        ::std::option::Option::None => {
                            return ::std::result::Result::Err($crate::Invalid::missing::<$type>(
                                $crate::__name!($case $field $($wire)?),
                            ));
                        }
                    }, )*
                    $( $( $option: <$otype as $crate::Part>::take(
                        $crate::__name!($case $option $($owire)?),
                        source,
                    )?, )* )?
                })
            }

            #[allow(unused_variables, clippy::ptr_arg, reason = "a request may have no parameters")]
            fn describe(out: &mut ::std::vec::Vec<$crate::FieldInfo>) {
                $( <$type as $crate::Part>::describe($crate::__name!($case $field $($wire)?), true, out); )*
                $( $(
                    <$otype as $crate::Part>::describe($crate::__name!($case $option $($owire)?), false, out);
                )* )?
            }
        }

        impl $crate::Accept for $name {
            type Kind = $crate::Converted;
        }

        // An order of a batch is a request inside a list.
        impl $crate::Field for $name {
            const STYLE: $crate::Style = $crate::Style::Text;
            fn value(&self) -> $crate::Value<'_> {
                let mut params = $crate::Params::new();
                $crate::Request::params(self, &mut params);
                $crate::Value::Object(params)
            }
            fn read(raw: &str) -> ::std::result::Result<Self, $crate::wire::TokenError> {
                $crate::read_object(raw)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __name {
    ($case:ident $field:ident $wire:literal) => {
        $wire
    };
    (snake $field:ident) => {
        stringify!($field)
    };
    (camel $field:ident) => {{
        const NAME: $crate::Camel = $crate::Camel::new(stringify!($field));
        NAME.as_str()
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __style {
    () => {
        ::std::option::Option::None
    };
    (text) => {
        ::std::option::Option::Some($crate::Style::Text)
    };
    (number) => {
        ::std::option::Option::Some($crate::Style::Number)
    };
    (comma) => {
        ::std::option::Option::Some($crate::Style::Comma)
    };
    (json) => {
        ::std::option::Option::Some($crate::Style::Json)
    };
    (body) => {
        ::std::option::Option::Some($crate::Style::Body)
    };
}

/// Defines a part of a request of which exactly one of several parameters is given: an order by the venue's
/// id or by your own.
///
/// ```
/// venue_core::one_of! {
///     /// Which order.
///     pub enum OrderRef {
///         /// By the venue's id.
///         Id(venue_core::OrderId) = "orderId",
///         /// By your own id.
///         ClientId(venue_core::ClientOrderId) = "clientOrderId",
///     }
/// }
/// let order: OrderRef = venue_core::OrderId::from("1").into();
/// ```
#[macro_export]
macro_rules! one_of {
    ($(#[$doc:meta])* $vis:vis enum $name:ident {
        $( $(#[$vdoc:meta])* $variant:ident($type:ty) = $wire:literal $(as $style:ident)? ),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq)]
        $vis enum $name { $( $(#[$vdoc])* $variant($type), )+ }

        $( impl ::std::convert::From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        } )+

        impl $crate::Accept for $name {
            type Kind = $crate::Converted;
        }

        impl $crate::Part for $name {
            fn write<'a>(
                &'a self,
                _: &'static str,
                _: ::std::option::Option<$crate::Style>,
                out: &mut $crate::Params<'a>,
            ) {
                match self {
                    $( Self::$variant(value) => {
                        $crate::Part::write(value, $wire, $crate::__style!($($style)?), out);
                    } )+
                }
            }

            fn take(
                _: &'static str,
                source: &mut $crate::Source<'_>,
            ) -> ::std::result::Result<::std::option::Option<Self>, $crate::Invalid> {
                let mut found = ::std::option::Option::None;
                $( if let ::std::option::Option::Some(value) = <$type as $crate::Part>::take($wire, source)? {
                    if found.is_some() {
                        return ::std::result::Result::Err($crate::Invalid::only_one::<Self>());
                    }
                    found = ::std::option::Option::Some(Self::$variant(value));
                } )+
                ::std::result::Result::Ok(found)
            }

            fn describe(_: &'static str, required: bool, out: &mut ::std::vec::Vec<$crate::FieldInfo>) {
                $( out.push(if required {
                    $crate::FieldInfo::one_of($wire)
                } else {
                    $crate::FieldInfo::new($wire, false)
                }); )+
            }
        }
    };
}
