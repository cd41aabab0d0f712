//! How requests travel: through a proxy, in memory under virtual time, by a transport of one's own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bitmart_futures::rest::{GetContractDetails, ListTransfers, SubmitOrder};
use bitmart_futures::{BitMart, Client, Contracts, Credentials, Kind, Outcome, Price, Side};
use futures::{StreamExt as _, TryStreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use venue_core::http::{Roots, Transport};
use venue_core::{Resolution, Retry, budget::Ledger};
use venue_sim::{Fault, Sim, Which};
use venue_tests::canned::Canned;
use venue_tests::{bitmart, builder, sim};

fn order() -> SubmitOrder {
    let price: Price = "25637.2".parse().unwrap();
    SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, Contracts::new(1), price)
}

/// A proxy that answers CONNECT with this status, and tunnels when it is 200.
async fn proxy(status: &'static str) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(client.read_u8().await.unwrap());
            }
            let head = String::from_utf8(head).unwrap();
            let target = head.split(' ').nth(1).unwrap().to_owned();
            seen.lock().unwrap().push(head.lines().next().unwrap().to_owned());
            client.write_all(format!("HTTP/1.1 {status}\r\n\r\n").as_bytes()).await.unwrap();
            if status.starts_with("200") {
                let mut server = TcpStream::connect(target).await.unwrap();
                tokio::spawn(async move { tokio::io::copy_bidirectional(&mut client, &mut server).await });
            }
        }
    });
    (port, asked)
}

#[tokio::test]
async fn a_proxy_sees_where_to_and_nothing_else() {
    let sim = sim(Which::BitMart).await;
    let (port, asked) = proxy("200 OK").await;
    let client = builder(&sim, Which::BitMart, BitMart::new()).proxy("127.0.0.1", port).build().unwrap();
    client.send(order()).await.unwrap();
    let address = sim.venue(Which::BitMart).address();
    assert_eq!(*asked.lock().unwrap(), [format!("CONNECT {address} HTTP/1.1")]);
}

