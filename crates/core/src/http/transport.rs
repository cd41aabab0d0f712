//! The seam between the pipeline and the network: bytes in, bytes out, and whether anything left.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};

/// A request with its host, ready to be written.
#[derive(Clone)]
#[non_exhaustive]
pub struct Outgoing {
    /// The verb.
    pub method: Method,
    /// The whole URL.
    pub uri: Uri,
    /// Headers, without those that HTTP itself adds.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Outgoing {
    /// A request.
    #[must_use]
    pub fn new(method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Self {
        Self { method, uri, headers, body }
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Query string, headers and body may hold keys and signatures.
        write!(f, "Outgoing({} {})", self.method, self.uri.path())
    }
}

/// An answer, read whole.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Reply {
    /// An answer.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body }
    }
}

/// Whether anything of a request may have left the machine.
#[derive(Debug, Clone, Default)]
pub struct Sent(Arc<AtomicBool>);

impl Sent {
    /// Notes that the request is about to be written.
    pub fn mark(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it may have left.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct TransportError {
    /// What happened, without URL and headers.
    pub message: String,
    /// The answer came, but was too long to be read.
    pub oversize: bool,
    /// The cause.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// A failure in these words.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), oversize: false, source: None }
    }
}

/// Carries requests. The client's own goes over TCP and TLS; another may record, replay or answer by itself.
#[async_trait]
pub trait Transport: Send + Sync + fmt::Debug + 'static {
    /// Sends a request and reads the answer.
    ///
    /// `sent` must be marked before the first byte is written, and not before: a failure with it unmarked
    /// is reported as not sent.
    ///
    /// # Errors
    /// When no whole answer came.
    async fn exchange(&self, request: Outgoing, sent: &Sent) -> Result<Reply, TransportError>;
}
