//! Orders that wait: plans, take-profit and stop-loss, trailing orders.

use super::orders::{margin, own_id, preset, tif};
use super::rows;
use crate::dialect::{Ask, Json, State};
use crate::engine::{Decimal, Direction, InstrumentId, NewTrigger, OrderId, Slot, Trigger, TriggerKind};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// Terms with what all triggers have in common.
fn terms(state: &State, ask: &Ask<'_>, kind: TriggerKind, price_name: &str) -> Result<NewTrigger, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let mode = state.engine.account(state.account).mode();
    let (side, slot, reduce_only) = rows::aim(mode, &ask.demand("side")?);
    let trigger_price = ask.demand_decimal(price_name)?;
    Ok(NewTrigger {
        reduce_only,
        qty: ask.decimal("size")?,
        leverage: ask.decimal("leverage")?,
        margin: margin(ask),
        client_id: own_id(ask)?,
        by_mark: ask.is("price_type", "2"),
        ..NewTrigger::new(instrument, kind, side, slot, trigger_price)
    })
}

pub(super) fn submit(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let kind = match ask.text("type").as_deref() {
        Some("take_profit") => TriggerKind::TakeProfit,
        Some("stop_loss") => TriggerKind::StopLoss,
        _ => TriggerKind::Plan,
    };
    let is_limit = kind == TriggerKind::Plan && !ask.is("type", "market");
    let price = if is_limit { Some(ask.demand_decimal("executive_price")?) } else { None };
    let whole = kind != TriggerKind::Plan && ask.is("plan_category", "2");
    let base = terms(state, ask, kind, "trigger_price")?;
    let plan = NewTrigger {
        price,
        qty: base.qty.filter(|_| !whole),
        direction: if ask.is("price_way", "2") { Direction::Falling } else { Direction::Rising },
        tif: tif(ask),
        preset: preset(ask)?,
        ..base
    };
    let id = state.engine.place_trigger(state.account, plan)?;
    Ok(write(&[("order_id", id.to_string())]))
}

pub(super) fn submit_protection(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let kind = if ask.is("type", "take_profit") { TriggerKind::TakeProfit } else { TriggerKind::StopLoss };
    let whole = !ask.is("plan_category", "1");
    let base = terms(state, ask, kind, "trigger_price")?;
    let protection = NewTrigger {
        qty: if whole {
            None
        } else {
            Some(base.qty.unwrap_or_else(|| held(state, base.instrument, base.slot)))
        },
        price: limit(ask, !whole)?,
        ..base
    };
    let client_id = protection.client_id.clone().unwrap_or_default();
    let id = state.engine.place_trigger(state.account, protection)?;
    Ok(write(&[("order_id", quote(&id.to_string())), ("client_order_id", quote(&client_id))]))
}

/// The size of a position, at least one contract: a position that isn't there is refused further on.
fn held(state: &State, instrument: InstrumentId, slot: Slot) -> Decimal {
    let position = state.engine.account(state.account).position(instrument, slot);
    position.map(|position| position.qty.abs()).unwrap_or_default().max(Decimal::ONE)
}

/// The limit of what a protection places: `category` decides, and without it whether it is for a part.
fn limit(ask: &Ask<'_>, by_default: bool) -> Result<Option<Decimal>, Refusal> {
    let is_limit = ask.text("category").map_or(by_default, |category| category == "limit");
    let price = ask.decimal("executive_price")?;
    Ok(price.filter(|price| is_limit && !price.is_zero()))
}

pub(super) fn submit_trail(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let rate = ask.demand_decimal("callback_rate")?;
    if rate < Decimal::new(1, 1) || rate > Decimal::from(5) {
        return Err(Why::OutOfRange.into());
    }
    let base = terms(state, ask, TriggerKind::Trailing, "activation_price")?;
    let trail = NewTrigger {
        callback: rate.checked_div(Decimal::ONE_HUNDRED),
        by_mark: ask.is("activation_price_type", "2"),
        ..base
    };
    let id = state.engine.place_trigger(state.account, trail)?;
    Ok(write(&[("order_id", id.to_string())]))
}

