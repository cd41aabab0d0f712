//! What the engine keeps of orders and books for those who write about them.

use venue_sim::engine::{
    Decimal, Ended, Engine, Instrument, InstrumentId, NewOrder, Pocket, Product, Side, Size, Slot, Tif,
};

fn whole(number: i64) -> Decimal {
    number.into()
}

/// A quiet exchange with one pair, and two accounts with money.
fn exchange() -> (Engine, InstrumentId, [venue_sim::engine::AccountId; 2]) {
    let pair = Instrument {
        symbol: "x_y".into(),
        product: Product::Spot,
        base: "x".into(),
        quote: "y".into(),
        tick: Decimal::ONE,
        lot: Decimal::new(1, 1),
        min_qty: Decimal::new(1, 1),
        max_qty: whole(1000),
        multiplier: Decimal::ONE,
        max_leverage: Decimal::ONE,
        maker_fee: Decimal::new(1, 2),
        taker_fee: Decimal::new(2, 2),
        start_price: whole(100),
        usual_lots: 10,
    };
    let mut engine = Engine::quiet(vec![pair], 0);
    let id = engine.find("x_y").unwrap();
    let accounts = [engine.open_account(), engine.open_account()];
    for account in accounts {
        for asset in ["x", "y"] {
            let asset = engine.asset(asset);
            engine.deposit(account, Pocket::Spot, asset, whole(10_000));
        }
    }
    (engine, id, accounts)
}

fn limit(id: InstrumentId, side: Side, qty: i64, price: i64) -> NewOrder {
    NewOrder::limit(id, side, Slot::Net, whole(qty), whole(price))
}

#[test]
fn an_order_adds_up_its_fees_and_a_fill_has_its_number_from_where_it_was_set() {
    let (mut engine, id, [maker, taker]) = exchange();
    engine.number_trades_from(77);
    let resting = engine.place(maker, limit(id, Side::Sell, 5, 100)).unwrap();
    let first = engine.place(taker, limit(id, Side::Buy, 2, 100)).unwrap();
    engine.place(taker, limit(id, Side::Buy, 1, 100)).unwrap();
    assert_eq!(engine.order(resting).unwrap().fees, whole(3));
    assert_eq!(engine.order(first).unwrap().fees, Decimal::new(4, 2));
    let fills: Vec<_> = engine.account(maker).fills().map(|fill| fill.trade).collect();
    assert_eq!(fills, [77, 78]);
}

#[test]
fn who_ended_an_order_is_remembered() {
    let (mut engine, id, [one, two]) = exchange();
    let cancelled = engine.place(one, limit(id, Side::Sell, 1, 110)).unwrap();
    let swept = engine.place(one, limit(id, Side::Sell, 1, 110)).unwrap();
    engine.cancel(one, cancelled).unwrap();
    engine.cancel_all(one, None);
    engine.place(one, limit(id, Side::Sell, 1, 120)).unwrap();
    let taking = NewOrder { tif: Tif::PostOnly, ..limit(id, Side::Buy, 1, 120) };
    let would_take = engine.place(two, taking).unwrap();
    let unfilled = NewOrder { tif: Tif::Ioc, ..limit(id, Side::Buy, 3, 120) };
    let unfilled = engine.place(two, unfilled).unwrap();
    for (order, ended) in [
        (cancelled, Ended::ByOwner),
        (swept, Ended::ByOwner),
        (would_take, Ended::ByTerms),
        (unfilled, Ended::ByTerms),
    ] {
        let order = engine.order(order).unwrap();
        assert!(!order.is_open());
        assert_eq!(order.ended, Some(ended), "{order:?}");
    }
}

#[test]
fn a_market_order_by_amount_remembers_what_it_was_given() {
    let (mut engine, id, [maker, taker]) = exchange();
    engine.place(maker, limit(id, Side::Sell, 5, 100)).unwrap();
    let order = NewOrder {
        size: Size::Quote(whole(255)),
        ..NewOrder::market(id, Side::Buy, Slot::Net, Decimal::ZERO)
    };
    let order = engine.place(taker, order).unwrap();
    let order = engine.order(order).unwrap();
    assert_eq!((order.amount, order.filled_value), (Some(whole(255)), whole(250)));
    let limit = engine.place(taker, limit(id, Side::Buy, 1, 90)).unwrap();
    assert_eq!(engine.order(limit).unwrap().amount, None);
}

#[test]
fn a_books_revision_grows_with_every_change_and_only_then() {
    let (mut engine, id, [maker, taker]) = exchange();
    let mut seen = engine.revision(id);
    let mut changed = |engine: &mut Engine, at: &str, expected: bool| {
        assert!(engine.advance(10).is_empty(), "nobody listens");
        let revision = engine.revision(id);
        assert_eq!(revision > seen, expected, "{at}: {seen} {revision}");
        seen = revision;
    };
    let order = engine.place(maker, limit(id, Side::Sell, 5, 100)).unwrap();
    changed(&mut engine, "placed", true);
    engine.place(taker, limit(id, Side::Buy, 2, 100)).unwrap();
    changed(&mut engine, "partly filled", true);
    assert_eq!(engine.levels(id, Side::Sell, 5).len(), 1);
    changed(&mut engine, "looked at", false);
    let market = NewOrder { tif: Tif::Ioc, ..limit(id, Side::Buy, 1, 50) };
    engine.place(taker, market).unwrap();
    changed(&mut engine, "an order that finds nothing", false);
    engine.amend(maker, order, None, Some(whole(4))).unwrap();
    changed(&mut engine, "made smaller", true);
    engine.cancel(maker, order).unwrap();
    changed(&mut engine, "cancelled", true);
    assert!(engine.cancel(maker, order).is_err());
    changed(&mut engine, "cancelled again", false);
}
