//! An hour of a venue's time with a fault every few seconds: what its books showed is held against what the engine
//! was, and what its account did against what was pushed.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fastrand::Rng;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use venue_core::book::{BookReader, BookSide, OrderBook, Size, State};
use venue_core::ws::{BookChannel, BookEvent, Event, LiveBook, Subscription};
use venue_core::{Decimal, Rows};
use venue_sim::{Book, Running, Script};

const HOUR: Duration = Duration::from_secs(3600);
/// After this everything that was missing has been told or made good.
const SETTLE: Duration = Duration::from_secs(180);
/// How often books are looked at.
const STEP: Duration = Duration::from_millis(100);
/// An event may be on its way for so long after the hole that it fell into has ended.
const SLACK: Duration = Duration::from_secs(1);

/// What a book shows, as a number.
type Print = u64;

fn print(
    shown: usize,
    bids: impl Iterator<Item = (Decimal, Decimal)>,
    asks: impl Iterator<Item = (Decimal, Decimal)>,
) -> Print {
    let mut hasher = DefaultHasher::new();
    for (price, size) in bids.take(shown).chain(asks.take(shown)) {
        (price.normalize(), size.normalize()).hash(&mut hasher);
    }
    hasher.finish()
}

/// A book of the engine: looked at often, made a number of only when it has changed.
#[derive(Debug)]
struct Engine {
    symbol: &'static str,
    book: Book,
    print: Print,
}

impl Engine {
    fn of(venue: &Running, symbol: &'static str, shown: usize) -> Self {
        let book = venue.book(symbol).expect("it is traded");
        let print = print(shown, book.bids.iter().copied(), book.asks.iter().copied());
        Self { symbol, book, print }
    }

    fn look(&mut self, venue: &Running, shown: usize) -> Print {
        if venue.book(self.symbol).as_ref() != Some(&self.book) {
            *self = Self::of(venue, self.symbol, shown);
        }
        self.print
    }
}

/// What a reader shows, with the same economy: while the last book is held, its place isn't used for another.
fn shown_by<S: Size>(reader: BookReader<S>, shown: usize) -> impl FnMut() -> Result<Print, State> {
    let mut last: Option<(Arc<OrderBook<S>>, Print)> = None;
    move || {
        let book = reader.book()?;
        match &last {
            Some((known, print)) if Arc::ptr_eq(known, &book) => Ok(*print),
            _ => {
                let side =
                    |side| book.levels(side).map(|level| (level.price.decimal(), level.size.decimal()));
                let print = print(shown, side(BookSide::Bid), side(BookSide::Ask));
                last = Some((book, print));
                Ok(print)
            }
        }
    }
}

/// What of a local book must be the venue's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Both sides of one moment.
    OneMoment,
    /// Each side of a moment of its own.
    TwoMoments,
}

struct Watched {
    name: String,
    symbol: &'static str,
    of: Of,
    print: Box<dyn FnMut() -> Result<Print, State>>,
}

#[derive(Debug, Default)]
struct Seen {
    synced: u32,
    lost: u32,
    gaps: u32,
    finished: BTreeSet<String>,
    /// From when to when something of the orders may be missing.
    holes: Vec<(Instant, Option<Instant>)>,
}

impl Seen {
    fn of_book(&mut self, event: &BookEvent) {
        match event {
            BookEvent::Synced => self.synced += 1,
            BookEvent::Lost(_) => self.lost += 1,
            BookEvent::Stream(Event::Gap(_)) => self.gaps += 1,
            _ => {}
        }
    }

