//! What several venues tell of their markets.

use crate::engine::{Account, Candle, Decimal, Engine, InstrumentId};

/// Contracts that someone holds, and what they are worth.
pub(crate) fn held(engine: &Engine, id: InstrumentId) -> (Decimal, Decimal) {
    let positions = engine.accounts().flat_map(Account::positions);
    let long = positions.filter(|(of, ..)| *of == id).map(|(.., position)| position.qty.max(Decimal::ZERO));
    let contracts: Decimal = long.sum();
    let price = engine.mark_price(id);
    let value = engine.instrument(id).map(|instrument| instrument.value(price, contracts));
    (contracts, value.unwrap_or_default())
}

/// The last day, and by what share the price has changed over it.
pub(crate) fn day(engine: &Engine, id: InstrumentId, now_ms: i64) -> (Candle, Decimal) {
    let last = engine.last_price(id);
    let still = Candle::still(last, now_ms);
    let day = engine.tape(id).and_then(|tape| tape.day(now_ms)).unwrap_or(still);
    let change = (last - day.open).checked_div(day.open).unwrap_or_default().round_dp(6);
    (day, change)
}
