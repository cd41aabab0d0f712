//! Spot trading: placing orders.

mod cancel;
mod query;

use venue_core::{
    Amount, ClientOrderId, Endpoint, Error, Executed, Invalid, Kind, Lookup, Millis, OrderId, Outcome, Price,
    Qty, Rows, Spec, Symbol, model,
};

pub use cancel::*;
pub use query::*;

use super::check_length;
use crate::codes::CODES;
use crate::limits;
use crate::model::{AccountId, OrderStatus, OrderType, Side, StpMode, TimeInForce};
use crate::venue::{HashKey, KEYS};

/// The documented rule: up to 255 characters.
fn check_client_order_id(id: Option<&ClientOrderId>) -> Result<(), Invalid> {
    id.map_or(Ok(()), |id| check_length("newClientOrderId", id.as_str(), 255))
}

request! {
    /// Has an order checked without placing it.
    ///
    /// `POST /api/v1/spot/orderTest` · signed · 20 per 1 s per key (assumed) · may be repeated. Its parameters
    /// are those of an older edition of orders: always a quantity, never an amount; good till cancelled for
    /// limit orders, immediate or cancel for market orders.
    pub struct TestNewOrder closed {
        symbol: Symbol,
        side: Side,
        order_type = "type": OrderType,
        quantity: Qty,
    }
    optional {
        /// Limit price, in quote currency; required for limit and limit maker orders.
        price: Price,
        /// Your own id, up to 255 characters; made for you when absent.
        new_client_order_id: ClientOrderId,
        /// How long it would stand.
        time_in_force: TimeInForce,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
        /// Which order would expire when it would trade with an own one; the incoming one by default.
        stp_mode: StpMode,
    }
}

impl TestNewOrder {
    /// A limit order.
    pub fn limit(
        symbol: impl Into<Symbol>,
        side: Side,
        quantity: impl Into<Qty>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, side, OrderType::Limit, quantity).price(price)
    }

    /// A limit order that is refused where it would trade at once.
    pub fn limit_maker(
        symbol: impl Into<Symbol>,
        side: Side,
        quantity: impl Into<Qty>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, side, OrderType::LimitMaker, quantity).price(price)
    }

    /// A market order over so many base units.
    pub fn market(symbol: impl Into<Symbol>, side: Side, quantity: impl Into<Qty>) -> Self {
        Self::new(symbol, side, OrderType::Market, quantity)
    }
}

impl Endpoint for TestNewOrder {
    type Venue = HashKey;
    type Response = venue_core::Empty;
    const SPEC: Spec = Spec::post("/api/v1/spot/orderTest")
        .section("Spot Trading")
        .form()
        .signed()
        .safe()
        .bare()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_client_order_id(self.new_client_order_id.as_ref())?;
        let kind = &self.order_type;
        if matches!(kind, OrderType::Limit | OrderType::LimitMaker) && self.price.is_none() {
            return Err(Invalid::new(format!("price is required for {kind}")));
        }
        match (&self.time_in_force, kind) {
            (Some(force @ TimeInForce::Gtc), OrderType::Market)
            | (Some(force @ TimeInForce::Ioc), OrderType::Limit | OrderType::LimitMaker)
            | (Some(force @ TimeInForce::Fok), _) => {
                Err(Invalid::new(format!("timeInForce {force} is not for a test of {kind}")))
            }
            _ => Ok(()),
        }
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.new_client_order_id);
    }
}

