//! Lists of own trades.

use venue_core::{Endpoint, Invalid, Millis, OrderId, Spec, Symbol};

use crate::limits;
use crate::model::{NumberedPage, Trade};
use crate::rest::rules::check_range;
use crate::venue::WexFutures;

request! {
    /// Lists own trades, of an order or of all.
    ///
    /// `GET /future/trade/v1/order/trade-list` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListTrades {}
    optional {
        /// One order only.
        order_id: OrderId,
        /// One contract only.
        symbol: Symbol,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page, at most 100; 10 by default.
        size: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListTrades {
    type Venue = WexFutures;
    type Response = NumberedPage<Trade>;
    const SPEC: Spec = Spec::get("/future/trade/v1/order/trade-list")
        .section("Order")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_range("page", self.page, 1, u32::MAX)?;
        check_range("size", self.size, 1, 100)
    }
}

paged!(ListTrades by number: Trade, exec_id);
