//! An account's own stream: everything is pushed, nothing is asked for.

use std::collections::BTreeSet;

use super::words::{self, Request};
use super::{Json, Version};
use crate::dialect::hashkey::{accounts, rows};
use crate::dialect::{State, plain, quoted, symbol};
use crate::engine::{AssetId, Event, Fill, Order, Pocket, Side};
use crate::fault::Line;
use crate::json::{list, quote, write};
use crate::ws::{Ending, Fills, Outbox, Scene, Session, next_of};

/// Documented: the venue's pings.
const PING_MS: i64 = 30_000;
/// Documented: without heartbeats for this long a session is closed.
const SILENCE_MS: i64 = 60 * 60 * 1000;
/// Close codes; the documentation gives none.
const NORMAL: u16 = 1000;
const GOING_AWAY: u16 = 1001;

const ORDER: &str = "executionReport";
const TICKET: &str = "ticketInfo";
const ACCOUNT: &str = "outboundAccountInfo";

#[derive(Debug)]
pub(super) struct Own {
    key: String,
    channel: String,
    /// When the client last gave a sign of life.
    alive_ms: i64,
    ping_ms: i64,
    /// When the key ends, by uptime, as it was last seen.
    ends_ms: i64,
    fills: Fills,
}

impl Own {
    /// A session of this key, if it is alive.
    pub(super) fn new(key: &str, scene: &Scene<'_>, channel: String) -> Option<Self> {
        let ends_ms = scene.state.keys.ends_ms(key, scene.now_ms)?;
        Some(Self {
            key: key.to_owned(),
            channel,
            alive_ms: scene.uptime_ms,
            ping_ms: scene.uptime_ms + PING_MS,
            ends_ms: scene.uptime_ms + (ends_ms - scene.now_ms),
            fills: Fills::known(scene.state),
        })
    }
}

impl Session for Own {
    fn line(&self) -> Line {
        Line::Private
    }

    fn is_keyed(&self) -> bool {
        true
    }

    fn watches(&self, state: &State) -> bool {
        state.waits_for_the_market()
    }

    fn greet(&mut self, _: &Scene<'_>, out: &mut Outbox) {
        for topic in [ORDER, TICKET, ACCOUNT] {
            out.subscribed(topic);
        }
    }

    /// Nothing is asked here: it was subscribed to by opening it.
    fn is_sign_of_life(&self, _: &str) -> bool {
        true
    }

    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox) {
        let Some(request) = Request::read(text) else { return out.refuse(words::not_json(Version::V1)) };
        if request.has("ping") {
            self.alive_ms = scene.uptime_ms;
            out.answer(words::pong(scene.now_ms));
        } else if request.has("pong") {
            self.alive_ms = scene.uptime_ms;
        }
        // The documentation's own sample subscribes here, to no effect.
    }

    fn ping(&mut self, scene: &Scene<'_>) {
        self.alive_ms = scene.uptime_ms;
    }

    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox) {
        let state = scene.state;
        let mut coins: BTreeSet<AssetId> = BTreeSet::new();
        for event in events {
            match event {
                Event::Fill { account, fill } if *account == state.account => {
                    self.fills.note(fill);
                    out.push(TICKET, list([ticket(scene, fill)]));
                }
                Event::Order(order) if order.account == state.account => {
                    let (fill, is_why) = self.fills.of(order);
                    out.push(ORDER, list([report(scene, order, fill.filter(|_| is_why).as_ref())]));
                }
                Event::Balance { account, pocket: Pocket::Spot, asset, .. } if *account == state.account => {
                    coins.insert(*asset);
                }
                _ => {}
            }
        }
        if !coins.is_empty() {
            out.push(ACCOUNT, list([balances(scene, coins)]));
        }
    }

    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        match scene.state.keys.ends_ms(&self.key, scene.now_ms) {
            Some(ends_ms) => self.ends_ms = scene.uptime_ms + (ends_ms - scene.now_ms),
            None => return out.close(NORMAL, "listen key expired", Ending::Key),
        }
        if scene.uptime_ms >= self.alive_ms + SILENCE_MS {
            return out.close(GOING_AWAY, "no heartbeat within 60 minutes", Ending::Silence);
        }
        if scene.uptime_ms >= self.ping_ms {
            self.ping_ms = next_of(self.ping_ms, PING_MS, scene.uptime_ms);
            out.answer(format!(r#"{{"ping":{},"channelId":{}}}"#, scene.now_ms, quote(&self.channel)));
        }
    }

    fn due_ms(&self, _: &Outbox) -> Option<i64> {
        Some(self.ping_ms.min(self.ends_ms).min(self.alive_ms + SILENCE_MS))
    }

    fn expire(&mut self, state: &mut State, now_ms: i64, out: &mut Outbox) {
        state.keys.end(&self.key, now_ms);
        out.close(NORMAL, "listen key expired", Ending::Key);
    }
}

