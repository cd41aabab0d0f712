//! How orders, conditional orders and presets are written.

use super::long_id;
use crate::dialect::{Json, plain, quoted, symbol};
use crate::engine::{
    Decimal, Engine, Order, OrderId, Preset, Side, Slot, Status, Trigger, TriggerKind, TriggerStatus,
};
use crate::json::{quote, write};

type Members = Vec<(&'static str, Json)>;

/// A buy is 1, a sell is 2.
pub(super) fn side(side: Side) -> Json {
    if side == Side::Buy { "1" } else { "2" }.to_owned()
}

/// Whose position: long ones have the side of a buy.
pub(super) fn slot_side(slot: Slot) -> Json {
    side(if slot == Slot::Short { Side::Sell } else { Side::Buy })
}

/// A price that may not be there.
pub(super) fn price(price: Option<Decimal>) -> Json {
    quoted(price.unwrap_or_default())
}

pub(super) fn id(number: u64) -> Json {
    quote(&long_id(number))
}

/// What triggers: the last price, or the index price where that was asked for.
pub(super) fn trigger_type(by_mark: bool) -> Json {
    if by_mark { "2" } else { "1" }.to_owned()
}

/// One type serves both ends of a preset.
fn preset_type(preset: &Preset) -> Json {
    trigger_type(preset.take_profit_by_mark || preset.stop_loss_by_mark)
}

fn state(order: &Order) -> &'static str {
    match order.status {
        Status::New => "1",
        Status::Filled => "2",
        Status::Cancelled if order.filled.is_zero() => "3",
        Status::PartiallyFilled => "4",
        Status::Cancelled => "5",
    }
}

/// Opens, closes, stops a loss or takes a profit.
fn action(order: &Order, trigger: Option<&Trigger>) -> &'static str {
    match trigger.map(|trigger| trigger.terms.kind) {
        Some(TriggerKind::StopLoss) => "2",
        Some(TriggerKind::TakeProfit) => "3",
        _ if order.reduce_only => "1",
        _ => "0",
    }
}

fn order_members(engine: &Engine, order: &Order) -> Members {
    let trigger = order.from_trigger.and_then(|id| engine.trigger(id));
    vec![
        ("id", id(order.id)),
        ("customID", quote(&order.client_id)),
        ("symbol", symbol(engine, order.instrument)),
        ("type", if order.price.is_some() { "1" } else { "2" }.to_owned()),
        ("action", action(order, trigger).to_owned()),
        ("side", side(order.side)),
        ("positionID", order.position.map_or_else(|| quote(""), id)),
        ("price", price(order.price)),
        ("leverage", plain(order.leverage)),
        ("amount", quoted(order.qty)),
        ("frozen", quoted(order.reserved)),
        ("filledAmount", quoted(order.filled)),
        ("filledPrice", quoted(order.average_price())),
        ("filledValue", quoted(order.filled_value)),
        ("triggerType", preset_type(&order.preset)),
        ("spPrice", price(order.preset.take_profit)),
        ("slPrice", price(order.preset.stop_loss)),
        ("state", state(order).to_owned()),
        ("profit", quoted(order.realised)),
        ("fee", quoted(order.fees)),
        ("pointFee", quote("0")),
        ("pointProfit", quote("0")),
        ("closePrice", quote("0")),
        ("triggerPrice", price(trigger.map(|trigger| trigger.terms.trigger_price))),
        ("createdAt", order.created_ms.to_string()),
        ("updatedAt", order.updated_ms.to_string()),
    ]
}

/// In the lists of orders.
pub(super) fn order(engine: &Engine, order: &Order) -> Json {
    write(&order_members(engine, order))
}

/// In the history of trades: without some of it, and with a name spelled otherwise.
pub(super) fn traded_order(engine: &Engine, order: &Order) -> Json {
    let mut members = order_members(engine, order);
    members.retain(|(name, _)| !["customID", "triggerPrice"].contains(name));
    for (name, _) in &mut members {
        if *name == "positionID" {
            *name = "positionId";
        }
    }
    write(&members)
}

/// The price of the order that a trigger has placed: its limit, or what it traded at.
fn start_price(engine: &Engine, trigger: &Trigger) -> Option<Decimal> {
    let TriggerStatus::Fired(placed) = trigger.status else { return None };
    let order = engine.order(placed)?;
    Some(order.price.unwrap_or_else(|| order.average_price()))
}

/// A conditional order. It holds no money while it waits.
pub(super) fn entrust(engine: &Engine, trigger: &Trigger) -> Json {
    let terms = &trigger.terms;
    let status = match trigger.status {
        TriggerStatus::Waiting => "1",
        TriggerStatus::Fired(_) => "2",
        TriggerStatus::Cancelled | TriggerStatus::Expired => "3",
        TriggerStatus::Failed(_) => "4",
    };
    write(&[
        ("id", id(trigger.id)),
        ("symbol", symbol(engine, terms.instrument)),
        ("leverage", plain(terms.leverage.unwrap_or_default())),
        ("triggerType", trigger_type(terms.by_mark)),
        ("triggerPrice", quoted(terms.trigger_price)),
        ("status", status.to_owned()),
        ("side", side(terms.side)),
        ("price", price(terms.price)),
        ("startPrice", price(start_price(engine, trigger))),
        ("amount", price(terms.qty)),
        ("spSlTriggerType", preset_type(&terms.preset)),
        ("spPrice", price(terms.preset.take_profit)),
        ("slPrice", price(terms.preset.stop_loss)),
        ("isSetSp", terms.preset.take_profit.is_some().to_string()),
        ("isSetSl", terms.preset.stop_loss.is_some().to_string()),
        ("frozen", quote("0")),
        ("createdAt", trigger.created_ms.to_string()),
        ("updatedAt", trigger.updated_ms.to_string()),
    ])
}

/// Take-profit and stop-loss that came with one order, as a part of its position.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) group: Option<OrderId>,
    pub(super) take_profit: Option<&'a Trigger>,
    pub(super) stop_loss: Option<&'a Trigger>,
}

impl Part<'_> {
    pub(super) fn write(&self) -> Json {
        let either = self.take_profit.or(self.stop_loss);
        let at = |end: Option<&Trigger>| price(end.map(|trigger| trigger.terms.trigger_price));
        // They close at the market.
        let kind = |end: Option<&Trigger>| if end.is_some() { "2" } else { "0" }.to_owned();
        write(&[
            ("id", either.map(|trigger| trigger.id).unwrap_or_default().to_string()),
            ("triggerType", trigger_type(either.is_some_and(|trigger| trigger.terms.by_mark))),
            ("spPrice", at(self.take_profit)),
            ("slPrice", at(self.stop_loss)),
            ("amount", price(either.and_then(|trigger| trigger.terms.qty))),
            ("spType", kind(self.take_profit)),
            ("slType", kind(self.stop_loss)),
            ("spTriggerPrice", at(self.take_profit)),
            ("slTriggerPrice", at(self.stop_loss)),
        ])
    }
}
