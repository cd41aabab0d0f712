//! Orders and trades of the past, for quant accounts: any other account is refused.

use venue_core::{Endpoint, Invalid, Millis, OrderId, Spec, Symbol};

use crate::limits;
use crate::model::{
    CursorPage, Direction, Order, QuantOrderOrigType, QuantOrderSide, QuantOrderState, QuantOrigType,
    RecordId, Trade,
};
use crate::rest::rules::check_range;
use crate::venue::WexFutures;

request! {
    /// Lists orders of the past of a quant account.
    ///
    /// `GET /future/trade/v1/order/quant/list-history` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListQuantOrderHistory {}
    optional {
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this order; left out for the first page.
        id: RecordId,
        /// How many, at most 2000; 10 by default.
        limit: u32,
        /// One contract only.
        symbol: Symbol,
        /// Liquidations only or not; not by default.
        force_close: bool,
        /// Not before; reaches 90 days back.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Trigger orders of this kind only.
        orig_type: QuantOrigType,
        /// Buys or sells only.
        order_side: QuantOrderSide,
        /// These states only.
        states: Vec<QuantOrderState> as comma,
        /// Orders of this kind only.
        order_orig_type: QuantOrderOrigType,
        /// Those of the bonus account; not by default.
        welfare_account: bool,
    }
}

impl Endpoint for ListQuantOrderHistory {
    type Venue = WexFutures;
    type Response = CursorPage<Order>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order/quant/list-history")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_range("limit", self.limit, 1, 2000)
    }
}

paged!(ListQuantOrderHistory by id: Order, order_id);

request! {
    /// Lists trades of a quant account.
    ///
    /// `GET /future/trade/v1/order/quant/trade-list` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListQuantTrades {}
    optional {
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this trade; left out for the first page.
        id: RecordId,
        /// How many, at most 2000; 10 by default.
        limit: u32,
        /// One order only.
        order_id: OrderId,
        /// One contract only.
        symbol: Symbol,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Those of the bonus account; not by default.
        welfare_account: bool,
    }
}

impl Endpoint for ListQuantTrades {
    type Venue = WexFutures;
    type Response = CursorPage<Trade>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order/quant/trade-list")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_range("limit", self.limit, 1, 2000)
    }
}

paged!(ListQuantTrades by id: Trade, exec_id);
