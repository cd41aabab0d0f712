//! Which fill an order's event is about.

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::State;
use crate::engine::{Fill, Order, OrderId};

/// The latest fills of orders that are open, as a session has been told them.
#[derive(Debug, Default)]
pub(crate) struct Fills {
    latest: BTreeMap<OrderId, Fill>,
    /// Orders that haven't been told themselves since.
    fresh: BTreeSet<OrderId>,
}

impl Fills {
    /// As things are when someone starts to listen.
    pub(crate) fn known(state: &State) -> Self {
        let account = state.engine.account(state.account);
        let fills = account.fills().filter(|fill| account.open.contains(&fill.order));
        Self { latest: fills.map(|fill| (fill.order, fill.clone())).collect(), fresh: BTreeSet::new() }
    }

    pub(crate) fn note(&mut self, fill: &Fill) {
        self.latest.insert(fill.order, fill.clone());
        self.fresh.insert(fill.order);
    }

    /// The latest fill of an order that is told now, and whether it is why. What has ended is forgotten.
    pub(crate) fn of(&mut self, order: &Order) -> (Option<Fill>, bool) {
        let is_why = self.fresh.remove(&order.id);
        let fill =
            if order.is_open() { self.latest.get(&order.id).cloned() } else { self.latest.remove(&order.id) };
        (fill, is_why)
    }
}
