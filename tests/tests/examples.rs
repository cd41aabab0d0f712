//! The examples run to their end.

#[path = "../examples/budget.rs"]
mod budget;
#[path = "../examples/market_maker.rs"]
mod market_maker;
#[path = "../examples/treasury.rs"]
mod treasury;

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
