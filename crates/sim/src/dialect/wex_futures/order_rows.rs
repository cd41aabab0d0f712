//! How orders are written: every list has members of its own.

use super::words;
use crate::dialect::{Json, plain, quoted};
use crate::engine::{
    Decimal, Engine, InstrumentId, Margin, Order, OrderId, Side, Slot, Tif, Trigger, TriggerStatus,
};
use crate::json::{quote, write};

type Members = Vec<(&'static str, Json)>;

fn number(number: Option<Decimal>) -> Json {
    plain(number.unwrap_or_default())
}

/// A price, or nothing.
fn price_or_null(price: Option<Decimal>) -> Json {
    price.map_or_else(|| "null".to_owned(), quoted)
}

/// What an order's fills have realised.
pub(super) fn realised(engine: &Engine, order: &Order) -> Decimal {
    let fills = engine.account(order.account).fills();
    fills.filter(|fill| fill.order == order.id).map(|fill| fill.realised).sum()
}

/// All that the older lists have of an order.
fn members(engine: &Engine, order: &Order) -> Members {
    vec![
        ("clientOrderId", quote(&order.client_id)),
        ("avgPrice", plain(order.average_price())),
        ("closePosition", "false".to_owned()),
        ("closeProfit", plain(realised(engine, order))),
        ("createdTime", order.created_ms.to_string()),
        ("executedQty", plain(order.filled)),
        ("forceClose", "false".to_owned()),
        ("marginFrozen", plain(order.reserved)),
        ("orderId", order.id.to_string()),
        ("orderSide", quote(words::side(order.side))),
        ("orderType", quote(words::order_type(order.price.is_some()))),
        ("origQty", plain(order.qty)),
        ("positionSide", quote(words::position_side(order.slot))),
        ("price", number(order.price)),
        ("sourceId", order.from_trigger.unwrap_or_default().to_string()),
        ("state", quote(words::order_state(order))),
        ("symbol", words::symbol(engine, order.instrument)),
        ("timeInForce", quote(words::tif(order.tif))),
        ("triggerProfitPrice", number(order.preset.take_profit)),
        ("triggerStopPrice", number(order.preset.stop_loss)),
    ]
}

fn without(mut members: Members, left_out: &[&str]) -> Json {
    members.retain(|(name, _)| !left_out.contains(name));
    write(&members)
}

/// In `order/list` and `order/list-history`.
pub(super) fn standard(engine: &Engine, order: &Order) -> Json {
    write(&members(engine, order))
}

/// In `order/detail`, which leaves the caller's own id out.
pub(super) fn detail(engine: &Engine, order: &Order) -> Json {
    without(members(engine, order), &["clientOrderId"])
}

/// In `order/OrderList`.
pub(super) fn short(engine: &Engine, order: &Order) -> Json {
    let left_out = ["avgPrice", "closePosition", "closeProfit", "forceClose", "sourceId"];
    without(members(engine, order), &left_out)
}

/// In `order/partial-canceled-orders`.
pub(super) fn partially_cancelled(engine: &Engine, order: &Order) -> Json {
    let mut members = members(engine, order);
    members.push(("canceledQty", plain(order.remaining())));
    write(&members)
}

/// In `order/quant/list-history`: amounts in quotes.
pub(super) fn quant(engine: &Engine, order: &Order) -> Json {
    let decimals = [
        "price",
        "origQty",
        "executedQty",
        "avgPrice",
        "closeProfit",
        "marginFrozen",
        "triggerProfitPrice",
        "triggerStopPrice",
    ];
    let mut members = members(engine, order);
    for (name, value) in &mut members {
        if decimals.contains(name) {
            *value = quote(value);
        }
    }
    members.push(("updatedTime", order.updated_ms.to_string()));
    write(&members)
}

/// In `order/list-open-order`.
pub(super) fn open(engine: &Engine, order: &Order) -> Json {
    let null = || "null".to_owned();
    let contract_size = engine.instrument(order.instrument).map(|instrument| instrument.multiplier);
    let source = order.from_trigger.map_or_else(null, |id| quote(&id.to_string()));
    let has_preset = order.preset.take_profit.or(order.preset.stop_loss).is_some();
    let when = |there: bool, word: &str| if there { quote(word) } else { null() };
    let (profit, stop) = (order.preset.take_profit, order.preset.stop_loss);
    write(&[
        ("orderId", quote(&order.id.to_string())),
        ("clientOrderId", quote(&order.client_id)),
        ("symbol", words::symbol(engine, order.instrument)),
        ("contractSize", number(contract_size)),
        ("orderType", quote(words::order_type(order.price.is_some()))),
        ("orderSide", quote(words::side(order.side))),
        ("positionSide", quote(words::position_side(order.slot))),
        ("positionType", quote(words::margin(order.margin))),
        ("timeInForce", quote(words::tif(order.tif))),
        ("price", quoted(order.price.unwrap_or_default())),
        ("origQty", quoted(order.qty)),
        ("avgPrice", quoted(order.average_price())),
        ("executedQty", quoted(order.filled)),
        ("marginFrozen", quoted(order.reserved)),
        ("remark", null()),
        ("sourceId", source),
        ("sourceType", quote("DEFAULT")),
        ("leverage", plain(order.leverage)),
        ("openPrice", null()),
        ("state", quote(words::order_state(order))),
        ("createdTime", order.created_ms.to_string()),
        ("updatedTime", order.updated_ms.to_string()),
        ("welfareAccount", "false".to_owned()),
        ("triggerPriceType", when(has_preset, "LATEST_PRICE")),
        ("triggerProfitPrice", price_or_null(profit)),
        ("profitDelegateOrderType", when(profit.is_some(), "MARKET")),
        ("profitDelegateTimeInForce", when(profit.is_some(), "IOC")),
        ("profitDelegatePrice", null()),
        ("triggerStopPrice", price_or_null(stop)),
        ("stopDelegateOrderType", when(stop.is_some(), "MARKET")),
        ("stopDelegateTimeInForce", when(stop.is_some(), "IOC")),
        ("stopDelegatePrice", null()),
        ("markPrice", quoted(engine.mark_price(order.instrument))),
        ("desc", null()),
    ])
}

/// In `order/trade-history`.
pub(super) fn filled(engine: &Engine, order: &Order) -> Json {
    write(&[
        ("symbol", words::joined_symbol(engine, order.instrument)),
        ("orderSide", quote(words::side(order.side))),
        ("avgPrice", quoted(order.average_price())),
        ("origQty", quoted(order.qty)),
        ("executedQty", quoted(order.filled)),
        ("updatedTime", order.updated_ms.to_string()),
    ])
}

/// What `order-entrust/list` has of an order and of a trigger alike.
#[derive(Debug)]
pub(super) struct Entrusted {
    pub(super) kind: &'static str,
    pub(super) id: OrderId,
    pub(super) instrument: InstrumentId,
    pub(super) side: Side,
    pub(super) slot: Slot,
    pub(super) tif: Tif,
    pub(super) price: Option<Decimal>,
    pub(super) qty: Decimal,
    /// Average price, filled quantity and frozen margin of the order that was placed.
    pub(super) traded: (Decimal, Decimal, Decimal),
    pub(super) leverage: Decimal,
    pub(super) margin: Margin,
    pub(super) state: &'static str,
    pub(super) created_ms: i64,
    pub(super) updated_ms: i64,
}

impl Entrusted {
    pub(super) fn order(order: &Order) -> Self {
        let state = match words::order_state(order) {
            // This list knows no other word for it.
            "PARTIALLY_CANCELED" => "CANCELED",
            state => state,
        };
        Self {
            kind: "ORDER",
            id: order.id,
            instrument: order.instrument,
            side: order.side,
            slot: order.slot,
            tif: order.tif,
            price: order.price,
            qty: order.qty,
            traded: (order.average_price(), order.filled, order.reserved),
            leverage: order.leverage,
            margin: order.margin,
            state,
            created_ms: order.created_ms,
            updated_ms: order.updated_ms,
        }
    }

    pub(super) fn trigger(engine: &Engine, trigger: &Trigger) -> Self {
        let terms = &trigger.terms;
        let (state, placed) = match trigger.status {
            TriggerStatus::Waiting => ("NEW", None),
            TriggerStatus::Fired(order) => ("PLACED", engine.order(order)),
            TriggerStatus::Failed(_) => ("REJECTED", None),
            TriggerStatus::Cancelled | TriggerStatus::Expired => ("CANCELED", None),
        };
        let setting = engine
            .instrument(terms.instrument)
            .map(|on| engine.account(trigger.account).side_setting(terms.instrument, terms.slot, on));
        let traded = placed.map(|order| (order.average_price(), order.filled, order.reserved));
        Self {
            kind: "ENTRUST",
            id: trigger.id,
            instrument: terms.instrument,
            side: terms.side,
            slot: terms.slot,
            tif: terms.tif,
            price: terms.price,
            qty: terms.qty.unwrap_or_default(),
            traded: traded.unwrap_or_default(),
            leverage: terms.leverage.or(setting.map(|setting| setting.leverage)).unwrap_or_default(),
            margin: terms.margin.or(setting.map(|setting| setting.margin)).unwrap_or_default(),
            state,
            created_ms: trigger.created_ms,
            updated_ms: trigger.updated_ms,
        }
    }

    pub(super) fn write(&self, engine: &Engine) -> Json {
        let (average, filled, frozen) = self.traded;
        write(&[
            ("id", quote(&self.id.to_string())),
            ("type", quote(self.kind)),
            ("symbol", words::joined_symbol(engine, self.instrument)),
            ("orderType", quote(words::order_type(self.price.is_some()))),
            ("orderSide", quote(words::side(self.side))),
            ("positionSide", quote(words::position_side(self.slot))),
            ("timeInForce", quote(words::tif(self.tif))),
            ("closePosition", "false".to_owned()),
            ("price", quoted(self.price.unwrap_or_default())),
            ("origQty", quoted(self.qty)),
            ("avgPrice", quoted(average)),
            ("executedQty", quoted(filled)),
            ("marginFrozen", quoted(frozen)),
            ("leverage", plain(self.leverage)),
            ("state", quote(self.state)),
            ("createdTime", self.created_ms.to_string()),
            ("updatedTime", self.updated_ms.to_string()),
            ("positionType", quote(words::margin(self.margin))),
        ])
    }
}
