//! Buckets in memory, for one process.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use serde::Serialize;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::bucket::{Bucket, MARGIN, Opening};
use super::grants::{Grants, Held, Places, identity};
use super::limit::Limit;
use super::store::{Ask, Denied, Draw, Grant, Priority, Settlement, Store};

/// Buckets in memory.
pub struct Memory {
    state: Mutex<State>,
    /// Per cent of each bucket that only urgent requests may use.
    reserve: u32,
}

impl fmt::Debug for Memory {
    // Not the state: owners of buckets are named by their keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").field("reserve", &self.reserve).finish_non_exhaustive()
    }
}

#[derive(Default)]
struct State {
    buckets: Vec<Bucket>,
    places: Places,
    /// Counts that were set in place of the documented ones, by limit and owner; by no owner for all others.
    counts: HashMap<(usize, Option<Arc<str>>), u32>,
    grants: Grants,
    waiting: VecDeque<Waiter>,
    next_ticket: u64,
    gates: HashMap<&'static str, Instant>,
}

struct Waiter {
    ticket: u64,
    venue: &'static str,
    draws: Held,
    priority: Priority,
    /// Written when it is granted.
    granted: Option<u64>,
    /// Somebody before it waits for a bucket of its own: that one's timer serves both.
    blocked: bool,
    /// It sleeps until a moment that it knows; without one, only others can wake it.
    timed: bool,
    wake: Arc<Notify>,
}

/// A bucket as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BucketState {
    /// The limit's name.
    pub limit: &'static str,
    /// How much it holds in a window.
    pub count: u32,
    /// The window, in ms.
    pub window_ms: u64,
    /// Whether the numbers are assumed: neither documented nor set.
    pub assumed: bool,
    /// Whether `count` was set, in place of the documented or assumed one.
    pub set: bool,
    /// How much of it is occupied.
    pub used: u64,
    /// For how long it is shut, in ms; 0 when it is open.
    pub gated_ms: u64,
}

impl State {
    fn place(&mut self, draw: &Draw) -> usize {
        if let Some(place) = self.places.find(draw.limit, &draw.owner) {
            return place;
        }
        let place = self.buckets.len();
        let set = self.set_count(draw);
        self.buckets.push(Bucket {
            limit: draw.limit,
            count: set.unwrap_or(draw.limit.count),
            set: set.is_some(),
            in_flight: 0,
            leaving: VecDeque::new(),
            leaving_sum: 0,
            gated_until: None,
            claimed: false,
        });
        self.places.insert(draw.limit, Arc::clone(&draw.owner), place);
        place
    }

    /// The count that was set for a bucket, if one was.
    fn set_count(&self, draw: &Draw) -> Option<u32> {
        if self.counts.is_empty() {
            return None;
        }
        let limit = identity(draw.limit);
        let own = self.counts.get(&(limit, Some(Arc::clone(&draw.owner))));
        own.or_else(|| self.counts.get(&(limit, None))).copied()
    }

    /// What never fits, whatever has left by then.
    fn too_large(&self, draws: &[Draw]) -> Option<Denied> {
        let count = |draw: &Draw| self.set_count(draw).unwrap_or(draw.limit.count);
        draws
            .iter()
            .find(|draw| draw.weight > count(draw))
            .map(|draw| Denied::TooLarge { bucket: draw.limit.name, weight: draw.weight })
    }

    fn hold(&mut self, draws: &[Draw]) -> Held {
        let mut held = Held::new();
        for draw in draws {
            let place = self.place(draw);
            match held.iter_mut().find(|(known, _)| *known == place) {
                Some((_, weight)) => *weight += u64::from(draw.weight),
                None => held.push((place, u64::from(draw.weight))),
            }
        }
        held
    }

    fn gate_of(&self, venue: &'static str, now: Instant) -> Option<Instant> {
        self.gates.get(venue).copied().filter(|until| *until > now)
    }

