//! Sub-accounts: funds between them and the main account.

use venue_core::{
    Amount, Asset, Empty, Endpoint, Invalid, Millis, Permission, Rows, Secs, Spec, id, model, request,
};

use super::check;
use crate::limits;
use crate::model::WalletType;
use crate::venue::BitMart;

id! {
    /// Your own number of a transfer: one for each transfer that is meant, up to 64 characters.
    ///
    /// The venue calls it a unique identifier and doesn't say what becomes of a second transfer under the same
    /// number, nor for how long it remembers. So a transfer is not repeated by itself. When you repeat one
    /// whose outcome is unknown, after a look at the history, do it under the same number.
    pub struct RequestNo
}

impl RequestNo {
    /// A fresh number: a UUID (version 7), the time first.
    #[must_use]
    pub fn fresh() -> Self {
        let time = Millis::now().get().unsigned_abs() & 0xffff_ffff_ffff;
        let (high, low) = (fastrand::u16(..) & 0x0fff, fastrand::u64(..) >> 2);
        let variant = (low >> 48) | 0x8000;
        let node = low & 0xffff_ffff_ffff;
        Self::new(format!("{:08x}-{:04x}-7{high:03x}-{variant:04x}-{node:012x}", time >> 16, time & 0xffff))
    }

    fn check(&self) -> Result<(), Invalid> {
        match self.as_str().len() {
            1..=64 => Ok(()),
            length => Err(Invalid::new(format!("requestNo: 1 to 64 characters, not {length}"))),
        }
    }
}

id! {
    /// Name of a sub-account.
    pub struct SubAccount
}

request! {
    /// Moves futures funds from a sub-account to the main account, by the main account.
    ///
    /// `POST /account/contract/sub-account/main/v1/sub-to-main` · signed · 8 per 2 s per key · never repeated by
    /// itself: after `Unknown`, look at [`GetSubAccountTransfers`].
    pub struct SubToMain {
        request_no = "requestNo": RequestNo,
        amount: Amount,
        /// Only USDT is supported.
        currency: Asset,
        sub_account = "subAccount": SubAccount,
    }
}

impl Endpoint for SubToMain {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/account/contract/sub-account/main/v1/sub-to-main")
        .section("Sub-Account")
        .signed()
        .permission(Permission::Transfer)
        .cost(&limits::SUB_TO_MAIN, 1);

    fn check(&self) -> Result<(), Invalid> {
        self.request_no.check()
    }
}

request! {
    /// Moves futures funds from the main account to a sub-account, by the main account.
    ///
    /// `POST /account/contract/sub-account/main/v1/main-to-sub` · signed · 8 per 2 s per key · never repeated by
    /// itself: after `Unknown`, look at [`GetSubAccountTransfers`].
    pub struct MainToSub {
        request_no = "requestNo": RequestNo,
        amount: Amount,
        /// Only USDT is supported.
        currency: Asset,
        sub_account = "subAccount": SubAccount,
    }
}

impl Endpoint for MainToSub {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/account/contract/sub-account/main/v1/main-to-sub")
        .section("Sub-Account")
        .signed()
        .permission(Permission::Transfer)
        .cost(&limits::MAIN_TO_SUB, 1);

    fn check(&self) -> Result<(), Invalid> {
        self.request_no.check()
    }
}

request! {
    /// Moves futures funds from this sub-account to its main account, by the sub-account.
    ///
    /// `POST /account/contract/sub-account/sub/v1/sub-to-main` · signed · 8 per 2 s per key · never repeated by
    /// itself: after `Unknown`, look at [`GetTransferHistory`].
    pub struct SubToMainBySub {
        request_no = "requestNo": RequestNo,
        amount: Amount,
        /// Only USDT is supported.
        currency: Asset,
    }
}

impl Endpoint for SubToMainBySub {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/account/contract/sub-account/sub/v1/sub-to-main")
        .section("Sub-Account")
        .signed()
        .permission(Permission::Transfer)
        .cost(&limits::SUB_SUB_TO_MAIN, 1);

    fn check(&self) -> Result<(), Invalid> {
        self.request_no.check()
    }
}

request! {
    /// Gives the futures wallet of a sub-account, to the main account.
    ///
    /// `GET /account/contract/sub-account/main/v1/wallet` · keyed · 12 per 2 s per key.
    pub struct GetSubAccountWallet { sub_account = "subAccount": SubAccount }
    optional {
        /// One currency only.
        currency: Asset,
    }
}

impl Endpoint for GetSubAccountWallet {
    type Venue = BitMart;
    type Response = SubAccountWallet;
    const SPEC: Spec = Spec::get("/account/contract/sub-account/main/v1/wallet")
        .section("Sub-Account")
        .keyed()
        .permission(Permission::Transfer)
        .cost(&limits::SUB_WALLET, 1);
}

model! {
    /// Futures wallet of a sub-account.
    pub struct SubAccountWallet {
        /// One row a currency.
        pub wallet: Rows<SubAccountBalance>,
    }
}

model! {
    /// A currency of a sub-account.
    pub struct SubAccountBalance {
        /// Currency.
        pub currency: Asset,
        /// Its name for people.
        pub name?: String,
        /// Free.
        pub available?: Amount,
        /// Frozen.
        pub frozen?: Amount,
    }
}

request! {
    /// Lists the latest transfers of a sub-account, to the main account.
    ///
    /// `GET /account/contract/sub-account/main/v1/transfer-list` · keyed · 8 per 2 s per key.
    pub struct GetSubAccountTransfers {
        sub_account = "subAccount": SubAccount,
        /// How many, 1 to 100.
        limit: u32,
    }
}

impl Endpoint for GetSubAccountTransfers {
    type Venue = BitMart;
    type Response = Rows<AccountTransfer>;
    const SPEC: Spec = Spec::get("/account/contract/sub-account/main/v1/transfer-list")
        .section("Sub-Account")
        .keyed()
        .permission(Permission::Transfer)
        .cost(&limits::SUB_TRANSFER_LIST, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", Some(self.limit), 1..=100)
    }
}

request! {
    /// Lists the latest transfers of this account, main or sub.
    ///
    /// `GET /account/contract/sub-account/v1/transfer-history` · keyed · 8 per 2 s per key.
    pub struct GetTransferHistory {
        /// How many, 1 to 100.
        limit: u32,
    }
}

impl Endpoint for GetTransferHistory {
    type Venue = BitMart;
    type Response = Rows<AccountTransfer>;
    const SPEC: Spec = Spec::get("/account/contract/sub-account/v1/transfer-history")
        .section("Sub-Account")
        .keyed()
        .permission(Permission::Transfer)
        .cost(&limits::SUB_TRANSFER_HISTORY, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", Some(self.limit), 1..=100)
    }
}

model! {
    /// A transfer between accounts. It does not tell the number under which it was asked for.
    #[serde(rename_all = "camelCase")]
    pub struct AccountTransfer {
        /// From whom.
        pub from_account?: SubAccount,
        /// To whom.
        pub to_account?: SubAccount,
        /// From which wallet.
        pub from_wallet_type?: WalletType,
        /// To which wallet.
        pub to_wallet_type?: WalletType,
        /// Currency.
        pub currency: Asset,
        /// Amount.
        pub amount: Amount,
        /// When it was asked for; in seconds.
        pub submission_time?: Secs,
    }
}
