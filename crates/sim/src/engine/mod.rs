//! A small exchange: price-time matching, spot balances, linear and inverse contracts, triggers, and a background
//! market.
//!
//! It knows no venue's name, does no I/O and reads no clock: time is an argument, randomness comes from a
//! seed, and so the same calls give the same state. Amounts are exact decimals throughout; only a quotient
//! (an average price, the margin of a leveraged position) is rounded, to twelve decimals.
//!
//! What it leaves out: funding, liquidation, risk brackets, auto-deleveraging.

mod account;
mod advance;
mod amend;
mod basis;
mod batch;
mod book;
mod ending;
mod event;
mod fire;
mod history;
mod ledger;
mod margin;
mod market;
mod matching;
mod order;
mod past;
mod place;
mod settle;
mod sides;
mod tape;
mod trigger;
mod types;
mod wallets;
mod within;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub use account::{Account, Position, Setting, Wallet};
pub use ending::Ended;
pub use event::Event;
pub use history::{Fill, Flow, FlowKind, Transfer};
pub use ledger::{Entry, EntryKind};
pub use order::{NewOrder, Order, Preset, Size, Status};
pub use past::PastPosition;
pub use rust_decimal::Decimal;
pub use tape::{Candle, PublicTrade, Tape};
pub use trigger::{Direction, NewTrigger, Trigger, TriggerKind, TriggerStatus};
pub use types::{
    AccountId, AssetId, Instrument, InstrumentId, Margin, OrderId, Pocket, PositionMode, Product, Refused,
    Side, Slot, Stp, Tif,
};

pub(crate) use place::is_multiple;

use book::Book;
use market::{Market, Reference};

/// An instrument with its book and its past.
#[derive(Debug)]
struct Listed {
    instrument: Arc<Instrument>,
    base: AssetId,
    quote: AssetId,
    book: Book,
    tape: Tape,
    /// Triggers that wait for the price to rise, by price.
    rising: BTreeSet<(Decimal, OrderId)>,
    /// Triggers that wait for the price to fall, by price.
    falling: BTreeSet<(Decimal, OrderId)>,
    trailing: BTreeSet<OrderId>,
    reference: Reference,
    /// How often what rests at a price has changed in the book.
    revision: u64,
}

/// The exchange.
#[derive(Debug)]
pub struct Engine {
    now_ms: i64,
    assets: Vec<String>,
    listed: Vec<Listed>,
    accounts: Vec<Account>,
    /// Stands in for an account that isn't there, which only an id of another engine can name.
    nobody: Account,
    orders: HashMap<OrderId, Order>,
    triggers: HashMap<OrderId, Trigger>,
    fees: BTreeMap<AssetId, Decimal>,
    /// When all orders of an account on an instrument are to be cancelled.
    timers: BTreeMap<(AccountId, InstrumentId), i64>,
    market: Market,
    next_order: OrderId,
    next_house_order: OrderId,
    next_turn: u64,
    next_trade: u64,
    next_flow: u64,
    next_entry: u64,
    /// Positions that became smaller, with orders or triggers to be reconsidered.
    shrunk: Vec<(AccountId, InstrumentId, Slot)>,
    /// Instruments whose last price may have changed.
    moved: BTreeSet<InstrumentId>,
    /// Ids of the callers' own may be given again while they are in use.
    ids_repeat: bool,
    /// Triggers that end at a time.
    expiring: BTreeSet<(i64, OrderId)>,
    listening: bool,
    events: Vec<Event>,
    /// Prices at which a book has changed since the last time that events were taken.
    touched: BTreeSet<(InstrumentId, Side, Decimal)>,
}

/// Orders of the background market are numbered from here, so that an account's own are consecutive.
const FIRST_HOUSE_ORDER: OrderId = 1 << 60;

impl Engine {
    /// An exchange with a background market that follows from `seed`.
    #[must_use]
    pub fn new(instruments: Vec<Instrument>, seed: u64, now_ms: i64) -> Self {
        let mut engine = Self::quiet(instruments, now_ms);
        engine.open_market(seed);
        engine
    }

    /// An exchange with empty books, where nothing happens by itself.
    #[must_use]
    pub fn quiet(instruments: Vec<Instrument>, now_ms: i64) -> Self {
        let mut engine = Self {
            now_ms,
            assets: Vec::new(),
            listed: Vec::new(),
            accounts: Vec::new(),
            nobody: Account::default(),
            orders: HashMap::new(),
            triggers: HashMap::new(),
            fees: BTreeMap::new(),
            timers: BTreeMap::new(),
            market: Market::default(),
            next_order: 1,
            next_house_order: FIRST_HOUSE_ORDER,
            next_turn: 0,
            next_trade: 1,
            next_flow: 1,
            next_entry: 1,
            shrunk: Vec::new(),
            moved: BTreeSet::new(),
            ids_repeat: false,
            expiring: BTreeSet::new(),
            listening: false,
            events: Vec::new(),
            touched: BTreeSet::new(),
        };
        for instrument in instruments {
            let (base, quote) = (engine.asset(&instrument.base), engine.asset(&instrument.quote));
            engine.listed.push(Listed {
                tape: Tape::starting_at(instrument.start_price),
                reference: Reference::new(&instrument),
                revision: 0,
                instrument: Arc::new(instrument),
                base,
                quote,
                book: Book::default(),
                rising: BTreeSet::new(),
                falling: BTreeSet::new(),
                trailing: BTreeSet::new(),
            });
        }
        engine
    }

