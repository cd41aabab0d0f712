//! Positions: closed in parts and whole, protected, at another leverage.

use hibt_api::rest::*;
use hibt_api::{BalanceEvent, Kind, OrderAction, Outcome, PositionId, Side, SpSlModel, TriggerType};
use venue_core::Decimal;

use crate::{BTC, Desk, FUNDS, of, price, qty, resting};

#[tokio::test(start_paused = true)]
async fn a_position_is_closed_in_parts_and_its_id_is_not_used_again() {
    let desk = Desk::open().await;
    let position = desk.enter(Side::Sell, "0.05").await;
    assert_eq!(
        (position.side.clone(), position.leverage.clone().unwrap().to_text().as_ref()),
        (Some(Side::Sell), "10")
    );
    let id = position.position_id.clone();

    // A limit order that rests holds what it will close, and no more can be closed beside it.
    let rests =
        desk.client.send(ClosePosition::limit(id.clone(), qty("0.03"), price("30000"))).await.unwrap();
    assert_eq!(desk.positions().await[0].frozen_amount, Some(qty("0.03")));
    let error = desk.client.send(ClosePosition::market(id.clone(), qty("0.03"))).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::Rejected), "{error}");
    let live = desk.client.send(GetUnfinishedOrders::new().order(id.clone())).await.unwrap();
    assert_eq!(
        (&live[0].id, &live[0].action, &live[0].side),
        (&rests.order_id, &Some(OrderAction::Close), &Some(Side::Buy))
    );
    assert_eq!(live[0].custom_id, None);
    let cancelled = desk.client.send(CancelPositionOrders::new(BTC, id.clone())).await.unwrap();
    cancelled.cancelled(rests.order_id).unwrap();

    let part = desk.client.send(ClosePosition::market(id.clone(), qty("0.02"))).await.unwrap();
    let part = desk.finished(part.order_id).await;
    assert_eq!((part.action, part.position_id), (Some(OrderAction::Close), Some(id.clone())));
    let all = desk.client.send(CloseAllPositions::new(BTC)).await.unwrap();
    let rest = desk.finished(all.list_order_id[0].clone()).await;
    assert_eq!(rest.filled_amount, Some(qty("0.03")));
    assert!(desk.positions().await.is_empty());

    // What the orders say they earned and paid is what the balance shows.
    let orders = desk.client.send(GetAccountOrders::new(BTC)).await.unwrap().all().unwrap();
    let sum: Decimal = orders.iter().map(|order| of(&order.profit) - of(&order.fee)).sum();
    assert_eq!((orders.len(), desk.balance().await.balance.decimal()), (3, Some(FUNDS + sum)));
    let shorts = GetBalanceRecords::new().event(BalanceEvent::CloseShort).symbol(BTC);
    let closed: Decimal =
        desk.client.send(shorts).await.unwrap().iter().map(|record| of(&record.amount)).sum();
    assert_eq!(closed, of(&part.profit) + of(&rest.profit));

    let again = desk.enter(Side::Sell, "0.01").await;
    assert_ne!(again.position_id, id);
    let error = desk.client.send(ClosePosition::market(id, qty("0.01"))).await.unwrap_err();
    assert_eq!(
        (error.code(), error.kind(), error.outcome()),
        (Some("220001"), Kind::InsufficientFunds, Outcome::Rejected),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn both_sides_of_a_contract_are_closed_together_with_what_was_to_close_them() {
    let desk = Desk::open().await;
    let long = desk.enter(Side::Buy, "0.02").await;
    desk.enter(Side::Sell, "0.01").await;
    desk.client.send(ClosePosition::limit(long.position_id, qty("0.02"), price("99000"))).await.unwrap();
    desk.client.send(resting("stays")).await.unwrap();
    let closed = desk.client.send(CloseAllPositions::new(BTC)).await.unwrap();
    assert_eq!(closed.list_order_id.len(), 2);
    assert!(desk.positions().await.is_empty());
    let live: Vec<_> = desk.live().await.into_iter().map(|order| order.custom_id.unwrap()).collect();
    assert_eq!(live, ["stays".into()], "what opens is left alone");
    let none = desk.client.send(CloseAllPositions::new(BTC)).await.unwrap();
    assert!(none.list_order_id.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_take_profit_and_a_stop_loss_live_with_their_position() {
    let desk = Desk::open().await;
    let order = OpenOrder::market(BTC, Side::Buy, qty("0.02"), 10)
        .take_profit(price("99000"), TriggerType::Index)
        .stop_loss(price("30000"), TriggerType::Index);
    desk.client.send(order).await.unwrap();
    let position = desk.positions().await.remove(0);
    assert_eq!(position.sp_sl_model, Some(SpSlModel::Partial));
    let part = &position.sp_sl_part_data[0];
    assert_eq!(
        (part.sp_trigger_price, part.sl_trigger_price, part.amount),
        (Some(price("99000")), Some(price("30000")), Some(qty("0.02")))
    );
    assert_eq!(part.trigger_type, Some(TriggerType::Index));
    let conditional = desk.client.send(GetUnfinishedConditionalOrders::new()).await.unwrap();
    assert!(conditional.is_empty(), "they are no conditional orders");

    // A stop that the market has passed by already closes what it belongs to, and that alone.
    let order = OpenOrder::limit(BTC, Side::Buy, qty("0.01"), 10, price("85000"))
        .stop_loss(price("80000"), TriggerType::Last);
    desk.client.send(order).await.unwrap();
    let position = desk.positions().await.remove(0);
    assert_eq!((position.amount, position.sp_sl_part_data.len()), (Some(qty("0.02")), 1));
    let past = desk.client.send(GetFinishedOrders::new().page_size(1u32)).await.unwrap();
    let stop = &past.data[0];
    assert_eq!(
        (&stop.action, stop.trigger_price, stop.amount),
        (&Some(OrderAction::StopLoss), Some(price("80000")), Some(qty("0.01")))
    );
    assert_eq!((past.total, past.page), (Some(3), Some(1)));

    desk.client.send(CloseAllPositions::new(BTC)).await.unwrap();
    assert!(desk.positions().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn leverage_is_set_and_margin_follows() {
    let desk = Desk::open().await;
    desk.enter(Side::Buy, "0.1").await;
    let before = of(&desk.balance().await.margin);
    let ack = desk.client.send(SetLeverage::new(BTC, 20u32)).await.unwrap();
    assert_eq!(ack.leverage.unwrap().to_text(), "20");
    assert_eq!(of(&desk.balance().await.margin) * Decimal::TWO, before);
    let position = desk.positions().await.remove(0);
    let balance = desk.balance().await;
    assert_eq!(balance.profit, position.open_profit);
    assert_eq!(of(&balance.un_profit) + of(&balance.un_losses), of(&balance.profit));
    assert!(desk.client.send(GetForcedOrders::new()).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_position_that_is_not_there_has_no_orders() {
    let desk = Desk::open().await;
    let nothing: PositionId = "17249168694750000000000099999".into();
    let live = desk.client.send(GetUnfinishedOrders::new().order(nothing.clone())).await.unwrap();
    assert!(live.is_empty());
    let error = desk.client.send(CancelPositionOrders::new(BTC, nothing.clone())).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::UnknownOrder, Outcome::Rejected), "{error}");
    let none = desk.client.send(BatchCancelPositionOrders::new(BTC, vec![nothing])).await.unwrap();
    assert_eq!((none.success.len(), none.fail.len()), (0, 1));
}
