//! Account: balances, fees, kinds of accounts and keys, transfers.

mod coin;
mod history;

use venue_core::{Amount, Asset, ClientOrderId, Endpoint, Invalid, Millis, Rate, Rows, Spec, Symbol, model};

pub use coin::*;
pub use history::*;

use super::{check_filled, check_length};
use crate::limits;
use crate::model::{AccountId, AccountLabel, AccountType, KeyType, ProductType, TransferId, UserId};
use crate::venue::HashKey;

request! {
    /// Reads the fee level, and the fees of each pair.
    ///
    /// `GET /api/v1/account/vipInfo` · signed · weight 5 of 5 per 1 s per key (assumed). A snapshot of the day.
    pub struct GetVipInfo {}
    optional {
        /// These pairs only. How they are told apart isn't documented; by commas, as ids are.
        symbols: Vec<Symbol> as comma,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetVipInfo {
    type Venue = HashKey;
    type Response = VipInfo;
    const SPEC: Spec =
        Spec::get("/api/v1/account/vipInfo").section("Account").signed().bare().cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        // An empty text would not ask for no pair, but for all.
        match &self.symbols {
            Some(symbols) if symbols.is_empty() => Err(Invalid::new("symbols is empty")),
            _ => Ok(()),
        }
    }
}

model! {
    /// Fee level, and fees.
    #[serde(rename_all = "camelCase")]
    pub struct VipInfo {
        /// The venue's code, which is a success.
        pub code?: String,
        /// The venue's words.
        pub msg?: String,
        /// Fee level.
        pub vip_level?: String,
        /// What was traded in the last 30 days, in US dollars.
        pub trade_vol30_day?: Amount,
        /// What the assets are worth, in US dollars.
        pub total_asset_bal?: Amount,
        /// One row a pair.
        #[serde(default)]
        pub data: Rows<PairFee>,
        /// When the snapshot was taken.
        #[serde(alias = "updateTimeStamp")]
        pub update_timestamp?: Millis,
    }
}

model! {
    /// Fees of a pair.
    #[serde(rename_all = "camelCase")]
    pub struct PairFee {
        /// Pair.
        pub symbol: Symbol,
        /// What its two sides are.
        pub product_type?: ProductType,
        /// Currency of a buyer's fee as maker.
        pub buy_maker_fee_currency?: Asset,
        /// Currency of a buyer's fee as taker.
        pub buy_taker_fee_currency?: Asset,
        /// Currency of a seller's fee as maker.
        pub sell_maker_fee_currency?: Asset,
        /// Currency of a seller's fee as taker.
        pub sell_taker_fee_currency?: Asset,
        /// Fee as maker after discounts, as a fraction.
        pub actual_maker_rate?: Rate,
        /// Fee as taker after discounts, as a fraction.
        pub actual_taker_rate?: Rate,
    }
}

request! {
    /// Reads the balances of a trading account.
    ///
    /// `GET /api/v1/account` · signed · weight 5 of 5 per 1 s per key (assumed). The answer doesn't name the
    /// account.
    pub struct GetAccount {}
    optional {
        /// A sub-account; for a key of the main account only.
        account_id: AccountId,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetAccount {
    type Venue = HashKey;
    type Response = AccountInfo;
    const SPEC: Spec =
        Spec::get("/api/v1/account").section("Account").signed().bare().cost(&limits::QUERIES, 5);
}

model! {
    /// Balances of an account.
    #[serde(rename_all = "camelCase")]
    pub struct AccountInfo {
        /// One row an asset.
        #[serde(deserialize_with = "crate::rest::present")]
        pub balances: Rows<Balance>,
        /// Whose account it is.
        pub user_id?: UserId,
    }
}

model! {
    /// Balance of an asset.
    #[serde(rename_all = "camelCase")]
    pub struct Balance {
        /// Asset.
        pub asset: Asset,
        /// Asset, once more.
        pub asset_id?: Asset,
        /// Asset for people.
        pub asset_name?: String,
        /// All of it.
        pub total?: Amount,
        /// What can be used.
        pub free?: Amount,
        /// What open orders and withdrawals hold.
        pub locked?: Amount,
    }
}

request! {
    /// Lists the accounts of the key, each with its kind.
    ///
    /// `GET /api/v1/account/type` · signed · weight 5 of 5 per 1 s per key (assumed).
    pub struct GetAccountType {}
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetAccountType {
    type Venue = HashKey;
    type Response = Rows<AccountKind>;
    const SPEC: Spec =
        Spec::get("/api/v1/account/type").section("Account").signed().bare().cost(&limits::QUERIES, 5);
}

model! {
    /// An account and its kind.
    #[serde(rename_all = "camelCase")]
    pub struct AccountKind {
        /// The account.
        pub account_id: AccountId,
        /// Its kind, in words; tells a main from a sub trading account, which the number doesn't.
        pub account_label?: AccountLabel,
        /// Its kind.
        pub account_type?: AccountType,
        /// Not in use.
        pub account_index?: i64,
        /// Whose account it is.
        pub user_id?: UserId,
    }
}

request! {
    /// Moves funds between own accounts.
    ///
    /// `POST /api/v1/account/assetTransfer` · signed · 1 per 1 s per key, and 5 per 1 s per key (assumed) · never
    /// repeated by itself: after `Unknown`, look for it in [`GetBalanceFlow`]. Whether an id of yours makes a
    /// transfer count once isn't documented.
    pub struct AssetTransfer {
        from_account_id: AccountId,
        to_account_id: AccountId,
        coin: Asset,
        /// How much, in the coin.
        quantity: Amount,
    }
    optional {
        /// Your remark.
        remark: String,
        /// Your own id, up to 64 characters; made for you when absent.
        client_order_id: ClientOrderId,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for AssetTransfer {
    type Venue = HashKey;
    type Response = TransferAck;
    const SPEC: Spec = Spec::post("/api/v1/account/assetTransfer")
        .section("Account")
        .form()
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1)
        .cost(&limits::TRANSFERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("fromAccountId", self.from_account_id.as_str())?;
        check_filled("toAccountId", self.to_account_id.as_str())?;
        if self.from_account_id == self.to_account_id {
            return Err(Invalid::new("fromAccountId and toAccountId are the same account"));
        }
        self.client_order_id.as_ref().map_or(Ok(()), |id| check_length("clientOrderId", id.as_str(), 64))
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

model! {
    /// The venue made a transfer.
    #[serde(rename_all = "camelCase")]
    pub struct TransferAck {
        /// Whether it was made; when not, that is an error.
        pub success: bool,
        /// When it was made.
        pub timestamp?: Millis,
        /// Your own id.
        pub client_order_id?: ClientOrderId,
        /// The venue's id.
        pub order_id?: TransferId,
    }
}

request! {
    /// Says whose key it is: the main account's or a sub-account's.
    ///
    /// `GET /api/v1/account/checkApiKey` · signed · 5 per 1 s per key (assumed).
    pub struct GetApiKeyType {}
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetApiKeyType {
    type Venue = HashKey;
    type Response = ApiKeyType;
    const SPEC: Spec =
        Spec::get("/api/v1/account/checkApiKey").section("Account").signed().bare().cost(&limits::QUERIES, 1);
}

model! {
    /// Whose key it is.
    #[serde(rename_all = "camelCase")]
    pub struct ApiKeyType {
        /// Whose key it is.
        pub account_type: KeyType,
    }
}
