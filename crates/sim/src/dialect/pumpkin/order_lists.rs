//! Orders and trades, looked at.

use super::pages::{Walk, numbered};
use super::words::{self, number, or_null};
use crate::dialect::{Ask, Json, State, quoted, symbol};
use crate::engine::{Decimal, InstrumentId, Order};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// The margin of an order: what it holds while it is live, and what it held at first when it is over, as in the
/// documented example.
fn margin_frozen(state: &State, order: &Order) -> Decimal {
    if order.is_open() || order.reduce_only {
        return order.reserved;
    }
    let whole = Order { filled: Decimal::ZERO, ..order.clone() };
    state.engine.need(&whole)
}

/// What an order that closed has made; `None` of one that didn't.
fn close_profit(state: &State, order: &Order) -> Option<Decimal> {
    if order.filled.is_zero() {
        return None;
    }
    let fills = state.engine.account(state.account).fills().filter(|fill| fill.order == order.id);
    let made: Decimal = fills.map(|fill| fill.realised).sum();
    (order.reduce_only || !made.is_zero()).then_some(made)
}

/// Whether a trigger for a whole position made it.
fn closes_position(state: &State, order: &Order) -> bool {
    let trigger = order.from_trigger.and_then(|id| state.engine.trigger(id));
    trigger.is_some_and(|trigger| trigger.terms.qty.is_none())
}

/// What lists of orders, and those of orders and plans together, have in common.
pub(super) fn common(state: &State, order: &Order) -> [(&'static str, Json); 13] {
    [
        ("symbol", symbol(&state.engine, order.instrument)),
        ("orderType", words::kind(order.price.is_some())),
        ("orderSide", words::side(order.side)),
        ("positionSide", words::slot(order.slot)),
        ("timeInForce", words::tif(order.tif)),
        ("closePosition", closes_position(state, order).to_string()),
        ("price", quoted(order.price.unwrap_or_default())),
        ("origQty", quoted(order.qty)),
        ("avgPrice", quoted(order.average_price())),
        ("executedQty", quoted(order.filled)),
        ("marginFrozen", quoted(margin_frozen(state, order))),
        ("triggerProfitPrice", or_null(order.preset.take_profit.map(quoted))),
        ("triggerStopPrice", or_null(order.preset.stop_loss.map(quoted))),
    ]
}

pub(super) fn profit(state: &State, order: &Order) -> Json {
    or_null(close_profit(state, order).map(quoted))
}

fn row(state: &State, order: &Order) -> Json {
    let client_id = Some(order.client_id.as_str()).filter(|id| !id.is_empty());
    let mut members =
        vec![("orderId", quote(&order.id.to_string())), ("clientOrderId", or_null(client_id.map(quote)))];
    members.extend(common(state, order));
    members.extend([
        ("sourceId", or_null(order.from_trigger.map(|id| id.to_string()))),
        ("forceClose", "false".to_owned()),
        ("closeProfit", profit(state, order)),
        ("state", quote(words::order_state(order))),
        ("createdTime", order.created_ms.to_string()),
    ]);
    write(&members)
}

/// What a list is narrowed to: a contract, and when its rows were made.
#[derive(Debug)]
pub(super) struct Narrow {
    symbol: Option<InstrumentId>,
    from_ms: i64,
    to_ms: i64,
}

impl Narrow {
    pub(super) fn of(state: &State, ask: &Ask<'_>) -> Result<Self, Refusal> {
        let symbol = ask.any_instrument(&state.engine)?;
        let (from, to) = (ask.integer("startTime")?, ask.integer("endTime")?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Refusal::invalid("startTime"));
        }
        Ok(Self { symbol, from_ms: from.unwrap_or(i64::MIN), to_ms: to.unwrap_or(i64::MAX) })
    }

    pub(super) fn has(&self, symbol: Option<InstrumentId>, at_ms: i64) -> bool {
        (self.symbol.is_none() || self.symbol == symbol) && (self.from_ms..=self.to_ms).contains(&at_ms)
    }
}

