//! Own trades.

use venue_core::{
    Amount, Asset, Endpoint, Invalid, Millis, OrderId, Price, Qty, Spec, Symbol, TradeId, model,
};

use super::check;
use crate::limits;
use crate::model::{DeductType, Direction, OrderBizType, OrderType, Page, Side, TakerMaker};
use crate::venue::WexSpot;

request! {
    /// Lists own trades, page by page.
    ///
    /// `GET /v4/trade` · signed · 10 per s per key (assumed).
    pub struct GetTrades {}
    optional {
        /// One symbol only.
        symbol: Symbol,
        /// Trades on this account only.
        biz_type: OrderBizType,
        /// Of buys or of sells only.
        order_side: Side,
        /// Of orders of this type only.
        order_type: OrderType,
        /// Of this order only.
        order_id: OrderId,
        /// The trade from which the page is seen.
        from_id: TradeId,
        /// Which page, seen from `fromId`; the one after is what going on asks for when none is given.
        direction: Direction,
        /// How many, up to 100; 20 by default.
        limit: u32,
        /// From this time on.
        start_time: Millis,
        /// Up to this time.
        end_time: Millis,
    }
}

impl Endpoint for GetTrades {
    type Venue = WexSpot;
    type Response = Page<Trade>;
    const SPEC: Spec = Spec::get("/v4/trade").section("Trade").signed().cost(&limits::TRADES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=100)?;
        if let Some(id) = &self.order_id {
            check::number("orderId", id.as_str())?;
        }
        self.from_id.as_ref().map_or(Ok(()), |id| check::number("fromId", id.as_str()))
    }
}

paged!(GetTrades: Trade by trade_id, 20 rows);

model! {
    /// An own trade.
    #[serde(rename_all = "camelCase")]
    pub struct Trade {
        /// Symbol; in upper case by the documentation, in lower case on the wire.
        pub symbol: Symbol,
        /// Its id.
        pub trade_id: TradeId,
        /// The order that traded.
        pub order_id?: OrderId,
        /// Which way the order goes.
        pub order_side?: Side,
        /// The order's type.
        pub order_type?: OrderType,
        /// The account that it was made on.
        pub biz_type?: OrderBizType,
        /// When it was made.
        pub time?: Millis,
        /// Price, in quote currency.
        pub price: Price,
        /// How much, in base currency.
        pub quantity: Qty,
        /// What was paid for it, in quote currency.
        pub quote_qty?: Amount,
        /// Base currency.
        pub base_currency?: Asset,
        /// Quote currency.
        pub quote_currency?: Asset,
        /// Which side of it the order was.
        pub taker_maker?: TakerMaker,
        /// What the fee was paid with, where that is not the fee's own currency.
        pub deduct_type?: DeductType,
        /// How much of the fee a coupon paid.
        pub deduct_fee?: Amount,
        /// Fee; an amount of the platform's currency where that paid it.
        pub fee?: Amount,
        /// Currency of the fee.
        pub fee_currency?: Asset,
        /// How much of a coupon was used.
        pub coupon_amount?: Amount,
        /// Currency of the coupon; may be spelled in another case than the others.
        pub coupon_currency?: Asset,
    }
}
