//! WEX spot's client against simulated WEX spot, which remembers: what is placed, moved and paid can be read
//! back, and adds up.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::time::Duration;

use futures::TryStreamExt as _;
use venue_core::{Clock, Decimal, Endpoint, Millis, Resolution, Retry};
use venue_sim::{Fault, Running, Sim, Which};
use venue_tests::builder;
use wex_spot::rest::*;
use wex_spot::{
    Amount, BizType, Client, Direction, Error, Kind, KlineInterval, OrderBizType, OrderId, OrderState,
    Outcome, Price, Qty, Side, TakerMaker, TimeInForce, WalletStatus, WexSpot,
};

const SYMBOL: &str = "btc_usdt";

/// A simulated venue and a client of it, in memory and on one clock, which may be paused.
struct Stage {
    sim: Sim,
    client: Client,
}

impl Stage {
    async fn set() -> Self {
        Self::with(Retry::never()).await
    }

    async fn with(retry: Retry) -> Self {
        let sim = Sim::builder().venue(Which::WexSpot).seed(1).start().await.unwrap();
        let time = sim.venue(Which::WexSpot).clock().clone();
        let client = builder(&sim, Which::WexSpot, WexSpot::new())
            .dialer(sim.dialer())
            .clock(Clock::custom(move || Millis::new(time.now_ms())))
            .timeout(Duration::from_secs(100))
            .retry(retry)
            .build()
            .unwrap();
        Self { sim, client }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::WexSpot)
    }

    /// An answer that must be a success.
    async fn ask<E: Endpoint<Venue = WexSpot>>(&self, request: E) -> E::Response {
        self.client.send(request).await.unwrap()
    }

    /// What a refusal says.
    async fn refusal<E: Endpoint<Venue = WexSpot>>(&self, request: E) -> (Kind, String) {
        let error = self.client.send(request).await.err().unwrap();
        assert_eq!(error.outcome(), Outcome::Rejected, "{error}");
        (error.kind(), error.code().unwrap_or_default().to_owned())
    }

    async fn query(&self, id: &OrderId) -> Order {
        self.ask(QueryOrder::new(id.clone())).await
    }

    /// How much of a currency is frozen, and how much is free.
    async fn balance(&self, currency: &str) -> (Decimal, Decimal) {
        let balance = self.ask(GetBalance::new(currency)).await;
        let [frozen, free, total] = [balance.frozen_amount, balance.available_amount, balance.total_amount]
            .map(|amount| decimal(&amount.unwrap()));
        assert_eq!(frozen + free, total);
        (frozen, free)
    }
}

