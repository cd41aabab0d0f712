//! WEX futures by its real client: what is done shows everywhere it should, on both products.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::fmt::Display;
use std::time::Duration;

use futures::TryStreamExt as _;
use venue_core::http::Roots;
use venue_core::{Clock, Decimal, Millis, Resolution, Retry};
use venue_sim::{Fault, Running, Sim, Which};
use venue_tests::credentials;
use wex_futures::rest::*;
use wex_futures::{
    BillType, Client, ClientOrderId, Contracts, EntrustState, EntrustStateFilter, EntrustType, Error, Kind,
    KlineInterval, MarginAdjustType, Order, OrderId, OrderSide, OrderState, OrderStateFilter, OrderType,
    Outcome, PositionSide, PositionType, Price, Rate, TakerMaker, TimeInForce, TrackCallback,
    TrackPositionSide, TriggerPriceType, WexFutures,
};

const BTC: &str = "btc_usdt";

struct Stage {
    sim: Sim,
    /// USDT-M.
    client: Client,
    /// Coin-M, on a host of its own.
    coin: Client,
}

impl Stage {
    /// Under virtual time: budgets are waited for, and the market moves meanwhile.
    async fn set() -> Self {
        let sim = Sim::builder().venue(Which::WexFutures).seed(1).start().await.unwrap();
        let running = sim.venue(Which::WexFutures);
        let client = |venue, base: &str| {
            let clock = running.clock().clone();
            Client::builder(venue)
                .base(base)
                .roots(Roots::only_pem(sim.ca_pem()).unwrap())
                .credentials(credentials(running))
                .clock(Clock::custom(move || Millis::new(clock.now_ms())))
                .dialer(sim.dialer())
                .retry(Retry::never())
                .build()
                .unwrap()
        };
        let coin = client(WexFutures::coin_m(), running.rest_of("Coin-M").unwrap());
        let client = client(WexFutures::usdt_m(), running.rest());
        Self { sim, client, coin }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::WexFutures)
    }

    /// Opens a position at the market.
    async fn open(&self, side: PositionSide, size: u64) {
        let way = if side == PositionSide::Long { OrderSide::Buy } else { OrderSide::Sell };
        self.client.send(CreateOrder::market(BTC, way, side, Contracts::new(size))).await.unwrap();
    }

    async fn mark(&self) -> Decimal {
        self.client.send(GetSymbolMarkPrice::new(BTC)).await.unwrap().price.decimal()
    }

    /// The one order with this id, whatever its state.
    async fn order(&self, id: &ClientOrderId) -> Order {
        let mut orders = Vec::new();
        for state in [OrderStateFilter::Unfinished, OrderStateFilter::History] {
            let page = ListOrders::new().client_order_id(id.clone()).state(state);
            orders.extend(self.client.send(page).await.unwrap().items);
        }
        assert_eq!(orders.len(), 1, "{id}");
        orders.remove(0)
    }

    /// Places, and says under which id.
    async fn place(&self, order: CreateOrder) -> ClientOrderId {
        let answer = self.client.send(order).raw().await.unwrap();
        answer.client_order_ids[0].clone()
    }

    /// Nothing was left unread in what was answered.
    fn is_understood(&self) {
        assert_eq!((self.client.unmapped_keys(), self.coin.unmapped_keys()), (0, 0));
    }
}

/// So many contracts.
fn n(count: u64) -> Contracts {
    Contracts::new(count)
}

fn dec(value: impl Display) -> Decimal {
    value.to_string().parse().unwrap()
}

/// A price so many tenths of the given one, that the contract can trade at.
fn price(of: Decimal, tenths: i64) -> Price {
    (of * Decimal::new(tenths, 1)).round_dp(1).to_string().parse().unwrap()
}

