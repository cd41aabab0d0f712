//! A venue's own book, at every update of its history, and the messages that tell of it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::book::{BookSide, Delta, Ids, Level, Link, OrderBook, Snapshot};
use crate::{Decimal, Millis, Price, Qty};

/// Where the numbers begin.
const BASE: u64 = 1000;

/// Both sides at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Book {
    bids: BTreeMap<Price, Qty>,
    asks: BTreeMap<Price, Qty>,
}

impl Book {
    fn side(&self, side: BookSide) -> &BTreeMap<Price, Qty> {
        match side {
            BookSide::Bid => &self.bids,
            BookSide::Ask => &self.asks,
        }
    }

    fn set(&mut self, side: BookSide, level: Level<Qty>) {
        let levels = match side {
            BookSide::Bid => &mut self.bids,
            BookSide::Ask => &mut self.asks,
        };
        if level.size.is_zero() {
            levels.remove(&level.price);
        } else {
            levels.insert(level.price, level.size);
        }
    }

    /// Best first, so many at most.
    pub(super) fn levels(&self, side: BookSide, limit: Option<usize>) -> Vec<Level<Qty>> {
        let levels = self.side(side).iter().map(|(price, size)| Level::new(*price, *size));
        let limit = limit.unwrap_or(usize::MAX);
        match side {
            BookSide::Bid => levels.rev().take(limit).collect(),
            BookSide::Ask => levels.take(limit).collect(),
        }
    }

    /// A side of a book is this one's: all of it up to its horizon, and nothing wrong behind it.
    pub(super) fn check_side(&self, side: BookSide, book: &OrderBook<Qty>) -> Result<(), TestCaseError> {
        let ours: Vec<_> = book.levels(side).collect();
        let theirs = self.levels(side, None);
        let Some(horizon) = book.horizon(side) else {
            prop_assert_eq!(ours, theirs, "{:?}", side);
            return Ok(());
        };
        let known = |level: &&Level<Qty>| match side {
            BookSide::Bid => level.price >= horizon,
            BookSide::Ask => level.price <= horizon,
        };
        let (near, known_theirs): (Vec<_>, Vec<_>) =
            (ours.iter().filter(known).collect(), theirs.iter().filter(known).collect());
        prop_assert_eq!(near, known_theirs, "{:?} up to {:?}", side, horizon);
        prop_assert!(ours.iter().all(|level| theirs.contains(level)), "{:?} has a level that isn't", side);
        Ok(())
    }

    pub(super) fn check(&self, book: &OrderBook<Qty>) -> Result<(), TestCaseError> {
        self.check_side(BookSide::Bid, book)?;
        self.check_side(BookSide::Ask, book)
    }
}

/// One update: a new size at a price.
pub(super) type Update = (BookSide, Level<Qty>);

/// A venue's history: messages of some updates each, and the book at every number.
#[derive(Debug, Clone)]
pub(super) struct History {
    pub(super) messages: Vec<Delta<Qty>>,
    pub(super) books: BTreeMap<u64, Book>,
}

impl History {
    /// `groups`: the updates of each message, and how many numbers are left out before it.
    fn new(link: Link, groups: &[(Vec<Update>, u64)]) -> Self {
        let mut book = Book::default();
        // What was there before the first message.
        for tick in 0..6 {
            book.set(BookSide::Bid, level(20 - tick, 9));
            book.set(BookSide::Ask, level(21 + tick, 9));
        }
        let mut last = BASE;
        let mut books = BTreeMap::from([(BASE, book.clone())]);
        let mut messages = Vec::new();
        for (updates, left_out) in groups {
            let previous = last;
            let mut touched = Book::default();
            let mut removed = Vec::new();
            if link == Link::Previous {
                last += left_out;
            }
            let first = last + 1;
            for (side, level) in updates {
                if link != Link::Version || last == previous {
                    last += 1;
                }
                book.set(*side, *level);
                // A message says the sizes as of its end.
                removed.retain(|(other, gone): &Update| (other, gone.price) != (side, level.price));
                touched.set(*side, *level);
                if level.size.is_zero() {
                    removed.push((*side, *level));
                }
                books.insert(last, book.clone());
            }
            let ids = match link {
                Link::Previous => Ids::linked(previous, first, last),
                Link::Range => Ids::range(first, last),
                _ => Ids::version(last),
            };
            let side = |side| {
                let gone = removed.iter().filter(move |(other, _)| *other == side).map(|(_, level)| *level);
                touched.levels(side, None).into_iter().chain(gone)
            };
            let time = Millis::new(i64::try_from(last).unwrap());
            messages.push(Delta::new(ids).bids(side(BookSide::Bid)).asks(side(BookSide::Ask)).time(time));
        }
        Self { messages, books }
    }

    /// The last number there is.
    pub(super) fn end(&self) -> u64 {
        *self.books.last_key_value().unwrap().0
    }

    /// The greatest number of a book that isn't above this one; the least there is, if all are.
    pub(super) fn at(&self, number: u64) -> u64 {
        self.books.range(..=number).next_back().map_or(BASE, |(number, _)| *number)
    }

    /// The book at a number, as the venue sends it.
    pub(super) fn snapshot(&self, number: u64, limit: Option<usize>) -> Snapshot<Qty> {
        let book = &self.books[&number];
        Snapshot {
            sequence: Some(number),
            bids: book.levels(BookSide::Bid, limit),
            asks: book.levels(BookSide::Ask, limit),
            time: Some(Millis::new(i64::try_from(number).unwrap())),
            limit,
        }
    }
}

fn level(tick: i64, size: i64) -> Level<Qty> {
    // Two scales, so that one price is written in two ways.
    let price = if size % 2 == 0 { Decimal::new(tick * 10, 2) } else { Decimal::new(tick, 1) };
    Level::new(Price::from_decimal(price), Qty::from_decimal(size.into()))
}

/// Few prices, so that updates meet.
fn update() -> impl Strategy<Value = Update> {
    (any::<bool>(), 0i64..10, 0i64..4).prop_map(|(bid, tick, size)| {
        if bid { (BookSide::Bid, level(20 - tick, size)) } else { (BookSide::Ask, level(21 + tick, size)) }
    })
}

pub(super) fn history(link: Link) -> impl Strategy<Value = History> {
    let left_out = prop_oneof![3 => Just(0u64), 1 => 1u64..4];
    let group = (prop::collection::vec(update(), 1..4), left_out);
    prop::collection::vec(group, 8..60).prop_map(move |groups| History::new(link, &groups))
}
