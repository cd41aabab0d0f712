//! How stop-profits are written.

use super::triggers::{placed, price_type, traded};
use super::words;
use crate::dialect::{Json, State, plain, quoted};
use crate::engine::{
    Decimal, InstrumentId, Margin, OrderId, Position, Slot, Tif, Trigger, TriggerKind, TriggerStatus,
};
use crate::json::{quote, write};

/// A take-profit, a stop-loss, or both, under one id.
#[derive(Debug)]
pub(super) struct Stop<'a> {
    pub(super) id: OrderId,
    pub(super) instrument: InstrumentId,
    pub(super) slot: Slot,
    pub(super) profit: Option<&'a Trigger>,
    pub(super) stop: Option<&'a Trigger>,
}

impl<'a> Stop<'a> {
    pub(super) fn of(id: OrderId, trigger: &Trigger) -> Self {
        let (instrument, slot) = (trigger.terms.instrument, trigger.terms.slot);
        Self { id, instrument, slot, profit: None, stop: None }
    }

    /// Takes an end in; of several, as after a change of a preset, the one that waits or is the latest.
    pub(super) fn add(&mut self, trigger: &'a Trigger) {
        let end =
            if trigger.terms.kind == TriggerKind::TakeProfit { &mut self.profit } else { &mut self.stop };
        let is_newer =
            |before: &Trigger| (trigger.is_waiting(), trigger.id) > (before.is_waiting(), before.id);
        if end.is_none_or(is_newer) {
            *end = Some(trigger);
        }
    }

    pub(super) fn ends(&self) -> impl Iterator<Item = &'a Trigger> {
        self.profit.into_iter().chain(self.stop)
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.ends().any(Trigger::is_waiting)
    }

    fn fired(&self) -> Option<&'a Trigger> {
        self.ends().find(|end| matches!(end.status, TriggerStatus::Fired(_)))
    }

    pub(super) fn state(&self) -> &'static str {
        if self.is_waiting() {
            return "NOT_TRIGGERED";
        }
        self.fired().or_else(|| self.ends().next()).map_or("NOT_TRIGGERED", words::trigger_state)
    }

    pub(super) fn qty(&self) -> Decimal {
        self.ends().find_map(|end| end.terms.qty).unwrap_or_default()
    }
}

fn trigger_price(end: Option<&Trigger>) -> Decimal {
    end.map(|end| end.terms.trigger_price).unwrap_or_default()
}

fn limit(end: Option<&Trigger>) -> Option<Decimal> {
    end.and_then(|end| end.terms.price)
}

/// What is held, with its average price and, where it is isolated, its margin.
fn held(state: &State, stop: &Stop<'_>) -> (Position, Decimal, Decimal) {
    let position = state.engine.account(state.account).position(stop.instrument, stop.slot);
    let position = position.cloned().unwrap_or_default();
    let multiplier = state.engine.instrument(stop.instrument).map(|on| on.multiplier).unwrap_or_default();
    let isolated = if position.margin == Margin::Isolated { position.tied_up() } else { Decimal::ZERO };
    let entry = position.entry_price(multiplier);
    (position, entry, isolated)
}

