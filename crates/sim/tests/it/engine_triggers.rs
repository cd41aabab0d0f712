//! The engine over time: triggers, timers, and the market in the background.

use venue_sim::engine::{
    AccountId, Direction, Engine, NewOrder, NewTrigger, Pocket, Preset, Refused, Side, Slot, Status,
    TriggerKind, TriggerStatus,
};

use crate::engine::{PERP, SPOT, contract, dec, open, order, perp, quiet, spot};

pub(crate) fn trigger(engine: &Engine, kind: TriggerKind, side: Side, slot: Slot, price: &str) -> NewTrigger {
    NewTrigger {
        reduce_only: kind != TriggerKind::Plan,
        direction: Direction::Rising,
        ..NewTrigger::new(perp(engine), kind, side, slot, dec(price))
    }
}

/// Trades one contract at a price, between the second and the third account.
fn print(engine: &mut Engine, [_, b, c]: [AccountId; 3], price: &str) {
    let sell = open(engine, Side::Sell, "1", price);
    let buy = open(engine, Side::Buy, "1", price);
    engine.place(b, sell).unwrap();
    engine.place(c, buy).unwrap();
}

#[test]
fn a_plan_waits_for_its_price() {
    let (mut engine, accounts) = quiet();
    let a = accounts[0];
    let plan = NewTrigger {
        qty: Some(dec("3")),
        price: Some(dec("105")),
        ..trigger(&engine, TriggerKind::Plan, Side::Buy, Slot::Long, "110")
    };
    let id = engine.place_trigger(a, plan).unwrap();
    print(&mut engine, accounts, "109.9");
    assert!(engine.trigger(id).unwrap().is_waiting());
    print(&mut engine, accounts, "110");
    let TriggerStatus::Fired(placed) = engine.trigger(id).unwrap().status else { panic!("it did not fire") };
    let placed = order(&engine, placed);
    assert_eq!((placed.from_trigger, placed.price, placed.status), (Some(id), Some(dec("105")), Status::New));
    assert_eq!(engine.cancel_trigger(a, id), Err(Refused::Finished));
}

#[test]
fn a_preset_protects_what_is_filled_and_one_end_calls_off_the_other() {
    let (mut engine, accounts) = quiet();
    let (a, b) = (accounts[0], accounts[1]);
    let preset = Preset { take_profit: Some(dec("110")), stop_loss: Some(dec("95")), ..Preset::default() };
    engine.place(b, open(&engine, Side::Sell, "4", "100")).unwrap();
    let new = NewOrder { preset, ..open(&engine, Side::Buy, "6", "100") };
    engine.place(a, new).unwrap();
    engine.place(b, open(&engine, Side::Sell, "2", "100")).unwrap();
    let sizes: Vec<_> = engine.waiting_triggers(a).map(|t| (t.terms.kind, t.terms.qty)).collect();
    assert_eq!(sizes, [(TriggerKind::TakeProfit, Some(dec("6"))), (TriggerKind::StopLoss, Some(dec("6")))]);
    // Someone buys below, so that the stop finds a buyer.
    engine.place(b, open(&engine, Side::Buy, "10", "94")).unwrap();
    print(&mut engine, accounts, "95");
    assert_eq!(engine.waiting_triggers(a).count(), 0);
    let long = engine.account(a).position(perp(&engine), Slot::Long).unwrap();
    assert_eq!((long.qty, long.realised), (dec("0"), dec("-0.036")));
}

#[test]
fn a_trailing_order_fires_when_the_price_turns() {
    let (mut engine, accounts) = quiet();
    let (a, b) = (accounts[0], accounts[1]);
    engine.place(b, open(&engine, Side::Sell, "5", "100")).unwrap();
    engine.place(a, open(&engine, Side::Buy, "5", "100")).unwrap();
    let trail = NewTrigger {
        callback: Some(dec("0.01")),
        qty: Some(dec("5")),
        ..trigger(&engine, TriggerKind::Trailing, Side::Sell, Slot::Long, "105")
    };
    let id = engine.place_trigger(a, trail).unwrap();
    engine.place(b, open(&engine, Side::Buy, "50", "90")).unwrap();
    for price in ["104", "102", "105", "110", "109"] {
        print(&mut engine, accounts, price);
        assert!(engine.trigger(id).unwrap().is_waiting(), "{price}");
    }
    print(&mut engine, accounts, "108.9");
    assert!(matches!(engine.trigger(id).unwrap().status, TriggerStatus::Fired(_)));
    assert_eq!(engine.account(a).position(perp(&engine), Slot::Long).unwrap().qty, dec("0"));
}

