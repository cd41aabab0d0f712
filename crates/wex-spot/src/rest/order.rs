//! Orders.

use venue_core::{
    Amount, ClientOrderId, Empty, Endpoint, Invalid, OrderId, Price, Qty, Rows, Spec, Symbol, model,
};

use crate::limits;
use crate::model::{BatchId, ClientBatchId, ModifyId, OrderBizType, OrderType, Side, TimeInForce};
use crate::venue::WexSpot;

/// The documented pattern: 4 to so many letters, digits and underscores.
fn check_own_id(name: &str, id: Option<&str>, longest: usize) -> Result<(), Invalid> {
    let Some(text) = id else { return Ok(()) };
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !(4..=longest).contains(&text.len()) || !is_word {
        return Err(Invalid::new(format!("{name} {text:?}: 4 to {longest} letters, digits and underscores")));
    }
    Ok(())
}

/// The documented type is a number.
fn check_order_id(id: &OrderId) -> Result<(), Invalid> {
    let text = id.as_str();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Invalid::new(format!("orderId {text:?}: a whole number")));
    }
    Ok(())
}

/// A limit order needs price and quantity, a market order takes no price.
fn check_price(order_type: &OrderType, price: Option<Price>, quantity: Option<Qty>) -> Result<(), Invalid> {
    match order_type {
        OrderType::Limit if price.is_none() => Err(Invalid::new("price is required for a limit order")),
        OrderType::Limit if quantity.is_none() => Err(Invalid::new("quantity is required for a limit order")),
        OrderType::Market if price.is_some() => Err(Invalid::new("a market order takes no price")),
        _ => Ok(()),
    }
}

request! {
    /// Places an order.
    ///
    /// `POST /v4/order` · signed · 20 per s per key · never repeated by itself: after `Unknown`, look it up
    /// by its client order id. Quantities are in base currency; a market buy says how much of the quote
    /// currency it spends.
    pub struct SubmitOrder closed {
        symbol: Symbol,
        side: Side,
        order_type = "type": OrderType,
        time_in_force: TimeInForce,
        biz_type: OrderBizType,
    }
    optional {
        /// Limit price, in quote currency; required for a limit order.
        price: Price as number,
        /// Quantity, in base currency; required for a limit order and a market sell.
        quantity: Qty as number,
        /// Amount to spend, in quote currency; required for a market buy.
        quote_qty: Amount as number,
        /// Your own id, 4 to 22 letters, digits and underscores; made for you when absent.
        client_order_id: ClientOrderId,
        /// Id of an NFT; not explained by the documentation.
        nft_id: String,
    }
}

impl SubmitOrder {
    /// A limit order that rests until it is cancelled.
    pub fn limit(
        symbol: impl Into<Symbol>,
        side: Side,
        quantity: impl Into<Qty>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, side, OrderType::Limit, TimeInForce::Gtc, OrderBizType::Spot)
            .quantity(quantity)
            .price(price)
    }

    /// A market order that spends so much of the quote currency.
    pub fn market_buy(symbol: impl Into<Symbol>, quote_qty: impl Into<Amount>) -> Self {
        Self::new(symbol, Side::Buy, OrderType::Market, TimeInForce::Ioc, OrderBizType::Spot)
            .quote_qty(quote_qty)
    }

    /// A market order that sells so much of the base currency.
    pub fn market_sell(symbol: impl Into<Symbol>, quantity: impl Into<Qty>) -> Self {
        Self::new(symbol, Side::Sell, OrderType::Market, TimeInForce::Ioc, OrderBizType::Spot)
            .quantity(quantity)
    }

    /// How long the order lives, in place of `GTC` for a limit order and `IOC` for a market order. The
    /// venue requires a value of every order, and documents none for market orders.
    pub fn time_in_force(mut self, time_in_force: TimeInForce) -> Self {
        self.time_in_force = time_in_force;
        self
    }

    /// The account that the order trades on, in place of spot.
    pub fn biz_type(mut self, biz_type: OrderBizType) -> Self {
        self.biz_type = biz_type;
        self
    }
}

