//! Any drop, double or disorder of a log ends equal to the venue's book or announced, never silently different.

use std::time::Instant;

use proptest::prelude::*;

use super::reference::{History, history};
use crate::book::{
    BookSide, BookSync, Cause, Continuity, Delta, Ids, Ignored, Link, Reset, SideUpdate, Snapshot, Source,
    State, Step,
};
use crate::{Millis, Qty};

/// Messages at the end of a history that no fault touches.
const CLEAN: usize = 3;

#[derive(Debug, Clone, Copy)]
enum Item {
    Message(usize),
    Reset(Reset),
    /// A whole book that nobody has asked for, so many numbers from where the stream is.
    Whole(i64),
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    Drop,
    Double,
    Swap,
    Delay(usize),
    /// So many messages come a second time.
    Replay(usize),
    /// So many messages are lost, which is said.
    Cut(usize, Reset),
    Whole(i64),
}

fn fault() -> impl Strategy<Value = Fault> {
    let reset = prop::sample::select(vec![Reset::Reconnected, Reset::Lagged, Reset::Lost]);
    prop_oneof![
        3 => Just(Fault::Drop),
        2 => Just(Fault::Double),
        2 => Just(Fault::Swap),
        1 => (2usize..8).prop_map(Fault::Delay),
        1 => (2usize..24).prop_map(Fault::Replay),
        1 => (0usize..5, reset).prop_map(|(lost, reset)| Fault::Cut(lost, reset)),
        1 => (-12i64..12).prop_map(Fault::Whole),
    ]
}

/// How a need for a snapshot is met: so many messages later, so many numbers from where the stream is then.
type Answer = (usize, i64);

#[derive(Debug, Clone)]
struct Script {
    faults: Vec<(prop::sample::Index, Fault)>,
    answers: Vec<Answer>,
    limit: Option<usize>,
    room: usize,
}

fn script() -> impl Strategy<Value = Script> {
    (
        prop::collection::vec((any::<prop::sample::Index>(), fault()), 0..8),
        prop::collection::vec((0usize..6, -8i64..8), 1..6),
        prop_oneof![2 => Just(None), 1 => (1usize..6).prop_map(Some)],
        prop_oneof![1 => 1usize..6, 2 => Just(1024)],
    )
        .prop_map(|(faults, answers, limit, room)| Script { faults, answers, limit, room })
}

/// The log as it arrives.
fn arrivals(messages: usize, faults: &[(prop::sample::Index, Fault)]) -> Vec<Item> {
    let mut log: Vec<Item> = (0..messages - CLEAN).map(Item::Message).collect();
    for (place, fault) in faults {
        if log.is_empty() {
            break;
        }
        let at = place.index(log.len());
        match *fault {
            Fault::Drop => {
                log.remove(at);
            }
            Fault::Double => log.insert(at, log[at]),
            Fault::Swap => {
                let next = (at + 1).min(log.len() - 1);
                log.swap(at, next);
            }
            Fault::Delay(by) => {
                let item = log.remove(at);
                log.insert((at + by).min(log.len()), item);
            }
            Fault::Replay(count) => {
                let end = (at + count).min(log.len());
                let again = log[at..end].to_vec();
                log.splice(end..end, again);
            }
            Fault::Cut(lost, reset) => {
                let end = (at + lost).min(log.len());
                log.splice(at..end, [Item::Reset(reset)]);
            }
            Fault::Whole(offset) => log.insert(at, Item::Whole(offset)),
        }
    }
    log.extend((messages - CLEAN..messages).map(Item::Message));
    log
}

/// A client of a venue whose stream arrives with faults.
struct Client<'a> {
    history: &'a History,
    sync: BookSync<Qty>,
    now: Instant,
    limit: Option<usize>,
    /// Where the stream is.
    place: u64,
    /// The greatest number that has come since the last time that the book was said to begin anew.
    seen: u64,
}

impl<'a> Client<'a> {
    fn new(rule: Continuity, history: &'a History, script: &Script) -> Self {
        let sync = BookSync::new(rule).buffer(script.room);
        Self { history, sync, now: Instant::now(), limit: script.limit, place: history.at(0), seen: 0 }
    }

