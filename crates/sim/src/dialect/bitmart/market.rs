//! Public market data.

use super::rows;
use crate::dialect::market::{
    FUNDING, FUNDING_HOURS, FUNDING_MS, change, day, held, last_funding_ms, next_funding_ms,
};
use crate::dialect::{Ask, Interval, Json, State, quoted};
use crate::engine::{Decimal, Engine, Instrument, InstrumentId, Side};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// Levels in a book.
const DEPTH: usize = 50;
/// Candles in an answer.
const CANDLES: usize = 500;
/// When contracts were listed, as documented.
const OPENED_MS: &str = "1594080000123";

pub(super) fn details(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, wanted) = (&state.engine, ask.any_instrument(&state.engine)?);
    let listed = engine.instruments().filter(|(id, _)| wanted.is_none_or(|wanted| *id == wanted));
    let symbols = list(listed.map(|(id, instrument)| contract(engine, ask, id, instrument)));
    Ok(write(&[("symbols", symbols)]))
}

fn contract(engine: &Engine, ask: &Ask<'_>, id: InstrumentId, instrument: &Instrument) -> Json {
    let last = engine.last_price(id);
    let day = day(engine, id, ask.now_ms);
    let change = change(&day, last, 6);
    let (contracts, value) = held(engine, id);
    write(&[
        ("symbol", quote(&instrument.symbol)),
        ("product_type", "1".to_owned()),
        ("open_timestamp", OPENED_MS.to_owned()),
        ("expire_timestamp", "0".to_owned()),
        ("settle_timestamp", "0".to_owned()),
        ("base_currency", quote(&instrument.base)),
        ("quote_currency", quote(&instrument.quote)),
        ("last_price", quoted(last)),
        ("volume_24h", quoted(day.volume)),
        ("turnover_24h", quoted(day.turnover)),
        ("index_price", quoted(engine.mark_price(id))),
        ("index_name", quote(&instrument.symbol)),
        ("contract_size", quoted(instrument.multiplier)),
        ("min_leverage", quote("1")),
        ("max_leverage", quoted(instrument.max_leverage)),
        ("price_precision", quoted(instrument.tick)),
        ("vol_precision", quoted(instrument.lot)),
        ("max_volume", quoted(instrument.max_qty)),
        ("market_max_volume", quoted(instrument.max_qty)),
        ("min_volume", quoted(instrument.min_qty)),
        ("funding_rate", quote(FUNDING)),
        ("expected_funding_rate", quote(FUNDING)),
        ("open_interest", quoted(contracts)),
        ("open_interest_value", quoted(value)),
        ("high_24h", quoted(day.high)),
        ("low_24h", quoted(day.low)),
        ("change_24h", quoted(change)),
        ("funding_interval_hours", FUNDING_HOURS.to_string()),
        ("status", quote("Trading")),
        ("delist_time", "0".to_owned()),
    ])
}

pub(super) fn depth(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let side = |side| {
        let mut total = Decimal::ZERO;
        list(state.engine.levels(id, side, DEPTH).into_iter().map(|(price, qty)| {
            total += qty;
            list([quoted(price), quoted(qty), quoted(total)])
        }))
    };
    Ok(write(&[
        ("asks", side(Side::Sell)),
        ("bids", side(Side::Buy)),
        ("timestamp", ask.now_ms.to_string()),
        ("symbol", rows::symbol(&state.engine, id)),
    ]))
}

pub(super) fn trades(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let most = ask.count("limit", 50, 100)?;
    let (Some(tape), Some(instrument)) = (state.engine.tape(id), state.engine.instrument(id)) else {
        return Ok(list([]));
    };
    // Quantities are in coins here, and times in seconds.
    Ok(list(tape.trades().rev().take(most).map(|trade| {
        write(&[
            ("symbol", quote(&instrument.symbol)),
            ("price", quoted(trade.price)),
            ("qty", quoted(trade.qty * instrument.multiplier)),
            ("quote_qty", quoted(instrument.value(trade.price, trade.qty))),
            ("time", (trade.at_ms / 1000).to_string()),
            ("is_buyer_maker", (trade.taker == Side::Sell).to_string()),
        ])
    })))
}

pub(super) fn open_interest(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let (contracts, value) = held(&state.engine, id);
    Ok(write(&[
        ("timestamp", ask.now_ms.to_string()),
        ("symbol", rows::symbol(&state.engine, id)),
        ("open_interest", quoted(contracts)),
        ("open_interest_value", quoted(value)),
    ]))
}

pub(super) fn funding_rate(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    Ok(write(&[
        ("timestamp", ask.now_ms.to_string()),
        ("symbol", rows::symbol(&state.engine, id)),
        ("rate_value", quote(FUNDING)),
        ("expected_rate", quote(FUNDING)),
        ("funding_time", next_funding_ms(ask.now_ms).to_string()),
        ("funding_upper_limit", quote("0.0375")),
        ("funding_lower_limit", quote("-0.0375")),
    ]))
}

pub(super) fn funding_history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let most = ask.count("limit", 100, 100)?;
    let last_ms = last_funding_ms(ask.now_ms);
    let rows = (0..).take(most).map(|back: i64| {
        write(&[
            ("symbol", rows::symbol(&state.engine, id)),
            ("funding_rate", quote(FUNDING)),
            ("funding_time", quote(&(last_ms - back * FUNDING_MS).to_string())),
        ])
    });
    Ok(write(&[("list", list(rows))]))
}

/// Candles, in seconds; those of the mark price are the same here.
pub(super) fn kline(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let interval = Interval::minutes(ask.integer("step")?.unwrap_or(1));
    let time = |name: &str| Ok::<i64, Refusal>(ask.integer(name)?.unwrap_or_default().saturating_mul(1000));
    let (from_ms, to_ms) = (time("start_time")?, time("end_time")?);
    if from_ms > to_ms {
        return Err(Refusal::invalid("start_time"));
    }
    let candles =
        state.engine.tape(id).map(|tape| interval.candles(tape, Some(from_ms), Some(to_ms), CANDLES));
    Ok(list(candles.unwrap_or_default().into_iter().map(|candle| {
        write(&[
            ("timestamp", (candle.start_ms / 1000).to_string()),
            ("open_price", quoted(candle.open)),
            ("close_price", quoted(candle.close)),
            ("high_price", quoted(candle.high)),
            ("low_price", quoted(candle.low)),
            ("volume", quoted(candle.volume)),
        ])
    })))
}
