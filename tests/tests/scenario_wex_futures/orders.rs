//! Orders, batches, and what becomes of them.

use std::time::Duration;

use futures::TryStreamExt as _;
use venue_core::{Decimal, Millis, Resolution};
use venue_sim::Fault;
use wex_futures::rest::*;
use wex_futures::{
    BillType, ClientOrderId, Contracts, EntrustType, Kind, Order, OrderId, OrderSide, OrderState,
    OrderStateFilter, OrderType, Outcome, PositionSide, Price, TakerMaker, TimeInForce,
};

use crate::stage::*;

#[tokio::test(start_paused = true)]
async fn an_order_is_partly_filled_and_cancelled_and_all_lists_agree() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let book = client.send(GetDepth::new(BTC, 5u32)).await.unwrap();
    assert!(book.bids[0].price < book.asks[0].price && book.asks[0].price < book.asks[1].price);
    let (best, there) = (book.asks[0].price, book.asks[0].qty.decimal());
    let size = there + Decimal::TEN;
    let order = CreateOrder::limit(
        BTC,
        OrderSide::Buy,
        PositionSide::Long,
        size.to_string().parse::<Contracts>().unwrap(),
        best,
    );
    let placed = Millis::new(stage.venue().clock().now_ms());
    let id = stage.place(order).await;
    let resting = stage.order(&id).await;
    assert_eq!(resting.state, Some(OrderState::PartiallyFilled));
    assert_eq!(resting.executed_qty.unwrap().decimal(), there);
    assert_eq!(resting.avg_price.unwrap(), best);
    assert!(resting.margin_frozen.unwrap().decimal().unwrap() > Decimal::ZERO);
    let open = client.send(ListOpenOrders::new().symbol(BTC)).await.unwrap();
    assert_eq!((open.len(), &open[0].order_id), (1, &resting.order_id));
    assert_eq!(client.send(GetOrderList::new()).await.unwrap().items[0].order_id, resting.order_id);

    client.send(CancelOrder::new(resting.order_id.clone())).await.unwrap();
    let (code, kind) = refused(client.send(CancelOrder::new(resting.order_id.clone())).await);
    assert_eq!((code.as_str(), kind), ("invalid_params", Kind::UnknownOrder));
    let done = client.send(GetOrderDetail::new(resting.order_id.clone())).await.unwrap().unwrap();
    assert_eq!(done.state, Some(OrderState::PartiallyCanceled));
    assert!(done.margin_frozen.unwrap().decimal().unwrap().is_zero());
    assert!(client.send(ListOpenOrders::new()).await.unwrap().is_empty());
    let past: Vec<Order> =
        client.send(ListOrderHistory::new().symbol(BTC)).items().try_collect().await.unwrap();
    assert_eq!((past.len(), &past[0].order_id), (1, &resting.order_id));
    let now = Millis::new(stage.venue().clock().now_ms());
    let parts = client.send(ListPartialCanceledOrders::new(1u32, 10u32, placed, now, BTC)).await.unwrap();
    assert_eq!(parts.items[0].canceled_qty.unwrap().decimal(), Decimal::TEN);

    let trades: Vec<_> = client
        .send(ListTrades::new().order_id(resting.order_id.clone()))
        .items()
        .try_collect()
        .await
        .unwrap();
    let sum = |values: Vec<Decimal>| -> Decimal { values.into_iter().sum() };
    assert_eq!(sum(trades.iter().map(|trade| trade.quantity.unwrap().decimal()).collect()), there);
    assert!(trades.iter().all(|trade| trade.taker_maker == Some(TakerMaker::Taker)));
    let fees = sum(trades.iter().map(|trade| dec(trade.fee.as_ref().unwrap())).collect());
    assert_eq!(client.send(ListAllTrades::new().symbol(BTC)).await.unwrap().len(), trades.len());
    assert_eq!(client.send(ListQuantTrades::new()).await.unwrap().items.len(), trades.len());
    assert_eq!(client.send(ListQuantOrderHistory::new().symbol(BTC)).await.unwrap().items.len(), 1);
    let filled = client.send(ListFilledOrderHistory::new(BTC)).await.unwrap();
    assert_eq!(filled[0].executed_qty.unwrap().decimal(), there);
    let listed = client.send(ListOrderEntrusts::new()).await.unwrap();
    assert_eq!(listed.items[0].id.as_str(), resting.order_id.as_str());

    let held = client.send(ListUserActivePositions::new().symbol(BTC)).await.unwrap();
    assert_eq!((held.len(), held[0].position_size.unwrap().decimal()), (1, there));
    assert_eq!(held[0].entry_price.unwrap(), best);
    assert_eq!(dec(held[0].realized_profit.as_ref().unwrap()), -fees);
    let balance = client.send(GetBalanceDetail::new("usdt")).await.unwrap();
    let wallet = dec(balance.wallet_balance.as_ref().unwrap());
    assert_eq!(wallet, Decimal::from(1_000_000) - fees);
    let loss = dec(held[0].floating_pl.as_ref().unwrap()).min(Decimal::ZERO);
    let tied = dec(balance.crossed_margin.as_ref().unwrap());
    assert!(tied > Decimal::ZERO);
    // The mark price may have moved between the two answers: by little, as it does.
    let free = dec(balance.available_balance.as_ref().unwrap());
    assert!((wallet - tied + loss - free).abs() < Decimal::from(1_000), "{balance:?} {loss}");
    let bills: Vec<_> = client.send(ListBalanceBills::new().limit(1u32)).items().try_collect().await.unwrap();
    assert!(bills.iter().all(|bill| bill.kind == Some(BillType::Fee)));
    assert_eq!(dec(bills[0].after_amount.as_ref().unwrap()), wallet, "the latest comes first");
    assert_eq!(sum(bills.iter().map(|bill| dec(bill.amount.as_ref().unwrap())).collect()), fees);
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_is_refused_in_the_venues_words_and_leaves_nothing_behind() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let mark = stage.mark().await;
    let low = price(mark, 5);
    let long = |size: &str, price: &str| {
        let size: Contracts = size.parse().unwrap();
        CreateOrder::limit(BTC, OrderSide::Buy, PositionSide::Long, size, price.parse::<Price>().unwrap())
    };
    let one = || long("1", &low.to_string());
    let huge = CreateOrder::limit("eth_usdt", OrderSide::Buy, PositionSide::Long, n(1_000_000), low);
    let close = |size| CreateOrder::market(BTC, OrderSide::Sell, PositionSide::Long, n(size));
    let elsewhere = |symbol| CreateOrder::limit(symbol, OrderSide::Buy, PositionSide::Long, n(1), low);
    let orders = [
        (elsewhere("nope_usdt"), "invalid_symbol", Kind::UnknownSymbol),
        (elsewhere("btc_usd"), "invalid_symbol", Kind::UnknownSymbol),
        (long("1", "50000.01"), "invalid_price", Kind::InvalidRequest),
        (
            one().trigger_profit_price(price(mark, 4)),
            "trigger_profit_price_less_than_order_delegate_price",
            Kind::InvalidRequest,
        ),
        (
            one().trigger_stop_price(price(mark, 6)),
            "trigger_stop_price_more_than_order_delegate_price",
            Kind::InvalidRequest,
        ),
        (
            one().trigger_stop_price("0.05".parse::<Price>().unwrap()),
            "invalid_trigger_stop_price",
            Kind::InvalidRequest,
        ),
        (huge, "insufficient_balance", Kind::InsufficientFunds),
        (close(1), "more_than_available", Kind::InsufficientFunds),
        (
            CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, n(1)).trigger_profit_price(low),
            "trigger_profit_price_more_than_sell_one_price",
            Kind::InvalidRequest,
        ),
        (
            CreateOrder::market(BTC, OrderSide::Sell, PositionSide::Short, n(1)).trigger_stop_price(low),
            "trigger_stop_price_less_than_buy_one_price",
            Kind::InvalidRequest,
        ),
    ];
    for (order, code, kind) in orders {
        let said = refused(client.send(order.clone()).await);
        assert_eq!((said.0.as_str(), said.1), (code, kind), "{order:?}");
    }
    let (id, unknown) = (OrderId::from("77"), |code: &str| (code.to_owned(), Kind::UnknownOrder));
    assert_eq!(refused(client.send(CancelOrder::new(id.clone())).await), unknown("invalid_params"));
    assert_eq!(refused(client.send(UpdateOrder::new(id.clone(), low, n(1))).await), unknown("invalid_order"));
    assert_eq!(refused(client.send(GetOrderDetail::new(id)).await), unknown("null"));
    assert_eq!(refused(client.send(GetPlanDetail::new("77")).await), unknown("invalid_entrust_Id"));
    assert_eq!(refused(client.send(CancelProfitStop::new("77")).await), unknown("invalid_entrust"));
    assert_eq!(refused(client.send(UpdateProfitStop::new("77")).await), unknown("invalid_entrust"));
    assert_eq!(refused(client.send(GetProfitStopDetail::new("77")).await), unknown("invalid_profit_id"));
    assert_eq!(refused(client.send(CancelTrack::new("77")).await), unknown("invalid_track_entrust"));
    assert_eq!(refused(client.send(GetTrackDetail::new("77")).await), unknown("invalid_track_Id"));
    let invalid = |code: &str| (code.to_owned(), Kind::InvalidRequest);
    assert_eq!(
        refused(client.send(AdjustLeverage::new(BTC, PositionSide::Long, 126u32)).await),
        invalid("exceed_max_leverage")
    );
    assert_eq!(refused(client.send(ListOrders::new().page(0u32)).await), invalid("invalid_page"));
    assert_eq!(refused(client.send(ListOrders::new().size(101u32)).await), invalid("invalid_size"));
    assert_eq!(refused(client.send(ListOrderHistory::new().limit(0u32)).await), invalid("invalid_limit"));
    assert_eq!(refused(client.send(GetBalanceDetail::new("doge")).await), invalid("invalid_params"));

    for state in [OrderStateFilter::Unfinished, OrderStateFilter::History] {
        assert!(client.send(ListOrders::new().state(state)).await.unwrap().items.is_empty());
    }
    let balance = client.send(GetBalanceDetail::new("usdt")).await.unwrap();
    assert_eq!(balance.available_balance.unwrap().to_string(), "1000000");
}

