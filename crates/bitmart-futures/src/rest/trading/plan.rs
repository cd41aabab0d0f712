//! Plan orders: orders that wait for a trigger price.

use venue_core::wire::unset;
use venue_core::{
    ClientOrderId, Contracts, Empty, Endpoint, FieldInfo, Invalid, Millis, OrderId, Params, Part, Permission,
    Price, Rate, Rows, Source, Spec, Style, Symbol, model, request,
};

use super::orders::{OrderIds, OrderRef};
use crate::limits;
use crate::model::{
    ExecutionType, OpenType, OrderMode, OrderPrice, OrderState, PlanCategory, PlanFilter, PlanOrderType,
    PlanSubmitType, PositionMode, PriceType, PriceWay, Side, priced,
};
use crate::rest::check;
use crate::venue::BitMart;

/// What triggers an order: a price, and which of the market's prices must reach it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Trigger {
    /// The price.
    pub price: Price,
    /// Which of the market's prices.
    pub price_type: PriceType,
}

impl Trigger {
    /// When this is the last traded price.
    pub fn last(price: impl Into<Price>) -> Self {
        Self { price: price.into(), price_type: PriceType::Last }
    }

    /// When this is the fair (mark) price.
    pub fn fair(price: impl Into<Price>) -> Self {
        Self { price: price.into(), price_type: PriceType::Fair }
    }
}

impl venue_core::Accept for Trigger {
    type Kind = venue_core::Converted;
}

impl Part for Trigger {
    fn write<'a>(&'a self, _: &'static str, _: Option<Style>, out: &mut Params<'a>) {
        self.price.write("trigger_price", None, out);
        self.price_type.write("price_type", None, out);
    }

    fn take(_: &'static str, source: &mut Source<'_>) -> Result<Option<Self>, Invalid> {
        let price = Price::take("trigger_price", source)?;
        let price_type = PriceType::take("price_type", source)?;
        Ok(Some(Self {
            price: price.ok_or_else(|| Invalid::missing::<Price>("trigger_price"))?,
            price_type: price_type.ok_or_else(|| Invalid::missing::<PriceType>("price_type"))?,
        }))
    }

    fn describe(_: &'static str, required: bool, out: &mut Vec<FieldInfo>) {
        Price::describe("trigger_price", required, out);
        PriceType::describe("price_type", required, out);
    }
}

request! {
    /// Places an order that waits for a trigger price.
    ///
    /// `POST /contract/private/submit-plan-order` · signed · 24 per 2 s per account · never repeated by itself.
    /// It takes no id of yours: after `Unknown`, look through [`GetPlanOrders`].
    pub struct SubmitPlanOrder {
        symbol: Symbol,
        side: Side,
        /// Leverage.
        leverage: Rate,
        /// Margin mode.
        open_type: OpenType,
        /// Size, in contracts.
        size: Contracts,
        /// What triggers it.
        trigger: Trigger,
        /// Which way the market moves to the trigger.
        price_way: PriceWay,
    }
    optional {
        /// What it is once it is triggered: limit (the venue's default), market, take-profit or stop-loss.
        order_type = "type": PlanSubmitType,
        /// How the order may execute; until cancelled by default.
        mode: OrderMode,
        /// Limit price once it is triggered; required for a limit order.
        executive_price: Price,
        /// Of a take-profit or stop-loss: for a size of its own or the whole position.
        plan_category: PlanCategory,
        /// What triggers the take-profit; the last price by default.
        preset_take_profit_price_type: PriceType,
        /// What triggers the stop-loss; the last price by default.
        preset_stop_loss_price_type: PriceType,
        /// Take-profit to set with the position.
        preset_take_profit_price: Price,
        /// Stop-loss to set with the position.
        preset_stop_loss_price: Price,
    }
}

impl Endpoint for SubmitPlanOrder {
    type Venue = BitMart;
    type Response = OrderIds;
    const SPEC: Spec = Spec::post("/contract/private/submit-plan-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::SUBMIT_PLAN_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::size(self.size)?;
        let is_limit = !matches!(&self.order_type, Some(kind) if *kind != PlanSubmitType::Limit);
        if is_limit && self.executive_price.is_none() {
            return Err(Invalid::new("executive_price is required for a limit order"));
        }
        Ok(())
    }
}

