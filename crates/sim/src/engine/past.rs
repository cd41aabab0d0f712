//! Positions that have ended.

use rust_decimal::Decimal;

use super::Engine;
use super::account::{Account, Position};
use super::history::remember;
use super::order::Order;
use super::types::{InstrumentId, Slot};

/// A position that was closed whole, as it was when it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PastPosition {
    /// Its number.
    pub id: u64,
    /// On what.
    pub instrument: InstrumentId,
    /// Which one.
    pub slot: Slot,
    /// What it was; nothing of it is held any more.
    pub position: Position,
}

impl Account {
    /// Positions that were closed whole, oldest first; the latest are kept.
    pub fn past_positions(&self) -> impl DoubleEndedIterator<Item = &PastPosition> {
        self.past_positions.iter()
    }
}

impl Engine {
    /// Remembers a position that a fill has ended, with the fee of that fill.
    pub(crate) fn bury(&mut self, order: &Order, mut position: Position, fee: Decimal) {
        position.fees += fee;
        let id = self.next_flow();
        let past = PastPosition { id, instrument: order.instrument, slot: order.slot, position };
        remember(&mut self.account_mut(order.account).past_positions, past);
    }
}
