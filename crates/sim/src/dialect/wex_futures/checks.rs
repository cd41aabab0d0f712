//! What this venue refuses by its own words before an order gets to the engine.

use rust_decimal::Decimal;

use super::words::{closes, contract, read_side, read_slot, read_tif};
use crate::dialect::{Ask, State};
use crate::engine::{Engine, InstrumentId, NewOrder, Preset, Refused, Side, Size, Slot, Stp};
use crate::refusal::{Refusal, Why};
use crate::rules::wex_futures;

/// A price that the contract can trade at; the refusal is about `field`.
pub(super) fn price(
    engine: &Engine,
    id: InstrumentId,
    price: Decimal,
    field: &str,
) -> Result<Decimal, Refusal> {
    let refusal = || Refusal::about(Why::OutOfRange, field);
    let instrument = engine.instrument(id).ok_or(Why::UnknownSymbol)?;
    let whole = price.checked_rem(instrument.tick).is_some_and(|rest| rest.is_zero());
    let highest = instrument.start_price.checked_mul(Decimal::ONE_THOUSAND).unwrap_or(Decimal::MAX);
    if whole && price > Decimal::ZERO && price <= highest { Ok(price) } else { Err(refusal()) }
}

/// A price that may be left out; zero leaves it out too.
pub(super) fn any_price(
    engine: &Engine,
    id: InstrumentId,
    ask: &Ask<'_>,
    field: &str,
) -> Result<Option<Decimal>, Refusal> {
    let given = ask.decimal(field).map_err(|_| Refusal::about(Why::OutOfRange, field))?;
    given.filter(|given| !given.is_zero()).map(|given| price(engine, id, given, field)).transpose()
}

/// A whole number of contracts; what is no whole one is refused about `field`.
pub(super) fn size(
    engine: &Engine,
    id: InstrumentId,
    ask: &Ask<'_>,
    field: &str,
) -> Result<Decimal, Refusal> {
    let qty = ask.demand_decimal("origQty")?;
    let instrument = engine.instrument(id).ok_or(Why::UnknownSymbol)?;
    if !qty.fract().is_zero() {
        return Err(Refusal::about(Why::Precision, field));
    }
    if qty < instrument.min_qty {
        return Err(Refusal::about(Why::OutOfRange, "origQty"));
    }
    if qty > instrument.max_qty { Err(Refusal::invalid("origQty")) } else { Ok(qty) }
}

/// Take-profit and stop-loss of an order to open: on their sides of its limit, or of the book.
pub(super) fn preset(
    engine: &Engine,
    id: InstrumentId,
    ask: &Ask<'_>,
    slot: Slot,
    limit: Option<Decimal>,
) -> Result<Preset, Refusal> {
    let profit = any_price(engine, id, ask, "triggerProfitPrice")?;
    let stop = any_price(engine, id, ask, "triggerStopPrice")?;
    let best = |side| engine.levels(id, side, 1).first().map(|(price, _)| *price);
    let is_long = slot == Slot::Long;
    match (limit, is_long) {
        (Some(limit), true) => {
            above(profit, limit, wex_futures::PROFIT_BELOW_ORDER)?;
            below(stop, limit, wex_futures::STOP_ABOVE_ORDER)?;
        }
        (Some(limit), false) => {
            below(profit, limit, wex_futures::PROFIT_ABOVE_ORDER)?;
            above(stop, limit, wex_futures::STOP_BELOW_ORDER)?;
        }
        (None, true) => {
            if let Some(ask) = best(Side::Sell) {
                above(profit, ask, wex_futures::PROFIT_AGAINST_ASK)?;
                below(stop, ask, wex_futures::STOP_AGAINST_ASK)?;
            }
        }
        (None, false) => {
            if let Some(bid) = best(Side::Buy) {
                below(profit, bid, wex_futures::PROFIT_AGAINST_BID)?;
                above(stop, bid, wex_futures::STOP_AGAINST_BID)?;
            }
        }
    }
    Ok(Preset { take_profit: profit, stop_loss: stop, ..Preset::default() })
}

/// Take-profit and stop-loss of a position: on their sides of its average price and of the mark price.
pub(super) fn protection(
    (slot, entry, mark): (Slot, Decimal, Decimal),
    profit: Option<Decimal>,
    stop: Option<Decimal>,
) -> Result<(), Refusal> {
    let is_long = slot == Slot::Long;
    if is_long {
        above(profit, entry, wex_futures::PROFIT_BELOW_ENTRY)?;
        below(stop, entry, wex_futures::STOP_ABOVE_ENTRY)?;
        above(profit, mark, wex_futures::PROFIT_BELOW_MARK)?;
        below(stop, mark, wex_futures::STOP_ABOVE_MARK)
    } else {
        below(profit, entry, wex_futures::PROFIT_ABOVE_ENTRY)?;
        above(stop, entry, wex_futures::STOP_BELOW_ENTRY)?;
        below(profit, mark, wex_futures::PROFIT_ABOVE_MARK)?;
        above(stop, mark, wex_futures::STOP_BELOW_MARK)
    }
}

fn above(price: Option<Decimal>, other: Decimal, why: Why) -> Result<(), Refusal> {
    if price.is_some_and(|price| price <= other) { Err(why.into()) } else { Ok(()) }
}

fn below(price: Option<Decimal>, other: Decimal, why: Why) -> Result<(), Refusal> {
    if price.is_some_and(|price| price >= other) { Err(why.into()) } else { Ok(()) }
}

/// The order that a request or a batch's row asks for; `field` is what a broken size is called.
pub(super) fn new_order(state: &State, ask: &Ask<'_>, field: &str) -> Result<NewOrder, Refusal> {
    let id = contract(state, ask)?;
    let (side, slot) = (read_side(ask), read_slot(ask));
    let reduce_only = closes(side, slot);
    let limit = if ask.is("orderType", "LIMIT") {
        let given = ask.decimal("price").map_err(|_| Refusal::about(Why::OutOfRange, "price"))?;
        Some(price(&state.engine, id, given.ok_or_else(|| Refusal::missing("price"))?, "price")?)
    } else {
        None
    };
    let qty = size(&state.engine, id, ask, field)?;
    let preset = if reduce_only { Preset::default() } else { preset(&state.engine, id, ask, slot, limit)? };
    Ok(NewOrder {
        instrument: id,
        side,
        slot,
        reduce_only,
        size: Size::Base(qty),
        price: limit,
        tif: read_tif(ask, "timeInForce"),
        stp: Stp::default(),
        client_id: ask.text("clientOrderId"),
        leverage: None,
        margin: None,
        preset,
    })
}

/// The engine's refusal, said of an order: a size that the engine can't take isn't a matter of decimals here.
pub(super) fn refuse(refused: Refused) -> Refusal {
    match refused {
        Refused::Tick | Refused::PriceRange => Refusal::about(Why::OutOfRange, "price"),
        Refused::Lot => Refusal::about(Why::Precision, "origQty"),
        other => other.into(),
    }
}