#[tokio::test]
async fn a_proxy_that_refuses_leaves_nothing_sent() {
    let sim = sim(Which::BitMart).await;
    let (port, _) = proxy("407 Proxy Authentication Required").await;
    let client = builder(&sim, Which::BitMart, BitMart::new()).proxy("127.0.0.1", port).build().unwrap();
    let error = client.send(order()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Transport, Outcome::NotSent));
    assert!(error.message().contains("407"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn in_memory_a_call_runs_under_virtual_time() {
    let sim = Sim::builder().venue(Which::BitMart).seed(1).start().await.unwrap();
    sim.venue(Which::BitMart).fault(Fault::Delay(Duration::from_secs(3_600)));
    let client = builder(&sim, Which::BitMart, BitMart::new())
        .dialer(sim.dialer())
        .timeout(Duration::from_secs(7_200))
        .build()
        .unwrap();
    let begin = tokio::time::Instant::now();
    client.send(order()).await.unwrap();
    assert!(begin.elapsed() >= Duration::from_secs(3_600));
}

fn canned(answers: &[&'static str]) -> (Client, Arc<Canned>) {
    let transport = Canned::answering(answers);
    let client = Client::builder(BitMart::new())
        .credentials(Credentials::new("key", "secret").memo("memo"))
        .transport(Arc::clone(&transport) as Arc<dyn Transport>)
        .retry(Retry::never())
        .build()
        .unwrap();
    (client, transport)
}

#[tokio::test(start_paused = true)]
async fn items_of_all_pages_come_once_and_in_order() {
    let page = |ids: std::ops::Range<u32>| -> &'static str {
        let rows: Vec<String> = ids.map(|id| format!(r#"{{"transfer_id":"{id}"}}"#)).collect();
        Box::leak(format!(r#"{{"code":1000,"data":{{"records":[{}]}}}}"#, rows.join(",")).into_boxed_str())
    };
    // A transfer was made between the pages: the last row of the first is the first of the second.
    let (client, transport) = canned(&[page(0..10), page(9..19), page(19..22)]);
    let rows: Vec<_> = client.send(ListTransfers::new(1u32, 10u32)).items().try_collect().await.unwrap();
    let ids: Vec<_> = rows.iter().map(|row| row.transfer_id.to_string()).collect();
    assert_eq!(ids, (0..22).map(|id| id.to_string()).collect::<Vec<_>>());
    let asked = transport.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked[2].ends_with(r#"{"page":3,"limit":10}"#), "{}", asked[2]);
}

#[tokio::test(start_paused = true)]
async fn not_found_is_only_said_when_it_is_proven() {
    let lost = r#"{"code":30014,"message":"Service unavailable"}"#;
    let none = r#"{"code":1000,"data":[]}"#;
    let rows: Vec<String> = (0..100)
        .map(|id| format!(r#"{{"order_id":"{id}","symbol":"BTCUSDT","client_order_id":"other{id}"}}"#))
        .collect();
    let full: &'static str =
        Box::leak(format!(r#"{{"code":1000,"data":[{}]}}"#, rows.join(",")).into_boxed_str());
    let found = r#"{"code":1000,"data":[{"order_id":"7","symbol":"BTCUSDT","client_order_id":"mine"}]}"#;
    let (client, transport) = canned(&[lost]);
    let error = client.send(order().client_order_id("mine")).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let answers = |answers: &[&'static str]| transport.answer(answers);
    // It may still arrive: its timestamp has not expired.
    answers(&[none, none]);
    let Resolution::StillUnknown { conclusive_in: Some(wait) } = client.resolve(&error).await.unwrap() else {
        panic!("nothing is proven yet")
    };
    assert!(wait > Duration::from_secs(55), "{wait:?}");
    answers(&[found]);
    let Resolution::Executed(row) = client.resolve(&error).await.unwrap() else { panic!("it is there") };
    assert_eq!(row.decode::<bitmart_futures::rest::Order>().unwrap().order_id.as_str(), "7");
    // A list that was cut short proves nothing, however long one waits.
    answers(&[full, none]);
    assert_eq!(client.resolve(&error).await.unwrap(), Resolution::StillUnknown { conclusive_in: None });
}

#[tokio::test(start_paused = true)]
async fn pages_end_at_the_first_error() {
    let (client, _) = canned(&[r#"{"code":40011,"message":"Invalid request"}"#]);
    let mut pages = client.send(ListTransfers::new(1u32, 10u32)).pages();
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), Kind::InvalidRequest);
    assert!(pages.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn extra_parameters_are_signed_and_sent_with_the_others() {
    let (client, transport) = canned(&[r#"{"code":1000,"data":{"symbols":[]}}"#]);
    client.send(GetContractDetails::new()).extra("new", "a b").extra_number("n", "1.50").await.unwrap();
    assert_eq!(
        transport.asked()[0].trim(),
        "https://api-cloud-v2.bitmart.com/contract/public/details?new=a%20b&n=1.50"
    );
}

#[tokio::test(start_paused = true)]
async fn clients_with_one_ledger_share_its_limits() {
    let answer = r#"{"code":1000,"data":{"records":[]}}"#;
    let ledger = Ledger::new();
    let make = || {
        let transport: Arc<dyn Transport> = Canned::answering(&[answer; 4]);
        Client::builder(BitMart::new())
            .credentials(Credentials::new("key", "secret").memo("memo"))
            .transport(transport)
            .ledger(ledger.clone())
            .build()
            .unwrap()
    };
    let (one, two) = (make(), make());
    let begin = tokio::time::Instant::now();
    one.send(ListTransfers::new(1u32, 10u32)).await.unwrap();
    // One in two seconds by key: the other client's call waits for it.
    two.send(ListTransfers::new(1u32, 10u32)).await.unwrap();
    assert!(begin.elapsed() >= Duration::from_secs(2));
    let waited = two.send(ListTransfers::new(1u32, 10u32)).patience(venue_core::budget::Patience::FailFast);
    let error = waited.await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::RateLimited, Outcome::NotSent), "{error}");
    assert!(error.retry_after().is_some());
}

#[test]
fn settings_that_do_not_hold_are_said() {
    let config = |build: fn() -> Result<Client, bitmart_futures::Error>| {
        let error = build().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent));
        error.message().to_owned()
    };
    for (build, words) in [
        (
            (|| Client::builder(BitMart::new()).base("http://api.example.com").build()) as fn() -> _,
            "plain http",
        ),
        (|| Client::builder(BitMart::new()).sandbox().build(), "no sandbox"),
        (|| Client::builder(BitMart::new()).user_agent("a\nb").build(), "user agent"),
        (
            || Client::builder(BitMart::new()).retry(Retry::never().attempts(0)).build(),
            "at least one attempt",
        ),
    ] {
        let message = config(build);
        assert!(message.contains(words), "{message}");
    }
    assert!(Roots::only_pem("nothing").is_err());
}

#[tokio::test]
async fn a_client_is_cheap_to_share_between_tasks() {
    fn is_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
    let sim = sim(Which::BitMart).await;
    let client = bitmart(&sim);
    is_shareable(&client);
    let calls = (0..8).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.send(GetContractDetails::new()).await.map(|_| ()) })
    });
    for call in futures::future::join_all(calls).await {
        call.unwrap().unwrap();
    }
}
