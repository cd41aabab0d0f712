//! Streams over real sockets, and how they are opened or not.

use std::sync::Arc;

use futures::{SinkExt as _, StreamExt as _};
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::Message;
use venue_sim::{Sim, Which};

use crate::client::{Wire, send};
use crate::desk::{Desk, GET};
use crate::tap::{Ended, Tap};
use crate::ws_bitmart::{PUBLIC, ask, public};

#[tokio::test]
async fn streams_are_served_over_tcp_with_and_without_tls() {
    for plain in [true, false] {
        let sim = Sim::builder().venue(Which::BitMart).plain(plain).start().await.unwrap();
        let venue = sim.venue(Which::BitMart);
        let scheme = if plain { "ws" } else { "wss" };
        assert_eq!(venue.ws(), format!("{scheme}://{}", venue.address()));
        assert_eq!(venue.ws_public(), format!("{}/api?protocol=1.1", venue.ws()));
        assert_eq!(venue.ws_private(), format!("{}/user?protocol=1.1", venue.ws()));
        let tcp = TcpStream::connect(venue.address()).await.unwrap();
        let stream: Box<dyn venue_core::http::Socket> = if plain {
            Box::new(tcp)
        } else {
            let mut roots = rustls::RootCertStore::empty();
            for root in sim.roots_der() {
                roots.add(root.clone().into()).unwrap();
            }
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = rustls::ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_root_certificates(roots)
                .with_no_client_auth();
            let name = ServerName::try_from("127.0.0.1").unwrap();
            Box::new(TlsConnector::from(Arc::new(config)).connect(name, tcp).await.unwrap())
        };
        let (mut socket, _) = tokio_tungstenite::client_async(venue.ws_public(), stream).await.unwrap();
        let topic = "futures/fundingRate:BTCUSDT";
        socket.send(Message::text(ask("subscribe", &[topic]))).await.unwrap();
        let mut said = Vec::new();
        while said.len() < 2 {
            said.push(socket.next().await.unwrap().unwrap().into_text().unwrap());
        }
        assert!(said[0].contains(r#""success":true"#) && said[1].contains("nextFundingTime"), "{said:?}");
        let report = venue.streams();
        assert_eq!((report.open, report.frames_in, report.frames_out), (1, 1, 2));
        drop(sim);
        // The end of the simulation is the end of its connections.
        while let Some(Ok(_)) = socket.next().await {}
    }
}

#[tokio::test]
async fn only_documented_paths_open() {
    let desk = Desk::open().await;
    let venue = desk.venue();
    for (path, status) in [
        ("/", 404),
        ("/ws", 404),
        ("/api", 400),
        ("/user?protocol=1.0", 400),
        ("/contract/public/details", 404),
    ] {
        assert_eq!(Tap::try_open(&desk.sim, venue, path).await.err(), Some(status), "{path}");
    }
    let stateless = Desk::with(Sim::builder().stateful(false)).await;
    assert_eq!(Tap::try_open(&stateless.sim, stateless.venue(), PUBLIC).await.err(), Some(404));
    // A handshake that isn't one.
    let upgrade = [("connection", "upgrade"), ("upgrade", "websocket"), ("sec-websocket-version", "13")];
    for (left_out, status) in [("connection", 400), ("sec-websocket-version", 426), ("", 400)] {
        let headers = upgrade.iter().filter(|(name, _)| *name != left_out);
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let wire = Wire { headers, ..Wire::get("/api?protocol=1.1") };
        assert_eq!(send(&desk.sim, venue, &wire).await.unwrap().status, status, "{left_out}");
    }
    // Without asking for an upgrade it is a path like any other.
    assert_eq!(desk.reply(GET, "/api", "protocol=1.1").await.status, 404);
    assert_eq!(venue.streams().refused_upgrades, 8);
}

#[tokio::test]
async fn an_address_has_as_many_connections_as_documented() {
    let desk = Desk::open().await;
    let mut taps = Vec::new();
    for _ in 0..500 {
        taps.push(public(&desk).await);
    }
    assert_eq!(Tap::try_open(&desk.sim, desk.venue(), PUBLIC).await.err(), Some(429));
    assert_eq!(desk.venue().streams().most_open, 500);
    let mut first = taps.swap_remove(0);
    first.socket.close(None).await.unwrap();
    assert!(matches!(first.end().await, Ended::Closed(..) | Ended::Dropped));
    while desk.venue().streams().open == 500 {
        tokio::task::yield_now().await;
    }
    public(&desk).await;
}

#[tokio::test(start_paused = true)]
async fn frames_that_are_none_end_a_connection() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    // It may be closed before it has been read.
    let _ = tap.socket.send(Message::text("x".repeat(300_000))).await;
    assert!(matches!(tap.end().await, Ended::Closed(1009, _) | Ended::Dropped));
    assert_eq!(desk.venue().streams().closed["protocol"], 1);
}
