//! Orders: placed, filled in part, cancelled, refused, and looked for when nobody knows.

use std::slice::from_ref;
use std::time::Duration;

use futures::TryStreamExt as _;
use hibt_api::rest::*;
use hibt_api::{BalanceEvent, Kind, OrderState, Outcome, Qty, Side, TriggerType};
use venue_core::{Decimal, Resolution};
use venue_sim::Fault;

use crate::{BTC, Desk, FUNDS, of, price, qty, resting};

#[tokio::test(start_paused = true)]
async fn a_partly_filled_order_is_cancelled_and_every_list_agrees() {
    let desk = Desk::open().await;
    let best = desk.depth().await.ask[0].clone();
    // All that is offered at the best price, and half a bitcoin more.
    let wanted = Qty::from_decimal(best.size.decimal() + Decimal::new(5, 1));
    let order = OpenOrder::limit(BTC, Side::Buy, wanted, 10, best.price).custom_id("part");
    let id = desk.client.send(order).await.unwrap().order_id;

    let live = desk.live().await.remove(0);
    assert_eq!(
        (&live.id, live.state, live.filled_amount),
        (&id, Some(OrderState::PartiallyFilled), Some(best.size))
    );
    assert_eq!(
        (live.amount, live.filled_price, live.price),
        (Some(wanted), Some(best.price), Some(best.price))
    );
    assert_eq!(desk.depth().await.bid[0].price, best.price, "the rest is in the book");
    let value = best.size.decimal() * best.price.decimal();
    let fee = value * "0.0006".parse::<Decimal>().unwrap();
    assert_eq!((of(&live.filled_value), of(&live.fee), of(&live.profit)), (value, fee, Decimal::ZERO));
    let held = desk.balance().await;
    assert_eq!(
        (held.frozen.as_ref(), held.margin.as_ref().unwrap().decimal()),
        (live.frozen.as_ref(), Some(value / Decimal::TEN))
    );
    assert!(!of(&live.frozen).is_zero());

    let gone = desk.client.send(CancelOrder::new(BTC, OrderRef::ClientId("part".into()))).await.unwrap();
    gone.cancelled(id.clone()).unwrap();
    assert!(desk.live().await.is_empty());
    let past = desk.finished(OrderSelector::ClientId("part".into())).await;
    assert_eq!((&past.id, past.state.clone()), (&id, Some(OrderState::PartiallyFilledCancelled)));
    assert_eq!((past.filled_amount, of(&past.frozen)), (Some(best.size), Decimal::ZERO));
    let listed: Vec<Order> =
        desk.client.send(GetFinishedOrders::new().symbol(BTC)).items().try_collect().await.unwrap();
    assert_eq!(listed[..], *from_ref(&past));

    let position = desk.positions().await.remove(0);
    assert_eq!(
        (position.amount, position.price, &position.side),
        (Some(best.size), Some(best.price), &Some(Side::Buy))
    );
    assert_eq!(Some(position.position_id.clone()), past.position_id);
    let traded = desk.client.send(GetAccountOrders::new(BTC)).await.unwrap().all().unwrap();
    assert_eq!((traded.len(), &traded[0].id, &traded[0].position_id), (1, &id, &past.position_id));

    let balance = desk.balance().await;
    assert_eq!((balance.balance.decimal(), of(&balance.frozen)), (Some(FUNDS - fee), Decimal::ZERO));
    let records = desk.client.send(GetBalanceRecords::new()).await.unwrap().all().unwrap();
    let events: Vec<_> = records.iter().map(|record| record.event.clone().unwrap()).collect();
    assert_eq!(events, [BalanceEvent::OpenLong, BalanceEvent::TransferIn]);
    let sum: Decimal = records.iter().map(|record| of(&record.amount) - of(&record.fee)).sum();
    assert_eq!(Some(sum), balance.balance.decimal(), "the records add up to the balance");
    assert_eq!(desk.client.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn each_row_of_a_batch_has_its_own_fate() {
    let desk = Desk::open().await;
    let rows = vec![
        resting("good"),
        OpenOrder::limit(BTC, Side::Buy, qty("1000"), 1, price("30000")).custom_id("poor"),
        OpenOrder::limit("none_usdt", Side::Buy, qty("1"), 1, price("30000")).custom_id("nowhere"),
        OpenOrder::market(BTC, Side::Sell, qty("0.01"), 10).custom_id("filled"),
    ];
    let batch = desk.client.send(BatchOpenOrders::new(rows)).await.unwrap();
    let id = |id: &str| batch.accepted(&id.into()).cloned();
    let (good, filled) = (id("good").unwrap(), id("filled").unwrap());
    for (refused, kind) in [("poor", Kind::InsufficientFunds), ("nowhere", Kind::UnknownSymbol)] {
        let error = id(refused).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Rejected), "{error}");
        assert_eq!(desk.venue().executions(refused), 0);
    }
    assert_eq!((desk.venue().executions("good"), desk.venue().executions("filled")), (1, 1));
    let live: Vec<_> = desk.live().await.into_iter().map(|order| order.id).collect();
    assert_eq!(live[..], *from_ref(&good));

    let ids = vec![good.clone(), filled.clone(), "17249168694750000000000099999".into()];
    let cancelled = desk.client.send(BatchCancelOrders::new(BTC, OrderRefs::Ids(ids.clone()))).await.unwrap();
    cancelled.cancelled(good).unwrap();
    for not in [&filled, &ids[2]] {
        let error = cancelled.cancelled(not.clone()).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Rejected, Outcome::Rejected), "{error}");
    }
    let unknown = OrderRefs::ClientIds(vec!["good".into(), "nobody".into()]);
    let cancelled = desk.client.send(BatchCancelOrders::new(BTC, unknown)).await.unwrap();
    for not in ["good", "nobody"] {
        let error = cancelled.cancelled(OrderRef::ClientId(not.into())).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Rejected, Outcome::Rejected), "{error}");
    }
    assert!(desk.live().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn all_orders_are_cancelled_of_a_contract_or_of_positions() {
    let desk = Desk::open().await;
    let long = desk.enter(Side::Buy, "0.02").await.position_id;
    let adds = desk.client.send(resting("adds")).await.unwrap().order_id;
    let closes =
        desk.client.send(ClosePosition::limit(long.clone(), qty("0.02"), price("99000"))).await.unwrap();
    let other = OpenOrder::limit("eth_usdt", Side::Sell, qty("0.1"), 10, price("9000")).custom_id("other");
    desk.client.send(other).await.unwrap();
    let of_position = BatchCancelPositionOrders::new(BTC, vec![long]);
    let gone = desk.client.send(of_position).await.unwrap();
    gone.cancelled(adds).unwrap();
    gone.cancelled(closes.order_id).unwrap();
    desk.client.send(resting("one")).await.unwrap();
    desk.client.send(resting("two")).await.unwrap();
    let gone = desk.client.send(CancelAllOrders::new(BTC)).await.unwrap();
    let ids: Vec<_> = gone.success.iter().map(|(id, _)| id.as_str().to_owned()).collect();
    assert_eq!((ids, gone.fail.len()), (vec!["one".to_owned(), "two".to_owned()], 0));
    assert_eq!(desk.live().await.len(), 1, "of the other contract");
}

#[tokio::test(start_paused = true)]
async fn what_the_venue_will_not_do_has_its_kind_and_is_rejected() {
    let desk = Desk::open().await;
    let client = &desk.client;
    client.send(resting("taken")).await.unwrap();
    let far = OpenOrder::limit(BTC, Side::Buy, qty("1000"), 1, price("30000"));
    let errors = [
        (client.send(far).await.unwrap_err(), Kind::InsufficientFunds, "210117"),
        (client.send(resting("taken")).await.unwrap_err(), Kind::InvalidRequest, "210001"),
        (
            client.send(resting("tp").take_profit(price("29000"), TriggerType::Last)).await.unwrap_err(),
            Kind::InvalidRequest,
            "210004",
        ),
        (
            client.send(resting("sl").stop_loss(price("31000"), TriggerType::Last)).await.unwrap_err(),
            Kind::InvalidRequest,
            "210005",
        ),
        (
            client.send(OpenOrder::market("none_usdt", Side::Buy, qty("1"), 1)).await.unwrap_err(),
            Kind::UnknownSymbol,
            "210010",
        ),
        (
            client.send(CancelOrder::new(BTC, OrderRef::ClientId("nobody".into()))).await.unwrap_err(),
            Kind::UnknownOrder,
            "220001",
        ),
        (
            client
                .send(GetFinishedOrder::new(BTC, OrderSelector::ClientId("taken".into())))
                .await
                .unwrap_err(),
            Kind::UnknownOrder,
            "220001",
        ),
        (
            client
                .send(CancelConditionalOrder::new(BTC, ConditionalRef::ClientId("nobody".into())))
                .await
                .unwrap_err(),
            Kind::UnknownOrder,
            "220001",
        ),
        (client.send(GetDepth::new("none_usdt")).await.unwrap_err(), Kind::UnknownSymbol, "210010"),
        (client.send(SetLeverage::new(BTC, 101u32)).await.unwrap_err(), Kind::InvalidRequest, "210001"),
    ];
    for (error, kind, code) in errors {
        assert_eq!(
            (error.kind(), error.outcome(), error.code()),
            (kind, Outcome::Rejected, Some(code)),
            "{error}"
        );
    }
    // An order that has finished isn't unknown: it stands among those that were not cancelled.
    client.send(CancelOrder::new(BTC, OrderRef::ClientId("taken".into()))).await.unwrap();
    let error = client.send(CancelOrder::new(BTC, OrderRef::ClientId("taken".into()))).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Rejected, Outcome::Rejected), "{error}");
    assert_eq!(desk.balance().await.balance.decimal(), Some(FUNDS));
    // The id is free again, and that it was used twice shows.
    client.send(resting("taken")).await.unwrap();
    assert_eq!(desk.venue().repeated_client_ids(), ["taken"]);
}

