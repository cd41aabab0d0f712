//! Everything that can be wrong with an answer or a connection gives a clear error of the right kind and
//! outcome: no panic, no hang, nothing sent twice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::time::Duration;

use bitmart_futures::rest::{GetAssets, GetContractDetails, SubmitOrder};
use bitmart_futures::{BitMart, Client, Contracts, Credentials, Error, Kind, Outcome, Price, Side};
use venue_core::http::Roots;
use venue_core::{Clock, Millis, Retry};
use venue_sim::{Fault, Script, Sim, Which};
use venue_tests::{bitmart, builder, credentials, sim};

const ORDER: (&str, &str) = ("POST", "/contract/private/submit-order");

fn order() -> SubmitOrder {
    let price: Price = "25637.2".parse().unwrap();
    SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, Contracts::new(1), price)
}

fn said(error: &Error) -> (Kind, Outcome) {
    (error.kind(), error.outcome())
}

/// Sends an order into a fault, and says what came back and how often it was executed.
async fn order_into(sim: &Sim, fault: impl Into<Script>) -> (Result<(), Error>, u64) {
    let venue = sim.venue(Which::BitMart);
    let before = venue.executed(ORDER.0, ORDER.1);
    venue.fault(fault);
    let result = bitmart(sim).send(order()).within(Duration::from_millis(700)).await;
    venue.clear_faults();
    (result.map(|_| ()), venue.executed(ORDER.0, ORDER.1) - before)
}

#[tokio::test]
async fn a_good_order_is_executed_once_and_decoded() {
    let sim = sim(Which::BitMart).await;
    let answer = bitmart(&sim).send(order()).raw().await.unwrap();
    assert_eq!(answer.value.order_id.as_str(), "220609666322019");
    assert_eq!(answer.status.as_u16(), 200);
    assert!(answer.client_order_ids.len() == 1, "an id is made where the venue takes one");
    assert_eq!(sim.venue(Which::BitMart).executed(ORDER.0, ORDER.1), 1);
}

#[tokio::test]
async fn wrong_credentials_are_rejected_by_kind() {
    let sim = sim(Which::BitMart).await;
    let venue = sim.venue(Which::BitMart);
    let memo = venue.memo().unwrap();
    for (wrong, code) in [
        (Credentials::new("0000000000", venue.secret()).memo(memo), "30002"),
        (Credentials::new(venue.key(), "0000000000").memo(memo), "30005"),
        (Credentials::new(venue.key(), venue.secret()).memo("other"), "30005"),
    ] {
        let error = bitmart(&sim).with_credentials(wrong).send(order()).await.unwrap_err();
        assert_eq!(said(&error), (Kind::Auth, Outcome::Rejected), "{error}");
        assert_eq!(error.code(), Some(code));
    }
    assert_eq!(venue.executed(ORDER.0, ORDER.1), 0);
}

#[tokio::test]
async fn a_signed_request_without_credentials_is_not_sent_and_a_public_one_works() {
    let sim = sim(Which::BitMart).await;
    let client = bitmart(&sim);
    client.replace_credentials(None);
    let before = sim.venue(Which::BitMart).requests();
    for error in [client.send(order()).await.unwrap_err(), client.send(GetAssets::new()).await.unwrap_err()] {
        assert_eq!(said(&error), (Kind::Auth, Outcome::NotSent), "{error}");
    }
    assert_eq!(sim.venue(Which::BitMart).requests(), before);
    client.send(GetContractDetails::new()).await.unwrap();
    client.replace_credentials(Some(credentials(sim.venue(Which::BitMart))));
    client.send(order()).await.unwrap();
}

