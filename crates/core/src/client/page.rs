//! Paged answers as streams.

use std::collections::HashSet;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::{Stream, StreamExt as _, TryStreamExt as _, stream};

use super::AnyClient;
use super::call::{Call, Options};
use crate::endpoint::Paged;
use crate::error::{Error, Kind, Outcome};
use crate::wire::BadRow;

/// A stream of pages. It ends after the last page, or after the first error.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<E: Paged> {
    venue: &'static str,
    inner: Pin<Box<dyn Stream<Item = Result<E::Response, Error>> + Send>>,
}

impl<E: Paged> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl<E: Paged> Pages<E> {
    pub(super) fn new(client: AnyClient, request: E, options: Options) -> Self {
        let venue = client.venue().id();
        let inner = stream::try_unfold(Some(request), move |request| {
            let (client, options) = (client.clone(), options.clone());
            async move {
                let Some(request) = request else { return Ok(None) };
                let page = Call::new(client, request.clone()).with_options(options).await?;
                let next = request.next(&page);
                Ok(Some((page, next)))
            }
        });
        Self { venue, inner: Box::pin(inner) }
    }

    /// The rows of all pages; a row that the page before held already is not given again. One that can't be
    /// read is an error, after which the stream goes on.
    pub(super) fn items(self) -> impl Stream<Item = Result<E::Item, Error>> + Send {
        let mut before: HashSet<String> = HashSet::new();
        let venue = self.venue;
        self.map_ok(move |page| {
            let mut now = HashSet::new();
            let rows = E::items(page);
            // A row that can't be read is not passed over: it is an item that says so.
            let mut items: Vec<Result<E::Item, Error>> =
                rows.bad().iter().map(|row| Err(bad::<E>(venue, row))).collect();
            for row in rows {
                let key = E::key(&row);
                let is_new = key.as_ref().is_none_or(|key| !before.contains(key));
                now.extend(key);
                if is_new {
                    items.push(Ok(row));
                }
            }
            before = now;
            stream::iter(items)
        })
        .try_flatten()
        .boxed()
    }
}

fn bad<E: Paged>(venue: &'static str, row: &BadRow) -> Error {
    let message = format!("row {} of a page can't be read: {}", row.index, row.error);
    Error::new(Kind::Decode, Outcome::Unknown, message).at(venue, E::NAME).with_body(row.raw.clone())
}

impl<E: Paged> Stream for Pages<E> {
    type Item = Result<E::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.inner.as_mut().poll_next(context)
    }
}
