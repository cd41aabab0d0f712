//! Plans, stop-profits and tracks.

use std::time::Duration;

use futures::TryStreamExt as _;
use venue_core::Millis;
use wex_futures::rest::*;
use wex_futures::{
    Contracts, EntrustState, EntrustStateFilter, EntrustType, OrderSide, PositionSide, PositionType, Price,
    Rate, TrackCallback, TrackPositionSide, TriggerPriceType,
};

use crate::stage::*;

#[tokio::test(start_paused = true)]
async fn plans_wait_fire_and_are_called_off() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let mark = stage.mark().await;
    let (low, high) = (price(mark, 5), price(mark, 15));
    let (buy, long) = (|| OrderSide::Buy, || PositionSide::Long);
    // A take-profit that buys waits below; this price is reached already.
    client
        .send(CreatePlan::limit(BTC, EntrustType::TakeProfit, buy(), long(), n(1), high, low))
        .await
        .unwrap();
    let waiting = CreatePlan::limit(BTC, EntrustType::Stop, buy(), long(), n(2), high, high)
        .looking_at(TriggerPriceType::Index)
        .client_order_id("plan1");
    client.send(waiting.clone()).await.unwrap();
    client.send(waiting.client_order_id("plan2")).await.unwrap();
    let plans = client.send(ListPlans::new(EntrustStateFilter::Unfinished).symbol(BTC)).await.unwrap().items;
    assert_eq!((plans.len(), plans[0].client_order_id.as_ref().unwrap().as_str()), (2, "plan2"));
    assert_eq!(plans[0].trigger_price_type, Some(TriggerPriceType::Index));
    let done = client.send(ListPlans::new(EntrustStateFilter::Triggered)).await.unwrap().items;
    assert_eq!((done.len(), &done[0].entrust_type), (1, &Some(EntrustType::TakeProfit)));
    let placed = client.send(ListOpenOrders::new()).await.unwrap();
    assert_eq!(placed[0].source_id.as_deref(), Some(done[0].entrust_id.as_str()));
    let entrusts =
        client.send(ListOrderEntrusts::new().kind(wex_futures::OrderEntrustType::Entrust)).await.unwrap();
    assert_eq!(entrusts.items.len(), 3);

    let first = plans[1].entrust_id.clone();
    assert_eq!(client.send(GetPlanDetail::new(first.clone())).await.unwrap().unwrap().stop_price, Some(high));
    client.send(CancelPlan::new(first.clone())).await.unwrap();
    assert_eq!(refused(client.send(CancelPlan::new(first.clone())).await).0, "invalid_params");
    client.send(CancelAllPlansOfSymbol::new(BTC)).await.unwrap();
    let past: Vec<Plan> =
        client.send(ListPlanHistory::new().limit(2u32)).items().try_collect().await.unwrap();
    let states: Vec<_> = past.iter().map(|plan| plan.state.clone().unwrap()).collect();
    assert_eq!(states, [EntrustState::UserRevocation, EntrustState::UserRevocation, EntrustState::Triggered]);
    let stops =
        CreatePlan::market(BTC, EntrustType::Stop, buy(), long(), n(1), "50000.01".parse::<Price>().unwrap());
    assert_eq!(refused(client.send(stops.price(low)).await).0, "invalid_stop_price");
    assert!(client.send(ListReversePlans::new()).await.unwrap().items.is_empty());
    assert!(client.send(ListReversePlanHistory::new()).await.unwrap().items.is_empty());
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn a_stop_profit_is_one_thing_with_two_ends() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let mark = stage.mark().await;
    let stop = |size: u64, profit: i64, loss: i64| {
        CreateProfitStop::market(BTC, PositionSide::Long, n(size))
            .trigger_profit_price(price(mark, profit))
            .trigger_stop_price(price(mark, loss))
    };
    assert_eq!(refused(client.send(stop(10, 15, 5)).await).0, "more_than_available");
    stage.open(PositionSide::Long, 10).await;
    assert_eq!(refused(client.send(stop(11, 15, 5)).await).0, "more_than_available");
    assert_eq!(refused(client.send(stop(10, 8, 5)).await).0, "trigger_profit_price_less_than_entry_price");
    assert_eq!(refused(client.send(stop(10, 15, 12)).await).0, "trigger_stop_price_more_than_entry_price");
    client.send(stop(10, 15, 5)).await.unwrap();
    let rows = client.send(ListProfitStops::new(EntrustStateFilter::NotTriggered)).await.unwrap().items;
    assert_eq!((rows.len(), rows[0].trigger_profit_price), (1, Some(price(mark, 15))));
    let id = rows[0].profit_id.clone();
    let held = client.send(ListUserActivePositions::new()).await.unwrap();
    assert_eq!((held[0].profit_id.as_ref(), held[0].trigger_stop_price), (Some(&id), Some(price(mark, 5))));
    client.send(UpdateProfitStop::new(id.clone()).trigger_stop_price(price(mark, 6))).await.unwrap();
    let row = client.send(GetProfitStopDetail::new(id.clone())).await.unwrap().unwrap();
    assert_eq!(
        (row.trigger_profit_price, row.trigger_stop_price),
        (Some(price(mark, 15)), Some(price(mark, 6)))
    );
    client.send(CancelProfitStop::new(id.clone())).await.unwrap();
    assert_eq!(refused(client.send(CancelProfitStop::new(id)).await).0, "invalid_entrust");

    // One that comes with an order is there once that is filled, and goes when its position does.
    let order =
        CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, n(5)).trigger_stop_price(price(mark, 5));
    client.send(order).await.unwrap();
    let waiting =
        async || client.send(ListProfitStops::new(EntrustStateFilter::Unfinished)).await.unwrap().items;
    assert_eq!(waiting().await[0].orig_qty, Some(Contracts::new(5)));
    client.send(stop(3, 15, 5)).await.unwrap();
    client.send(CloseAllPositions::new()).await.unwrap();
    assert!(waiting().await.is_empty());
    let past = client.send(ListProfitStopHistory::new()).items().try_collect::<Vec<_>>().await.unwrap();
    let states: Vec<_> = past.iter().map(|row| row.state.clone().unwrap()).collect();
    let gone = EntrustState::PlatformRevocation;
    assert_eq!(states, [gone.clone(), gone, EntrustState::UserRevocation]);
    client.send(CancelAllProfitStopsOfSymbol::new(BTC)).await.unwrap();
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn a_track_follows_until_the_price_turns_or_its_time_is_over() {
    let stage = Stage::set().await;
    let client = &stage.client;
    stage.open(PositionSide::Long, 10).await;
    let rate = |text: &str| text.parse::<Rate>().unwrap();
    let track = |callback: TrackCallback, value: &str| {
        CreateTrack::new(
            BTC,
            OrderSide::Sell,
            TrackPositionSide::Long,
            PositionType::Crossed,
            n(4),
            callback,
            rate(value),
            TriggerPriceType::Latest,
        )
    };
    for (callback, value, code) in [
        (TrackCallback::Proportion, "0.2", "invalid_exceed_max_rate_limit"),
        (TrackCallback::Proportion, "0.0001", "invalid_below_min_rate_limit"),
        (TrackCallback::Fixed, "60000", "invalid_exceed_max_price_limit"),
        (TrackCallback::Fixed, "0.1", "invalid_exceed_min_price_limit"),
    ] {
        assert_eq!(refused(client.send(track(callback, value)).await).0, code);
    }
    let mark = stage.mark().await;
    let off = "1000.01".parse::<Price>().unwrap();
    let bad = track(TrackCallback::Proportion, "0.01").activation_price(off);
    assert_eq!(refused(client.send(bad).await).0, "invalid_activation_price");
    let now = stage.venue().clock().now_ms();
    let expiring = track(TrackCallback::Proportion, "0.1").expire_time(Millis::new(now + 5_000));
    client.send(expiring.activation_price(price(mark, 15))).await.unwrap();
    client.send(track(TrackCallback::Fixed, "100")).await.unwrap();
    client.send(track(TrackCallback::Proportion, "0.1").activation_price(price(mark, 15))).await.unwrap();
    let rows = client.send(ListTracks::new().symbol(BTC)).await.unwrap().items;
    assert_eq!(
        (rows.len(), rows[0].config_activation, rows[1].config_activation),
        (3, Some(true), Some(false))
    );
    let waiting = rows[0].track_id.clone();
    assert_eq!(
        client.send(GetTrackDetail::new(waiting.clone())).await.unwrap().unwrap().state,
        Some(EntrustState::NotTriggered)
    );
    // Over an hour the price turns by 100 more than once.
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_secs(60)).await;
        client.send(GetTicker::new(BTC)).await.unwrap();
    }
    client.send(CancelTrack::new(waiting)).await.unwrap();
    client.send(CancelAllTracks::new()).await.unwrap();
    client.send(CancelAllTracksOfSymbol::new(BTC)).await.unwrap();
    let past = client.send(ListTrackHistory::new()).items().try_collect::<Vec<_>>().await.unwrap();
    let states: Vec<_> = past.iter().map(|row| row.state.clone().unwrap()).collect();
    assert_eq!(states, [EntrustState::UserRevocation, EntrustState::Triggered, EntrustState::Expired]);
    assert_eq!(past[1].executed_qty, Some(Contracts::new(4)));
    assert_eq!(
        client.send(ListPositions::new().symbol(BTC)).await.unwrap()[0].position_size,
        Some(Contracts::new(6))
    );
    stage.is_understood();
}