fn decimal(amount: &Amount) -> Decimal {
    amount.to_text().parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn qty(text: &str) -> Qty {
    text.parse().unwrap()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// A buy that rests far from the market.
fn resting() -> SubmitOrder {
    SubmitOrder::limit(SYMBOL, Side::Buy, qty("0.01"), price("50000"))
}

#[tokio::test(start_paused = true)]
async fn an_order_is_partly_filled_and_cancelled_and_history_and_balances_agree() {
    let stage = Stage::set().await;
    let depth = stage.ask(GetDepth::new(SYMBOL)).await;
    let best = depth.asks[0].clone();
    let asked = best.quantity.decimal() + number("0.01");
    let order = SubmitOrder::limit(SYMBOL, Side::Buy, Qty::from_decimal(asked), best.price);
    let id = stage.ask(order.client_order_id("partly_1")).await.order_id;

    let order = stage.query(&id).await;
    assert_eq!(order.state, Some(OrderState::PartiallyFilled));
    assert_eq!(order.client_order_id.as_ref().unwrap().as_str(), "partly_1");
    assert_eq!((order.executed_qty, order.leaving_qty), (Some(best.quantity), Some(qty("0.01"))));
    let open = stage.ask(GetOpenOrders::new().symbol(SYMBOL)).await;
    assert_eq!((open.len(), &open[0].order_id), (1, &id));
    let rest = best.price.decimal() * number("0.01");
    assert_eq!(stage.balance("usdt").await.0, rest);

    stage.ask(CancelOrder::new(id.clone())).await;
    let order = stage.query(&id).await;
    assert_eq!((&order.state, order.leaving_qty), (&Some(OrderState::Canceled), Some(qty("0"))));
    assert!(stage.ask(GetOpenOrders::new()).await.is_empty());
    let past = stage.ask(GetHistoryOrders::new().state(OrderState::Canceled)).await;
    // By its id this order has an address besides.
    let whole = stage.ask(GetOrder::new(id.clone())).await;
    assert_eq!(past.items[0], whole);
    assert!(whole.ip.is_some() && order.ip.is_none());
    let mut without = whole;
    without.ip = None;
    assert_eq!(without, order);

    let trades = stage.ask(GetTrades::new().order_id(id)).await;
    let bought: Decimal = trades.items.iter().map(|trade| trade.quantity.decimal()).sum();
    let spent: Decimal = trades.items.iter().map(|trade| decimal(trade.quote_qty.as_ref().unwrap())).sum();
    let fees: Decimal = trades.items.iter().map(|trade| decimal(trade.fee.as_ref().unwrap())).sum();
    assert_eq!(Some(bought), order.executed_qty.map(Qty::decimal));
    assert_eq!((spent, fees), (decimal(&order.trade_quote.unwrap()), decimal(&order.fee.unwrap())));
    assert_eq!(order.fee_currency.unwrap().as_str(), "BTC");
    assert!(trades.items.iter().all(|trade| trade.taker_maker == Some(TakerMaker::Taker)));
    assert_eq!(stage.balance("usdt").await, (Decimal::ZERO, number("1000000") - spent));
    assert_eq!(stage.balance("btc").await, (Decimal::ZERO, number("10") + bought - fees));
    assert_eq!(stage.client.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn every_order_ends_as_its_terms_say() {
    let stage = Stage::set().await;
    let best = stage.ask(GetDepth::new(SYMBOL)).await.asks[0].clone();
    let (some, more) = (best.quantity.decimal(), Qty::from_decimal(best.quantity.decimal() + number("0.5")));
    let buy = |at: Price, tif| SubmitOrder::limit(SYMBOL, Side::Buy, more, at).time_in_force(tif);
    let low = price("50000");
    for (order, state, executed) in [
        // All or nothing comes first, as it leaves the book as it is.
        (buy(best.price, TimeInForce::Fok), OrderState::Expired, Decimal::ZERO),
        (buy(best.price, TimeInForce::Gtx), OrderState::Expired, Decimal::ZERO),
        (buy(low, TimeInForce::Ioc), OrderState::Expired, Decimal::ZERO),
        (buy(low, TimeInForce::Gtx), OrderState::New, Decimal::ZERO),
        (buy(best.price, TimeInForce::Ioc), OrderState::Expired, some),
        (buy(price("90000"), TimeInForce::Fok), OrderState::Filled, more.decimal()),
        (SubmitOrder::market_sell(SYMBOL, more), OrderState::Filled, more.decimal()),
    ] {
        let words = format!("{order:?}");
        let id = stage.ask(order).await.order_id;
        let order = stage.query(&id).await;
        assert_eq!(order.state, Some(state), "{words}");
        assert_eq!(order.executed_qty.map_or(Decimal::ZERO, Qty::decimal), executed, "{words}");
    }
    let id = stage.ask(SubmitOrder::market_buy(SYMBOL, amount("1000"))).await.order_id;
    let order = stage.query(&id).await;
    let spent = decimal(&order.trade_quote.unwrap());
    assert_eq!((order.state, order.price), (Some(OrderState::Filled), None));
    assert!(spent <= number("1000") && spent > number("990"), "{spent}");
    // Only what rests holds money.
    assert_eq!(stage.balance("usdt").await.0, number("50000") * more.decimal());
    assert_eq!(stage.client.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_batch_says_of_each_row_what_became_of_it() {
    let stage = Stage::set().await;
    let row = |side, quantity, at| BatchOrder::limit(SYMBOL, side, qty(quantity), price(at));
    let batch = SubmitBatchOrders::new(vec![
        row(Side::Buy, "0.01", "50000").client_order_id("first"),
        row(Side::Buy, "0.01", "50000").client_order_id("first"),
        row(Side::Buy, "150", "50000"),
        row(Side::Sell, "0.01", "120000").time_in_force(TimeInForce::Gtx),
    ]);
    let ack = stage.ask(batch).await;
    let accepted: Vec<bool> = ack.items.iter().map(BatchRow::is_accepted).collect();
    assert_eq!(accepted, [true, false, false, true]);
    let refused = ack.items[2].result().unwrap_err();
    assert_eq!((refused.kind(), refused.outcome()), (Kind::Rejected, Outcome::Rejected));
    assert_eq!(refused.message(), "Insufficient funds");
    assert_eq!(stage.venue().executions("first"), 1);
    assert!(stage.venue().repeated_client_ids().is_empty());

    let ids: Vec<OrderId> = ack.items.iter().filter_map(|row| row.result().ok().cloned()).collect();
    let orders = stage.ask(GetBatchOrders::new(ids.clone())).await;
    assert_eq!(
        orders.iter().map(|order| &order.order_id).collect::<Vec<_>>(),
        ids.iter().collect::<Vec<_>>()
    );
    stage.ask(CancelBatchOrders::new(ids.clone())).await;
    assert!(stage.ask(GetOpenOrders::new()).await.is_empty());
    let orders = stage.ask(GetBatchOrders::new(ids)).await;
    assert!(orders.iter().all(|order| order.state == Some(OrderState::Canceled)));
}

#[tokio::test(start_paused = true)]
async fn refusals_have_their_kind_and_code() {
    let stage = Stage::set().await;
    stage.ask(resting().client_order_id("taken")).await;
    let limit = |quantity, at| SubmitOrder::limit(SYMBOL, Side::Buy, qty(quantity), price(at));
    for (order, kind, code) in [
        (limit("30", "50000"), Kind::InsufficientFunds, "ORDER_002"),
        (resting().client_order_id("taken"), Kind::Rejected, "ORDER_001"),
        (limit("0.01", "50000.001"), Kind::InvalidRequest, "ORDER_008"),
        (limit("0.00001", "50000"), Kind::InvalidRequest, "ORDER_F0301"),
        (limit("0.01", "5000"), Kind::InvalidRequest, "ORDER_F0501"),
        (resting().biz_type(OrderBizType::Lever), Kind::Permission, "SYMBOL_010"),
        (SubmitOrder::limit("abc_usdt", Side::Buy, qty("1"), price("1")), Kind::UnknownSymbol, "SYMBOL_001"),
    ] {
        let words = format!("{order:?}");
        assert_eq!(stage.refusal(order).await, (kind, code.to_owned()), "{words}");
    }
    let unknown = (Kind::UnknownOrder, "ORDER_005".to_owned());
    let nobody = || OrderId::new("77");
    assert_eq!(stage.refusal(CancelOrder::new(nobody())).await, unknown);
    assert_eq!(stage.refusal(GetOrder::new(nobody())).await, unknown);
    assert_eq!(stage.refusal(QueryOrder::new(nobody())).await, unknown);
    assert_eq!(stage.refusal(UpdateOrder::new(nobody(), price("50000"), qty("1"))).await, unknown);
    assert_eq!(stage.balance("usdt").await.0, number("500"));
}

#[tokio::test(start_paused = true)]
async fn an_order_that_was_executed_unheard_is_found() {
    let stage = Stage::set().await;
    stage.ask(resting()).await;
    stage.venue().fault(Fault::ExecuteThenDrop.on("POST", "/v4/order"));
    let error: Error = stage.client.send(resting().quantity(qty("0.02"))).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let Resolution::Executed(row) = stage.client.resolve(&error).await.unwrap() else {
        panic!("it was executed")
    };
    let order: Order = row.decode().unwrap();
    assert_eq!(order.client_order_id.as_ref(), error.client_order_id());
    assert_eq!((order.orig_qty, order.state), (Some(qty("0.02")), Some(OrderState::New)));
    assert_eq!(order.order_id, stage.ask(GetOpenOrders::new()).await[0].order_id);
    assert_eq!(stage.venue().executions(error.client_order_id().unwrap().as_str()), 1);
}

#[tokio::test(start_paused = true)]
async fn an_order_that_was_not_executed_is_unknown_until_it_no_longer_can_be() {
    let stage = Stage::set().await;
    stage.venue().fault(Fault::CloseBeforeAnswer.on("POST", "/v4/order"));
    let error = stage.client.send(resting()).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let Resolution::StillUnknown { conclusive_in: Some(wait) } = stage.client.resolve(&error).await.unwrap()
    else {
        panic!("it may still arrive")
    };
    assert!(wait > Duration::from_secs(4) && wait <= Duration::from_secs(7), "{wait:?}");
    tokio::time::advance(wait).await;
    assert_eq!(stage.client.resolve(&error).await.unwrap(), Resolution::NotFound);
    assert!(stage.ask(GetOpenOrders::new()).await.is_empty());
    assert_eq!(stage.venue().orders_with_client_id(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_transfer_that_is_repeated_counts_once() {
    let stage = Stage::with(Retry::default().attempts(3)).await;
    let move_out = |id: &str| Transfer::new(id, BizType::Spot, BizType::FuturesU, "usdt", amount("100"));
    stage.ask(move_out("one")).await;
    assert_eq!(stage.refusal(move_out("one")).await, (Kind::DuplicateClientId, "FUND_001".to_owned()));
    // The answer is lost: the client sends it again by itself, and the venue says that it was done.
    stage.venue().fault(Fault::ExecuteThenDrop.on("POST", "/v4/balance/transfer"));
    let error = stage.client.send(move_out("two")).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::DuplicateClientId, Outcome::Unknown), "{error}");
    assert_eq!((stage.venue().executions("one"), stage.venue().executions("two")), (1, 1));
    assert_eq!(stage.balance("usdt").await.1, number("999800"));
    // It never got there: sent again, it is done.
    stage.venue().fault(Fault::CloseBeforeAnswer.on("POST", "/v4/balance/transfer"));
    stage.ask(move_out("three")).await;
    assert_eq!(stage.balance("usdt").await.1, number("999700"));

    let too_much = Transfer::new("four", BizType::FuturesU, BizType::Spot, "usdt", amount("1000000"));
    assert_eq!(stage.refusal(too_much).await, (Kind::InsufficientFunds, "FUND_002".to_owned()));
    let to_sub =
        |id: &str| SubAccountTransfer::new(id, BizType::Spot, BizType::Spot, "btc", amount("1.5"), "7");
    stage.ask(to_sub("five")).await;
    assert_eq!(stage.refusal(to_sub("five")).await, (Kind::DuplicateClientId, "TRANSFER_001".to_owned()));
    assert_eq!(stage.balance("btc").await.1, number("8.5"));
}

#[tokio::test(start_paused = true)]
async fn every_page_of_the_past_comes_once_and_in_order() {
    let stage = Stage::set().await;
    let mut ids = Vec::new();
    for _ in 0..25 {
        let order = SubmitOrder::market_buy(SYMBOL, amount("50"));
        ids.insert(0, stage.ask(order).await.order_id);
    }
    for direction in [Direction::Next, Direction::Prev] {
        let all = GetHistoryOrders::new().limit(10u32).direction(direction.clone());
        let mut found: Vec<Order> = stage.client.send(all).items().try_collect().await.unwrap();
        if direction == Direction::Prev {
            // From the oldest page on; rows of a page are always the newest first.
            found.chunks_mut(10).for_each(<[Order]>::reverse);
            found.reverse();
        }
        let found: Vec<_> = found.into_iter().map(|order| order.order_id).collect();
        assert_eq!(found, ids, "{direction}");
    }
    let trades = GetTrades::new().limit(7u32);
    let trades: Vec<Trade> = stage.client.send(trades).items().try_collect().await.unwrap();
    let spent: Decimal = trades.iter().map(|trade| decimal(trade.quote_qty.as_ref().unwrap())).sum();
    assert_eq!(stage.balance("usdt").await.1, number("1000000") - spent);
    assert!(trades.is_sorted_by(|a, b| number(a.trade_id.as_str()) > number(b.trade_id.as_str())));
}

#[tokio::test(start_paused = true)]
async fn a_withdrawal_takes_its_time_and_its_amount() {
    let stage = Stage::set().await;
    let address = "0xfa3abfa50eb2006f5be7831658b17aca240d8526";
    let id = stage.ask(Withdraw::new("USDT", "Ethereum", amount("250"), address)).await.id;
    let mut seen = Vec::new();
    for _ in 0..4 {
        let page = stage.ask(GetWithdrawHistory::new()).await;
        assert_eq!((page.items.len(), &page.items[0].id), (1, &id));
        seen.push((page.items[0].status.clone().unwrap(), stage.balance("usdt").await.0));
        tokio::time::advance(Duration::from_secs(30)).await;
    }
    let (held, gone) = (number("250"), Decimal::ZERO);
    assert_eq!(
        seen,
        [
            (WalletStatus::Review, held),
            (WalletStatus::Pending, held),
            (WalletStatus::Pending, held),
            (WalletStatus::Success, gone),
        ]
    );
    assert_eq!(stage.balance("usdt").await.1, number("999750"));
    let small = Withdraw::new("USDT", "Ethereum", amount("5"), address);
    assert_eq!(stage.refusal(small).await, (Kind::InvalidRequest, "WITHDRAW_022".to_owned()));
    let own = stage.ask(GetDepositAddress::new("Ethereum", "USDT")).await.address;
    let to_self = Withdraw::new("USDT", "Ethereum", amount("50"), own);
    assert_eq!(stage.refusal(to_self).await, (Kind::InvalidRequest, "WITHDRAW_014".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn market_data_is_that_of_the_book_and_of_the_trades() {
    let stage = Stage::set().await;
    let symbols = stage.ask(GetSymbols::new().symbol(SYMBOL)).await;
    let info = &symbols.symbols.as_ref().unwrap()[0];
    assert_eq!((info.symbol.as_str(), info.price_precision), (SYMBOL, Some(2)));
    let same = stage.ask(GetSymbols::new().version(symbols.version.unwrap())).await;
    assert!(same.symbols.is_none());

    // An order of one's own is in the book, and the book has a new number.
    let before = stage.ask(GetDepth::new(SYMBOL).limit(500u32)).await;
    let better = before.bids[0].price.decimal() + number("0.01");
    let bid = SubmitOrder::limit(SYMBOL, Side::Buy, qty("0.5"), Price::from_decimal(better));
    let bid = stage.ask(bid).await.order_id;
    let after = stage.ask(GetDepth::new(SYMBOL).limit(500u32)).await;
    assert_eq!((after.bids[0].price.decimal(), after.bids[0].quantity), (better, qty("0.5")));
    assert!(after.last_update_id > before.last_update_id);
    let books = stage.ask(GetTickerBooks::new()).await;
    assert_eq!((books.len(), books[0].bid_price), (3, Some(after.bids[0].price)));
    assert_eq!(books[0].ask_quantity, Some(after.asks[0].quantity));

    // A trade of one's own is the last.
    stage.ask(CancelOrder::new(bid)).await;
    stage.ask(SubmitOrder::market_sell(SYMBOL, qty("0.001"))).await;
    let trade = stage.ask(GetRecentTrades::new(SYMBOL).limit(1u32)).await[0].clone();
    assert_eq!((trade.price, trade.buyer_is_maker), (before.bids[0].price, Some(true)));
    let history = GetHistoricalTrades::new(SYMBOL, Direction::Next).limit(1u32);
    assert_eq!(stage.ask(history).await.items[0], trade);
    let last = stage.ask(GetTickerPrices::new().symbols(vec![SYMBOL.into()])).await[0].price;
    let ticker = stage.ask(GetTickers::new().symbol(SYMBOL)).await[0].clone();
    let day = stage.ask(GetTickers24h::new().symbol(SYMBOL)).await[0].clone();
    assert_eq!((last, ticker.last, day.last), (Some(trade.price), Some(trade.price), Some(trade.price)));
    assert_eq!((ticker.volume, ticker.turnover), (day.volume, day.turnover));
    let candles = stage.ask(GetKlines::new(SYMBOL, KlineInterval::Min1).limit(3u32)).await;
    assert_eq!((candles.len(), candles[2].close), (3, trade.price));
    assert!(candles.iter().is_sorted_by_key(|candle| candle.open_time));
    assert_eq!(stage.client.unmapped_keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_whole_account_can_be_read_and_swept() {
    let stage = Stage::set().await;
    assert_eq!(stage.ask(GetClientIp::new()).await.ip, "127.0.0.1");
    assert_eq!(stage.ask(GetCurrencies::new()).await.currencies.len(), 4);
    assert_eq!(stage.ask(GetSupportedCurrencies::new()).await.len(), 4);
    let balances = stage.ask(GetBalances::new().currencies(vec!["usdt".into(), "btc".into()])).await;
    let worth: Decimal =
        balances.assets.iter().map(|row| decimal(row.convert_btc_amount.as_ref().unwrap())).sum();
    assert_eq!((balances.assets.len(), worth), (2, decimal(&balances.total_btc_amount.unwrap())));

    let id = stage.ask(resting()).await.order_id;
    let change = stage.ask(UpdateOrder::new(id.clone(), price("51000"), qty("0.02"))).await;
    assert_eq!(change.order_id, id);
    assert_eq!(stage.balance("usdt").await.0, number("1020"));
    let eth = SubmitOrder::limit("eth_usdt", Side::Sell, qty("1"), price("3000"));
    stage.ask(eth).await;
    stage.ask(CancelAllOpenOrdersOfSymbol::new("eth_usdt", OrderBizType::Spot)).await;
    assert_eq!(stage.ask(GetOpenOrders::new()).await.len(), 1);
    stage.ask(CancelAllOpenOrders::new(OrderBizType::Spot)).await;
    assert!(stage.ask(GetOpenOrders::new()).await.is_empty());

    let deposit = stage.ask(GetDepositHistory::new()).await.items[0].clone();
    assert_eq!(deposit.status, Some(WalletStatus::Pending));
    tokio::time::advance(Duration::from_secs(60)).await;
    assert_eq!(stage.balance("xlm").await.1, decimal(&deposit.amount.unwrap()));

    let token = stage.ask(GetWsToken::new()).await.access_token;
    assert!(stage.venue().takes_listen_key(token.expose()));
    // One in ten seconds: the client waits by itself, and is never refused.
    assert_eq!(stage.ask(GetWsToken::new()).await.access_token, token);
    assert_eq!(stage.venue().refused(), 0);
    assert_eq!(stage.client.unmapped_keys(), 0);
}