    fn of_orders<T>(&mut self, event: &Event<Rows<T>>, finished: fn(&T) -> Option<String>) {
        let now = Instant::now();
        assert!(!matches!(event, Event::Lagged { .. }), "a task that only counts isn't too slow");
        match event {
            Event::Data(rows) => {
                assert!(rows.bad().is_empty(), "{:?}", rows.bad());
                self.finished.extend(rows.iter().filter_map(finished));
            }
            Event::Live => {
                if let Some((_, until @ None)) = self.holes.last_mut() {
                    *until = Some(now);
                }
            }
            Event::Unreadable(_) => self.holes.push((now, Some(now))),
            Event::Gap(_) | Event::Rejected(_) | Event::Stale { .. }
                if !matches!(self.holes.last(), Some((_, None))) =>
            {
                self.holes.push((now, None));
            }
            _ => {}
        }
    }
}

/// An order of the account.
#[derive(Debug)]
pub struct Placed {
    /// The venue's id.
    pub id: String,
    /// Whether it waits, to be cancelled.
    pub rests: bool,
}

/// What there was, so that a test can say that it was enough to mean something.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// Faults that were set.
    pub faults: u32,
    /// Orders that were placed and ended.
    pub orders: usize,
    /// Orders whose end was in an announced hole.
    pub missed: usize,
    /// How often a book became equal to the venue's.
    pub synced: u32,
    /// How often a book was lost for what it was told.
    pub lost: u32,
    /// Holes in the streams of books.
    pub gaps: u32,
}

/// What is asked of books and streams.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Levels a side by which books are compared.
    pub levels: usize,
    /// The longest that a book may be of the past and not know: a dead connection looks alive until a ping of ours
    /// has gone unanswered.
    pub book: Duration,
    /// The same for the account's orders.
    pub orders: Duration,
}

/// An hour under faults; to be run with time paused.
pub struct Hour<'a> {
    venue: &'a Running,
    bounds: Bounds,
    rng: Rng,
    engine: Vec<Engine>,
    books: Vec<Watched>,
    watchers: Vec<JoinHandle<()>>,
    seen: Arc<Mutex<Seen>>,
    /// What the engine showed, and when last.
    known: HashMap<(&'static str, Print), Instant>,
}

