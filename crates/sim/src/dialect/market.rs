//! What markets have in common, whatever the venue calls it: terms of contracts, funding, summaries.

use super::{Interval, number};
use crate::engine::{Account, Candle, Decimal, Engine, Instrument, InstrumentId, Product, Side};

/// Rates are constant: nobody pays them here.
pub(crate) const FUNDING: &str = "0.0001";
pub(crate) const FUNDING_HOURS: i64 = 8;
pub(crate) const FUNDING_MS: i64 = FUNDING_HOURS * 60 * 60 * 1000;

/// When there was funding last.
pub(crate) fn last_funding_ms(now_ms: i64) -> i64 {
    now_ms - now_ms.rem_euclid(FUNDING_MS)
}

/// When there will be funding next.
pub(crate) fn next_funding_ms(now_ms: i64) -> i64 {
    last_funding_ms(now_ms) + FUNDING_MS
}

/// Units that someone holds, and what they are worth.
pub(crate) fn held(engine: &Engine, id: InstrumentId) -> (Decimal, Decimal) {
    let positions = engine.accounts().flat_map(Account::positions);
    let long = positions.filter(|(of, ..)| *of == id).map(|(.., position)| position.qty.max(Decimal::ZERO));
    let units: Decimal = long.sum();
    let price = engine.mark_price(id);
    let value = engine.instrument(id).map(|instrument| instrument.value(price, units));
    (units, value.unwrap_or_default())
}

/// The last day as one candle.
pub(crate) fn day(engine: &Engine, id: InstrumentId, now_ms: i64) -> Candle {
    let still = || Candle::still(engine.last_price(id), now_ms);
    engine.tape(id).and_then(|tape| tape.day(now_ms)).unwrap_or_else(still)
}

/// The candle that a time belongs to; one in which nothing has traded stands where the price is.
pub(crate) fn current(engine: &Engine, id: InstrumentId, interval: Interval, now_ms: i64) -> Candle {
    let start_ms = interval.start(now_ms);
    let begun = Some(start_ms);
    let found = engine.tape(id).and_then(|tape| interval.candles(tape, begun, begun, 1).pop());
    found.unwrap_or_else(|| Candle { start_ms, ..Candle::still(engine.last_price(id), start_ms) })
}

/// How far a price is from where a candle began, as a share of that.
pub(crate) fn change(candle: &Candle, price: Decimal, digits: u32) -> Decimal {
    (price - candle.open).checked_div(candle.open).unwrap_or_default().round_dp(digits)
}

/// The best price of a side and what rests there; nothing where the side is empty.
pub(crate) fn best(engine: &Engine, id: InstrumentId, side: Side) -> (Decimal, Decimal) {
    engine.levels(id, side, 1).first().copied().unwrap_or_default()
}

/// A contract at up to 100x, of any size that a fresh account can hold, with usual fees: its name, base and
/// quote asset; starting price, tick, smallest size and what a unit of it is; what makers offer, in smallest
/// sizes.
pub(crate) fn contract(
    symbol: &str,
    [base, quote]: [&str; 2],
    numbers: [&str; 4],
    usual_lots: u32,
) -> Instrument {
    let [start_price, tick, lot, multiplier] = numbers.map(number);
    Instrument {
        symbol: symbol.to_owned(),
        product: Product::Linear,
        base: base.to_owned(),
        quote: quote.to_owned(),
        tick,
        lot,
        min_qty: lot,
        max_qty: Decimal::from(10_000_000),
        multiplier,
        max_leverage: Decimal::ONE_HUNDRED,
        maker_fee: Decimal::new(2, 4),
        taker_fee: Decimal::new(6, 4),
        start_price,
        usual_lots,
    }
}

/// A pair with one fee for makers and takers: its name, base and quote asset; starting price, tick, step of sizes,
/// largest size and fee; what makers offer, in steps.
pub(crate) fn pair(symbol: &str, assets: [&str; 2], numbers: [&str; 5], usual_lots: u32) -> Instrument {
    let [start_price, tick, lot, max_qty, fee] = numbers;
    Instrument {
        product: Product::Spot,
        max_qty: number(max_qty),
        max_leverage: Decimal::ONE,
        maker_fee: number(fee),
        taker_fee: number(fee),
        ..contract(symbol, assets, [start_price, tick, lot, "1"], usual_lots)
    }
}
