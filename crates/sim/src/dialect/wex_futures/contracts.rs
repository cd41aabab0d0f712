//! Contracts, their leverage, funding and open interest.

use rust_decimal::Decimal;

use super::words::{self, any_contract, contract, cursor_page, is_here};
use crate::dialect::market::{FUNDING, FUNDING_HOURS, FUNDING_MS, held, last_funding_ms};
use crate::dialect::{Ask, Json, State, plain, quoted};
use crate::engine::{Instrument, InstrumentId, Product};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// The share of its value that a position must be backed by, as in the documented bracket.
pub(super) const MAINTENANCE: Decimal = Decimal::from_parts(4, 0, 0, false, 3);
/// Funding times that are told of: a month.
const PAST_FUNDINGS: i64 = 90;

pub(super) fn answer(state: &State, ask: &Ask<'_>, id: &str) -> Option<Result<Json, Refusal>> {
    Some(match id {
        "get_symbol_coins" => Ok(coins(state, ask)),
        "get_symbol_detail" => detail(state, ask),
        "get_symbol_list" => Ok(all(state, ask)),
        "get_leverage_bracket_detail" => bracket(state, ask),
        "get_funding_rate" => funding(state, ask),
        "get_funding_rate_records" => fundings(state, ask),
        "get_open_interest" => open_interest(state, ask),
        _ => return None,
    })
}

/// The contracts of the asked host.
pub(super) fn here<'a>(
    state: &'a State,
    ask: &'a Ask<'_>,
) -> impl Iterator<Item = (InstrumentId, &'a Instrument)> {
    state.engine.instruments().filter(|(id, _)| is_here(&state.engine, ask, *id))
}

fn coins(state: &State, ask: &Ask<'_>) -> Json {
    let mut coins: Vec<&str> = Vec::new();
    let quotes = |on: &Instrument| on.product != Product::Inverse;
    for (_, on) in here(state, ask) {
        for coin in [Some(on.base.as_str()), Some(on.quote.as_str()).filter(|_| quotes(on))] {
            coins.extend(coin.filter(|coin| !coins.contains(coin)));
        }
    }
    list(coins.into_iter().map(quote))
}

/// The price's decimals, and how many of them the tick has.
fn members(on: &Instrument, in_list: bool) -> Vec<(&'static str, Json)> {
    let text = |text: &str| quote(text);
    let nothing = || quote("");
    let name = on.symbol.to_ascii_uppercase();
    let inverse = on.product == Product::Inverse;
    let mut members = vec![
        ("baseCoin", text(&on.base)),
        ("baseCoinDisplayPrecision", "4".to_owned()),
        ("baseCoinPrecision", "8".to_owned()),
        ("cnDesc", nothing()),
        ("cnName", text(&format!("{name} 永续"))),
        ("cnRemark", nothing()),
        ("contractSize", plain(on.multiplier)),
        ("contractType", text("PERPETUAL")),
        ("deliveryCompletion", "false".to_owned()),
        ("deliveryDate", "0".to_owned()),
        ("deliveryPrice", "0".to_owned()),
        ("depthPrecisionMerge", "5".to_owned()),
        ("enDesc", nothing()),
        ("enName", text(&format!("{name} Perpetual"))),
        ("enRemark", nothing()),
        ("initLeverage", "20".to_owned()),
        ("initPositionType", text("CROSSED")),
        ("isDisplay", "true".to_owned()),
        ("isOpenApi", "true".to_owned()),
        ("labels", "[]".to_owned()),
        ("liquidationFee", "0.005".to_owned()),
        ("makerFee", plain(on.maker_fee)),
        ("marketTakeBound", "0.1".to_owned()),
        ("maxEntrusts", "500".to_owned()),
        ("maxNotional", plain(on.value(on.start_price, on.max_qty).round())),
        ("maxOpenOrders", "1000000".to_owned()),
        ("maxPrice", plain(on.start_price * Decimal::ONE_THOUSAND)),
        ("minNotional", "0".to_owned()),
        ("minPrice", plain(on.tick)),
        ("minQty", plain(on.min_qty)),
        ("minStepPrice", plain(on.tick)),
        ("multiplierDown", "0.1".to_owned()),
        ("multiplierUp", "0.1".to_owned()),
        ("onboardDate", "1651500001000".to_owned()),
        ("pair", text(&on.symbol)),
        ("plates", "[]".to_owned()),
        ("predictEventParam", nothing()),
        ("predictEventSort", nothing()),
        ("predictEventType", nothing()),
        ("pricePrecision", on.tick.scale().to_string()),
        ("productType", text("perpetual")),
        ("quantityPrecision", "0".to_owned()),
        ("quoteCoin", text(&on.quote)),
        ("quoteCoinDisplayPrecision", "4".to_owned()),
        ("quoteCoinPrecision", "8".to_owned()),
        ("state", "0".to_owned()),
        ("supportEntrustType", text("TAKE_PROFIT,STOP,TAKE_PROFIT_MARKET,STOP_MARKET")),
        ("supportOrderType", text("LIMIT,MARKET")),
        ("supportPositionType", text("CROSSED,ISOLATED")),
        ("supportTimeInForce", text("GTC,FOK,IOC,GTX")),
        ("symbol", text(&on.symbol)),
        ("symbolGroupId", "1".to_owned()),
        ("takerFee", plain(on.taker_fee)),
        ("tradeSwitch", "true".to_owned()),
        ("underlyingType", text(if inverse { "COIN_BASED" } else { "U_BASED" })),
    ];
    if in_list {
        members.push(("offTime", nothing()));
    }
    members
}

fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let on = state.engine.instrument(contract(state, ask)?);
    Ok(write(&on.map(|on| members(on, false)).unwrap_or_default()))
}

fn all(state: &State, ask: &Ask<'_>) -> Json {
    list(here(state, ask).map(|(_, on)| write(&members(on, true))))
}

/// One bracket: the larger a position, the less leverage is not modelled.
fn bracket(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    let (symbol, on) = (words::symbol(&state.engine, id), state.engine.instrument(id));
    let most = on.map(|on| on.max_leverage).unwrap_or(Decimal::ONE);
    let value = on.map(|on| on.value(on.start_price, on.max_qty).round()).unwrap_or_default();
    let row = write(&[
        ("bracket", "1".to_owned()),
        ("maintMarginRate", plain(MAINTENANCE)),
        ("maxLeverage", plain(most)),
        ("maxNominalValue", plain(value)),
        ("maxStartMarginRate", "1".to_owned()),
        ("minLeverage", "1".to_owned()),
        ("startMarginRate", plain(Decimal::ONE.checked_div(most).unwrap_or_default())),
        ("symbol", symbol.clone()),
    ]);
    Ok(write(&[("leverageBrackets", list([row])), ("symbol", symbol)]))
}

/// The number of a funding time of a contract: later ones are higher, and no two contracts share one.
fn funding_number(at_ms: i64, id: InstrumentId, state: &State) -> u64 {
    let place = state.engine.instruments().position(|(known, _)| known == id).unwrap_or_default();
    let times = u64::try_from(at_ms.div_euclid(FUNDING_MS)).unwrap_or_default();
    203_530_000_000_000_000 + times * 100 + u64::try_from(place).unwrap_or_default()
}

fn funding_row(state: &State, id: InstrumentId, at_ms: i64, interval: i64) -> (u64, Json) {
    let number = funding_number(at_ms, id, state);
    let row = write(&[
        ("collectionInternal", interval.to_string()),
        ("createdTime", at_ms.to_string()),
        ("fundingRate", FUNDING.to_owned()),
        ("id", number.to_string()),
        ("symbol", words::symbol(&state.engine, id)),
    ]);
    (number, row)
}

/// The rate in force, as the page it is documented as; hours here.
fn funding(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    let (_, row) = funding_row(state, id, last_funding_ms(ask.now_ms), FUNDING_HOURS);
    Ok(write(&[("hasNext", "false".to_owned()), ("hasPrev", "false".to_owned()), ("items", list([row]))]))
}

/// Rates of the past; seconds here.
fn fundings(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = any_contract(state, ask)?;
    let last_ms = last_funding_ms(ask.now_ms);
    let rows =
        here(state, ask).filter(|(id, _)| wanted.is_none_or(|wanted| wanted == *id)).flat_map(|(id, _)| {
            (0..PAST_FUNDINGS)
                .map(move |back| funding_row(state, id, last_ms - back * FUNDING_MS, FUNDING_MS / 1000))
        });
    cursor_page(ask, rows.collect(), "hasPrev", 1000)
}

fn open_interest(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    let (contracts, value) = held(&state.engine, id);
    let inverse = state.engine.instrument(id).is_some_and(|on| on.product == Product::Inverse);
    // In dollars, whatever the contract is settled in.
    let in_usd = if inverse { value * state.engine.mark_price(id) } else { value };
    Ok(write(&[
        ("symbol", words::symbol(&state.engine, id)),
        ("openInterest", quoted(contracts)),
        ("openInterestUsd", plain(in_usd.round_dp(2))),
        ("time", quote(&ask.now_ms.to_string())),
    ]))
}
