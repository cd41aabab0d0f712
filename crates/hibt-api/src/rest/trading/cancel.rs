//! Cancelling: one order, several, those of positions, all.

use venue_core::{ClientOrderId, Endpoint, Error, Invalid, OrderId, Spec, Symbol, model, one_of};

use super::SECTION;
use crate::codes;
use crate::limits;
use crate::model::{ByClientId, PositionId};
use crate::rest::check;
use crate::venue::Hibt;

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
    /// `POST /v2/order/cancel` · signed · 10 per 1 s per key (assumed) · may be repeated. An order that
    /// stands under `fail` of a success is an error here: it was not cancelled, and the venue doesn't say
    /// why.
    pub struct CancelOrder { symbol: Symbol, order: OrderRef }
}

impl Endpoint for CancelOrder {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec =
        Spec::post("/v2/order/cancel").section(SECTION).signed().safe().urgent().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.order {
            OrderRef::Id(id) => check::named("orderID", id.as_str()),
            OrderRef::ClientId(id) => check::named("customID", id.as_str()),
        }
    }

    fn verify(response: &CancelledOrders) -> Result<(), Error> {
        if let Some((_, said)) = response.fail.first() {
            return Err(not_cancelled(said));
        }
        if response.success.is_empty() {
            return Err(Error::unsaid("the order was cancelled"));
        }
        Ok(())
    }
}

request! {
    /// Cancels **all** orders of a position, through the path that cancels one.
    ///
    /// `POST /v2/order/cancel` with a position's id · signed · 10 per 1 s per key (assumed) · never
    /// repeated by itself.
    pub struct CancelPositionOrders { symbol: Symbol, position_id = "positionID": PositionId }
}

impl Endpoint for CancelPositionOrders {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec = Spec::post("/v2/order/cancel")
        .section(SECTION)
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::named("positionID", self.position_id.as_str())
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

request! {
    /// Cancels several orders of a contract, each answered for itself.
    ///
    /// `POST /v2/order/batchCancel` · signed · 10 per 1 s per key (assumed) · never repeated by itself. How
    /// many fit is not documented.
    pub struct BatchCancelOrders { symbol: Symbol, orders: OrderRefs }
}

impl Endpoint for BatchCancelOrders {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec =
        Spec::post("/v2/order/batchCancel").section(SECTION).signed().urgent().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.orders {
            OrderRefs::Ids(ids) => check::all_named("listOrderID", ids),
            OrderRefs::ClientIds(ids) => check::all_named("listCustomID", ids),
        }
    }

    /// At least one order was named, so that a success without any says nothing.
    fn verify(response: &CancelledOrders) -> Result<(), Error> {
        if response.success.is_empty() && response.fail.is_empty() {
            return Err(Error::unsaid("any of the orders was cancelled"));
        }
        Ok(())
    }
}

request! {
    /// Cancels **all** orders of several positions.
    ///
    /// `POST /v2/order/batchCancel` with positions' ids · signed · 10 per 1 s per key (assumed) · never
    /// repeated by itself.
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
        .section(SECTION)
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::all_named("listPositionID", &self.list_position_id)
    }
}

request! {
    /// Cancels **all** orders of a contract.
    ///
    /// `POST /v2/order/batchCancel` without a list · signed · 10 per 1 s per key (assumed) · never repeated
    /// by itself.
    pub struct CancelAllOrders { symbol: Symbol }
}

impl Endpoint for CancelAllOrders {
    type Venue = Hibt;
    type Response = CancelledOrders;
    const SPEC: Spec = Spec::post("/v2/order/batchCancel")
        .section(SECTION)
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::PRIVATE, 1);
}

model! {
    /// What became of the orders that were to be cancelled. That it came says nothing of any one of them: see
    /// [`cancelled`](Self::cancelled).
    pub struct CancelledOrders {
        /// Orders that were cancelled: your id, and the venue's.
        #[serde(default)]
        pub success: ByClientId<OrderId>,
        /// Orders that were not: your id, and the venue's.
        #[serde(default)]
        pub fail: ByClientId<OrderId>,
    }
}

impl CancelledOrders {
    /// Whether this order was cancelled.
    ///
    /// # Errors It was not; the venue doesn't say why. Of an order that the answer doesn't name, the
    /// outcome is unknown: it may still be live.
    pub fn cancelled(&self, order: impl Into<OrderRef>) -> Result<(), Error> {
        let order = order.into();
        let is_it = |(client_id, id): &&(ClientOrderId, OrderId)| match &order {
            OrderRef::Id(order) => order == id,
            OrderRef::ClientId(order) => order == client_id,
        };
        if let Some((_, said)) = self.fail.iter().find(is_it) {
            return Err(not_cancelled(said));
        }
        let found = self.success.iter().any(|row| is_it(&row));
        if found { Ok(()) } else { Err(Error::unsaid("the order was cancelled")) }
    }
}

/// Under `fail` stands the order's id.
fn not_cancelled(said: &OrderId) -> Error {
    codes::failed(said.as_str(), "the order was not cancelled, and the venue doesn't say why")
}
