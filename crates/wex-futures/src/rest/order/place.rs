//! Placing and amending orders.

use venue_core::{
    Ack, ClientOrderId, Contracts, Endpoint, Executed, Invalid, Lookup, OrderId, Price, Spec, Symbol,
};

use super::lists::ListOrders;
use crate::limits;
use crate::model::{
    NumberedPage, Order, OrderSide, OrderStateFilter, OrderType, PositionSide, Receipt, TimeInForce,
    TriggerPriceType,
};
use crate::rest::rules::{check_given, check_size};
use crate::venue::WexFutures;

request! {
    /// Places an order.
    ///
    /// `POST /future/trade/v1/order/create` · signed · 10 per s per key, with all other signed requests ·
    /// never repeated by itself: after `Unknown`, look it up by its client order id with [`ListOrders`].
    /// Sizes are contracts.
    pub struct CreateOrder closed {
        symbol: Symbol,
        order_side: OrderSide,
        order_type: OrderType,
        orig_qty: Contracts,
        position_side: PositionSide,
    }
    optional {
        /// Limit price, in quote currency; required for a limit order.
        price: Price as number,
        /// How long the order lives; until cancelled by default.
        time_in_force: TimeInForce,
        /// Take-profit to set with the position, in quote currency.
        trigger_profit_price: Price as number,
        /// Stop-loss to set with the position, in quote currency.
        trigger_stop_price: Price as number,
        /// Your own id; made for you when absent. Neither length nor alphabet is documented.
        client_order_id: ClientOrderId,
    }
}

impl CreateOrder {
    /// A limit order over so many contracts.
    pub fn limit(
        symbol: impl Into<Symbol>,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, order_side, OrderType::Limit, orig_qty, position_side).price(price)
    }

    /// A market order over so many contracts; what does not trade at once is cancelled.
    pub fn market(
        symbol: impl Into<Symbol>,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
    ) -> Self {
        Self::new(symbol, order_side, OrderType::Market, orig_qty, position_side)
            .time_in_force(TimeInForce::Ioc)
    }
}

impl Endpoint for CreateOrder {
    type Venue = WexFutures;
    type Response = Receipt<OrderId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/create")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_size(self.orig_qty)?;
        if self.order_type == OrderType::Limit && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order"));
        }
        Ok(())
    }

    /// By your own id, among the orders that live and then among those that are done: gives an [`Order`].
    fn lookup(&self) -> Option<Lookup> {
        let id = self.client_order_id.clone()?;
        let list = ListOrders::new().symbol(&self.symbol).client_order_id(&id);
        let find = move |page: &NumberedPage<Order>| {
            page.items.iter().find(|order| order.client_order_id.as_ref() == Some(&id)).map(Executed::of)
        };
        // Rows that don't say whose they are, or that are not all there, may hide the one that is sought.
        let whole = |page: &NumberedPage<Order>| {
            page.next(None, None).is_none()
                && page.items.bad().is_empty()
                && page.items.iter().all(|order| order.client_order_id.is_some())
        };
        // In this order: a live order may be done in between, and never the other way round.
        let live = list.clone().state(OrderStateFilter::Unfinished);
        let done = list.state(OrderStateFilter::History);
        Some(Lookup::by_in_part(live, find.clone(), whole).or_in_part(done, find, whole))
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

request! {
    /// Changes price and size of an order; both are always given.
    ///
    /// `POST /future/trade/v1/order/update` · signed · 10 per s per key, with all other signed requests ·
    /// never repeated by itself. The answer may name another id than the one that was given.
    pub struct UpdateOrder {
        /// The order.
        order_id: OrderId as number,
        /// New limit price, in quote currency.
        price: Price as number,
        /// New size, in contracts.
        orig_qty: Contracts,
    }
    optional {
        /// Take-profit, in quote currency.
        trigger_profit_price: Price as number,
        /// Stop-loss, in quote currency.
        trigger_stop_price: Price as number,
        /// Which price those look at; the last one by default.
        trigger_price_type: TriggerPriceType,
        /// Type of the order that the take-profit places.
        profit_delegate_order_type: OrderType,
        /// How long that order lives.
        profit_delegate_time_in_force: TimeInForce,
        /// Limit price of that order.
        profit_delegate_price: Price as number,
        /// Type of the order that the stop-loss places.
        stop_delegate_order_type: OrderType,
        /// How long that order lives.
        stop_delegate_time_in_force: TimeInForce,
        /// Limit price of that order.
        stop_delegate_price: Price as number,
        /// Whether it is an order that chases the price.
        follow_up_order: bool,
    }
}

impl Endpoint for UpdateOrder {
    type Venue = WexFutures;
    type Response = Receipt<OrderId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/update")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_given("orderId", self.order_id.as_str())?;
        check_size(self.orig_qty)
    }
}

/// Checks every order of a batch.
fn check_batch(orders: &[CreateOrder]) -> Result<(), Invalid> {
    if orders.is_empty() {
        return Err(Invalid::new("at least one order"));
    }
    for (index, order) in orders.iter().enumerate() {
        order.check().map_err(|error| Invalid::new(format!("[{index}]: {error}")))?;
    }
    Ok(())
}

fn row_lookups(orders: &[CreateOrder]) -> Vec<(ClientOrderId, Lookup)> {
    let of = |order: &CreateOrder| Some((order.client_order_id.clone()?, order.lookup()?));
    orders.iter().filter_map(of).collect()
}

request! {
    /// Places several orders at once, as JSON inside a text.
    ///
    /// `POST /future/trade/v2/order/create-batch` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself. The documentation says no more of the list than that it is a
    /// text, and nothing of the answer, which is given as it came: look each order up by its client order
    /// id. [`CreateOrdersAtomicBatch`] is the one to prefer.
    pub struct CreateOrdersBatch {
        /// The orders; no largest number is documented.
        list: Vec<CreateOrder> as json,
    }
}

impl Endpoint for CreateOrdersBatch {
    type Venue = WexFutures;
    type Response = Ack;
    const SPEC: Spec = Spec::post("/future/trade/v2/order/create-batch")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_batch(&self.list)
    }

    /// Each by your own id, as one alone is.
    fn row_lookups(&self) -> Vec<(ClientOrderId, Lookup)> {
        row_lookups(&self.list)
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for order in &mut self.list {
            slot(&mut order.client_order_id);
        }
    }
}

request! {
    /// Places up to 20 orders at once.
    ///
    /// `POST /future/trade/v2/order/atomic-create-batch`, with a bare JSON array · signed · 10 per s per
    /// key, with all other signed requests · never repeated by itself. What is atomic about it is not
    /// documented, and nothing is said of the answer, which is given as it came: look each order up by its
    /// client order id.
    pub struct CreateOrdersAtomicBatch {
        /// The orders, 1 to 20.
        orders: Vec<CreateOrder> as body,
    }
}

impl Endpoint for CreateOrdersAtomicBatch {
    type Venue = WexFutures;
    type Response = Ack;
    const SPEC: Spec = Spec::post("/future/trade/v2/order/atomic-create-batch")
        .section("Order")
        .json_array()
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        if self.orders.len() > 20 {
            return Err(Invalid::new(format!("{} orders: 20 at most", self.orders.len())));
        }
        check_batch(&self.orders)
    }

    /// Each by your own id, as one alone is.
    fn row_lookups(&self) -> Vec<(ClientOrderId, Lookup)> {
        row_lookups(&self.orders)
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for order in &mut self.orders {
            slot(&mut order.client_order_id);
        }
    }
}
