//! A minimal HTTP/1.1 client over a byte stream, so that nothing of ours sits between a test and the venue.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use venue_core::http::Socket;
use venue_sim::{Running, Sim};

/// What goes on the wire.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    pub(crate) method: String,
    /// Path and query, without the venue's prefix.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Wire {
    pub(crate) fn get(target: &str) -> Self {
        Self { method: "GET".into(), target: target.into(), headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn bytes(&self, prefix: &str) -> Vec<u8> {
        let mut text =
            format!("{} {prefix}{} HTTP/1.1\r\nhost: sim\r\nconnection: close\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            text += &format!("{name}: {value}\r\n");
        }
        if !self.body.is_empty() {
            text += &format!("content-length: {}\r\n", self.body.len());
        }
        text += "\r\n";
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The path prefix of a running venue.
pub(crate) fn prefix(venue: &Running) -> String {
    let rest = venue.rest().split_once("://").unwrap().1;
    rest.find('/').map(|at| rest[at..].to_owned()).unwrap_or_default()
}

/// Sends over the in-memory dialer.
pub(crate) async fn send(sim: &Sim, venue: &Running, wire: &Wire) -> io::Result<Reply> {
    raw(sim, venue, &wire.bytes(&prefix(venue))).await
}

/// Sends any bytes over the in-memory dialer.
pub(crate) async fn raw(sim: &Sim, venue: &Running, bytes: &[u8]) -> io::Result<Reply> {
    let stream = sim.dialer().dial("127.0.0.1", venue.address().port()).await?;
    exchange(stream, bytes).await
}

/// Writes, reads to the end, takes the answer apart.
pub(crate) async fn exchange(mut stream: impl Socket, bytes: &[u8]) -> io::Result<Reply> {
    // The venue may answer and close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer).await {
        // TLS without a closing alert, as servers do.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && !answer.is_empty() => {}
        other => {
            other?;
        }
    }
    parse(&answer)
}

fn parse(answer: &[u8]) -> io::Result<Reply> {
    let cut = |what: &str| io::Error::new(io::ErrorKind::UnexpectedEof, what.to_owned());
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(|| cut("no head"))?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let body = &answer[end + 4..];
    let announced =
        headers.iter().find(|(name, _)| name == "content-length").map(|(_, value)| value.parse().unwrap());
    if announced.is_some_and(|announced: usize| body.len() < announced) {
        return Err(cut("the body ends early"));
    }
    Ok(Reply { status, headers, body: String::from_utf8_lossy(body).into_owned() })
}
