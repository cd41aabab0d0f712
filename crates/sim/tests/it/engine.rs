//! The engine, case by case: matching, positions, money, events.

use venue_sim::engine::{
    AccountId, Decimal, Engine, Event, Instrument, InstrumentId, Margin, NewOrder, Order, OrderId, Pocket,
    PositionMode, Product, Refused, Side, Size, Slot, Status, Stp, Tif,
};

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn contract() -> Instrument {
    Instrument {
        symbol: "BTCUSDT".into(),
        product: Product::Linear,
        base: "BTC".into(),
        quote: "USDT".into(),
        tick: dec("0.1"),
        lot: dec("1"),
        min_qty: dec("1"),
        max_qty: dec("1000"),
        multiplier: dec("0.001"),
        max_leverage: dec("100"),
        maker_fee: dec("0.0002"),
        taker_fee: dec("0.0006"),
        start_price: dec("100"),
        usual_lots: 20,
    }
}

pub(crate) fn spot() -> Instrument {
    Instrument {
        symbol: "BTC_USDT".into(),
        product: Product::Spot,
        lot: dec("0.01"),
        min_qty: dec("0.01"),
        multiplier: dec("1"),
        max_leverage: dec("1"),
        maker_fee: dec("0.001"),
        taker_fee: dec("0.001"),
        ..contract()
    }
}

/// A quiet exchange with two instruments and three accounts with money.
pub(crate) fn quiet() -> (Engine, [AccountId; 3]) {
    let mut engine = Engine::quiet(vec![contract(), spot()], 1_000);
    let accounts = [(); 3].map(|()| {
        let account = engine.open_account();
        for (pocket, asset, amount) in
            [(Pocket::Futures, "USDT", "100"), (Pocket::Spot, "USDT", "10000"), (Pocket::Spot, "BTC", "100")]
        {
            let asset = engine.asset(asset);
            engine.deposit(account, pocket, asset, dec(amount));
        }
        account
    });
    (engine, accounts)
}

pub(crate) const PERP: &str = "BTCUSDT";
pub(crate) const SPOT: &str = "BTC_USDT";

pub(crate) fn perp(engine: &Engine) -> InstrumentId {
    engine.find(PERP).unwrap()
}

pub(crate) fn open(engine: &Engine, side: Side, qty: &str, price: &str) -> NewOrder {
    let slot = if side == Side::Buy { Slot::Long } else { Slot::Short };
    NewOrder::limit(perp(engine), side, slot, dec(qty), dec(price))
}

pub(crate) fn order(engine: &Engine, id: OrderId) -> &Order {
    engine.order(id).unwrap()
}

#[test]
fn orders_at_a_price_trade_in_the_order_they_came() {
    let (mut engine, [a, b, c]) = quiet();
    let sell = open(&engine, Side::Sell, "2", "100");
    let first = engine.place(a, sell.clone()).unwrap();
    let second = engine.place(b, sell.clone()).unwrap();
    let better = engine.place(b, open(&engine, Side::Sell, "1", "99.9")).unwrap();
    let taker = engine.place(c, open(&engine, Side::Buy, "4", "100")).unwrap();
    assert_eq!(order(&engine, better).status, Status::Filled);
    assert_eq!(order(&engine, first).status, Status::Filled);
    assert_eq!((order(&engine, second).filled, order(&engine, taker).filled), (dec("1"), dec("4")));
    let prices: Vec<_> = engine.account(c).fills().map(|fill| (fill.price, fill.qty)).collect();
    assert_eq!(prices, [(dec("99.9"), dec("1")), (dec("100"), dec("2")), (dec("100"), dec("1"))]);
    assert_eq!(order(&engine, taker).average_price(), dec("99.975"));
}

#[test]
fn ioc_fok_and_post_only_never_rest_where_they_must_not() {
    let (mut engine, [a, b, _]) = quiet();
    engine.place(a, open(&engine, Side::Sell, "2", "100")).unwrap();
    let of = |engine: &mut Engine, tif| {
        let new = NewOrder { tif, ..open(engine, Side::Buy, "3", "100") };
        let id = engine.place(b, new).unwrap();
        let order = order(engine, id);
        (order.status, order.filled)
    };
    assert_eq!(of(&mut engine, Tif::PostOnly), (Status::Cancelled, dec("0")));
    assert_eq!(of(&mut engine, Tif::Fok), (Status::Cancelled, dec("0")));
    assert_eq!(of(&mut engine, Tif::Ioc), (Status::Cancelled, dec("2")));
    assert_eq!(of(&mut engine, Tif::PostOnly), (Status::New, dec("0")));
    assert_eq!(engine.open_orders(b).count(), 1);
}

