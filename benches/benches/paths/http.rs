//! A whole call over TLS, beside hyper-util sending the same signed bytes; client and server on one core.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bitmart_futures::BitMart;
use bitmart_futures::rest::SubmitOrder;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use venue_benches::{Bench, CpuTime, Goal, Line, Unit, median, pin};
use venue_core::budget::Ledger;
use venue_core::http::Roots;
use venue_core::{Client, Endpoint as _};
use venue_sim::Which;

use crate::orders::{bitmart, credentials, documented};

const WARM: usize = 500;
const PAIRS: usize = 12_000;
const IN_FLIGHT: usize = 64;
/// Calls that each of those makes in a round, and rounds.
const EACH: usize = 12;
const ROUNDS: usize = 21;

pub(crate) fn run(bench: &Bench) {
    if !bench.is_timed() {
        return;
    }
    // A thread of its own, so that nothing else is kept to one core.
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let server = Server::start();
            let one_core = pin();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(measure(bench, &server, one_core));
        });
    });
}

/// Answers every order with the documented answer, over TLS and HTTP/1.1.
struct Server {
    address: SocketAddr,
    pem: String,
    certificate: CertificateDer<'static>,
}

impl Server {
    fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (pem, certificate) = (made.cert.pem(), made.cert.der().clone());
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let config = rustls::ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key.into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let body = Bytes::from(documented(Which::BitMart, &SubmitOrder::SPEC));
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            pin();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    stream.set_nodelay(true).unwrap();
                    tokio::spawn(serve(acceptor.clone(), stream, body.clone()));
                }
            });
        });
        Self { address: told.recv().unwrap(), pem, certificate }
    }
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

