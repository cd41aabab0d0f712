//! Orders and plans together.

use super::order_lists::{self, Narrow};
use super::pages::numbered;
use super::words::{self, or_null};
use super::{Pumpkin, orders, plan_lists, plans};
use crate::dialect::{Ask, Json, State, plain, quoted, symbol};
use crate::engine::{Order, Trigger, TriggerStatus};
use crate::json::{quote, write};
use crate::refusal::Refusal;

#[derive(Debug, Clone, Copy)]
enum Row<'a> {
    Order(&'a Order),
    Plan(&'a Trigger),
}

impl Row<'_> {
    fn id(self) -> u64 {
        match self {
            Self::Order(order) => order.id,
            Self::Plan(plan) => plan.id,
        }
    }

    /// In this list plans have the states of orders.
    fn is_in(self, wanted: Option<&str>) -> bool {
        match (self, wanted) {
            (Self::Order(order), _) => order_lists::is_in(order, wanted),
            (Self::Plan(_), None) => true,
            (Self::Plan(plan), Some("UNFINISHED")) => plan.is_waiting(),
            (Self::Plan(plan), Some(wanted)) => plan_state(plan) == wanted,
        }
    }

    fn write(self, own: &Pumpkin, state: &State) -> Json {
        match self {
            Self::Order(order) => of_order(state, order),
            Self::Plan(plan) => of_plan(own, state, plan),
        }
    }
}

fn plan_state(plan: &Trigger) -> &'static str {
    match plan.status {
        TriggerStatus::Waiting => "NEW",
        TriggerStatus::Fired(_) => "FILLED",
        TriggerStatus::Failed(_) => "REJECTED",
        TriggerStatus::Cancelled => "CANCELED",
        TriggerStatus::Expired => "EXPIRED",
    }
}

fn of_order(state: &State, order: &Order) -> Json {
    let null = || "null".to_owned();
    let mut members = vec![("id", quote(&order.id.to_string())), ("type", quote("ORDER"))];
    members.extend(order_lists::common(state, order));
    members.extend([
        ("leverage", null()),
        ("entrustOrderId", null()),
        ("closeProfit", order_lists::profit(state, order)),
        ("state", quote(words::order_state(order))),
        ("createdTime", order.created_ms.to_string()),
        ("entrustType", null()),
        ("stopPrice", null()),
        ("triggerPriceType", null()),
        ("isOrdinary", null()),
        ("marketOrderLevel", null()),
        ("forceClose", "false".to_owned()),
    ]);
    write(&members)
}

fn of_plan(own: &Pumpkin, state: &State, plan: &Trigger) -> Json {
    let (terms, null) = (&plan.terms, || "null".to_owned());
    let placed = match plan.status {
        TriggerStatus::Fired(order) => Some(order),
        _ => None,
    };
    let mut members = vec![
        ("id", quote(&plan.id.to_string())),
        ("type", quote("ENTRUST")),
        ("symbol", symbol(&state.engine, terms.instrument)),
        ("orderType", words::kind(terms.price.is_some())),
    ];
    members.extend(plan_lists::placed(terms));
    members.extend([
        ("avgPrice", null()),
        ("executedQty", null()),
        ("marginFrozen", null()),
        ("triggerProfitPrice", null()),
        ("triggerStopPrice", null()),
        ("leverage", or_null(terms.leverage.map(plain))),
        ("entrustOrderId", or_null(placed.map(|order| order.to_string()))),
        ("closeProfit", null()),
        ("state", quote(plan_state(plan))),
        ("createdTime", plan.created_ms.to_string()),
        ("entrustType", plan_lists::kind(own, plan)),
        ("stopPrice", quoted(terms.trigger_price)),
        ("triggerPriceType", words::trigger_price(terms.by_mark)),
        ("isOrdinary", "true".to_owned()),
        ("marketOrderLevel", plan_lists::levels(own, plan)),
        ("forceClose", "false".to_owned()),
    ]);
    write(&members)
}

pub(super) fn list(own: &Pumpkin, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (narrow, kind, wanted) = (Narrow::of(state, ask)?, ask.text("type"), ask.text("state"));
    let is_wanted = |name: &str| kind.as_ref().is_none_or(|kind| kind == name);
    let mut rows: Vec<Row<'_>> = Vec::new();
    // Nothing is ever closed by force here.
    if !ask.is("forceClose", "true") {
        if is_wanted("ORDER") {
            rows.extend(order_lists::remembered(state, &narrow).into_iter().map(Row::Order));
        }
        if is_wanted("ENTRUST") {
            rows.extend(plan_lists::remembered(state, &narrow).into_iter().map(Row::Plan));
        }
    }
    rows.retain(|row| row.is_in(wanted.as_deref()));
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.id()));
    numbered(ask, &rows, |row| row.write(own, state))
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    if ask.is("type", "ORDER") {
        orders::cancel_one(state, ask, "id")?;
    } else {
        plans::cancel_one(state, ask, "id")?;
    }
    Ok("null".to_owned())
}

pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    orders::cancel_all(state, ask)?;
    plans::cancel_all(state, ask)
}
