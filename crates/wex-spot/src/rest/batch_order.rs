//! Several orders at once.

use venue_core::{
    Amount, ClientOrderId, Empty, Endpoint, Error, Invalid, Kind, Lookup, OrderId, Outcome, Price, Qty, Rows,
    Spec, Symbol, model,
};

use super::check;
use super::order::{Order, check_price, lookup, order_constructors};
use crate::codes::CODES;
use crate::limits;
use crate::model::{BatchId, ClientBatchId, OrderBizType, OrderType, Side, TimeInForce};
use crate::venue::WexSpot;

request! {
    /// Looks several orders up by their ids.
    ///
    /// `GET /v4/batch-order` · signed · no limit documented.
    pub struct GetBatchOrders {
        /// The venue's ids of the orders, at least one; no largest number is documented.
        order_ids: Vec<OrderId> as comma,
    }
}

impl Endpoint for GetBatchOrders {
    type Venue = WexSpot;
    type Response = Rows<Order>;
    const SPEC: Spec = Spec::get("/v4/batch-order").section("Order").signed();

    fn check(&self) -> Result<(), Invalid> {
        check::order_ids(&self.order_ids)
    }
}

request! {
    /// An order of a batch.
    ///
    /// An element of [`SubmitBatchOrders`]. Quantities are in base currency.
    pub struct BatchOrder closed {
        symbol: Symbol,
        side: Side,
        order_type = "type": OrderType,
        time_in_force: TimeInForce,
        biz_type: OrderBizType,
    }
    optional {
        /// Limit price, in quote currency; required for a limit order.
        price: Price as number,
        /// Quantity, in base currency; required for a limit order and a market order by quantity.
        quantity: Qty as number,
        /// Amount to spend, in quote currency; required for a market order by amount.
        quote_qty: Amount as number,
        /// Your own id, 4 to 32 letters, digits and underscores; made for you when absent.
        client_order_id: ClientOrderId,
    }
}

order_constructors!(BatchOrder);

impl BatchOrder {
    fn check(&self) -> Result<(), Invalid> {
        check::own_id("clientOrderId", self.client_order_id.as_ref().map(ClientOrderId::as_str), 32)?;
        check_price(&self.order_type, self.price, self.quantity)?;
        if self.order_type == OrderType::Market && self.quantity.is_some() == self.quote_qty.is_some() {
            return Err(Invalid::new("a market order takes one of quantity and quoteQty"));
        }
        Ok(())
    }
}

request! {
    /// Places several orders at once.
    ///
    /// `POST /v4/batch-order` · signed · 30 per s per key · never repeated by itself: after `Unknown`, look
    /// the orders up by their client order ids. A success says that the batch was read; each row says what
    /// became of its order.
    pub struct SubmitBatchOrders {
        /// The orders; no largest number is documented.
        items: Vec<BatchOrder>,
    }
    optional {
        /// Your own id of the batch.
        client_batch_id: ClientBatchId,
    }
}

impl Endpoint for SubmitBatchOrders {
    type Venue = WexSpot;
    type Response = BatchAck;
    const SPEC: Spec =
        Spec::post("/v4/batch-order").section("Order").signed().cost(&limits::SUBMIT_BATCH_ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::own_id("clientBatchId", self.client_batch_id.as_ref().map(ClientBatchId::as_str), 32)?;
        if self.items.is_empty() {
            return Err(Invalid::new("items: at least one order"));
        }
        for (index, order) in self.items.iter().enumerate() {
            order.check().map_err(|error| Invalid::new(format!("items[{index}]: {error}")))?;
        }
        Ok(())
    }

    /// Each by your own id: gives an [`Order`].
    fn row_lookups(&self) -> Vec<(ClientOrderId, Lookup)> {
        let ids = self.items.iter().filter_map(|order| order.client_order_id.clone());
        ids.map(|id| (id.clone(), lookup(id))).collect()
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for order in &mut self.items {
            slot(&mut order.client_order_id);
        }
    }
}

model! {
    /// The venue read a batch.
    #[serde(rename_all = "camelCase")]
    pub struct BatchAck {
        /// Its id.
        pub batch_id?: BatchId,
        /// One row an order.
        #[serde(default)]
        pub items: Rows<BatchRow>,
    }
}

model! {
    /// What became of an order of a batch.
    #[serde(rename_all = "camelCase")]
    pub struct BatchRow {
        /// The order's place in the batch, from 0.
        pub index?: u32,
        /// Your own id.
        pub client_order_id?: ClientOrderId,
        /// The venue's id.
        pub order_id?: OrderId,
        /// Whether it was refused.
        pub reject?: bool,
        /// Why; there may be words beside an order that was taken, too.
        pub reason?: String,
    }
}

impl BatchRow {
    /// Whether the venue took the order: it has an id, and was not refused.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.order_id.is_some() && self.reject != Some(true)
    }

    /// The venue's id of the order, or what became of it instead.
    ///
    /// # Errors
    /// Why it was refused. A row with neither an id nor a refusal leaves the outcome unknown.
    pub fn result(&self) -> Result<&OrderId, Error> {
        let reason = self.reason.as_deref().unwrap_or_default();
        match (&self.order_id, self.reject) {
            // A code where there is one; the documented example has words.
            (_, Some(true)) if CODES.find(reason, "").is_some() => Err(CODES.error(reason, "")),
            (_, Some(true)) => Err(Error::new(Kind::Rejected, Outcome::Rejected, reason)),
            (Some(id), _) => Ok(id),
            (None, _) => {
                let words = format!("the row has neither an order id nor a refusal: {reason}");
                Err(Error::new(Kind::Decode, Outcome::Unknown, words))
            }
        }
    }
}

request! {
    /// Cancels several orders by their ids.
    ///
    /// `DELETE /v4/batch-order`, with a JSON body · signed · no limit documented · never repeated by
    /// itself. A success says that the cancels were taken, not that the orders are gone.
    pub struct CancelBatchOrders {
        /// The venue's ids of the orders, at least one.
        order_ids: Vec<OrderId> as number,
    }
    optional {
        /// Your own id of the batch. What it adds to the list of ids is not documented.
        client_batch_id: ClientBatchId,
    }
}

impl Endpoint for CancelBatchOrders {
    type Venue = WexSpot;
    type Response = Empty;
    const SPEC: Spec = Spec::delete("/v4/batch-order").section("Order").json().signed().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::order_ids(&self.order_ids)?;
        check::own_id("clientBatchId", self.client_batch_id.as_ref().map(ClientBatchId::as_str), 32)
    }
}
