//! What an account chooses for one side of an instrument, and margin that is added to a position.

use rust_decimal::Decimal;

use super::account::{Account, Setting};
use super::types::{AccountId, Instrument, InstrumentId, Margin, Pocket, Product, Refused, Slot};
use super::{AssetId, Engine, Listed};

impl Listed {
    /// The asset that profit and loss are paid in.
    pub(crate) fn settled_in(&self) -> AssetId {
        if self.instrument.product == Product::Inverse { self.base } else { self.quote }
    }
}

impl Account {
    /// The account's choice for one side of an instrument.
    #[must_use]
    pub fn side_setting(&self, id: InstrumentId, slot: Slot, instrument: &Instrument) -> Setting {
        let both = self.setting(id, instrument);
        self.side_settings.get(&(id, slot)).copied().unwrap_or(both)
    }
}

impl Engine {
    /// The asset that an instrument's profit and loss are paid in; its quote asset, for spot.
    #[must_use]
    pub fn settlement_asset(&self, id: InstrumentId) -> Option<AssetId> {
        self.listed.get(id.0).map(Listed::settled_in)
    }

    /// Chooses leverage and margin of one side alone, as [`choose`](Self::choose) does it for both.
    ///
    /// # Errors
    /// When the instrument doesn't allow it, or what the position then ties up isn't there.
    pub fn choose_side(
        &mut self,
        account: AccountId,
        id: InstrumentId,
        slot: Slot,
        leverage: Option<Decimal>,
        margin: Option<Margin>,
    ) -> Result<Setting, Refused> {
        self.choose_for(account, id, Some(slot), leverage, margin)
    }

    /// Adds margin to a position with isolated margin, or takes some of what was added away when negative.
    ///
    /// # Errors
    /// [`Refused::NoPosition`], [`Refused::WrongKind`] with cross margin, and [`Refused::Funds`] when so much
    /// isn't free, or wasn't added.
    pub fn add_margin(
        &mut self,
        account: AccountId,
        id: InstrumentId,
        slot: Slot,
        amount: Decimal,
    ) -> Result<(), Refused> {
        let asset = self.settlement_asset(id).ok_or(Refused::UnknownInstrument)?;
        let free = self.available(account, Pocket::Futures, asset);
        let position = self.account_mut(account).positions.get_mut(&(id, slot));
        let position = position.filter(|position| !position.qty.is_zero()).ok_or(Refused::NoPosition)?;
        if position.margin != Margin::Isolated {
            return Err(Refused::WrongKind);
        }
        if amount > free || position.added + amount < Decimal::ZERO {
            return Err(Refused::Funds);
        }
        position.added += amount;
        Ok(())
    }
}
