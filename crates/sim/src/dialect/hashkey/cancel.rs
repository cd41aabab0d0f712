//! Orders: cancelled one by one, by ids, by symbol, all.

use super::orders::side;
use super::rows;
use crate::dialect::{Ask, Json, State};
use crate::engine::{OrderId, Refused, Side, Status};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::hashkey;

/// Orders that one call cancels at most.
const MOST: usize = 200;
/// Ids in a call.
const MOST_IDS: usize = 100;

/// The order of the main account that the request names, by the venue's id or by the caller's.
fn named(state: &State, ask: &Ask<'_>) -> Result<OrderId, Refusal> {
    let order = match (ask.text("orderId"), ask.text("clientOrderId")) {
        (Some(id), _) => id.parse().ok().and_then(|id| state.engine.order(id)),
        (None, Some(id)) => state.engine.order_by_client_id(state.account, &id),
        (None, None) => return Err(Refusal::missing("orderId")),
    };
    let own = order.filter(|order| order.account == state.account);
    own.map(|order| order.id).ok_or_else(|| Why::UnknownOrderId.into())
}

/// The answer shows the order as it was: that the cancel was taken, not what came of it.
pub(super) fn one(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = named(state, ask)?;
    let before = rows::cancelled(state, id);
    state.engine.cancel(state.account, id).map_err(|refused| match refused {
        Refused::Finished => match state.engine.order(id).map(|order| order.status) {
            Some(Status::Filled) => hashkey::ORDER_FILLED.into(),
            _ => hashkey::ORDER_CANCELLED.into(),
        },
        other => Refusal::from(other),
    })?;
    Ok(write(&before))
}

/// Cancels open orders, the oldest first; answers the last of them.
fn sweep(state: &mut State, ask: &Ask<'_>, from: OrderId, most: usize) -> Result<Option<OrderId>, Refusal> {
    let (instrument, side): (_, Option<Side>) = (ask.any_instrument(&state.engine)?, side(ask));
    let wanted = state
        .engine
        .open_orders(state.account)
        .filter(|order| instrument.is_none_or(|wanted| order.instrument == wanted))
        .filter(|order| side.is_none_or(|wanted| order.side == wanted) && order.id >= from);
    let ids: Vec<OrderId> = wanted.take(most).map(|order| order.id).collect();
    for id in &ids {
        state.engine.cancel(state.account, *id)?;
    }
    Ok(ids.last().copied())
}

pub(super) fn of_symbol(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    ask.instrument(&state.engine)?;
    sweep(state, ask, 0, MOST)?;
    Ok(write(&[("success", "true".to_owned())]))
}

pub(super) fn all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let most = ask.count("limit", 100, MOST)?;
    let from = match ask.text("fromOrderId") {
        Some(id) => id.parse().map_err(|_| Refusal::invalid("fromOrderId"))?,
        None => 0,
    };
    let last = sweep(state, ask, from, most)?;
    Ok(write(&[
        ("code", quote("0000")),
        ("message", quote("success")),
        ("timestamp", ask.now_ms.to_string()),
        ("lastOrderId", last.unwrap_or_default().to_string()),
    ]))
}

/// The code is "0000" whatever becomes of the ids: only failures are listed.
pub(super) fn by_ids(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let ids = ask.demand("ids")?;
    let ids: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    if ids.len() > MOST_IDS {
        return Err(hashkey::LIST_TOO_LONG.into());
    }
    let mut failures = Vec::new();
    for text in ids {
        let cancelled = match text.parse() {
            Ok(id) => state.engine.cancel(state.account, id),
            Err(_) => Err(Refused::UnknownOrder),
        };
        let code = match cancelled {
            Ok(()) => continue,
            Err(Refused::Finished) => "0212",
            Err(_) => "0211",
        };
        failures.push(write(&[("orderId", quote(text)), ("code", quote(code))]));
    }
    Ok(write(&[("code", quote("0000")), ("result", list(failures))]))
}
