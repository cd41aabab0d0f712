//! Orders: placing, cancelling, listing.

use venue_core::wire::TokenError;
use venue_core::{
    Amount, ClientOrderId, Contracts, Endpoint, Field, Invalid, Millis, OrderId, Paged, Params, Part,
    Permission, Price, Request, Source, Spec, Style, Symbol, Value, model,
};

use super::section;
use crate::limits;
use crate::model::{
    Ack, EntrustId, MarketOrderLevel, OrderSide, OrderState, OrderType, Page, PositionId, PositionSide,
    TimeInForce,
};
use crate::venue::Pumpkin;

/// The documented rule is 1 to 32 letters and digits, and the documentation's own batch breaks it with a `_`:
/// the marks that ids are commonly made with are let through, for the venue to judge.
fn check_client_order_id(id: Option<&ClientOrderId>) -> Result<(), Invalid> {
    let Some(id) = id else { return Ok(()) };
    let text = id.as_str();
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    if text.is_empty() || text.len() > 32 || !text.bytes().all(is_allowed) {
        return Err(Invalid::new(format!(
            "clientOrderId {text:?}: 1 to 32 letters, digits, '_', '.' or '-'"
        )));
    }
    Ok(())
}

/// Zero has a meaning of its own elsewhere (all of a position), so that it is never sent for a size.
fn check_qty(qty: Contracts) -> Result<(), Invalid> {
    if qty.is_zero() || qty.decimal().is_sign_negative() {
        return Err(Invalid::new(format!("origQty {qty}: more than no contracts")));
    }
    Ok(())
}

/// An empty symbol might be taken for none, which means all.
pub(super) fn check_symbol(symbol: &Symbol) -> Result<(), Invalid> {
    if symbol.as_str().is_empty() { Err(Invalid::new("symbol is empty")) } else { Ok(()) }
}

fn check_order_id(id: &OrderId) -> Result<(), Invalid> {
    if id.as_str().is_empty() { Err(Invalid::new("orderId is empty")) } else { Ok(()) }
}

request! {
    /// Places an order; the answer is its id.
    ///
    /// `POST /v2/order/create` · signed · weight 20 · never repeated by itself: after `Unknown`, look for its
    /// client order id among the rows of [`ListOrders`], since no look-up by that id is documented. Sizes are
    /// contracts.
    pub struct CreateOrder closed {
        symbol: Symbol,
        order_type: OrderType,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: Contracts,
        leverage: u32,
    }
    optional {
        /// Limit price, in quote currency; a reference price where the order is a market order.
        price: Price,
        /// How the order may execute.
        time_in_force: TimeInForce,
        /// Whether it may only reduce a position; no by default. A closing order says so, and names its
        /// position: see [`closing`](Self::closing).
        reduce_only: bool,
        /// Your own id, 1 to 32 letters, digits, `_`, `.` or `-`; made for you when absent.
        client_order_id: ClientOrderId,
        /// The position that is closed: see [`closing`](Self::closing).
        position_id: PositionId,
        /// Price that triggers the take-profit; goes with its order type.
        trigger_profit_price: Price,
        /// Price that triggers the stop-loss; goes with its order type.
        trigger_stop_price: Price,
        /// How many levels of the book a market order may go through.
        market_order_level: MarketOrderLevel,
        /// Type of the take-profit's order.
        profit_order_type: OrderType,
        /// Type of the stop-loss's order.
        stop_order_type: OrderType,
        /// Limit price of the take-profit's order; required where that is a limit order.
        profit_order_price: Price,
        /// Limit price of the stop-loss's order; required where that is a limit order.
        stop_order_price: Price,
    }
}

impl CreateOrder {
    /// A limit order over so many contracts. The leverage is the position's, where there is one.
    pub fn limit(
        symbol: impl Into<Symbol>,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        price: impl Into<Price>,
        leverage: u32,
    ) -> Self {
        Self::new(symbol, OrderType::Limit, order_side, position_side, orig_qty, leverage).price(price)
    }

    /// A market order over so many contracts. The leverage is the position's, where there is one.
    pub fn market(
        symbol: impl Into<Symbol>,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        leverage: u32,
    ) -> Self {
        Self::new(symbol, OrderType::Market, order_side, position_side, orig_qty, leverage)
    }

    /// Makes it an order that closes this position, and may do no more: sets `positionId` and `reduceOnly`.
    pub fn closing(self, position_id: impl Into<PositionId>) -> Self {
        self.position_id(position_id).reduce_only(true)
    }
}

/// The documented rule: trigger and type together, and a limit order has its price.
fn check_exit(
    name: &str,
    trigger: Option<Price>,
    order_type: Option<&OrderType>,
    price: Option<Price>,
) -> Result<(), Invalid> {
    if trigger.is_some() != order_type.is_some() {
        return Err(Invalid::new(format!("the {name}'s trigger price and order type go together")));
    }
    if order_type == Some(&OrderType::Limit) && price.is_none() {
        return Err(Invalid::new(format!("the {name}'s order price is required for a limit order")));
    }
    Ok(())
}

