//! Errors that say what happened: what kind of thing went wrong, and what may have become of the request.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::client::Trail;
use crate::endpoint::{FieldInfo, Part};
use crate::wire::ClientOrderId;

/// What became of the request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Outcome {
    /// Nothing of it left this machine.
    NotSent,
    /// The venue says no: it was not executed.
    Rejected,
    /// It may have been executed. Look before you send it again.
    Unknown,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "not sent",
            Self::Rejected => "rejected",
            Self::Unknown => "outcome unknown",
        })
    }
}

/// What kind of thing went wrong, the same words for every venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub enum Kind {
    /// Key or signature are missing or wrong.
    Auth,
    /// The key may not do this, or not from this address.
    Permission,
    /// The timestamp is outside the venue's window: a matter of clocks.
    Timestamp,
    /// Too many requests.
    RateLimited,
    /// Address, key or account are shut out for a while.
    Banned,
    /// The request itself is wrong: a parameter, a format, a path.
    InvalidRequest,
    /// There is no such instrument, or it does not trade.
    UnknownSymbol,
    /// The instrument is not on this key's own list.
    SymbolNotAllowed,
    /// There is no such order, or it is done.
    UnknownOrder,
    /// The client order id was used before.
    DuplicateClientId,
    /// Balance, margin or position do not suffice.
    InsufficientFunds,
    /// A post-only order would have traded at once.
    WouldTake,
    /// The venue refused for a reason that no other kind names.
    Rejected,
    /// An error code that this version does not know.
    Unrecognized,
    /// The venue, or something in front of it, is not able to answer.
    Unavailable,
    /// The deadline passed.
    Timeout,
    /// The connection failed.
    Transport,
    /// The answer could not be read.
    Decode,
    /// The client is set up wrongly: credentials, hosts, certificates.
    Config,
}

/// A documented rule that a request breaks, found before the wire.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(String);

impl Invalid {
    /// A broken rule, in words that name the parameter.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Several parameters are given of which only one may be.
    #[must_use]
    pub fn only_one<P: Part>() -> Self {
        Self(format!("give only one of {}", names::<P>("").join(", ")))
    }

    /// A required parameter is missing.
    #[must_use]
    pub fn missing<P: Part>(name: &'static str) -> Self {
        match names::<P>(name).as_slice() {
            [one] => Self(format!("{one} is required")),
            several => Self(format!("one of {} is required", several.join(", "))),
        }
    }
}

fn names<P: Part>(name: &'static str) -> Vec<&'static str> {
    let mut fields: Vec<FieldInfo> = Vec::new();
    P::describe(name, true, &mut fields);
    fields.iter().map(|field| field.name).collect()
}

/// Everything that is known of a failure.
#[derive(Clone)]
pub struct Error(Box<Detail>);

#[derive(Clone)]
struct Detail {
    kind: Kind,
    outcome: Outcome,
    venue: &'static str,
    endpoint: &'static str,
    code: Option<String>,
    message: String,
    status: Option<u16>,
    retry_after: Option<Duration>,
    trace: Option<String>,
    client_order_ids: Vec<ClientOrderId>,
    body: Option<String>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    trail: Option<Trail>,
}

impl Error {
    /// An error of this kind and outcome, in these words.
    pub fn new(kind: Kind, outcome: Outcome, message: impl Into<String>) -> Self {
        Self(Box::new(Detail {
            kind,
            outcome,
            venue: "",
            endpoint: "",
            code: None,
            message: message.into(),
            status: None,
            retry_after: None,
            trace: None,
            client_order_ids: Vec::new(),
            body: None,
            source: None,
            trail: None,
        }))
    }

    /// The client is set up wrongly; nothing was sent.
    pub fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config, Outcome::NotSent, message)
    }

    /// A success that doesn't say what it should: whether "the order was cancelled", in these words.
    #[must_use]
    pub fn unsaid(what: &str) -> Self {
        Self::new(Kind::Decode, Outcome::Unknown, format!("the answer doesn't say whether {what}"))
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What became of the request.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The venue's id, empty before a request was made for one.
    #[must_use]
    pub fn venue(&self) -> &'static str {
        self.0.venue
    }

    /// The request's name.
    #[must_use]
    pub fn endpoint(&self) -> &'static str {
        self.0.endpoint
    }

    /// The venue's own code, as it wrote it.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The venue's words, or ours where it said nothing.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// How long the venue asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The venue's id of the request, for its support.
    #[must_use]
    pub fn trace(&self) -> Option<&str> {
        self.0.trace.as_deref()
    }

    /// The client order id under which the order can be looked up; the first of a batch.
    #[must_use]
    pub fn client_order_id(&self) -> Option<&ClientOrderId> {
        self.0.client_order_ids.first()
    }

    /// The client order ids of all orders of the request, in its order.
    #[must_use]
    pub fn client_order_ids(&self) -> &[ClientOrderId] {
        &self.0.client_order_ids
    }

    /// The beginning of the answer's body, with keys and signatures struck out.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// The same error, said of this venue's endpoint.
    #[must_use]
    pub fn at(mut self, venue: &'static str, endpoint: &'static str) -> Self {
        self.0.venue = venue;
        self.0.endpoint = endpoint;
        self
    }

    pub(crate) fn with_code(mut self, code: Option<String>) -> Self {
        self.0.code = code;
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    pub(crate) fn with_trace(mut self, trace: Option<String>) -> Self {
        self.0.trace = trace;
        self
    }

    pub(crate) fn with_client_order_ids(mut self, ids: Vec<ClientOrderId>) -> Self {
        self.0.client_order_ids = ids;
        self
    }

    pub(crate) fn with_body(mut self, body: String) -> Self {
        self.0.body = Some(body);
        self
    }

    pub(crate) fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    pub(crate) fn trail(&self) -> Option<&Trail> {
        self.0.trail.as_ref()
    }

    pub(crate) fn with_trail(mut self, trail: Option<Trail>) -> Self {
        self.0.trail = trail;
        self
    }

    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::new(Kind::InvalidRequest, Outcome::NotSent, invalid.0)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = &self.0;
        if !detail.venue.is_empty() {
            write!(f, "{} {}: ", detail.venue, detail.endpoint)?;
        }
        write!(f, "{}", detail.message)?;
        write!(f, " [{:?}, {}", detail.kind, detail.outcome)?;
        if let Some(code) = &detail.code {
            write!(f, ", code {code}")?;
        }
        if let Some(status) = detail.status {
            write!(f, ", HTTP {status}")?;
        }
        if let Some(wait) = detail.retry_after {
            write!(f, ", retry after {wait:?}")?;
        }
        if let Some(trace) = &detail.trace {
            write!(f, ", trace {trace}")?;
        }
        if let Some(id) = detail.client_order_ids.first() {
            write!(f, ", client order id {id}")?;
        }
        f.write_str("]")
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = &self.0;
        f.debug_struct("Error")
            .field("kind", &detail.kind)
            .field("outcome", &detail.outcome)
            .field("venue", &detail.venue)
            .field("endpoint", &detail.endpoint)
            .field("code", &detail.code)
            .field("message", &detail.message)
            .field("status", &detail.status)
            .field("retry_after", &detail.retry_after)
            .field("trace", &detail.trace)
            .field("client_order_ids", &detail.client_order_ids)
            .field("body", &detail.body)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let detail = &self.0;
        let mut out = serializer.serialize_struct("Error", 11)?;
        out.serialize_field("kind", &detail.kind)?;
        out.serialize_field("outcome", &detail.outcome)?;
        out.serialize_field("venue", &detail.venue)?;
        out.serialize_field("endpoint", &detail.endpoint)?;
        out.serialize_field("code", &detail.code)?;
        out.serialize_field("message", &detail.message)?;
        out.serialize_field("status", &detail.status)?;
        let wait = detail.retry_after.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
        out.serialize_field("retry_after_ms", &wait)?;
        out.serialize_field("trace", &detail.trace)?;
        out.serialize_field("client_order_ids", &detail.client_order_ids)?;
        out.serialize_field("body", &detail.body)?;
        out.end()
    }
}