    /// What must hold after each step: synced is equal, and holds all that has come.
    fn check(&self, step: Step) -> Result<(), TestCaseError> {
        match self.sync.state() {
            State::Synced { sequence } => {
                let book = self.sync.book().unwrap();
                prop_assert_eq!(book.sequence(), sequence, "after {:?}", step);
                let number = sequence.unwrap();
                prop_assert!(
                    number >= self.seen,
                    "{} came, the book stands at {}: {:?}",
                    self.seen,
                    number,
                    step
                );
                let Some(theirs) = self.history.books.get(&number) else {
                    return Err(TestCaseError::fail(format!("there is no {number}")));
                };
                theirs.check(book)?;
                prop_assert!(!self.sync.needs_snapshot());
            }
            state => {
                prop_assert_eq!(self.sync.book().unwrap_err(), state);
                prop_assert!(self.sync.needs_snapshot());
            }
        }
        Ok(())
    }

    fn number(&self, offset: i64) -> u64 {
        self.history.at(self.place.saturating_add_signed(offset).min(self.history.end()))
    }

    fn message(&mut self, delta: &Delta<Qty>) -> Result<(), TestCaseError> {
        let before = self.sync.state();
        let step = self.sync.on_delta(delta.clone(), self.now);
        let last = delta.ids.last;
        self.place = self.place.max(last);
        // A count that goes back is announced; what came before it is of another count.
        let anew = matches!(step, Step::Lost(Cause::WentBack { .. }) | Step::Buffered { dropped: true });
        self.seen = if anew { last } else { self.seen.max(last) };
        // A book that was equal and is no more says so in the same step.
        if matches!(before, State::Synced { .. }) && self.sync.needs_snapshot() {
            prop_assert!(matches!(step, Step::Gap { .. } | Step::Lost(_)), "{:?}", step);
        }
        self.check(step)
    }

    fn reset(&mut self, reset: Reset) -> Result<(), TestCaseError> {
        let step = self.sync.on_reset(reset, self.now);
        self.seen = 0;
        prop_assert!(matches!(step, Step::Lost(Cause::Reset(_))));
        prop_assert!(self.sync.needs_snapshot());
        self.check(step)
    }

    /// A whole book as the rule's source brings it.
    fn whole(&mut self, ticket: crate::book::Ticket, number: u64) -> Result<(), TestCaseError> {
        let snapshot = self.history.snapshot(number, self.limit);
        let step = match self.sync.rule().source {
            Source::Request => self.sync.on_answer(ticket, &snapshot, self.now),
            Source::Stream => {
                let synced = !self.sync.needs_snapshot();
                let step = self.sync.on_snapshot(&snapshot, self.now);
                if synced && matches!(step, Step::Synced { .. }) {
                    // It counts, even if it takes the book back.
                    self.seen = number;
                }
                step
            }
            Source::FirstMessage => {
                self.reset(Reset::Resubscribed)?;
                let Snapshot { bids, asks, .. } = self.history.snapshot(number, None);
                let first = Delta::new(Ids::range(1, number)).bids(bids).asks(asks);
                self.sync.on_delta(first, self.now)
            }
        };
        self.check(step)
    }

    /// What a venue of that kind sends first on a new connection.
    fn first_message(&mut self, reset: Reset) -> Result<(), TestCaseError> {
        if self.sync.rule().source == Source::FirstMessage && reset == Reset::Reconnected {
            self.whole(self.sync.ticket(), self.number(0))?;
        }
        Ok(())
    }

    fn run(&mut self, script: &Script) -> Result<(), TestCaseError> {
        self.first_message(Reset::Reconnected)?;
        let mut answers = script.answers.iter().cycle();
        let mut asked = None;
        let log = arrivals(self.history.messages.len(), &script.faults);
        let clean = log.len() - CLEAN;
        for (at, item) in log.into_iter().enumerate() {
            match item {
                Item::Message(index) => self.message(&self.history.messages[index].clone())?,
                Item::Reset(reset) => {
                    self.reset(reset)?;
                    self.first_message(reset)?;
                }
                Item::Whole(offset) => self.whole(self.sync.ticket(), self.number(offset))?,
            }
            if self.sync.needs_snapshot() && asked.is_none() {
                let (wait, offset) = *answers.next().unwrap();
                asked = Some((self.sync.ticket(), wait, offset));
            }
            match asked {
                Some((ticket, 0, offset)) => {
                    asked = None;
                    // Late answers are a fault too; and a first message is in order with its stream.
                    let honest = at >= clean || self.sync.rule().source == Source::FirstMessage;
                    let offset = if honest { offset.max(0) } else { offset };
                    self.whole(ticket, self.number(offset))?;
                }
                Some((_, ref mut wait, _)) => *wait -= 1,
                None => {}
            }
        }
        // The faults are over: with a fresh snapshot, if one is needed, all is well.
        if self.sync.needs_snapshot() {
            self.whole(self.sync.ticket(), self.history.end())?;
        }
        prop_assert_eq!(self.sync.state(), State::Synced { sequence: Some(self.history.end()) });
        Ok(())
    }
}

