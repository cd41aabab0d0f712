//! Positions, open and past, and their leverage and margin.

use venue_core::{Amount, Contracts, Endpoint, Millis, Price, Rate, RawJson, Rows, Spec, Symbol, model};

use crate::limits;
use crate::model::{
    AccountId, ContractType, CursorPage, HistoryDirection, IsFullClose, Position, PositionSide, PositionType,
    PositionTypeCode, RecordId,
};
use crate::venue::WexFutures;

request! {
    /// Lists open positions with their mark prices.
    ///
    /// `GET /future/trade/v1/position/list/active` · signed · 10 per s per key, with all other signed
    /// requests. One of three lists of positions;
    /// [`ListUserActivePositions`](crate::rest::ListUserActivePositions) has liquidation prices and
    /// stops.
    pub struct ListActivePositions {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Dated contracts or not; not by default.
        is_delivery: bool,
    }
}

impl Endpoint for ListActivePositions {
    type Venue = WexFutures;
    type Response = Rows<Position>;
    const SPEC: Spec = Spec::get("/future/trade/v1/position/list/active")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists margin modes and leverages of a contract.
    ///
    /// `GET /future/trade/v1/position/leverage/list` · signed · 10 per s per key, with all other signed
    /// requests. A page without a way to ask for another.
    pub struct ListLeverages { symbol: Symbol }
}

impl Endpoint for ListLeverages {
    type Venue = WexFutures;
    type Response = CursorPage<PositionLeverage>;
    const SPEC: Spec = Spec::get("/future/trade/v1/position/leverage/list")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

model! {
    /// Margin mode and leverage of one side of a contract.
    #[serde(rename_all = "camelCase")]
    pub struct PositionLeverage {
        /// Contract.
        pub symbol: Symbol,
        /// Id of the account.
        pub account_id?: AccountId,
        /// Margin mode.
        pub position_type?: PositionType,
        /// Long or short.
        pub position_side?: PositionSide,
        /// Kind of contract.
        pub contract_type?: ContractType,
        /// Leverage.
        pub leverage?: Rate,
    }
}

request! {
    /// Lists positions of the past.
    ///
    /// `GET /future/trade/v1/position/list-history` · signed · 10 per s per key, with all other signed
    /// requests. The documentation calls `id` a page number; it is a record's.
    pub struct ListPositionHistory {}
    optional {
        /// Which way to go on from `id`; to the page after by default.
        direction: HistoryDirection,
        /// Go on from this position; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// One contract only.
        symbol: Symbol,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// In this margin mode only.
        position_type: PositionTypeCode,
        /// Those that were closed in part or whole only.
        is_full_close: IsFullClose,
    }
}

impl Endpoint for ListPositionHistory {
    type Venue = WexFutures;
    type Response = CursorPage<PastPosition>;
    const SPEC: Spec = Spec::get("/future/trade/v1/position/list-history")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListPositionHistory by id: PastPosition, id);

model! {
    /// A position of the past; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct PastPosition {
        /// Id of the record.
        pub id: RecordId,
        /// Contract.
        pub symbol: Symbol,
        /// Long or short.
        pub position_side?: PositionSide,
        /// Margin mode.
        pub position_type?: PositionTypeCode,
        /// Kind of contract.
        pub contract_type?: ContractType,
        /// Profit or loss of closing.
        pub close_profit?: Amount,
        /// How much was closed.
        pub close_position_size?: Contracts,
        /// Average price of opening of that.
        pub close_open_price?: Price,
        /// Average price of closing.
        pub close_price?: Price,
        /// Largest size.
        pub max_position_size?: Contracts,
        /// When it was opened.
        pub open_time?: Millis,
        /// When it was closed.
        pub close_time?: Millis,
        /// Leverage at first.
        pub start_leverage?: Rate,
        /// Leverage at last.
        pub end_leverage?: Rate,
        /// Whether a part of it is still open.
        pub working?: bool,
        /// Whether it was liquidated.
        pub force?: bool,
        /// Mark price of the liquidation.
        pub force_mark_price?: Price,
        /// All trading fees.
        pub total_fee?: Amount,
        /// All funding.
        pub total_fund_fee?: Amount,
        /// Whether it was held with bonus funds.
        pub welfare_account?: bool,
    }
}

request! {
    /// Gives the maintenance margin of a symbol's cross-margin position.
    ///
    /// `GET /future/trade/v1/position/cross-margin/{symbol}` · signed · 10 per s per key, with all other
    /// signed requests. The shape of the answer is not documented: it is given as it came.
    pub struct GetCrossMargin { symbol: Symbol }
}

impl Endpoint for GetCrossMargin {
    type Venue = WexFutures;
    type Response = RawJson;
    const SPEC: Spec = Spec::get("/future/trade/v1/position/cross-margin/{symbol}")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}
