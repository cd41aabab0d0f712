//! Over a limit.

use std::time::Duration;

use wex_futures::rest::*;
use wex_futures::{Client, Kind, Outcome};

use crate::stage::*;

const LOCK: Duration = Duration::from_secs(600);

#[tokio::test(start_paused = true)]
async fn a_venue_that_locks_for_ten_minutes_is_left_alone_for_as_long() {
    let stage = Stage::set().await;
    let (usdt, coin) = ((&stage.client, "usdt"), (&stage.coin, "btc"));
    let ask = |(client, name): (&Client, &'static str)| client.send(GetBalanceDetail::new(name));
    // The two know nothing of each other, and have one key: together they are over its limit.
    for _ in 0..3 {
        ask(usdt).await.unwrap();
    }
    let error = ask(coin).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Banned, Outcome::Rejected), "{error}");
    assert_eq!(error.retry_after(), Some(LOCK));
    // All of it is locked, what is public too; the other client learns it by asking once.
    let error = stage.client.send(GetTicker::new(BTC)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Banned, Outcome::Rejected), "{error}");

    let arrived = stage.venue().requests();
    for client in [usdt, coin] {
        let error = ask(client).within(Duration::from_secs(60)).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotSent, "{error}");
    }
    assert_eq!(stage.venue().requests(), arrived, "nothing is sent that would be refused");

    // Who waits longer than the lock lasts, gets through by itself, and is never refused on the way.
    for client in [usdt, coin] {
        ask(client).within(LOCK * 2).await.unwrap();
    }
    assert_eq!((stage.venue().requests(), stage.venue().refused()), (arrived + 2, 2));
    stage.is_understood();
}
