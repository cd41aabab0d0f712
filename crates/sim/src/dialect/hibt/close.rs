//! Orders that close a position, or all of a contract.

use super::{number_of, open, rows};
use crate::dialect::{Ask, Json, State};
use crate::engine::{Decimal, InstrumentId, NewOrder, OrderId, Position, Side, Slot};
use crate::json::{list, write};
use crate::refusal::{Refusal, Why};

/// The account's positions that are held.
pub(super) fn held(state: &State) -> impl Iterator<Item = (InstrumentId, Slot, &Position)> {
    let positions = state.engine.account(state.account).positions();
    positions.filter(|(.., position)| !position.qty.is_zero())
}

/// A position, and what an order that closes it needs to know.
#[derive(Debug, Clone, Copy)]
struct Target {
    instrument: InstrumentId,
    slot: Slot,
    qty: Decimal,
    leverage: Decimal,
}

impl Target {
    fn of((instrument, slot, position): (InstrumentId, Slot, &Position)) -> Self {
        Self { instrument, slot, qty: position.qty.abs(), leverage: position.leverage }
    }

    fn order(self, qty: Decimal, price: Option<Decimal>) -> NewOrder {
        let side = if self.slot == Slot::Short { Side::Buy } else { Side::Sell };
        let order = NewOrder::market(self.instrument, side, self.slot, qty);
        NewOrder { reduce_only: true, price, leverage: Some(self.leverage), ..order }
    }
}

pub(super) fn one(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (price, amount) = (open::limit(ask)?, ask.demand_decimal("amount")?);
    let number = number_of(&ask.demand("positionID")?);
    let target = held(state)
        .find(|(.., position)| number == Some(position.opened_by))
        .map(Target::of)
        .ok_or(Why::PositionMissing)?;
    let order = state.engine.place(state.account, target.order(amount, price))?;
    Ok(open::ack(order))
}

/// Closes at the market. Orders that were to close the same are cancelled first: they hold what is to be closed.
pub(super) fn all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = ask.instrument(&state.engine)?;
    let closing: Vec<OrderId> = state
        .engine
        .open_orders(state.account)
        .filter(|order| order.instrument == wanted && order.reduce_only)
        .map(|order| order.id)
        .collect();
    for id in closing {
        state.engine.cancel(state.account, id)?;
    }
    let targets: Vec<Target> = held(state).map(Target::of).filter(|held| held.instrument == wanted).collect();
    let mut placed = Vec::new();
    for target in targets {
        placed.push(state.engine.place(state.account, target.order(target.qty, None))?);
    }
    Ok(write(&[("listOrderID", list(placed.into_iter().map(rows::id)))]))
}
