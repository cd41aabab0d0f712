//! What a pair takes: its rules, gathered from its filters, so that an order can be checked and rounded before
//! it is sent.

use venue_core::{Amount, Decimal, Grid, Invalid, Price, Qty};

use crate::model::Filter;
use crate::rest::SymbolInfo;

/// A pair's rules for prices, quantities and amounts; made by [`SymbolInfo::instrument`].
pub type Instrument = venue_core::Instrument<Qty>;

impl SymbolInfo {
    /// The pair's rules, to check and round orders by before they are sent.
    ///
    /// It holds what depends on nothing but the order itself. How far a price may lie from the market, and what
    /// holds around an opening, are in the row's filters: the venue judges them when the order arrives. A rule
    /// that is absent or zero does not bind, and so do those that the documentation calls out of use: prices
    /// have a step and no bounds.
    ///
    /// ```
    /// use hashkey_api::{Price, Qty, Rounding, rest::SymbolInfo};
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
        let mut pair = Instrument::new(&self.symbol);
        pair.base_asset = self.base_asset.clone();
        pair.quote_asset = self.quote_asset.clone();
        pair.size = Grid::new(step, None, None);
        pair.market_size = pair.size;
        pair.market_amount = Grid::new(exact(&self.quote_precision), None, None);
        for filter in &self.filters {
            match filter {
                Filter::PriceFilter(rule) => {
                    pair.price = Grid::new(rule.tick_size.map(Price::decimal), None, None);
                }
                Filter::LotSize(rule) => {
                    let step = qty(rule.step_size).or(step);
                    pair.size = Grid::new(step, qty(rule.min_qty), qty(rule.max_qty));
                    let (min, max) = (qty(rule.market_order_min_qty), qty(rule.market_order_max_qty));
                    pair.market_size = Grid::new(step, min, max);
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
