//! What a contract takes: its rules, so that an order can be checked and rounded before it is sent.

use venue_core::{Amount, Contracts, Decimal, Grid, Price};

use crate::model::UnderlyingType;
use crate::rest::SymbolInfo;

/// A contract's rules for prices, sizes and amounts; made by [`SymbolInfo::instrument`].
pub type Instrument = venue_core::Instrument<Contracts>;

impl SymbolInfo {
    /// The contract's rules, to check and round orders by before they are sent.
    ///
    /// Prices have the step `minStepPrice` (where that is missing, the one of `pricePrecision`) and a lowest.
    /// Sizes have the step of `quantityPrecision`, and `minQty` as the smallest. The bounds of an order's value
    /// are taken over for contracts margined in their quote currency: what they mean for the others isn't
    /// documented. What is absent or zero does not bind. `multiplierDown`, `multiplierUp` and `marketTakeBound`
    /// depend on the market: the venue judges them when the order arrives.
    #[must_use]
    pub fn instrument(&self) -> Instrument {
        let step =
            |digits: Option<u32>| -> Option<Decimal> { Grid::step_of_digits(i32::try_from(digits?).ok()?) };
        let exact = |amount: &Option<Amount>| amount.as_ref().and_then(Amount::decimal);
        let tick = self.min_step_price.map(Price::decimal).filter(|step| !step.is_zero());
        let mut contract = Instrument::new(&self.symbol);
        contract.base_asset = self.base_coin.clone();
        contract.quote_asset = self.quote_coin.clone();
        contract.contract_size = exact(&self.contract_size);
        contract.price =
            Grid::new(tick.or_else(|| step(self.price_precision)), self.min_price.map(Price::decimal), None);
        let min = self.min_qty.map(Contracts::decimal);
        contract.size = Grid::new(step(self.quantity_precision), min, None);
        contract.market_size = contract.size;
        if matches!(self.underlying_type, Some(UnderlyingType::UBased | UnderlyingType::Usdt)) {
            contract.amount = Grid::new(None, exact(&self.min_notional), exact(&self.max_notional));
        }
        contract
    }
}
