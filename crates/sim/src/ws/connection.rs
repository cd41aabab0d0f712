//! One connection: moves bytes and time between a socket and a session.

use std::sync::Arc;
use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::dialect::World;
use crate::venue::Venue;

use super::feed::{Scene, Session};
use super::log::Behind;
use super::outbox::{End, Outbox};
use super::report::Ending;

/// How long a client may take to answer a close frame.
const FAREWELL: Duration = Duration::from_secs(5);
/// Close codes of the protocol.
const NOT_UNDERSTOOD: u16 = 1002;
const TOO_LARGE: u16 = 1009;
const TRY_AGAIN: u16 = 1013;

/// A session that has joined the log of its venue, and leaves it when it is dropped.
#[derive(Debug)]
pub(super) struct Attached {
    pub(super) venue: Arc<Venue>,
    pub(super) session: Box<dyn Session>,
    pub(super) out: Outbox,
    pub(super) cursor: u64,
    pub(super) news: watch::Receiver<u64>,
}

impl Drop for Attached {
    fn drop(&mut self) {
        if let Some(world) = &self.venue.world {
            world.log().leave();
        }
    }
}

/// What a step of a connection deals with besides the passing of time.
#[derive(Debug)]
enum Input {
    Opened,
    Nothing,
    Text(String),
    Binary(Vec<u8>),
    Ping,
}

impl Attached {
    /// Lets the session deal with what happened, with the input, and with what is due. Answers when the next
    /// step is due, if nothing arrives before.
    fn step(&mut self, world: &World, input: Input) -> Option<Instant> {
        let venue = &self.venue;
        let (session, out) = (&mut self.session, &mut self.out);
        let now_ms = venue.clock.now_ms();
        let uptime_ms = venue.clock.uptime_ms();
        out.at(uptime_ms);
        // What is asked for is asked about the present.
        let asks = match &input {
            Input::Opened | Input::Binary(_) => true,
            Input::Text(text) => !session.is_sign_of_life(text),
            Input::Nothing | Input::Ping => false,
        };
        let is_watching = asks || world.peek(|state| session.watches(state));
        let due = world.follow(now_ms, &mut self.cursor, is_watching, |state, news| {
            let scene = Scene { state, account: &venue.account, now_ms, uptime_ms };
            match news {
                Ok([]) => {}
                Ok(events) => session.events(&scene, events, out),
                Err(Behind) => {
                    out.close(TRY_AGAIN, "fell behind", Ending::Behind);
                    return None;
                }
            }
            match input {
                Input::Opened => {
                    out.was_heard();
                    session.greet(&scene, out);
                }
                Input::Nothing => {}
                Input::Text(text) => session.text(&scene, &text, out),
                Input::Binary(data) => session.binary(&scene, &data, out),
                Input::Ping => {
                    out.was_heard();
                    session.ping(&scene);
                }
            }
            session.time(&scene, out);
            if out.takes_expiry() {
                session.expire(state, now_ms, out);
            }
            let market = state.engine.next_due_ms().filter(|_| session.watches(state));
            // The market runs on the venue's clock, which may be set; everything else on time that only passes.
            let market = market.map(|at_ms| uptime_ms.saturating_add(at_ms - now_ms));
            [session.due_ms(out), out.due_ms(), market].into_iter().flatten().min()
        });
        let happens = world.due_ms().map(|at_ms| uptime_ms.saturating_add(at_ms - now_ms));
        let due = [due, happens].into_iter().flatten().min()?;
        // A step never makes itself due at once.
        Some(venue.clock.instant_at(due.max(uptime_ms + 1)))
    }
}

/// Serves a connection until one side ends it.
pub(super) async fn run<S>(mut socket: WebSocketStream<S>, mut attached: Attached)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let venue = Arc::clone(&attached.venue);
    let Some(world) = &venue.world else { return };
    let mut input = Input::Opened;
    loop {
        let due = attached.step(world, input);
        let frames = attached.out.take();
        let sent = frames.iter().filter(|frame| !frame.is_ping()).count() as u64;
        for frame in frames {
            if socket.feed(frame).await.is_err() {
                return;
            }
        }
        // Also what the library itself has to say: answers to pings.
        if socket.flush().await.is_err() {
            return;
        }
        attached.out.tally().frames_out(sent);
        if let Some(end) = attached.out.end().cloned() {
            drop(attached);
            return finish(socket, end).await;
        }
        input = match next(&mut socket, &mut attached, due).await {
            Some(input) => input,
            None => return,
        };
    }
}

/// Waits for what comes first: a frame, an event, or time. `None` when the client has gone.
async fn next<S>(
    socket: &mut WebSocketStream<S>,
    attached: &mut Attached,
    due: Option<Instant>,
) -> Option<Input>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    if *attached.news.borrow_and_update() != attached.cursor {
        return Some(Input::Nothing);
    }
    let sleep = async {
        match due {
            Some(due) => tokio::time::sleep_until(due).await,
            None => std::future::pending().await,
        }
    };
    let received = tokio::select! {
        biased;
        received = socket.next() => received?,
        _ = attached.news.changed() => return Some(Input::Nothing),
        () = sleep => return Some(Input::Nothing),
    };
    let (code, reason) = match received {
        Ok(Message::Close(_)) => {
            // Reading on sends our own close frame.
            while let Some(Ok(_)) = socket.next().await {}
            return None;
        }
        Ok(Message::Pong(_) | Message::Frame(_)) => return Some(Input::Nothing),
        Ok(message) => {
            attached.out.tally().frame_in();
            return Some(match message {
                Message::Text(text) => Input::Text(text.as_str().to_owned()),
                Message::Binary(data) => Input::Binary(data.into()),
                _ => Input::Ping,
            });
        }
        Err(Error::Capacity(_)) => (TOO_LARGE, "too large"),
        Err(Error::Protocol(_) | Error::Utf8(_)) => (NOT_UNDERSTOOD, "not understood"),
        Err(_) => return None,
    };
    attached.out.close(code, reason, Ending::Protocol);
    Some(Input::Nothing)
}

async fn finish<S>(mut socket: WebSocketStream<S>, end: End)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    match end {
        End::Drop => {}
        // Until the simulation ends.
        End::HalfOpen => std::future::pending().await,
        End::Close(code, reason) => {
            let frame = CloseFrame { code: code.into(), reason: reason.into() };
            let farewell = async {
                if socket.close(Some(frame)).await.is_ok() {
                    while let Some(Ok(_)) = socket.next().await {}
                }
            };
            // A client that doesn't answer is left.
            let _ = tokio::time::timeout(FAREWELL, farewell).await;
        }
    }
}
