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

/// What no client should send.
const NOISE: [&str; 16] = [
    "",
    "null",
    "[]",
    "{}",
    "\"ping\"",
    "{\"action\":null}",
    "{\"action\":\"subscribe\",\"args\":\"futures/order\"}",
    "{\"action\":\"subscribe\",\"args\":[\"\",\":\",\"@\",\"futures/\",\"futures/depth:@\",\"futures/:BTCUSDT@\"]}",
    "{\"action\":\"access\",\"args\":[\"\",\"99999999999999999999\",\"\",\"\"]}",
    "{\"action\":\"request\",\"args\":[\"futures/depthIncrease5:\u{1F600}\"]}",
    "{\"ping\":{}}",
    "{\"topic\":[],\"event\":{},\"params\":7,\"symbol\":null}",
    "{\"topic\":\"depth\",\"event\":\"sub\",\"symbol\":\",,,\",\"params\":{\"limit\":\"-1\"}}",
    "{\"topic\":\"depth\",\"event\":\"sub\",\"symbol\":\"BTCUSDT\",\"params\":{\"limit\":1e99,\"binary\":[]}}",
    "{\"topic\":\"kline_\",\"event\":\"sub\",\"symbol\":\"BTCUSDT\"}",
    "{\"topic\":\"kline\",\"event\":\"sub\",\"params\":{\"symbol\":\"BTCUSDT\",\"klineType\":\"\"}}",
];

#[tokio::test(start_paused = true)]
async fn nonsense_ends_no_connection() {
    let sim = Sim::builder().plain(true).start().await.unwrap();
    let paths = [
        (Which::BitMart, PUBLIC),
        (Which::BitMart, "/user?protocol=1.1"),
        (Which::HashKey, "/quote/ws/v1"),
        (Which::HashKey, "/quote/ws/v2"),
    ];
    for (which, path) in paths {
        let mut tap = Tap::open(&sim, sim.venue(which), path).await;
        for noise in NOISE {
            tap.say(noise).await;
            tap.socket.send(Message::binary(noise.as_bytes().to_vec())).await.unwrap();
        }
        tap.socket.send(Message::binary(vec![0xff, 0xfe, 0x00])).await.unwrap();
        let (ping, pong) = if which == Which::BitMart { ("action", "group") } else { ("ping", "pong") };
        tap.say(format!(r#"{{"{ping}":"ping"}}"#)).await;
        tap.until(|frame| frame.get(pong).is_some_and(|value| value == "System" || value.is_number())).await;
    }
}

#[tokio::test(start_paused = true)]
async fn who_reads_too_slowly_is_closed_and_never_skips_in_silence() {
    let desk = Desk::open().await;
    let (mut slow, mut quick) = (public(&desk).await, public(&desk).await);
    for tap in [&mut slow, &mut quick] {
        crate::ws_bitmart::subscribe(tap, "futures/depthIncrease50:BTCUSDT@100ms").await;
    }
    // The quick one keeps the market moving, while the slow one's socket fills up.
    let start = tokio::time::Instant::now();
    while start.elapsed().as_secs() < 600 {
        quick.hear().await;
    }
    let mut versions = Vec::new();
    let end = loop {
        match slow.message().await {
            Ok(Message::Text(text)) => {
                let push: serde_json::Value = serde_json::from_str(text.as_str()).unwrap();
                versions.push(push["data"]["version"].as_u64().unwrap());
            }
            Ok(other) => panic!("{other:?}"),
            Err(end) => break end,
        }
    };
    assert_eq!(end, Ended::Closed(1013, "fell behind".into()));
    assert!(versions.windows(2).all(|two| two[1] == two[0] + 1), "{versions:?}");
    let report = desk.venue().streams();
    assert_eq!((report.closed["behind"], report.open), (1, 1));
}
