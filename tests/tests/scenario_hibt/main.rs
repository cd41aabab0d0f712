//! Hibt's client against simulated Hibt, which remembers: what was done is what is read afterwards.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

mod conditional;
mod market;
mod orders;
mod positions;

use hibt_api::rest::*;
use hibt_api::{Amount, Client, Hibt, Millis, OrderState, Price, Qty, Side};
use venue_core::{Clock, Decimal};
use venue_sim::{Running, Sim, Which};
use venue_tests::builder;

const BTC: &str = "btc_usdt";
const START_MS: u64 = 1_724_916_869_475;
const FUNDS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// Simulated Hibt and a client of it, in memory and under virtual time.
struct Desk {
    sim: Sim,
    client: Client,
}

impl Desk {
    async fn open() -> Self {
        let sim = Sim::builder().venue(Which::Hibt).seed(3).starts_at_ms(START_MS).start().await.unwrap();
        let time = sim.venue(Which::Hibt).clock().clone();
        let client = builder(&sim, Which::Hibt, Hibt::new())
            .dialer(sim.dialer())
            .clock(Clock::custom(move || Millis::new(time.now_ms())))
            .build()
            .unwrap();
        Self { sim, client }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::Hibt)
    }

    async fn depth(&self) -> Depth {
        self.client.send(GetDepth::new(BTC)).await.unwrap()
    }

    async fn balance(&self) -> Balance {
        self.client.send(GetBalance::new()).await.unwrap()
    }

    async fn live(&self) -> Vec<Order> {
        self.client.send(GetUnfinishedOrders::new()).await.unwrap().all().unwrap()
    }

    async fn positions(&self) -> Vec<Position> {
        self.client.send(GetPositions::new()).await.unwrap().all().unwrap()
    }

    async fn finished(&self, id: impl Into<OrderSelector>) -> Order {
        self.client.send(GetFinishedOrder::new(BTC, id)).await.unwrap()
    }

    /// Buys or sells at the market, and gives the position.
    async fn enter(&self, side: Side, size: &str) -> Position {
        let ack = self.client.send(OpenOrder::market(BTC, side, qty(size), 10)).await.unwrap();
        let order = self.finished(ack.order_id).await;
        assert_eq!(order.state, Some(OrderState::Filled));
        let id = order.position_id.unwrap();
        self.client.send(GetPositions::new().position_id(id)).await.unwrap()[0].clone()
    }
}

fn qty(text: &str) -> Qty {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

/// A limit order that rests far below the market.
fn resting(id: &str) -> OpenOrder {
    OpenOrder::limit(BTC, Side::Buy, qty("0.01"), 10, price("30000")).custom_id(id)
}

fn of(amount: &Option<Amount>) -> Decimal {
    amount.as_ref().unwrap().decimal().unwrap()
}
