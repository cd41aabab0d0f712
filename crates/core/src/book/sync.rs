//! Keeping a book equal to the venue's, or saying that it isn't.

use std::collections::VecDeque;
use std::time::Instant;

use super::continuity::{Continuity, Link, Place, Source};
use super::order_book::OrderBook;
use super::resync::Backoff;
use super::step::{Cause, Ignored, Reset, State, Step, Ticket};
use super::update::{BookSide, Delta, SideUpdate, Size, Snapshot};
use crate::wire::Millis;

/// Changes that wait for a snapshot, unless said otherwise: at ten a second, for more than a minute and a half.
const BUFFER: usize = 1024;
/// So many old changes in a row aren't doubles any more: the venue counts anew.
const OLD_IN_A_ROW: u32 = 16;
/// So many old changes in a row after a snapshot that no change has followed yet: the stream isn't catching up,
/// it counts differently.
const CATCHING_UP: u32 = 100;

/// A local book and what is known about it: a state machine, without I/O and without a clock.
///
/// Feed it what comes ([`on_delta`](Self::on_delta), [`on_snapshot`](Self::on_snapshot),
/// [`on_answer`](Self::on_answer), [`on_side`](Self::on_side)) and what happens to the stream
/// ([`on_reset`](Self::on_reset)); each says what it did. While [`needs_snapshot`](Self::needs_snapshot), get
/// one where the rule's [`Source`] says, at the time of [`next_attempt`](Self::next_attempt). The times that it
/// takes are when a message came; they only serve the waits between attempts.
///
/// ```text
/// Empty ──change──▶ Buffering ──snapshot──▶ Synced ──gap, reset, …──▶ Stale ──snapshot──▶ Synced
/// ```
///
/// In `Synced` the book is the venue's at that sequence. That the venue hasn't gone on since, only its next
/// message shows; see also [`is_linked`](Self::is_linked).
#[derive(Debug, Clone)]
pub struct BookSync<S> {
    rule: Continuity,
    state: State,
    book: OrderBook<S>,
    /// Changes that wait, each the next of the one before it. Empty while synced.
    waiting: VecDeque<Delta<S>>,
    room: usize,
    /// No change was taken since the snapshot.
    unlinked: bool,
    /// Old messages in a row.
    old: u32,
    epoch: u64,
    backoff: Backoff,
    since: Option<Instant>,
    /// The next message is the first one of a subscription.
    at_start: bool,
    sides: Sides<S>,
}

/// Sides that come one by one.
#[derive(Debug, Clone)]
struct Sides<S> {
    /// The book to be, until both are there.
    aside: OrderBook<S>,
    bid: Seen,
    ask: Seen,
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    came: bool,
    time: Option<Millis>,
}

impl<S: Size> Sides<S> {
    const fn new() -> Self {
        let seen = Seen { came: false, time: None };
        Self { aside: OrderBook::new(), bid: seen, ask: seen }
    }
}

impl<S: Size> BookSync<S> {
    /// An empty book under this rule.
    #[must_use]
    pub fn new(rule: Continuity) -> Self {
        Self {
            rule,
            state: State::Empty,
            book: OrderBook::new(),
            waiting: VecDeque::new(),
            room: BUFFER,
            unlinked: true,
            old: 0,
            epoch: 0,
            backoff: Backoff::default(),
            since: None,
            at_start: true,
            sides: Sides::new(),
        }
    }

    /// Lets so many changes wait for a snapshot, 1024 if not said; the oldest go first, and one waits always.
    #[must_use]
    pub const fn buffer(mut self, changes: usize) -> Self {
        self.room = if changes == 0 { 1 } else { changes };
        self
    }

    /// Waits like this between attempts to get a snapshot.
    #[must_use]
    pub const fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// The rule it goes by.
    #[must_use]
    pub const fn rule(&self) -> Continuity {
        self.rule
    }

    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// The book, while it is equal to the venue's.
    ///
    /// # Errors
    /// The state, when it isn't.
    #[inline]
    pub const fn book(&self) -> Result<&OrderBook<S>, State> {
        match self.state {
            State::Synced { .. } => Ok(&self.book),
            state => Err(state),
        }
    }

