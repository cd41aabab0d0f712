//! The WebSocket library, and all that is known of it: opening a socket over the shared dialer, frames in
//! and out. Another library would stand here.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures::{Sink, Stream};
use http::header::{HeaderValue, USER_AGENT};
use http::{StatusCode, Uri};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig, frame::coding::CloseCode};
use tokio_tungstenite::tungstenite::{Error as WsError, Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::error::{Error, Kind, Outcome};
use crate::http::{Dial, Socket as ByteStream};
use crate::venue::retry_after;

/// What is needed to open connections.
#[derive(Clone)]
pub(crate) struct Net {
    pub(crate) dial: Arc<dyn Dial>,
    pub(crate) tls: Arc<rustls::ClientConfig>,
    pub(crate) timeout: Duration,
    pub(crate) user_agent: HeaderValue,
}

/// A read takes this much at once: the best of what was measured, for small pushes and for large ones.
const READ_BUFFER: usize = 128 * 1024;
/// Longer messages break the connection.
const LONGEST_MESSAGE: usize = 16 * 1024 * 1024;

/// An open connection.
pub(super) struct Socket {
    inner: WebSocketStream<Box<dyn ByteStream>>,
    queue: VecDeque<Message>,
    unflushed: bool,
    /// Nothing can be written any more; what was pushed before is still read.
    mute: Option<WsError>,
}

/// What came.
#[derive(Debug)]
pub(super) enum Incoming {
    Text(Utf8Bytes),
    Binary(Bytes),
    /// A ping or pong of the protocol; pings are answered.
    Control,
    /// The venue closes.
    Closed {
        code: Option<u16>,
        reason: String,
    },
    /// The connection is gone.
    Broken(String),
}

impl Socket {
    /// Opens a connection; the address may hold a key, and appears in no error.
    pub(super) async fn open(net: Net, uri: Uri) -> Result<Self, Error> {
        match tokio::time::timeout(net.timeout, connect(&net, uri)).await {
            Ok(opened) => opened,
            Err(_) => Err(failure(Kind::Timeout, format!("no connection within {:?}", net.timeout))),
        }
    }

    pub(super) fn send_text(&mut self, text: String) {
        self.queue.push_back(Message::text(text));
    }

    pub(super) fn send_ping(&mut self) {
        self.queue.push_back(Message::Ping(Bytes::new()));
    }

    pub(super) fn send_close(&mut self) {
        let frame = CloseFrame { code: CloseCode::Normal, reason: Utf8Bytes::from_static("") };
        self.queue.push_back(Message::Close(Some(frame)));
    }

    /// Writes what can be written, and takes the next frame. A consumer that doesn't read on the other side
    /// never keeps this from reading.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Incoming> {
        if self.mute.is_none() {
            self.mute = self.write(context).err();
        }
        match Pin::new(&mut self.inner).poll_next(context) {
            Poll::Pending => match self.mute.take() {
                Some(error) => Poll::Ready(ended(error)),
                None => Poll::Pending,
            },
            Poll::Ready(None) => Poll::Ready(Incoming::Broken("the connection ended".to_owned())),
            Poll::Ready(Some(Err(error))) => Poll::Ready(ended(error)),
            Poll::Ready(Some(Ok(message))) => Poll::Ready(match message {
                Message::Text(text) => Incoming::Text(text),
                Message::Binary(bytes) => Incoming::Binary(bytes),
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {
                    // The answer to a ping waits to be written.
                    self.unflushed = true;
                    Incoming::Control
                }
                Message::Close(frame) => {
                    // The venue's close is answered; if that can't be written at once, it goes without.
                    let _ = Pin::new(&mut self.inner).poll_flush(context);
                    let (code, reason) = frame.map_or((None, String::new()), |frame| {
                        (Some(u16::from(frame.code)), frame.reason.as_str().to_owned())
                    });
                    Incoming::Closed { code, reason }
                }
            }),
        }
    }

    fn write(&mut self, context: &mut Context<'_>) -> Result<(), WsError> {
        while !self.queue.is_empty() {
            match Pin::new(&mut self.inner).poll_ready(context) {
                Poll::Pending => return Ok(()),
                Poll::Ready(ready) => ready?,
            }
            if let Some(message) = self.queue.pop_front() {
                Pin::new(&mut self.inner).start_send(message)?;
                self.unflushed = true;
            }
        }
        if self.unflushed {
            match Pin::new(&mut self.inner).poll_flush(context) {
                Poll::Pending => {}
                Poll::Ready(flushed) => {
                    flushed?;
                    self.unflushed = false;
                }
            }
        }
        Ok(())
    }
}

async fn connect(net: &Net, uri: Uri) -> Result<Socket, Error> {
    let (Some(host), secure) = (uri.host().map(str::to_owned), uri.scheme_str() == Some("wss")) else {
        return Err(Error::config("the WebSocket address has no host"));
    };
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let broken = |error: std::io::Error| failure(Kind::Transport, format!("no connection: {error}"));
    let stream = net.dial.dial(&host, port).await.map_err(broken)?;
    let stream: Box<dyn ByteStream> = if secure {
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = rustls::pki_types::ServerName::try_from(bare)
            .map_err(|_| Error::config(format!("{host} is no name that a certificate could have")))?;
        let tls = TlsConnector::from(Arc::clone(&net.tls));
        Box::new(tls.connect(name, stream).await.map_err(broken)?)
    } else {
        stream
    };
    let mut request = uri.into_client_request().map_err(|error| refused(&error))?;
    request.headers_mut().insert(USER_AGENT, net.user_agent.clone());
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .max_message_size(Some(LONGEST_MESSAGE))
        .max_frame_size(Some(LONGEST_MESSAGE));
    let (inner, _) =
        client_async_with_config(request, stream, Some(config)).await.map_err(|error| refused(&error))?;
    Ok(Socket { inner, queue: VecDeque::new(), unflushed: false, mute: None })
}

fn failure(kind: Kind, words: String) -> Error {
    Error::new(kind, Outcome::NotSent, words)
}

fn refused(error: &WsError) -> Error {
    let WsError::Http(response) = error else {
        return failure(Kind::Transport, format!("no WebSocket: {}", words(error)));
    };
    let status = response.status();
    let kind = match status.as_u16() {
        401 => Kind::Auth,
        403 => Kind::Permission,
        418 => Kind::Banned,
        429 => Kind::RateLimited,
        300..=399 => Kind::Transport,
        500..=599 => Kind::Unavailable,
        _ => Kind::Rejected,
    };
    Error::new(kind, Outcome::Rejected, format!("the venue refused the WebSocket: {}", describe(status)))
        .with_status(status.as_u16())
        .with_retry_after(retry_after(response.headers()))
}

fn describe(status: StatusCode) -> String {
    format!("HTTP {status}")
}

fn ended(error: WsError) -> Incoming {
    match error {
        WsError::ConnectionClosed | WsError::AlreadyClosed => {
            Incoming::Closed { code: None, reason: String::new() }
        }
        error => Incoming::Broken(words(&error)),
    }
}

/// Words for a failure, without the address.
fn words(error: &WsError) -> String {
    match error {
        WsError::Url(_) => "the address is not accepted".to_owned(),
        error => error.to_string(),
    }
}
