//! What goes over a connection, told apart by the venue.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::error::Error;
use crate::sign::Secret;

/// The content of a frame as it came.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Payload<'a> {
    /// A text frame, or a compressed one that has been opened.
    Text(&'a str),
    /// A binary frame.
    Binary(&'a [u8]),
}

impl<'a> Payload<'a> {
    /// The text.
    ///
    /// # Errors
    /// When the frame is binary.
    pub fn text(self) -> Result<&'a str, Unreadable> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Binary(_) => Err(Unreadable::new("a binary frame where text was expected")),
        }
    }

    /// Decodes the text as JSON; what an audit under way asks for is noted.
    ///
    /// # Errors
    /// When the frame is binary, or not such JSON.
    pub fn json<T: serde::de::DeserializeOwned>(self) -> Result<T, Unreadable> {
        Ok(crate::wire::reparse(self.text()?, "")?)
    }
}

/// Why a push could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl Unreadable {
    /// In these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// What is subscribed to: how it is asked for, and by what its pushes are known.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Topic {
    text: Arc<str>,
    route: Arc<str>,
    implied: bool,
}

impl Topic {
    /// A topic whose pushes carry the text that was subscribed.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self { route: Arc::clone(&text), text, implied: false }
    }

    /// Its pushes are known by something else. Two topics with the same route never share a connection,
    /// since their pushes couldn't be told apart.
    #[must_use]
    pub fn routed(mut self, route: impl Into<Arc<str>>) -> Self {
        self.route = route.into();
        self
    }

    /// Pushed without being asked for, to whoever is connected.
    pub fn implied(route: impl Into<Arc<str>>) -> Self {
        Self { implied: true, ..Self::new(route) }
    }

    /// How it is asked for; what that means is the venue's matter.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// By what its pushes are known.
    #[must_use]
    pub fn route(&self) -> &str {
        &self.route
    }

    pub(super) fn shared_route(&self) -> Arc<str> {
        Arc::clone(&self.route)
    }

    /// Whether it needs no request.
    #[must_use]
    pub fn is_implied(&self) -> bool {
        self.implied
    }
}

impl fmt::Debug for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Topic({})", self.text)
    }
}

/// What a request to the venue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Subscribes.
    Subscribe,
    /// Unsubscribes.
    Unsubscribe,
    /// Asks for one push now, where the venue knows such a thing.
    Request,
}

/// A request that a venue writes as a frame.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Command<'a> {
    /// What to do.
    pub verb: Verb,
    /// With which topics; at least one.
    pub topics: &'a [&'a Topic],
    /// The request's number on this connection, from 1.
    pub id: u64,
    /// The listen key, on a line that is entered with one.
    pub key: Option<&'a Secret>,
}

impl<'a> Command<'a> {
    /// The first request on a connection, with these topics.
    #[must_use]
    pub const fn new(verb: Verb, topics: &'a [&'a Topic]) -> Self {
        Self { verb, topics, id: 1, key: None }
    }

    /// The request of this number.
    #[must_use]
    pub const fn id(mut self, id: u64) -> Self {
        self.id = id;
        self
    }

    /// With this listen key.
    #[must_use]
    pub const fn key(mut self, key: &'a Secret) -> Self {
        self.key = Some(key);
        self
    }
}

/// Whose answer a frame is, as far as it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer<'a> {
    /// To what kind of request.
    pub verb: Option<Verb>,
    /// To which request.
    pub id: Option<u64>,
    /// About which topic: its text or its route.
    pub topic: Option<Cow<'a, str>>,
    /// It may be about any of the open requests, whatever `topic` says for a reader.
    pub vague: bool,
}

impl<'a> Answer<'a> {
    /// An answer that says nothing about itself.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// To a request of this kind.
    #[must_use]
    pub fn to(mut self, verb: Verb) -> Self {
        self.verb = Some(verb);
        self
    }

    /// To the request of this number.
    #[must_use]
    pub fn id(mut self, id: Option<u64>) -> Self {
        self.id = id;
        self
    }

    /// About this topic.
    #[must_use]
    pub fn topic(mut self, topic: impl Into<Cow<'a, str>>) -> Self {
        self.topic = Some(topic.into());
        self
    }

    /// About any of the open requests: all that wait for an answer are then asked for again, one after the
    /// other, so that the next refusal has only one meaning.
    #[must_use]
    pub fn vague(mut self) -> Self {
        self.vague = true;
        self
    }
}

/// A frame, told apart.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Frame<'a> {
    /// A push.
    Data(Routes<'a>),
    /// A request was taken.
    Ack(Answer<'a>),
    /// A request was refused.
    Nack(Answer<'a>, Error),
    /// The login was taken.
    LoggedIn,
    /// The login was refused.
    LoginRefused(Error),
    /// The venue wants to be answered with this text, or asks without wanting one.
    Ping(Option<String>),
    /// The answer to a ping.
    Pong,
    /// Something else that the venue says, by its name.
    Event(Cow<'a, str>),
    /// Nothing that is known.
    Unknown,
}

/// By what a push is known; one that carries several things is known by each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Routes<'a> {
    /// One route.
    One(Cow<'a, str>),
    /// Several.
    Many(Vec<Cow<'a, str>>),
}

impl Routes<'_> {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(route) => std::slice::from_ref(route).iter(),
            Self::Many(routes) => routes.iter(),
        }
        .map(AsRef::as_ref)
    }
}

impl<'a> Frame<'a> {
    /// A push of one thing.
    pub fn data(route: impl Into<Cow<'a, str>>) -> Self {
        Self::Data(Routes::One(route.into()))
    }
}
