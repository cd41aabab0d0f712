//! Spot trading: cancelling orders.

use venue_core::{
    ClientOrderId, Endpoint, Error, Invalid, Millis, OrderId, Price, Qty, Rows, Spec, Symbol, model, one_of,
};

use crate::codes::CODES;
use crate::limits;
use crate::model::{AccountId, OrderStatus, OrderType, Side, TimeInForce};
use crate::rest::{check_filled, check_limit};
use crate::venue::{HashKey, KEYS};

one_of! {
    /// Which order to cancel.
    pub enum OrderRef {
        /// By the venue's id.
        Id(OrderId) = "orderId",
        /// By your own id.
        ClientId(ClientOrderId) = "clientOrderId",
    }
}

request! {
    /// Cancels one order.
    ///
    /// `DELETE /api/v1/spot/order` · signed · 20 per 1 s per key (assumed) · may be repeated. A success says that
    /// the cancel was taken: look at the order to know that it is gone.
    pub struct CancelOrder { order: OrderRef }
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for CancelOrder {
    type Venue = HashKey;
    type Response = CancelAck;
    const SPEC: Spec = Spec::delete("/api/v1/spot/order")
        .section("Spot Trading")
        .signed()
        .urgent()
        .safe()
        .bare()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.order {
            OrderRef::Id(id) => check_filled("orderId", id.as_str()),
            OrderRef::ClientId(id) => check_filled("clientOrderId", id.as_str()),
        }
    }
}

model! {
    /// The venue took the cancel of an order, which is shown as it was: its state may still be `New`.
    #[serde(rename_all = "camelCase")]
    pub struct CancelAck {
        /// Account that it belongs to.
        pub account_id?: AccountId,
        /// Pair.
        pub symbol?: Symbol,
        /// Pair for people; not documented here.
        pub symbol_name?: String,
        /// Your own id.
        pub client_order_id?: ClientOrderId,
        /// The venue's id.
        pub order_id: OrderId,
        /// When the venue took the order.
        pub transact_time?: Millis,
        /// Limit price.
        pub price?: Price,
        /// Quantity, in base units.
        pub orig_qty?: Qty,
        /// How much has traded, in base units.
        pub executed_qty?: Qty,
        /// State before the cancel.
        pub status?: OrderStatus,
        /// How long it stands.
        pub time_in_force?: TimeInForce,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: OrderType,
        /// Which way it goes.
        pub side?: Side,
    }
}

