//! The engine on spot: market orders by amount, the statement of a wallet, why orders end.

use std::collections::BTreeMap;

use proptest::prelude::*;
use venue_sim::engine::{
    AccountId, Decimal, Ended, Engine, EntryKind, NewOrder, OrderId, Pocket, Refused, Side, Size, Slot,
    Status, Stp, Tif,
};

use crate::engine::{SPOT, dec, order, quiet};

fn limit(engine: &Engine, side: Side, qty: &str, price: &str) -> NewOrder {
    NewOrder::limit(engine.find(SPOT).unwrap(), side, Slot::Net, dec(qty), dec(price))
}

fn by_amount(engine: &Engine, side: Side, amount: &str) -> NewOrder {
    let order = NewOrder::market(engine.find(SPOT).unwrap(), side, Slot::Net, Decimal::ONE);
    NewOrder { size: Size::Quote(dec(amount)), ..order }
}

fn free(engine: &mut Engine, account: AccountId, asset: &str) -> Decimal {
    let asset = engine.asset(asset);
    engine.available(account, Pocket::Spot, asset)
}

#[test]
fn a_sale_by_amount_brings_no_more_than_that_in_whole_lots() {
    let (mut engine, [a, b, _]) = quiet();
    for (qty, price) in [("1", "100"), ("1", "90")] {
        let bid = limit(&engine, Side::Buy, qty, price);
        engine.place(b, bid).unwrap();
    }
    let sale = by_amount(&engine, Side::Sell, "150.5");
    let id = engine.place(a, sale).unwrap();
    let sold = order(&engine, id);
    // One at 100, and of the 50.5 that are left half a unit at 90, and five hundredths.
    assert_eq!((sold.filled, sold.filled_value), (dec("1.56"), dec("150.4")));
    assert_eq!((sold.status, sold.amount, sold.qty), (Status::Filled, Some(dec("150.5")), dec("1.56")));
    assert_eq!(free(&mut engine, a, "BTC"), dec("98.44"));
    assert_eq!(free(&mut engine, a, "USDT"), dec("10000") + dec("150.4") - dec("0.1504"));
}

#[test]
fn a_sale_by_amount_is_refused_when_what_it_needs_is_not_there() {
    let (mut engine, [a, b, _]) = quiet();
    let bid = limit(&engine, Side::Buy, "90", "100");
    engine.place(b, bid).unwrap();
    let rests = limit(&engine, Side::Sell, "99.5", "200");
    engine.place(a, rests).unwrap();
    let too_much = by_amount(&engine, Side::Sell, "51");
    assert_eq!(engine.place(a, too_much), Err(Refused::Funds));
    let fits = by_amount(&engine, Side::Sell, "50");
    let id = engine.place(a, fits).unwrap();
    assert_eq!(order(&engine, id).filled, dec("0.5"));
}

#[test]
fn an_own_order_in_the_way_does_not_make_a_market_order_spend_what_is_not_there() {
    let (mut engine, [a, b, _]) = quiet();
    let (cheap, dear) = (limit(&engine, Side::Sell, "90", "100"), limit(&engine, Side::Sell, "90", "200"));
    engine.place(a, cheap).unwrap();
    engine.place(b, dear).unwrap();
    // 60 at 100 would be paid for; at 200 they are not, and the own order at 100 goes.
    let market = NewOrder::market(engine.find(SPOT).unwrap(), Side::Buy, Slot::Net, dec("60"));
    assert_eq!(engine.place(a, market), Err(Refused::Funds));
}

#[test]
fn a_cancelled_order_says_why() {
    let (mut engine, [a, b, _]) = quiet();
    let resting = limit(&engine, Side::Sell, "1", "100");
    let by_owner = engine.place(a, resting.clone()).unwrap();
    engine.cancel(a, by_owner).unwrap();
    let by_all = engine.place(a, resting.clone()).unwrap();
    engine.cancel_all(a, None);
    let by_terms = NewOrder { tif: Tif::Ioc, ..resting.clone() };
    let by_terms = engine.place(a, by_terms).unwrap();
    let in_the_way = engine.place(a, resting.clone()).unwrap();
    let buy = limit(&engine, Side::Buy, "1", "100");
    let taker = engine.place(a, NewOrder { stp: Stp::CancelBoth, ..buy.clone() }).unwrap();
    let filled = engine.place(a, resting).unwrap();
    engine.place(b, buy).unwrap();
    let why = |id: OrderId| order(&engine, id).ended;
    assert_eq!((why(by_owner), why(by_all)), (Some(Ended::ByOwner), Some(Ended::ByOwner)));
    assert_eq!(why(by_terms), Some(Ended::ByTerms));
    assert_eq!((why(in_the_way), why(taker)), (Some(Ended::BySelfTrade), Some(Ended::BySelfTrade)));
    assert_eq!((why(filled), order(&engine, filled).status), (None, Status::Filled));
}

