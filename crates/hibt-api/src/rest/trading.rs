//! Trading: opening, cancelling, closing.

use venue_core::wire::nullable;
use venue_core::{ClientOrderId, Endpoint, Invalid, OrderId, Price, Qty, Spec, Symbol, model, one_of};

use crate::limits;
use crate::model::{ByClientId, OrderType, PositionId, Side, TriggerType};
use crate::venue::Hibt;

request! {
    /// Places an order that opens a position or adds to one.
    ///
    /// `POST /v2/order/open` · signed · 10 per 1 s per key (assumed) · never repeated by itself: after
    /// `Unknown`, look for your own id among the unfinished and the finished orders. Sizes are units of the
    /// base currency.
    pub struct OpenOrder closed {
        symbol: Symbol,
        order_type = "type": OrderType,
        side: Side,
        amount: Qty,
        leverage: u32,
    }
    optional {
        /// Your own id, unique; made for you when absent.
        custom_id = "customID": ClientOrderId,
        /// Limit price, in quote currency; required for a limit order.
        price: Price,
        /// What triggers take-profit and stop-loss; required with either.
        trigger_type: TriggerType,
        /// Take-profit; see [`take_profit`](Self::take_profit).
        sp_price: Price,
        /// Stop-loss; see [`stop_loss`](Self::stop_loss).
        sl_price: Price,
        /// Whether there is a take-profit.
        is_set_sp: bool,
        /// Whether there is a stop-loss.
        is_set_sl: bool,
    }
}

impl OpenOrder {
    /// A limit order.
    pub fn limit(
        symbol: impl Into<Symbol>,
        side: Side,
        amount: impl Into<Qty>,
        leverage: impl Into<u32>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, OrderType::Limit, side, amount, leverage).price(price)
    }

    /// A market order.
    pub fn market(
        symbol: impl Into<Symbol>,
        side: Side,
        amount: impl Into<Qty>,
        leverage: impl Into<u32>,
    ) -> Self {
        Self::new(symbol, OrderType::Market, side, amount, leverage)
    }

    /// Sets a take-profit with the position. One trigger serves take-profit and stop-loss.
    pub fn take_profit(self, price: impl Into<Price>, trigger: TriggerType) -> Self {
        self.is_set_sp(true).sp_price(price).trigger_type(trigger)
    }

    /// Sets a stop-loss with the position. One trigger serves take-profit and stop-loss.
    pub fn stop_loss(self, price: impl Into<Price>, trigger: TriggerType) -> Self {
        self.is_set_sl(true).sl_price(price).trigger_type(trigger)
    }
}

/// A take-profit or stop-loss is a flag with its price; either without the other is not what was meant.
fn check_exit(is_set: Option<bool>, price: Option<Price>, names: [&str; 2]) -> Result<(), Invalid> {
    let [flag, name] = names;
    match (is_set == Some(true), price.is_some()) {
        (true, false) => Err(Invalid::new(format!("{name} is required when {flag} is true"))),
        (false, true) => Err(Invalid::new(format!("{name} counts only when {flag} is true"))),
        _ => Ok(()),
    }
}

impl Endpoint for OpenOrder {
    type Venue = Hibt;
    type Response = OrderAck;
    const SPEC: Spec = Spec::post("/v2/order/open").section("Trading API").signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        if self.order_type == OrderType::Limit && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order"));
        }
        check_exit(self.is_set_sp, self.sp_price, ["isSetSp", "spPrice"])?;
        check_exit(self.is_set_sl, self.sl_price, ["isSetSl", "slPrice"])?;
        let has_exit = self.sp_price.is_some() || self.sl_price.is_some();
        if has_exit && self.trigger_type.is_none() {
            return Err(Invalid::new("triggerType is required with a take-profit or stop-loss"));
        }
        Ok(())
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.custom_id);
    }
}

model! {
    /// The venue took an order.
    pub struct OrderAck {
        /// Its id, of some 29 digits.
        #[serde(rename = "orderID", alias = "orderId")]
        pub order_id: OrderId,
    }
}

request! {
    /// Places several orders, each answered for itself.
    ///
    /// `POST /v2/order/batchOpen` · signed · 10 per 1 s per key (assumed) · never repeated by itself. The
    /// answer knows orders by your own ids only; how many fit is not documented.
    pub struct BatchOpenOrders {
        /// The orders.
        items: Vec<OpenOrder>,
    }
}

impl Endpoint for BatchOpenOrders {
    type Venue = Hibt;
    type Response = OpenedOrders;
    const SPEC: Spec =
        Spec::post("/v2/order/batchOpen").section("Trading API").signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        if self.items.is_empty() {
            return Err(Invalid::new("items is empty"));
        }
        for (index, order) in self.items.iter().enumerate() {
            order.check().map_err(|error| Invalid::new(format!("items[{index}]: {error}")))?;
            let Some(id) = &order.custom_id else { continue };
            // Ids must be unique, and the answer tells orders apart by nothing else.
            if self.items.iter().take(index).any(|other| other.custom_id.as_ref() == Some(id)) {
                return Err(Invalid::new(format!("items[{index}]: customID {id} is used twice")));
            }
        }
        Ok(())
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for order in &mut self.items {
            slot(&mut order.custom_id);
        }
    }
}

