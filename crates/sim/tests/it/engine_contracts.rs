//! The engine: inverse contracts, settings of one side, batches, and what else not every venue has.

use proptest::prelude::*;
use venue_sim::engine::{
    Account, AccountId, Decimal, Engine, Instrument, Margin, NewOrder, NewTrigger, Pocket, Product, Refused,
    Side, Slot, Status, TriggerKind, TriggerStatus,
};

use crate::engine::{contract, dec, open, order, perp, quiet};

/// A hundred dollars a contract, settled in the coin.
fn inverse() -> Instrument {
    Instrument {
        symbol: "BTCUSD".into(),
        product: Product::Inverse,
        quote: "USD".into(),
        multiplier: dec("100"),
        ..contract()
    }
}

fn quiet_inverse() -> (Engine, [AccountId; 2]) {
    let mut engine = Engine::quiet(vec![inverse()], 1_000);
    let btc = engine.asset("BTC");
    let accounts = [(); 2].map(|()| {
        let account = engine.open_account();
        engine.deposit(account, Pocket::Futures, btc, Decimal::from(1_000));
        account
    });
    (engine, accounts)
}

/// Trades so many contracts at a price: the first account's side, and the second's against it.
fn trade(engine: &mut Engine, [a, b]: [AccountId; 2], side: Side, qty: &str, price: &str, closes: bool) {
    let id = engine.find("BTCUSD").unwrap();
    let slot = |side: Side| if (side == Side::Buy) == closes { Slot::Short } else { Slot::Long };
    for (account, side) in [(b, side.opposite()), (a, side)] {
        let new = NewOrder::limit(id, side, slot(side), dec(qty), dec(price));
        engine.place(account, NewOrder { reduce_only: closes, ..new }).unwrap();
    }
}

#[test]
fn an_inverse_contract_is_worth_less_coin_the_higher_the_price() {
    let (mut engine, accounts) = quiet_inverse();
    let (id, btc) = (engine.find("BTCUSD").unwrap(), engine.asset("BTC"));
    let wallet =
        |engine: &Engine, who: usize| engine.account(accounts[who]).wallet(Pocket::Futures, btc).total;
    // 10 × 100 dollars at 100, and again at 50: on average by the harmonic mean.
    trade(&mut engine, accounts, Side::Buy, "10", "100", false);
    trade(&mut engine, accounts, Side::Buy, "10", "50", false);
    let long = engine.account(accounts[0]).position(id, Slot::Long).unwrap().clone();
    assert_eq!(long.entry_price(dec("100")), dec("66.66666667"));
    assert_eq!(long.tied_up(), dec("1.5"), "30 coins at 20x");
    assert_eq!(
        engine.available(accounts[1], Pocket::Futures, btc),
        wallet(&engine, 1) - dec("1.5") - dec("0")
    );
    // At 100 the 2000 dollars are 20 coins: the long has won 10, the short has lost them.
    assert_eq!(long.unrealised(dec("100"), dec("100")), dec("10"));
    let before = [wallet(&engine, 0), wallet(&engine, 1)];
    trade(&mut engine, accounts, Side::Sell, "20", "100", true);
    let fills: Vec<_> = accounts.map(|who| engine.account(who).fills().next_back().unwrap().clone()).to_vec();
    assert_eq!((fills[0].realised, fills[1].realised), (dec("10"), dec("-10")));
    assert_eq!(fills[0].fee, dec("0.012"), "of the value in coin");
    for who in 0..2 {
        assert_eq!(wallet(&engine, who), before[who] + fills[who].realised - fills[who].fee);
    }
    let past = engine.account(accounts[0]).past_positions().next().unwrap();
    assert_eq!((past.position.closed_price(), past.position.most_qty), (dec("100"), dec("20")));
    assert_eq!(past.position.closed_entry_price(dec("100")), dec("66.66666667"));
}

#[test]
fn an_inverse_order_needs_coin_for_its_margin() {
    let (mut engine, [a, _]) = quiet_inverse();
    let id = engine.find("BTCUSD").unwrap();
    let new = |qty: &str| NewOrder::limit(id, Side::Buy, Slot::Long, dec(qty), dec("0.1"));
    // 1000 contracts at a tenth of a dollar are a million coins.
    assert_eq!(engine.place(a, new("1000")), Err(Refused::Funds));
    let small = engine.place(a, new("10")).unwrap();
    assert_eq!(order(&engine, small).reserved, dec("506"), "500 at 20x, and the fee");
}

