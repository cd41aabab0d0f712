//! Money: what is free, what moves, and what accounts choose.

use rust_decimal::Decimal;

use super::account::{Account, Setting};
use super::history::{Flow, FlowKind, Transfer, remember};
use super::ledger::EntryKind;
use super::types::{
    AccountId, AssetId, Instrument, InstrumentId, Margin, Pocket, PositionMode, Product, Refused, Slot,
};
use super::{Engine, Event};

/// The leverage of an account that never chose one, as far as the instrument allows it.
const USUAL_LEVERAGE: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

impl Account {
    /// The account's choice for an instrument.
    #[must_use]
    pub fn setting(&self, id: InstrumentId, instrument: &Instrument) -> Setting {
        let usual = Setting { leverage: instrument.max_leverage.min(USUAL_LEVERAGE), margin: Margin::Cross };
        self.settings.get(&id).copied().unwrap_or(usual)
    }

    pub(crate) fn closing_mut(&mut self, instrument: InstrumentId, slot: Slot, change: Decimal) {
        self.positions.entry((instrument, slot)).or_default().closing += change;
    }
}

impl Engine {
    /// Gives an account money from nowhere.
    pub fn deposit(&mut self, account: AccountId, pocket: Pocket, asset: AssetId, amount: Decimal) {
        self.enter(account, pocket, asset, amount, EntryKind::Deposit);
        self.tell_wallet(account, pocket, asset);
    }

    /// What an account may spend: not reserved, not tied up, not lost on paper with cross margin.
    #[must_use]
    pub fn available(&self, account: AccountId, pocket: Pocket, asset: AssetId) -> Decimal {
        let holder = self.account(account);
        let wallet = holder.wallet(pocket, asset);
        let free = wallet.total - wallet.reserved;
        if pocket == Pocket::Spot {
            return free;
        }
        let tied_up = self.settled_in(holder, asset).map(|(id, multiplier, position)| {
            let on_paper = position.unrealised(self.mark_price(id), multiplier);
            let lost =
                if position.margin == Margin::Cross { on_paper.min(Decimal::ZERO) } else { Decimal::ZERO };
            position.tied_up() - lost
        });
        free - tied_up.sum::<Decimal>()
    }

    /// What an account's positions tie up of an asset.
    #[must_use]
    pub fn tied_up(&self, account: AccountId, asset: AssetId) -> Decimal {
        self.settled_in(self.account(account), asset).map(|(_, _, position)| position.tied_up()).sum()
    }

    /// Profit and loss on paper, in an asset.
    #[must_use]
    pub fn unrealised(&self, account: AccountId, asset: AssetId) -> Decimal {
        let positions = self.settled_in(self.account(account), asset);
        positions.map(|(id, multiplier, position)| position.unrealised(self.mark_price(id), multiplier)).sum()
    }

