//! What private pushes say.

use crate::dialect::bitmart::rows;
use crate::dialect::{Json, State, plain, quoted};
use crate::engine::{
    AccountId, Decimal, Engine, Event, Fill, Instrument, InstrumentId, Margin, Order, Pocket, Position, Slot,
    Status, Trigger, TriggerKind, TriggerStatus,
};
use crate::json::{list, quote, write};
use crate::ws::Fills;

/// Documented actions of the order channel.
const MATCH: &str = "1";
const SUBMIT: &str = "2";
const CANCEL: &str = "3";
/// What stands where there is nothing.
const NONE: &str = "-";

pub(super) fn asset(state: &State, currency: &str) -> Json {
    let (engine, account) = (&state.engine, state.account);
    let Some(asset) = engine.find_asset(currency) else {
        let zero = || quote("0");
        return asset_row(currency, [zero(), zero(), zero()]);
    };
    let wallet = engine.account(account).wallet(Pocket::Futures, asset);
    asset_row(
        currency,
        [
            quoted(engine.available(account, Pocket::Futures, asset)),
            quoted(engine.tied_up(account, asset)),
            quoted(wallet.reserved),
        ],
    )
}

fn asset_row(currency: &str, [available, deposit, frozen]: [Json; 3]) -> Json {
    write(&[
        ("currency", quote(currency)),
        ("available_balance", available),
        ("position_deposit", deposit),
        ("frozen_balance", frozen),
    ])
}

/// Everything that is held.
pub(super) fn positions(state: &State) -> Json {
    let held = state.engine.account(state.account).positions();
    let held = held.filter(|(.., position)| !position.qty.is_zero());
    list(held.map(|(id, slot, position)| position_row(&state.engine, id, slot, position)))
}

pub(super) fn position_row(engine: &Engine, id: InstrumentId, slot: Slot, position: &Position) -> Json {
    let multiplier = engine.instrument(id).map(|instrument| instrument.multiplier).unwrap_or_default();
    let is_short = slot == Slot::Short || (slot == Slot::Net && position.qty < Decimal::ZERO);
    let entry = position.entry_price(multiplier);
    write(&[
        ("symbol", rows::symbol(engine, id)),
        ("hold_volume", quoted(position.qty.abs())),
        ("position_type", if is_short { "2" } else { "1" }.to_owned()),
        ("open_type", if position.margin == Margin::Isolated { "1" } else { "2" }.to_owned()),
        ("frozen_volume", quoted(position.closing)),
        ("close_volume", quoted(position.closed_qty)),
        ("hold_avg_price", quoted(entry)),
        ("close_avg_price", quoted(position.closed_price())),
        ("open_avg_price", quoted(entry)),
        ("liquidate_price", quote("0")),
        ("create_time", position.opened_ms.to_string()),
        ("update_time", position.updated_ms.to_string()),
        ("position_mode", rows::mode(slot)),
    ])
}

/// The row that an event makes in the order channel.
pub(super) fn row(engine: &Engine, account: AccountId, fills: &mut Fills, event: &Event) -> Option<Json> {
    match event {
        Event::Fill { account: of, fill } if *of == account => {
            fills.note(fill);
            None
        }
        Event::Order(order) if order.account == account => {
            let (fill, is_why) = fills.of(order);
            let action = match (is_why, order.status) {
                (true, _) => MATCH,
                (false, Status::Cancelled) => CANCEL,
                // An order that was changed has been submitted anew.
                (false, _) => SUBMIT,
            };
            let row = order_row(engine, order, fill.as_ref());
            Some(write(&[("action", action.to_owned()), ("order", row)]))
        }
        Event::Trigger(trigger) if trigger.account == account => {
            let action = match trigger.status {
                TriggerStatus::Waiting | TriggerStatus::Fired(_) => SUBMIT,
                TriggerStatus::Failed(_) | TriggerStatus::Cancelled | TriggerStatus::Expired => CANCEL,
            };
            let row = trigger_row(engine, trigger);
            Some(write(&[("action", action.to_owned()), ("order", row)]))
        }
        _ => None,
    }
}

fn open_type(margin: Margin) -> Json {
    rows::open_type(margin)
}

fn state(is_open: bool) -> Json {
    if is_open { "2" } else { "4" }.to_owned()
}

