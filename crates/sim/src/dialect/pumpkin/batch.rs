//! Several orders in one request. The answer says nothing of the single ones, so a row that is refused is passed
//! over and the others are done.

use super::orders::{cancel_one, new};
use super::{Pumpkin, refused, tradable};
use crate::dialect::{Ask, Json, State};
use crate::json::array;
use crate::refusal::Refusal;
use crate::rules::pumpkin;

/// What a row that places an order can't do without.
const NEEDED: [&str; 6] = ["price", "origQty", "orderType", "orderSide", "positionSide", "timeInForce"];

pub(super) fn create(own: &Pumpkin, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let rows = ask.rows("list")?;
    let rows: Vec<Ask<'_>> = rows.iter().map(|row| ask.row(row)).collect();
    // What is malformed, or not for this key, is refused as a whole.
    for row in &rows {
        if row.is("isCreate", "true") {
            for name in NEEDED {
                row.demand(name)?;
            }
        } else {
            row.demand("orderId")?;
        }
        match tradable(state, row) {
            Err(refusal) if refusal.why == pumpkin::SYMBOL_NOT_ALLOWED => return Err(refusal),
            _ => {}
        }
    }
    for row in &rows {
        if !row.is("isCreate", "true") {
            // Nothing is said of it.
            let _ = cancel_one(state, row, "orderId");
        } else if place(own, state, row).is_err() {
            ask.refuse_row(row);
        }
    }
    Ok("true".to_owned())
}

fn place(own: &Pumpkin, state: &mut State, row: &Ask<'_>) -> Result<(), Refusal> {
    let id = tradable(state, row)?;
    let order = new(own, state, row, id)?;
    state.engine.place(state.account, order).map_err(refused)?;
    Ok(())
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let ids = array(&ask.demand("orders")?).ok_or_else(|| Refusal::invalid("orders"))?;
    for id in ids {
        let id = id.get().trim_matches('"').parse().map_err(|_| Refusal::invalid("orders"))?;
        // As in the other batch, nothing is said of it.
        let _ = state.engine.cancel(state.account, id);
    }
    Ok("true".to_owned())
}