#[test]
fn each_side_has_its_leverage_and_margin() {
    let (mut engine, [a, b, _]) = quiet();
    let id = perp(&engine);
    engine.choose_side(a, id, Slot::Long, Some(dec("10")), Some(Margin::Isolated)).unwrap();
    assert_eq!(engine.choose_side(a, id, Slot::Long, Some(dec("101")), None), Err(Refused::LeverageHigh));
    let on = engine.instrument(id).unwrap().clone();
    let setting = |engine: &Engine, slot| engine.account(a).side_setting(id, slot, &on);
    assert_eq!(
        (setting(&engine, Slot::Long).leverage, setting(&engine, Slot::Short).leverage),
        (dec("10"), dec("20"))
    );
    assert_eq!(engine.add_margin(a, id, Slot::Long, dec("1")), Err(Refused::NoPosition));
    let (sell, buy) = (open(&engine, Side::Sell, "100", "100"), open(&engine, Side::Buy, "100", "100"));
    engine.place(b, sell).unwrap();
    engine.place(a, buy).unwrap();
    let usdt = engine.asset("USDT");
    let free = engine.available(a, Pocket::Futures, usdt);
    assert_eq!(
        engine.add_margin(b, id, Slot::Short, dec("1")),
        Err(Refused::WrongKind),
        "it is a cross position"
    );
    assert_eq!(engine.add_margin(a, id, Slot::Long, free + dec("1")), Err(Refused::Funds));
    engine.add_margin(a, id, Slot::Long, dec("2")).unwrap();
    assert_eq!(engine.available(a, Pocket::Futures, usdt), free - dec("2"));
    assert_eq!(engine.add_margin(a, id, Slot::Long, dec("-3")), Err(Refused::Funds), "more than was added");
    // With cross margin nothing is set apart, and a choice for both sides counts for both.
    engine.choose(a, id, Some(dec("20")), Some(Margin::Cross)).unwrap();
    assert_eq!(engine.account(a).position(id, Slot::Long).unwrap().added, Decimal::ZERO);
    assert_eq!(setting(&engine, Slot::Long).leverage, dec("20"));
}

#[test]
fn a_batch_is_accepted_whole_or_leaves_nothing_behind() {
    let (mut engine, [a, b, _]) = quiet();
    let usdt = engine.asset("USDT");
    let good =
        |engine: &Engine| NewOrder { client_id: Some("mine".into()), ..open(engine, Side::Buy, "10", "90") };
    let (first, dear) = (good(&engine), open(&engine, Side::Buy, "1000", "2000"));
    engine.listen();
    assert_eq!(engine.place_all(a, vec![first.clone(), dear]), Err((1, Refused::Funds)));
    assert_eq!(engine.account(a).wallet(Pocket::Futures, usdt).reserved, Decimal::ZERO);
    assert!(engine.open_orders(a).next().is_none() && engine.order_by_client_id(a, "mine").is_none());
    assert!(engine.advance(1_001).is_empty(), "nobody hears of what never was");
    // Each alone could be paid for, together they can't.
    let half = open(&engine, Side::Buy, "700", "1800");
    assert_eq!(engine.place_all(a, vec![half.clone(), half]), Err((1, Refused::Funds)));
    let ids = engine.place_all(a, vec![first, open(&engine, Side::Buy, "5", "91")]).unwrap();
    assert_eq!(ids[1], ids[0] + 1, "no number was used up");
    assert_eq!(engine.open_orders(a).count(), 2);
    // Two that together close more than there is.
    let sell = open(&engine, Side::Sell, "5", "91");
    engine.place(b, sell).unwrap();
    let close = NewOrder {
        reduce_only: true,
        ..NewOrder::limit(perp(&engine), Side::Sell, Slot::Long, dec("3"), dec("95"))
    };
    assert_eq!(engine.place_all(a, vec![close.clone(), close.clone()]), Err((1, Refused::PositionTooSmall)));
    engine.place_all(a, vec![close]).unwrap();
}

