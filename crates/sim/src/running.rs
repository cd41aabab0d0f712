//! A running venue, seen from outside.

use std::net::SocketAddr;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::clock::Clock;
use crate::counts::Hit;
use crate::data::{Catalog, Host};
use crate::dialect::State;
use crate::engine::{Fill, Order, Side};
use crate::fault::Script;
use crate::limits::LimitReport;
use crate::route;
use crate::venue::Venue;
use crate::which::Which;
use crate::ws::StreamReport;

/// One venue of a simulation: where it is, its account, its faults, what it saw.
#[derive(Debug)]
pub struct Running {
    which: Which,
    venue: Arc<Venue>,
    address: SocketAddr,
    rest: String,
    ws: String,
    /// Further products, and where each is.
    products: Vec<(String, String)>,
    ws_public: String,
    ws_private: String,
}

/// What rests in a book: price and quantity, best first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Book {
    /// What is bid for.
    pub bids: Vec<(Decimal, Decimal)>,
    /// What is offered.
    pub asks: Vec<(Decimal, Decimal)>,
}

impl Running {
    /// A venue at the address of its first product, with those of the others.
    pub(crate) fn new(which: Which, venue: Arc<Venue>, addresses: &[SocketAddr], plain: bool) -> Self {
        // Port 0, where nothing can listen.
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let address = addresses.first().copied().unwrap_or(nowhere);
        let (http, ws) = if plain { ("http", "ws") } else { ("https", "wss") };
        let path = |hosts: &[Host]| hosts.first().map(|host| host.path().to_owned()).unwrap_or_default();
        let hosts = &venue.catalog.hosts;
        let rest = |address: &SocketAddr| format!("{http}://{address}{}", venue.prefix());
        let others = hosts.other_products().zip(addresses.iter().skip(1));
        Self {
            which,
            rest: rest(&address),
            products: others.map(|(product, address)| (product.to_owned(), rest(address))).collect(),
            ws: format!("{ws}://{address}"),
            ws_public: format!("{ws}://{address}{}", path(&hosts.ws_public)),
            ws_private: format!("{ws}://{address}{}", path(&hosts.ws_private)),
            address,
            venue,
        }
    }

    /// A venue that wasn't asked for: port 0, where nothing can listen.
    pub(crate) fn idle(which: Which, plain: bool) -> Self {
        Self::new(which, Arc::new(Venue::idle(which)), &[], plain)
    }

    /// Which venue this is.
    #[must_use]
    pub fn which(&self) -> Which {
        self.which
    }

    /// Whether the simulation was asked for this venue.
    #[must_use]
    pub fn is_started(&self) -> bool {
        self.address.port() != 0
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The REST base, with the venue's path prefix.
    #[must_use]
    pub fn rest(&self) -> &str {
        &self.rest
    }

    /// The REST base of another product of the venue, by its name in the documentation, such as `Coin-M`;
    /// `None` where there is no host for it alone.
    #[must_use]
    pub fn rest_of(&self, product: &str) -> Option<&str> {
        self.products.iter().find(|(name, _)| name == product).map(|(_, rest)| rest.as_str())
    }

    /// The products that have a host of their own besides the first, each with its REST base.
    pub fn products(&self) -> impl Iterator<Item = (&str, &str)> {
        self.products.iter().map(|(name, rest)| (name.as_str(), rest.as_str()))
    }

    /// Scheme and authority of all `WebSocket` addresses; the documented paths follow.
    #[must_use]
    pub fn ws(&self) -> &str {
        &self.ws
    }

    /// The public `WebSocket` address, the first where there are several.
    #[must_use]
    pub fn ws_public(&self) -> &str {
        &self.ws_public
    }

    /// The private `WebSocket` address, without a listen key.
    #[must_use]
    pub fn ws_private(&self) -> &str {
        &self.ws_private
    }

    /// The account's key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.venue.account.key
    }

