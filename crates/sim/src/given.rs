//! The parameters of a request, wherever they stand.

use serde_json::value::RawValue;

use crate::data::{Endpoint, Place, Placement};
use crate::json::{self, Members};
use crate::refusal::{Refusal, Why};
use crate::request::{Received, decoded};
use crate::rules::Rules;

/// A parameter's value as it was given.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    /// In a path, query or form.
    Text(&'a str),
    /// In JSON: the raw token.
    Json(&'a str),
}

impl Value<'_> {
    /// As plain text, without quotes; `None` when it is empty.
    pub(crate) fn plain(self) -> Option<String> {
        let text = match self {
            Self::Text(text) => text.to_owned(),
            Self::Json(raw) if raw.starts_with('"') => serde_json::from_str(raw).ok()?,
            Self::Json(raw) => raw.to_owned(),
        };
        Some(text).filter(|text| !text.is_empty())
    }
}

#[derive(Debug)]
enum Body {
    None,
    Form(Vec<(String, String)>),
    Object(Members),
    Array(Vec<Box<RawValue>>),
}

/// All parameters of one request.
#[derive(Debug)]
pub(crate) struct Given {
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    body: Body,
    mixes: bool,
}

impl Given {
    /// Reads the parameters where this endpoint has them.
    pub(crate) fn read(
        rules: &Rules,
        endpoint: &Endpoint,
        request: &Received,
        path: Vec<(String, String)>,
    ) -> Result<Self, Refusal> {
        let body = if request.body.is_empty() {
            Body::None
        } else {
            let text = request.text().ok_or(Why::BodyMalformed)?;
            match endpoint.placement {
                Placement::None | Placement::Query if !rules.mixes => Body::None,
                Placement::Json if rules.forms && request.is_form() => Body::Form(decoded(text)),
                Placement::Json => Body::Object(json::object(text).ok_or(Why::BodyMalformed)?),
                Placement::JsonArray | Placement::QueryJsonArray => {
                    Body::Array(json::array(text).ok_or(Why::BodyMalformed)?)
                }
                Placement::None | Placement::Query | Placement::Form => Body::Form(decoded(text)),
            }
        };
        Ok(Self { path, query: decoded(&request.query), body, mixes: rules.mixes })
    }

    /// The parameters of one row of a list.
    pub(crate) fn row(members: Members) -> Self {
        Self { path: Vec::new(), query: Vec::new(), body: Body::Object(members), mixes: false }
    }

    /// The value of a parameter; `None` when it is absent or `null`.
    pub(crate) fn get(&self, place: Place, name: &str) -> Option<Value<'_>> {
        match place {
            Place::Path => text(&self.path, name),
            Place::Query if self.mixes => text(&self.query, name).or_else(|| self.in_body(name)),
            Place::Query => text(&self.query, name),
            Place::Body if self.mixes => self.in_body(name).or_else(|| text(&self.query, name)),
            Place::Body => self.in_body(name),
            Place::Item => None,
        }
    }

    /// A value as plain text, without quotes; `None` when it is absent or empty.
    pub(crate) fn plain(&self, place: Place, name: &str) -> Option<String> {
        self.get(place, name)?.plain()
    }

    /// The elements of a body that is a bare array.
    pub(crate) fn bare_array(&self) -> Option<&[Box<RawValue>]> {
        match &self.body {
            Body::Array(items) => Some(items),
            Body::None | Body::Form(_) | Body::Object(_) => None,
        }
    }

    fn in_body(&self, name: &str) -> Option<Value<'_>> {
        match &self.body {
            Body::Form(pairs) => text(pairs, name),
            Body::Object(members) => member(members, name),
            Body::None | Body::Array(_) => None,
        }
    }
}

fn text<'a>(pairs: &'a [(String, String)], name: &str) -> Option<Value<'a>> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| Value::Text(value))
}

/// A member of an object; `None` when it is absent or `null`.
pub(crate) fn member<'a>(members: &'a Members, name: &str) -> Option<Value<'a>> {
    members
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, raw)| raw.get())
        .filter(|raw| *raw != "null")
        .map(Value::Json)
}
