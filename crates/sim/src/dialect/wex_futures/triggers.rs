//! What plans, stop-profits and trailing orders have in common.

use super::checks;
use super::words::{self, is_here, span, wanted};
use crate::dialect::{Ask, State};
use crate::engine::{
    Decimal, InstrumentId, NewTrigger, Order, OrderId, Refused, Side, Slot, Trigger, TriggerKind,
    TriggerStatus,
};
use crate::refusal::{Refusal, Why};

/// The account's triggers of a kind that a list is about, waiting and past: the latest first.
pub(super) fn listed<'a>(
    state: &'a State,
    ask: &Ask<'_>,
    is_kind: fn(&Trigger) -> bool,
) -> Result<Vec<&'a Trigger>, Refusal> {
    let (engine, wanted, span) = (&state.engine, wanted(state, ask)?, span(ask)?);
    let all = engine.waiting_triggers(state.account).chain(engine.past_triggers(state.account));
    let mut triggers: Vec<&Trigger> = all
        .filter(|trigger| is_kind(trigger) && wanted.has(engine, trigger.terms.instrument))
        .filter(|trigger| span.contains(&trigger.created_ms))
        .collect();
    triggers.sort_by_key(|trigger| std::cmp::Reverse(trigger.id));
    Ok(triggers)
}

/// The account's trigger of a kind that a parameter names; `at` is what the refusal is about.
pub(super) fn named<'a>(
    state: &'a State,
    ask: &Ask<'_>,
    name: &str,
    is_kind: fn(&Trigger) -> bool,
    at: &str,
) -> Result<&'a Trigger, Refusal> {
    let trigger = ask.demand(name)?.parse().ok().and_then(|id| state.engine.trigger(id));
    let own = trigger.filter(|trigger| trigger.account == state.account && is_kind(trigger));
    let here = own.filter(|trigger| is_here(&state.engine, ask, trigger.terms.instrument));
    here.ok_or_else(|| Refusal::about(Why::UnknownOrder, at))
}

/// Cancels all that wait, of a kind: those of a symbol, or of all that the asked host has.
pub(super) fn cancel_waiting(
    state: &mut State,
    ask: &Ask<'_>,
    is_kind: fn(&Trigger) -> bool,
) -> Result<(), Refusal> {
    let wanted = wanted(state, ask)?;
    let waiting = state.engine.waiting_triggers(state.account);
    let ids: Vec<OrderId> = waiting
        .filter(|trigger| is_kind(trigger) && wanted.has(&state.engine, trigger.terms.instrument))
        .map(|trigger| trigger.id)
        .collect();
    for id in ids {
        state.engine.cancel_trigger(state.account, id)?;
    }
    Ok(())
}

/// The order that a trigger has placed.
pub(super) fn placed<'a>(state: &'a State, trigger: &Trigger) -> Option<&'a Order> {
    match trigger.status {
        TriggerStatus::Fired(order) => state.engine.order(order),
        _ => None,
    }
}

/// How much of it has traded, and at what average price.
pub(super) fn traded(state: &State, trigger: &Trigger) -> (Decimal, Decimal) {
    let order = placed(state, trigger);
    order.map(|order| (order.filled, order.average_price())).unwrap_or_default()
}

/// Which price a trigger was asked to look at.
pub(super) fn price_type(trigger: &Trigger) -> &'static str {
    match (trigger.terms.by_mark, trigger.terms.by_index) {
        (_, true) => "INDEX_PRICE",
        (true, false) => "MARK_PRICE",
        (false, false) => "LATEST_PRICE",
    }
}

/// When something ends: not before now.
fn expiry(ask: &Ask<'_>) -> Result<Option<i64>, Refusal> {
    let expires_ms = ask.integer("expireTime")?.filter(|at_ms| *at_ms != 0);
    if expires_ms.is_some_and(|at_ms| at_ms <= ask.now_ms) {
        return Err(Refusal::invalid("expireTime"));
    }
    Ok(expires_ms)
}

/// Terms of a trigger that places a market order, at a price that is still to be said.
pub(super) fn terms(
    ask: &Ask<'_>,
    instrument: InstrumentId,
    kind: TriggerKind,
    (side, slot): (Side, Slot),
    qty: Decimal,
) -> Result<NewTrigger, Refusal> {
    Ok(NewTrigger {
        reduce_only: words::closes(side, slot),
        qty: Some(qty),
        client_id: ask.text("clientOrderId"),
        by_mark: ask.text("triggerPriceType").is_some_and(|looked_at| looked_at != "LATEST_PRICE"),
        by_index: ask.is("triggerPriceType", "INDEX_PRICE"),
        expires_ms: expiry(ask)?,
        ..NewTrigger::new(instrument, kind, side, slot, Decimal::ONE)
    })
}

/// Places a trigger; the engine's refusals are the venue's.
pub(super) fn place(state: &mut State, terms: NewTrigger) -> Result<OrderId, Refusal> {
    let placed = state.engine.place_trigger(state.account, terms);
    placed.map_err(|refused| match refused {
        // Nothing is available to be closed.
        Refused::NoPosition => Why::PositionShort.into(),
        other => checks::refuse(other),
    })
}
