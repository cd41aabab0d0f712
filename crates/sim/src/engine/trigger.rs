//! Orders that wait for a price: plans, take-profit, stop-loss, trailing stops.

use rust_decimal::Decimal;

use super::history::remember;
use super::order::Preset;
use super::types::{AccountId, InstrumentId, Margin, OrderId, Refused, Side, Slot, Tif};
use super::{Engine, Event};

/// How many triggers an account may have waiting.
const MOST: usize = 500;

/// What a trigger is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TriggerKind {
    /// Any order at a price.
    Plan,
    /// Closes a position with a profit.
    TakeProfit,
    /// Closes a position with a loss.
    StopLoss,
    /// Follows the price once it has been reached, and fires when it turns.
    Trailing,
}

/// Where the price has to come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Fires at the trigger price or above.
    Rising,
    /// Fires at the trigger price or below.
    Falling,
}

/// A trigger that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTrigger {
    /// On what.
    pub instrument: InstrumentId,
    /// What for.
    pub kind: TriggerKind,
    /// The order's side.
    pub side: Side,
    /// The position the order works on.
    pub slot: Slot,
    /// The order only reduces.
    pub reduce_only: bool,
    /// The order's quantity; the whole position when absent.
    pub qty: Option<Decimal>,
    /// The order's limit; a market order without one.
    pub price: Option<Decimal>,
    /// The price to wait for; of a trailing order, the price that activates it.
    pub trigger_price: Decimal,
    /// From where; a trailing order that sells is activated rising, one that buys falling.
    pub direction: Direction,
    /// How far the price must turn, as a share: trailing orders only.
    pub callback: Option<Decimal>,
    /// How far the price must turn, in price instead of as a share: trailing orders only.
    pub distance: Option<Decimal>,
    /// It follows from the start, whatever the price: trailing orders only.
    pub follows_at_once: bool,
    /// How long the order lives.
    pub tif: Tif,
    /// The order's leverage.
    pub leverage: Option<Decimal>,
    /// The order's margin.
    pub margin: Option<Margin>,
    /// The order it came with: when one fires, the others of the same order end.
    pub group: Option<OrderId>,
    /// The caller's id.
    pub client_id: Option<String>,
    /// What follows the order's fills.
    pub preset: Preset,
    /// It was asked to wait for the mark price; the last price is what counts here.
    pub by_mark: bool,
    /// The same for the index price.
    pub by_index: bool,
    /// When it ends, unless it has fired by then.
    pub expires_ms: Option<i64>,
}

impl NewTrigger {
    /// One that places a market order for the whole position, good till cancelled; what closes or follows waits
    /// for the price to come from where it must, a plan for it to rise.
    #[must_use]
    pub fn new(
        instrument: InstrumentId,
        kind: TriggerKind,
        side: Side,
        slot: Slot,
        trigger_price: Decimal,
    ) -> Self {
        Self {
            instrument,
            kind,
            side,
            slot,
            reduce_only: false,
            qty: None,
            price: None,
            trigger_price,
            direction: kind.direction(side),
            callback: None,
            distance: None,
            follows_at_once: false,
            tif: Tif::Gtc,
            leverage: None,
            margin: None,
            group: None,
            client_id: None,
            preset: Preset::default(),
            by_mark: false,
            by_index: false,
            expires_ms: None,
        }
    }
}

impl TriggerKind {
    /// Where the price has to come from for an order of this side, as far as that follows from what it is for.
    const fn direction(self, side: Side) -> Direction {
        match (self, side) {
            (Self::Plan, _)
            | (Self::TakeProfit | Self::Trailing, Side::Sell)
            | (Self::StopLoss, Side::Buy) => Direction::Rising,
            (Self::TakeProfit | Self::Trailing, Side::Buy) | (Self::StopLoss, Side::Sell) => {
                Direction::Falling
            }
        }
    }
}

/// What became of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TriggerStatus {
    /// Waiting for its price.
    Waiting,
    /// Fired, and this order was placed.
    Fired(OrderId),
    /// Fired, and the order was refused.
    Failed(Refused),
    /// Cancelled, by its owner or because there was nothing left to close.
    Cancelled,
    /// Its time ran out.
    Expired,
}