request! {
    /// Cancels **all** open orders of one pair, up to 200 in one call.
    ///
    /// `DELETE /api/v1/spot/openOrders` · signed · 20 per 1 s per key (assumed) · never repeated by itself. Says
    /// no more than that it was done; see [`CancelAllOpenOrdersOfSymbol`] for one that says how far it reached.
    pub struct CancelOpenOrders { symbol: Symbol }
    optional {
        /// Buys or sells only.
        side: Side,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for CancelOpenOrders {
    type Venue = HashKey;
    type Response = Done;
    const SPEC: Spec = Spec::delete("/api/v1/spot/openOrders")
        .section("Spot Trading")
        .signed()
        .urgent()
        .bare()
        .sweeping()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        // What the venue would cancel without one is not documented.
        check_filled("symbol", self.symbol.as_str())
    }
}

model! {
    /// The venue says that it was done; when it says that it was not, that is an error.
    pub struct Done {
        /// Whether it was done.
        pub success: bool,
    }
}

/// An empty bound would let a sweep go further than was meant.
fn check_sweep(from: Option<&OrderId>, limit: Option<u32>) -> Result<(), Invalid> {
    from.map_or(Ok(()), |id| check_filled("fromOrderId", id.as_str()))?;
    check_limit(limit, limits::SWEPT_ORDERS)
}

request! {
    /// Cancels **all** open orders of **all** pairs, up to 200 in one call.
    ///
    /// `DELETE /api/v1/spot/cancelAllOpenOrders` without a symbol · signed · 20 per 1 s per key (assumed) ·
    /// never repeated by itself. A key of the main account does not reach the orders of sub-accounts.
    pub struct CancelAllOpenOrders {}
    optional {
        /// Buys or sells only.
        side: Side,
        /// From this order on.
        from_order_id: OrderId,
        /// How many; 100 by default, 200 at most.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for CancelAllOpenOrders {
    type Venue = HashKey;
    type Response = CancelAllAck;
    const SPEC: Spec = Spec::delete("/api/v1/spot/cancelAllOpenOrders")
        .section("Spot Trading")
        .signed()
        .urgent()
        .bare()
        .sweeping()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_sweep(self.from_order_id.as_ref(), self.limit)
    }
}

request! {
    /// Cancels **all** open orders of one pair, up to 200 in one call.
    ///
    /// `DELETE /api/v1/spot/cancelAllOpenOrders` with a symbol · signed · 20 per 1 s per key (assumed) ·
    /// never repeated by itself. A key of the main account does not reach the orders of sub-accounts.
    pub struct CancelAllOpenOrdersOfSymbol { symbol: Symbol }
    optional {
        /// Buys or sells only.
        side: Side,
        /// From this order on.
        from_order_id: OrderId,
        /// How many; 100 by default, 200 at most.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for CancelAllOpenOrdersOfSymbol {
    type Venue = HashKey;
    type Response = CancelAllAck;
    const SPEC: Spec = Spec::delete("/api/v1/spot/cancelAllOpenOrders")
        .section("Spot Trading")
        .signed()
        .urgent()
        .bare()
        .sweeping()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        // Without one, the venue would cancel the orders of every pair.
        check_filled("symbol", self.symbol.as_str())?;
        check_sweep(self.from_order_id.as_ref(), self.limit)
    }
}

model! {
    /// The venue took a sweeping cancel; the orders may still be open when it says so.
    #[serde(rename_all = "camelCase")]
    pub struct CancelAllAck {
        /// The venue's code, which is a success.
        pub code?: String,
        /// The venue's words.
        #[serde(alias = "msg")]
        pub message?: String,
        /// When the venue took it.
        pub timestamp?: Millis,
        /// The last order that will be cancelled.
        pub last_order_id?: OrderId,
    }
}

request! {
    /// Cancels up to 100 orders by the venue's ids, each of which is cancelled or refused by itself.
    ///
    /// `DELETE /api/v1/spot/cancelOrderByIds` · signed · 20 per 1 s per key (assumed) · never repeated by itself: a
    /// second time, what the first cancelled would count as refused. The venue answers with a success even when
    /// it cancelled none: look at what it [refused](CancelByIdsAck::refusal_of).
    pub struct CancelOrdersByIds {
        /// The orders, 1 to 100.
        ids: Vec<OrderId> as comma,
    }
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for CancelOrdersByIds {
    type Venue = HashKey;
    type Response = CancelByIdsAck;
    const SPEC: Spec = Spec::delete("/api/v1/spot/cancelOrderByIds")
        .section("Spot Trading")
        .signed()
        .urgent()
        .bare()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        let count = self.ids.len();
        if !(1..=limits::CANCEL_IDS).contains(&count) {
            return Err(Invalid::new(format!("{count} ids: 1 to {} in a call", limits::CANCEL_IDS)));
        }
        for (index, id) in self.ids.iter().enumerate() {
            // A comma in one would make it two.
            if id.as_str().is_empty() || id.as_str().contains(',') {
                return Err(Invalid::new(format!("ids[{index}] {id:?}: one id, not empty")));
            }
        }
        Ok(())
    }
}

model! {
    /// What became of a cancel by ids: the orders that are **not** cancelled. One that isn't listed is.
    pub struct CancelByIdsAck {
        /// The venue's code of the call as a whole, a success even when every order was refused.
        pub code?: String,
        /// One row for each order that was refused, and no row for the others.
        #[serde(deserialize_with = "crate::rest::present")]
        pub result: Rows<CancelRefusal>,
    }
}

impl CancelByIdsAck {
    /// Why this order was not cancelled; `None` when its cancel was taken.
    ///
    /// Whether rows could not be read, which might be this order's, [`Rows::bad`] of the result says.
    #[must_use]
    pub fn refusal_of(&self, id: &OrderId) -> Option<Error> {
        let row = self.result.iter().find(|row| row.order_id == *id)?;
        let is_success = row.code.as_deref().is_some_and(|code| KEYS.is_success(code));
        (!is_success).then(|| row.error())
    }
}

model! {
    /// An order that was not cancelled.
    #[serde(rename_all = "camelCase")]
    pub struct CancelRefusal {
        /// The order.
        pub order_id: OrderId,
        /// The venue's code.
        pub code?: String,
        /// The venue's words; not documented here.
        #[serde(alias = "message")]
        pub msg?: String,
    }
}

impl CancelRefusal {
    /// Why it was not cancelled, with an outcome of its own.
    #[must_use]
    pub fn error(&self) -> Error {
        CODES.error(self.code.as_deref().unwrap_or_default(), self.msg.as_deref().unwrap_or_default())
    }
}