type Members = Vec<(&'static str, Json)>;

fn members(state: &State, stop: &Stop<'_>) -> Members {
    let (position, entry, isolated) = held(state, stop);
    let executed = stop.fired().map(|end| traded(state, end).0).unwrap_or_default();
    let created_ms = stop.ends().map(|end| end.created_ms).min().unwrap_or_default();
    vec![
        ("createdTime", created_ms.to_string()),
        ("entryPrice", plain(entry)),
        ("executedQty", plain(executed)),
        ("isolatedMargin", plain(isolated)),
        ("origQty", plain(stop.qty())),
        ("positionSide", quote(words::position_side(stop.slot))),
        ("positionSize", plain(position.qty.abs())),
        ("profitId", stop.id.to_string()),
        ("state", quote(stop.state())),
        ("symbol", words::symbol(&state.engine, stop.instrument)),
        ("triggerProfitPrice", plain(trigger_price(stop.profit))),
        ("triggerStopPrice", plain(trigger_price(stop.stop))),
    ]
}

/// In `entrust/profit-detail`.
pub(super) fn detail_row(state: &State, stop: &Stop<'_>) -> Json {
    write(&members(state, stop))
}

/// An end's order: its type and how long it lives; of an end that isn't there, what would be placed.
fn order_words(end: Option<&Trigger>) -> (&'static str, &'static str) {
    let tif = end.map_or(Tif::Ioc, |end| end.terms.tif);
    (words::order_type(limit(end).is_some()), words::tif(tif))
}

/// In `entrust/profit-list`.
pub(super) fn list_row(state: &State, stop: &Stop<'_>) -> Json {
    let mut members = members(state, stop);
    let ((profit_type, profit_tif), (stop_type, stop_tif)) =
        (order_words(stop.profit), order_words(stop.stop));
    members.extend([
        ("profitDelegateOrderType", quote(profit_type)),
        ("profitDelegatePrice", plain(limit(stop.profit).unwrap_or_default())),
        ("profitDelegateTimeInForce", quote(profit_tif)),
        ("stopDelegateOrderType", quote(stop_type)),
        ("stopDelegatePrice", plain(limit(stop.stop).unwrap_or_default())),
        ("stopDelegateTimeInForce", quote(stop_tif)),
    ]);
    write(&members)
}

/// The history writes types and times as numbers, of which the example shows three.
fn order_numbers(end: Option<&Trigger>) -> (Json, Json) {
    let tif = match end.map_or(Tif::Ioc, |end| end.terms.tif) {
        Tif::Gtc => "1",
        Tif::Fok => "2",
        Tif::Ioc => "3",
        Tif::PostOnly => "4",
    };
    (quote(if limit(end).is_some() { "1" } else { "2" }), quote(tif))
}

fn price_or_null(price: Option<Decimal>) -> Json {
    price.map_or_else(|| "null".to_owned(), quoted)
}

/// In `entrust/profit-list-history`.
pub(super) fn history_row(state: &State, stop: &Stop<'_>) -> Json {
    let (position, entry, isolated) = held(state, stop);
    let fired = stop.fired();
    let (executed, average) = fired.map(|end| traded(state, end)).unwrap_or_default();
    let order = fired.and_then(|end| placed(state, end));
    let ((profit_type, profit_tif), (stop_type, stop_tif)) =
        (order_numbers(stop.profit), order_numbers(stop.stop));
    let side = match fired.map(|end| end.terms.kind) {
        Some(TriggerKind::TakeProfit) => "PROFIT",
        Some(_) => "STOP",
        None => "",
    };
    let times = |time: fn(&Trigger) -> i64| stop.ends().map(time);
    let whole = fired.is_some() && position.qty.is_zero();
    write(&[
        ("profitId", quote(&stop.id.to_string())),
        ("symbol", words::joined_symbol(&state.engine, stop.instrument)),
        ("positionSide", quote(words::position_side(stop.slot))),
        ("origQty", quoted(stop.qty())),
        ("leverage", plain(position.leverage)),
        ("triggerPriceType", quote(stop.ends().next().map_or("LATEST_PRICE", price_type))),
        ("triggerProfitPrice", quoted(trigger_price(stop.profit))),
        ("triggerStopPrice", quoted(trigger_price(stop.stop))),
        ("entryPrice", quoted(entry)),
        ("positionSize", quoted(position.qty.abs())),
        ("isolatedMargin", quoted(isolated)),
        ("executedQty", quoted(executed)),
        ("avgPrice", quoted(average)),
        ("positionType", quote(words::margin(position.margin))),
        ("delegateQty", quoted(order.map(|order| order.qty).unwrap_or_default())),
        ("delegatePrice", quoted(order.and_then(|order| order.price).unwrap_or_default())),
        ("profitDelegateOrderType", profit_type),
        ("profitDelegateTimeInForce", profit_tif),
        // Documented as a text, the other one as nothing.
        ("profitDelegatePrice", quoted(limit(stop.profit).unwrap_or_default())),
        ("stopDelegateOrderType", stop_type),
        ("stopDelegateTimeInForce", stop_tif),
        ("stopDelegatePrice", price_or_null(limit(stop.stop))),
        ("closeType", quote(if whole { "ALL" } else { "FIXED" })),
        ("state", quote(stop.state())),
        ("desc", quote("")),
        ("triggerPriceSide", quote(side)),
        ("createdTime", times(|end| end.created_ms).min().unwrap_or_default().to_string()),
        ("updatedTime", times(|end| end.updated_ms).max().unwrap_or_default().to_string()),
        ("sourceType", quote("WEB")),
        ("profitType", "0".to_owned()),
        ("mmrThreshold", "null".to_owned()),
    ])
}
