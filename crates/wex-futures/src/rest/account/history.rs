//! What the venue did to positions: deleveraging and takeovers.

use venue_core::{Amount, Contracts, Endpoint, Millis, Price, Spec, Symbol, model};

use crate::limits;
use crate::model::{
    AccountId, CursorPage, HistoryDirection, PositionSide, PositionTypeCode, RecordId, UserId,
};
use crate::venue::WexFutures;

request! {
    /// Lists positions that were deleveraged.
    ///
    /// `GET /future/user/v1/auto-deleverage/history` · signed · 10 per s per key, with all other signed
    /// requests. The documentation calls `id` a page number; it is a record's.
    pub struct ListAutoDeleverageHistory {}
    optional {
        /// Which way to go on from `id`; to the page after by default.
        direction: HistoryDirection,
        /// Go on from this record; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// Not before; 90 days ago by default.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListAutoDeleverageHistory {
    type Venue = WexFutures;
    type Response = CursorPage<Deleveraging>;
    const SPEC: Spec = Spec::get("/future/user/v1/auto-deleverage/history")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListAutoDeleverageHistory by id: Deleveraging, id);

model! {
    /// A position that was deleveraged.
    #[serde(rename_all = "camelCase")]
    pub struct Deleveraging {
        /// Id of the record.
        pub id: RecordId,
        /// Contract.
        pub symbol: Symbol,
        /// Long or short.
        pub position_side?: PositionSide,
        /// How much was closed, in contracts.
        pub quantity?: Contracts,
        /// Price, in quote currency.
        pub price?: Price,
        /// Profit or loss that was realised.
        pub realized_profit?: Amount,
        /// When.
        pub created_time?: Millis,
        /// Whether it was held with bonus funds.
        pub welfare_account?: bool,
        /// Id of the user.
        pub uid?: UserId,
        /// Id of the account.
        pub account_id?: AccountId,
    }
}

request! {
    /// Lists positions that the venue took over.
    ///
    /// `GET /future/user/v1/taker-over/list` · signed · 10 per s per key, with all other signed requests.
    /// The documentation calls `id` a page number; it is taken for a record's, whose only id is
    /// `requestId`.
    pub struct ListTakerOver {}
    optional {
        /// Which way to go on from `id`; to the page after by default.
        direction: HistoryDirection,
        /// Go on from this record; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListTakerOver {
    type Venue = WexFutures;
    type Response = CursorPage<TakerOver>;
    const SPEC: Spec = Spec::get("/future/user/v1/taker-over/list")
        .section("Account")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListTakerOver by id: TakerOver, request_id);

model! {
    /// A position that the venue took over. Some of its numbers are whole ones of an undocumented scale,
    /// and differ in it: they are kept as text.
    #[serde(rename_all = "camelCase")]
    pub struct TakerOver {
        /// Id of the record.
        pub request_id: RecordId,
        /// Contract.
        pub symbol: Symbol,
        /// Id of the contract.
        pub symbol_id?: RecordId,
        /// Id of its group.
        pub symbol_group_id?: RecordId,
        /// Margin mode.
        pub position_type?: PositionTypeCode,
        /// Long or short, as an undocumented number.
        pub position_side?: String,
        /// Size, in contracts.
        pub position_size?: Contracts,
        /// Average price of opening, scaled.
        pub entry_price?: String,
        /// Mark price, scaled.
        pub mark_price?: String,
        /// Balance, scaled.
        pub balance?: String,
        /// Margin rate, scaled.
        pub margin_rate?: String,
        /// Whether the takeover went through.
        pub success?: bool,
        /// Id of the account.
        pub account_id?: AccountId,
        /// Id of the user.
        pub user_id?: UserId,
        /// Id of the user's group.
        pub user_group_id?: RecordId,
        /// Id of the tenant.
        pub tenant_id?: RecordId,
        /// Id of the account that took over.
        pub risk_account_id?: AccountId,
        /// Id of that account's user.
        pub risk_user_id?: UserId,
        /// Id of that user's group.
        pub risk_user_group_id?: RecordId,
        /// When.
        pub created_time?: Millis,
    }
}