request! {
    /// Places an order.
    ///
    /// `POST /api/v1.1/spot/order` · signed · 20 per 1 s per key (assumed) · never repeated by itself: after
    /// `Unknown`, look it up by its client order id. Quantities are base units.
    pub struct CreateOrder closed { symbol: Symbol, side: Side, order_type = "type": OrderType }
    optional {
        /// Quantity, in base units; required but for a market order that names an amount.
        quantity: Qty,
        /// How much to spend or to receive, in quote currency; market orders only, and instead of a
        /// quantity.
        amount: Amount,
        /// Limit price, in quote currency; required for limit and limit maker orders.
        price: Price,
        /// Your own id, up to 255 characters; made for you when absent.
        new_client_order_id: ClientOrderId,
        /// How long it stands.
        time_in_force: TimeInForce,
        /// Which order expires when it would trade with an own one; the incoming one by default.
        stp_mode: StpMode,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl CreateOrder {
    /// A limit order.
    pub fn limit(
        symbol: impl Into<Symbol>,
        side: Side,
        quantity: impl Into<Qty>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, side, OrderType::Limit).quantity(quantity).price(price)
    }

    /// A limit order that is refused where it would trade at once.
    pub fn limit_maker(
        symbol: impl Into<Symbol>,
        side: Side,
        quantity: impl Into<Qty>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, side, OrderType::LimitMaker).quantity(quantity).price(price)
    }

    /// A market order over so many base units.
    pub fn market(symbol: impl Into<Symbol>, side: Side, quantity: impl Into<Qty>) -> Self {
        Self::new(symbol, side, OrderType::Market).quantity(quantity)
    }

    /// A market order over so much of the quote currency.
    pub fn market_by_amount(symbol: impl Into<Symbol>, side: Side, amount: impl Into<Amount>) -> Self {
        Self::new(symbol, side, OrderType::Market).amount(amount)
    }

    /// Which sizes and prices a type of order takes.
    fn check_size(&self) -> Result<(), Invalid> {
        let kind = &self.order_type;
        match kind {
            OrderType::Limit | OrderType::LimitMaker if self.amount.is_some() => {
                Err(Invalid::new(format!("amount is for market orders, not for {kind}")))
            }
            OrderType::Limit | OrderType::LimitMaker if self.quantity.is_none() => {
                Err(Invalid::new(format!("quantity is required for {kind}")))
            }
            OrderType::Limit | OrderType::LimitMaker if self.price.is_none() => {
                Err(Invalid::new(format!("price is required for {kind}")))
            }
            OrderType::Market if self.quantity.is_some() == self.amount.is_some() => {
                Err(Invalid::new(format!("{kind} takes exactly one of quantity and amount")))
            }
            _ => Ok(()),
        }
    }
}

impl Endpoint for CreateOrder {
    type Venue = HashKey;
    type Response = OrderAck;
    const SPEC: Spec = Spec::post("/api/v1.1/spot/order")
        .section("Spot Trading")
        .form()
        .signed()
        .bare()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_client_order_id(self.new_client_order_id.as_ref())?;
        self.check_size()?;
        match (&self.time_in_force, &self.order_type) {
            (Some(force @ TimeInForce::Gtc), kind @ OrderType::Market)
            | (Some(force @ TimeInForce::Ioc), kind @ OrderType::LimitMaker)
            | (Some(force @ TimeInForce::Fok), kind @ (OrderType::Market | OrderType::LimitMaker)) => {
                Err(Invalid::new(format!("timeInForce {force} is not for {kind}")))
            }
            _ => Ok(()),
        }
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.new_client_order_id);
    }

    /// By your own id: gives an [`Order`].
    fn lookup(&self) -> Option<Lookup> {
        let id = self.new_client_order_id.clone()?;
        Some(Lookup::by(GetOrder::new(OrderQuery::ClientId(id)), |order| Some(Executed::of(order))))
    }
}

model! {
    /// The venue took an order.
    #[serde(rename_all = "camelCase")]
    pub struct OrderAck {
        /// Account that it belongs to.
        pub account_id?: AccountId,
        /// Pair.
        pub symbol?: Symbol,
        /// Pair for people.
        pub symbol_name?: String,
        /// Your own id.
        pub client_order_id?: ClientOrderId,
        /// The venue's id.
        pub order_id: OrderId,
        /// When the venue took it.
        pub transact_time?: Millis,
        /// Limit price; zero for a market order.
        pub price?: Price,
        /// Quantity, in base units; zero for a market order over an amount.
        pub orig_qty?: Qty,
        /// How much has traded, in base units.
        pub executed_qty?: Qty,
        /// State.
        pub status?: OrderStatus,
        /// How long it stands.
        pub time_in_force?: TimeInForce,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: OrderType,
        /// Which way it goes.
        pub side?: Side,
        /// Amount of a market order, in quote currency; zero where it has a quantity.
        pub req_amount?: Amount,
        /// Which order expires when it would trade with an own one.
        pub stp_mode?: StpMode,
        /// A warning that the account holds much of one asset; `None` when there is none.
        pub concentration?: String,
    }
}

