//! HashKey: spot.

use hashkey_api::feed::{DepthV2, OrderUpdate, OrderUpdates};
use hashkey_api::rest::{
    CancelOpenOrders, CancelOrder, CreateOrder, GetDepth, GetExchangeInfo, GetOrder, Order, OrderQuery,
    OrderRef, SymbolInfo,
};
use hashkey_api::{Client, ClientOrderId, Kind, OrderId, Price, Qty, Rows, Side};
use venue_core::budget::Patience;
use venue_core::ws::{Feed, Subscription};
use venue_core::{Decimal, Instrument};
use venue_sim::Which;

use super::{Answer, Desk, Seen, both, words};

pub(in crate::story) struct HashKey;

impl Desk for HashKey {
    type Venue = hashkey_api::HashKey;
    type Size = Qty;
    type Order = CreateOrder;
    type Row = Order;
    type Push = Rows<OrderUpdate>;
    type Book = DepthV2;

    const WHICH: Which = Which::HashKey;
    const SYMBOL: &'static str = "BTCUSDT";
    const SIZE: &'static str = "0.01";
    const UNIT: &'static str = "BTC";
    const BOOK_TOPIC: &'static str = "depth";

    fn venue() -> Self::Venue {
        hashkey_api::HashKey::new()
    }

    fn book() -> DepthV2 {
        DepthV2::of(Self::SYMBOL)
    }

    fn buy(size: Qty, price: Price) -> CreateOrder {
        CreateOrder::limit(Self::SYMBOL, Side::Buy, size, price)
    }

    async fn instrument(client: &Client) -> Answer<Option<Instrument<Qty>>> {
        let info = client.send(GetExchangeInfo::new().symbol(Self::SYMBOL)).await?;
        let row = info.symbols.iter().find(|row| row.symbol.as_str() == Self::SYMBOL);
        Ok(row.map(SymbolInfo::instrument).transpose()?)
    }

    async fn best(client: &Client) -> Answer<Option<[Price; 2]>> {
        let depth = client.send(GetDepth::new(Self::SYMBOL)).await?;
        Ok(both(depth.bids.first().map(|level| level.price), depth.asks.first().map(|level| level.price)))
    }

    async fn find(client: &Client, id: &ClientOrderId) -> Answer<Option<Order>> {
        match client.send(GetOrder::new(OrderQuery::ClientId(id.clone()))).await {
            Err(error) if error.kind() == Kind::UnknownOrder => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn seen(row: &Order) -> Seen {
        Seen {
            id: row.order_id.clone(),
            client_id: row.client_order_id.clone(),
            state: words(row.status.as_ref()),
            filled: row.executed_qty.map_or(Decimal::ZERO, Qty::decimal),
        }
    }

    async fn cancel(client: &Client, order: &OrderId) -> Answer<()> {
        client.send(CancelOrder::new(OrderRef::Id(order.clone()))).await.map(drop)
    }

    async fn sell(client: &Client, size: Qty) -> Answer<()> {
        client.send(CreateOrder::market(Self::SYMBOL, Side::Sell, size)).await.map(drop)
    }

    async fn sweep(client: &Client, patience: Patience) -> Answer<()> {
        client.send(CancelOpenOrders::new(Self::SYMBOL)).patience(patience).await.map(drop)
    }

    fn own_orders(feed: &Feed<Self::Venue>) -> Option<Subscription<Rows<OrderUpdate>>> {
        Some(feed.subscribe(OrderUpdates::new()))
    }

    fn told(push: &Rows<OrderUpdate>) -> Vec<(OrderId, Decimal)> {
        let told = |order: &OrderUpdate| {
            (order.order_id.clone(), order.executed_qty.map_or(Decimal::ZERO, Qty::decimal))
        };
        push.iter().map(told).collect()
    }
}