/// One documented error code of a venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The code, as the venue writes it.
    pub code: &'static str,
    /// What it means.
    pub kind: Kind,
    /// What became of the request.
    pub outcome: Outcome,
    /// A code with several meanings has several rows; one that has this in its message (whatever the
    /// case) is this row. Empty: any message.
    pub when: &'static str,
    /// The venue's words.
    pub text: &'static str,
}

impl Code {
    /// A code by which the venue says no.
    #[must_use]
    pub const fn new(code: &'static str, kind: Kind, text: &'static str) -> Self {
        Self { code, kind, outcome: Outcome::Rejected, when: "", text }
    }

    /// The code leaves open whether the request was executed.
    #[must_use]
    pub const fn unknown(mut self) -> Self {
        self.outcome = Outcome::Unknown;
        self
    }

    /// Only when the message holds these words.
    #[must_use]
    pub const fn when(mut self, words: &'static str) -> Self {
        self.when = words;
        self
    }
}

/// What a bare HTTP status means at a venue that documents it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The status.
    pub status: u16,
    /// What it means.
    pub kind: Kind,
    /// What became of the request.
    pub outcome: Outcome,
    /// The venue's words.
    pub text: &'static str,
    /// How long the venue documents it to last, in seconds; 0 when it doesn't say.
    pub lasts_s: u64,
}

impl Status {
    /// A documented status.
    #[must_use]
    pub const fn new(status: u16, kind: Kind, outcome: Outcome, text: &'static str) -> Self {
        Self { status, kind, outcome, text, lasts_s: 0 }
    }

    /// It lasts so many seconds.
    #[must_use]
    pub const fn lasts(mut self, seconds: u64) -> Self {
        self.lasts_s = seconds;
        self
    }
}

/// A venue's error table.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Codes {
    /// Its codes, sorted by code; rows with `when` before the row without.
    pub codes: &'static [Code],
    /// Its documented HTTP statuses.
    pub statuses: &'static [Status],
}

impl Codes {
    /// A table of codes and statuses.
    #[must_use]
    pub const fn new(codes: &'static [Code], statuses: &'static [Status]) -> Self {
        Self { codes, statuses }
    }

    /// The row of a code, given the message that came with it.
    #[must_use]
    pub fn find(&self, code: &str, message: &str) -> Option<&'static Code> {
        let start = self.codes.partition_point(|row| row.code < code);
        let rows = self.codes.get(start..)?;
        let message = message.to_ascii_lowercase();
        rows.iter()
            .take_while(|row| row.code == code)
            .find(|row| row.when.is_empty() || message.contains(&row.when.to_ascii_lowercase()))
    }

    /// The error of a code that stands inside of a success: in a row of a batch, say.
    #[must_use]
    pub fn error(&self, code: &str, message: &str) -> Error {
        let row = self.find(code, message);
        let (kind, outcome) =
            row.map_or((Kind::Unrecognized, Outcome::Unknown), |row| (row.kind, row.outcome));
        let words =
            if message.is_empty() { row.map_or("refused without a word", |row| row.text) } else { message };
        Error::new(kind, outcome, words).with_code(Some(code.to_owned()))
    }

    /// The row of an HTTP status.
    #[must_use]
    pub fn status(&self, status: u16) -> Option<&'static Status> {
        self.statuses.iter().find(|row| row.status == status)
    }
}
