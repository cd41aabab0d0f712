//! Logins, listen keys, and that they stay secret.

use std::fmt::Write as _;

use tokio::io::AsyncWriteExt as _;

use super::channels::{Keyed, Private};
use super::keys::{Renewal, calls, renewals, with_keys};
use super::rig::{client, feed, next, settle};
use super::toy::Toy;
use super::*;
use crate::error::{Kind, Outcome};
use crate::ws::Event;
use crate::{Client, Credentials};

#[tokio::test(start_paused = true)]
async fn a_private_line_is_logged_in_and_says_what_fills_a_hole() {
    let (feed, mut venue) = feed(Toy::new(vec![private()]));
    let mut fills = feed.subscribe(Private::of("A"));
    let mut peer = venue.accept().await;
    assert!(peer.hear().await.unwrap().starts_with("login KEY-of-the-user "));
    peer.say(r#"{"login":true}"#).await;
    peer.subscribed().await;
    assert_eq!(next(&mut fills).await, "live");
    assert!(peer.close(1012, "restart").await, "the client answers a close");
    let Some(Event::Gap(gap)) = fills.next().await.map(|update| update.event) else { panic!("no gap") };
    assert_eq!(gap.reason.to_string(), "closed by the venue (1012: restart)");
    assert_eq!(gap.refill, ["GetFills", "GetOrders"]);
    let mut peer = venue.accept().await;
    assert!(peer.hear().await.unwrap().starts_with("login "));
    peer.say(r#"{"login":true}"#).await;
    peer.subscribed().await;
    let update = fills.next().await.unwrap();
    assert_eq!((update.event.name(), update.generation), ("live", 2));
}

#[tokio::test(start_paused = true)]
async fn replaced_credentials_are_used_at_the_next_login() {
    let (client, mut venue) = client(Toy::new(vec![private()]));
    let feed = client.feed().connect().unwrap();
    let mut fills = feed.subscribe(Private::of("A"));
    let mut peer = venue.accept().await;
    assert!(peer.hear().await.unwrap().starts_with("login KEY-of-the-user "));
    client.replace_credentials(Some(Credentials::new("ANOTHER-KEY", "ANOTHER-SECRET")));
    peer.say(r#"{"login":false,"kind":"auth","msg":"KEY-of-the-user? no"}"#).await;
    assert!(next(&mut fills).await.starts_with("rejected Auth"));
    let mut peer = venue.accept().await;
    assert!(peer.hear().await.unwrap().starts_with("login ANOTHER-KEY "));
    client.replace_credentials(None);
    drop(peer);
    assert!(next(&mut fills).await.starts_with("gap"));
    let _peer = venue.accept().await;
    assert_eq!(next(&mut fills).await, "rejected Auth: a private channel, and the client has no credentials");
}

#[tokio::test(start_paused = true)]
async fn without_credentials_a_private_channel_is_refused_before_anything_is_sent() {
    let (client, mut venue) = client(Toy::new(vec![private(), keyed(), public()]));
    client.replace_credentials(None);
    let feed = client.feed().connect().unwrap();
    let mut fills = feed.subscribe(Private::of("A"));
    let mut orders = feed.subscribe(Keyed::of("A"));
    for stream in [&mut fills, &mut orders] {
        let update = stream.next().await.unwrap();
        let Event::Rejected(error) = update.event else { panic!("{update:?}") };
        assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::NotSent));
        assert_eq!(next(stream).await, "closed");
    }
    assert!(venue.is_quiet_for(secs(60)).await);
    let mut elsewhere = Client::builder(Toy::new(vec![public()]))
        .build()
        .unwrap()
        .feed()
        .connect()
        .unwrap()
        .subscribe(Private::of("A"));
    assert_eq!(next(&mut elsewhere).await, "rejected Config: there is no line private");
}

#[tokio::test(start_paused = true)]
async fn a_listen_key_is_shared_renewed_and_given_back() {
    let (feed, mut venue) = feed(with_keys(vec![keyed().topics(1)]));
    let mut a = feed.subscribe(Keyed::of("A"));
    let _b = feed.subscribe(Keyed::of("B"));
    let mut peers = [venue.accept().await, venue.accept().await];
    for peer in &mut peers {
        assert_eq!(peer.path, "/keyed/LISTENKEY0001");
        let asked = peer.hear().await.unwrap();
        assert!(asked.starts_with("sub 1 #LISTENKEY0001 orders@"), "{asked}");
        peer.ack(1).await;
    }
    assert_eq!(calls(), ["fetch LISTENKEY0001"], "one for both");
    assert_eq!(next(&mut a).await, "live");
    tokio::time::sleep(secs(1810)).await;
    assert_eq!(calls(), ["renew LISTENKEY0001"], "one for both");
    tokio::time::sleep(secs(1810)).await;
    assert_eq!(calls(), ["renew LISTENKEY0001"]);
    let heard = a.try_next();
    assert!(heard.is_none(), "{heard:?}");
    let server = async {
        for peer in &mut peers {
            while peer.hear().await.is_some() {}
            peer.hear().await;
        }
    };
    tokio::join!(feed.close(), server);
    assert_eq!(calls(), ["release LISTENKEY0001"]);
}

#[tokio::test(start_paused = true)]
async fn a_connection_renews_the_key_that_it_uses() {
    let (feed, mut venue) = feed(with_keys(vec![keyed().topics(1)]));
    let mut a = feed.subscribe(Keyed::of("A"));
    let mut first = venue.accept().await;
    first.hear().await;
    first.ack(1).await;
    assert_eq!(next(&mut a).await, "live");
    tokio::time::sleep(secs(60)).await;
    // Another connection finds the key refused, and gets one of its own.
    let mut b = feed.subscribe(Keyed::of("B"));
    drop(venue.accept().await);
    assert!(next(&mut b).await.starts_with("gap"));
    let mut second = venue.accept().await;
    assert_eq!(second.path, "/keyed/LISTENKEY0002");
    second.hear().await;
    second.ack(1).await;
    calls();
    tokio::time::sleep(secs(1850)).await;
    assert_eq!(calls(), ["renew LISTENKEY0001", "renew LISTENKEY0002"]);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_the_venue_knows_no_more_is_a_gap_and_a_new_key() {
    let (feed, mut venue) = feed(with_keys(vec![keyed()]));
    let mut orders = feed.subscribe(Keyed::of("A"));
    let mut peer = venue.accept().await;
    peer.hear().await;
    peer.ack(1).await;
    assert_eq!(next(&mut orders).await, "live");
    renewals(Renewal { fails: Some(Kind::InvalidRequest), ..Renewal::default() });
    assert_eq!(next(&mut orders).await, "gap (the listen key ended)");
    let peer = venue.accept().await;
    assert_eq!(peer.path, "/keyed/LISTENKEY0002");
}

#[tokio::test(start_paused = true)]
async fn a_close_code_that_means_the_key_is_a_key_that_ended() {
    static CLOSES: [(u16, Kind, &str); 2] =
        [(4001, Kind::Auth, "the key has ended"), (4002, Kind::RateLimited, "too fast")];
    let (feed, mut venue) = feed(with_keys(vec![keyed().closes(&CLOSES)]));
    let mut orders = feed.subscribe(Keyed::of("A"));
    let mut peer = venue.accept().await;
    peer.hear().await;
    peer.ack(1).await;
    assert_eq!(next(&mut orders).await, "live");
    tokio::time::sleep(secs(60)).await;
    peer.close(4001, "").await;
    assert_eq!(next(&mut orders).await, "gap (the listen key ended)");
    let peer = venue.accept().await;
    assert_eq!(peer.path, "/keyed/LISTENKEY0002");
    peer.close(4002, "").await;
    assert_eq!(next(&mut orders).await, "gap (closed by the venue (4002: too fast))");
}

/// Everything that is written while it lives, from every level.
#[derive(Clone, Default)]
struct Written(std::sync::Arc<std::sync::Mutex<String>>);

impl tracing::Subscriber for Written {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        writeln!(self.0.lock().unwrap(), "{span:?}").unwrap();
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        writeln!(self.0.lock().unwrap(), "{values:?}").unwrap();
    }

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        struct Fields<'a>(&'a mut String);
        impl tracing::field::Visit for Fields<'_> {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                writeln!(self.0, "{field}={value:?}").unwrap();
            }
        }
        event.record(&mut Fields(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test(start_paused = true)]
async fn no_secret_is_in_any_event_or_log() {
    let written = Written::default();
    let _guard = tracing::subscriber::set_default(written.clone());
    let mut seen = String::new();
    let (feed, mut venue) = feed(with_keys(vec![keyed(), private(), public()]));
    let mut orders = feed.subscribe(Keyed::of("A"));
    let mut fills = feed.subscribe(Private::of("A"));
    writeln!(seen, "{feed:?} {orders:?} {fills:?}").unwrap();
    // What the venue repeats of a key: in a refusal, in a login's refusal, in a close, in an HTTP answer.
    let mut login = venue.accept().await;
    let said = login.hear().await.unwrap();
    login.say(format!(r#"{{"login":false,"kind":"auth","msg":"bad: {said}"}}"#)).await;
    let mut peer = venue.accept().await;
    if peer.path.contains("private") {
        peer.hear().await;
        peer.close(4000, "KEY-of-the-user may not").await;
        peer = venue.accept().await;
    }
    while !peer.path.contains("LISTENKEY") {
        peer = venue.accept().await;
    }
    peer.hear().await;
    peer.say(r#"{"no":"sub","id":1,"msg":"LISTENKEY0001 is refused"}"#).await;
    settle().await;
    peer.close(4000, "LISTENKEY0001 is over").await;
    for _ in 0..4 {
        let mut stream = venue.stream().await;
        stream
            .write_all(b"HTTP/1.1 403 Forbidden\r\nx-key: LISTENKEY0001\r\n\r\nLISTENKEY0001")
            .await
            .unwrap();
    }
    settle().await;
    while let Some(update) = orders.try_next() {
        let json = serde_json::to_string(&update).unwrap();
        writeln!(seen, "{update:?} {json}").unwrap();
        if let Event::Rejected(error) = &update.event {
            writeln!(seen, "{error} {error:?}").unwrap();
        }
    }
    while let Some(update) = fills.try_next() {
        writeln!(seen, "{update:?}").unwrap();
    }
    assert!(seen.contains("*** is refused") && seen.contains("*** is over"), "{seen}");
    seen.push_str(&written.0.lock().unwrap());
    for secret in ["LISTENKEY", "KEY-of-the-user", "SECRET-of-the-user"] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
    assert!(seen.contains("no connection"), "nothing was logged: {seen}");
}
