//! Pumpkin: perpetual futures. It documents no stream of the account's own.

use pumpkin_futures::feed::Depth;
use pumpkin_futures::rest::{
    CancelOrder, CancelSymbolOrders, CloseSymbolPositions, CreateOrder, GetDepth, GetSymbol, ListOrders,
    ListUnfinishedOrders, Order,
};
use pumpkin_futures::{Client, ClientOrderId, Contracts, OrderId, OrderSide, PositionSide, Price};
use venue_core::budget::Patience;
use venue_core::ws::{Feed, Subscription};
use venue_core::{Decimal, Instrument};
use venue_sim::Which;

use super::{Answer, Desk, Seen, both, words};

const LEVERAGE: u32 = 20;

pub(in crate::story) struct Pumpkin;

impl Desk for Pumpkin {
    type Venue = pumpkin_futures::Pumpkin;
    type Size = Contracts;
    type Order = CreateOrder;
    type Row = Order;
    type Push = ();
    type Book = Depth;

    const WHICH: Which = Which::Pumpkin;
    const SYMBOL: &'static str = "btc_usdt";
    const SIZE: &'static str = "10";
    const UNIT: &'static str = "contracts";
    const BOOK_TOPIC: &'static str = "depth";

    fn venue() -> Self::Venue {
        pumpkin_futures::Pumpkin::new()
    }

    fn book() -> Depth {
        Depth::of(Self::SYMBOL, 20_u32)
    }

    fn buy(size: Contracts, price: Price) -> CreateOrder {
        CreateOrder::limit(Self::SYMBOL, OrderSide::Buy, PositionSide::Long, size, price, LEVERAGE)
    }

    async fn instrument(client: &Client) -> Answer<Option<Instrument<Contracts>>> {
        let row = client.send(GetSymbol::new(Self::SYMBOL)).await?;
        Ok(Some(row.instrument()))
    }

    async fn best(client: &Client) -> Answer<Option<[Price; 2]>> {
        let depth = client.send(GetDepth::new(Self::SYMBOL, 5_u32)).await?;
        Ok(both(depth.bids.first().map(|level| level.price), depth.asks.first().map(|level| level.price)))
    }

    async fn find(client: &Client, id: &ClientOrderId) -> Answer<Option<Order>> {
        let mine = |orders: &[Order]| {
            orders.iter().find(|order| order.client_order_id.as_ref() == Some(id)).cloned()
        };
        let live = client.send(ListUnfinishedOrders::new(Self::SYMBOL, OrderSide::Buy)).await?;
        if let Some(order) = mine(&live) {
            return Ok(Some(order));
        }
        Ok(mine(&client.send(ListOrders::new().symbol(Self::SYMBOL)).await?.items))
    }

    fn seen(row: &Order) -> Seen {
        Seen {
            id: row.order_id.clone(),
            client_id: row.client_order_id.clone(),
            state: words(row.state.as_ref()),
            filled: row.executed_qty.map_or(Decimal::ZERO, Contracts::decimal),
        }
    }

    async fn cancel(client: &Client, order: &OrderId) -> Answer<()> {
        client.send(CancelOrder::new(order.clone()).symbol(Self::SYMBOL)).await.map(drop)
    }

    /// All of it, whatever the size: as a cancel, it may use what is kept in reserve.
    async fn sell(client: &Client, _: Contracts) -> Answer<()> {
        client.send(CloseSymbolPositions::new(Self::SYMBOL)).await.map(drop)
    }

    async fn sweep(client: &Client, patience: Patience) -> Answer<()> {
        client.send(CancelSymbolOrders::new(Self::SYMBOL)).patience(patience).await.map(drop)
    }

    fn own_orders(_: &Feed<Self::Venue>) -> Option<Subscription<()>> {
        None
    }

    fn told((): &()) -> Vec<(OrderId, Decimal)> {
        Vec::new()
    }
}
