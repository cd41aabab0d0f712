//! What a contract takes: its rules, so that an order can be checked and rounded before it is sent.

use venue_core::{Amount, Contracts, Decimal, Grid, Price};

use crate::rest::SymbolDetail;

/// A contract's rules for prices, sizes and amounts; made by [`SymbolDetail::instrument`].
pub type Instrument = venue_core::Instrument<Contracts>;

impl SymbolDetail {
    /// The contract's rules, to check and round orders by before they are sent.
    ///
    /// Prices have the step `minStepPrice` (where that is missing, the one of `pricePrecision`) and two bounds.
    /// Sizes are whole contracts of which `minQty` is the smallest number, whatever `quantityPrecision` says.
    /// The contract size and the bounds of an order's value are taken over for contracts that are quoted in
    /// USDT: what they mean for those margined in the coin isn't documented. What is absent or zero does not
    /// bind. `multiplierDown`, `multiplierUp` and `marketTakeBound` depend on the market: the venue judges them
    /// when the order arrives.
    #[must_use]
    pub fn instrument(&self) -> Instrument {
        let digits = self.price_precision.and_then(|digits| i32::try_from(digits).ok());
        let tick = self.min_step_price.map(Price::decimal).filter(|step| !step.is_zero());
        let price = |price: Option<Price>| price.map(Price::decimal);
        let mut contract = Instrument::new(&self.symbol);
        contract.base_asset = self.base_coin.clone();
        contract.quote_asset = self.quote_coin.clone();
        contract.price = Grid::new(
            tick.or_else(|| digits.and_then(Grid::step_of_digits)),
            price(self.min_price),
            price(self.max_price),
        );
        contract.size = Grid::new(Some(Decimal::ONE), self.min_qty.map(Contracts::decimal), None);
        contract.market_size = contract.size;
        if self.quote_coin.as_ref().is_some_and(|coin| coin.as_str().eq_ignore_ascii_case("usdt")) {
            let exact = |amount: &Option<Amount>| amount.as_ref().and_then(Amount::decimal);
            contract.contract_size = exact(&self.contract_size);
            contract.amount = Grid::new(None, exact(&self.min_notional), exact(&self.max_notional));
        }
        contract
    }
}
