//! The rules of the venue, and tickers.

use super::coins;
use super::pairs::{AMOUNT_STEP, BAND, MOST_OPEN, PAIRS, Pair};
use crate::dialect::market;
use crate::dialect::{Ask, Json, State, number, quoted};
use crate::engine::{InstrumentId, Side};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// Sites that are documented, then and later; the first is the default.
const SITES: [&str; 4] = ["BMU", "UAE", "MENA", "HK"];

fn text(text: &str) -> Json {
    quote(text)
}

fn filters(pair: &Pair) -> Json {
    let amount = |text: &str| quoted(number(text));
    let (zero, kind) = (text("0"), |name: &str| ("filterType", quote(name)));
    list([
        write(&[
            ("minPrice", amount(pair.min_price)),
            ("maxPrice", amount(pair.max_price)),
            ("tickSize", text(pair.tick)),
            kind("PRICE_FILTER"),
        ]),
        write(&[
            ("minQty", text(pair.min_qty)),
            ("maxQty", text(pair.max_qty)),
            ("stepSize", text(pair.lot)),
            ("marketOrderMinQty", text(pair.min_qty)),
            ("marketOrderMaxQty", text(pair.max_market_qty)),
            kind("LOT_SIZE"),
        ]),
        write(&[("minNotional", text(pair.min_amount)), kind("MIN_NOTIONAL")]),
        write(&[
            ("minAmount", text(pair.min_amount)),
            ("maxAmount", text(pair.max_amount)),
            ("minBuyPrice", zero.clone()),
            ("marketOrderMinAmount", text(pair.min_amount)),
            ("marketOrderMaxAmount", text(pair.max_market_amount)),
            kind("TRADE_AMOUNT"),
        ]),
        write(&[
            ("maxSellPrice", zero.clone()),
            ("buyPriceUpRate", text(BAND)),
            ("sellPriceDownRate", text(BAND)),
            ("maxEntrustNum", MOST_OPEN.to_string()),
            kind("LIMIT_TRADING"),
        ]),
        write(&[("buyPriceUpRate", text(BAND)), ("sellPriceDownRate", text(BAND)), kind("MARKET_TRADING")]),
        write(&[
            ("noAllowMarketStartTime", zero.clone()),
            ("noAllowMarketEndTime", zero.clone()),
            ("limitOrderStartTime", zero.clone()),
            ("limitOrderEndTime", zero.clone()),
            ("limitMinPrice", zero.clone()),
            ("limitMaxPrice", zero),
            kind("OPEN_QUOTE"),
        ]),
    ])
}

fn pair(pair: &Pair) -> Json {
    let (yes, no) = ("true".to_owned(), "false".to_owned());
    write(&[
        ("symbol", text(pair.symbol)),
        ("symbolName", text(pair.symbol)),
        ("status", text("TRADING")),
        ("baseAsset", text(pair.base)),
        ("baseAssetName", text(pair.base)),
        ("baseAssetPrecision", text(pair.lot)),
        ("baseUcid", text(pair.ucids.0)),
        ("quoteAsset", text(pair.quote)),
        ("quoteAssetName", text(pair.quote)),
        ("quotePrecision", text(AMOUNT_STEP)),
        ("quoteUcid", text(pair.ucids.1)),
        ("retailAllowed", yes.clone()),
        ("piAllowed", yes.clone()),
        ("corporateAllowed", yes.clone()),
        ("omnibusAllowed", yes),
        ("icebergAllowed", no.clone()),
        ("isAggregate", no.clone()),
        ("allowMargin", no),
        ("filters", filters(pair)),
    ])
}

pub(super) fn info(ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = ask.text("symbol");
    if wanted.as_ref().is_some_and(|symbol| Pair::find(symbol).is_none()) {
        return Err(Why::UnknownSymbol.into());
    }
    let [default, ..] = SITES;
    let site = ask.text("site").unwrap_or_else(|| default.to_owned());
    let site = SITES.into_iter().find(|known| known.eq_ignore_ascii_case(&site));
    let site = site.ok_or_else(|| Refusal::invalid("site"))?;
    let listed = PAIRS.iter().filter(|pair| wanted.as_ref().is_none_or(|wanted| pair.symbol == wanted));
    Ok(write(&[
        ("timezone", quote("UTC")),
        ("serverTime", ask.now_ms.to_string()),
        ("symbols", list(listed.map(pair))),
        ("coins", coins::all()),
        ("brokerFilters", list([])),
        ("contracts", list([])),
        ("options", list([])),
        ("site", quote(site)),
    ]))
}

/// The instruments that `symbol` names, one or all, with their names.
fn named(state: &State, ask: &Ask<'_>) -> Result<Vec<(InstrumentId, String)>, Refusal> {
    let wanted = ask.any_instrument(&state.engine)?;
    let listed = state.engine.instruments().filter(|(id, _)| wanted.is_none_or(|wanted| *id == wanted));
    Ok(listed.map(|(id, instrument)| (id, quote(&instrument.symbol))).collect())
}

/// The best price of a side and what rests there; zero where nothing does.
fn top(state: &State, id: InstrumentId, side: Side) -> (Json, Json) {
    let (price, qty) = market::best(&state.engine, id, side);
    (quoted(price), quoted(qty))
}

pub(super) fn day(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let is_spot = !ask.is("instType", "FUTURES");
    let listed = named(state, ask)?.into_iter().filter(|_| is_spot);
    Ok(list(listed.map(|(id, name)| {
        let last = engine.last_price(id);
        let day = market::day(engine, id, ask.now_ms);
        write(&[
            ("t", ask.now_ms.to_string()),
            ("s", name),
            ("c", quoted(last)),
            ("h", quoted(day.high)),
            ("l", quoted(day.low)),
            ("o", quoted(day.open)),
            ("b", top(state, id, Side::Buy).0),
            ("a", top(state, id, Side::Sell).0),
            ("v", quoted(day.volume)),
            ("qv", quoted(day.turnover)),
            ("it", quote("SPOT")),
        ])
    })))
}

pub(super) fn last(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let rows = named(state, ask)?.into_iter();
    Ok(list(rows.map(|(id, name)| write(&[("s", name), ("p", quoted(state.engine.last_price(id)))]))))
}

pub(super) fn best(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(named(state, ask)?.into_iter().map(|(id, name)| {
        let ((bid, bid_qty), (offer, offer_qty)) = (top(state, id, Side::Buy), top(state, id, Side::Sell));
        write(&[
            ("s", name),
            ("b", bid),
            ("bq", bid_qty),
            ("a", offer),
            ("aq", offer_qty),
            ("t", ask.now_ms.to_string()),
        ])
    })))
}
