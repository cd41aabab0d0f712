//! Positions: looked at, their leverage, margin and mode, closing them.

use super::words::{self, named_position, position_id};
use super::{Pumpkin, refused, tradable};
use crate::dialect::{Ask, Json, State, plain, quoted, symbol};
use crate::engine::{
    Decimal, InstrumentId, Margin, NewOrder, OrderId, Position, PositionMode, Side, Slot, Tif,
};
use crate::json::{list as array, quote, write};
use crate::refusal::{Refusal, Why};

/// Positions that are held, of one contract or of all.
fn held(
    state: &State,
    wanted: Option<InstrumentId>,
) -> impl Iterator<Item = (InstrumentId, Slot, &Position)> {
    let positions = state.engine.account(state.account).positions();
    positions
        .filter(move |(id, ..)| wanted.is_none_or(|wanted| *id == wanted))
        .filter(|(.., position)| !position.qty.is_zero())
}

/// Money that live orders hold which would enlarge a position.
fn frozen(state: &State, id: InstrumentId, slot: Slot) -> Decimal {
    let orders = state.engine.open_orders(state.account);
    orders.filter(|order| (order.instrument, order.slot) == (id, slot)).map(|order| order.reserved).sum()
}

pub(super) fn list(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = ask.any_instrument(&state.engine)?;
    Ok(array(held(state, wanted).map(|(id, slot, position)| {
        let multiplier = state.engine.instrument(id).map(|of| of.multiplier).unwrap_or_default();
        // The only one is long or short too, and only its side says which.
        let side = if position.qty.is_sign_positive() { Slot::Long } else { Slot::Short };
        write(&[
            ("symbol", symbol(&state.engine, id)),
            ("positionId", quote(&position_id(id, slot, position).to_string())),
            ("positionType", words::margin(position.margin)),
            ("positionSide", words::slot(side)),
            ("positionSize", quoted(position.qty.abs())),
            ("closeOrderSize", quoted(position.closing)),
            ("availableCloseSize", quoted(position.qty.abs() - position.closing)),
            ("entryPrice", quoted(position.entry_price(multiplier))),
            ("isolatedMargin", quoted(position.tied_up())),
            ("openOrderMarginFrozen", quoted(frozen(state, id, slot))),
            ("realizedProfit", quoted(position.realised)),
            ("autoMargin", "false".to_owned()),
            ("leverage", plain(position.leverage)),
            ("contractSize", quoted(multiplier)),
        ])
    })))
}

/// Documented: not while there is a position.
pub(super) fn leverage(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = tradable(state, ask)?;
    if held(state, Some(id)).next().is_some() {
        return Err(Why::NotAllowed.into());
    }
    let wish = ask.demand_decimal("leverage")?;
    state.engine.choose(state.account, id, Some(wish), None)?;
    Ok("null".to_owned())
}

pub(super) fn margin(own: &Pumpkin, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = tradable(state, ask)?;
    let slot = words::position_side(own, ask, id)?;
    let named = named_position(ask);
    let position = held(state, Some(id)).find(|(_, of, _)| *of == slot);
    let is_it = |(id, slot, position): &(_, _, &Position)| {
        named.as_ref() == Some(&position_id(*id, *slot, position).to_string())
    };
    if !position.as_ref().is_some_and(is_it) {
        return Err(Why::PositionMissing.into());
    }
    let amount = ask.demand_decimal("margin")?;
    if amount <= Decimal::ZERO {
        return Err(Refusal::invalid("margin"));
    }
    let amount = if ask.is("type", "ADD") { amount } else { -amount };
    state.engine.add_margin(state.account, id, slot, amount).map_err(refused)?;
    Ok("null".to_owned())
}

/// Orders that close something are cancelled first: what they would close is closed now.
pub(super) fn close_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = ask.any_instrument(&state.engine)?;
    let positions: Vec<(InstrumentId, Slot, Decimal)> =
        held(state, wanted).map(|(id, slot, position)| (id, slot, position.qty)).collect();
    for (id, slot, qty) in positions {
        let closing = state.engine.open_orders(state.account);
        let closing: Vec<OrderId> = closing
            .filter(|order| order.reduce_only && (order.instrument, order.slot) == (id, slot))
            .map(|order| order.id)
            .collect();
        for order in closing {
            state.engine.cancel(state.account, order)?;
        }
        let side = if qty.is_sign_positive() { Side::Sell } else { Side::Buy };
        let order =
            NewOrder { reduce_only: true, tif: Tif::Ioc, ..NewOrder::market(id, side, slot, qty.abs()) };
        state.engine.place(state.account, order).map_err(refused)?;
    }
    Ok("true".to_owned())
}

/// Whether anything of a contract lives that a change of mode would touch.
fn is_in_use(state: &State, id: InstrumentId) -> bool {
    let engine = &state.engine;
    held(state, Some(id)).next().is_some()
        || engine.open_orders(state.account).any(|order| order.instrument == id)
        || engine.waiting_triggers(state.account).any(|trigger| trigger.terms.instrument == id)
}

pub(super) fn change_type(own: &mut Pumpkin, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = tradable(state, ask)?;
    let margin = if ask.is("positionType", "ISOLATED") { Margin::Isolated } else { Margin::Cross };
    let model =
        if ask.is("positionModel", "AGGREGATION") { PositionMode::OneWay } else { PositionMode::Hedge };
    let instrument = state.engine.instrument(id).ok_or(Why::UnknownSymbol)?;
    let before = state.engine.account(state.account).setting(id, instrument).margin;
    if (margin, model) == (before, own.model(id)) {
        return Ok("null".to_owned());
    }
    if is_in_use(state, id) {
        return Err(Why::NotAllowed.into());
    }
    state.engine.choose(state.account, id, None, Some(margin))?;
    own.models.insert(id, model);
    Ok("null".to_owned())
}
