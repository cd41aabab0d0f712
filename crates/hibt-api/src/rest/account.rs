//! The account: balance and its changes, leverage, positions, what was traded and what was forced.

use venue_core::{
    Amount, Asset, Endpoint, Invalid, Millis, OrderId, Price, Qty, Rate, Rows, Secs, Spec, Symbol, model,
};

use super::check;
use crate::limits;
use crate::model::{
    BalanceEvent, BalanceRecordId, ForcedAction, OrderAction, OrderState, OrderType, PartialSpSlId,
    PositionId, Side, SpSlModel, SpSlType, TriggerType,
};
use crate::venue::Hibt;

/// The chapter of the documentation.
const SECTION: &str = "Account Interface";

request! {
    /// Gives the account's balance.
    ///
    /// `GET /v2/account/balance` · signed · 10 per 1 s per key (assumed) · a read, may be repeated.
    pub struct GetBalance {}
}

impl Endpoint for GetBalance {
    type Venue = Hibt;
    type Response = Balance;
    const SPEC: Spec = Spec::get("/v2/account/balance").section(SECTION).signed().cost(&limits::PRIVATE, 1);
}

model! {
    /// The account's balance.
    #[serde(rename_all = "camelCase")]
    pub struct Balance {
        /// Balance.
        pub balance: Amount,
        /// Margin that live orders hold.
        pub frozen?: Amount,
        /// Margin that positions hold.
        pub margin?: Amount,
        /// Points.
        pub point?: Amount,
        /// What was lent to the account.
        pub loans?: Amount,
        /// Unrealised profit and loss together.
        pub profit?: Amount,
        /// Unrealised profit.
        pub un_profit?: Amount,
        /// Unrealised loss.
        pub un_losses?: Amount,
        /// Currency, in lower case.
        pub coin?: Asset,
    }
}

request! {
    /// Sets the leverage of a contract for orders that open.
    ///
    /// `POST /v2/account/setLeverage` · signed · 10 per 1 s per key (assumed) · never repeated by itself.
    /// Each order names a leverage too.
    pub struct SetLeverage { symbol: Symbol, leverage: u32 }
}

impl Endpoint for SetLeverage {
    type Venue = Hibt;
    type Response = LeverageAck;
    const SPEC: Spec =
        Spec::post("/v2/account/setLeverage").section(SECTION).signed().cost(&limits::PRIVATE, 1);
}

model! {
    /// The leverage that was set.
    pub struct LeverageAck {
        /// Contract.
        pub symbol?: Symbol,
        /// Leverage.
        pub leverage?: Rate,
    }
}

request! {
    /// Lists positions.
    ///
    /// `GET /v2/account/position` · signed · 10 per 1 s per key (assumed) · a read, may be repeated. All of
    /// the account's when nothing is given.
    pub struct GetPositions {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// One position only.
        position_id = "positionID": PositionId,
    }
}

impl Endpoint for GetPositions {
    type Venue = Hibt;
    type Response = Rows<Position>;
    const SPEC: Spec = Spec::get("/v2/account/position").section(SECTION).signed().cost(&limits::PRIVATE, 1);
}

model! {
    /// A position.
    #[serde(rename_all = "camelCase")]
    pub struct Position {
        /// The venue's id.
        #[serde(rename = "positionID", alias = "positionId")]
        pub position_id: PositionId,
        /// Contract.
        pub symbol: Symbol,
        /// Which way it goes: a buy is long, a sell is short.
        pub side?: Side,
        /// Leverage.
        pub leverage?: Rate,
        /// Average price of entry.
        pub price?: Price,
        /// Size, in base currency.
        pub amount?: Qty,
        /// How much of it closing orders hold, in base currency.
        pub frozen_amount?: Qty,
        /// Margin that it holds.
        pub margin?: Amount,
        /// What triggers take-profit and stop-loss.
        pub trigger_type?: TriggerType,
        /// Take-profit.
        pub sp_price?: Price,
        /// Stop-loss.
        pub sl_price?: Price,
        /// Unrealised profit or loss.
        pub open_profit?: Amount,
        /// When it last changed.
        pub updated_at?: Millis,
        /// Whether take-profit and stop-loss close all of it.
        pub sp_sl_model?: SpSlModel,
        /// What the take-profit places.
        pub sp_type?: SpSlType,
        /// What the stop-loss places.
        pub sl_type?: SpSlType,
        /// Price that triggers the take-profit.
        pub sp_trigger_price?: Price,
        /// Price that triggers the stop-loss.
        pub sl_trigger_price?: Price,
        /// Take-profits and stop-losses that close parts of it.
        #[serde(default)]
        pub sp_sl_part_data: Rows<PartialSpSl>,
    }
}

