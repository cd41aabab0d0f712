//! Paged answers as streams.

use std::collections::HashSet;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::{Stream, StreamExt as _, TryStreamExt as _, stream};

use super::AnyClient;
use super::call::{Call, Options};
use crate::endpoint::Paged;
use crate::error::Error;

/// A stream of pages. It ends after the last page, or after the first error.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<E: Paged> {
    inner: Pin<Box<dyn Stream<Item = Result<E::Response, Error>> + Send>>,
}

impl<E: Paged> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl<E: Paged> Pages<E> {
    pub(super) fn new(client: AnyClient, request: E, options: Options) -> Self {
        let inner = stream::try_unfold(Some(request), move |request| {
            let (client, options) = (client.clone(), options.clone());
            async move {
                let Some(request) = request else { return Ok(None) };
                let page = Call::new(client, request.clone()).with_options(options).await?;
                let next = request.next(&page);
                Ok(Some((page, next)))
            }
        });
        Self { inner: Box::pin(inner) }
    }

    /// The rows of all pages; a row that the page before held already is not given again.
    pub(super) fn items(self) -> impl Stream<Item = Result<E::Item, Error>> + Send {
        let mut before: HashSet<String> = HashSet::new();
        self.map_ok(move |page| {
            let mut now = HashSet::new();
            let mut rows = Vec::new();
            for row in E::items(page) {
                match E::key(&row) {
                    Some(key) if before.contains(&key) => {
                        now.insert(key);
                    }
                    Some(key) => {
                        now.insert(key);
                        rows.push(row);
                    }
                    None => rows.push(row),
                }
            }
            before = now;
            stream::iter(rows.into_iter().map(Ok))
        })
        .try_flatten()
        .boxed()
    }
}

impl<E: Paged> Stream for Pages<E> {
    type Item = Result<E::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.inner.as_mut().poll_next(context)
    }
}
