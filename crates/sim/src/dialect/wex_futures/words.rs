//! The venue's words for what the engine knows, and back.

use crate::dialect::page::{Cursor, Numbered, Page};
pub(super) use crate::dialect::words::{margin, read_tif, side, status as order_state, tif};
use crate::dialect::{Ask, Json, State};
use crate::engine::{Engine, InstrumentId, Product, Side, Slot, Trigger, TriggerStatus};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

pub(super) fn position_side(slot: Slot) -> &'static str {
    match slot {
        Slot::Short => "SHORT",
        Slot::Long | Slot::Net => "LONG",
    }
}

pub(super) fn order_type(is_limit: bool) -> &'static str {
    if is_limit { "LIMIT" } else { "MARKET" }
}

pub(super) fn trigger_state(trigger: &Trigger) -> &'static str {
    match trigger.status {
        TriggerStatus::Waiting => "NOT_TRIGGERED",
        TriggerStatus::Fired(_) => "TRIGGERED",
        TriggerStatus::Cancelled if trigger.by_owner => "USER_REVOCATION",
        TriggerStatus::Expired => "EXPIRED",
        TriggerStatus::Cancelled | TriggerStatus::Failed(_) => "PLATFORM_REVOCATION",
    }
}

pub(super) fn read_side(ask: &Ask<'_>) -> Side {
    if ask.is("orderSide", "SELL") { Side::Sell } else { Side::Buy }
}

pub(super) fn read_slot(ask: &Ask<'_>) -> Slot {
    if ask.is("positionSide", "SHORT") { Slot::Short } else { Slot::Long }
}

/// Whether an order of this side closes the position of that one.
pub(super) fn closes(side: Side, slot: Slot) -> bool {
    (side == Side::Sell) == (slot == Slot::Long)
}

pub(super) fn symbol(engine: &Engine, id: InstrumentId) -> Json {
    quote(engine.instrument(id).map(|instrument| instrument.symbol.as_str()).unwrap_or_default())
}

/// A symbol as the newer lists write it: `BTCUSDT`.
pub(super) fn joined_symbol(engine: &Engine, id: InstrumentId) -> Json {
    let symbol = engine.instrument(id).map(|instrument| instrument.symbol.replace('_', ""));
    quote(&symbol.unwrap_or_default().to_ascii_uppercase())
}

/// The coin that a contract is settled in.
pub(super) fn coin(engine: &Engine, id: InstrumentId) -> &str {
    engine.settlement_asset(id).map(|asset| engine.asset_name(asset)).unwrap_or_default()
}

/// What the asked host trades.
pub(super) fn product(ask: &Ask<'_>) -> Product {
    if ask.request.product == 0 { Product::Linear } else { Product::Inverse }
}

/// Whether a contract is traded at the asked host.
pub(super) fn is_here(engine: &Engine, ask: &Ask<'_>, id: InstrumentId) -> bool {
    engine.instrument(id).is_some_and(|instrument| instrument.product == product(ask))
}

/// The contract that `symbol` names, if it does: one of the other product is unknown.
pub(super) fn any_contract(state: &State, ask: &Ask<'_>) -> Result<Option<InstrumentId>, Refusal> {
    let found = ask.any_instrument(&state.engine)?;
    match found.filter(|id| !is_here(&state.engine, ask, *id)) {
        Some(_) => Err(Why::UnknownSymbol.into()),
        None => Ok(found),
    }
}

/// The contract that `symbol` names, which is demanded.
pub(super) fn contract(state: &State, ask: &Ask<'_>) -> Result<InstrumentId, Refusal> {
    any_contract(state, ask)?.ok_or_else(|| Refusal::missing("symbol"))
}

/// Which contracts a list is about: one, or all of the asked host.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    one: Option<InstrumentId>,
    product: Product,
}

impl Wanted {
    pub(super) fn has(&self, engine: &Engine, id: InstrumentId) -> bool {
        match self.one {
            Some(one) => one == id,
            None => engine.instrument(id).is_some_and(|instrument| instrument.product == self.product),
        }
    }
}

pub(super) fn wanted(state: &State, ask: &Ask<'_>) -> Result<Wanted, Refusal> {
    Ok(Wanted { one: any_contract(state, ask)?, product: product(ask) })
}

/// The span of time that a list is about.
pub(super) fn span(ask: &Ask<'_>) -> Result<std::ops::RangeInclusive<i64>, Refusal> {
    let (from, to) = (ask.integer("startTime")?, ask.integer("endTime")?);
    Ok(from.unwrap_or(i64::MIN)..=to.unwrap_or(i64::MAX))
}

/// A page of a list that goes on from a record; `before` is how this list spells that there is one before.
pub(super) fn cursor_page(
    ask: &Ask<'_>,
    rows: Vec<Numbered>,
    before: &str,
    most: i64,
) -> Result<Json, Refusal> {
    let limit = ask.integer("limit")?.unwrap_or(10);
    let limit = usize::try_from(limit.min(most)).ok().filter(|limit| *limit > 0);
    let limit = limit.ok_or_else(|| Refusal::invalid("limit"))?;
    let page = Cursor::of(ask, "id", limit)?.cut(rows, |(number, _)| *number);
    Ok(write(&[
        ("hasNext", page.has_older.to_string()),
        (before, page.has_newer.to_string()),
        ("items", list(page.rows.into_iter().map(|(_, row)| row))),
    ]))
}

/// A numbered page, whose rows are as many as are asked for, up to 100.
pub(super) fn page(ask: &Ask<'_>) -> Result<Page, Refusal> {
    Page::of(ask, 100)
}
