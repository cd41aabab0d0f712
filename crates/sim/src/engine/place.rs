//! From what is asked for to an order that was accepted, or to a refusal without any effect.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::ending::Ended;
use super::history::remember;
use super::order::{NewOrder, Order, Size, Status, ratio};
use super::types::{AccountId, Instrument, InstrumentId, OrderId, Pocket, Product, Refused, Side, Slot};
use super::{Engine, Event};

/// A limit may be this many times the starting price: far from any market, near enough for exact arithmetic.
const WIDEST: Decimal = Decimal::from_parts(1000, 0, 0, false, 0);

impl Engine {
    /// Places an order and works it off: when this returns, it rests or is finished.
    ///
    /// # Errors
    /// By what was asked for; nothing has changed then.
    pub fn place(&mut self, account: AccountId, new: NewOrder) -> Result<OrderId, Refused> {
        let id = self.place_one(account, new, None)?;
        self.settle();
        Ok(id)
    }

    /// The same without what follows from it, so that consequences queue up instead of nesting.
    pub(crate) fn place_one(
        &mut self,
        account: AccountId,
        new: NewOrder,
        from_trigger: Option<OrderId>,
    ) -> Result<OrderId, Refused> {
        let order = self.draft(account, new, from_trigger)?;
        let id = order.id;
        self.accept(order);
        self.work_off(id);
        Ok(id)
    }

    /// Cancels an open order.
    ///
    /// # Errors
    /// When it isn't there, isn't the account's, or isn't open.
    pub fn cancel(&mut self, account: AccountId, id: OrderId) -> Result<(), Refused> {
        let order = self.orders.get(&id).filter(|order| order.account == account);
        if !order.ok_or(Refused::UnknownOrder)?.is_open() {
            return Err(Refused::Finished);
        }
        self.withdraw_because(id, Ended::ByOwner);
        Ok(())
    }

    /// Cancels all open orders of an account, on one instrument or on all; answers how many.
    pub fn cancel_all(&mut self, account: AccountId, instrument: Option<InstrumentId>) -> usize {
        let wanted = |order: &&Order| instrument.is_none_or(|wanted| order.instrument == wanted);
        let ids: Vec<OrderId> = self.open_orders(account).filter(wanted).map(|order| order.id).collect();
        for id in &ids {
            self.withdraw_because(*id, Ended::ByOwner);
        }
        ids.len()
    }

    pub(crate) fn check_price(instrument: &Instrument, price: Decimal) -> Result<(), Refused> {
        let highest = instrument.start_price.checked_mul(WIDEST).unwrap_or(Decimal::MAX);
        if price <= Decimal::ZERO || price > highest {
            return Err(Refused::PriceRange);
        }
        if is_multiple(price, instrument.tick) { Ok(()) } else { Err(Refused::Tick) }
    }

    pub(crate) fn check_qty(instrument: &Instrument, qty: Decimal) -> Result<(), Refused> {
        if qty < instrument.min_qty || qty > instrument.max_qty || qty.is_zero() {
            return Err(Refused::QtyRange);
        }
        if is_multiple(qty, instrument.lot) { Ok(()) } else { Err(Refused::Lot) }
    }

    /// Checks everything; nothing has an effect yet.
    pub(crate) fn draft(
        &mut self,
        account: AccountId,
        new: NewOrder,
        from_trigger: Option<OrderId>,
    ) -> Result<Order, Refused> {
        let listed = self.listed.get(new.instrument.0).ok_or(Refused::UnknownInstrument)?;
        let instrument = Arc::clone(&listed.instrument);
        let (qty, budget) = match new.size {
            Size::Base(qty) => (qty, None),
            Size::Quote(amount) => (Decimal::ZERO, Some(amount)),
        };
        let may_name_amount = new.price.is_none() && instrument.product == Product::Spot;
        match budget {
            None => Self::check_qty(&instrument, qty)?,
            Some(_) if !may_name_amount => return Err(Refused::WrongKind),
            Some(amount) if amount <= Decimal::ZERO => return Err(Refused::QtyRange),
            Some(_) => {}
        }
        for price in new.price.into_iter().chain(new.preset.prices()) {
            Self::check_price(&instrument, price)?;
        }
        let holder = self.account(account);
        let is_house = holder.is_house;
        let client_id = new.client_id.unwrap_or_default();
        let taken = !client_id.is_empty()
            && !self.ids_repeat
            && self.order_by_client_id(account, &client_id).is_some_and(Order::is_open);
        if taken {
            return Err(Refused::DuplicateClientId);
        }
        let setting = holder.side_setting(new.instrument, new.slot, &instrument);
        let leverage = new.leverage.unwrap_or(setting.leverage);
        if leverage > instrument.max_leverage {
            return Err(Refused::LeverageHigh);
        }
        if leverage < Decimal::ONE {
            return Err(Refused::LeverageLow);
        }
        let basis = new.price.unwrap_or_else(|| self.worst_price(account, listed, new.side, new.size));
        let mut order = Order {
            id: if is_house { self.next_house_order } else { self.next_order },
            account,
            instrument: new.instrument,
            side: new.side,
            slot: new.slot,
            reduce_only: new.reduce_only && instrument.product != Product::Spot,
            qty,
            amount: budget,
            price: new.price,
            tif: new.tif,
            stp: new.stp,
            client_id,
            leverage,
            margin: new.margin.unwrap_or(setting.margin),
            preset: new.preset,
            from_trigger,
            filled: Decimal::ZERO,
            filled_value: Decimal::ZERO,
            fees: Decimal::ZERO,
            realised: Decimal::ZERO,
            position: holder
                .position(new.instrument, new.slot)
                .filter(|position| !position.qty.is_zero())
                .map(|position| position.opened_by),
            status: Status::New,
            ended: None,
            created_ms: self.now_ms,
            updated_ms: self.now_ms,
            reserved: Decimal::ZERO,
            inverse: instrument.product == Product::Inverse,
            reach: None,
            basis,
            turn: 0,
            budget,
        };
        if !is_house {
            self.check_closing(&order)?;
            order.reserved = self.need(&order);
            let (pocket, asset) = self.paid_from(&order);
            if order.reserved > self.available(account, pocket, asset) {
                return Err(Refused::Funds);
            }
            self.next_order += 1;
        } else {
            self.next_house_order += 1;
        }
        Ok(order)
    }

