//! Lists of orders.

use super::order_rows::{self, Entrusted};
use super::orders::named;
use super::plans::{is_plan, is_stop};
use super::words::{self, contract, cursor_page, page, span, wanted};
use crate::dialect::page::Numbered;
use crate::dialect::{Ask, Json, State};
use crate::engine::{Engine, Order, Side, TriggerKind};
use crate::json::write;
use crate::refusal::{Refusal, Why};

/// How far back, and how wide, the list of partly cancelled orders can be looked at.
const FIVE_MINUTES_MS: i64 = 5 * 60 * 1000;
/// Rows of a list that only a quant account may see.
const QUANT: i64 = 2000;

/// The account's orders, open and finished, that a list is about: the latest first.
fn orders<'a>(state: &'a State, ask: &Ask<'_>) -> Result<Vec<&'a Order>, Refusal> {
    let (engine, wanted, span) = (&state.engine, wanted(state, ask)?, span(ask)?);
    let all = engine.open_orders(state.account).chain(engine.finished_orders(state.account));
    let mut orders: Vec<&Order> = all
        .filter(|order| wanted.has(engine, order.instrument))
        .filter(|order| span.contains(&order.created_ms))
        .collect();
    orders.sort_by_key(|order| std::cmp::Reverse(order.id));
    Ok(orders)
}

fn written(engine: &Engine, orders: &[&Order], row: fn(&Engine, &Order) -> Json) -> Vec<Json> {
    orders.iter().map(|order| row(engine, order)).collect()
}

fn numbered(engine: &Engine, orders: &[&Order], row: fn(&Engine, &Order) -> Json) -> Vec<Numbered> {
    orders.iter().map(|order| (order.id, row(engine, order))).collect()
}

pub(super) fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(order_rows::detail(&state.engine, named(state, ask, "detail")?))
}

/// Whether something in this state is among those that were asked for: one state, or one of two groups of them.
pub(super) fn is_asked(asked: &str, state: &str, lives: bool) -> bool {
    match asked {
        "UNFINISHED" => lives,
        "HISTORY" => !lives,
        _ => asked == state,
    }
}

pub(super) fn by_state(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let asked = ask.text("state").unwrap_or_else(|| "NEW".to_owned());
    let client_id = ask.text("clientOrderId");
    let mut orders = orders(state, ask)?;
    orders.retain(|order| {
        is_asked(&asked, words::order_state(order), order.is_open())
            && client_id.as_ref().is_none_or(|client_id| *client_id == order.client_id)
    });
    Ok(page(ask)?.write(&written(&state.engine, &orders, order_rows::standard)))
}

fn open_orders<'a>(state: &'a State, ask: &Ask<'_>) -> Result<Vec<&'a Order>, Refusal> {
    let mut orders = orders(state, ask)?;
    orders.retain(|order| order.is_open());
    Ok(orders)
}

pub(super) fn open(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let orders = open_orders(state, ask)?;
    Ok(crate::json::list(written(&state.engine, &orders, order_rows::open)))
}

/// A page without a way to the next one.
pub(super) fn open_page(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let orders = open_orders(state, ask)?;
    Ok(page(ask)?.write(&written(&state.engine, &orders, order_rows::short)))
}

pub(super) fn history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let mut orders = orders(state, ask)?;
    // Nobody is liquidated here: a list of liquidations alone is empty.
    orders.retain(|order| !order.is_open());
    cursor_page(ask, numbered(&state.engine, &orders, order_rows::standard), "hasPrev", 1000)
}

pub(super) fn partially_cancelled(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (wanted, span, page) = (contract(state, ask)?, span(ask)?, page(ask)?);
    let width = span.end().checked_sub(*span.start());
    if !width.is_some_and(|width| (0..=FIVE_MINUTES_MS).contains(&width)) {
        return Err(Refusal::about(Why::NotAllowed, "span"));
    }
    let finished = state.engine.finished_orders(state.account).rev();
    let orders: Vec<&Order> = finished
        .filter(|order| order.instrument == wanted && words::order_state(order) == "PARTIALLY_CANCELED")
        .filter(|order| span.contains(&order.updated_ms) && order.updated_ms >= ask.now_ms - FIVE_MINUTES_MS)
        .collect();
    let rows = written(&state.engine, &orders, order_rows::partially_cancelled);
    let items = page.cut(&rows);
    Ok(write(&[
        ("hasNext", (page.number.saturating_mul(page.size) < rows.len()).to_string()),
        ("hasPrev", (page.number > 1).to_string()),
        ("items", crate::json::list(items.iter().cloned())),
    ]))
}

