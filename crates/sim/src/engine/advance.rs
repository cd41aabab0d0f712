//! Time passes: timers run out, the background market moves.

use super::types::{AccountId, InstrumentId};
use super::{Engine, Event, TriggerStatus};

impl Engine {
    /// Lets time pass up to `now_ms`, and answers all that has happened since the last call, by itself or by
    /// request. A clock that went back stands still here until it has caught up.
    ///
    /// The background market moves twice a second. After a long rest only the last two minutes are played.
    pub fn advance(&mut self, now_ms: i64) -> Vec<Event> {
        while let Some(tick_ms) = self.market.next_tick(now_ms) {
            self.pass(tick_ms);
            self.tick();
            self.settle();
        }
        self.pass(now_ms);
        self.take_events()
    }

    /// When something happens by itself next: the background market moves, a timer runs out, or a trigger ends.
    #[must_use]
    pub fn next_due_ms(&self) -> Option<i64> {
        let timer = self.timers.values().min().copied();
        let ending = self.expiring.first().map(|(at_ms, _)| *at_ms);
        [self.market.next_due_ms(), timer, ending].into_iter().flatten().min()
    }

    /// How often what rests at a price had changed in this book by the last [`advance`](Self::advance): a number
    /// that only grows, by one for each [`Event::Book`].
    #[must_use]
    pub fn revision(&self, id: InstrumentId) -> u64 {
        self.listed.get(id.0).map(|listed| listed.revision).unwrap_or_default()
    }

    /// From now on events are kept for the next [`advance`](Self::advance); before that they aren't.
    pub fn listen(&mut self) {
        if !self.listening {
            // What has changed before is counted, and told to nobody.
            self.take_events();
            self.listening = true;
        }
    }

    /// All orders of the account on the instrument are cancelled at `at_ms`; `None` calls it off.
    pub fn cancel_all_at(&mut self, account: AccountId, instrument: InstrumentId, at_ms: Option<i64>) {
        match at_ms {
            Some(at_ms) => self.timers.insert((account, instrument), at_ms),
            None => self.timers.remove(&(account, instrument)),
        };
    }

    fn pass(&mut self, now_ms: i64) {
        self.now_ms = self.now_ms.max(now_ms);
        let now_ms = self.now_ms;
        let due: Vec<(AccountId, InstrumentId)> =
            self.timers.iter().filter(|(_, at_ms)| **at_ms <= now_ms).map(|(key, _)| *key).collect();
        while self.expiring.first().is_some_and(|(at_ms, _)| *at_ms <= now_ms) {
            if let Some((_, id)) = self.expiring.pop_first() {
                self.end_trigger(id, TriggerStatus::Expired);
            }
        }
        for (account, instrument) in due {
            self.timers.remove(&(account, instrument));
            self.cancel_all(account, Some(instrument));
        }
    }

    fn take_events(&mut self) -> Vec<Event> {
        for (instrument, side, price) in std::mem::take(&mut self.touched) {
            let Some(listed) = self.listed.get_mut(instrument.0) else { continue };
            listed.revision += 1;
            if self.listening {
                let qty = listed.book.total_at(side, price);
                self.events.push(Event::Book { instrument, side, price, qty });
            }
        }
        std::mem::take(&mut self.events)
    }
}
