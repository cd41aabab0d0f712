//! What goes wrong between here and the venue.

use futures::SinkExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::tungstenite::Message;

use super::channels::{Public, Rated, trade};
use super::rig::{client_with, feed, next, settle};
use super::toy::Toy;
use super::*;
use crate::ws::Overflow;
use crate::ws::socket::{Incoming, Socket};

#[tokio::test(start_paused = true)]
async fn an_upgrade_that_is_refused_is_news_and_tried_again() {
    for (answer, expected, pause) in [
        ("401 Unauthorized", "rejected Auth: the venue refused the WebSocket: HTTP 401 Unauthorized", 0),
        ("403 Forbidden", "rejected Permission: the venue refused the WebSocket: HTTP 403 Forbidden", 0),
        (
            "429 Too Many Requests\r\nRetry-After: 17",
            "rejected RateLimited: the venue refused the WebSocket: HTTP 429 Too Many Requests",
            17,
        ),
        (
            "429 Too Many Requests\r\nRetry-After: 18446744073709551615",
            "rejected RateLimited: the venue refused the WebSocket: HTTP 429 Too Many Requests",
            24 * 3600,
        ),
        (
            "503 Service Unavailable\r\nRetry-After: 3",
            "rejected Unavailable: the venue refused the WebSocket: HTTP 503 Service Unavailable",
            3,
        ),
        (
            "307 Temporary Redirect\r\nLocation: ws://127.0.0.1/elsewhere",
            "gap (connection broken: the venue refused the WebSocket: HTTP 307 Temporary Redirect)",
            0,
        ),
        ("200 OK", "rejected Rejected: the venue refused the WebSocket: HTTP 200 OK", 0),
    ] {
        let (feed, mut venue) = feed(Toy::new(vec![public()]));
        let mut trades = feed.subscribe(Public::of("A"));
        let mut stream = venue.stream().await;
        let mut request = vec![0; 4096];
        let read = stream.read(&mut request).await.unwrap();
        let request = String::from_utf8_lossy(&request[..read]).to_lowercase();
        assert!(request.starts_with("get /public http/1.1") && request.contains("user-agent: venue-core/"));
        stream.write_all(format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n").as_bytes()).await.unwrap();
        let began = tokio::time::Instant::now();
        assert_eq!(next(&mut trades).await, expected);
        let mut peer = venue.accept().await;
        let waited = began.elapsed();
        assert!(waited >= secs(pause) && waited <= secs(pause + 1), "{answer}: {waited:?}");
        assert_eq!(peer.path, "/public", "redirects are not followed");
        peer.subscribed().await;
        assert_eq!(next(&mut trades).await, "live");
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_there_and_nobody_who_answers_are_news() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut trades = feed.subscribe(Public::of("A"));
    let silent = venue.stream().await;
    assert_eq!(next(&mut trades).await, "gap (connection broken: no connection within 5s)");
    drop(silent);
    let mut babbling = venue.stream().await;
    babbling.write_all(b"SSH-2.0-whatever\r\n\r\n").await.unwrap();
    assert!(next(&mut trades).await.starts_with("gap (connection broken: no WebSocket:"));
    drop(venue);
    let heard = next(&mut trades).await;
    assert!(heard.contains("nobody listens"), "{heard}");
}

#[tokio::test(start_paused = true)]
async fn a_tls_failure_is_news_and_nothing_was_sent() {
    let secure = Line { url: "wss://venue.test/public", ..public() };
    let (feed, mut venue) = feed(Toy::new(vec![secure]));
    let mut trades = feed.subscribe(Public::of("A"));
    let mut stream = venue.stream().await;
    stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    let update = trades.next().await.unwrap();
    let heard = format!("{update:?}");
    assert!(heard.contains("no connection:"), "{heard}");
    let mut sent = Vec::new();
    stream.read_to_end(&mut sent).await.unwrap();
    assert!(!String::from_utf8_lossy(&sent).contains("GET"), "only TLS was spoken");
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_too_long_breaks_the_connection() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut trades = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
    // The longest that is read.
    let fits = trade("trades@A", "1");
    let padded = format!("{}{}", " ".repeat(16 * 1024 * 1024 - fits.len()), fits);
    peer.say(padded).await;
    assert_eq!(next(&mut trades).await, "[1]");
    let long = tokio::spawn(async move {
        let _ = peer.socket.send(Message::text(" ".repeat(16 * 1024 * 1024 + 1))).await;
    });
    assert!(next(&mut trades).await.starts_with("gap (connection broken: Space limit exceeded"));
    long.await.unwrap();
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stops_reading_doesnt_stop_us() {
    // Little fits between: an unread frame blocks what comes after it.
    let (client, mut venue) = client_with(Toy::new(vec![public().frames(100_000, 1000).topics(1000)]), 2048);
    let feed = client.feed().connect().unwrap();
    let mut trades = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
    let _many: Vec<_> = (0..500).map(|n| feed.subscribe(Public::of(format!("S{n}")))).collect();
    settle().await;
    // The subscriptions are stuck; pushes come in all the same.
    for price in 0..100 {
        peer.say(trade("trades@A", &price.to_string())).await;
        assert_eq!(next(&mut trades).await, format!("[{price}]"));
    }
    // And they arrive whole once it reads.
    let mut asked = 0;
    while asked < 500 {
        asked += peer.subscribed().await.len();
    }
    assert_eq!(asked, 500);
}

#[tokio::test(start_paused = true)]
async fn what_was_pushed_before_the_end_is_read() {
    let (client, mut venue) = client_with(Toy::new(vec![public()]), 64 * 1024);
    let uri = "ws://127.0.0.1/public".parse().unwrap();
    let (socket, mut peer) = tokio::join!(Socket::open(client.erased().net().clone(), uri), venue.accept());
    let mut socket = socket.unwrap();
    for price in 1..=3 {
        peer.say(price.to_string()).await;
    }
    drop(peer);
    // What is written now fails; what came before is there.
    socket.send_text("too late".to_owned());
    for price in 1..=3 {
        let incoming = std::future::poll_fn(|context| socket.poll(context)).await;
        assert!(
            matches!(&incoming, Incoming::Text(text) if *text.as_str() == price.to_string()),
            "{incoming:?}"
        );
    }
    let incoming = std::future::poll_fn(|context| socket.poll(context)).await;
    assert!(matches!(incoming, Incoming::Broken(_)), "{incoming:?}");
}

#[tokio::test(start_paused = true)]
async fn a_connection_without_a_sign_of_life_is_dropped_and_made_anew() {
    let heartbeat = Heartbeat::quiet(Ping::Text("ping"), secs(20), secs(10));
    let (feed, mut venue) = feed(Toy::new(vec![public().heartbeat(heartbeat)]));
    let mut trades = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
    for _ in 0..3 {
        peer.hears("ping").await;
        peer.say(r#"{"pong":1}"#).await;
    }
    peer.hears("ping").await;
    assert_eq!(next(&mut trades).await, "gap (no sign of life)");
    assert_eq!(peer.hear().await, None);
    venue.accept().await.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
}

#[tokio::test(start_paused = true)]
async fn pings_of_both_kinds_are_answered() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let _trades = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    peer.say(r#"{"ping":"are you there"}"#).await;
    peer.hears("are you there").await;
    use futures::StreamExt as _;
    peer.socket.send(Message::Ping(b"x".as_slice().into())).await.unwrap();
    let pong = peer.socket.next().await.unwrap().unwrap();
    assert_eq!(pong, Message::Pong(b"x".as_slice().into()));
}

#[tokio::test(start_paused = true)]
async fn a_rated_channel_that_is_silent_is_subscribed_anew() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut rated = feed.subscribe(Rated::of("A"));
    let mut quiet = feed.subscribe(Public::of("A"));
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(next(&mut rated).await, "live");
    assert_eq!(next(&mut quiet).await, "live");
    // Five times its period, and no less than ten seconds.
    let heard = next(&mut rated).await;
    assert!(heard.starts_with("stale 1"), "{heard}");
    peer.hears("unsub 2 rated@A").await;
    peer.say(trade("rated@A", "1")).await;
    peer.hears("sub 3 rated@A").await;
    peer.say(trade("rated@A", "2")).await;
    assert_eq!([next(&mut rated).await, next(&mut rated).await], ["live", "[2]"]);
    assert!(quiet.try_next().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_connection_is_replaced_before_its_end_without_a_hole() {
    let (feed, mut venue) = feed(Toy::new(vec![public().lifetime(secs(100))]));
    let mut trades = feed.subscription(Public::of("A")).overflow(Overflow::default()).open();
    let mut old = venue.accept().await;
    old.subscribed().await;
    assert_eq!(next(&mut trades).await, "live");
    let began = tokio::time::Instant::now();
    let mut new = venue.accept().await;
    assert!(began.elapsed() >= secs(89) && began.elapsed() <= secs(91));
    old.say(trade("trades@A", "1")).await;
    new.subscribed().await;
    new.say(trade("trades@A", "2")).await;
    settle().await;
    old.say(trade("trades@A", "3")).await;
    assert_eq!(old.hear().await, None, "it is closed");
    new.say(trade("trades@A", "4")).await;
    let mut heard = Vec::new();
    for _ in 0..5 {
        let update = trades.next().await.unwrap();
        heard.push((update.generation, update.event.name()));
    }
    assert_eq!(heard, [(1, "data"), (2, "live"), (2, "data"), (1, "data"), (2, "data")]);
    assert!(trades.try_next().is_none());
    assert_eq!(feed.connections()[0].generation, 2);
}
