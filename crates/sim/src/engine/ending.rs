//! Why an order was cancelled.

use super::Engine;
use super::types::OrderId;

/// Why an order ended before it was filled whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ended {
    /// Its owner cancelled it, one by one, all at once or by a timer.
    ByOwner,
    /// Its own terms did: what couldn't be filled at once, or would have been.
    ByTerms,
    /// It would have traded with another order of its account.
    BySelfTrade,
}

impl Engine {
    /// Takes an open order out of its book and ends it for a reason.
    pub(crate) fn withdraw_because(&mut self, id: OrderId, reason: Ended) {
        if let Some(order) = self.orders.get_mut(&id) {
            order.ended = Some(reason);
        }
        self.withdraw(id);
    }
}