impl Endpoint for SubmitOrder {
    type Venue = WexSpot;
    type Response = OrderAck;
    const SPEC: Spec = Spec::post("/v4/order").section("Order").signed().cost(&limits::SUBMIT_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_own_id("clientOrderId", self.client_order_id.as_ref().map(ClientOrderId::as_str), 22)?;
        check_price(&self.order_type, self.price, self.quantity)?;
        match (&self.order_type, &self.side, &self.quantity, &self.quote_qty) {
            (OrderType::Market, Side::Buy, Some(_), _) => {
                Err(Invalid::new("a market buy takes quoteQty and no quantity"))
            }
            (OrderType::Market, Side::Buy, None, None) => {
                Err(Invalid::new("quoteQty is required for a market buy"))
            }
            (OrderType::Market, Side::Sell, _, Some(_)) => {
                Err(Invalid::new("a market sell takes quantity and no quoteQty"))
            }
            (OrderType::Market, Side::Sell, None, None) => {
                Err(Invalid::new("quantity is required for a market sell"))
            }
            _ => Ok(()),
        }
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

model! {
    /// The venue took an order.
    #[serde(rename_all = "camelCase")]
    pub struct OrderAck {
        /// Its id.
        pub order_id: OrderId,
        /// The address that the request came from.
        pub ip?: String,
    }
}

request! {
    /// An order of a batch.
    ///
    /// An element of [`SubmitBatchOrders`]. Quantities are in base currency.
    pub struct BatchOrder closed {
        symbol: Symbol,
        side: Side,
        order_type = "type": OrderType,
        time_in_force: TimeInForce,
        biz_type: OrderBizType,
    }
    optional {
        /// Limit price, in quote currency; required for a limit order.
        price: Price as number,
        /// Quantity, in base currency; required for a limit order and a market order by quantity.
        quantity: Qty as number,
        /// Amount to spend, in quote currency; required for a market order by amount.
        quote_qty: Amount as number,
        /// Your own id, 4 to 32 letters, digits and underscores; made for you when absent.
        client_order_id: ClientOrderId,
    }
}

impl BatchOrder {
    /// A limit order that rests until it is cancelled.
    pub fn limit(
        symbol: impl Into<Symbol>,
        side: Side,
        quantity: impl Into<Qty>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, side, OrderType::Limit, TimeInForce::Gtc, OrderBizType::Spot)
            .quantity(quantity)
            .price(price)
    }

    /// A market order that spends so much of the quote currency.
    pub fn market_buy(symbol: impl Into<Symbol>, quote_qty: impl Into<Amount>) -> Self {
        Self::new(symbol, Side::Buy, OrderType::Market, TimeInForce::Ioc, OrderBizType::Spot)
            .quote_qty(quote_qty)
    }

    /// A market order that sells so much of the base currency.
    pub fn market_sell(symbol: impl Into<Symbol>, quantity: impl Into<Qty>) -> Self {
        Self::new(symbol, Side::Sell, OrderType::Market, TimeInForce::Ioc, OrderBizType::Spot)
            .quantity(quantity)
    }

    /// How long the order lives, in place of `GTC` for a limit order and `IOC` for a market order.
    pub fn time_in_force(mut self, time_in_force: TimeInForce) -> Self {
        self.time_in_force = time_in_force;
        self
    }

    /// The account that the order trades on, in place of spot.
    pub fn biz_type(mut self, biz_type: OrderBizType) -> Self {
        self.biz_type = biz_type;
        self
    }

    fn check(&self) -> Result<(), Invalid> {
        check_own_id("clientOrderId", self.client_order_id.as_ref().map(ClientOrderId::as_str), 32)?;
        check_price(&self.order_type, self.price, self.quantity)?;
        if self.order_type == OrderType::Market && self.quantity.is_some() == self.quote_qty.is_some() {
            return Err(Invalid::new("a market order takes one of quantity and quoteQty"));
        }
        Ok(())
    }
}

request! {
    /// Places several orders at once.
    ///
    /// `POST /v4/batch-order` · signed · 30 per s per key · never repeated by itself: after `Unknown`, look
    /// the orders up by their client order ids. A success says that the batch was read; each row says what
    /// became of its order.
    pub struct SubmitBatchOrders {
        /// The orders; no largest number is documented.
        items: Vec<BatchOrder>,
    }
    optional {
        /// Your own id of the batch.
        client_batch_id: ClientBatchId,
    }
}

impl Endpoint for SubmitBatchOrders {
    type Venue = WexSpot;
    type Response = BatchAck;
    const SPEC: Spec =
        Spec::post("/v4/batch-order").section("Order").signed().cost(&limits::SUBMIT_BATCH_ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_own_id("clientBatchId", self.client_batch_id.as_ref().map(ClientBatchId::as_str), 32)?;
        if self.items.is_empty() {
            return Err(Invalid::new("items: at least one order"));
        }
        for (index, order) in self.items.iter().enumerate() {
            order.check().map_err(|error| Invalid::new(format!("items[{index}]: {error}")))?;
        }
        Ok(())
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for order in &mut self.items {
            slot(&mut order.client_order_id);
        }
    }
}

model! {
    /// The venue read a batch.
    #[serde(rename_all = "camelCase")]
    pub struct BatchAck {
        /// Its id.
        pub batch_id?: BatchId,
        /// One row an order.
        #[serde(default)]
        pub items: Rows<BatchRow>,
    }
}

model! {
    /// What became of an order of a batch.
    #[serde(rename_all = "camelCase")]
    pub struct BatchRow {
        /// The order's place in the batch, from 0.
        pub index?: u32,
        /// Your own id.
        pub client_order_id?: ClientOrderId,
        /// The venue's id.
        pub order_id?: OrderId,
        /// Whether it was refused.
        pub reject?: bool,
        /// Why; there may be words beside an order that was taken, too.
        pub reason?: String,
    }
}

impl BatchRow {
    /// Whether the venue took the order: it has an id, and was not refused.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.order_id.is_some() && self.reject != Some(true)
    }
}

