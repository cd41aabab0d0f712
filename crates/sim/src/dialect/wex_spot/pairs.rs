//! What is traded.

use crate::dialect::market::pair;
use crate::dialect::{Ask, State, number};
use crate::engine::{Engine, Instrument, InstrumentId};
use crate::refusal::{Refusal, Why};

/// A pair against USDT, and its rules.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) base: &'static str,
    price: &'static str,
    pub(super) tick: &'static str,
    /// Decimals of a price.
    pub(super) price_decimals: u32,
    pub(super) lot: &'static str,
    /// Decimals of a quantity.
    pub(super) qty_decimals: u32,
    pub(super) max_qty: &'static str,
    pub(super) max_price: &'static str,
    usual_lots: u32,
}

/// The pairs. Prices and quantities of ETH have more decimals than their steps need, so that both rules count.
pub(super) const PAIRS: [Pair; 3] = [
    Pair {
        base: "btc",
        price: "85000",
        tick: "0.01",
        price_decimals: 2,
        lot: "0.00001",
        qty_decimals: 5,
        max_qty: "200",
        max_price: "10000000",
        usual_lots: 20_000,
    },
    Pair {
        base: "eth",
        price: "1950",
        tick: "0.05",
        price_decimals: 2,
        lot: "0.0005",
        qty_decimals: 4,
        max_qty: "5000",
        max_price: "1000000",
        usual_lots: 8_000,
    },
    Pair {
        base: "xlm",
        price: "0.4",
        tick: "0.0001",
        price_decimals: 4,
        lot: "1",
        qty_decimals: 0,
        max_qty: "10000000",
        max_price: "100",
        usual_lots: 20_000,
    },
];

/// What all of them are paid in.
pub(super) const QUOTE: &str = "usdt";
/// Decimals of an amount of it.
pub(super) const QUOTE_DECIMALS: u32 = 6;
/// The smallest order, in it.
pub(super) const LEAST_AMOUNT: &str = "5";
/// A buy may be this much of the last price below it, a sell this much above it.
pub(super) const LIMIT_DEVIATION: &str = "0.8";
/// The other side's best price may be this much of the last price away from it for a market order.
pub(super) const MARKET_DEVIATION: &str = "0.1";
pub(super) const TAKER_FEE: &str = "0.001";
pub(super) const MAKER_FEE: &str = "0.0008";

impl Pair {
    fn symbol(&self) -> String {
        format!("{}_{QUOTE}", self.base)
    }

    /// The pair of an instrument.
    pub(super) fn of(engine: &Engine, id: InstrumentId) -> Option<&'static Self> {
        let base = &engine.instrument(id)?.base;
        PAIRS.iter().find(|pair| pair.base == base)
    }
}

pub(super) fn instruments() -> Vec<Instrument> {
    let instrument = |listed: &Pair| {
        let Pair { base, price, tick, lot, max_qty, usual_lots, .. } = *listed;
        let numbers = [price, tick, lot, max_qty, TAKER_FEE];
        Instrument {
            maker_fee: number(MAKER_FEE),
            ..pair(&listed.symbol(), [base, QUOTE], numbers, usual_lots)
        }
    };
    PAIRS.iter().map(instrument).collect()
}

/// The instrument of a name, whatever its case: the documentation has both.
pub(super) fn find(engine: &Engine, symbol: &str) -> Result<InstrumentId, Refusal> {
    engine.find(&symbol.to_ascii_lowercase()).ok_or_else(|| Why::UnknownSymbol.into())
}

/// The instrument that `symbol` names, which is demanded.
pub(super) fn one(state: &State, ask: &Ask<'_>) -> Result<InstrumentId, Refusal> {
    find(&state.engine, &ask.demand("symbol")?)
}

/// The instrument that `symbol` names, if it does.
pub(super) fn any(state: &State, ask: &Ask<'_>) -> Result<Option<InstrumentId>, Refusal> {
    ask.text("symbol").map(|symbol| find(&state.engine, &symbol)).transpose()
}

/// The instruments that `symbols` names, or `symbol`, or else all.
pub(super) fn several(state: &State, ask: &Ask<'_>) -> Result<Vec<InstrumentId>, Refusal> {
    let mut names = ask.texts("symbols")?;
    if names.is_empty() {
        names.extend(ask.text("symbol"));
    }
    if names.is_empty() {
        return Ok(state.engine.instruments().map(|(id, _)| id).collect());
    }
    names.iter().map(|name| find(&state.engine, name)).collect()
}
