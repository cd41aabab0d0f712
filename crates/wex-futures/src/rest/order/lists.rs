//! Lists of orders.

use venue_core::serde::{Deserialize, Deserializer, Serialize};
use venue_core::wire::ObjectOr;
use venue_core::{ClientOrderId, Endpoint, Invalid, Millis, OrderId, Rows, Spec, Symbol};

use crate::limits;
use crate::model::{CursorPage, Direction, NumberedPage, Order, OrderStateFilter, RecordId};
use crate::venue::WexFutures;

request! {
    /// Gives one order by the venue's id; `None` when there is none.
    ///
    /// `GET /future/trade/v1/order/detail` · signed · 10 per s per key, with all other signed requests.
    /// The venue may also refuse an order that it doesn't know, with
    /// [`Kind::UnknownOrder`](crate::Kind::UnknownOrder).
    pub struct GetOrderDetail { order_id: OrderId }
}

impl Endpoint for GetOrderDetail {
    type Venue = WexFutures;
    type Response = Option<Order>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order/detail")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists orders: those that rest and of which nothing has traded, unless a state is asked for.
    ///
    /// `GET /future/trade/v1/order/list` · signed · 10 per s per key, with all other signed requests.
    pub struct ListOrders {}
    optional {
        /// The order with your own id; ask for its state as well.
        client_order_id: ClientOrderId,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Which; new ones by default.
        state: OrderStateFilter,
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListOrders {
    type Venue = WexFutures;
    type Response = NumberedPage<Order>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order/list")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListOrders by number: Order, order_id);

request! {
    /// Lists open orders.
    ///
    /// `POST /future/trade/v1/order/list-open-order` · signed · 10 per s per key, with all other signed
    /// requests · a read, may be repeated.
    pub struct ListOpenOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListOpenOrders {
    type Venue = WexFutures;
    type Response = OpenOrders;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/list-open-order")
        .section("Order")
        .signed()
        .safe()
        .either()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

/// Open orders.
///
/// One bare order by the documentation, and a list as it is sent; either reads as a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(crate = "venue_core::serde", transparent)]
pub struct OpenOrders(Rows<Order>);

impl OpenOrders {
    /// The orders.
    #[must_use]
    pub fn into_rows(self) -> Rows<Order> {
        self.0
    }
}

impl std::ops::Deref for OpenOrders {
    type Target = Rows<Order>;

    fn deref(&self) -> &Rows<Order> {
        &self.0
    }
}

impl<'de> Deserialize<'de> for OpenOrders {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match ObjectOr::deserialize(deserializer)? {
            ObjectOr::Object(order) => vec![order].into(),
            ObjectOr::Other(orders) => orders,
        }))
    }
}

request! {
    /// Lists orders in a page that can't be chosen.
    ///
    /// `POST /future/trade/v1/order/OrderList` · signed · 10 per s per key, with all other signed
    /// requests · a read, may be repeated. Which orders it shows is not documented; [`ListOpenOrders`]
    /// and [`ListOrders`] say it.
    pub struct GetOrderList {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for GetOrderList {
    type Venue = WexFutures;
    type Response = NumberedPage<Order>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/OrderList")
        .section("Order")
        .signed()
        .safe()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists orders of the past.
    ///
    /// `GET /future/trade/v1/order/list-history` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListOrderHistory {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this order; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Also liquidations; without them by default.
        force_close: bool,
    }
}

impl Endpoint for ListOrderHistory {
    type Venue = WexFutures;
    type Response = CursorPage<Order>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order/list-history")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListOrderHistory by id: Order, order_id);

request! {
    /// Lists orders that were cancelled in part, within the last five minutes.
    ///
    /// `GET /future/trade/v2/order/partial-canceled-orders` · signed · 10 per s per key, with all other
    /// signed requests.
    pub struct ListPartialCanceledOrders {
        /// Page, from 1.
        page: u32,
        /// Rows a page.
        size: u32,
        /// Not before.
        start_time: Millis,
        /// Not after; at most 300 000 ms behind the start.
        end_time: Millis,
        /// Contract.
        symbol: Symbol,
    }
}

impl Endpoint for ListPartialCanceledOrders {
    type Venue = WexFutures;
    type Response = CursorPage<Order>;
    const SPEC: Spec = Spec::get("/future/trade/v2/order/partial-canceled-orders")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        match self.end_time.get().checked_sub(self.start_time.get()) {
            Some(0..=300_000) => Ok(()),
            _ => Err(Invalid::new("endTime: not before startTime, and at most 300000 ms behind it")),
        }
    }
}

venue_core::paged! {
    ListPartialCanceledOrders: Order by order_id in items, |request, page| {
        let number = page.next_number(Some(request.page), Some(request.size))?;
        Some(Self { page: number, ..request.clone() })
    }
}
