//! Plans, looked at.

use super::Pumpkin;
use super::order_lists::Narrow;
use super::pages::Walk;
use super::plans::{is_plan, state_of};
use super::words::{self, number, or_null};
use crate::dialect::{Ask, Json, State, quoted, symbol};
use crate::engine::{NewTrigger, Trigger};
use crate::json::{quote, write};
use crate::refusal::{Refusal, Why};

type Members = Vec<(&'static str, Json)>;

/// What a plan was asked to be.
pub(super) fn kind(own: &Pumpkin, plan: &Trigger) -> Json {
    let wish = own.plans.get(&plan.id);
    quote(wish.map(|wish| wish.entrust_type.as_str()).unwrap_or_default())
}

/// How deep its market order may go.
pub(super) fn levels(own: &Pumpkin, plan: &Trigger) -> Json {
    let wish = own.plans.get(&plan.id);
    or_null(wish.and_then(|wish| wish.levels).map(|levels| levels.to_string()))
}

/// What a plan places, in the words of all lists.
pub(super) fn placed(terms: &NewTrigger) -> [(&'static str, Json); 6] {
    [
        ("orderSide", words::side(terms.side)),
        ("positionSide", words::slot(terms.slot)),
        ("timeInForce", words::tif(terms.tif)),
        ("closePosition", "false".to_owned()),
        ("price", quoted(terms.price.unwrap_or_default())),
        ("origQty", quoted(terms.qty.unwrap_or_default())),
    ]
}

/// All members, each in its documented place; lists leave some out.
fn members(own: &Pumpkin, state: &State, plan: &Trigger) -> Members {
    let terms = &plan.terms;
    let mut members = vec![
        ("entrustId", quote(&plan.id.to_string())),
        ("symbol", symbol(&state.engine, terms.instrument)),
        ("entrustType", kind(own, plan)),
    ];
    members.extend(placed(terms));
    members.extend([
        ("stopPrice", quoted(terms.trigger_price)),
        ("triggerPriceType", words::trigger_price(terms.by_mark)),
        ("isOrdinary", "true".to_owned()),
        ("state", quote(state_of(plan))),
        ("marketOrderLevel", levels(own, plan)),
        ("createdTime", plan.created_ms.to_string()),
    ]);
    members
}

fn without(mut members: Members, names: &[&str]) -> Json {
    members.retain(|(name, _)| !names.contains(name));
    write(&members)
}

/// All plans that are remembered, the newest first.
pub(super) fn remembered<'a>(state: &'a State, narrow: &Narrow) -> Vec<&'a Trigger> {
    let (live, past) =
        (state.engine.waiting_triggers(state.account), state.engine.past_triggers(state.account));
    let all = live.chain(past).filter(|trigger| is_plan(trigger));
    let mut plans: Vec<&Trigger> =
        all.filter(|plan| narrow.has(Some(plan.terms.instrument), plan.created_ms)).collect();
    plans.sort_unstable_by_key(|plan| std::cmp::Reverse(plan.id));
    plans
}

/// Those that wait, unless another state is asked for.
pub(super) fn current(own: &Pumpkin, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = ask.text("state").unwrap_or_else(|| "NOT_TRIGGERED".to_owned());
    let mut plans = remembered(state, &Narrow::of(state, ask)?);
    plans.retain(|plan| state_of(plan) == wanted);
    let row = |plan: &Trigger| {
        without(members(own, state, plan), &["closePosition", "isOrdinary", "marketOrderLevel"])
    };
    Ok(Walk::of(ask, plans, |plan| plan.id)?.counted("size", row))
}

pub(super) fn history(own: &Pumpkin, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let mut plans = remembered(state, &Narrow::of(state, ask)?);
    plans.retain(|plan| !plan.is_waiting());
    let row = |plan: &Trigger| {
        without(
            members(own, state, plan),
            &["timeInForce", "closePosition", "isOrdinary", "marketOrderLevel"],
        )
    };
    Ok(Walk::of(ask, plans, |plan| plan.id)?.counted("size", row))
}

pub(super) fn detail(own: &Pumpkin, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let plan = state.engine.trigger(number(ask, "entrustId")?);
    let plan = plan.filter(|plan| plan.account == state.account && is_plan(plan));
    Ok(write(&members(own, state, plan.ok_or(Why::UnknownOrderId)?)))
}
