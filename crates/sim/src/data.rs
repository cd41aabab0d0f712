//! The venues' documentation, transcribed: what the simulation verifies and answers.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::error::SimError;
use crate::json;
use crate::which::Which;

const fn text(which: Which) -> &'static str {
    match which {
        Which::HashKey => include_str!("../data/hashkey.json"),
        Which::BitMart => include_str!("../data/bitmart.json"),
        Which::WexSpot => include_str!("../data/wex-spot.json"),
        Which::WexFutures => include_str!("../data/wex-futures.json"),
        Which::Hibt => include_str!("../data/hibt.json"),
        Which::Pumpkin => include_str!("../data/pumpkin.json"),
    }
}

/// One venue's documentation.
#[derive(Debug, Default, Deserialize)]
pub struct Catalog {
    /// Display name.
    pub title: String,
    /// Where the venue lives.
    pub hosts: Hosts,
    /// Every documented endpoint.
    pub endpoints: Vec<Endpoint>,
    /// Endpoints that the documentation uses without describing them.
    #[serde(default)]
    pub extra_endpoints: Vec<Endpoint>,
    /// Every documented error.
    pub errors: Vec<ErrorRow>,
}

impl Catalog {
    /// Reads what is embedded for this venue.
    ///
    /// # Errors
    /// [`SimError::Data`] when the embedded text is malformed.
    pub fn load(which: Which) -> Result<Self, SimError> {
        serde_json::from_str(text(which)).map_err(|source| SimError::Data { which, source })
    }

    /// Every endpoint that is served: the documented ones, then the others.
    pub fn served(&self) -> impl Iterator<Item = &Endpoint> {
        self.endpoints.iter().chain(&self.extra_endpoints)
    }
}

/// Production hosts of a venue, the default first.
#[derive(Debug, Default, Deserialize)]
pub struct Hosts {
    /// REST bases, with a path prefix where there is one.
    pub rest: Vec<Host>,
    /// Public `WebSocket` addresses.
    #[serde(default)]
    pub ws_public: Vec<Host>,
    /// Private `WebSocket` addresses.
    #[serde(default)]
    pub ws_private: Vec<Host>,
}

impl Hosts {
    /// The products that have a host of their own besides the first.
    pub(crate) fn other_products(&self) -> impl Iterator<Item = &str> {
        let first = self.rest.first().and_then(|host| host.product.as_deref());
        let named = self.rest.iter().filter_map(|host| host.product.as_deref());
        named.filter(move |product| Some(*product) != first)
    }
}

/// An address, alone or with the environment or product it serves.
#[derive(Debug, Clone)]
pub struct Host {
    /// The whole URL.
    pub url: String,
    /// The product that it serves, where a venue has one host for each.
    pub product: Option<String>,
}

impl Host {
    /// What follows scheme and host: empty, or a path with a leading slash, up to a placeholder.
    #[must_use]
    pub fn path(&self) -> &str {
        let rest = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
        let path = path.split_once("/{").map_or(path, |(before, _)| before);
        path.trim_end_matches('/')
    }
}

impl<'de> Deserialize<'de> for Host {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Named {
            url: String,
            #[serde(default)]
            product: Option<String>,
        }
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        // A string stands alone; anything else must be the object form.
        serde_json::from_str::<String>(raw.get())
            .map(|url| Self { url, product: None })
            .or_else(|_| {
                let Named { url, product } = serde_json::from_str(raw.get())?;
                Ok(Self { url, product })
            })
            .map_err(|error: serde_json::Error| serde::de::Error::custom(error))
    }
}

/// One verb on one path.
#[derive(Debug, Deserialize)]
pub struct Endpoint {
    /// A short name, unique in its venue.
    pub id: String,
    /// The chapter of the documentation.
    #[serde(default)]
    pub section: String,
    /// The verb, upper case.
    pub method: String,
    /// The documented path, `{name}` where a parameter goes.
    pub path: String,
    /// What the venue demands before it answers.
    pub auth: Auth,
    /// Where the parameters go.
    pub placement: Placement,
    /// The documented parameters, without what signing adds.
    pub params: Vec<Param>,
    /// The documented budgets.
    pub limits: Vec<Limit>,
    /// The documented answer, compact, every digit as documented.
    #[serde(deserialize_with = "compact")]
    pub example: String,
}

fn compact<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Box::<RawValue>::deserialize(deserializer).map(|raw| json::compact(raw.get()))
}

/// What an endpoint demands of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Auth {
    /// Nothing.
    None,
    /// A known key.
    Key,
    /// A known key and a signature.
    Signed,
}

/// Where an endpoint's own parameters go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Placement {
    /// There are none.
    None,
    /// In the query.
    Query,
    /// In a form body.
    Form,
    /// In a JSON object.
    Json,
    /// The body is a bare JSON array.
    JsonArray,
    /// Query parameters beside a bare JSON array.
    #[serde(rename = "query+json-array")]
    QueryJsonArray,
}

/// One documented parameter.
#[derive(Debug, Deserialize)]
pub struct Param {
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    #[serde(rename = "in")]
    pub place: Place,
    /// Whether the documentation demands it in every case.
    pub required: bool,
    /// What its value looks like.
    pub kind: Kind,
    /// The documented values of an enum, as wire text.
    #[serde(default)]
    pub values: Vec<String>,
    /// How an array is written where it isn't JSON's own.
    #[serde(default)]
    pub encoding: Option<Encoding>,
    /// Longest documented text, in characters.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// A required parameter that may be empty.
    #[serde(default)]
    pub allow_empty: bool,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In the body, form or JSON.
    Body,
    /// In each element of the array.
    Item,
}

/// What a parameter's value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number, perhaps with a fraction.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// One of the listed values.
    Enum,
    /// A list.
    Array,
    /// A JSON object.
    Object,
}

/// How an array is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// Elements joined by commas.
    Comma,
    /// JSON inside of the text.
    Json,
}

/// One documented budget.
#[derive(Debug, Clone, Deserialize)]
pub struct Limit {
    /// Requests, or weight, per window.
    pub count: u64,
    /// The window's length.
    pub window_ms: u64,
    /// What is counted: `ip`, `key` or `uid`.
    pub per: String,
    /// How much of it one request takes.
    #[serde(default = "one")]
    pub weight: u32,
    /// The documentation doesn't say; the number is our own, careful choice.
    #[serde(default)]
    pub assumed: bool,
    /// What else there is to say, such as what shares it.
    #[serde(default)]
    pub note: Option<String>,
}

const fn one() -> u32 {
    1
}

/// One documented error.
#[derive(Debug, Clone, Deserialize)]
pub struct ErrorRow {
    /// The code, as documented.
    pub code: String,
    /// The documented HTTP status.
    pub http: Option<u16>,
    /// The documented text.
    pub message: String,
}
