//! Orders: placing, cancelling.

use venue_core::wire::TokenError;
use venue_core::{
    ClientOrderId, Contracts, Endpoint, Executed, Field, Invalid, Lookup, OrderId, Params, Part, Price,
    Request, Source, Spec, Style, Symbol, Value,
};

use super::check::{self, Exit};
use super::spec;
use super::{ListOrderHistory, ListOrders, ListUnfinishedOrders, Order};
use crate::model::{Ack, MarketOrderLevel, OrderSide, OrderType, PositionId, PositionSide, TimeInForce};
use crate::venue::Pumpkin;

/// Rows of the history that a look-up looks at: as many as the documentation's own code asks for.
const LOOKED_AT: u32 = 100;

request! {
    /// Places an order; the answer is its id.
    ///
    /// `POST /v2/order/create` · signed · weight 20 · never repeated by itself: after `Unknown`, `resolve` looks
    /// for its client order id among the live and the latest orders of its contract, since no look-up by that
    /// id is documented. Sizes are contracts.
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

impl Endpoint for CreateOrder {
    type Venue = Pumpkin;
    type Response = OrderId;
    const SPEC: Spec = spec::trade(20, "/v2/order/create");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::qty(self.orig_qty)?;
        check::client_order_id(self.client_order_id.as_ref())?;
        if self.order_type == OrderType::Limit && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order"));
        }
        if self.position_id.is_some() != (self.reduce_only == Some(true)) {
            return Err(Invalid::new("a closing order has both positionId and reduceOnly=true"));
        }
        let (profit_type, stop_type) = (self.profit_order_type.as_ref(), self.stop_order_type.as_ref());
        let profit = Exit::profit(self.trigger_profit_price, profit_type, self.profit_order_price);
        let stop = Exit::stop(self.trigger_stop_price, stop_type, self.stop_order_price);
        profit.whole().and(stop.whole())
    }

    fn lookup(&self) -> Option<Lookup> {
        Some(lookup(&self.symbol, &self.order_side, self.client_order_id.clone()?))
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

/// What is found under its client order id was executed; gives an [`Order`]. What is not found proves nothing:
/// only live orders can be asked for as a whole, and a request never expires.
fn lookup(symbol: &Symbol, side: &OrderSide, id: ClientOrderId) -> Lookup {
    let find = move |orders: &[Order]| {
        orders.iter().find(|order| order.client_order_id.as_ref() == Some(&id)).map(Executed::of)
    };
    let (live, listed, past) = (find.clone(), find.clone(), find);
    Lookup::by(ListUnfinishedOrders::new(symbol, side.clone()), move |orders| live(orders))
        .or(ListOrders::new().symbol(symbol), move |page| listed(&page.items))
        .or(ListOrderHistory::new().symbol(symbol).limit(LOOKED_AT), move |page| past(&page.items))
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

impl venue_core::Accept for BatchItem {
    type Kind = venue_core::Converted;
}

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
    const SPEC: Spec = spec::trade(15, "/v2/order/create-batch");

    fn check(&self) -> Result<(), Invalid> {
        if self.list.is_empty() {
            return Err(Invalid::new("list is empty"));
        }
        self.list.iter().enumerate().try_for_each(|(index, item)| {
            let checked = match item {
                BatchItem::Create(order) => check::symbol(&order.symbol)
                    .and(check::qty(order.orig_qty))
                    .and(check::client_order_id(order.client_order_id.as_ref())),
                BatchItem::Cancel(cancel) => check::order_id(&cancel.order_id),
            };
            checked.map_err(|invalid| Invalid::new(format!("list[{index}]: {invalid}")))
        })
    }

    /// The orders that it places, each by your own id, as one alone is.
    fn row_lookups(&self) -> Vec<(ClientOrderId, Lookup)> {
        let of = |item: &BatchItem| match item {
            BatchItem::Create(order) => {
                let id = order.client_order_id.clone()?;
                Some((id.clone(), lookup(&order.symbol, &order.order_side, id)))
            }
            BatchItem::Cancel(_) => None,
        };
        self.list.iter().filter_map(of).collect()
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
    const SPEC: Spec = spec::trade(5, "/v2/order/cancel").safe().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::order_id(&self.order_id)
    }
}

request! {
    /// Cancels several orders by their ids.
    ///
    /// `POST /v2/order/cancel-batch` · signed · weight 8, however many · never repeated by itself. The answer
    /// says nothing of the single orders: see [`ListOrdersByIds`](super::ListOrdersByIds).
    pub struct CancelOrderBatch {
        /// Their ids.
        orders: Vec<OrderId> as json,
    }
}

impl Endpoint for CancelOrderBatch {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(8, "/v2/order/cancel-batch").urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::listed("orders", &self.orders)
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
    const SPEC: Spec = spec::trade(10, "/v2/order/cancel-all").sweeping().urgent();
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
    const SPEC: Spec = spec::trade(10, "/v2/order/cancel-all").sweeping().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}