    fn fits(&mut self, held: &Held, priority: Priority, reserve: u32, now: Instant) -> bool {
        held.iter().all(|(place, weight)| {
            let Some(bucket) = self.buckets.get_mut(*place) else { return false };
            bucket.tidy(now);
            bucket.gated_until.is_none() && bucket.used() + weight <= bucket.capacity(priority, reserve)
        })
    }

    fn is_claimed(&self, held: &Held) -> bool {
        held.iter().any(|(place, _)| self.buckets.get(*place).is_some_and(|bucket| bucket.claimed))
    }

    /// Wakes those that sleep without a timer, so that they look anew.
    fn wake_untimed(&self) {
        for waiter in &self.waiting {
            if !waiter.timed && waiter.granted.is_none() {
                waiter.wake.notify_one();
            }
        }
    }

    fn grant(&mut self, held: Held) -> u64 {
        for (place, weight) in &held {
            if let Some(bucket) = self.buckets.get_mut(*place) {
                bucket.in_flight += weight;
            }
        }
        self.grants.insert(held)
    }

    /// Grants whoever's turn it is: urgent ones first, then in order; nobody passes one before him that
    /// waits for a bucket of his.
    fn pump(&mut self, reserve: u32, now: Instant) {
        if self.waiting.is_empty() {
            return;
        }
        for bucket in &mut self.buckets {
            bucket.claimed = false;
        }
        let mut any = false;
        for turn in [Priority::Urgent, Priority::Normal] {
            for index in 0..self.waiting.len() {
                let Some(waiter) = self.waiting.get(index) else { break };
                if waiter.priority != turn || waiter.granted.is_some() {
                    continue;
                }
                let (held, venue) = (waiter.draws.clone(), waiter.venue);
                let blocked = self.is_claimed(&held);
                let open = !blocked && self.gate_of(venue, now).is_none();
                let grant = (open && self.fits(&held, turn, reserve, now)).then(|| self.grant(held.clone()));
                if grant.is_none() {
                    for (place, _) in held {
                        if let Some(bucket) = self.buckets.get_mut(place) {
                            bucket.claimed = true;
                        }
                    }
                }
                any |= grant.is_some();
                if let Some(waiter) = self.waiting.get_mut(index) {
                    waiter.blocked = blocked;
                    waiter.granted = grant;
                    if grant.is_some() {
                        waiter.wake.notify_one();
                    }
                }
            }
        }
        if any {
            // Whoever stood behind a granted one may now be first, and needs a timer of its own.
            self.wake_untimed();
        }
    }

    /// When this might be granted at the earliest.
    fn opens(
        &self,
        held: &Held,
        venue: &'static str,
        priority: Priority,
        reserve: u32,
        now: Instant,
    ) -> Opening {
        let mut opening = Opening { at: self.gate_of(venue, now).unwrap_or(now), hoped: false };
        for (place, weight) in held {
            if let Some(bucket) = self.buckets.get(*place) {
                let own = bucket.opens(*weight, bucket.capacity(priority, reserve), now);
                opening.at = opening.at.max(own.at);
                opening.hoped |= own.hoped;
            }
        }
        opening
    }

    fn release(&mut self, grant: u64, settlement: Settlement, now: Instant) {
        let Some(held) = self.grants.take(grant) else { return };
        for (place, weight) in held {
            let Some(bucket) = self.buckets.get_mut(place) else { continue };
            bucket.in_flight -= weight;
            let window = Duration::from_millis(bucket.limit.window_ms) + MARGIN;
            match settlement {
                Settlement::NotSent => {}
                Settlement::Answered => bucket.leave(now + window, weight),
                Settlement::Unanswered { slack } => bucket.leave(now + slack + window, weight),
            }
        }
    }

