//! Accounts: money, positions, settings, and what they remember.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use rust_decimal::Decimal;

use super::history::{Fill, Flow, Transfer};
use super::ledger::Entry;
use super::order::{harmonic, ratio};
use super::past::PastPosition;
use super::types::{AssetId, InstrumentId, Margin, OrderId, Pocket, PositionMode, Slot, inverse_value};

/// Money of one kind in one pocket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Wallet {
    /// All of it, with what positions have realised.
    pub total: Decimal,
    /// Set aside for open orders.
    pub reserved: Decimal,
}

/// A position; longs count up, shorts count down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Position {
    /// Units held, negative when short.
    pub qty: Decimal,
    /// What they were worth when they were taken on, negative when short; of inverse contracts the other way
    /// round, since they are owed in what they are settled in.
    pub cost: Decimal,
    /// The leverage in force.
    pub leverage: Decimal,
    /// What stands behind it.
    pub margin: Margin,
    /// Profit and loss realised since it was opened.
    pub realised: Decimal,
    /// Fees paid since it was opened.
    pub fees: Decimal,
    /// Units closed since it was opened.
    pub closed_qty: Decimal,
    /// Price times units, of what was closed; of inverse contracts, units divided by the price.
    pub closed_value: Decimal,
    /// What was closed had cost this.
    pub closed_cost: Decimal,
    /// The most units that were held at a time.
    pub most_qty: Decimal,
    /// The leverage it was opened with.
    pub first_leverage: Decimal,
    /// Margin that its owner added, with isolated margin.
    pub added: Decimal,
    /// It is on an inverse contract.
    pub inverse: bool,
    /// When it was opened; 0 when it never was.
    pub opened_ms: i64,
    /// The trade that opened it: it names this position among those that come and go in its place.
    pub opened_by: u64,
    /// When it last changed.
    pub updated_ms: i64,
    /// Units that resting orders will close.
    pub(crate) closing: Decimal,
}

impl Position {
    /// The average price of what is held.
    #[must_use]
    pub fn entry_price(&self, multiplier: Decimal) -> Decimal {
        self.price_of(self.cost, self.qty, multiplier)
    }

    /// The average price at which what was closed had been taken on.
    #[must_use]
    pub fn closed_entry_price(&self, multiplier: Decimal) -> Decimal {
        self.price_of(self.closed_cost, self.closed_qty, multiplier).abs()
    }

    fn price_of(&self, cost: Decimal, qty: Decimal, multiplier: Decimal) -> Decimal {
        if self.inverse { harmonic(-qty * multiplier, cost) } else { ratio(cost, qty * multiplier) }
    }

    /// The average price of what was closed.
    #[must_use]
    pub fn closed_price(&self) -> Decimal {
        if self.inverse {
            harmonic(self.closed_qty, self.closed_value)
        } else {
            ratio(self.closed_value, self.closed_qty)
        }
    }

    /// Profit and loss on paper at this price.
    #[must_use]
    pub fn unrealised(&self, price: Decimal, multiplier: Decimal) -> Decimal {
        let worth = if self.inverse {
            -inverse_value(price, self.qty * multiplier)
        } else {
            price * self.qty * multiplier
        };
        worth - self.cost
    }

    /// What is tied up in it.
    #[must_use]
    pub fn tied_up(&self) -> Decimal {
        ratio(self.cost.abs(), self.leverage) + self.added
    }
}

/// An account's choice for an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting {
    /// For orders that don't say.
    pub leverage: Decimal,
    /// For orders that don't say.
    pub margin: Margin,
}

/// One account.
#[derive(Debug, Default)]
pub struct Account {
    /// Of the background market: unlimited credit, no memory.
    pub(crate) is_house: bool,
    pub(crate) mode: PositionMode,
    pub(crate) wallets: BTreeMap<(Pocket, AssetId), Wallet>,
    pub(crate) positions: BTreeMap<(InstrumentId, Slot), Position>,
    pub(crate) settings: BTreeMap<InstrumentId, Setting>,
    /// Choices for one side alone.
    pub(crate) side_settings: BTreeMap<(InstrumentId, Slot), Setting>,
    pub(crate) open: BTreeSet<OrderId>,
    pub(crate) finished: VecDeque<OrderId>,
    pub(crate) waiting: BTreeSet<OrderId>,
    pub(crate) past_triggers: VecDeque<OrderId>,
    pub(crate) by_client_id: HashMap<String, OrderId>,
    pub(crate) fills: VecDeque<Fill>,
    pub(crate) flows: VecDeque<Flow>,
    pub(crate) transfers: VecDeque<Transfer>,
    pub(crate) entries: VecDeque<Entry>,
    pub(crate) past_positions: VecDeque<PastPosition>,
}

impl Account {
    /// How positions are kept.
    #[must_use]
    pub fn mode(&self) -> PositionMode {
        self.mode
    }

    /// A wallet; an empty one where nothing ever was.
    #[must_use]
    pub fn wallet(&self, pocket: Pocket, asset: AssetId) -> Wallet {
        self.wallets.get(&(pocket, asset)).copied().unwrap_or_default()
    }

    /// All wallets.
    pub fn wallets(&self) -> impl Iterator<Item = (Pocket, AssetId, Wallet)> {
        self.wallets.iter().map(|((pocket, asset), wallet)| (*pocket, *asset, *wallet))
    }

    /// A position; `None` where there never was one.
    #[must_use]
    pub fn position(&self, instrument: InstrumentId, slot: Slot) -> Option<&Position> {
        self.positions.get(&(instrument, slot))
    }

    /// All positions, closed ones too.
    pub fn positions(&self) -> impl Iterator<Item = (InstrumentId, Slot, &Position)> {
        self.positions.iter().map(|((instrument, slot), position)| (*instrument, *slot, position))
    }

    /// Its fills, oldest first; the latest are kept.
    pub fn fills(&self) -> impl DoubleEndedIterator<Item = &Fill> {
        self.fills.iter()
    }

    /// Movements of money, oldest first; the latest are kept.
    pub fn flows(&self) -> impl DoubleEndedIterator<Item = &Flow> {
        self.flows.iter()
    }

    /// Transfers in and out, oldest first; the latest are kept.
    pub fn transfers(&self) -> impl DoubleEndedIterator<Item = &Transfer> {
        self.transfers.iter()
    }

    /// Units of a position that an order may still close.
    pub(crate) fn closeable(&self, instrument: InstrumentId, slot: Slot) -> Decimal {
        self.position(instrument, slot)
            .map(|position| position.qty.abs() - position.closing)
            .unwrap_or_default()
    }

    pub(crate) fn wallet_mut(&mut self, pocket: Pocket, asset: AssetId) -> &mut Wallet {
        self.wallets.entry((pocket, asset)).or_default()
    }
}
