//! Market orders that go no deeper than so many prices.

use super::Engine;
use super::order::NewOrder;
use super::types::{AccountId, OrderId, Refused};

impl Engine {
    /// Places a market order that trades at the best `levels` prices of the book as it is, and is cancelled
    /// for the rest. Of a limit order the limit alone counts.
    ///
    /// # Errors
    /// As [`place`](Self::place).
    pub fn place_within(
        &mut self,
        account: AccountId,
        new: NewOrder,
        levels: usize,
    ) -> Result<OrderId, Refused> {
        let reach = self.levels(new.instrument, new.side.opposite(), levels).last().map(|(price, _)| *price);
        let mut order = self.draft(account, new, None)?;
        order.reach = reach;
        let id = order.id;
        self.accept(order);
        self.work_off(id);
        self.settle();
        Ok(id)
    }
}
