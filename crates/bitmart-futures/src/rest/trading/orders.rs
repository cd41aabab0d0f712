//! Orders: placing, changing and cancelling them.

use venue_core::wire::unset;
use venue_core::{
    ClientOrderId, Contracts, Empty, Endpoint, Error, Executed, Invalid, Kind, Lookup, OrderId, Outcome,
    Permission, Price, Rate, Rows, Secs, Spec, Symbol, model, one_of, request,
};

use crate::limits;
use crate::model::{OpenType, OrderMode, OrderPrice, OrderType, PriceType, Side, StpMode};
use crate::rest::{GetOpenOrders, GetOrderHistory, Order, check};
use crate::venue::BitMart;

request! {
    /// Places an order.
    ///
    /// `POST /contract/private/submit-order` · signed · 24 per 2 s per key · never repeated by itself:
    /// after `Unknown`, look it up by its client order id. Sizes are contracts.
    pub struct SubmitOrder closed { symbol: Symbol, side: Side, size: Contracts }
    optional {
        /// Limit (the venue's default) or market.
        order_type = "type": OrderType,
        /// Limit price, in quote currency; required for a limit order.
        price: Price,
        /// Your own id, up to 32 letters and digits; made for you when absent.
        client_order_id: ClientOrderId,
        /// Leverage.
        leverage: Rate,
        /// Margin mode.
        open_type: OpenType,
        /// How the order may execute; until cancelled by default.
        mode: OrderMode,
        /// What triggers the take-profit; the last price by default.
        preset_take_profit_price_type: PriceType,
        /// What triggers the stop-loss; the last price by default.
        preset_stop_loss_price_type: PriceType,
        /// Take-profit to set with the position.
        preset_take_profit_price: Price,
        /// Stop-loss to set with the position.
        preset_stop_loss_price: Price,
        /// What happens when it would trade with an own order.
        stp_mode: StpMode,
    }
}

/// Most open orders that the venue lists.
const OPEN_ORDERS_PAGE: u32 = 100;

impl SubmitOrder {
    /// A limit order over so many contracts.
    pub fn limit(
        symbol: impl Into<Symbol>,
        side: Side,
        size: impl Into<Contracts>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, side, size).order_type(OrderType::Limit).price(price)
    }

    /// A market order over so many contracts.
    pub fn market(symbol: impl Into<Symbol>, side: Side, size: impl Into<Contracts>) -> Self {
        Self::new(symbol, side, size).order_type(OrderType::Market)
    }
}

impl Endpoint for SubmitOrder {
    type Venue = BitMart;
    type Response = OrderAck;
    const SPEC: Spec = Spec::post("/contract/private/submit-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::SUBMIT_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::client_order_id(self.client_order_id.as_ref())?;
        check::size(self.size)?;
        match self.order_type.as_ref().unwrap_or(&OrderType::Limit) {
            OrderType::Limit if self.price.is_none() => {
                Err(Invalid::new("price is required for a limit order"))
            }
            OrderType::Limit | OrderType::Market | OrderType::Other(_) => Ok(()),
            other => Err(Invalid::new(format!("type {other}: limit or market"))),
        }
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }

    /// By your own id, among the open orders and then among those that are done: gives an [`Order`].
    fn lookup(&self) -> Option<Lookup> {
        let id = self.client_order_id.clone()?;
        let find = move |orders: &Rows<Order>| {
            orders.iter().find(|order| order.client_order_id.as_ref() == Some(&id)).map(Executed::of)
        };
        let id = self.client_order_id.clone()?;
        let open = GetOpenOrders::new().symbol(&self.symbol).limit(OPEN_ORDERS_PAGE);
        // No more come than that, and there is no second page: a full list may lack the one that is sought.
        let whole = |orders: &Rows<Order>| orders.received() < OPEN_ORDERS_PAGE as usize;
        // In this order: an order goes from the open ones to those that are done, and never back.
        Some(
            Lookup::by_in_part(open, find.clone(), whole)
                .or(GetOrderHistory::new(&self.symbol).client_order_id(id), find),
        )
    }
}

model! {
    /// The venue took an order.
    pub struct OrderAck {
        /// Its id.
        pub order_id: OrderId,
        /// Its price; words for a market order.
        pub price?: OrderPrice,
    }
}

one_of! {
    /// Which order.
    pub enum OrderRef {
        /// By the venue's id.
        Id(OrderId) = "order_id",
        /// By your own id.
        ClientId(ClientOrderId) = "client_order_id",
    }
}

impl OrderRef {
    /// Whether it names an order at all: where it stands, no id at all would mean every order.
    pub(super) fn check(&self) -> Result<(), Invalid> {
        match self {
            Self::Id(id) => check::named("order_id", id.as_str()),
            Self::ClientId(id) => check::named("client_order_id", id.as_str()),
        }
    }
}

model! {
    /// The venue took an order, or a change of one.
    pub struct OrderIds {
        /// Its id.
        pub order_id: OrderId,
        /// Your own id, where there is one and the venue repeats it.
        pub client_order_id?: ClientOrderId,
    }
}

