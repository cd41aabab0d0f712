//! An answer, and the body that carries it.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use hyper::body::{Body, Frame, SizeHint};

use crate::clock::Clock;

/// Status, headers and body, before a fault touches them.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
    /// Only half of the body is sent before the connection closes.
    pub(crate) cut: bool,
}

impl Answer {
    /// A JSON answer.
    pub(crate) fn json(status: u16, body: String) -> Self {
        let mut answer = Self::bare(status, body.into());
        answer.headers.push((CONTENT_TYPE, HeaderValue::from_static("application/json")));
        answer
    }

    /// An answer without a content type. A status that HTTP doesn't know becomes 500.
    pub(crate) fn bare(status: u16, body: Bytes) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: Vec::new(), body, cut: false }
    }

    /// Adds a header; one that HTTP can't carry is left out.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            self.headers.push((name, value));
        }
    }

    pub(crate) fn into_response(self, now_ms: i64) -> Response<Sent> {
        let announced = u64::try_from(self.body.len()).unwrap_or_default();
        let state = if self.cut { State::Cut } else { State::Whole };
        let data = if self.cut { self.body.slice(..self.body.len() / 2) } else { self.body };
        let mut response = Response::new(Sent { data: Some(data), announced, state });
        *response.status_mut() = self.status;
        // The venue's clock, which some clients have nothing else to learn from.
        if let Ok(date) = HeaderValue::from_str(&Clock::date(now_ms)) {
            response.headers_mut().insert(DATE, date);
        }
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Whole,
    /// More was announced than there is.
    Cut,
    /// What there is has been handed over and may be flushed.
    Flushing,
}

/// A body that may end before its announced length.
#[derive(Debug)]
pub(crate) struct Sent {
    data: Option<Bytes>,
    announced: u64,
    state: State,
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Hangup;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Hangup>>> {
        let sent = self.get_mut();
        if let Some(data) = sent.data.take().filter(|data| !data.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match sent.state {
            State::Whole => Poll::Ready(None),
            State::Cut => {
                // One turn of waiting lets the first half reach the wire.
                sent.state = State::Flushing;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            State::Flushing => Poll::Ready(Some(Err(Hangup))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.state == State::Whole && self.data.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

/// The connection is to be closed here and now.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the simulated venue closes the connection")]
pub(crate) struct Hangup;
