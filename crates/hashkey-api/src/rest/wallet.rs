//! Wallet: deposits and withdrawals of coins.

mod sender;

use venue_core::{Amount, Asset, ClientOrderId, Endpoint, Invalid, Millis, Rows, Spec, model};

pub use sender::Sender;

use super::{check_filled, check_limit};
use crate::limits;
use crate::model::{
    AccountId, ChainType, DepositExchange, DepositStatus, TokenType, WithdrawId, WithdrawPlatform,
    WithdrawStatus,
};
use crate::venue::HashKey;

/// The documented rule: up to 20 letters and digits.
fn check_memo(memo: Option<&str>) -> Result<(), Invalid> {
    match memo {
        Some(memo) if memo.len() > 20 || !memo.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            Err(Invalid::new(format!("memo {memo:?}: up to 20 letters and digits")))
        }
        _ => Ok(()),
    }
}

request! {
    /// Reads where a coin is deposited.
    ///
    /// `GET /api/v1/account/deposit/address` · signed · 5 per 1 s per key (assumed).
    pub struct GetDepositAddress {
        coin: Asset,
        /// Network, in the spelling of `GetChainType`.
        chain_type: ChainType,
    }
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetDepositAddress {
    type Venue = HashKey;
    type Response = DepositAddress;
    const SPEC: Spec = Spec::get("/api/v1/account/deposit/address")
        .section("Wallet")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("coin", self.coin.as_str())?;
        check_filled("chainType", self.chain_type.as_str())
    }
}

model! {
    /// Where a coin is deposited.
    #[serde(rename_all = "camelCase")]
    pub struct DepositAddress {
        /// Whether it can be deposited.
        pub can_deposit?: bool,
        /// The address.
        pub address: String,
        /// Not in use: a tag.
        pub address_ext?: String,
        /// Smallest deposit.
        pub min_quantity?: Amount,
        /// Not in use: whether a tag is needed.
        pub need_address_tag?: bool,
        /// Blocks until a deposit counts; about.
        pub required_confirm_times?: u32,
        /// Blocks until it can be withdrawn again; about.
        pub can_withdraw_confirm_times?: u32,
        /// What the coin is on its chain.
        pub coin_type?: TokenType,
    }
}

request! {
    /// Lists deposits.
    ///
    /// `GET /api/v1/account/depositOrders` · signed · weight 5 of 5 per 1 s per key (assumed). There is no cursor:
    /// narrow the time for more.
    pub struct GetDepositOrders {}
    optional {
        /// One coin only. The documentation calls it `ETH_USDT`, network and coin, and answers `USDT`.
        coin: Asset,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetDepositOrders {
    type Venue = HashKey;
    type Response = Rows<DepositOrder>;
    const SPEC: Spec = Spec::get("/api/v1/account/depositOrders")
        .section("Wallet")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        check_limit(self.limit, 1000)
    }
}

model! {
    /// A deposit.
    #[serde(rename_all = "camelCase")]
    pub struct DepositOrder {
        /// When it was seen.
        pub time?: Millis,
        /// Coin.
        pub coin?: Asset,
        /// Coin for people.
        pub coin_name?: String,
        /// Where it went.
        pub address?: String,
        /// How much.
        pub quantity?: Amount,
        /// How far it is.
        pub status?: DepositStatus,
        /// How far it is, once more.
        pub status_code?: DepositStatus,
        /// The transaction on the chain.
        pub tx_id?: String,
    }
}

request! {
    /// Says whose address a deposit came from, which it waits for.
    ///
    /// `POST /api/v1/account/authAddress` · signed · 5 per 1 s per key (assumed) · never repeated by itself.
    pub struct AuthAddress {
        /// The transaction on the chain.
        txid: String,
        /// Who sent it.
        sender: Sender,
        /// The exchange that it came from.
        exchange_name: DepositExchange,
        /// That the address is yours, which is what you declare: by `true`.
        is_address_owner: bool,
    }
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for AuthAddress {
    type Venue = HashKey;
    type Response = AuthAddressAck;
    const SPEC: Spec = Spec::post("/api/v1/account/authAddress")
        .section("Wallet")
        .form()
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("txid", &self.txid)?;
        self.sender.check()
    }
}

model! {
    /// The venue took what you said of a deposit.
    #[serde(rename_all = "camelCase")]
    pub struct AuthAddressAck {
        /// Whether it did; when not, that is an error.
        pub success: bool,
        /// The venue's words.
        pub msg?: String,
        /// When.
        pub timestamp?: Millis,
    }
}

request! {
    /// Withdraws a coin to an address outside.
    ///
    /// `POST /api/v1/account/withdraw` · signed · 5 per 1 s per key (assumed) · never repeated by itself: after
    /// `Unknown`, look for it in [`GetWithdrawOrders`]. Whether your id makes a withdrawal count once isn't
    /// documented. Where the account asks for a second factor, errors name a `twoFaToken` that the
    /// documentation doesn't: send it with `.extra("twoFaToken", …)`.
    pub struct Withdraw {
        coin: Asset,
        /// Your own id.
        client_order_id: ClientOrderId,
        /// Where it goes; the venue wants to know the address beforehand.
        address: String,
        /// How much, in the coin.
        quantity: Amount,
        /// Network, in the spelling of `GetChainType`.
        chain_type: ChainType,
    }
    optional {
        /// Not in use: a tag.
        address_ext: String,
        /// The exchange that the address belongs to.
        platform: WithdrawPlatform,
        /// Memo, for the networks that need one: up to 20 letters and digits.
        memo: String,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for Withdraw {
    type Venue = HashKey;
    type Response = WithdrawAck;
    const SPEC: Spec = Spec::post("/api/v1/account/withdraw")
        .section("Wallet")
        .form()
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("coin", self.coin.as_str())?;
        check_filled("clientOrderId", self.client_order_id.as_str())?;
        check_filled("address", &self.address)?;
        check_filled("chainType", self.chain_type.as_str())?;
        check_memo(self.memo.as_deref())
    }

    /// Yours is required, so that there is never one to fill in; shown, so that errors name it.
    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut Some(self.client_order_id.clone()));
    }
}

model! {
    /// The venue took a withdrawal.
    #[serde(rename_all = "camelCase")]
    pub struct WithdrawAck {
        /// Whether it did; when not, that is an error.
        pub success: bool,
        /// Zero wherever it is shown; see `orderId`.
        pub id?: String,
        /// The venue's id, under which [`GetWithdrawOrders`] lists it.
        pub order_id?: WithdrawId,
        /// Account that it leaves.
        pub account_id?: AccountId,
    }
}

request! {
    /// Lists withdrawals.
    ///
    /// `GET /api/v1/account/withdrawOrders` · signed · weight 5 of 5 per 1 s per key (assumed). There is no
    /// cursor: narrow the time for more.
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
        check_memo(self.memo.as_deref())?;
        check_limit(self.limit, 1000)
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
        pub platform?: WithdrawPlatform,
        /// Memo, for the networks that need one.
        pub memo?: String,
    }
}