#[tokio::test(start_paused = true)]
async fn an_order_that_was_executed_unseen_is_found_whether_it_rests_or_is_done() {
    for (order, state) in [
        (resting("lost"), OrderState::Active),
        (OpenOrder::market(BTC, Side::Buy, qty("0.01"), 10).custom_id("lost"), OrderState::Filled),
    ] {
        let desk = Desk::open().await;
        desk.venue().fault(Fault::ExecuteThenDrop);
        let error = desk.client.send(order).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Transport, Outcome::Unknown), "{error}");
        let found = desk.client.resolve(&error).await.unwrap();
        let Resolution::Executed(row) = found else { panic!("{found:?}") };
        let row: Order = row.decode().unwrap();
        assert_eq!((row.custom_id, row.state), (Some("lost".into()), Some(state)));
        assert_eq!(row.id.as_str(), "17249168694750000000000012345");
        assert_eq!(desk.venue().executions("lost"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn an_order_that_never_arrived_is_unknown_until_it_can_not_arrive_any_more() {
    let desk = Desk::open().await;
    // Others are there, and are not taken for it.
    desk.client.send(resting("other")).await.unwrap();
    desk.venue().fault(Fault::CloseBeforeAnswer);
    let error = desk.client.send(resting("lost")).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    let look = desk.client.resolve(&error).await.unwrap();
    let Resolution::StillUnknown { conclusive_in: Some(wait) } = look else { panic!("{look:?}") };
    assert!(wait > Duration::from_secs(300), "its timestamp is good for so long: {wait:?}");
    tokio::time::advance(wait).await;
    assert_eq!(desk.client.resolve(&error).await.unwrap(), Resolution::NotFound);
    assert_eq!(desk.venue().executions("lost"), 0);
}
