//! A call: a request with what was said about this one sending of it.

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::assemble::{fill_ids, ids_of};
use super::open::Slot;
use super::page::Pages;
use super::pipeline::{Job, Success};
use super::{AnyClient, Prepared, Trail};
use crate::budget::Patience;
use crate::endpoint::{Endpoint, Paged, Param, Place, Style, Value};
use crate::error::{Error, Outcome};
use crate::wire::ClientOrderId;

/// A call that starts when it is awaited. Dropped before, nothing is sent.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<E> {
    client: AnyClient,
    request: E,
    options: Options,
}

#[derive(Clone, Default)]
pub(super) struct Options {
    within: Option<Duration>,
    patience: Patience,
    extras: Vec<Param<'static>>,
}

impl<E: fmt::Debug> fmt::Debug for Call<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("request", &self.request).finish_non_exhaustive()
    }
}

impl<E: Endpoint> Call<E> {
    pub(super) fn new(client: AnyClient, request: E) -> Self {
        Self { client, request, options: Options::default() }
    }

    pub(super) fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// The time that this call may take, instead of the client's.
    pub fn within(mut self, timeout: Duration) -> Self {
        self.options.within = Some(timeout);
        self
    }

    /// How long this call waits for its budget: as long as it may take, unless said here.
    pub fn patience(mut self, patience: Patience) -> Self {
        self.options.patience = patience;
        self
    }

    /// Adds a parameter that the type doesn't have, quoted where it goes into JSON.
    pub fn extra(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.push_extra(name.into(), value.into(), Style::Text)
    }

    /// Adds a parameter that the type doesn't have; its digits stay bare where it goes into JSON.
    pub fn extra_number(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.push_extra(name.into(), value.into(), Style::Number)
    }

    fn push_extra(mut self, name: String, value: String, style: Style) -> Self {
        let value = Value::Text(Cow::Owned(value));
        self.options.extras.push(Param { name: Cow::Owned(name), value, style, place: Place::Default });
        self
    }

    /// Gives status, headers and body beside the typed answer.
    pub fn raw(self) -> RawCall<E> {
        RawCall(self)
    }

    /// Exactly what would go out now. Nothing is sent, and no client order id is added.
    ///
    /// # Errors
    /// When the request breaks a documented rule, or can't be signed.
    pub fn prepare(&self) -> Result<Prepared, Error> {
        self.client.prepare(&self.request, &[], &self.options.extras)
    }

    /// Runs the call where it stands: a request is not small, and the future of a call holds it once.
    async fn run(&mut self) -> Result<(E::Response, Success), Error> {
        let Self { client, request, options } = self;
        let venue = client.venue().id();
        fill_ids(request);
        let draft = client.draft(request, &[], &options.extras)?;
        let costs = request.costs();
        let within = options.within.unwrap_or(client.shared.timeout);
        let job = Job { name: E::NAME, draft: &draft, costs: &costs, within, patience: options.patience };
        let mut slot = Slot::<E::Response>(None);
        let done = client.run(&job, &mut slot).await;
        let error = match done {
            Err(error) => error,
            Ok(success) => match slot.0 {
                None => Error::config("a success was not decoded").at(venue, E::NAME),
                Some(value) => {
                    client.charge(draft.spec(), &E::late_costs(&value));
                    match E::verify(&value) {
                        Ok(()) => return Ok((value, success)),
                        Err(error) => {
                            if success.unknown { error.with_outcome(Outcome::Unknown) } else { error }
                                .at(venue, E::NAME)
                                .with_status(success.reply.status.as_u16())
                                .with_body(client.kept_body(&success.reply.body))
                        }
                    }
                }
            },
        };
        let trail = (error.outcome() == Outcome::Unknown).then(|| Trail {
            lookup: request.lookup(),
            rows: request.row_lookups(),
            given_up: client.shared.clock.now(),
            window: client.venue().timestamp_window(&draft),
        });
        Err(error.with_client_order_ids(ids_of(request)).with_trail(trail))
    }
}

impl<E: Paged> Call<E> {
    /// The answers page by page, until the venue says that there are no more.
    pub fn pages(self) -> Pages<E> {
        Pages::new(self.client, self.request, self.options)
    }

    /// The rows of all pages. A row that can't be read is an error item of its kind, after which the stream
    /// goes on; a page that can't be had is the last item.
    pub fn items(self) -> impl futures::Stream<Item = Result<E::Item, Error>> + Send {
        self.pages().items()
    }
}

impl<E: Endpoint> IntoFuture for Call<E> {
    type Output = Result<E::Response, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move { self.run().await.map(|(value, _)| value) })
    }
}

/// A call that gives status, headers and body beside the typed answer.
#[must_use = "a call does nothing until it is awaited"]
#[derive(Debug)]
pub struct RawCall<E>(Call<E>);

impl<E: Endpoint> IntoFuture for RawCall<E> {
    type Output = Result<Answer<E::Response>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            let (value, Success { reply, attempts, .. }) = self.0.run().await?;
            Ok(Answer {
                value,
                status: reply.status,
                headers: reply.headers,
                body: reply.body,
                attempts,
                client_order_ids: ids_of(&mut self.0.request),
            })
        })
    }
}

/// A typed answer with what it came in.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The typed answer.
    pub value: T,
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    /// How often the request was sent, or tried to be.
    pub attempts: u32,
    /// The client order ids under which it was sent, those made for you among them; one a row of a batch.
    pub client_order_ids: Vec<ClientOrderId>,
}

impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("value", &self.value)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
