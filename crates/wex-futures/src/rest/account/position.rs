//! Positions: lists of them, leverage and margin, closing all.

use venue_core::{Amount, Endpoint, Rows, Spec, Symbol, model};

use crate::limits;
use crate::model::{MarginAdjustType, Position, PositionSide, PositionType, Receipt, RecordId};
use crate::venue::WexFutures;

request! {
    /// Lists open positions with their liquidation prices and stops.
    ///
    /// `GET /future/user/v1/position` · signed · 10 per s per key, with all other signed requests.
    pub struct ListUserActivePositions {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListUserActivePositions {
    type Venue = WexFutures;
    type Response = Rows<Position>;
    const SPEC: Spec = Spec::get("/future/user/v1/position")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists positions, in short.
    ///
    /// `GET /future/user/v1/position/list` · signed · 10 per s per key, with all other signed requests.
    pub struct ListPositions {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListPositions {
    type Venue = WexFutures;
    type Response = Rows<Position>;
    const SPEC: Spec = Spec::get("/future/user/v1/position/list")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists the liquidation prices of positions.
    ///
    /// `GET /future/user/v1/position/break-list` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListBreakPositions {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListBreakPositions {
    type Venue = WexFutures;
    type Response = Rows<Position>;
    const SPEC: Spec = Spec::get("/future/user/v1/position/break-list")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists how near positions are to being deleveraged.
    ///
    /// `GET /future/user/v1/position/adl` · signed · 10 per s per key, with all other signed requests.
    pub struct ListAdl {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListAdl {
    type Venue = WexFutures;
    type Response = Rows<Adl>;
    const SPEC: Spec = Spec::get("/future/user/v1/position/adl")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

model! {
    /// How near the positions of a contract are to being deleveraged.
    #[serde(rename_all = "camelCase")]
    pub struct Adl {
        /// Contract.
        pub symbol: Symbol,
        /// Place of the long position; the scale is not documented.
        pub long_quantile?: u32,
        /// Place of the short position.
        pub short_quantile?: u32,
    }
}

request! {
    /// Sets the leverage of one side of a contract.
    ///
    /// `POST /future/user/v1/position/adjust-leverage` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct AdjustLeverage { symbol: Symbol, position_side: PositionSide, leverage: u32 }
}

impl Endpoint for AdjustLeverage {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/user/v1/position/adjust-leverage")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Adds margin to an isolated position, or takes some away.
    ///
    /// `POST /future/user/v1/position/margin` · signed · 10 per s per key, with all other signed requests
    /// · never repeated by itself. Each call moves the amount anew: after `Unknown`, look at the position
    /// first.
    pub struct AdjustMargin {
        symbol: Symbol,
        position_side: PositionSide,
        /// More or less.
        kind = "type": MarginAdjustType,
        /// How much, in the coin of the margin.
        margin: Amount as number,
    }
}

impl Endpoint for AdjustMargin {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/user/v1/position/margin")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Says whether margin is added to a position by itself.
    ///
    /// `POST /future/user/v1/position/auto-margin` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct SetAutoMargin {
        symbol: Symbol,
        position_side: PositionSide,
        auto_margin: bool,
    }
}

impl Endpoint for SetAutoMargin {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/user/v1/position/auto-margin")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Sets the margin mode of one side of a contract.
    ///
    /// `POST /future/user/v1/position/change-type` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct ChangePositionType {
        symbol: Symbol,
        position_side: PositionSide,
        position_type: PositionType,
    }
}

impl Endpoint for ChangePositionType {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/user/v1/position/change-type")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Closes **all** positions of **all** symbols.
    ///
    /// `POST /future/user/v1/position/close-all` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct CloseAllPositions {}
}

impl Endpoint for CloseAllPositions {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/user/v1/position/close-all")
        .section("Account")
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}
