//! What a fill does to its order, its account, and what depends on them.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::account::Position;
use super::history::{Fill, FlowKind, remember};
use super::ledger::EntryKind;
use super::order::{Order, Status};
use super::trigger::{NewTrigger, TriggerKind};
use super::types::{Instrument, InstrumentId, OrderId, Pocket, Product, Side, Slot, inverse_value};
use super::{AccountId, Engine, Event};

impl Engine {
    pub(crate) fn fill(
        &mut self,
        order: &mut Order,
        price: Decimal,
        qty: Decimal,
        trade: u64,
        is_maker: bool,
    ) {
        let Some(listed) = self.listed.get(order.instrument.0) else { return };
        let (instrument, base, quote) = (Arc::clone(&listed.instrument), listed.base, listed.quote);
        let settled_in = listed.settled_in();
        order.filled += qty;
        order.filled_value += weight(order.inverse, price, qty);
        order.updated_ms = self.now_ms;
        order.status = Status::PartiallyFilled;
        let value = instrument.value(price, qty);
        if let Some(budget) = &mut order.budget {
            *budget -= value;
            order.qty += qty;
        }
        let rate = if is_maker { instrument.maker_fee } else { instrument.taker_fee };
        let mut ended = None;
        let (realised, fee, fee_asset) = match instrument.product {
            Product::Spot => {
                let (got, fee) = match order.side {
                    Side::Buy => (base, qty * rate),
                    Side::Sell => (quote, value * rate),
                };
                for (asset, change, kind) in [
                    (base, order.side.signed(qty), EntryKind::Trade),
                    (quote, -order.side.signed(value), EntryKind::Trade),
                    (got, -fee, EntryKind::Fee),
                ] {
                    self.enter(order.account, Pocket::Spot, asset, change, kind);
                }
                (Decimal::ZERO, fee, got)
            }
            Product::Linear | Product::Inverse => {
                let fee = value * rate;
                let now_ms = order.updated_ms;
                let account = self.account_mut(order.account);
                let position = account.positions.entry((order.instrument, order.slot)).or_default();
                position.inverse = order.inverse;
                let (realised, whole) = position.take_on(order, &instrument, price, qty, (trade, now_ms));
                position.fees += fee;
                ended = whole;
                order.position = Some(position.opened_by);
                if order.reduce_only {
                    position.closing -= qty;
                }
                account.wallet_mut(Pocket::Futures, settled_in).total += realised - fee;
                (realised, fee, settled_in)
            }
        };
        let is_house = self.account(order.account).is_house;
        order.realised += realised;
        *self.fees.entry(fee_asset).or_default() += fee;
        order.fees += fee;
        if is_house {
            return;
        }
        self.set_aside(order);
        let fill = Fill {
            trade,
            order: order.id,
            client_id: order.client_id.clone(),
            instrument: order.instrument,
            side: order.side,
            slot: order.slot,
            reduce_only: order.reduce_only,
            price,
            qty,
            is_maker,
            fee,
            realised,
            at_ms: order.updated_ms,
        };
        if let Some(ended) = ended {
            self.bury(order, ended, fee);
        }
        if instrument.product != Product::Spot {
            self.shrunk.push((order.account, order.instrument, order.slot));
            self.contract_flows(order.account, order.instrument, &fill);
            self.arm(order, qty);
        }
        self.tell(|| Event::Fill { account: order.account, fill: Box::new(fill.clone()) });
        self.tell_after(order, &instrument);
        remember(&mut self.account_mut(order.account).fills, fill);
    }

    fn contract_flows(&mut self, account: AccountId, instrument: InstrumentId, fill: &Fill) {
        let Some(asset) = self.listed.get(instrument.0).map(super::Listed::settled_in) else { return };
        if !fill.realised.is_zero() {
            self.flow(account, FlowKind::RealisedPnl, asset, fill.realised, Some(instrument));
        }
        if !fill.fee.is_zero() {
            self.flow(account, FlowKind::Fee, asset, -fill.fee, Some(instrument));
        }
    }

    fn tell_after(&mut self, order: &Order, instrument: &Instrument) {
        if !self.listening {
            return;
        }
        let Some(listed) = self.listed.get(order.instrument.0) else { return };
        let (base, quote, settled_in) = (listed.base, listed.quote, listed.settled_in());
        if instrument.product == Product::Spot {
            self.tell_wallet(order.account, Pocket::Spot, base);
            self.tell_wallet(order.account, Pocket::Spot, quote);
            return;
        }
        self.tell_wallet(order.account, Pocket::Futures, settled_in);
        let position = self.account(order.account).position(order.instrument, order.slot).cloned();
        let event = Event::Position {
            account: order.account,
            instrument: order.instrument,
            slot: order.slot,
            position: Box::new(position.unwrap_or_default()),
        };
        self.events.push(event);
    }

