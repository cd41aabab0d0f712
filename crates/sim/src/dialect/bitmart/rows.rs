//! How orders and triggers are written, and how sides are.

pub(super) use crate::dialect::symbol;
use crate::dialect::{Json, plain, quoted};
use crate::engine::{
    Decimal, Direction, Engine, Margin, Order, PositionMode, Side, Slot, Trigger, TriggerKind, TriggerStatus,
};
use crate::json::quote;

/// Documented order states.
const CHECKING: &str = "2";
const FINISHED: &str = "4";

/// What a documented side means: which way, on which position, whether it only reduces.
pub(super) fn aim(mode: PositionMode, side: &str) -> (Side, Slot, bool) {
    let (way, hedged, reduces) = match side {
        "1" => (Side::Buy, Slot::Long, false),
        "2" => (Side::Buy, Slot::Short, true),
        "3" => (Side::Sell, Slot::Long, true),
        _ => (Side::Sell, Slot::Short, false),
    };
    let slot = match mode {
        PositionMode::Hedge => hedged,
        PositionMode::OneWay => Slot::Net,
    };
    (way, slot, reduces)
}

pub(super) fn side(side: Side, reduces: bool) -> Json {
    match (side, reduces) {
        (Side::Buy, false) => "1",
        (Side::Buy, true) => "2",
        (Side::Sell, true) => "3",
        (Side::Sell, false) => "4",
    }
    .to_owned()
}

pub(super) fn mode(slot: Slot) -> Json {
    quote(if slot == Slot::Net { "one_way_mode" } else { "hedge_mode" })
}

pub(super) fn open_type(margin: Margin) -> Json {
    quote(match margin {
        Margin::Cross => "cross",
        Margin::Isolated => "isolated",
    })
}

/// A price that may not be there.
fn price(price: Option<Decimal>) -> Json {
    quoted(price.unwrap_or_default())
}

/// A preset's price: empty when there is none.
fn preset(price: Option<Decimal>) -> Json {
    quote(&price.map(plain).unwrap_or_default())
}

/// By which price a preset goes: 0 when there is none.
fn preset_type(price: Option<Decimal>, by_mark: bool) -> Json {
    match (price, by_mark) {
        (None, _) => "0",
        (Some(_), false) => "1",
        (Some(_), true) => "2",
    }
    .to_owned()
}