    /// The book as it last was, whether or not it is equal to the venue's. Not for trading.
    #[must_use]
    pub const fn last_known(&self) -> &OrderBook<S> {
        &self.book
    }

    /// Whether a change of the stream has followed the snapshot, which proves that the two belong together.
    ///
    /// Until then a snapshot from a request may be one from before the stream began, in a market so quiet that
    /// no change has shown it.
    #[must_use]
    pub const fn is_linked(&self) -> bool {
        matches!(self.state, State::Synced { .. }) && (!self.unlinked || !self.rule.link.has_changes())
    }

    /// Whether a whole book is needed.
    #[must_use]
    pub const fn needs_snapshot(&self) -> bool {
        !matches!(self.state, State::Synced { .. })
    }

    /// When to ask for a whole book; `None` when none is needed. Each call counts as an attempt.
    ///
    /// `random` is uniform over all its values: full jitter, see [`Backoff`].
    pub fn next_attempt(&mut self, now: Instant, random: u64) -> Option<Instant> {
        self.needs_snapshot().then(|| self.backoff.attempt(now, random))
    }

    /// Notes that a request for a snapshot goes out now; its answer comes with [`on_answer`](Self::on_answer).
    ///
    /// To be taken after the venue has acknowledged the subscription: a snapshot from before could lack what
    /// the stream never sends. When the stream is reset meanwhile, the answer is refused for that reason.
    #[must_use]
    pub const fn ticket(&self) -> Ticket {
        Ticket(self.epoch)
    }

    /// Takes a change from the stream.
    pub fn on_delta(&mut self, delta: Delta<S>, now: Instant) -> Step {
        if let Err(negative) = delta.check() {
            return self.lose(Cause::Malformed(negative), now);
        }
        if !self.rule.link.has_changes() {
            return self.lose(Cause::Unexpected, now);
        }
        if self.rule.source == Source::FirstMessage && self.at_start {
            let sequence = Some(delta.ids.last);
            let Delta { bids, asks, time, .. } = delta;
            return self.adopt(&Snapshot { sequence, bids, asks, time, limit: None }, now);
        }
        let State::Synced { sequence: Some(sequence) } = self.state else { return self.wait(delta) };
        match self.rule.link.place(delta.ids, sequence, self.unlinked) {
            Place::Next => {
                self.take(&delta);
                Step::Applied { crossed: self.book.is_crossed() }
            }
            Place::Old => {
                let most = if self.unlinked { CATCHING_UP } else { OLD_IN_A_ROW };
                if self.is_still_old(most) {
                    return Step::Ignored(Ignored::Old);
                }
                let step = self.lose(Cause::WentBack { sequence, got: delta.ids.last }, now);
                self.waiting.push_back(delta);
                step
            }
            Place::Gap { expected, got } => {
                self.leave(Cause::Gap { expected, got }, now);
                self.waiting.push_back(delta);
                Step::Gap { expected, got }
            }
        }
    }

    /// Takes a whole book that the stream pushed.
    pub fn on_snapshot(&mut self, snapshot: &Snapshot<S>, now: Instant) -> Step {
        if let Err(negative) = snapshot.check() {
            return self.lose(Cause::Malformed(negative), now);
        }
        match self.rule.link {
            Link::Sides => self.lose(Cause::Unexpected, now),
            Link::Whole => self.on_whole(snapshot, now),
            Link::Version | Link::Range | Link::Previous => self.adopt(snapshot, now),
        }
    }

