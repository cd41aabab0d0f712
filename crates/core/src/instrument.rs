//! What an instrument takes: its rules, so that an order can be checked and rounded before it is sent.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::decimal::{Amount, Contracts, Price, Qty};
use crate::error::Invalid;
use crate::grid::{Grid, Rounding, compare_product, product, times};
use crate::wire::{Asset, Symbol};

#[cfg(test)]
mod tests;

/// What the size of an order is counted in: base units or contracts.
///
/// Not meant to be implemented elsewhere.
pub trait Size: Copy {
    /// What messages call it.
    const NAME: &'static str;
    /// What one of it is worth in base units, where that is the same for every instrument.
    const WORTH: Option<Decimal>;

    /// Gives a decimal this meaning.
    fn of(value: Decimal) -> Self;

    /// The exact value.
    fn exact(self) -> Decimal;
}

impl Size for Qty {
    const NAME: &'static str = "quantity";
    const WORTH: Option<Decimal> = Some(Decimal::ONE);

    fn of(value: Decimal) -> Self {
        Self::from_decimal(value)
    }

    fn exact(self) -> Decimal {
        self.decimal()
    }
}

impl Size for Contracts {
    const NAME: &'static str = "size";
    const WORTH: Option<Decimal> = None;

    fn of(value: Decimal) -> Self {
        Self::from_decimal(value)
    }

    fn exact(self) -> Decimal {
        self.decimal()
    }
}

/// An instrument's rules for prices, sizes and amounts, with sizes in base units ([`Qty`]) or in [`Contracts`].
///
/// A venue's crate makes it from the venue's own list of instruments, and says there which rules it holds:
/// those that depend on nothing but the order itself. A rule that is absent or zero does not bind. What depends
/// on the market or the hour, such as a band around the last price, is the venue's to judge when the order
/// arrives.
///
/// ```
/// use venue_core::{Contracts, Grid, Instrument, Price, Rounding, parse_decimal};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut contract: Instrument<Contracts> = Instrument::new("BTCUSDT");
/// contract.price = Grid::new(Some(parse_decimal("0.1")?), None, None);
/// contract.size = Grid::new(Some(parse_decimal("1")?), Some(parse_decimal("1")?), None);
/// let price: Price = "85000.17".parse()?;
/// assert!(contract.check(price, Contracts::new(1)).is_err());
/// let (price, size) = contract.round(price, Contracts::new(1), Rounding::Up)?;
/// assert_eq!((price.to_string(), size.to_string()), ("85000.2".to_owned(), "1".to_owned()));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Instrument<S> {
    /// Name.
    pub symbol: Symbol,
    /// Base currency, in which quantities are.
    pub base_asset: Option<Asset>,
    /// Quote currency, in which amounts are.
    pub quote_asset: Option<Asset>,
    /// What one contract is worth in base currency; `None` where sizes are in base currency, or where it isn't
    /// known.
    pub contract_size: Option<Decimal>,
    /// Prices.
    pub price: Grid,
    /// Sizes of limit orders.
    pub size: Grid,
    /// Amounts of limit orders, in quote currency: price times size, times the contract size where sizes are in
    /// contracts. Without a contract size, the amount of an order of contracts isn't known, and not judged.
    pub amount: Grid,
    /// Sizes of market orders.
    pub market_size: Grid,
    /// Amounts of market orders that name one, in quote currency.
    pub market_amount: Grid,
    size_type: std::marker::PhantomData<S>,
}

impl<S: Size> Instrument<S> {
    /// An instrument on which nothing binds yet.
    #[must_use]
    pub fn new(symbol: impl Into<Symbol>) -> Self {
        Self {
            symbol: symbol.into(),
            base_asset: None,
            quote_asset: None,
            contract_size: None,
            price: Grid::default(),
            size: Grid::default(),
            amount: Grid::default(),
            market_size: Grid::default(),
            market_amount: Grid::default(),
            size_type: std::marker::PhantomData,
        }
    }

    /// Whether a limit order of this price and size is by the rules.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, price: Price, size: S) -> Result<(), Invalid> {
        let (price, size) = (price.decimal(), size.exact());
        self.price.check("price", price)?;
        self.size.check(S::NAME, size)?;
        let Some(worth) = S::WORTH.or(self.contract_size) else { return Ok(()) };
        let breaks = |bound: Option<Decimal>, side: Ordering| {
            bound.filter(|bound| compare_product([price, size, worth], *bound) == side)
        };
        if let Some(min) = breaks(self.amount.min, Ordering::Less) {
            return Err(Invalid::new(format!("{size} at {price}: an amount below the smallest, {min}")));
        }
        if let Some(max) = breaks(self.amount.max, Ordering::Greater) {
            return Err(Invalid::new(format!("{size} at {price}: an amount above the largest, {max}")));
        }
        Ok(())
    }

    /// Whether a market order over this size is by the rules; what it comes to in quote currency is only known
    /// when it trades.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check_market(&self, size: S) -> Result<(), Invalid> {
        self.market_size.check(S::NAME, size.exact())
    }

    /// Whether a market order over this amount of quote currency is by the rules.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check_market_by_amount(&self, amount: &Amount) -> Result<(), Invalid> {
        let exact =
            amount.decimal().ok_or_else(|| Invalid::new(format!("amount {amount}: too many digits")))?;
        self.market_amount.check("amount", exact)
    }

    /// Price and size of a limit order on the instrument's steps: the price to the next step in the direction
    /// that is given, the size always down, since more than was asked for is no rounding. What comes back
    /// passes [`check`](Self::check); what is on its step already keeps its digits.
    ///
    /// # Errors
    /// When what is left breaks a rule: it is not moved into the bounds.
    pub fn round(&self, price: Price, size: S, direction: Rounding) -> Result<(Price, S), Invalid> {
        let off = |name: &str, value: Decimal| {
            Invalid::new(format!("{name} {value}: can't be rounded to the instrument's step"))
        };
        let price = self
            .price
            .round(price.decimal(), direction)
            .map(Price::from_decimal)
            .ok_or_else(|| off("price", price.decimal()))?;
        let size = self
            .size
            .round(size.exact(), Rounding::Down)
            .map(S::of)
            .ok_or_else(|| off(S::NAME, size.exact()))?;
        self.check(price, size)?;
        Ok((price, size))
    }
}

impl Instrument<Contracts> {
    /// What so many contracts are worth in base currency, exactly. `None` for a number below zero, where the
    /// contract size isn't known, or where the product has more digits than can be held.
    #[must_use]
    pub fn qty_of(&self, contracts: Contracts) -> Option<Qty> {
        let count = positive(contracts.decimal())?;
        product(count, self.contract_size?).map(Qty::from_decimal)
    }

    /// The most whole contracts that are worth no more than this much base currency. `None` for a quantity below
    /// zero, where the contract size isn't known, or where the two lie too far apart to divide them exactly.
    #[must_use]
    pub fn contracts_in(&self, qty: Qty) -> Option<Contracts> {
        let qty = positive(qty.decimal())?;
        times(qty, self.contract_size?).map(Contracts::from_decimal)
    }
}

/// The value, unless it is below zero.
fn positive(value: Decimal) -> Option<Decimal> {
    (value.is_zero() || value.is_sign_positive()).then_some(value)
}
