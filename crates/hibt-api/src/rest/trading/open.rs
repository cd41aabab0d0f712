//! Opening positions and adding to them.

use venue_core::{
    ClientOrderId, Endpoint, Error, Executed, Invalid, Lookup, OrderId, Price, Qty, Spec, Symbol, model,
};

use super::orders::{GetFinishedOrder, GetUnfinishedOrders};
use super::{Exits, SECTION};
use crate::codes;
use crate::limits;
use crate::model::{ByClientId, OrderType, Side, TriggerType};
use crate::venue::Hibt;

request! {
    /// Places an order that opens a position or adds to one.
    ///
    /// `POST /v2/order/open` · signed · 10 per 1 s per key (assumed) · never repeated by itself: after
    /// `Unknown`, `client.resolve` looks for your own id among the unfinished and the finished orders.
    /// Sizes are units of the base currency.
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
        leverage: u32,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, OrderType::Limit, side, amount, leverage).price(price)
    }

    /// A market order.
    pub fn market(symbol: impl Into<Symbol>, side: Side, amount: impl Into<Qty>, leverage: u32) -> Self {
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

impl Endpoint for OpenOrder {
    type Venue = Hibt;
    type Response = OrderAck;
    const SPEC: Spec = Spec::post("/v2/order/open").section(SECTION).signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        if self.order_type == OrderType::Limit && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order"));
        }
        Exits {
            take_profit: (self.is_set_sp, self.sp_price, ["isSetSp", "spPrice"]),
            stop_loss: (self.is_set_sl, self.sl_price, ["isSetSl", "slPrice"]),
            trigger: (self.trigger_type.as_ref(), "triggerType"),
        }
        .check()
    }

    fn lookup(&self) -> Option<Lookup> {
        let id = self.custom_id.clone()?;
        let live = GetUnfinishedOrders::new().symbol(self.symbol.clone()).order(id.clone());
        let finished = GetFinishedOrder::new(self.symbol.clone(), id.clone());
        let mine = id.clone();
        // In this order: a live order may finish in between, and never the other way round.
        Some(
            Lookup::by(live, move |orders| {
                orders.iter().find(|order| order.custom_id.as_ref() == Some(&mine)).map(Executed::of)
            })
            .or(finished, move |order| {
                let is_it = order.custom_id.as_ref().is_none_or(|known| *known == id);
                is_it.then(|| Executed::of(order))
            }),
        )
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
    /// `POST /v2/order/batchOpen` · signed · 10 per 1 s per key (assumed) · never repeated by itself: after
    /// `Unknown`, look each order up by your own id, with [`GetUnfinishedOrders`] and [`GetFinishedOrder`].
    /// The answer knows orders by those ids only. How many fit is not documented, nor whether a batch
    /// counts as one request.
    pub struct BatchOpenOrders {
        /// The orders.
        items: Vec<OpenOrder>,
    }
}

impl Endpoint for BatchOpenOrders {
    type Venue = Hibt;
    type Response = OpenedOrders;
    const SPEC: Spec = Spec::post("/v2/order/batchOpen").section(SECTION).signed().cost(&limits::PRIVATE, 1);

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

    /// A batch has at least one order, so that a success without any says nothing.
    fn verify(response: &OpenedOrders) -> Result<(), Error> {
        if response.success.is_empty() && response.fail.is_empty() {
            return Err(Error::unsaid("any order of the batch was taken"));
        }
        Ok(())
    }

    /// Each by your own id, as one alone is.
    fn row_lookups(&self) -> Vec<(ClientOrderId, Lookup)> {
        let of = |order: &OpenOrder| Some((order.custom_id.clone()?, order.lookup()?));
        self.items.iter().filter_map(of).collect()
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        for order in &mut self.items {
            slot(&mut order.custom_id);
        }
    }
}

model! {
    /// What became of the orders of a batch. That it came says nothing of any one of them: see
    /// [`accepted`](Self::accepted).
    pub struct OpenedOrders {
        /// Orders that were taken: your id, and the venue's.
        #[serde(default)]
        pub success: ByClientId<OrderId>,
        /// Orders that were refused: your id, and the venue's words.
        #[serde(default)]
        pub fail: ByClientId<String>,
    }
}

impl OpenedOrders {
    /// The venue's id of the order with this id of yours.
    ///
    /// # Errors
    /// Why it was not taken. Of an order that the answer doesn't name, the outcome is unknown.
    pub fn accepted(&self, id: &ClientOrderId) -> Result<&OrderId, Error> {
        if let Some(words) = self.fail.get(id.as_str()) {
            return Err(codes::failed(words, &format!("order {id} was not taken")));
        }
        self.success.get(id.as_str()).ok_or_else(|| Error::unsaid(&format!("order {id} was taken")))
    }
}
