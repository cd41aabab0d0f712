//! Money that is moved into a position with a margin of its own, and out of it again.

use rust_decimal::Decimal;

use super::types::{AccountId, InstrumentId, Margin, Refused, Slot};
use super::{Engine, Event};

impl Engine {
    /// Moves free money into an isolated position; a negative amount takes out what was moved in before.
    ///
    /// What the leverage asks for can't be taken out. Closing a part sets as large a part of it free.
    ///
    /// # Errors
    /// [`Refused::NoPosition`] when nothing is held, [`Refused::WrongKind`] when the whole wallet stands behind
    /// it, [`Refused::QtyRange`] for nothing, [`Refused::Funds`] when it isn't there.
    pub fn add_margin(
        &mut self,
        account: AccountId,
        id: InstrumentId,
        slot: Slot,
        amount: Decimal,
    ) -> Result<(), Refused> {
        let asset = self.settlement_asset(id).ok_or(Refused::UnknownInstrument)?;
        let position = self.account(account).position(id, slot).filter(|held| !held.qty.is_zero());
        let position = position.ok_or(Refused::NoPosition)?;
        if position.margin != Margin::Isolated {
            return Err(Refused::WrongKind);
        }
        if amount.is_zero() {
            return Err(Refused::QtyRange);
        }
        let free = self.available(account, super::Pocket::Futures, asset);
        let added = position.added.checked_add(amount).ok_or(Refused::Funds)?;
        if amount > free.max(Decimal::ZERO) || added < Decimal::ZERO {
            return Err(Refused::Funds);
        }
        let now_ms = self.now_ms;
        let Some(position) = self.account_mut(account).positions.get_mut(&(id, slot)) else {
            return Err(Refused::NoPosition);
        };
        (position.added, position.updated_ms) = (added, now_ms);
        let position = Box::new(position.clone());
        self.tell(|| Event::Position { account, instrument: id, slot, position });
        self.tell_wallet(account, super::Pocket::Futures, asset);
        Ok(())
    }
}
