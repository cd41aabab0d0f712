//! A bounded queue from a connection to one consumer, with a named policy for when it is full.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::event::{Event, Received, Update};

/// What happens to a consumer that is slower than the venue. Whatever is thrown away is announced by
/// [`Event::Lagged`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overflow {
    /// Keep the newest so many; the oldest go. With 1, only the latest state counts.
    DropOldest(usize),
    /// Keep the oldest so many; what arrives at a full queue goes.
    DropNewest(usize),
    /// End the stream when it falls so many behind.
    Close(usize),
}

impl Overflow {
    pub(crate) fn capacity(self) -> usize {
        let (Self::DropOldest(n) | Self::DropNewest(n) | Self::Close(n)) = self;
        n.max(1)
    }
}

impl Default for Overflow {
    /// The newest 4096.
    fn default() -> Self {
        Self::DropOldest(4096)
    }
}

#[derive(Debug)]
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    overflow: Overflow,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<Update<T>>,
    /// Thrown away before the first item.
    missed_before: Missed,
    /// Thrown away after the last item.
    missed_after: Missed,
    /// After all that, when the policy has ended it.
    last: Option<Update<T>>,
    /// No item follows the ones that are here.
    ended: bool,
    /// Nobody listens any more.
    abandoned: bool,
    waker: Option<Waker>,
}

/// How many were thrown away, and when the last of them came.
#[derive(Debug, Clone, Copy, Default)]
struct Missed {
    count: u64,
    last: Option<(Received, u64)>,
}

impl Missed {
    fn note<T>(&mut self, update: &Update<T>) {
        // What was missed before counts, not how often it was said.
        self.count += match update.event {
            Event::Lagged { missed } => missed,
            _ => 1,
        };
        self.last = Some((update.received, update.generation));
    }

    fn take<T>(&mut self) -> Option<Update<T>> {
        let (received, generation) = self.last.take()?;
        let missed = std::mem::take(&mut self.count);
        Some(Update { event: Event::Lagged { missed }, received, venue_time: None, generation })
    }
}

impl<T> Queue<T> {
    pub(super) fn new(overflow: Overflow) -> Self {
        let state = State {
            items: VecDeque::new(),
            missed_before: Missed::default(),
            missed_after: Missed::default(),
            last: None,
            ended: false,
            abandoned: false,
            waker: None,
        };
        Self { state: Mutex::new(state), overflow }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, update: Update<T>) {
        let waker = {
            let mut state = self.lock();
            if state.ended || state.abandoned {
                return;
            }
            let full = state.items.len() >= self.overflow.capacity();
            match self.overflow {
                Overflow::DropOldest(_) => {
                    if full && let Some(oldest) = state.items.pop_front() {
                        state.missed_before.note(&oldest);
                    }
                    state.items.push_back(update);
                }
                Overflow::DropNewest(_) if full => state.missed_after.note(&update),
                Overflow::Close(_) if full => {
                    state.missed_after.note(&update);
                    let Update { received, generation, .. } = update;
                    state.last =
                        Some(Update { event: Event::Closed, received, venue_time: None, generation });
                    state.ended = true;
                }
                Overflow::DropNewest(_) | Overflow::Close(_) => {
                    if let Some(lagged) = state.missed_after.take() {
                        state.items.push_back(lagged);
                    }
                    state.items.push_back(update);
                }
            }
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Adds the last item; it is never thrown away.
    pub(super) fn end(&self, last: Update<T>) {
        let waker = {
            let mut state = self.lock();
            if !state.ended {
                if let Some(lagged) = state.missed_after.take() {
                    state.items.push_back(lagged);
                }
                state.items.push_back(last);
                state.ended = true;
            }
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Update<T>>> {
        let mut state = self.lock();
        if let Some(next) = state.next() {
            return Poll::Ready(Some(next));
        }
        if state.ended {
            return Poll::Ready(None);
        }
        match &mut state.waker {
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
        Poll::Pending
    }

    pub(super) fn try_next(&self) -> Option<Update<T>> {
        self.lock().next()
    }

    pub(super) fn abandon(&self) {
        let mut state = self.lock();
        state.abandoned = true;
        state.items = VecDeque::new();
    }

    pub(super) fn is_abandoned(&self) -> bool {
        self.lock().abandoned
    }
}

impl<T> State<T> {
    fn next(&mut self) -> Option<Update<T>> {
        self.missed_before
            .take()
            .or_else(|| self.items.pop_front())
            .or_else(|| self.missed_after.take())
            .or_else(|| self.last.take())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::wire::Millis;

    fn update(value: u32) -> Update<u32> {
        let received = Received::new(Millis::new(0), Instant::now());
        Update { event: Event::Data(value), received, venue_time: None, generation: 1 }
    }

    fn drain(queue: &Queue<u32>) -> Vec<String> {
        std::iter::from_fn(|| queue.try_next())
            .map(|update| match update.event {
                Event::Data(value) => value.to_string(),
                Event::Lagged { missed } => format!("missed {missed}"),
                other => other.name().to_owned(),
            })
            .collect()
    }

    #[test]
    fn whatever_is_thrown_away_is_announced_where_it_is_missing() {
        for (overflow, expected) in [
            (Overflow::DropOldest(2), vec!["missed 3", "4", "5", "closed"]),
            (Overflow::DropNewest(2), vec!["1", "2", "missed 3", "closed"]),
            (Overflow::Close(2), vec!["1", "2", "missed 1", "closed"]),
        ] {
            let queue = Queue::new(overflow);
            (1..=5).for_each(|value| queue.push(update(value)));
            queue.end(update(0).map_event(Event::Closed));
            assert_eq!(drain(&queue), expected, "{overflow:?}");
        }
    }

    #[test]
    fn after_a_pause_a_consumer_learns_first_what_it_missed() {
        let queue = Queue::new(Overflow::DropNewest(1));
        (1..=3).for_each(|value| queue.push(update(value)));
        assert_eq!(queue.try_next().unwrap().data(), Some(&1));
        queue.push(update(4));
        assert_eq!(drain(&queue), ["missed 2", "4"]);
    }

    impl Update<u32> {
        fn map_event(mut self, event: Event<u32>) -> Self {
            self.event = event;
            self
        }
    }
}
