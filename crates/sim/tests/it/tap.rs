//! A `WebSocket` client that sends and reads raw frames.

use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use venue_core::http::Socket;
use venue_sim::{Running, Sim};

/// Longer than any venue is silent.
const PATIENCE: Duration = Duration::from_secs(2 * 3600);

pub(crate) struct Tap {
    pub(crate) socket: WebSocketStream<Box<dyn Socket>>,
}

/// How a connection ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Closed(u16, String),
    Dropped,
}

impl Tap {
    /// Opens a stream in memory: path and query, as documented.
    pub(crate) async fn open(sim: &Sim, venue: &Running, path: &str) -> Self {
        Self::try_open(sim, venue, path).await.unwrap()
    }

    /// The same, or the HTTP status that it was refused with.
    pub(crate) async fn try_open(sim: &Sim, venue: &Running, path: &str) -> Result<Self, u16> {
        let stream = sim.dialer().dial("127.0.0.1", venue.address().port()).await.unwrap();
        let url = format!("{}{path}", venue.ws());
        match tokio_tungstenite::client_async(url, stream).await {
            Ok((socket, _)) => Ok(Self { socket }),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    pub(crate) async fn say(&mut self, text: impl Into<String>) {
        self.socket.send(Message::text(text.into())).await.unwrap();
    }

    /// The next message that isn't a control frame; the end when there is none.
    pub(crate) async fn message(&mut self) -> Result<Message, Ended> {
        let next = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Close(frame))) => return Err(closed(frame)),
                    Some(Ok(message)) => return Ok(message),
                    Some(Err(_)) | None => return Err(Ended::Dropped),
                }
            }
        };
        tokio::time::timeout(PATIENCE, next).await.expect("the venue is silent for hours")
    }

    /// The next text frame.
    pub(crate) async fn text(&mut self) -> String {
        match self.message().await.unwrap() {
            Message::Text(text) => text.as_str().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    /// The next frame, which is JSON.
    pub(crate) async fn hear(&mut self) -> Value {
        let text = self.text().await;
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The next frame that is wanted; others are passed over.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..100_000 {
            let frame = self.hear().await;
            if wanted(&frame) {
                return frame;
            }
        }
        panic!("nothing of the kind arrives");
    }

    /// The text frames of so much time.
    pub(crate) async fn during(&mut self, time: Duration) -> Vec<Value> {
        let mut frames = Vec::new();
        let end = tokio::time::sleep(time);
        tokio::pin!(end);
        loop {
            tokio::select! {
                biased;
                frame = self.hear() => frames.push(frame),
                () = &mut end => return frames,
            }
        }
    }

    /// How it ends, after whatever else is said.
    pub(crate) async fn end(&mut self) -> Ended {
        loop {
            if let Err(ended) = self.message().await {
                return ended;
            }
        }
    }
}

fn closed(frame: Option<CloseFrame>) -> Ended {
    frame.map_or(Ended::Dropped, |frame| Ended::Closed(frame.code.into(), frame.reason.as_str().to_owned()))
}
