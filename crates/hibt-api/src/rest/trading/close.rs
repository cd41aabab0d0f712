//! Closing positions.

use venue_core::wire::nullable;
use venue_core::{Endpoint, Invalid, OrderId, Price, Qty, Spec, Symbol, model};

use super::SECTION;
use super::open::OrderAck;
use crate::limits;
use crate::model::{OrderType, PositionId};
use crate::rest::check;
use crate::venue::Hibt;

request! {
    /// Closes a position, or a part of it.
    ///
    /// `POST /v2/order/close` · signed · 10 per 1 s per key (assumed) · never repeated by itself. It takes
    /// no id of yours: after `Unknown`, look at the position and its orders.
    pub struct ClosePosition closed {
        position_id = "positionID": PositionId,
        order_type = "type": OrderType,
        amount: Qty,
    }
    optional {
        /// Limit price; required for a limit order.
        price: Price,
    }
}

impl ClosePosition {
    /// Closes by a limit order; `amount` is in base currency.
    pub fn limit(position: impl Into<PositionId>, amount: impl Into<Qty>, price: impl Into<Price>) -> Self {
        Self::new(position, OrderType::Limit, amount).price(price)
    }

    /// Closes at the market; `amount` is in base currency.
    pub fn market(position: impl Into<PositionId>, amount: impl Into<Qty>) -> Self {
        Self::new(position, OrderType::Market, amount)
    }
}

impl Endpoint for ClosePosition {
    type Venue = Hibt;
    type Response = OrderAck;
    const SPEC: Spec =
        Spec::post("/v2/order/close").section(SECTION).signed().urgent().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::named("positionID", self.position_id.as_str())?;
        if self.order_type == OrderType::Limit && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order"));
        }
        Ok(())
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
    const SPEC: Spec = Spec::post("/v2/order/closeAll")
        .section(SECTION)
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::PRIVATE, 1);
}

model! {
    /// The orders that close positions.
    pub struct ClosingOrders {
        /// Their ids.
        #[serde(rename = "listOrderID", default, deserialize_with = "nullable")]
        pub list_order_id: Vec<OrderId>,
    }
}
