//! Required parameters are there, and every documented one is of its kind.

use serde_json::value::RawValue;

use crate::data::{Encoding, Endpoint, Kind, Param, Place, Placement};
use crate::given::{Given, Value, member};
use crate::json;
use crate::refusal::{Refusal, Why};

/// Checks all documented parameters; others are ignored, as venues do.
pub(crate) fn parameters(endpoint: &Endpoint, given: &Given) -> Result<(), Refusal> {
    let bare = matches!(endpoint.placement, Placement::JsonArray | Placement::QueryJsonArray);
    for param in endpoint.params.iter().filter(|param| param.place != Place::Item) {
        let elements = one(param, given.get(param.place, &param.name))?;
        if !bare && param.place == Place::Body && param.kind == Kind::Array {
            items(endpoint, &param.name, elements.as_deref().unwrap_or_default())?;
        }
    }
    if bare {
        let elements =
            given.bare_array().filter(|elements| !elements.is_empty()).ok_or(Why::BodyMalformed)?;
        items(endpoint, "body", elements)?;
    }
    Ok(())
}

fn items(endpoint: &Endpoint, parent: &str, elements: &[Box<RawValue>]) -> Result<(), Refusal> {
    let documented: Vec<&Param> = endpoint.params.iter().filter(|param| param.place == Place::Item).collect();
    if documented.is_empty() {
        return Ok(());
    }
    for element in elements {
        let members = json::object(element.get()).ok_or_else(|| Refusal::invalid(parent))?;
        for param in &documented {
            one(param, member(&members, &param.name))?;
        }
    }
    Ok(())
}

/// Checks one parameter; answers the elements of a JSON array.
fn one(param: &Param, value: Option<Value<'_>>) -> Result<Option<Vec<Box<RawValue>>>, Refusal> {
    let value = value.filter(|value| !value.is_empty());
    let Some(value) = value else {
        return if param.required && !param.allow_empty {
            Err(Refusal::missing(&param.name))
        } else {
            Ok(None)
        };
    };
    let invalid = || Refusal::invalid(&param.name);
    if param.kind == Kind::Array {
        return elements(param, value);
    }
    let text = value.text(param.kind).ok_or_else(invalid)?;
    let fits = match param.kind {
        Kind::String => param.max_length.is_none_or(|longest| text.chars().count() <= longest),
        Kind::Integer => is_integer(&text),
        Kind::Decimal => is_decimal(&text),
        Kind::Boolean => text == "true" || text == "false",
        Kind::Enum => param.values.contains(&text),
        Kind::Object => json::object(&text).is_some(),
        Kind::Array => true,
    };
    if fits { Ok(None) } else { Err(invalid()) }
}

fn elements(param: &Param, value: Value<'_>) -> Result<Option<Vec<Box<RawValue>>>, Refusal> {
    let invalid = || Refusal::invalid(&param.name);
    let elements = match value {
        Value::Text(text) => match param.encoding {
            Some(Encoding::Json) => Some(json::array(text).ok_or_else(invalid)?),
            // A list of words: anything that isn't empty will do.
            Some(Encoding::Comma) | None => None,
        },
        Value::Json(raw) => match json::array(raw) {
            Some(elements) => Some(elements),
            // JSON or a comma list inside of a string, where that is the documented form.
            None => {
                let text: String = serde_json::from_str(raw).map_err(|_| invalid())?;
                match param.encoding {
                    Some(Encoding::Json) => Some(json::array(&text).ok_or_else(invalid)?),
                    Some(Encoding::Comma) => None,
                    None => return Err(invalid()),
                }
            }
        },
    };
    if param.required && elements.as_ref().is_some_and(Vec::is_empty) {
        return Err(Refusal::missing(&param.name));
    }
    Ok(elements)
}

impl Value<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.is_empty(),
            Value::Json(raw) => *raw == "\"\"",
        }
    }

    /// The value as text; `None` when its JSON type can't be of this kind.
    fn text(&self, kind: Kind) -> Option<String> {
        let raw = match self {
            Value::Text(text) => return Some((*text).to_owned()),
            Value::Json(raw) => *raw,
        };
        match raw.bytes().next()? {
            b'"' if kind != Kind::Boolean => serde_json::from_str(raw).ok(),
            // Ids and numeric enums come as numbers too.
            b'-' | b'0'..=b'9' if kind != Kind::Boolean => Some(raw.to_owned()),
            b't' | b'f' if matches!(kind, Kind::Boolean | Kind::Enum) => Some(raw.to_owned()),
            b'{' if kind == Kind::Object => Some(raw.to_owned()),
            _ => None,
        }
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// No exponent: nobody documents one in a request.
pub(crate) fn is_decimal(text: &str) -> bool {
    match text.split_once('.') {
        Some((whole, fraction)) => {
            is_integer(whole) && !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
        }
        None => is_integer(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_digits() {
        for good in ["0", "-1", "10", "123456789012345678901234567890"] {
            assert!(is_integer(good), "{good}");
            assert!(is_decimal(good), "{good}");
        }
        for good in ["0.10", "-1.5"] {
            assert!(is_decimal(good), "{good}");
            assert!(!is_integer(good), "{good}");
        }
        for bad in ["", "-", "+1", ".5", "5.", "1e3", "1_0", "0x1", "NaN", "1.2.3", " 1"] {
            assert!(!is_integer(bad), "{bad}");
            assert!(!is_decimal(bad), "{bad}");
        }
    }
}
