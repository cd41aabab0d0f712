//! Conditional orders.

use std::slice::from_ref;

use futures::TryStreamExt as _;
use hibt_api::rest::*;
use hibt_api::{ConditionalStatus, Kind, Price, Side, TriggerType};

use crate::{BTC, Desk, price, qty};

#[tokio::test(start_paused = true)]
async fn a_conditional_order_waits_is_cancelled_or_is_placed() {
    let desk = Desk::open().await;
    let add = |trigger: Price, id: &str| {
        AddConditionalOrder::new(BTC, Side::Buy, TriggerType::Last, trigger, qty("0.01"), 10u32).custom_id(id)
    };
    let high = desk.client.send(add(price("99000"), "high").price(price("99000"))).await.unwrap();
    assert_eq!((&high.status, high.price), (&Some(ConditionalStatus::Pending), Some(price("99000"))));
    let low = desk.client.send(add(price("20000"), "low")).await.unwrap();
    let waiting = desk.client.send(GetUnfinishedConditionalOrders::new().symbol(BTC)).await.unwrap();
    assert_eq!(
        waiting.iter().map(|order| order.id.clone()).collect::<Vec<_>>(),
        [low.id.clone(), high.id.clone()]
    );
    let by_own = CancelConditionalOrder::new(BTC, ConditionalRef::ClientId("low".into()));
    assert_eq!(desk.client.send(by_own).await.unwrap()[..], *from_ref(&low.id));
    let by_id = CancelConditionalOrder::new(BTC, ConditionalRef::Id(high.id.clone()));
    assert_eq!(desk.client.send(by_id.clone()).await.unwrap()[..], *from_ref(&high.id));
    assert_eq!(desk.client.send(by_id).await.unwrap_err().kind(), Kind::UnknownOrder);

    // At the last price it is due at once.
    let last = desk.client.send(GetTickerPrices::new().symbol(BTC)).await.unwrap()[0].price;
    let due =
        desk.client.send(add(last, "due").take_profit(price("99000"), TriggerType::Last)).await.unwrap();
    assert_eq!(due.status, Some(ConditionalStatus::Placed));
    let past: Vec<_> = desk
        .client
        .send(GetFinishedConditionalOrders::new().page_size(2u32))
        .items()
        .try_collect()
        .await
        .unwrap();
    let past: Vec<_> =
        past.into_iter().map(|order: ConditionalOrder| (order.id, order.status.unwrap())).collect();
    let cancelled = ConditionalStatus::CancelledByUser;
    assert_eq!(
        past,
        [(due.id, ConditionalStatus::Placed), (high.id, cancelled.clone()), (low.id, cancelled)]
    );
    let order = desk.client.send(GetFinishedOrders::new()).await.unwrap().data[0].clone();
    assert_eq!(
        (order.trigger_price, order.filled_price, order.custom_id),
        (Some(last), due.start_price, None)
    );
    assert_eq!(desk.positions().await[0].sp_sl_part_data[0].sp_price, Some(price("99000")));
    assert_eq!(desk.client.unmapped_keys(), 0);
}