fn order_row(engine: &Engine, order: &Order, fill: Option<&Fill>) -> Json {
    let client_id = match (order.from_trigger, order.client_id.as_str()) {
        (Some(trigger), "") => format!("PLAN_{trigger}"),
        (_, id) => id.to_owned(),
    };
    let instrument = engine.instrument(order.instrument);
    write(&[
        ("order_id", quote(&order.id.to_string())),
        ("client_order_id", quote(&client_id)),
        ("price", quoted(order.price.unwrap_or_default())),
        ("size", quoted(order.qty)),
        ("symbol", rows::symbol(engine, order.instrument)),
        ("state", state(order.is_open())),
        ("side", rows::side(order.side, order.reduce_only)),
        ("type", quote(if order.price.is_some() { "limit" } else { "market" })),
        ("leverage", quoted(order.leverage)),
        ("open_type", open_type(order.margin)),
        ("deal_avg_price", quoted(order.average_price())),
        ("deal_size", quoted(order.filled)),
        ("create_time", order.created_ms.to_string()),
        ("update_time", order.updated_ms.to_string()),
        ("plan_order_id", quote(&order.from_trigger.map(|id| id.to_string()).unwrap_or_default())),
        ("last_trade", fill.map_or_else(|| "null".to_owned(), |fill| last_trade(instrument, fill))),
        ("trigger_price", quote(NONE)),
        ("trigger_price_type", quote(NONE)),
        ("execution_price", quote(NONE)),
        ("activation_price_type", quote(NONE)),
        ("activation_price", quote(NONE)),
        ("callback_rate", quote(NONE)),
        ("position_mode", rows::mode(order.slot)),
    ])
}

fn last_trade(instrument: Option<&Instrument>, fill: &Fill) -> Json {
    write(&[
        ("lastTradeID", fill.trade.to_string()),
        ("fillQty", quoted(fill.qty)),
        ("fillPrice", quoted(fill.price)),
        // What was paid is negative here.
        ("fee", quoted(-fill.fee)),
        ("feeCcy", quote(instrument.map(|instrument| instrument.quote.as_str()).unwrap_or_default())),
    ])
}

fn trigger_row(engine: &Engine, trigger: &Trigger) -> Json {
    let terms = &trigger.terms;
    let kind = match terms.kind {
        TriggerKind::Plan => "plan_order",
        TriggerKind::Trailing => "trailing_order",
        TriggerKind::TakeProfit => "take_profit",
        TriggerKind::StopLoss => "stop_loss",
    };
    let some = |price: Option<Decimal>| quote(&price.map_or_else(|| NONE.to_owned(), plain));
    let by = quote(if terms.by_mark { "fair_price" } else { "last_price" });
    let trails = terms.callback.is_some();
    let only = |wanted: bool, text: Json| if wanted { text } else { quote(NONE) };
    let reached = Some(terms.trigger_price);
    write(&[
        ("order_id", quote(&trigger.id.to_string())),
        ("client_order_id", quote(terms.client_id.as_deref().unwrap_or_default())),
        ("price", quote("0")),
        ("size", quoted(terms.qty.unwrap_or_default())),
        ("symbol", rows::symbol(engine, terms.instrument)),
        ("state", state(trigger.is_waiting())),
        ("side", rows::side(terms.side, terms.reduce_only)),
        ("type", quote(kind)),
        ("leverage", quoted(terms.leverage.unwrap_or_default())),
        ("open_type", open_type(terms.margin.unwrap_or_default())),
        ("deal_avg_price", quote("0")),
        ("deal_size", quote("0")),
        ("create_time", trigger.created_ms.to_string()),
        ("update_time", trigger.updated_ms.to_string()),
        ("plan_order_id", quote(&trigger.id.to_string())),
        ("last_trade", "null".to_owned()),
        ("trigger_price", some(reached.filter(|_| !trails))),
        ("trigger_price_type", only(!trails, by.clone())),
        ("execution_price", only(!trails, terms.price.map_or_else(|| quote("Market"), quoted))),
        ("activation_price_type", only(trails, by)),
        ("activation_price", some(reached.filter(|_| trails))),
        ("callback_rate", some(terms.callback.map(|rate| rate * Decimal::ONE_HUNDRED))),
        ("position_mode", rows::mode(terms.slot)),
    ])
}
