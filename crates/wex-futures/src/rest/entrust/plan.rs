//! Trigger (plan) orders: orders that are placed once a price is reached.

use venue_core::{
    ClientOrderId, Contracts, Endpoint, Executed, Invalid, Lookup, Millis, Price, Spec, Symbol, model,
};

use crate::limits;
use crate::model::{
    CursorPage, Direction, EntrustId, EntrustState, EntrustStateFilter, EntrustType, NumberedPage, OrderSide,
    PositionSide, Receipt, RecordId, TimeInForce, TriggerPriceType,
};
use crate::rest::rules::{check_given, check_size};
use crate::venue::WexFutures;

/// How many plans a look-up asks for, which can't name the one it is after.
const LOOKED_AT: u32 = 100;

request! {
    /// Places a trigger order: an order that is placed once a price is reached.
    ///
    /// `POST /future/trade/v1/entrust/create-plan` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself: after `Unknown`, its client order id is looked for in
    /// [`ListPlans`]. Sizes are contracts.
    pub struct CreatePlan closed {
        symbol: Symbol,
        order_side: OrderSide,
        entrust_type: EntrustType,
        orig_qty: Contracts,
        stop_price: Price as number,
        time_in_force: TimeInForce,
        trigger_price_type: TriggerPriceType,
        position_side: PositionSide,
    }
    optional {
        /// Limit price of the order, in quote currency; required where it is a limit order.
        price: Price as number,
        /// Your own id; made for you when absent. Neither length nor alphabet is documented.
        client_order_id: ClientOrderId,
    }
}

impl CreatePlan {
    /// One that places a limit order over so many contracts at `price`, once the price reaches `stop_price`.
    /// The last traded price is looked at unless [`looking_at`](Self::looking_at) says otherwise.
    pub fn limit(
        symbol: impl Into<Symbol>,
        entrust_type: EntrustType,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        stop_price: impl Into<Price>,
        price: impl Into<Price>,
    ) -> Self {
        let (tif, latest) = (TimeInForce::Gtc, TriggerPriceType::Latest);
        Self::new(symbol, order_side, entrust_type, orig_qty, stop_price, tif, latest, position_side)
            .price(price)
    }

    /// One that places a market order over so many contracts, once the price reaches `stop_price`; what
    /// does not trade at once is cancelled. The last traded price is looked at unless
    /// [`looking_at`](Self::looking_at) says otherwise.
    pub fn market(
        symbol: impl Into<Symbol>,
        entrust_type: EntrustType,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        stop_price: impl Into<Price>,
    ) -> Self {
        let (tif, latest) = (TimeInForce::Ioc, TriggerPriceType::Latest);
        Self::new(symbol, order_side, entrust_type, orig_qty, stop_price, tif, latest, position_side)
    }

    /// Which price triggers it.
    pub fn looking_at(mut self, trigger_price_type: TriggerPriceType) -> Self {
        self.trigger_price_type = trigger_price_type;
        self
    }

    /// How long the order lives that it places.
    pub fn living(mut self, time_in_force: TimeInForce) -> Self {
        self.time_in_force = time_in_force;
        self
    }
}

impl Endpoint for CreatePlan {
    type Venue = WexFutures;
    type Response = Receipt<EntrustId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/create-plan")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_size(self.orig_qty)?;
        match self.entrust_type {
            EntrustType::TakeProfit | EntrustType::Stop if self.price.is_none() => {
                Err(Invalid::new("price is required for a trigger order that places a limit order"))
            }
            EntrustType::TakeProfitMarket | EntrustType::StopMarket
                if matches!(self.time_in_force, TimeInForce::Gtc | TimeInForce::Gtx) =>
            {
                Err(Invalid::new("timeInForce: IOC or FOK for a trigger order that places a market order"))
            }
            _ => Ok(()),
        }
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }

    /// By your own id, in the latest of the plans that wait and then of those that are done: gives a [`Plan`].
    fn lookup(&self) -> Option<Lookup> {
        let id = self.client_order_id.clone()?;
        let list = |state| ListPlans::new(state).symbol(&self.symbol).size(LOOKED_AT);
        let (live, past) = (list(EntrustStateFilter::Unfinished), list(EntrustStateFilter::History));
        let find = move |page: &NumberedPage<Plan>| {
            page.items.iter().find(|plan| plan.client_order_id.as_ref() == Some(&id)).map(Executed::of)
        };
        Some(Lookup::by_in_part(live, find.clone(), NumberedPage::is_whole).or_in_part(
            past,
            find,
            NumberedPage::is_whole,
        ))
    }
}

request! {
    /// Cancels one trigger order.
    ///
    /// `POST /future/trade/v1/entrust/cancel-plan` · signed · 10 per s per key, with all other signed
    /// requests · may be repeated.
    pub struct CancelPlan { entrust_id: EntrustId }
}

impl Endpoint for CancelPlan {
    type Venue = WexFutures;
    type Response = Receipt<EntrustId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/cancel-plan")
        .section("Entrust")
        .signed()
        .safe()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_given("entrustId", self.entrust_id.as_str())
    }
}

request! {
    /// Cancels **all** trigger orders of a symbol.
    ///
    /// `POST /future/trade/v1/entrust/cancel-all-plan` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct CancelAllPlansOfSymbol { symbol: Symbol }
}

impl Endpoint for CancelAllPlansOfSymbol {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/cancel-all-plan")
        .section("Entrust")
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_given("symbol", self.symbol.as_str())
    }
}

request! {
    /// Lists trigger orders in a state.
    ///
    /// `GET /future/trade/v1/entrust/plan-list` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListPlans { state: EntrustStateFilter }
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListPlans {
    type Venue = WexFutures;
    type Response = NumberedPage<Plan>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/plan-list")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListPlans by number: Plan, entrust_id);

request! {
    /// Gives one trigger order; `None` when there is none.
    ///
    /// `GET /future/trade/v1/entrust/plan-detail` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct GetPlanDetail { entrust_id: EntrustId }
}

impl Endpoint for GetPlanDetail {
    type Venue = WexFutures;
    type Response = Option<Plan>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/plan-detail")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists trigger orders of the past.
    ///
    /// `GET /future/trade/v1/entrust/plan-list-history` · signed · 10 per s per key, with all other
    /// signed requests.
    pub struct ListPlanHistory {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this trigger order; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListPlanHistory {
    type Venue = WexFutures;
    type Response = CursorPage<Plan>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/plan-list-history")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListPlanHistory by id: Plan, entrust_id);

model! {
    /// A trigger order; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct Plan {
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
        /// Which position that acts on.
        pub position_side?: PositionSide,
        /// How long its order lives.
        pub time_in_force?: TimeInForce,
        /// Limit price of its order.
        pub price?: Price,
        /// Size of its order.
        pub orig_qty?: Contracts,
        /// Price that triggers it.
        pub stop_price?: Price,
        /// Which price that is.
        pub trigger_price_type?: TriggerPriceType,
        /// State.
        pub state?: EntrustState,
        /// Whether it closes the whole position.
        pub close_position?: bool,
        /// How deep into the book its market order may go.
        pub market_order_level?: i64,
        /// Not documented any further.
        pub ordinary?: bool,
        /// When it was made.
        pub created_time?: Millis,
    }
}
