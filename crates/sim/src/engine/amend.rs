//! Changing an order that rests.

use rust_decimal::Decimal;

use super::types::{AccountId, OrderId, Refused};
use super::{Engine, Event, Preset};

impl Engine {
    /// Changes price, quantity or both. Only a smaller quantity alone keeps the order's turn; any other change
    /// sends it to the end of the line, and it may trade on its way.
    ///
    /// # Errors
    /// When it isn't open, or can't be what it is to become: it stays as it was then.
    pub fn amend(
        &mut self,
        account: AccountId,
        id: OrderId,
        price: Option<Decimal>,
        qty: Option<Decimal>,
    ) -> Result<(), Refused> {
        let before = self.orders.get(&id).filter(|order| order.account == account);
        let before = before.ok_or(Refused::UnknownOrder)?.clone();
        if !before.is_open() {
            return Err(Refused::Finished);
        }
        let instrument = self.instrument(before.instrument).ok_or(Refused::UnknownInstrument)?;
        let mut after = before.clone();
        if let Some(price) = price {
            Self::check_price(instrument, price)?;
            (after.price, after.basis) = (Some(price), price);
        }
        if let Some(qty) = qty {
            Self::check_qty(instrument, qty)?;
            after.qty = qty;
        }
        if after.qty <= before.filled {
            return Err(Refused::QtyRange);
        }
        let more = after.qty - before.qty;
        if before.reduce_only && more > self.account(account).closeable(before.instrument, before.slot) {
            return Err(Refused::PositionTooSmall);
        }
        let (pocket, asset) = self.paid_from(&before);
        if self.need(&after) - before.reserved > self.available(account, pocket, asset) {
            return Err(Refused::Funds);
        }
        after.updated_ms = self.now_ms;
        if before.reduce_only {
            self.account_mut(account).closing_mut(before.instrument, before.slot, more);
        }
        self.set_aside(&mut after);
        self.touch(&before);
        self.touch(&after);
        self.tell(|| Event::Order(Box::new(after.clone())));
        self.tell_wallet(account, pocket, asset);
        let keeps_turn = after.price == before.price && more <= Decimal::ZERO;
        let Some(listed) = self.listed_mut(before.instrument) else { return Err(Refused::UnknownInstrument) };
        if keeps_turn {
            listed.book.put(&after);
            self.orders.insert(id, after);
            return Ok(());
        }
        listed.book.remove(&before);
        self.orders.insert(id, after);
        self.work_off(id);
        self.settle();
        Ok(())
    }

    /// Changes what follows an open order's fills, and what already came to life of it.
    ///
    /// # Errors
    /// When it is unknown, or finished with nothing of its preset waiting.
    pub fn amend_preset(&mut self, account: AccountId, id: OrderId, preset: Preset) -> Result<(), Refused> {
        let order = self.orders.get(&id).filter(|order| order.account == account);
        let listed = order.and_then(|order| self.instrument(order.instrument));
        for price in preset.prices() {
            Self::check_price(listed.ok_or(Refused::UnknownOrder)?, price)?;
        }
        let order = self.orders.get_mut(&id).filter(|order| order.account == account);
        let order = order.ok_or(Refused::UnknownOrder)?;
        let was_open = order.is_open();
        order.preset = preset;
        let alive: Vec<(OrderId, super::TriggerKind)> = self
            .waiting_triggers(account)
            .filter(|trigger| trigger.terms.group == Some(id))
            .map(|trigger| (trigger.id, trigger.terms.kind))
            .collect();
        if alive.is_empty() && !was_open {
            return Err(Refused::Finished);
        }
        for (trigger, kind) in alive {
            let (price, limit) = match kind {
                super::TriggerKind::TakeProfit => (preset.take_profit, preset.take_profit_limit),
                _ => (preset.stop_loss, preset.stop_loss_limit),
            };
            match price {
                Some(price) => self.amend_trigger(account, trigger, |terms| {
                    (terms.trigger_price, terms.price) = (price, limit);
                })?,
                None => self.cancel_trigger(account, trigger)?,
            }
        }
        Ok(())
    }
}
