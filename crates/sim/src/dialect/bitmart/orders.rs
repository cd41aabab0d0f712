//! Orders: placed, changed, cancelled, looked at.

use super::rows::{self, Row};
use crate::dialect::{Ask, Json, State, plain, quoted};
use crate::engine::{InstrumentId, Margin, NewOrder, OrderId, Preset, Size, Status, Stp, Tif};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::bitmart;

/// A week, which lists look back unless they are told.
const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Rows in an answer without pages.
const MOST: usize = 200;

/// An id of the caller's own: letters and digits.
pub(super) fn own_id(ask: &Ask<'_>) -> Result<Option<String>, Refusal> {
    let id = ask.text("client_order_id");
    let is_fine = id.as_ref().is_none_or(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if is_fine { Ok(id) } else { Err(bitmart::OWN_ID_ALPHABET.into()) }
}

pub(super) fn tif(ask: &Ask<'_>) -> Tif {
    match ask.text("mode").as_deref() {
        Some("2") => Tif::Fok,
        Some("3") => Tif::Ioc,
        Some("4") => Tif::PostOnly,
        _ => Tif::Gtc,
    }
}

pub(super) fn margin(ask: &Ask<'_>) -> Option<Margin> {
    ask.text("open_type").map(|text| if text == "isolated" { Margin::Isolated } else { Margin::Cross })
}

pub(super) fn preset(ask: &Ask<'_>) -> Result<Preset, Refusal> {
    Ok(Preset {
        take_profit: ask.decimal("preset_take_profit_price")?,
        stop_loss: ask.decimal("preset_stop_loss_price")?,
        take_profit_by_mark: ask.is("preset_take_profit_price_type", "2"),
        stop_loss_by_mark: ask.is("preset_stop_loss_price_type", "2"),
        ..Preset::default()
    })
}

pub(super) fn submit(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let mode = state.engine.account(state.account).mode();
    let (side, slot, reduce_only) = rows::aim(mode, &ask.demand("side")?);
    let is_market = ask.is("type", "market");
    let price = if is_market { None } else { Some(ask.demand_decimal("price")?) };
    let new = NewOrder {
        instrument,
        side,
        slot,
        reduce_only,
        size: Size::Base(ask.demand_decimal("size")?),
        price,
        tif: tif(ask),
        stp: match ask.text("stp_mode").as_deref() {
            Some("2") => Stp::CancelTaker,
            Some("3") => Stp::CancelBoth,
            _ => Stp::CancelMaker,
        },
        client_id: own_id(ask)?,
        leverage: ask.decimal("leverage")?,
        margin: margin(ask),
        preset: preset(ask)?,
    };
    let id = state.engine.place(state.account, new)?;
    let price = price.map_or_else(|| "market price".to_owned(), plain);
    Ok(write(&[("order_id", id.to_string()), ("price", quote(&price))]))
}

/// The order that is named by the venue's id or by the caller's; `None` when none is named.
fn named(state: &State, ask: &Ask<'_>, instrument: InstrumentId) -> Result<Option<OrderId>, Refusal> {
    let engine = &state.engine;
    if let Some(id) = ask.text("order_id") {
        let order = id.parse().ok().and_then(|id| engine.order(id));
        let own = order.filter(|order| order.account == state.account && order.instrument == instrument);
        return own.map(|order| Some(order.id)).ok_or_else(|| Why::UnknownOrderId.into());
    }
    let Some(client_id) = ask.text("client_order_id") else { return Ok(None) };
    let order = engine.order_by_client_id(state.account, &client_id);
    let order = order.filter(|order| order.instrument == instrument);
    order.map(|order| Some(order.id)).ok_or_else(|| Why::UnknownOrder.into())
}

pub(super) fn modify(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let id = named(state, ask, instrument)?.ok_or_else(|| Refusal::missing("order_id"))?;
    let (price, size) = (ask.decimal("price")?, ask.decimal("size")?);
    if price.is_none() && size.is_none() {
        return Err(Refusal::missing("price"));
    }
    state.engine.amend(state.account, id, price, size)?;
    let client_id = state.engine.order(id).map(|order| order.client_id.as_str()).unwrap_or_default();
    Ok(write(&[("order_id", id.to_string()), ("client_order_id", quote(client_id))]))
}

pub(super) fn modify_preset(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let id = named(state, ask, instrument)?.ok_or_else(|| Refusal::missing("order_id"))?;
    state.engine.amend_preset(state.account, id, preset(ask)?)?;
    Ok(write(&[("order_id", quote(&id.to_string()))]))
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    match named(state, ask, instrument)? {
        Some(id) => state.engine.cancel(state.account, id)?,
        // Documented: without an id, all orders of the symbol.
        None => {
            state.engine.cancel_all(state.account, Some(instrument));
        }
    }
    Ok("{}".to_owned())
}

pub(super) fn cancel_all(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    state.engine.cancel_all(state.account, Some(instrument));
    Ok("{}".to_owned())
}

pub(super) fn cancel_later(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let instrument = ask.instrument(&state.engine)?;
    let seconds = ask.integer("timeout")?.ok_or_else(|| Refusal::missing("timeout"))?;
    if seconds != 0 && !(5..=1_000_000_000).contains(&seconds) {
        return Err(Refusal::invalid("timeout"));
    }
    let at_ms = ask.now_ms + seconds * 1000;
    let due = (seconds > 0).then_some(at_ms);
    state.engine.cancel_all_at(state.account, instrument, due);
    Ok(write(&[
        ("result", "true".to_owned()),
        ("set_time", (ask.now_ms / 1000).to_string()),
        ("cancel_time", (due.unwrap_or_default() / 1000).to_string()),
    ]))
}

pub(super) fn detail(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.instrument(&state.engine)?);
    let id: Option<OrderId> = ask.demand("order_id")?.parse().ok();
    let order = id.and_then(|id| engine.order(id));
    if let Some(order) =
        order.filter(|order| order.account == state.account && order.instrument == instrument)
    {
        return Ok(Row::Order(order).detail(engine));
    }
    let trigger = id.and_then(|id| engine.trigger(id));
    let trigger = trigger.filter(|t| t.account == state.account && t.terms.instrument == instrument);
    trigger.map(|trigger| Row::Trigger(trigger).detail(engine)).ok_or_else(|| Why::UnknownOrderId.into())
}