    /// Why this can't be granted now.
    fn denial(&self, held: &Held, ask: &Ask, reserve: u32, now: Instant) -> Denied {
        if let Some(until) = self.gate_of(ask.venue, now) {
            return Denied::Gated { wait: until - now };
        }
        let mut worst = ("", Duration::ZERO);
        for (place, weight) in held {
            let Some(bucket) = self.buckets.get(*place) else { continue };
            if let Some(until) = bucket.gated_until {
                return Denied::Gated { wait: until.saturating_duration_since(now) };
            }
            let opens = bucket.opens(*weight, bucket.capacity(ask.priority, reserve), now);
            let wait = opens.at.saturating_duration_since(now);
            if wait >= worst.1 {
                worst = (bucket.limit.name, wait);
            }
        }
        Denied::Exhausted { bucket: worst.0, wait: worst.1 }
    }
}

impl Memory {
    /// Empty buckets, without a reserve.
    #[must_use]
    pub fn new() -> Self {
        Self::with_reserve(0)
    }

    /// Empty buckets of which so many per cent (90 at most) only urgent requests may use.
    #[must_use]
    pub fn with_reserve(percent: u32) -> Self {
        Self { state: Mutex::default(), reserve: percent.min(90) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is whole between any two statements that could panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

/// Takes a waiter out of the queue, and gives back what it was granted but never saw.
struct Place<'m> {
    memory: &'m Memory,
    ticket: u64,
}

impl Place<'_> {
    /// The grant, if it came.
    fn take(&self, state: &mut State) -> Option<u64> {
        let index = state.waiting.iter().position(|waiter| waiter.ticket == self.ticket)?;
        let granted = state.waiting.get(index)?.granted?;
        state.waiting.remove(index);
        Some(granted)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let now = Instant::now();
        let mut state = self.memory.lock();
        let Some(index) = state.waiting.iter().position(|waiter| waiter.ticket == self.ticket) else {
            return;
        };
        let granted = state.waiting.remove(index).and_then(|waiter| waiter.granted);
        if let Some(grant) = granted {
            state.release(grant, Settlement::NotSent, now);
        }
        // Others may have waited behind it.
        state.pump(self.memory.reserve, now);
        state.wake_untimed();
    }
}

#[async_trait]
impl Store for Memory {
    fn try_acquire(&self, ask: &Ask) -> Option<Result<Grant, Denied>> {
        let now = Instant::now();
        let mut state = self.lock();
        // What never fits is refused at once.
        if let Some(denied) = state.too_large(&ask.draws) {
            return Some(Err(denied));
        }
        if !state.waiting.is_empty() {
            // Whose turn it is, only the queue can say.
            return None;
        }
        let held = state.hold(&ask.draws);
        if state.gate_of(ask.venue, now).is_none() && state.fits(&held, ask.priority, self.reserve, now) {
            return Some(Ok(Grant(state.grant(held))));
        }
        Some(Err(state.denial(&held, ask, self.reserve, now)))
    }

    async fn acquire(&self, ask: Ask) -> Result<Grant, Denied> {
        let wake = Arc::new(Notify::new());
        let (held, place) = {
            let mut state = self.lock();
            if let Some(denied) = state.too_large(&ask.draws) {
                return Err(denied);
            }
            let held = state.hold(&ask.draws);
            state.next_ticket += 1;
            let ticket = state.next_ticket;
            state.waiting.push_back(Waiter {
                ticket,
                venue: ask.venue,
                draws: held.clone(),
                priority: ask.priority,
                granted: None,
                blocked: false,
                timed: false,
                wake: Arc::clone(&wake),
            });
            (held, Place { memory: self, ticket })
        };
        loop {
            let now = Instant::now();
            let opens = {
                let mut state = self.lock();
                state.pump(self.reserve, now);
                if let Some(grant) = place.take(&mut state) {
                    return Ok(Grant(grant));
                }
                // A limit may have been set lower while this one waited.
                if let Some(denied) = state.too_large(&ask.draws) {
                    return Err(denied);
                }
                let blocked =
                    state.waiting.iter().any(|waiter| waiter.ticket == place.ticket && waiter.blocked);
                let opens =
                    (!blocked).then(|| state.opens(&held, ask.venue, ask.priority, self.reserve, now));
                let too_late = ask.until.is_some_and(|until| {
                    now >= until || opens.is_some_and(|opens| !opens.hoped && opens.at > until)
                });
                if too_late {
                    return Err(state.denial(&held, &ask, self.reserve, now));
                }
                if let Some(waiter) = state.waiting.iter_mut().find(|waiter| waiter.ticket == place.ticket) {
                    waiter.timed = opens.is_some();
                }
                opens
            };
            // A timer is never set for now: what it would find is what was just seen.
            let tick = now + Duration::from_millis(1);
            let next = [opens.map(|opens| opens.at.max(tick)), ask.until].into_iter().flatten().min();
            match next {
                Some(next) => {
                    // Either way, the loop looks again.
                    let _ = tokio::time::timeout_at(next, wake.notified()).await;
                }
                None => wake.notified().await,
            }
        }
    }

