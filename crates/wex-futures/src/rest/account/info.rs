//! The account itself: what it may do, its fees, its listen key, its favourites.

use venue_core::{Amount, Endpoint, Millis, Rate, Rows, Spec, Symbol, model, secret_id};

use crate::limits;
use crate::model::{AccountId, Receipt, RecordId, UserId};
use crate::venue::WexFutures;

request! {
    /// Says what the account may do.
    ///
    /// `GET /future/user/v1/account/info` · signed · 10 per s per key, with all other signed requests.
    pub struct GetAccountInfo {}
}

impl Endpoint for GetAccountInfo {
    type Venue = WexFutures;
    type Response = AccountInfo;
    const SPEC: Spec = Spec::get("/future/user/v1/account/info")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

model! {
    /// What an account may do.
    #[serde(rename_all = "camelCase")]
    pub struct AccountInfo {
        /// Id of the account.
        pub account_id?: AccountId,
        /// Id of the user.
        pub user_id?: UserId,
        /// State; what the numbers mean is not documented.
        pub state?: i64,
        /// Whether it may open positions.
        pub allow_open_position?: bool,
        /// Whether it may trade.
        pub allow_trade?: bool,
        /// Whether it may transfer.
        pub allow_transfer?: bool,
        /// When it was opened.
        pub open_time?: Millis,
    }
}

request! {
    /// Opens the futures account.
    ///
    /// `POST /future/user/v1/account/open` · signed · 10 per s per key, with all other signed requests ·
    /// never repeated by itself.
    pub struct OpenAccount {}
}

impl Endpoint for OpenAccount {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/user/v1/account/open")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Gives the account's fee level and what the next one takes.
    ///
    /// `GET /future/user/v1/user/step-rate` · signed · 10 per s per key, with all other signed requests.
    pub struct GetStepRate {}
}

impl Endpoint for GetStepRate {
    type Venue = WexFutures;
    type Response = StepRate;
    const SPEC: Spec = Spec::get("/future/user/v1/user/step-rate")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

model! {
    /// Fee level of an account; rates are fractions, amounts are in USDT.
    #[serde(rename_all = "camelCase")]
    pub struct StepRate {
        /// Whether it is a special account.
        pub special_type?: bool,
        /// Whether it has professional rates.
        pub vip_pro_type?: bool,
        /// Name of those.
        pub step_rate_pro_name?: String,
        /// Level.
        pub discount_level?: u32,
        /// Days for which the level is kept.
        pub level_return_day?: u32,
        /// Fee of who has the resting order.
        pub maker_fee?: Rate,
        /// Fee of who trades against it.
        pub taker_fee?: Rate,
        /// Traded in the last 29 days and today.
        pub total_trade_volume?: Amount,
        /// That in USDT-M futures.
        pub u_based_total_trade_volume?: Amount,
        /// That in Coin-M futures.
        pub coin_based_total_trade_volume?: Amount,
        /// Equity.
        pub wallet_balance?: Amount,
        /// Unrealised profit and loss.
        pub not_profit?: Amount,
        /// Volume that the next level takes.
        pub next_lv_trade_volume?: Amount,
        /// Volume that is lacking.
        pub lack_trade_volume?: Amount,
        /// Equity that the next level takes.
        pub next_lv_wallet_balance?: Amount,
        /// Equity that is lacking.
        pub lack_wallet_balance?: Amount,
        /// Maker fee of the next level.
        pub next_lv_maker_fee?: Rate,
        /// Taker fee of the next level.
        pub next_lv_taker_fee?: Rate,
    }
}

request! {
    /// Gives a key for the private WebSocket, valid for eight hours.
    ///
    /// `GET /future/user/v1/user/listen-key` · signed · 10 per s per key, with all other signed requests
    /// · may be repeated. There is no call that extends a key: fetch a new one in time. What becomes of
    /// the one before is not documented.
    pub struct GetListenKey {}
}

impl Endpoint for GetListenKey {
    type Venue = WexFutures;
    type Response = ListenKey;
    const SPEC: Spec = Spec::get("/future/user/v1/user/listen-key")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

secret_id! {
    /// A key for the private WebSocket; printed as `***`.
    pub struct ListenKey
}

request! {
    /// Adds a contract to the favourites.
    ///
    /// `POST /future/user/v1/user/collection/add` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct AddCollection { symbol: Symbol }
}

impl Endpoint for AddCollection {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/user/v1/user/collection/add")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Takes a contract out of the favourites.
    ///
    /// `POST /future/user/v1/user/collection/cancel` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct CancelCollection { symbol: Symbol }
}

impl Endpoint for CancelCollection {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/user/v1/user/collection/cancel")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists the favourites.
    ///
    /// `GET /future/user/v1/user/collection/list` · signed · 10 per s per key, with all other signed
    /// requests. What a row is is not documented; a name is expected.
    pub struct ListCollections {}
}

impl Endpoint for ListCollections {
    type Venue = WexFutures;
    type Response = Rows<Symbol>;
    const SPEC: Spec = Spec::get("/future/user/v1/user/collection/list")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}
