//! Scripted faults of streams do what they say, and are counted.

use std::time::Duration;

use serde_json::Value;
use tokio_tungstenite::tungstenite::Message;
use venue_sim::{Fault, Faults, Garble, Line};

use crate::desk::Desk;
use crate::tap::{Ended, Tap};
use crate::ws_bitmart::{PRIVATE, PUBLIC, ask, private, public, subscribe};

const TICKER: &str = "futures/ticker:BTCUSDT";
const TRADE: &str = "futures/trade:BTCUSDT";

/// The numbers of trades, push by push.
fn ids(pushes: &[Value]) -> Vec<Vec<u64>> {
    let id = |row: &Value| row["trade_id"].as_u64().unwrap();
    pushes.iter().map(|push| push["data"].as_array().unwrap().iter().map(id).collect()).collect()
}

async fn trades(tap: &mut Tap, pushes: usize) -> Vec<Vec<u64>> {
    let mut seen = Vec::new();
    while seen.len() < pushes {
        seen.push(tap.hear().await);
    }
    ids(&seen)
}

/// Pushes of trades, the fault after the first.
async fn struck_by(fault: Fault) -> (Vec<Vec<u64>>, Desk) {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, TRADE).await;
    let before = trades(&mut tap, 1).await;
    desk.venue().fault(fault.only_topic(TRADE));
    ([before, trades(&mut tap, 9).await].concat(), desk)
}

fn is_sorted(pushes: &[Vec<u64>]) -> bool {
    pushes.concat().windows(2).all(|two| two[0] < two[1])
}

