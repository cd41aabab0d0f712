//! What is remembered of the past, and how much of it.

use std::collections::VecDeque;

use rust_decimal::Decimal;

use super::types::{AccountId, AssetId, InstrumentId, OrderId, Pocket, Side, Slot};

/// How many entries each list of an account keeps.
pub(crate) const KEPT: usize = 1000;

/// Adds at the end; answers what is forgotten for it.
pub(crate) fn remember<T>(list: &mut VecDeque<T>, entry: T) -> Option<T> {
    list.push_back(entry);
    if list.len() > KEPT { list.pop_front() } else { None }
}

/// One side of a trade.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fill {
    /// The trade's number, the same on both sides.
    pub trade: u64,
    /// The order.
    pub order: OrderId,
    /// The order's own id; empty without one.
    pub client_id: String,
    /// On what.
    pub instrument: InstrumentId,
    /// Bought or sold.
    pub side: Side,
    /// The position it worked on.
    pub slot: Slot,
    /// It could only reduce.
    pub reduce_only: bool,
    /// The price.
    pub price: Decimal,
    /// How much.
    pub qty: Decimal,
    /// The order had rested.
    pub is_maker: bool,
    /// The fee, in the quote asset for contracts, in what was received on spot.
    pub fee: Decimal,
    /// Profit or loss that it realised.
    pub realised: Decimal,
    /// When.
    pub at_ms: i64,
}

/// Why money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlowKind {
    /// Between pockets or accounts.
    Transfer,
    /// A position was closed, or a part of it.
    RealisedPnl,
    /// A fee.
    Fee,
}

/// A movement of money in the futures pocket.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flow {
    /// Its number.
    pub id: u64,
    /// Why.
    pub kind: FlowKind,
    /// Of what.
    pub asset: AssetId,
    /// How much, negative when it left.
    pub amount: Decimal,
    /// On what, unless it was a transfer.
    pub instrument: Option<InstrumentId>,
    /// When.
    pub at_ms: i64,
}

/// A transfer between pockets or accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transfer {
    /// Its number.
    pub id: u64,
    /// Of what.
    pub asset: AssetId,
    /// How much.
    pub amount: Decimal,
    /// Where it left.
    pub from: (AccountId, Pocket),
    /// Where it arrived.
    pub to: (AccountId, Pocket),
    /// When.
    pub at_ms: i64,
}
