//! Orders.

use venue_core::{
    ClientOrderId, Contracts, Endpoint, Error, FieldInfo, Invalid, OrderId, Params, Part, Price, RawJson,
    Source, Spec, Style, Symbol, Value,
};

use crate::limits;
use crate::model::{OrderSide, OrderType, PositionSide, Receipt, TimeInForce};
use crate::venue::WexFutures;

request! {
    /// Places an order.
    ///
    /// `POST /future/trade/v1/order/create` · signed · 10 per s per key, with all other signed requests ·
    /// never repeated by itself: after `Unknown`, look it up by its client order id. Sizes are contracts.
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
        let size = self.orig_qty.decimal();
        if size.is_sign_negative() || size.is_zero() || !size.fract().is_zero() {
            return Err(Invalid::new(format!("origQty {size}: a whole number of contracts, at least 1")));
        }
        if self.order_type == OrderType::Limit && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order"));
        }
        Ok(())
    }

    fn verify(response: &Self::Response) -> Result<(), Error> {
        response.verify()
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
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
    type Response = RawJson;
    const SPEC: Spec = Spec::post("/future/trade/v2/order/create-batch")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_batch(&self.list)
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
    type Response = RawJson;
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

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for order in &mut self.orders {
            slot(&mut order.client_order_id);
        }
    }
}

/// Every symbol there is, said out loud; an empty text on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AllSymbols;

impl Part for AllSymbols {
    fn write<'a>(&'a self, name: &'static str, _: Option<Style>, out: &mut Params<'a>) {
        out.push(name, Value::Text("".into()), Style::Text);
    }

    /// Nothing has to be given; what is given must be empty.
    fn take(name: &'static str, source: &mut Source<'_>) -> Result<Option<Self>, Invalid> {
        match source.take(name) {
            None | Some(r#""""#) => Ok(Some(Self)),
            Some(_) => Err(Invalid::new(format!("{name}: empty, as every symbol is meant"))),
        }
    }

    fn describe(name: &'static str, required: bool, out: &mut Vec<FieldInfo>) {
        <String as Part>::describe(name, required, out);
    }
}

request! {
    /// Cancels **all** orders of **all** symbols.
    ///
    /// `POST /future/trade/v1/order/cancel-all` with an empty symbol · signed · 10 per s per key, with all
    /// other signed requests · never repeated by itself.
    pub struct CancelAllOrders {
        /// All of them.
        symbol: AllSymbols,
    }
}

impl Endpoint for CancelAllOrders {
    type Venue = WexFutures;
    type Response = Receipt<OrderId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/cancel-all")
        .section("Order")
        .signed()
        .sweeping()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn verify(response: &Self::Response) -> Result<(), Error> {
        response.verify()
    }
}

request! {
    /// Cancels **all** orders of a symbol.
    ///
    /// `POST /future/trade/v1/order/cancel-all` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct CancelAllOrdersOfSymbol { symbol: Symbol }
}

impl Endpoint for CancelAllOrdersOfSymbol {
    type Venue = WexFutures;
    type Response = Receipt<OrderId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/cancel-all")
        .section("Order")
        .signed()
        .sweeping()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        // An empty symbol would cancel the orders of every symbol.
        if self.symbol.as_str().is_empty() { Err(Invalid::new("symbol is empty")) } else { Ok(()) }
    }

    fn verify(response: &Self::Response) -> Result<(), Error> {
        response.verify()
    }
}