    fn check_closing(&self, order: &Order) -> Result<(), Refused> {
        if !order.reduce_only {
            return Ok(());
        }
        if self.closable_by(order).is_zero() {
            return Err(Refused::NoPosition);
        }
        if order.qty > self.account(order.account).closeable(order.instrument, order.slot) {
            return Err(Refused::PositionTooSmall);
        }
        Ok(())
    }

    /// Units of the position that this order's side closes.
    pub(crate) fn closable_by(&self, order: &Order) -> Decimal {
        self.account(order.account)
            .position(order.instrument, order.slot)
            .map(|position| position.qty)
            .filter(|held| held.is_sign_positive() == (order.side == Side::Sell))
            .map(|held| held.abs())
            .unwrap_or_default()
    }

    /// Money to be set aside for what an order has left.
    pub(crate) fn need(&self, order: &Order) -> Decimal {
        let Some(instrument) = self.instrument(order.instrument) else { return Decimal::ZERO };
        let left = order.remaining();
        match (instrument.product, order.side) {
            (Product::Spot, Side::Sell) => {
                order.budget.map_or(left, |budget| instrument.lots_for(budget, order.basis))
            }
            (Product::Spot, Side::Buy) => order.budget.unwrap_or_else(|| instrument.value(order.basis, left)),
            (Product::Linear | Product::Inverse, _) if order.reduce_only => Decimal::ZERO,
            (Product::Linear | Product::Inverse, _) => {
                let closes = if order.slot == Slot::Net { self.closable_by(order) } else { Decimal::ZERO };
                let opens = (left - closes).max(Decimal::ZERO);
                let value = instrument.value(order.basis, opens);
                ratio(value, order.leverage) + value * instrument.taker_fee
            }
        }
    }

    /// The wallet that an order's money is set aside in.
    pub(crate) fn paid_from(&self, order: &Order) -> (Pocket, super::AssetId) {
        let Some(listed) = self.listed.get(order.instrument.0) else {
            return (Pocket::Spot, super::AssetId(0));
        };
        match (listed.instrument.product, order.side) {
            (Product::Spot, Side::Sell) => (Pocket::Spot, listed.base),
            (Product::Spot, Side::Buy) => (Pocket::Spot, listed.quote),
            (Product::Linear | Product::Inverse, _) => (Pocket::Futures, listed.settled_in()),
        }
    }

    pub(crate) fn accept(&mut self, order: Order) {
        let id = order.id;
        let (pocket, asset) = self.paid_from(&order);
        let account = self.account_mut(order.account);
        if !account.is_house {
            account.wallet_mut(pocket, asset).reserved += order.reserved;
            account.open.insert(id);
            if order.reduce_only {
                account.closing_mut(order.instrument, order.slot, order.qty);
            }
            if !order.client_id.is_empty() {
                account.by_client_id.insert(order.client_id.clone(), id);
            }
            self.tell(|| Event::Order(Box::new(order.clone())));
            self.tell_wallet(order.account, pocket, asset);
        }
        self.orders.insert(id, order);
    }

    /// Takes an open order out of its book and ends it.
    pub(crate) fn withdraw(&mut self, id: OrderId) {
        let Some(order) = self.orders.remove(&id) else { return };
        if let Some(listed) = self.listed_mut(order.instrument) {
            listed.book.remove(&order);
        }
        self.touch(&order);
        self.end(order, Status::Cancelled);
    }

    /// Ends an order that is in no book: what was set aside is free again.
    pub(crate) fn end(&mut self, mut order: Order, status: Status) {
        let id = order.id;
        order.status = status;
        if status != Status::Cancelled {
            order.ended = None;
        }
        order.updated_ms = self.now_ms;
        let freed = std::mem::take(&mut order.reserved);
        let (pocket, asset) = self.paid_from(&order);
        let account = self.account_mut(order.account);
        if account.is_house {
            return;
        }
        account.wallet_mut(pocket, asset).reserved -= freed;
        account.open.remove(&id);
        if order.reduce_only {
            account.closing_mut(order.instrument, order.slot, -order.remaining());
        }
        let forgotten = remember(&mut account.finished, id);
        let owner = order.account;
        self.tell(|| Event::Order(Box::new(order.clone())));
        self.tell_wallet(owner, pocket, asset);
        self.orders.insert(id, order);
        let Some(forgotten) = forgotten.and_then(|forgotten| self.orders.remove(&forgotten)) else { return };
        let named = &mut self.account_mut(owner).by_client_id;
        if named.get(&forgotten.client_id) == Some(&forgotten.id) {
            named.remove(&forgotten.client_id);
        }
    }
}

pub(crate) fn is_multiple(number: Decimal, step: Decimal) -> bool {
    number.checked_rem(step).is_some_and(|rest| rest.is_zero())
}
