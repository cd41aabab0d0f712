//! A client that follows the documented rules has the venue's book.

use std::collections::BTreeMap;
use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::Value;
use venue_sim::{Book, Fault, Script};

use crate::desk::Desk;
use crate::tap::Tap;
use crate::ws_bitmart::{ask, public, subscribe};

type Levels = BTreeMap<Decimal, Decimal>;

/// The rules of the depth-increase channel, and nothing else.
#[derive(Debug, Default)]
struct Local {
    asks: Levels,
    bids: Levels,
    version: u64,
    gaps: u32,
}

fn read(levels: &Value) -> Vec<(Decimal, Decimal)> {
    let number = |value: &Value| value.as_str().unwrap().parse().unwrap();
    levels.as_array().unwrap().iter().map(|level| (number(&level["price"]), number(&level["vol"]))).collect()
}

impl Local {
    /// Whether a new snapshot has to be asked for.
    fn apply(&mut self, data: &Value) -> bool {
        let version = data["version"].as_u64().unwrap();
        if data["type"] == "snapshot" {
            (self.asks, self.bids) = (Levels::new(), Levels::new());
        } else if version <= self.version {
            return false;
        } else if version > self.version + 1 {
            self.gaps += 1;
            return true;
        }
        self.version = version;
        for (side, name) in [(&mut self.asks, "asks"), (&mut self.bids, "bids")] {
            for (price, vol) in read(&data[name]) {
                if vol.is_zero() {
                    side.remove(&price)
                } else {
                    side.insert(price, vol)
                };
            }
        }
        false
    }

    fn is(&self, book: &Book, levels: usize) -> bool {
        let asks: Vec<_> = self.asks.iter().map(|(price, vol)| (*price, *vol)).collect();
        let bids: Vec<_> = self.bids.iter().rev().map(|(price, vol)| (*price, *vol)).collect();
        let top = |side: &[(Decimal, Decimal)]| side.iter().take(levels).copied().collect::<Vec<_>>();
        asks == top(&book.asks) && bids == top(&book.bids)
    }
}

/// Follows a topic through trades and orders, and compares after every update.
async fn follow(levels: usize, speed: &str, faults: Vec<Script>) -> (Local, u32) {
    let desk = Desk::open().await;
    let mut tap = public(&desk).await;
    let topic = format!("futures/depthIncrease{levels}:BTCUSDT{speed}");
    subscribe(&mut tap, &topic).await;
    for fault in faults {
        desk.venue().fault(fault);
    }
    let (mut local, mut equal) = (Local::default(), 0);
    for round in 0..200u32 {
        if round % 5 == 0 {
            // Own orders near the best price come and go, so that levels leave the top from both ends.
            let price = desk.venue().last_price("BTCUSDT").unwrap().trunc() - Decimal::from(round % 7);
            desk.order(1, 1 + round, Some(&price.to_string()), "").await;
        }
        let push = tap.hear().await;
        assert_eq!(push["group"], topic.as_str());
        if local.apply(&push["data"]) {
            // The answer may be lost too: then the next update asks again.
            tap.say(ask("request", &[&topic])).await;
        }
        let book = desk.venue().book("BTCUSDT").unwrap();
        assert!(local.asks.len() <= levels && local.bids.len() <= levels);
        equal += u32::from(local.is(&book, levels));
    }
    (local, equal)
}

#[tokio::test(start_paused = true)]
async fn a_followed_book_is_the_engines_top() {
    for (levels, speed) in [(5, "@100ms"), (20, "@200ms"), (50, "")] {
        let (local, equal) = follow(levels, speed, Vec::new()).await;
        assert_eq!(local.gaps, 0);
        // All but those that were overtaken by an order of ours before they were compared.
        assert!(equal >= 150, "{levels}: {equal} of 200");
    }
}

#[tokio::test(start_paused = true)]
async fn lost_repeated_and_swapped_updates_are_noticed_by_the_rules() {
    let faults = vec![
        Fault::Gap.topic("depthIncrease").after(20),
        Fault::Duplicate.topic("depthIncrease").after(40),
        Fault::Reorder.topic("depthIncrease").after(60),
        Fault::Gap.probability(100).always(),
    ];
    let (local, equal) = follow(20, "@100ms", faults).await;
    assert!(local.gaps >= 3, "{local:?}");
    assert!(equal >= 100, "{equal} of 200");
}

#[tokio::test(start_paused = true)]
async fn a_still_market_leaves_every_book_exactly_equal() {
    let desk = Desk::open().await;
    let topics =
        ["futures/depth5:BTCUSDT@100ms", "futures/depthAll20:BTCUSDT", "futures/depthIncrease50:BTCUSDT"];
    let mut taps: Vec<Tap> = Vec::new();
    for topic in topics {
        let mut tap = public(&desk).await;
        subscribe(&mut tap, topic).await;
        taps.push(tap);
    }
    let mut local = Local::default();
    let [mut sides, mut both] = [(); 2].map(|()| (Vec::new(), Vec::new()));
    let time = Duration::from_millis(20_300);
    let [first, second, third] = taps.as_mut_slice() else { unreachable!("three were opened") };
    let (first, second, third) = tokio::join!(first.during(time), second.during(time), third.during(time));
    for frame in first {
        let side = if frame["data"]["way"] == 1 { &mut sides.0 } else { &mut sides.1 };
        *side = read(&frame["data"]["depths"]);
    }
    for frame in second {
        both = (read(&frame["data"]["bids"]), read(&frame["data"]["asks"]));
    }
    for frame in third {
        assert!(!local.apply(&frame["data"]));
    }
    // 300 ms after the market last moved: everything is out.
    let book = desk.venue().book("BTCUSDT").unwrap();
    assert_eq!(sides, (book.bids[..5].to_vec(), book.asks[..5].to_vec()));
    assert_eq!(both, (book.bids[..20].to_vec(), book.asks[..20].to_vec()));
    assert!(local.is(&book, 50));
}
