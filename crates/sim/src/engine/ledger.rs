//! The statement of an account's spot money: every change, with what was there afterwards.

use rust_decimal::Decimal;

use super::history::remember;
use super::types::{AccountId, AssetId, Pocket, Refused};
use super::{Account, Engine};

/// Why spot money changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryKind {
    /// Bought or sold.
    Trade,
    /// A fee.
    Fee,
    /// Between pockets or accounts.
    Transfer,
    /// From outside.
    Deposit,
    /// To the outside.
    Withdrawal,
}

/// A change of a spot wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its number.
    pub id: u64,
    /// Why.
    pub kind: EntryKind,
    /// Of what.
    pub asset: AssetId,
    /// By how much, negative when it left.
    pub change: Decimal,
    /// What was there afterwards.
    pub total: Decimal,
    /// When.
    pub at_ms: i64,
}

impl Account {
    /// Changes of its spot wallets, oldest first; the latest are kept.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }
}

impl Engine {
    /// Changes a wallet, and writes down why when it is a spot wallet.
    pub(crate) fn enter(
        &mut self,
        account: AccountId,
        pocket: Pocket,
        asset: AssetId,
        change: Decimal,
        kind: EntryKind,
    ) {
        let (id, at_ms) = (self.next_entry, self.now_ms);
        let holder = self.account_mut(account);
        let wallet = holder.wallet_mut(pocket, asset);
        wallet.total += change;
        let total = wallet.total;
        if pocket != Pocket::Spot || holder.is_house || change.is_zero() {
            return;
        }
        remember(&mut holder.entries, Entry { id, kind, asset, change, total, at_ms });
        self.next_entry += 1;
    }

    /// Whether an amount is one that may leave.
    pub(super) fn check_free(
        &self,
        account: AccountId,
        pocket: Pocket,
        asset: AssetId,
        amount: Decimal,
    ) -> Result<(), Refused> {
        if amount <= Decimal::ZERO {
            return Err(Refused::QtyRange);
        }
        let is_there = amount <= self.available(account, pocket, asset);
        is_there.then_some(()).ok_or(Refused::Funds)
    }

    /// Pays free money out to where it isn't seen any more.
    ///
    /// # Errors
    /// [`Refused::QtyRange`] unless the amount is positive, [`Refused::Funds`] when it isn't there.
    pub fn pay_out(
        &mut self,
        account: AccountId,
        pocket: Pocket,
        asset: AssetId,
        amount: Decimal,
    ) -> Result<(), Refused> {
        self.check_free(account, pocket, asset, amount)?;
        self.enter(account, pocket, asset, -amount, EntryKind::Withdrawal);
        self.tell_wallet(account, pocket, asset);
        Ok(())
    }

    /// Sets free money aside, to be paid out later.
    ///
    /// # Errors
    /// [`Refused::QtyRange`] unless the amount is positive, [`Refused::Funds`] when it isn't there.
    pub fn hold(
        &mut self,
        account: AccountId,
        pocket: Pocket,
        asset: AssetId,
        amount: Decimal,
    ) -> Result<(), Refused> {
        self.check_free(account, pocket, asset, amount)?;
        self.account_mut(account).wallet_mut(pocket, asset).reserved += amount;
        self.tell_wallet(account, pocket, asset);
        Ok(())
    }

    /// Pays out what was set aside by [`hold`](Self::hold).
    pub fn pay_held(&mut self, account: AccountId, pocket: Pocket, asset: AssetId, amount: Decimal) {
        self.account_mut(account).wallet_mut(pocket, asset).reserved -= amount;
        self.enter(account, pocket, asset, -amount, EntryKind::Withdrawal);
        self.tell_wallet(account, pocket, asset);
    }
}
