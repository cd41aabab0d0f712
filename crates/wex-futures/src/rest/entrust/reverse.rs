//! Reverse plans: trigger orders that close a position and open the opposite one. They can be listed only.

use venue_core::{ClientOrderId, Contracts, Endpoint, Millis, Price, Spec, Symbol, model};

use crate::limits;
use crate::model::{
    CloseType, CursorPage, EntrustId, EntrustState, EntrustType, OrderSide, PositionSide,
    ReversePlanPositionSide, ReversePlanPositionType, ReversePlanState, TimeInForce, TriggerPriceType,
};
use crate::venue::WexFutures;

request! {
    /// Lists reverse plans.
    ///
    /// `GET /future/trade/v1/entrust/reverse-plan-list` · signed · 10 per s per key, with all other
    /// signed requests.
    pub struct ListReversePlans {}
    optional {
        /// Of positions in this margin mode only.
        position_type: ReversePlanPositionType,
        /// Of long or short positions only.
        position_side: ReversePlanPositionSide,
        /// Those that close so much only.
        close_type: CloseType,
        /// In this state only.
        state: ReversePlanState,
        /// One contract only.
        symbol: Symbol,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
    }
}

impl Endpoint for ListReversePlans {
    type Venue = WexFutures;
    type Response = CursorPage<ReversePlan>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/reverse-plan-list")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListReversePlans by step: ReversePlan, entrust_id);

request! {
    /// Lists reverse plans of the past.
    ///
    /// `GET /future/trade/v1/entrust/reverse-plan-list-history` · signed · 10 per s per key, with all
    /// other signed requests. By the documentation it reaches five minutes back, which is hardly true of
    /// a history.
    pub struct ListReversePlanHistory {}
    optional {
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListReversePlanHistory {
    type Venue = WexFutures;
    type Response = CursorPage<ReversePlan>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/reverse-plan-list-history")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListReversePlanHistory by step: ReversePlan, entrust_id);

model! {
    /// A reverse plan; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct ReversePlan {
        /// The venue's id.
        pub entrust_id: EntrustId,
        /// Your own id, where one was given.
        pub client_order_id?: ClientOrderId,
        /// Contract.
        pub symbol: Symbol,
        /// What it does.
        pub entrust_type?: EntrustType,
        /// Which way its order goes.
        pub order_side?: OrderSide,
        /// Which position that closes.
        pub position_side?: PositionSide,
        /// How long its order lives.
        pub time_in_force?: TimeInForce,
        /// Whether it closes the whole position.
        pub close_position?: bool,
        /// Limit price of its order.
        pub price?: Price,
        /// Size of its order.
        pub orig_qty?: Contracts,
        /// Price that triggers it.
        pub stop_price?: Price,
        /// Which price that is.
        pub trigger_price_type?: TriggerPriceType,
        /// How much has closed.
        pub executed_qty?: Contracts,
        /// Average price of that.
        pub avg_price?: Price,
        /// How much has opened the other way.
        pub reverse_open_executed_qty?: Contracts,
        /// Average price of that.
        pub reverse_open_avg_price?: Price,
        /// State.
        pub state?: EntrustState,
        /// A description.
        pub desc?: String,
        /// When it was made.
        pub created_time?: Millis,
        /// When it last changed.
        pub updated_time?: Millis,
    }
}
