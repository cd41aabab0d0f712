//! Pumpkin's client against a venue that remembers: what it says happened is what the venue has.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::time::Duration;

use futures::TryStreamExt as _;
use pumpkin_futures::rest::*;
use pumpkin_futures::{
    BillType, Client, ClientOrderId, Contracts, EntrustState, Kind, KlineInterval, Level, MarginAdjustType,
    Millis, OrderId, OrderSide, OrderState, OrderType, Outcome, PositionModel, PositionSide, PositionType,
    Price, Pumpkin, TimeInForce, TimeRangeType,
};
use venue_core::{Decimal, Resolution};
use venue_sim::{Fault, Running, Sim, Which};
use venue_tests::builder;

const BTC: &str = "btc_usdt";
const CREATE: (&str, &str) = ("POST", "/v2/order/create");

/// A venue under virtual time, where the market stands still between two waits, and a client of it.
struct Desk {
    sim: Sim,
    client: Client,
}

impl Desk {
    async fn open() -> Self {
        let sim = Sim::builder().venue(Which::Pumpkin).seed(1).starts_at_ms(1_700_000_000_000);
        let sim = sim.start().await.unwrap();
        let client = builder(&sim, Which::Pumpkin, Pumpkin::new()).dialer(sim.dialer()).build().unwrap();
        Self { sim, client }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::Pumpkin)
    }

    /// The best price to buy at.
    async fn ask(&self) -> Level {
        self.client.send(GetDepth::new(BTC, 1u32)).await.unwrap().asks.remove(0)
    }

    async fn order(&self, id: &OrderId) -> Order {
        self.client.send(GetOrder::new(id.clone())).await.unwrap()
    }

    async fn balance(&self) -> Balance {
        self.client.send(GetBalance::new("USDT")).await.unwrap()
    }

    async fn positions(&self) -> Vec<Position> {
        self.client.send(ListPositions::new().symbol(BTC)).await.unwrap().to_vec()
    }

    /// Opens a long position of so many contracts.
    async fn buy(&self, qty: u64) -> Position {
        let order = CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(qty), 25);
        self.client.send(order).await.unwrap();
        self.positions().await.remove(0)
    }
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

/// A buy that rests far below the market.
fn resting() -> CreateOrder {
    CreateOrder::limit(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(2), price("50000.0"), 25)
}

