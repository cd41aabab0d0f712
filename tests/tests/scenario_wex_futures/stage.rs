//! A simulated venue under virtual time, with a client for each product.

use std::fmt::Display;

use venue_core::http::Roots;
use venue_core::{Clock, Decimal, Millis, Retry};
use venue_sim::{Running, Sim, Which};
use venue_tests::credentials;
use wex_futures::rest::*;
use wex_futures::{
    Client, ClientOrderId, Contracts, Error, Kind, Order, OrderSide, OrderStateFilter, Outcome, PositionSide,
    Price, WexFutures,
};

pub(crate) const BTC: &str = "btc_usdt";

pub(crate) struct Stage {
    pub(crate) sim: Sim,
    /// USDT-M.
    pub(crate) client: Client,
    /// Coin-M, on a host of its own.
    pub(crate) coin: Client,
}

impl Stage {
    /// Under virtual time: budgets are waited for, and the market moves meanwhile.
    pub(crate) async fn set() -> Self {
        let sim = Sim::builder().venue(Which::WexFutures).seed(1).start().await.unwrap();
        let running = sim.venue(Which::WexFutures);
        let client = |venue, base: &str| {
            let clock = running.clock().clone();
            Client::builder(venue)
                .base(base)
                .roots(Roots::only_pem(sim.ca_pem()).unwrap())
                .credentials(credentials(running))
                .clock(Clock::custom(move || Millis::new(clock.now_ms())))
                .dialer(sim.dialer())
                .retry(Retry::never())
                .build()
                .unwrap()
        };
        let coin = client(WexFutures::coin_m(), running.rest_of("Coin-M").unwrap());
        let client = client(WexFutures::usdt_m(), running.rest());
        Self { sim, client, coin }
    }

    pub(crate) fn venue(&self) -> &Running {
        self.sim.venue(Which::WexFutures)
    }

    /// Opens a position at the market.
    pub(crate) async fn open(&self, side: PositionSide, size: u64) {
        let way = if side == PositionSide::Long { OrderSide::Buy } else { OrderSide::Sell };
        self.client.send(CreateOrder::market(BTC, way, side, Contracts::new(size))).await.unwrap();
    }

    pub(crate) async fn mark(&self) -> Decimal {
        self.client.send(GetSymbolMarkPrice::new(BTC)).await.unwrap().price.decimal()
    }

    /// The one order with this id, whatever its state.
    pub(crate) async fn order(&self, id: &ClientOrderId) -> Order {
        let mut orders = Vec::new();
        for state in [OrderStateFilter::Unfinished, OrderStateFilter::History] {
            let page = ListOrders::new().client_order_id(id.clone()).state(state);
            orders.extend(self.client.send(page).await.unwrap().items);
        }
        assert_eq!(orders.len(), 1, "{id}");
        orders.remove(0)
    }

    /// Places, and says under which id.
    pub(crate) async fn place(&self, order: CreateOrder) -> ClientOrderId {
        let answer = self.client.send(order).raw().await.unwrap();
        answer.client_order_ids[0].clone()
    }

    /// Nothing was left unread in what was answered.
    pub(crate) fn is_understood(&self) {
        assert_eq!((self.client.unmapped_keys(), self.coin.unmapped_keys()), (0, 0));
    }
}

/// So many contracts.
pub(crate) fn n(count: u64) -> Contracts {
    Contracts::new(count)
}

pub(crate) fn dec(value: impl Display) -> Decimal {
    value.to_string().parse().unwrap()
}

/// A price so many tenths of the given one, that the contract can trade at.
pub(crate) fn price(of: Decimal, tenths: i64) -> Price {
    (of * Decimal::new(tenths, 1)).round_dp(1).to_string().parse().unwrap()
}

/// A price so many thousandths above the given one, or below it, that the contract can trade at.
pub(crate) fn permille(of: Decimal, thousandths: i64) -> Price {
    (of * Decimal::new(1_000 + thousandths, 3)).round_dp(1).to_string().parse().unwrap()
}

pub(crate) fn refused(result: Result<impl std::fmt::Debug, Error>) -> (String, Kind) {
    let error = result.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Rejected, "{error}");
    (error.code().unwrap_or_default().to_owned(), error.kind())
}
