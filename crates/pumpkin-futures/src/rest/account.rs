//! The account: balances and their changes, the key to the private WebSocket, rebates.

use venue_core::{Amount, Asset, Endpoint, Invalid, Millis, Rate, Rows, Spec, Symbol, model};

use super::{check, spec};
use crate::model::{
    BillSide, BillType, ListenKey, Page, PageDirection, RebateType, RecordId, SymbolId, UserId, UserType,
};
use crate::venue::Pumpkin;

request! {
    /// Lists your balances.
    ///
    /// `GET /v2/balance/list` · signed · weight 2 · a read, may be repeated.
    pub struct ListBalances {}
}

impl Endpoint for ListBalances {
    type Venue = Pumpkin;
    type Response = Rows<Balance>;
    const SPEC: Spec = spec::account(2, "/v2/balance/list");
}

request! {
    /// Gives your balance of one currency.
    ///
    /// `GET /v2/balance/detail` · signed · weight 1 · a read, may be repeated. Currencies are in lower case in
    /// the answers, and in either in the documentation.
    pub struct GetBalance { coin: Asset }
}

impl Endpoint for GetBalance {
    type Venue = Pumpkin;
    type Response = Balance;
    const SPEC: Spec = spec::account(1, "/v2/balance/detail");

    fn check(&self) -> Result<(), Invalid> {
        check::named("coin", self.coin.as_str())
    }
}

model! {
    /// A balance.
    #[serde(rename_all = "camelCase")]
    pub struct Balance {
        /// Currency.
        pub coin: Asset,
        /// All there is.
        pub wallet_balance?: Amount,
        /// Margin that live orders hold.
        pub open_order_margin_frozen?: Amount,
        /// Margin of isolated positions.
        pub isolated_margin?: Amount,
        /// Initial margin of crossed positions.
        pub crossed_margin?: Amount,
        /// What can be used or withdrawn.
        pub available_balance?: Amount,
        /// Bonus.
        pub bonus?: Amount,
    }
}

request! {
    /// Lists what changed your balances, the newest first.
    ///
    /// `GET /v2/balance/bills` · signed · weight 2 · a read, may be repeated.
    pub struct ListBills {}
    optional {
        /// Goes on from this one.
        id: RecordId,
        /// Which way.
        direction: PageDirection,
        /// How many; 10 by default.
        limit: u32,
        /// One currency only.
        coin: Asset,
        /// One contract only.
        symbol: Symbol,
        /// One reason only.
        bill_type = "type": BillType,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListBills {
    type Venue = Pumpkin;
    type Response = Page<Bill>;
    const SPEC: Spec = spec::account(2, "/v2/balance/bills");
}

paged!(ListBills by row: Bill, id);

model! {
    /// A change of a balance.
    #[serde(rename_all = "camelCase")]
    pub struct Bill {
        /// Its id.
        pub id: RecordId,
        /// Currency.
        pub coin?: Asset,
        /// Contract.
        pub symbol?: Symbol,
        /// Why.
        #[serde(rename = "type")]
        pub bill_type?: BillType,
        /// How much, with its sign.
        pub amount?: Amount,
        /// Which way, as the sign says too.
        pub side?: BillSide,
        /// What was there afterwards; `None` in all examples.
        pub after_amount?: Amount,
        /// When.
        pub created_time?: Millis,
    }
}

request! {
    /// Gives a key to the private WebSocket, good for about an hour. There is no way to prolong it: fetch
    /// another.
    ///
    /// `GET /v2/user/listen-key` · signed · weight 5 · may be repeated: it may make a new key each time, but a
    /// key whose answer was lost is in nobody's hands. Whether a new key ends the one before is not said, so
    /// that one which is in use is best replaced by connecting anew. No private channel is documented.
    pub struct GetListenKey {}
}

impl Endpoint for GetListenKey {
    type Venue = Pumpkin;
    type Response = ListenKey;
    const SPEC: Spec = spec::account(5, "/v2/user/listen-key");
}

request! {
    /// Lists a partner's rebates.
    ///
    /// `GET /v2/channel/rebateDetail` · signed · weight 1 · a read, may be repeated. How many rows come is not
    /// said, and there are no pages.
    pub struct GetRebateDetails {}
    optional {
        /// Not before. The documentation adds "UTC+8", and sends milliseconds since 1970.
        rebate_start_date: Millis,
        /// Not after; as above.
        rebate_end_date: Millis,
        /// One contract only, by its id.
        symbol_id: SymbolId,
    }
}

impl Endpoint for GetRebateDetails {
    type Venue = Pumpkin;
    type Response = Rows<Rebate>;
    const SPEC: Spec = spec::account(1, "/v2/channel/rebateDetail");
}

model! {
    /// A partner's rebate.
    #[serde(rename_all = "camelCase")]
    pub struct Rebate {
        /// Whose trades it is for.
        pub uid?: UserId,
        /// The same user by another id; spelt with and without an `s` by the documentation.
        #[serde(alias = "pumpkinUid")]
        pub pumpkins_uid?: UserId,
        /// Their wallet's address.
        pub wallet_address?: String,
        /// What they traded, in quote currency by its size.
        pub total_trade_amount?: Amount,
        /// What they paid in fees.
        pub total_fee?: Amount,
        /// The rebate.
        pub total_rebate_amount?: Amount,
        /// When it was reckoned.
        pub rebate_date?: Millis,
        /// Contract.
        pub symbol?: Symbol,
        /// What it is paid for.
        pub rebate_type?: RebateType,
        /// Its rate, as a fraction of the fees.
        pub rate?: Rate,
        /// Whose trades they were.
        pub user_type?: UserType,
        /// The contract's id.
        pub symbol_id?: SymbolId,
    }
}
