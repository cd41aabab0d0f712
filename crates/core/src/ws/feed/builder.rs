//! How a feed is set up.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle as Runtime;

use super::shared::Shared;
use super::{AnyFeed, Feed, Handle};
use crate::client::AnyClient;
use crate::error::Error;
use crate::venue::Venue;
use crate::ws::address::Address;
use crate::ws::driver::streams_of;
use crate::ws::machine::Patience;

/// Longer than anyone waits.
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Sets a feed up; see [`Client::feed`](crate::Client::feed).
#[must_use = "a builder does nothing until `connect`"]
pub struct FeedBuilder<V: ?Sized> {
    client: AnyClient,
    settings: Settings,
    base: Option<String>,
    typed: PhantomData<fn() -> Box<V>>,
}

#[derive(Debug, Clone)]
pub(in crate::ws) struct Settings {
    pub(super) base: Option<Address>,
    pub(super) sandbox: bool,
    pub(super) topics_per_connection: Option<usize>,
    pub(in crate::ws) patience: Patience,
}

impl<V: ?Sized> fmt::Debug for FeedBuilder<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedBuilder").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl<V: ?Sized> FeedBuilder<V> {
    pub(crate) fn new(client: AnyClient) -> Self {
        let sandbox = client.is_sandbox();
        let settings =
            Settings { base: None, sandbox, topics_per_connection: None, patience: Patience::default() };
        Self { client, settings, base: None, typed: PhantomData }
    }

    /// Another host than the venue's: scheme and authority such as `wss://127.0.0.1:8443`. The documented
    /// paths stand under it. Plain `ws` only to this machine.
    pub fn base(mut self, url: impl Into<String>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// The venue's sandbox, where it documents one. A client of the sandbox has a feed of the sandbox.
    pub fn sandbox(mut self) -> Self {
        self.settings.sandbox = true;
        self
    }

    /// The most topics on a connection, where the venue allows more: more connections, and less that goes
    /// down with one.
    pub fn topics_per_connection(mut self, topics: usize) -> Self {
        self.settings.topics_per_connection = Some(topics);
        self
    }

    /// How long the answer to a login or a subscription is waited for; 10 s by default.
    pub fn answer_within(mut self, time: Duration) -> Self {
        self.settings.patience.answer = time;
        self
    }

    /// The first pause before a reconnect and the longest; 250 ms and 30 s by default. Pauses are drawn at
    /// random from nothing up to a limit that doubles.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.patience.backoff = first;
        self.settings.patience.backoff_cap = longest;
        self
    }

    fn finish(mut self) -> Result<AnyFeed, Error> {
        let venue = self.client.shared_venue();
        if streams_of(&*venue).lines().is_empty() {
            return Err(Error::config(format!("{} has no streams", venue.id())));
        }
        if self.settings.topics_per_connection == Some(0) {
            return Err(Error::config("a connection must be allowed a topic"));
        }
        let Patience { answer, backoff, backoff_cap, .. } = &mut self.settings.patience;
        for time in [answer, backoff, backoff_cap] {
            // Times are added to others, and must not overflow them.
            *time = (*time).min(A_YEAR);
        }
        self.settings.base = self.base.as_deref().map(Address::base).transpose()?;
        let runtime = Runtime::try_current()
            .map_err(|_| Error::config("a feed must be made within a tokio runtime"))?;
        let shared = Shared::new(self.client, self.settings, runtime);
        Ok(AnyFeed { handle: Arc::new(Handle(Arc::new(shared))) })
    }
}

impl<V: Venue> FeedBuilder<V> {
    /// The feed. Connections are made when something is subscribed to.
    ///
    /// # Errors
    /// [`Kind::Config`](crate::Kind::Config) when a setting doesn't hold, the venue has no streams, or there is no runtime.
    pub fn connect(self) -> Result<Feed<V>, Error> {
        Ok(Feed { any: self.finish()?, typed: PhantomData })
    }
}

impl FeedBuilder<dyn Venue> {
    /// The feed. Connections are made when something is subscribed to.
    ///
    /// # Errors
    /// [`Kind::Config`](crate::Kind::Config) when a setting doesn't hold, the venue has no streams, or there is no runtime.
    pub fn connect_any(self) -> Result<AnyFeed, Error> {
        self.finish()
    }
}
