//! What a pair takes: its rules, gathered from its filters, so that an order can be checked and rounded before
//! it is sent.

use std::cmp::Ordering;

use venue_core::{Amount, Asset, Decimal, Invalid, Price, Qty, Symbol};

use crate::grid::{Grid, Rounding, compare_product};
use crate::model::Filter;
use crate::rest::SymbolInfo;

/// A pair's rules for prices, quantities and amounts.
///
/// Made from a row of `GetExchangeInfo` by [`SymbolInfo::instrument`]. It holds what depends on nothing but the
/// order itself. How far a price may lie from the market, and what holds around an opening, are in the row's
/// filters: the venue judges them when the order arrives. A rule that is absent or zero does not bind, and
/// so do those that the documentation calls out of use.
///
/// ```
/// use hashkey_api::{Price, Qty, Rounding, Symbol, rest::SymbolInfo};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let row: SymbolInfo = serde_json::from_str(
///     r#"{"symbol":"USDTAED","filters":[
///         {"filterType":"PRICE_FILTER","tickSize":"0.001"},
///         {"filterType":"LOT_SIZE","stepSize":"0.01","minQty":"0.3","maxQty":"200000"}]}"#,
/// )?;
/// let pair = row.instrument()?;
/// let (price, qty): (Price, Qty) = ("3.67249".parse()?, "10.009".parse()?);
/// assert!(pair.check(price, qty).is_err());
/// let (price, qty) = pair.round(price, qty, Rounding::Down)?;
/// assert_eq!((price.to_string(), qty.to_string()), ("3.672".to_owned(), "10".to_owned()));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Instrument {
    /// Name.
    pub symbol: Symbol,
    /// Base currency, in which quantities are.
    pub base_asset: Option<Asset>,
    /// Quote currency, in which amounts are.
    pub quote_asset: Option<Asset>,
    /// Prices: their step. The bounds are out of use.
    pub price: Grid,
    /// Quantities of limit orders.
    pub qty: Grid,
    /// Amounts of limit orders: price times quantity.
    pub amount: Grid,
    /// Quantities of market orders.
    pub market_qty: Grid,
    /// Amounts of market orders.
    pub market_amount: Grid,
}

impl SymbolInfo {
    /// The pair's rules.
    ///
    /// # Errors
    /// When a filter did not read: a rule that is not known can't be kept.
    pub fn instrument(&self) -> Result<Instrument, Invalid> {
        if let Some(bad) = self.filters.bad().first() {
            return Err(Invalid::new(format!("a filter of {} did not read: {}", self.symbol, bad.error)));
        }
        let exact = |amount: &Option<Amount>| amount.as_ref().and_then(Amount::decimal);
        let qty = |qty: Option<Qty>| qty.map(Qty::decimal);
        // The larger of two smallest amounts is the one that binds.
        let larger = |a: Option<Decimal>, b: Option<Decimal>| a.max(b);
        let step = qty(self.base_asset_precision);
        let mut pair = Instrument {
            symbol: self.symbol.clone(),
            base_asset: self.base_asset.clone(),
            quote_asset: self.quote_asset.clone(),
            price: Grid::default(),
            qty: Grid::new(step, None, None),
            amount: Grid::default(),
            market_qty: Grid::new(step, None, None),
            market_amount: Grid::new(exact(&self.quote_precision), None, None),
        };
        for filter in &self.filters {
            match filter {
                Filter::PriceFilter(rule) => {
                    pair.price = Grid::new(rule.tick_size.map(Price::decimal), None, None);
                }
                Filter::LotSize(rule) => {
                    let step = qty(rule.step_size).or(step);
                    pair.qty = Grid::new(step, qty(rule.min_qty), qty(rule.max_qty));
                    let (min, max) = (qty(rule.market_order_min_qty), qty(rule.market_order_max_qty));
                    pair.market_qty = Grid::new(step, min, max);
                }
                Filter::MinNotional(rule) => {
                    let min = exact(&rule.min_notional);
                    pair.amount = Grid::new(None, larger(pair.amount.min, min), pair.amount.max);
                    let market = pair.market_amount;
                    pair.market_amount = Grid::new(market.step, larger(market.min, min), market.max);
                }
                Filter::TradeAmount(rule) => {
                    let min = larger(pair.amount.min, exact(&rule.min_amount));
                    pair.amount = Grid::new(None, min, exact(&rule.max_amount));
                    let market = pair.market_amount;
                    let min = larger(market.min, exact(&rule.market_order_min_amount));
                    pair.market_amount = Grid::new(market.step, min, exact(&rule.market_order_max_amount));
                }
                Filter::LimitTrading(_)
                | Filter::MarketTrading(_)
                | Filter::OpenQuote(_)
                | Filter::Other(_) => {}
            }
        }
        Ok(pair)
    }
}

impl Instrument {
    /// Whether a limit order of this price and quantity is by the rules.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, price: Price, qty: Qty) -> Result<(), Invalid> {
        let (price, qty) = (price.decimal(), qty.decimal());
        self.price.check("price", price)?;
        self.qty.check("quantity", qty)?;
        let breaks = |bound: Option<Decimal>, side: Ordering| {
            bound.filter(|bound| compare_product(price, qty, *bound) == side)
        };
        if let Some(min) = breaks(self.amount.min, Ordering::Less) {
            return Err(Invalid::new(format!("{qty} at {price}: an amount below the smallest, {min}")));
        }
        if let Some(max) = breaks(self.amount.max, Ordering::Greater) {
            return Err(Invalid::new(format!("{qty} at {price}: an amount above the largest, {max}")));
        }
        Ok(())
    }

    /// Whether a market order over this quantity is by the rules; what it comes to in quote currency is only
    /// known when it trades.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check_market(&self, qty: Qty) -> Result<(), Invalid> {
        self.market_qty.check("quantity", qty.decimal())
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

    /// Price and quantity of a limit order on the pair's steps: the price to the next step in the direction
    /// that is given, the quantity always down, since more than was asked for is no rounding. What comes
    /// back passes [`check`](Self::check); what is on its step already keeps its digits.
    ///
    /// # Errors
    /// When what is left breaks a rule: it is not moved into the bounds.
    pub fn round(&self, price: Price, qty: Qty, direction: Rounding) -> Result<(Price, Qty), Invalid> {
        let off = |name: &str, value: Decimal| {
            Invalid::new(format!("{name} {value}: can't be rounded to the pair's step"))
        };
        let price = self
            .price
            .round(price.decimal(), direction)
            .map(Price::from_decimal)
            .ok_or_else(|| off("price", price.decimal()))?;
        let qty = self
            .qty
            .round(qty.decimal(), Rounding::Down)
            .map(Qty::from_decimal)
            .ok_or_else(|| off("quantity", qty.decimal()))?;
        self.check(price, qty)?;
        Ok((price, qty))
    }
}
