//! Looking orders up: live ones, finished ones, those that traded, those that were forced.

use super::asked::{Named, limit, page, short_span, span};
use super::rows;
use crate::dialect::interval::DAY_MS;
use crate::dialect::{Ask, Json, State};
use crate::engine::Order;
use crate::json::list;
use crate::refusal::{Refusal, Why};
use crate::rules::hibt;

/// Live orders, the latest first.
pub(super) fn open(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    let named = Named::maybe(ask)?;
    let wanted = engine
        .open_orders(state.account)
        .rev()
        .filter(|order| instrument.is_none_or(|wanted| order.instrument == wanted))
        .filter(|order| named.as_ref().is_none_or(|named| named.is(order)));
    Ok(list(wanted.map(|order| rows::order(engine, order))))
}

/// A finished order; of a position, the latest.
pub(super) fn finished_one(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.instrument(&state.engine)?);
    let named = Named::must(ask)?;
    let mut past = engine.finished_orders(state.account).rev();
    let order = past.find(|order| order.instrument == instrument && named.is(order));
    Ok(rows::order(engine, order.ok_or(Why::UnknownOrder)?))
}

/// Finished orders, the latest first.
pub(super) fn finished(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    let span = span(ask, 1)?;
    let past: Vec<&Order> = engine
        .finished_orders(state.account)
        .rev()
        .filter(|order| instrument.is_none_or(|wanted| order.instrument == wanted))
        .filter(|order| span.contains(&order.created_ms))
        .collect();
    page(ask, &past, |order| rows::order(engine, order))
}

/// Orders that have traded, live or finished, the latest first. Here the span is in seconds.
pub(super) fn traded(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.instrument(&state.engine)?);
    let (span, most) = (span(ask, 1000)?, limit(ask, 500)?);
    let all = engine.open_orders(state.account).chain(engine.finished_orders(state.account));
    let mut traded: Vec<&Order> = all
        .filter(|order| order.instrument == instrument && !order.filled.is_zero())
        .filter(|order| span.contains(&order.created_ms))
        .collect();
    traded.sort_by_key(|order| std::cmp::Reverse(order.id));
    Ok(list(traded.into_iter().take(most).map(|order| rows::traded_order(engine, order))))
}

/// Nobody is liquidated here: the list is empty.
pub(super) fn forced(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    ask.any_instrument(&state.engine)?;
    short_span(ask, 7 * DAY_MS, hibt::SPAN_OVER_WEEK)?;
    limit(ask, 500)?;
    Ok(list([]))
}