fn refused(result: Result<impl std::fmt::Debug, Error>) -> (String, Kind) {
    let error = result.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Rejected, "{error}");
    (error.code().unwrap_or_default().to_owned(), error.kind())
}

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
async fn plans_wait_fire_and_are_called_off() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let mark = stage.mark().await;
    let (low, high) = (price(mark, 5), price(mark, 15));
    let (buy, long) = (|| OrderSide::Buy, || PositionSide::Long);
    // A take-profit that buys waits below; this price is reached already.
    client
        .send(CreatePlan::limit(BTC, EntrustType::TakeProfit, buy(), long(), n(1), high, low))
        .await
        .unwrap();
    let waiting = CreatePlan::limit(BTC, EntrustType::Stop, buy(), long(), n(2), high, high)
        .looking_at(TriggerPriceType::Index)
        .client_order_id("plan1");
    client.send(waiting.clone()).await.unwrap();
    client.send(waiting.client_order_id("plan2")).await.unwrap();
    let plans = client.send(ListPlans::new(EntrustStateFilter::Unfinished).symbol(BTC)).await.unwrap().items;
    assert_eq!((plans.len(), plans[0].client_order_id.as_ref().unwrap().as_str()), (2, "plan2"));
    assert_eq!(plans[0].trigger_price_type, Some(TriggerPriceType::Index));
    let done = client.send(ListPlans::new(EntrustStateFilter::Triggered)).await.unwrap().items;
    assert_eq!((done.len(), &done[0].entrust_type), (1, &Some(EntrustType::TakeProfit)));
    let placed = client.send(ListOpenOrders::new()).await.unwrap();
    assert_eq!(placed[0].source_id.as_deref(), Some(done[0].entrust_id.as_str()));
    let entrusts =
        client.send(ListOrderEntrusts::new().kind(wex_futures::OrderEntrustType::Entrust)).await.unwrap();
    assert_eq!(entrusts.items.len(), 3);

    let first = plans[1].entrust_id.clone();
    assert_eq!(client.send(GetPlanDetail::new(first.clone())).await.unwrap().unwrap().stop_price, Some(high));
    client.send(CancelPlan::new(first.clone())).await.unwrap();
    assert_eq!(refused(client.send(CancelPlan::new(first.clone())).await).0, "invalid_params");
    client.send(CancelAllPlansOfSymbol::new(BTC)).await.unwrap();
    let past: Vec<Plan> =
        client.send(ListPlanHistory::new().limit(2u32)).items().try_collect().await.unwrap();
    let states: Vec<_> = past.iter().map(|plan| plan.state.clone().unwrap()).collect();
    assert_eq!(states, [EntrustState::UserRevocation, EntrustState::UserRevocation, EntrustState::Triggered]);
    let stops =
        CreatePlan::market(BTC, EntrustType::Stop, buy(), long(), n(1), "50000.01".parse::<Price>().unwrap());
    assert_eq!(refused(client.send(stops.price(low)).await).0, "invalid_stop_price");
    assert!(client.send(ListReversePlans::new()).await.unwrap().items.is_empty());
    assert!(client.send(ListReversePlanHistory::new()).await.unwrap().items.is_empty());
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn a_stop_profit_is_one_thing_with_two_ends() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let mark = stage.mark().await;
    let stop = |size: u64, profit: i64, loss: i64| {
        CreateProfitStop::market(BTC, PositionSide::Long, n(size))
            .trigger_profit_price(price(mark, profit))
            .trigger_stop_price(price(mark, loss))
    };
    assert_eq!(refused(client.send(stop(10, 15, 5)).await).0, "more_than_available");
    stage.open(PositionSide::Long, 10).await;
    assert_eq!(refused(client.send(stop(11, 15, 5)).await).0, "more_than_available");
    assert_eq!(refused(client.send(stop(10, 8, 5)).await).0, "trigger_profit_price_less_than_entry_price");
    assert_eq!(refused(client.send(stop(10, 15, 12)).await).0, "trigger_stop_price_more_than_entry_price");
    client.send(stop(10, 15, 5)).await.unwrap();
    let rows = client.send(ListProfitStops::new(EntrustStateFilter::NotTriggered)).await.unwrap().items;
    assert_eq!((rows.len(), rows[0].trigger_profit_price), (1, Some(price(mark, 15))));
    let id = rows[0].profit_id.clone();
    let held = client.send(ListUserActivePositions::new()).await.unwrap();
    assert_eq!((held[0].profit_id.as_ref(), held[0].trigger_stop_price), (Some(&id), Some(price(mark, 5))));
    client.send(UpdateProfitStop::new(id.clone()).trigger_stop_price(price(mark, 6))).await.unwrap();
    let row = client.send(GetProfitStopDetail::new(id.clone())).await.unwrap().unwrap();
    assert_eq!(
        (row.trigger_profit_price, row.trigger_stop_price),
        (Some(price(mark, 15)), Some(price(mark, 6)))
    );
    client.send(CancelProfitStop::new(id.clone())).await.unwrap();
    assert_eq!(refused(client.send(CancelProfitStop::new(id)).await).0, "invalid_entrust");

    // One that comes with an order is there once that is filled, and goes when its position does.
    let order =
        CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, n(5)).trigger_stop_price(price(mark, 5));
    client.send(order).await.unwrap();
    let waiting =
        async || client.send(ListProfitStops::new(EntrustStateFilter::Unfinished)).await.unwrap().items;
    assert_eq!(waiting().await[0].orig_qty, Some(Contracts::new(5)));
    client.send(stop(3, 15, 5)).await.unwrap();
    client.send(CloseAllPositions::new()).await.unwrap();
    assert!(waiting().await.is_empty());
    let past = client.send(ListProfitStopHistory::new()).items().try_collect::<Vec<_>>().await.unwrap();
    let states: Vec<_> = past.iter().map(|row| row.state.clone().unwrap()).collect();
    let gone = EntrustState::PlatformRevocation;
    assert_eq!(states, [gone.clone(), gone, EntrustState::UserRevocation]);
    client.send(CancelAllProfitStopsOfSymbol::new(BTC)).await.unwrap();
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn a_track_follows_until_the_price_turns_or_its_time_is_over() {
    let stage = Stage::set().await;
    let client = &stage.client;
    stage.open(PositionSide::Long, 10).await;
    let rate = |text: &str| text.parse::<Rate>().unwrap();
    let track = |callback: TrackCallback, value: &str| {
        CreateTrack::new(
            BTC,
            OrderSide::Sell,
            TrackPositionSide::Long,
            PositionType::Crossed,
            n(4),
            callback,
            rate(value),
            TriggerPriceType::Latest,
        )
    };
    for (callback, value, code) in [
        (TrackCallback::Proportion, "0.2", "invalid_exceed_max_rate_limit"),
        (TrackCallback::Proportion, "0.0001", "invalid_below_min_rate_limit"),
        (TrackCallback::Fixed, "60000", "invalid_exceed_max_price_limit"),
        (TrackCallback::Fixed, "0.1", "invalid_exceed_min_price_limit"),
    ] {
        assert_eq!(refused(client.send(track(callback, value)).await).0, code);
    }
    let mark = stage.mark().await;
    let off = "1000.01".parse::<Price>().unwrap();
    let bad = track(TrackCallback::Proportion, "0.01").activation_price(off);
    assert_eq!(refused(client.send(bad).await).0, "invalid_activation_price");
    let now = stage.venue().clock().now_ms();
    let expiring = track(TrackCallback::Proportion, "0.1").expire_time(Millis::new(now + 5_000));
    client.send(expiring.activation_price(price(mark, 15))).await.unwrap();
    client.send(track(TrackCallback::Fixed, "100")).await.unwrap();
    client.send(track(TrackCallback::Proportion, "0.1").activation_price(price(mark, 15))).await.unwrap();
    let rows = client.send(ListTracks::new().symbol(BTC)).await.unwrap().items;
    assert_eq!(
        (rows.len(), rows[0].config_activation, rows[1].config_activation),
        (3, Some(true), Some(false))
    );
    let waiting = rows[0].track_id.clone();
    assert_eq!(
        client.send(GetTrackDetail::new(waiting.clone())).await.unwrap().unwrap().state,
        Some(EntrustState::NotTriggered)
    );
    // Over an hour the price turns by 100 more than once.
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_secs(60)).await;
        client.send(GetTicker::new(BTC)).await.unwrap();
    }
    client.send(CancelTrack::new(waiting)).await.unwrap();
    client.send(CancelAllTracks::new()).await.unwrap();
    client.send(CancelAllTracksOfSymbol::new(BTC)).await.unwrap();
    let past = client.send(ListTrackHistory::new()).items().try_collect::<Vec<_>>().await.unwrap();
    let states: Vec<_> = past.iter().map(|row| row.state.clone().unwrap()).collect();
    assert_eq!(states, [EntrustState::UserRevocation, EntrustState::Triggered, EntrustState::Expired]);
    assert_eq!(past[1].executed_qty, Some(Contracts::new(4)));
    assert_eq!(
        client.send(ListPositions::new().symbol(BTC)).await.unwrap()[0].position_size,
        Some(Contracts::new(6))
    );
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn leverage_and_margin_are_chosen_for_each_side() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let side = || PositionSide::Long;
    client.send(AdjustLeverage::new(BTC, side(), 10u32)).await.unwrap();
    client.send(ChangePositionType::new(BTC, side(), PositionType::Isolated)).await.unwrap();
    let chosen = client.send(ListLeverages::new(BTC)).await.unwrap().items;
    let texts: Vec<_> = chosen
        .iter()
        .map(|row| (row.leverage.as_ref().unwrap().to_string(), row.position_type.clone()))
        .collect();
    assert_eq!(
        texts,
        [("10".into(), Some(PositionType::Isolated)), ("20".into(), Some(PositionType::Crossed))]
    );
    let amount = |text: &str| text.parse::<wex_futures::Amount>().unwrap();
    let add = |text: &str| AdjustMargin::new(BTC, side(), MarginAdjustType::Add, amount(text));
    let take = |text: &str| AdjustMargin::new(BTC, side(), MarginAdjustType::Sub, amount(text));
    assert_eq!(refused(client.send(add("1")).await).0, "invalid_params");
    stage.open(PositionSide::Long, 1_000).await;
    let isolated = async || {
        let held = client.send(ListUserActivePositions::new()).await.unwrap();
        (
            dec(held[0].isolated_margin.as_ref().unwrap()),
            held[0].break_price.unwrap().decimal(),
            held[0].entry_price.unwrap().decimal(),
        )
    };
    let (before, breaks, entry) = isolated().await;
    assert!(
        breaks < entry * Decimal::new(91, 2) && breaks > entry * Decimal::new(89, 2),
        "a tenth, at 10x: {breaks}"
    );
    client.send(add("50")).await.unwrap();
    let (after, safer, _) = isolated().await;
    assert!(after - before == Decimal::from(50) && safer < breaks);
    assert_eq!(refused(client.send(take("51")).await).0, "insufficient_balance");
    client.send(take("50")).await.unwrap();
    assert_eq!(isolated().await.0, before);
    client.send(SetAutoMargin::new(BTC, side(), true)).await.unwrap();
    let active = client.send(ListActivePositions::new()).await.unwrap();
    assert_eq!((active.len(), active[0].auto_margin), (1, Some(true)));
    assert_eq!(client.send(ListBreakPositions::new()).await.unwrap().len(), 1);
    assert_eq!(client.send(GetCrossMargin::new(BTC)).await.unwrap().as_str(), r#""0.00000000""#);
    let ranks = client.send(ListAdl::new().symbol(BTC)).await.unwrap();
    assert_eq!((ranks[0].long_quantile, ranks[0].short_quantile), (Some(1), Some(0)));

    client.send(CreateOrder::market(BTC, OrderSide::Sell, PositionSide::Long, n(400))).await.unwrap();
    let past = client.send(ListPositionHistory::new()).await.unwrap().items;
    assert_eq!((past[0].working, past[0].close_position_size), (Some(true), Some(Contracts::new(400))));
    client.send(CloseAllPositions::new()).await.unwrap();
    let past = client.send(ListPositionHistory::new()).await.unwrap().items;
    assert_eq!(
        (past.len(), past[0].working, past[0].max_position_size),
        (1, Some(false), Some(Contracts::new(1_000)))
    );
    let profit = dec(past[0].close_profit.as_ref().unwrap()) - dec(past[0].total_fee.as_ref().unwrap());
    let balance = client.send(GetBalanceDetail::new("usdt")).await.unwrap();
    assert_eq!(dec(balance.wallet_balance.unwrap()) - Decimal::from(1_000_000), profit);
    assert!(client.send(ListActivePositions::new()).await.unwrap().is_empty());
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn coin_m_is_settled_in_the_coin_by_the_inverse_of_the_price() {
    let stage = Stage::set().await;
    let (coin, symbol) = (&stage.coin, "btc_usd");
    assert_eq!(refused(coin.send(GetTicker::new(BTC)).await).0, "invalid_symbol");
    let contracts = coin.send(GetSymbolList::new()).await.unwrap();
    assert!(contracts.symbols.iter().all(|row| row.symbol.as_str().ends_with("_usd")));
    let balance = async || coin.send(GetBalanceDetail::new("btc")).await.unwrap();
    let before = dec(balance().await.wallet_balance.unwrap());
    let buy = CreateOrder::market(symbol, OrderSide::Buy, PositionSide::Long, n(500));
    coin.send(buy).await.unwrap();
    let held = coin.send(ListUserActivePositions::new()).await.unwrap();
    let entry = held[0].entry_price.unwrap().decimal();
    assert!(
        stage.client.send(ListUserActivePositions::new()).await.unwrap().is_empty(),
        "on its own host alone"
    );
    // 500 contracts of 100 dollars, at 20x.
    let size = Decimal::from(50_000);
    let near = |a: Decimal, b: Decimal| (a - b).abs() < Decimal::new(1, 8);
    let margin = dec(balance().await.crossed_margin.unwrap());
    assert!(near(margin, size / entry / Decimal::from(20)), "{margin}");
    tokio::time::sleep(Duration::from_secs(60)).await;
    coin.send(CloseAllPositions::new()).await.unwrap();
    let past = coin.send(ListPositionHistory::new()).await.unwrap().items;
    let exit = past[0].close_price.unwrap().decimal();
    assert_ne!(exit, entry);
    let profit = dec(past[0].close_profit.as_ref().unwrap());
    assert!(near(profit, size / entry - size / exit), "{profit}: from {entry} to {exit}");
    assert_eq!(profit.is_sign_positive(), exit > entry, "a long wins when the price rises");
    let fees = dec(past[0].total_fee.as_ref().unwrap());
    assert_eq!(dec(balance().await.wallet_balance.unwrap()), before + profit - fees);
    let coins = coin.send(ListCompatBalances::new()).await.unwrap();
    assert_eq!(coins.iter().map(|row| row.coin.as_str()).collect::<Vec<_>>(), ["btc", "eth"]);
    assert!(stage.client.send(ListBalanceBills::new()).await.unwrap().items.is_empty());
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn the_market_is_told_of_without_a_contradiction() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let detail = client.send(GetSymbolDetail::new(BTC)).await.unwrap();
    assert_eq!(detail.contract_size.unwrap().to_string(), "0.0001");
    assert_eq!(client.send(GetSymbolCoins::new()).await.unwrap().len(), 3);
    assert_eq!(client.send(GetLeverageBracketDetail::new(BTC)).await.unwrap().leverage_brackets.len(), 1);
    let (book, best) = (
        client.send(GetDepth::new(BTC, 50u32)).await.unwrap(),
        client.send(GetBookTicker::new(BTC)).await.unwrap(),
    );
    assert_eq!((best.ask_price, best.bid_price), (Some(book.asks[0].price), Some(book.bids[0].price)));
    assert_eq!(best.ask_qty, Some(book.asks[0].qty));
    let ticker = client.send(GetTicker::new(BTC)).await.unwrap();
    let whole = client.send(GetAggTicker::new(BTC)).await.unwrap();
    assert_eq!((ticker.close, whole.ask_price), (whole.close, best.ask_price));
    assert_eq!(whole.mark_price.unwrap(), client.send(GetSymbolMarkPrice::new(BTC)).await.unwrap().price);
    assert_eq!(whole.index_price.unwrap(), client.send(GetSymbolIndexPrice::new(BTC)).await.unwrap().price);
    for (name, rows) in [
        ("tickers", client.send(GetTickers::new()).await.unwrap().len()),
        ("agg tickers", client.send(GetAggTickers::new()).await.unwrap().len()),
        ("book tickers", client.send(GetBookTickers::new()).await.unwrap().len()),
        ("mark prices", client.send(GetMarkPrices::new()).await.unwrap().len()),
        ("index prices", client.send(GetIndexPrices::new()).await.unwrap().len()),
    ] {
        assert_eq!(rows, 2, "{name}");
    }
    tokio::time::sleep(Duration::from_secs(30)).await;
    let deals = client.send(GetDeals::new(BTC)).await.unwrap();
    assert_eq!(Some(deals[0].price), client.send(GetTicker::new(BTC)).await.unwrap().close);
    assert!(client.send(GetDepth::new(BTC, 1u32)).await.unwrap().update_id > book.update_id);
    let candles = client.send(GetKlines::new(BTC, KlineInterval::H1).limit(3u32)).await.unwrap();
    assert!(candles.len() == 3 && candles[0].time < candles[1].time);
    assert!(candles.iter().all(|candle| candle.low <= candle.open && candle.open <= candle.high));
    let now = client.send(GetFundingRate::new(BTC)).await.unwrap();
    let past =
        client.send(GetFundingRateRecords::new().symbol(BTC)).items().try_collect::<Vec<_>>().await.unwrap();
    assert_eq!((past.len(), &past[0].funding_rate), (90, &now.current().unwrap().funding_rate));
    assert!(
        dec(client.send(GetOpenInterest::new(BTC)).await.unwrap().open_interest.unwrap()) > Decimal::ZERO
    );
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn the_account_keeps_its_keys_and_favourites() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let (one, two) =
        (client.send(GetListenKey::new()).await.unwrap(), client.send(GetListenKey::new()).await.unwrap());
    assert!(one != two && one.expose().len() == 32);
    client.send(AddCollection::new(BTC)).await.unwrap();
    client.send(AddCollection::new("eth_usdt")).await.unwrap();
    client.send(CancelCollection::new(BTC)).await.unwrap();
    let marked = client.send(ListCollections::new()).await.unwrap();
    assert_eq!(marked.iter().map(wex_futures::Symbol::as_str).collect::<Vec<_>>(), ["eth_usdt"]);
    assert_eq!(client.send(ListBalances::new()).await.unwrap().len(), 1);
    let compat = client.send(GetCompatBalance::new("usdt")).await.unwrap();
    assert_eq!(compat.wallet_balance.unwrap().to_string(), "1000000");
    assert!(client.send(ListFundingFees::new()).await.unwrap().items.is_empty());
    assert!(client.send(ListAutoDeleverageHistory::new()).await.unwrap().items.is_empty());
    assert!(client.send(ListTakerOver::new()).await.unwrap().items.is_empty());
    stage.is_understood();
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
