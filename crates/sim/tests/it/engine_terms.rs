//! The engine, case by case: margin that is added, orders that go so deep and no deeper, triggers that expire,
//! presets with limits, sums over any span.

use venue_sim::engine::{
    Engine, Event, Margin, NewOrder, NewTrigger, Pocket, Preset, Refused, Side, Slot, Status, Tif,
    TriggerKind, TriggerStatus,
};

use crate::engine::{dec, open, order, perp, quiet};
use crate::engine_triggers::trigger;

fn plan(engine: &Engine, price: &str) -> NewTrigger {
    let plan = trigger(engine, TriggerKind::Plan, Side::Buy, Slot::Long, price);
    NewTrigger { qty: Some(dec("1")), tif: Tif::Ioc, ..plan }
}

#[test]
fn added_margin_is_tied_up_and_comes_back_with_what_is_closed() {
    let (mut engine, [a, b, _]) = quiet();
    let (id, usdt) = (perp(&engine), engine.asset("USDT"));
    let free = |engine: &Engine| engine.available(a, Pocket::Futures, usdt);
    engine.choose(a, id, Some(dec("10")), Some(Margin::Isolated)).unwrap();
    assert_eq!(engine.add_margin(a, id, Slot::Long, dec("1")), Err(Refused::NoPosition));
    engine.place(b, open(&engine, Side::Sell, "10", "100")).unwrap();
    engine.place(a, open(&engine, Side::Buy, "10", "100")).unwrap();
    let before = free(&engine);

    engine.listen();
    engine.add_margin(a, id, Slot::Long, dec("2")).unwrap();
    assert_eq!(free(&engine), before - dec("2"));
    let events = engine.advance(engine.now_ms());
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::Position { position, .. } if position.added == dec("2")))
    );
    for (amount, refused) in [("0", Refused::QtyRange), ("-2.1", Refused::Funds), ("100", Refused::Funds)] {
        assert_eq!(engine.add_margin(a, id, Slot::Long, dec(amount)), Err(refused), "{amount}");
    }
    engine.add_margin(a, id, Slot::Long, dec("-0.5")).unwrap();
    assert_eq!(engine.account(a).position(id, Slot::Long).unwrap().tied_up(), dec("1.6"));

    // A fifth is closed, and a fifth of it is free.
    let close = |qty: &str| NewOrder {
        reduce_only: true,
        ..NewOrder::limit(id, Side::Sell, Slot::Long, dec(qty), dec("100"))
    };
    engine.place(b, open(&engine, Side::Buy, "10", "100")).unwrap();
    engine.place(a, close("2")).unwrap();
    assert_eq!(engine.account(a).position(id, Slot::Long).unwrap().added, dec("1.2"));
    engine.place(a, close("8")).unwrap();
    let gone = engine.account(a).position(id, Slot::Long).unwrap();
    assert_eq!((gone.qty, gone.added), (dec("0"), dec("0")));
    assert_eq!(free(&engine), engine.account(a).wallet(Pocket::Futures, usdt).total);
}

#[test]
fn a_crossed_position_takes_no_margin_of_its_own() {
    let (mut engine, [a, b, _]) = quiet();
    let id = perp(&engine);
    engine.place(b, open(&engine, Side::Sell, "1", "100")).unwrap();
    engine.place(a, open(&engine, Side::Buy, "1", "100")).unwrap();
    assert_eq!(engine.add_margin(a, id, Slot::Long, dec("1")), Err(Refused::WrongKind));
    engine.choose(a, id, None, Some(Margin::Isolated)).unwrap();
    engine.add_margin(a, id, Slot::Long, dec("1")).unwrap();
    engine.choose(a, id, None, Some(Margin::Cross)).unwrap();
    assert_eq!(engine.account(a).position(id, Slot::Long).unwrap().added, dec("0"));
}