fn decimal(amount: Option<&pumpkin_futures::Amount>) -> Decimal {
    amount.unwrap().decimal().unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_order_is_filled_in_part_and_cancelled_and_everything_agrees() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let best = desk.ask().await;
    let wanted = best.qty.decimal() + Decimal::from(7);
    let order = CreateOrder::limit(
        BTC,
        OrderSide::Buy,
        PositionSide::Long,
        Contracts::from_decimal(wanted),
        best.price,
        25,
    );
    let id = client.send(order.client_order_id(ClientOrderId::new("part1"))).await.unwrap();
    let row = desk.order(&id).await;
    assert_eq!(row.state, Some(OrderState::PartiallyFilled));
    assert_eq!(row.executed_qty.map(Contracts::decimal), Some(best.qty.decimal()));
    assert_eq!((row.avg_price, row.client_order_id), (Some(best.price), Some(ClientOrderId::new("part1"))));
    let live = client.send(ListUnfinishedOrders::new(BTC, OrderSide::Buy)).await.unwrap();
    assert_eq!(live.iter().map(|order| &order.order_id).collect::<Vec<_>>(), [&id]);
    let frozen = decimal(desk.balance().await.open_order_margin_frozen.as_ref());
    assert_eq!(frozen, decimal(live[0].margin_frozen.as_ref()), "what the order holds is what is held");
    assert!(!frozen.is_zero());

    client.send(CancelOrder::new(id.clone()).symbol(BTC)).await.unwrap();
    let past = client.send(ListOrderHistory::new().symbol(BTC)).await.unwrap();
    assert_eq!(past.items[0].order_id, id);
    assert_eq!(past.items[0].state, Some(OrderState::PartiallyCanceled));
    assert!(client.send(ListUnfinishedOrders::new(BTC, OrderSide::Buy)).await.unwrap().is_empty());

    let trades: Vec<Trade> =
        client.send(ListTrades::new().order_id(id.clone())).items().try_collect().await.unwrap();
    let traded: Decimal = trades.iter().map(|trade| trade.quantity.unwrap().decimal()).sum();
    let paid: Decimal = trades.iter().map(|trade| decimal(trade.fee.as_ref())).sum();
    assert_eq!(traded, best.qty.decimal());
    let position = desk.positions().await.remove(0);
    assert_eq!(position.position_size.unwrap().decimal(), traded);
    assert_eq!(position.entry_price, Some(best.price));
    let balance = desk.balance().await;
    assert_eq!(decimal(balance.wallet_balance.as_ref()), Decimal::from(1_000_000) - paid);
    assert!(decimal(balance.open_order_margin_frozen.as_ref()).is_zero());
    assert_eq!(decimal(balance.crossed_margin.as_ref()), decimal(position.isolated_margin.as_ref()));

    // The bills say how it came to that, from the first transfer on.
    let bills: Vec<Bill> = client.send(ListBills::new().limit(1u32)).items().try_collect().await.unwrap();
    let sum: Decimal = bills.iter().map(|bill| decimal(bill.amount.as_ref())).sum();
    assert_eq!(sum.round_dp(6), decimal(balance.wallet_balance.as_ref()).round_dp(6));
    let kinds: Vec<_> = bills.iter().map(|bill| bill.bill_type.clone().unwrap()).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&BillType::Fee), Some(&BillType::Exchange)));
    assert_eq!(client.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn of_a_batch_the_rows_that_are_refused_are_seen_by_their_ids_alone() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let first = client.send(resting().client_order_id(ClientOrderId::new("taken"))).await.unwrap();
    let row = |id: &str, at: &str| {
        BatchOrder::limit(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(1), price(at))
            .client_order_id(ClientOrderId::new(id))
    };
    let batch = vec![
        row("good1", "50001.0").into(),
        row("taken", "50002.0").into(),
        row("wrong", "50003.05").into(),
        BatchCancel::new(first.clone(), BTC).into(),
        row("good2", "50004.0").into(),
    ];
    client.send(CreateOrderBatch::new(batch)).await.unwrap();
    let live = client.send(ListAllUnfinishedOrders::new(vec![BTC.into()])).await.unwrap();
    let mut ids: Vec<_> = live.iter().map(|order| order.client_order_id.clone().unwrap()).collect();
    ids.sort();
    assert_eq!(ids, [ClientOrderId::new("good1"), ClientOrderId::new("good2")]);
    assert_eq!(desk.order(&first).await.state, Some(OrderState::Canceled));
    let venue = desk.venue();
    let executions = ["good1", "taken", "wrong", "good2"].map(|id| venue.executions(id));
    assert_eq!(executions, [1, 1, 0, 1]);
    assert!(venue.repeated_client_ids().is_empty());

    let both: Vec<OrderId> = live.iter().map(|order| order.order_id.clone()).collect();
    client.send(CancelOrderBatch::new(both.clone())).await.unwrap();
    let rows = client.send(ListOrdersByIds::new(both)).await.unwrap();
    assert!(rows.len() == 2 && rows.iter().all(|order| order.state == Some(OrderState::Canceled)));
}