/// A trigger that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trigger {
    /// Its number.
    pub id: OrderId,
    /// Whose it is.
    pub account: AccountId,
    /// What was asked for, as it was last changed.
    pub terms: NewTrigger,
    /// Whether it was sized by the position.
    pub whole_position: bool,
    /// What became of it.
    pub status: TriggerStatus,
    /// When it was accepted.
    pub created_ms: i64,
    /// When it last changed.
    pub updated_ms: i64,
    /// The best price since a trailing order was activated.
    pub best: Option<Decimal>,
    /// It was its owner who cancelled it.
    pub by_owner: bool,
}

impl Trigger {
    /// Whether it still waits.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.status == TriggerStatus::Waiting
    }
}

impl Engine {
    /// Sets a trigger. It fires at the next price that asks for it: at once, if the last one does.
    ///
    /// # Errors
    /// By what was asked for.
    pub fn place_trigger(&mut self, account: AccountId, terms: NewTrigger) -> Result<OrderId, Refused> {
        let instrument = self.instrument(terms.instrument).ok_or(Refused::UnknownInstrument)?;
        Self::check_price(instrument, terms.trigger_price)?;
        if let Some(price) = terms.price {
            Self::check_price(instrument, price)?;
        }
        if let Some(qty) = terms.qty {
            Self::check_qty(instrument, qty)?;
        }
        if terms.leverage.is_some_and(|leverage| leverage > instrument.max_leverage) {
            return Err(Refused::LeverageHigh);
        }
        if terms.leverage.is_some_and(|leverage| leverage < Decimal::ONE) {
            return Err(Refused::LeverageLow);
        }
        let holder = self.account(account);
        if holder.waiting.len() >= MOST {
            return Err(Refused::TooManyTriggers);
        }
        let id_taken = |id: &String| {
            self.waiting_triggers(account).any(|trigger| trigger.terms.client_id.as_ref() == Some(id))
        };
        if !self.ids_repeat && terms.client_id.as_ref().is_some_and(id_taken) {
            return Err(Refused::DuplicateClientId);
        }
        if matches!(terms.kind, TriggerKind::TakeProfit | TriggerKind::StopLoss) {
            let held = holder
                .position(terms.instrument, terms.slot)
                .map(|position| position.qty)
                .filter(|held| !held.is_zero() && held.is_sign_positive() == (terms.side == Side::Sell))
                .ok_or(Refused::NoPosition)?;
            if terms.qty.is_some_and(|qty| qty > held.abs()) {
                return Err(Refused::PositionTooSmall);
            }
        }
        let id = self.add_trigger(account, terms);
        self.settle();
        Ok(id)
    }

    pub(crate) fn add_trigger(&mut self, account: AccountId, terms: NewTrigger) -> OrderId {
        let id = self.next_order;
        self.next_order += 1;
        let now_ms = self.now_ms;
        let trigger = Trigger {
            id,
            account,
            whole_position: terms.qty.is_none(),
            status: TriggerStatus::Waiting,
            created_ms: now_ms,
            updated_ms: now_ms,
            best: terms.follows_at_once.then(|| self.last_price(terms.instrument)),
            terms,
            by_owner: false,
        };
        self.watch(&trigger);
        self.moved.insert(trigger.terms.instrument);
        self.account_mut(account).waiting.insert(id);
        self.tell(|| Event::Trigger(Box::new(trigger.clone())));
        self.triggers.insert(id, trigger);
        id
    }

    /// A trigger, while it is remembered.
    #[must_use]
    pub fn trigger(&self, id: OrderId) -> Option<&Trigger> {
        self.triggers.get(&id)
    }

    /// An account's waiting triggers, oldest first.
    pub fn waiting_triggers(&self, account: AccountId) -> impl DoubleEndedIterator<Item = &Trigger> {
        self.account(account).waiting.iter().filter_map(|id| self.triggers.get(id))
    }

