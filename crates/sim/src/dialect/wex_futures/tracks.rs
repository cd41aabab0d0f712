//! Tracks: orders that follow the price once it has been reached, and are placed when it turns.

use super::NOTHING;
use super::checks;
use super::triggers::{self, cancel_waiting, listed, named, price_type, terms, traded};
use super::words::{self, contract, cursor_page, page, read_side, read_slot};
use crate::dialect::{Ask, Json, State, plain};
use crate::engine::{Decimal, Engine, InstrumentId, Margin, NewTrigger, Trigger, TriggerKind};
use crate::json::{quote, write};
use crate::refusal::{Refusal, Why};

/// The smallest and the largest share of the price that a track may follow at: our choice.
const LEAST: Decimal = Decimal::from_parts(1, 0, 0, false, 3);
const MOST: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

fn is_track(trigger: &Trigger) -> bool {
    trigger.terms.kind == TriggerKind::Trailing
}

/// How far it follows: as a share, or as a distance.
fn callback(
    engine: &Engine,
    ask: &Ask<'_>,
    id: InstrumentId,
) -> Result<(Option<Decimal>, Option<Decimal>), Refusal> {
    let value = ask.demand_decimal("callbackVal")?;
    let last = engine.last_price(id);
    let is_share = ask.is("callback", "PROPORTION");
    let (least, most, kind) =
        if is_share { (LEAST, MOST, "rate") } else { (last * LEAST, last * MOST, "price") };
    if value < least {
        return Err(Refusal::about(Why::OutOfRange, &format!("callback {kind} low")));
    }
    if value > most {
        return Err(Refusal::about(Why::OutOfRange, &format!("callback {kind} high")));
    }
    Ok(if is_share { (Some(value), None) } else { (None, Some(value)) })
}

pub(super) fn create(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = contract(state, ask)?;
    if ask.is("positionSide", "BOTH") {
        // There is no net position in hedge mode.
        return Err(Refusal::invalid("positionSide"));
    }
    let qty = checks::size(&state.engine, id, ask, "origQty")?;
    let (callback, distance) = callback(&state.engine, ask, id)?;
    let activation = checks::any_price(&state.engine, id, ask, "activationPrice")?;
    let (side, slot) = (read_side(ask), read_slot(ask));
    let margin = if ask.is("positionType", "ISOLATED") { Margin::Isolated } else { Margin::Cross };
    let track = NewTrigger {
        callback,
        distance,
        follows_at_once: activation.is_none(),
        trigger_price: activation.unwrap_or_else(|| state.engine.last_price(id)),
        margin: Some(margin),
        ..terms(ask, id, TriggerKind::Trailing, (side, slot), qty)?
    };
    triggers::place(state, track)?;
    Ok(NOTHING.to_owned())
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = named(state, ask, "trackId", is_track, "track")?.id;
    state.engine.cancel_trigger(state.account, id).map_err(|_| Refusal::about(Why::UnknownOrder, "track"))?;
    Ok(NOTHING.to_owned())
}

/// Those of a symbol, or of all that the asked host has without one.
pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    cancel_waiting(state, ask, is_track)?;
    Ok(NOTHING.to_owned())
}

fn row(state: &State, track: &Trigger) -> Json {
    let (terms, last) = (&track.terms, state.engine.last_price(track.terms.instrument));
    let (executed, average) = traded(state, track);
    let (callback, value) = match terms.distance {
        Some(distance) => ("FIXED", distance),
        None => ("PROPORTION", terms.callback.unwrap_or_default()),
    };
    let activation = if terms.follows_at_once { Decimal::ZERO } else { terms.trigger_price };
    write(&[
        ("activationPrice", plain(activation)),
        ("avgPrice", plain(average)),
        ("callback", quote(callback)),
        ("callbackVal", plain(value)),
        ("configActivation", (!terms.follows_at_once).to_string()),
        ("createdTime", track.created_ms.to_string()),
        ("currentPrice", plain(last)),
        ("desc", quote("")),
        ("executedQty", plain(executed)),
        ("orderSide", quote(words::side(terms.side))),
        ("ordinary", "true".to_owned()),
        ("origQty", plain(terms.qty.unwrap_or_default())),
        ("positionSide", quote(words::position_side(terms.slot))),
        ("price", plain(average)),
        ("state", quote(words::trigger_state(track))),
        ("stopPrice", plain(track.turning_price().unwrap_or_default())),
        ("symbol", words::symbol(&state.engine, terms.instrument)),
        ("trackId", track.id.to_string()),
        ("triggerPriceType", quote(price_type(track))),
        ("updatedTime", track.updated_ms.to_string()),
    ])
}

pub(super) fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(row(state, named(state, ask, "trackId", is_track, "track detail")?))
}

pub(super) fn waiting(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let tracks = listed(state, ask, is_track)?.into_iter().filter(|track| track.is_waiting());
    let rows: Vec<Json> = tracks.map(|track| row(state, track)).collect();
    Ok(page(ask)?.write(&rows))
}

pub(super) fn history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let tracks = listed(state, ask, is_track)?.into_iter().filter(|track| !track.is_waiting());
    let rows = tracks.map(|track| (track.id, row(state, track))).collect();
    // Spelled like this in this list alone.
    cursor_page(ask, rows, "hasPre", 1000)
}
