//! What an account chooses for one side of an instrument.

use rust_decimal::Decimal;

use super::account::{Account, Setting};
use super::types::{AccountId, Instrument, InstrumentId, Margin, Product, Refused, Slot};
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
}
