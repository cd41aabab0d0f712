//! The client: one for each venue, over one pipeline that is compiled once.

mod assemble;
mod base;
mod builder;
mod call;
pub(crate) mod open;
mod page;
pub(crate) mod pipeline;
mod prepared;
mod resolve;
mod retry;

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

pub(crate) use base::is_loopback;
pub use builder::Builder;
pub use call::{Answer, Call, RawCall};
pub use open::decode;
pub use page::Pages;
pub use prepared::Prepared;
pub(crate) use resolve::Trail;
pub use resolve::{Executed, Lookup, Resolution, RowResolution};
pub use retry::Retry;

use crate::budget::{Ledger, Patience};
use crate::clock::{Clock, ClockReport};
use crate::endpoint::{AnyRequest, Costs, Decoded, Endpoint, Operation, Params, Style, Value};
use crate::error::{Error, Kind, Outcome};
use crate::http::Transport;
use crate::sign::Credentials;
use crate::venue::{Draft, Venue};
use crate::wire::Millis;
use crate::ws::{FeedBuilder, Net};
use base::Base;
use pipeline::Job;

/// A client of one venue.
///
/// Cheap to clone; clones share connections, clock and credentials. All methods take `&self`.
///
/// Made by [`Client::builder`]. Public endpoints work without credentials; a signed one then fails with
/// [`Outcome::NotSent`].
pub struct Client<V> {
    any: AnyClient,
    venue: PhantomData<fn() -> V>,
}

/// A client of a venue that is only known at run time; see [`Client::erased`].
#[derive(Clone)]
pub struct AnyClient {
    shared: Arc<Shared>,
    credentials: Arc<RwLock<Option<Credentials>>>,
    account: Option<Arc<str>>,
}

struct Shared {
    venue: Arc<dyn Venue>,
    base: Base,
    transport: Arc<dyn Transport>,
    net: Net,
    sandbox: bool,
    clock: Clock,
    ledger: Ledger,
    retry: Retry,
    timeout: Duration,
    answers: AtomicU64,
    unmapped: AtomicU64,
}

impl<V: Venue> Client<V> {
    /// Begins a client for a venue, given as a value: which product, which site.
    pub fn builder(venue: V) -> Builder<V> {
        Builder::new(Arc::new(venue))
    }

    /// A call of a request; it starts when it is awaited.
    pub fn send<E: Endpoint<Venue = V>>(&self, request: E) -> Call<E> {
        Call::new(self.any.clone(), request)
    }

    /// The same client with other credentials, over the same connections.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        let any = AnyClient {
            shared: Arc::clone(&self.any.shared),
            credentials: Arc::new(RwLock::new(Some(credentials))),
            account: None,
        };
        Self { any, venue: PhantomData }
    }

    /// The same client, its limits by account counted under this name: keys of one account share them.
    #[must_use]
    pub fn account(&self, name: &str) -> Self {
        let any = AnyClient { account: Some(name.into()), ..self.any.clone() };
        Self { any, venue: PhantomData }
    }

    /// The ledger that this client spends from.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.any.shared.ledger
    }

    /// Replaces the credentials of this client and its clones while it runs; `None` takes them away.
    pub fn replace_credentials(&self, credentials: Option<Credentials>) {
        *self.any.credentials.write().unwrap_or_else(PoisonError::into_inner) = credentials;
    }

    /// Reads the venue's time and moves the clock to it.
    ///
    /// # Errors
    /// When the venue's time can't be read.
    pub async fn sync_clock(&self) -> Result<ClockReport, Error> {
        self.any.sync_clock().await
    }

    /// The clock that stamps requests.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.any.shared.clock
    }

    /// Begins a feed: the venue's streams, with this client's credentials, clock, dialer and certificates.
    pub fn feed(&self) -> FeedBuilder<V> {
        FeedBuilder::new(self.any.clone())
    }

    /// How many keys that no type maps were met in the answers that were looked at.
    #[must_use]
    pub fn unmapped_keys(&self) -> u64 {
        self.any.shared.unmapped.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// The client without its type, for tools that choose requests by name.
    #[must_use]
    pub fn erased(&self) -> &AnyClient {
        &self.any
    }
}

impl<V> Clone for Client<V> {
    fn clone(&self) -> Self {
        Self { any: self.any.clone(), venue: PhantomData }
    }
}

impl<V> fmt::Debug for Client<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.any.fmt(f)
    }
}

impl fmt::Debug for AnyClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("venue", &self.shared.venue).finish_non_exhaustive()
    }
}

impl AnyClient {
    /// Begins a client for a venue that is only known at run time.
    pub fn builder(venue: Arc<dyn Venue>) -> Builder<dyn Venue> {
        Builder::new(venue)
    }

    /// The venue.
    #[must_use]
    pub fn venue(&self) -> &dyn Venue {
        &*self.shared.venue
    }

