//! Lists across the kinds of orders: what was filled, all trades, orders and trigger orders in one.

use venue_core::{
    Amount, Contracts, Endpoint, Invalid, Millis, OrderId, Price, Rate, Rows, Spec, Symbol, model,
};

use crate::limits;
use crate::model::{
    NumberedPage, OrderEntrustState, OrderEntrustType, OrderSide, OrderType, PositionSide, PositionType,
    RecordId, TimeInForce, Trade,
};
use crate::rest::rules::check_range;
use crate::venue::WexFutures;

request! {
    /// Lists what orders of a contract have traded, in short.
    ///
    /// `GET /future/trade/v1/order/trade-history` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListFilledOrderHistory { symbol: Symbol }
    optional {
        /// How many, at most 500; 10 by default.
        limit: u32,
        /// Not before; 90 days ago by default.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListFilledOrderHistory {
    type Venue = WexFutures;
    type Response = Rows<FilledOrder>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order/trade-history")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_range("limit", self.limit, 1, 500)
    }
}

model! {
    /// What an order has traded; sizes are contracts.
    #[serde(rename_all = "camelCase")]
    pub struct FilledOrder {
        /// Contract.
        pub symbol: Symbol,
        /// Which way the order went.
        pub order_side?: OrderSide,
        /// Average price, in quote currency.
        pub avg_price?: Price,
        /// Size of the order.
        pub orig_qty?: Contracts,
        /// How much has traded.
        pub executed_qty?: Contracts,
        /// When the order last changed.
        pub updated_time?: Millis,
    }
}

request! {
    /// Lists own trades, of an order or of all, without pages.
    ///
    /// `GET /future/trade/v1/order/trade-list-all` · signed · 10 per s per key, with all other signed
    /// requests. How many it gives at most is not documented.
    pub struct ListAllTrades {}
    optional {
        /// One order only.
        order_id: OrderId,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListAllTrades {
    type Venue = WexFutures;
    type Response = Rows<Trade>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order/trade-list-all")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists orders or trigger orders in one shape.
    ///
    /// `GET /future/trade/v1/order-entrust/list` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListOrderEntrusts {}
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
        /// Which of the two; orders by default.
        kind = "type": OrderEntrustType,
        /// In this state only.
        state: OrderEntrustState,
        /// Liquidations or not; not by default.
        force_close: bool,
    }
}

impl Endpoint for ListOrderEntrusts {
    type Venue = WexFutures;
    type Response = NumberedPage<OrderEntrust>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order-entrust/list")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_range("page", self.page, 1, u32::MAX)
    }
}

paged!(ListOrderEntrusts by number: OrderEntrust, id);

model! {
    /// An order or a trigger order; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct OrderEntrust {
        /// The venue's id: of an order or of a trigger order, as `kind` says.
        pub id: RecordId,
        /// Which of the two it is.
        #[serde(rename = "type")]
        pub kind?: OrderEntrustType,
        /// Contract.
        pub symbol: Symbol,
        /// Type.
        pub order_type?: OrderType,
        /// Which way it goes.
        pub order_side?: OrderSide,
        /// Which position it acts on.
        pub position_side?: PositionSide,
        /// Margin mode of that.
        pub position_type?: PositionType,
        /// How long it lives.
        pub time_in_force?: TimeInForce,
        /// Whether it closes the whole position.
        pub close_position?: bool,
        /// Limit price.
        pub price?: Price,
        /// Size.
        pub orig_qty?: Contracts,
        /// How much has traded.
        pub executed_qty?: Contracts,
        /// Average price of that.
        pub avg_price?: Price,
        /// Margin that it keeps frozen.
        pub margin_frozen?: Amount,
        /// Leverage.
        pub leverage?: Rate,
        /// State.
        pub state?: OrderEntrustState,
        /// When it was made.
        pub created_time?: Millis,
        /// When it last changed.
        pub updated_time?: Millis,
    }
}
