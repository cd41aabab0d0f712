//! The one list of parameters from which both the signed text and the wire bytes are written.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::decimal::write_decimal;
use crate::wire::json::is_plain;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Quoted in JSON.
    Text,
    /// Bare in JSON: digits as they are. A text that is no number is quoted all the same.
    Number,
    /// A list as one text, its elements joined by commas.
    Comma,
    /// A list or object as one text that holds compact JSON.
    Json,
    /// A list that is the body, as a bare JSON array.
    Body,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Where the endpoint's placement says.
    Default,
    /// Into the path.
    Path,
    /// Into the query string.
    Query,
    /// Into the body.
    Body,
}

/// A parameter's value.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// An exact decimal.
    Decimal(Decimal),
    /// A whole number.
    Int(i64),
    /// A truth value.
    Bool(bool),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object.
    Object(Params<'a>),
    /// JSON text, taken over as it is.
    Json(Cow<'a, str>),
}

impl Value<'_> {
    /// Writes the value as it stands in a query string or form before encoding.
    pub fn write_plain(&self, style: Style, out: &mut String) {
        match self {
            Self::Text(text) | Self::Json(text) => out.push_str(text),
            Self::Decimal(value) => push_decimal(value, out),
            Self::Int(value) => push_int(*value, out),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::List(values) if style == Style::Comma => {
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    value.write_plain(Style::Text, out);
                }
            }
            // As it stands in a JSON body, so that a signed text and a body agree.
            Self::List(_) | Self::Object(_) => {
                self.write_json(if style == Style::Number { style } else { Style::Body }, out);
            }
        }
    }

    /// Writes the value as JSON.
    pub fn write_json(&self, style: Style, out: &mut String) {
        match (self, style) {
            (Self::Json(text), Style::Text | Style::Number | Style::Body) => out.push_str(text),
            (Self::List(_), Style::Comma | Style::Json)
            | (Self::Object(_) | Self::Json(_), Style::Comma | Style::Json) => {
                let mut text = String::new();
                self.write_plain(style, &mut text);
                push_json_string(&text, out);
            }
            (Self::Text(text), Style::Number) if is_json_number(text) => out.push_str(text),
            (Self::Text(text), _) => push_json_string(text, out),
            (Self::Decimal(value), Style::Number) => push_decimal(value, out),
            (Self::Decimal(value), _) => {
                out.push('"');
                push_decimal(value, out);
                out.push('"');
            }
            (Self::Int(value), Style::Text) => {
                out.push('"');
                push_int(*value, out);
                out.push('"');
            }
            (Self::Int(value), _) => push_int(*value, out),
            (Self::Bool(value), Style::Text) => out.push_str(if *value { "\"true\"" } else { "\"false\"" }),
            (Self::Bool(value), _) => out.push_str(if *value { "true" } else { "false" }),
            (Self::List(values), _) => {
                out.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    // Elements follow the style of the list: numbers in a list of numbers.
                    value.write_json(if style == Style::Number { Style::Number } else { Style::Text }, out);
                }
                out.push(']');
            }
            (Self::Object(params), _) => params.write_json(out),
        }
    }

    /// Whether the value is an empty text, which a path can't hold.
    #[must_use]
    pub fn is_empty_text(&self) -> bool {
        matches!(self, Self::Text(text) | Self::Json(text) if text.is_empty())
    }
}

/// One parameter.
#[derive(Debug, Clone)]
pub struct Param<'a> {
    /// Its name on the wire.
    pub name: Cow<'a, str>,
    /// Its value.
    pub value: Value<'a>,
    /// How it is written.
    pub style: Style,
    /// Where it goes.
    pub place: Place,
}

/// Parameters in the order in which they are sent, where the venue doesn't sort them.
#[derive(Debug, Clone, Default)]
pub struct Params<'a>(Vec<Param<'a>>);

impl<'a> Params<'a> {
    /// An empty list with room for a usual request.
    #[must_use]
    pub fn new() -> Self {
        Self(Vec::with_capacity(12))
    }

