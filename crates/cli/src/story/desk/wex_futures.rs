//! WEX: USDT-M futures.

use venue_core::budget::Patience;
use venue_core::ws::{Feed, Subscription};
use venue_core::{Decimal, Instrument};
use venue_sim::Which;
use wex_futures::feed::{DepthUpdate, OrderPush, Orders};
use wex_futures::rest::{
    CancelAllOrdersOfSymbol, CancelOrder, CreateOrder, GetDepth, GetSymbolDetail, ListOrders,
};
use wex_futures::{
    Client, ClientOrderId, Contracts, Order, OrderId, OrderSide, OrderStateFilter, PositionSide, Price,
};

use super::{Answer, Desk, Seen, both, words};

pub(in crate::story) struct WexFutures;

impl Desk for WexFutures {
    type Venue = wex_futures::WexFutures;
    type Size = Contracts;
    type Order = CreateOrder;
    type Row = Order;
    type Push = OrderPush;
    type Book = DepthUpdate;

    const WHICH: Which = Which::WexFutures;
    const SYMBOL: &'static str = "btc_usdt";
    const SIZE: &'static str = "10";
    const UNIT: &'static str = "contracts";
    const BOOK_TOPIC: &'static str = "depth_update";

    fn venue() -> Self::Venue {
        wex_futures::WexFutures::usdt_m()
    }

    fn book() -> DepthUpdate {
        DepthUpdate::of(Self::SYMBOL)
    }

    fn buy(size: Contracts, price: Price) -> CreateOrder {
        CreateOrder::limit(Self::SYMBOL, OrderSide::Buy, PositionSide::Long, size, price)
    }

    async fn instrument(client: &Client) -> Answer<Option<Instrument<Contracts>>> {
        let row = client.send(GetSymbolDetail::new(Self::SYMBOL)).await?;
        Ok(Some(row.instrument()))
    }

    async fn best(client: &Client) -> Answer<Option<[Price; 2]>> {
        let depth = client.send(GetDepth::new(Self::SYMBOL, 5_u32)).await?;
        Ok(both(depth.bids.first().map(|level| level.price), depth.asks.first().map(|level| level.price)))
    }

    async fn find(client: &Client, id: &ClientOrderId) -> Answer<Option<Order>> {
        for state in [OrderStateFilter::Unfinished, OrderStateFilter::History] {
            let page = client.send(ListOrders::new().client_order_id(id.clone()).state(state)).await?;
            let mut orders = page.items.iter();
            if let Some(order) = orders.find(|order| order.client_order_id.as_ref() == Some(id)) {
                return Ok(Some(order.clone()));
            }
        }
        Ok(None)
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
        client.send(CancelOrder::new(order.clone())).await.map(drop)
    }

    async fn sell(client: &Client, size: Contracts) -> Answer<()> {
        let sell = CreateOrder::market(Self::SYMBOL, OrderSide::Sell, PositionSide::Long, size);
        client.send(sell).await.map(drop)
    }

    async fn sweep(client: &Client, patience: Patience) -> Answer<()> {
        client.send(CancelAllOrdersOfSymbol::new(Self::SYMBOL)).patience(patience).await.map(drop)
    }

    fn own_orders(feed: &Feed<Self::Venue>) -> Option<Subscription<OrderPush>> {
        Some(feed.subscribe(Orders::new()))
    }

    fn told(push: &OrderPush) -> Vec<(OrderId, Decimal)> {
        vec![(push.order_id.clone(), push.executed_qty.map_or(Decimal::ZERO, Contracts::decimal))]
    }
}
