//! A book that other threads read, whole update by whole update.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use super::order_book::OrderBook;
use super::step::State;
use super::sync::BookSync;
use super::update::{Level, Size};
use crate::wire::Millis;

/// Shows a book to readers on other threads.
///
/// [`publish`](Self::publish) after an update copies the book into a spare one and swaps the two under a lock
/// that is held for that swap alone: readers see one whole book or the next, and never make the owner wait for
/// more than a copy of a few words. The copy is what it costs: 40 bytes a level, without an allocation once it
/// is warm, unless a reader has kept the spare one. Who has many changes in hand publishes after the last one.
#[derive(Debug)]
pub struct Publisher<S> {
    shared: Arc<RwLock<Published<S>>>,
    spare: Option<Arc<OrderBook<S>>>,
}

/// Reads what a [`Publisher`] shows. Cheap to clone, one for each reader.
#[derive(Debug)]
pub struct BookReader<S> {
    shared: Arc<RwLock<Published<S>>>,
}

#[derive(Debug)]
struct Published<S> {
    top: Result<Top<S>, State>,
    book: Arc<OrderBook<S>>,
}

/// The best of a book, of one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Top<S> {
    /// The highest bid.
    pub bid: Option<Level<S>>,
    /// The lowest ask.
    pub ask: Option<Level<S>>,
    /// The venue's number of the last update, where the venue numbers them.
    pub sequence: Option<u64>,
    /// The venue's time of the last update that carried one.
    pub time: Option<Millis>,
}

impl<S: Size> Publisher<S> {
    /// A publisher that has shown nothing yet, and its reader.
    #[must_use]
    pub fn new() -> (Self, BookReader<S>) {
        let published = Published { top: Err(State::Empty), book: Arc::new(OrderBook::new()) };
        let shared = Arc::new(RwLock::new(published));
        (Self { shared: Arc::clone(&shared), spare: None }, BookReader { shared })
    }

    /// Another reader.
    #[must_use]
    pub fn reader(&self) -> BookReader<S> {
        BookReader { shared: Arc::clone(&self.shared) }
    }

    /// Shows the book as it is now, or that there is none that equals the venue's.
    pub fn publish(&mut self, sync: &BookSync<S>) {
        let book = match sync.book() {
            Ok(book) => book,
            Err(state) => {
                self.write(|published| published.top = Err(state));
                return;
            }
        };
        let top = Ok(Top {
            bid: book.best_bid(),
            ask: book.best_ask(),
            sequence: book.sequence(),
            time: book.time(),
        });
        let mut next = self.spare.take().unwrap_or_default();
        match Arc::get_mut(&mut next) {
            Some(spare) => spare.clone_from(book),
            // A reader has kept it.
            None => next = Arc::new(book.clone()),
        }
        self.write(|published| {
            published.top = top;
            std::mem::swap(&mut published.book, &mut next);
        });
        self.spare = Some(next);
    }

    fn write(&self, change: impl FnOnce(&mut Published<S>)) {
        // Nothing panics under the lock.
        change(&mut self.shared.write().unwrap_or_else(PoisonError::into_inner));
    }
}

impl<S: Size> BookReader<S> {
    fn read(&self) -> RwLockReadGuard<'_, Published<S>> {
        self.shared.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Best bid and best ask of one moment: a lock and a copy, whatever the book's size.
    ///
    /// # Errors
    /// The state, when the book isn't equal to the venue's.
    pub fn top(&self) -> Result<Top<S>, State> {
        self.read().top
    }

    /// The whole book of one moment. It doesn't change any more: ask again for the next one, and don't keep it
    /// for long, or the publisher has to allocate another.
    ///
    /// # Errors
    /// The state, when the book isn't equal to the venue's.
    pub fn book(&self) -> Result<Arc<OrderBook<S>>, State> {
        let published = self.read();
        published.top.map(|_| Arc::clone(&published.book))
    }
}

impl<S> Clone for BookReader<S> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Instant;

    use super::*;
    use crate::book::{Continuity, Delta, Ids, Reset, Snapshot};
    use crate::{Price, Qty};

    fn level(price: u64, size: u64) -> Level<Qty> {
        Level::new(Price::from_decimal(price.into()), Qty::from_decimal(size.into()))
    }

    #[test]
    fn a_reader_sees_what_was_published_and_why_there_is_nothing() {
        let now = Instant::now();
        let mut sync = BookSync::new(Continuity::VERSION);
        let (mut publisher, reader) = Publisher::new();
        assert_eq!(reader.top(), Err(State::Empty));

        let _ = sync.on_snapshot(&Snapshot::new().sequence(1).bids([level(9, 1)]).asks([level(11, 2)]), now);
        publisher.publish(&sync);
        let kept = reader.book().unwrap();
        let _ = sync.on_delta(Delta::new(Ids::version(2)).bids([level(10, 3)]), now);
        assert_eq!(reader.top().unwrap().bid, Some(level(9, 1)), "not before it is published");
        publisher.publish(&sync);
        assert_eq!(reader.top().unwrap().bid, Some(level(10, 3)));
        assert_eq!(reader.top().unwrap().sequence, Some(2));
        assert_eq!(reader.book().unwrap().bids().len(), 2);

        // Twice more, so that the one that was kept would be the spare.
        publisher.publish(&sync);
        publisher.publish(&sync);
        assert_eq!(kept.bids().len(), 1, "a book in a reader's hand doesn't change");

        let _ = sync.on_reset(Reset::Reconnected, now);
        publisher.publish(&sync);
        assert_eq!(reader.top(), Err(sync.state()));
        assert_eq!(reader.book().unwrap_err(), sync.state());
    }

    #[test]
    fn no_reader_ever_sees_half_an_update() {
        let now = Instant::now();
        let mut sync = BookSync::new(Continuity::VERSION);
        let (mut publisher, reader) = Publisher::<Qty>::new();
        let _ = sync.on_snapshot(&Snapshot::new().sequence(0), now);
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let watch = scope.spawn(|| {
                let mut last = 0;
                while last < 2000 {
                    // Asked before it is read: after the last update there is nothing to wait for.
                    let all_there = done.load(Ordering::Acquire);
                    let (Ok(book), Ok(top)) = (reader.book(), reader.top()) else {
                        assert!(!all_there, "nothing was shown");
                        continue;
                    };
                    let seen = book.sequence().unwrap();
                    assert!(seen >= last && top.sequence.unwrap() >= seen);
                    last = seen;
                    assert!(!all_there || last == 2000, "the last update was not shown");
                    // Each update writes its number as every size.
                    for level in book.bids().chain(book.asks()) {
                        assert_eq!(level.size.decimal(), seen.into());
                    }
                    let sizes = [top.bid, top.ask].map(|level| level.map(|level| level.size));
                    assert_eq!(sizes[0], sizes[1]);
                }
            });
            for version in 1..=2000 {
                let levels = |from: u64| (from..from + 20).map(move |price| level(price, version));
                let delta = Delta::new(Ids::version(version)).bids(levels(100)).asks(levels(200));
                let _ = sync.on_delta(delta, now);
                publisher.publish(&sync);
            }
            done.store(true, Ordering::Release);
            watch.join().unwrap();
        });
    }
}
