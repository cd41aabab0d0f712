//! What a contract takes: its rules, so that an order can be checked and rounded before it is sent.

use venue_core::{Amount, Contracts, Decimal, Grid, Price};

use crate::rest::Contract;

/// A contract's rules for prices and sizes; made by [`Contract::instrument`].
pub type Instrument = venue_core::Instrument<Contracts>;

impl Contract {
    /// The contract's rules, to check and round orders by before they are sent.
    ///
    /// Prices have a step (`price_precision`, which is no number of digits). Sizes have a step
    /// (`vol_precision`, at least one whole contract, since a size is a whole number), a smallest and a
    /// largest, which is another for market orders. A rule that is absent or zero does not bind. Risk limits,
    /// margin and price bands aren't among them: the venue judges those when the order arrives.
    ///
    /// ```
    /// use bitmart_futures::{Contracts, Price, Rounding, rest::Contract};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let row: Contract = serde_json::from_str(
    ///     r#"{"symbol":"BTCUSDT","contract_size":"0.001","price_precision":"0.1","vol_precision":"1",
    ///         "min_volume":"1","max_volume":"500000","market_max_volume":"200000"}"#,
    /// )?;
    /// let contract = row.instrument();
    /// // A quarter of a bitcoin, bought for 85000.17 at most.
    /// let size = contract.contracts_in("0.25".parse()?).ok_or("no contract size")?;
    /// let (price, size) = contract.round("85000.17".parse()?, size, Rounding::Down)?;
    /// assert_eq!((price.to_string(), size.to_string()), ("85000.1".to_owned(), "250".to_owned()));
    /// assert!(contract.check(price, Contracts::new(500_001)).is_err());
    /// assert!(contract.check_market(Contracts::new(200_001)).is_err());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn instrument(&self) -> Instrument {
        let contracts = |count: Option<Contracts>| count.map(Contracts::decimal);
        let whole = contracts(self.vol_precision).unwrap_or_default().max(Decimal::ONE);
        let min = contracts(self.min_volume);
        let mut contract = Instrument::new(&self.symbol);
        contract.base_asset = self.base_currency.clone();
        contract.quote_asset = self.quote_currency.clone();
        contract.contract_size = self.contract_size.as_ref().and_then(Amount::decimal);
        contract.price = Grid::new(self.price_precision.map(Price::decimal), None, None);
        contract.size = Grid::new(Some(whole), min, contracts(self.max_volume));
        contract.market_size = Grid::new(Some(whole), min, contracts(self.market_max_volume));
        contract
    }
}
