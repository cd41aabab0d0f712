//! Orders by the list: those that are open, those that are done, and cancelling all that are open.

use venue_core::{Empty, Endpoint, Invalid, Millis, OrderId, Rows, Spec, Symbol};

use super::check;
use super::order::Order;
use crate::limits;
use crate::model::{Direction, OrderBizType, OrderState, OrderType, Page, Side};
use crate::venue::WexSpot;

request! {
    /// Lists open orders, all of them in one answer.
    ///
    /// `GET /v4/open-order` · signed · 10 per s per key.
    pub struct GetOpenOrders {}
    optional {
        /// One symbol only.
        symbol: Symbol,
        /// Orders on this account only.
        biz_type: OrderBizType,
        /// Buys or sells only.
        side: Side,
    }
}

impl Endpoint for GetOpenOrders {
    type Venue = WexSpot;
    type Response = Rows<Order>;
    const SPEC: Spec = Spec::get("/v4/open-order").section("Order").signed().cost(&limits::OPEN_ORDERS, 1);
}

request! {
    /// Cancels **all** open orders of **all** symbols of an account.
    ///
    /// `DELETE /v4/open-order` without a symbol, with a JSON body · signed · 10 per s per key · never repeated
    /// by itself. A success says that the cancels were taken, not that the orders are gone. See
    /// [`CancelAllOpenOrdersOfSymbol`] for those of one symbol.
    pub struct CancelAllOpenOrders {
        /// The account that the orders trade on.
        biz_type: OrderBizType,
    }
    optional {
        /// Buys or sells only.
        side: Side,
    }
}

impl Endpoint for CancelAllOpenOrders {
    type Venue = WexSpot;
    type Response = Empty;
    const SPEC: Spec = Spec::delete("/v4/open-order")
        .section("Order")
        .json()
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::CANCEL_OPEN_ORDERS, 1);
}

request! {
    /// Cancels **all** open orders of one symbol of an account.
    ///
    /// `DELETE /v4/open-order`, with a JSON body · signed · 10 per s per key · never repeated by itself. A
    /// success says that the cancels were taken, not that the orders are gone.
    pub struct CancelAllOpenOrdersOfSymbol {
        symbol: Symbol,
        /// The account that the orders trade on.
        biz_type: OrderBizType,
    }
    optional {
        /// Buys or sells only.
        side: Side,
    }
}

impl Endpoint for CancelAllOpenOrdersOfSymbol {
    type Venue = WexSpot;
    type Response = Empty;
    const SPEC: Spec = Spec::delete("/v4/open-order")
        .section("Order")
        .json()
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::CANCEL_OPEN_ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        // Without one, the orders of every symbol would be cancelled.
        check::filled("symbol", self.symbol.as_str())
    }
}

request! {
    /// Lists orders that have traded or are done, page by page.
    ///
    /// `GET /v4/history-order` · signed · 10 per s per key. Open orders without a trade are in
    /// [`GetOpenOrders`].
    pub struct GetHistoryOrders {}
    optional {
        /// One symbol only.
        symbol: Symbol,
        /// Orders on this account only.
        biz_type: OrderBizType,
        /// Buys or sells only.
        side: Side,
        /// Orders of this type only.
        order_type = "type": OrderType,
        /// Orders in this state only; any but [`OrderState::New`].
        state: OrderState,
        /// The order from which the page is seen.
        from_id: OrderId,
        /// Which page, seen from `fromId`; the one after is what going on asks for when none is given.
        direction: Direction,
        /// How many, up to 100; 20 by default.
        limit: u32,
        /// From this time on.
        start_time: Millis,
        /// Up to this time.
        end_time: Millis,
        /// Whether cancelled ones are left out.
        hidden_canceled: bool,
    }
}

impl Endpoint for GetHistoryOrders {
    type Venue = WexSpot;
    type Response = Page<Order>;
    const SPEC: Spec =
        Spec::get("/v4/history-order").section("Order").signed().cost(&limits::HISTORY_ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        if self.state == Some(OrderState::New) {
            return Err(Invalid::new("state NEW: not among those that can be asked for"));
        }
        check::within("limit", self.limit, 1..=100)?;
        self.from_id.as_ref().map_or(Ok(()), |id| check::number("fromId", id.as_str()))
    }
}

paged!(GetHistoryOrders: Order by order_id, 20 rows);
