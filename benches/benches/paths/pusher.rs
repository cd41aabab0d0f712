//! A venue's end of WebSockets, in memory: what it pushes was written before, and costs its reader no more than a
//! copy. The kernel's share is left out of both sides, which makes the ratio stricter.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

use async_trait::async_trait;
use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use venue_core::http::{Dial, Socket};

/// What a text of the client means to a venue.
#[derive(Default)]
pub(crate) struct Heard {
    /// What is answered, in this order.
    pub(crate) answers: Vec<String>,
    /// What was subscribed to.
    pub(crate) topics: Vec<String>,
}

/// How a venue takes a text.
pub(crate) type Hear = fn(&str) -> Heard;

/// Opens connections to itself.
pub(crate) struct Pusher {
    hear: Hear,
    lines: Mutex<Vec<Line>>,
}

/// One connection.
#[derive(Clone, Default)]
pub(crate) struct Line(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    out: VecDeque<Bytes>,
    reader: Option<Waker>,
    topics: Vec<String>,
}

impl std::fmt::Debug for Pusher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pusher")
    }
}

impl Pusher {
    pub(crate) fn new(hear: Hear) -> Arc<Self> {
        Arc::new(Self { hear, lines: Mutex::default() })
    }

    /// The connections so far.
    pub(crate) fn lines(&self) -> Vec<Line> {
        self.lines.lock().unwrap().clone()
    }
}

impl Line {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Sends frames that were written before.
    pub(crate) fn push(&self, frames: Bytes) {
        let mut state = self.state();
        state.out.push_back(frames);
        if let Some(reader) = state.reader.take() {
            reader.wake();
        }
    }

    /// What was subscribed to on it.
    pub(crate) fn topics(&self) -> Vec<String> {
        self.state().topics.clone()
    }
}

/// A text frame as a server writes it.
pub(crate) fn frame(text: &str, out: &mut Vec<u8>) {
    write_frame(0x81, text.as_bytes(), out);
}

fn write_frame(head: u8, payload: &[u8], out: &mut Vec<u8>) {
    out.push(head);
    match payload.len() {
        len @ 0..126 => out.push(u8::try_from(len).unwrap()),
        len @ 126..0x1_0000 => {
            out.push(126);
            out.extend(u16::try_from(len).unwrap().to_be_bytes());
        }
        len => {
            out.push(127);
            out.extend(u64::try_from(len).unwrap().to_be_bytes());
        }
    }
    out.extend(payload);
}

#[async_trait]
impl Dial for Pusher {
    async fn dial(&self, _: &str, _: u16) -> io::Result<Box<dyn Socket>> {
        let line = Line::default();
        self.lines.lock().unwrap().push(line.clone());
        Ok(Box::new(End { line, hear: self.hear, heard: Vec::new(), open: false }))
    }
}

/// The client's end.
struct End {
    line: Line,
    hear: Hear,
    heard: Vec<u8>,
    open: bool,
}

impl AsyncRead for End {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut state = self.line.state();
        if state.out.is_empty() {
            state.reader = Some(context.waker().clone());
            return Poll::Pending;
        }
        while buffer.remaining() > 0
            && let Some(frames) = state.out.front_mut()
        {
            let count = buffer.remaining().min(frames.len());
            buffer.put_slice(&frames[..count]);
            frames.advance(count);
            if frames.is_empty() {
                state.out.pop_front();
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for End {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.heard.extend(bytes);
        self.take_in();
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl End {
    /// Answers the upgrade, and then whatever is whole of what came.
    fn take_in(&mut self) {
        if !self.open {
            let Some(end) = self.heard.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return };
            let head: Vec<u8> = self.heard.drain(..end + 4).collect();
            let head = String::from_utf8(head).unwrap();
            let key = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("sec-websocket-key").then(|| value.trim().to_owned())
            });
            let accept = derive_accept_key(key.unwrap().as_bytes());
            let answer = format!(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
            );
            self.open = true;
            self.line.push(answer.into());
        }
        while let Some((opcode, payload, length)) = client_frame(&self.heard) {
            self.heard.drain(..length);
            let mut out = Vec::new();
            match opcode {
                1 => {
                    let heard = (self.hear)(std::str::from_utf8(&payload).unwrap());
                    let mut state = self.line.state();
                    let new = heard.topics.into_iter();
                    let new: Vec<String> = new.filter(|topic| !state.topics.contains(topic)).collect();
                    state.topics.extend(new);
                    drop(state);
                    heard.answers.iter().for_each(|answer| frame(answer, &mut out));
                }
                9 => write_frame(0x8a, &payload, &mut out),
                _ => {}
            }
            if !out.is_empty() {
                self.line.push(out.into());
            }
        }
    }
}

/// Opcode and payload of a masked frame, and how many bytes it took; `None` while it isn't whole.
fn client_frame(bytes: &[u8]) -> Option<(u8, Vec<u8>, usize)> {
    let (opcode, short) = (bytes.first()? & 0x0f, usize::from(bytes.get(1)? & 0x7f));
    let (length, at) = match short {
        126 => (usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?)), 4),
        127 => (usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?, 10),
        short => (short, 2),
    };
    let mask = bytes.get(at..at + 4)?;
    let payload = bytes.get(at + 4..at + 4 + length)?;
    let payload = payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
    Some((opcode, payload, at + 4 + length))
}
