//! Prices, the book, trades and candles.

use super::contracts::here;
use super::words::{self, contract};
use crate::dialect::book::levels;
use crate::dialect::market::{best, change, day};
use crate::dialect::{Ask, Interval, Json, State, plain, quoted};
use crate::engine::{InstrumentId, Side};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// Levels of a book: as many as may be asked for.
const DEPTH: i64 = 50;
/// Trades that are told of, and candles, unless more or fewer are asked for.
const TRADES: usize = 50;
const CANDLES: usize = 100;
const MOST: usize = 1000;

type Row = fn(&State, &Ask<'_>, InstrumentId) -> Json;

pub(super) fn answer(state: &State, ask: &Ask<'_>, id: &str) -> Option<Result<Json, Refusal>> {
    let one = |row: Row| contract(state, ask).map(|id| row(state, ask, id));
    let every = |row: Row| Ok(list(here(state, ask).map(|(id, _)| row(state, ask, id))));
    Some(match id {
        "get_ticker" => one(ticker),
        "get_tickers" => every(ticker),
        "get_agg_ticker" => one(agg_ticker),
        "get_agg_tickers" => every(agg_ticker),
        "get_book_ticker" => one(book_ticker),
        "get_book_tickers" => every(book_ticker),
        // The market moves around one price, which is both.
        "get_symbol_index_price" | "get_symbol_mark_price" => one(mark),
        "get_index_prices" | "get_mark_prices" => every(mark),
        "get_deals" => deals(state, ask),
        "get_depth" => depth(state, ask),
        "get_klines" => klines(state, ask),
        _ => return None,
    })
}

pub(super) type Members = Vec<(&'static str, Json)>;

/// The last day of a contract.
pub(super) fn ticker_members(state: &State, now_ms: i64, id: InstrumentId) -> Members {
    let day = day(&state.engine, id, now_ms);
    let change = change(&day, state.engine.last_price(id), 6);
    vec![
        ("a", quoted(day.volume)),
        ("c", quoted(state.engine.last_price(id))),
        ("h", quoted(day.high)),
        ("l", quoted(day.low)),
        ("o", quoted(day.open)),
        ("r", quote(&format!("{change:.4}"))),
        ("s", words::symbol(&state.engine, id)),
        ("t", now_ms.to_string()),
        ("v", quoted(day.turnover)),
    ]
}

fn ticker(state: &State, ask: &Ask<'_>, id: InstrumentId) -> Json {
    write(&ticker_members(state, ask.now_ms, id))
}

fn agg_ticker(state: &State, ask: &Ask<'_>, id: InstrumentId) -> Json {
    let mark = state.engine.mark_price(id);
    let mut members = ticker_members(state, ask.now_ms, id);
    members.extend([
        ("ap", quoted(best(&state.engine, id, Side::Sell).0)),
        ("bp", quoted(best(&state.engine, id, Side::Buy).0)),
        ("i", quoted(mark)),
        ("m", quoted(mark)),
    ]);
    members.sort_by_key(|(name, _)| *name);
    write(&members)
}

fn book_ticker(state: &State, ask: &Ask<'_>, id: InstrumentId) -> Json {
    let ((ask_price, ask_qty), (bid_price, bid_qty)) =
        (best(&state.engine, id, Side::Sell), best(&state.engine, id, Side::Buy));
    write(&[
        ("ap", quoted(ask_price)),
        ("aq", quoted(ask_qty)),
        ("bp", quoted(bid_price)),
        ("bq", quoted(bid_qty)),
        ("s", words::symbol(&state.engine, id)),
        ("t", ask.now_ms.to_string()),
    ])
}

fn mark(state: &State, ask: &Ask<'_>, id: InstrumentId) -> Json {
    write(&[
        ("p", plain(state.engine.mark_price(id))),
        ("s", words::symbol(&state.engine, id)),
        ("t", ask.now_ms.to_string()),
    ])
}

fn deals(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    let most = ask.count("num", TRADES, MOST)?;
    let trades = state.engine.tape(id).into_iter().flat_map(|tape| tape.trades().rev().take(most));
    Ok(list(trades.map(|trade| {
        write(&[
            ("a", plain(trade.qty)),
            ("m", quote(if trade.taker == Side::Buy { "BID" } else { "ASK" })),
            ("p", plain(trade.price)),
            ("s", words::symbol(&state.engine, id)),
            ("t", trade.at_ms.to_string()),
        ])
    })))
}

fn depth(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    let level = ask.integer("level")?.filter(|level| (1..=DEPTH).contains(level));
    let level =
        level.and_then(|level| usize::try_from(level).ok()).ok_or_else(|| Refusal::invalid("level"))?;
    let side = |side| levels(&state.engine.levels(id, side, level));
    Ok(write(&[
        ("a", side(Side::Sell)),
        ("b", side(Side::Buy)),
        ("s", words::symbol(&state.engine, id)),
        ("t", ask.now_ms.to_string()),
        ("u", state.engine.revision(id).to_string()),
    ]))
}

/// Candles, oldest first: the latest ones where no beginning is asked for.
fn klines(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    let interval = ask.text("interval").and_then(|interval| Interval::parse(&interval));
    let interval = interval.unwrap_or(Interval::Minutes(1));
    let most = ask.count("limit", CANDLES, MOST)?;
    let (from_ms, to_ms) = (ask.integer("startTime")?, ask.integer("endTime")?);
    if from_ms.is_some_and(|from_ms| from_ms > to_ms.unwrap_or(ask.now_ms)) {
        return Err(Why::ParamInvalid.into());
    }
    let candles = state.engine.tape(id).map(|tape| interval.candles(tape, from_ms, to_ms, most));
    Ok(list(candles.unwrap_or_default().into_iter().map(|candle| {
        write(&[
            ("a", plain(candle.volume)),
            ("c", plain(candle.close)),
            ("h", plain(candle.high)),
            ("l", plain(candle.low)),
            ("o", plain(candle.open)),
            ("s", words::symbol(&state.engine, id)),
            ("t", candle.start_ms.to_string()),
            ("v", plain(candle.turnover)),
        ])
    })))
}
