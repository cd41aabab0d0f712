//! Spot trading.

use venue_core::{
    Amount, ClientOrderId, Endpoint, Error, Invalid, Kind, Millis, OrderId, Outcome, Price, Qty, Rows, Spec,
    Symbol, model,
};

use crate::codes::CODES;
use crate::limits;
use crate::model::{AccountId, OrderStatus, OrderType, Side, StpMode, TimeInForce};
use crate::venue::{HashKey, KEYS};

/// The documented rule: up to 255 characters.
fn check_client_order_id(id: Option<&ClientOrderId>) -> Result<(), Invalid> {
    match id.map(|id| id.as_str().chars().count()) {
        None | Some(1..=255) => Ok(()),
        Some(length) => {
            Err(Invalid::new(format!("newClientOrderId has {length} characters: 1 to 255 are allowed")))
        }
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
        if !(1..=20).contains(&count) {
            return Err(Invalid::new(format!("{count} orders: 1 to 20 in a batch")));
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
        let is_success = code.is_empty() || KEYS.success.contains(&code);
        if let (true, Some(order)) = (is_success, &self.order) {
            return Ok(order);
        }
        let words = self.msg.as_deref().unwrap_or_default();
        if is_success {
            return Err(Error::new(
                Kind::Decode,
                Outcome::Unknown,
                format!("a row without its order: {words}"),
            ));
        }
        let row = CODES.find(code, words);
        let (kind, outcome) =
            row.map_or((Kind::Unrecognized, Outcome::Unknown), |row| (row.kind, row.outcome));
        let words = if words.is_empty() { row.map_or("", |row| row.text) } else { words };
        Err(Error::new(kind, outcome, format!("{words} (code {code})")))
    }
}

/// An empty bound would let a sweep go further than was meant.
fn check_sweep(from: Option<&OrderId>, limit: Option<u32>) -> Result<(), Invalid> {
    if from.is_some_and(|id| id.as_str().is_empty()) {
        return Err(Invalid::new("fromOrderId is empty"));
    }
    match limit {
        Some(limit) if !(1..=200).contains(&limit) => Err(Invalid::new(format!("limit {limit}: 1 to 200"))),
        _ => Ok(()),
    }
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
        .bare()
        .sweeping()
        .cost(&limits::ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        // Without one, the venue would cancel the orders of every pair.
        if self.symbol.as_str().is_empty() {
            return Err(Invalid::new("symbol is empty"));
        }
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
