//! Plans: orders that are placed when a price is reached.

use super::orders::{leverage, tif};
use super::words::{aim, number};
use super::{MOST_OPEN, Pumpkin, refused, tradable};
use crate::dialect::{Ask, Json, State, symbol};
use crate::engine::{
    Decimal, Direction, Engine, InstrumentId, NewTrigger, OrderId, Trigger, TriggerKind, TriggerStatus,
};
use crate::json::{quote, write};
use crate::refusal::{Refusal, Why};

/// Documented for plans.
const LEVELS: [i64; 5] = [1, 2, 5, 10, 15];
/// Wishes that are kept: more than the engine remembers plans.
const KEPT: usize = 2000;

/// What a plan was asked for and the engine doesn't need.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub(super) entrust_type: String,
    pub(super) levels: Option<i64>,
}

/// Whether it is a plan: take-profits and stop-losses belong to a group.
pub(super) fn is_plan(trigger: &Trigger) -> bool {
    trigger.terms.group.is_none()
}

/// A trigger waits for the price to come from where it is now.
pub(super) fn direction(engine: &Engine, id: InstrumentId, price: Decimal) -> Direction {
    if price >= engine.last_price(id) { Direction::Rising } else { Direction::Falling }
}

pub(super) fn state_of(trigger: &Trigger) -> &'static str {
    match trigger.status {
        TriggerStatus::Waiting => "NOT_TRIGGERED",
        TriggerStatus::Fired(_) => "TRIGGERED",
        TriggerStatus::Failed(_) => "PLATFORM_REVOCATION",
        TriggerStatus::Cancelled => "USER_REVOCATION",
        TriggerStatus::Expired => "EXPIRED",
    }
}

/// When it is to be given up; a time that has passed is none.
pub(super) fn expiry(ask: &Ask<'_>) -> Result<Option<i64>, Refusal> {
    let at_ms = ask.integer("expireTime")?;
    match at_ms {
        Some(at_ms) if at_ms <= ask.now_ms => Err(Refusal::invalid("expireTime")),
        _ => Ok(at_ms),
    }
}

pub(super) fn create(own: &mut Pumpkin, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = tradable(state, ask)?;
    let entrust_type = ask.demand("entrustType")?;
    let is_limit = match entrust_type.as_str() {
        "STOP" | "TAKE_PROFIT" => true,
        "STOP_MARKET" | "TAKE_PROFIT_MARKET" => false,
        // How far the price must turn for a trailing one can't be said here.
        _ => return Err(Refusal::invalid("entrustType")),
    };
    let levels = ask.integer("marketOrderLevel")?;
    if levels.is_some_and(|levels| !LEVELS.contains(&levels)) {
        return Err(Refusal::invalid("marketOrderLevel"));
    }
    let plans = state.engine.waiting_triggers(state.account).filter(|trigger| is_plan(trigger));
    if plans.filter(|plan| plan.terms.instrument == instrument).count() >= MOST_OPEN {
        return Err(Why::TooManyPlans.into());
    }
    let (aim, expires_ms) = (aim(own, state, ask, instrument)?, expiry(ask)?);
    let trigger_price = ask.demand_decimal("stopPrice")?;
    let terms = NewTrigger {
        reduce_only: aim.reduces,
        qty: Some(ask.demand_decimal("origQty")?),
        price: if is_limit { Some(ask.demand_decimal("price")?) } else { None },
        direction: direction(&state.engine, instrument, trigger_price),
        tif: tif(ask, !is_limit),
        leverage: leverage(state, instrument, aim.slot),
        by_mark: ask.is("triggerPriceType", "MARK_PRICE"),
        expires_ms,
        ..NewTrigger::new(instrument, TriggerKind::Plan, aim.side, aim.slot, trigger_price)
    };
    let id = state.engine.place_trigger(state.account, terms).map_err(refused)?;
    own.plans.insert(id, Wish { entrust_type: entrust_type.clone(), levels });
    if own.plans.len() > KEPT {
        let engine = &state.engine;
        own.plans.retain(|id, _| engine.trigger(*id).is_some());
    }
    let now = state.engine.trigger(id).map(state_of).unwrap_or_default();
    Ok(write(&[
        ("entrustId", quote(&id.to_string())),
        ("symbol", symbol(&state.engine, instrument)),
        ("entrustType", quote(&entrust_type)),
        ("state", quote(now)),
    ]))
}

pub(super) fn cancel_one(state: &mut State, ask: &Ask<'_>, name: &str) -> Result<(), Refusal> {
    let id = number(ask, name)?;
    if state.engine.trigger(id).is_some_and(|trigger| !is_plan(trigger)) {
        return Err(Why::UnknownOrderId.into());
    }
    Ok(state.engine.cancel_trigger(state.account, id)?)
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    cancel_one(state, ask, "entrustId")?;
    Ok("null".to_owned())
}

pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let symbol = ask.any_instrument(&state.engine)?;
    let waiting = state.engine.waiting_triggers(state.account).filter(|trigger| is_plan(trigger));
    let ids: Vec<OrderId> = waiting
        .filter(|plan| symbol.is_none_or(|symbol| symbol == plan.terms.instrument))
        .map(|plan| plan.id)
        .collect();
    for id in ids {
        state.engine.cancel_trigger(state.account, id)?;
    }
    Ok("true".to_owned())
}
