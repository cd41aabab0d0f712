//! What is traded here, and the rules that an order must keep.

use crate::dialect::market::pair;
use crate::dialect::{Ask, State, number};
use crate::engine::{Decimal, Instrument, InstrumentId, Side, Size};
use crate::refusal::{Refusal, Why};
use crate::rules::hashkey;

/// A pair with the numbers of its filters.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) symbol: &'static str,
    pub(super) base: &'static str,
    pub(super) quote: &'static str,
    /// A listing site's number of either coin.
    pub(super) ucids: (&'static str, &'static str),
    start_price: &'static str,
    pub(super) min_price: &'static str,
    pub(super) max_price: &'static str,
    pub(super) tick: &'static str,
    pub(super) lot: &'static str,
    pub(super) min_qty: &'static str,
    pub(super) max_qty: &'static str,
    /// Of market orders.
    pub(super) max_market_qty: &'static str,
    pub(super) min_amount: &'static str,
    pub(super) max_amount: &'static str,
    /// Of market orders.
    pub(super) max_market_amount: &'static str,
    usual_lots: u32,
}

/// How far beyond the mark price a limit may lie on the side where it would trade.
pub(super) const BAND: &str = "0.1";
/// Orders that may be open on a pair.
pub(super) const MOST_OPEN: usize = 300;
/// The step of amounts.
pub(super) const AMOUNT_STEP: &str = "0.00000001";
/// Maker and taker alike.
pub(super) const FEE: &str = "0.0015";

pub(super) const PAIRS: [Pair; 3] = [
    Pair {
        symbol: "BTCUSDT",
        base: "BTC",
        quote: "USDT",
        ucids: ("1", "825"),
        start_price: "85000",
        min_price: "0.01",
        max_price: "1000000",
        tick: "0.01",
        lot: "0.00001",
        min_qty: "0.0003",
        max_qty: "40",
        max_market_qty: "10",
        min_amount: "10",
        max_amount: "2000000",
        max_market_amount: "500000",
        usual_lots: 40_000,
    },
    Pair {
        symbol: "ETHUSDT",
        base: "ETH",
        quote: "USDT",
        ucids: ("1027", "825"),
        start_price: "1950",
        min_price: "0.01",
        max_price: "100000",
        tick: "0.01",
        lot: "0.0001",
        min_qty: "0.002",
        max_qty: "1000",
        max_market_qty: "250",
        min_amount: "10",
        max_amount: "2000000",
        max_market_amount: "500000",
        usual_lots: 40_000,
    },
    Pair {
        symbol: "ETHBTC",
        base: "ETH",
        quote: "BTC",
        ucids: ("1027", "1"),
        start_price: "0.02294",
        min_price: "0.000001",
        max_price: "10",
        tick: "0.000001",
        lot: "0.0001",
        min_qty: "0.002",
        max_qty: "1000",
        max_market_qty: "250",
        min_amount: "0.0001",
        max_amount: "20",
        max_market_amount: "5",
        usual_lots: 40_000,
    },
];

pub(super) fn instruments() -> Vec<Instrument> {
    let instrument = |listed: &Pair| {
        let Pair { symbol, base, quote, start_price, tick, lot, max_qty, .. } = *listed;
        let numbers = [start_price, tick, lot, max_qty, FEE];
        Instrument {
            min_qty: number(listed.min_qty),
            ..pair(symbol, [base, quote], numbers, listed.usual_lots)
        }
    };
    PAIRS.iter().map(instrument).collect()
}

fn is_multiple(value: Decimal, step: &str) -> bool {
    value.checked_rem(number(step)).is_some_and(|rest| rest.is_zero())
}

impl Pair {
    pub(super) fn find(symbol: &str) -> Option<&'static Self> {
        PAIRS.iter().find(|pair| pair.symbol == symbol)
    }

    /// The pair that `symbol` names, which is demanded, and its instrument.
    pub(super) fn of(state: &State, ask: &Ask<'_>) -> Result<(InstrumentId, &'static Self), Refusal> {
        let instrument = ask.instrument(&state.engine)?;
        let pair = Self::find(&ask.demand("symbol")?).ok_or(Why::UnknownSymbol)?;
        Ok((instrument, pair))
    }

    /// `PRICE_FILTER` and `LIMIT_TRADING`.
    pub(super) fn check_price(&self, side: Side, price: Decimal, mark: Decimal) -> Result<(), Refusal> {
        if price <= Decimal::ZERO {
            return Err(hashkey::PRICE_INVALID.into());
        }
        if price > number(self.max_price) {
            return Err(hashkey::PRICE_HIGH.into());
        }
        if price < number(self.min_price) {
            return Err(hashkey::PRICE_LOW.into());
        }
        if !is_multiple(price, self.tick) {
            return Err(hashkey::PRICE_PRECISION.into());
        }
        let band = match side {
            Side::Buy => mark * (Decimal::ONE + number(BAND)),
            Side::Sell => mark * (Decimal::ONE - number(BAND)),
        };
        let is_outside = if side == Side::Buy { price > band } else { price < band };
        if is_outside { Err(hashkey::PRICE_OUTSIDE.into()) } else { Ok(()) }
    }

    /// `LOT_SIZE`, `MIN_NOTIONAL` and `TRADE_AMOUNT`; a market order is valued at the mark price.
    pub(super) fn check_size(
        &self,
        side: Side,
        size: Size,
        limit: Option<Decimal>,
        mark: Decimal,
    ) -> Result<(), Refusal> {
        let value = match size {
            Size::Base(qty) => {
                self.check_qty(side, qty, limit.is_none())?;
                limit.unwrap_or(mark).checked_mul(qty).unwrap_or(Decimal::MAX)
            }
            Size::Quote(amount) => {
                if !is_multiple(amount, AMOUNT_STEP) {
                    return Err(hashkey::AMOUNT_PRECISION.into());
                }
                amount
            }
        };
        let most = if limit.is_some() { self.max_amount } else { self.max_market_amount };
        if value < number(self.min_amount) {
            return Err(hashkey::AMOUNT_LOW.into());
        }
        if value > number(most) { Err(hashkey::AMOUNT_HIGH.into()) } else { Ok(()) }
    }

    /// Limit orders have codes by side, market orders don't.
    fn check_qty(&self, side: Side, qty: Decimal, is_market: bool) -> Result<(), Refusal> {
        if qty <= Decimal::ZERO {
            return Err(Refusal::invalid("quantity"));
        }
        let most = number(if is_market { self.max_market_qty } else { self.max_qty });
        let (low, high) = match (is_market, side) {
            (true, _) => (hashkey::QTY_LOW, hashkey::QTY_HIGH),
            (false, Side::Buy) => (hashkey::BUY_LOW, hashkey::BUY_HIGH),
            (false, Side::Sell) => (hashkey::SELL_LOW, hashkey::SELL_HIGH),
        };
        if qty < number(self.min_qty) {
            return Err(low.into());
        }
        if qty > most {
            return Err(high.into());
        }
        if is_multiple(qty, self.lot) { Ok(()) } else { Err(hashkey::QTY_PRECISION.into()) }
    }
}
