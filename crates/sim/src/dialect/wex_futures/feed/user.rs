//! The user line: an account's own, in topics that end in a listen key.

use std::collections::BTreeMap;

use super::Pulse;
use super::words::{self, Request};
use crate::dialect::seen::concerns_money;
use crate::dialect::wex_futures::account::{COINS, Coin, coins_of};
use crate::dialect::wex_futures::settings::ACCOUNT;
use crate::dialect::wex_futures::words as named;
use crate::dialect::{Json, State, plain, quoted, symbol};
use crate::engine::{Decimal, Event, Fill, InstrumentId, Margin, Order, OrderId, Position, Product, Slot};
use crate::fault::Line;
use crate::json::{quote, write};
use crate::manner::Manner;
use crate::ws::{Door, Ending, Outbox, Scene, Session};

/// Documented topics. Nobody is liquidated or deleveraged here: `notify` stays silent.
const TOPICS: [&str; 5] = ["order", "trade", "balance", "position", "notify"];
/// Documented, as a word and not as a code.
const INVALID: &str = "Invalid Parameter";
/// The close code; the documentation gives none.
const NORMAL: u16 = 1000;

/// A session.
#[derive(Debug)]
pub(super) struct User {
    manner: Manner,
    pulse: Pulse,
    /// Topics with the key that each was asked for with.
    subs: BTreeMap<&'static str, Own>,
    /// What orders keep frozen, as last told.
    frozen: BTreeMap<OrderId, Decimal>,
    /// Balances as last told.
    balances: BTreeMap<&'static str, Json>,
}

/// A subscription in force; its key is a secret.
struct Own {
    key: String,
    /// When the key ends, by uptime.
    ends_ms: i64,
}

impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Own").field("ends_ms", &self.ends_ms).finish_non_exhaustive()
    }
}

impl User {
    pub(super) fn new(door: &Door<'_>) -> Self {
        let state = door.scene.state;
        let open = state.engine.open_orders(state.account);
        Self {
            manner: door.manner,
            pulse: Pulse::new(door.scene.uptime_ms),
            subs: BTreeMap::new(),
            frozen: open.map(|order| (order.id, order.reserved)).collect(),
            balances: BTreeMap::new(),
        }
    }

    /// All of a frame's topics or none of them.
    fn subscribe(&mut self, scene: &Scene<'_>, request: &Request, out: &mut Outbox) {
        let mut asked = Vec::new();
        for param in &request.params {
            let Some((topic, key)) = read(param) else {
                return out.refuse(request.refused(1, INVALID, self.manner));
            };
            let Some(ends_ms) = scene.state.keys.ends_ms(key, scene.now_ms) else {
                return out.refuse(request.refused(1, &format!("{topic}@invalid_listenkey"), self.manner));
            };
            let ends_ms = scene.uptime_ms + (ends_ms - scene.now_ms);
            asked.push((topic, Own { key: key.to_owned(), ends_ms }));
        }
        if !asked.iter().all(|(topic, _)| out.admits(topic)) {
            return out.refuse(request.refused(1, "system busy", self.manner));
        }
        let names: Vec<&str> = asked.iter().map(|(topic, _)| *topic).collect();
        for (topic, own) in asked {
            if topic == "balance" {
                self.balances = balances(scene.state);
            }
            out.subscribed(topic);
            self.subs.insert(topic, own);
        }
        out.ack(&names, request.granted("success", self.manner));
    }

    /// What isn't subscribed to is confirmed too.
    fn unsubscribe(&mut self, request: &Request, out: &mut Outbox) {
        let asked: Option<Vec<_>> = request.params.iter().map(|param| read(param)).collect();
        let Some(asked) = asked else {
            return out.refuse(request.refused(1, INVALID, self.manner));
        };
        for (topic, _) in &asked {
            if self.subs.remove(topic).is_some() {
                out.unsubscribed(topic);
            }
        }
        let names: Vec<&str> = asked.iter().map(|(topic, _)| *topic).collect();
        out.ack(&names, request.granted("success", self.manner));
    }

