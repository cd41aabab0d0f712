//! Looking orders up: live ones, one that has finished, and all that have.

use venue_core::{
    Amount, ClientOrderId, Endpoint, Invalid, Millis, OrderId, Price, Qty, Rate, Rows, Spec, Symbol, model,
    one_of, paged,
};

use super::SECTION;
use crate::limits;
use crate::model::{OrderAction, OrderState, OrderType, Page, PositionId, Side, TriggerType};
use crate::rest::check;
use crate::venue::Hibt;

one_of! {
    /// Which orders are looked up.
    pub enum OrderSelector {
        /// The one with the venue's id.
        Id(OrderId) = "orderID",
        /// The one with your own id.
        ClientId(ClientOrderId) = "customID",
        /// Those of a position.
        Position(PositionId) = "positionID",
    }
}

request! {
    /// Lists the orders that are live.
    ///
    /// `GET /v2/order/unFinish` · signed · 10 per 1 s per key (assumed) · a read, may be repeated. All of the
    /// account's when nothing is given.
    pub struct GetUnfinishedOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// One order, or those of one position.
        order: OrderSelector,
    }
}

impl Endpoint for GetUnfinishedOrders {
    type Venue = Hibt;
    type Response = Rows<Order>;
    const SPEC: Spec = Spec::get("/v2/order/unFinish").section(SECTION).signed().cost(&limits::PRIVATE, 1);
}

request! {
    /// Gives an order that has finished.
    ///
    /// `GET /v2/order/finishedInfo` · signed · 10 per 1 s per key (assumed) · a read, may be repeated. For
    /// how long orders are kept is not documented, nor which one of a position's comes.
    pub struct GetFinishedOrder { symbol: Symbol, order: OrderSelector }
}

impl Endpoint for GetFinishedOrder {
    type Venue = Hibt;
    type Response = Order;
    const SPEC: Spec =
        Spec::get("/v2/order/finishedInfo").section(SECTION).signed().cost(&limits::PRIVATE, 1);
}

request! {
    /// Lists the orders that have finished, page by page.
    ///
    /// `GET /v2/order/finished` · signed · 10 per 1 s per key (assumed) · a read, may be repeated.
    pub struct GetFinishedOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Not before. The unit is not documented; milliseconds, as almost everywhere.
        start_time: Millis,
        /// Not after. The unit is not documented; milliseconds, as almost everywhere.
        end_time: Millis,
        /// Page; presumably from 1, and the first by default.
        page_index: u32,
        /// Rows a page; 50 at most.
        page_size: u32,
    }
}

impl Endpoint for GetFinishedOrders {
    type Venue = Hibt;
    type Response = Page<Order>;
    const SPEC: Spec = Spec::get("/v2/order/finished").section(SECTION).signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("pageSize", self.page_size, 1..=limits::PAGE)
    }
}

// An order that finishes in between moves the rows on by one.
paged! {
    GetFinishedOrders: Order by id in data, |request, page| {
        let next = page.next_index(request.page_index)?;
        Some(request.clone().page_index(next))
    }
}

model! {
    /// An order.
    #[serde(rename_all = "camelCase")]
    pub struct Order {
        /// The venue's id.
        pub id: OrderId,
        /// Your own id, where one was given.
        #[serde(rename = "customID")]
        pub custom_id?: ClientOrderId,
        /// Contract.
        pub symbol: Symbol,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: OrderType,
        /// What it does, or why the venue made it.
        pub action?: OrderAction,
        /// Which way it goes.
        pub side?: Side,
        /// Its position.
        #[serde(rename = "positionID", alias = "positionId")]
        pub position_id?: PositionId,
        /// Limit price; has a meaning for limit orders only.
        pub price?: Price,
        /// Leverage.
        pub leverage?: Rate,
        /// Size, in base currency.
        pub amount?: Qty,
        /// Margin that it holds.
        pub frozen?: Amount,
        /// How much has traded, in base currency.
        pub filled_amount?: Qty,
        /// Average price of what has traded.
        pub filled_price?: Price,
        /// What has traded, in quote currency.
        pub filled_value?: Amount,
        /// What triggers take-profit and stop-loss.
        pub trigger_type?: TriggerType,
        /// Take-profit.
        pub sp_price?: Price,
        /// Stop-loss.
        pub sl_price?: Price,
        /// State.
        pub state?: OrderState,
        /// Realised profit or loss, of orders that close.
        pub profit?: Amount,
        /// Fee, before points pay a part of it.
        pub fee?: Amount,
        /// Fee paid by points.
        pub point_fee?: Amount,
        /// Profit or loss taken over by points.
        pub point_profit?: Amount,
        /// Price of liquidation or bankruptcy.
        pub close_price?: Price,
        /// Price that triggered it.
        pub trigger_price?: Price,
        /// When it was made.
        pub created_at?: Millis,
        /// When it last changed.
        pub updated_at?: Millis,
    }
}