impl Endpoint for CreateOrder {
    type Venue = Pumpkin;
    type Response = OrderId;
    const SPEC: Spec = Spec::post("/v2/order/create")
        .section(section::TRADING)
        .form()
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::MINUTE, 20)
        .cost(&limits::DAY, 20);

    fn check(&self) -> Result<(), Invalid> {
        check_qty(self.orig_qty)?;
        check_client_order_id(self.client_order_id.as_ref())?;
        if self.order_type == OrderType::Limit && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order"));
        }
        if self.position_id.is_some() != (self.reduce_only == Some(true)) {
            return Err(Invalid::new("a closing order has both positionId and reduceOnly=true"));
        }
        let (profit, stop) = (self.profit_order_type.as_ref(), self.stop_order_type.as_ref());
        check_exit("take-profit", self.trigger_profit_price, profit, self.profit_order_price)?;
        check_exit("stop-loss", self.trigger_stop_price, stop, self.stop_order_price)
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

request! {
    /// An order of a batch. It takes no leverage and no exits, and its position side is long or short.
    pub struct BatchOrder closed {
        symbol: Symbol,
        price: Price as number,
        orig_qty: Contracts,
        order_type: OrderType,
        order_side: OrderSide,
        position_side: PositionSide,
        time_in_force: TimeInForce,
    }
    optional {
        /// Position that it acts on.
        position_id: PositionId as number,
        /// Your own id, 1 to 32 letters, digits, `_`, `.` or `-`; made for you when absent. Give one: the
        /// answer names no order, so that it is all by which this one can be told from the others.
        client_order_id: ClientOrderId,
    }
}

impl BatchOrder {
    /// A limit order over so many contracts, which rests until cancelled unless said otherwise.
    pub fn limit(
        symbol: impl Into<Symbol>,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, price, orig_qty, OrderType::Limit, order_side, position_side, TimeInForce::Gtc)
    }

    /// A market order over so many contracts: what trades at once, unless said otherwise. Of a batch's
    /// orders all have a price; a market order's is a reference.
    pub fn market(
        symbol: impl Into<Symbol>,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        reference: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, reference, orig_qty, OrderType::Market, order_side, position_side, TimeInForce::Ioc)
    }

    /// How the order may execute.
    pub fn time_in_force(mut self, time_in_force: TimeInForce) -> Self {
        self.time_in_force = time_in_force;
        self
    }
}

request! {
    /// A cancel in a batch.
    pub struct BatchCancel { order_id: OrderId as number, symbol: Symbol }
}

/// One thing that a batch does. On the wire `isCreate` tells the two apart.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum BatchItem {
    /// Places an order.
    Create(BatchOrder),
    /// Cancels one.
    Cancel(BatchCancel),
}

impl From<BatchOrder> for BatchItem {
    fn from(order: BatchOrder) -> Self {
        Self::Create(order)
    }
}

impl From<BatchCancel> for BatchItem {
    fn from(cancel: BatchCancel) -> Self {
        Self::Cancel(cancel)
    }
}

/// What the documentation's own cancels carry besides the id: zeros and an order's words, of no effect.
const CANCEL_FILLERS: &[&str] = &[
    "price",
    "origQty",
    "orderType",
    "orderSide",
    "positionSide",
    "timeInForce",
    "positionId",
    "clientOrderId",
];

impl Field for BatchItem {
    const STYLE: Style = Style::Text;

    fn value(&self) -> Value<'_> {
        let mut params = Params::new();
        params.push("isCreate", Value::Bool(matches!(self, Self::Create(_))), Style::Number);
        match self {
            Self::Create(order) => order.params(&mut params),
            Self::Cancel(cancel) => cancel.params(&mut params),
        }
        Value::Object(params)
    }

    fn read(raw: &str) -> Result<Self, TokenError> {
        let take = || {
            let mut source = Source::parse(raw)?;
            let item = match <bool as Part>::take("isCreate", &mut source)? {
                Some(true) => Self::Create(BatchOrder::take_from(&mut source)?),
                Some(false) => {
                    let cancel = BatchCancel::take_from(&mut source)?;
                    for name in CANCEL_FILLERS {
                        source.take(name);
                    }
                    Self::Cancel(cancel)
                }
                None => return Err(Invalid::missing::<bool>("isCreate")),
            };
            source.finish()?;
            Ok(item)
        };
        take().map_err(|invalid: Invalid| TokenError::new(invalid.to_string()))
    }
}

request! {
    /// Places and cancels orders in one call.
    ///
    /// `POST /v2/order/create-batch` · signed · weight 15, however many · never repeated by itself. The answer
    /// says nothing of the single orders: what became of each is seen by its client order id among the rows
    /// of [`ListOrders`].
    pub struct CreateOrderBatch {
        /// What is done, in this order.
        list: Vec<BatchItem> as json,
    }
}