    /// Takes a whole book that answers the request of this ticket.
    ///
    /// Unlike one from the stream it may come late: one that is older than the book is ignored.
    pub fn on_answer(&mut self, ticket: Ticket, snapshot: &Snapshot<S>, now: Instant) -> Step {
        if ticket.0 != self.epoch {
            return Step::Ignored(Ignored::Superseded);
        }
        // The stream is in order whatever an answer says.
        if let Err(negative) = snapshot.check() {
            return Step::Ignored(Ignored::Malformed(negative));
        }
        match (self.rule.link, self.state, snapshot.sequence) {
            (Link::Whole, ..) => self.on_whole(snapshot, now),
            (Link::Sides, ..) => self.on_both_sides(snapshot, now),
            (_, State::Synced { sequence: Some(sequence) }, Some(answered)) if answered < sequence => {
                Step::Ignored(Ignored::Old)
            }
            _ => self.adopt(snapshot, now),
        }
    }

    /// Takes one whole side that the stream pushed.
    pub fn on_side(&mut self, update: SideUpdate<S>, now: Instant) -> Step {
        if self.rule.link != Link::Sides {
            return self.lose(Cause::Unexpected, now);
        }
        let SideUpdate { side, levels, time, limit } = update;
        let seen = match side {
            BookSide::Bid => self.sides.bid,
            BookSide::Ask => self.sides.ask,
        };
        if is_earlier(time, seen.time) && self.is_still_old(OLD_IN_A_ROW) {
            return Step::Ignored(Ignored::Old);
        }
        let synced = matches!(self.state, State::Synced { .. });
        let book = if synced { &mut self.book } else { &mut self.sides.aside };
        if let Err(negative) = book.replace_side(side, &levels, limit, time) {
            return self.lose(Cause::Malformed(negative), now);
        }
        self.old = 0;
        match side {
            BookSide::Bid => self.sides.bid = Seen { came: true, time },
            BookSide::Ask => self.sides.ask = Seen { came: true, time },
        }
        if synced {
            return Step::Applied { crossed: self.book.is_crossed() };
        }
        if !(self.sides.bid.came && self.sides.ask.came) {
            self.has_come();
            return Step::Buffered { dropped: false };
        }
        self.book = std::mem::take(&mut self.sides.aside);
        self.enter(None, now)
    }

    /// Says that what comes next doesn't follow what came: see [`Reset`].
    pub fn on_reset(&mut self, reset: Reset, now: Instant) -> Step {
        let begun = self.state != State::Empty;
        let step = self.lose(Cause::Reset(reset), now);
        if !begun {
            self.state = State::Empty;
        }
        self.at_start = matches!(reset, Reset::Reconnected | Reset::Resubscribed);
        step
    }

    /// A whole book, under the rule that knows nothing else.
    fn on_whole(&mut self, snapshot: &Snapshot<S>, now: Instant) -> Step {
        if matches!(self.state, State::Synced { .. }) {
            let (time, known) = (snapshot.time, self.book.time());
            let ignored = match (snapshot.sequence, self.book.sequence()) {
                (Some(new), Some(old)) if new == old => Some(Ignored::Duplicate),
                (Some(new), Some(old)) if new > old || is_earlier(known, time) => None,
                (Some(_), Some(_)) => Some(Ignored::Old),
                _ => is_earlier(time, known).then_some(Ignored::Old),
            };
            if let Some(ignored) = ignored
                && (ignored == Ignored::Duplicate || self.is_still_old(OLD_IN_A_ROW))
            {
                return Step::Ignored(ignored);
            }
        }
        self.replace(snapshot, now)
    }

    /// An answered book where the stream sends sides: only to begin with.
    fn on_both_sides(&mut self, snapshot: &Snapshot<S>, now: Instant) -> Step {
        if matches!(self.state, State::Synced { .. }) {
            return Step::Ignored(Ignored::Old);
        }
        let mut step = Step::Ignored(Ignored::Old);
        // Sides that the stream has pushed are newer.
        for (side, came, levels) in [
            (BookSide::Bid, self.sides.bid.came, &snapshot.bids),
            (BookSide::Ask, self.sides.ask.came, &snapshot.asks),
        ] {
            if !came {
                let Snapshot { time, limit, .. } = *snapshot;
                step = self.on_side(SideUpdate { side, levels: levels.clone(), time, limit }, now);
            }
        }
        step
    }

