//! What the engine did, for whoever pushes it on.

use rust_decimal::Decimal;

use super::account::{Position, Wallet};
use super::history::Fill;
use super::order::Order;
use super::tape::PublicTrade;
use super::trigger::Trigger;
use super::types::{AccountId, AssetId, InstrumentId, Pocket, Side, Slot};

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A trade, as everyone sees it.
    Trade {
        /// On what.
        instrument: InstrumentId,
        /// The trade.
        trade: PublicTrade,
    },
    /// What rests at a price now; nothing when zero.
    Book {
        /// Of what.
        instrument: InstrumentId,
        /// On which side.
        side: Side,
        /// At which price.
        price: Decimal,
        /// How much.
        qty: Decimal,
    },
    /// An order as it is now.
    Order(Box<Order>),
    /// A trigger as it is now.
    Trigger(Box<Trigger>),
    /// A fill of an account's order.
    Fill {
        /// Whose.
        account: AccountId,
        /// The fill.
        fill: Box<Fill>,
    },
    /// A wallet as it is now.
    Balance {
        /// Whose.
        account: AccountId,
        /// Which pocket.
        pocket: Pocket,
        /// Of what.
        asset: AssetId,
        /// What is in it.
        wallet: Wallet,
    },
    /// A position as it is now.
    Position {
        /// Whose.
        account: AccountId,
        /// On what.
        instrument: InstrumentId,
        /// Which one.
        slot: Slot,
        /// The position.
        position: Box<Position>,
    },
}
