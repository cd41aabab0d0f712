//! Several orders that are accepted together or not at all.

use rust_decimal::Decimal;

use super::Engine;
use super::order::{NewOrder, Size, Status};
use super::types::{AccountId, OrderId, Refused};

impl Engine {
    /// Places all of these orders, or none: each is checked with the money of those before it set aside, and
    /// only then are they worked off, in turn. A market order whose price ran away from under it meanwhile, so
    /// that the money no longer suffices, is accepted and cancelled.
    ///
    /// # Errors
    /// The first order that can't be accepted, by its place, and why; nothing has changed then.
    pub fn place_all(
        &mut self,
        account: AccountId,
        orders: Vec<NewOrder>,
    ) -> Result<Vec<OrderId>, (usize, Refused)> {
        let (first, told) = (self.next_order, self.events.len());
        let mut accepted: Vec<(OrderId, Option<OrderId>)> = Vec::new();
        for (at, new) in orders.into_iter().enumerate() {
            match self.draft(account, new, None) {
                Ok(order) => {
                    let before = self.account(account).by_client_id.get(&order.client_id).copied();
                    accepted.push((order.id, before));
                    self.accept(order);
                }
                Err(refused) => {
                    for (id, before) in accepted.into_iter().rev() {
                        self.unaccept(id, before);
                    }
                    self.next_order = first;
                    self.events.truncate(told);
                    return Err((at, refused));
                }
            }
        }
        for (id, _) in &accepted {
            if self.can_still_pay(*id) {
                self.work_off(*id);
            } else if let Some(order) = self.orders.remove(id) {
                self.end(order, Status::Cancelled);
            }
        }
        self.settle();
        Ok(accepted.into_iter().map(|(id, _)| id).collect())
    }

    /// Takes back an order that was accepted and has done nothing.
    fn unaccept(&mut self, id: OrderId, named_before: Option<OrderId>) {
        let Some(order) = self.orders.remove(&id) else { return };
        let (pocket, asset) = self.paid_from(&order);
        let holder = self.account_mut(order.account);
        holder.wallet_mut(pocket, asset).reserved -= order.reserved;
        holder.open.remove(&id);
        if order.reduce_only {
            holder.closing_mut(order.instrument, order.slot, -order.qty);
        }
        match named_before {
            Some(before) => holder.by_client_id.insert(order.client_id, before),
            None => holder.by_client_id.remove(&order.client_id),
        };
    }

    /// Sets aside what a market order needs by the book as it is now; says whether that was there.
    fn can_still_pay(&mut self, id: OrderId) -> bool {
        let Some(mut order) = self.orders.get(&id).cloned() else { return false };
        let Some(listed) = self.listed.get(order.instrument.0) else { return false };
        if order.price.is_some() || order.budget.is_some() {
            return true;
        }
        order.basis = self.worst_price(order.account, listed, order.side, Size::Base(order.qty));
        let (pocket, asset) = self.paid_from(&order);
        if self.need(&order) - order.reserved
            > self.available(order.account, pocket, asset).max(Decimal::ZERO)
        {
            return false;
        }
        self.set_aside(&mut order);
        self.orders.insert(id, order);
        true
    }
}
