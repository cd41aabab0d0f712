//! What follows from trades: orders with nothing left to close end, triggers fire.

use std::ops::Bound;

use rust_decimal::Decimal;

use super::Engine;
use super::order::{NewOrder, Order, Size};
use super::settle::Held;
use super::trigger::{Direction, Trigger, TriggerKind, TriggerStatus};
use super::types::{InstrumentId, OrderId, Refused, Stp};

impl Engine {
    /// Works off all consequences, one after the other, until there are none: each firing uses up a trigger.
    pub(crate) fn settle(&mut self) {
        loop {
            while let Some(held) = self.shrunk.pop() {
                self.reconsider(held);
            }
            let Some(&instrument) = self.moved.first() else { return };
            match self.due(instrument) {
                Some(id) => self.fire(id),
                None => {
                    self.moved.remove(&instrument);
                }
            }
        }
    }

    /// Cancels what closes more than there is, newest first, and the protection of a position that is gone.
    fn reconsider(&mut self, (account, instrument, slot): Held) {
        let Some(position) = self.account(account).position(instrument, slot) else { return };
        let (is_gone, mut over) = (position.qty.is_zero(), position.closing - position.qty.abs());
        if over > Decimal::ZERO {
            let closes =
                |order: &&Order| order.reduce_only && (order.instrument, order.slot) == (instrument, slot);
            let orders: Vec<(OrderId, Decimal)> = self
                .open_orders(account)
                .rev()
                .filter(closes)
                .map(|order| (order.id, order.remaining()))
                .collect();
            for (id, left) in orders {
                if over <= Decimal::ZERO {
                    break;
                }
                self.withdraw(id);
                over -= left;
            }
        }
        if is_gone && !self.account(account).waiting.is_empty() {
            let protects = |trigger: &&Trigger| {
                matches!(trigger.terms.kind, TriggerKind::TakeProfit | TriggerKind::StopLoss)
                    && (trigger.terms.instrument, trigger.terms.slot) == (instrument, slot)
            };
            let ids: Vec<OrderId> =
                self.waiting_triggers(account).filter(protects).map(|trigger| trigger.id).collect();
            for id in ids {
                self.end_trigger(id, TriggerStatus::Cancelled);
            }
        }
    }

    /// A trigger that the last price asks for.
    fn due(&mut self, instrument: InstrumentId) -> Option<OrderId> {
        let listed = self.listed.get(instrument.0)?;
        let last = listed.tape.last_price();
        let reached = (Bound::Unbounded, Bound::Included((last, OrderId::MAX)));
        if let Some((_, id)) = listed.rising.range(reached).next() {
            return Some(*id);
        }
        if let Some((_, id)) = listed.falling.range((last, 0)..).next_back() {
            return Some(*id);
        }
        let followers: Vec<OrderId> = listed.trailing.iter().copied().collect();
        followers.into_iter().find(|id| self.triggers.get_mut(id).is_some_and(|trigger| trigger.follow(last)))
    }

    fn fire(&mut self, id: OrderId) {
        let Some(trigger) = self.triggers.get(&id).cloned() else { return };
        // It is out of the way before its order trades, or it could fire twice.
        self.end_trigger(id, TriggerStatus::Cancelled);
        if let Some(group) = trigger.terms.group {
            let others = |other: &&Trigger| other.terms.group == Some(group);
            let ids: Vec<OrderId> =
                self.waiting_triggers(trigger.account).filter(others).map(|other| other.id).collect();
            for other in ids {
                self.end_trigger(other, TriggerStatus::Cancelled);
            }
        }
        let terms = trigger.terms;
        let closeable = self.account(trigger.account).closeable(terms.instrument, terms.slot);
        let qty = match terms.qty {
            Some(qty) if terms.reduce_only && terms.kind != TriggerKind::Plan => qty.min(closeable),
            Some(qty) => qty,
            None => closeable,
        };
        let placed = if qty <= Decimal::ZERO {
            Err(Refused::NoPosition)
        } else {
            let order = NewOrder {
                instrument: terms.instrument,
                side: terms.side,
                slot: terms.slot,
                reduce_only: terms.reduce_only,
                size: Size::Base(qty),
                price: terms.price,
                tif: terms.tif,
                stp: Stp::default(),
                client_id: None,
                leverage: terms.leverage,
                margin: terms.margin,
                preset: terms.preset,
            };
            self.place_one(trigger.account, order, Some(id))
        };
        if let Some(trigger) = self.triggers.get_mut(&id) {
            trigger.status = match placed {
                Ok(order) => TriggerStatus::Fired(order),
                Err(refused) => TriggerStatus::Failed(refused),
            };
        }
    }
}

impl Trigger {
    /// Follows the price; says whether it has turned far enough.
    fn follow(&mut self, last: Decimal) -> bool {
        let rises = self.terms.direction == Direction::Rising;
        let reached = if rises { last >= self.terms.trigger_price } else { last <= self.terms.trigger_price };
        let best = match self.best {
            Some(best) => best,
            None if reached => last,
            None => return false,
        };
        self.best = Some(if rises { best.max(last) } else { best.min(last) });
        self.turning_price().is_some_and(|turn| if rises { last <= turn } else { last >= turn })
    }

    /// The price at which a trailing order that is active would fire now.
    #[must_use]
    pub fn turning_price(&self) -> Option<Decimal> {
        let best = self.best?;
        let back = self.terms.distance.unwrap_or(best * self.terms.callback.unwrap_or_default());
        Some(if self.terms.direction == Direction::Rising { best - back } else { best + back })
    }
}
