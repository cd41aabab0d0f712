//! HashKey's client against a simulated venue that remembers: orders, money, keys and data hang together.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::time::Duration;

use futures::TryStreamExt as _;
use hashkey_api::rest::*;
use hashkey_api::{
    AccountId, AccountLabel, Amount, CancelReason, ChainType, Client, ClientOrderId, DepositExchange,
    DepositStatus, Error, FiatOrderType, Filter, FlowType, HashKey, KeyType, Kind, KlineInterval, ListenKey,
    Millis, OrderId, OrderStatus, Outcome, Price, Qty, Side, StpMode, TimeInForce, WithdrawStatus,
};
use venue_core::{Decimal, Resolution};
use venue_sim::{Fault, Running, Sim, Which};
use venue_tests::builder_in_memory;

const CREATE: (&str, &str) = ("POST", "/api/v1.1/spot/order");
const BTC: &str = "BTCUSDT";

struct Desk {
    sim: Sim,
    client: Client,
}

impl Desk {
    async fn open() -> Self {
        let sim = Sim::builder().venue(Which::HashKey).seed(1).starts_at_ms(1_766_718_404_772);
        let sim = sim.start().await.unwrap();
        let client = builder_in_memory(&sim, Which::HashKey, HashKey::new()).build().unwrap();
        Self { sim, client }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::HashKey)
    }

    /// The time, so far ahead.
    fn at(&self, ahead_ms: i64) -> Millis {
        Millis::new(self.venue().clock().now_ms() + ahead_ms)
    }

    /// An order far below the market.
    async fn rest(&self, price: u32) -> OrderId {
        self.client
            .send(CreateOrder::limit(BTC, Side::Buy, qty("0.01"), price_of(price)))
            .await
            .unwrap()
            .order_id
    }

    async fn order(&self, id: &OrderId) -> Order {
        self.client.send(GetOrder::new(OrderQuery::Id(id.clone()))).await.unwrap()
    }

    async fn balances(&self, account: Option<&AccountId>) -> AccountInfo {
        let request = GetAccount::new();
        let request = match account {
            Some(account) => request.account_id(account.clone()),
            None => request,
        };
        self.client.send(request).await.unwrap()
    }

    async fn flows(&self, kind: FlowType) -> Vec<BalanceFlow> {
        let request = GetBalanceFlow::new(self.at(-3_600_000), self.at(1_000)).flow_type(kind);
        self.client.send(request).await.unwrap().into_iter().collect()
    }

    /// The account of this kind.
    async fn account(&self, label: AccountLabel) -> AccountId {
        let accounts = self.client.send(GetAccountType::new()).await.unwrap();
        let found = accounts.iter().find(|account| account.account_label.as_ref() == Some(&label));
        found.unwrap().account_id.clone()
    }
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn qty(text: &str) -> Qty {
    text.parse().unwrap()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn price_of(number: u32) -> Price {
    Price::from_decimal(number.into())
}

fn sum(amount: &Option<Amount>) -> Decimal {
    amount.as_ref().unwrap().decimal().unwrap()
}

/// Total and locked of an asset.
fn held(info: &AccountInfo, asset: &str) -> (Decimal, Decimal) {
    let balance = info.balances.iter().find(|balance| balance.asset.as_str() == asset).unwrap();
    assert_eq!(sum(&balance.free) + sum(&balance.locked), sum(&balance.total));
    (sum(&balance.total), sum(&balance.locked))
}

fn said(error: &Error) -> (Kind, Outcome, Option<&str>) {
    (error.kind(), error.outcome(), error.code())
}

#[tokio::test(start_paused = true)]
async fn an_order_that_is_partly_filled_and_cancelled_adds_up_everywhere() {
    let desk = Desk::open().await;
    let (client, before) = (&desk.client, desk.balances(None).await);
    let top = client.send(GetBookTicker::new(BTC)).await.unwrap()[0].clone();
    let (ask, there) = (top.ask.unwrap(), top.ask_qty.unwrap());
    let wanted = Qty::from_decimal(there.decimal() + dec("0.5"));
    let order = CreateOrder::limit(BTC, Side::Buy, wanted, ask)
        .new_client_order_id("half")
        .stp_mode(StpMode::ExpireMaker);
    let ack = client.send(order).await.unwrap();
    assert_eq!(ack.order_id.as_str(), "1563277167764290304", "the documented example's");
    assert_eq!((ack.status, ack.executed_qty), (Some(OrderStatus::PartiallyFilled), Some(there)));

    let open = client.send(GetOpenOrders::new().symbol(BTC)).await.unwrap();
    assert_eq!((open.len(), &open[0].order_id), (1, &ack.order_id));
    let (_, locked) = held(&desk.balances(None).await, "USDT");
    let resting = desk.order(&ack.order_id).await;
    let left = resting.orig_qty.unwrap().decimal() - resting.executed_qty.unwrap().decimal();
    assert_eq!(locked, left * ask.decimal(), "what is left is paid for");

    let cancel = client.send(CancelOrder::new(OrderRef::ClientId("half".into()))).await.unwrap();
    assert_eq!(cancel.status, Some(OrderStatus::PartiallyFilled), "shown as it was");
    let order = client.send(GetOrder::new(OrderQuery::ClientId("half".into()))).await.unwrap();
    assert_eq!(order.status, Some(OrderStatus::PartiallyCanceled));
    assert_eq!(
        (order.ord_cxl_reason.clone(), order.stp_mode.clone()),
        (Some(CancelReason::User), Some(StpMode::ExpireMaker))
    );
    assert!(client.send(GetOpenOrders::new()).await.unwrap().is_empty());
    let closed = client.send(GetTradeOrders::new().symbol(BTC)).await.unwrap();
    assert_eq!((closed.len(), &closed[0].executed_qty), (1, &order.executed_qty));

    let trades = client.send(GetAccountTrades::new().client_order_id("half")).await.unwrap();
    let (executed, spent) = (order.executed_qty.unwrap().decimal(), sum(&order.cumulative_quote_qty));
    let bought: Decimal = trades.iter().map(|trade| trade.qty.unwrap().decimal()).sum();
    let paid: Decimal =
        trades.iter().map(|trade| trade.qty.unwrap().decimal() * trade.price.unwrap().decimal()).sum();
    let fees: Decimal = trades.iter().map(|trade| sum(&trade.commission)).sum();
    assert_eq!((bought, paid), (executed, spent));
    assert_eq!(fees, executed * dec("0.0015"), "in the coin that was bought");
    assert!(trades.iter().all(|trade| trade.order_id.as_ref() == Some(&ack.order_id)));

    let after = desk.balances(None).await;
    let change = |asset| held(&after, asset).0 - held(&before, asset).0;
    assert_eq!((change("BTC"), change("USDT")), (executed - fees, -spent));
    assert_eq!(held(&after, "USDT").1, Decimal::ZERO, "nothing stays locked");
    let total = |rows: &[BalanceFlow], coin: &str| -> Decimal {
        rows.iter()
            .filter(|row| row.coin.as_ref().unwrap().as_str() == coin)
            .map(|row| sum(&row.change))
            .sum()
    };
    let (traded, charged) = (desk.flows(FlowType::Trade).await, desk.flows(FlowType::Fee).await);
    assert_eq!((total(&traded, "BTC"), total(&traded, "USDT")), (executed, -spent));
    assert_eq!(total(&charged, "BTC"), -fees);
    assert_eq!(sum(&charged[0].total), held(&after, "BTC").0, "the latest row says what is there now");
}

#[tokio::test(start_paused = true)]
async fn market_orders_take_a_quantity_or_an_amount_and_times_in_force_are_kept() {
    let desk = Desk::open().await;
    let client = &desk.client;
    for (order, side) in [
        (CreateOrder::market_by_amount(BTC, Side::Buy, amount("1000")), Side::Buy),
        (CreateOrder::market_by_amount(BTC, Side::Sell, amount("1000")), Side::Sell),
    ] {
        let ack = client.send(order).await.unwrap();
        let order = desk.order(&ack.order_id).await;
        assert_eq!((order.status, order.side), (Some(OrderStatus::Filled), Some(side)));
        assert_eq!((order.req_amount.clone(), order.orig_qty), (Some(amount("1000")), Some(qty("0"))));
        let moved = sum(&order.cumulative_quote_qty);
        assert!(moved <= dec("1000") && moved > dec("998"), "{moved}: whole lots of what is asked for");
    }
    let ack = client.send(CreateOrder::market(BTC, Side::Sell, qty("0.02"))).await.unwrap();
    assert_eq!(
        (ack.executed_qty, ack.price, ack.time_in_force),
        (Some(qty("0.02")), Some(price_of(0)), Some(TimeInForce::Ioc))
    );

    let far = |force| CreateOrder::limit(BTC, Side::Buy, qty("0.01"), price_of(80_000)).time_in_force(force);
    for force in [TimeInForce::Ioc, TimeInForce::Fok] {
        let ack = client.send(far(force)).await.unwrap();
        let order = desk.order(&ack.order_id).await;
        assert_eq!(
            (order.status, order.ord_cxl_reason),
            (Some(OrderStatus::Canceled), Some(CancelReason::RiskLimit))
        );
    }
    let post_only = CreateOrder::limit_maker(BTC, Side::Buy, qty("0.01"), price_of(90_000));
    let error = client.send(post_only).await.unwrap_err();
    assert_eq!(said(&error), (Kind::WouldTake, Outcome::Rejected, Some("-2010")));
    let before = client.send(GetTradeOrders::new()).await.unwrap().len();
    client.send(TestNewOrder::limit(BTC, Side::Buy, qty("0.01"), price_of(80_000))).await.unwrap();
    let error = client.send(TestNewOrder::limit("NOPE", Side::Buy, qty("1"), price_of(1))).await.unwrap_err();
    assert_eq!(said(&error), (Kind::UnknownSymbol, Outcome::Rejected, Some("0201")));
    assert!(client.send(GetOpenOrders::new()).await.unwrap().is_empty(), "a test places nothing");
    assert_eq!(client.send(GetTradeOrders::new()).await.unwrap().len(), before);
}

#[tokio::test(start_paused = true)]
async fn a_batch_answers_row_by_row_and_only_what_was_taken_counts() {
    let desk = Desk::open().await;
    let order = |price, id: &str| {
        CreateOrder::limit(BTC, Side::Buy, qty("0.01"), price).new_client_order_id(ClientOrderId::new(id))
    };
    let too_fine: Price = "80000.001".parse().unwrap();
    let orders = vec![
        order(price_of(80_000), "b1"),
        order(too_fine, "b2"),
        order(price_of(79_000), "b1"),
        CreateOrder::limit(BTC, Side::Buy, qty("30"), price_of(60_000)).new_client_order_id("b3"),
    ];
    let answer = desk.client.send(BatchOrders::new(orders)).await.unwrap();
    let rows: Vec<_> = answer.result.iter().map(BatchResult::accepted).collect();
    assert_eq!(rows[0].as_ref().unwrap().client_order_id, Some(ClientOrderId::new("b1")));
    let refused = |at: usize| said(rows[at].as_ref().unwrap_err());
    assert_eq!(refused(1), (Kind::InvalidRequest, Outcome::Rejected, Some("0209")));
    assert_eq!(refused(2), (Kind::DuplicateClientId, Outcome::Rejected, Some("-1141")));
    assert_eq!(refused(3), (Kind::InsufficientFunds, Outcome::Rejected, Some("0401")));
    assert_eq!(desk.client.send(GetOpenOrders::new()).await.unwrap().len(), 1);
    let venue = desk.venue();
    assert_eq!(["b1", "b2", "b3"].map(|id| venue.executions(id)), [1, 0, 0]);
    assert!(venue.repeated_client_ids().is_empty());
}

#[tokio::test(start_paused = true)]
async fn refusals_say_what_is_wrong_and_leave_nothing_behind() {
    let desk = Desk::open().await;
    let limit = |size: &str, price| CreateOrder::limit(BTC, Side::Buy, qty(size), price_of(price));
    let taken = desk.client.send(limit("0.01", 80_000).new_client_order_id("mine")).await.unwrap();
    for (order, kind, code) in [
        (limit("20", 84_000), Kind::InsufficientFunds, "0401"),
        (limit("0.01", 80_000).new_client_order_id("mine"), Kind::DuplicateClientId, "-1141"),
        (limit("0.0001", 80_000), Kind::InvalidRequest, "-1200"),
        (limit("0.01", 99_000), Kind::InvalidRequest, "0210"),
        (CreateOrder::limit("NOPE", Side::Buy, qty("1"), price_of(1)), Kind::UnknownSymbol, "0201"),
    ] {
        let error = desk.client.send(order).await.unwrap_err();
        assert_eq!(said(&error), (kind, Outcome::Rejected, Some(code)), "{error}");
    }
    let unknown = CancelOrder::new(OrderRef::Id("12".into()));
    let error = desk.client.send(unknown).await.unwrap_err();
    assert_eq!(said(&error), (Kind::UnknownOrder, Outcome::Rejected, Some("0211")));
    let error = desk.client.send(GetOrder::new(OrderQuery::ClientId("none".into()))).await.unwrap_err();
    assert_eq!(said(&error), (Kind::UnknownOrder, Outcome::Rejected, Some("0211")));
    let cancel = || CancelOrder::new(OrderRef::Id(taken.order_id.clone()));
    desk.client.send(cancel()).await.unwrap();
    let error = desk.client.send(cancel()).await.unwrap_err();
    assert_eq!(said(&error), (Kind::UnknownOrder, Outcome::Rejected, Some("-1142")));
    // An id that was sent before stays taken when its order is done.
    let error = desk.client.send(limit("0.01", 80_000).new_client_order_id("mine")).await.unwrap_err();
    assert_eq!(error.kind(), Kind::DuplicateClientId);
    assert!(desk.client.send(GetOpenOrders::new()).await.unwrap().is_empty());
    assert_eq!(held(&desk.balances(None).await, "USDT"), (dec("1000000"), Decimal::ZERO));
}

#[tokio::test(start_paused = true)]
async fn orders_are_cancelled_by_ids_by_symbol_and_all() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let (first, second) = (desk.rest(80_000).await, desk.rest(79_000).await);
    let gone = desk.rest(78_000).await;
    client.send(CancelOrder::new(OrderRef::Id(gone.clone()))).await.unwrap();
    let unknown = OrderId::new("7");
    let ids = vec![first.clone(), gone.clone(), unknown.clone()];
    let answer = client.send(CancelOrdersByIds::new(ids)).await.unwrap();
    assert!(answer.refusal_of(&first).is_none());
    assert_eq!(answer.refusal_of(&gone).unwrap().code(), Some("0212"));
    assert_eq!(answer.refusal_of(&unknown).unwrap().code(), Some("0211"));
    // All fail, and the answer is still a success: the rows have to be read.
    let answer = client.send(CancelOrdersByIds::new(vec![first, gone])).await.unwrap();
    assert_eq!((answer.code.as_deref(), answer.result.len()), (Some("0000"), 2));

    let eth = CreateOrder::limit("ETHUSDT", Side::Buy, qty("1"), price_of(1_800));
    let eth = client.send(eth).await.unwrap().order_id;
    let sell = CreateOrder::limit(BTC, Side::Sell, qty("0.01"), price_of(90_000));
    let sell = client.send(sell).await.unwrap().order_id;
    let open = async || -> Vec<OrderId> {
        client.send(GetOpenOrders::new()).await.unwrap().into_iter().map(|order| order.order_id).collect()
    };
    client.send(CancelOpenOrders::new(BTC).side(Side::Buy)).await.unwrap();
    assert_eq!(open().await, [sell.clone(), eth.clone()], "newest first");
    assert_eq!(desk.order(&second).await.status, Some(OrderStatus::Canceled));
    let swept = client.send(CancelAllOpenOrdersOfSymbol::new(BTC)).await.unwrap();
    assert_eq!(swept.last_order_id, Some(sell));
    let swept = client.send(CancelAllOpenOrders::new().limit(1)).await.unwrap();
    assert_eq!(swept.last_order_id, Some(eth));
    assert!(open().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn pages_go_back_without_losing_or_repeating_a_row() {
    let desk = Desk::open().await;
    let mut placed = Vec::new();
    for at in 0..7 {
        placed.push(desk.rest(80_000 - at).await);
        desk.client.send(CreateOrder::market("ETHUSDT", Side::Buy, qty("0.1"))).await.unwrap();
    }
    placed.reverse();
    let open: Vec<Order> =
        desk.client.send(GetOpenOrders::new().limit(3)).items().try_collect().await.unwrap();
    assert_eq!(open.into_iter().map(|order| order.order_id).collect::<Vec<_>>(), placed);
    let closed: Vec<Order> =
        desk.client.send(GetTradeOrders::new().limit(2)).items().try_collect().await.unwrap();
    assert_eq!(closed.len(), 7);
    let trades: Vec<AccountTrade> =
        desk.client.send(GetAccountTrades::new().limit(3)).items().try_collect().await.unwrap();
    let total: Decimal = trades.iter().map(|trade| trade.qty.unwrap().decimal()).sum();
    assert_eq!(total, dec("0.7"));
}

#[tokio::test(start_paused = true)]
async fn an_order_whose_answer_was_lost_is_found_and_one_that_never_arrived_is_not() {
    let desk = Desk::open().await;
    let order = || CreateOrder::limit(BTC, Side::Buy, qty("0.01"), price_of(80_000));
    desk.venue().fault(Fault::ExecuteThenDrop.on(CREATE.0, CREATE.1));
    let error = desk.client.send(order()).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let Resolution::Executed(found) = desk.client.resolve(&error).await.unwrap() else {
        panic!("it was executed")
    };
    let found: Order = found.decode().unwrap();
    assert_eq!(found.client_order_id.as_ref(), error.client_order_id());
    assert_eq!(found.order_id.as_str(), "1563277167764290304");
    let open = desk.client.send(GetOpenOrders::new()).await.unwrap();
    assert_eq!((open.len(), &open[0].order_id), (1, &found.order_id));

    desk.venue().fault(Fault::CloseBeforeAnswer.on(CREATE.0, CREATE.1));
    let error = desk.client.send(order()).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let first = desk.client.resolve(&error).await.unwrap();
    let Resolution::StillUnknown { conclusive_in: Some(rest) } = first else {
        panic!("{first:?}: it may still be on its way")
    };
    tokio::time::sleep(rest).await;
    assert_eq!(desk.client.resolve(&error).await.unwrap(), Resolution::NotFound);
    assert_eq!(desk.client.send(GetOpenOrders::new()).await.unwrap().len(), 1);
    assert_eq!(desk.venue().executed(CREATE.0, CREATE.1), 1);
}

#[tokio::test(start_paused = true)]
async fn money_moves_between_accounts_and_the_statement_shows_both_ends() {
    let desk = Desk::open().await;
    let client = &desk.client;
    assert_eq!(client.send(GetApiKeyType::new()).await.unwrap().account_type, KeyType::Master);
    let main = desk.account(AccountLabel::MainTrading).await;
    let custody = desk.account(AccountLabel::Custody).await;
    let sub = desk.account(AccountLabel::SubTrading).await;
    let transfer = |from: &AccountId, to: &AccountId, much: &str| {
        AssetTransfer::new(from.clone(), to.clone(), "USDT", amount(much))
    };
    let before = held(&desk.balances(Some(&sub)).await, "USDT").0;
    let done = client.send(transfer(&main, &custody, "10").client_order_id("t1")).await.unwrap();
    assert!(done.success && done.order_id.is_some());
    client.send(transfer(&main, &sub, "15.5")).await.unwrap();
    assert_eq!(held(&desk.balances(None).await, "USDT").0, dec("999974.5"));
    assert_eq!(held(&desk.balances(Some(&sub)).await, "USDT").0, before + dec("15.5"));
    let flows = desk.flows(FlowType::UserAccountTransfer).await;
    let of = |account: &AccountId| -> Vec<(Decimal, Decimal)> {
        let own = flows.iter().filter(|flow| flow.account_id.as_ref() == Some(account));
        own.map(|flow| (sum(&flow.change), sum(&flow.total))).collect()
    };
    assert_eq!(of(&main), [(dec("-15.5"), dec("999974.5")), (dec("-10"), dec("999990"))]);
    assert_eq!(of(&custody), [(dec("10"), dec("10010"))]);
    assert!(of(&sub).is_empty(), "a sub-account's statement is its own");

    for (request, code) in [
        (transfer(&main, &custody, "10").client_order_id("t1"), "-1024"),
        (transfer(&main, &custody, "1000000"), "-1161"),
        (transfer(&AccountId::new("1"), &custody, "1"), "-1172"),
        (transfer(&main, &AccountId::new("1"), "1"), "-1173"),
        (transfer(&sub, &main, "1"), "-1204"),
    ] {
        let error = client.send(request).await.unwrap_err();
        assert_eq!((error.outcome(), error.code()), (Outcome::Rejected, Some(code)), "{error}");
    }
    assert_eq!(held(&desk.balances(None).await, "USDT").0, dec("999974.5"));
    let fiat = GetFiatHistory::new(FiatOrderType::Deposit, desk.at(-60_000), desk.at(60_000));
    let funded = client.send(fiat).await.unwrap();
    assert_eq!((funded.len(), sum(&funded[0].net_amount)), (1, dec("100000")));
    assert_eq!(desk.flows(FlowType::FiatDeposit).await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_withdrawal_goes_its_way_and_only_to_an_allowed_address() {
    let desk = Desk::open().await;
    let client = &desk.client;
    const KNOWN: &str = "0x05aad35f83e62b6323f55ea41efcfdd2f97bd505";
    const NEW: &str = "0x132346ef629483974879a2e68A3557cA1c494D2E";
    let withdraw = |id: &str, to: &str, much: &str| {
        Withdraw::new("USDT", ClientOrderId::new(id), to, amount(much), ChainType::new("ETH"))
    };
    let ack = client.send(withdraw("w1", KNOWN, "10")).await.unwrap();
    assert_eq!(ack.account_id, Some(desk.account(AccountLabel::Custody).await));
    let status = async || client.send(GetWithdrawOrders::new().coin("USDT")).await.unwrap()[0].clone();
    let first = status().await;
    assert_eq!(
        (Some(first.id.clone()), first.status),
        (ack.order_id.clone(), Some(WithdrawStatus::UnderReview))
    );
    tokio::time::advance(Duration::from_secs(20)).await;
    let second = status().await;
    assert_eq!(
        (second.status, second.arrive_quantity, second.tx_id),
        (Some(WithdrawStatus::Withdrawing), None, None)
    );
    tokio::time::advance(Duration::from_secs(60)).await;
    let last = status().await;
    assert_eq!((last.status, sum(&last.arrive_quantity)), (Some(WithdrawStatus::Successful), dec("10")));
    assert!(last.tx_id.is_some());
    let flows = desk.flows(FlowType::CustodyWithdraw).await;
    assert_eq!((sum(&flows[0].change), sum(&flows[0].total)), (dec("-10"), dec("9990")));

    let unlisted = "0x0000000000000000000000000000000000000001";
    for (request, code) in [
        (withdraw("w1", KNOWN, "10"), "-4013"),
        (withdraw("w2", unlisted, "10"), "-1171"),
        (withdraw("w2", NEW, "10"), "-1182"),
        (withdraw("w2", "nowhere", "10"), "-1163"),
        (withdraw("w2", KNOWN, "0"), "-1165"),
        (withdraw("w2", KNOWN, "0.00001"), "-1167"),
        (withdraw("w2", KNOWN, "100.1"), "-4019"),
        (Withdraw::new("USD", "w2", KNOWN, amount("1"), ChainType::new("ETH")), "-1169"),
        (
            Withdraw::new(
                "BTC",
                "w2",
                "bc1qsim0000000000000000000000000000000000",
                amount("2"),
                ChainType::new("BTC"),
            ),
            "-4003",
        ),
    ] {
        let error = client.send(request).await.unwrap_err();
        assert_eq!((error.outcome(), error.code()), (Outcome::Rejected, Some(code)), "{error}");
    }
    assert_eq!(client.send(GetWithdrawOrders::new()).await.unwrap().len(), 1);
    tokio::time::advance(Duration::from_secs(30 * 60)).await;
    client.send(withdraw("w3", NEW, "10")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_deposit_waits_for_a_word_on_its_origin_and_is_credited_then() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let chains = client.send(GetChainType::new("USDT")).await.unwrap();
    let names: Vec<&str> = chains[0].chains().unwrap().iter().map(ChainType::as_str).collect();
    assert_eq!(names, ["ETH", "Tron"]);
    let error = client.send(GetChainType::new("NOPE")).await.unwrap_err();
    assert_eq!(error.code(), Some("0001"), "an error in a row");
    assert_eq!(client.send(GetCoinInfo::new("ETH")).await.unwrap().coins[0].chain_types.len(), 1);
    let own = client.send(GetDepositAddress::new("USDT", ChainType::new("ETH"))).await.unwrap().address;
    let usdt = async || client.send(GetDepositOrders::new().coin("ETH_USDT")).await.unwrap();
    let waiting = usdt().await[0].clone();
    assert_eq!(
        (waiting.status, waiting.address.as_deref()),
        (Some(DepositStatus::PendingAuthentication), Some(own.as_str()))
    );

    // One more comes from ourselves.
    let out = Withdraw::new("USDT", "w1", own.as_str(), amount("50"), ChainType::new("ETH"));
    client.send(out).await.unwrap();
    tokio::time::advance(Duration::from_secs(90)).await;
    assert_eq!(usdt().await.len(), 2);
    let word =
        |txid: &str| AuthAddress::new(txid, Sender::person("Shen", "Zhang"), DepositExchange::Okx, true);
    let txid = waiting.tx_id.unwrap();
    client.send(word(&txid)).await.unwrap();
    let error = client.send(word(&txid)).await.unwrap_err();
    assert_eq!(error.code(), Some("-1207"));
    assert_eq!(client.send(word("0x1")).await.unwrap_err().code(), Some("-1212"));
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(usdt().await[1].status.clone().unwrap());
        tokio::time::advance(Duration::from_secs(25)).await;
    }
    let steps = [
        DepositStatus::UnderReview,
        DepositStatus::InAccount,
        DepositStatus::InAccount,
        DepositStatus::Successful,
    ];
    assert_eq!(seen, steps);
    let flows = desk.flows(FlowType::CustodyDeposit).await;
    let credited: Vec<Decimal> = flows.iter().map(|flow| sum(&flow.change)).collect();
    assert_eq!(
        (credited[0], sum(&flows[0].total)),
        (dec("22"), dec("9972")),
        "10000, less 50 under way, and 22"
    );
}

#[tokio::test(start_paused = true)]
async fn a_listen_key_lives_for_an_hour_and_longer_when_it_is_kept_alive() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let create = async || client.send(CreateListenKey::new()).await.unwrap().listen_key;
    let keep = async |key: &ListenKey| client.send(ResetListenKey::new(key.clone())).await;
    let (first, second) = (create().await, create().await);
    assert_ne!(first, second);
    tokio::time::advance(Duration::from_secs(50 * 60)).await;
    keep(&first).await.unwrap();
    tokio::time::advance(Duration::from_secs(50 * 60)).await;
    keep(&first).await.unwrap();
    assert_eq!(
        said(&keep(&second).await.unwrap_err()),
        (Kind::InvalidRequest, Outcome::Rejected, Some("-1130"))
    );
    client.send(DeleteListenKey::new(first.clone())).await.unwrap();
    assert!(keep(&first).await.is_err());
    assert!(client.send(DeleteListenKey::new(first)).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn sub_accounts_are_seen_by_the_main_key_and_other_accounts_are_not() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let sub = desk.account(AccountLabel::SubTrading).await;
    let open = client.send(GetSubAccountOpenOrders::new(sub.clone())).await.unwrap();
    assert_eq!((open.len(), open[0].account_id.as_ref()), (1, Some(&sub)));
    let closed = client.send(GetSubAccountTradeOrders::new(sub.clone())).await.unwrap();
    let trades = client.send(GetSubAccountTrades::new().sub_account_id(sub.clone())).await.unwrap();
    let sold: Decimal = trades.iter().map(|trade| trade.qty.unwrap().decimal()).sum();
    assert_eq!(closed[0].executed_qty.unwrap().decimal(), sold);
    assert!(trades.iter().all(|trade| trade.commission_asset.as_ref().unwrap().as_str() == "USDT"));
    let id = || OrderQuery::Id(open[0].order_id.clone());
    assert_eq!(client.send(GetOrder::new(id())).await.unwrap_err().code(), Some("0211"));
    client.send(GetOrder::new(id()).account_id(sub.clone())).await.unwrap();
    client.send(CancelAllOpenOrders::new()).await.unwrap();
    assert_eq!(client.send(GetSubAccountOpenOrders::new(sub)).await.unwrap().len(), 1, "it is out of reach");
    let custody = desk.account(AccountLabel::Custody).await;
    for (id, code) in [(custody, "0104"), (AccountId::new("5"), "-1160")] {
        let error = client.send(GetAccount::new().account_id(id.clone())).await.unwrap_err();
        assert_eq!(error.code(), Some(code));
        let error = client.send(GetSubAccountOpenOrders::new(id)).await.unwrap_err();
        assert_eq!(error.code(), Some(code));
    }
}

#[tokio::test(start_paused = true)]
async fn market_data_comes_from_the_book_that_orders_meet() {
    let desk = Desk::open().await;
    let client = &desk.client;
    let rules = client.send(GetExchangeInfo::new()).await.unwrap();
    assert_eq!((rules.symbols.len(), rules.symbols[0].filters.len()), (3, 7));
    let lot = rules.symbols[0].filters.iter().find_map(|filter| match filter {
        Filter::LotSize(lot) => lot.min_qty,
        _ => None,
    });
    assert_eq!(lot, Some(qty("0.0003")));
    let fees = client.send(GetVipInfo::new().symbols(vec!["ETHBTC".into()])).await.unwrap();
    assert_eq!(
        (fees.data.len(), fees.data[0].actual_taker_rate.as_ref().unwrap().decimal()),
        (1, Some(dec("0.0015")))
    );

    let depth = client.send(GetDepth::new(BTC).limit(5)).await.unwrap();
    assert_eq!((depth.bids.len(), depth.asks.len()), (5, 5));
    let inside = Price::from_decimal(depth.bids[0].price.decimal() + dec("0.01"));
    client.send(CreateOrder::limit(BTC, Side::Buy, qty("0.01"), inside)).await.unwrap();
    let top = client.send(GetBookTicker::new(BTC)).await.unwrap()[0].clone();
    assert_eq!((top.bid, top.bid_qty), (Some(inside), Some(qty("0.01"))), "an own order is in the book");
    let merged = client.send(GetMergedDepth::new(BTC).scale(5)).await.unwrap();
    let all = client.send(GetDepth::new(BTC).limit(200)).await.unwrap();
    let total = |levels: &[Level]| -> Decimal { levels.iter().map(|level| level.qty.decimal()).sum() };
    assert_eq!(total(&merged.bids), total(&all.bids));
    assert!(merged.bids.len() < all.bids.len());

    client.send(CreateOrder::market(BTC, Side::Buy, qty("0.02"))).await.unwrap();
    let trade = client.send(GetTrades::new(BTC)).await.unwrap().last().unwrap().clone();
    assert_eq!((trade.qty, trade.buyer_is_maker), (qty("0.02"), Some(false)));
    let last = client.send(GetTickerPrice::new().symbol(BTC)).await.unwrap()[0].price;
    assert_eq!(last, Some(trade.price));
    let day = client.send(GetTicker24hr::new().symbol(BTC)).await.unwrap()[0].clone();
    assert_eq!(day.last, last);
    let candles = client.send(GetKlines::new(BTC, KlineInterval::M1).limit(2)).await.unwrap();
    assert_eq!((candles.len(), Some(candles[1].close)), (2, last));
    assert!(candles[1].taker_buy_volume >= qty("0.02") && candles[1].trades >= 1);
    assert!(candles[0].open_time < candles[1].open_time);
    let weeks = client.send(GetKlines::new(BTC, KlineInterval::W1)).await.unwrap();
    assert_eq!(weeks[0].open_time, Millis::new(1_766_361_600_000), "a Monday");
    let error = client.send(GetDepth::new("NOPE")).await.unwrap_err();
    assert_eq!(said(&error), (Kind::UnknownSymbol, Outcome::Rejected, Some("-100011")));
    client.send(Ping::new()).await.unwrap();
    let time = client.send(GetServerTime::new()).await.unwrap().server_time;
    assert!(time <= desk.at(0) && time > desk.at(-10_000));
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_tells_the_same_story() {
    let story = async || {
        let desk = Desk::open().await;
        desk.rest(80_000).await;
        desk.client
            .send(CreateOrder::market(BTC, Side::Buy, qty("1.5")).new_client_order_id("m"))
            .await
            .unwrap();
        let key = desk.client.send(CreateListenKey::new()).await.unwrap().listen_key;
        let depth = desk.client.send(GetDepth::new(BTC)).await.unwrap();
        let trades = desk.client.send(GetAccountTrades::new().client_order_id("m")).await.unwrap();
        (key, serde_json::to_string(&depth).unwrap(), serde_json::to_string(&trades).unwrap())
    };
    assert_eq!(story().await, story().await);
}
