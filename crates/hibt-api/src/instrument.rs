//! What a contract takes: its rules, so that an order can be checked and rounded before it is sent.

use venue_core::{Grid, Qty};

use crate::rest::TradingPair;

/// A contract's rules for prices and quantities; made by [`TradingPair::instrument`].
pub type Instrument = venue_core::Instrument<Qty>;

impl TradingPair {
    /// The contract's rules, to check and round orders by before they are sent.
    ///
    /// Prices have the step of `pricePrecision`. Quantities, in base currency, have a smallest for limit and one
    /// for market orders, and the step of `volumePrecision` or that of the smallest order's last digit,
    /// whichever is finer: one contract was seen with no decimals and a smallest order of 0.01. A rule that is
    /// absent or zero does not bind, and no largest order is documented.
    #[must_use]
    pub fn instrument(&self) -> Instrument {
        let by_digits = self.volume_precision.and_then(Grid::step_of_digits);
        let quantities = |min: Option<Qty>| {
            let min = min.map(Qty::decimal).filter(|min| !min.is_zero());
            let off = min.filter(|min| Grid::new(by_digits, None, None).check("", *min).is_err());
            let finer = off.and_then(|min| i32::try_from(min.normalize().scale()).ok());
            Grid::new(finer.map_or(by_digits, Grid::step_of_digits), min, None)
        };
        let mut contract = Instrument::new(&self.symbol);
        contract.price = Grid::new(self.price_precision.and_then(Grid::step_of_digits), None, None);
        contract.size = quantities(self.limit_mini_amount);
        contract.market_size = quantities(self.market_mini_amount);
        contract
    }
}
