//! Positions of the past, and what was closed of those that live.

use super::words::{self, cursor_page, span, wanted};
use crate::dialect::{Ask, Json, State, plain, quoted};
use crate::engine::{InstrumentId, Margin, Position, Slot};
use crate::json::{quote, write};
use crate::refusal::Refusal;

/// A row of the past: a position that has ended, or of which a part was closed.
struct Past<'a> {
    id: u64,
    instrument: InstrumentId,
    slot: Slot,
    position: &'a Position,
    lives: bool,
}

/// `position/list-history`.
pub(super) fn list(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, wanted, span) = (&state.engine, wanted(state, ask)?, span(ask)?);
    let account = engine.account(state.account);
    let ended = account.past_positions().map(|past| Past {
        id: past.id,
        instrument: past.instrument,
        slot: past.slot,
        position: &past.position,
        lives: false,
    });
    let parts = account
        .positions()
        .filter(|(.., position)| !position.qty.is_zero() && !position.closed_qty.is_zero());
    // Behind all that has ended, so that its place doesn't change when others end.
    let parts = parts.enumerate().map(|(at, (instrument, slot, position))| Past {
        id: u64::MAX / 4 + u64::try_from(at).unwrap_or_default(),
        instrument,
        slot,
        position,
        lives: true,
    });
    let type_wanted = ask.text("positionType");
    let whole_wanted = ask.text("isFullClose");
    let rows = ended.chain(parts).filter(|past| {
        wanted.has(engine, past.instrument)
            && span.contains(&past.position.updated_ms)
            && type_wanted.as_ref().is_none_or(|wanted| wanted == type_number(past.position.margin))
            && whole_wanted.as_ref().is_none_or(|wanted| (wanted == "1") != past.lives)
    });
    let rows = rows.map(|past| (past.id, past_row(state, &past))).collect();
    cursor_page(ask, rows, "hasPrev", 1000)
}

fn type_number(margin: Margin) -> &'static str {
    match margin {
        Margin::Cross => "1",
        Margin::Isolated => "2",
    }
}

fn past_row(state: &State, past: &Past<'_>) -> Json {
    let position = past.position;
    let multiplier = state.engine.instrument(past.instrument).map(|on| on.multiplier).unwrap_or_default();
    write(&[
        ("id", quote(&past.id.to_string())),
        ("positionSide", quote(words::position_side(past.slot))),
        ("contractType", quote("PERPETUAL")),
        ("symbol", words::joined_symbol(&state.engine, past.instrument)),
        ("positionType", type_number(position.margin).to_owned()),
        ("closeProfit", quoted(position.realised)),
        ("closePositionSize", quoted(position.closed_qty)),
        ("closeOpenPrice", quoted(position.closed_entry_price(multiplier))),
        ("closePrice", quoted(position.closed_price())),
        ("maxPositionSize", quoted(position.most_qty)),
        ("openTime", position.opened_ms.to_string()),
        ("closeTime", position.updated_ms.to_string()),
        ("startLeverage", plain(position.first_leverage)),
        ("endLeverage", plain(position.leverage)),
        ("working", past.lives.to_string()),
        ("force", "false".to_owned()),
        ("forceMarkPrice", "null".to_owned()),
        ("totalFee", quoted(position.fees)),
        ("totalFundFee", quote("0")),
        ("welfareAccount", "false".to_owned()),
    ])
}
