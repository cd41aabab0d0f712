//! Conditional orders: placed by the venue when a price triggers them.

use venue_core::{
    Amount, ClientOrderId, Endpoint, Error, Invalid, Millis, Price, Qty, Rate, Rows, Spec, Symbol, model,
    one_of, paged,
};

use super::{Exits, SECTION};
use crate::limits;
use crate::model::{ConditionalStatus, EntrustId, Page, Side, TriggerType};
use crate::rest::check;
use crate::venue::Hibt;

request! {
    /// Adds an order that is placed when a price reaches its trigger.
    ///
    /// `POST /v2/entrust/add` · signed · 10 per 1 s per key (assumed) · never repeated by itself. The lists
    /// don't tell your own id, so that one of unknown fate can only be told by its terms, or cancelled by
    /// that id. Sizes are units of the base currency.
    pub struct AddConditionalOrder {
        symbol: Symbol,
        side: Side,
        /// Which price triggers it.
        trigger_type: TriggerType,
        /// The price that triggers it.
        trigger_price: Price,
        amount: Qty,
        leverage: u32,
    }
    optional {
        /// Your own id; made for you when absent.
        custom_id = "customID": ClientOrderId,
        /// Price of the order that is placed. What is placed without it is not documented; presumably a
        /// market order.
        price: Price,
        /// What triggers take-profit and stop-loss; required with either.
        sp_sl_trigger_type: TriggerType,
        /// Take-profit; see [`take_profit`](Self::take_profit).
        sp_price: Price,
        /// Stop-loss; see [`stop_loss`](Self::stop_loss).
        sl_price: Price,
        /// Whether there is a take-profit. Here the venue writes it with a capital.
        is_set_sp = "IsSetSp": bool,
        /// Whether there is a stop-loss. Here the venue writes it with a capital.
        is_set_sl = "IsSetSl": bool,
    }
}

impl AddConditionalOrder {
    /// Sets a take-profit with the position. One trigger serves take-profit and stop-loss.
    pub fn take_profit(self, price: impl Into<Price>, trigger: TriggerType) -> Self {
        self.is_set_sp(true).sp_price(price).sp_sl_trigger_type(trigger)
    }

    /// Sets a stop-loss with the position. One trigger serves take-profit and stop-loss.
    pub fn stop_loss(self, price: impl Into<Price>, trigger: TriggerType) -> Self {
        self.is_set_sl(true).sl_price(price).sp_sl_trigger_type(trigger)
    }
}

impl Endpoint for AddConditionalOrder {
    type Venue = Hibt;
    type Response = ConditionalOrder;
    const SPEC: Spec = Spec::post("/v2/entrust/add").section(SECTION).signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        Exits {
            take_profit: (self.is_set_sp, self.sp_price, ["IsSetSp", "spPrice"]),
            stop_loss: (self.is_set_sl, self.sl_price, ["IsSetSl", "slPrice"]),
            trigger: (self.sp_sl_trigger_type.as_ref(), "spSlTriggerType"),
        }
        .check()
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.custom_id);
    }
}

one_of! {
    /// Which conditional order.
    pub enum ConditionalRef {
        /// By the venue's id.
        Id(EntrustId) = "entrustID",
        /// By your own id.
        ClientId(ClientOrderId) = "customID",
    }
}

request! {
    /// Cancels a conditional order.
    ///
    /// `POST /v2/entrust/cancel` · signed · 10 per 1 s per key (assumed) · may be repeated. The answer
    /// lists the ids that were cancelled; an empty one is an error here, of unknown outcome.
    pub struct CancelConditionalOrder { symbol: Symbol, order: ConditionalRef }
}

impl Endpoint for CancelConditionalOrder {
    type Venue = Hibt;
    /// The ids of what was cancelled.
    type Response = Vec<EntrustId>;
    const SPEC: Spec =
        Spec::post("/v2/entrust/cancel").section(SECTION).signed().safe().urgent().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.order {
            ConditionalRef::Id(id) => check::named("entrustID", id.as_str()),
            ConditionalRef::ClientId(id) => check::named("customID", id.as_str()),
        }
    }

    fn verify(response: &Vec<EntrustId>) -> Result<(), Error> {
        if response.is_empty() {
            return Err(Error::unsaid("the conditional order was cancelled"));
        }
        Ok(())
    }
}

request! {
    /// Lists the conditional orders that wait for their trigger.
    ///
    /// `GET /v2/entrust/unFinish` · signed · 10 per 1 s per key (assumed) · a read, may be repeated.
    pub struct GetUnfinishedConditionalOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for GetUnfinishedConditionalOrders {
    type Venue = Hibt;
    type Response = Rows<ConditionalOrder>;
    const SPEC: Spec = Spec::get("/v2/entrust/unFinish").section(SECTION).signed().cost(&limits::PRIVATE, 1);
}

request! {
    /// Lists the conditional orders that were placed or cancelled, page by page.
    ///
    /// `GET /v2/entrust/finished` · signed · 10 per 1 s per key (assumed) · a read, may be repeated.
    pub struct GetFinishedConditionalOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Page; presumably from 1, and the first by default.
        page_index: u32,
        /// Rows a page; 50 at most.
        page_size: u32,
    }
}

impl Endpoint for GetFinishedConditionalOrders {
    type Venue = Hibt;
    type Response = Page<ConditionalOrder>;
    const SPEC: Spec = Spec::get("/v2/entrust/finished").section(SECTION).signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("pageSize", self.page_size, 1..=limits::PAGE)
    }
}

// An order that finishes in between moves the rows on by one.
paged! {
    GetFinishedConditionalOrders: ConditionalOrder by id in data, |request, page| {
        let next = page.next_index(request.page_index)?;
        Some(request.clone().page_index(next))
    }
}

model! {
    /// A conditional order. It doesn't carry your own id.
    #[serde(rename_all = "camelCase")]
    pub struct ConditionalOrder {
        /// The venue's id.
        pub id: EntrustId,
        /// Contract.
        pub symbol: Symbol,
        /// Leverage.
        pub leverage?: Rate,
        /// Which price triggers it.
        pub trigger_type?: TriggerType,
        /// The price that triggers it.
        pub trigger_price?: Price,
        /// State.
        pub status?: ConditionalStatus,
        /// Which way it goes.
        pub side?: Side,
        /// Price of the order that is placed.
        pub price?: Price,
        /// Price at which the order was placed when it triggered.
        pub start_price?: Price,
        /// Size, in base currency.
        pub amount?: Qty,
        /// What triggers take-profit and stop-loss.
        pub sp_sl_trigger_type?: TriggerType,
        /// Take-profit.
        pub sp_price?: Price,
        /// Stop-loss.
        pub sl_price?: Price,
        /// Whether there is a take-profit.
        #[serde(alias = "IsSetSp")]
        pub is_set_sp?: bool,
        /// Whether there is a stop-loss.
        #[serde(alias = "IsSetSl")]
        pub is_set_sl?: bool,
        /// Margin that it holds.
        pub frozen?: Amount,
        /// When it was made.
        pub created_at?: Millis,
        /// When it last changed.
        pub updated_at?: Millis,
    }
}
