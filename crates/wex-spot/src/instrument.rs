//! What a symbol takes: its rules, gathered from its filters, so that an order can be checked and rounded before
//! it is sent.

use venue_core::{Amount, Decimal, Grid, Invalid, Qty};

use crate::model::FilterKind;
use crate::rest::{Filter, SymbolInfo};

/// A symbol's rules for prices, quantities and amounts; made by [`SymbolInfo::instrument`].
pub type Instrument = venue_core::Instrument<Qty>;

impl SymbolInfo {
    /// The symbol's rules, to check and round orders by before they are sent.
    ///
    /// They are those of the filters `PRICE`, `QUANTITY` and `QUOTE_QTY` (of the last, for limit orders and for
    /// market orders by amount). Steps are counted from the filter's `min`; where a filter has no step, the
    /// symbol's precision is the step, from zero. What is absent or zero does not bind. The `PROTECTION_…`
    /// filters depend on the market: the venue judges them when the order arrives.
    ///
    /// # Errors
    /// When a filter did not read: a rule that is not known can't be kept.
    pub fn instrument(&self) -> Result<Instrument, Invalid> {
        if let Some(bad) = self.filters.bad().first() {
            return Err(Invalid::new(format!("a filter of {} did not read: {}", self.symbol, bad.error)));
        }
        let mut pair = Instrument::new(&self.symbol);
        pair.base_asset = self.base_currency.clone();
        pair.quote_asset = self.quote_currency.clone();
        let step = |digits: Option<u32>| {
            digits.and_then(|digits| i32::try_from(digits).ok()).and_then(Grid::step_of_digits)
        };
        let (price_step, qty_step) = (step(self.price_precision), step(self.quantity_precision));
        pair.price = Grid::new(price_step, None, None);
        pair.size = Grid::new(qty_step, None, None);
        for filter in &self.filters {
            match filter.filter {
                FilterKind::Price => pair.price = grid(filter, price_step),
                FilterKind::Quantity => pair.size = grid(filter, qty_step),
                FilterKind::QuoteQty => pair.amount = Grid::new(None, exact(filter.min.as_ref()), None),
                _ => {}
            }
        }
        pair.market_size = pair.size;
        pair.market_amount = pair.amount;
        Ok(pair)
    }
}

/// A filter's range and step; without a step of its own, that of the symbol's precision.
fn grid(filter: &Filter, precision: Option<Decimal>) -> Grid {
    let (min, max) = (exact(filter.min.as_ref()), exact(filter.max.as_ref()));
    match exact(filter.tick_size.as_ref()).filter(|step| !step.is_zero()) {
        Some(step) => Grid::new(Some(step), min, max).from_min(),
        None => Grid::new(precision, min, max),
    }
}

fn exact(bound: Option<&Amount>) -> Option<Decimal> {
    bound.and_then(Amount::decimal)
}
