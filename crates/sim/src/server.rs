//! Connections: accepted, wrapped in TLS, read as HTTP/1.1, answered or faulted.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use venue_core::http::Socket;

use crate::answer::{Answer, Hangup, Sent};
use crate::counts::Hit;
use crate::fault::Fault;
use crate::refusal::Why;
use crate::request::Received;
use crate::venue::Venue;
use crate::ws;

/// Longest body that is read.
const BODY_LIMIT: usize = 1024 * 1024;
/// Rest after a failed accept, so that running out of descriptors doesn't spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// What a listener and the in-memory dialer share: a venue, its TLS, and the word to stop.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) venue: Arc<Venue>,
    /// Which of the venue's products is served here.
    pub(crate) product: usize,
    pub(crate) tls: Option<TlsAcceptor>,
    /// Closed when the simulation is dropped.
    pub(crate) stop: watch::Receiver<()>,
}

impl Server {
    /// Accepts connections until the simulation stops.
    pub(crate) async fn listen(self, listener: TcpListener) {
        let mut stop = self.stop.clone();
        loop {
            let accepted = tokio::select! {
                biased;
                _ = stop.changed() => return,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, _)) = accepted else {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            // Small answers must not wait for an acknowledgement; a failure only costs time.
            let _ = stream.set_nodelay(true);
            let server = self.clone();
            if self.venue.faults.for_connection() {
                tokio::spawn(async move {
                    let mut stop = server.stop;
                    // Closing with unread data makes the system send a reset.
                    tokio::select! {
                        _ = stop.changed() => {}
                        _ = stream.readable() => {}
                    }
                });
            } else {
                tokio::spawn(server.serve(stream));
            }
        }
    }

    /// Serves one connection until either side closes it or the simulation stops.
    pub(crate) async fn serve(self, stream: impl Socket) {
        let mut stop = self.stop.clone();
        let (venue, product) = (self.venue, self.product);
        let connection = async move {
            match self.tls {
                Some(tls) => match tls.accept(stream).await {
                    Ok(stream) => speak(venue, product, self.stop, stream).await,
                    Err(error) => tracing::debug!(%error, "TLS handshake failed"),
                },
                None => speak(venue, product, self.stop, stream).await,
            }
        };
        tokio::select! {
            // First, so that nothing is answered after the end.
            biased;
            _ = stop.changed() => {}
            () = connection => {}
        }
    }
}

async fn speak(venue: Arc<Venue>, product: usize, stop: watch::Receiver<()>, stream: impl Socket) {
    let service = service_fn(move |request| handle(Arc::clone(&venue), product, stop.clone(), request));
    let mut http = http1::Builder::new();
    // Under a paused clock a timer would close idle connections at once.
    http.header_read_timeout(None).half_close(true);
    if let Err(error) = http.serve_connection(TokioIo::new(stream), service).with_upgrades().await {
        tracing::debug!(%error, "connection ended");
    }
}

async fn handle(
    venue: Arc<Venue>,
    product: usize,
    stop: watch::Receiver<()>,
    mut request: Request<Incoming>,
) -> Result<Response<Sent>, Hangup> {
    venue.counts.request();
    if ws::is_upgrade(request.method(), request.headers()) {
        let answer = ws::open(&venue, stop, &mut request);
        let (uri, at_ms) = (request.uri(), venue.clock.now_ms());
        let (path, query) = (uri.path().to_owned(), uri.query().unwrap_or_default().to_owned());
        let status = Some(answer.status.as_u16());
        venue.counts.hit(Hit { method: "GET".to_owned(), path, query, status, at_ms });
        return Ok(answer.into_response(at_ms));
    }
    let (parts, body) = request.into_parts();
    let body = match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => Some(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => None,
        Err(_) => return Err(Hangup),
    };
    let too_large = body.is_none();
    let request = venue.receive(parts, body.unwrap_or_default(), product);
    let (method, path, query) =
        (request.method.to_string(), request.full_path.clone(), request.query.clone());
    let result = if too_large {
        venue.counts.refuse();
        Ok(Answer::bare(413, Bytes::from_static(b"Payload Too Large")))
    } else {
        answer(&venue, request).await
    };
    let at_ms = venue.clock.now_ms();
    let status = result.as_ref().ok().map(|answer| answer.status.as_u16());
    venue.counts.hit(Hit { method, path, query, status, at_ms });
    result.map(|answer| answer.into_response(at_ms))
}

async fn answer(venue: &Arc<Venue>, request: Received) -> Result<Answer, Hangup> {
    let arrival = venue.arrive(&request);
    let route = venue.route(&request).ok();
    let template = route.map_or(request.path.as_str(), |route| route.endpoint.path.as_str());
    let paths = [template, &request.path, &request.full_path];
    let Some(fault) = venue.faults.for_request(request.method.as_str(), &paths) else {
        return Ok(venue.answer(&request, arrival));
    };
    let refuse = |why: Why| Ok(venue.say(&why.into(), &request, venue.clock.now_ms()));
    match fault {
        Fault::Status { status, body, headers } => {
            let mut answer = Answer::bare(status, body);
            for (name, value) in headers {
                answer.header(&name, &value);
            }
            Ok(answer)
        }
        Fault::Redirect(location) => {
            let mut answer = Answer::bare(307, Bytes::new());
            answer.header("location", &location);
            Ok(answer)
        }
        Fault::RateLimited => refuse(Why::RateLimited),
        Fault::Banned => refuse(Why::Banned),
        Fault::TimestampRefused => refuse(Why::TimestampOutside),
        Fault::Body(body) => {
            // Verified and executed all the same.
            let _ = venue.answer(&request, arrival);
            Ok(Answer::bare(200, body))
        }
        Fault::Delay(delay) => {
            let answer = venue.answer(&request, arrival);
            tokio::time::sleep(delay).await;
            Ok(answer)
        }
        Fault::ExecuteLate(delay) => {
            let venue = Arc::clone(venue);
            // A task of its own: this one ends when the client goes away.
            let late = tokio::spawn(async move {
                tokio::time::sleep(delay).await;
                venue.answer(&request, arrival)
            });
            late.await.map_err(|_| Hangup)
        }
        Fault::TruncateAnswer => {
            let mut answer = venue.answer(&request, arrival);
            answer.cut = true;
            Ok(answer)
        }
        Fault::ExecuteThenDrop => {
            let _ = venue.answer(&request, arrival);
            Err(Hangup)
        }
        Fault::CloseBeforeAnswer | Fault::ResetOnAccept => Err(Hangup),
        // Faults of streams don't match requests.
        _ => Ok(venue.answer(&request, arrival)),
    }
}
