//! What a batch of events comes to, for streams that show it.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{AccountId, Event, InstrumentId, Pocket, PublicTrade};

/// What everyone can see of it.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    books: BTreeSet<InstrumentId>,
    trades: BTreeMap<InstrumentId, Vec<PublicTrade>>,
}

impl Seen {
    pub(crate) fn of(events: &[&Event]) -> Self {
        let mut seen = Self::default();
        for event in events {
            match event {
                Event::Book { instrument, .. } => {
                    seen.books.insert(*instrument);
                }
                Event::Trade { instrument, trade } => {
                    seen.trades.entry(*instrument).or_default().push(*trade);
                }
                _ => {}
            }
        }
        seen
    }

    /// Whether a book has changed.
    pub(crate) fn book(&self, id: InstrumentId) -> bool {
        self.books.contains(&id)
    }

    /// An instrument's trades, in their order.
    pub(crate) fn trades(&self, id: InstrumentId) -> &[PublicTrade] {
        self.trades.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether an instrument was traded.
    pub(crate) fn traded(&self, id: InstrumentId) -> bool {
        self.trades.contains_key(&id)
    }
}

/// Whether an event may have changed what an account's balance for contracts shows.
pub(crate) fn concerns_money(event: &Event, account: AccountId) -> bool {
    match event {
        Event::Balance { account: of, pocket, .. } => *of == account && *pocket == Pocket::Futures,
        Event::Position { account: of, .. } | Event::Fill { account: of, .. } => *of == account,
        Event::Order(order) => order.account == account,
        _ => false,
    }
}
