//! Leverage, margin, closing everything, and favourites.

use super::positions::sides;
use super::words::{self, contract, is_here, read_slot};
use super::{NOTHING, WexFutures, YES};
use crate::dialect::{Ask, Json, State, plain};
use crate::engine::{Decimal, InstrumentId, Margin, NewOrder, Refused, Side, Slot};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// The account's id, as documented.
pub(super) const ACCOUNT: &str = "500000000000";
/// Favourites that are kept.
const MOST_FAVOURITES: usize = 200;

pub(super) fn leverages(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    contract(state, ask)?;
    let items = sides(state, ask)?.into_iter().map(|held| {
        write(&[
            ("symbol", words::joined_symbol(&state.engine, held.id)),
            ("accountId", quote(ACCOUNT)),
            ("positionType", quote(words::margin(held.margin()))),
            ("positionSide", quote(words::position_side(held.slot))),
            ("contractType", quote("PERPETUAL")),
            ("leverage", plain(held.leverage())),
        ])
    });
    Ok(write(&[("hasNext", "false".to_owned()), ("hasPrev", "false".to_owned()), ("items", list(items))]))
}

pub(super) fn adjust_leverage(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let leverage = ask.demand_decimal("leverage")?;
    let (id, slot) = (contract(state, ask)?, read_slot(ask));
    state.engine.choose_side(state.account, id, slot, Some(leverage), None)?;
    Ok(NOTHING.to_owned())
}

pub(super) fn change_type(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let margin = if ask.is("positionType", "ISOLATED") { Margin::Isolated } else { Margin::Cross };
    let (id, slot) = (contract(state, ask)?, read_slot(ask));
    state.engine.choose_side(state.account, id, slot, None, Some(margin))?;
    Ok(NOTHING.to_owned())
}

pub(super) fn adjust_margin(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    // Only the symbol is documented as required, and nothing can be done without the others.
    let (_, kind, amount) = (ask.demand("positionSide")?, ask.demand("type")?, ask.demand_decimal("margin")?);
    if amount <= Decimal::ZERO {
        return Err(Refusal::invalid("margin"));
    }
    let change = if kind == "SUB" { -amount } else { amount };
    let done = state.engine.add_margin(state.account, id, read_slot(ask), change);
    done.map_err(|refused| match refused {
        Refused::NoPosition | Refused::WrongKind => Refusal::from(Why::NotAllowed),
        other => other.into(),
    })?;
    Ok(NOTHING.to_owned())
}

pub(super) fn set_auto_margin(own: &mut WexFutures, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let side = (contract(state, ask)?, read_slot(ask));
    if ask.is("autoMargin", "true") {
        own.auto_margin.insert(side);
    } else {
        own.auto_margin.remove(&side);
    }
    Ok(NOTHING.to_owned())
}

/// Closes what the asked host has, at the market; orders that would close some of it go first.
pub(super) fn close_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let positions = engine.account(state.account).positions();
    let held: Vec<(InstrumentId, Slot)> = positions
        .filter(|(id, _, position)| is_here(engine, ask, *id) && !position.qty.is_zero())
        .map(|(id, slot, _)| (id, slot))
        .collect();
    for (id, slot) in held {
        let closing = state.engine.open_orders(state.account);
        let closing =
            closing.filter(|order| order.reduce_only && (order.instrument, order.slot) == (id, slot));
        for order in closing.map(|order| order.id).collect::<Vec<_>>() {
            state.engine.cancel(state.account, order)?;
        }
        let side = if slot == Slot::Short { Side::Buy } else { Side::Sell };
        let qty = state.engine.account(state.account).closeable(id, slot);
        let order = NewOrder { reduce_only: true, ..NewOrder::market(id, side, slot, qty) };
        state.engine.place(state.account, order)?;
    }
    Ok(YES.to_owned())
}

pub(super) fn add_favourite(own: &mut WexFutures, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let symbol = ask.demand("symbol")?;
    contract(state, ask)?;
    if !own.favourites.contains(&symbol) && own.favourites.len() < MOST_FAVOURITES {
        own.favourites.push(symbol);
    }
    Ok(YES.to_owned())
}

pub(super) fn remove_favourite(own: &mut WexFutures, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let symbol = ask.demand("symbol")?;
    contract(state, ask)?;
    own.favourites.retain(|known| *known != symbol);
    Ok(YES.to_owned())
}

pub(super) fn favourites(own: &WexFutures) -> Json {
    list(own.favourites.iter().map(|symbol| quote(symbol)))
}
