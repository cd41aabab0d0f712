//! Orders: placed, changed, cancelled.

use super::checks::{self, new_order, refuse};
use super::words::{any_contract, closes, is_here, wanted};
use super::{EMPTY, NOTHING, YES};
use crate::dialect::{Ask, Json, State};
use crate::engine::{Order, OrderId, Preset};
use crate::refusal::{Refusal, Why};

/// The most orders of a batch.
const BATCH: usize = 20;

pub(super) fn create(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let new = new_order(state, ask, "origQty")?;
    state.engine.place(state.account, new).map_err(refuse)?;
    Ok(NOTHING.to_owned())
}

/// Each on its own: the documented answer has no room for what became of a row.
pub(super) fn create_each(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (mut placed, mut first_refusal) = (0, None);
    for row in &ask.rows("list")? {
        let row = ask.row(row);
        let new = new_order(state, &row, "quantity");
        let done = new.and_then(|new| state.engine.place(state.account, new).map_err(refuse));
        match done {
            Ok(_) => placed += 1,
            Err(refusal) => {
                ask.refuse_row(&row);
                first_refusal.get_or_insert(refusal);
            }
        }
    }
    match first_refusal.filter(|_| placed == 0) {
        Some(refusal) => Err(refusal),
        None => Ok(EMPTY.to_owned()),
    }
}

/// All or none.
pub(super) fn create_together(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let rows = ask.rows("list")?;
    if rows.len() > BATCH {
        return Err(Why::BatchTooLong.into());
    }
    let orders: Result<Vec<_>, Refusal> =
        rows.iter().map(|row| new_order(state, &ask.row(row), "quantity")).collect();
    state.engine.place_all(state.account, orders?).map_err(|(_, refused)| refuse(refused))?;
    Ok(EMPTY.to_owned())
}

/// The account's order of this number at the asked host; `at` is what the refusal is about.
pub(super) fn named<'a>(state: &'a State, ask: &Ask<'_>, at: &str) -> Result<&'a Order, Refusal> {
    let id = ask.demand("orderId")?.parse().ok();
    let order = id.and_then(|id| state.engine.order(id));
    let own = order.filter(|order| order.account == state.account);
    let here = own.filter(|order| is_here(&state.engine, ask, order.instrument));
    here.ok_or_else(|| Refusal::about(Why::UnknownOrder, at))
}

pub(super) fn update(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let order = named(state, ask, "order")?;
    if !order.is_open() {
        return Err(Refusal::about(Why::UnknownOrder, "order"));
    }
    let (id, instrument, slot, before) = (order.id, order.instrument, order.slot, order.preset);
    let reduces = closes(order.side, order.slot);
    let engine = &state.engine;
    let price = checks::price(engine, instrument, ask.demand_decimal("price")?, "price")?;
    let qty = checks::size(engine, instrument, ask, "quantity")?;
    let preset = if reduces {
        before
    } else {
        let given = checks::preset(engine, instrument, ask, slot, Some(price))?;
        Preset {
            // What is left out stays.
            take_profit: given.take_profit.or(before.take_profit),
            stop_loss: given.stop_loss.or(before.stop_loss),
            ..before
        }
    };
    state.engine.amend(state.account, id, Some(price), Some(qty)).map_err(refuse)?;
    if preset != before {
        // It may have been filled by the change, before anything could protect it.
        let _ = state.engine.amend_preset(state.account, id, preset);
    }
    Ok(NOTHING.to_owned())
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = named(state, ask, "cancel")?.id;
    // One that is gone already is refused like one that never was.
    state.engine.cancel(state.account, id).map_err(|_| Refusal::about(Why::UnknownOrder, "cancel"))?;
    Ok(EMPTY.to_owned())
}

/// Those that are open; ids that name none are passed over.
pub(super) fn cancel_some(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (ids, own_ids) = (ask.text("orderIds"), ask.text("clientOrderIds"));
    if ids.is_none() && own_ids.is_none() {
        return Err(Refusal::missing("orderIds"));
    }
    let split = |list: Option<String>| -> Vec<String> {
        list.unwrap_or_default()
            .split(',')
            .map(|id| id.trim().to_owned())
            .filter(|id| !id.is_empty())
            .collect()
    };
    let (ids, own_ids) = (split(ids), split(own_ids));
    let found: Vec<OrderId> = state
        .engine
        .open_orders(state.account)
        .filter(|order| is_here(&state.engine, ask, order.instrument))
        .filter(|order| ids.contains(&order.id.to_string()) || own_ids.contains(&order.client_id))
        .map(|order| order.id)
        .collect();
    for id in found {
        state.engine.cancel(state.account, id)?;
    }
    Ok(YES.to_owned())
}

/// Those of a symbol, or of all that the asked host has when it is empty.
pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = wanted(state, ask)?;
    let contracts = state.engine.instruments().map(|(id, _)| id);
    let contracts: Vec<_> = contracts.filter(|id| wanted.has(&state.engine, *id)).collect();
    for id in contracts {
        state.engine.cancel_all(state.account, Some(id));
    }
    Ok(YES.to_owned())
}

/// Demands that a contract is named, for what would be about all without it.
pub(super) fn one_contract(state: &State, ask: &Ask<'_>) -> Result<(), Refusal> {
    any_contract(state, ask)?.map(|_| ()).ok_or_else(|| Refusal::missing("symbol"))
}
