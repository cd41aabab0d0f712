//! What is known of an endpoint, as data.

use std::fmt;
use std::ops::Deref;

use http::Method;
use serde::Serialize;
use smallvec::SmallVec;

use crate::budget::Limit;

/// Who may call an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Auth {
    /// Anybody; no header is sent.
    None,
    /// Who has a key; it is sent, nothing is signed.
    Key,
    /// Who can sign.
    Signed,
}

/// Where an endpoint's parameters go, unless a parameter says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Placement {
    /// Into the query string.
    Query,
    /// Into a form-encoded body.
    Form,
    /// Into a JSON object in the body.
    Json,
    /// The one list parameter is the body, as a bare JSON array; all others go into the query string.
    JsonArray,
}

/// Whether a request may be repeated by the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Replay {
    /// Repeating changes nothing: reads, and cancelling one order by its id.
    Safe,
    /// The venue documents an id in the request that makes it count once, for good.
    Idempotent,
    /// Only repeated when it certainly was not executed: after `NotSent`, or after a rate limit or
    /// timestamp refusal that the venue documents as not executed.
    Never,
}

/// What a key must be allowed to do, where the venue says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// Reading.
    Read,
    /// Placing and cancelling orders.
    Trade,
    /// Moving funds between own accounts.
    Transfer,
    /// Moving funds out.
    Withdraw,
}

/// How a success is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// The payload is under a key of the venue's envelope.
    Enveloped,
    /// The whole body is the payload; a status key in it is still heeded.
    Bare,
    /// Enveloped when there is a status key, else bare.
    Either,
}

/// So much of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cost {
    /// The limit that is drawn on.
    pub limit: &'static Limit,
    /// How much of it one call takes.
    pub weight: u32,
}

impl Cost {
    /// So much of this limit.
    #[must_use]
    pub const fn new(limit: &'static Limit, weight: u32) -> Self {
        Self { limit, weight }
    }
}

/// Most limits that one endpoint draws on.
const MAX_COSTS: usize = 4;

/// All that one call draws on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Costs(SmallVec<[Cost; MAX_COSTS]>);

impl Deref for Costs {
    type Target = [Cost];

    fn deref(&self) -> &[Cost] {
        &self.0
    }
}

impl FromIterator<Cost> for Costs {
    fn from_iter<I: IntoIterator<Item = Cost>>(costs: I) -> Self {
        Self(costs.into_iter().collect())
    }
}

/// Verb, path, placement, auth, cost, replay and shape of an endpoint: the one place where they are said.
///
/// ```
/// use venue_core::{Spec, budget::{Limit, Scope}};
///
/// static ORDERS: Limit = Limit::new("orders", 24, 2_000, Scope::Key);
/// const SPEC: Spec = Spec::post("/orders/{id}").json().signed().cost(&ORDERS, 1);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spec {
    /// The verb, by name.
    verb: &'static str,
    /// The path; `{name}` is filled from the parameter of that name.
    pub path: &'static str,
    /// Where the parameters go.
    pub placement: Placement,
    /// Who may call.
    pub auth: Auth,
    /// Whether the library may repeat it.
    pub replay: Replay,
    /// How a success is wrapped.
    pub shape: Shape,
    /// What the key must be allowed to do, where documented.
    pub permission: Option<Permission>,
    /// Cancels or closes everything in its reach: only ever chosen by its name.
    pub sweeping: bool,
    /// Goes before others that wait for the same budget, and may use what is kept in reserve: cancels.
    pub urgent: bool,
    /// The chapter of the venue's documentation.
    pub section: &'static str,
    costs: [Option<Cost>; MAX_COSTS],
}

impl Spec {
    const fn new(verb: &'static str, path: &'static str, placement: Placement, replay: Replay) -> Self {
        Self {
            verb,
            path,
            placement,
            auth: Auth::None,
            replay,
            shape: Shape::Enveloped,
            permission: None,
            sweeping: false,
            urgent: false,
            section: "",
            costs: [None; MAX_COSTS],
        }
    }

