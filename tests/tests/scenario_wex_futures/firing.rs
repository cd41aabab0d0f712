//! What waits for a price: it fires when the market comes there, once, and takes along what belongs to it.

use std::time::Duration;

use futures::TryStreamExt as _;
use venue_core::Decimal;
use wex_futures::rest::*;
use wex_futures::{
    Client, Contracts, EntrustState, EntrustStateFilter, EntrustType, OrderSide, PositionSide,
};

use crate::stage::*;

/// The market comes to any price this near within hours: so many thousandths away.
const NEAR: i64 = 2;

/// Lets the market move until something is so, which it is within hours.
async fn until(client: &Client, symbol: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let mut minutes = 0;
    while !is_so().await {
        tokio::time::sleep(Duration::from_secs(60)).await;
        client.send(GetTicker::new(symbol)).await.unwrap();
        minutes += 1;
        assert!(minutes < 600, "{symbol}: ten hours have passed");
    }
}

async fn held(client: &Client) -> Vec<Option<Contracts>> {
    let rows = client.send(ListUserActivePositions::new()).await.unwrap();
    rows.iter().map(|row| row.position_size).collect()
}

#[tokio::test(start_paused = true)]
async fn a_plan_trades_when_the_price_comes_and_not_before_on_either_product() {
    let stage = Stage::set().await;
    for (client, symbol) in [(&stage.client, BTC), (&stage.coin, "btc_usd")] {
        let mark = client.send(GetSymbolMarkPrice::new(symbol)).await.unwrap().price.decimal();
        let above = permille(mark, NEAR);
        let plan = CreatePlan::market(
            symbol,
            EntrustType::StopMarket,
            OrderSide::Buy,
            PositionSide::Long,
            n(3),
            above,
        );
        client.send(plan).await.unwrap();
        assert!(held(client).await.is_empty());
        let waiting = async || {
            let plans = ListPlans::new(EntrustStateFilter::Unfinished).symbol(symbol);
            client.send(plans).await.unwrap().items
        };
        assert_eq!(waiting().await.len(), 1);
        until(client, symbol, async || waiting().await.is_empty()).await;

        let fired = client.send(ListPlans::new(EntrustStateFilter::Triggered)).await.unwrap().items;
        assert_eq!((fired.len(), fired[0].stop_price), (1, Some(above)));
        let trades = client.send(ListAllTrades::new()).await.unwrap();
        let traded: Decimal = trades.iter().map(|trade| trade.quantity.unwrap().decimal()).sum();
        assert_eq!(traded, Decimal::from(3), "once");
        assert_eq!(held(client).await, [Some(n(3))]);
    }
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn one_end_of_a_stop_profit_closes_the_position_and_calls_the_other_off() {
    // Made for a position that is there, and sent along with the order that opens it.
    for comes_along in [false, true] {
        let stage = Stage::set().await;
        let client = &stage.client;
        let mark = stage.mark().await;
        let (profit, loss) = (permille(mark, NEAR), permille(mark, -NEAR));
        let buy = CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, n(10));
        if comes_along {
            client.send(buy.trigger_profit_price(profit).trigger_stop_price(loss)).await.unwrap();
        } else {
            client.send(buy).await.unwrap();
            let ends = CreateProfitStop::market(BTC, PositionSide::Long, n(10))
                .trigger_profit_price(profit)
                .trigger_stop_price(loss);
            client.send(ends).await.unwrap();
        }
        assert_eq!(held(client).await, [Some(n(10))]);
        let waiting =
            async || client.send(ListProfitStops::new(EntrustStateFilter::Unfinished)).await.unwrap().items;
        assert_eq!(waiting().await.len(), 1);
        until(client, BTC, async || waiting().await.is_empty()).await;

        assert!(held(client).await.is_empty());
        let past = client.send(ListProfitStopHistory::new()).items().try_collect::<Vec<_>>().await.unwrap();
        let rows: Vec<_> = past.iter().map(|row| (row.state.clone(), row.executed_qty)).collect();
        assert_eq!(rows, [(Some(EntrustState::Triggered), Some(n(10)))]);
        let position = &client.send(ListPositionHistory::new()).await.unwrap().items[0];
        let (closed, exit) = (position.close_position_size, position.close_price.unwrap().decimal());
        assert_eq!(closed, Some(n(10)), "once");
        // It fired where it was told to: the market order met the book next to that price.
        let near = |price: Decimal| (exit - price).abs() < mark * Decimal::new(1, 3);
        assert!(near(profit.decimal()) || near(loss.decimal()), "{exit} of {loss} and {profit}");
        stage.is_understood();
    }
}
