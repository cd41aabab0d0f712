//! Conditional (plan) orders: an order that is placed when a price is reached.

use venue_core::wire::ObjectOr;
use venue_core::{Contracts, Endpoint, Invalid, Millis, Price, Spec, Symbol, model};

use super::{check, spec};
use crate::model::{
    Ack, EntrustId, EntrustState, EntrustType, MarketOrderLevel, OrderSide, Page, PageDirection, PositionId,
    PositionSide, TimeInForce, TriggerPriceType,
};
use crate::venue::Pumpkin;

request! {
    /// Creates a conditional order: once the trigger price is reached, the venue places a limit or a market
    /// order by itself.
    ///
    /// `POST /v2/entrust/create-plan` · signed · weight 10 · never repeated by itself, and it takes no id of
    /// yours: after `Unknown`, look through [`ListPlanEntrusts`]. Sizes are whole contracts; the trigger price
    /// is a multiple of the contract's price step.
    pub struct CreatePlanEntrust closed {
        symbol: Symbol,
        entrust_type: EntrustType,
        order_side: OrderSide,
        position_side: PositionSide,
        time_in_force: TimeInForce,
        orig_qty: Contracts,
        /// The trigger price.
        stop_price: Price,
        trigger_price_type: TriggerPriceType,
    }
    optional {
        /// The order's price; required for a limit order.
        price: Price,
        /// How many levels of the book a market order may go through.
        market_order_level: MarketOrderLevel,
        /// The position that is closed; required where the order closes one: a buy of a short, a sell of a
        /// long.
        position_id: PositionId,
        /// When it is given up.
        expire_time: Millis,
    }
}

impl CreatePlanEntrust {
    /// A limit order (`STOP`) at this price, when the last traded price reaches the trigger; it then rests
    /// until cancelled.
    pub fn limit(
        symbol: impl Into<Symbol>,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        price: impl Into<Price>,
        stop_price: impl Into<Price>,
    ) -> Self {
        let (stop, latest) = (EntrustType::Stop, TriggerPriceType::LatestPrice);
        Self::new(symbol, stop, order_side, position_side, TimeInForce::Gtc, orig_qty, stop_price, latest)
            .price(price)
    }

    /// A market order (`STOP_MARKET`), when the last traded price reaches the trigger; what trades at once,
    /// the rest is cancelled.
    pub fn market(
        symbol: impl Into<Symbol>,
        order_side: OrderSide,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
        stop_price: impl Into<Price>,
    ) -> Self {
        let (stop, latest) = (EntrustType::StopMarket, TriggerPriceType::LatestPrice);
        Self::new(symbol, stop, order_side, position_side, TimeInForce::Ioc, orig_qty, stop_price, latest)
    }

    /// Another kind of conditional order. Not all that are named are explained.
    pub fn entrust_type(mut self, entrust_type: EntrustType) -> Self {
        self.entrust_type = entrust_type;
        self
    }

    /// Which price the trigger looks at.
    pub fn trigger_price_type(mut self, trigger_price_type: TriggerPriceType) -> Self {
        self.trigger_price_type = trigger_price_type;
        self
    }

    /// How the order may execute.
    pub fn time_in_force(mut self, time_in_force: TimeInForce) -> Self {
        self.time_in_force = time_in_force;
        self
    }
}

impl Endpoint for CreatePlanEntrust {
    type Venue = Pumpkin;
    type Response = CreatedPlanEntrust;
    const SPEC: Spec = spec::trade(10, "/v2/entrust/create-plan");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::qty(self.orig_qty)?;
        if !self.orig_qty.decimal().fract().is_zero() {
            return Err(Invalid::new(format!("origQty {}: whole contracts", self.orig_qty)));
        }
        if self.entrust_type == EntrustType::Stop && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order (STOP)"));
        }
        let closes = match self.order_side {
            OrderSide::Buy => self.position_side == PositionSide::Short,
            OrderSide::Sell => self.position_side == PositionSide::Long,
            OrderSide::Other(_) => false,
        };
        match &self.position_id {
            None if closes => Err(Invalid::new("positionId is required for an order that closes a position")),
            None => Ok(()),
            Some(id) => check::named("positionId", id.as_str()),
        }
    }
}

model! {
    /// A conditional order that was created.
    #[serde(rename_all = "camelCase", from = "ObjectOr<PlanEntrustMade, EntrustId>")]
    pub struct CreatedPlanEntrust {
        /// Its id.
        pub entrust_id: EntrustId,
        /// Contract.
        pub symbol?: Symbol,
        /// Kind.
        pub entrust_type?: EntrustType,
        /// State.
        pub state?: EntrustState,
    }
}

model! {
    /// The documented form of the answer; the bare id is accepted too.
    #[serde(rename_all = "camelCase")]
    struct PlanEntrustMade {
        entrust_id: EntrustId,
        symbol?: Symbol,
        entrust_type?: EntrustType,
        state?: EntrustState,
    }
}

