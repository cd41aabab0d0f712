//! The connection pool: HTTP/1.1 keep-alive over the dialer and TLS.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderValue, Uri};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Frame, SizeHint};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tower_service::Service;

use super::dial::{Dial, Socket};
use super::transport::{Outgoing, Reply, Sent, Transport, TransportError};

/// Limits of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts {
    pub(crate) connect: Duration,
    pub(crate) idle: Duration,
}

/// A pool of connections, shared by all clients cloned from one.
#[derive(Clone)]
pub(crate) struct Pool {
    client: Client<Connector, Marked>,
    user_agent: HeaderValue,
    max_body: usize,
}

impl Pool {
    pub(crate) fn new(
        dial: Arc<dyn Dial>,
        tls: rustls::ClientConfig,
        timeouts: Timeouts,
        user_agent: HeaderValue,
        max_body: usize,
    ) -> Self {
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(Dialer(dial));
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(timeouts.idle)
            .build(Connector { https, timeout: timeouts.connect });
        Self { client, user_agent, max_body }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for Pool {
    async fn exchange(&self, request: Outgoing, sent: &Sent) -> Result<Reply, TransportError> {
        let body = Marked { body: Full::new(request.body), sent: sent.clone() };
        let mut outgoing = http::Request::new(body);
        *outgoing.method_mut() = request.method;
        *outgoing.uri_mut() = request.uri;
        *outgoing.headers_mut() = request.headers;
        if !outgoing.headers().contains_key(http::header::USER_AGENT) {
            outgoing.headers_mut().insert(http::header::USER_AGENT, self.user_agent.clone());
        }
        let reply = self.client.request(outgoing).await.map_err(|error| failure("no answer", error))?;
        let (head, body) = reply.into_parts();
        let body = Limited::new(body, self.max_body).collect().await.map_err(|error| {
            if error.downcast_ref::<LengthLimitError>().is_some() {
                let message = format!("the answer is longer than {} bytes", self.max_body);
                return TransportError { message, oversize: true, source: None };
            }
            failure("the answer broke off", Unboxed(error))
        })?;
        Ok(Reply::new(head.status, head.headers, body.to_bytes()))
    }
}

#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct Unboxed(Box<dyn StdError + Send + Sync>);

/// Words for a failure: the chain of causes, of which the last says most.
fn failure(what: &str, error: impl StdError + Send + Sync + 'static) -> TransportError {
    let mut message = what.to_owned();
    let mut cause: Option<&dyn StdError> = Some(&error);
    let mut last = String::new();
    while let Some(error) = cause {
        let words = error.to_string();
        // Wrappers repeat what they wrap.
        if !last.contains(&words) {
            message.push_str(": ");
            message.push_str(&words);
        }
        last = words;
        cause = error.source();
    }
    TransportError { message, oversize: false, source: Some(Box::new(error)) }
}

/// A body that notes when HTTP begins to write the request.
///
/// The head can't be written before the body was asked for its length, and nothing is asked before there is
/// a connection: an unmarked request has not left.
struct Marked {
    body: Full<Bytes>,
    sent: Sent,
}

impl Body for Marked {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.sent.mark();
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.sent.mark();
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.sent.mark();
        self.body.size_hint()
    }
}

/// TLS over the dialer, both within the time to connect.
#[derive(Clone)]
struct Connector {
    https: HttpsConnector<Dialer>,
    timeout: Duration,
}

type BoxError = Box<dyn StdError + Send + Sync>;
type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Stream>;
    type Error = BoxError;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.https.call(uri);
        let timeout = self.timeout;
        Box::pin(async move {
            match tokio::time::timeout(timeout, connecting).await {
                Ok(connected) => connected,
                Err(_) => Err(format!("no connection within {timeout:?}").into()),
            }
        })
    }
}

#[derive(Clone)]
struct Dialer(Arc<dyn Dial>);

impl Service<Uri> for Dialer {
    type Response = Stream;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Stream>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let dial = Arc::clone(&self.0);
        Box::pin(async move {
            let host = uri.host().unwrap_or_default();
            let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
            Ok(Stream(TokioIo::new(dial.dial(host, port).await?)))
        })
    }
}

struct Stream(TokioIo<Box<dyn Socket>>);

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl Write for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(cx, buffers)
    }
}