async fn serve(acceptor: TlsAcceptor, stream: tokio::net::TcpStream, body: Bytes) {
    let stream = acceptor.accept(stream).await.unwrap();
    let service = service_fn(move |request: Request<Incoming>| {
        let body = body.clone();
        async move {
            // What was sent is read, as a venue would.
            let sent = request.into_body().collect().await.unwrap().to_bytes();
            assert!(!sent.is_empty());
            let mut response = Response::new(Full::new(body));
            response.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
            Ok::<_, Infallible>(response)
        }
    });
    // The client hangs up when it is done.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// What the other side sends: the same bytes, signed before.
struct Signed {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Signed {
    fn request(&self) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
}

#[derive(Clone)]
struct Bare(HyperClient<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Bare {
    fn new(certificate: &CertificateDer<'static>) -> Self {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(certificate.clone()).unwrap();
        let tls = rustls::ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.enforce_http(false);
        let https = hyper_rustls::HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_only()
            .enable_http1()
            .wrap_connector(connector);
        Self(HyperClient::builder(TokioExecutor::new()).build(https))
    }

    async fn send(&self, request: Request<Full<Bytes>>) -> Bytes {
        let response = self.0.request(request).await.unwrap();
        assert!(response.status().is_success());
        response.into_body().collect().await.unwrap().to_bytes()
    }
}

fn signed(client: &Client<BitMart>, order: &SubmitOrder) -> Signed {
    let prepared = client.send(order.clone()).prepare().unwrap();
    let headers = prepared.headers.iter().map(|(name, value)| {
        let mut value = HeaderValue::from_str(value).unwrap();
        value.set_sensitive(true);
        (HeaderName::try_from(name.as_str()).unwrap(), value)
    });
    Signed {
        method: prepared.method.parse().unwrap(),
        uri: prepared.url.parse().unwrap(),
        headers: headers.collect(),
        body: prepared.body.unwrap_or_default().into(),
    }
}

async fn measure(bench: &Bench, server: &Server, one_core: bool) {
    let ledger = Ledger::new();
    // The documented budget would be spent in no time: this account was granted more.
    for cost in SubmitOrder::SPEC.costs() {
        ledger.set_limit(cost.limit, u32::MAX);
    }
    let ours = Client::builder(BitMart::new())
        .base(format!("https://localhost:{}", server.address.port()))
        .roots(Roots::only_pem(&server.pem).unwrap())
        .credentials(credentials())
        .ledger(ledger)
        .build()
        .unwrap();
    let bare = Bare::new(&server.certificate);
    let orders = bitmart();
    let signed: Vec<Signed> = orders.iter().map(|order| signed(&ours, order)).collect();
    let expected = documented(Which::BitMart, &SubmitOrder::SPEC);
    assert_eq!(bare.send(signed[0].request()).await, expected);
    assert_eq!(ours.send(orders[0].clone()).raw().await.unwrap().body, expected);

    let cores = if one_core { "one core" } else { "any core" };
    one_in_flight(bench, cores, &ours, &orders, &bare, &signed).await;
    many_in_flight(bench, cores, &ours, &orders, &bare, &signed).await;
}

async fn one_in_flight(
    bench: &Bench,
    cores: &str,
    ours: &Client<BitMart>,
    orders: &[SubmitOrder],
    bare: &Bare,
    signed: &[Signed],
) {
    let ps = |time: Duration| u64::try_from(time.as_nanos() * 1000).unwrap();
    let (mut ours_times, mut bare_times) = (Vec::new(), Vec::new());
    for nth in 0..WARM + PAIRS {
        let (order, signed) = (&orders[nth % orders.len()], &signed[nth % signed.len()]);
        let (mut ours_time, mut bare_time) = (Duration::ZERO, Duration::ZERO);
        for turn in 0..2 {
            // What is sent is there before: here an order, there a request.
            if (turn + nth) % 2 == 0 {
                let order = order.clone();
                let begin = Instant::now();
                ours.send(order).await.unwrap();
                ours_time = begin.elapsed();
            } else {
                let request = signed.request();
                let begin = Instant::now();
                bare.send(request).await;
                bare_time = begin.elapsed();
            }
        }
        if nth >= WARM {
            ours_times.push(ps(ours_time));
            bare_times.push(ps(bare_time));
        }
    }
    let line = Line::new(
        format!("http: a whole call over TLS, one in flight, median, {cores}"),
        "hyper-util, the same signed bytes",
        Unit::Ns,
        median(&mut ours_times),
        Some(median(&mut bare_times)),
    );
    bench.add(&line.goal(Goal::AtMost { ratio: 1120, stretch: Some(1080) }));
}

/// So many tasks, each with its calls one after the other: the client's CPU for a call.
async fn many_in_flight(
    bench: &Bench,
    cores: &str,
    ours: &Client<BitMart>,
    orders: &[SubmitOrder],
    bare: &Bare,
    signed: &[Signed],
) {
    let mut rounds = Vec::new();
    for round in 0..ROUNDS + 2 {
        let mut spent = [0; 2];
        for turn in 0..2 {
            let side = (turn + round) % 2;
            let at = |task: usize| task * EACH..(task + 1) * EACH;
            let mut orders: Vec<Vec<_>> = (0..IN_FLIGHT)
                .map(|task| at(task).map(|nth| orders[nth % orders.len()].clone()).collect())
                .collect();
            let mut requests: Vec<Vec<_>> = (0..IN_FLIGHT)
                .map(|task| at(task).map(|nth| signed[nth % signed.len()].request()).collect())
                .collect();
            let mut tasks = JoinSet::new();
            let begin = CpuTime::now();
            for task in 0..IN_FLIGHT {
                if side == 0 {
                    let (ours, mine) = (ours.clone(), std::mem::take(&mut orders[task]));
                    tasks.spawn(async move {
                        for order in mine {
                            ours.send(order).await.unwrap();
                        }
                    });
                } else {
                    let (bare, mine) = (bare.clone(), std::mem::take(&mut requests[task]));
                    tasks.spawn(async move {
                        for request in mine {
                            bare.send(request).await;
                        }
                    });
                }
            }
            while let Some(done) = tasks.join_next().await {
                done.unwrap();
            }
            let calls = u128::try_from(IN_FLIGHT * EACH).unwrap();
            spent[side] = u64::try_from(begin.elapsed().as_nanos() * 1000 / calls).unwrap();
        }
        if round > 1 {
            rounds.push((spent[0], spent[1]));
        }
    }
    rounds.sort_by_key(|(ours, bare)| ours * 1_000_000 / bare);
    let (ours_ps, bare_ps) = rounds[ROUNDS / 2];
    let line = Line::new(
        format!("http: CPU of a call over TLS, {IN_FLIGHT} in flight, {cores}"),
        "hyper-util, the same signed bytes",
        Unit::Ns,
        ours_ps,
        Some(bare_ps),
    );
    bench.add(&line.goal(Goal::AtMost { ratio: 1150, stretch: None }));
}