impl From<ObjectOr<PlanEntrustMade, EntrustId>> for CreatedPlanEntrust {
    fn from(made: ObjectOr<PlanEntrustMade, EntrustId>) -> Self {
        match made {
            ObjectOr::Other(entrust_id) => Self { entrust_id, symbol: None, entrust_type: None, state: None },
            ObjectOr::Object(PlanEntrustMade { entrust_id, symbol, entrust_type, state }) => {
                Self { entrust_id, symbol, entrust_type, state }
            }
        }
    }
}

request! {
    /// Cancels one conditional order.
    ///
    /// `POST /v2/entrust/cancel-plan` · signed · weight 5 · may be repeated.
    pub struct CancelPlanEntrust { entrust_id: EntrustId }
}

impl Endpoint for CancelPlanEntrust {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(5, "/v2/entrust/cancel-plan").safe().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::named("entrustId", self.entrust_id.as_str())
    }
}

request! {
    /// Cancels **all** conditional orders of the account, of every symbol.
    ///
    /// `POST /v2/entrust/cancel-all-plan` without a symbol · signed · weight 8 · never repeated by itself. See
    /// [`CancelSymbolPlanEntrusts`] for those of one symbol.
    pub struct CancelAllPlanEntrusts {}
}

impl Endpoint for CancelAllPlanEntrusts {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(8, "/v2/entrust/cancel-all-plan").sweeping().urgent();
}

request! {
    /// Cancels **all** conditional orders of one symbol.
    ///
    /// `POST /v2/entrust/cancel-all-plan` · signed · weight 8 · never repeated by itself.
    pub struct CancelSymbolPlanEntrusts { symbol: Symbol }
}

impl Endpoint for CancelSymbolPlanEntrusts {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(8, "/v2/entrust/cancel-all-plan").sweeping().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

request! {
    /// Lists conditional orders, row after row.
    ///
    /// `GET /v2/entrust/plan-list` · signed · weight 2 · a read, may be repeated.
    pub struct ListPlanEntrusts {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Those in this state only.
        state: EntrustState,
        /// Goes on from this one.
        id: EntrustId,
        /// How many; 10 by default.
        limit: u32,
        /// Which way.
        direction: PageDirection,
    }
}

impl Endpoint for ListPlanEntrusts {
    type Venue = Pumpkin;
    type Response = Page<PlanEntrust>;
    const SPEC: Spec = spec::account(2, "/v2/entrust/plan-list");
}

paged!(ListPlanEntrusts by row: PlanEntrust, entrust_id);

request! {
    /// Lists past conditional orders, row after row: those that neither wait nor are being triggered.
    ///
    /// `GET /v2/entrust/plan-list-history` · signed · weight 2 · a read, may be repeated.
    pub struct ListPlanEntrustHistory {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Goes on from this one.
        id: EntrustId,
        /// Which way.
        direction: PageDirection,
        /// How many; 10 by default.
        limit: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListPlanEntrustHistory {
    type Venue = Pumpkin;
    type Response = Page<PlanEntrust>;
    const SPEC: Spec = spec::account(2, "/v2/entrust/plan-list-history");
}

paged!(ListPlanEntrustHistory by row: PlanEntrust, entrust_id);

request! {
    /// Gives one conditional order.
    ///
    /// `GET /v2/entrust/plan-detail` · signed · weight 1 · a read, may be repeated.
    pub struct GetPlanEntrust { entrust_id: EntrustId }
}

impl Endpoint for GetPlanEntrust {
    type Venue = Pumpkin;
    type Response = PlanEntrust;
    const SPEC: Spec = spec::account(1, "/v2/entrust/plan-detail");

    fn check(&self) -> Result<(), Invalid> {
        check::named("entrustId", self.entrust_id.as_str())
    }
}

model! {
    /// A conditional order.
    #[serde(rename_all = "camelCase")]
    pub struct PlanEntrust {
        /// Its id.
        pub entrust_id: EntrustId,
        /// Contract.
        pub symbol: Symbol,
        /// Kind.
        pub entrust_type?: EntrustType,
        /// Which way its order goes.
        pub order_side?: OrderSide,
        /// Position that its order acts on.
        pub position_side?: PositionSide,
        /// How its order may execute.
        pub time_in_force?: TimeInForce,
        /// Whether it closes the whole position.
        pub close_position?: bool,
        /// Price of its order.
        pub price?: Price,
        /// Size, in contracts.
        pub orig_qty?: Contracts,
        /// The trigger price.
        pub stop_price?: Price,
        /// Which price the trigger looks at.
        pub trigger_price_type?: TriggerPriceType,
        /// Whether it is an ordinary one; what else there is, is not said.
        pub is_ordinary?: bool,
        /// State.
        pub state?: EntrustState,
        /// How many levels of the book its market order may go through.
        pub market_order_level?: MarketOrderLevel,
        /// When it was made.
        pub created_time?: Millis,
    }
}
