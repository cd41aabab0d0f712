//! From a connection to the consumers of one topic: decoded once for each type that is asked for.

use std::any::{Any, TypeId};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::channel::{AnyChannel, Channel, ChannelSpec, DecodedPush, read, unreadable};
use super::event::{Event, Received, Update};
use super::frame::{Payload, Topic, Unreadable};
use super::queue::{Overflow, Queue};
use super::raw::RawPush;
use crate::error::Error;
use crate::wire::{Millis, audited};

/// When and over which connection something came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp {
    pub(super) received: Received,
    pub(super) generation: u64,
}

impl Stamp {
    fn update<T>(self, event: Event<T>, venue_time: Option<Millis>) -> Update<T> {
        Update { event, received: self.received, venue_time, generation: self.generation }
    }
}

/// How a push becomes an item.
pub(super) trait Reader: Send + Sync + 'static {
    type Item: Clone + Send + 'static;
    /// Whether any frame can be read.
    const VERBATIM: bool = false;
    fn read(&self, payload: Payload<'_>) -> Result<Option<Self::Item>, Unreadable>;
    fn time(&self, item: &Self::Item) -> Option<Millis>;
}

/// Reads a channel's own type.
pub(super) struct Typed<C>(PhantomData<fn() -> C>);

impl<C> Typed<C> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<C: Channel> Reader for Typed<C> {
    type Item = C::Item;

    fn read(&self, payload: Payload<'_>) -> Result<Option<C::Item>, Unreadable> {
        read::<C>(payload)
    }

    fn time(&self, item: &C::Item) -> Option<Millis> {
        C::time(item)
    }
}

/// Keeps the frame as it came.
pub(super) struct Verbatim;

impl Reader for Verbatim {
    type Item = RawPush;
    const VERBATIM: bool = true;

    fn read(&self, payload: Payload<'_>) -> Result<Option<RawPush>, Unreadable> {
        Ok(Some(RawPush::of(payload)))
    }

    fn time(&self, _: &RawPush) -> Option<Millis> {
        None
    }
}

/// Reads a channel that is only known at run time.
pub(super) struct Untyped(pub(super) Box<dyn AnyChannel>);

impl Reader for Untyped {
    type Item = DecodedPush;

    fn read(&self, payload: Payload<'_>) -> Result<Option<DecodedPush>, Unreadable> {
        let decoded = self.0.decode(payload);
        match &decoded.error {
            Some(error) => Err(Unreadable::new(error.message())),
            None => Ok(decoded.value.is_some().then_some(decoded)),
        }
    }

    fn time(&self, _: &DecodedPush) -> Option<Millis> {
        None
    }
}

/// The consumers of a topic that want the same type.
trait Sink: Send {
    /// Whether there was something in it.
    fn push(&self, payload: Payload<'_>, stamp: Stamp, unmapped: &Unmapped) -> Result<bool, Unreadable>;
    fn tell(&self, event: &Event<()>, stamp: Stamp);
    fn end(&self, stamp: Stamp);
    /// Forgets consumers that went away; whether one is left.
    fn sweep(&mut self) -> bool;
    fn as_any(&mut self) -> &mut dyn Any;
}

struct Fan<R: Reader> {
    reader: R,
    queues: Vec<Arc<Queue<R::Item>>>,
}

impl<R: Reader> Sink for Fan<R> {
    fn push(&self, payload: Payload<'_>, stamp: Stamp, unmapped: &Unmapped) -> Result<bool, Unreadable> {
        let Some(item) = unmapped.watch(|| self.reader.read(payload))? else { return Ok(false) };
        let time = self.reader.time(&item);
        let Some((last, others)) = self.queues.split_last() else { return Ok(true) };
        for queue in others {
            queue.push(stamp.update(Event::Data(item.clone()), time));
        }
        last.push(stamp.update(Event::Data(item), time));
        Ok(true)
    }

    fn tell(&self, event: &Event<()>, stamp: Stamp) {
        for queue in &self.queues {
            if let Some(event) = translate(event) {
                queue.push(stamp.update(event, None));
            }
        }
    }

    fn end(&self, stamp: Stamp) {
        for queue in &self.queues {
            queue.end(stamp.update(Event::Closed, None));
        }
    }

