//! Conditional orders: placed when a price triggers them.

use super::asked::page;
use super::open::{PresetNames, aim, preset};
use super::{number_of, rows};
use crate::dialect::{Ask, Json, State};
use crate::engine::{Direction, NewTrigger, Trigger, TriggerKind};
use crate::json::list;
use crate::refusal::{Refusal, Why};

/// Here the venue writes the flags with a capital.
const NAMES: PresetNames = PresetNames { flags: ["IsSetSp", "IsSetSl"], trigger: "spSlTriggerType" };

pub(super) fn add(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let ((side, slot), price) = (aim(ask), ask.decimal("price")?);
    let trigger_price = ask.demand_decimal("triggerPrice")?;
    // Nothing says from where the price has to come: from where it is.
    let rises = trigger_price > state.engine.last_price(instrument);
    let around = price.unwrap_or(trigger_price);
    let terms = NewTrigger {
        qty: Some(ask.demand_decimal("amount")?),
        price,
        direction: if rises { Direction::Rising } else { Direction::Falling },
        leverage: Some(ask.demand_decimal("leverage")?),
        client_id: ask.text("customID"),
        preset: preset(&state.engine, ask, &NAMES, (instrument, side, around))?,
        by_mark: ask.is("triggerType", "2"),
        ..NewTrigger::new(instrument, TriggerKind::Plan, side, slot, trigger_price)
    };
    let id = state.engine.place_trigger(state.account, terms)?;
    let trigger = state.engine.trigger(id).ok_or(Why::UnknownOrder)?;
    Ok(rows::entrust(&state.engine, trigger))
}

/// What comes with an order is no conditional order of its own.
fn is_entrust(trigger: &Trigger) -> bool {
    trigger.terms.kind == TriggerKind::Plan
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let (id, client_id) = (ask.text("entrustID"), ask.text("customID"));
    let is_it = |trigger: &Trigger| match (&id, &client_id) {
        (Some(id), _) => number_of(id) == Some(trigger.id),
        (None, client_id) => trigger.terms.client_id == *client_id,
    };
    match (&id, &client_id) {
        (None, None) => return Err(Refusal::missing("entrustID")),
        (Some(_), Some(_)) => return Err(Refusal::invalid("entrustID")),
        _ => {}
    }
    let found = state
        .engine
        .waiting_triggers(state.account)
        .filter(|trigger| is_entrust(trigger) && trigger.terms.instrument == instrument)
        .find(|trigger| is_it(trigger))
        .map(|trigger| trigger.id);
    let found = found.ok_or(Why::UnknownOrder)?;
    state.engine.cancel_trigger(state.account, found)?;
    Ok(list([rows::id(found)]))
}

/// The latest first.
pub(super) fn waiting(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    let wanted = engine
        .waiting_triggers(state.account)
        .rev()
        .filter(|trigger| is_entrust(trigger))
        .filter(|trigger| instrument.is_none_or(|wanted| trigger.terms.instrument == wanted));
    Ok(list(wanted.map(|trigger| rows::entrust(engine, trigger))))
}

/// The latest first.
pub(super) fn past(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    let past: Vec<&Trigger> = engine
        .past_triggers(state.account)
        .rev()
        .filter(|trigger| is_entrust(trigger))
        .filter(|trigger| instrument.is_none_or(|wanted| trigger.terms.instrument == wanted))
        .collect();
    page(ask, &past, |trigger| rows::entrust(engine, trigger))
}