request! {
    /// Changes trigger and price of a plan order.
    ///
    /// `POST /contract/private/modify-plan-order` · signed · 24 per 2 s per account · never repeated by itself.
    pub struct ModifyPlanOrder {
        symbol: Symbol,
        order_id: OrderId,
        /// What triggers it from now on.
        trigger: Trigger,
        /// What it is once it is triggered.
        order_type = "type": ExecutionType,
    }
    optional {
        /// Limit price once it is triggered; required for a limit order.
        executive_price: Price,
    }
}

impl Endpoint for ModifyPlanOrder {
    type Venue = BitMart;
    type Response = OrderIds;
    const SPEC: Spec = Spec::post("/contract/private/modify-plan-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::MODIFY_PLAN_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::named("order_id", self.order_id.as_str())?;
        if self.order_type == ExecutionType::Limit && self.executive_price.is_none() {
            return Err(Invalid::new("executive_price is required for a limit order"));
        }
        Ok(())
    }
}

request! {
    /// Cancels one plan order, take-profit or stop-loss.
    ///
    /// `POST /contract/private/cancel-plan-order` · signed · 40 per 2 s per account · may be repeated. A success
    /// says that the cancel was taken, not that the order is gone.
    pub struct CancelPlanOrder { symbol: Symbol, order: OrderRef }
}

impl Endpoint for CancelPlanOrder {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-plan-order")
        .section("Futures Trading")
        .signed()
        .safe()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_PLAN_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        self.order.check()
    }
}

request! {
    /// Cancels **all** plan orders of a symbol, its take-profits and stop-losses with them.
    ///
    /// `POST /contract/private/cancel-plan-order` without an id · signed · 40 per 2 s per account · never
    /// repeated by itself.
    pub struct CancelAllPlanOrders { symbol: Symbol }
}

impl Endpoint for CancelAllPlanOrders {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-plan-order")
        .section("Futures Trading")
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_PLAN_ORDER, 1);
}

request! {
    /// Lists plan orders that wait, take-profits and stop-losses among them.
    ///
    /// `GET /contract/private/current-plan-order` · keyed · 50 per 2 s per key.
    pub struct GetPlanOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Only those that execute so.
        order_type = "type": ExecutionType,
        /// How many; 100 by default and at most.
        limit: u32,
        /// Only plan orders, or only take-profits and stop-losses; all by default.
        plan_type: PlanFilter,
    }
}

impl Endpoint for GetPlanOrders {
    type Venue = BitMart;
    type Response = Rows<PlanOrder>;
    const SPEC: Spec = Spec::get("/contract/private/current-plan-order")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::CURRENT_PLAN_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=100)
    }
}

model! {
    /// A plan order that waits.
    pub struct PlanOrder {
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id, where one was given.
        pub client_order_id?: ClientOrderId,
        /// Limit price once it is triggered.
        #[serde(default, deserialize_with = "priced", skip_serializing_if = "Option::is_none")]
        pub executive_price: Option<OrderPrice>,
        /// Price that triggers it.
        pub trigger_price?: Price,
        /// Which of the market's prices triggers it.
        pub price_type?: PriceType,
        /// Which way the market moves to the trigger.
        pub price_way?: PriceWay,
        /// Size, in contracts.
        pub size?: Contracts,
        /// Contract.
        pub symbol: Symbol,
        /// State.
        pub state?: OrderState,
        /// What it does.
        pub side?: Side,
        /// How the order may execute.
        pub mode?: OrderMode,
        /// Position mode of the account.
        pub position_mode?: PositionMode,
        /// Of a take-profit or stop-loss: for a size of its own or the whole position.
        pub plan_category?: PlanCategory,
        /// What it is.
        #[serde(rename = "type")]
        pub order_type?: PlanOrderType,
        /// Leverage.
        pub leverage?: Rate,
        /// Margin mode.
        pub open_type?: OpenType,
        /// What triggers the take-profit.
        pub preset_take_profit_price_type?: PriceType,
        /// What triggers the stop-loss.
        pub preset_stop_loss_price_type?: PriceType,
        /// Take-profit.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub preset_take_profit_price: Option<Price>,
        /// Stop-loss.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub preset_stop_loss_price: Option<Price>,
        /// When it was made.
        pub create_time?: Millis,
        /// When it last changed.
        pub update_time?: Millis,
    }
}
