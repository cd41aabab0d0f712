//! Hibt: perpetual futures.

use hibt_api::feed::{Depth, Orders, Push};
use hibt_api::rest::{
    CancelAllOrders, CancelOrder, ClosePosition, GetDepth, GetFinishedOrder, GetPositions, GetSymbols,
    GetUnfinishedOrders, OpenOrder, Order, OrderRef, TradingPair,
};
use hibt_api::{Client, ClientOrderId, DepthLevels, Kind, OrderId, Price, Qty, Rows, Side};
use venue_core::budget::Patience;
use venue_core::ws::{Feed, Subscription};
use venue_core::{Decimal, Instrument};
use venue_sim::Which;

use super::{Answer, Desk, Seen, both};

const LEVERAGE: u32 = 10;

pub(in crate::story) struct Hibt;

impl Desk for Hibt {
    type Venue = hibt_api::Hibt;
    type Size = Qty;
    type Order = OpenOrder;
    type Row = Order;
    type Push = Push<Rows<Order>>;
    type Book = Depth;

    const WHICH: Which = Which::Hibt;
    const SYMBOL: &'static str = "btc_usdt";
    const SIZE: &'static str = "0.01";
    const UNIT: &'static str = "BTC";
    const BOOK_TOPIC: &'static str = "btc_usdt.20";

    fn venue() -> Self::Venue {
        hibt_api::Hibt::new()
    }

    fn book() -> Depth {
        Depth::of(Self::SYMBOL, DepthLevels::Twenty)
    }

    fn buy(size: Qty, price: Price) -> OpenOrder {
        OpenOrder::limit(Self::SYMBOL, Side::Buy, size, LEVERAGE, price)
    }

    async fn instrument(client: &Client) -> Answer<Option<Instrument<Qty>>> {
        let rows = client.send(GetSymbols::new()).await?;
        Ok(rows.iter().find(|row| row.symbol.as_str() == Self::SYMBOL).map(TradingPair::instrument))
    }

    async fn best(client: &Client) -> Answer<Option<[Price; 2]>> {
        let depth = client.send(GetDepth::new(Self::SYMBOL)).await?;
        Ok(both(depth.bid.first().map(|level| level.price), depth.ask.first().map(|level| level.price)))
    }

    async fn find(client: &Client, id: &ClientOrderId) -> Answer<Option<Order>> {
        let live = GetUnfinishedOrders::new().symbol(Self::SYMBOL).order(id.clone());
        let live = client.send(live).await?;
        if let Some(order) = live.iter().find(|order| order.custom_id.as_ref() == Some(id)) {
            return Ok(Some(order.clone()));
        }
        match client.send(GetFinishedOrder::new(Self::SYMBOL, id.clone())).await {
            Err(error) if error.kind() == Kind::UnknownOrder => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn seen(row: &Order) -> Seen {
        Seen {
            id: row.id.clone(),
            client_id: row.custom_id.clone(),
            // The venue's word is a number.
            state: row.state.as_ref().map_or_else(|| "unsaid".to_owned(), |state| format!("{state:?}")),
            filled: row.filled_amount.map_or(Decimal::ZERO, Qty::decimal),
        }
    }

    async fn cancel(client: &Client, order: &OrderId) -> Answer<()> {
        client.send(CancelOrder::new(Self::SYMBOL, OrderRef::Id(order.clone()))).await.map(drop)
    }

    async fn sell(client: &Client, size: Qty) -> Answer<()> {
        let positions = client.send(GetPositions::new().symbol(Self::SYMBOL)).await?;
        for position in positions.iter().filter(|position| position.side == Some(Side::Buy)) {
            client.send(ClosePosition::market(position.position_id.clone(), size)).await?;
        }
        Ok(())
    }

    async fn sweep(client: &Client, patience: Patience) -> Answer<()> {
        client.send(CancelAllOrders::new(Self::SYMBOL)).patience(patience).await.map(drop)
    }

    fn own_orders(feed: &Feed<Self::Venue>) -> Option<Subscription<Push<Rows<Order>>>> {
        Some(feed.subscribe(Orders::new()))
    }

    fn told(push: &Push<Rows<Order>>) -> Vec<(OrderId, Decimal)> {
        let told =
            |order: &Order| (order.id.clone(), order.filled_amount.map_or(Decimal::ZERO, Qty::decimal));
        push.data.iter().map(told).collect()
    }
}