/// The span that a list is asked for, from parameters in units of so many milliseconds.
pub(super) fn span(ask: &Ask<'_>, unit_ms: i64) -> Result<(i64, i64), Refusal> {
    let (from, to) = (ask.integer("start_time")?, ask.integer("end_time")?);
    if from.zip(to).is_some_and(|(from, to)| from >= to) {
        return Err(Refusal::invalid("start_time"));
    }
    let from_ms = from.map_or(ask.now_ms - WEEK_MS, |from| from.saturating_mul(unit_ms));
    let to_ms = to.map_or(i64::MAX, |to| to.saturating_mul(unit_ms).saturating_add(unit_ms - 1));
    Ok((from_ms, to_ms))
}

/// Finished orders and fired plans, the latest first.
pub(super) fn history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.instrument(&state.engine)?);
    let (from_ms, to_ms) = span(ask, 1000)?;
    let (id, client_id) = (ask.text("order_id"), ask.text("client_order_id"));
    let orders = engine.finished_orders(state.account).filter(|order| order.instrument == instrument);
    let triggers = engine.past_triggers(state.account);
    let triggers = triggers.filter(|t| t.terms.instrument == instrument && rows::is_history(t));
    let mut past: Vec<Row<'_>> = orders.map(Row::Order).chain(triggers.map(Row::Trigger)).collect();
    past.retain(|row| {
        id.as_ref().is_none_or(|id| row.is_of(id))
            && client_id.as_ref().is_none_or(|client_id| row.is_called(client_id))
            && (from_ms..=to_ms).contains(&row.times().0)
    });
    past.sort_by_key(|row| std::cmp::Reverse(row.times().1));
    Ok(list(past.into_iter().take(MOST).map(|row| row.past(engine))))
}

pub(super) fn open(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    let (kind, most) = (ask.text("type"), ask.count("limit", 100, 100)?);
    let is_wanted = |name: &str| kind.as_ref().is_none_or(|kind| kind == name);
    let only_partial = ask.is("order_state", "partially_filled");
    let orders = engine
        .open_orders(state.account)
        .filter(|order| instrument.is_none_or(|wanted| order.instrument == wanted))
        .filter(|order| is_wanted(if order.price.is_some() { "limit" } else { "market" }))
        .filter(|order| !only_partial || order.status == Status::PartiallyFilled);
    let trailing = engine
        .waiting_triggers(state.account)
        .filter(|trigger| trigger.terms.callback.is_some() && is_wanted("trailing") && !only_partial)
        .filter(|trigger| instrument.is_none_or(|wanted| trigger.terms.instrument == wanted));
    let rows = orders.rev().map(Row::Order).chain(trailing.rev().map(Row::Trigger));
    Ok(list(rows.take(most).map(|row| row.open(engine))))
}

pub(super) fn fills(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    let (from_ms, to_ms) = span(ask, 1000)?;
    let fills = engine
        .account(state.account)
        .fills()
        .rev()
        .filter(|fill| instrument.is_none_or(|wanted| fill.instrument == wanted))
        .filter(|fill| (from_ms..=to_ms).contains(&fill.at_ms));
    Ok(list(fills.take(MOST).map(|fill| {
        write(&[
            ("order_id", quote(&fill.order.to_string())),
            ("trade_id", quote(&fill.trade.to_string())),
            ("symbol", rows::symbol(engine, fill.instrument)),
            ("side", rows::side(fill.side, fill.reduce_only)),
            ("price", quoted(fill.price)),
            ("vol", quoted(fill.qty)),
            ("exec_type", quote(if fill.is_maker { "Maker" } else { "Taker" })),
            ("profit", (fill.realised.is_sign_positive() && !fill.realised.is_zero()).to_string()),
            ("realised_profit", quoted(fill.realised)),
            ("paid_fees", quoted(fill.fee)),
            ("account", quote("futures")),
            ("create_time", fill.at_ms.to_string()),
        ])
    })))
}