    /// The next order gets this number, the one after it the next.
    pub fn number_orders_from(&mut self, first: OrderId) {
        self.next_order = first;
    }

    /// The next trade gets this number, the one after it the next.
    pub fn number_trades_from(&mut self, first: u64) {
        self.next_trade = first;
    }

    /// Takes the next number of orders and triggers for something else, such as a group of triggers.
    pub fn take_number(&mut self) -> OrderId {
        self.next_order += 1;
        self.next_order - 1
    }

    /// From now on an id of an account's own may be given again while an order or trigger has it.
    pub fn let_client_ids_repeat(&mut self) {
        self.ids_repeat = true;
    }

    /// Opens an account, empty.
    pub fn open_account(&mut self) -> AccountId {
        self.accounts.push(Account::default());
        AccountId(self.accounts.len() - 1)
    }

    /// The asset of this name, made known if it wasn't.
    pub fn asset(&mut self, name: &str) -> AssetId {
        if let Some(id) = self.find_asset(name) {
            return id;
        }
        self.assets.push(name.to_owned());
        AssetId(self.assets.len() - 1)
    }

    /// The asset of this name.
    #[must_use]
    pub fn find_asset(&self, name: &str) -> Option<AssetId> {
        self.assets.iter().position(|known| known == name).map(AssetId)
    }

    /// An asset's name.
    #[must_use]
    pub fn asset_name(&self, asset: AssetId) -> &str {
        self.assets.get(asset.0).map(String::as_str).unwrap_or_default()
    }

    /// The instrument of this name.
    #[must_use]
    pub fn find(&self, symbol: &str) -> Option<InstrumentId> {
        self.listed.iter().position(|listed| listed.instrument.symbol == symbol).map(InstrumentId)
    }

    /// All instruments.
    pub fn instruments(&self) -> impl Iterator<Item = (InstrumentId, &Instrument)> {
        self.listed.iter().enumerate().map(|(at, listed)| (InstrumentId(at), listed.instrument.as_ref()))
    }

    /// An instrument.
    #[must_use]
    pub fn instrument(&self, id: InstrumentId) -> Option<&Instrument> {
        self.listed.get(id.0).map(|listed| listed.instrument.as_ref())
    }

    /// An instrument's public past.
    #[must_use]
    pub fn tape(&self, id: InstrumentId) -> Option<&Tape> {
        self.listed.get(id.0).map(|listed| &listed.tape)
    }

    /// The best `depth` prices of a side and what rests there, best first.
    #[must_use]
    pub fn levels(&self, id: InstrumentId, side: Side, depth: usize) -> Vec<(Decimal, Decimal)> {
        self.listed.get(id.0).map(|listed| listed.book.levels(side, depth)).unwrap_or_default()
    }

    /// The orders that rest on a side, first in line first, with what each has left.
    pub fn line(&self, id: InstrumentId, side: Side) -> impl Iterator<Item = (OrderId, Decimal, Decimal)> {
        self.listed.get(id.0).into_iter().flat_map(move |listed| listed.book.line(side))
    }

    /// The last price, zero for an unknown instrument.
    #[must_use]
    pub fn last_price(&self, id: InstrumentId) -> Decimal {
        self.listed.get(id.0).map(|listed| listed.tape.last_price()).unwrap_or_default()
    }

    /// The price the background market moves around: what mark and index prices are here. The last price in a
    /// quiet exchange.
    #[must_use]
    pub fn mark_price(&self, id: InstrumentId) -> Decimal {
        let Some(listed) = self.listed.get(id.0) else { return Decimal::ZERO };
        if self.market.is_open() { listed.reference.price() } else { listed.tape.last_price() }
    }

    /// An account; an empty one when the id is of another engine.
    #[must_use]
    pub fn account(&self, id: AccountId) -> &Account {
        self.accounts.get(id.0).unwrap_or(&self.nobody)
    }

    /// All accounts, the background market's too.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter()
    }

    /// Fees collected so far.
    #[must_use]
    pub fn fees(&self, asset: AssetId) -> Decimal {
        self.fees.get(&asset).copied().unwrap_or_default()
    }

    /// An order, while it is remembered.
    #[must_use]
    pub fn order(&self, id: OrderId) -> Option<&Order> {
        self.orders.get(&id)
    }

    /// The latest order with this id of the account's own.
    #[must_use]
    pub fn order_by_client_id(&self, account: AccountId, client_id: &str) -> Option<&Order> {
        self.orders.get(self.account(account).by_client_id.get(client_id)?)
    }

    /// An account's open orders, oldest first.
    pub fn open_orders(&self, account: AccountId) -> impl DoubleEndedIterator<Item = &Order> {
        self.account(account).open.iter().filter_map(|id| self.orders.get(id))
    }

    /// An account's finished orders, in the order of their ends; the latest are kept.
    pub fn finished_orders(&self, account: AccountId) -> impl DoubleEndedIterator<Item = &Order> {
        self.account(account).finished.iter().filter_map(|id| self.orders.get(id))
    }

    /// The time of the last [`advance`](Self::advance).
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    fn account_mut(&mut self, id: AccountId) -> &mut Account {
        match self.accounts.get_mut(id.0) {
            Some(account) => account,
            None => &mut self.nobody,
        }
    }

    fn listed_mut(&mut self, id: InstrumentId) -> Option<&mut Listed> {
        self.listed.get_mut(id.0)
    }

    fn next_flow(&mut self) -> u64 {
        self.next_flow += 1;
        self.next_flow - 1
    }
}