    fn push(&self, topic: &'static str, data: &str, out: &mut Outbox) {
        if self.subs.contains_key(topic) {
            let event = if topic == "notify" { topic.to_owned() } else { format!("{topic}@{ACCOUNT}") };
            out.push(topic, words::push(topic, &event, data));
        }
    }

    /// An order's own fills are told with what they have freed, and before it.
    fn order(&mut self, state: &State, order: &Order, fills: &mut Vec<Fill>, out: &mut Outbox) {
        let before = self.frozen.insert(order.id, order.reserved).unwrap_or(order.reserved);
        if !order.is_open() {
            self.frozen.remove(&order.id);
        }
        let mut freed = (before - order.reserved).max(Decimal::ZERO);
        let (own, others) = std::mem::take(fills).into_iter().partition(|fill| fill.order == order.id);
        *fills = others;
        let own: Vec<Fill> = own;
        for fill in &own {
            // All of it with the last one.
            let is_last = own.last().is_some_and(|last| last.trade == fill.trade);
            let freed = if is_last { std::mem::take(&mut freed) } else { Decimal::ZERO };
            self.push("trade", &fill_row(state, fill, freed), out);
        }
        self.push("order", &order_row(state, order), out);
    }

    /// The key of the subscriptions has ended: they get no more.
    fn lock_out(&mut self, topic: &'static str, out: &mut Outbox) {
        let words = format!("{topic}@invalid_listenkey");
        out.answer(words::answer("", 1, &words, self.manner));
        out.close(NORMAL, &words, Ending::Key);
    }
}

/// A topic and its key.
fn read(param: &str) -> Option<(&'static str, &str)> {
    let (topic, key) = param.split_once('@')?;
    TOPICS.into_iter().find(|known| *known == topic).map(|topic| (topic, key))
}

impl Session for User {
    fn line(&self) -> Line {
        Line::Private
    }

    fn is_keyed(&self) -> bool {
        true
    }

    fn watches(&self, state: &State) -> bool {
        !self.subs.is_empty() && state.waits_for_the_market()
    }

    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) {
        if self.pulse.beats(scene.uptime_ms, text, out) {
            return;
        }
        match Request::read(text) {
            Ok(request) if request.is_subscribe => self.subscribe(scene, &request, out),
            Ok(request) => self.unsubscribe(&request, out),
            Err(id) => out.refuse(words::answer(&id, 1, INVALID, self.manner)),
        }
    }

    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox) {
        let (state, account) = (scene.state, scene.state.account);
        let mut fills = Vec::new();
        let mut money = false;
        for event in events {
            match event {
                Event::Fill { account: of, fill } if *of == account => fills.push(Fill::clone(fill)),
                Event::Order(order) if order.account == account => {
                    self.order(state, order, &mut fills, out);
                }
                Event::Position { account: of, instrument, slot, position } if *of == account => {
                    let row = position_row(state, *instrument, *slot, position);
                    self.push("position", &row, out);
                }
                _ => {}
            }
            money |= concerns_money(event, account);
        }
        for fill in fills {
            self.push("trade", &fill_row(state, &fill, Decimal::ZERO), out);
        }
        if money && self.subs.contains_key("balance") {
            let now = balances(state);
            for (coin, row) in &now {
                if self.balances.get(coin) != Some(row) {
                    self.push("balance", row, out);
                }
            }
            self.balances = now;
        }
    }

    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let ended = self.subs.iter().find(|(_, own)| own.ends_ms <= scene.uptime_ms);
        if let Some(topic) = ended.map(|(topic, _)| *topic) {
            self.lock_out(topic, out);
        }
        self.pulse.time(scene.uptime_ms, out);
    }

    fn due_ms(&self, _: &Outbox) -> Option<i64> {
        self.subs.values().map(|own| own.ends_ms).chain([self.pulse.due_ms()]).min()
    }

    fn expire(&mut self, state: &mut State, now_ms: i64, out: &mut Outbox) {
        for own in self.subs.values() {
            state.keys.end(&own.key, now_ms);
        }
        let topic = self.subs.keys().next().copied().unwrap_or("order");
        self.lock_out(topic, out);
    }
}