#[tokio::test]
async fn an_expired_timestamp_is_rejected_and_a_synced_clock_repairs_it() {
    let sim = sim(Which::BitMart).await;
    let slow = || Clock::custom(|| Millis::now().plus(-300_000));
    let client =
        |retry| builder(&sim, Which::BitMart, BitMart::new()).clock(slow()).retry(retry).build().unwrap();
    let error = client(Retry::never()).send(order()).await.unwrap_err();
    assert_eq!(said(&error), (Kind::Timestamp, Outcome::Rejected), "{error}");
    // The refusal is documented as not executed: the clock is set, and the order goes out once.
    client(Retry::default()).send(order()).await.unwrap();
    assert_eq!(sim.venue(Which::BitMart).executed(ORDER.0, ORDER.1), 1);
}

#[tokio::test]
async fn what_never_left_is_not_sent() {
    let sim = sim(Which::BitMart).await;
    // Nobody listens.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nowhere = Client::builder(BitMart::new())
        .base(format!("http://{closed}"))
        .credentials(credentials(sim.venue(Which::BitMart)))
        .build()
        .unwrap();
    let error = nowhere.send(order()).await.unwrap_err();
    assert_eq!(said(&error), (Kind::Transport, Outcome::NotSent), "{error}");
    // The certificate is not trusted.
    let distrustful = builder(&sim, Which::BitMart, BitMart::new()).roots(Roots::web()).build().unwrap();
    let error = distrustful.send(order()).await.unwrap_err();
    assert_eq!(said(&error), (Kind::Transport, Outcome::NotSent), "{error}");
    assert!(error.message().contains("certificate"), "{error}");
    assert_eq!(sim.venue(Which::BitMart).requests(), 0);
}

#[tokio::test]
async fn a_host_that_accepts_and_says_nothing_does_not_hang_a_call() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let client = Client::builder(BitMart::new())
        .base(format!("https://localhost:{}", address.port()))
        .credentials(Credentials::new("key-key", "secret").memo("memo"))
        .retry(Retry::never())
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    // TLS never answers: nothing of the request left.
    let error = client.send(order()).await.unwrap_err();
    assert_eq!(said(&error), (Kind::Transport, Outcome::NotSent), "{error}");
    let error = client.send(order()).within(Duration::from_millis(20)).await.unwrap_err();
    assert_eq!(said(&error), (Kind::Timeout, Outcome::NotSent), "{error}");
}

#[tokio::test]
async fn an_answer_that_does_not_come_leaves_the_outcome_unknown() {
    let sim = sim(Which::BitMart).await;
    for (fault, executed) in [
        (Fault::ExecuteThenDrop, 1),
        (Fault::CloseBeforeAnswer, 0),
        (Fault::ResetOnAccept, 0),
        (Fault::TruncateAnswer, 1),
    ] {
        let name = format!("{fault:?}");
        let (result, count) = order_into(&sim, fault.always()).await;
        let error = result.unwrap_err();
        if name == "ResetOnAccept" {
            // Whether the reset comes before or after the first byte is a race; both words are true.
            assert_eq!(error.kind(), Kind::Transport, "{name}: {error}");
            assert_ne!(error.outcome(), Outcome::Rejected, "{name}: {error}");
        } else {
            assert_eq!(said(&error), (Kind::Transport, Outcome::Unknown), "{name}: {error}");
        }
        assert_eq!(count, executed, "{name}");
        assert!(error.client_order_id().is_some(), "{name}: it can be looked up");
    }
    let (result, count) = order_into(&sim, Fault::Delay(Duration::from_secs(5)).always()).await;
    assert_eq!(said(&result.unwrap_err()), (Kind::Timeout, Outcome::Unknown));
    assert_eq!(count, 1);
}

#[tokio::test]
async fn a_write_of_unknown_outcome_is_never_sent_again() {
    let sim = sim(Which::BitMart).await;
    let venue = sim.venue(Which::BitMart);
    let client =
        builder(&sim, Which::BitMart, BitMart::new()).retry(Retry::default().attempts(5)).build().unwrap();
    venue.fault(Fault::ExecuteThenDrop.on(ORDER.0, ORDER.1).always());
    let before = venue.requests();
    let error = client.send(order()).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!((venue.requests() - before, venue.executed(ORDER.0, ORDER.1)), (1, 1));
}

