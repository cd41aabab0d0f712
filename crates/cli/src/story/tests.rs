//! A story that doesn't go as it should says so.
#![allow(clippy::unwrap_used, reason = "a test fails loudly")]

use std::sync::Arc;

use venue_sim::{Fault, Sim, Which};

use super::{Part, Verdict, tell};

async fn simulated(which: Which) -> Arc<Sim> {
    Arc::new(Sim::builder().venue(which).start().await.unwrap())
}

#[tokio::test]
async fn what_was_not_reached_has_failed() {
    let sim = simulated(Which::Hibt).await;
    sim.venue(Which::Hibt).fault(Fault::status(503, "").on("GET", "/v2/market/symbols"));
    let story = tell(Arc::clone(&sim), Which::Hibt, false).await.unwrap();
    assert!(!story.is_good());
    assert_eq!(story.steps.len(), Part::ALL.len());
    assert_eq!(story.step(Part::Clock).unwrap().verdict, Verdict::Held);
    let rules = story.step(Part::Rules).unwrap();
    assert_eq!((rules.verdict, rules.cell.as_str()), (Verdict::Failed, "Unavailable"));
    assert!(rules.why().any(|why| why.contains("the story ends here")));
    let after = story.steps.iter().filter(|step| step.cell == "not reached").count();
    assert_eq!((after, story.count(Verdict::Failed)), (Part::ALL.len() - 2, Part::ALL.len() - 1));
}

#[tokio::test]
async fn a_claim_that_does_not_hold_fails_its_part_and_no_other() {
    let sim = simulated(Which::Pumpkin).await;
    // Two orders go before the one with a wrong secret, which is refused in words that say nothing.
    sim.venue(Which::Pumpkin).fault(Fault::status(400, "{}").on("POST", "/v2/order/create").after(2));
    let story = tell(Arc::clone(&sim), Which::Pumpkin, false).await.unwrap();
    let failed = story.steps.iter().filter(|step| step.verdict == Verdict::Failed);
    assert_eq!(failed.map(|step| step.part).collect::<Vec<_>>(), [Part::Signature]);
    assert_eq!(story.count(Verdict::Cannot), 2);
    assert!(!story.is_good());
}
