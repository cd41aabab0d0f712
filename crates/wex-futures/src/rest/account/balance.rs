//! Balances, bills and funding.

use venue_core::{Amount, Asset, Endpoint, Millis, Rows, Spec, Symbol, model};

use crate::limits;
use crate::model::{
    AccountId, BillSide, BillType, CursorPage, Direction, PositionSide, RecordId, UnderlyingType, UserId,
};
use crate::venue::WexFutures;

request! {
    /// Gives the balance of one coin, in short.
    ///
    /// `GET /future/user/v1/balance/detail` · signed · 3 per s per key, with all other requests about
    /// assets.
    pub struct GetBalanceDetail {
        /// Coin, in lower case.
        coin: Asset,
    }
}

impl Endpoint for GetBalanceDetail {
    type Venue = WexFutures;
    type Response = Balance;
    const SPEC: Spec = Spec::get("/future/user/v1/balance/detail")
        .section("Account")
        .signed()
        .cost(&limits::ASSETS, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists the balances of all coins, in short.
    ///
    /// `GET /future/user/v1/balance/list` · signed · 3 per s per key, with all other requests about
    /// assets.
    pub struct ListBalances {}
}

impl Endpoint for ListBalances {
    type Venue = WexFutures;
    type Response = Rows<Balance>;
    const SPEC: Spec = Spec::get("/future/user/v1/balance/list")
        .section("Account")
        .signed()
        .cost(&limits::ASSETS, 1)
        .cost(&limits::ALL, 1);
}

model! {
    /// Balance of a coin; amounts are in that coin.
    #[serde(rename_all = "camelCase")]
    pub struct Balance {
        /// Coin, in the venue's spelling.
        pub coin: Asset,
        /// Balance of the wallet.
        pub wallet_balance?: Amount,
        /// Free.
        pub available_balance?: Amount,
        /// Frozen as margin of orders.
        pub open_order_margin_frozen?: Amount,
        /// Margin of isolated positions.
        pub isolated_margin?: Amount,
        /// Margin of cross positions.
        pub crossed_margin?: Amount,
        /// Trial funds.
        pub bonus?: Amount,
        /// Deductions.
        pub coupon?: Amount,
    }
}

request! {
    /// Gives the balance of one coin.
    ///
    /// `GET /future/user/v1/compat/balance/{coin}` · signed · 3 per s per key, with all other requests
    /// about assets.
    pub struct GetCompatBalance {
        /// Coin, in lower case.
        coin: Asset,
    }
}

impl Endpoint for GetCompatBalance {
    type Venue = WexFutures;
    type Response = CompatBalance;
    const SPEC: Spec = Spec::get("/future/user/v1/compat/balance/{coin}")
        .section("Account")
        .signed()
        .cost(&limits::ASSETS, 1)
        .cost(&limits::ALL, 1);
}

model! {
    /// Balance of a coin; amounts are in that coin unless said otherwise.
    #[serde(rename_all = "camelCase")]
    pub struct CompatBalance {
        /// Id of the account.
        pub account_id?: AccountId,
        /// Id of the user.
        pub user_id?: UserId,
        /// Coin, in the venue's spelling.
        pub coin: Asset,
        /// What it is margin for.
        pub underlying_type?: UnderlyingType,
        /// Balance of the wallet.
        pub wallet_balance?: Amount,
        /// Frozen as margin of orders.
        pub open_order_margin_frozen?: Amount,
        /// Margin of isolated positions.
        pub isolated_margin?: Amount,
        /// Margin of cross positions.
        pub crossed_margin?: Amount,
        /// Net assets.
        pub amount?: Amount,
        /// Margin balance.
        pub total_amount?: Amount,
        /// Balance of the wallet, in BTC.
        pub convert_btc_amount?: Amount,
        /// Balance of the wallet, in USDT.
        pub convert_usdt_amount?: Amount,
        /// Realised profit and loss.
        pub profit?: Amount,
        /// Unrealised profit and loss.
        pub not_profit?: Amount,
        /// Trial funds.
        pub bonus?: Amount,
        /// Deductions.
        pub coupon?: Amount,
        /// Margin coupons.
        pub deposit_coupon?: Amount,
        /// Balance that serves as margin.
        pub margin_balance?: Amount,
        /// Frozen as fees of orders.
        pub open_order_fee_frozen?: Amount,
    }
}

request! {
    /// Lists the balances of all coins.
    ///
    /// `GET /future/user/v1/compat/balance/list` · signed · 3 per s per key, with all other requests
    /// about assets.
    pub struct ListCompatBalances {}
    optional {
        /// Of this account.
        query_account_id: AccountId,
    }
}

impl Endpoint for ListCompatBalances {
    type Venue = WexFutures;
    type Response = Rows<CompatBalance>;
    const SPEC: Spec = Spec::get("/future/user/v1/compat/balance/list")
        .section("Account")
        .signed()
        .cost(&limits::ASSETS, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists what has changed the balances.
    ///
    /// `GET /future/user/v1/balance/bills` · signed · 3 per s per key, with all other requests about
    /// assets.
    pub struct ListBalanceBills {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this bill; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListBalanceBills {
    type Venue = WexFutures;
    type Response = CursorPage<Bill>;
    const SPEC: Spec = Spec::get("/future/user/v1/balance/bills")
        .section("Account")
        .signed()
        .cost(&limits::ASSETS, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListBalanceBills by id: Bill, id);

model! {
    /// A change of a balance.
    #[serde(rename_all = "camelCase")]
    pub struct Bill {
        /// Id of the record.
        pub id: RecordId,
        /// Coin.
        pub coin?: Asset,
        /// Contract that it came from.
        pub symbol?: Symbol,
        /// In or out.
        pub side?: BillSide,
        /// Why.
        #[serde(rename = "type")]
        pub kind?: BillType,
        /// How much, in that coin.
        pub amount?: Amount,
        /// Balance after it.
        pub after_amount?: Amount,
        /// When.
        pub created_time?: Millis,
    }
}

request! {
    /// Lists funding that was paid or received.
    ///
    /// `GET /future/user/v1/balance/funding-rate-list` · signed · 3 per s per key, with all other
    /// requests about assets.
    pub struct ListFundingFees {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this record; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListFundingFees {
    type Venue = WexFutures;
    type Response = CursorPage<FundingFee>;
    const SPEC: Spec = Spec::get("/future/user/v1/balance/funding-rate-list")
        .section("Account")
        .signed()
        .cost(&limits::ASSETS, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListFundingFees by id: FundingFee, id);

model! {
    /// A payment of funding.
    #[serde(rename_all = "camelCase")]
    pub struct FundingFee {
        /// Id of the record.
        pub id: RecordId,
        /// Contract.
        pub symbol: Symbol,
        /// Of the long or the short position.
        pub position_side?: PositionSide,
        /// Coin.
        pub coin?: Asset,
        /// How much, in that coin. Which sign means paid is not documented.
        pub cast?: Amount,
        /// When.
        pub created_time?: Millis,
    }
}
