//! Positions, in the three shapes that are documented.

use super::rows;
use crate::dialect::{Ask, Json, State, quoted};
use crate::engine::{Decimal, InstrumentId, Margin, Position, PositionMode, Slot};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// The share of its value that a position must be backed by; our choice, since brackets aren't modelled.
const MAINTENANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 3);
/// The largest position, in USDT; documented as an example, not enforced.
const MOST_VALUE: &str = "500000";

/// A position with what is needed to write it.
struct Held<'a> {
    id: InstrumentId,
    slot: Slot,
    position: &'a Position,
    multiplier: Decimal,
    mark: Decimal,
    last: Decimal,
}

impl Held<'_> {
    fn value(&self, price: Decimal) -> Decimal {
        (self.position.qty * price * self.multiplier).abs()
    }

    fn is_short(&self) -> bool {
        self.slot == Slot::Short || self.position.qty.is_sign_negative()
    }

    fn unrealised(&self) -> Decimal {
        self.position.unrealised(self.mark, self.multiplier)
    }

    fn entry(&self) -> Decimal {
        self.position.entry_price(self.multiplier)
    }

    fn margin_type(&self) -> Json {
        quote(match self.position.margin {
            Margin::Cross => "Cross",
            Margin::Isolated => "Isolated",
        })
    }
}

fn held<'a>(state: &'a State, id: InstrumentId, slot: Slot, position: &'a Position) -> Held<'a> {
    let multiplier = state.engine.instrument(id).map(|instrument| instrument.multiplier).unwrap_or_default();
    let (mark, last) = (state.engine.mark_price(id), state.engine.last_price(id));
    Held { id, slot, position, multiplier, mark, last }
}

/// Positions that are held, of one symbol or of all.
fn all<'a>(state: &'a State, ask: &Ask<'_>) -> Result<impl Iterator<Item = Held<'a>>, Refusal> {
    let wanted = ask.any_instrument(&state.engine)?;
    let positions = state.engine.account(state.account).positions();
    Ok(positions
        .filter(move |(id, ..)| wanted.is_none_or(|wanted| *id == wanted))
        .filter(|(.., position)| !position.qty.is_zero())
        .map(|(id, slot, position)| held(state, id, slot, position)))
}

/// `position`.
pub(super) fn first(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(all(state, ask)?.map(|held| {
        let position = held.position;
        write(&[
            ("symbol", rows::symbol(&state.engine, held.id)),
            ("leverage", quoted(position.leverage)),
            ("timestamp", ask.now_ms.to_string()),
            ("current_fee", quoted(position.fees)),
            ("open_timestamp", position.opened_ms.to_string()),
            ("current_value", quoted(held.value(held.last))),
            ("mark_value", quoted(held.value(held.mark))),
            ("mark_price", quoted(held.mark)),
            ("position_value", quoted(position.cost.abs())),
            ("position_cross", quoted(position.tied_up())),
            ("maintenance_margin", quoted(held.value(held.mark) * MAINTENANCE)),
            ("margin_type", held.margin_type()),
            ("position_mode", rows::mode(held.slot)),
            ("close_vol", quoted(position.closed_qty)),
            ("close_avg_price", quoted(position.closed_price())),
            ("open_avg_price", quoted(held.entry())),
            ("entry_price", quoted(held.entry())),
            ("current_amount", quoted(position.qty.abs())),
            ("unrealized_value", quoted(held.unrealised())),
            ("realized_value", quoted(position.realised)),
            ("position_type", if held.is_short() { "2" } else { "1" }.to_owned()),
            ("account", quote("futures")),
        ])
    })))
}

/// `position-v2`: with a symbol there are rows even for what isn't held.
pub(super) fn second(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let account = state.engine.account(state.account);
    let Some(id) = ask.any_instrument(&state.engine)? else {
        return Ok(list(all(state, ask)?.map(|held| second_row(state, ask, &held))));
    };
    let slots: &[Slot] = match account.mode() {
        PositionMode::Hedge => &[Slot::Long, Slot::Short],
        PositionMode::OneWay => &[Slot::Net],
    };
    let none = Position::default();
    let rows = slots.iter().map(|slot| {
        let position = account.position(id, *slot).unwrap_or(&none);
        second_row(state, ask, &held(state, id, *slot, position))
    });
    Ok(list(rows))
}

fn second_row(state: &State, ask: &Ask<'_>, held: &Held<'_>) -> Json {
    let position = held.position;
    let instrument = state.engine.instrument(held.id);
    let account = state.engine.account(state.account);
    let setting = instrument.map(|instrument| account.setting(held.id, instrument));
    // What isn't held yet would be opened by the account's choice.
    let chosen = setting.filter(|_| position.qty.is_zero());
    let leverage = chosen.map_or(position.leverage, |setting| setting.leverage);
    let margin = chosen.map_or(position.margin, |setting| setting.margin);
    let side = match held.slot {
        Slot::Net => "both",
        Slot::Long => "long",
        Slot::Short => "short",
    };
    // Signed in one-way mode, as documented.
    let amount = if held.slot == Slot::Net { position.qty } else { position.qty.abs() };
    write(&[
        ("symbol", rows::symbol(&state.engine, held.id)),
        ("leverage", quoted(leverage)),
        ("timestamp", ask.now_ms.to_string()),
        ("current_fee", quoted(position.fees)),
        ("open_timestamp", if position.qty.is_zero() { 0 } else { position.opened_ms }.to_string()),
        ("current_value", quoted(held.value(held.last))),
        ("mark_price", quoted(held.mark)),
        ("position_value", quoted(position.cost.abs())),
        ("position_cross", quoted(position.tied_up())),
        ("maintenance_margin", quoted(held.value(held.mark) * MAINTENANCE)),
        ("close_vol", quoted(position.closed_qty)),
        ("close_avg_price", quoted(position.closed_price())),
        ("open_avg_price", quoted(held.entry())),
        ("entry_price", quoted(held.entry())),
        ("current_amount", quoted(position.qty.abs())),
        ("position_amount", quoted(amount)),
        ("realized_value", quoted(position.realised)),
        ("mark_value", quoted(held.value(held.mark))),
        ("account", quote("futures")),
        ("open_type", rows::open_type(margin)),
        ("position_side", quote(side)),
        ("unrealized_pnl", quoted(held.unrealised())),
        ("liquidation_price", quote("0")),
        ("max_notional_value", quote(MOST_VALUE)),
        ("initial_margin", quoted(position.tied_up())),
    ])
}

/// `position-risk`.
pub(super) fn risk(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(all(state, ask)?.map(|held| {
        let position = held.position;
        let isolated = if position.margin == Margin::Isolated { position.tied_up() } else { Decimal::ZERO };
        write(&[
            ("symbol", rows::symbol(&state.engine, held.id)),
            ("position_amt", quoted(position.qty.abs())),
            ("mark_price", quoted(held.mark)),
            ("unrealized_profit", quoted(held.unrealised())),
            ("liquidation_price", quote("0")),
            ("leverage", quoted(position.leverage)),
            ("max_notional_value", quote(MOST_VALUE)),
            ("margin_type", held.margin_type()),
            ("isolated_margin", quoted(isolated)),
            ("position_side", quote(if held.is_short() { "Short" } else { "Long" })),
            ("notional", quoted(held.value(held.mark))),
            // Seconds in the documented example, whatever its table says.
            ("update_time", (position.updated_ms / 1000).to_string()),
            ("account", quote("futures")),
        ])
    })))
}