#[test]
fn a_market_order_goes_no_deeper_than_it_may() {
    let (mut engine, [a, b, _]) = quiet();
    for price in ["100", "100.1", "100.2"] {
        engine.place(b, open(&engine, Side::Sell, "2", price)).unwrap();
    }
    let buy = || NewOrder::market(perp(&engine), Side::Buy, Slot::Long, dec("6"));
    let new = buy();
    let id = engine.place_within(a, new.clone(), 2).unwrap();
    let placed = order(&engine, id);
    assert_eq!((placed.filled, placed.status, placed.price), (dec("4"), Status::Cancelled, None));
    assert_eq!(engine.levels(perp(&engine), Side::Sell, 9), [(dec("100.2"), dec("2"))]);
    let id = engine.place_within(a, NewOrder { tif: Tif::Fok, ..new.clone() }, 1).unwrap();
    assert!(order(&engine, id).filled.is_zero(), "whole or not at all, within what it may");
    // Nobody there: nothing to go by.
    engine.place(a, new.clone()).unwrap();
    let id = engine.place_within(a, new, 5).unwrap();
    assert_eq!(order(&engine, id).status, Status::Cancelled);
}

#[test]
fn a_trigger_is_given_up_in_time() {
    let (mut engine, [a, ..]) = quiet();
    let mut set = |price, expires_ms| {
        let plan = NewTrigger { expires_ms: Some(expires_ms), ..plan(&engine, price) };
        engine.place_trigger(a, plan).unwrap()
    };
    let (first, second) = (set("110", 5_000), set("120", 9_000));
    engine.advance(4_999);
    assert_eq!(engine.waiting_triggers(a).count(), 2);
    engine.advance(5_000);
    assert_eq!(engine.trigger(first).unwrap().status, TriggerStatus::Expired);
    assert_eq!(engine.cancel_trigger(a, first), Err(Refused::Finished));
    assert_eq!(engine.waiting_triggers(a).map(|trigger| trigger.id).collect::<Vec<_>>(), [second]);
    engine.cancel_trigger(a, second).unwrap();
    engine.advance(10_000);
    let second = engine.trigger(second).unwrap();
    assert_eq!((second.status, second.by_owner), (TriggerStatus::Cancelled, true), "it stays what it was");
}

#[test]
fn a_preset_may_place_a_limit_order() {
    let (mut engine, [a, b, _]) = quiet();
    let preset = Preset {
        take_profit: Some(dec("110")),
        take_profit_limit: Some(dec("109")),
        stop_loss: Some(dec("95")),
        ..Preset::default()
    };
    engine.place(b, open(&engine, Side::Sell, "2", "100")).unwrap();
    engine.place(a, NewOrder { preset, ..open(&engine, Side::Buy, "2", "100") }).unwrap();
    let limits: Vec<_> = engine.waiting_triggers(a).map(|end| (end.terms.kind, end.terms.price)).collect();
    assert_eq!(limits, [(TriggerKind::TakeProfit, Some(dec("109"))), (TriggerKind::StopLoss, None)]);
    let wrong = Preset { stop_loss_limit: Some(dec("94.95")), ..preset };
    let refused = engine.place(a, NewOrder { preset: wrong, ..open(&engine, Side::Buy, "2", "90") });
    assert_eq!(refused, Err(Refused::Tick));
}

#[test]
fn the_tape_sums_up_any_span() {
    let (mut engine, [a, b, _]) = quiet();
    let id = perp(&engine);
    let resting = engine.place(b, open(&engine, Side::Sell, "5", "100")).unwrap();
    engine.place(a, open(&engine, Side::Buy, "1", "100")).unwrap();
    engine.cancel(b, resting).unwrap();
    engine.advance(180_000);
    engine.place(b, open(&engine, Side::Sell, "3", "110")).unwrap();
    engine.place(a, open(&engine, Side::Buy, "3", "110")).unwrap();
    let tape = engine.tape(id).unwrap();
    let (all, late) = (tape.since(0).unwrap(), tape.since(60_000).unwrap());
    assert_eq!((all.open, all.close, all.volume), (dec("100"), dec("110"), dec("4")));
    assert_eq!((late.open, late.volume), (dec("110"), dec("3")));
    assert_eq!(tape.since(180_001), None);
}
