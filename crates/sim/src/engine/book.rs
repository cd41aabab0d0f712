//! A book: who stands where in line.

use std::collections::BTreeMap;
use std::ops::Bound;

use rust_decimal::Decimal;

use super::order::Order;
use super::types::{OrderId, Side};

/// First by price, then by turn: bids carry their price negated, so that the best is first on both sides.
type Rank = (Decimal, u64);

/// Resting orders of one instrument, and how much each has left.
#[derive(Debug, Default)]
pub(crate) struct Book {
    bids: BTreeMap<Rank, (OrderId, Decimal)>,
    asks: BTreeMap<Rank, (OrderId, Decimal)>,
}

fn rank(side: Side, price: Decimal) -> Decimal {
    side.opposite().signed(price)
}

impl Book {
    fn side(&self, side: Side) -> &BTreeMap<Rank, (OrderId, Decimal)> {
        match side {
            Side::Buy => &self.bids,
            Side::Sell => &self.asks,
        }
    }

    fn side_mut(&mut self, side: Side) -> &mut BTreeMap<Rank, (OrderId, Decimal)> {
        match side {
            Side::Buy => &mut self.bids,
            Side::Sell => &mut self.asks,
        }
    }

    /// Puts an order in line, or says how much it has left. Market orders never rest.
    pub(crate) fn put(&mut self, order: &Order) {
        let Some(price) = order.price else { return };
        self.side_mut(order.side)
            .insert((rank(order.side, price), order.turn), (order.id, order.remaining()));
    }

    pub(crate) fn remove(&mut self, order: &Order) {
        let Some(price) = order.price else { return };
        self.side_mut(order.side).remove(&(rank(order.side, price), order.turn));
    }

    /// The first in line.
    pub(crate) fn first(&self, side: Side) -> Option<(OrderId, Decimal)> {
        let ((ranked, _), (id, _)) = self.side(side).first_key_value()?;
        Some((*id, rank(side, *ranked)))
    }

    /// The best price.
    pub(crate) fn best(&self, side: Side) -> Option<Decimal> {
        self.first(side).map(|(_, price)| price)
    }

    /// Everyone in line, first to last: order, price, what is left.
    pub(crate) fn line(&self, side: Side) -> impl Iterator<Item = (OrderId, Decimal, Decimal)> {
        self.side(side).iter().map(move |((ranked, _), (id, left))| (*id, rank(side, *ranked), *left))
    }

    /// The best `depth` prices and what rests there.
    pub(crate) fn levels(&self, side: Side, depth: usize) -> Vec<(Decimal, Decimal)> {
        let mut levels: Vec<(Decimal, Decimal)> = Vec::new();
        for (_, price, left) in self.line(side) {
            if let Some((_, total)) = levels.last_mut().filter(|(last, _)| *last == price) {
                *total += left;
            } else if levels.len() == depth {
                break;
            } else {
                levels.push((price, left));
            }
        }
        levels
    }

    /// What rests at a price.
    pub(crate) fn total_at(&self, side: Side, price: Decimal) -> Decimal {
        let ranked = rank(side, price);
        let range = (Bound::Included((ranked, 0)), Bound::Included((ranked, u64::MAX)));
        self.side(side).range(range).map(|(_, (_, left))| *left).sum()
    }
}