    /// A whole book in a stream of changes: with those that wait, or not at all.
    fn adopt(&mut self, snapshot: &Snapshot<S>, now: Instant) -> Step {
        let Some(sequence) = snapshot.sequence else { return Step::Ignored(Ignored::Unnumbered) };
        while self.waiting.front().is_some_and(|delta| delta.ids.last <= sequence) {
            self.waiting.pop_front();
        }
        if let Some(delta) = self.waiting.front()
            && self.rule.link.place(delta.ids, sequence, true) != Place::Next
        {
            return Step::SnapshotTooOld { snapshot: sequence, first: delta.ids.first };
        }
        self.replace(snapshot, now)
    }

    /// Makes the book this one, and takes in what waits, which follows it.
    fn replace(&mut self, snapshot: &Snapshot<S>, now: Instant) -> Step {
        if let Err(negative) = self.book.snapshot(snapshot) {
            return self.lose(Cause::Malformed(negative), now);
        }
        self.unlinked = true;
        self.enter(snapshot.sequence, now)
    }

    fn enter(&mut self, sequence: Option<u64>, now: Instant) -> Step {
        self.old = 0;
        self.at_start = false;
        self.state = State::Synced { sequence };
        self.since.get_or_insert(now);
        let applied = self.waiting.len();
        while let Some(delta) = self.waiting.pop_front() {
            self.take(&delta);
        }
        Step::Synced { applied, crossed: self.book.is_crossed() }
    }

    /// Takes the next change in. Its sizes were checked when it came.
    #[inline]
    fn take(&mut self, delta: &Delta<S>) {
        if self.book.apply(delta).is_ok() {
            self.unlinked = false;
            self.old = 0;
            self.state = State::Synced { sequence: Some(delta.ids.last) };
        }
    }

    /// Keeps a change until a snapshot comes. Those that wait follow each other: after a gap the older ones are
    /// of no use, since a snapshot that they follow is too old for the newer ones.
    fn wait(&mut self, delta: Delta<S>) -> Step {
        self.has_come();
        let before = self.waiting.len();
        if let Some(last) = self.waiting.back().map(|delta: &Delta<S>| delta.ids.last) {
            match self.rule.link.place(delta.ids, last, false) {
                Place::Next => {}
                Place::Old if self.is_still_old(OLD_IN_A_ROW) => return Step::Ignored(Ignored::Old),
                // The venue counts anew: what was asked for before is of the old count.
                Place::Old => {
                    self.waiting.clear();
                    self.epoch += 1;
                }
                Place::Gap { .. } => self.waiting.clear(),
            }
        }
        self.old = 0;
        if self.waiting.len() >= self.room {
            self.waiting.pop_front();
        }
        let dropped = self.waiting.len() < before;
        self.waiting.push_back(delta);
        Step::Buffered { dropped }
    }

    fn has_come(&mut self) {
        if self.state == State::Empty {
            self.state = State::Buffering;
        }
    }

    /// Counts an old message; false when there are too many in a row to be believed.
    fn is_still_old(&mut self, most: u32) -> bool {
        self.old += 1;
        self.old < most
    }

    /// Everything so far is of no use: an answer on its way neither.
    fn lose(&mut self, cause: Cause, now: Instant) -> Step {
        self.leave(cause, now);
        self.epoch += 1;
        Step::Lost(cause)
    }

    fn leave(&mut self, cause: Cause, now: Instant) {
        if let Some(since) = self.since.take() {
            self.backoff.broke_after(now.saturating_duration_since(since));
        }
        self.state = State::Stale(cause);
        self.waiting.clear();
        self.unlinked = true;
        self.old = 0;
        self.at_start = false;
        self.sides = Sides::new();
    }
}

/// Whether a time is known to be earlier than another.
fn is_earlier(time: Option<Millis>, than: Option<Millis>) -> bool {
    matches!((time, than), (Some(time), Some(than)) if time < than)
}
