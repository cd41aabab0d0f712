//! WEX: spot.

use venue_core::budget::Patience;
use venue_core::ws::{Feed, Subscription};
use venue_core::{Decimal, Instrument};
use venue_sim::Which;
use wex_spot::feed::{DepthUpdate, OrderPush, Orders};
use wex_spot::rest::{
    CancelAllOpenOrdersOfSymbol, CancelOrder, GetDepth, GetSymbols, Order, QueryOrder, SubmitOrder,
    SymbolInfo,
};
use wex_spot::{Client, ClientOrderId, Kind, OrderBizType, OrderId, Price, Qty, Side};

use super::{Answer, Desk, Seen, both, words};

pub(in crate::story) struct WexSpot;

impl Desk for WexSpot {
    type Venue = wex_spot::WexSpot;
    type Size = Qty;
    type Order = SubmitOrder;
    type Row = Order;
    type Push = OrderPush;
    type Book = DepthUpdate;

    const WHICH: Which = Which::WexSpot;
    const SYMBOL: &'static str = "btc_usdt";
    const SIZE: &'static str = "0.01";
    const UNIT: &'static str = "BTC";
    const BOOK_TOPIC: &'static str = "depth_update";

    fn venue() -> Self::Venue {
        wex_spot::WexSpot::new()
    }

    fn book() -> DepthUpdate {
        DepthUpdate::of(Self::SYMBOL)
    }

    fn buy(size: Qty, price: Price) -> SubmitOrder {
        SubmitOrder::limit(Self::SYMBOL, Side::Buy, size, price)
    }

    async fn instrument(client: &Client) -> Answer<Option<Instrument<Qty>>> {
        let symbols = client.send(GetSymbols::new().symbol(Self::SYMBOL)).await?;
        let mut rows = symbols.symbols.iter().flatten();
        Ok(rows.find(|row| row.symbol.as_str() == Self::SYMBOL).map(SymbolInfo::instrument).transpose()?)
    }

    async fn best(client: &Client) -> Answer<Option<[Price; 2]>> {
        let depth = client.send(GetDepth::new(Self::SYMBOL)).await?;
        Ok(both(depth.bids.first().map(|level| level.price), depth.asks.first().map(|level| level.price)))
    }

    async fn find(client: &Client, id: &ClientOrderId) -> Answer<Option<Order>> {
        match client.send(QueryOrder::new(id.clone())).await {
            Err(error) if error.kind() == Kind::UnknownOrder => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn seen(row: &Order) -> Seen {
        Seen {
            id: row.order_id.clone(),
            client_id: row.client_order_id.clone(),
            state: words(row.state.as_ref()),
            filled: row.executed_qty.map_or(Decimal::ZERO, Qty::decimal),
        }
    }

    async fn cancel(client: &Client, order: &OrderId) -> Answer<()> {
        client.send(CancelOrder::new(order.clone())).await.map(drop)
    }

    async fn sell(client: &Client, size: Qty) -> Answer<()> {
        client.send(SubmitOrder::market_sell(Self::SYMBOL, size)).await.map(drop)
    }

    async fn sweep(client: &Client, patience: Patience) -> Answer<()> {
        let sweep = CancelAllOpenOrdersOfSymbol::new(Self::SYMBOL, OrderBizType::Spot);
        client.send(sweep).patience(patience).await.map(drop)
    }

    fn own_orders(feed: &Feed<Self::Venue>) -> Option<Subscription<OrderPush>> {
        Some(feed.subscribe(Orders::new()))
    }

    fn told(push: &OrderPush) -> Vec<(OrderId, Decimal)> {
        vec![(push.order_id.clone(), push.executed_qty.map_or(Decimal::ZERO, Qty::decimal))]
    }
}