#[test]
fn money_is_paid_out_once_and_only_when_it_is_free() {
    let (mut engine, [a, ..]) = quiet();
    let usdt = engine.asset("USDT");
    let rests = limit(&engine, Side::Buy, "99", "100");
    engine.place(a, rests).unwrap();
    assert_eq!(engine.pay_out(a, Pocket::Spot, usdt, dec("101")), Err(Refused::Funds));
    assert_eq!(engine.pay_out(a, Pocket::Spot, usdt, dec("0")), Err(Refused::QtyRange));
    engine.pay_out(a, Pocket::Spot, usdt, dec("100")).unwrap();
    assert_eq!(free(&mut engine, a, "USDT"), Decimal::ZERO);
    let last = engine.account(a).entries().next_back().unwrap();
    assert_eq!((last.kind, last.change, last.total), (EntryKind::Withdrawal, dec("-100"), dec("9900")));
}

#[test]
fn money_that_is_held_cannot_be_spent_and_is_still_there_until_it_is_paid() {
    let (mut engine, [a, ..]) = quiet();
    let usdt = engine.asset("USDT");
    let before = engine.account(a).entries().count();
    engine.hold(a, Pocket::Spot, usdt, dec("9999")).unwrap();
    assert_eq!(engine.hold(a, Pocket::Spot, usdt, dec("2")), Err(Refused::Funds));
    assert_eq!(engine.hold(a, Pocket::Spot, usdt, dec("0")), Err(Refused::QtyRange));
    assert_eq!(engine.pay_out(a, Pocket::Spot, usdt, dec("2")), Err(Refused::Funds));
    let rests = limit(&engine, Side::Buy, "99", "100");
    assert_eq!(engine.place(a, rests), Err(Refused::Funds));
    let wallet = engine.account(a).wallet(Pocket::Spot, usdt);
    assert_eq!((wallet.total, wallet.reserved), (dec("10000"), dec("9999")));
    assert_eq!(engine.account(a).entries().count(), before, "nothing has moved yet");

    engine.pay_held(a, Pocket::Spot, usdt, dec("9999"));
    let wallet = engine.account(a).wallet(Pocket::Spot, usdt);
    assert_eq!((wallet.total, wallet.reserved), (dec("1"), Decimal::ZERO));
    let last = engine.account(a).entries().next_back().unwrap();
    assert_eq!((last.kind, last.change, last.total), (EntryKind::Withdrawal, dec("-9999"), dec("1")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// Orders and transfers of any kind: each entry continues where the one before it ended, and the last one
    /// says what is there.
    #[test]
    fn the_statement_adds_up_to_the_wallet(
        steps in proptest::collection::vec((0..3usize, any::<bool>(), 1..4000u32, 980..1020u32, 0..4u8), 1..60),
    ) {
        let (mut engine, accounts) = quiet();
        for (who, buys, size, price, kind) in steps {
            let side = if buys { Side::Buy } else { Side::Sell };
            let (size, price) = (Decimal::new(size.into(), 2), Decimal::new(price.into(), 1));
            let id = engine.find(SPOT).unwrap();
            let usdt = engine.asset("USDT");
            let _ = match kind {
                0 | 1 => engine.place(accounts[who], NewOrder::limit(id, side, Slot::Net, size, price)),
                2 => {
                    let order = NewOrder::market(id, side, Slot::Net, Decimal::ONE);
                    engine.place(accounts[who], NewOrder { size: Size::Quote(size), ..order })
                }
                _ => {
                    let (from, to) = (accounts[who], accounts[(who + 1) % 3]);
                    engine.transfer((from, Pocket::Spot), (to, Pocket::Spot), usdt, size)
                }
            };
        }
        for account in accounts {
            let mut totals = BTreeMap::new();
            for entry in engine.account(account).entries() {
                let total: &mut Decimal = totals.entry(entry.asset).or_default();
                *total += entry.change;
                prop_assert_eq!(*total, entry.total);
            }
            for (pocket, asset, wallet) in engine.account(account).wallets() {
                prop_assert!(wallet.total >= wallet.reserved && wallet.reserved >= Decimal::ZERO);
                if pocket == Pocket::Spot {
                    prop_assert_eq!(totals.get(&asset).copied().unwrap_or_default(), wallet.total);
                }
            }
        }
    }
}
