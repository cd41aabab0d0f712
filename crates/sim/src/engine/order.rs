//! Orders, from the asking to the end.

use rust_decimal::Decimal;

use super::ending::Ended;
use super::types::{AccountId, InstrumentId, Margin, OrderId, Side, Slot, Stp, Tif};

/// How much an order asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// This many units: contracts, or the base asset.
    Base(Decimal),
    /// As much as this buys or brings: market orders on spot only.
    Quote(Decimal),
}

/// Take-profit and stop-loss that come to life with an order's first fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preset {
    /// Where to take the profit.
    pub take_profit: Option<Decimal>,
    /// Where to stop the loss.
    pub stop_loss: Option<Decimal>,
    /// The profit was asked to be taken by the mark price; the last price is what counts here.
    pub take_profit_by_mark: bool,
    /// The same for the loss.
    pub stop_loss_by_mark: bool,
    /// The limit of the order that takes the profit; a market order without one.
    pub take_profit_limit: Option<Decimal>,
    /// The same for the loss.
    pub stop_loss_limit: Option<Decimal>,
}

impl Preset {
    /// All prices that it names.
    pub(crate) fn prices(&self) -> impl Iterator<Item = Decimal> + use<> {
        [self.take_profit, self.stop_loss, self.take_profit_limit, self.stop_loss_limit].into_iter().flatten()
    }
}

/// An order that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// On what.
    pub instrument: InstrumentId,
    /// Buys or sells.
    pub side: Side,
    /// The position it works on; [`Slot::Net`] on spot.
    pub slot: Slot,
    /// Never opens or enlarges a position.
    pub reduce_only: bool,
    /// How much.
    pub size: Size,
    /// The limit; a market order without one.
    pub price: Option<Decimal>,
    /// How long it lives.
    pub tif: Tif,
    /// What happens against the account's own orders.
    pub stp: Stp,
    /// The caller's id.
    pub client_id: Option<String>,
    /// The account's setting when absent.
    pub leverage: Option<Decimal>,
    /// The account's setting when absent.
    pub margin: Option<Margin>,
    /// What follows its fills.
    pub preset: Preset,
}

impl NewOrder {
    /// A limit order, good till cancelled.
    #[must_use]
    pub fn limit(instrument: InstrumentId, side: Side, slot: Slot, qty: Decimal, price: Decimal) -> Self {
        Self { price: Some(price), ..Self::market(instrument, side, slot, qty) }
    }

    /// A market order.
    #[must_use]
    pub fn market(instrument: InstrumentId, side: Side, slot: Slot, qty: Decimal) -> Self {
        Self {
            instrument,
            side,
            slot,
            reduce_only: false,
            size: Size::Base(qty),
            price: None,
            tif: Tif::Gtc,
            stp: Stp::default(),
            client_id: None,
            leverage: None,
            margin: None,
            preset: Preset::default(),
        }
    }
}

/// Where an order is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Accepted, nothing filled.
    New,
    /// Resting with a part filled.
    PartiallyFilled,
    /// Filled whole.
    Filled,
    /// Ended before it was filled whole, perhaps after a part.
    Cancelled,
}

/// An order that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Order {
    /// Its number.
    pub id: OrderId,
    /// Whose it is.
    pub account: AccountId,
    /// On what.
    pub instrument: InstrumentId,
    /// Buys or sells.
    pub side: Side,
    /// The position it works on.
    pub slot: Slot,
    /// Never opens or enlarges a position.
    pub reduce_only: bool,
    /// How much was asked for; what was traded, for a market order by amount.
    pub qty: Decimal,
    /// How much a market order by amount was to spend or to bring.
    pub amount: Option<Decimal>,
    /// The limit; a market order without one.
    pub price: Option<Decimal>,
    /// How long it lives.
    pub tif: Tif,
    /// What happens against the account's own orders.
    pub stp: Stp,
    /// The caller's id; empty without one.
    pub client_id: String,
    /// The leverage of what it opens.
    pub leverage: Decimal,
    /// What stands behind what it opens.
    pub margin: Margin,
    /// What follows its fills.
    pub preset: Preset,
    /// The trigger that placed it.
    pub from_trigger: Option<OrderId>,
    /// How much is filled.
    pub filled: Decimal,
    /// Price times quantity, summed over the fills; of inverse contracts, quantity divided by the price.
    pub filled_value: Decimal,
    /// Fees of its fills, in what its fills are charged in.
    pub fees: Decimal,
    /// Profit and loss that its fills realised.
    pub realised: Decimal,
    /// The position it works on, by [`Position::opened_by`](super::Position::opened_by): the one that was
    /// there when it was accepted, or the one that its fills opened.
    pub position: Option<u64>,
    /// Where it is in its life.
    pub status: Status,
    /// Why it was cancelled; `None` unless it was.
    pub ended: Option<Ended>,
    /// When it was accepted.
    pub created_ms: i64,
    /// When it last changed.
    pub updated_ms: i64,
    /// Money set aside for it.
    pub reserved: Decimal,
    /// It is on an inverse contract.
    pub(crate) inverse: bool,
    /// How far a market order may go, where that was said.
    pub(crate) reach: Option<Decimal>,
    /// The price by which money is set aside: the limit, or the worst price in sight.
    pub(crate) basis: Decimal,
    /// Its turn among orders at its price.
    pub(crate) turn: u64,
    /// What is left to spend or to bring, for a market order by amount.
    pub(crate) budget: Option<Decimal>,
}

impl Order {
    /// Whether it rests in a book.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.status, Status::New | Status::PartiallyFilled)
    }

    /// What isn't filled.
    #[must_use]
    pub fn remaining(&self) -> Decimal {
        self.qty - self.filled
    }

    /// The average price of its fills, zero without any.
    #[must_use]
    pub fn average_price(&self) -> Decimal {
        if self.inverse {
            harmonic(self.filled, self.filled_value)
        } else {
            ratio(self.filled_value, self.filled)
        }
    }

    /// Whether it can trade against an order at `price`.
    pub(crate) fn crosses(&self, price: Decimal) -> bool {
        match (self.price.or(self.reach), self.side) {
            (None, _) => true,
            (Some(limit), Side::Buy) => limit >= price,
            (Some(limit), Side::Sell) => limit <= price,
        }
    }
}

/// An average price of inverse contracts, zero when there is nothing to divide by: values are rounded, so that
/// only so many decimals can be trusted.
pub(crate) fn harmonic(qty: Decimal, value: Decimal) -> Decimal {
    qty.checked_div(value).unwrap_or_default().round_dp(8).normalize()
}

/// A quotient with twelve decimals, zero when there is nothing to divide by.
pub(crate) fn ratio(of: Decimal, by: Decimal) -> Decimal {
    of.checked_div(by).unwrap_or_default().round_dp(12).normalize()
}
