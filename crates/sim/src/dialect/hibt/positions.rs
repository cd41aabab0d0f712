//! Positions, with the take-profits and stop-losses that close parts of them.

use super::close::held;
use super::number_of;
use super::rows::{self, Part, price};
use crate::dialect::{Ask, Json, State, plain, quoted, symbol};
use crate::engine::{InstrumentId, Position, Slot, TriggerKind};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// What protects a position, by the orders that it came with.
fn parts_of(state: &State, id: InstrumentId, slot: Slot) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let waiting = state.engine.waiting_triggers(state.account);
    for trigger in waiting.filter(|trigger| (trigger.terms.instrument, trigger.terms.slot) == (id, slot)) {
        let (take_profit, stop_loss) = match trigger.terms.kind {
            TriggerKind::TakeProfit => (Some(trigger), None),
            TriggerKind::StopLoss => (None, Some(trigger)),
            TriggerKind::Plan | TriggerKind::Trailing => continue,
        };
        let group = trigger.terms.group;
        match parts.iter_mut().find(|part| part.group == group) {
            Some(part) => {
                part.take_profit = part.take_profit.or(take_profit);
                part.stop_loss = part.stop_loss.or(stop_loss);
            }
            None => parts.push(Part { group, take_profit, stop_loss }),
        }
    }
    parts
}

/// A position as it is shown.
pub(super) fn row(state: &State, (id, slot, position): (InstrumentId, Slot, &Position)) -> Json {
    let engine = &state.engine;
    let multiplier = engine.instrument(id).map(|listed| listed.multiplier).unwrap_or_default();
    let parts = parts_of(state, id, slot);
    write(&[
        ("positionID", rows::id(position.opened_by)),
        ("symbol", symbol(engine, id)),
        ("side", rows::slot_side(slot)),
        ("leverage", plain(position.leverage)),
        ("price", quoted(position.entry_price(multiplier))),
        ("amount", quoted(position.qty.abs())),
        ("frozenAmount", quoted(position.closing)),
        ("margin", quoted(position.tied_up())),
        ("triggerType", rows::trigger_type(false)),
        // What closes the whole position can't be set here: all that there is closes parts.
        ("spPrice", price(None)),
        ("slPrice", price(None)),
        ("openProfit", quoted(position.unrealised(engine.mark_price(id), multiplier))),
        ("updatedAt", position.updated_ms.to_string()),
        ("spSlModel", if parts.is_empty() { "1" } else { "2" }.to_owned()),
        ("spType", "0".to_owned()),
        ("slType", "0".to_owned()),
        ("spTriggerPrice", quote("0")),
        ("slTriggerPrice", quote("0")),
        ("spSlPartData", list(parts.iter().map(Part::write))),
    ])
}

pub(super) fn all(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = ask.any_instrument(&state.engine)?;
    let number = ask.text("positionID").map(|id| number_of(&id));
    let shown = held(state)
        .filter(|(id, ..)| wanted.is_none_or(|wanted| *id == wanted))
        .filter(|(.., position)| number.is_none_or(|number| number == Some(position.opened_by)));
    Ok(list(shown.map(|held| row(state, held))))
}
