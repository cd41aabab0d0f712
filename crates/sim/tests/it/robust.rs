//! Whatever comes from the network, an answer goes back.

use venue_sim::data::Auth;
use venue_sim::{Sim, Which};

use crate::client::{Wire, prefix, raw, send};
use crate::draft::{Change, draft};
use crate::seal::{Pen, seal};

#[tokio::test]
async fn malformed_requests_are_answered() {
    for which in Which::ALL {
        let sim = Sim::builder().venue(which).plain(true).start().await.unwrap();
        let venue = sim.venue(which);
        let before = prefix(venue);
        let targets = ["/", "/%", "/%zz?%", "/?&&=&a==b&%ff", "/v4/order/%00", "//", "*"];
        for target in targets {
            let request = format!("GET {before}{target} HTTP/1.1\r\nhost: sim\r\nconnection: close\r\n\r\n");
            let reply = raw(&sim, venue, request.as_bytes()).await.unwrap();
            // `WEX` spot refuses an unsigned order with HTTP 200.
            assert!(reply.status >= 400 || reply.body.contains("AUTH_001"), "{which} {target}: {reply:?}");
        }
        for bytes in [
            &b"\0\xff\xfe\r\n\r\n"[..],
            b"GET\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"\x16\x03\x01\x02\x00\r\n\r\n",
        ] {
            let reply = raw(&sim, venue, bytes).await;
            assert!(reply.is_err() || reply.unwrap().status >= 400, "{which}");
        }
    }
}

#[tokio::test]
async fn any_signed_body_is_answered() {
    let bodies: [&[u8]; 9] = [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"{\"a\":",
        b"[[[[[[[[",
        b"\"text\"",
        b"{\"symbol\":{\"x\":[]},\"timestamp\":1e400}",
    ];
    for which in Which::ALL {
        let sim = Sim::builder().venue(which).plain(true).start().await.unwrap();
        let venue = sim.venue(which);
        for endpoint in venue.catalog().served().filter(|e| e.auth == Auth::Signed && e.method != "GET") {
            for body in bodies {
                let mut wire = seal(which, endpoint, &draft(endpoint, false, Change::None), &Pen::of(venue));
                wire.body = body.to_vec();
                assert!(send(&sim, venue, &wire).await.is_ok(), "{which} {}", endpoint.path);
            }
        }
    }
}

#[tokio::test]
async fn deeply_nested_json_does_not_overflow() {
    let which = Which::Hibt;
    let sim = Sim::builder().venue(which).plain(true).start().await.unwrap();
    let venue = sim.venue(which);
    let endpoint = venue.catalog().served().find(|e| e.method == "POST").unwrap();
    let mut wire = seal(which, endpoint, &draft(endpoint, false, Change::None), &Pen::of(venue));
    wire.body = format!("{{\"a\":{}", "[".repeat(500_000)).into_bytes();
    assert_eq!(send(&sim, venue, &wire).await.unwrap().status, 400);
}

#[tokio::test]
async fn a_body_beyond_a_mebibyte_is_too_large() {
    let sim = Sim::builder().venue(Which::BitMart).plain(true).start().await.unwrap();
    let venue = sim.venue(Which::BitMart);
    let wire = |length| Wire { method: "POST".into(), body: vec![b'x'; length], ..Wire::get("/nothing") };
    assert_eq!(send(&sim, venue, &wire(1024 * 1024)).await.unwrap().status, 404);
    assert_eq!(send(&sim, venue, &wire(1024 * 1024 + 1)).await.unwrap().status, 413);
}
