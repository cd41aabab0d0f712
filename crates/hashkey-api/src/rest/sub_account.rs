//! Sub-accounts, seen with a key of the main account.

use venue_core::{ClientOrderId, Endpoint, Invalid, Millis, OrderId, Rows, Spec, Symbol, TradeId, paged};

use super::account::{AccountTrade, next_trades};
use super::trading::{Order, next_orders};
use super::{check_filled, check_limit};
use crate::limits;
use crate::model::{AccountId, Side};
use crate::venue::HashKey;

request! {
    /// Lists open orders of a sub-account.
    ///
    /// `GET /api/v1/spot/subAccount/openOrders` · signed · 5 per 1 s per key (assumed). As a stream it goes back
    /// from the newest, until a page brings nothing new.
    pub struct GetSubAccountOpenOrders { sub_account_id: AccountId }
    optional {
        /// Orders before this one. The documentation doesn't say which way; it does for own closed orders.
        from_order_id: OrderId,
        /// Buys or sells only.
        side: Side,
        /// One pair only.
        symbol: Symbol,
        /// How many; 500 by default and at most.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetSubAccountOpenOrders {
    type Venue = HashKey;
    type Response = Rows<Order>;
    const SPEC: Spec = Spec::get("/api/v1/spot/subAccount/openOrders")
        .section("Sub Account")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("subAccountId", self.sub_account_id.as_str())?;
        check_limit(self.limit, 500)
    }
}

paged! {
    GetSubAccountOpenOrders: Order by order_id, |request, page|
        next_orders(page, request.from_order_id.as_ref()).map(|from| request.clone().from_order_id(from))
}

request! {
    /// Lists closed orders of a sub-account, filled or not, of the last 90 days.
    ///
    /// `GET /api/v1/spot/subAccount/tradeOrders` · signed · weight 5 of 5 per 1 s per key (assumed). As a stream it
    /// goes back from the newest, until a page brings nothing new.
    pub struct GetSubAccountTradeOrders { sub_account_id: AccountId }
    optional {
        /// Orders before this one. The documentation doesn't say which way; it does for own closed orders.
        from_order_id: OrderId,
        /// Buys or sells only.
        side: Side,
        /// One pair only.
        symbol: Symbol,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// How many; 500 by default and at most.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetSubAccountTradeOrders {
    type Venue = HashKey;
    type Response = Rows<Order>;
    const SPEC: Spec = Spec::get("/api/v1/spot/subAccount/tradeOrders")
        .section("Sub Account")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("subAccountId", self.sub_account_id.as_str())?;
        check_limit(self.limit, 500)
    }
}

paged! {
    GetSubAccountTradeOrders: Order by order_id, |request, page|
        next_orders(page, request.from_order_id.as_ref()).map(|from| request.clone().from_order_id(from))
}

request! {
    /// Lists trades of a sub-account, of the last 30 days.
    ///
    /// `GET /api/v1/subAccount/trades` · signed · weight 5 of 5 per 1 s per key (assumed). As a stream it goes back
    /// from the newest, or from `fromId`, until a page brings nothing new; give no `toId` alone, whose direction
    /// isn't documented.
    pub struct GetSubAccountTrades {}
    optional {
        /// One pair only.
        symbol: Symbol,
        /// The sub-account; what comes without one isn't documented.
        sub_account_id: AccountId,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Trades of this order only, by the id that was given to it.
        client_order_id: ClientOrderId,
        /// From this trade on, back.
        from_id: TradeId,
        /// Up to this trade.
        to_id: TradeId,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetSubAccountTrades {
    type Venue = HashKey;
    type Response = Rows<AccountTrade>;
    const SPEC: Spec = Spec::get("/api/v1/subAccount/trades")
        .section("Sub Account")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        check_limit(self.limit, 1000)
    }
}

paged! {
    GetSubAccountTrades: AccountTrade by id, |request, page|
        next_trades(page, request.from_id.as_ref()).map(|from| request.clone().from_id(from))
}
