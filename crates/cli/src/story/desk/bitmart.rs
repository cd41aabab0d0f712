//! BitMart: futures.

use bitmart_futures::feed::{DepthIncrease, OrderPush, Orders};
use bitmart_futures::rest::{
    CancelOrder, CancelOrders, Contract, GetContractDetails, GetDepth, GetOpenOrders, GetOrderHistory, Order,
    OrderRef, SubmitOrder,
};
use bitmart_futures::{Client, ClientOrderId, Contracts, OrderId, Price, Rows, Side};
use venue_core::budget::Patience;
use venue_core::ws::{Feed, Subscription};
use venue_core::{Decimal, Instrument};
use venue_sim::Which;

use super::{Answer, Desk, Seen, both};

pub(in crate::story) struct BitMart;

impl Desk for BitMart {
    type Venue = bitmart_futures::BitMart;
    type Size = Contracts;
    type Order = SubmitOrder;
    type Row = Order;
    type Push = Rows<OrderPush>;
    type Book = DepthIncrease;

    const WHICH: Which = Which::BitMart;
    const SYMBOL: &'static str = "BTCUSDT";
    const SIZE: &'static str = "10";
    const UNIT: &'static str = "contracts";
    const BOOK_TOPIC: &'static str = "depthIncrease";

    fn venue() -> Self::Venue {
        bitmart_futures::BitMart::new()
    }

    fn book() -> DepthIncrease {
        DepthIncrease::of(Self::SYMBOL)
    }

    fn buy(size: Contracts, price: Price) -> SubmitOrder {
        SubmitOrder::limit(Self::SYMBOL, Side::BuyOpenLong, size, price)
    }

    async fn instrument(client: &Client) -> Answer<Option<Instrument<Contracts>>> {
        let details = client.send(GetContractDetails::new().symbol(Self::SYMBOL)).await?;
        let row = details.symbols.iter().find(|row| row.symbol.as_str() == Self::SYMBOL);
        Ok(row.map(Contract::instrument))
    }

    async fn best(client: &Client) -> Answer<Option<[Price; 2]>> {
        let depth = client.send(GetDepth::new(Self::SYMBOL)).await?;
        Ok(both(depth.bids.first().map(|level| level.price), depth.asks.first().map(|level| level.price)))
    }

    async fn find(client: &Client, id: &ClientOrderId) -> Answer<Option<Order>> {
        let mine = |orders: Rows<Order>| {
            orders.iter().find(|order| order.client_order_id.as_ref() == Some(id)).cloned()
        };
        if let Some(open) = mine(client.send(GetOpenOrders::new().symbol(Self::SYMBOL)).await?) {
            return Ok(Some(open));
        }
        let history = GetOrderHistory::new(Self::SYMBOL).client_order_id(id.clone());
        Ok(mine(client.send(history).await?))
    }

    fn seen(row: &Order) -> Seen {
        Seen {
            id: row.order_id.clone(),
            client_id: row.client_order_id.clone(),
            // The venue's word is a number.
            state: row.state.as_ref().map_or_else(|| "unsaid".to_owned(), |state| format!("{state:?}")),
            filled: row.deal_size.map_or(Decimal::ZERO, Contracts::decimal),
        }
    }

    async fn cancel(client: &Client, order: &OrderId) -> Answer<()> {
        client.send(CancelOrder::new(Self::SYMBOL, OrderRef::Id(order.clone()))).await.map(drop)
    }

    async fn sell(client: &Client, size: Contracts) -> Answer<()> {
        client.send(SubmitOrder::market(Self::SYMBOL, Side::SellCloseLong, size)).await.map(drop)
    }

    async fn sweep(client: &Client, patience: Patience) -> Answer<()> {
        client.send(CancelOrders::new(Self::SYMBOL)).patience(patience).await.map(drop)
    }

    fn own_orders(feed: &Feed<Self::Venue>) -> Option<Subscription<Rows<OrderPush>>> {
        Some(feed.subscribe(Orders::new()))
    }

    fn told(push: &Rows<OrderPush>) -> Vec<(OrderId, Decimal)> {
        let told = |push: &OrderPush| {
            let order = &push.order;
            (order.order_id.clone(), order.deal_size.map_or(Decimal::ZERO, Contracts::decimal))
        };
        push.iter().map(told).collect()
    }
}
