//! Stop-profits: take-profit and stop-loss of a position, one object with one id. In the engine they are two
//! triggers of a group; those that came with an order have the order's number.

use std::collections::BTreeMap;

use super::checks;
use super::lists::is_asked;
use super::stop_rows::{Stop, detail_row, history_row, list_row};
use super::triggers::{self, listed, terms};
use super::words::{contract, cursor_page, page, read_slot, read_tif};
use super::{NOTHING, YES, orders};
use crate::dialect::{Ask, Json, State};
use crate::engine::{Decimal, InstrumentId, NewTrigger, OrderId, Side, Slot, Tif, Trigger, TriggerKind};
use crate::refusal::{Refusal, Why};

fn is_protection(trigger: &Trigger) -> bool {
    matches!(trigger.terms.kind, TriggerKind::TakeProfit | TriggerKind::StopLoss)
        && trigger.terms.group.is_some()
}

/// Triggers by their groups, the latest group first.
fn grouped<'a>(triggers: impl IntoIterator<Item = &'a Trigger>) -> Vec<Stop<'a>> {
    let mut stops: BTreeMap<OrderId, Stop<'a>> = BTreeMap::new();
    for trigger in triggers {
        let Some(id) = trigger.terms.group else { continue };
        let stop = stops.entry(id).or_insert_with(|| Stop::of(id, trigger));
        stop.add(trigger);
    }
    stops.into_values().rev().collect()
}

/// The account's stop-profits that a list is about.
fn stops<'a>(state: &'a State, ask: &Ask<'_>) -> Result<Vec<Stop<'a>>, Refusal> {
    Ok(grouped(listed(state, ask, is_protection)?))
}

/// The stop-profits of a position that wait.
pub(super) fn waiting(state: &State, id: InstrumentId, slot: Slot) -> Option<Stop<'_>> {
    let waiting = state.engine.waiting_triggers(state.account);
    let of = waiting.filter(|trigger| {
        is_protection(trigger) && (trigger.terms.instrument, trigger.terms.slot) == (id, slot)
    });
    grouped(of).into_iter().next()
}

/// The stop-profit that is named.
fn named<'a>(state: &'a State, ask: &Ask<'_>, at: &str) -> Result<Stop<'a>, Refusal> {
    let id: Option<OrderId> = ask.demand("profitId")?.parse().ok();
    let engine = &state.engine;
    let all = engine.waiting_triggers(state.account).chain(engine.past_triggers(state.account));
    let of = all.filter(|trigger| is_protection(trigger) && trigger.terms.group == id);
    let here = of.filter(|trigger| super::words::is_here(engine, ask, trigger.terms.instrument));
    grouped(here).into_iter().next().ok_or_else(|| Refusal::about(Why::UnknownOrder, at))
}

/// Average price of the position and mark price, which its protection must be on the right sides of.
fn prices(state: &State, id: InstrumentId, slot: Slot) -> Result<(Slot, Decimal, Decimal), Refusal> {
    let held = state.engine.account(state.account).position(id, slot);
    let held = held.filter(|position| !position.qty.is_zero()).ok_or(Why::PositionShort)?;
    let multiplier = state.engine.instrument(id).map(|on| on.multiplier).unwrap_or_default();
    Ok((slot, held.entry_price(multiplier), state.engine.mark_price(id)))
}

fn protection(
    ask: &Ask<'_>,
    (id, slot): (InstrumentId, Slot),
    kind: TriggerKind,
    qty: Decimal,
    trigger_price: Decimal,
) -> Result<NewTrigger, Refusal> {
    let side = if slot == Slot::Long { Side::Sell } else { Side::Buy };
    Ok(NewTrigger { trigger_price, tif: Tif::Ioc, ..terms(ask, id, kind, (side, slot), qty)? })
}

/// What one end is to place: its limit, and how long that lives.
fn delegate(
    state: &State,
    ask: &Ask<'_>,
    id: InstrumentId,
    end: &str,
) -> Result<(Option<Decimal>, Tif), Refusal> {
    let tif = read_tif(ask, &format!("{end}DelegateTimeInForce"));
    if ask.is(&format!("{end}DelegateOrderType"), "LIMIT") {
        let name = format!("{end}DelegatePrice");
        let price = ask.decimal(&name)?.ok_or_else(|| Refusal::missing(&name))?;
        return Ok((Some(checks::price(&state.engine, id, price, "price")?), tif));
    }
    if matches!(tif, Tif::Ioc | Tif::Fok) { Ok((None, tif)) } else { Err(Refusal::invalid("timeInForce")) }
}

