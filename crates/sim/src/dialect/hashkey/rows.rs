//! How orders and trades are written.

use super::accounts;
pub(super) use crate::dialect::words::{side, status};
use crate::dialect::{Json, State, quoted, symbol};
use crate::engine::{Decimal, Ended, Fill, Order, OrderId, Side, Status, Stp, Tif};
use crate::json::{quote, write};

type Members = Vec<(&'static str, Json)>;

/// Numbers of trades start here: they look like the venue's.
const FIRST_TRADE: u64 = 2_133_553_000_000_000_000;
pub(super) const FIRST_TICKET: u64 = 4_636_458_000_000_000_000;

fn kind(order: &Order) -> &'static str {
    match (order.price, order.tif) {
        (None, _) => "MARKET",
        (Some(_), Tif::PostOnly) => "LIMIT_MAKER",
        (Some(_), _) => "LIMIT",
    }
}

pub(super) fn tif(order: &Order) -> &'static str {
    match order.tif {
        Tif::Gtc | Tif::PostOnly => "GTC",
        Tif::Ioc => "IOC",
        Tif::Fok => "FOK",
    }
}

/// Zero for a market order over an amount.
pub(super) fn quantity(order: &Order) -> Decimal {
    if order.amount.is_some() { Decimal::ZERO } else { order.qty }
}

fn account(state: &State, order: &Order) -> Members {
    vec![("accountId", quote(accounts::id(state, order.account)))]
}

fn names(state: &State, order: &Order) -> Members {
    let name = symbol(&state.engine, order.instrument);
    vec![("symbol", name.clone()), ("symbolName", name)]
}

fn ids(order: &Order) -> Members {
    vec![("clientOrderId", quote(&order.client_id)), ("orderId", quote(&order.id.to_string()))]
}

fn sizes(order: &Order) -> Members {
    vec![
        ("price", quoted(order.price.unwrap_or_default())),
        ("origQty", quoted(quantity(order))),
        ("executedQty", quoted(order.filled)),
    ]
}

fn terms(order: &Order) -> Members {
    vec![
        ("status", quote(status(order))),
        ("timeInForce", quote(tif(order))),
        ("type", quote(kind(order))),
        ("side", quote(side(order.side))),
    ]
}

fn amount(order: &Order) -> Members {
    vec![("reqAmount", quoted(order.amount.unwrap_or_default()))]
}

/// What a cancel shows.
pub(super) fn cancelled(state: &State, id: OrderId) -> Members {
    let Some(order) = state.engine.order(id) else { return Vec::new() };
    let time = vec![("transactTime", quote(&state.engine.now_ms().to_string()))];
    let symbol = vec![("symbol", symbol(&state.engine, order.instrument))];
    [account(state, order), symbol, ids(order), time, sizes(order), terms(order)].concat()
}

/// What is said of an order that was taken.
pub(super) fn ack(state: &State, id: OrderId) -> Members {
    let Some(order) = state.engine.order(id) else { return Vec::new() };
    let time = vec![("transactTime", quote(&order.created_ms.to_string()))];
    let names = [account(state, order), names(state, order)].concat();
    [names, ids(order), time, sizes(order), terms(order), amount(order)].concat()
}

/// A row of own orders.
pub(super) fn order(state: &State, order: &Order) -> Members {
    let value = quoted(order.filled_value);
    let exchange = vec![("exchangeId", quote("301"))];
    let sums = vec![
        ("cummulativeQuoteQty", value.clone()),
        ("cumulativeQuoteQty", value),
        ("avgPrice", quoted(order.average_price())),
    ];
    let rest = vec![
        ("stopPrice", quote("0.0")),
        ("icebergQty", quote("0.0")),
        ("time", quote(&order.created_ms.to_string())),
        ("updateTime", quote(&order.updated_ms.to_string())),
        ("isWorking", "true".to_owned()),
    ];
    let names = [account(state, order), exchange, names(state, order)].concat();
    [names, ids(order), sizes(order), sums, terms(order), rest, amount(order)].concat()
}

/// Why an order was cancelled; empty when it wasn't.
pub(super) fn reason(order: &Order) -> &'static str {
    match order.ended {
        Some(Ended::ByOwner) => "USER_CANCEL",
        Some(Ended::ByTerms) => "RISKLIMIT_CANCEL",
        Some(Ended::BySelfTrade) => "SELF_TRADE_CANCEL",
        None if order.status == Status::Cancelled => "SYSTEM_CANCEL",
        None => "",
    }
}

/// What a single order and those of sub-accounts say besides.
pub(super) fn ending(order: &Order) -> Members {
    let stp = if order.stp == Stp::CancelMaker { "EXPIRE_MAKER" } else { "EXPIRE_TAKER" };
    vec![("ordCxlReason", quote(reason(order))), ("stpMode", quote(stp))]
}

/// The number of one side of a trade.
pub(super) fn trade_id(fill: &Fill) -> u64 {
    FIRST_TRADE + 2 * fill.trade + u64::from(fill.is_maker)
}

/// An own trade.
pub(super) fn trade(state: &State, fill: &Fill) -> Json {
    let engine = &state.engine;
    let coins = engine.instrument(fill.instrument).map(|pair| (pair.base.as_str(), pair.quote.as_str()));
    let (base, counter) = coins.unwrap_or_default();
    let coin = quote(if fill.side == Side::Buy { base } else { counter });
    let name = symbol(engine, fill.instrument);
    let fee = quoted(fill.fee);
    let detail = write(&[
        ("feeCoinId", coin.clone()),
        ("feeCoinName", coin.clone()),
        ("fee", fee.clone()),
        ("originCoinId", coin.clone()),
        ("originCoinName", coin.clone()),
        ("originFee", fee.clone()),
    ]);
    write(&[
        ("id", quote(&trade_id(fill).to_string())),
        ("clientOrderId", quote(&fill.client_id)),
        ("ticketId", quote(&(FIRST_TICKET + fill.trade).to_string())),
        ("symbol", name.clone()),
        ("symbolName", name),
        ("orderId", quote(&fill.order.to_string())),
        ("matchOrderId", quote("0")),
        ("price", quoted(fill.price)),
        ("qty", quoted(fill.qty)),
        ("commission", fee.clone()),
        ("commissionAsset", coin.clone()),
        ("time", quote(&fill.at_ms.to_string())),
        ("isBuyer", (fill.side == Side::Buy).to_string()),
        ("isMaker", fill.is_maker.to_string()),
        ("fee", detail),
        ("feeCoinId", coin),
        ("feeAmount", fee),
        ("makerRebate", quote("0")),
        ("hskDeduct", "false".to_owned()),
        ("hskDeductPrice", quote("")),
    ])
}
