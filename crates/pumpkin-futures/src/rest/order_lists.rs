//! Orders and trades, as the venue has them.

use venue_core::{
    Amount, Asset, ClientOrderId, Contracts, Endpoint, Invalid, Millis, OrderId, Price, Rows, Spec, Symbol,
    TradeId, model,
};

use super::{check, spec};
use crate::model::{
    EntrustId, OrderSide, OrderState, OrderType, Page, PageDirection, PositionSide, TimeInForce,
};
use crate::venue::Pumpkin;

request! {
    /// Lists orders, page by page.
    ///
    /// `GET /v2/order/list` · signed · weight 2 · a read, may be repeated.
    pub struct ListOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// One state only, or those that are live ([`OrderState::Unfinished`]).
        state: OrderState,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
    }
}

impl Endpoint for ListOrders {
    type Venue = Pumpkin;
    type Response = Page<Order>;
    const SPEC: Spec = spec::account(2, "/v2/order/list");
}

// An order made in between moves the rows on by one.
paged!(ListOrders by number: Order, order_id);

request! {
    /// Lists past orders, row after row.
    ///
    /// `GET /v2/order/list-history` · signed · weight 2 · a read, may be repeated. How far back it goes is not
    /// documented.
    pub struct ListOrderHistory {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Goes on from this order.
        id: OrderId,
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

impl Endpoint for ListOrderHistory {
    type Venue = Pumpkin;
    type Response = Page<Order>;
    const SPEC: Spec = spec::account(2, "/v2/order/list-history");
}

paged!(ListOrderHistory by row: Order, order_id);

request! {
    /// Gives one order.
    ///
    /// `GET /v2/order/detail` · signed · weight 1 · a read, may be repeated. By the venue's id only.
    pub struct GetOrder { order_id: OrderId }
}

impl Endpoint for GetOrder {
    type Venue = Pumpkin;
    type Response = Order;
    const SPEC: Spec = spec::account(1, "/v2/order/detail");

    fn check(&self) -> Result<(), Invalid> {
        check::order_id(&self.order_id)
    }
}

request! {
    /// Lists the live orders of a contract that go one way.
    ///
    /// `GET /v2/order/listUnfinished` · signed · weight 1 · a read, may be repeated. `direction` is the orders'
    /// side, and all of them come at once.
    pub struct ListUnfinishedOrders { symbol: Symbol, direction: OrderSide }
}

impl Endpoint for ListUnfinishedOrders {
    type Venue = Pumpkin;
    type Response = Rows<Order>;
    const SPEC: Spec = spec::account(1, "/v2/order/listUnfinished");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

request! {
    /// Lists the live orders of several contracts.
    ///
    /// `GET /v2/order/all/listUnfinished` · signed · weight 1 · a read, may be repeated.
    pub struct ListAllUnfinishedOrders {
        /// The contracts.
        list: Vec<Symbol> as comma,
    }
}

impl Endpoint for ListAllUnfinishedOrders {
    type Venue = Pumpkin;
    type Response = Rows<Order>;
    const SPEC: Spec = spec::account(1, "/v2/order/all/listUnfinished");

    fn check(&self) -> Result<(), Invalid> {
        check::listed("list", &self.list)
    }
}

request! {
    /// Gives several orders by their ids.
    ///
    /// `POST /v2/order/list-by-ids` · signed · weight 1 · a read in spite of its verb, may be repeated.
    pub struct ListOrdersByIds {
        /// Their ids.
        ids: Vec<OrderId> as comma,
    }
}

impl Endpoint for ListOrdersByIds {
    type Venue = Pumpkin;
    type Response = Rows<Order>;
    const SPEC: Spec = spec::account_by_form(1, "/v2/order/list-by-ids");

    fn check(&self) -> Result<(), Invalid> {
        check::listed("ids", &self.ids)
    }
}

model! {
    /// An order.
    #[serde(rename_all = "camelCase")]
    pub struct Order {
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id, where one was given.
        pub client_order_id?: ClientOrderId,
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
        /// The conditional order that made it.
        pub source_id?: EntrustId,
        /// Whether it closes in full. The documentation also calls it a forced close.
        pub force_close?: bool,
        /// Profit or loss of closing.
        pub close_profit?: Amount,
        /// State.
        pub state?: OrderState,
        /// When it was made.
        pub created_time?: Millis,
    }
}

request! {
    /// Lists your trades, page by page.
    ///
    /// `GET /v2/order/trade-list` · signed · weight 2 · a read, may be repeated.
    pub struct ListTrades {}
    optional {
        /// One order only.
        order_id: OrderId,
        /// One contract only.
        symbol: Symbol,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
    }
}

impl Endpoint for ListTrades {
    type Venue = Pumpkin;
    type Response = Page<Trade>;
    const SPEC: Spec = spec::account(2, "/v2/order/trade-list");
}

// A trade made in between moves the rows on by one.
paged!(ListTrades by number: Trade, exec_id);

model! {
    /// A trade of yours.
    #[serde(rename_all = "camelCase")]
    pub struct Trade {
        /// Its id.
        pub exec_id: TradeId,
        /// The order.
        pub order_id: OrderId,
        /// Contract.
        pub symbol: Symbol,
        /// Size, in contracts.
        pub quantity?: Contracts,
        /// Price.
        pub price?: Price,
        /// Fee. Positive is paid, by the examples; the documentation's words say the reverse.
        pub fee?: Amount,
        /// What the fee was taken in.
        pub fee_coin?: Asset,
        /// When it was made.
        pub timestamp?: Millis,
    }
}