#[test]
fn an_account_never_trades_with_itself() {
    for (stp, maker, taker) in [
        (Stp::CancelMaker, Status::Cancelled, Status::New),
        (Stp::CancelTaker, Status::New, Status::Cancelled),
        (Stp::CancelBoth, Status::Cancelled, Status::Cancelled),
    ] {
        let (mut engine, [a, ..]) = quiet();
        let rests = engine.place(a, open(&engine, Side::Sell, "2", "100")).unwrap();
        let comes = NewOrder { stp, ..open(&engine, Side::Buy, "1", "100") };
        let comes = engine.place(a, comes).unwrap();
        assert_eq!((order(&engine, rests).status, order(&engine, comes).status), (maker, taker), "{stp:?}");
        assert_eq!(engine.account(a).fills().count(), 0);
    }
}

#[test]
fn a_position_keeps_its_average_price_and_realises_what_is_closed() {
    let (mut engine, [a, b, _]) = quiet();
    let (id, usdt) = (perp(&engine), engine.asset("USDT"));
    for (qty, price) in [("10", "100"), ("30", "104")] {
        engine.place(b, open(&engine, Side::Sell, qty, price)).unwrap();
        engine.place(a, open(&engine, Side::Buy, qty, price)).unwrap();
    }
    let long = engine.account(a).position(id, Slot::Long).unwrap().clone();
    assert_eq!((long.qty, long.entry_price(dec("0.001"))), (dec("40"), dec("103")));
    assert_eq!(long.unrealised(dec("110"), dec("0.001")), dec("0.28"));
    // 4.12 USDT of cost at 20x, and fees of a taker on both buys.
    assert_eq!(long.tied_up(), dec("0.206"));
    assert_eq!(
        engine.account(a).wallet(Pocket::Futures, usdt).total,
        dec("100") - dec("4.12") * dec("0.0006")
    );

    engine.place(b, open(&engine, Side::Buy, "8", "108")).unwrap();
    let close = NewOrder {
        reduce_only: true,
        slot: Slot::Long,
        ..NewOrder::market(id, Side::Sell, Slot::Long, dec("8"))
    };
    engine.place(a, close.clone()).unwrap();
    let long = engine.account(a).position(id, Slot::Long).unwrap();
    assert_eq!((long.qty, long.realised, long.closed_price()), (dec("32"), dec("0.04"), dec("108")));
    assert_eq!(long.entry_price(dec("0.001")), dec("103"));
    let too_much = NewOrder { size: Size::Base(dec("33")), ..close.clone() };
    assert_eq!(engine.place(a, too_much), Err(Refused::PositionTooSmall));
    let no_short = NewOrder { side: Side::Buy, slot: Slot::Short, ..close };
    assert_eq!(engine.place(a, no_short), Err(Refused::NoPosition));
}

#[test]
fn a_net_position_turns_around() {
    let (mut engine, [a, b, _]) = quiet();
    engine.choose_mode(a, PositionMode::OneWay).unwrap();
    let id = perp(&engine);
    engine.place(b, open(&engine, Side::Sell, "5", "100")).unwrap();
    engine.place(a, NewOrder::market(id, Side::Buy, Slot::Net, dec("5"))).unwrap();
    engine.place(b, open(&engine, Side::Buy, "12", "101")).unwrap();
    engine.place(a, NewOrder::market(id, Side::Sell, Slot::Net, dec("12"))).unwrap();
    let net = engine.account(a).position(id, Slot::Net).unwrap();
    assert_eq!((net.qty, net.entry_price(dec("0.001"))), (dec("-7"), dec("101")));
    assert_eq!(engine.choose_mode(a, PositionMode::Hedge), Err(Refused::ModeInUse));
}