    /// An account's past triggers, in the order of their ends; the latest are kept.
    pub fn past_triggers(&self, account: AccountId) -> impl DoubleEndedIterator<Item = &Trigger> {
        self.account(account).past_triggers.iter().filter_map(|id| self.triggers.get(id))
    }

    /// Changes a waiting trigger's prices, and what else `change` does to its terms.
    ///
    /// # Errors
    /// When it isn't there, isn't the account's, isn't waiting, or a price is no price.
    pub fn amend_trigger(
        &mut self,
        account: AccountId,
        id: OrderId,
        change: impl FnOnce(&mut NewTrigger),
    ) -> Result<(), Refused> {
        let mut trigger = self.own_trigger(account, id)?.clone();
        change(&mut trigger.terms);
        let instrument = self.instrument(trigger.terms.instrument).ok_or(Refused::UnknownInstrument)?;
        Self::check_price(instrument, trigger.terms.trigger_price)?;
        if let Some(price) = trigger.terms.price {
            Self::check_price(instrument, price)?;
        }
        let before = self.own_trigger(account, id)?.clone();
        self.unwatch(&before);
        trigger.updated_ms = self.now_ms;
        self.watch(&trigger);
        self.moved.insert(trigger.terms.instrument);
        self.tell(|| Event::Trigger(Box::new(trigger.clone())));
        self.triggers.insert(id, trigger);
        self.settle();
        Ok(())
    }

    /// Cancels a waiting trigger.
    ///
    /// # Errors
    /// When it isn't there, isn't the account's, or isn't waiting.
    pub fn cancel_trigger(&mut self, account: AccountId, id: OrderId) -> Result<(), Refused> {
        self.own_trigger(account, id)?;
        self.end_trigger(id, TriggerStatus::Cancelled);
        if let Some(trigger) = self.triggers.get_mut(&id) {
            trigger.by_owner = true;
        }
        Ok(())
    }

    pub(crate) fn own_trigger(&self, account: AccountId, id: OrderId) -> Result<&Trigger, Refused> {
        let trigger = self.triggers.get(&id).filter(|trigger| trigger.account == account);
        let trigger = trigger.ok_or(Refused::UnknownOrder)?;
        if trigger.is_waiting() { Ok(trigger) } else { Err(Refused::Finished) }
    }

    pub(crate) fn end_trigger(&mut self, id: OrderId, status: TriggerStatus) {
        let now_ms = self.now_ms;
        let Some(trigger) = self.triggers.get_mut(&id) else { return };
        trigger.status = status;
        trigger.updated_ms = now_ms;
        let trigger = trigger.clone();
        self.unwatch(&trigger);
        let account = self.account_mut(trigger.account);
        account.waiting.remove(&id);
        if let Some(forgotten) = remember(&mut account.past_triggers, id) {
            self.triggers.remove(&forgotten);
        }
        self.tell(|| Event::Trigger(Box::new(trigger)));
    }

    fn watch(&mut self, trigger: &Trigger) {
        let key = (trigger.terms.trigger_price, trigger.id);
        if let Some(at_ms) = trigger.terms.expires_ms {
            self.expiring.insert((at_ms, trigger.id));
        }
        let Some(listed) = self.listed_mut(trigger.terms.instrument) else { return };
        match (trigger.terms.kind, trigger.terms.direction) {
            (TriggerKind::Trailing, _) => listed.trailing.insert(trigger.id),
            (_, Direction::Rising) => listed.rising.insert(key),
            (_, Direction::Falling) => listed.falling.insert(key),
        };
    }

    fn unwatch(&mut self, trigger: &Trigger) {
        let key = (trigger.terms.trigger_price, trigger.id);
        if let Some(at_ms) = trigger.terms.expires_ms {
            self.expiring.remove(&(at_ms, trigger.id));
        }
        let Some(listed) = self.listed_mut(trigger.terms.instrument) else { return };
        listed.trailing.remove(&trigger.id);
        listed.rising.remove(&key);
        listed.falling.remove(&key);
    }
}
