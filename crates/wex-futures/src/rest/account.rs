//! Account data.

use venue_core::{Amount, Asset, Endpoint, Spec, model};

use crate::limits;
use crate::model::{AccountId, UnderlyingType, UserId};
use crate::venue::WexFutures;

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