#[test]
fn an_id_may_repeat_where_the_venue_lets_it() {
    let (mut engine, [a, ..]) = quiet();
    let named = NewOrder { client_id: Some("mine".into()), ..open(&engine, Side::Buy, "1", "90") };
    engine.place(a, named.clone()).unwrap();
    assert_eq!(engine.place(a, named.clone()), Err(Refused::DuplicateClientId));
    engine.let_client_ids_repeat();
    let second = engine.place(a, named).unwrap();
    assert_eq!(engine.order_by_client_id(a, "mine").unwrap().id, second);
}

fn trailing(engine: &Engine) -> NewTrigger {
    NewTrigger {
        qty: Some(dec("1")),
        distance: Some(dec("2")),
        ..NewTrigger::new(perp(engine), TriggerKind::Trailing, Side::Buy, Slot::Long, dec("50"))
    }
}

#[test]
fn a_trailing_order_follows_by_a_distance_and_at_once() {
    let (mut engine, [a, b, c]) = quiet();
    let terms = NewTrigger { follows_at_once: true, ..trailing(&engine) };
    let id = engine.place_trigger(a, terms).unwrap();
    let mut print = |price: &str| {
        let (sell, buy) = (open(&engine, Side::Sell, "1", price), open(&engine, Side::Buy, "1", price));
        engine.place(b, sell).unwrap();
        engine.place(c, buy).unwrap();
        let trigger = engine.trigger(id).unwrap();
        (trigger.is_waiting(), trigger.turning_price())
    };
    assert_eq!(print("99"), (true, Some(dec("101"))));
    assert_eq!(print("97"), (true, Some(dec("99"))));
    assert_eq!(print("98.9"), (true, Some(dec("99"))));
    assert!(!print("99").0);
}

#[test]
fn a_trigger_ends_at_its_time_and_its_owner_is_told_apart() {
    let (mut engine, [a, ..]) = quiet();
    let terms = NewTrigger { expires_ms: Some(5_000), ..trailing(&engine) };
    let ids = [(); 2].map(|()| engine.place_trigger(a, terms.clone()).unwrap());
    engine.cancel_trigger(a, ids[0]).unwrap();
    engine.advance(4_999);
    assert!(engine.trigger(ids[1]).unwrap().is_waiting());
    engine.advance(5_000);
    let [cancelled, expired] = ids.map(|id| engine.trigger(id).unwrap().clone());
    assert_eq!((cancelled.status, expired.status), (TriggerStatus::Cancelled, TriggerStatus::Expired));
    assert!(cancelled.by_owner && !expired.by_owner);
    assert_eq!(expired.updated_ms, 5_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn inverse_contracts_make_and_lose_nothing(
        orders in proptest::collection::vec((0..2usize, any::<bool>(), any::<bool>(), 1..40u32, 900..1100u32), 1..80),
    ) {
        let (mut engine, accounts) = quiet_inverse();
        let (id, btc) = (engine.find("BTCUSD").unwrap(), engine.asset("BTC"));
        for (who, buys, closes, qty, tenths) in orders {
            let side = if buys { Side::Buy } else { Side::Sell };
            let slot = if buys == closes { Slot::Short } else { Slot::Long };
            let new = NewOrder::limit(id, side, slot, qty.into(), Decimal::new(tenths.into(), 1));
            let _ = engine.place(accounts[who], NewOrder { reduce_only: closes, ..new });
            let total: Decimal = accounts.iter().map(|who| engine.account(*who).wallet(Pocket::Futures, btc).total).sum();
            let positions = || engine.accounts().flat_map(Account::positions).map(|(.., position)| position);
            let cost: Decimal = positions().map(|position| position.cost).sum();
            prop_assert_eq!(positions().map(|position| position.qty).sum::<Decimal>(), Decimal::ZERO);
            prop_assert_eq!(total - cost + engine.fees(btc), dec("2000"));
            for who in accounts {
                prop_assert!(engine.account(who).wallet(Pocket::Futures, btc).reserved >= Decimal::ZERO);
                prop_assert!(engine.finished_orders(who).all(|order| order.status != Status::New));
            }
        }
    }
}