request! {
    /// Places up to 20 orders of one pair, each of which is taken or refused by itself.
    ///
    /// `POST /api/v1.1/spot/batchOrders` · signed, query only · 20 per 1 s per key (assumed), whatever the
    /// number of orders · never repeated by itself: after `Unknown`, look each up by its client order id.
    /// The body is the bare list.
    pub struct BatchOrders {
        /// The orders, 1 to 20; a receive window belongs to the batch, not to them.
        orders: Vec<CreateOrder> as body,
    }
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for BatchOrders {
    type Venue = HashKey;
    type Response = BatchAck;
    const SPEC: Spec = Spec::post("/api/v1.1/spot/batchOrders")
        .section("Spot Trading")
        .json_array()
        .signed()
        .bare()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        let count = self.orders.len();
        if !(1..=limits::BATCH_ORDERS).contains(&count) {
            return Err(Invalid::new(format!("{count} orders: 1 to {} in a batch", limits::BATCH_ORDERS)));
        }
        for (index, order) in self.orders.iter().enumerate() {
            order.check().map_err(|invalid| Invalid::new(format!("orders[{index}]: {invalid}")))?;
            if order.recv_window.is_some() {
                return Err(Invalid::new(format!("orders[{index}]: recvWindow belongs to the batch")));
            }
            if self.orders.first().is_some_and(|first| first.symbol != order.symbol) {
                return Err(Invalid::new(format!("orders[{index}]: a batch is for one symbol")));
            }
        }
        Ok(())
    }

    /// A batch has at least one order, so that a success without a row says nothing of any.
    fn verify(response: &BatchAck) -> Result<(), Error> {
        if response.result.received() == 0 {
            return Err(Error::unsaid("any order of the batch was taken"));
        }
        Ok(())
    }

    /// Each by your own id, as one alone is.
    fn row_lookups(&self) -> Vec<(ClientOrderId, Lookup)> {
        let of = |order: &CreateOrder| Some((order.new_client_order_id.clone()?, order.lookup()?));
        self.orders.iter().filter_map(of).collect()
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for order in &mut self.orders {
            slot(&mut order.new_client_order_id);
        }
    }
}

model! {
    /// What became of each order of a batch.
    pub struct BatchAck {
        /// The venue's code of the batch as a whole, which is a success.
        pub code?: String,
        /// One row an order, in the order of the request.
        #[serde(default)]
        pub result: Rows<BatchResult>,
        /// A warning that the account holds much of one asset; `None` when there is none.
        pub concentration?: String,
    }
}

model! {
    /// What became of one order of a batch; see [`accepted`](Self::accepted).
    pub struct BatchResult {
        /// The venue's code of this order.
        pub code?: String,
        /// The venue's words about a refusal.
        #[serde(alias = "message")]
        pub msg?: String,
        /// The order; `None` when it was refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub order: Option<OrderAck>,
    }
}

impl BatchResult {
    /// The order that was taken.
    ///
    /// # Errors
    /// Why it was not, with an outcome of its own.
    pub fn accepted(&self) -> Result<&OrderAck, Error> {
        let code = self.code.as_deref().unwrap_or_default();
        let words = self.msg.as_deref().unwrap_or_default();
        if !code.is_empty() && !KEYS.is_success(code) {
            return Err(CODES.error(code, words));
        }
        self.order.as_ref().ok_or_else(|| {
            Error::new(Kind::Decode, Outcome::Unknown, format!("a row without its order: {words}"))
        })
    }
}
