//! One side of a book: a sorted vector, best level last.
//!
//! Most changes fall near the top, where little has to be moved. Comparing decimals is what costs, so that
//! levels are found by their *tick*: the price's mantissa at the side's scale, in one machine word. A finer
//! price raises the scale. Prices that no common scale brings into one word (18 decimals of a dear asset) are
//! compared as decimals, which is exact at any scale, and slower.

use std::cmp::Ordering;
use std::iter::FusedIterator;

use super::update::{BookSide, Level, Size};
use crate::decimal::{Decimal, Price};

/// Powers of ten that fit into a tick.
#[expect(clippy::indexing_slicing, reason = "runs while compiling, where a panic is an error")]
const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < 19 {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// A scale is raised to what was sent, trailing zeros and all, while the ticks stay under this: so that the
/// usual price needs no division. Beyond it, only to what is needed.
const COMFORTABLE: u64 = 1 << 53;

#[derive(Debug)]
pub(super) struct Levels<S> {
    side: BookSide,
    order: Order,
    /// Worst first.
    levels: Vec<Level<S>>,
}

#[derive(Debug)]
enum Order {
    /// One tick per level at this scale, ascending: those of asks are negated.
    Ticks { scale: u32, ticks: Vec<i64> },
    /// By comparing the prices.
    Decimals,
}

/// A price at a scale.
#[derive(Debug, PartialEq, Eq)]
enum Tick {
    At(i64),
    /// It needs this scale, which is greater.
    Finer(u32),
    /// It fits into no tick at this scale.
    TooLong,
}

#[inline]
fn tick(price: Decimal, scale: u32) -> Tick {
    // Of the one value whose negation doesn't fit, the long way takes care.
    if let Ok(mantissa) = i64::try_from(price.mantissa())
        && mantissa != i64::MIN
        && let Some(raise) = scale.checked_sub(price.scale())
        && let Some(power) = usize::try_from(raise).ok().and_then(|raise| POWERS.get(raise))
        && let Some(tick) = mantissa.checked_mul(*power)
        && tick != i64::MIN
    {
        return Tick::At(tick);
    }
    long_tick(price, scale)
}

#[cold]
fn long_tick(price: Decimal, scale: u32) -> Tick {
    let (mantissa, needed) = shortest(price, scale);
    let Some(raise) = scale.checked_sub(needed) else { return Tick::Finer(needed) };
    10i128
        .checked_pow(raise)
        .and_then(|power| mantissa.checked_mul(power))
        .and_then(|tick| i64::try_from(tick).ok())
        .filter(|tick| *tick != i64::MIN)
        .map_or(Tick::TooLong, Tick::At)
}

/// The price's mantissa and scale without its trailing zeros, as far as it is finer than `scale`.
fn shortest(price: Decimal, scale: u32) -> (i128, u32) {
    let (mut mantissa, mut needed) = (price.mantissa(), price.scale());
    while needed > scale && mantissa % 10 == 0 {
        mantissa /= 10;
        needed -= 1;
    }
    (mantissa, needed)
}

/// The tick of a price at the greatest of some scales, if all of them are small enough there.
fn ticks_at(prices: impl Iterator<Item = Decimal>, scale: u32, most: u64) -> Option<Vec<i64>> {
    prices
        .map(|price| match tick(price, scale) {
            Tick::At(tick) if tick.unsigned_abs() < most => Some(tick),
            _ => None,
        })
        .collect()
}

/// Scale and ticks of these prices: at the scale they were sent with where that leaves room, else at the least
/// that is exact. `None` when there is no such scale.
fn ticks_of(prices: impl Iterator<Item = Decimal> + Clone) -> Option<(u32, Vec<i64>)> {
    let sent = prices.clone().map(|price| price.scale()).max().unwrap_or_default();
    if let Some(ticks) = ticks_at(prices.clone(), sent, COMFORTABLE) {
        return Some((sent, ticks));
    }
    let least = prices.clone().map(|price| shortest(price, 0).1).max().unwrap_or_default();
    ticks_at(prices, least, u64::MAX).map(|ticks| (least, ticks))
}

impl<S: Size> Levels<S> {
    pub(super) const fn new(side: BookSide) -> Self {
        Self { side, order: Order::Ticks { scale: 0, ticks: Vec::new() }, levels: Vec::new() }
    }

    /// A side of these levels, in whatever order they come; of one price twice, the last counts.
    pub(super) fn build(side: BookSide, rows: &[Level<S>]) -> Self {
        match ticks_of(rows.iter().map(|row| row.price.decimal())) {
            Some((scale, mut ticks)) => {
                if side == BookSide::Ask {
                    for tick in &mut ticks {
                        *tick = -*tick;
                    }
                }
                let (ticks, levels) = arrange(ticks, rows);
                Self { side, order: Order::Ticks { scale, ticks }, levels }
            }
            None => {
                let ranks = rows.iter().map(|row| rank(side, row.price)).collect();
                let (_, levels) = arrange(ranks, rows);
                Self { side, order: Order::Decimals, levels }
            }
        }
    }

    /// Best first.
    #[inline]
    pub(super) fn iter(&self) -> LevelIter<'_, S> {
        LevelIter(self.levels.iter().rev())
    }

    #[inline]
    pub(super) fn best(&self) -> Option<Level<S>> {
        self.levels.last().copied()
    }

    /// Puts the size at a price; zero removes the level.
    #[inline]
    pub(super) fn set(&mut self, level: Level<S>) {
        let price = level.price.decimal();
        let found = match &self.order {
            Order::Ticks { scale, ticks } => match tick(price, *scale) {
                Tick::At(tick) => {
                    let tick = if self.side == BookSide::Ask { -tick } else { tick };
                    search(ticks, |other| other.cmp(&tick)).map_err(|at| (at, tick))
                }
                Tick::Finer(_) | Tick::TooLong => return self.set_rescaled(level),
            },
            Order::Decimals => {
                let wanted = rank(self.side, level.price);
                search(&self.levels, |other| rank(self.side, other.price).cmp(&wanted)).map_err(|at| (at, 0))
            }
        };
        // A place that was found lies inside, one to insert at lies at most at the end: neither call panics.
        match found {
            Ok(at) if level.is_gone() => {
                self.levels.remove(at);
                if let Order::Ticks { ticks, .. } = &mut self.order {
                    ticks.remove(at);
                }
            }
            Ok(at) => {
                if let Some(slot) = self.levels.get_mut(at) {
                    *slot = level;
                }
            }
            Err(_) if level.is_gone() => {}
            Err((at, tick)) => {
                self.levels.insert(at, level);
                if let Order::Ticks { ticks, .. } = &mut self.order {
                    ticks.insert(at, tick);
                }
            }
        }
    }

    /// As `set`, for a price that has no tick at this scale.
    #[cold]
    fn set_rescaled(&mut self, level: Level<S>) {
        // A price that this side can't express isn't on it.
        if level.is_gone() {
            return;
        }
        let prices = self.levels.iter().chain([&level]).map(|level| level.price.decimal());
        self.order = match ticks_of(prices) {
            Some((scale, mut ticks)) => {
                // The last one is the newcomer's, which finds its place below.
                ticks.pop();
                if self.side == BookSide::Ask {
                    for tick in &mut ticks {
                        *tick = -*tick;
                    }
                }
                Order::Ticks { scale, ticks }
            }
            None => Order::Decimals,
        };
        self.set(level);
    }
}