    /// A read with its parameters in the query string; may be repeated.
    #[must_use]
    pub const fn get(path: &'static str) -> Self {
        Self::new("GET", path, Placement::Query, Replay::Safe)
    }

    /// A write with its parameters in a JSON object; never repeated unless said otherwise.
    #[must_use]
    pub const fn post(path: &'static str) -> Self {
        Self::new("POST", path, Placement::Json, Replay::Never)
    }

    /// As [`post`](Self::post), with the verb `PUT`.
    #[must_use]
    pub const fn put(path: &'static str) -> Self {
        Self::new("PUT", path, Placement::Json, Replay::Never)
    }

    /// A removal with its parameters in the query string; never repeated unless said otherwise.
    #[must_use]
    pub const fn delete(path: &'static str) -> Self {
        Self::new("DELETE", path, Placement::Query, Replay::Never)
    }

    /// Parameters go into the query string.
    #[must_use]
    pub const fn query(mut self) -> Self {
        self.placement = Placement::Query;
        self
    }

    /// Parameters go into a form-encoded body.
    #[must_use]
    pub const fn form(mut self) -> Self {
        self.placement = Placement::Form;
        self
    }

    /// Parameters go into a JSON object in the body.
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.placement = Placement::Json;
        self
    }

    /// The list parameter is the body, as a bare JSON array; the others go into the query string.
    #[must_use]
    pub const fn json_array(mut self) -> Self {
        self.placement = Placement::JsonArray;
        self
    }

    /// The key is sent, nothing is signed.
    #[must_use]
    pub const fn keyed(mut self) -> Self {
        self.auth = Auth::Key;
        self
    }

    /// The request is signed.
    #[must_use]
    pub const fn signed(mut self) -> Self {
        self.auth = Auth::Signed;
        self
    }

    /// May be repeated: a read by another verb, or a cancel of one order by its id.
    #[must_use]
    pub const fn safe(mut self) -> Self {
        self.replay = Replay::Safe;
        self
    }

    /// Counts once for good by an id in the request, as the venue documents.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.replay = Replay::Idempotent;
        self
    }

    /// Never repeated: a `GET` that changes something.
    #[must_use]
    pub const fn never(mut self) -> Self {
        self.replay = Replay::Never;
        self
    }

    /// The whole body is the payload.
    #[must_use]
    pub const fn bare(mut self) -> Self {
        self.shape = Shape::Bare;
        self
    }

    /// The payload comes with or without the envelope.
    #[must_use]
    pub const fn either(mut self) -> Self {
        self.shape = Shape::Either;
        self
    }

    /// Cancels or closes everything in its reach.
    #[must_use]
    pub const fn sweeping(mut self) -> Self {
        self.sweeping = true;
        self
    }

    /// Goes before others that wait for the same budget: a cancel.
    #[must_use]
    pub const fn urgent(mut self) -> Self {
        self.urgent = true;
        self
    }

    /// What the key must be allowed to do.
    #[must_use]
    pub const fn permission(mut self, permission: Permission) -> Self {
        self.permission = Some(permission);
        self
    }

    /// The chapter of the venue's documentation.
    #[must_use]
    pub const fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// One more limit that a call draws on; four at most.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "bounded by the loop; a fifth cost fails the build, where consts are evaluated"
    )]
    pub const fn cost(mut self, limit: &'static Limit, weight: u32) -> Self {
        let mut slot = 0;
        while slot < MAX_COSTS && self.costs[slot].is_some() {
            slot += 1;
        }
        assert!(slot < MAX_COSTS, "an endpoint draws on at most four limits");
        self.costs[slot] = Some(Cost::new(limit, weight));
        self
    }

    /// The verb.
    #[must_use]
    pub fn method(&self) -> Method {
        match self.verb {
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            "DELETE" => Method::DELETE,
            _ => Method::GET,
        }
    }

    /// The verb's name.
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        self.verb
    }

    /// The limits that a call draws on.
    pub fn costs(&self) -> impl Iterator<Item = Cost> + use<> {
        self.costs.into_iter().flatten()
    }
}

impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({:?}, {:?}, {:?})", self.verb, self.path, self.auth, self.placement, self.replay)
    }
}