one_of! {
    /// Which order is changed. The venue takes its id as a number here.
    pub enum LimitOrderRef {
        /// By the venue's id.
        Id(OrderId) = "order_id" as number,
        /// By your own id.
        ClientId(ClientOrderId) = "client_order_id",
    }
}

request! {
    /// Changes price or size of a limit order, or both.
    ///
    /// `POST /contract/private/modify-limit-order` · signed · 24 per 2 s per account · never repeated by
    /// itself.
    pub struct ModifyLimitOrder closed { symbol: Symbol, order: LimitOrderRef }
    optional {
        /// New limit price.
        price: Price,
        /// New size, in contracts.
        size: Contracts,
    }
}

impl ModifyLimitOrder {
    /// Changes the price; the size too, when it is set as well.
    pub fn to_price(
        symbol: impl Into<Symbol>,
        order: impl Into<LimitOrderRef>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, order).price(price)
    }

    /// Changes the size; the price too, when it is set as well.
    pub fn to_size(
        symbol: impl Into<Symbol>,
        order: impl Into<LimitOrderRef>,
        size: impl Into<Contracts>,
    ) -> Self {
        Self::new(symbol, order).size(size)
    }
}

impl Endpoint for ModifyLimitOrder {
    type Venue = BitMart;
    type Response = OrderIds;
    const SPEC: Spec = Spec::post("/contract/private/modify-limit-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::MODIFY_LIMIT_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.order {
            LimitOrderRef::Id(id) => {
                let is_number =
                    !id.as_str().is_empty() && id.as_str().bytes().all(|byte| byte.is_ascii_digit());
                if !is_number {
                    return Err(Invalid::new(format!("order_id {:?}: digits only", id.as_str())));
                }
            }
            LimitOrderRef::ClientId(id) => check::client_order_id(Some(id))?,
        }
        if self.price.is_none() && self.size.is_none() {
            return Err(Invalid::new("price or size is required"));
        }
        self.size.map_or(Ok(()), check::size)
    }
}

request! {
    /// Cancels one order.
    ///
    /// `POST /contract/private/cancel-order` · signed · 40 per 2 s per key · may be repeated. A success says
    /// that the cancel was taken, not that the order is gone.
    pub struct CancelOrder { symbol: Symbol, order: OrderRef }
}

impl Endpoint for CancelOrder {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-order")
        .section("Futures Trading")
        .signed()
        .safe()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        self.order.check()
    }
}

request! {
    /// Cancels **all** orders of a symbol, through the path that cancels one.
    ///
    /// `POST /contract/private/cancel-order` without an id · signed · 40 per 2 s per key, which is twenty
    /// times what [`CancelOrders`] may do · never repeated by itself.
    pub struct CancelAllOrders { symbol: Symbol }
}

impl Endpoint for CancelAllOrders {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-order")
        .section("Futures Trading")
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_ORDER, 1);
}

request! {
    /// Cancels **all** orders of a symbol.
    ///
    /// `POST /contract/private/cancel-orders` · signed · 2 per 2 s per key · never repeated by itself.
    pub struct CancelOrders { symbol: Symbol }
}

impl Endpoint for CancelOrders {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-orders")
        .section("Futures Trading")
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_ORDERS, 1);
}

request! {
    /// Cancels **all** orders of a symbol when so many seconds have passed, unless it is set again before.
    ///
    /// `POST /contract/private/cancel-all-after` · signed · 4 per 2 s per account · never repeated by itself.
    /// For a market maker that may lose its connection: set it, and set it again well before it is over.
    pub struct CancelAllAfter closed { timeout: u32, symbol: Symbol }
}

impl CancelAllAfter {
    /// Sets the timer to so many seconds, at least 5; one that runs already begins anew.
    pub fn seconds(symbol: impl Into<Symbol>, timeout: u32) -> Self {
        Self::new(timeout, symbol)
    }

    /// Takes the timer away.
    pub fn disarm(symbol: impl Into<Symbol>) -> Self {
        Self::new(0u32, symbol)
    }
}

impl Endpoint for CancelAllAfter {
    type Venue = BitMart;
    type Response = CancelTimer;
    const SPEC: Spec = Spec::post("/contract/private/cancel-all-after")
        .section("Futures Trading")
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_ALL_AFTER, 1);

    fn check(&self) -> Result<(), Invalid> {
        match self.timeout {
            1..=4 => Err(Invalid::new(format!("timeout {}: at least 5 seconds, or 0", self.timeout))),
            _ => Ok(()),
        }
    }

    /// The answer can be a success that says that nothing was set.
    fn verify(response: &CancelTimer) -> Result<(), Error> {
        match response.result {
            Some(false) => Err(Error::new(Kind::Rejected, Outcome::Rejected, "the timer was not set")),
            _ => Ok(()),
        }
    }
}

model! {
    /// The timer that cancels all orders of a symbol.
    pub struct CancelTimer {
        /// Whether it was set; an answer that says no is an error.
        pub result?: bool,
        /// When it was set; in seconds.
        pub set_time?: Secs,
        /// When it will cancel; in seconds.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub cancel_time: Option<Secs>,
    }
}
