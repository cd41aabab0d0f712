//! The same market in the forms of data aggregators. Numbers are JSON numbers in some and texts in others, as
//! documented; quantities are in the base currency.

use super::quotes::best;
use crate::dialect::interval::{DAY_MS, MINUTE_MS};
use crate::dialect::market::{FUNDING, day, held, next_funding_ms};
use crate::dialect::{Ask, Interval, Json, State, plain, quoted, symbol};
use crate::engine::{Candle, Decimal, Engine, Instrument, InstrumentId, Side};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// Levels of a book unless more or fewer are asked for.
const LEVELS: usize = 50;
/// What the day's turnover is charged for fees, from Sunday, as documented.
const FEES: [&str; 7] = ["0.00041", "0.00047", "0.00026", "0.00031", "0.00044", "0.00040", "0.00037"];

fn upper(text: &str) -> Json {
    quote(&text.to_uppercase())
}

/// What is left of the day that holds `timestamp`: the engine looks back a day and a bit.
fn on_day(engine: &Engine, ask: &Ask<'_>, id: InstrumentId) -> Result<Option<Candle>, Refusal> {
    let at_ms = ask.integer("timestamp")?.ok_or_else(|| Refusal::missing("timestamp"))?;
    let days = Interval::Minutes(DAY_MS / MINUTE_MS);
    let wanted = Some(days.start(at_ms.clamp(0, i64::MAX - DAY_MS)));
    Ok(engine.tape(id).and_then(|tape| days.candles(tape, wanted, wanted, 1).pop()))
}

pub(super) fn defi_contracts(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let mut rows = Vec::new();
    for (id, instrument) in engine.instruments() {
        let Some(candle) = on_day(engine, ask, id)? else { continue };
        rows.push(write(&[
            ("symbol", upper(&instrument.symbol)),
            ("baseAsset", upper(&instrument.base)),
            ("quoteAsset", upper(&instrument.quote)),
            ("open", plain(candle.open)),
            ("close", plain(candle.close)),
            // Spelt so.
            ("hign", plain(candle.high)),
            ("low", plain(candle.low)),
            ("Amount", plain(candle.volume * instrument.multiplier)),
            ("volume", plain(candle.turnover)),
        ]));
    }
    Ok(list(rows))
}

pub(super) fn defi_fees(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let mut turnover = Decimal::ZERO;
    let mut start_ms = 0;
    for (id, _) in state.engine.instruments() {
        let Some(candle) = on_day(&state.engine, ask, id)? else { continue };
        turnover += candle.turnover;
        start_ms = candle.start_ms;
    }
    // The first day of all was a Thursday.
    let weekday = usize::try_from((start_ms.div_euclid(DAY_MS) + 4).rem_euclid(7)).unwrap_or_default();
    let rate: Decimal = FEES.get(weekday).and_then(|rate| rate.parse().ok()).unwrap_or_default();
    Ok(write(&[("totalFee", plain(turnover * rate))]))
}

/// One row of a list, with numbers written by `number`, up to where the two forms part.
fn row(
    state: &State,
    ask: &Ask<'_>,
    (id, instrument): (InstrumentId, &Instrument),
    number: fn(Decimal) -> Json,
) -> Vec<(&'static str, Json)> {
    let engine = &state.engine;
    let day = day(engine, id, ask.now_ms);
    let (contracts, value) = held(engine, id);
    vec![
        ("ticker_id", upper(&instrument.symbol)),
        ("base_currency", upper(&instrument.base)),
        ("target_currency", upper(&instrument.quote)),
        ("last_price", number(engine.last_price(id))),
        ("base_volume", number(day.volume * instrument.multiplier)),
        ("usd_volume", number(day.turnover)),
        ("target_volume", number(day.turnover)),
        ("bid", number(best(engine, id, Side::Buy))),
        ("ask", number(best(engine, id, Side::Sell))),
        ("high", number(day.high)),
        ("low", number(day.low)),
        ("product_type", quote("Perpetual")),
        ("open_interest", number(contracts * instrument.multiplier)),
        ("open_interest_usd", number(value)),
        ("index_price", number(engine.mark_price(id))),
    ]
}

fn funding() -> Decimal {
    FUNDING.parse().unwrap_or_default()
}

pub(super) fn cmc_contracts(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(state.engine.instruments().map(|listed| {
        let mut members = row(state, ask, listed, quoted);
        members.extend([
            // Perpetual contracts have neither, by the table.
            ("creation_timestamp", "null".to_owned()),
            ("expiry_timestamp", "null".to_owned()),
            ("funding_rate", quoted(funding())),
            ("next_funding_rate_timestamp", next_funding_ms(ask.now_ms).to_string()),
            ("maker_fee", quoted(listed.1.maker_fee)),
            ("taker_fee", quoted(listed.1.taker_fee)),
        ]);
        write(&members)
    })))
}

pub(super) fn cg_contracts(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(state.engine.instruments().map(|listed| {
        let mut members = row(state, ask, listed, plain);
        members.extend([
            ("index_currency", upper(&listed.1.quote)),
            ("funding_rate", plain(funding())),
            ("next_funding_rate", plain(funding())),
            ("next_funding_rate_timestamp", next_funding_ms(ask.now_ms).to_string()),
            ("start_timestamp", "0".to_owned()),
            ("end_timestamp", "0".to_owned()),
            ("maker_fee", plain(listed.1.maker_fee)),
            ("taker_fee", plain(listed.1.taker_fee)),
        ]);
        write(&members)
    })))
}

/// The contract that is named, in either case.
fn named(engine: &Engine, ask: &Ask<'_>, parameter: &str) -> Result<InstrumentId, Refusal> {
    engine.find(&ask.demand(parameter)?.to_lowercase()).ok_or_else(|| Why::UnknownSymbol.into())
}

fn specs(state: &State, id: InstrumentId, number: fn(Decimal) -> Json) -> Json {
    let currency = state.engine.instrument(id).map(|of| upper(&of.quote)).unwrap_or_default();
    write(&[
        ("contract_type", quote("Vanilla")),
        ("contract_price", number(state.engine.last_price(id))),
        ("contract_price_currency", currency),
    ])
}

pub(super) fn cmc_specs(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(specs(state, named(&state.engine, ask, "symbol")?, plain))
}

pub(super) fn cg_specs(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(specs(state, named(&state.engine, ask, "ticker_id")?, quoted))
}

fn depth(state: &State, ask: &Ask<'_>, id: InstrumentId, levels: usize) -> Json {
    let multiplier = state.engine.instrument(id).map(|of| of.multiplier).unwrap_or_default();
    let side = |side| {
        let levels = state.engine.levels(id, side, levels).into_iter();
        list(levels.map(|(price, qty)| list([quoted(price), quoted(qty * multiplier)])))
    };
    write(&[
        ("ticker_id", symbol(&state.engine, id)),
        ("asks", side(Side::Sell)),
        ("bids", side(Side::Buy)),
        ("timestamp", ask.now_ms.to_string()),
    ])
}

pub(super) fn cmc_depth(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(depth(state, ask, named(&state.engine, ask, "symbol")?, LEVELS))
}

pub(super) fn cg_depth(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = named(&state.engine, ask, "ticker_id")?;
    Ok(depth(state, ask, id, ask.count("depth", LEVELS, 200)?))
}
