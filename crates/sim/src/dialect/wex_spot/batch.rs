//! Several orders at once: each row has its own fate.

use super::{WexSpot, orders, rows};
use crate::dialect::{Ask, Json, State};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::which::Which;

/// The documentation's own number of a batch.
const FIRST_BATCH: u64 = 123;
/// How many rows a batch may have.
const MOST: usize = 100;

/// Orders that aren't there are left out.
pub(super) fn get(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let mut found = Vec::new();
    for id in ids(ask)? {
        if let Ok(order) = orders::own(&state.engine, state.account, &id) {
            found.push(rows::order(&state.engine, order));
        }
    }
    Ok(list(found))
}

/// The named orders; numbers all of them.
fn ids(ask: &Ask<'_>) -> Result<Vec<String>, Refusal> {
    let ids = ask.texts("orderIds")?;
    if ids.is_empty() || ids.len() > MOST || ids.iter().any(|id| id.parse::<u64>().is_err()) {
        return Err(Refusal::invalid("orderIds"));
    }
    Ok(ids)
}

pub(super) fn submit(venue: &mut WexSpot, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let own_batch = orders::own_id(ask, "clientBatchId")?;
    let items = ask.rows("items")?;
    if items.is_empty() || items.len() > MOST {
        return Err(Refusal::invalid("items"));
    }
    let batch = own_batch.unwrap_or_else(|| (FIRST_BATCH + venue.next_serial()).to_string());
    let mut done = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let row = ask.row(item);
        let own_id = row.text("clientOrderId");
        let (id, reason) = match orders::place(state, &row, true) {
            Ok(id) => (id.to_string(), String::new()),
            Err(refusal) => {
                ask.refuse_row(&row);
                (String::new(), Rules::of(Which::WexSpot).said(&ask.endpoint.path, &refusal).message)
            }
        };
        done.push(write(&[
            ("index", quote(&index.to_string())),
            ("clientOrderId", quote(&own_id.unwrap_or_default())),
            ("orderId", quote(&id)),
            ("reject", quote(if id.is_empty() { "true" } else { "false" })),
            ("reason", quote(&reason)),
        ]));
    }
    Ok(write(&[("batchId", quote(&batch)), ("items", list(done))]))
}

/// Orders that aren't open are passed over.
pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    orders::own_id(ask, "clientBatchId")?;
    for id in ids(ask)? {
        if let Ok(id) = orders::own(&state.engine, state.account, &id).map(|order| order.id) {
            // The answer has no place for what became of each.
            let _ = state.engine.cancel(state.account, id);
        }
    }
    Ok("{}".to_owned())
}