model! {
    /// A take-profit and stop-loss that closes a part of a position.
    #[serde(rename_all = "camelCase")]
    pub struct PartialSpSl {
        /// The venue's id.
        pub id: PartialSpSlId,
        /// What triggers them.
        pub trigger_type?: TriggerType,
        /// Take-profit.
        pub sp_price?: Price,
        /// Stop-loss.
        pub sl_price?: Price,
        /// How much they close, in base currency.
        pub amount?: Qty,
        /// What the take-profit places.
        pub sp_type?: SpSlType,
        /// What the stop-loss places.
        pub sl_type?: SpSlType,
        /// Price that triggers the take-profit.
        pub sp_trigger_price?: Price,
        /// Price that triggers the stop-loss.
        pub sl_trigger_price?: Price,
    }
}

request! {
    /// Lists the orders of a contract with what they traded.
    ///
    /// `GET /v2/account/order` · signed · 10 per 1 s per key (assumed) · a read, may be repeated. Unlike
    /// everywhere else, the span is asked for in seconds; the rows have milliseconds.
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
    const SPEC: Spec = Spec::get("/v2/account/order").section(SECTION).signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=limits::ACCOUNT_ROWS)
    }
}

model! {
    /// An order of the account's history. It carries neither your own id nor a trigger.
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
        /// Its position; in [`GetAccountOrders`] alone the venue writes `positionId`.
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

request! {
    /// Lists changes of the balance.
    ///
    /// `GET /v2/account/balanceRecord` · signed · 10 per 1 s per key (assumed) · a read, may be repeated.
    /// At most 30 days at once.
    pub struct GetBalanceRecords {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One kind of change only.
        event: BalanceEvent,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
    }
}

impl Endpoint for GetBalanceRecords {
    type Venue = Hibt;
    type Response = Rows<BalanceRecord>;
    const SPEC: Spec =
        Spec::get("/v2/account/balanceRecord").section(SECTION).signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=limits::ACCOUNT_ROWS)?;
        check::span(self.start_time, self.end_time, limits::BALANCE_DAYS)
    }
}

model! {
    /// A change of the balance.
    #[serde(rename_all = "camelCase")]
    pub struct BalanceRecord {
        /// The venue's id.
        pub id: BalanceRecordId,
        /// Why it changed.
        pub event?: BalanceEvent,
        /// By how much: an amount, or a profit or loss.
        pub amount?: Amount,
        /// Currency.
        pub coin?: Asset,
        /// Fee.
        pub fee?: Amount,
        /// Contract, where it has to do with one.
        pub symbol?: Symbol,
        /// A remark.
        pub note?: String,
        /// When it was.
        pub created_at?: Millis,
    }
}

request! {
    /// Lists orders that the venue made against one's will: liquidations and the like.
    ///
    /// `GET /v2/account/orderForced` · signed · 10 per 1 s per key (assumed) · a read, may be repeated. At
    /// most 7 days at once.
    pub struct GetForcedOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One kind only.
        action: ForcedAction,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
    }
}

impl Endpoint for GetForcedOrders {
    type Venue = Hibt;
    type Response = Rows<AccountOrder>;
    const SPEC: Spec =
        Spec::get("/v2/account/orderForced").section(SECTION).signed().cost(&limits::PRIVATE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=limits::ACCOUNT_ROWS)?;
        check::span(self.start_time, self.end_time, limits::FORCED_DAYS)
    }
}
