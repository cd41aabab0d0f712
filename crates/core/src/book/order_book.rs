//! Both sides of a book, and the questions that one asks of it.

use super::exact;
use super::levels::{LevelIter, Levels};
use super::update::{BookSide, Delta, Level, NegativeSize, Size, Snapshot, check};
use crate::decimal::{Amount, Price};
use crate::wire::Millis;

/// A book of price levels, exact in every digit.
///
/// It is a plain value with one owner. An update is taken whole or refused whole; with `&mut self` nobody reads
/// in between. To share it with other threads, see [`Publisher`](super::Publisher); to keep it equal to a
/// venue's, [`BookSync`](super::BookSync).
///
/// Finding a level costs a binary search over machine words; a change near the top moves few bytes, one far
/// from it the levels that are better.
#[derive(Debug)]
pub struct OrderBook<S> {
    bids: Levels<S>,
    asks: Levels<S>,
    bid_horizon: Option<Price>,
    ask_horizon: Option<Price>,
    sequence: Option<u64>,
    time: Option<Millis>,
}

/// The best levels of both sides, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Depth<S> {
    /// Bids, from the highest.
    pub bids: Vec<Level<S>>,
    /// Asks, from the lowest.
    pub asks: Vec<Level<S>>,
}

/// What taking a size from one side would come to, by this book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill<S> {
    /// How much there is to take: what was asked for, or all there is.
    pub size: S,
    /// The sum of price times size, exact: quote currency where sizes are in units of the base; where they are
    /// contracts, times the contract size.
    pub value: Amount,
    /// The worst price reached; `None` when nothing was taken.
    pub worst: Option<Price>,
    /// Whether the whole size is there.
    pub complete: bool,
    /// Whether every level on the way is known: false past the [horizon](OrderBook::horizon), where the
    /// true fill may be better.
    pub certain: bool,
}

impl<S: Size> Fill<S> {
    /// The average price, with so many digits after the point (28 at most), rounded half to even.
    ///
    /// It is the only result of this module that rounds: a quotient has no end of digits. `None` when nothing
    /// was taken, or the price doesn't fit into 28 digits.
    #[must_use]
    pub fn average(&self, places: u32) -> Option<Price> {
        exact::divide(self.value.decimal()?, self.size.decimal(), places).map(Price::from_decimal)
    }
}