    /// Adds a parameter where the endpoint's placement puts it.
    pub fn push(&mut self, name: impl Into<Cow<'a, str>>, value: Value<'a>, style: Style) {
        self.0.push(Param { name: name.into(), value, style, place: Place::Default });
    }

    /// Adds a parameter with a place of its own.
    pub fn push_param(&mut self, param: Param<'a>) {
        self.0.push(param);
    }

    /// The parameters.
    pub fn iter(&self) -> std::slice::Iter<'_, Param<'a>> {
        self.0.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts the parameters into the order of `names`; those that are not named keep their order behind.
    pub fn reorder(&mut self, names: &[&str]) {
        let place =
            |param: &Param<'_>| names.iter().position(|name| param.name == *name).unwrap_or(names.len());
        self.0.sort_by_key(place);
    }

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Param<'a>> {
        self.0.iter_mut()
    }

    /// Writes the parameters as one compact JSON object.
    pub fn write_json(&self, out: &mut String) {
        write_json_object(self.0.iter(), out);
    }
}

impl<'p, 'a> IntoIterator for &'p Params<'a> {
    type Item = &'p Param<'a>;
    type IntoIter = std::slice::Iter<'p, Param<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Writes parameters as one compact JSON object.
pub(crate) fn write_json_object<'p, 'a: 'p>(params: impl Iterator<Item = &'p Param<'a>>, out: &mut String) {
    out.push('{');
    for (index, param) in params.enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_json_string(&param.name, out);
        out.push(':');
        param.value.write_json(param.style, out);
    }
    out.push('}');
}

fn push_decimal(value: &Decimal, out: &mut String) {
    // A `String` takes everything.
    let _ = write_decimal(value, out);
}

fn push_int(value: i64, out: &mut String) {
    out.push_str(itoa::Buffer::new().format(value));
}

fn push_json_string(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push('"');
        out.push_str(text);
        out.push('"');
        return;
    }
    // Serializing a text can't fail.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// Whether a text is a number by JSON's own grammar.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain {
        return digits.len() == 1 || !digits.starts_with('0');
    }
    matches!(text.as_bytes().first(), Some(b'-' | b'0'..=b'9'))
        && serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok_and(|raw| raw.get() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(value: &Value<'_>, style: Style) -> String {
        let mut out = String::new();
        value.write_json(style, &mut out);
        out
    }

    fn plain(value: &Value<'_>, style: Style) -> String {
        let mut out = String::new();
        value.write_plain(style, &mut out);
        out
    }

    #[test]
    fn a_value_is_written_as_its_style_says() {
        let text = |text: &'static str| Value::Text(Cow::Borrowed(text));
        let decimal = Value::Decimal(crate::parse_decimal("85000.10").unwrap());
        assert_eq!(json(&decimal, Style::Text), "\"85000.10\"");
        assert_eq!(json(&decimal, Style::Number), "85000.10");
        assert_eq!(json(&text("12"), Style::Number), "12");
        assert_eq!(json(&text("012"), Style::Number), "\"012\"");
        assert_eq!(json(&text("a\"b\n"), Style::Text), r#""a\"b\n""#);
        assert_eq!(json(&Value::Int(-5), Style::Number), "-5");
        assert_eq!(json(&Value::Int(5), Style::Text), "\"5\"");
        let list = Value::List(vec![text("1"), text("2")]);
        assert_eq!(json(&list, Style::Text), r#"["1","2"]"#);
        assert_eq!(json(&list, Style::Number), "[1,2]");
        assert_eq!(json(&list, Style::Comma), "\"1,2\"");
        assert_eq!(json(&list, Style::Json), r#""[\"1\",\"2\"]""#);
        assert_eq!(plain(&list, Style::Comma), "1,2");
        assert_eq!(plain(&list, Style::Json), r#"["1","2"]"#);
    }

    #[test]
    fn only_json_numbers_go_bare() {
        for (text, bare) in [
            ("0", true),
            ("-0.5", true),
            ("1e5", true),
            ("", false),
            ("-", false),
            ("1,2", false),
            ("1]", false),
        ] {
            assert_eq!(is_json_number(text), bare, "{text}");
        }
    }
}
