//! Fee rates, leverage, position mode.

use venue_core::{Endpoint, Permission, Rate, Spec, Symbol, model, request};

use crate::limits;
use crate::model::{OpenType, PositionMode};
use crate::venue::BitMart;

request! {
    /// Gives the fee rates of a contract.
    ///
    /// `GET /contract/private/trade-fee-rate` · keyed · 2 per 2 s per key.
    pub struct GetTradeFeeRate { symbol: Symbol }
}

impl Endpoint for GetTradeFeeRate {
    type Venue = BitMart;
    type Response = TradeFeeRate;
    const SPEC: Spec = Spec::get("/contract/private/trade-fee-rate")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::TRADE_FEE_RATE, 1);
}

model! {
    /// Fee rates of a contract, as fractions.
    pub struct TradeFeeRate {
        /// Contract.
        pub symbol?: Symbol,
        /// What a taker pays.
        pub taker_fee_rate: Rate,
        /// What a maker pays.
        pub maker_fee_rate: Rate,
    }
}

request! {
    /// Sets leverage and margin mode of a contract.
    ///
    /// `POST /contract/private/submit-leverage` · signed · 24 per 2 s per key · never repeated by itself.
    pub struct SubmitLeverage {
        symbol: Symbol,
        /// Margin mode.
        open_type: OpenType,
    }
    optional {
        /// Leverage.
        leverage: Rate,
    }
}

impl Endpoint for SubmitLeverage {
    type Venue = BitMart;
    type Response = Leverage;
    const SPEC: Spec = Spec::post("/contract/private/submit-leverage")
        .section("Futures Trading")
        .signed()
        .cost(&limits::SUBMIT_LEVERAGE, 1);
}

model! {
    /// Leverage and margin mode of a contract.
    pub struct Leverage {
        /// Contract.
        pub symbol?: Symbol,
        /// Leverage.
        pub leverage?: Rate,
        /// Margin mode.
        pub open_type?: OpenType,
        /// Highest leverage.
        pub max_value?: Rate,
    }
}

request! {
    /// Sets the account's position mode.
    ///
    /// `POST /contract/private/set-position-mode` · signed · 2 per 2 s per key · never repeated by itself. What a
    /// [`Side`](crate::Side) means depends on it.
    pub struct SetPositionMode { position_mode: PositionMode }
}

impl Endpoint for SetPositionMode {
    type Venue = BitMart;
    type Response = AccountMode;
    const SPEC: Spec = Spec::post("/contract/private/set-position-mode")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::SET_POSITION_MODE, 1);
}

request! {
    /// Gives the account's position mode.
    ///
    /// `GET /contract/private/get-position-mode` · keyed · 2 per 2 s per key.
    pub struct GetPositionMode {}
}

impl Endpoint for GetPositionMode {
    type Venue = BitMart;
    type Response = AccountMode;
    const SPEC: Spec = Spec::get("/contract/private/get-position-mode")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::GET_POSITION_MODE, 1);
}

model! {
    /// An account's position mode.
    pub struct AccountMode {
        /// The mode.
        pub position_mode: PositionMode,
    }
}