#[tokio::test]
async fn a_read_of_unknown_outcome_is_repeated() {
    let sim = sim(Which::BitMart).await;
    let venue = sim.venue(Which::BitMart);
    let client = builder(&sim, Which::BitMart, BitMart::new()).retry(Retry::default()).build().unwrap();
    venue.fault(Fault::ExecuteThenDrop.times(2));
    let answer = client.send(GetContractDetails::new()).raw().await.unwrap();
    assert_eq!(answer.attempts, 3);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let sim = sim(Which::BitMart).await;
    let (result, count) =
        order_into(&sim, Fault::Redirect("https://elsewhere.example/?key=1".to_owned()).always()).await;
    let error = result.unwrap_err();
    assert_eq!(said(&error), (Kind::Transport, Outcome::Unknown), "{error}");
    assert!(error.message().contains("https://elsewhere.example/;"), "{error}");
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_success_that_can_not_be_read_leaves_the_outcome_unknown() {
    let sim = sim(Which::BitMart).await;
    let forty = r#"{"code":1000,"data":{"order_id":"1","price":"1234567890123456789012345678901234567890"}}"#;
    for (body, words) in [
        ("<!DOCTYPE html><html>moved</html>", "HTML"),
        ("", "empty"),
        (r#"{"code":1000,"data":{"order_id":22060"#, "breaks off"),
        (r#"{"code":1000,"message":"Ok"}"#, "without its data"),
        (r#"{"code":1000,"data":{}}"#, "order_id"),
        (r#"{"hello":"world"}"#, "without the venue's envelope"),
        ("\u{0}\u{1}\u{2}", "can't be read"),
        (forty, "more digits than can be held exactly"),
    ] {
        let (result, count) = order_into(&sim, Fault::body(body).always()).await;
        let error = result.unwrap_err();
        assert_eq!(said(&error), (Kind::Decode, Outcome::Unknown), "{body}: {error}");
        assert!(error.message().contains(words), "{body}: {error}");
        assert_eq!(count, 1);
    }
    let (result, _) = order_into(&sim, Fault::body(vec![0xff, 0xfe]).always()).await;
    assert_eq!(said(&result.unwrap_err()), (Kind::Decode, Outcome::Unknown));
}

#[tokio::test]
async fn a_body_of_ten_megabytes_is_read_or_refused_but_never_hangs() {
    let sim = sim(Which::BitMart).await;
    let venue = sim.venue(Which::BitMart);
    let body = format!(r#"{{"code":1000,"data":{{"symbols":[]}},"pad":"{}"}}"#, "x".repeat(10 << 20));
    venue.fault(Fault::body(body.clone()).always());
    let client = builder(&sim, Which::BitMart, BitMart::new()).timeout(Duration::from_secs(20));
    client.build().unwrap().send(GetContractDetails::new()).await.unwrap();
    let small =
        builder(&sim, Which::BitMart, BitMart::new()).timeout(Duration::from_secs(20)).max_body(1 << 20);
    let error = small.build().unwrap().send(GetContractDetails::new()).await.unwrap_err();
    assert_eq!(said(&error), (Kind::Decode, Outcome::Unknown), "{error}");
    assert!(error.message().contains("longer than 1048576 bytes"), "{error}");
}

#[tokio::test]
async fn statuses_and_codes_mean_what_the_tables_say() {
    let sim = sim(Which::BitMart).await;
    let known = r#"{"code":40027,"message":"You contract account available balance not enough"}"#;
    for (status, body, kind, outcome) in [
        (400, known, Kind::InsufficientFunds, Outcome::Rejected),
        (200, known, Kind::InsufficientFunds, Outcome::Rejected),
        (400, r#"{"code":49999,"message":"new"}"#, Kind::Unrecognized, Outcome::Unknown),
        (400, "not json", Kind::InvalidRequest, Outcome::Unknown),
        (400, "<html>", Kind::InvalidRequest, Outcome::Unknown),
        (500, r#"{"code":40027,"message":"balance"}"#, Kind::InsufficientFunds, Outcome::Rejected),
        (500, "", Kind::Unavailable, Outcome::Unknown),
        (502, "<html>bad gateway</html>", Kind::Unavailable, Outcome::Unknown),
        (
            503,
            r#"{"code":30018,"message":"Request Body requires JSON format"}"#,
            Kind::InvalidRequest,
            Outcome::Rejected,
        ),
        (503, r#"{"code":30014,"message":"Service unavailable"}"#, Kind::Unavailable, Outcome::Unknown),
        (401, "", Kind::Auth, Outcome::Rejected),
        (418, "", Kind::Banned, Outcome::Rejected),
        (429, "", Kind::RateLimited, Outcome::Rejected),
    ] {
        let (result, _) = order_into(&sim, Fault::status(status, body).always()).await;
        let error = result.unwrap_err();
        assert_eq!(said(&error), (kind, outcome), "{status} {body}: {error}");
        assert_eq!(error.status(), Some(status));
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_out_when_there_is_time() {
    let sim = sim(Which::BitMart).await;
    let venue = sim.venue(Which::BitMart);
    let client = builder(&sim, Which::BitMart, BitMart::new()).retry(Retry::default()).build().unwrap();
    let refusal = || Fault::Status {
        status: 429,
        body: r#"{"code":30013,"message":"Request too many requests"}"#.into(),
        headers: vec![("Retry-After".to_owned(), "0".to_owned())],
    };
    venue.fault(refusal());
    client.send(order()).await.unwrap();
    assert_eq!(venue.executed(ORDER.0, ORDER.1), 1);
    // Without a word on how long, the whole window would have to pass: the deadline comes first.
    venue.fault(Fault::status(429, r#"{"code":30013}"#));
    let error = client.send(order()).within(Duration::from_secs(1)).await.unwrap_err();
    assert_eq!(said(&error), (Kind::RateLimited, Outcome::Rejected), "{error}");
}

#[tokio::test]
async fn an_unknown_enum_value_is_kept_and_a_bad_row_is_set_aside() {
    let sim = sim(Which::BitMart).await;
    let body = r#"{"code":1000,"data":{"symbols":[
        {"symbol":"A","status":"Halted","open_interest":"1234567890123456789012345678901234567890"},
        {"symbol":"B","last_price":"twelve"},
        {"symbol":"C","new_key":1}]}}"#;
    sim.venue(Which::BitMart).fault(Fault::body(body));
    let client = bitmart(&sim);
    let contracts = client.send(GetContractDetails::new()).await.unwrap().symbols;
    assert_eq!(contracts.len(), 2);
    let first = &contracts[0];
    assert_eq!(first.status.as_ref().unwrap().as_str(), "Halted");
    assert_eq!(
        first.open_interest.as_ref().unwrap().oversize(),
        Some("1234567890123456789012345678901234567890")
    );
    assert_eq!((contracts.bad().len(), contracts.bad()[0].index), (1, 1));
    assert_eq!(client.unmapped_keys(), 1);
}

#[tokio::test]
async fn nothing_that_is_printed_holds_a_secret() {
    let sim = sim(Which::BitMart).await;
    let venue = sim.venue(Which::BitMart);
    let (key, secret, memo) = (venue.key(), venue.secret(), venue.memo().unwrap());
    let echo = format!(r#"{{"code":40011,"message":"bad","echo":"{key} {secret} {memo}"}}"#);
    venue.fault(Fault::status(400, echo));
    let client = bitmart(&sim);
    let call = client.send(order());
    let prepared = call.prepare().unwrap();
    let signature = prepared.headers.iter().find(|(name, _)| name == "X-BM-SIGN").unwrap().1.clone();
    let mut printed = format!("{client:?} {call:?} {prepared:?}");
    let error = call.await.unwrap_err();
    assert!(error.body().is_some());
    printed.push_str(&format!("{error} {error:?} {}", serde_json::to_string(&error).unwrap()));
    for word in [key, secret, memo, signature.as_str()] {
        assert!(!printed.contains(word), "{printed}");
    }
}
