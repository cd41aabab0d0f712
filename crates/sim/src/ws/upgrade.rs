//! From an HTTP request to a `WebSocket`.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::sync::watch;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use crate::answer::Answer;
use crate::fault::{Fault, Stage};
use crate::venue::Venue;

use super::connection::{Attached, run};
use super::feed::{Door, Locked, Scene};
use super::outbox::Outbox;

/// Longest frame that is read; a venue's own limit is its session's business.
const FRAME_LIMIT: usize = 256 * 1024;

/// Whether a request asks for a `WebSocket`.
pub(crate) fn is_upgrade(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::GET && has(headers, "upgrade", "websocket")
}

fn has(headers: &HeaderMap, name: &str, word: &str) -> bool {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|value| value.trim().eq_ignore_ascii_case(word))
}

/// Answers a request for a `WebSocket`, and serves it when it is opened.
pub(crate) fn open(venue: &Arc<Venue>, stop: watch::Receiver<()>, request: &mut Request<Incoming>) -> Answer {
    let attached = key(request.headers()).and_then(|key| {
        let query = request.uri().query().unwrap_or_default();
        attach(venue, request.uri().path(), query).map(|attached| (key, attached))
    });
    let (key, attached) = match attached {
        Ok(opened) => opened,
        Err(Locked(status)) => {
            venue.streams.refused_upgrade();
            let mut answer = Answer::bare(status, Bytes::new());
            if status == 426 {
                answer.header("sec-websocket-version", "13");
            }
            return answer;
        }
    };
    let upgrade = hyper::upgrade::on(request);
    let mut stop = stop;
    tokio::spawn(async move {
        let serve = async {
            let Ok(stream) = upgrade.await else { return };
            let config = WebSocketConfig::default()
                .max_message_size(Some(FRAME_LIMIT))
                .max_frame_size(Some(FRAME_LIMIT));
            let stream = TokioIo::new(stream);
            run(WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)).await, attached).await;
        };
        tokio::select! {
            biased;
            _ = stop.changed() => {}
            () = serve => {}
        }
    });
    let mut answer = Answer::bare(101, Bytes::new());
    answer.header("connection", "Upgrade");
    answer.header("upgrade", "websocket");
    answer.header("sec-websocket-accept", &key);
    answer
}

/// The key to answer with, when the handshake is one.
fn key(headers: &HeaderMap) -> Result<String, Locked> {
    if !has(headers, "connection", "upgrade") {
        return Err(Locked(400));
    }
    if !has(headers, "sec-websocket-version", "13") {
        return Err(Locked(426));
    }
    let key = headers.get("sec-websocket-key").ok_or(Locked(400))?;
    Ok(derive_accept_key(key.as_bytes()))
}

/// A session at this path, from now on told of everything.
fn attach(venue: &Arc<Venue>, path: &str, query: &str) -> Result<Attached, Locked> {
    let world = venue.world.as_ref().ok_or(Locked::NO_SUCH_PATH)?;
    let feed = world.feed().ok_or(Locked::NO_SUCH_PATH)?;
    if feed.most_connections().is_some_and(|most| venue.streams.open() >= most) {
        return Err(Locked(429));
    }
    let now_ms = venue.clock.now_ms();
    world.with(now_ms, |state| {
        let scene = Scene { state, account: &venue.account, now_ms, uptime_ms: venue.clock.uptime_ms() };
        let door = Door { path, query, seed: venue.draw(), manner: venue.manner, scene };
        let session = feed.open(&door)?;
        let line = session.line();
        if let Some(fault) = venue.faults.for_stream(&[Stage::Upgrade], line, &[], false) {
            venue.streams.fault(fault.stream_name());
            let Fault::RefuseUpgrade(status) = fault else { return Err(Locked(503)) };
            return Err(Locked(status));
        }
        state.engine.listen();
        let (cursor, news) = world.log().join();
        venue.streams.opened();
        let out =
            Outbox::new(line, session.is_keyed(), Arc::clone(&venue.faults), Arc::clone(&venue.streams));
        Ok(Attached { venue: Arc::clone(venue), session, out, cursor, news })
    })
}
