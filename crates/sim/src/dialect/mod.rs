//! Venues with state: what each makes of its requests over the one engine.
//!
//! A dialect is a folder or a file: it names its instruments and its first funds, turns a checked request into
//! calls of the engine, and writes what came of it in the venue's own shape.

mod ask;
mod bitmart;
mod book;
mod chain;
mod hashkey;
mod hibt;
mod interval;
mod keys;
mod market;
mod memory;
mod page;
mod pumpkin;
mod seen;
mod wex_futures;
mod wex_spot;
mod words;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rust_decimal::Decimal;

pub(crate) use ask::Ask;
pub(crate) use interval::Interval;
use keys::Keys;
pub(crate) use memory::Moved;

use crate::engine::{AccountId, Engine, Event, InstrumentId, Refused};
use crate::json::quote;
use crate::refusal::{Refusal, Why};
use crate::which::Which;
use crate::ws::{Behind, Feed, Log};

/// JSON, written.
pub(crate) type Json = String;

/// What a venue makes of requests, and what it remembers that no other does.
pub(crate) trait Dialect: fmt::Debug + Send {
    /// What happens by itself in the time up to now, besides what the engine does.
    fn pass(&mut self, _: &mut State) {}

    /// When [`pass`](Self::pass) has something to do next.
    fn due_ms(&self) -> Option<i64> {
        None
    }

    /// Does what the request asks for and answers with the data of the answer; `None` where this endpoint has
    /// no state, and the documented example is the answer.
    fn execute(&mut self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>>;

    /// The whole body of a success, from its data.
    fn envelope(&self, ask: &Ask<'_>, data: &str, trace: &str) -> Json;

    /// Its streams, where they are spoken here.
    fn feed(&self) -> Option<&'static dyn Feed> {
        None
    }
}

/// What every venue remembers; what only one does is its dialect's own.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) engine: Engine,
    /// The account whose key is known.
    pub(crate) account: AccountId,
    /// Other accounts of the same owner, by name.
    pub(crate) others: Vec<(String, AccountId)>,
    /// Ids under which something was moved.
    pub(crate) moved: Moved,
    /// Keys of private streams.
    pub(crate) keys: Keys,
    /// For what has to look random.
    pub(crate) rng: fastrand::Rng,
}

/// What sets the state's chance apart from that of credentials.
const SALT: u64 = 0x0073_7461_7465;

impl State {
    /// A state with an account that is already in the engine.
    pub(crate) fn new(engine: Engine, account: AccountId, seed: u64) -> Self {
        Self {
            engine,
            account,
            others: Vec::new(),
            moved: Moved::default(),
            keys: Keys::default(),
            // Not what credentials are, which come from the same seed.
            rng: fastrand::Rng::with_seed(seed ^ SALT),
        }
    }

    /// Whether the market can do something to the account: fill an order, or fire a trigger.
    pub(crate) fn waits_for_the_market(&self) -> bool {
        let account = self.engine.account(self.account);
        !account.open.is_empty() || !account.waiting.is_empty()
    }
}

/// A venue's state with the dialect it is spoken to in.
#[derive(Debug)]
pub(crate) struct World {
    inner: Mutex<Inner>,
    feed: Option<&'static dyn Feed>,
    log: Log,
}

#[derive(Debug)]
struct Inner {
    dialect: Box<dyn Dialect>,
    state: State,
}

impl World {
    /// The world of a venue at its start.
    pub(crate) fn of(which: Which, seed: u64, now_ms: i64) -> Self {
        match which {
            Which::BitMart => Self::new(bitmart::start(seed, now_ms)),
            Which::HashKey => Self::new(hashkey::start(seed, now_ms)),
            Which::Hibt => Self::new(hibt::start(seed, now_ms)),
            Which::WexSpot => Self::new(wex_spot::start(seed, now_ms)),
            Which::WexFutures => Self::new(wex_futures::start(seed, now_ms)),
            Which::Pumpkin => Self::new(pumpkin::start(seed, now_ms)),
        }
    }

    fn new<D: Dialect + 'static>((dialect, state): (D, State)) -> Self {
        let feed = dialect.feed();
        Self { inner: Mutex::new(Inner { dialect: Box::new(dialect), state }), feed, log: Log::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state at a time: the market has moved up to it.
    fn at(&self, now_ms: i64) -> MutexGuard<'_, Inner> {
        let mut inner = self.lock();
        self.advance(&mut inner, now_ms);
        inner
    }