/// What prices of a side are ordered by, ascending, best last.
fn rank(side: BookSide, price: Price) -> Decimal {
    match side {
        BookSide::Bid => price.decimal(),
        BookSide::Ask => -price.decimal(),
    }
}

/// How many of the best levels are looked through before all the others.
const NEAR: usize = 64;

/// Finds a place: most are near the end.
#[inline]
fn search<T>(sorted: &[T], order: impl Fn(&T) -> Ordering) -> Result<usize, usize> {
    let from = sorted.len().saturating_sub(NEAR);
    match sorted.get(from..) {
        // Its place is there if the first one isn't after it.
        Some(near) if near.first().is_some_and(|first| order(first).is_le()) => {
            near.binary_search_by(order).map(|at| from + at).map_err(|at| from + at)
        }
        _ => sorted.binary_search_by(order),
    }
}

/// Rows sorted by their ranks: of equal ones the last stays, and zeros go.
fn arrange<K: Ord + Copy, S: Size>(mut ranks: Vec<K>, rows: &[Level<S>]) -> (Vec<K>, Vec<Level<S>>) {
    let mut levels = rows.to_vec();
    // As venues send them: best first.
    if ranks.is_sorted_by(|a, b| a > b) {
        ranks.reverse();
        levels.reverse();
    } else if !ranks.is_sorted_by(|a, b| a < b) {
        let mut pairs: Vec<(K, Level<S>)> = ranks.into_iter().zip(levels).collect();
        // Stable, and from the back, so that the last of equal ones comes first and stays.
        pairs.reverse();
        pairs.sort_by_key(|(rank, _)| *rank);
        pairs.dedup_by_key(|(rank, _)| *rank);
        (ranks, levels) = pairs.into_iter().unzip();
    }
    if levels.iter().any(Level::is_gone) {
        (ranks, levels) = ranks.into_iter().zip(levels).filter(|(_, level)| !level.is_gone()).unzip();
    }
    (ranks, levels)
}

impl<S: Clone> Clone for Levels<S> {
    fn clone(&self) -> Self {
        Self { side: self.side, order: self.order.clone(), levels: self.levels.clone() }
    }

    /// Keeps the room that is there.
    fn clone_from(&mut self, source: &Self) {
        self.side = source.side;
        self.order.clone_from(&source.order);
        self.levels.clone_from(&source.levels);
    }
}

impl Clone for Order {
    fn clone(&self) -> Self {
        match self {
            Self::Ticks { scale, ticks } => Self::Ticks { scale: *scale, ticks: ticks.clone() },
            Self::Decimals => Self::Decimals,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        match (self, source) {
            (Self::Ticks { scale, ticks }, Self::Ticks { scale: from_scale, ticks: from }) => {
                *scale = *from_scale;
                ticks.clone_from(from);
            }
            (this, source) => *this = source.clone(),
        }
    }
}

/// Levels of one side, best first.
#[derive(Debug, Clone)]
pub struct LevelIter<'a, S>(std::iter::Rev<std::slice::Iter<'a, Level<S>>>);

impl<S: Copy> Iterator for LevelIter<'_, S> {
    type Item = Level<S>;

    #[inline]
    fn next(&mut self) -> Option<Level<S>> {
        self.0.next().copied()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<S: Copy> DoubleEndedIterator for LevelIter<'_, S> {
    #[inline]
    fn next_back(&mut self) -> Option<Level<S>> {
        self.0.next_back().copied()
    }
}

impl<S: Copy> ExactSizeIterator for LevelIter<'_, S> {}

impl<S: Copy> FusedIterator for LevelIter<'_, S> {}

#[cfg(test)]
impl<S: Size> Levels<S> {
    /// The scale of the ticks, if it goes by ticks.
    pub(super) fn scale(&self) -> Option<u32> {
        match &self.order {
            Order::Ticks { scale, .. } => Some(*scale),
            Order::Decimals => None,
        }
    }
}