impl fmt::Debug for Hour<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hour").field("venue", &self.venue.which()).finish_non_exhaustive()
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Hour<'a> {
    /// To be made before anything is subscribed to: from here on chance in the clients is the seed's, too.
    #[must_use]
    pub fn of(venue: &'a Running, bounds: Bounds, seed: u64) -> Self {
        fastrand::seed(seed);
        let rng = Rng::with_seed(seed);
        let (engine, books, watchers) = (Vec::new(), Vec::new(), Vec::new());
        Self { venue, bounds, rng, engine, books, watchers, seen: Arc::default(), known: HashMap::new() }
    }

    /// A book to hold against the engine's.
    pub fn watch<C>(&mut self, name: &str, symbol: &'static str, of: Of, mut book: LiveBook<C>)
    where
        C: BookChannel + Send + 'static,
    {
        let print = Box::new(shown_by(book.reader(), self.bounds.levels));
        if self.engine.iter().all(|known| known.symbol != symbol) {
            self.engine.push(Engine::of(self.venue, symbol, self.bounds.levels));
        }
        self.books.push(Watched { name: format!("{name} of {symbol}"), symbol, of, print });
        let seen = Arc::clone(&self.seen);
        let watcher = tokio::spawn(async move {
            while let Some(update) = book.next().await {
                lock(&seen).of_book(&update.event);
            }
        });
        self.watchers.push(watcher);
    }

    /// The stream of the account's orders; `finished` names an order that has come to its end.
    pub fn follow<T: Send + fmt::Debug + 'static>(
        &mut self,
        mut orders: Subscription<Rows<T>>,
        finished: fn(&T) -> Option<String>,
    ) {
        let seen = Arc::clone(&self.seen);
        let watcher = tokio::spawn(async move {
            while let Some(update) = orders.next().await {
                lock(&seen).of_orders(&update.event, finished);
            }
        });
        self.watchers.push(watcher);
    }

    /// Lets the hour pass. `faults` makes up what goes wrong next, `place` places an order, and `cancel` cancels it
    /// where it rests.
    ///
    /// # Panics
    /// When a book said that it equals the venue's and did not, doesn't equal it at the end, or an order's end
    /// was neither pushed nor lies in a hole that was announced.
    pub async fn run(
        mut self,
        faults: fn(&mut Rng) -> Vec<Script>,
        mut place: impl AsyncFnMut(&mut Rng) -> Placed,
        mut cancel: impl AsyncFnMut(&str),
    ) -> Report {
        let mut orders: Vec<(String, Instant)> = Vec::new();
        let began = Instant::now();
        let (mut next_fault, mut next_order, mut set) = (Duration::from_secs(5), Duration::from_secs(3), 0);
        while began.elapsed() < HOUR + SETTLE {
            tokio::time::sleep(STEP).await;
            let elapsed = began.elapsed();
            if elapsed >= HOUR {
                self.venue.clear_faults();
            } else {
                if elapsed >= next_fault {
                    next_fault = elapsed + Duration::from_millis(self.rng.u64(1000..6000));
                    for script in faults(&mut self.rng) {
                        self.venue.fault(script);
                        set += 1;
                    }
                }
                if elapsed >= next_order {
                    next_order = elapsed + Duration::from_millis(self.rng.u64(500..4000));
                    // What stands for a moment only may be pushed in that moment.
                    self.remember();
                    let Placed { id, rests } = place(&mut self.rng).await;
                    if rests {
                        self.remember();
                        cancel(&id).await;
                    }
                    orders.push((id, Instant::now()));
                }
            }
            self.remember();
            self.look(began);
        }
        // Their panics are their own, and their streams don't end.
        assert!(self.watchers.iter().all(|watcher| !watcher.is_finished()), "a watcher has given up");
        self.ends_equal().await;
        let missed = self.accounts_for(&orders, began);
        let seen = lock(&self.seen);
        let Seen { synced, lost, gaps, .. } = *seen;
        Report { faults: set, orders: orders.len(), missed, synced, lost, gaps }
    }

    /// What the engine shows now.
    fn remember(&mut self) {
        let now = Instant::now();
        for engine in &mut self.engine {
            let print = engine.look(self.venue, self.bounds.levels);
            self.known.insert((engine.symbol, print), now);
        }
    }

    /// Whatever a book shows as the venue's was the engine's a moment ago.
    fn look(&mut self, began: Instant) {
        let now = Instant::now();
        for book in self.books.iter_mut().filter(|book| book.of == Of::OneMoment) {
            let Ok(print) = (book.print)() else { continue };
            let age = self.known.get(&(book.symbol, print)).map(|last| now - *last);
            assert!(
                age.is_some_and(|age| age <= self.bounds.book),
                "{} is said to be the venue's at {:?}, which it was {}",
                book.name,
                now - began,
                age.map_or("never".to_owned(), |age| format!("{age:?} ago")),
            );
        }
    }

    /// The market moves and pushes follow: within seconds there is a moment at which both are the same.
    async fn ends_equal(&mut self) {
        for Watched { name, symbol, print, .. } in &mut self.books {
            let mut left = 200;
            loop {
                let engine = Engine::of(self.venue, symbol, self.bounds.levels);
                let shown = print();
                if shown == Ok(engine.print) {
                    break;
                }
                left -= 1;
                assert!(left > 0, "{name}: {shown:?}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// Every order's end was seen or lies in a hole; answers how many lie in holes.
    fn accounts_for(&self, orders: &[(String, Instant)], began: Instant) -> usize {
        let seen = lock(&self.seen);
        let mut missed = 0;
        for (id, done) in orders.iter().filter(|(id, _)| !seen.finished.contains(id)) {
            let is_announced = seen.holes.iter().any(|(from, until)| {
                *from - self.bounds.orders <= *done && until.is_none_or(|until| *done <= until + SLACK)
            });
            assert!(is_announced, "order {id}, done at {:?}", *done - began);
            missed += 1;
        }
        missed
    }
}
