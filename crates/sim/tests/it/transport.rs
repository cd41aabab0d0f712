//! Sockets, TLS, the in-memory dialer, ports, and the end of a simulation.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;
use venue_core::http::{Dial, Socket, TcpDial};
use venue_sim::{Sim, SimError, Which};

use crate::client::{Reply, Wire, exchange, prefix, send};

fn connector(sim: &Sim) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    for der in sim.roots_der() {
        roots.add(CertificateDer::from(der.clone())).unwrap();
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

async fn over_tls(sim: &Sim, stream: Box<dyn Socket>, name: &str, bytes: &[u8]) -> Reply {
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let stream = connector(sim).connect(name, stream).await.unwrap();
    exchange(stream, bytes).await.unwrap()
}

#[tokio::test]
async fn every_venue_speaks_tls_over_sockets_and_in_memory() {
    let sim = Sim::builder().start().await.unwrap();
    assert!(sim.ca_pem().starts_with("-----BEGIN CERTIFICATE-----"));
    for which in Which::ALL {
        let venue = sim.venue(which);
        let (host, port) = ("127.0.0.1", venue.address().port());
        assert!(venue.rest().starts_with(&format!("https://{host}:{port}")), "{}", venue.rest());
        assert!(venue.ws_public().starts_with("wss://127.0.0.1:"));
        let bytes = Wire::get("/nothing").bytes(&prefix(venue));
        for name in ["localhost", "127.0.0.1", "::1"] {
            let socket = TcpDial::direct().dial(host, port).await.unwrap();
            assert_eq!(over_tls(&sim, socket, name, &bytes).await.status, 404);
            let pipe = sim.dialer().dial(host, port).await.unwrap();
            assert_eq!(over_tls(&sim, pipe, name, &bytes).await.status, 404);
        }
    }
}

#[tokio::test]
async fn credentials_follow_from_the_seed() {
    let start = |seed| Sim::builder().seed(seed).plain(true).start();
    let (one, again, other) = (start(1).await.unwrap(), start(1).await.unwrap(), start(2).await.unwrap());
    let of = |sim: &Sim, which| (sim.venue(which).key().to_owned(), sim.venue(which).secret().to_owned());
    let mut keys = Vec::new();
    for which in Which::ALL {
        assert_eq!(of(&one, which), of(&again, which));
        assert_ne!(of(&one, which), of(&other, which));
        assert_eq!(one.venue(which).memo().is_some(), which == Which::BitMart);
        keys.push(of(&one, which).0);
    }
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 6);
}

#[tokio::test]
async fn a_venue_that_was_not_asked_for_cannot_be_reached() {
    let sim = Sim::builder().venue(Which::Hibt).plain(true).start().await.unwrap();
    let absent = sim.venue(Which::BitMart);
    assert!(!absent.is_started() && sim.venue(Which::Hibt).is_started());
    assert_eq!(absent.rest(), "http://127.0.0.1:0");
    assert!(send(&sim, absent, &Wire::get("/")).await.is_err());
    assert!(sim.dialer().dial("example.com", sim.venue(Which::Hibt).address().port()).await.is_err());
}

#[tokio::test]
async fn ports_follow_from_the_first() {
    // Some block of two is free.
    for port in (20_000..60_000).step_by(97) {
        let builder = Sim::builder().venue(Which::HashKey).venue(Which::Hibt).plain(true).port(port);
        match builder.start().await {
            Ok(sim) => {
                assert_eq!(sim.venue(Which::HashKey).address().port(), port);
                assert_eq!(sim.venue(Which::Hibt).rest(), format!("http://127.0.0.1:{}/open-api", port + 1));
                return;
            }
            Err(SimError::Listen { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    panic!("no two free ports in a row");
}

#[tokio::test]
async fn the_last_port_leaves_no_room() {
    let error =
        Sim::builder().venue(Which::HashKey).venue(Which::Hibt).port(u16::MAX).start().await.unwrap_err();
    assert!(matches!(error, SimError::Port(u16::MAX) | SimError::Listen { .. }), "{error}");
}

#[tokio::test]
async fn dropping_the_simulation_stops_it() {
    let sim = Sim::builder().venue(Which::BitMart).plain(true).start().await.unwrap();
    let (address, dialer) = (sim.venue(Which::BitMart).address(), sim.dialer());
    let open = dialer.dial("127.0.0.1", address.port()).await.unwrap();
    drop(sim);
    assert!(dialer.dial("127.0.0.1", address.port()).await.is_err());
    assert!(exchange(open, &Wire::get("/").bytes("")).await.is_err());
    // The listener goes with its task, which needs a turn.
    while tokio::net::TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_connection_serves_many_requests() {
    let sim = Sim::builder().venue(Which::BitMart).plain(true).start().await.unwrap();
    let venue = sim.venue(Which::BitMart);
    let mut bytes = b"GET /one HTTP/1.1\r\nhost: sim\r\n\r\n".repeat(3);
    bytes.extend(Wire::get("/last").bytes(""));
    let pipe = sim.dialer().dial("localhost", venue.address().port()).await.unwrap();
    exchange(pipe, &bytes).await.unwrap();
    assert_eq!((venue.requests(), venue.refused()), (4, 4));
    assert_eq!(venue.hits().last().unwrap().path, "/last");
}