request! {
    /// Cancels several orders by their ids.
    ///
    /// `DELETE /v4/batch-order`, with a JSON body · signed · no limit documented · never repeated by
    /// itself. A success says that the cancels were taken, not that the orders are gone.
    pub struct CancelBatchOrders {
        /// The venue's ids of the orders, at least one.
        order_ids: Vec<OrderId> as number,
    }
    optional {
        /// Your own id of the batch. What it adds to the list of ids is not documented.
        client_batch_id: ClientBatchId,
    }
}

impl Endpoint for CancelBatchOrders {
    type Venue = WexSpot;
    type Response = Empty;
    const SPEC: Spec = Spec::delete("/v4/batch-order").section("Order").json().signed();

    fn check(&self) -> Result<(), Invalid> {
        // What an empty list cancels is not documented; nothing here means everything.
        if self.order_ids.is_empty() {
            return Err(Invalid::new("orderIds: at least one"));
        }
        self.order_ids.iter().try_for_each(check_order_id)?;
        check_own_id("clientBatchId", self.client_batch_id.as_ref().map(ClientBatchId::as_str), 32)
    }
}

request! {
    /// Changes price and quantity of a limit order.
    ///
    /// `PUT /v4/order/{orderId}` · signed · 50 per s per key · never repeated by itself. A success says that
    /// the change was taken, not that it was made.
    pub struct UpdateOrder {
        /// The venue's id of the order.
        order_id: OrderId,
        /// New limit price, in quote currency.
        price: Price as number,
        /// New quantity, in base currency.
        quantity: Qty as number,
    }
}

impl Endpoint for UpdateOrder {
    type Venue = WexSpot;
    type Response = UpdateAck;
    const SPEC: Spec =
        Spec::put("/v4/order/{orderId}").section("Order").signed().cost(&limits::UPDATE_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_order_id(&self.order_id)
    }
}

model! {
    /// The venue took a change to an order.
    #[serde(rename_all = "camelCase")]
    pub struct UpdateAck {
        /// The order's id.
        pub order_id: OrderId,
        /// Id of the change.
        pub modify_id?: ModifyId,
    }
}