impl Endpoint for CreateOrderBatch {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = Spec::post("/v2/order/create-batch")
        .section(section::TRADING)
        .form()
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::MINUTE, 15)
        .cost(&limits::DAY, 15);

    fn check(&self) -> Result<(), Invalid> {
        if self.list.is_empty() {
            return Err(Invalid::new("list is empty"));
        }
        self.list.iter().enumerate().try_for_each(|(index, item)| {
            let checked = match item {
                BatchItem::Create(order) => {
                    check_qty(order.orig_qty).and(check_client_order_id(order.client_order_id.as_ref()))
                }
                BatchItem::Cancel(cancel) => check_order_id(&cancel.order_id),
            };
            checked.map_err(|invalid| Invalid::new(format!("list[{index}]: {invalid}")))
        })
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for item in &mut self.list {
            if let BatchItem::Create(order) = item {
                slot(&mut order.client_order_id);
            }
        }
    }
}

request! {
    /// Cancels one order.
    ///
    /// `POST /v2/order/cancel` · signed · weight 5 · may be repeated.
    pub struct CancelOrder { order_id: OrderId }
    optional {
        /// Its contract.
        symbol: Symbol,
    }
}

impl Endpoint for CancelOrder {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = Spec::post("/v2/order/cancel")
        .section(section::TRADING)
        .form()
        .signed()
        .safe()
        .permission(Permission::Trade)
        .cost(&limits::MINUTE, 5)
        .cost(&limits::DAY, 5);

    fn check(&self) -> Result<(), Invalid> {
        check_order_id(&self.order_id)
    }
}

request! {
    /// Cancels **all** orders of the account, of every symbol.
    ///
    /// `POST /v2/order/cancel-all` without a symbol · signed · weight 10 · never repeated by itself. See
    /// [`CancelSymbolOrders`] for those of one symbol.
    pub struct CancelAllOrders {}
}

impl Endpoint for CancelAllOrders {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = Spec::post("/v2/order/cancel-all")
        .section(section::TRADING)
        .form()
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::MINUTE, 10)
        .cost(&limits::DAY, 10);
}

request! {
    /// Cancels **all** orders of one symbol.
    ///
    /// `POST /v2/order/cancel-all` · signed · weight 10 · never repeated by itself.
    pub struct CancelSymbolOrders { symbol: Symbol }
}

impl Endpoint for CancelSymbolOrders {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = Spec::post("/v2/order/cancel-all")
        .section(section::TRADING)
        .form()
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::MINUTE, 10)
        .cost(&limits::DAY, 10);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)
    }
}

request! {
    /// Lists orders, page by page.
    ///
    /// `GET /v2/order/list` · signed · weight 2 · a read, may be repeated.
    pub struct ListOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// One state only, or those that are live ([`OrderState::Unfinished`]).
        state: OrderState,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
    }
}

impl Endpoint for ListOrders {
    type Venue = Pumpkin;
    type Response = Page<Order>;
    const SPEC: Spec = Spec::get("/v2/order/list")
        .section(section::TRADING)
        .signed()
        .cost(&limits::MINUTE, 2)
        .cost(&limits::DAY, 2);
}

impl Paged for ListOrders {
    type Item = Order;

    fn next(&self, page: &Page<Order>) -> Option<Self> {
        let number = self.page.unwrap_or(1);
        let goes_on = page.goes_on(number, self.size.unwrap_or(10));
        let next = number.checked_add(1).filter(|_| goes_on)?;
        Some(Self { page: Some(next), ..self.clone() })
    }

    fn items(page: Page<Order>) -> Vec<Order> {
        page.items.into_good()
    }

    /// An order made in between moves the rows on by one.
    fn key(item: &Order) -> Option<String> {
        Some(item.order_id.to_string())
    }
}

model! {
    /// An order.
    #[serde(rename_all = "camelCase")]
    pub struct Order {
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id, where one was given.
        pub client_order_id?: ClientOrderId,
        /// Contract.
        pub symbol: Symbol,
        /// Type.
        pub order_type?: OrderType,
        /// Which way it goes.
        pub order_side?: OrderSide,
        /// Position it acts on.
        pub position_side?: PositionSide,
        /// How it may execute.
        pub time_in_force?: TimeInForce,
        /// Whether a condition made it, to close the position in full.
        pub close_position?: bool,
        /// Limit price; 0 for a market order.
        pub price?: Price,
        /// Size, in contracts.
        pub orig_qty?: Contracts,
        /// Average price of what has traded.
        pub avg_price?: Price,
        /// How much has traded, in contracts.
        pub executed_qty?: Contracts,
        /// Margin that it holds.
        pub margin_frozen?: Amount,
        /// Price that triggers the take-profit.
        pub trigger_profit_price?: Price,
        /// Price that triggers the stop-loss.
        pub trigger_stop_price?: Price,
        /// The conditional order that made it.
        pub source_id?: EntrustId,
        /// Whether it closes in full. The documentation also calls it a forced close.
        pub force_close?: bool,
        /// Profit or loss of closing.
        pub close_profit?: Amount,
        /// State.
        pub state?: OrderState,
        /// When it was made.
        pub created_time?: Millis,
    }
}
