//! What became of orders: one, those that are open, past ones, and their trades.

use venue_core::wire::unset;
use venue_core::{
    Amount, ClientOrderId, Contracts, Endpoint, Invalid, Millis, OrderId, Permission, Price, Rate, Rows,
    Secs, Spec, Symbol, TradeId, model, open_enum, request,
};

use crate::limits;
use crate::model::{
    ExecType, OpenType, OrderPrice, OrderState, OrderType, PositionMode, PriceType, Side, TradingAccount,
    priced,
};
use crate::rest::check;
use crate::venue::BitMart;

request! {
    /// Gives one order by the venue's id.
    ///
    /// `GET /contract/private/order` · keyed · 50 per 2 s per key. By your own id an order is found with
    /// [`GetOrderHistory`].
    pub struct GetOrder { symbol: Symbol, order_id: OrderId }
    optional {
        /// Which account.
        account: TradingAccount,
    }
}

impl Endpoint for GetOrder {
    type Venue = BitMart;
    type Response = Order;
    const SPEC: Spec = Spec::get("/contract/private/order")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::ORDER, 1);
}

model! {
    /// An order. Fields that make no sense for its type are absent.
    pub struct Order {
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id, where one was given; the venue's words for an order that a plan order made.
        pub client_order_id?: ClientOrderId,
        /// Limit price.
        #[serde(default, deserialize_with = "priced", skip_serializing_if = "Option::is_none")]
        pub price: Option<OrderPrice>,
        /// Price that triggered it; plan orders only.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub trigger_price: Option<Price>,
        /// Price at which it executes once triggered, or "Market"; plan orders only.
        #[serde(default, deserialize_with = "priced", skip_serializing_if = "Option::is_none")]
        pub execution_price: Option<OrderPrice>,
        /// Size, in contracts.
        pub size?: Contracts,
        /// Contract.
        pub symbol: Symbol,
        /// State.
        pub state?: OrderState,
        /// What it does.
        pub side?: Side,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: OrderType,
        /// Which account.
        pub account?: TradingAccount,
        /// Position mode of the account.
        pub position_mode?: PositionMode,
        /// Leverage.
        pub leverage?: Rate,
        /// Margin mode.
        pub open_type?: OpenType,
        /// Average price of what has traded; `None` before anything has.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub deal_avg_price: Option<Price>,
        /// How much has traded, in contracts.
        pub deal_size?: Contracts,
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
        /// Price that activates a trailing order.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub activation_price: Option<Price>,
        /// How far a trailing order follows, in per cent.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub callback_rate: Option<Rate>,
        /// Which price activates a trailing order.
        pub activation_price_type?: PriceType,
        /// The order that a trailing order made when it was activated.
        pub executive_order_id?: OrderId,
        /// When it was made.
        pub create_time?: Millis,
        /// When it last changed.
        pub update_time?: Millis,
    }
}

/// An open order: the same fields as any order.
pub type OpenOrder = Order;

request! {
    /// Lists orders that are done, or finds one by your own id.
    ///
    /// `GET /contract/private/order-history` · keyed · 6 per 2 s per key. The last seven days when no time is
    /// given. At most 200 rows come and there are no further pages: at exactly 200, ask for shorter spans.
    /// Times are in seconds.
    pub struct GetOrderHistory { symbol: Symbol }
    optional {
        /// One order only, by the venue's id.
        order_id: OrderId,
        /// One order only, by your own id.
        client_order_id: ClientOrderId,
        /// Which account.
        account: TradingAccount,
        /// Not before.
        start_time: Secs,
        /// Not after; at most 90 days after the start.
        end_time: Secs,
    }
}

impl Endpoint for GetOrderHistory {
    type Venue = BitMart;
    type Response = Rows<Order>;
    const SPEC: Spec = Spec::get("/contract/private/order-history")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::ORDER_HISTORY, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::history(self.start_time, self.end_time)
    }
}

open_enum! {
    /// Which open orders are listed.
    pub enum OpenOrderFilter {
        /// All of them.
        All = "all",
        /// Those that have traded in part.
        PartiallyFilled = "partially_filled",
    }
}

request! {
    /// Lists open orders.
    ///
    /// `GET /contract/private/get-open-orders` · keyed · 50 per 2 s per key.
    pub struct GetOpenOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Limit, market or trailing orders only.
        order_type = "type": OrderType,
        /// All by default.
        order_state: OpenOrderFilter,
        /// How many; 100 by default and at most.
        limit: u32,
    }
}

impl Endpoint for GetOpenOrders {
    type Venue = BitMart;
    type Response = Rows<OpenOrder>;
    const SPEC: Spec = Spec::get("/contract/private/get-open-orders")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::OPEN_ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=100)?;
        match &self.order_type {
            None | Some(OrderType::Limit | OrderType::Market | OrderType::Trailing | OrderType::Other(_)) => {
                Ok(())
            }
            Some(other) => Err(Invalid::new(format!("type {other}: limit, market or trailing"))),
        }
    }
}

request! {
    /// Lists own trades.
    ///
    /// `GET /contract/private/trades` · keyed · 6 per 2 s per key. The last seven days when no time is given. At
    /// most 200 rows come and there are no further pages: at exactly 200, ask for shorter spans. Times are in
    /// seconds.
    pub struct GetTrades {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Which account.
        account: TradingAccount,
        /// Not before.
        start_time: Secs,
        /// Not after; at most 90 days after the start.
        end_time: Secs,
    }
}

impl Endpoint for GetTrades {
    type Venue = BitMart;
    type Response = Rows<Trade>;
    const SPEC: Spec = Spec::get("/contract/private/trades")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::TRADES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::history(self.start_time, self.end_time)
    }
}

model! {
    /// A trade of an own order.
    pub struct Trade {
        /// Its order.
        pub order_id: OrderId,
        /// Its id.
        pub trade_id: TradeId,
        /// Contract.
        pub symbol?: Symbol,
        /// What the order does.
        pub side?: Side,
        /// Price.
        pub price: Price,
        /// Size, in contracts.
        pub vol: Contracts,
        /// Whether it took or made.
        pub exec_type?: ExecType,
        /// Whether it made a profit.
        pub profit?: bool,
        /// Profit or loss.
        pub realised_profit?: Amount,
        /// Fee that was paid.
        pub paid_fees?: Amount,
        /// Which account.
        pub account?: TradingAccount,
        /// When it was made.
        pub create_time?: Millis,
    }
}
