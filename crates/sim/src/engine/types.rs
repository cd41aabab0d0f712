//! The words that orders, books and accounts share.

use rust_decimal::Decimal;

/// An asset's place in the engine's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AssetId(pub(crate) usize);

/// An instrument's place in the engine's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstrumentId(pub(crate) usize);

/// An account's place in the engine's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub(crate) usize);

/// An order's or a trigger's number; both come from one sequence.
pub type OrderId = u64;

/// Which way an order trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Buys.
    Buy,
    /// Sells.
    Sell,
}

impl Side {
    /// The side that it trades against.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }

    /// `amount`, negative when selling.
    #[must_use]
    pub fn signed(self, amount: Decimal) -> Decimal {
        match self {
            Self::Buy => amount,
            Self::Sell => -amount,
        }
    }
}

/// What is traded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Product {
    /// The base asset against the quote asset.
    Spot,
    /// A contract on the base asset, settled in the quote asset.
    Linear,
    /// A contract over an amount of the quote asset, settled in the base asset.
    Inverse,
}

/// Which of an account's positions an order works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// The only one, in one-way mode; long or short by its sign.
    Net,
    /// The long one, in hedge mode.
    Long,
    /// The short one, in hedge mode.
    Short,
}

/// How long an order lives, and on what terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tif {
    /// Until it is filled or cancelled.
    #[default]
    Gtc,
    /// What can't be filled at once is cancelled.
    Ioc,
    /// Filled at once and whole, or not at all.
    Fok,
    /// Cancelled instead of taking.
    PostOnly,
}

/// What happens when an order would trade with another one of its own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Stp {
    /// The resting order is cancelled.
    #[default]
    CancelMaker,
    /// The arriving order is cancelled.
    CancelTaker,
    /// Both are cancelled.
    CancelBoth,
}

/// What stands behind a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Margin {
    /// The whole wallet: losses on paper can't be spent elsewhere.
    #[default]
    Cross,
    /// Its own margin alone.
    Isolated,
}

/// Where money lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pocket {
    /// For spot orders.
    Spot,
    /// For contracts.
    Futures,
}

/// How positions are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PositionMode {
    /// A long one and a short one side by side.
    #[default]
    Hedge,
    /// One, long or short.
    OneWay,
}

/// What can be traded, and on what terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// The venue's name for it.
    pub symbol: String,
    /// Spot or a contract.
    pub product: Product,
    /// What is bought and sold.
    pub base: String,
    /// What it is paid or settled in.
    pub quote: String,
    /// Prices are multiples of this.
    pub tick: Decimal,
    /// Quantities are multiples of this.
    pub lot: Decimal,
    /// The smallest order.
    pub min_qty: Decimal,
    /// The largest order.
    pub max_qty: Decimal,
    /// How much of the base asset one unit of quantity is, of the quote asset for inverse contracts; 1 for spot.
    pub multiplier: Decimal,
    /// The highest leverage; 1 for spot.
    pub max_leverage: Decimal,
    /// Paid by resting orders, as a share of the value.
    pub maker_fee: Decimal,
    /// Paid by arriving orders, as a share of the value.
    pub taker_fee: Decimal,
    /// Where the background market starts.
    pub start_price: Decimal,
    /// What the background market's makers offer at a price, in lots, on average.
    pub usual_lots: u32,
}

impl Instrument {
    /// The value of `qty` at `price`, in the asset that it is settled in; of inverse contracts rounded to
    /// eighteen decimals.
    #[must_use]
    pub fn value(&self, price: Decimal, qty: Decimal) -> Decimal {
        match self.product {
            Product::Spot | Product::Linear => price * qty * self.multiplier,
            Product::Inverse => inverse_value(price, qty * self.multiplier),
        }
    }

    /// The most whole lots that are worth no more than `amount` at `price`.
    pub(crate) fn lots_for(&self, amount: Decimal, price: Decimal) -> Decimal {
        let one = price.checked_mul(self.multiplier).and_then(|price| price.checked_mul(self.lot));
        one.and_then(|one| amount.checked_div(one)).unwrap_or_default().floor() * self.lot
    }
}

/// What an amount of the quote asset is worth in the base asset: precise enough to find the price again.
pub(crate) fn inverse_value(price: Decimal, amount: Decimal) -> Decimal {
    amount.checked_div(price).unwrap_or_default().round_dp(18)
}

/// Why the engine won't.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refused {
    /// No such instrument.
    UnknownInstrument,
    /// No such order, or another account's.
    UnknownOrder,
    /// The order is filled or cancelled.
    Finished,
    /// Not enough free money.
    Funds,
    /// The price isn't a multiple of the tick.
    Tick,
    /// The quantity isn't a multiple of the lot.
    Lot,
    /// The price is out of all proportion.
    PriceRange,
    /// The quantity is too small or too large.
    QtyRange,
    /// An open order of the account has this id.
    DuplicateClientId,
    /// There is no position to close.
    NoPosition,
    /// The position, less what other orders close of it, is smaller than that.
    PositionTooSmall,
    /// More leverage than the instrument allows.
    LeverageHigh,
    /// Less leverage than 1.
    LeverageLow,
    /// As many triggers as an account may have on an instrument.
    TooManyTriggers,
    /// Orders or positions are in the way of changing the position mode.
    ModeInUse,
    /// Not for an order of this kind.
    WrongKind,
}