#[test]
fn money_is_set_aside_while_an_order_rests_and_comes_back_when_it_ends() {
    let (mut engine, [a, ..]) = quiet();
    let usdt = engine.asset("USDT");
    let new = NewOrder { leverage: Some(dec("1")), ..open(&engine, Side::Buy, "900", "100") };
    let id = engine.place(a, new.clone()).unwrap();
    assert_eq!(engine.available(a, Pocket::Futures, usdt), dec("100") - dec("90.054"));
    assert_eq!(engine.place(a, new.clone()), Err(Refused::Funds));
    assert_eq!(engine.amend(a, id, None, Some(dec("1000"))), Err(Refused::Funds));
    engine.amend(a, id, None, Some(dec("100"))).unwrap();
    assert_eq!(engine.available(a, Pocket::Futures, usdt), dec("100") - dec("10.006"));
    engine.cancel(a, id).unwrap();
    assert_eq!(engine.cancel(a, id), Err(Refused::Finished));
    assert_eq!(engine.available(a, Pocket::Futures, usdt), dec("100"));
    assert_eq!(
        engine.place(a, NewOrder { leverage: Some(dec("101")), ..new.clone() }),
        Err(Refused::LeverageHigh)
    );
    assert_eq!(engine.place(a, NewOrder { price: Some(dec("100.05")), ..new.clone() }), Err(Refused::Tick));
    assert_eq!(engine.place(a, NewOrder { size: Size::Base(dec("1.5")), ..new.clone() }), Err(Refused::Lot));
    assert_eq!(engine.place(a, NewOrder { size: Size::Base(dec("0")), ..new }), Err(Refused::QtyRange));
}

#[test]
fn a_smaller_order_keeps_its_turn_and_another_price_loses_it() {
    let (mut engine, [a, b, c]) = quiet();
    let sell = open(&engine, Side::Sell, "2", "100");
    let first = engine.place(a, sell.clone()).unwrap();
    let second = engine.place(b, sell).unwrap();
    engine.amend(a, first, None, Some(dec("1"))).unwrap();
    let line = |engine: &Engine| engine.line(perp(engine), Side::Sell).map(|(id, ..)| id).collect::<Vec<_>>();
    assert_eq!(line(&engine), [first, second]);
    engine.amend(a, first, Some(dec("101")), None).unwrap();
    engine.amend(a, first, Some(dec("100")), None).unwrap();
    assert_eq!(line(&engine), [second, first]);
    engine.place(c, open(&engine, Side::Buy, "9", "99")).unwrap();
    engine.amend(b, second, Some(dec("99")), None).unwrap();
    assert_eq!(order(&engine, second).status, Status::Filled);
}

#[test]
fn a_client_order_id_is_free_again_when_its_order_is_finished() {
    let (mut engine, [a, ..]) = quiet();
    let new = NewOrder { client_id: Some("mine".into()), ..open(&engine, Side::Buy, "1", "90") };
    let id = engine.place(a, new.clone()).unwrap();
    assert_eq!(engine.place(a, new.clone()), Err(Refused::DuplicateClientId));
    assert_eq!(engine.order_by_client_id(a, "mine").unwrap().id, id);
    engine.cancel(a, id).unwrap();
    assert!(engine.place(a, new).unwrap() > id);
}

#[test]
fn spot_moves_both_assets_and_a_market_buy_spends_an_amount() {
    let (mut engine, [a, b, _]) = quiet();
    let (id, btc, usdt) = (engine.find(SPOT).unwrap(), engine.asset("BTC"), engine.asset("USDT"));
    let sell = |qty, price| NewOrder::limit(id, Side::Sell, Slot::Net, dec(qty), dec(price));
    engine.place(a, sell("1", "100")).unwrap();
    engine.place(a, sell("1", "120")).unwrap();
    assert_eq!(engine.available(a, Pocket::Spot, btc), dec("98"));
    let buy = NewOrder {
        size: Size::Quote(dec("150.5")),
        ..NewOrder::market(id, Side::Buy, Slot::Net, Decimal::ZERO)
    };
    let bought = engine.place(b, buy).unwrap();
    // One at 100, and as many hundredths at 120 as 50.5 pays for.
    assert_eq!((order(&engine, bought).filled, order(&engine, bought).status), (dec("1.42"), Status::Filled));
    assert_eq!(engine.account(b).wallet(Pocket::Spot, usdt).total, dec("10000") - dec("150.4"));
    assert_eq!(engine.account(b).wallet(Pocket::Spot, btc).total, dec("101.42") - dec("0.00142"));
    assert_eq!(engine.available(b, Pocket::Spot, usdt), dec("9849.6"));
    assert_eq!(
        engine.account(a).wallet(Pocket::Spot, usdt).total,
        dec("10000") + dec("150.4") - dec("0.1504")
    );
}