model! {
    /// What became of the orders of a batch. That it came says nothing of any one of them: one that stands
    /// under neither key may have been taken.
    pub struct OpenedOrders {
        /// Orders that were taken: your id, and the venue's.
        #[serde(default)]
        pub success: ByClientId<OrderId>,
        /// Orders that were refused: your id, and the venue's words.
        #[serde(default)]
        pub fail: ByClientId<String>,
    }
}

one_of! {
    /// Which order.
    pub enum OrderRef {
        /// By the venue's id.
        Id(OrderId) = "orderID",
        /// By your own id.
        ClientId(ClientOrderId) = "customID",
    }
}

request! {
    /// Cancels one order.
    ///
    /// `POST /v2/order/cancel` · signed · 10 per 1 s per key (assumed) · may be repeated. The order may stand
    /// under `fail` of a success.
    pub struct CancelOrder { symbol: Symbol, order: OrderRef }
}

impl Endpoint for CancelOrder {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec =
        Spec::post("/v2/order/cancel").section("Trading API").signed().safe().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.order {
            OrderRef::Id(id) if id.as_str().is_empty() => Err(Invalid::new("orderID is empty")),
            OrderRef::ClientId(id) if id.as_str().is_empty() => Err(Invalid::new("customID is empty")),
            _ => Ok(()),
        }
    }
}

request! {
    /// Cancels **all** orders of a position, through the path that cancels one.
    ///
    /// `POST /v2/order/cancel` with a position's id · signed · 10 per 1 s per key (assumed) · never repeated by
    /// itself.
    pub struct CancelPositionOrders { symbol: Symbol, position_id = "positionID": PositionId }
}

impl Endpoint for CancelPositionOrders {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec =
        Spec::post("/v2/order/cancel").section("Trading API").signed().sweeping().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        if self.position_id.as_str().is_empty() {
            return Err(Invalid::new("positionID is empty"));
        }
        Ok(())
    }
}

one_of! {
    /// Which orders.
    pub enum OrderRefs {
        /// By the venue's ids.
        Ids(Vec<OrderId>) = "listOrderID",
        /// By your own ids.
        ClientIds(Vec<ClientOrderId>) = "listCustomID",
    }
}

/// An empty list, or one of empty ids, counts as none, and none cancels everything.
fn check_ids<T: AsRef<str>>(ids: &[T], name: &str) -> Result<(), Invalid> {
    if ids.is_empty() || ids.iter().any(|id| id.as_ref().is_empty()) {
        return Err(Invalid::new(format!("{name} is empty, or one of its ids is")));
    }
    Ok(())
}

request! {
    /// Cancels several orders of a contract, each answered for itself.
    ///
    /// `POST /v2/order/batchCancel` · signed · 10 per 1 s per key (assumed) · never repeated by itself. How many
    /// fit is not documented.
    pub struct BatchCancelOrders { symbol: Symbol, orders: OrderRefs }
}

impl Endpoint for BatchCancelOrders {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec =
        Spec::post("/v2/order/batchCancel").section("Trading API").signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.orders {
            OrderRefs::Ids(ids) => check_ids(ids, "listOrderID"),
            OrderRefs::ClientIds(ids) => check_ids(ids, "listCustomID"),
        }
    }
}

request! {
    /// Cancels **all** orders of several positions.
    ///
    /// `POST /v2/order/batchCancel` with positions' ids · signed · 10 per 1 s per key (assumed) · never repeated
    /// by itself.
    pub struct BatchCancelPositionOrders {
        symbol: Symbol,
        /// The positions.
        list_position_id = "listPositionID": Vec<PositionId>,
    }
}

impl Endpoint for BatchCancelPositionOrders {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec = Spec::post("/v2/order/batchCancel")
        .section("Trading API")
        .signed()
        .sweeping()
        .cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_ids(&self.list_position_id, "listPositionID")
    }
}

request! {
    /// Cancels **all** orders of a contract.
    ///
    /// `POST /v2/order/batchCancel` without a list · signed · 10 per 1 s per key (assumed) · never repeated by
    /// itself.
    pub struct CancelAllOrders { symbol: Symbol }
}

impl Endpoint for CancelAllOrders {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec = Spec::post("/v2/order/batchCancel")
        .section("Trading API")
        .signed()
        .sweeping()
        .cost(&limits::PRIVATE, 1);
}

model! {
    /// What became of the orders that were to be cancelled. That it came says nothing of any one of them: one
    /// that stands under neither key may still be live.
    pub struct CancelledOrders {
        /// Orders that were cancelled: your id, and the venue's.
        #[serde(default)]
        pub success: ByClientId<OrderId>,
        /// Orders that were not: your id, and the venue's.
        #[serde(default)]
        pub fail: ByClientId<OrderId>,
    }
}

request! {
    /// Closes **all** positions of a contract.
    ///
    /// `POST /v2/order/closeAll` · signed · 10 per 1 s per key (assumed) · never repeated by itself.
    pub struct CloseAllPositions { symbol: Symbol }
}

impl Endpoint for CloseAllPositions {
    type Venue = Hibt;
    type Response = ClosingOrders;
    const SPEC: Spec =
        Spec::post("/v2/order/closeAll").section("Trading API").signed().sweeping().cost(&limits::PRIVATE, 1);
}

model! {
    /// The orders that close positions.
    pub struct ClosingOrders {
        /// Their ids.
        #[serde(rename = "listOrderID", default, deserialize_with = "nullable")]
        pub list_order_id: Vec<OrderId>,
    }
}