/// The documentation knows one refusal of an order by name. The words of all others are unknown to the client,
/// which doesn't take them for a proof that nothing happened.
#[tokio::test(start_paused = true)]
async fn refusals_are_what_the_documentation_makes_of_them() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let taken = || resting().client_order_id(ClientOrderId::new("taken"));
    client.send(taken()).await.unwrap();
    let long =
        |qty: u64| CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(qty), 25);
    let undocumented = [
        (long(40_000_000), "insufficient_balance"),
        (taken(), "duplicate_client_order_id"),
        (
            CreateOrder::market("none_usdt", OrderSide::Buy, PositionSide::Long, Contracts::new(1), 25),
            "invalid_symbol",
        ),
    ];
    for (order, words) in undocumented {
        let error = client.send(order).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Unrecognized, Outcome::Unknown), "{error}");
        assert!(error.message().contains(words), "{error}");
    }
    let unknown = client.send(CancelOrder::new("1")).await.unwrap_err();
    assert!(unknown.message().contains("invalid_order"), "{unknown}");

    desk.buy(1).await;
    let other = CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(1), 20);
    let cases: Vec<(CreateOrder, Kind)> = vec![
        (other, Kind::InvalidRequest),
        (
            CreateOrder::market("sol_usdt", OrderSide::Buy, PositionSide::Long, Contracts::new(1), 10),
            Kind::SymbolNotAllowed,
        ),
    ];
    for (order, kind) in cases {
        let error = client.send(order).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Rejected), "{error}");
    }
    assert_eq!(desk.venue().executions("taken"), 1);
    assert_eq!(client.send(ListOrders::new()).await.unwrap().total, Some(2), "the resting one and the fill");
}

