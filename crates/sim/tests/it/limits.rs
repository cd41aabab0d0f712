//! Limits as the venues count them: refused, told, remembered.

use std::time::Duration;

use venue_sim::{Sim, Which};

use crate::client::{Wire, send};
use crate::desk::{Desk, GET, POST};

#[tokio::test(start_paused = true)]
async fn over_the_limit_is_refused_and_who_goes_on_is_banned() {
    let desk = Desk::with(Sim::builder()).await;
    let ask = || desk.reply(GET, "trade-fee-rate", "symbol=BTCUSDT");
    for used in ["1", "2"] {
        let reply = ask().await;
        assert_eq!((reply.status, reply.header("x-bm-ratelimit-remaining")), (200, Some(used)));
    }
    let reply = ask().await;
    assert_eq!(reply.status, 429);
    assert!(reply.body.contains("30013"), "{}", reply.body);
    assert_eq!(reply.header("x-bm-ratelimit-limit"), Some("2"));
    assert_eq!(reply.header("x-bm-ratelimit-reset"), Some("2"));

    // Another endpoint has its own budget, and this one has room again when the window has passed.
    assert_eq!(desk.reply(GET, "assets-detail", "").await.status, 200);
    tokio::time::advance(Duration::from_millis(1_999)).await;
    assert_eq!(ask().await.status, 429);
    tokio::time::advance(Duration::from_millis(1)).await;
    assert_eq!(ask().await.status, 200);

    let mut statuses = Vec::new();
    for _ in 0..13 {
        statuses.push(ask().await.status);
    }
    assert!(statuses.contains(&429) && statuses.ends_with(&[418]), "{statuses:?}");
    let reply = desk.reply(POST, "cancel-orders", r#"{"symbol":"BTCUSDT"}"#).await;
    assert!(reply.status == 418 && reply.body.contains("30017"), "{}", reply.body);
    tokio::time::advance(Duration::from_secs(30)).await;
    assert_eq!(ask().await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn where_it_is_documented_one_request_too_many_locks_everything_for_ten_minutes() {
    let sim = Sim::builder().venue(Which::WexFutures).plain(true).start().await.unwrap();
    let venue = sim.venue(Which::WexFutures);
    let interest = || Wire::get("/future/market/v1/public/contract/open-interest?symbol=btc_usdt");
    let other = || Wire::get("/future/public/client");
    let status = async |wire: Wire| send(&sim, venue, &wire).await.unwrap().status;
    // One in a second.
    assert_eq!([status(interest()).await, status(other()).await], [200, 200]);
    assert_eq!([status(interest()).await, status(other()).await], [429, 429]);
    let reply = send(&sim, venue, &other()).await.unwrap();
    assert!(reply.body.contains("TOO_MANY_REQUESTS"), "{}", reply.body);
    tokio::time::advance(Duration::from_secs(599)).await;
    assert_eq!(status(other()).await, 429);
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!([status(interest()).await, status(other()).await], [200, 200]);
}

#[tokio::test(start_paused = true)]
async fn the_worst_window_is_remembered_wherever_it_lies() {
    let desk = Desk::with(Sim::builder().limits(false)).await;
    // Three before an even second, three after: no aligned window holds more than three.
    tokio::time::advance(Duration::from_millis(1_900)).await;
    for _ in 0..3 {
        desk.ask(GET, "assets-detail", "").await;
    }
    tokio::time::advance(Duration::from_millis(200)).await;
    for _ in 0..3 {
        desk.ask(GET, "assets-detail", "").await;
    }
    let reports = desk.venue().worst_window();
    let report = reports.iter().find(|report| report.bucket == "assets_detail").unwrap();
    assert_eq!((report.limit, report.worst, report.worst_aligned), (12, 6, 3));
    assert!(!report.is_over() && reports.iter().all(|report| !report.is_over()));
}

#[tokio::test(start_paused = true)]
async fn a_shared_bucket_is_shared_and_told_in_the_venues_words() {
    let sim = Sim::builder().venue(Which::WexFutures).plain(true).start().await.unwrap();
    let venue = sim.venue(Which::WexFutures);
    let mut refused = None;
    for at in 0..1_001 {
        let path =
            if at % 2 == 0 { "/future/public/client" } else { "/future/market/v1/public/symbol/coins" };
        refused = Some(send(&sim, venue, &Wire::get(path)).await.unwrap());
        tokio::time::advance(Duration::from_millis(1)).await;
    }
    let refused = refused.unwrap();
    assert_eq!(refused.status, 429);
    assert!(refused.body.contains("TOO_MANY_REQUESTS"), "{}", refused.body);
}