/// All orders that are remembered, the newest first.
pub(super) fn remembered<'a>(state: &'a State, narrow: &Narrow) -> Vec<&'a Order> {
    let (live, past) = (state.engine.open_orders(state.account), state.engine.finished_orders(state.account));
    let all = live.chain(past);
    let mut orders: Vec<&Order> =
        all.filter(|order| narrow.has(Some(order.instrument), order.created_ms)).collect();
    orders.sort_unstable_by_key(|order| std::cmp::Reverse(order.id));
    orders
}

/// Whether an order is in a documented state: one of them, or `UNFINISHED`.
pub(super) fn is_in(order: &Order, wanted: Option<&str>) -> bool {
    match wanted {
        None => true,
        Some("UNFINISHED") => order.is_open(),
        Some(wanted) => words::order_state(order) == wanted,
    }
}

pub(super) fn all(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (narrow, wanted) = (Narrow::of(state, ask)?, ask.text("state"));
    let mut orders = remembered(state, &narrow);
    orders.retain(|order| is_in(order, wanted.as_deref()));
    numbered(ask, &orders, |order| row(state, order))
}

pub(super) fn history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let mut orders = remembered(state, &Narrow::of(state, ask)?);
    orders.retain(|order| !order.is_open());
    Ok(Walk::of(ask, orders, |order| order.id)?.counted("ps", |order| row(state, order)))
}

fn own(state: &State, id: u64) -> Option<&Order> {
    state.engine.order(id).filter(|order| order.account == state.account)
}

pub(super) fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let order = own(state, number(ask, "orderId")?).ok_or(Why::UnknownOrderId)?;
    Ok(row(state, order))
}

pub(super) fn by_ids(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let ids = ask.demand("ids")?;
    let orders = ids.split(',').filter_map(|id| own(state, id.trim().parse().ok()?));
    Ok(list(orders.map(|order| row(state, order))))
}

pub(super) fn unfinished(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (id, side) = (ask.instrument(&state.engine)?, quote(&ask.demand("direction")?));
    let orders = state.engine.open_orders(state.account).rev();
    let wanted = orders.filter(|order| order.instrument == id && words::side(order.side) == side);
    Ok(list(wanted.map(|order| row(state, order))))
}

pub(super) fn all_unfinished(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let names = ask.demand("list")?;
    let find = |name: &str| state.engine.find(name.trim()).ok_or_else(|| Why::UnknownSymbol.into());
    let ids: Vec<InstrumentId> = names.split(',').map(find).collect::<Result<_, Refusal>>()?;
    let orders = state.engine.open_orders(state.account).rev();
    Ok(list(orders.filter(|order| ids.contains(&order.instrument)).map(|order| row(state, order))))
}

pub(super) fn trades(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (narrow, order) = (Narrow::of(state, ask)?, ask.text("orderId"));
    let fills = state.engine.account(state.account).fills().rev();
    let fills = fills
        .filter(|fill| narrow.has(Some(fill.instrument), fill.at_ms))
        .filter(|fill| order.as_ref().is_none_or(|order| fill.order.to_string() == *order))
        .collect::<Vec<_>>();
    numbered(ask, &fills, |fill| {
        let coin = state.engine.instrument(fill.instrument).map(|instrument| instrument.quote.as_str());
        write(&[
            ("orderId", quote(&fill.order.to_string())),
            ("execId", quote(&fill.trade.to_string())),
            ("symbol", symbol(&state.engine, fill.instrument)),
            ("quantity", quoted(fill.qty)),
            ("price", quoted(fill.price)),
            ("fee", quoted(fill.fee)),
            ("feeCoin", quote(coin.unwrap_or_default())),
            ("timestamp", fill.at_ms.to_string()),
        ])
    })
}