#[tokio::test(start_paused = true)]
async fn what_shuts_a_client_out_is_told_apart() {
    let firewall = "<html><body>blocked</body></html>";
    let unknown_state = r#"{"code":503,"msg":"unknown state"}"#;
    let hour = Some(Duration::from_secs(3_600));
    for (fault, kind, outcome, wait) in [
        (Fault::status(403, firewall), Kind::Banned, Outcome::Rejected, hour),
        (Fault::status(418, ""), Kind::Permission, Outcome::Rejected, None),
        (Fault::Banned, Kind::Banned, Outcome::Rejected, hour),
        (Fault::RateLimited, Kind::RateLimited, Outcome::Rejected, Some(Duration::from_secs(60))),
        (Fault::status(503, unknown_state), Kind::Unavailable, Outcome::Unknown, None),
        (Fault::status(500, ""), Kind::Unavailable, Outcome::Unknown, None),
    ] {
        // Of its own, since a ban stops all that its client sends.
        let desk = Desk::open().await;
        desk.venue().fault(fault.clone());
        let error = desk.client.send(resting()).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{fault:?}: {error}");
        assert_eq!(error.retry_after(), wait, "{fault:?}: {error}");
        assert_eq!(desk.venue().executed(CREATE.0, CREATE.1), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn an_order_of_unknown_fate_is_found_wherever_it_is() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let orders = [
        resting(),
        CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(3), 25),
        resting().time_in_force(TimeInForce::Ioc),
    ];
    for (at, order) in orders.into_iter().enumerate() {
        let own = ClientOrderId::new(format!("lost{at}"));
        desk.venue().fault(Fault::ExecuteThenDrop.on(CREATE.0, CREATE.1));
        let error = client.send(order.client_order_id(own.clone())).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
        let Resolution::Executed(found) = client.resolve(&error).await.unwrap() else { panic!("{own}") };
        let found: Order = found.decode().unwrap();
        assert_eq!(found.client_order_id.as_ref(), Some(&own));
        assert_eq!(desk.order(&found.order_id).await.state, found.state);
        assert_eq!(desk.venue().executions(own.as_str()), 1);
    }
}

/// No time is signed: a request that was lost on its way could arrive any time, and nothing disproves it.
#[tokio::test(start_paused = true)]
async fn an_order_that_was_never_executed_stays_unknown() {
    let desk = Desk::open().await;
    desk.venue().fault(Fault::CloseBeforeAnswer.on(CREATE.0, CREATE.1));
    let own = ClientOrderId::new("never");
    let error = desk.client.send(resting().client_order_id(own.clone())).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    for _ in 0..2 {
        let resolution = desk.client.resolve(&error).await.unwrap();
        assert_eq!(resolution, Resolution::StillUnknown { conclusive_in: None });
        tokio::time::advance(Duration::from_secs(86_400)).await;
    }
    assert_eq!(desk.venue().executions(own.as_str()), 0);
}

#[tokio::test(start_paused = true)]
async fn a_position_is_opened_protected_and_closed() {
    let desk = Desk::open().await;
    let client = &desk.client;
    client.send(AdjustLeverage::new(BTC, 20u32)).await.unwrap();
    client
        .send(ChangePositionType::new(BTC, PositionType::Isolated, PositionModel::Disaggregation))
        .await
        .unwrap();
    let order = CreateOrder::market(BTC, OrderSide::Buy, PositionSide::Long, Contracts::new(100), 20)
        .trigger_stop_price(price("50000.0"))
        .stop_order_type(OrderType::Market);
    client.send(order).await.unwrap();
    let position = desk.positions().await.remove(0);
    let before = decimal(position.isolated_margin.as_ref());
    let id = position.position_id.clone();
    client
        .send(AdjustMargin::new(
            BTC,
            PositionSide::Long,
            id.clone(),
            "25.5".parse::<pumpkin_futures::Amount>().unwrap(),
            MarginAdjustType::Add,
        ))
        .await
        .unwrap();
    let added = desk.positions().await.remove(0);
    assert_eq!(decimal(added.isolated_margin.as_ref()) - before, "25.5".parse().unwrap());

    let profit = CreateProfitEntrust::closing(BTC, Contracts::new(40), id.clone())
        .trigger_profit_price(price("120000.0"));
    let profit = client.send(profit).await.unwrap().profit_id;
    let update = UpdateProfitEntrust::new(profit.clone()).trigger_stop_price(price("60000.0"));
    client.send(update).await.unwrap();
    let row = client.send(GetProfitEntrust::new(profit.clone())).await.unwrap();
    assert_eq!(
        (row.trigger_profit_price, row.trigger_stop_price),
        (Some(price("120000")), Some(price("60000")))
    );
    let waiting: Vec<_> =
        client.send(ListProfitEntrusts::new().limit(1u32)).items().try_collect().await.unwrap();
    assert_eq!(waiting.len(), 2, "this one, and what came with the order");

    let plan = CreatePlanEntrust::market(
        BTC,
        OrderSide::Sell,
        PositionSide::Long,
        Contracts::new(10),
        price("40000.0"),
    );
    let plan = client.send(plan.position_id(id.clone())).await.unwrap().entrust_id;
    assert_eq!(client.send(ListPlanEntrusts::new()).await.unwrap().items.len(), 1);
    client.send(CancelPlanEntrust::new(plan.clone())).await.unwrap();
    let plan = client.send(GetPlanEntrust::new(plan)).await.unwrap();
    assert_eq!(plan.state, Some(EntrustState::UserRevocation));
    let past = client.send(ListPlanEntrustHistory::new().symbol(BTC)).await.unwrap();
    assert_eq!(past.items[0].entrust_id, plan.entrust_id);

    let whole = CreatePositionProfitEntrust::closing(BTC, id.clone()).trigger_stop_price(price("45000.0"));
    let whole = client.send(whole).await.unwrap().profit_id;
    let update = UpdatePositionProfitEntrust::of(whole.clone()).trigger_stop_price(price("44000.0"));
    client.send(update).await.unwrap();
    let row = client.send(GetProfitEntrust::new(whole.clone())).await.unwrap();
    assert_eq!((row.orig_qty, row.trigger_stop_price), (Some(Contracts::new(100)), Some(price("44000"))));
    client.send(CancelProfitEntrust::new(whole.clone())).await.unwrap();
    let row = client.send(GetProfitEntrust::new(whole)).await.unwrap();
    assert_eq!(row.state, Some(EntrustState::UserRevocation));

    let part =
        CreateOrder::market(BTC, OrderSide::Sell, PositionSide::Long, Contracts::new(30), 20).closing(id);
    let closing = client.send(part).await.unwrap();
    let realised = decimal(desk.order(&closing).await.close_profit.as_ref());
    let left = desk.positions().await.remove(0);
    assert_eq!(left.position_size, Some(Contracts::new(70)));
    assert_eq!(decimal(left.realized_profit.as_ref()), realised);
    client.send(CloseSymbolPositions::new(BTC)).await.unwrap();
    assert!(desk.positions().await.is_empty());
    assert!(client.send(ListProfitEntrusts::new()).await.unwrap().items.is_empty(), "they go with it");
    let gone = client.send(GetProfitEntrust::new(profit)).await.unwrap();
    assert_eq!(gone.state, Some(EntrustState::PlatformRevocation));
    let balance = desk.balance().await;
    assert_eq!(client.send(ListBalances::new()).await.unwrap().to_vec(), std::slice::from_ref(&balance));
    assert_eq!(decimal(balance.wallet_balance.as_ref()), decimal(balance.available_balance.as_ref()));
    assert_eq!(client.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn each_way_of_cancelling_all_takes_what_it_says() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let eth = || {
        CreateOrder::limit(
            "eth_usdt",
            OrderSide::Buy,
            PositionSide::Long,
            Contracts::new(1),
            price("1000.0"),
            10,
        )
    };
    let plan = || {
        CreatePlanEntrust::market(
            BTC,
            OrderSide::Buy,
            PositionSide::Long,
            Contracts::new(1),
            price("50000.0"),
        )
    };
    let early = || {
        CreateProfitEntrust::opening(BTC, Contracts::new(1), OrderSide::Buy, PositionSide::Long)
            .trigger_profit_price(price("120000.0"))
    };
    let left = async || {
        let orders = client.send(ListOrders::new().state(OrderState::Unfinished)).await.unwrap();
        let plans = client.send(ListPlanEntrusts::new()).await.unwrap();
        let profits = client.send(ListProfitEntrusts::new()).await.unwrap();
        (orders.total.unwrap(), plans.total.unwrap(), profits.total.unwrap())
    };
    let fill = async || {
        client.send(resting()).await.unwrap();
        client.send(eth()).await.unwrap();
        client.send(plan()).await.unwrap();
        client.send(early()).await.unwrap();
    };
    fill().await;
    assert_eq!(left().await, (2, 1, 1));
    client.send(CancelSymbolOrders::new(BTC)).await.unwrap();
    assert_eq!(left().await, (1, 1, 1));
    client.send(CancelAllOrders::new()).await.unwrap();
    client.send(CancelSymbolPlanEntrusts::new("eth_usdt")).await.unwrap();
    assert_eq!(left().await, (0, 1, 1));
    client.send(CancelAllPlanEntrusts::new()).await.unwrap();
    assert_eq!(left().await, (0, 0, 1));
    client.send(CancelSymbolProfitEntrusts::new("eth_usdt")).await.unwrap();
    assert_eq!(left().await, (0, 0, 1));
    client.send(CancelAllProfitEntrusts::new()).await.unwrap();
    assert_eq!(left().await, (0, 0, 0));

    fill().await;
    client.send(CancelSymbolOrderEntrusts::new(BTC)).await.unwrap();
    assert_eq!(left().await, (1, 0, 1));
    client.send(CancelAllOrderEntrusts::new()).await.unwrap();
    assert_eq!(left().await, (0, 0, 1));
    let id = client.send(resting()).await.unwrap();
    client.send(CancelOrderEntrust::order(&id)).await.unwrap();
    let rows: Vec<_> = client.send(ListOrderEntrusts::new().size(4u32)).items().try_collect().await.unwrap();
    assert_eq!(rows.len(), 7, "five orders and two plans");
    client.send(CloseAllPositions::new()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn market_data_in_all_its_forms_is_one_market() {
    let desk = Desk::open().await;
    let client = &desk.client;
    desk.buy(1).await;
    let best = desk.ask().await;
    let agg = client.send(GetAggTicker::new(BTC, TimeRangeType::H24)).await.unwrap();
    assert_eq!(agg.ask, Some(best.price));
    let ticker = client.send(GetTicker::new(BTC, TimeRangeType::UtcN5)).await.unwrap();
    assert_eq!(ticker.last, agg.last);
    let deals = client.send(GetDeals::new(BTC).num(1u32)).await.unwrap();
    assert_eq!(Some(deals[0].price), agg.last);
    let klines = client.send(GetKlines::new(BTC, KlineInterval::M5).limit(3u32)).await.unwrap();
    assert_eq!((klines.len(), Some(klines[0].close)), (3, agg.last));
    let mark = client.send(GetMarkPrice::new(BTC)).await.unwrap();
    let index = client.send(GetIndexPrice::new(BTC)).await.unwrap();
    assert_eq!((Some(mark.price), Some(index.price)), (agg.mark_price, agg.index_price));
    let names = client.send(GetSymbolNames::new()).await.unwrap();
    for count in [
        client.send(GetTickers::new(TimeRangeType::H24)).await.unwrap().len(),
        client.send(GetAggTickers::new(TimeRangeType::H24)).await.unwrap().len(),
        client.send(GetMarkPrices::new()).await.unwrap().len(),
        client.send(GetIndexPrices::new()).await.unwrap().len(),
        client.send(GetSymbols::new()).await.unwrap().len(),
        client.send(GetLeverageBrackets::new()).await.unwrap().len(),
        client.send(GetDefiContracts::new(Millis::new(desk.venue().clock().now_ms()))).await.unwrap().len(),
    ] {
        assert_eq!(count, names.len());
    }
    let contract = client.send(GetSymbol::new(BTC)).await.unwrap();
    assert_eq!(contract.init_leverage, Some(25));
    client.send(GetSymbolLeverageBrackets::new(BTC)).await.unwrap();
    client.send(GetDefiFees::new(Millis::new(desk.venue().clock().now_ms()))).await.unwrap();
    client.send(GetOpenInterest::new(BTC)).await.unwrap();
    client.send(GetFundingRate::new(BTC)).await.unwrap();
    let records: Vec<_> =
        client.send(GetFundingRateRecords::new(BTC).limit(7u32)).items().try_collect().await.unwrap();
    assert_eq!(records.len(), 90);

    let cmc = client.send(GetCmcContracts::new()).await.unwrap();
    let cg = client.send(GetCgContracts::new()).await.unwrap();
    assert_eq!((cmc[0].ask, cg[0].ask), (Some(best.price), Some(best.price)));
    assert_eq!((cmc[0].last_price, cg[0].last_price), (agg.last, agg.last));
    let specs = [
        client.send(GetCmcContractSpecs::new("BTC_USDT")).await.unwrap(),
        client.send(GetCgContractSpecs::new("BTC_USDT")).await.unwrap(),
    ];
    assert!(specs.iter().all(|specs| Some(specs.contract_price) == agg.last));
    for depth in [
        client.send(GetCmcDepth::new("BTC_USDT")).await.unwrap(),
        client.send(GetCgDepth::new(BTC).depth(1u32)).await.unwrap(),
    ] {
        assert_eq!(depth.asks[0].price, best.price);
        // In coins here, in contracts there.
        let coins = best.qty.decimal() * Decimal::new(1, 4);
        assert_eq!(depth.asks[0].qty.decimal(), Some(coins));
    }
    assert_eq!(client.unmapped_keys(), 0);
}
