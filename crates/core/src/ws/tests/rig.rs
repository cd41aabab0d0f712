//! Both ends: a client whose connections end up in the test's hands.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use futures::{SinkExt as _, StreamExt as _};
use tokio::io::DuplexStream;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, frame::coding::CloseCode};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::toy::Toy;
use crate::http::{Dial, Socket};
use crate::ws::{Event, Feed, FeedBuilder, Subscription};
use crate::{Client, Credentials};

/// Hands the other end of every stream to the test.
#[derive(Debug)]
pub(super) struct Lines {
    dialled: mpsc::UnboundedSender<DuplexStream>,
    buffer: usize,
}

#[async_trait]
impl Dial for Lines {
    async fn dial(&self, _: &str, _: u16) -> io::Result<Box<dyn Socket>> {
        let (near, far) = tokio::io::duplex(self.buffer);
        let refused = |_| io::Error::new(io::ErrorKind::ConnectionRefused, "nobody listens");
        self.dialled.send(far).map_err(refused)?;
        Ok(Box::new(near))
    }
}

/// Where a venue's connections arrive.
pub(super) struct Listener(mpsc::UnboundedReceiver<DuplexStream>);

impl Listener {
    /// The next stream, before anything was said.
    pub(super) async fn stream(&mut self) -> DuplexStream {
        self.try_stream().await.expect("the client is there")
    }

    /// The same, `None` when the client is gone.
    pub(super) async fn try_stream(&mut self) -> Option<DuplexStream> {
        self.0.recv().await
    }

    /// The next connection, upgraded.
    pub(super) async fn accept(&mut self) -> Peer {
        let stream = self.stream().await;
        Peer::upgrade(stream).await
    }

    /// Whether somebody connects within this time.
    pub(super) async fn is_quiet_for(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.0.recv()).await.is_err()
    }
}

/// The venue's end of a connection.
pub(super) struct Peer {
    pub(super) socket: WebSocketStream<DuplexStream>,
    pub(super) path: String,
    unread: VecDeque<String>,
}

impl Peer {
    pub(super) async fn upgrade(stream: DuplexStream) -> Self {
        let path = Arc::new(Mutex::new(String::new()));
        let seen = Arc::clone(&path);
        #[expect(clippy::result_large_err, reason = "the library's own type")]
        let look = move |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            *seen.lock().unwrap() = request.uri().to_string();
            Ok(response)
        };
        let socket = tokio_tungstenite::accept_hdr_async(stream, look).await.expect("an upgrade");
        let path = path.lock().unwrap().clone();
        Self { socket, path, unread: VecDeque::new() }
    }

    /// The next text, `None` when the connection has ended or is being closed.
    pub(super) async fn hear(&mut self) -> Option<String> {
        if let Some(text) = self.unread.pop_front() {
            return Some(text);
        }
        loop {
            // Longer than any test lets pass: nothing comes any more.
            let next = tokio::time::timeout(Duration::from_secs(10_000), self.socket.next()).await;
            match next.expect("a frame")? {
                Ok(Message::Text(text)) => return Some(text.as_str().to_owned()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// What is asked for next: `sub 1 a,b`.
    pub(super) async fn hears(&mut self, expected: &str) {
        let heard = self.hear().await;
        assert_eq!(heard.as_deref(), Some(expected));
    }

    pub(super) async fn say(&mut self, text: impl Into<String>) {
        self.socket.send(Message::text(text.into())).await.expect("the client reads");
    }

    /// Confirms a request by its number.
    pub(super) async fn ack(&mut self, id: u64) {
        self.say(format!(r#"{{"ok":"","id":{id}}}"#)).await;
    }

    /// Hears a subscription and confirms it; its topics.
    pub(super) async fn subscribed(&mut self) -> Vec<String> {
        let text = self.hear().await.expect("a subscription");
        let mut words = text.split(' ');
        assert_eq!(words.next(), Some("sub"), "{text}");
        let id = words.next().and_then(|id| id.parse().ok()).expect("a number");
        self.ack(id).await;
        words.next_back().unwrap_or_default().split(',').map(str::to_owned).collect()
    }

    /// Closes with this code, and waits until the client has answered.
    pub(super) async fn close(mut self, code: u16, reason: &str) -> bool {
        let frame = CloseFrame { code: CloseCode::from(code), reason: reason.to_owned().into() };
        self.socket.send(Message::Close(Some(frame))).await.expect("the client reads");
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Close(_))) => return true,
                Some(Ok(_)) => {}
                Some(Err(WsError::ConnectionClosed)) | None => return false,
                Some(Err(_)) => return false,
            }
        }
    }
}

/// A client of this venue, and where its connections arrive.
pub(super) fn client(toy: Toy) -> (Client<Toy>, Listener) {
    client_with(toy, 64 * 1024)
}

pub(super) fn client_with(toy: Toy, buffer: usize) -> (Client<Toy>, Listener) {
    let (dialled, arrivals) = mpsc::unbounded_channel();
    let client = Client::builder(toy)
        .dialer(Arc::new(Lines { dialled, buffer }))
        .credentials(Credentials::new("KEY-of-the-user", "SECRET-of-the-user"))
        .build()
        .unwrap();
    (client, Listener(arrivals))
}

pub(super) fn feed(toy: Toy) -> (Feed<Toy>, Listener) {
    feed_of(toy, |builder| builder)
}

pub(super) fn feed_of(
    toy: Toy,
    set: impl FnOnce(FeedBuilder<Toy>) -> FeedBuilder<Toy>,
) -> (Feed<Toy>, Listener) {
    let (client, listener) = client(toy);
    (set(client.feed()).connect().unwrap(), listener)
}

/// The next item in short: its event's name, or its data.
pub(super) async fn next<T: std::fmt::Debug>(stream: &mut Subscription<T>) -> String {
    let update = tokio::time::timeout(Duration::from_secs(3600), stream.next()).await.expect("an item");
    let Some(update) = update else { return "end".to_owned() };
    match update.event {
        Event::Data(value) => format!("{value:?}"),
        Event::Gap(gap) => format!("gap ({})", gap.reason),
        Event::Rejected(error) => format!("rejected {:?}: {}", error.kind(), error.message()),
        Event::Unreadable(error) => format!("unreadable: {}", error.message()),
        Event::Lagged { missed } => format!("lagged {missed}"),
        Event::Stale { silent } => format!("stale {silent:?}"),
        event => event.name().to_owned(),
    }
}

/// Tasks of the runtime besides the test's own.
pub(super) fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// Lets everything that can happen now happen.
pub(super) async fn settle() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}
