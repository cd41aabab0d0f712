//! Cancelling: one order, several, those of positions, all.

use std::collections::BTreeSet;

use super::asked::Named;
use super::batch::{Outcome, words};
use super::long_id;
use crate::dialect::{Ask, Json, State};
use crate::engine::{InstrumentId, Order, OrderId};
use crate::refusal::{Refusal, Why};

/// The open orders of an instrument that fit.
fn open_ids(state: &State, instrument: InstrumentId, fits: impl Fn(&Order) -> bool) -> Vec<OrderId> {
    let open = state.engine.open_orders(state.account);
    open.filter(|order| order.instrument == instrument && fits(order)).map(|order| order.id).collect()
}

/// Whether there is such a position, or an order that worked on it.
fn is_known(state: &State, instrument: InstrumentId, named: &Named, number: u64) -> bool {
    let (engine, account) = (&state.engine, state.account);
    let mut orders = engine.open_orders(account).chain(engine.finished_orders(account));
    let mut positions = engine.account(account).positions();
    positions.any(|(of, _, held)| of == instrument && held.opened_by == number)
        || orders.any(|order| order.instrument == instrument && named.is(order))
}

/// The orders that are named: one whatever became of it, or the open ones of a position.
fn find(state: &State, instrument: InstrumentId, named: &Named) -> Result<Vec<OrderId>, Why> {
    let engine = &state.engine;
    let order = match named {
        Named::Id(id) => id.and_then(|id| engine.order(id)),
        Named::ClientId(id) => engine.order_by_client_id(state.account, id),
        Named::Position(Some(number)) if is_known(state, instrument, named, *number) => {
            return Ok(open_ids(state, instrument, |order| named.is(order)));
        }
        Named::Position(_) => return Err(Why::PositionMissing),
    };
    let own = order.filter(|order| order.account == state.account && order.instrument == instrument);
    own.map(|order| vec![order.id]).ok_or(Why::UnknownOrder)
}

/// Cancels orders that are known, each once; one that has finished stands among the failures.
fn withdraw(state: &mut State, mut outcome: Outcome, ids: Vec<OrderId>) -> Json {
    let mut done = BTreeSet::new();
    for id in ids.into_iter().filter(|id| done.insert(*id)) {
        let client_id = state.engine.order(id).map(|order| order.client_id.clone()).unwrap_or_default();
        let text = long_id(id);
        match state.engine.cancel(state.account, id) {
            Ok(()) => outcome.succeeded(&client_id, &text),
            Err(_) => outcome.failed(&[&client_id, &text], &text),
        }
    }
    outcome.write()
}

pub(super) fn one(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (instrument, named) = (ask.instrument(&state.engine)?, Named::must(ask)?);
    let ids = find(state, instrument, &named)?;
    Ok(withdraw(state, Outcome::default(), ids))
}

/// A list of a request, and what each of its texts names.
type List = (&'static str, fn(&str) -> Named);

const LISTS: [List; 3] =
    [("listOrderID", Named::id), ("listCustomID", Named::client_id), ("listPositionID", Named::position)];

pub(super) fn several(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let mut lists: Vec<(BTreeSet<String>, List)> = Vec::new();
    for list in LISTS {
        let texts: BTreeSet<String> = ask.texts(list.0)?.into_iter().collect();
        if !texts.is_empty() {
            lists.push((texts, list));
        }
    }
    let mut outcome = Outcome::default();
    let wanted = lists.pop();
    if !lists.is_empty() {
        return Err(Refusal::invalid("listOrderID"));
    }
    let Some((texts, (_, name))) = wanted else {
        // Documented: none of the lists, and so all of the symbol.
        return Ok(withdraw(state, outcome, open_ids(state, instrument, |_| true)));
    };
    let mut ids = Vec::new();
    for text in texts {
        let named = name(&text);
        match find(state, instrument, &named) {
            Ok(found) => ids.extend(found),
            // Documented are the venue's ids; of what isn't there, only one of them can be said.
            Err(why) => match named {
                Named::Id(_) => outcome.failed(&[&text], &text),
                Named::ClientId(_) | Named::Position(_) => outcome.failed(&[&text], &words(ask, &why.into())),
            },
        }
    }
    Ok(withdraw(state, outcome, ids))
}
