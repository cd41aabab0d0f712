//! Venues with state: what each makes of its requests over the one engine.
//!
//! A dialect is a folder or a file: it names its instruments and its first funds, turns a checked request into
//! calls of the engine, and writes what came of it in the venue's own shape.

mod ask;
mod bitmart;
mod chain;
mod hashkey;
mod hibt;
mod interval;
mod keys;
mod market;
mod memory;
mod page;
mod pumpkin;
mod tokens;
mod vault;
mod wex_futures;
mod wex_spot;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rust_decimal::Decimal;

pub(crate) use ask::Ask;
use chain::Chain;
pub(crate) use interval::Interval;
use keys::Keys;
pub(crate) use memory::Moved;
pub(crate) use tokens::Tokens;
pub(crate) use vault::Vault;

use crate::engine::{AccountId, Engine, Event, InstrumentId, Refused, Slot};
use crate::json::quote;
use crate::refusal::{Refusal, Why};
use crate::which::Which;
use crate::ws::{Behind, Feed, Log};

/// JSON, written.
pub(crate) type Json = String;

/// What a venue makes of requests.
pub(crate) trait Dialect: fmt::Debug + Send + Sync {
    /// Does what the request asks for and answers with the data of the answer; `None` where this endpoint has
    /// no state, and the documented example is the answer.
    fn execute(&self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>>;

    /// The whole body of a success, from its data.
    fn envelope(&self, ask: &Ask<'_>, data: &str, trace: &str) -> Json;

    /// Its streams, where they are spoken here.
    fn feed(&self) -> Option<&'static dyn Feed> {
        None
    }
}

/// All that a venue remembers.
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
    /// Deposits and withdrawals.
    pub(crate) chain: Chain,
    /// Keys of private streams.
    pub(crate) tokens: Tokens,
    /// What comes in from outside, and goes out.
    pub(crate) vault: Vault,
    /// Symbols that the account's owner has marked.
    pub(crate) favourites: Vec<String>,
    /// Positions that are to be given margin by themselves.
    pub(crate) auto_margin: BTreeSet<(InstrumentId, Slot)>,
    /// What Pumpkin remembers besides.
    pub(crate) pumpkin: pumpkin::Notes,
    /// For what has to look random.
    pub(crate) rng: fastrand::Rng,
    /// How many things have been numbered that the engine has no numbers for.
    serial: u64,
}

/// What sets the state's chance apart from that of credentials.
const SALT: u64 = 0x0073_7461_7465;

impl State {
    /// A state with an account that is already in the engine.
    pub(crate) fn new(mut engine: Engine, account: AccountId, seed: u64) -> Self {
        let vault = Vault::new(&mut engine, seed);
        Self {
            engine,
            account,
            others: Vec::new(),
            moved: Moved::default(),
            keys: Keys::default(),
            chain: Chain::default(),
            tokens: Tokens::seeded(seed),
            vault,
            favourites: Vec::new(),
            auto_margin: BTreeSet::new(),
            pumpkin: pumpkin::Notes::default(),
            // Not what credentials are, which come from the same seed.
            rng: fastrand::Rng::with_seed(seed ^ SALT),
            serial: 0,
        }
    }

    /// 0 at first, and one more each time.
    pub(crate) fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial - 1
    }

    /// Whether the market can do something to the account: fill an order, or fire a trigger.
    pub(crate) fn waits_for_the_market(&self) -> bool {
        let account = self.engine.account(self.account);
        !account.open.is_empty() || !account.waiting.is_empty()
    }
}

/// What the keys of private streams are filed under.
pub(crate) const LISTEN_KEY: &str = "listen key";

/// A venue's state with the dialect it is spoken to in.
#[derive(Debug)]
pub(crate) struct World {
    dialect: &'static dyn Dialect,
    state: Mutex<State>,
    log: Log,
}

impl World {
    /// The world of a venue at its start; `None` where a venue has no state here.
    pub(crate) fn of(which: Which, seed: u64, now_ms: i64) -> Option<Self> {
        match which {
            Which::BitMart => Some(Self::new(&bitmart::BitMart, bitmart::start(seed, now_ms))),
            Which::HashKey => Some(Self::new(&hashkey::HashKey, hashkey::start(seed, now_ms))),
            Which::Hibt => Some(Self::new(&hibt::Hibt, hibt::start(seed, now_ms))),
            Which::WexSpot => Some(Self::new(&wex_spot::WexSpot, wex_spot::start(seed, now_ms))),
            Which::WexFutures => Some(Self::new(&wex_futures::WexFutures, wex_futures::start(seed, now_ms))),
            Which::Pumpkin => Some(Self::new(&pumpkin::Pumpkin, pumpkin::start(seed, now_ms))),
        }
    }

    fn new(dialect: &'static dyn Dialect, state: State) -> Self {
        Self { dialect, state: Mutex::new(state), log: Log::default() }
    }

    /// The state at a time: the market has moved up to it.
    fn at(&self, now_ms: i64) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.log.append(state.engine.advance(now_ms));
        state
    }

    /// Does something with the state at a time; what comes of it is told at once.
    pub(crate) fn with<R>(&self, now_ms: i64, work: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.at(now_ms);
        let keys = state.keys.changes();
        let done = work(&mut state);
        self.log.append(state.engine.advance(now_ms));
        if state.keys.changes() != keys {
            self.log.wake();
        }
        done
    }

    /// The state as it was left.
    pub(crate) fn peek<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
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
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if is_watching {
            self.log.append(state.engine.advance(now_ms));
        }
        self.log.read(cursor, |news| work(&mut state, news))
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    pub(crate) fn feed(&self) -> Option<&'static dyn Feed> {
        self.dialect.feed()
    }

    pub(crate) fn execute(&self, ask: &Ask<'_>, trace: &str) -> Option<Result<Json, Refusal>> {
        let data = self.with(ask.now_ms, |state| self.dialect.execute(state, ask))?;
        Some(data.map(|data| self.dialect.envelope(ask, &data, trace)))
    }

    /// Whether a private stream would be opened with this key.
    pub(crate) fn takes_listen_key(&self, key: &str, now_ms: i64) -> bool {
        self.at(now_ms).tokens.is_valid(LISTEN_KEY, key, now_ms)
    }

    pub(crate) fn last_price(&self, symbol: &str, now_ms: i64) -> Option<Decimal> {
        let state = self.at(now_ms);
        let id = state.engine.find(symbol)?;
        Some(state.engine.last_price(id))
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