    /// Begins a feed of a venue that is only known at run time.
    pub fn feed(&self) -> FeedBuilder<dyn Venue> {
        FeedBuilder::new(self.clone())
    }

    /// A call of a request, for a venue's own use: the caller knows that it is the venue's.
    pub fn send<E: Endpoint>(&self, request: E) -> Call<E> {
        Call::new(self.clone(), request)
    }

    pub(crate) fn shared_venue(&self) -> Arc<dyn Venue> {
        Arc::clone(&self.shared.venue)
    }

    pub(crate) fn shared_clock(&self) -> &Clock {
        &self.shared.clock
    }

    pub(crate) fn net(&self) -> &Net {
        &self.shared.net
    }

    pub(crate) fn is_sandbox(&self) -> bool {
        self.shared.sandbox
    }

    pub(crate) fn credentials(&self) -> Option<Credentials> {
        self.credentials.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the venue's time and moves the clock to it.
    ///
    /// # Errors
    /// When the venue's time can't be read.
    pub async fn sync_clock(&self) -> Result<ClockReport, Error> {
        let Some(call) = self.shared.venue.clock() else {
            return Err(Error::config("this venue tells no time"));
        };
        let mut params = Params::new();
        for (name, value) in call.params {
            params.push(*name, Value::Text((*value).into()), Style::Text);
        }
        let draft = Draft::new(call.spec, call.spec.path, params);
        let costs: Costs = call.spec.costs().collect();
        let job = Job {
            name: "clock",
            draft: &draft,
            costs: &costs,
            within: self.shared.timeout,
            patience: Patience::Wait,
        };
        let before = self.shared.clock.local_now();
        let mut sink = open::Slot::<crate::wire::Empty>(None);
        let done = self.run(&job, &mut sink).await?;
        let unreadable = || {
            Error::new(Kind::Decode, Outcome::Unknown, "the answer doesn't tell the time")
                .at(self.shared.venue.id(), "clock")
        };
        let (time, resolution_ms) = match call.read {
            Some(read) => {
                let text = std::str::from_utf8(&done.reply.body).map_err(|_| unreadable())?;
                (read(text).ok_or_else(unreadable)?, 0)
            }
            None => {
                let date = done.reply.headers.get(http::header::DATE).and_then(|date| date.to_str().ok());
                let date =
                    date.and_then(|date| httpdate::parse_http_date(date).ok()).ok_or_else(unreadable)?;
                (Millis::from(date), 1000)
            }
        };
        // A repetition widened the span in which the time was read; the bound covers it.
        Ok(self.shared.clock.learn(time, before, resolution_ms))
    }

    /// What would go out for a request, at this time; nothing is sent or added.
    ///
    /// # Errors
    /// When the request breaks a documented rule, or can't be signed.
    pub fn prepare(
        &self,
        request: &dyn AnyRequest,
        order: &[&str],
        extras: &[crate::endpoint::Param<'static>],
    ) -> Result<Prepared, Error> {
        let draft = self.draft(request, order, extras)?.explained();
        let (outgoing, string_to_sign) = self
            .outgoing(&draft, self.credentials().as_ref(), self.shared.clock.now())
            .map_err(|error| error.at(self.shared.venue.id(), request.name()))?;
        Ok(Prepared::new(&outgoing, string_to_sign, self.shared.venue.header_names()))
    }

    /// Calls a request that was chosen by name, and decodes its answer.
    pub async fn perform(
        &self,
        operation: &Operation,
        request: &mut dyn AnyRequest,
        extras: &[crate::endpoint::Param<'static>],
    ) -> Decoded {
        assemble::fill_ids(request);
        let draft = match self.draft(request, &[], extras) {
            Ok(draft) => draft,
            Err(error) => return Decoded::failed(error),
        };
        let costs = request.costs();
        let job = Job {
            name: operation.name,
            draft: &draft,
            costs: &costs,
            within: self.shared.timeout,
            patience: Patience::Wait,
        };
        let mut sink = open::Slot::<crate::endpoint::RawJson>(None);
        // The body as it came is enough here: the operation decodes it below, and says what it left unread.
        let mut whole = WholeBody(&mut sink);
        match self.run(&job, &mut whole).await {
            Ok(done) => operation.decode(self.venue(), &done.reply),
            Err(error) => Decoded::failed(error.with_client_order_ids(assemble::ids_of(request))),
        }
    }
}

/// A sink that heeds the envelope but leaves the payload to somebody else.
struct WholeBody<'s>(&'s mut open::Slot<crate::endpoint::RawJson>);

impl open::Sink for WholeBody<'_> {
    fn accept<'a>(
        &mut self,
        keys: &'static crate::wire::Keys,
        _: crate::endpoint::Shape,
        text: &'a str,
    ) -> open::Opened<'a> {
        self.0.accept(keys, crate::endpoint::Shape::Bare, text)
    }
}
