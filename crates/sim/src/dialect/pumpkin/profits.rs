//! Take-profits and stop-losses: one id for both ends of a position.

use super::orders::{Exit, exit};
use super::plans::expiry;
use super::profit_lists::Record;
use super::words::{self, named_position, number, position_id};
use super::{Pumpkin, refused, tradable};
use crate::dialect::{Ask, Json, State, symbol};
use crate::engine::{
    Decimal, Direction, Engine, InstrumentId, NewTrigger, OrderId, Side, Slot, Tif, Trigger, TriggerKind,
};
use crate::json::{quote, write};
use crate::refusal::{Refusal, Why};

/// A take-profit or stop-loss in the making.
struct Guard {
    instrument: InstrumentId,
    slot: Slot,
    /// The side that closes.
    side: Side,
    /// All of the position without one.
    qty: Option<Decimal>,
    by_mark: bool,
    group: OrderId,
    expires_ms: Option<i64>,
    /// There is something to protect already; what isn't there yet may come.
    is_held: bool,
}

impl Guard {
    fn terms(&self, kind: TriggerKind, trigger_price: Decimal, price: Option<Decimal>) -> NewTrigger {
        NewTrigger {
            kind: if self.is_held { kind } else { TriggerKind::Plan },
            reduce_only: true,
            qty: self.qty,
            price,
            tif: if price.is_some() { Tif::Gtc } else { Tif::Ioc },
            group: Some(self.group),
            by_mark: self.by_mark,
            expires_ms: self.expires_ms,
            ..NewTrigger::new(self.instrument, kind, self.side, self.slot, trigger_price)
        }
    }

    /// Sets the ends that are given, both or none.
    fn set(&self, state: &mut State, profit: Exit, stop: Exit) -> Result<(), Refusal> {
        let mut placed: Vec<OrderId> = Vec::new();
        for (kind, (trigger, price)) in [(TriggerKind::TakeProfit, profit), (TriggerKind::StopLoss, stop)] {
            let Some(trigger) = trigger else { continue };
            match state.engine.place_trigger(state.account, self.terms(kind, trigger, price)) {
                Ok(id) => placed.push(id),
                Err(why) => {
                    for id in placed {
                        // One that has fired meanwhile can't be taken back.
                        let _ = state.engine.cancel_trigger(state.account, id);
                    }
                    return Err(refused(why));
                }
            }
        }
        Ok(())
    }
}

/// Which end of a position a trigger is.
pub(super) fn takes_profit(trigger: &Trigger) -> bool {
    (trigger.terms.direction == Direction::Rising) == (trigger.terms.side == Side::Sell)
}

/// How much: all of the position when it says 0 or is told so by the flag.
fn quantity(ask: &Ask<'_>, name: &str) -> Result<Option<Decimal>, Refusal> {
    let qty = ask.decimal(name)?.filter(|qty| !qty.is_zero());
    if qty.is_some_and(|qty| qty.is_sign_negative()) {
        return Err(Refusal::invalid(name));
    }
    Ok(qty.filter(|_| !ask.is("profitFlag", "1") && !ask.is("profitFlag", "0")))
}

/// The position that is to be protected, and the side that closes it.
fn protected(
    own: &Pumpkin,
    state: &State,
    ask: &Ask<'_>,
    id: InstrumentId,
) -> Result<(Slot, Side, bool), Refusal> {
    let Some(named) = named_position(ask) else {
        // Documented for a position that is being opened: these say which.
        ask.demand("orderSide")?;
        let slot = words::position_side(own, ask, id)?;
        let opens_long = match slot {
            Slot::Net => ask.is("orderSide", "BUY"),
            Slot::Long => true,
            Slot::Short => false,
        };
        return Ok((slot, if opens_long { Side::Sell } else { Side::Buy }, false));
    };
    let mut positions = state.engine.account(state.account).positions();
    let found = positions.find(|(of, slot, position)| {
        *of == id && !position.qty.is_zero() && position_id(id, *slot, position).to_string() == named
    });
    let (_, slot, position) = found.ok_or(Why::PositionMissing)?;
    Ok((slot, if position.qty.is_sign_positive() { Side::Sell } else { Side::Buy }, true))
}

