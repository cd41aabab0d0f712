//! Orders: placed and cancelled.

use super::words::{aim, number};
use super::{MOST_OPEN, Pumpkin, refused, tradable};
use crate::dialect::{Ask, Json, State};
use crate::engine::{Decimal, InstrumentId, NewOrder, Position, Preset, Size, Slot, Stp, Tif};
use crate::json::quote;
use crate::refusal::{Refusal, Why};
use crate::rules::pumpkin;

/// An id of the caller's own. Letters and digits by the documentation's words, an underscore too by its example.
pub(super) fn own_id(ask: &Ask<'_>) -> Result<Option<String>, Refusal> {
    let id = ask.text("clientOrderId");
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    let is_fine = id.as_ref().is_none_or(|id| id.len() <= 32 && id.bytes().all(is_allowed));
    if is_fine { Ok(id) } else { Err(Refusal::invalid("clientOrderId")) }
}

/// How long an order lives; what a market order doesn't find at once it doesn't wait for.
pub(super) fn tif(ask: &Ask<'_>, is_market: bool) -> Tif {
    match (ask.text("timeInForce").as_deref(), is_market) {
        (Some("FOK"), _) => Tif::Fok,
        (_, true) | (Some("IOC"), _) => Tif::Ioc,
        (Some("GTX"), _) => Tif::PostOnly,
        _ => Tif::Gtc,
    }
}

/// Where a position is left: a trigger price, and the limit of what is then placed.
pub(super) type Exit = (Option<Decimal>, Option<Decimal>);

/// The exit whose parameters begin with `name`: `profit` or `stop`. A limit order needs its price.
pub(super) fn exit(ask: &Ask<'_>, name: &str) -> Result<Exit, Refusal> {
    let trigger = ask.decimal(if name == "profit" { "triggerProfitPrice" } else { "triggerStopPrice" })?;
    let price = format!("{name}OrderPrice");
    let is_limit = ask.is(&format!("{name}OrderType"), "LIMIT");
    Ok((trigger, if is_limit { Some(ask.demand_decimal(&price)?) } else { None }))
}

fn preset(ask: &Ask<'_>) -> Result<Preset, Refusal> {
    for (trigger, kind) in [("triggerProfitPrice", "profitOrderType"), ("triggerStopPrice", "stopOrderType")]
    {
        // Documented: both must be set.
        match (ask.text(trigger), ask.text(kind)) {
            (Some(_), None) => return Err(Refusal::missing(kind)),
            (None, Some(_)) => return Err(Refusal::missing(trigger)),
            _ => {}
        }
    }
    let ((take_profit, take_profit_limit), (stop_loss, stop_loss_limit)) =
        (exit(ask, "profit")?, exit(ask, "stop")?);
    Ok(Preset { take_profit, stop_loss, take_profit_limit, stop_loss_limit, ..Preset::default() })
}

/// The leverage in force: of the position, or as it was chosen.
pub(super) fn leverage(state: &State, id: InstrumentId, slot: Slot) -> Option<Decimal> {
    let holder = state.engine.account(state.account);
    let held = holder.position(id, slot).filter(|held| !held.qty.is_zero());
    held.map(|held| held.leverage)
        .or_else(|| state.engine.instrument(id).map(|instrument| holder.setting(id, instrument).leverage))
}

/// An order whose leverage isn't said.
pub(super) fn new(
    own: &Pumpkin,
    state: &State,
    ask: &Ask<'_>,
    instrument: InstrumentId,
) -> Result<NewOrder, Refusal> {
    let aim = aim(own, state, ask, instrument)?;
    let is_market = ask.is("orderType", "MARKET");
    let live = state.engine.open_orders(state.account).filter(|order| order.instrument == instrument);
    if live.count() >= MOST_OPEN {
        return Err(Why::TooManyPlans.into());
    }
    Ok(NewOrder {
        instrument,
        side: aim.side,
        slot: aim.slot,
        reduce_only: aim.reduces,
        size: Size::Base(ask.demand_decimal("origQty")?),
        price: if is_market { None } else { Some(ask.demand_decimal("price")?) },
        tif: tif(ask, is_market),
        stp: Stp::default(),
        client_id: own_id(ask)?,
        leverage: leverage(state, instrument, aim.slot),
        margin: None,
        preset: Preset::default(),
    })
}

pub(super) fn create(own: &Pumpkin, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = tradable(state, ask)?;
    let order = NewOrder { preset: preset(ask)?, ..new(own, state, ask, id)? };
    // Documented: what closes says both.
    if order.reduce_only && !ask.is("reduceOnly", "true") {
        return Err(Refusal::missing("reduceOnly"));
    }
    let wish = ask.demand_decimal("leverage")?;
    let differs = |(of, _, held): (InstrumentId, Slot, &Position)| {
        of == id && !held.qty.is_zero() && held.leverage != wish
    };
    if state.engine.account(state.account).positions().any(differs) {
        return Err(pumpkin::LEVERAGE_MISMATCH.into());
    }
    let order = NewOrder { leverage: Some(wish), ..order };
    let levels = ask.integer("marketOrderLevel")?;
    let placed = match levels {
        None => state.engine.place(state.account, order),
        Some(levels) => {
            let levels = usize::try_from(levels).ok().filter(|levels| [1, 5, 10, 15].contains(levels));
            let levels = levels.ok_or_else(|| Refusal::invalid("marketOrderLevel"))?;
            state.engine.place_within(state.account, order, levels)
        }
    };
    Ok(quote(&placed.map_err(refused)?.to_string()))
}

/// Cancels the order that is named; one of another contract isn't found.
pub(super) fn cancel_one(state: &mut State, ask: &Ask<'_>, name: &str) -> Result<(), Refusal> {
    let (id, symbol) = (number(ask, name)?, ask.any_instrument(&state.engine)?);
    let is_of = |of: InstrumentId| symbol.is_none_or(|symbol| symbol == of);
    if state.engine.order(id).is_some_and(|order| !is_of(order.instrument)) {
        return Err(Why::UnknownOrderId.into());
    }
    Ok(state.engine.cancel(state.account, id)?)
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    cancel_one(state, ask, "orderId")?;
    Ok("null".to_owned())
}

pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let symbol = ask.any_instrument(&state.engine)?;
    state.engine.cancel_all(state.account, symbol);
    Ok("true".to_owned())
}