#[test]
fn what_protects_a_position_goes_with_it() {
    let (mut engine, accounts) = quiet();
    let (a, b) = (accounts[0], accounts[1]);
    let stop = trigger(&engine, TriggerKind::StopLoss, Side::Sell, Slot::Long, "90");
    assert_eq!(engine.place_trigger(a, stop.clone()), Err(Refused::NoPosition));
    engine.place(b, open(&engine, Side::Sell, "5", "100")).unwrap();
    engine.place(a, open(&engine, Side::Buy, "5", "100")).unwrap();
    let stop = engine.place_trigger(a, NewTrigger { direction: Direction::Falling, ..stop }).unwrap();
    let close = |qty| NewOrder {
        reduce_only: true,
        ..NewOrder::limit(perp(&engine), Side::Sell, Slot::Long, dec(qty), dec("120"))
    };
    let (some, all) = (close("2"), close("5"));
    let resting = engine.place(a, some).unwrap();
    assert_eq!(engine.place(a, all), Err(Refused::PositionTooSmall));
    engine.place(b, open(&engine, Side::Buy, "3", "100")).unwrap();
    let rest =
        NewOrder { reduce_only: true, ..NewOrder::market(perp(&engine), Side::Sell, Slot::Long, dec("3")) };
    engine.place(a, rest).unwrap();
    engine.place(b, open(&engine, Side::Buy, "2", "120")).unwrap();
    assert_eq!(order(&engine, resting).status, Status::Filled);
    assert_eq!(engine.trigger(stop).unwrap().status, TriggerStatus::Cancelled);
}

#[test]
fn a_timer_cancels_what_is_open_when_it_runs_out() {
    let (mut engine, [a, b, _]) = quiet();
    let id = perp(&engine);
    let mine = engine.place(a, open(&engine, Side::Buy, "1", "90")).unwrap();
    let other = engine.place(b, open(&engine, Side::Buy, "1", "90")).unwrap();
    engine.cancel_all_at(a, id, Some(6_000));
    engine.advance(5_999);
    assert!(order(&engine, mine).is_open());
    engine.advance(6_000);
    assert_eq!((order(&engine, mine).status, order(&engine, mine).updated_ms), (Status::Cancelled, 6_000));
    assert!(order(&engine, other).is_open());
}

#[test]
fn the_background_market_moves_and_stays_deep_and_uncrossed() {
    let mut engine = Engine::new(vec![contract(), spot()], 7, 0);
    let account = engine.open_account();
    let usdt = engine.asset("USDT");
    engine.deposit(account, Pocket::Futures, usdt, dec("100"));
    let ids = [PERP, SPOT].map(|symbol| engine.find(symbol).unwrap());
    let mut prices = [(); 2].map(|()| std::collections::BTreeSet::new());
    for second in 0..120 {
        engine.advance(second * 1_000);
        for (id, prices) in ids.into_iter().zip(&mut prices) {
            let (bids, asks) = (engine.levels(id, Side::Buy, 50), engine.levels(id, Side::Sell, 50));
            assert!(bids.len() >= 20 && asks.len() >= 20, "{} and {}", bids.len(), asks.len());
            assert!(bids[0].0 < asks[0].0);
            prices.insert(engine.last_price(id));
        }
    }
    for (id, prices) in ids.into_iter().zip(prices) {
        assert!(prices.len() > 10, "{prices:?}");
        assert!(engine.tape(id).unwrap().trades().count() > 50);
        assert_eq!(engine.tape(id).unwrap().candles(5, i64::MIN, i64::MAX, 500).len(), 101);
    }
    // An order near the market is met by it, sooner or later.
    let id = perp(&engine);
    let bid = engine.levels(id, Side::Buy, 1)[0].0;
    let mine = engine.place(account, NewOrder::limit(id, Side::Buy, Slot::Long, dec("1"), bid)).unwrap();
    engine.advance(1_000_000);
    assert_eq!(order(&engine, mine).status, Status::Filled);
}

#[test]
fn a_move_changes_a_part_of_the_book_and_leaves_the_rest() {
    let mut engine = Engine::new(vec![contract()], 7, 0);
    let id = perp(&engine);
    let book = |engine: &Engine| [Side::Buy, Side::Sell].map(|side| engine.levels(id, side, 30)).concat();
    let (mut before, mut kept, moves) = (book(&engine), 0, 200);
    for at in 1..=moves {
        engine.advance(at * 500);
        let now = book(&engine);
        kept += now.iter().filter(|level| before.contains(level)).count();
        before = now;
    }
    // Of sixty prices.
    let kept = kept / usize::try_from(moves).unwrap();
    assert!((30..55).contains(&kept), "{kept} a move");
}

#[test]
fn the_same_seed_gives_the_same_market_however_often_one_looks() {
    let play = |seed, step: usize| {
        let mut engine = Engine::new(vec![contract()], seed, 0);
        for at in (0..=60_000).step_by(step) {
            engine.advance(at);
        }
        let id = perp(&engine);
        (engine.last_price(id), engine.levels(id, Side::Buy, 30), engine.tape(id).unwrap().trades().count())
    };
    assert_eq!(play(1, 100), play(1, 20_000));
    assert_ne!(play(1, 100), play(2, 100));
}
