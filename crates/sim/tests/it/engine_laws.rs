//! What holds after any sequence of orders: money and positions are neither made nor lost, books aren't
//! crossed, nothing is executed twice, and first come is first served.

use std::collections::BTreeMap;

use proptest::prelude::*;
use venue_sim::engine::{
    Account, AccountId, Decimal, Direction, Engine, NewOrder, NewTrigger, Order, OrderId, Pocket,
    PositionMode, Preset, Side, Size, Slot, Status, Stp, Tif, TriggerKind,
};

use crate::engine::{PERP, SPOT, dec, quiet};

/// A step of a story; numbers are taken modulo what there is.
#[derive(Debug, Clone)]
enum Step {
    Place {
        who: usize,
        spot: bool,
        side: Side,
        closes: bool,
        qty: u32,
        price: Option<u32>,
        tif: Tif,
        stp: Stp,
        preset: bool,
    },
    Spend {
        who: usize,
        amount: u32,
    },
    Cancel {
        who: usize,
        which: usize,
    },
    CancelAll {
        who: usize,
    },
    Amend {
        who: usize,
        which: usize,
        price: u32,
        qty: u32,
    },
    Plan {
        who: usize,
        side: Side,
        kind: u8,
        qty: u32,
        price: u32,
        rising: bool,
    },
    Move {
        who: usize,
        to: usize,
        amount: u32,
    },
    Wait {
        ms: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let side = prop_oneof![Just(Side::Buy), Just(Side::Sell)];
    let tif =
        prop_oneof![4 => Just(Tif::Gtc), 1 => Just(Tif::Ioc), 1 => Just(Tif::Fok), 1 => Just(Tif::PostOnly)];
    let stp = prop_oneof![Just(Stp::CancelMaker), Just(Stp::CancelTaker), Just(Stp::CancelBoth)];
    let price = || 970..1030u32;
    let who = || 0..3usize;
    let place = (
        (who(), any::<bool>(), side.clone(), any::<bool>(), 1..40u32),
        (proptest::option::weighted(0.8, price()), tif, stp, any::<bool>()),
    )
        .prop_map(|((who, spot, side, closes, qty), (price, tif, stp, preset))| Step::Place {
            who,
            spot,
            side,
            closes,
            qty,
            price,
            tif,
            stp,
            preset,
        });
    prop_oneof![
        12 => place,
        1 => (who(), 1..2000u32).prop_map(|(who, amount)| Step::Spend { who, amount }),
        2 => (who(), 0..8usize).prop_map(|(who, which)| Step::Cancel { who, which }),
        1 => who().prop_map(|who| Step::CancelAll { who }),
        2 => (who(), 0..8usize, price(), 1..40u32)
            .prop_map(|(who, which, price, qty)| Step::Amend { who, which, price, qty }),
        3 => (who(), side, 0..4u8, 1..20u32, price(), any::<bool>())
            .prop_map(|(who, side, kind, qty, price, rising)| Step::Plan { who, side, kind, qty, price, rising }),
        1 => (who(), who(), 1..40u32).prop_map(|(who, to, amount)| Step::Move { who, to, amount }),
        1 => (0..5_000i64).prop_map(|ms| Step::Wait { ms }),
    ]
}

fn tenth(number: u32) -> Decimal {
    Decimal::new(number.into(), 1)
}

fn play(engine: &mut Engine, accounts: &[AccountId; 3], step: &Step) {
    let account = |who: usize| accounts[who];
    // The third account is in one-way mode.
    let slot = |who: usize, side: Side, closes: bool| match (who, side, closes) {
        (2, ..) => Slot::Net,
        (_, Side::Buy, false) | (_, Side::Sell, true) => Slot::Long,
        _ => Slot::Short,
    };
    let nth =
        |engine: &Engine, who: usize, which: usize| engine.open_orders(account(who)).nth(which).map(|o| o.id);
    match *step {
        Step::Place { who, spot, side, closes, qty, price, tif, stp, preset } => {
            let id = engine.find(if spot { SPOT } else { PERP }).unwrap();
            let closes = closes && !spot;
            let qty = if spot { Decimal::new(qty.into(), 2) } else { qty.into() };
            let slot = if spot { Slot::Net } else { slot(who, side, closes) };
            let preset = if preset && !spot && !closes {
                let (up, down) = (Some(dec("101")), Some(dec("99")));
                let (take_profit, stop_loss) = if side == Side::Buy { (up, down) } else { (down, up) };
                Preset { take_profit, stop_loss, ..Preset::default() }
            } else {
                Preset::default()
            };
            let new = NewOrder {
                reduce_only: closes,
                price: price.map(tenth),
                tif,
                stp,
                preset,
                ..NewOrder::market(id, side, slot, qty)
            };
            let _ = engine.place(account(who), new);
        }
        Step::Spend { who, amount } => {
            let id = engine.find(SPOT).unwrap();
            let size = Size::Quote(tenth(amount));
            let _ = engine.place(
                account(who),
                NewOrder { size, ..NewOrder::market(id, Side::Buy, Slot::Net, Decimal::ONE) },
            );
        }
        Step::Cancel { who, which } => {
            if let Some(id) = nth(engine, who, which) {
                engine.cancel(account(who), id).unwrap();
            }
        }
        Step::CancelAll { who } => {
            engine.cancel_all(account(who), None);
        }
        Step::Amend { who, which, price, qty } => {
            if let Some(id) = nth(engine, who, which) {
                let _ = engine.amend(account(who), id, Some(tenth(price)), Some(qty.into()));
            }
        }
        Step::Plan { who, side, kind, qty, price, rising } => {
            let kind =
                [TriggerKind::Plan, TriggerKind::TakeProfit, TriggerKind::StopLoss, TriggerKind::Trailing]
                    [usize::from(kind)];
            let closes = matches!(kind, TriggerKind::TakeProfit | TriggerKind::StopLoss);
            let terms = NewTrigger {
                reduce_only: closes,
                qty: (qty % 3 > 0 || !closes).then(|| qty.into()),
                price: (qty % 2 > 0).then(|| tenth(price)),
                direction: if rising { Direction::Rising } else { Direction::Falling },
                callback: (kind == TriggerKind::Trailing).then(|| dec("0.005")),
                ..NewTrigger::new(
                    engine.find(PERP).unwrap(),
                    kind,
                    side,
                    slot(who, side, closes),
                    tenth(price),
                )
            };
            let _ = engine.place_trigger(account(who), terms);
        }
        Step::Move { who, to, amount } => {
            let usdt = engine.asset("USDT");
            let _ = engine.transfer(
                (account(who), Pocket::Futures),
                (account(to), Pocket::Spot),
                usdt,
                tenth(amount),
            );
        }
        Step::Wait { ms } => {
            engine.advance(engine.now_ms() + ms);
        }
    }
}

fn check(engine: &mut Engine, accounts: &[AccountId; 3]) {
    let (btc, usdt) = (engine.asset("BTC"), engine.asset("USDT"));
    let total = |pocket, asset| -> Decimal { engine.accounts().map(|a| a.wallet(pocket, asset).total).sum() };
    let positions = || engine.accounts().flat_map(Account::positions).map(|(.., position)| position);
    let cost: Decimal = positions().map(|position| position.cost).sum();
    let held: Decimal = positions().map(|position| position.qty).sum();
    assert_eq!(held, Decimal::ZERO, "every long has its short");
    assert_eq!(total(Pocket::Spot, btc) + engine.fees(btc), dec("300"));
    let money = total(Pocket::Spot, usdt) + total(Pocket::Futures, usdt) - cost + engine.fees(usdt);
    assert_eq!(money, dec("30300"), "no money is made or lost");

    for symbol in [PERP, SPOT] {
        let id = engine.find(symbol).unwrap();
        if let (Some(bid), Some(ask)) =
            (engine.levels(id, Side::Buy, 1).first(), engine.levels(id, Side::Sell, 1).first())
        {
            assert!(bid.0 < ask.0, "{symbol} is crossed: {bid:?} {ask:?}");
        }
        for side in [Side::Buy, Side::Sell] {
            for (order, price, left) in engine.line(id, side) {
                let order = engine.order(order).unwrap();
                assert!(order.is_open() && order.side == side && order.price == Some(price));
                assert_eq!(order.remaining(), left);
                assert!(left > Decimal::ZERO);
            }
        }
    }
    for account in accounts {
        let holder = engine.account(*account);
        for (pocket, asset, wallet) in holder.wallets() {
            assert!(wallet.reserved >= Decimal::ZERO, "{pocket:?} {asset:?} {wallet:?}");
            assert!(pocket == Pocket::Futures || wallet.total >= wallet.reserved, "{wallet:?}");
        }
        if engine.open_orders(*account).next().is_none() {
            assert!(holder.wallets().all(|(.., wallet)| wallet.reserved.is_zero()), "all is free again");
        }
        for (id, slot, position) in holder.positions() {
            assert!(slot != Slot::Long || position.qty >= Decimal::ZERO);
            assert!(slot != Slot::Short || position.qty <= Decimal::ZERO);
            let closing: Decimal = engine
                .open_orders(*account)
                .filter(|order| order.reduce_only && (order.instrument, order.slot) == (id, slot))
                .map(Order::remaining)
                .sum();
            assert!(closing <= position.qty.abs(), "what closes fits what is held");
        }
        // No fill counts twice, and none is missing.
        let mut filled: BTreeMap<OrderId, Decimal> = BTreeMap::new();
        let mut seen = std::collections::BTreeSet::new();
        for fill in holder.fills() {
            assert!(seen.insert((fill.trade, fill.order)), "{fill:?}");
            *filled.entry(fill.order).or_default() += fill.qty;
        }
        for order in engine.open_orders(*account).chain(engine.finished_orders(*account)) {
            assert_eq!(order.filled, filled.get(&order.id).copied().unwrap_or_default(), "{order:?}");
            assert!(order.filled <= order.qty);
            assert!(
                order.tif != Tif::Fok || order.filled.is_zero() || order.status == Status::Filled,
                "{order:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_made_or_lost(steps in proptest::collection::vec(step(), 1..80)) {
        let (mut engine, accounts) = quiet();
        engine.choose_mode(accounts[2], PositionMode::OneWay).unwrap();
        for step in &steps {
            play(&mut engine, &accounts, step);
            check(&mut engine, &accounts);
        }
    }

    #[test]
    fn first_come_is_first_served(sizes in proptest::collection::vec((0..2usize, 1..20u32), 2..20), taken in 1..150u32) {
        let (mut engine, [a, b, c]) = quiet();
        let id = engine.find(SPOT).unwrap();
        let of = |qty: u32| Decimal::new(qty.into(), 2);
        let mut orders = Vec::new();
        for (who, qty) in &sizes {
            let new = NewOrder::limit(id, Side::Sell, Slot::Net, of(*qty), dec("100"));
            orders.push(engine.place([a, b][*who], new).unwrap());
        }
        engine.place(c, NewOrder { tif: Tif::Ioc, ..NewOrder::limit(id, Side::Buy, Slot::Net, of(taken), dec("100")) }).unwrap();
        let mut left = of(taken);
        for order in orders {
            let order = engine.order(order).unwrap();
            prop_assert_eq!(order.filled, order.qty.min(left));
            left -= order.filled;
        }
    }

    #[test]
    fn the_market_conserves_too(seed in any::<u64>(), seconds in 1..40i64) {
        let mut engine = Engine::new(vec![crate::engine::contract(), crate::engine::spot()], seed, 0);
        engine.advance(seconds * 1_000);
        let (btc, usdt) = (engine.asset("BTC"), engine.asset("USDT"));
        let total = |pocket, asset| -> Decimal { engine.accounts().map(|a| a.wallet(pocket, asset).total).sum() };
        let cost: Decimal = engine.accounts().flat_map(Account::positions).map(|(.., p)| p.cost).sum();
        prop_assert_eq!(total(Pocket::Spot, btc) + engine.fees(btc), Decimal::ZERO);
        prop_assert_eq!(total(Pocket::Spot, usdt) + total(Pocket::Futures, usdt) - cost + engine.fees(usdt), Decimal::ZERO);
    }
}