/// Members in the making: each writes one, so that an answer has no more and no less than its example.
type Members = Vec<(&'static str, Json)>;

fn order_members(engine: &Engine, order: &Order) -> Members {
    let client_id = match (order.from_trigger, order.client_id.as_str()) {
        (Some(trigger), "") => format!("PLAN_{trigger}"),
        (_, id) => id.to_owned(),
    };
    vec![
        ("order_id", quote(&order.id.to_string())),
        ("client_order_id", quote(&client_id)),
        ("price", price(order.price)),
        ("size", quoted(order.qty)),
        ("symbol", symbol(engine, order.instrument)),
        ("state", if order.is_open() { CHECKING } else { FINISHED }.to_owned()),
        ("side", side(order.side, order.reduce_only)),
        ("type", quote(if order.price.is_some() { "limit" } else { "market" })),
        ("position_mode", mode(order.slot)),
        ("leverage", quoted(order.leverage)),
        ("open_type", open_type(order.margin)),
        ("deal_avg_price", quoted(order.average_price())),
        ("deal_size", quoted(order.filled)),
        ("create_time", order.created_ms.to_string()),
        ("update_time", order.updated_ms.to_string()),
    ]
}

/// A trigger as an order that has traded nothing.
fn trigger_members(engine: &Engine, trigger: &Trigger) -> Members {
    let terms = &trigger.terms;
    let kind = if terms.kind == TriggerKind::Trailing { "trailing" } else { "planorder" };
    vec![
        ("order_id", quote(&trigger.id.to_string())),
        ("client_order_id", quote(terms.client_id.as_deref().unwrap_or_default())),
        ("price", quote("0")),
        ("size", quoted(terms.qty.unwrap_or_default())),
        ("symbol", symbol(engine, terms.instrument)),
        ("state", if trigger.is_waiting() { CHECKING } else { FINISHED }.to_owned()),
        ("side", side(terms.side, terms.reduce_only)),
        ("type", quote(kind)),
        ("position_mode", mode(terms.slot)),
        ("leverage", quoted(terms.leverage.unwrap_or_default())),
        ("open_type", open_type(terms.margin.unwrap_or_default())),
        ("deal_avg_price", quote("0")),
        ("deal_size", quote("0")),
        ("create_time", trigger.created_ms.to_string()),
        ("update_time", trigger.updated_ms.to_string()),
    ]
}

fn preset_members(terms: &crate::engine::Preset) -> Members {
    vec![
        ("preset_take_profit_price_type", preset_type(terms.take_profit, terms.take_profit_by_mark)),
        ("preset_stop_loss_price_type", preset_type(terms.stop_loss, terms.stop_loss_by_mark)),
        ("preset_take_profit_price", preset(terms.take_profit)),
        ("preset_stop_loss_price", preset(terms.stop_loss)),
    ]
}

fn write(parts: &[Members; 3]) -> Json {
    crate::json::write(&parts.concat())
}

fn futures() -> Members {
    vec![("account", quote("futures"))]
}

/// Orders and triggers have much in common.
#[derive(Debug, Clone, Copy)]
pub(super) enum Row<'a> {
    Order(&'a Order),
    Trigger(&'a Trigger),
}

impl Row<'_> {
    fn members(self, engine: &Engine) -> Members {
        match self {
            Self::Order(order) => order_members(engine, order),
            Self::Trigger(trigger) => trigger_members(engine, trigger),
        }
    }

    fn preset(&self) -> &crate::engine::Preset {
        match self {
            Self::Order(order) => &order.preset,
            Self::Trigger(trigger) => &trigger.terms.preset,
        }
    }

    /// In `order`.
    pub(super) fn detail(self, engine: &Engine) -> Json {
        write(&[self.members(engine), futures(), Vec::new()])
    }

    /// In `get-open-orders`.
    pub(super) fn open(self, engine: &Engine) -> Json {
        write(&[self.members(engine), preset_members(self.preset()), Vec::new()])
    }

    /// In `order-history`.
    pub(super) fn past(self, engine: &Engine) -> Json {
        let (trigger, execution, activation, callback, by_mark) = match self {
            Self::Order(_) => (None, quote("0"), None, None, false),
            Self::Trigger(trigger) => {
                let terms = &trigger.terms;
                let execution = terms.price.map_or_else(|| quote("Market"), quoted);
                let reached = Some(terms.trigger_price);
                match terms.callback {
                    Some(rate) => {
                        (None, quote("0"), reached, Some(rate * Decimal::ONE_HUNDRED), terms.by_mark)
                    }
                    None => (reached, execution, None, None, terms.by_mark),
                }
            }
        };
        let mut more = futures();
        more.extend([
            ("trigger_price", price(trigger)),
            ("execution_price", execution),
            ("activation_price_type", if by_mark { "2" } else { "1" }.to_owned()),
            ("activation_price", price(activation)),
            ("callback_rate", price(callback)),
        ]);
        write(&[self.members(engine), more, preset_members(self.preset())])
    }

    pub(super) fn times(self) -> (i64, i64) {
        match self {
            Self::Order(order) => (order.created_ms, order.updated_ms),
            Self::Trigger(trigger) => (trigger.created_ms, trigger.updated_ms),
        }
    }

    pub(super) fn is_of(self, id: &str) -> bool {
        let own = match self {
            Self::Order(order) => order.id,
            Self::Trigger(trigger) => trigger.id,
        };
        own.to_string() == id
    }

    pub(super) fn is_called(self, client_id: &str) -> bool {
        match self {
            Self::Order(order) => order.client_id == client_id,
            Self::Trigger(trigger) => trigger.terms.client_id.as_deref() == Some(client_id),
        }
    }
}

/// In `current-plan-order`.
pub(super) fn plan(engine: &Engine, trigger: &Trigger) -> Json {
    let terms = &trigger.terms;
    let mut members = trigger_members(engine, trigger);
    let with_presets = ["price", "deal_avg_price", "deal_size", "type"];
    members.retain(|(name, _)| !with_presets.contains(name));
    let mode = match terms.tif {
        crate::engine::Tif::Gtc => "1",
        crate::engine::Tif::Fok => "2",
        crate::engine::Tif::Ioc => "3",
        crate::engine::Tif::PostOnly => "4",
    };
    let kind = match terms.kind {
        TriggerKind::Plan | TriggerKind::Trailing => "plan",
        TriggerKind::TakeProfit => "take_profit",
        TriggerKind::StopLoss => "stop_loss",
    };
    members.extend([
        ("executive_price", price(terms.price)),
        ("trigger_price", quoted(terms.trigger_price)),
        ("mode", mode.to_owned()),
        ("price_way", if terms.direction == Direction::Rising { "1" } else { "2" }.to_owned()),
        ("price_type", if terms.by_mark { "2" } else { "1" }.to_owned()),
        ("plan_category", if trigger.whole_position { "2" } else { "1" }.to_owned()),
        ("type", quote(kind)),
    ]);
    crate::json::write(&members)
}

/// Whether a past trigger belongs into the history of orders: protection that was called off does not.
pub(super) fn is_history(trigger: &Trigger) -> bool {
    trigger.status != TriggerStatus::Cancelled
        || matches!(trigger.terms.kind, TriggerKind::Plan | TriggerKind::Trailing)
}
