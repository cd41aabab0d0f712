//! A request that no type exists for (yet), through the same signing and budget.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::params::{Param, Params, Place, Style, Value};
use super::{Endpoint, FieldInfo, Request, Source, Spec};
use crate::error::Invalid;
use crate::venue::Venue;

/// A request to any path.
///
/// Its answer is the whole body as JSON text; an error in the venue's envelope is still an error. A raw
/// request never repeats by itself unless it is a `GET`.
///
/// ```
/// # use venue_core::Raw;
/// # fn of<V: venue_core::Venue>() -> Raw<V> {
/// Raw::post("/api/v9/new-thing").signed().param("symbol", "BTCUSD").number("size", "1.50")
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Raw<V> {
    spec: Spec,
    path: String,
    params: Vec<Param<'static>>,
    venue: PhantomData<fn() -> V>,
}

impl<V: Venue> Raw<V> {
    fn new(spec: Spec, path: impl Into<String>) -> Self {
        Self { spec: spec.bare(), path: path.into(), params: Vec::new(), venue: PhantomData }
    }

    /// A `GET` with its parameters in the query string.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Spec::get(""), path)
    }

    /// A `POST` with its parameters in a JSON body; see [`form`](Self::form) and [`query`](Self::query).
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Spec::post(""), path)
    }

    /// A `PUT` with its parameters in a JSON body.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Spec::put(""), path)
    }

    /// A `DELETE` with its parameters in the query string.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Spec::delete(""), path)
    }

    /// Signs it.
    pub fn signed(mut self) -> Self {
        self.spec = self.spec.signed();
        self
    }

    /// Sends the key, without a signature.
    pub fn keyed(mut self) -> Self {
        self.spec = self.spec.keyed();
        self
    }

    /// Parameters go into a form body.
    pub fn form(mut self) -> Self {
        self.spec = self.spec.form();
        self
    }

    /// Parameters go into the query string.
    pub fn query(mut self) -> Self {
        self.spec = self.spec.query();
        self
    }

    /// Parameters go into a JSON body.
    pub fn json(mut self) -> Self {
        self.spec = self.spec.json();
        self
    }

    /// Adds a parameter, quoted in JSON.
    pub fn param(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.push(name, Value::Text(Cow::Owned(value.into())), Style::Text, Place::Default)
    }

    /// Adds a parameter whose digits are written bare in JSON.
    pub fn number(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.push(name, Value::Text(Cow::Owned(value.into())), Style::Number, Place::Default)
    }

    /// Adds a parameter to the query string, whatever the others do.
    pub fn in_query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.push(name, Value::Text(Cow::Owned(value.into())), Style::Text, Place::Query)
    }

    /// Adds parameters that are there already.
    pub fn params(mut self, params: impl IntoIterator<Item = Param<'static>>) -> Self {
        self.params.extend(params);
        self
    }

    fn push(mut self, name: impl Into<String>, value: Value<'static>, style: Style, place: Place) -> Self {
        self.params.push(Param { name: Cow::Owned(name.into()), value, style, place });
        self
    }
}

impl<V: Venue + Clone> Request for Raw<V> {
    const NAME: &'static str = "Raw";
    const DOC: &'static str = "A request to any path.";

    fn params<'a>(&'a self, out: &mut Params<'a>) {
        for param in &self.params {
            out.push_param(param.clone());
        }
    }

    fn take_from(_: &mut Source<'_>) -> Result<Self, Invalid> {
        Err(Invalid::new("a raw request is built with its path"))
    }

    fn describe(_: &mut Vec<FieldInfo>) {}
}

impl<V: Venue + Clone> Endpoint for Raw<V> {
    type Venue = V;
    type Response = RawJson;
    const SPEC: Spec = Spec::get("").bare();

    fn spec(&self) -> Spec {
        self.spec
    }

    fn path(&self) -> &str {
        &self.path
    }
}

/// JSON text as the venue sent it.
#[derive(Clone, PartialEq, Eq)]
pub struct RawJson(String);

impl RawJson {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for RawJson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::text::clip(&self.0, 200))
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Box::<RawValue>::deserialize(deserializer)?.get().to_owned()))
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}