/// An order's state as a number of the quant lists.
fn state_number(order: &Order) -> &'static str {
    match words::order_state(order) {
        "NEW" => "1",
        "PARTIALLY_FILLED" => "2",
        "FILLED" => "3",
        _ => "4",
    }
}

/// What a trigger's kind is in the quant lists: by its order, and by what it was for.
fn trigger_number(engine: &Engine, order: &Order) -> Option<&'static str> {
    let trigger = engine.trigger(order.from_trigger?)?;
    let stops = match trigger.terms.kind {
        TriggerKind::TakeProfit => false,
        TriggerKind::StopLoss | TriggerKind::Trailing => true,
        TriggerKind::Plan => is_stop(&trigger.terms),
    };
    Some(match (order.price.is_some(), stops) {
        (true, false) => "1",
        (true, true) => "2",
        (false, false) => "3",
        (false, true) => "4",
    })
}

fn kind_number(order: &Order) -> &'static str {
    match (order.from_trigger.is_some(), order.price.is_some()) {
        (false, true) => "1",
        (false, false) => "2",
        (true, true) => "3",
        (true, false) => "4",
    }
}

pub(super) fn quant_history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let is_wanted = |name: &str, is: &str| ask.text(name).is_none_or(|wanted| wanted == is);
    let states = ask.text("states");
    let mut orders = orders(state, ask)?;
    orders.retain(|order| !order.is_open());
    orders.retain(|order| {
        is_wanted("orderSide", if order.side == Side::Buy { "1" } else { "2" })
            && is_wanted("orderOrigType", kind_number(order))
            && is_wanted("origType", trigger_number(engine, order).unwrap_or_default())
            && states
                .as_ref()
                .is_none_or(|states| states.split(',').any(|state| state == state_number(order)))
    });
    cursor_page(ask, numbered(engine, &orders, order_rows::quant), "hasPrev", QUANT)
}

/// What has traded, in short.
pub(super) fn filled(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    contract(state, ask)?;
    let most = ask.integer("limit")?.unwrap_or(10);
    let most = usize::try_from(most.min(500)).ok().filter(|most| *most > 0);
    let most = most.ok_or_else(|| Refusal::invalid("limit"))?;
    let mut orders = orders(state, ask)?;
    orders.retain(|order| !order.filled.is_zero());
    orders.truncate(most);
    Ok(crate::json::list(written(&state.engine, &orders, order_rows::filled)))
}

/// Orders, or trigger orders, in one shape.
pub(super) fn entrusts(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, asked) = (&state.engine, ask.text("state"));
    let mut rows: Vec<(Entrusted, bool)> = if ask.is("type", "ENTRUST") {
        let (wanted, span) = (wanted(state, ask)?, span(ask)?);
        let all = engine.waiting_triggers(state.account).chain(engine.past_triggers(state.account));
        all.filter(|trigger| is_plan(trigger) && wanted.has(engine, trigger.terms.instrument))
            .filter(|trigger| span.contains(&trigger.created_ms))
            .map(|trigger| (Entrusted::trigger(engine, trigger), trigger.is_waiting()))
            .collect()
    } else {
        orders(state, ask)?.into_iter().map(|order| (Entrusted::order(order), order.is_open())).collect()
    };
    rows.retain(|(row, lives)| asked.as_ref().is_none_or(|asked| is_asked(asked, row.state, *lives)));
    rows.sort_by_key(|(row, _)| std::cmp::Reverse(row.id));
    let rows: Vec<Json> = rows.iter().map(|(row, _)| row.write(engine)).collect();
    Ok(page(ask)?.write(&rows))
}
