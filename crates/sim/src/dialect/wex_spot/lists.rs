//! Lists: open orders, past ones, own trades.

use super::orders::{any_side, is_spot};
use super::{page, pairs, rows, span};
use crate::dialect::page::Cursor;
use crate::dialect::{Ask, Json, State};
use crate::engine::{Order, OrderId, Side, Status};
use crate::json::list;
use crate::refusal::Refusal;

/// The latest first.
pub(super) fn open(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = open_ids(state, ask)?;
    let orders = wanted.iter().rev().filter_map(|id| state.engine.order(*id));
    Ok(list(orders.map(|order| rows::order(&state.engine, order))))
}

/// Open orders of the wanted symbol, account and side, the oldest first.
fn open_ids(state: &State, ask: &Ask<'_>) -> Result<Vec<OrderId>, Refusal> {
    let (instrument, side) = (pairs::any(state, ask)?, any_side(ask, "side"));
    let orders = state
        .engine
        .open_orders(state.account)
        .filter(|_| is_spot(ask))
        .filter(|order| instrument.is_none_or(|wanted| order.instrument == wanted))
        .filter(|order| side.is_none_or(|wanted| order.side == wanted));
    Ok(orders.map(|order| order.id).collect())
}

pub(super) fn cancel_open(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    for id in open_ids(state, ask)? {
        // It is open: nothing came between.
        let _ = state.engine.cancel(state.account, id);
    }
    Ok("{}".to_owned())
}

/// Orders that are finished or have traded, the latest first.
pub(super) fn history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let (instrument, side, cursor) = (
        pairs::any(state, ask)?,
        any_side(ask, "side"),
        Cursor::of(ask, "fromId", ask.count("limit", 20, 100)?)?,
    );
    let (kind, status, within) = (ask.text("type"), ask.text("state"), span(ask)?);
    let without_cancelled = ask.is("hiddenCanceled", "true");
    let has_traded = |order: &&Order| order.status == Status::PartiallyFilled;
    let partial = engine.open_orders(state.account).filter(has_traded);
    let mut past: Vec<&Order> = engine.finished_orders(state.account).chain(partial).collect();
    past.retain(|order| {
        is_spot(ask)
            && instrument.is_none_or(|wanted| order.instrument == wanted)
            && side.is_none_or(|wanted| order.side == wanted)
            && kind.as_ref().is_none_or(|wanted| rows::kind(order) == wanted)
            && status.as_ref().is_none_or(|wanted| rows::status(order) == wanted)
            && !(without_cancelled && rows::status(order) == "CANCELED")
            && within(order.created_ms)
    });
    past.sort_by_key(|order| std::cmp::Reverse(order.id));
    Ok(page(cursor, past, |order| order.id, |order| rows::order(engine, order)))
}

/// Own trades, the latest first; those of orders that are forgotten are forgotten with them.
pub(super) fn trades(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let (instrument, side) = (pairs::any(state, ask)?, any_side(ask, "orderSide"));
    let (kind, within) = (ask.text("orderType"), span(ask)?);
    let order: Option<i64> = ask.integer("orderId")?;
    let cursor = Cursor::of(ask, "fromId", ask.count("limit", 20, 100)?)?;
    let fills = engine
        .account(state.account)
        .fills()
        .rev()
        .filter(|_| is_spot(ask))
        .filter(|fill| instrument.is_none_or(|wanted| fill.instrument == wanted))
        .filter(|fill| side.is_none_or(|wanted: Side| fill.side == wanted))
        .filter(|fill| order.is_none_or(|wanted| i64::try_from(fill.order) == Ok(wanted)))
        .filter(|fill| within(fill.at_ms))
        .filter_map(|fill| engine.order(fill.order).map(|order| (fill, order)))
        .filter(|(_, order)| kind.as_ref().is_none_or(|wanted| rows::kind(order) == wanted));
    let fills: Vec<_> = fills.collect();
    Ok(page(cursor, fills, |(fill, _)| fill.trade, |(fill, order)| rows::trade(engine, fill, order)))
}