    fn advance(&self, Inner { dialect, state }: &mut Inner, now_ms: i64) {
        let mut events = state.engine.advance(now_ms);
        dialect.pass(state);
        events.extend(state.engine.advance(now_ms));
        self.log.append(events);
    }

    /// Does something at a time; what comes of it is told at once.
    fn work<R>(&self, now_ms: i64, work: impl FnOnce(&mut Inner) -> R) -> R {
        let mut inner = self.at(now_ms);
        let keys = inner.state.keys.changes();
        let done = work(&mut inner);
        self.log.append(inner.state.engine.advance(now_ms));
        if inner.state.keys.changes() != keys {
            self.log.wake();
        }
        done
    }

    /// Does something with the state at a time; what comes of it is told at once.
    pub(crate) fn with<R>(&self, now_ms: i64, work: impl FnOnce(&mut State) -> R) -> R {
        self.work(now_ms, |inner| work(&mut inner.state))
    }

    /// The state as it was left.
    pub(crate) fn peek<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&self.lock().state)
    }

    /// When something happens by itself next, whether anybody is watching or not.
    pub(crate) fn due_ms(&self) -> Option<i64> {
        self.lock().dialect.due_ms()
    }

    /// The state with everything that happened since `cursor`, which moves on. The market moves up to now only
    /// for who is watching.
    pub(crate) fn follow<R>(
        &self,
        now_ms: i64,
        cursor: &mut u64,
        is_watching: bool,
        work: impl FnOnce(&mut State, Result<&[&Event], Behind>) -> R,
    ) -> R {
        let mut inner = self.lock();
        if is_watching || inner.dialect.due_ms().is_some_and(|due_ms| due_ms <= now_ms) {
            self.advance(&mut inner, now_ms);
        }
        self.log.read(cursor, |news| work(&mut inner.state, news))
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    pub(crate) fn feed(&self) -> Option<&'static dyn Feed> {
        self.feed
    }

    pub(crate) fn execute(&self, ask: &Ask<'_>, trace: &str) -> Option<Result<Json, Refusal>> {
        self.work(ask.now_ms, |Inner { dialect, state }| {
            let data = dialect.execute(state, ask)?;
            Some(data.map(|data| dialect.envelope(ask, &data, trace)))
        })
    }

    /// Whether a private stream would be opened with this key.
    pub(crate) fn takes_listen_key(&self, key: &str, now_ms: i64) -> bool {
        self.peek(|state| state.keys.ends_ms(key, now_ms).is_some())
    }

    pub(crate) fn last_price(&self, symbol: &str, now_ms: i64) -> Option<Decimal> {
        let engine = &self.at(now_ms).state.engine;
        Some(engine.last_price(engine.find(symbol)?))
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::UnknownInstrument => Why::UnknownSymbol,
            Refused::UnknownOrder => Why::UnknownOrderId,
            Refused::Finished => Why::OrderFinished,
            Refused::Funds => Why::MarginShort,
            Refused::Tick | Refused::Lot => Why::Precision,
            Refused::PriceRange | Refused::QtyRange => Why::OutOfRange,
            Refused::DuplicateClientId => Why::OwnIdTaken,
            Refused::NoPosition => Why::PositionMissing,
            Refused::PositionTooSmall => Why::PositionShort,
            Refused::LeverageHigh => Why::LeverageHigh,
            Refused::LeverageLow => Why::LeverageLow,
            Refused::TooManyTriggers => Why::TooManyPlans,
            Refused::ModeInUse | Refused::WrongKind => Why::NotAllowed,
        }
        .into()
    }
}

/// A decimal of a table; 1 where the table is wrong.
pub(crate) fn number(text: &str) -> Decimal {
    text.parse().unwrap_or(Decimal::ONE)
}

/// A decimal as venues write it: no exponent, no zeros at the end.
pub(crate) fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// The same as a JSON string.
pub(crate) fn quoted(number: Decimal) -> Json {
    format!("\"{}\"", plain(number))
}

/// An instrument's name as a JSON string.
pub(crate) fn symbol(engine: &Engine, id: InstrumentId) -> Json {
    quote(engine.instrument(id).map(|instrument| instrument.symbol.as_str()).unwrap_or_default())
}
