//! What a venue says about its book: levels, changes, whole books, one whole side.

use std::fmt;

use crate::decimal::{Contracts, Decimal, Price, Qty};
use crate::wire::Millis;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Qty {}
    impl Sealed for super::Contracts {}
}

/// What the sizes of a book count: [`Qty`] (units of the base) or [`Contracts`].
pub trait Size:
    sealed::Sealed + Copy + Ord + Default + fmt::Debug + fmt::Display + Send + Sync + 'static
{
    /// The exact value.
    fn decimal(self) -> Decimal;
    /// Gives a decimal this meaning.
    fn from_decimal(value: Decimal) -> Self;
}

impl Size for Qty {
    #[inline]
    fn decimal(self) -> Decimal {
        self.decimal()
    }

    #[inline]
    fn from_decimal(value: Decimal) -> Self {
        Self::from_decimal(value)
    }
}

impl Size for Contracts {
    #[inline]
    fn decimal(self) -> Decimal {
        self.decimal()
    }

    #[inline]
    fn from_decimal(value: Decimal) -> Self {
        Self::from_decimal(value)
    }
}

/// A side of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BookSide {
    /// Those who buy; the highest price is best.
    Bid,
    /// Those who sell; the lowest price is best.
    Ask,
}

/// A price and all that is offered at it, digit by digit as the venue sent them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Level<S> {
    /// Price.
    pub price: Price,
    /// Size at this price alone. In a change it is the new size, and zero removes the level.
    pub size: S,
}

impl<S> Level<S> {
    /// So much at this price.
    #[must_use]
    pub const fn new(price: Price, size: S) -> Self {
        Self { price, size }
    }
}

impl<S: Size> Level<S> {
    /// Whether nothing is left at the price.
    #[inline]
    pub(super) fn is_gone(&self) -> bool {
        self.size.decimal().is_zero()
    }
}

impl<S> From<(Price, S)> for Level<S> {
    fn from((price, size): (Price, S)) -> Self {
        Self { price, size }
    }
}

/// A size below zero: no book has one, so what carries it can't be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the size at price {price} is below zero")]
pub struct NegativeSize {
    /// The price it was sent for.
    pub price: Price,
}

/// Refuses sizes below zero, before anything has been changed.
pub(super) fn check<S: Size>(levels: &[Level<S>]) -> Result<(), NegativeSize> {
    // A zero with a sign is a zero.
    let negative = |size: Decimal| size.is_sign_negative() && !size.is_zero();
    match levels.iter().find(|level| negative(level.size.decimal())) {
        Some(level) => Err(NegativeSize { price: level.price }),
        None => Ok(()),
    }
}

/// The numbers that place a change in the venue's sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ids {
    /// First update that it covers.
    pub first: u64,
    /// Last update that it covers; what the book stands at after it.
    pub last: u64,
    /// Last update of the change before it, where the venue says so.
    pub previous: Option<u64>,
}

impl Ids {
    /// A change with one version number.
    #[must_use]
    pub const fn version(version: u64) -> Self {
        Self { first: version, last: version, previous: None }
    }

    /// A change that covers the updates from `first` to `last`.
    #[must_use]
    pub const fn range(first: u64, last: u64) -> Self {
        Self { first, last, previous: None }
    }

    /// A change that covers the updates from `first` to `last` and follows the one that ended at `previous`.
    #[must_use]
    pub const fn linked(previous: u64, first: u64, last: u64) -> Self {
        Self { first, last, previous: Some(previous) }
    }
}

/// A change of the book: the new sizes at some prices. In any order; of one price twice, the last counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta<S> {
    /// Its place in the venue's sequence.
    pub ids: Ids,
    /// Bids that changed.
    pub bids: Vec<Level<S>>,
    /// Asks that changed.
    pub asks: Vec<Level<S>>,
    /// The venue's time of it.
    pub time: Option<Millis>,
}

impl<S: Size> Delta<S> {
    /// A change of nothing yet.
    #[must_use]
    pub const fn new(ids: Ids) -> Self {
        Self { ids, bids: Vec::new(), asks: Vec::new(), time: None }
    }

    /// With these bids.
    #[must_use]
    pub fn bids(mut self, levels: impl IntoIterator<Item = impl Into<Level<S>>>) -> Self {
        self.bids = collect(levels);
        self
    }

    /// With these asks.
    #[must_use]
    pub fn asks(mut self, levels: impl IntoIterator<Item = impl Into<Level<S>>>) -> Self {
        self.asks = collect(levels);
        self
    }

    /// With the venue's time.
    #[must_use]
    pub const fn time(mut self, time: Millis) -> Self {
        self.time = Some(time);
        self
    }

    pub(super) fn check(&self) -> Result<(), NegativeSize> {
        check(&self.bids).and_then(|()| check(&self.asks))
    }
}

/// A whole book. In any order; of one price twice, the last counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot<S> {
    /// Last update that it holds, where the venue numbers them.
    pub sequence: Option<u64>,
    /// All bids, or the best of them: see `limit`.
    pub bids: Vec<Level<S>>,
    /// All asks, or the best of them: see `limit`.
    pub asks: Vec<Level<S>>,
    /// The venue's time of it.
    pub time: Option<Millis>,
    /// How many levels a side it was cut at; `None` when it holds all there are.
    ///
    /// A side with that many levels may have more behind them, which only show when they change:
    /// see [`OrderBook::horizon`](super::OrderBook::horizon).
    pub limit: Option<usize>,
}

impl<S: Size> Snapshot<S> {
    /// An empty book.
    #[must_use]
    pub const fn new() -> Self {
        Self { sequence: None, bids: Vec::new(), asks: Vec::new(), time: None, limit: None }
    }

    /// Holding all updates up to this one.
    #[must_use]
    pub const fn sequence(mut self, sequence: u64) -> Self {
        self.sequence = Some(sequence);
        self
    }

    /// With these bids.
    #[must_use]
    pub fn bids(mut self, levels: impl IntoIterator<Item = impl Into<Level<S>>>) -> Self {
        self.bids = collect(levels);
        self
    }

    /// With these asks.
    #[must_use]
    pub fn asks(mut self, levels: impl IntoIterator<Item = impl Into<Level<S>>>) -> Self {
        self.asks = collect(levels);
        self
    }

    /// With the venue's time.
    #[must_use]
    pub const fn time(mut self, time: Millis) -> Self {
        self.time = Some(time);
        self
    }

    /// Cut at so many levels a side.
    #[must_use]
    pub const fn limit(mut self, levels: usize) -> Self {
        self.limit = Some(levels);
        self
    }

    pub(super) fn check(&self) -> Result<(), NegativeSize> {
        check(&self.bids).and_then(|()| check(&self.asks))
    }
}

impl<S: Size> Default for Snapshot<S> {
    fn default() -> Self {
        Self::new()
    }
}

/// One side, whole, as venues push it that send a side a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideUpdate<S> {
    /// Which side.
    pub side: BookSide,
    /// All its levels, or the best of them: see `limit`.
    pub levels: Vec<Level<S>>,
    /// The venue's time of it.
    pub time: Option<Millis>,
    /// How many levels it was cut at; `None` when it holds all there are.
    pub limit: Option<usize>,
}

fn collect<S>(levels: impl IntoIterator<Item = impl Into<Level<S>>>) -> Vec<Level<S>> {
    levels.into_iter().map(Into::into).collect()
}
