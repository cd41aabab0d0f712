//! The examples run to their end.

#[path = "../examples/best_price.rs"]
mod best_price;
#[path = "../examples/budget.rs"]
mod budget;
#[path = "../examples/deflate.rs"]
mod deflate;
#[path = "../examples/market_maker.rs"]
mod market_maker;
#[path = "../examples/recorder.rs"]
mod recorder;
#[path = "../examples/shared_ledger.rs"]
mod shared_ledger;
#[path = "../examples/treasury.rs"]
mod treasury;

use std::time::Duration;

use venue_core::{Kind, Outcome};
use venue_sim::Which;

#[tokio::test]
async fn a_market_maker_survives_a_lost_answer_and_leaves_nothing_behind() {
    market_maker::run().await.unwrap();
}

#[tokio::test]
async fn a_transfer_whose_answer_is_lost_is_made_once() {
    treasury::run().await.unwrap();
}

#[tokio::test]
async fn two_clients_with_one_ledger_stay_within_one_limit() {
    budget::run().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn clients_of_one_address_that_share_a_ledger_are_never_refused() {
    let shared = shared_ledger::burst(true).await.unwrap();
    assert_eq!((shared.failed, shared.refused), (0, 0), "{shared:?}");
    assert!(shared.windows.iter().all(|window| !window.is_over()), "{shared:?}");
    // Five clients, two keys, three hosts: one bucket for each documented limit.
    let mut buckets = shared.buckets.clone();
    buckets.sort_unstable();
    assert_eq!(buckets, ["all", "assets", "depth", "signed"]);
    // The limits did bind: over a thousand requests of one address take more than a minute, and no less.
    assert!((60..130).contains(&shared.took.as_secs()), "{shared:?}");
    let minute = shared.windows.iter().find(|window| window.limit == 1_000).unwrap();
    assert_eq!(minute.worst, 1_000);

    // As the venue sees it when each counts by itself.
    let apart = shared_ledger::burst(false).await.unwrap();
    assert!(apart.refused > 0 && apart.failed > 0, "{apart:?}");
    assert!(apart.windows.iter().any(|window| window.limit == 1_000 && window.is_over()), "{apart:?}");
}

#[tokio::test(start_paused = true)]
async fn a_lock_of_one_product_shuts_the_other_and_not_another_venue() {
    let locked = shared_ledger::lock().await.unwrap();
    assert_eq!((locked.told, locked.coin_m), (Kind::Banned, Some(Outcome::NotSent)));
    assert_eq!((locked.reached, locked.spot), (0, true), "{locked:?}");
    assert!(locked.waited >= Duration::from_secs(600) && !locked.price.is_zero(), "{locked:?}");
    assert_eq!((locked.second_spot, locked.futures), (Some(Outcome::NotSent), true), "{locked:?}");
}

#[tokio::test(start_paused = true)]
async fn a_recording_has_no_hole_that_its_file_of_holes_doesnt_have() {
    let directory = std::env::temp_dir().join(format!("venue-recorder-{}", std::process::id()));
    let recorded = recorder::run(&directory).await.unwrap();
    assert!(recorded.pushes.iter().all(|(_, pushes)| *pushes > 100), "{recorded:?}");
    // Two connections broke twice each, with two files each.
    assert!(recorded.holes >= 8, "{recorded:?}");
    let read = |name: &str| std::fs::read_to_string(directory.join(format!("{name}.jsonl"))).unwrap();
    let holes: Vec<serde_json::Value> =
        read("gaps").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // The simulated venue numbers its trades one by one: where one is missing, there is a hole.
    let mut last: Option<(u64, i64)> = None;
    for line in read("bitmart-trades").lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let now = line["received_ms"].as_i64().unwrap();
        for trade in line["value"].as_array().unwrap() {
            let number: u64 = trade["trade_id"].as_str().unwrap().parse().unwrap();
            if let Some((before, then)) = last
                && holes.iter().all(|hole| {
                    let (from, to) = (hole["from_ms"].as_i64(), hole["to_ms"].as_i64());
                    hole["file"] != "bitmart-trades"
                        || to.is_some_and(|to| to < then)
                        || from.is_some_and(|from| from > now)
                })
            {
                // Other contracts' trades are numbered in between.
                assert!(number > before && number - before < 40, "{before} and then {number}");
            }
            last = Some((number, now));
        }
    }
    std::fs::remove_dir_all(&directory).unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_best_price_is_never_that_of_a_book_that_may_be_wrong() {
    let shown = best_price::run().await.unwrap();
    let of =
        |shown: &best_price::Shown, venue| shown.quotes.iter().find(|q| q.venue == venue).unwrap().clone();
    for shown in &shown {
        for quote in &shown.quotes {
            assert_eq!(quote.best.is_some(), quote.state == "synced", "{quote:?}");
        }
        let [bid, ask] = shown.best.unwrap();
        let [bid, ask] = [of(shown, bid), of(shown, ask)].map(|quote| quote.fresh(shown.at).unwrap().clone());
        for fresh in shown.quotes.iter().filter_map(|quote| quote.fresh(shown.at)) {
            assert!(fresh[0].price <= bid[0].price && fresh[1].price >= ask[1].price, "{shown:?}");
        }
    }
    let any = |is_it: &dyn Fn(&best_price::Shown) -> bool| shown.iter().any(is_it);
    assert!(any(&|shown| of(shown, Which::BitMart).state.starts_with("gap: ")), "a change was lost");
    let dead = |shown: &best_price::Shown| of(shown, Which::WexSpot);
    assert!(
        any(&|shown| dead(shown).best.is_some() && dead(shown).fresh(shown.at).is_none()),
        "silent, but too old"
    );
    assert!(any(&|shown| dead(shown).state == "gap: no sign of life"), "and then known to be dead");
    let last = shown.last().unwrap();
    assert!(last.quotes.iter().all(|quote| quote.fresh(last.at).is_some()), "all are back: {last:?}");

    // Whoever has the best bid loses it with the book's equality, or with its age.
    let [winner, _] = last.best.unwrap();
    for spoil in [
        |quote: &mut best_price::Quote| quote.best = None,
        |quote: &mut best_price::Quote| quote.heard = quote.heard.map(|at| at - Duration::from_secs(4)),
    ] {
        let mut quotes = last.quotes.clone();
        quotes.iter_mut().filter(|quote| quote.venue == winner).for_each(spoil);
        assert_ne!(best_price::best_of(&quotes, last.at).unwrap()[0], winner);
    }
}

#[tokio::test(start_paused = true)]
async fn books_deflate_to_a_third_and_better_with_what_came_before() {
    for (name, measured) in deflate::run(Duration::from_secs(60)).await.unwrap() {
        let [alone, in_context] = [measured.alone, measured.in_context].map(|bytes| measured.saved(bytes));
        assert!(measured.messages > 50 && alone > 50 && in_context > alone, "{name}: {measured:?}");
    }
}