    /// The account's secret.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.venue.account.secret
    }

    /// The account's memo, where the venue has one.
    #[must_use]
    pub fn memo(&self) -> Option<&str> {
        self.venue.account.memo.as_deref()
    }

    /// The venue's clock, which can be moved.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.venue.clock
    }

    /// The documentation it answers from.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.venue.catalog
    }

    /// Adds a fault to the script, unless it is for another venue.
    pub fn fault(&self, script: impl Into<Script>) {
        let script = script.into();
        if script.venue().is_none_or(|which| which == self.which) {
            self.venue.faults.add(script);
        }
    }

    /// Forgets all faults that are still to come.
    pub fn clear_faults(&self) {
        self.venue.faults.clear();
    }

    /// Requests that arrived, whatever became of them.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.venue.counts.requests()
    }

    /// Requests that the venue refused; answers made up by a fault aren't counted.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.venue.counts.refused()
    }

    /// Requests that were executed, by verb and path: the documented template, or a concrete path of it.
    #[must_use]
    pub fn executed(&self, method: &str, path: &str) -> u64 {
        let path = self.venue.documented(path).unwrap_or(path);
        let template = self.venue.catalog.served().any(|endpoint| endpoint.path == path);
        let route = if template { None } else { route::find(&self.venue.catalog, method, path).ok() };
        self.venue.counts.executed(method, route.map_or(path, |route| &route.endpoint.path))
    }

    /// The latest requests, oldest first; some thousands are kept.
    #[must_use]
    pub fn hits(&self) -> Vec<Hit> {
        self.venue.counts.hits()
    }

    /// What each documented limit has seen: the most that any window held, however it was laid.
    #[must_use]
    pub fn worst_window(&self) -> Vec<LimitReport> {
        self.venue.limits.reports()
    }

    /// Whether the venue would open a private stream with this listen key or token now.
    #[must_use]
    pub fn takes_listen_key(&self, key: &str) -> bool {
        let now_ms = self.venue.clock.now_ms();
        self.venue.world.as_ref().is_some_and(|world| world.takes_listen_key(key, now_ms))
    }

    /// How often something with this id of the caller's own was executed: an order, a transfer.
    #[must_use]
    pub fn executions(&self, client_order_id: &str) -> u32 {
        self.venue.counts.executions(client_order_id)
    }

    /// How many different ids of the caller's own were executed.
    #[must_use]
    pub fn orders_with_client_id(&self) -> usize {
        self.venue.counts.own_ids()
    }

    /// The caller's own ids that were executed more than once.
    #[must_use]
    pub fn repeated_client_ids(&self) -> Vec<String> {
        self.venue.counts.repeated()
    }

    /// The last price on the venue's market, as it is now; `None` where nothing of that name is traded here.
    #[must_use]
    pub fn last_price(&self, symbol: &str) -> Option<Decimal> {
        self.venue.world.as_ref()?.last_price(symbol, self.venue.clock.now_ms())
    }

    /// What its streams have seen.
    #[must_use]
    pub fn streams(&self) -> StreamReport {
        self.venue.streams.report()
    }

    /// A book as it is now, whole; `None` where nothing of that name is traded here.
    #[must_use]
    pub fn book(&self, symbol: &str) -> Option<Book> {
        self.look(|state| {
            let id = state.engine.find(symbol)?;
            let side = |side| state.engine.levels(id, side, usize::MAX);
            Some(Book { bids: side(Side::Buy), asks: side(Side::Sell) })
        })?
    }

    /// The account's orders as they are now, open and finished, in the order of their numbers; empty where a venue
    /// has no state. The latest thousand finished ones are kept.
    #[must_use]
    pub fn orders(&self) -> Vec<Order> {
        let orders = self.look(|state| {
            let (engine, account) = (&state.engine, state.account);
            let mut all: Vec<Order> =
                engine.open_orders(account).chain(engine.finished_orders(account)).cloned().collect();
            all.sort_by_key(|order| order.id);
            all
        });
        orders.unwrap_or_default()
    }

    /// The account's latest thousand fills, oldest first; empty where a venue has no state.
    #[must_use]
    pub fn fills(&self) -> Vec<Fill> {
        let fills = self.look(|state| state.engine.account(state.account).fills().cloned().collect());
        fills.unwrap_or_default()
    }

    fn look<R>(&self, look: impl FnOnce(&mut State) -> R) -> Option<R> {
        Some(self.venue.world.as_ref()?.with(self.venue.clock.now_ms(), look))
    }
}