    fn sweep(&mut self) -> bool {
        self.queues.retain(|queue| !queue.is_abandoned());
        !self.queues.is_empty()
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

/// An event without data, for a consumer of any type.
fn translate<T>(event: &Event<()>) -> Option<Event<T>> {
    Some(match event {
        Event::Data(()) => return None,
        Event::Live => Event::Live,
        Event::Gap(gap) => Event::Gap(gap.clone()),
        Event::Stale { silent } => Event::Stale { silent: *silent },
        Event::Lagged { missed } => Event::Lagged { missed: *missed },
        Event::Unreadable(error) => Event::Unreadable(error.clone()),
        Event::Rejected(error) => Event::Rejected(error.clone()),
        Event::Closed => Event::Closed,
    })
}

/// One push in so many is looked at for keys that no type maps, and so are the first ones. Looking costs as much as
/// several decodes, and pushes are many.
const LOOKED_AT: u64 = 64;
const OF_EVERY: u64 = 512;

/// Counts keys that no type maps, in the first pushes of a feed and now and then.
#[derive(Debug, Default)]
pub(super) struct Unmapped {
    pushes: AtomicU64,
    keys: AtomicU64,
}

impl Unmapped {
    fn watch<T>(&self, decode: impl FnOnce() -> T) -> T {
        let push = self.pushes.fetch_add(1, Ordering::Relaxed);
        if push >= LOOKED_AT && !push.is_multiple_of(OF_EVERY) {
            return decode();
        }
        let (value, audit) = audited(decode);
        if !audit.unmapped.is_empty() {
            self.keys.fetch_add(audit.unmapped.len() as u64, Ordering::Relaxed);
        }
        value
    }

    pub(super) fn keys(&self) -> u64 {
        self.keys.load(Ordering::Relaxed)
    }
}

/// Consumers that could not read a push.
pub(super) struct Failed {
    error: Unreadable,
    /// Their seats.
    seats: Vec<u64>,
}

/// A topic of a connection with its consumers.
pub(super) struct Subscribed {
    pub(super) id: u64,
    pub(super) topic: Topic,
    pub(super) spec: ChannelSpec,
    venue: &'static str,
    verbatim: AtomicBool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The connection on which it is live.
    live: Option<u64>,
    ended: bool,
    seats: Vec<Seat>,
    last_seat: u64,
}

/// The consumers of one type.
struct Seat {
    number: u64,
    kind: TypeId,
    sink: Box<dyn Sink>,
}

impl Subscribed {
    pub(super) fn new(id: u64, topic: Topic, spec: ChannelSpec, venue: &'static str) -> Self {
        Self { id, topic, spec, venue, verbatim: AtomicBool::new(false), state: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a consumer; `None` when the topic has ended.
    pub(super) fn join<R: Reader>(
        &self,
        reader: R,
        share: bool,
        overflow: Overflow,
        now: Received,
    ) -> Option<Arc<Queue<R::Item>>> {
        let mut state = self.lock();
        if state.ended {
            return None;
        }
        let queue = Arc::new(Queue::new(overflow));
        if let Some(generation) = state.live {
            queue.push(Stamp { received: now, generation }.update(Event::Live, None));
        }
        self.verbatim.fetch_or(R::VERBATIM, Ordering::Relaxed);
        let kind = TypeId::of::<R>();
        let seat = state.seats.iter_mut().find(|seat| share && seat.kind == kind);
        match seat.and_then(|seat| seat.sink.as_any().downcast_mut::<Fan<R>>()) {
            Some(fan) => fan.queues.push(Arc::clone(&queue)),
            None => {
                let sink = Box::new(Fan { reader, queues: vec![Arc::clone(&queue)] });
                state.last_seat += 1;
                let number = state.last_seat;
                state.seats.push(Seat { number, kind, sink });
            }
        }
        Some(queue)
    }

    /// Hands a push to every consumer; whether there was something in it for one. Those that can't read it
    /// are returned.
    pub(super) fn push(
        &self,
        payload: Payload<'_>,
        stamp: Stamp,
        unmapped: &Unmapped,
    ) -> Result<bool, Failed> {
        let mut had = false;
        let mut failed: Option<Failed> = None;
        for seat in &self.lock().seats {
            match seat.sink.push(payload, stamp, unmapped) {
                Ok(some) => had |= some,
                Err(error) => {
                    failed.get_or_insert(Failed { error, seats: Vec::new() }).seats.push(seat.number);
                }
            }
        }
        failed.map_or(Ok(had), Err)
    }

    /// Whether one of the consumers takes frames as they come, whatever is in them.
    pub(super) fn is_verbatim(&self) -> bool {
        self.verbatim.load(Ordering::Relaxed)
    }

    /// Tells those that could not read a push.
    pub(super) fn unreadable(&self, failed: &Failed, stamp: Stamp) {
        let event = Event::Unreadable(unreadable(&self.spec, self.venue, &failed.error));
        for seat in self.lock().seats.iter().filter(|seat| failed.seats.contains(&seat.number)) {
            seat.sink.tell(&event, stamp);
        }
    }

    pub(super) fn tell(&self, event: &Event<()>, stamp: Stamp) {
        let mut state = self.lock();
        match event {
            Event::Live => state.live = Some(stamp.generation),
            Event::Gap(_) | Event::Stale { .. } | Event::Rejected(_) => state.live = None,
            _ => {}
        }
        for seat in &state.seats {
            seat.sink.tell(event, stamp);
        }
    }

    pub(super) fn end(&self, stamp: Stamp) {
        let mut state = self.lock();
        state.ended = true;
        for seat in state.seats.drain(..) {
            seat.sink.end(stamp);
        }
    }

    pub(super) fn has_not_ended(&self) -> bool {
        !self.lock().ended
    }

    /// Forgets consumers that went away. Whether one is left; if not, nobody can join any more.
    pub(super) fn sweep(&self) -> bool {
        let mut state = self.lock();
        state.seats.retain_mut(|seat| seat.sink.sweep());
        state.ended |= state.seats.is_empty();
        !state.seats.is_empty()
    }

    pub(super) fn refuse(&self, error: &Error, stamp: Stamp) {
        self.tell(&Event::Rejected(error.clone()), stamp);
    }
}