fn holds(rule: Continuity, history: &History, script: &Script) -> Result<(), TestCaseError> {
    Client::new(rule, history, script).run(script)
}

proptest! {
    #[test]
    fn versions_with_pushed_snapshots(history in history(Link::Version), script in script()) {
        holds(Continuity::VERSION, &history, &script)?;
    }

    #[test]
    fn ranges_with_snapshots_from_requests(history in history(Link::Range), script in script()) {
        holds(Continuity::RANGE_FROM_REQUEST, &history, &script)?;
    }

    #[test]
    fn ranges_with_pushed_snapshots(history in history(Link::Range), script in script()) {
        holds(Continuity::RANGE, &history, &script)?;
    }

    #[test]
    fn ranges_that_name_the_one_before(history in history(Link::Previous), script in script()) {
        holds(Continuity::PREVIOUS_FROM_REQUEST, &history, &script)?;
    }

    #[test]
    fn ranges_whose_first_message_is_the_book(history in history(Link::Range), script in script()) {
        let rule = Continuity { link: Link::Range, source: Source::FirstMessage };
        holds(rule, &history, &script)?;
    }

    #[test]
    fn whole_books(history in history(Link::Version), script in script(), numbered: bool) {
        let now = Instant::now();
        let mut sync = BookSync::new(Continuity::WHOLE);
        let mut newest = 0;
        let mut old = 0;
        for item in arrivals(history.messages.len(), &script.faults) {
            let Item::Message(index) = item else {
                let _ = sync.on_reset(Reset::Reconnected, now);
                (newest, old) = (0, 0);
                prop_assert!(sync.book().is_err());
                continue;
            };
            let number = history.messages[index].ids.last;
            let mut snapshot = history.snapshot(number, script.limit);
            if !numbered {
                snapshot.sequence = None;
            }
            let step = sync.on_snapshot(&snapshot, now);
            match step {
                Step::Synced { .. } => {
                    // An older one only counts when there is no end of them.
                    prop_assert!(number >= newest || old >= 15, "{} after {}", number, newest);
                    (newest, old) = (number, 0);
                }
                Step::Ignored(Ignored::Duplicate) => prop_assert!(numbered && number == newest),
                Step::Ignored(Ignored::Old) => {
                    prop_assert!(number < newest);
                    old += 1;
                }
                step => return Err(TestCaseError::fail(format!("{step:?}"))),
            }
            let book = sync.book().unwrap();
            prop_assert_eq!(book.time(), Some(Millis::new(i64::try_from(newest).unwrap())));
            history.books[&newest].check(book)?;
        }
        prop_assert_eq!(newest, history.end());
    }

    #[test]
    fn sides_one_by_one(history in history(Link::Version), script in script()) {
        let now = Instant::now();
        let mut sync = BookSync::new(Continuity::SIDES);
        // The newest of each side since the last reset.
        let mut newest: [Option<u64>; 2] = [None, None];
        let mut old = 0;
        for item in arrivals(history.messages.len(), &script.faults) {
            let Item::Message(index) = item else {
                let _ = sync.on_reset(Reset::Reconnected, now);
                newest = [None, None];
                old = 0;
                prop_assert!(sync.book().is_err());
                continue;
            };
            let number = history.messages[index].ids.last;
            // The last two of a history are one of each side.
            let side = if index % 2 == 0 { BookSide::Bid } else { BookSide::Ask };
            let levels = history.books[&number].levels(side, script.limit);
            let time = Some(Millis::new(i64::try_from(number).unwrap()));
            let step = sync.on_side(SideUpdate { side, levels, time, limit: script.limit }, now);
            let newest_here = &mut newest[index % 2];
            match step {
                Step::Ignored(Ignored::Old) => {
                    prop_assert!(newest_here.is_some_and(|newest| number < newest));
                    old += 1;
                }
                Step::Synced { .. } | Step::Applied { .. } | Step::Buffered { .. } => {
                    prop_assert!(newest_here.is_none_or(|newest| number >= newest) || old >= 15);
                    *newest_here = Some(number);
                    old = 0;
                }
                step => return Err(TestCaseError::fail(format!("{step:?}"))),
            }
            match newest {
                [Some(bids), Some(asks)] => {
                    let book = sync.book().unwrap();
                    history.books[&bids].check_side(BookSide::Bid, book)?;
                    history.books[&asks].check_side(BookSide::Ask, book)?;
                }
                _ => prop_assert!(sync.book().is_err(), "a book of one side"),
            }
        }
        let ends = newest.map(Option::unwrap_or_default);
        prop_assert!(ends.contains(&history.end()));
    }
}