/// The waiting trigger that is named; `None` when none is.
fn named(
    state: &State,
    ask: &Ask<'_>,
    wanted: impl Fn(&Trigger) -> bool,
) -> Result<Option<OrderId>, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let is_it = |trigger: &&Trigger| {
        trigger.account == state.account && trigger.terms.instrument == instrument && wanted(trigger)
    };
    if let Some(id) = ask.text("order_id") {
        let trigger = id.parse().ok().and_then(|id| state.engine.trigger(id)).filter(is_it);
        return trigger.map(|trigger| Some(trigger.id)).ok_or_else(|| Why::UnknownOrderId.into());
    }
    let Some(client_id) = ask.text("client_order_id") else { return Ok(None) };
    let mut waiting = state.engine.waiting_triggers(state.account).filter(is_it);
    let trigger = waiting.find(|trigger| trigger.terms.client_id.as_ref() == Some(&client_id));
    trigger.map(|trigger| Some(trigger.id)).ok_or_else(|| Why::UnknownOrder.into())
}

fn is_protection(trigger: &Trigger) -> bool {
    matches!(trigger.terms.kind, TriggerKind::TakeProfit | TriggerKind::StopLoss)
}

fn is_trailing(trigger: &Trigger) -> bool {
    trigger.terms.kind == TriggerKind::Trailing
}

fn is_plan(trigger: &Trigger) -> bool {
    trigger.terms.kind == TriggerKind::Plan
}

pub(super) fn modify(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let price = if ask.is("type", "limit") { Some(ask.demand_decimal("executive_price")?) } else { None };
    change(state, ask, is_plan, price)
}

pub(super) fn modify_protection(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let price = limit(ask, ask.is("plan_category", "1"))?;
    change(state, ask, is_protection, price)
}

fn change(
    state: &mut State,
    ask: &Ask<'_>,
    wanted: impl Fn(&Trigger) -> bool,
    price: Option<Decimal>,
) -> Result<Json, Refusal> {
    let id = named(state, ask, wanted)?.ok_or_else(|| Refusal::missing("order_id"))?;
    let trigger_price = ask.demand_decimal("trigger_price")?;
    let by_mark = ask.is("price_type", "2");
    state.engine.amend_trigger(state.account, id, |terms| {
        (terms.trigger_price, terms.price, terms.by_mark) = (trigger_price, price, by_mark);
    })?;
    Ok(write(&[("order_id", quote(&id.to_string()))]))
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    cancel_some(state, ask, |trigger| !is_trailing(trigger))
}

pub(super) fn cancel_trail(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    cancel_some(state, ask, is_trailing)
}

/// The one that is named, or all of the symbol.
fn cancel_some(state: &mut State, ask: &Ask<'_>, wanted: fn(&Trigger) -> bool) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let ids: Vec<OrderId> = match named(state, ask, wanted)? {
        Some(id) => vec![id],
        None => {
            let waiting = state.engine.waiting_triggers(state.account);
            waiting.filter(|t| t.terms.instrument == instrument && wanted(t)).map(|t| t.id).collect()
        }
    };
    for id in ids {
        state.engine.cancel_trigger(state.account, id)?;
    }
    Ok("{}".to_owned())
}

pub(super) fn current(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    let (kind, plans, most) = (ask.text("type"), ask.text("plan_type"), ask.count("limit", 100, 100)?);
    let waiting = engine
        .waiting_triggers(state.account)
        .rev()
        .filter(|trigger| !is_trailing(trigger))
        .filter(|trigger| instrument.is_none_or(|wanted| trigger.terms.instrument == wanted))
        .filter(|trigger| kind.as_ref().is_none_or(|kind| (kind == "limit") == trigger.terms.price.is_some()))
        .filter(|trigger| plans.as_ref().is_none_or(|plans| (plans == "plan") == is_plan(trigger)));
    Ok(list(waiting.take(most).map(|trigger| rows::plan(engine, trigger))))
}
