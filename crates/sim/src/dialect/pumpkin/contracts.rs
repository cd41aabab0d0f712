//! What is traded, and on what terms.

use super::CONTRACTS;
use crate::dialect::{Ask, Json, State, plain, quoted, symbol};
use crate::engine::{Engine, Instrument, InstrumentId};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// When contracts were listed, as documented.
const LISTED_MS: &str = "1651500001000";

/// The venue counts its contracts from 1.
fn number(id: InstrumentId) -> String {
    (id.0 + 1).to_string()
}

fn row(id: InstrumentId, instrument: &Instrument) -> Json {
    let leverage = CONTRACTS.get(id.0).map(|contract| contract.leverage).unwrap_or_default();
    let (base, coin) = (quote(&instrument.base), quote(&instrument.quote));
    let precision = instrument.tick.normalize().scale().to_string();
    write(&[
        ("id", number(id)),
        ("symbol", quote(&instrument.symbol)),
        ("contractType", quote("PERPETUAL")),
        ("underlyingType", quote("U_BASED")),
        ("contractSize", quoted(instrument.multiplier)),
        ("tradeSwitch", "true".to_owned()),
        ("state", "0".to_owned()),
        ("initLeverage", leverage.to_string()),
        ("initPositionType", quote("CROSSED")),
        ("baseCoin", base.clone()),
        ("quoteCoin", coin.clone()),
        ("baseCoinPrecision", "8".to_owned()),
        ("baseCoinDisplayPrecision", "4".to_owned()),
        ("quoteCoinPrecision", "8".to_owned()),
        ("quoteCoinDisplayPrecision", "8".to_owned()),
        ("quantityPrecision", "0".to_owned()),
        ("pricePrecision", precision.clone()),
        ("supportOrderType", quote("LIMIT,MARKET")),
        ("supportTimeInForce", quote("GTC,FOK,IOC,GTX")),
        ("supportEntrustType", quote("TAKE_PROFIT,STOP,TAKE_PROFIT_MARKET,STOP_MARKET")),
        ("supportPositionType", quote("CROSSED,ISOLATED")),
        ("minPrice", "null".to_owned()),
        ("minQty", quoted(instrument.min_qty)),
        ("minNotional", quote("0")),
        ("maxNotional", quote("100000000")),
        ("multiplierDown", quote("0.1")),
        ("multiplierUp", quote("0.1")),
        ("maxOpenOrders", super::MOST_OPEN.to_string()),
        ("maxEntrusts", super::MOST_OPEN.to_string()),
        ("makerFee", quoted(instrument.maker_fee)),
        ("takerFee", quoted(instrument.taker_fee)),
        ("liquidationFee", quoted(instrument.taker_fee)),
        ("marketTakeBound", quote("0.005")),
        ("depthPrecisionMerge", "4".to_owned()),
        ("labels", list([quote("HOT")])),
        ("onboardDate", LISTED_MS.to_owned()),
        ("enName", quote(&format!("{} Perpetual", instrument.symbol))),
        ("cnName", quote(&format!("{} 永续", instrument.symbol))),
        ("minStepPrice", quoted(instrument.tick)),
        ("robotRate", quote("10")),
        ("pfRatio", quote("0")),
        ("tfRatio", quote("0")),
        ("plate", quote("[]")),
        ("baseCoinName", base),
        ("quoteCoinName", coin),
    ])
}

/// All of them trade.
pub(super) fn listed(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let wanted = ask.text("status").is_none_or(|status| status == "TRADING");
    let rows = state.engine.instruments().filter(|_| wanted);
    Ok(list(rows.map(|(id, instrument)| row(id, instrument))))
}

pub(super) fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    state.engine.instrument(id).map(|of| row(id, of)).ok_or_else(|| Refusal::invalid("symbol"))
}

pub(super) fn names(state: &State) -> Result<Json, Refusal> {
    Ok(list(state.engine.instruments().map(|(_, instrument)| quote(&instrument.symbol))))
}

/// One bracket, of any size: the engine knows no others.
fn bracket(engine: &Engine, id: InstrumentId, more: &[(&str, Json)]) -> Json {
    let (most, leverage) =
        engine.instrument(id).map(|of| (of.max_qty, plain(of.max_leverage))).unwrap_or_default();
    let mut members = vec![
        ("symbolId", number(id)),
        ("bracket", "1".to_owned()),
        ("maxPosition", quote(&format!("{most:.8}"))),
        ("maxLeverage", quote(&leverage)),
        ("maintenanceMargin", quote("0.0040")),
        ("maintenanceAmount", quote("0.00000000")),
    ];
    members.extend(more.iter().cloned());
    write(&[("symbol", symbol(engine, id)), ("leverageBrackets", list([write(&members)]))])
}

pub(super) fn brackets(state: &State) -> Result<Json, Refusal> {
    Ok(list(state.engine.instruments().map(|(id, _)| bracket(&state.engine, id, &[]))))
}

pub(super) fn bracket_detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    // Here, unlike in the list, each bracket names its contract.
    Ok(bracket(&state.engine, id, &[("symbol", symbol(&state.engine, id))]))
}
