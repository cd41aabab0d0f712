//! Scripted faults do what they say, and executions are counted.

use std::io::ErrorKind;
use std::time::Duration;

use bytes::Bytes;
use venue_sim::{Fault, Running, Sim, Which};

use crate::client::{Wire, send};
use crate::draft::{Change, draft};
use crate::seal::{Pen, seal};

const WHICH: Which = Which::BitMart;
const PATH: &str = "/contract/private/submit-order";

async fn start() -> Sim {
    Sim::builder().stateful(false).limits(false).venue(WHICH).plain(true).start().await.unwrap()
}

fn order(venue: &Running) -> Wire {
    let endpoint = venue.catalog().served().find(|endpoint| endpoint.path == PATH).unwrap();
    seal(WHICH, endpoint, &draft(endpoint, false, Change::None), &Pen::of(venue))
}

#[tokio::test]
async fn a_dropped_request_is_executed_or_not_as_the_script_says() {
    let sim = start().await;
    let venue = sim.venue(WHICH);
    for (fault, executed) in
        [(Fault::CloseBeforeAnswer, 0), (Fault::ExecuteThenDrop, 1), (Fault::TruncateAnswer, 2)]
    {
        venue.fault(fault.on("POST", PATH));
        let error = send(&sim, venue, &order(venue)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
        assert_eq!(venue.executed("POST", PATH), executed);
    }
    assert_eq!(send(&sim, venue, &order(venue)).await.unwrap().status, 200);
    assert_eq!((venue.requests(), venue.executed("POST", PATH), venue.refused()), (4, 3, 0));
    let statuses: Vec<_> = venue.hits().iter().map(|hit| hit.status).collect();
    assert_eq!(statuses, [None, None, Some(200), Some(200)]);
}

#[tokio::test]
async fn a_truncated_answer_announces_more_than_it_brings() {
    let sim = start().await;
    let venue = sim.venue(WHICH);
    venue.fault(Fault::TruncateAnswer);
    let error = send(&sim, venue, &order(venue)).await.unwrap_err();
    assert_eq!(error.to_string(), "the body ends early");
}

#[tokio::test]
async fn a_status_or_redirect_stands_in_for_the_venue() {
    let sim = start().await;
    let venue = sim.venue(WHICH);
    venue.fault(Fault::Status {
        status: 429,
        body: Bytes::from_static(b"<html>slow down</html>"),
        headers: vec![("retry-after".into(), "2".into()), ("bad name".into(), "dropped".into())],
    });
    venue.fault(Fault::Redirect("https://elsewhere.example/".into()));
    let reply = send(&sim, venue, &order(venue)).await.unwrap();
    assert_eq!((reply.status, reply.body.as_str()), (429, "<html>slow down</html>"));
    assert_eq!(reply.header("retry-after"), Some("2"));
    let reply = send(&sim, venue, &order(venue)).await.unwrap();
    assert_eq!((reply.status, reply.header("location")), (307, Some("https://elsewhere.example/")));
    assert_eq!(venue.executed("POST", PATH), 0);
}

#[tokio::test]
async fn a_garbage_body_hides_an_execution() {
    let sim = start().await;
    let venue = sim.venue(WHICH);
    for body in ["", "<html>", "{\"code\":1000"] {
        venue.fault(Fault::body(body));
        let reply = send(&sim, venue, &order(venue)).await.unwrap();
        assert_eq!((reply.status, reply.body.as_str()), (200, body));
    }
    assert_eq!(venue.executed("POST", PATH), 3);
}

#[tokio::test]
async fn faults_are_narrowed_counted_and_cleared() {
    let sim = start().await;
    let venue = sim.venue(WHICH);
    venue.fault(Fault::status(503, "").on("POST", PATH).times(2));
    venue.fault(Fault::status(500, "").on("GET", PATH).always());
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(send(&sim, venue, &order(venue)).await.unwrap().status);
    }
    assert_eq!(statuses, [503, 503, 200]);
    assert_eq!(send(&sim, venue, &Wire::get(PATH)).await.unwrap().status, 500);
    venue.clear_faults();
    assert_eq!(send(&sim, venue, &Wire::get(PATH)).await.unwrap().status, 404);
}

#[tokio::test(start_paused = true)]
async fn a_delayed_request_is_executed_before_it_is_answered() {
    let sim = start().await;
    let venue = sim.venue(WHICH);
    venue.fault(Fault::Delay(Duration::from_secs(30)));
    let before = tokio::time::Instant::now();
    let wire = order(venue);
    let late = tokio::time::timeout(Duration::from_secs(10), send(&sim, venue, &wire)).await;
    assert!(late.is_err());
    assert_eq!(venue.executed("POST", PATH), 1);
    assert_eq!(before.elapsed(), Duration::from_secs(10));
}

#[tokio::test]
async fn a_reset_connection_brings_nothing() {
    let sim = start().await;
    let venue = sim.venue(WHICH);
    venue.fault(Fault::ResetOnAccept.times(2));
    assert!(send(&sim, venue, &order(venue)).await.is_err());
    let stream = tokio::net::TcpStream::connect(venue.address()).await.unwrap();
    let error = crate::client::exchange(stream, &order(venue).bytes("")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof), "{error}");
    assert_eq!(venue.requests(), 0);
    assert_eq!(send(&sim, venue, &order(venue)).await.unwrap().status, 200);
}
