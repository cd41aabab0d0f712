//! Single orders: looking one up, placing, changing and cancelling it.

use venue_core::{
    Amount, Asset, ClientOrderId, Endpoint, Executed, Invalid, Lookup, Millis, OrderId, Price, Qty, Spec,
    Symbol, model, one_of,
};

use super::check;
use crate::limits;
use crate::model::{CancelId, ModifyId, OrderBizType, OrderState, OrderType, Side, TimeInForce};
use crate::venue::WexSpot;

/// A limit order needs price and quantity, a market order takes no price.
pub(super) fn check_price(
    order_type: &OrderType,
    price: Option<Price>,
    quantity: Option<Qty>,
) -> Result<(), Invalid> {
    match order_type {
        OrderType::Limit if price.is_none() => Err(Invalid::new("price is required for a limit order")),
        OrderType::Limit if quantity.is_none() => Err(Invalid::new("quantity is required for a limit order")),
        OrderType::Market if price.is_some() => Err(Invalid::new("a market order takes no price")),
        _ => Ok(()),
    }
}

/// The constructors of an order, which is the same alone and in a batch. Expands to an `impl` with `limit`,
/// `market_buy`, `market_sell`, and what may be said in place of what they choose.
macro_rules! order_constructors {
    ($order:ident) => {
        impl $order {
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
    };
}
pub(super) use order_constructors;

request! {
    /// Looks an order up by its id.
    ///
    /// `GET /v4/order/{orderId}` · signed · 10 per s per key. [`QueryOrder`] gives the same, five times as
    /// often.
    pub struct GetOrder {
        /// The venue's id of the order.
        order_id: OrderId,
    }
}

impl Endpoint for GetOrder {
    type Venue = WexSpot;
    type Response = Order;
    const SPEC: Spec = Spec::get("/v4/order/{orderId}").section("Order").signed().cost(&limits::GET_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::number("orderId", self.order_id.as_str())
    }
}

one_of! {
    /// Which order.
    pub enum OrderRef {
        /// By the venue's id.
        Id(OrderId) = "orderId",
        /// By your own id.
        ClientId(ClientOrderId) = "clientOrderId",
    }
}

request! {
    /// Looks an order up by its id or by your own: also what became of one whose outcome is unknown.
    ///
    /// `GET /v4/order` · signed · 50 per s per key.
    pub struct QueryOrder { order: OrderRef }
}

impl Endpoint for QueryOrder {
    type Venue = WexSpot;
    type Response = Order;
    const SPEC: Spec = Spec::get("/v4/order").section("Order").signed().cost(&limits::QUERY_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.order {
            OrderRef::Id(id) => check::number("orderId", id.as_str()),
            // Those of a batch may be longer.
            OrderRef::ClientId(id) => check::own_id("clientOrderId", Some(id.as_str()), 32),
        }
    }
}

model! {
    /// An order.
    #[serde(rename_all = "camelCase")]
    pub struct Order {
        /// Symbol; in upper case by the documentation, in lower case on the wire.
        pub symbol: Symbol,
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id, where one was given.
        pub client_order_id?: ClientOrderId,
        /// Base currency.
        pub base_currency?: Asset,
        /// Quote currency.
        pub quote_currency?: Asset,
        /// Which way it goes.
        pub side?: Side,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: OrderType,
        /// How long it lives.
        pub time_in_force?: TimeInForce,
        /// Limit price, in quote currency; absent for a market order.
        pub price?: Price,
        /// Quantity that was ordered, in base currency.
        pub orig_qty?: Qty,
        /// Amount that was ordered, in quote currency.
        pub orig_quote_qty?: Amount,
        /// Quantity that has traded, in base currency.
        pub executed_qty?: Qty,
        /// Quantity that is left, in base currency; 0 once it is cancelled or rejected.
        pub leaving_qty?: Qty,
        /// Base currency that has changed hands.
        pub trade_base?: Qty,
        /// Quote currency that has changed hands.
        pub trade_quote?: Amount,
        /// Average price of what has traded.
        pub avg_price?: Price,
        /// Fee so far.
        pub fee?: Amount,
        /// Currency of the fee.
        pub fee_currency?: Asset,
        /// How far it is.
        pub state?: OrderState,
        /// When it was placed.
        pub time?: Millis,
        /// The address that placed it; not in every answer.
        pub ip?: String,
        /// When it last changed.
        pub updated_time?: Millis,
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

order_constructors!(SubmitOrder);

impl Endpoint for SubmitOrder {
    type Venue = WexSpot;
    type Response = OrderAck;
    const SPEC: Spec = Spec::post("/v4/order").section("Order").signed().cost(&limits::SUBMIT_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::own_id("clientOrderId", self.client_order_id.as_ref().map(ClientOrderId::as_str), 22)?;
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

    /// By your own id: gives an [`Order`].
    fn lookup(&self) -> Option<Lookup> {
        self.client_order_id.clone().map(lookup)
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

/// The look-up of an order by your own id: gives an [`Order`].
pub(super) fn lookup(id: ClientOrderId) -> Lookup {
    Lookup::by(QueryOrder::new(id), |order| Some(Executed::of(order)))
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
    /// Cancels one order.
    ///
    /// `DELETE /v4/order/{orderId}` · signed · no limit documented · may be repeated. A success says that the
    /// cancel was taken, not that the order is gone.
    pub struct CancelOrder {
        /// The venue's id of the order.
        order_id: OrderId,
    }
}

impl Endpoint for CancelOrder {
    type Venue = WexSpot;
    type Response = CancelAck;
    const SPEC: Spec = Spec::delete("/v4/order/{orderId}").section("Order").signed().safe().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::number("orderId", self.order_id.as_str())
    }
}

model! {
    /// The venue took a cancel.
    #[serde(rename_all = "camelCase")]
    pub struct CancelAck {
        /// Id of the cancel.
        pub cancel_id?: CancelId,
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
        check::number("orderId", self.order_id.as_str())
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
