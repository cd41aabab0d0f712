//! Spot trading: looking at orders.

use venue_core::{
    Amount, Asset, ClientOrderId, Endpoint, Invalid, Millis, OrderId, Price, Qty, Rows, Spec, Symbol, model,
    one_of, paged,
};

use crate::limits;
use crate::model::{AccountId, CancelReason, OrderStatus, OrderType, Side, StpMode, TimeInForce};
use crate::rest::cursor::back;
use crate::rest::{check_filled, check_limit};
use crate::venue::HashKey;

one_of! {
    /// Which order to look at. Your own id has another name here than where an order is cancelled.
    pub enum OrderQuery {
        /// By the venue's id.
        Id(OrderId) = "orderId",
        /// By your own id.
        ClientId(ClientOrderId) = "origClientOrderId",
    }
}

request! {
    /// Looks at one order, open or closed.
    ///
    /// `GET /api/v1/spot/order` · signed · 5 per 1 s per key (assumed).
    pub struct GetOrder { order: OrderQuery }
    optional {
        /// Account that it belongs to.
        account_id: AccountId,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetOrder {
    type Venue = HashKey;
    type Response = Order;
    const SPEC: Spec =
        Spec::get("/api/v1/spot/order").section("Spot Trading").signed().bare().cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.order {
            OrderQuery::Id(id) => check_filled("orderId", id.as_str()),
            OrderQuery::ClientId(id) => check_filled("origClientOrderId", id.as_str()),
        }
    }
}

model! {
    /// An order.
    #[serde(rename_all = "camelCase")]
    pub struct Order {
        /// Account that it belongs to.
        pub account_id?: AccountId,
        /// Number of the exchange.
        pub exchange_id?: String,
        /// Pair.
        pub symbol?: Symbol,
        /// Pair for people.
        pub symbol_name?: String,
        /// Your own id; the venue makes one where none was given.
        pub client_order_id?: ClientOrderId,
        /// The venue's id.
        pub order_id: OrderId,
        /// Limit price; zero for a market order.
        pub price?: Price,
        /// Quantity, in base units; zero for a market order over an amount.
        pub orig_qty?: Qty,
        /// How much has traded, in base units.
        pub executed_qty?: Qty,
        /// How much has traded, in quote currency; see [`quote_qty`](Self::quote_qty).
        pub cumulative_quote_qty?: Amount,
        /// The same under a misspelt name, which comes beside the other.
        pub cummulative_quote_qty?: Amount,
        /// Average price of what has traded; zero when nothing has.
        pub avg_price?: Price,
        /// State.
        pub status?: OrderStatus,
        /// How long it stands.
        pub time_in_force?: TimeInForce,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: OrderType,
        /// Which way it goes.
        pub side?: Side,
        /// Not in use.
        pub stop_price?: Price,
        /// Not in use.
        pub iceberg_qty?: Qty,
        /// When it was placed.
        pub time?: Millis,
        /// When its state last changed.
        pub update_time?: Millis,
        /// Not in use.
        pub is_working?: bool,
        /// Amount of a market order, in quote currency; zero where it has a quantity.
        pub req_amount?: Amount,
        /// No longer in use.
        pub fee_coin?: Asset,
        /// No longer in use.
        pub fee_amount?: Amount,
        /// No longer in use.
        pub sum_fee_amount?: Amount,
        /// Why it was cancelled; `None` when it wasn't.
        pub ord_cxl_reason?: CancelReason,
        /// Which order expires when it would trade with an own one.
        pub stp_mode?: StpMode,
    }
}

impl Order {
    /// How much has traded, in quote currency, under whichever name the venue sent it.
    #[must_use]
    pub fn quote_qty(&self) -> Option<&Amount> {
        self.cumulative_quote_qty.as_ref().or(self.cummulative_quote_qty.as_ref())
    }
}

/// Where a list of orders goes on: back from its smallest id.
pub(in crate::rest) fn next_orders(page: &Rows<Order>, from: Option<&OrderId>) -> Option<OrderId> {
    let ids = page.iter().map(|order| order.order_id.as_str());
    back(ids, from.map(OrderId::as_str)).map(OrderId::from)
}

request! {
    /// Lists open orders.
    ///
    /// `GET /api/v1/spot/openOrders` · signed · 5 per 1 s per key (assumed). As a stream it goes back from the
    /// newest, until a page brings nothing new.
    pub struct GetOpenOrders {}
    optional {
        /// Orders before this one. The documentation doesn't say which way; it does for closed orders.
        from_order_id: OrderId,
        /// One pair only.
        symbol: Symbol,
        /// Buys or sells only.
        side: Side,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetOpenOrders {
    type Venue = HashKey;
    type Response = Rows<Order>;
    const SPEC: Spec = Spec::get("/api/v1/spot/openOrders")
        .section("Spot Trading")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_limit(self.limit, 1000)
    }
}

paged! {
    GetOpenOrders: Order by order_id, |request, page|
        next_orders(page, request.from_order_id.as_ref()).map(|from| request.clone().from_order_id(from))
}

request! {
    /// Lists closed orders, filled or not, of the last 90 days.
    ///
    /// `GET /api/v1/spot/tradeOrders` · signed · weight 5 of 5 per 1 s per key (assumed). An order that was
    /// cancelled before anything traded is among them. As a stream it goes back from the newest, until a page
    /// brings nothing new.
    pub struct GetTradeOrders {}
    optional {
        /// Orders with a smaller id than this.
        from_order_id: OrderId,
        /// One pair only.
        symbol: Symbol,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Buys or sells only.
        side: Side,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetTradeOrders {
    type Venue = HashKey;
    type Response = Rows<Order>;
    const SPEC: Spec = Spec::get("/api/v1/spot/tradeOrders")
        .section("Spot Trading")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        check_limit(self.limit, 1000)
    }
}

paged! {
    GetTradeOrders: Order by order_id, |request, page|
        next_orders(page, request.from_order_id.as_ref()).map(|from| request.clone().from_order_id(from))
}