    fn settled_in<'a>(
        &'a self,
        account: &'a Account,
        asset: AssetId,
    ) -> impl Iterator<Item = (InstrumentId, Decimal, &'a super::Position)> {
        account.positions.iter().filter_map(move |((id, _), position)| {
            let listed = self.listed.get(id.0).filter(|listed| listed.settled_in() == asset)?;
            (!position.qty.is_zero()).then_some((*id, listed.instrument.multiplier, position))
        })
    }

    /// Moves free money between pockets or accounts.
    ///
    /// # Errors
    /// [`Refused::QtyRange`] unless the amount is positive, [`Refused::Funds`] when it isn't there.
    pub fn transfer(
        &mut self,
        from: (AccountId, Pocket),
        to: (AccountId, Pocket),
        asset: AssetId,
        amount: Decimal,
    ) -> Result<u64, Refused> {
        self.check_free(from.0, from.1, asset, amount)?;
        let id = self.next_flow();
        let transfer = Transfer { id, asset, amount, from, to, at_ms: self.now_ms };
        for ((account, pocket), amount) in [(from, -amount), (to, amount)] {
            self.enter(account, pocket, asset, amount, EntryKind::Transfer);
            if pocket == Pocket::Futures {
                self.flow(account, FlowKind::Transfer, asset, amount, None);
            }
            self.tell_wallet(account, pocket, asset);
        }
        remember(&mut self.account_mut(from.0).transfers, transfer.clone());
        if from.0 != to.0 {
            remember(&mut self.account_mut(to.0).transfers, transfer);
        }
        Ok(id)
    }

    pub(crate) fn flow(
        &mut self,
        account: AccountId,
        kind: FlowKind,
        asset: AssetId,
        amount: Decimal,
        instrument: Option<InstrumentId>,
    ) {
        let flow = Flow { id: self.next_flow(), kind, asset, amount, instrument, at_ms: self.now_ms };
        remember(&mut self.account_mut(account).flows, flow);
    }

    /// Chooses leverage and margin for orders that don't say, and for positions that are open.
    ///
    /// # Errors
    /// When the instrument doesn't allow it, or what the positions then tie up isn't there.
    pub fn choose(
        &mut self,
        account: AccountId,
        id: InstrumentId,
        leverage: Option<Decimal>,
        margin: Option<Margin>,
    ) -> Result<Setting, Refused> {
        self.choose_for(account, id, None, leverage, margin)
    }

    /// The same for one side, or for both.
    pub(crate) fn choose_for(
        &mut self,
        account: AccountId,
        id: InstrumentId,
        side: Option<Slot>,
        leverage: Option<Decimal>,
        margin: Option<Margin>,
    ) -> Result<Setting, Refused> {
        let listed = self.listed.get(id.0).ok_or(Refused::UnknownInstrument)?;
        let (instrument, asset) = (&listed.instrument, listed.settled_in());
        let before = match side {
            Some(slot) => self.account(account).side_setting(id, slot, instrument),
            None => self.account(account).setting(id, instrument),
        };
        let leverage = leverage.unwrap_or(before.leverage);
        if leverage > instrument.max_leverage || instrument.product == Product::Spot {
            return Err(Refused::LeverageHigh);
        }
        if leverage < Decimal::ONE {
            return Err(Refused::LeverageLow);
        }
        let setting = Setting { leverage, margin: margin.unwrap_or(before.margin) };
        let old = self.account(account).positions.clone();
        let holder = self.account_mut(account);
        for ((on, slot), position) in &mut holder.positions {
            if *on == id && side.is_none_or(|side| side == *slot) {
                (position.leverage, position.margin) = (setting.leverage, setting.margin);
                if setting.margin == Margin::Cross {
                    position.added = Decimal::ZERO;
                }
            }
        }
        if self.available(account, Pocket::Futures, asset) < Decimal::ZERO {
            self.account_mut(account).positions = old;
            return Err(Refused::Funds);
        }
        let holder = self.account_mut(account);
        match side {
            Some(slot) => {
                holder.side_settings.insert((id, slot), setting);
            }
            None => {
                holder.settings.insert(id, setting);
                holder.side_settings.retain(|(on, _), _| *on != id);
            }
        }
        Ok(setting)
    }

    /// Chooses how positions are kept.
    ///
    /// # Errors
    /// [`Refused::ModeInUse`] while there are orders, triggers or positions.
    pub fn choose_mode(&mut self, account: AccountId, mode: PositionMode) -> Result<(), Refused> {
        let holder = self.account_mut(account);
        if holder.mode == mode {
            return Ok(());
        }
        let busy = !holder.open.is_empty()
            || !holder.waiting.is_empty()
            || holder.positions.values().any(|position| !position.qty.is_zero());
        if busy {
            return Err(Refused::ModeInUse);
        }
        holder.mode = mode;
        Ok(())
    }

    pub(crate) fn tell_wallet(&mut self, account: AccountId, pocket: Pocket, asset: AssetId) {
        if self.listening && !self.account(account).is_house {
            let wallet = self.account(account).wallet(pocket, asset);
            self.events.push(Event::Balance { account, pocket, asset, wallet });
        }
    }
}
