//! Wallet.

use venue_core::{Amount, Asset, Endpoint, Invalid, Millis, Rows, Spec, model};

use crate::limits;
use crate::model::{WithdrawId, WithdrawStatus};
use crate::venue::HashKey;

request! {
    /// Lists withdrawals.
    ///
    /// `GET /api/v1/account/withdrawOrders` · signed · weight 5 of 5 per 1 s per key (assumed).
    pub struct GetWithdrawOrders {}
    optional {
        /// One coin only.
        coin: Asset,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// With this remark only.
        remark: String,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
        /// With this memo only: up to 20 letters and digits.
        memo: String,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetWithdrawOrders {
    type Venue = HashKey;
    type Response = Rows<WithdrawOrder>;
    const SPEC: Spec = Spec::get("/api/v1/account/withdrawOrders")
        .section("Wallet")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        if let Some(memo) = &self.memo
            && (memo.len() > 20 || !memo.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        {
            return Err(Invalid::new(format!("memo {memo:?}: up to 20 letters and digits")));
        }
        match self.limit {
            Some(limit) if !(1..=1000).contains(&limit) => {
                Err(Invalid::new(format!("limit {limit}: 1 to 1000")))
            }
            _ => Ok(()),
        }
    }
}

model! {
    /// A withdrawal.
    #[serde(rename_all = "camelCase")]
    pub struct WithdrawOrder {
        /// When it was made.
        pub time?: Millis,
        /// Id.
        pub id: WithdrawId,
        /// Coin.
        pub coin?: Asset,
        /// Coin, once more.
        pub coin_id?: Asset,
        /// Coin for people.
        pub coin_name?: String,
        /// Where it goes.
        pub address?: String,
        /// How much was asked for.
        pub quantity?: Amount,
        /// How much arrived; `None` while it is under way.
        pub arrive_quantity?: Amount,
        /// How far it is.
        pub status?: WithdrawStatus,
        /// The transaction on the chain; `None` before there is one.
        pub tx_id?: String,
        /// Where it goes, once more.
        pub address_url?: String,
        /// Coin of the fee.
        pub fee_coin_id?: Asset,
        /// Coin of the fee for people.
        pub fee_coin_name?: String,
        /// Fee.
        pub fee?: Amount,
        /// Your remark.
        pub remark?: String,
        /// The exchange that receives it, where one was named.
        pub platform?: String,
        /// Memo, for the networks that need one.
        pub memo?: String,
    }
}
