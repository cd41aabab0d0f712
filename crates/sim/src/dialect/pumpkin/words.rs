//! The venue's words for what the engine knows.

use super::Pumpkin;
pub(super) use crate::dialect::words::status as order_state;
use crate::dialect::{Ask, Json, State, words};
use crate::engine::{InstrumentId, Margin, OrderId, Position, PositionMode, Side, Slot, Tif};
use crate::json::quote;
use crate::refusal::{Refusal, Why};

/// The moment that position ids count from: those of the documented time look like the documented one.
const EPOCH_MS: i64 = 1_629_702_000_000;

pub(super) fn side(side: Side) -> Json {
    quote(words::side(side))
}

pub(super) fn tif(tif: Tif) -> Json {
    quote(words::tif(tif))
}

pub(super) fn margin(margin: Margin) -> Json {
    quote(words::margin(margin))
}

pub(super) fn slot(slot: Slot) -> Json {
    quote(match slot {
        Slot::Net => "BOTH",
        Slot::Long => "LONG",
        Slot::Short => "SHORT",
    })
}

pub(super) fn trigger_price(by_mark: bool) -> Json {
    quote(if by_mark { "MARK_PRICE" } else { "LATEST_PRICE" })
}

pub(super) fn kind(is_limit: bool) -> Json {
    quote(if is_limit { "LIMIT" } else { "MARKET" })
}

/// `null` where there is nothing.
pub(super) fn or_null(value: Option<Json>) -> Json {
    value.unwrap_or_else(|| "null".to_owned())
}

/// A position's id: another one each time it is opened.
pub(super) fn position_id(id: InstrumentId, slot: Slot, position: &Position) -> u64 {
    let age = u64::try_from(position.opened_ms.saturating_sub(EPOCH_MS)).unwrap_or_default();
    let which = id.0 as u64 * 4
        + match slot {
            Slot::Net => 0,
            Slot::Long => 1,
            Slot::Short => 2,
        };
    // 22 bits are left for what was opened in the same millisecond, as in the documented ids.
    age.wrapping_shl(22) | which
}

/// Which way an order goes, on which position, and whether it only reduces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aim {
    pub(super) side: Side,
    pub(super) slot: Slot,
    pub(super) reduces: bool,
}

/// Which position a documented side means: the only one where orders add up to one.
pub(super) fn position_side(own: &Pumpkin, ask: &Ask<'_>, id: InstrumentId) -> Result<Slot, Refusal> {
    match (own.model(id), ask.demand("positionSide")?.as_str()) {
        (PositionMode::OneWay, _) => Ok(Slot::Net),
        (PositionMode::Hedge, "LONG") => Ok(Slot::Long),
        (PositionMode::Hedge, "SHORT") => Ok(Slot::Short),
        (PositionMode::Hedge, _) => Err(Why::NotAllowed.into()),
    }
}

/// The id of the position that a request names; 0 is none, as in the documented batch.
pub(super) fn named_position(ask: &Ask<'_>) -> Option<String> {
    ask.text("positionId").filter(|id| id != "0")
}

/// Reads the aim of an order. One that closes must name the position, and no other than the one that is held.
pub(super) fn aim(own: &Pumpkin, state: &State, ask: &Ask<'_>, id: InstrumentId) -> Result<Aim, Refusal> {
    let slot = position_side(own, ask, id)?;
    let side = if ask.demand("orderSide")? == "BUY" { Side::Buy } else { Side::Sell };
    let closes = matches!((slot, side), (Slot::Long, Side::Sell) | (Slot::Short, Side::Buy));
    let wish = ask.is("reduceOnly", "true");
    let named = named_position(ask);
    if let Some(named) = &named {
        let held = state.engine.account(state.account).position(id, slot).filter(|held| !held.qty.is_zero());
        let held = held.map(|held| position_id(id, slot, held).to_string());
        if held.as_ref() != Some(named) {
            return Err(Why::PositionMissing.into());
        }
    } else if closes {
        return Err(Refusal::missing("positionId"));
    }
    match slot {
        Slot::Net => Ok(Aim { side, slot, reduces: wish || named.is_some() }),
        // What opens can't reduce.
        Slot::Long | Slot::Short if wish && !closes => Err(Why::NotAllowed.into()),
        Slot::Long | Slot::Short => Ok(Aim { side, slot, reduces: closes }),
    }
}

/// An id, as a number; the word for "no such thing" when it is none.
pub(super) fn number(ask: &Ask<'_>, name: &str) -> Result<OrderId, Refusal> {
    ask.demand(name)?.parse().map_err(|_| Why::UnknownOrderId.into())
}
