//! Types that can be a parameter.

use std::borrow::Cow;

use super::build::Source;
use super::params::{Params, Style, Value};
use super::request::{FieldInfo, Request};
use crate::decimal::{Amount, Contracts, Price, Qty, Rate};
use crate::error::Invalid;
use crate::wire::{Millis, Scalar, Secs, Token, TokenError};

/// How a type is taken by constructors and setters; see [`IntoParam`].
pub trait Accept {
    /// [`AsIs`] or [`Converted`].
    type Kind;
}

/// Taken as it is, so that a literal has one type only: `limit(100)`.
#[derive(Debug)]
pub enum AsIs {}

/// Taken from whatever converts into it: a symbol from `&str`, one of several ids from any of them.
#[derive(Debug)]
pub enum Converted {}

/// What a constructor or setter of a request takes for a `T`.
///
/// Not meant to be implemented: whole numbers and truth values are taken as they are, everything else also
/// from what converts into it.
pub trait IntoParam<T, Kind> {
    /// The parameter.
    fn into_param(self) -> T;
}

impl<T> IntoParam<T, AsIs> for T {
    fn into_param(self) -> T {
        self
    }
}

impl<T, U: Into<T>> IntoParam<T, Converted> for U {
    fn into_param(self) -> T {
        self.into()
    }
}

macro_rules! accept {
    ($kind:ident: $($type:ty),*) => {$(
        impl Accept for $type {
            type Kind = $kind;
        }
    )*};
}

accept!(AsIs: bool, u8, u16, u32, i32, i64);
accept!(Converted: Price, Qty, Contracts, Amount, Rate, Millis, Secs, String);

impl<T> Accept for Vec<T> {
    type Kind = Converted;
}

/// A type that is the value of one parameter.
pub trait Field: Sized {
    /// How it is written unless the request says otherwise.
    const STYLE: Style;

    /// The value, borrowed.
    fn value(&self) -> Value<'_>;

    /// Reads the value from JSON text.
    ///
    /// # Errors
    /// When the text is not such a value.
    fn read(raw: &str) -> Result<Self, TokenError>;
}

/// A part of a request: one parameter, or several that belong together (an order by one of two ids).
pub trait Part: Sized {
    /// Writes the part's parameters.
    fn write<'a>(&'a self, name: &'static str, style: Option<Style>, out: &mut Params<'a>);

    /// Reads the part; `None` when none of its parameters is given.
    ///
    /// # Errors
    /// When what is given is not such a part.
    fn take(name: &'static str, source: &mut Source<'_>) -> Result<Option<Self>, Invalid>;

    /// Describes the part's parameters.
    fn describe(name: &'static str, required: bool, out: &mut Vec<FieldInfo>);
}

impl<T: Field> Part for T {
    fn write<'a>(&'a self, name: &'static str, style: Option<Style>, out: &mut Params<'a>) {
        out.push(name, self.value(), style.unwrap_or(T::STYLE));
    }

    fn take(name: &'static str, source: &mut Source<'_>) -> Result<Option<Self>, Invalid> {
        let Some(raw) = source.take(name) else { return Ok(None) };
        T::read(raw).map(Some).map_err(|error| Invalid::new(format!("{name}: {error}")))
    }

    fn describe(name: &'static str, required: bool, out: &mut Vec<FieldInfo>) {
        out.push(FieldInfo { name, required, one_of: false });
    }
}

macro_rules! scalar_fields {
    ($($type:ty, $style:ident, |$this:ident| $value:expr;)*) => {$(
        impl Field for $type {
            const STYLE: Style = Style::$style;
            fn value(&self) -> Value<'_> {
                let $this = self;
                $value
            }
            fn read(raw: &str) -> Result<Self, TokenError> {
                Token::from_json(raw).and_then(<Self as Scalar>::from_token)
            }
        }
    )*};
}

scalar_fields! {
    Price, Text, |this| Value::Decimal(this.decimal());
    Qty, Text, |this| Value::Decimal(this.decimal());
    Contracts, Number, |this| Value::Decimal(this.decimal());
    Amount, Text, |this| this.decimal().map_or_else(|| Value::Text(this.to_text()), Value::Decimal);
    Rate, Text, |this| this.decimal().map_or_else(|| Value::Text(this.to_text()), Value::Decimal);
    Millis, Number, |this| Value::Int(this.get());
    Secs, Number, |this| Value::Int(this.get());
    String, Text, |this| Value::Text(Cow::Borrowed(this));
    bool, Number, |this| Value::Bool(*this);
    u8, Number, |this| Value::Int(i64::from(*this));
    u16, Number, |this| Value::Int(i64::from(*this));
    u32, Number, |this| Value::Int(i64::from(*this));
    i32, Number, |this| Value::Int(i64::from(*this));
    i64, Number, |this| Value::Int(*this);
}

impl<T: Field> Field for Vec<T> {
    /// The style of the elements; `comma`, `json` and `body` are chosen by the request.
    const STYLE: Style = T::STYLE;

    fn value(&self) -> Value<'_> {
        Value::List(self.iter().map(Field::value).collect())
    }

    /// Reads a JSON array, or the texts that venues use for one: `"1,2"` and `"[1,2]"`.
    fn read(raw: &str) -> Result<Self, TokenError> {
        let at = |index: usize| move |error| TokenError::new(format!("[{index}] {error}"));
        if let Ok(Token::Text(text)) = Token::from_json(raw) {
            if text.trim_ascii_start().starts_with('[') {
                return Self::read(&text);
            }
            // A text always writes as JSON.
            let quoted =
                text.split(',').map(|part| serde_json::to_string(part.trim_ascii()).unwrap_or_default());
            return quoted.enumerate().map(|(index, raw)| T::read(&raw).map_err(at(index))).collect();
        }
        let list: Vec<&serde_json::value::RawValue> =
            serde_json::from_str(raw).map_err(|_| TokenError::new("expected a list"))?;
        list.iter().enumerate().map(|(index, raw)| T::read(raw.get()).map_err(at(index))).collect()
    }
}

/// Reads a nested request from JSON text: an order of a batch.
///
/// # Errors
/// When the text is not such an object, or holds parameters that it does not have.
pub fn read_object<R: Request>(raw: &str) -> Result<R, TokenError> {
    let mut source = Source::parse(raw).map_err(|error| TokenError::new(error.to_string()))?;
    let value = R::take_from(&mut source).map_err(|error| TokenError::new(error.to_string()))?;
    source.finish().map_err(|error| TokenError::new(error.to_string()))?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_from_an_array_and_from_the_texts_for_one() {
        for raw in [r#"["1","2"]"#, "[1, 2]", r#""1,2""#, r#""1, 2""#, r#""[1,2]""#] {
            assert_eq!(Vec::<i64>::read(raw).unwrap(), [1, 2], "{raw}");
        }
        assert!(Vec::<i64>::read("5").is_err());
        assert!(Vec::<i64>::read(r#""1,x""#).unwrap_err().to_string().starts_with("[1]"));
    }
}