#[test]
fn money_moves_between_pockets_only_when_it_is_free() {
    let (mut engine, [a, ..]) = quiet();
    let usdt = engine.asset("USDT");
    let new = NewOrder { leverage: Some(dec("1")), ..open(&engine, Side::Buy, "500", "100") };
    engine.place(a, new).unwrap();
    let (spot, futures) = ((a, Pocket::Spot), (a, Pocket::Futures));
    assert_eq!(engine.transfer(futures, spot, usdt, dec("50")), Err(Refused::Funds));
    engine.transfer(futures, spot, usdt, dec("49")).unwrap();
    assert_eq!(engine.account(a).wallet(Pocket::Spot, usdt).total, dec("10049"));
    let setting = engine.choose(a, perp(&engine), Some(dec("3")), Some(Margin::Isolated)).unwrap();
    assert_eq!((setting.leverage, setting.margin), (dec("3"), Margin::Isolated));
}

#[test]
fn events_tell_what_happened() {
    let (mut engine, [a, b, _]) = quiet();
    engine.place(a, open(&engine, Side::Sell, "1", "101")).unwrap();
    assert!(engine.advance(2_000).is_empty(), "nobody listened");
    engine.listen();
    engine.place(a, open(&engine, Side::Sell, "2", "100")).unwrap();
    engine.place(b, open(&engine, Side::Buy, "2", "100")).unwrap();
    let events = engine.advance(3_000);
    let count = |wanted: fn(&Event) -> bool| events.iter().filter(|event| wanted(event)).count();
    assert_eq!(count(|e| matches!(e, Event::Trade { .. })), 1);
    assert_eq!(count(|e| matches!(e, Event::Fill { .. })), 2);
    assert_eq!(count(|e| matches!(e, Event::Position { .. })), 2);
    assert!(count(|e| matches!(e, Event::Balance { .. })) >= 2);
    assert!(count(|e| matches!(e, Event::Order(order) if order.status == Status::Filled)) == 2);
    // The level is empty again.
    assert_eq!(count(|e| matches!(e, Event::Book { qty, .. } if qty.is_zero())), 1);
}

#[test]
fn an_order_adds_up_its_fills_and_names_its_position() {
    let (mut engine, [a, b, _]) = quiet();
    let at = perp(&engine);
    engine.place(b, open(&engine, Side::Sell, "3", "100")).unwrap();
    let opens = engine.place(a, open(&engine, Side::Buy, "3", "100")).unwrap();
    let first = engine.account(a).position(at, Slot::Long).unwrap().opened_by;
    // 0.3 at the taker's 0.06 %.
    let opened = order(&engine, opens).clone();
    assert_eq!((opened.fees, opened.realised, opened.position), (dec("0.00018"), dec("0"), Some(first)));

    // It rests, and trades in two parts: a maker's fee each, and the profit of both.
    let close =
        NewOrder { reduce_only: true, ..NewOrder::limit(at, Side::Sell, Slot::Long, dec("3"), dec("110")) };
    let closes = engine.place(a, close).unwrap();
    assert_eq!(order(&engine, closes).position, Some(first), "known before it trades");
    for qty in ["1", "2"] {
        engine.place(b, open(&engine, Side::Buy, qty, "110")).unwrap();
    }
    let closed = order(&engine, closes).clone();
    assert_eq!((closed.fees, closed.realised, closed.status), (dec("0.000066"), dec("0.03"), Status::Filled));
    assert_eq!(closed.position, Some(first));

    // What is opened in the same place is another one.
    let rests = engine.place(a, open(&engine, Side::Buy, "1", "100")).unwrap();
    assert_eq!(order(&engine, rests).position, None, "there is none to work on");
    engine.place(b, open(&engine, Side::Sell, "1", "100")).unwrap();
    let second = engine.account(a).position(at, Slot::Long).unwrap().opened_by;
    assert_ne!(second, first);
    assert_eq!(order(&engine, rests).position, Some(second));
}