pub(super) fn create(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (id, slot) = (contract(state, ask)?, read_slot(ask));
    let qty = checks::size(&state.engine, id, ask, "origQty")?;
    let profit = checks::any_price(&state.engine, id, ask, "triggerProfitPrice")?;
    let stop = checks::any_price(&state.engine, id, ask, "triggerStopPrice")?;
    if profit.or(stop).is_none() {
        return Err(Refusal::missing("triggerProfitPrice"));
    }
    checks::protection(prices(state, id, slot)?, profit, stop)?;
    let ends = [(TriggerKind::TakeProfit, profit, "profit"), (TriggerKind::StopLoss, stop, "stop")];
    let mut wanted = Vec::new();
    for (kind, price, end) in ends {
        let Some(trigger_price) = price else { continue };
        let (price, tif) = delegate(state, ask, id, end)?;
        wanted.push(NewTrigger { price, tif, ..protection(ask, (id, slot), kind, qty, trigger_price)? });
    }
    let group = state.engine.take_number();
    for terms in wanted {
        let placed = triggers::place(state, NewTrigger { group: Some(group), ..terms })?;
        if !state.engine.trigger(placed).is_some_and(Trigger::is_waiting) {
            // The first end has fired already: there is nothing left for the other.
            break;
        }
    }
    Ok(YES.to_owned())
}

pub(super) fn update(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let unknown = || Refusal::about(Why::UnknownOrder, "profit");
    let found = named(state, ask, "profit")?;
    if !found.is_waiting() {
        return Err(unknown());
    }
    let (group, id, slot, qty) = (found.id, found.instrument, found.slot, found.qty());
    let (profit_id, stop_id) = (found.profit.map(|end| end.id), found.stop.map(|end| end.id));
    let expires_ms = found.profit.or(found.stop).and_then(|end| end.terms.expires_ms);
    let profit = checks::any_price(&state.engine, id, ask, "triggerProfitPrice")?;
    let stop = checks::any_price(&state.engine, id, ask, "triggerStopPrice")?;
    checks::protection(prices(state, id, slot)?, profit, stop)?;
    let ends = [(TriggerKind::TakeProfit, profit, profit_id), (TriggerKind::StopLoss, stop, stop_id)];
    for (kind, price, there) in ends {
        // What is left out stays.
        let Some(trigger_price) = price else { continue };
        match there {
            Some(there) => {
                let change = |terms: &mut NewTrigger| terms.trigger_price = trigger_price;
                state.engine.amend_trigger(state.account, there, change).map_err(|_| unknown())?;
            }
            None => {
                let terms = protection(ask, (id, slot), kind, qty, trigger_price)?;
                triggers::place(state, NewTrigger { group: Some(group), expires_ms, ..terms })?;
            }
        }
    }
    Ok(NOTHING.to_owned())
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let found = named(state, ask, "profit")?;
    if !found.is_waiting() {
        return Err(Refusal::about(Why::UnknownOrder, "profit"));
    }
    let ends: Vec<OrderId> = found.ends().filter(|end| end.is_waiting()).map(|end| end.id).collect();
    for end in ends {
        state.engine.cancel_trigger(state.account, end)?;
    }
    Ok(YES.to_owned())
}

pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    orders::one_contract(state, ask)?;
    triggers::cancel_waiting(state, ask, is_protection)?;
    Ok(YES.to_owned())
}

pub(super) fn by_state(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (asked, mut stops) = (ask.demand("state")?, stops(state, ask)?);
    stops.retain(|stop| is_asked(&asked, stop.state(), stop.is_waiting()));
    let rows: Vec<Json> = stops.iter().map(|stop| list_row(state, stop)).collect();
    Ok(page(ask)?.write(&rows))
}

pub(super) fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(detail_row(state, &named(state, ask, "profit detail")?))
}

pub(super) fn history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let stops = stops(state, ask)?.into_iter().filter(|stop| !stop.is_waiting());
    let rows = stops.map(|stop| (stop.id, history_row(state, &stop))).collect();
    cursor_page(ask, rows, "hasPrev", 1000)
}