#[tokio::test(start_paused = true)]
async fn an_id_of_yours_may_be_given_twice_and_the_simulator_tells() {
    let stage = Stage::set().await;
    let low = price(stage.mark().await, 5);
    let id = ClientOrderId::from("twice");
    let order =
        CreateOrder::limit(BTC, OrderSide::Buy, PositionSide::Long, n(1), low).client_order_id(id.clone());
    stage.client.send(order.clone()).await.unwrap();
    stage.client.send(order).await.unwrap();
    let found = stage.client.send(ListOrders::new().client_order_id(id)).await.unwrap();
    assert_eq!(found.items.len(), 2);
    assert_eq!(stage.venue().repeated_client_ids(), ["twice"]);
    stage.client.send(CancelOrdersBatch::of_client_ids(["twice".into()])).await.unwrap();
    assert!(stage.client.send(ListOpenOrders::new()).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn one_batch_takes_the_good_rows_and_the_other_takes_all_or_none() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let low = price(stage.mark().await, 5);
    let row = |id: &str, symbol: &str| {
        CreateOrder::limit(symbol, OrderSide::Buy, PositionSide::Long, n(2), low).client_order_id(id)
    };
    let too_dear = |id: &str| {
        CreateOrder::limit("eth_usdt", OrderSide::Buy, PositionSide::Long, n(1_000_000), low)
            .client_order_id(id)
    };
    client.send(CreateOrdersBatch::new([row("a", BTC), row("b", "nope_usdt"), row("c", BTC)])).await.unwrap();
    let open = async || {
        let orders = client.send(ListOpenOrders::new()).await.unwrap();
        let mut ids: Vec<_> = orders.iter().map(|order| order.client_order_id.clone().unwrap()).collect();
        ids.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        ids.into_iter().map(|id| id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(open().await, ["a", "c"]);
    assert_eq!(
        (stage.venue().executions("a"), stage.venue().executions("b")),
        (1, 0),
        "a refused row is no execution"
    );
    let (code, _) = refused(client.send(CreateOrdersBatch::new([row("d", "nope_usdt")])).await);
    assert_eq!(code, "invalid_symbol");

    let frozen = async || {
        let balance = client.send(GetBalanceDetail::new("usdt")).await.unwrap();
        dec(balance.open_order_margin_frozen.unwrap())
    };
    let before = frozen().await;
    for (bad, code) in [(too_dear("f"), "insufficient_balance"), (row("f", "nope_usdt"), "invalid_symbol")] {
        let said = refused(client.send(CreateOrdersAtomicBatch::new([row("e", BTC), bad])).await);
        assert_eq!(said.0, code);
        assert_eq!((open().await, frozen().await), (vec!["a".to_owned(), "c".to_owned()], before));
        assert_eq!(stage.venue().executions("e"), 0);
    }
    client.send(CreateOrdersAtomicBatch::new([row("e", BTC), row("f", BTC)])).await.unwrap();
    assert_eq!(
        (open().await, frozen().await),
        (["a", "c", "e", "f"].map(String::from).to_vec(), before * Decimal::TWO)
    );
    client.send(CancelAllOrdersOfSymbol::new("eth_usdt")).await.unwrap();
    assert_eq!(open().await.len(), 4);
    client.send(CancelAllOrders::new(AllSymbols)).await.unwrap();
    assert_eq!((open().await.len(), frozen().await), (0, Decimal::ZERO));
}

#[tokio::test(start_paused = true)]
async fn an_order_of_unknown_fate_is_found_out_about_honestly() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let low = price(stage.mark().await, 5);
    let order = || CreateOrder::limit(BTC, OrderSide::Buy, PositionSide::Long, n(3), low);
    let create = ("POST", "/future/trade/v1/order/create");
    // Resting, and done.
    for order in [order(), CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, n(3))] {
        stage.venue().fault(Fault::ExecuteThenDrop.on(create.0, create.1));
        let error = client.send(order.clone()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown);
        let Resolution::Executed(row) = client.resolve(&error).await.unwrap() else { panic!("it is there") };
        let found: Order = row.decode().unwrap();
        assert_eq!(found.client_order_id.as_ref(), error.client_order_id());
        let limit = Some(OrderType::Limit);
        let state = if found.order_type == limit { OrderState::New } else { OrderState::Filled };
        assert_eq!((found.state, found.orig_qty), (Some(state), Some(Contracts::new(3))));
        assert_eq!(stage.venue().executions(error.client_order_id().unwrap().as_str()), 1);
    }
    stage.venue().fault(Fault::CloseBeforeAnswer.on(create.0, create.1));
    let error = client.send(order()).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let Resolution::StillUnknown { conclusive_in: Some(wait) } = client.resolve(&error).await.unwrap() else {
        panic!("it may still be on its way")
    };
    assert!(wait > Duration::from_secs(5), "{wait:?}");
    tokio::time::sleep(wait).await;
    assert_eq!(client.resolve(&error).await.unwrap(), Resolution::NotFound);
    assert_eq!(stage.venue().executions(error.client_order_id().unwrap().as_str()), 0);

    let plan =
        CreatePlan::market(BTC, EntrustType::StopMarket, OrderSide::Sell, PositionSide::Long, n(1), low);
    stage.venue().fault(Fault::ExecuteThenDrop.on("POST", "/future/trade/v1/entrust/create-plan"));
    let error = client.send(plan).await.unwrap_err();
    let Resolution::Executed(row) = client.resolve(&error).await.unwrap() else { panic!("it is there") };
    assert_eq!(row.decode::<Plan>().unwrap().client_order_id.as_ref(), error.client_order_id());
}

#[tokio::test(start_paused = true)]
async fn an_order_is_changed_with_what_follows_it() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let mark = stage.mark().await;
    let order = CreateOrder::limit(BTC, OrderSide::Buy, PositionSide::Long, n(2), price(mark, 5));
    let id = stage.place(order.trigger_stop_price(price(mark, 3)).time_in_force(TimeInForce::Gtx)).await;
    let placed = stage.order(&id).await;
    let change =
        UpdateOrder::new(placed.order_id.clone(), price(mark, 6), n(3)).trigger_profit_price(price(mark, 12));
    client.send(change).await.unwrap();
    let now = stage.order(&id).await;
    assert_eq!(
        (now.order_id, now.price, now.orig_qty),
        (placed.order_id, Some(price(mark, 6)), Some(Contracts::new(3)))
    );
    assert_eq!(
        (now.trigger_profit_price, now.trigger_stop_price),
        (Some(price(mark, 12)), Some(price(mark, 3)))
    );
    assert_eq!(now.time_in_force, Some(TimeInForce::Gtx));
    let bad = UpdateOrder::new(now_id(&stage, &id).await, price(mark, 6), n(3))
        .trigger_profit_price(price(mark, 5));
    assert_eq!(refused(client.send(bad).await).0, "trigger_profit_price_less_than_order_delegate_price");
}

async fn now_id(stage: &Stage, id: &ClientOrderId) -> OrderId {
    stage.order(id).await.order_id
}
