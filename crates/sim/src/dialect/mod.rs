//! Venues with state: what each makes of its requests over the one engine.
//!
//! A dialect is a folder or a file: it names its instruments and its first funds, turns a checked request into
//! calls of the engine, and writes what came of it in the venue's own shape.

mod ask;
mod bitmart;
mod cursor;
mod interval;
mod memory;
mod tokens;
mod vault;
mod wex_spot;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rust_decimal::Decimal;

pub(crate) use ask::Ask;
pub(crate) use cursor::Cursor;
pub(crate) use interval::Interval;
pub(crate) use memory::Moved;
pub(crate) use tokens::Tokens;
pub(crate) use vault::Vault;

use crate::engine::{AccountId, Engine, Refused};
use crate::refusal::{Refusal, Why};
use crate::which::Which;

/// JSON, written.
pub(crate) type Json = String;

/// What a venue makes of requests.
pub(crate) trait Dialect: fmt::Debug + Send + Sync {
    /// Does what the request asks for and answers with the data of the answer; `None` where this endpoint has
    /// no state, and the documented example is the answer.
    fn execute(&self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>>;

    /// The whole body of a success, from its data.
    fn envelope(&self, ask: &Ask<'_>, data: &str, trace: &str) -> Json;
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
    pub(crate) tokens: Tokens,
    /// What comes in from outside, and goes out.
    pub(crate) vault: Vault,
    /// Own ids of rows that were refused within a request that was not.
    pub(crate) turned_down: Vec<String>,
    /// How many things have been numbered that the engine has no numbers for.
    serial: u64,
}

impl State {
    /// A state with an account that is already in the engine.
    pub(crate) fn new(mut engine: Engine, account: AccountId, seed: u64) -> Self {
        let vault = Vault::new(&mut engine, seed);
        Self {
            engine,
            account,
            others: Vec::new(),
            moved: Moved::default(),
            tokens: Tokens::seeded(seed),
            vault,
            turned_down: Vec::new(),
            serial: 0,
        }
    }

    /// 0 at first, and one more each time.
    pub(crate) fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial - 1
    }
}

/// What the keys of private streams are filed under.
pub(crate) const LISTEN_KEY: &str = "listen key";

/// A request that was executed.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The body of the answer.
    pub(crate) body: Json,
    /// Own ids of rows that were refused all the same, as often as they were.
    pub(crate) turned_down: Vec<String>,
}

/// A venue's state with the dialect it is spoken to in.
#[derive(Debug)]
pub(crate) struct World {
    dialect: &'static dyn Dialect,
    state: Mutex<State>,
}

impl World {
    /// The world of a venue at its start; `None` where a venue has no state here.
    pub(crate) fn of(which: Which, seed: u64, now_ms: i64) -> Option<Self> {
        match which {
            Which::BitMart => {
                let state = Mutex::new(bitmart::start(seed, now_ms));
                Some(Self { dialect: &bitmart::BitMart, state })
            }
            Which::WexSpot => {
                let state = Mutex::new(wex_spot::start(seed, now_ms));
                Some(Self { dialect: &wex_spot::WexSpot, state })
            }
            Which::HashKey | Which::WexFutures | Which::Hibt | Which::Pumpkin => None,
        }
    }

    /// The state at a time: the market has moved up to it.
    fn at(&self, now_ms: i64) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody listens to events yet: none are kept.
        let _ = state.engine.advance(now_ms);
        state
    }

    /// What became of a request, if it has to do with state here.
    pub(crate) fn execute(&self, ask: &Ask<'_>, trace: &str) -> Option<Result<Done, Refusal>> {
        let mut state = self.at(ask.now_ms);
        let data = self.dialect.execute(&mut state, ask)?;
        let turned_down = std::mem::take(&mut state.turned_down);
        Some(data.map(|data| Done { body: self.dialect.envelope(ask, &data, trace), turned_down }))
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
