//! Venues with state: what each makes of its requests over the one engine.
//!
//! A dialect is a folder or a file: it names its instruments and its first funds, turns a checked request into
//! calls of the engine, and writes what came of it in the venue's own shape.

mod ask;
mod bitmart;
mod market;
mod page;
mod pumpkin;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rust_decimal::Decimal;

pub(crate) use ask::Ask;

use crate::engine::{AccountId, Engine, InstrumentId, Refused};
use crate::json::quote;
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
    /// Ids under which something was moved, latest last.
    pub(crate) moved: std::collections::VecDeque<String>,
    /// What Pumpkin remembers besides.
    pub(crate) pumpkin: pumpkin::Notes,
}

impl State {
    fn new(engine: Engine, account: AccountId) -> Self {
        Self {
            engine,
            account,
            others: Vec::new(),
            moved: std::collections::VecDeque::new(),
            pumpkin: pumpkin::Notes::default(),
        }
    }
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
            Which::Pumpkin => {
                let state = Mutex::new(pumpkin::start(seed, now_ms));
                Some(Self { dialect: &pumpkin::Pumpkin, state })
            }
            Which::HashKey | Which::WexSpot | Which::WexFutures | Which::Hibt => None,
        }
    }

    /// The state at a time: the market has moved up to it.
    fn at(&self, now_ms: i64) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody listens to events yet: none are kept.
        let _ = state.engine.advance(now_ms);
        state
    }

    pub(crate) fn execute(&self, ask: &Ask<'_>, trace: &str) -> Option<Result<Json, Refusal>> {
        let data = self.dialect.execute(&mut self.at(ask.now_ms), ask)?;
        Some(data.map(|data| self.dialect.envelope(ask, &data, trace)))
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
