//! What happened at a venue, in order, for every session to read at its own pace.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::engine::Event;

/// How many events are kept: minutes of the background market.
const KEPT: usize = 32_768;

/// A session has fallen behind: events that it hasn't read are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Behind;

/// A bounded log of events with sequence numbers.
#[derive(Debug)]
pub(crate) struct Log {
    inner: Mutex<Inner>,
    /// How many events there have been: changes wake sessions.
    end: watch::Sender<u64>,
    kept: usize,
}

#[derive(Debug, Default)]
struct Inner {
    /// The number of the first event that is kept.
    first: u64,
    events: VecDeque<Event>,
    readers: usize,
}

impl Default for Log {
    fn default() -> Self {
        Self::keeping(KEPT)
    }
}

impl Log {
    fn keeping(kept: usize) -> Self {
        Self { inner: Mutex::default(), end: watch::Sender::new(0), kept }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds what happened, and wakes who reads. Without readers nothing is kept.
    pub(crate) fn append(&self, events: Vec<Event>) {
        if events.is_empty() {
            return;
        }
        let mut inner = self.lock();
        inner.events.extend(events);
        let kept = if inner.readers == 0 { 0 } else { self.kept };
        let gone = inner.events.len().saturating_sub(kept);
        inner.events.drain(..gone);
        inner.first += gone as u64;
        let end = inner.end();
        drop(inner);
        self.end.send_replace(end);
    }

    /// Wakes who reads, for something that isn't in the log.
    pub(crate) fn wake(&self) {
        self.end.send_modify(|_| {});
    }

    /// A reader that starts now.
    pub(crate) fn join(&self) -> (u64, watch::Receiver<u64>) {
        let mut inner = self.lock();
        inner.readers += 1;
        (inner.end(), self.end.subscribe())
    }

    /// A reader goes.
    pub(crate) fn leave(&self) {
        let mut inner = self.lock();
        inner.readers = inner.readers.saturating_sub(1);
    }

    /// Runs `read` on everything from `cursor` on, and moves the cursor to the end.
    pub(crate) fn read<R>(&self, cursor: &mut u64, read: impl FnOnce(Result<&[&Event], Behind>) -> R) -> R {
        let inner = self.lock();
        let from = std::mem::replace(cursor, inner.end()).checked_sub(inner.first);
        match from.and_then(|from| usize::try_from(from).ok()) {
            Some(from) => {
                let events: Vec<&Event> = inner.events.iter().skip(from).collect();
                read(Ok(&events))
            }
            None => read(Err(Behind)),
        }
    }
}

impl Inner {
    fn end(&self) -> u64 {
        self.first + self.events.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Decimal, InstrumentId, Side};

    fn event(n: u32) -> Event {
        Event::Book { instrument: InstrumentId(0), side: Side::Buy, price: n.into(), qty: Decimal::ONE }
    }

    fn prices(log: &Log, cursor: &mut u64) -> Result<Vec<Decimal>, Behind> {
        log.read(cursor, |events| {
            let price = |event: &&Event| match event {
                Event::Book { price, .. } => *price,
                _ => unreachable!("only books are appended"),
            };
            events.map(|events| events.iter().map(price).collect())
        })
    }

    #[test]
    fn every_reader_sees_everything_once_and_in_order() {
        let log = Log::keeping(10);
        log.append(vec![event(1)]);
        let (mut early, _) = log.join();
        log.append(vec![event(2), event(3)]);
        let (mut late, _) = log.join();
        log.append(vec![event(4)]);
        assert_eq!(prices(&log, &mut early), Ok([2, 3, 4].map(Decimal::from).to_vec()));
        assert_eq!(prices(&log, &mut early), Ok(vec![]));
        assert_eq!(prices(&log, &mut late), Ok(vec![4.into()]));
    }

    #[test]
    fn who_falls_behind_is_told_and_never_skips_in_silence() {
        let log = Log::keeping(2);
        let (mut cursor, news) = log.join();
        log.append(vec![event(1), event(2)]);
        assert_eq!(prices(&log, &mut cursor), Ok(vec![1.into(), 2.into()]));
        log.append(vec![event(3), event(4), event(5)]);
        assert!(news.has_changed().unwrap());
        assert_eq!(prices(&log, &mut cursor), Err(Behind));
    }
}
