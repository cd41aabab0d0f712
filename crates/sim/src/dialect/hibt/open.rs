//! Orders that open a position or add to one.

use super::rows;
use crate::dialect::{Ask, Json, State};
use crate::engine::{Decimal, Engine, InstrumentId, NewOrder, OrderId, Preset, Side, Slot};
use crate::json::write;
use crate::refusal::{Refusal, Why};
use crate::rules::hibt;

/// Which way, and on which position: a buy opens the long one, a sell the short one.
pub(super) fn aim(ask: &Ask<'_>) -> (Side, Slot) {
    if ask.is("side", "2") { (Side::Sell, Slot::Short) } else { (Side::Buy, Slot::Long) }
}

/// The limit of a limit order; `None` for a market order.
pub(super) fn limit(ask: &Ask<'_>) -> Result<Option<Decimal>, Refusal> {
    if ask.is("type", "2") { Ok(None) } else { ask.demand_decimal("price").map(Some) }
}

/// What the parameters of a preset are called: its two flags, and what triggers it.
pub(super) struct PresetNames {
    pub(super) flags: [&'static str; 2],
    pub(super) trigger: &'static str,
}

/// Take-profit and stop-loss, each of which needs its flag, and a price on its side of the order's.
pub(super) fn preset(
    engine: &Engine,
    ask: &Ask<'_>,
    names: &PresetNames,
    (instrument, side, around): (InstrumentId, Side, Decimal),
) -> Result<Preset, Refusal> {
    let read = |at: usize, name: &str, rises: bool, why: Why| {
        let is_set = names.flags.get(at).is_some_and(|flag| ask.is(flag, "true"));
        if !is_set {
            return Ok(None);
        }
        let refusal = || Refusal::from(why);
        let price = ask.decimal(name).map_err(|_| refusal())?.ok_or_else(refusal)?;
        let listed = engine.instrument(instrument).ok_or(Why::UnknownSymbol)?;
        Engine::check_price(listed, price).map_err(|_| refusal())?;
        let is_beyond = if rises { price > around } else { price < around };
        if is_beyond { Ok(Some(price)) } else { Err(refusal()) }
    };
    let long = side == Side::Buy;
    let take_profit = read(0, "spPrice", long, hibt::TAKE_PROFIT_PRICE)?;
    let stop_loss = read(1, "slPrice", !long, hibt::STOP_LOSS_PRICE)?;
    let trigger = ask.text(names.trigger);
    if trigger.is_none() && (take_profit.is_some() || stop_loss.is_some()) {
        return Err(Refusal::missing(names.trigger));
    }
    let by_mark = trigger.as_deref() == Some("2");
    Ok(Preset {
        take_profit,
        stop_loss,
        take_profit_by_mark: by_mark,
        stop_loss_by_mark: by_mark,
        ..Preset::default()
    })
}

const NAMES: PresetNames = PresetNames { flags: ["isSetSp", "isSetSl"], trigger: "triggerType" };

/// Places what is asked for, alone or in a row.
pub(super) fn place(state: &mut State, ask: &Ask<'_>) -> Result<OrderId, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let ((side, slot), price) = (aim(ask), limit(ask)?);
    let around = price.unwrap_or_else(|| state.engine.last_price(instrument));
    let new = NewOrder {
        price,
        client_id: ask.text("customID"),
        leverage: Some(ask.demand_decimal("leverage")?),
        preset: preset(&state.engine, ask, &NAMES, (instrument, side, around))?,
        ..NewOrder::market(instrument, side, slot, ask.demand_decimal("amount")?)
    };
    Ok(state.engine.place(state.account, new)?)
}

pub(super) fn one(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    place(state, ask).map(ack)
}

/// An order was taken.
pub(super) fn ack(order: OrderId) -> Json {
    write(&[("orderID", rows::id(order))])
}