pub(super) fn create(own: &Pumpkin, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = tradable(state, ask)?;
    let (profit, stop) = (exit(ask, "profit")?, exit(ask, "stop")?);
    if profit.0.is_none() && stop.0.is_none() {
        return Err(Refusal::missing("triggerProfitPrice"));
    }
    let ((slot, side, is_held), expires_ms) = (protected(own, state, ask, instrument)?, expiry(ask)?);
    let qty = quantity(ask, "origQty")?;
    let by_mark = ask.is("triggerPriceType", "MARK_PRICE");
    let group = state.engine.take_number();
    let guard = Guard { instrument, slot, side, qty, by_mark, group, expires_ms, is_held };
    guard.set(state, profit, stop)?;
    let now = Record::find(state, group).map(|record| record.state()).unwrap_or_default();
    Ok(write(&[
        ("profitId", quote(&group.to_string())),
        ("symbol", symbol(&state.engine, instrument)),
        ("positionSide", words::slot(if side == Side::Sell { Slot::Long } else { Slot::Short })),
        ("state", quote(now)),
    ]))
}

/// The waiting ends of the one that is named.
fn waiting(state: &State, ask: &Ask<'_>) -> Result<(OrderId, Vec<Trigger>), Refusal> {
    let id = number(ask, "profitId")?;
    let record = Record::find(state, id).ok_or(Why::UnknownOrderId)?;
    let ends: Vec<Trigger> =
        record.ends.iter().filter(|end| end.is_waiting()).map(|end| (*end).clone()).collect();
    if ends.is_empty() { Err(Why::OrderFinished.into()) } else { Ok((id, ends)) }
}

/// Changes what is given and leaves the rest; an end that wasn't there is set.
pub(super) fn update(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (group, ends) = waiting(state, ask)?;
    let first = ends.first().ok_or(Why::OrderFinished)?.terms.clone();
    let (profit, stop) = (exit(ask, "profit")?, exit(ask, "stop")?);
    if profit.0.is_none() && stop.0.is_none() {
        return Err(Refusal::missing("triggerProfitPrice"));
    }
    let resized = ask.text("origQty").is_some() || ask.text("profitFlag").is_some();
    let qty = if resized { quantity(ask, "origQty")? } else { first.qty };
    let instrument = state.engine.instrument(first.instrument).ok_or(Why::UnknownSymbol)?;
    qty.map_or(Ok(()), |qty| Engine::check_qty(instrument, qty)).map_err(refused)?;
    let holder = state.engine.account(state.account);
    let held = holder.position(first.instrument, first.slot).map(|held| held.qty.abs());
    if qty.is_some_and(|qty| first.kind != TriggerKind::Plan && Some(qty) > held) {
        return Err(Why::PositionShort.into());
    }
    let by_mark = ask.text("triggerPriceType").map_or(first.by_mark, |kind| kind == "MARK_PRICE");
    for end in &ends {
        let (trigger, price) = if takes_profit(end) { profit } else { stop };
        let change = |terms: &mut NewTrigger| {
            (terms.qty, terms.by_mark) = (qty, by_mark);
            if let Some(trigger) = trigger {
                (terms.trigger_price, terms.price) = (trigger, price);
            }
        };
        // One that fired on the way has called this one off.
        if state.engine.trigger(end.id).is_some_and(Trigger::is_waiting) {
            state.engine.amend_trigger(state.account, end.id, change).map_err(refused)?;
        }
    }
    let guard = Guard {
        instrument: first.instrument,
        slot: first.slot,
        side: first.side,
        qty,
        by_mark,
        group,
        expires_ms: first.expires_ms,
        is_held: first.kind != TriggerKind::Plan,
    };
    let new = |exit: Exit, is_profit: bool| {
        if ends.iter().any(|end| takes_profit(end) == is_profit) { (None, None) } else { exit }
    };
    guard.set(state, new(profit, true), new(stop, false))?;
    let adjustment = state.engine.take_number();
    Ok(write(&[("adjustId", adjustment.to_string()), ("status", quote("PROCESSING"))]))
}

fn revoke(state: &mut State, ends: Vec<OrderId>) -> Result<(), Refusal> {
    for end in ends {
        state.engine.cancel_trigger(state.account, end)?;
    }
    Ok(())
}

/// Both ends.
pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (_, ends) = waiting(state, ask)?;
    revoke(state, ends.iter().map(|end| end.id).collect())?;
    Ok("null".to_owned())
}

pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let symbol = ask.any_instrument(&state.engine)?;
    let waiting = state.engine.waiting_triggers(state.account).filter(|end| end.terms.group.is_some());
    let ends = waiting.filter(|end| symbol.is_none_or(|symbol| symbol == end.terms.instrument));
    let ends = ends.map(|end| end.id).collect();
    revoke(state, ends)?;
    Ok("true".to_owned())
}
