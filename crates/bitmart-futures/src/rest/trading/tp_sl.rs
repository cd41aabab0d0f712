//! Take-profits and stop-losses: of a position, and preset with an order.

use venue_core::{
    ClientOrderId, Contracts, Endpoint, Invalid, OrderId, Permission, Price, Spec, Symbol, request,
};

use super::orders::{OrderIds, OrderRef};
use super::plan::Trigger;
use crate::limits;
use crate::model::{ExecutionType, PlanCategory, PriceType, Side, TpSlType};
use crate::rest::check;
use crate::venue::BitMart;

/// The documented rule: it closes, so only the two sides that close.
fn check_side(side: &Side) -> Result<(), Invalid> {
    match side {
        Side::BuyOpenLong | Side::SellOpenShort => {
            Err(Invalid::new(format!("side {side}: 2 or 3, a take-profit or stop-loss only closes")))
        }
        _ => Ok(()),
    }
}

request! {
    /// Places a take-profit or stop-loss for so many contracts of a position.
    ///
    /// `POST /contract/private/submit-tp-sl-order` · signed · 24 per 2 s per account · never repeated by itself:
    /// after `Unknown`, look through [`GetPlanOrders`](super::GetPlanOrders) for its client order id.
    pub struct SubmitTpSlOrder closed {
        symbol: Symbol,
        order_type = "type": TpSlType,
        side: Side,
        size: Contracts,
        trigger: Trigger,
        executive_price: Price,
    }
    optional {
        /// For this size or for the whole position; the constructors say this size, the venue's default is the
        /// whole position.
        plan_category: PlanCategory,
        /// Your own id, up to 32 letters and digits; made for you when absent.
        client_order_id: ClientOrderId,
        /// How it executes once it is triggered.
        category: ExecutionType,
    }
}

impl SubmitTpSlOrder {
    /// A take-profit over so many contracts, which executes at this price once it is triggered.
    pub fn take_profit(
        symbol: impl Into<Symbol>,
        side: Side,
        size: impl Into<Contracts>,
        trigger: Trigger,
        executive_price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, TpSlType::TakeProfit, side, size, trigger, executive_price)
            .plan_category(PlanCategory::TpSl)
    }

    /// A stop-loss over so many contracts, which executes at this price once it is triggered.
    pub fn stop_loss(
        symbol: impl Into<Symbol>,
        side: Side,
        size: impl Into<Contracts>,
        trigger: Trigger,
        executive_price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, TpSlType::StopLoss, side, size, trigger, executive_price)
            .plan_category(PlanCategory::TpSl)
    }
}

impl Endpoint for SubmitTpSlOrder {
    type Venue = BitMart;
    type Response = OrderIds;
    const SPEC: Spec = Spec::post("/contract/private/submit-tp-sl-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::SUBMIT_TP_SL_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_side(&self.side)?;
        check::size(self.size)?;
        check::client_order_id(self.client_order_id.as_ref())
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

request! {
    /// Places a take-profit or stop-loss that closes the **whole** position, whatever its size is then.
    ///
    /// `POST /contract/private/submit-tp-sl-order` without a size · signed · 24 per 2 s per account · never
    /// repeated by itself.
    pub struct SubmitPositionTpSl closed {
        symbol: Symbol,
        order_type = "type": TpSlType,
        side: Side,
        trigger: Trigger,
        executive_price: Price,
    }
    optional {
        /// For the whole position, which is the venue's default too.
        plan_category: PlanCategory,
        /// Your own id, up to 32 letters and digits; made for you when absent.
        client_order_id: ClientOrderId,
        /// How it executes once it is triggered; at the market by default.
        category: ExecutionType,
    }
}

impl SubmitPositionTpSl {
    /// A take-profit over the whole position.
    pub fn take_profit(
        symbol: impl Into<Symbol>,
        side: Side,
        trigger: Trigger,
        executive_price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, TpSlType::TakeProfit, side, trigger, executive_price)
            .plan_category(PlanCategory::PositionTpSl)
    }

    /// A stop-loss over the whole position.
    pub fn stop_loss(
        symbol: impl Into<Symbol>,
        side: Side,
        trigger: Trigger,
        executive_price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, TpSlType::StopLoss, side, trigger, executive_price)
            .plan_category(PlanCategory::PositionTpSl)
    }
}

impl Endpoint for SubmitPositionTpSl {
    type Venue = BitMart;
    type Response = OrderIds;
    const SPEC: Spec = Spec::post("/contract/private/submit-tp-sl-order")
        .section("Futures Trading")
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::SUBMIT_TP_SL_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_side(&self.side)?;
        check::client_order_id(self.client_order_id.as_ref())
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

request! {
    /// Changes a take-profit or stop-loss.
    ///
    /// `POST /contract/private/modify-tp-sl-order` · signed · 24 per 2 s per account · never repeated by itself.
    pub struct ModifyTpSlOrder {
        symbol: Symbol,
        order: OrderRef,
        /// What triggers it from now on.
        trigger: Trigger,
    }
    optional {
        /// Price once it is triggered; required with a size of its own.
        executive_price: Price,
        /// For a size of its own or for the whole position; the venue doesn't say what it takes when absent.
        plan_category: PlanCategory,
        /// How it executes once it is triggered; for the whole position at the market by default.
        category: ExecutionType,
    }
}

impl Endpoint for ModifyTpSlOrder {
    type Venue = BitMart;
    type Response = OrderIds;
    const SPEC: Spec = Spec::post("/contract/private/modify-tp-sl-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::MODIFY_TP_SL_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        self.order.check()?;
        if self.plan_category == Some(PlanCategory::TpSl) && self.executive_price.is_none() {
            return Err(Invalid::new("executive_price is required with plan_category 1"));
        }
        Ok(())
    }
}

request! {
    /// Changes the take-profit and stop-loss that were preset with an order.
    ///
    /// `POST /contract/private/modify-preset-plan-order` · signed · 24 per 2 s per account · never repeated by
    /// itself.
    pub struct ModifyPresetPlanOrder { order_id: OrderId, symbol: Symbol }
    optional {
        /// What triggers the take-profit; the last price by default.
        preset_take_profit_price_type: PriceType,
        /// What triggers the stop-loss; the last price by default.
        preset_stop_loss_price_type: PriceType,
        /// Take-profit.
        preset_take_profit_price: Price,
        /// Stop-loss.
        preset_stop_loss_price: Price,
    }
}

impl Endpoint for ModifyPresetPlanOrder {
    type Venue = BitMart;
    type Response = OrderIds;
    const SPEC: Spec = Spec::post("/contract/private/modify-preset-plan-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::MODIFY_PRESET_PLAN_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::named("order_id", self.order_id.as_str())
    }
}
