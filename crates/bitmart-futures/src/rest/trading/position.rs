//! Positions, in the three forms that the venue has for them.

use venue_core::wire::{Scalar, Token, TokenError, token, unset};
use venue_core::{
    Amount, Contracts, Endpoint, Millis, Permission, Price, Rate, Rows, Secs, Spec, Symbol, model, request,
    serde,
};

use crate::limits;
use crate::model::{OpenType, PositionMode, PositionSide, PositionType, TradingAccount};
use crate::venue::BitMart;

request! {
    /// Lists positions.
    ///
    /// `GET /contract/private/position` · keyed · 6 per 2 s per key. [`GetPositionsV2`] says more.
    pub struct GetPositions {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Which account.
        account: TradingAccount,
    }
}

impl Endpoint for GetPositions {
    type Venue = BitMart;
    type Response = Rows<Position>;
    const SPEC: Spec = Spec::get("/contract/private/position")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::POSITION, 1);
}

model! {
    /// A position. Values are in quote currency.
    pub struct Position {
        /// Contract.
        pub symbol: Symbol,
        /// Leverage.
        pub leverage?: Rate,
        /// When this was taken.
        pub timestamp?: Millis,
        /// Fees of the position.
        pub current_fee?: Amount,
        /// When it was opened.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub open_timestamp: Option<Millis>,
        /// Value at the last price.
        pub current_value?: Amount,
        /// Value at the mark price.
        pub mark_value?: Amount,
        /// Mark price.
        pub mark_price?: Price,
        /// Value at the entry price.
        pub position_value?: Amount,
        /// Margin that was added.
        pub position_cross?: Amount,
        /// Maintenance margin.
        pub maintenance_margin?: Amount,
        /// Margin mode.
        pub margin_type?: OpenType,
        /// Position mode of the account.
        pub position_mode?: PositionMode,
        /// How much was closed, in contracts.
        pub close_vol?: Contracts,
        /// Average price at which it was closed.
        pub close_avg_price?: Price,
        /// Average price at which it was opened.
        pub open_avg_price?: Price,
        /// Average entry price.
        pub entry_price?: Price,
        /// How much is open, in contracts.
        pub current_amount?: Contracts,
        /// Unrealised profit or loss.
        pub unrealized_value?: Amount,
        /// Realised profit or loss.
        pub realized_value?: Amount,
        /// Which way it goes.
        pub position_type?: PositionType,
        /// Which account.
        pub account?: TradingAccount,
    }
}

request! {
    /// Lists positions, second version: with liquidation price and margin.
    ///
    /// `GET /contract/private/position-v2` · keyed · 6 per 2 s per key. With a symbol, rows come also where there
    /// is no position, their values zero: one in one-way mode, two in hedge mode.
    pub struct GetPositionsV2 {}
    optional {
        /// One contract only; only contracts with a position when absent.
        symbol: Symbol,
        /// Which account; futures by default.
        account: TradingAccount,
    }
}

impl Endpoint for GetPositionsV2 {
    type Venue = BitMart;
    type Response = Rows<PositionV2>;
    const SPEC: Spec = Spec::get("/contract/private/position-v2")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::POSITION_V2, 1);
}

model! {
    /// A position, or the place of one. Values are in quote currency.
    pub struct PositionV2 {
        /// Contract.
        pub symbol: Symbol,
        /// Leverage.
        pub leverage?: Rate,
        /// When this was taken.
        pub timestamp?: Millis,
        /// Fees of the position.
        pub current_fee?: Amount,
        /// When it was opened; `None` when there is no position.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub open_timestamp: Option<Millis>,
        /// Value at the last price.
        pub current_value?: Amount,
        /// Mark price.
        pub mark_price?: Price,
        /// Value at the entry price.
        pub position_value?: Amount,
        /// Margin that was added.
        pub position_cross?: Amount,
        /// Maintenance margin.
        pub maintenance_margin?: Amount,
        /// How much was closed, in contracts.
        pub close_vol?: Contracts,
        /// Average price at which it was closed.
        pub close_avg_price?: Price,
        /// Average price at which it was opened.
        pub open_avg_price?: Price,
        /// Average entry price.
        pub entry_price?: Price,
        /// How much is open, in contracts.
        pub current_amount?: Contracts,
        /// How much is open, in contracts; in one-way mode negative for a short.
        pub position_amount?: Contracts,
        /// Realised profit or loss.
        pub realized_value?: Amount,
        /// Value at the mark price.
        pub mark_value?: Amount,
        /// Which account.
        pub account?: TradingAccount,
        /// Margin mode.
        pub open_type?: OpenType,
        /// Which of the contract's positions it is.
        pub position_side?: PositionSide,
        /// Unrealised profit or loss.
        pub unrealized_pnl?: Amount,
        /// Price at which it is liquidated; zero when there is none.
        pub liquidation_price?: Price,
        /// Largest value that a position may have now.
        pub max_notional_value?: Amount,
        /// Margin of the position.
        pub initial_margin?: Amount,
    }
}

request! {
    /// Lists the risk of positions.
    ///
    /// `GET /contract/private/position-risk` · keyed · 24 per 2 s per key.
    pub struct GetPositionRisk {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Which account.
        account: TradingAccount,
    }
}

impl Endpoint for GetPositionRisk {
    type Venue = BitMart;
    type Response = Rows<PositionRisk>;
    const SPEC: Spec = Spec::get("/contract/private/position-risk")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::POSITION_RISK, 1);
}

model! {
    /// Risk of a position. Values are in quote currency.
    pub struct PositionRisk {
        /// Contract.
        pub symbol: Symbol,
        /// How much is open, in contracts.
        pub position_amt?: Contracts,
        /// Mark price.
        pub mark_price?: Price,
        /// Unrealised profit or loss.
        pub unrealized_profit?: Amount,
        /// Price at which it is liquidated.
        pub liquidation_price?: Price,
        /// Leverage.
        pub leverage?: Rate,
        /// Largest value that a position may have now.
        pub max_notional_value?: Amount,
        /// Margin mode.
        pub margin_type?: OpenType,
        /// Margin of an isolated position.
        pub isolated_margin?: Amount,
        /// Which of the contract's positions it is.
        pub position_side?: PositionSide,
        /// Its value.
        pub notional?: Amount,
        /// When it last changed. Documented in milliseconds and shown in seconds; both are read.
        #[serde(default, deserialize_with = "seconds_or_millis", skip_serializing_if = "Option::is_none")]
        pub update_time: Option<Millis>,
        /// Which account.
        pub account?: TradingAccount,
    }
}

/// A time whose unit only its size tells: below this it is seconds (until the year 5138), from there on
/// milliseconds (from 1973).
const FIRST_MILLIS: i64 = 100_000_000_000;

struct Moment(Millis);

impl Scalar for Moment {
    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        i64::from_token(token).map(|since| {
            Self(if since < FIRST_MILLIS { Secs::new(since).to_millis() } else { Millis::new(since) })
        })
    }
}

fn seconds_or_millis<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Millis>, D::Error> {
    let moment: Option<Moment> = token(deserializer)?;
    Ok(moment.map(|moment| moment.0).filter(|millis| millis.get() != 0))
}
