//! Trailing orders: they follow the market at a distance.

use venue_core::{
    Contracts, Decimal, Empty, Endpoint, Invalid, OrderId, Permission, Price, Rate, Spec, Symbol, request,
};

use super::orders::OrderIds;
use crate::limits;
use crate::model::{OpenType, PriceType, Side};
use crate::rest::check;
use crate::venue::BitMart;

request! {
    /// Places a trailing order.
    ///
    /// `POST /contract/private/submit-trail-order` · signed · 24 per 2 s per account · never repeated by itself.
    /// It takes no id of yours: after `Unknown`, look through [`GetOpenOrders`](super::GetOpenOrders).
    pub struct SubmitTrailOrder {
        symbol: Symbol,
        side: Side,
        /// Leverage.
        leverage: Rate,
        /// Margin mode.
        open_type: OpenType,
        /// Size, in contracts.
        size: Contracts,
        /// Price from which it follows.
        activation_price: Price,
        /// How far it follows: 1 is one per cent; from 0.1 to 5.
        callback_rate: Rate,
        /// Which of the market's prices activates it.
        activation_price_type: PriceType,
    }
}

impl Endpoint for SubmitTrailOrder {
    type Venue = BitMart;
    type Response = OrderIds;
    const SPEC: Spec = Spec::post("/contract/private/submit-trail-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::SUBMIT_TRAIL_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::size(self.size)?;
        let range = Decimal::new(1, 1)..=Decimal::from(5);
        if self.callback_rate.decimal().is_some_and(|rate| range.contains(&rate)) {
            return Ok(());
        }
        Err(Invalid::new(format!("callback_rate {}: 0.1 to 5, in per cent", self.callback_rate)))
    }
}

request! {
    /// Cancels one trailing order.
    ///
    /// `POST /contract/private/cancel-trail-order` · signed · 24 per 2 s per account · may be repeated. A success
    /// says that the cancel was taken, not that the order is gone.
    pub struct CancelTrailOrder { symbol: Symbol, order_id: OrderId }
}

impl Endpoint for CancelTrailOrder {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-trail-order")
        .section("Futures Trading")
        .signed()
        .safe()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_TRAIL_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::named("order_id", self.order_id.as_str())
    }
}

request! {
    /// Cancels **all** trailing orders of a symbol, it must be supposed.
    ///
    /// `POST /contract/private/cancel-trail-order` without an id · signed · 24 per 2 s per account · never
    /// repeated by itself. The venue documents the id as optional without saying what its absence means; its
    /// other cancels then take every order of the symbol.
    pub struct CancelAllTrailOrders { symbol: Symbol }
}

impl Endpoint for CancelAllTrailOrders {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-trail-order")
        .section("Futures Trading")
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_TRAIL_ORDER, 1);
}
