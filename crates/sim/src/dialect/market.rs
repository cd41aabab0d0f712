//! What summaries of a market say, whatever the venue calls it.

use crate::engine::{Account, Candle, Decimal, Engine, InstrumentId};

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

/// How far a price is from where a candle began, as a share of that.
pub(crate) fn change(candle: &Candle, price: Decimal, digits: u32) -> Decimal {
    (price - candle.open).checked_div(candle.open).unwrap_or_default().round_dp(digits)
}