    fn settle(&self, grant: Grant, settlement: Settlement) {
        let now = Instant::now();
        let mut state = self.lock();
        state.release(grant.0, settlement, now);
        state.pump(self.reserve, now);
        // Those that only an answer could wake compute anew when they may go.
        state.wake_untimed();
    }

    fn charge(&self, draws: &[Draw]) {
        let now = Instant::now();
        let mut state = self.lock();
        for (place, weight) in state.hold(draws) {
            if let Some(bucket) = state.buckets.get_mut(place) {
                bucket.leave(now + Duration::from_millis(bucket.limit.window_ms) + MARGIN, weight);
            }
        }
    }

    fn raise(&self, draws: &[Draw]) {
        let now = Instant::now();
        let mut state = self.lock();
        for (place, weight) in state.hold(draws) {
            if let Some(bucket) = state.buckets.get_mut(place) {
                bucket.tidy(now);
                let missing = weight.saturating_sub(bucket.used());
                if missing > 0 {
                    bucket.leave(now + Duration::from_millis(bucket.limit.window_ms) + MARGIN, missing);
                }
            }
        }
    }

    fn gate(&self, venue: &'static str, draws: &[Draw], wait: Duration) {
        let until = Instant::now() + wait;
        let mut state = self.lock();
        if draws.is_empty() {
            let gate = state.gates.entry(venue).or_insert(until);
            *gate = (*gate).max(until);
        }
        for (place, _) in state.hold(draws) {
            if let Some(bucket) = state.buckets.get_mut(place) {
                bucket.gated_until = Some(bucket.gated_until.map_or(until, |known| known.max(until)));
            }
        }
    }

    fn set_count(&self, limit: &'static Limit, owner: Option<&str>, count: u32) {
        let now = Instant::now();
        let mut state = self.lock();
        state.counts.insert((identity(limit), owner.map(Arc::from)), count);
        let mut resized = Vec::new();
        for (owner, place) in state.places.of(limit) {
            let count = state.set_count(&Draw::new(limit, Arc::clone(owner), 0));
            resized.extend(count.map(|count| (*place, count)));
        }
        for (place, count) in resized {
            if let Some(bucket) = state.buckets.get_mut(place) {
                bucket.count = count;
                bucket.set = true;
            }
        }
        state.pump(self.reserve, now);
        // What a waiter knew of its turn was computed with the old size.
        for waiter in &state.waiting {
            waiter.wake.notify_one();
        }
    }

    fn count(&self, draw: &Draw) -> u32 {
        self.lock().set_count(draw).unwrap_or(draw.limit.count)
    }

    fn snapshot(&self) -> Vec<BucketState> {
        let now = Instant::now();
        let mut state = self.lock();
        state
            .buckets
            .iter_mut()
            .map(|bucket| {
                bucket.tidy(now);
                let gated =
                    bucket.gated_until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now));
                BucketState {
                    limit: bucket.limit.name,
                    count: bucket.count,
                    window_ms: bucket.limit.window_ms,
                    assumed: bucket.limit.assumed && !bucket.set,
                    set: bucket.set,
                    used: bucket.used(),
                    gated_ms: u64::try_from(gated.as_millis()).unwrap_or(u64::MAX),
                }
            })
            .collect()
    }
}
