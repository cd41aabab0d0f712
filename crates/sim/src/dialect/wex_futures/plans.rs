//! Plans: orders that are placed once a price is reached.

use super::checks;
use super::lists::is_asked;
use super::triggers::{self, cancel_waiting, listed, named, price_type, terms};
use super::words::{self, contract, cursor_page, page, read_side, read_slot, read_tif};
use super::{NOTHING, orders};
use crate::dialect::{Ask, Json, State, plain};
use crate::engine::{Direction, Engine, NewTrigger, Side, Tif, Trigger, TriggerKind};
use crate::json::{quote, write};
use crate::refusal::{Refusal, Why};

pub(super) fn is_plan(trigger: &Trigger) -> bool {
    trigger.terms.kind == TriggerKind::Plan
}

/// Whether a plan goes with the price, as a stop does: buys when it has risen, sells when it has fallen.
pub(super) fn is_stop(terms: &NewTrigger) -> bool {
    (terms.side == Side::Buy) == (terms.direction == Direction::Rising)
}

pub(super) fn create(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    let (side, slot) = (read_side(ask), read_slot(ask));
    let kind = ask.demand("entrustType")?;
    let (is_market, stops) = (kind.ends_with("_MARKET"), kind.starts_with("STOP"));
    let tif = read_tif(ask, "timeInForce");
    if is_market && !matches!(tif, Tif::Ioc | Tif::Fok) {
        return Err(Refusal::about(Why::NotAllowed, "market plan"));
    }
    let qty = checks::size(&state.engine, id, ask, "origQty")?;
    let limit = checks::any_price(&state.engine, id, ask, "price")?;
    let stop_price = checks::any_price(&state.engine, id, ask, "stopPrice")?;
    let rises = (side == Side::Buy) == stops;
    let plan = NewTrigger {
        price: if is_market { None } else { Some(limit.ok_or_else(|| Refusal::missing("price"))?) },
        trigger_price: stop_price.ok_or_else(|| Refusal::about(Why::OutOfRange, "stopPrice"))?,
        direction: if rises { Direction::Rising } else { Direction::Falling },
        tif,
        ..terms(ask, id, TriggerKind::Plan, (side, slot), qty)?
    };
    triggers::place(state, plan)?;
    Ok(NOTHING.to_owned())
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = named(state, ask, "entrustId", is_plan, "cancel")?.id;
    state
        .engine
        .cancel_trigger(state.account, id)
        .map_err(|_| Refusal::about(Why::UnknownOrder, "cancel"))?;
    Ok(NOTHING.to_owned())
}

pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    orders::one_contract(state, ask)?;
    cancel_waiting(state, ask, is_plan)?;
    Ok(NOTHING.to_owned())
}

fn row(engine: &Engine, plan: &Trigger, with_own_id: bool) -> Json {
    let terms = &plan.terms;
    let kind = match (is_stop(terms), terms.price.is_some()) {
        (true, true) => "STOP",
        (true, false) => "STOP_MARKET",
        (false, true) => "TAKE_PROFIT",
        (false, false) => "TAKE_PROFIT_MARKET",
    };
    let mut members = vec![
        ("closePosition", "false".to_owned()),
        ("createdTime", plan.created_ms.to_string()),
        ("entrustId", plan.id.to_string()),
        ("entrustType", quote(kind)),
        ("marketOrderLevel", "1".to_owned()),
        ("orderSide", quote(words::side(terms.side))),
        ("ordinary", "true".to_owned()),
        ("origQty", plain(terms.qty.unwrap_or_default())),
        ("positionSide", quote(words::position_side(terms.slot))),
        ("price", plain(terms.price.unwrap_or_default())),
        ("state", quote(words::trigger_state(plan))),
        ("stopPrice", plain(terms.trigger_price)),
        ("symbol", words::symbol(engine, terms.instrument)),
        ("timeInForce", quote(words::tif(terms.tif))),
        ("triggerPriceType", quote(price_type(plan))),
    ];
    if with_own_id {
        members.insert(0, ("clientOrderId", quote(terms.client_id.as_deref().unwrap_or_default())));
    }
    write(&members)
}

pub(super) fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(row(&state.engine, named(state, ask, "entrustId", is_plan, "plan detail")?, false))
}

pub(super) fn by_state(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (asked, mut plans) = (ask.demand("state")?, listed(state, ask, is_plan)?);
    plans.retain(|plan| is_asked(&asked, words::trigger_state(plan), plan.is_waiting()));
    let rows: Vec<Json> = plans.into_iter().map(|plan| row(&state.engine, plan, true)).collect();
    Ok(page(ask)?.write(&rows))
}

pub(super) fn history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let plans = listed(state, ask, is_plan)?.into_iter().filter(|plan| !plan.is_waiting());
    let rows = plans.map(|plan| (plan.id, row(&state.engine, plan, true))).collect();
    cursor_page(ask, rows, "hasPrev", 1000)
}

/// Reverse plans: the symbol is looked at, and there are none.
pub(super) fn none(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    words::any_contract(state, ask)?;
    page(ask)?;
    Ok(write(&[("hasNext", "false".to_owned()), ("hasPrev", "false".to_owned()), ("items", "[]".to_owned())]))
}
