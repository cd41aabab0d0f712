//! The venue's side of streams: its lines as data, and how its frames are written and told apart.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::frame::{Command, Frame, Payload};
use super::line::Line;
use crate::client::AnyClient;
use crate::error::Error;
use crate::sign::Secret;

/// How a venue streams. No I/O, no `async`: [`Venue::streams`](crate::Venue::streams) says where it is.
pub trait Streams: fmt::Debug + Send + Sync {
    /// Its addresses.
    fn lines(&self) -> &'static [Line];

    /// Writes a request.
    fn command(&self, line: &Line, command: &Command<'_>) -> String;

    /// Tells a frame apart. Whatever comes, something must be said: [`Frame::Unknown`] at least.
    fn read<'a>(&self, line: &Line, payload: Payload<'a>) -> Frame<'a>;

    /// Guesses a push's route from a glance, so that most pushes are read once. A guess that is wrong costs
    /// time and nothing else: what then can't be read is told apart by [`read`](Self::read).
    fn glance<'a>(&self, line: &Line, payload: Payload<'a>) -> Option<Cow<'a, str>> {
        let _ = (line, payload);
        None
    }

    /// Opens a binary frame that is compressed text; `None` where binary frames are something else.
    fn inflate(&self, line: &Line, bytes: &[u8]) -> Option<Result<String, Error>> {
        let _ = (line, bytes);
        None
    }

    /// Where listen keys come from, on a line that is entered with one.
    fn keys(&self, line: &Line) -> Option<KeyCalls> {
        let _ = line;
        None
    }
}

/// A future that a venue hands out.
pub type KeyFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// The REST calls of a listen key's life.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct KeyCalls {
    /// Gets one.
    pub fetch: fn(&AnyClient) -> KeyFuture<'_, Secret>,
    /// Renews one.
    pub renew: Option<for<'a> fn(&'a AnyClient, &'a Secret) -> KeyFuture<'a, ()>>,
    /// Gives it back when the feed closes.
    pub release: Option<for<'a> fn(&'a AnyClient, &'a Secret) -> KeyFuture<'a, ()>>,
}

impl KeyCalls {
    /// Keys that are only fetched.
    #[must_use]
    pub const fn new(fetch: fn(&AnyClient) -> KeyFuture<'_, Secret>) -> Self {
        Self { fetch, renew: None, release: None }
    }

    /// Keys that can be renewed.
    #[must_use]
    pub const fn renew(mut self, renew: for<'a> fn(&'a AnyClient, &'a Secret) -> KeyFuture<'a, ()>) -> Self {
        self.renew = Some(renew);
        self
    }

    /// Keys that can be given back.
    #[must_use]
    pub const fn release(
        mut self,
        release: for<'a> fn(&'a AnyClient, &'a Secret) -> KeyFuture<'a, ()>,
    ) -> Self {
        self.release = Some(release);
        self
    }
}

impl fmt::Debug for KeyCalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyCalls")
    }
}

/// A venue without streams.
#[derive(Debug)]
pub(super) struct NoStreams;

pub(super) static NO_STREAMS: NoStreams = NoStreams;

impl Streams for NoStreams {
    fn lines(&self) -> &'static [Line] {
        &[]
    }

    fn command(&self, _: &Line, _: &Command<'_>) -> String {
        String::new()
    }

    fn read<'a>(&self, _: &Line, _: Payload<'a>) -> Frame<'a> {
        Frame::Unknown
    }
}
