//! The account: its trade history.

use venue_core::{
    Amount, Endpoint, Invalid, Millis, OrderId, Price, Qty, Rate, Rows, Secs, Spec, Symbol, model,
};

use crate::limits;
use crate::model::{OrderAction, OrderState, OrderType, PositionId, Side, TriggerType};
use crate::venue::Hibt;

request! {
    /// Lists the orders of a contract with what they traded.
    ///
    /// `GET /v2/account/order` · signed · 10 per 1 s per key (assumed). Unlike everywhere else, the span is
    /// asked for in seconds; the rows have milliseconds.
    pub struct GetAccountOrders { symbol: Symbol }
    optional {
        /// Not before; seconds.
        start_time: Secs,
        /// Not after; seconds.
        end_time: Secs,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
    }
}

impl Endpoint for GetAccountOrders {
    type Venue = Hibt;
    type Response = Rows<AccountOrder>;
    const SPEC: Spec =
        Spec::get("/v2/account/order").section("Account Interface").signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        match self.limit {
            Some(limit) if !(1..=1000).contains(&limit) => {
                Err(Invalid::new(format!("limit {limit}: 1 to 1000")))
            }
            _ => Ok(()),
        }
    }
}

model! {
    /// An order of the account's history. It doesn't carry your own id.
    #[serde(rename_all = "camelCase")]
    pub struct AccountOrder {
        /// The venue's id.
        pub id: OrderId,
        /// Contract.
        pub symbol: Symbol,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: OrderType,
        /// What it did, or why the venue made it.
        pub action?: OrderAction,
        /// Which way it went.
        pub side?: Side,
        /// Its position; in this answer alone the venue writes `positionId`.
        #[serde(alias = "positionID")]
        pub position_id?: PositionId,
        /// Limit price; has a meaning for limit orders only.
        pub price?: Price,
        /// Leverage.
        pub leverage?: Rate,
        /// Size, in base currency.
        pub amount?: Qty,
        /// Margin that it holds.
        pub frozen?: Amount,
        /// How much has traded, in base currency.
        pub filled_amount?: Qty,
        /// Average price of what has traded.
        pub filled_price?: Price,
        /// What has traded, in quote currency.
        pub filled_value?: Amount,
        /// What triggers take-profit and stop-loss.
        pub trigger_type?: TriggerType,
        /// Take-profit.
        pub sp_price?: Price,
        /// Stop-loss.
        pub sl_price?: Price,
        /// State.
        pub state?: OrderState,
        /// Realised profit or loss, of orders that close.
        pub profit?: Amount,
        /// Fee, before points pay a part of it.
        pub fee?: Amount,
        /// Fee paid by points.
        pub point_fee?: Amount,
        /// Profit or loss taken over by points.
        pub point_profit?: Amount,
        /// Price of liquidation or bankruptcy.
        pub close_price?: Price,
        /// When it was made.
        pub created_at?: Millis,
        /// When it last changed.
        pub updated_at?: Millis,
    }
}