#[tokio::test(start_paused = true)]
async fn a_push_is_repeated_or_swapped_with_the_next() {
    let (pushes, desk) = struck_by(Fault::Duplicate).await;
    assert_eq!(pushes[1], pushes[2], "twice the same");
    assert!(is_sorted(&[&pushes[..2], &pushes[3..]].concat()));
    assert_eq!(desk.venue().streams().faults["duplicate"], 1);

    let (mut pushes, desk) = struck_by(Fault::Reorder).await;
    assert!(!is_sorted(&pushes));
    pushes.swap(1, 2);
    assert!(is_sorted(&pushes), "{pushes:?}");
    assert_eq!(desk.venue().streams().faults["reorder"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_lost_push_is_the_one_that_the_script_names() {
    let desk = Desk::open().await;
    let (mut one, mut two) = (public(&desk).await, public(&desk).await);
    for tap in [&mut one, &mut two] {
        subscribe(tap, TRADE).await;
        subscribe(tap, "futures/klineBin1m:BTCUSDT").await;
    }
    // Whoever is pushed to first loses: the other has everything.
    desk.venue().fault(Fault::Gap.topic("trade:").after(10));
    let time = Duration::from_secs(30);
    let (one, two) = tokio::join!(one.during(time), two.during(time));
    let (few, many) = if one.len() < two.len() { (one, two) } else { (two, one) };
    assert_eq!(many.len(), few.len() + 1);
    let lost: Vec<&Value> = many.iter().filter(|push| !few.contains(push)).collect();
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0]["group"], TRADE);
}

#[tokio::test(start_paused = true)]
async fn an_acknowledged_topic_may_stay_silent() {
    let desk = Desk::open().await;
    let venue = desk.venue();
    let mut tap = public(&desk).await;
    venue.fault(Fault::AckSilent.topic("ticker"));
    subscribe(&mut tap, TICKER).await;
    assert_eq!(tap.during(Duration::from_secs(10)).await, Vec::<Value>::new());
    let report = venue.streams();
    assert_eq!((report.subscriptions, report.faults["ack-silent"]), (1, 1));
    assert!(report.faults["silenced"] >= 9, "{report:?}");
    // Subscribing again brings it to life.
    tap.say(ask("unsubscribe", &[TICKER])).await;
    assert_eq!(tap.hear().await["success"], true);
    subscribe(&mut tap, TICKER).await;
    assert_eq!(tap.hear().await["group"], TICKER);
}

#[tokio::test(start_paused = true)]
async fn a_subscription_may_be_granted_without_a_word_or_refused() {
    let desk = Desk::open().await;
    let venue = desk.venue();
    let mut tap = public(&desk).await;
    venue.fault(Fault::NoAck.topic("ticker"));
    tap.say(ask("subscribe", &[TICKER])).await;
    let push = tap.hear().await;
    assert!(push["action"].is_null() && push["group"] == TICKER, "{push}");

    venue.fault(Fault::RejectSubscribe.topic("trade"));
    tap.say(ask("subscribe", &[TRADE])).await;
    let nack = tap.until(|frame| frame["group"] == TRADE).await;
    assert_eq!(
        (&nack["success"], &nack["error"]),
        (&false.into(), &"authentication is temporarily unavailable".into())
    );
    let report = venue.streams();
    assert_eq!((report.subscriptions, report.faults["no-ack"], report.faults["reject-subscribe"]), (1, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_half_open_connection_neither_speaks_nor_ends() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, TICKER).await;
    desk.venue().fault(Fault::HalfOpen.topic("ticker").after(3));
    let mut pushes = 0;
    while let Ok(push) = tokio::time::timeout(Duration::from_secs(3600), tap.hear()).await {
        assert_eq!(push["group"], TICKER);
        pushes += 1;
    }
    // The one before the script, and the three that went by.
    assert_eq!(pushes, 4);
    tap.say(r#"{"action":"ping"}"#).await;
    assert!(tokio::time::timeout(Duration::from_secs(3600), tap.message()).await.is_err());
    let report = desk.venue().streams();
    assert_eq!((report.open, report.subscriptions, report.faults["half-open"]), (0, 0, 1));
    assert!(report.closed.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_connection_ends_with_or_without_a_word() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    desk.venue().fault(Fault::Disconnect.line(Line::Private));
    desk.venue().fault(Fault::Disconnect.topic("ticker").after(2));
    // The ack is a frame of the topic too.
    subscribe(&mut tap, TICKER).await;
    tap.hear().await;
    assert_eq!(tap.message().await, Err(Ended::Dropped));

    // A pong is the next frame as well as any.
    let mut tap = public(&desk).await;
    desk.venue().clear_faults();
    desk.venue().fault(Fault::Close { code: 1012, reason: "restart".into() });
    tap.say(r#"{"action":"ping"}"#).await;
    assert_eq!(tap.message().await, Err(Ended::Closed(1012, "restart".into())));
    let report = desk.venue().streams();
    assert_eq!((report.closed["fault"], report.open, report.subscriptions), (2, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_stream_may_not_open_and_only_on_its_line() {
    let desk = Desk::open().await;
    let venue = desk.venue();
    venue.fault(Fault::RefuseUpgrade(503).line(Line::Private).times(2));
    venue.fault(Fault::RefuseUpgrade(429).line(Line::Public));
    for (path, status) in [(PRIVATE, 503), (PUBLIC, 429), (PRIVATE, 503)] {
        assert_eq!(Tap::try_open(&desk.sim, venue, path).await.err(), Some(status));
    }
    public(&desk).await;
    private(&desk).await;
    let report = venue.streams();
    assert_eq!((report.refused_upgrades, report.opened, report.faults["refuse-upgrade"]), (3, 2, 3));
}

#[tokio::test(start_paused = true)]
async fn a_push_may_be_garbage() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    for garble in [Garble::Text, Garble::Truncated, Garble::Binary] {
        desk.venue().fault(Fault::Garble(garble));
    }
    subscribe(&mut tap, TICKER).await;
    assert_eq!(tap.text().await, "<html>502 Bad Gateway</html>");
    let cut = tap.text().await;
    assert!(cut.starts_with(r#"{"group":"#) && serde_json::from_str::<Value>(&cut).is_err(), "{cut}");
    assert!(matches!(tap.message().await, Ok(Message::Binary(_))));
    assert_eq!(tap.hear().await["group"], TICKER);
    assert_eq!(desk.venue().streams().faults["garble"], 3);
}

#[tokio::test(start_paused = true)]
async fn a_slow_push_arrives_late_and_is_not_overtaken() {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    subscribe(&mut tap, TRADE).await;
    desk.venue().fault(Fault::Slow(Duration::from_secs(7)).topic("trade"));
    let start = tokio::time::Instant::now();
    let pushes = trades(&mut tap, 20).await;
    assert!(is_sorted(&pushes), "{pushes:?}");
    assert!(start.elapsed() >= Duration::from_secs(7));
    assert_eq!(desk.venue().streams().faults["slow"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_script_in_a_file_is_the_same() {
    let desk = Desk::open().await;
    let text = r#"
        [[fault]]
        venue = "bitmart"
        kind = "close"
        code = 4000
        reason = "maintenance"
        only_topic = "futures/ticker:BTCUSDT"
        line = "public"
        after = 1
    "#;
    desk.sim.faults(Faults::parse_toml(text).unwrap());
    let mut tap = public(&desk).await;
    subscribe(&mut tap, TRADE).await;
    subscribe(&mut tap, TICKER).await;
    assert_eq!(tap.end().await, Ended::Closed(4000, "maintenance".into()));
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_makes_the_same_stream() {
    let mut streams = Vec::new();
    for _ in 0..2 {
        let desk = Desk::with(venue_sim::Sim::builder().starts_at_ms(1_700_000_000_000)).await;
        desk.venue().fault(Fault::Gap.probability(200).always());
        let mut tap = public(&desk).await;
        subscribe(&mut tap, TRADE).await;
        tap.say(r#"{"action":"ping"}"#).await;
        streams.push(tap.during(Duration::from_secs(60)).await);
    }
    assert!(streams[0].len() > 10);
    assert_eq!(streams[0], streams[1]);
}
