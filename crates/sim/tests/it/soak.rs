//! Many requests: nothing slows down, nothing is executed twice.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use venue_core::http::Socket;
use venue_sim::{Fault, LimitReport, Sim};

use crate::desk::{Desk, POST};

/// One exchange on a connection that stays open; `None` when the venue closed it.
async fn exchange(stream: &mut Box<dyn Socket>, bytes: &[u8]) -> Option<u16> {
    stream.write_all(bytes).await.ok()?;
    let mut answer = Vec::new();
    loop {
        if stream.read_buf(&mut answer).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
        if body.len() >= length.parse().ok()? {
            return head.split(' ').nth(1)?.parse().ok();
        }
    }
}

/// Places and cancels under faults that come by chance, within the limits; a dropped order is looked up by
/// placing it again while it must still be open.
async fn soak(requests: u32) {
    let desk = Desk::with(Sim::builder()).await;
    let venue = desk.venue();
    for fault in [Fault::ExecuteThenDrop, Fault::CloseBeforeAnswer, Fault::TruncateAnswer, Fault::RateLimited]
    {
        venue.fault(fault.probability(5).always());
    }
    let mut stream = None;
    for at in 0..requests {
        let fields = if at % 8 == 7 {
            (r#"{"symbol":"BTCUSDT"}"#.to_owned(), "cancel-order")
        } else {
            let price = 70_000 + at % 10_000;
            let order = format!(
                r#"{{"symbol":"BTCUSDT","side":1,"size":1,"price":"{price}","client_order_id":"c{at}"}}"#
            );
            (order, "submit-order")
        };
        let wire = desk.wire(POST, fields.1, &fields.0);
        let bytes = String::from_utf8(wire.bytes("")).unwrap().replace("connection: close\r\n", "");
        // What may have been executed is repeated only because its order is still open, and its id taken.
        for _ in 0..3 {
            let open = match stream.take() {
                Some(open) => open,
                None => desk.sim.dialer().dial("127.0.0.1", venue.address().port()).await.unwrap(),
            };
            let mut open = open;
            let status = exchange(&mut open, bytes.as_bytes()).await;
            if status.is_some() {
                stream = Some(open);
            }
            tokio::time::advance(Duration::from_millis(100)).await;
            if status.is_some_and(|status| status != 429) {
                break;
            }
        }
    }
    assert!(venue.repeated_client_ids().is_empty());
    assert!(venue.orders_with_client_id() > requests as usize * 8 / 10);
    let over: Vec<_> = venue.worst_window().into_iter().filter(LimitReport::is_over).collect();
    assert!(over.is_empty(), "{over:?}");
}

#[tokio::test(start_paused = true)]
async fn many_requests_are_answered_and_nothing_runs_twice() {
    soak(4_000).await;
}
