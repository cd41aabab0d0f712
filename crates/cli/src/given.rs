//! `PARAMS_JSON`: parameters by the venue's own names, in their own order, digits as written.

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use venue_core::{FieldInfo, Invalid, Param, Place, Placement, Source, Style};

/// The members of a JSON object in their order, each as its JSON text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Members(pub(crate) Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Members;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object, or the array of a batch")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members: Vec<(String, Box<RawValue>)> = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if members.iter().any(|(known, _)| *known == name) {
                        return Err(A::Error::custom(format_args!("{name} is given twice")));
                    }
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Any)
    }
}

/// What was given as parameters.
#[derive(Debug, Clone)]
pub(crate) enum Given {
    /// By name.
    Named(Members),
    /// The bare array of a batch.
    List(Box<RawValue>),
}

impl Given {
    pub(crate) fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = |error: serde_json::Error| Invalid::new(format!("PARAMS_JSON: {error}"));
        if text.trim_ascii_start().starts_with('[') {
            return serde_json::from_str(text).map(Self::List).map_err(wrong);
        }
        serde_json::from_str(text).map(Self::Named).map_err(wrong)
    }

    /// The parameters by name, as a request with these fields takes them.
    pub(crate) fn named(&self, placement: Placement, fields: &[FieldInfo]) -> Result<Members, Invalid> {
        let is_known = |name: &str| fields.iter().any(|field| field.name == name);
        // The list that is the body has no name on the wire.
        let list = || {
            let required = fields.iter().find(|field| field.required).map(|field| field.name);
            if is_known(LIST) { Some(LIST) } else { required }
        };
        match (self, placement) {
            (Self::List(raw), Placement::JsonArray) => {
                let name = list().ok_or_else(|| Invalid::new("this request takes no list"))?;
                Ok(Members(vec![(name.to_owned(), raw.clone())]))
            }
            (Self::List(_), _) => {
                Err(Invalid::new("this request takes an object of parameters, not an array"))
            }
            (Self::Named(members), Placement::JsonArray) if !is_known(LIST) => {
                let mut members = members.clone();
                let place = members.0.iter_mut().find(|(name, _)| name == LIST);
                if let (Some((name, _)), Some(known)) = (place, list()) {
                    known.clone_into(name);
                }
                Ok(members)
            }
            (Self::Named(members), _) => Ok(members.clone()),
        }
    }

    /// The parameters of a request that no type has.
    pub(crate) fn untyped(&self) -> Result<Vec<Param<'static>>, Invalid> {
        match self {
            Self::Named(members) => members.params(),
            Self::List(raw) => {
                let params = Source::of_list(LIST, raw.get()).rest();
                let body = |param| Param { style: Style::Body, place: Place::Body, ..param };
                Ok(params.into_iter().map(body).collect())
            }
        }
    }

    /// The names, in their order.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Named(members) => members.names(),
            Self::List(_) => Vec::new(),
        }
    }

    pub(crate) fn members_mut(&mut self) -> Option<&mut Members> {
        match self {
            Self::Named(members) => Some(members),
            Self::List(_) => None,
        }
    }
}

/// The name under which a batch's orders are given where the wire has none.
const LIST: &str = "orders";

impl Members {
    pub(crate) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Takes a member out.
    pub(crate) fn remove(&mut self, name: &str) -> Option<Box<RawValue>> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    /// The members as one JSON object.
    pub(crate) fn text(&self) -> String {
        let mut out = String::from("{");
        for (index, (name, raw)) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            // Writing a text as JSON can't fail.
            out.push_str(&serde_json::to_string(name).unwrap_or_default());
            out.push(':');
            out.push_str(raw.get());
        }
        out.push('}');
        out
    }

    /// The members as parameters, digits as written.
    pub(crate) fn params(&self) -> Result<Vec<Param<'static>>, Invalid> {
        Ok(Source::parse(&self.text())?.rest())
    }

    /// Turns a text into the list that a field wants: `"1,2"` into `["1","2"]`.
    ///
    /// Answers whether there was something to turn.
    pub(crate) fn split_list(&mut self, refused: &Invalid) -> bool {
        let refused = refused.to_string();
        let wanted = |name: &str| refused.strip_prefix(name).is_some_and(|rest| rest == ": expected a list");
        let Some((_, raw)) = self.0.iter_mut().find(|(name, _)| wanted(name)) else { return false };
        let Ok(venue_core::wire::Token::Text(text) | venue_core::wire::Token::Number(text)) =
            venue_core::wire::Token::from_json(raw.get())
        else {
            return false;
        };
        let pieces: Vec<&str> = text.split(',').map(str::trim).collect();
        let Ok(list) = serde_json::value::to_raw_value(&pieces) else { return false };
        *raw = list;
        true
    }

    /// The members' names of each object in each list: the order in which they are sent.
    pub(crate) fn inner_names(&self) -> Vec<(String, Vec<Vec<String>>)> {
        let lists = self.0.iter().filter_map(|(name, raw)| {
            let rows: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
            let names = |row: &&RawValue| {
                let members: Members = serde_json::from_str(row.get()).unwrap_or_default();
                members.0.into_iter().map(|(name, _)| name).collect()
            };
            Some((name.clone(), rows.iter().map(names).collect()))
        });
        lists.collect()
    }
}