impl<S: Size> OrderBook<S> {
    /// An empty book.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            bids: Levels::new(BookSide::Bid),
            asks: Levels::new(BookSide::Ask),
            bid_horizon: None,
            ask_horizon: None,
            sequence: None,
            time: None,
        }
    }

    /// Becomes this book. The new one is built aside and takes the old one's place whole.
    ///
    /// Rows may come in any order; of one price twice, the last counts, and a size of zero is no level.
    ///
    /// # Errors
    /// A size below zero; then nothing has changed.
    pub fn snapshot(&mut self, snapshot: &Snapshot<S>) -> Result<(), NegativeSize> {
        snapshot.check()?;
        let bids = Levels::build(BookSide::Bid, &snapshot.bids);
        let asks = Levels::build(BookSide::Ask, &snapshot.asks);
        *self = Self {
            bid_horizon: horizon(&bids, snapshot.bids.len(), snapshot.limit),
            ask_horizon: horizon(&asks, snapshot.asks.len(), snapshot.limit),
            bids,
            asks,
            sequence: snapshot.sequence,
            time: snapshot.time,
        };
        Ok(())
    }

    /// Replaces one side whole; the other stays as it is.
    ///
    /// # Errors
    /// A size below zero; then nothing has changed.
    pub fn replace_side(
        &mut self,
        side: BookSide,
        levels: &[Level<S>],
        limit: Option<usize>,
        time: Option<Millis>,
    ) -> Result<(), NegativeSize> {
        check(levels)?;
        let built = Levels::build(side, levels);
        let known_to = horizon(&built, levels.len(), limit);
        match side {
            BookSide::Bid => (self.bids, self.bid_horizon) = (built, known_to),
            BookSide::Ask => (self.asks, self.ask_horizon) = (built, known_to),
        }
        self.time = time.or(self.time);
        Ok(())
    }

    /// Takes a change in: sizes are absolute, zero removes a level, and removing one that isn't there is fine.
    ///
    /// Whether it is the change that follows isn't asked here: that is [`BookSync`](super::BookSync)'s part.
    ///
    /// # Errors
    /// A size below zero; then nothing has changed.
    #[inline]
    pub fn apply(&mut self, delta: &Delta<S>) -> Result<(), NegativeSize> {
        delta.check()?;
        for level in &delta.bids {
            self.bids.set(*level);
        }
        for level in &delta.asks {
            self.asks.set(*level);
        }
        self.sequence = Some(delta.ids.last);
        self.time = delta.time.or(self.time);
        Ok(())
    }

    #[inline]
    fn side(&self, side: BookSide) -> &Levels<S> {
        match side {
            BookSide::Bid => &self.bids,
            BookSide::Ask => &self.asks,
        }
    }

    /// The highest bid.
    #[must_use]
    #[inline]
    pub fn best_bid(&self) -> Option<Level<S>> {
        self.bids.best()
    }

    /// The lowest ask.
    #[must_use]
    #[inline]
    pub fn best_ask(&self) -> Option<Level<S>> {
        self.asks.best()
    }

    /// The best level of a side.
    #[must_use]
    #[inline]
    pub fn best(&self, side: BookSide) -> Option<Level<S>> {
        self.side(side).best()
    }

    /// Bids, best first.
    #[inline]
    pub fn bids(&self) -> LevelIter<'_, S> {
        self.bids.iter()
    }

    /// Asks, best first.
    #[inline]
    pub fn asks(&self) -> LevelIter<'_, S> {
        self.asks.iter()
    }

    /// Levels of a side, best first.
    #[inline]
    pub fn levels(&self, side: BookSide) -> LevelIter<'_, S> {
        self.side(side).iter()
    }

    /// The best `n` levels of both sides, fewer where there are fewer.
    #[must_use]
    pub fn depth(&self, n: usize) -> Depth<S> {
        Depth { bids: self.bids().take(n).collect(), asks: self.asks().take(n).collect() }
    }

    /// The sum of the sizes from the best level up to and including this price.
    ///
    /// `None` when the sum has more than 28 digits. Past the [horizon](Self::horizon) there may be more.
    #[must_use]
    pub fn volume_to(&self, side: BookSide, price: Price) -> Option<S> {
        let mut sum = S::default().decimal();
        for level in self.levels(side).take_while(|level| !worse(side, level.price, price)) {
            sum = exact::add(sum, level.size.decimal())?;
        }
        Some(S::from_decimal(sum))
    }

    /// What taking this size would come to: bids for one who sells, asks for one who buys.
    ///
    /// `None` when the exact value has more than 28 digits, or the size is below zero.
    #[must_use]
    pub fn fill(&self, side: BookSide, size: S) -> Option<Fill<S>> {
        let zero = S::default().decimal();
        let (mut left, mut taken, mut value, mut worst) = (size.decimal(), zero, zero, None);
        if left < zero {
            return None;
        }
        for level in self.levels(side) {
            if left.is_zero() {
                break;
            }
            let part = left.min(level.size.decimal());
            value = exact::add(value, exact::multiply(level.price.decimal(), part)?)?;
            taken = exact::add(taken, part)?;
            left = exact::subtract(left, part)?;
            worst = Some(level.price);
        }
        let complete = left.is_zero();
        let certain = self.horizon(side).is_none_or(|horizon| {
            // Incomplete, it would have gone on past the horizon.
            complete && worst.is_none_or(|worst| !worse(side, worst, horizon))
        });
        Some(Fill {
            size: S::from_decimal(taken),
            value: Amount::from_decimal(value),
            worst,
            complete,
            certain,
        })
    }

    /// Half way between best bid and best ask, exact. `None` when a side is empty, or in the case that the
    /// digits don't fit into 28.
    #[must_use]
    pub fn mid(&self) -> Option<Price> {
        let (bid, ask) = (self.best_bid()?, self.best_ask()?);
        exact::half(exact::add(bid.price.decimal(), ask.price.decimal())?).map(Price::from_decimal)
    }

    /// Best ask less best bid, exact: below zero in a crossed book. `None` when a side is empty, or in the case
    /// that the digits don't fit into 28.
    #[must_use]
    pub fn spread(&self) -> Option<Price> {
        let (bid, ask) = (self.best_bid()?, self.best_ask()?);
        exact::subtract(ask.price.decimal(), bid.price.decimal()).map(Price::from_decimal)
    }

    /// Whether the best bid is at or above the best ask.
    ///
    /// Venues do show that, for a moment or in an auction. It can also mean that a message was wrong.
    #[must_use]
    #[inline]
    pub fn is_crossed(&self) -> bool {
        match (self.best_bid(), self.best_ask()) {
            (Some(bid), Some(ask)) => bid.price >= ask.price,
            _ => false,
        }
    }

    /// Whether there is no level on either side.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.best_bid().is_none() && self.best_ask().is_none()
    }

    /// The venue's number of the last update in it, where the venue numbers them.
    #[must_use]
    #[inline]
    pub const fn sequence(&self) -> Option<u64> {
        self.sequence
    }

    /// The venue's time of the last update that carried one.
    #[must_use]
    #[inline]
    pub const fn time(&self) -> Option<Millis> {
        self.time
    }

    /// The worst price up to which a side is surely whole; `None` when all of it is.
    ///
    /// A venue's snapshot ends at some level. Those behind it aren't in the book until they change: worse than
    /// this price, levels may be missing, though none is wrong.
    #[must_use]
    pub const fn horizon(&self, side: BookSide) -> Option<Price> {
        match side {
            BookSide::Bid => self.bid_horizon,
            BookSide::Ask => self.ask_horizon,
        }
    }
}

/// Whether one price is worse than another, to whoever takes from this side.
fn worse(side: BookSide, price: Price, than: Price) -> bool {
    match side {
        BookSide::Bid => price < than,
        BookSide::Ask => price > than,
    }
}

/// How far a side of so many rows is known, when it was cut at so many.
fn horizon<S: Size>(levels: &Levels<S>, rows: usize, limit: Option<usize>) -> Option<Price> {
    if limit? > rows {
        return None;
    }
    levels.iter().next_back().map(|level| level.price)
}

impl<S: Size> Default for OrderBook<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Clone> Clone for OrderBook<S> {
    fn clone(&self) -> Self {
        Self { bids: self.bids.clone(), asks: self.asks.clone(), ..*self }
    }

    /// Keeps the room that is there: no allocation once it is large enough.
    fn clone_from(&mut self, source: &Self) {
        self.bids.clone_from(&source.bids);
        self.asks.clone_from(&source.asks);
        self.bid_horizon = source.bid_horizon;
        self.ask_horizon = source.ask_horizon;
        self.sequence = source.sequence;
        self.time = source.time;
    }
}
