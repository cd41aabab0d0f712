//! Orders and conditional orders together.

use venue_core::{Amount, Contracts, Endpoint, Invalid, Millis, OrderId, Price, Rate, Spec, Symbol, model};

use super::{check, spec};
use crate::model::{
    Ack, EntrustId, EntrustType, MarketOrderLevel, OrderEntrustId, OrderEntrustType, OrderSide, OrderState,
    OrderType, Page, PositionSide, TimeInForce, TriggerPriceType,
};
use crate::venue::Pumpkin;

request! {
    /// Lists orders and conditional orders, page by page.
    ///
    /// `GET /v2/order-entrust/list` · signed · weight 2 · a read, may be repeated.
    pub struct ListOrderEntrusts {}
    optional {
        /// Orders only, or conditional ones only.
        entrust_kind = "type": OrderEntrustType,
        /// One contract only.
        symbol: Symbol,
        /// Those in this state only.
        state: OrderState,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Forced closes only, or none of them.
        force_close: bool,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
    }
}

impl Endpoint for ListOrderEntrusts {
    type Venue = Pumpkin;
    type Response = Page<OrderEntrust>;
    const SPEC: Spec = spec::account(2, "/v2/order-entrust/list");
}

// A row made in between moves the rows on by one.
paged!(ListOrderEntrusts by number: OrderEntrust, id);

model! {
    /// An order or a conditional order. What is only of the other is absent.
    #[serde(rename_all = "camelCase")]
    pub struct OrderEntrust {
        /// Its id.
        pub id: OrderEntrustId,
        /// Which of the two it is.
        #[serde(rename = "type")]
        pub entrust_kind?: OrderEntrustType,
        /// Contract.
        pub symbol: Symbol,
        /// Type.
        pub order_type?: OrderType,
        /// Which way it goes.
        pub order_side?: OrderSide,
        /// Position it acts on.
        pub position_side?: PositionSide,
        /// How it may execute.
        pub time_in_force?: TimeInForce,
        /// Whether a condition made it, to close the position in full.
        pub close_position?: bool,
        /// Limit price; 0 for a market order.
        pub price?: Price,
        /// Size, in contracts.
        pub orig_qty?: Contracts,
        /// Average price of what has traded.
        pub avg_price?: Price,
        /// How much has traded, in contracts.
        pub executed_qty?: Contracts,
        /// Margin that it holds.
        pub margin_frozen?: Amount,
        /// Price that triggers the take-profit.
        pub trigger_profit_price?: Price,
        /// Price that triggers the stop-loss.
        pub trigger_stop_price?: Price,
        /// Leverage.
        pub leverage?: Rate,
        /// The order that a condition belongs to.
        pub entrust_order_id?: OrderId,
        /// Profit or loss of closing.
        pub close_profit?: Amount,
        /// State.
        pub state?: OrderState,
        /// When it was made.
        pub created_time?: Millis,
        /// Kind of conditional order.
        pub entrust_type?: EntrustType,
        /// The trigger price.
        pub stop_price?: Price,
        /// Which price the trigger looks at.
        pub trigger_price_type?: TriggerPriceType,
        /// Whether it is an ordinary conditional order; what else there is, is not said.
        pub is_ordinary?: bool,
        /// How many levels of the book a market order may go through.
        pub market_order_level?: MarketOrderLevel,
        /// Whether it is a forced close.
        pub force_close?: bool,
    }
}

request! {
    /// Cancels one order, or one conditional order.
    ///
    /// `POST /v2/order-entrust/cancel` · signed · weight 5 · may be repeated.
    pub struct CancelOrderEntrust { entrust_kind = "type": OrderEntrustType, id: OrderEntrustId }
}

impl CancelOrderEntrust {
    /// An order.
    pub fn order(id: &OrderId) -> Self {
        Self::new(OrderEntrustType::Order, id.as_str())
    }

    /// A conditional order.
    pub fn entrust(id: &EntrustId) -> Self {
        Self::new(OrderEntrustType::Entrust, id.as_str())
    }
}

impl Endpoint for CancelOrderEntrust {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(5, "/v2/order-entrust/cancel").safe().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::named("id", self.id.as_str())
    }
}

request! {
    /// Cancels **all** orders and conditional orders of the account, of every symbol.
    ///
    /// `POST /v2/order-entrust/cancel-all` without a symbol · signed · weight 8 · never repeated by itself. See
    /// [`CancelSymbolOrderEntrusts`] for those of one symbol.
    pub struct CancelAllOrderEntrusts {}
}

impl Endpoint for CancelAllOrderEntrusts {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(8, "/v2/order-entrust/cancel-all").sweeping().urgent();
}

request! {
    /// Cancels **all** orders and conditional orders of one symbol.
    ///
    /// `POST /v2/order-entrust/cancel-all` · signed · weight 8 · never repeated by itself.
    pub struct CancelSymbolOrderEntrusts { symbol: Symbol }
}

impl Endpoint for CancelSymbolOrderEntrusts {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(8, "/v2/order-entrust/cancel-all").sweeping().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}
