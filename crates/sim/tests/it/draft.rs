//! Requests made from a documented endpoint: values by kind, nothing signed yet.

use venue_sim::data::{Encoding, Endpoint, Kind, Param, Place, Placement};

/// A parameter's value, as text for queries and forms and as a token for JSON.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) json: String,
}

/// An unsigned request.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, Value)>,
    /// Form or object members.
    pub(crate) body: Vec<(String, Value)>,
    /// A bare array.
    pub(crate) array: Option<String>,
    pub(crate) placement: Placement,
}

/// What to do with one parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change<'a> {
    None,
    LeaveOut(&'a str, Place),
    Empty(&'a str, Place),
    Spoil(&'a str, Place),
}

/// Builds a request with the required parameters, or with all of them.
pub(crate) fn draft(endpoint: &Endpoint, all: bool, change: Change<'_>) -> Draft {
    let mut path = endpoint.path.clone();
    let (mut query, mut body) = (Vec::new(), Vec::new());
    let wanted = |param: &&Param| {
        let named =
            matches!(change, Change::Spoil(name, place) if name == param.name && place == param.place);
        (all || param.required || named) && change != Change::LeaveOut(&param.name, param.place)
    };
    let element = || {
        let members: Vec<String> = endpoint
            .params
            .iter()
            .filter(|param| param.place == Place::Item)
            .filter(wanted)
            .map(|param| format!("\"{}\":{}", param.name, changed(param, change, None).json))
            .collect();
        if endpoint.params.iter().any(|param| param.place == Place::Item) {
            format!("[{{{}}}]", members.join(","))
        } else {
            "[\"1\",\"2\"]".to_owned()
        }
    };
    for param in endpoint.params.iter().filter(wanted) {
        let value = changed(param, change, Some(&element()));
        match param.place {
            Place::Path => path = path.replace(&format!("{{{}}}", param.name), &value.text),
            Place::Query => query.push((param.name.clone(), value)),
            Place::Body => body.push((param.name.clone(), value)),
            Place::Item => {}
        }
    }
    let bare = matches!(endpoint.placement, Placement::JsonArray | Placement::QueryJsonArray);
    let array = bare.then(element);
    Draft { method: endpoint.method.clone(), path, query, body, array, placement: endpoint.placement }
}

fn changed(param: &Param, change: Change<'_>, elements: Option<&str>) -> Value {
    match change {
        Change::Empty(name, place) if name == param.name && place == param.place => text(""),
        Change::Spoil(name, place) if name == param.name && place == param.place => text("not!this"),
        _ => value(param, elements),
    }
}

fn text(text: &str) -> Value {
    Value { text: text.to_owned(), json: format!("\"{text}\"") }
}

fn value(param: &Param, elements: Option<&str>) -> Value {
    match param.kind {
        Kind::String => text("btc1"),
        // A window of a millisecond would be over before the request arrives.
        Kind::Integer if param.name == "recvWindow" => Value { text: "5000".into(), json: "5000".into() },
        Kind::Integer => Value { text: "1".into(), json: "1".into() },
        Kind::Decimal => text("1.50"),
        Kind::Boolean => Value { text: "true".into(), json: "true".into() },
        Kind::Enum => text(&param.values[0]),
        Kind::Object => Value { text: "{}".into(), json: "{}".into() },
        Kind::Array => match param.encoding {
            Some(Encoding::Comma) => text("one,two"),
            Some(Encoding::Json) | None => {
                let elements = elements.unwrap_or("[1]");
                Value { text: elements.to_owned(), json: elements.to_owned() }
            }
        },
    }
}
