//! Requests by name: every one of a venue can be listed, built from JSON, sealed, sent and decoded.

use std::fmt;

use http::HeaderMap;
use serde::Serialize;

use super::Endpoint;
use super::build::Source;
use super::params::Params;
use super::request::FieldInfo;
use super::spec::{Costs, Spec};
use crate::client::open::Slot;
use crate::client::pipeline::{open_reply, status_of};
use crate::error::{Error, Invalid};
use crate::http::Reply;
use crate::venue::{Draft, Venue};
use crate::wire::{BadRow, ClientOrderId, audited};

/// A request type of a venue, by name.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Operation {
    /// The type's name.
    pub name: &'static str,
    /// The type's documentation.
    pub doc: &'static str,
    /// Its specification.
    pub spec: Spec,
    build: fn(&mut Source<'_>) -> Result<Box<dyn AnyRequest>, Invalid>,
    describe: fn(&mut Vec<FieldInfo>),
    decode: fn(&dyn Venue, &Reply) -> Decoded,
}

impl Operation {
    /// The operation of a request type.
    #[must_use]
    pub const fn of<E: Endpoint>() -> Self {
        Self {
            name: E::NAME,
            doc: E::DOC,
            spec: E::SPEC,
            build: |source| E::take_from(source).map(|request| Box::new(request) as Box<dyn AnyRequest>),
            describe: E::describe,
            decode: decode::<E>,
        }
    }

    /// The first sentence of the documentation.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.doc.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim()
    }

    /// Builds the request from a JSON object of the venue's own parameter names.
    ///
    /// # Errors
    /// When a required parameter is missing, or one does not read. What it doesn't know stays in `source`.
    pub fn build(&self, source: &mut Source<'_>) -> Result<Box<dyn AnyRequest>, Invalid> {
        (self.build)(source)
    }

    /// The parameters.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldInfo> {
        let mut fields = Vec::new();
        (self.describe)(&mut fields);
        fields
    }

    /// Decodes an answer by the client's own path, and says what it left unread.
    #[must_use]
    pub fn decode(&self, venue: &dyn Venue, reply: &Reply) -> Decoded {
        (self.decode)(venue, reply)
    }

    /// Decodes a body that came with this status.
    #[must_use]
    pub fn decode_body(&self, venue: &dyn Venue, status: u16, body: impl Into<bytes::Bytes>) -> Decoded {
        self.decode(venue, &Reply::new(status_of(status), HeaderMap::new(), body.into()))
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.name, self.spec)
    }
}

fn decode<E: Endpoint>(venue: &dyn Venue, reply: &Reply) -> Decoded {
    let draft = Draft::new(E::SPEC, E::SPEC.path, Params::new());
    let mut slot = Slot::<E::Response>(None);
    let (opened, audit) = audited(|| open_reply(venue, &draft, reply, &mut slot));
    let opened = opened.and_then(|()| slot.0.as_ref().map_or(Ok(()), E::verify));
    let error = match opened {
        Ok(()) => None,
        Err(error) => Some(error.at(venue.id(), E::NAME).with_status(reply.status.as_u16())),
    };
    let value = slot.0.filter(|_| error.is_none()).and_then(|value| serde_json::to_string(&value).ok());
    let status = Some(reply.status.as_u16());
    Decoded { value, unmapped: audit.unmapped, bad_rows: audit.bad_rows, error, status }
}

/// A decoded answer without its type.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Decoded {
    /// The typed value, written as JSON again.
    #[serde(skip)]
    pub value: Option<String>,
    /// Keys that no type maps.
    pub unmapped: Vec<String>,
    /// Rows that did not read.
    pub bad_rows: Vec<BadRow>,
    /// Why there is no value.
    pub error: Option<Error>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
}

impl Decoded {
    pub(crate) fn failed(error: Error) -> Self {
        let status = error.status();
        Self { value: None, unmapped: Vec::new(), bad_rows: Vec::new(), error: Some(error), status }
    }
}

/// A request without its type.
pub trait AnyRequest: fmt::Debug + Send + Sync {
    /// The type's name.
    fn name(&self) -> &'static str;
    /// Its specification.
    fn spec(&self) -> Spec;
    /// Its path template.
    fn path(&self) -> &str;
    /// Its parameters.
    fn params(&self) -> Params<'_>;
    /// What it costs.
    fn costs(&self) -> Costs;
    /// Checks the documented rules.
    ///
    /// # Errors
    /// The first that is broken.
    fn check(&self) -> Result<(), Invalid>;
    /// Shows every slot for a client order id.
    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>));
}

impl<E: Endpoint> AnyRequest for E {
    fn name(&self) -> &'static str {
        E::NAME
    }

    fn spec(&self) -> Spec {
        Endpoint::spec(self)
    }

    fn path(&self) -> &str {
        Endpoint::path(self)
    }

    fn params(&self) -> Params<'_> {
        let mut params = Params::new();
        E::params(self, &mut params);
        params
    }

    fn costs(&self) -> Costs {
        Endpoint::costs(self)
    }

    fn check(&self) -> Result<(), Invalid> {
        Endpoint::check(self)
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        Endpoint::client_order_ids(self, slot);
    }
}