    /// Sets aside what the order now needs, no more and no less.
    pub(crate) fn set_aside(&mut self, order: &mut Order) {
        let need = self.need(order);
        let (pocket, asset) = self.paid_from(order);
        let wallet = self.account_mut(order.account).wallet_mut(pocket, asset);
        wallet.reserved += need - order.reserved;
        order.reserved = need;
    }

    /// Brings an order's preset to life, sized by what is filled.
    fn arm(&mut self, order: &Order, qty: Decimal) {
        let preset = order.preset;
        let wanted = [
            (
                TriggerKind::TakeProfit,
                preset.take_profit,
                preset.take_profit_limit,
                preset.take_profit_by_mark,
            ),
            (TriggerKind::StopLoss, preset.stop_loss, preset.stop_loss_limit, preset.stop_loss_by_mark),
        ];
        for (kind, price, limit, by_mark) in wanted {
            let Some(trigger_price) = price else { continue };
            let is_it = |id: &OrderId| {
                self.triggers.get(id).is_some_and(|t| t.terms.group == Some(order.id) && t.terms.kind == kind)
            };
            let there = self.account(order.account).waiting.iter().copied().find(is_it);
            if let Some(trigger) = there.and_then(|id| self.triggers.get_mut(&id)) {
                trigger.terms.qty = trigger.terms.qty.map(|before| before + qty);
                continue;
            }
            let side = order.side.opposite();
            let terms = NewTrigger {
                reduce_only: true,
                qty: Some(qty),
                price: limit,
                group: Some(order.id),
                by_mark,
                ..NewTrigger::new(order.instrument, kind, side, order.slot, trigger_price)
            };
            self.add_trigger(order.account, terms);
        }
    }

    pub(crate) fn tell(&mut self, event: impl FnOnce() -> Event) {
        if !self.listening {
            return;
        }
        let event = event();
        // The background market's own orders are nobody's business.
        if !matches!(&event, Event::Order(order) if self.account(order.account).is_house) {
            self.events.push(event);
        }
    }
}

impl Position {
    /// Takes a fill on; answers what it realised, and the position that it ended.
    fn take_on(
        &mut self,
        order: &Order,
        instrument: &Instrument,
        price: Decimal,
        qty: Decimal,
        (trade, now_ms): (u64, i64),
    ) -> (Decimal, Option<Self>) {
        self.updated_ms = now_ms;
        let held = self.qty.abs();
        let closes = !self.qty.is_zero() && self.qty.is_sign_positive() == (order.side == Side::Sell);
        let closed = if closes { held.min(qty) } else { Decimal::ZERO };
        let (mut realised, mut ended) = (Decimal::ZERO, None);
        // What is settled in the base asset is worth the less, the higher the price.
        let worth = |side: Side, qty| {
            let value = instrument.value(price, qty);
            if self.inverse { side.opposite().signed(value) } else { side.signed(value) }
        };
        let (closed_worth, opened_worth) =
            (worth(order.side.opposite(), closed), worth(order.side, qty - closed));
        if closes {
            let was = order.side.opposite();
            // The last unit takes the rest with it, so that nothing is lost to rounding.
            let gone = if closed == held {
                self.cost
            } else {
                (self.cost * closed).checked_div(held).unwrap_or_default().round_dp(12)
            };
            realised = closed_worth - gone;
            let freed = if closed == held {
                self.added
            } else {
                (self.added * closed).checked_div(held).unwrap_or_default().round_dp(12)
            };
            self.qty -= was.signed(closed);
            self.cost -= gone;
            self.added -= freed;
            self.realised += realised;
            self.closed_qty += closed;
            self.closed_value += weight(self.inverse, price, closed);
            self.closed_cost += gone;
            if self.qty.is_zero() {
                ended = Some(self.clone());
            }
        }
        let opened = qty - closed;
        if !opened.is_zero() {
            if self.qty.is_zero() {
                *self = Self {
                    closing: self.closing,
                    inverse: self.inverse,
                    first_leverage: order.leverage,
                    opened_ms: now_ms,
                    opened_by: trade,
                    updated_ms: now_ms,
                    ..Self::default()
                };
            }
            self.qty += order.side.signed(opened);
            self.cost += opened_worth;
            self.most_qty = self.most_qty.max(self.qty.abs());
            (self.leverage, self.margin) = (order.leverage, order.margin);
        }
        (realised, ended)
    }
}

/// What a fill weighs in an average price.
fn weight(inverse: bool, price: Decimal, qty: Decimal) -> Decimal {
    if inverse { inverse_value(price, qty) } else { price * qty }
}

/// A slot of an account, for what has to be reconsidered.
pub(crate) type Held = (AccountId, InstrumentId, Slot);