fn balances(state: &State) -> BTreeMap<&'static str, Json> {
    let row = |coin: &Coin| {
        let (isolated, crossed) = coin.margins;
        write(&[
            ("coin", quote(coin.name)),
            ("underlyingType", if coin.name == "usdt" { "2" } else { "1" }.to_owned()),
            ("walletBalance", quoted(coin.wallet.total)),
            ("openOrderMarginFrozen", quoted(coin.wallet.reserved)),
            ("isolatedMargin", quoted(isolated)),
            ("crossedMargin", quoted(crossed)),
        ])
    };
    coins_of(state, &COINS).iter().map(|coin| (coin.name, row(coin))).collect()
}

fn order_row(state: &State, order: &Order) -> Json {
    write(&[
        ("symbol", symbol(&state.engine, order.instrument)),
        ("orderId", quote(&order.id.to_string())),
        ("origQty", quoted(order.qty)),
        ("avgPrice", quoted(order.average_price())),
        ("price", quoted(order.price.unwrap_or_default())),
        ("executedQty", quoted(order.filled)),
        ("orderSide", quote(named::side(order.side))),
        ("timeInForce", quote(named::tif(order.tif))),
        ("positionSide", quote(named::position_side(order.slot))),
        ("marginFrozen", quoted(order.reserved)),
        ("sourceType", quote(if order.from_trigger.is_some() { "entrust" } else { "default" })),
        ("type", quote("ORDER")),
        ("state", quote(named::order_state(order))),
        ("createdTime", order.created_ms.to_string()),
        ("leverage", plain(order.leverage)),
        ("positionType", quote(named::margin(order.margin))),
        ("orderType", quote(named::order_type(order.price.is_some()))),
    ])
}

fn fill_row(state: &State, fill: &Fill, freed: Decimal) -> Json {
    write(&[
        ("orderId", quote(&fill.order.to_string())),
        ("clientOrderId", quote(&fill.client_id)),
        ("price", quoted(fill.price)),
        ("quantity", quoted(fill.qty)),
        ("marginUnfrozen", quoted(freed)),
        ("timestamp", fill.at_ms.to_string()),
        ("symbol", symbol(&state.engine, fill.instrument)),
        ("orderSide", quote(named::side(fill.side))),
        ("positionSide", quote(named::position_side(fill.slot))),
        ("isMaker", fill.is_maker.to_string()),
        ("fee", plain(fill.fee)),
    ])
}

fn position_row(state: &State, id: InstrumentId, slot: Slot, position: &Position) -> Json {
    let engine = &state.engine;
    let on = engine.instrument(id);
    let qty = position.qty.abs();
    let isolated = if position.margin == Margin::Isolated { position.tied_up() } else { Decimal::ZERO };
    let opening = engine
        .open_orders(state.account)
        .filter(|order| !order.reduce_only && (order.instrument, order.slot) == (id, slot));
    let is_inverse = on.is_some_and(|on| on.product == Product::Inverse);
    write(&[
        ("symbol", symbol(engine, id)),
        ("contractType", quote("PERPETUAL")),
        ("positionType", quote(named::margin(position.margin))),
        ("positionSide", quote(named::position_side(slot))),
        ("positionSize", quoted(qty)),
        ("closeOrderSize", quoted(position.closing)),
        ("availableCloseSize", quoted(qty - position.closing)),
        ("realizedProfit", quoted(position.realised - position.fees)),
        ("entryPrice", quoted(position.entry_price(on.map(|on| on.multiplier).unwrap_or_default()))),
        ("isolatedMargin", quoted(isolated)),
        ("openOrderMarginFrozen", quoted(opening.map(|order| order.reserved).sum())),
        ("underlyingType", quote(if is_inverse { "COIN_BASED" } else { "U_BASED" })),
        ("leverage", plain(position.leverage)),
    ])
}