fn stamp(scene: &Scene<'_>) -> Json {
    quote(&scene.now_ms.to_string())
}

fn balances(scene: &Scene<'_>, coins: BTreeSet<AssetId>) -> Json {
    let engine = &scene.state.engine;
    let coin = |asset: AssetId| {
        let wallet = engine.account(scene.state.account).wallet(Pocket::Spot, asset);
        write(&[
            ("a", quote(engine.asset_name(asset))),
            ("f", quoted(wallet.total - wallet.reserved)),
            ("l", quoted(wallet.reserved)),
            ("r", quote("")),
        ])
    };
    let yes = || "true".to_owned();
    write(&[
        ("e", quote(ACCOUNT)),
        ("E", stamp(scene)),
        ("T", yes()),
        ("W", yes()),
        ("D", yes()),
        ("B", list(coins.into_iter().map(coin))),
    ])
}

/// An order; `fill` when that is why it is told.
fn report(scene: &Scene<'_>, order: &Order, fill: Option<&Fill>) -> Json {
    let engine = &scene.state.engine;
    let (yes, no) = ("true".to_owned(), "false".to_owned());
    let text = |value: Option<rust_decimal::Decimal>| quote(&value.map_or_else(|| "0".to_owned(), plain));
    let kind = match (order.price, order.amount) {
        (Some(_), _) if order.tif == crate::engine::Tif::PostOnly => "LIMIT_MAKER",
        (Some(_), _) => "LIMIT",
        (None, Some(_)) => "MARKET_OF_QUOTE",
        (None, None) => "MARKET_OF_BASE",
    };
    let tif = if order.price.is_none() { "IOC" } else { rows::tif(order) };
    // What is left of an amount isn't a quantity.
    let left = if order.amount.is_some() { None } else { Some(order.remaining()) };
    write(&[
        ("e", quote(ORDER)),
        ("E", stamp(scene)),
        ("s", symbol(engine, order.instrument)),
        ("c", quote(&order.client_id)),
        ("S", quote(rows::side(order.side))),
        ("o", quote(kind)),
        ("f", quote(tif)),
        ("q", quoted(rows::quantity(order))),
        ("p", text(order.price)),
        ("X", quote(rows::status(order))),
        ("i", quote(&order.id.to_string())),
        ("l", text(fill.map(|fill| fill.qty))),
        ("z", quoted(order.filled)),
        ("L", text(fill.map(|fill| fill.price))),
        ("n", text(fill.map(|fill| fill.fee))),
        ("N", quote(&fill.map(|fill| fee_coin(scene, fill)).unwrap_or_default())),
        ("u", yes.clone()),
        ("w", yes),
        ("m", fill.is_some_and(|fill| fill.is_maker).to_string()),
        ("O", quote(&order.created_ms.to_string())),
        ("Z", quoted(order.filled_value)),
        ("C", no.clone()),
        ("v", quote("0")),
        ("reqAmt", text(order.amount)),
        ("d", quote(&fill.map_or(0, rows::trade_id).to_string())),
        ("r", text(left)),
        ("V", quoted(order.average_price())),
        ("P", quote("0")),
        ("lo", no),
        ("lt", quote("")),
        ("x", quote(rows::reason(order))),
    ])
}

/// Fees are taken from what is received.
fn fee_coin(scene: &Scene<'_>, fill: &Fill) -> String {
    let instrument = scene.state.engine.instrument(fill.instrument);
    let coin = instrument.map(|pair| if fill.side == Side::Buy { &pair.base } else { &pair.quote });
    coin.cloned().unwrap_or_default()
}

fn ticket(scene: &Scene<'_>, fill: &Fill) -> Json {
    write(&[
        ("e", quote(TICKET)),
        ("E", stamp(scene)),
        ("s", symbol(&scene.state.engine, fill.instrument)),
        ("q", quoted(fill.qty)),
        ("t", quote(&fill.at_ms.to_string())),
        ("p", quoted(fill.price)),
        ("T", quote(&(rows::FIRST_TICKET + fill.trade).to_string())),
        ("o", quote(&fill.order.to_string())),
        ("c", quote(&fill.client_id)),
        ("a", quote(accounts::id(scene.state, scene.state.account))),
        ("m", fill.is_maker.to_string()),
        ("S", quote(rows::side(fill.side))),
    ])
}
