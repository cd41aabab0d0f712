//! Deposits and withdrawals.

use venue_core::{Amount, Asset, Endpoint, Invalid, Millis, Rate, Rows, Spec, model};

use super::check;
use crate::model::{Chain, DepositId, Direction, Page, WalletStatus, WithdrawalId};
use crate::venue::WexSpot;

const SECTION: &str = "Deposit/Withdrawal";

request! {
    /// Lists the currencies that can be paid in or out, with their networks and fees.
    ///
    /// `GET /v4/public/wallet/support/currency` · public · no limit documented. The names of currencies and
    /// networks go into the other requests exactly as they stand here.
    pub struct GetSupportedCurrencies {}
}

impl Endpoint for GetSupportedCurrencies {
    type Venue = WexSpot;
    type Response = Rows<SupportedCurrency>;
    const SPEC: Spec = Spec::get("/v4/public/wallet/support/currency").section(SECTION);
}

model! {
    /// A currency that can be paid in or out.
    #[serde(rename_all = "camelCase")]
    pub struct SupportedCurrency {
        /// Currency; in upper case, unlike elsewhere.
        pub currency: Asset,
        /// One row a network.
        #[serde(default)]
        pub support_chains: Rows<SupportedChain>,
    }
}

model! {
    /// A network on which a currency can be paid in or out.
    #[serde(rename_all = "camelCase")]
    pub struct SupportedChain {
        /// Network.
        pub chain: Chain,
        /// Whether it can be paid in.
        pub deposit_enabled?: bool,
        /// Whether it can be paid out.
        pub withdraw_enabled?: bool,
        /// Fee of a withdrawal, in that currency.
        pub withdraw_fee_amount?: Amount,
        /// Smallest withdrawal, in that currency.
        pub withdraw_min_amount?: Amount,
        /// Fee of a deposit, in per cent.
        pub deposit_fee_rate?: Rate,
    }
}

request! {
    /// Gives the address to which a currency is paid in.
    ///
    /// `GET /v4/deposit/address` · signed · no limit documented. How a space in a network's name would be
    /// signed is not documented: such a network is refused before it is sent.
    pub struct GetDepositAddress {
        /// Network.
        chain: Chain,
        /// Currency.
        currency: Asset,
    }
}

impl Endpoint for GetDepositAddress {
    type Venue = WexSpot;
    type Response = DepositAddress;
    const SPEC: Spec = Spec::get("/v4/deposit/address").section(SECTION).signed();

    fn check(&self) -> Result<(), Invalid> {
        check::filled("chain", self.chain.as_str())?;
        check::filled("currency", self.currency.as_str())
    }
}

model! {
    /// Where a currency is paid in.
    pub struct DepositAddress {
        /// Address.
        pub address: String,
        /// Memo; a deposit without it is lost where there is one.
        pub memo?: String,
    }
}

request! {
    /// Lists deposits, page by page.
    ///
    /// `GET /v4/deposit/history` · signed · no limit documented.
    pub struct GetDepositHistory {}
    optional {
        /// One currency only.
        currency: Asset,
        /// One network only.
        chain: Chain,
        /// Deposits this far only; any but [`WalletStatus::AuditedAgain`].
        status: WalletStatus,
        /// The deposit from which the page is seen.
        from_id: DepositId,
        /// Which page, seen from `fromId`; the one after by default.
        direction: Direction,
        /// How many, up to 200; 10 by default.
        limit: u32,
        /// From this time on.
        start_time: Millis,
        /// Up to this time.
        end_time: Millis,
    }
}

impl Endpoint for GetDepositHistory {
    type Venue = WexSpot;
    type Response = Page<Deposit>;
    const SPEC: Spec = Spec::get("/v4/deposit/history").section(SECTION).signed();

    fn check(&self) -> Result<(), Invalid> {
        if self.status == Some(WalletStatus::AuditedAgain) {
            return Err(Invalid::new("status AUDITED_AGAIN: not among those of deposits"));
        }
        check::within("limit", self.limit, 1..=200)?;
        self.from_id.as_ref().map_or(Ok(()), |id| check::number("fromId", id.as_str()))
    }
}

paged!(GetDepositHistory: Deposit by id, 10 rows);

model! {
    /// A deposit.
    #[serde(rename_all = "camelCase")]
    pub struct Deposit {
        /// Its id.
        pub id: DepositId,
        /// Currency.
        pub currency?: Asset,
        /// Network.
        pub chain?: Chain,
        /// Memo.
        pub memo?: String,
        /// How far it is.
        pub status?: WalletStatus,
        /// How much, in that currency.
        pub amount?: Amount,
        /// How many blocks have confirmed it.
        pub confirmations?: u32,
        /// Its id on the chain.
        pub transaction_id?: String,
        /// The address that was paid to.
        pub address?: String,
        /// The address that paid.
        pub from_addr?: String,
        /// When it was recorded.
        pub created_time?: Millis,
    }
}

request! {
    /// Withdraws funds to an address outside of the venue.
    ///
    /// `POST /v4/withdraw` · signed · no limit documented · never repeated by itself. There is no id of your
    /// own: after `Unknown`, look for it in [`GetWithdrawHistory`] before you send it again.
    pub struct Withdraw {
        /// Currency.
        currency: Asset,
        /// Network.
        chain: Chain,
        /// How much leaves the account, in that currency; the fee is taken from it.
        amount: Amount as number,
        /// Where it goes.
        address: String,
    }
    optional {
        /// Memo; required on networks that have one.
        memo: String,
    }
}

impl Endpoint for Withdraw {
    type Venue = WexSpot;
    type Response = WithdrawAck;
    const SPEC: Spec = Spec::post("/v4/withdraw").section(SECTION).signed();

    fn check(&self) -> Result<(), Invalid> {
        check::filled("currency", self.currency.as_str())?;
        check::filled("chain", self.chain.as_str())?;
        check::filled("address", &self.address)
    }
}

model! {
    /// The venue took a withdrawal.
    pub struct WithdrawAck {
        /// Its id.
        pub id: WithdrawalId,
    }
}

request! {
    /// Lists withdrawals, page by page.
    ///
    /// `GET /v4/withdraw/history` · signed · no limit documented.
    pub struct GetWithdrawHistory {}
    optional {
        /// One currency only.
        currency: Asset,
        /// One network only.
        chain: Chain,
        /// Withdrawals this far only.
        status: WalletStatus,
        /// The withdrawal from which the page is seen.
        from_id: WithdrawalId,
        /// Which page, seen from `fromId`; the one after by default.
        direction: Direction,
        /// How many, up to 200; 10 by default.
        limit: u32,
        /// From this time on.
        start_time: Millis,
        /// Up to this time.
        end_time: Millis,
    }
}

impl Endpoint for GetWithdrawHistory {
    type Venue = WexSpot;
    type Response = Page<Withdrawal>;
    const SPEC: Spec = Spec::get("/v4/withdraw/history").section(SECTION).signed();

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=200)?;
        self.from_id.as_ref().map_or(Ok(()), |id| check::number("fromId", id.as_str()))
    }
}

paged!(GetWithdrawHistory: Withdrawal by id, 10 rows);

model! {
    /// A withdrawal.
    #[serde(rename_all = "camelCase")]
    pub struct Withdrawal {
        /// Its id.
        pub id: WithdrawalId,
        /// Currency.
        pub currency?: Asset,
        /// Network.
        pub chain?: Chain,
        /// Where it goes.
        pub address?: String,
        /// Memo.
        pub memo?: String,
        /// How far it is.
        pub status?: WalletStatus,
        /// How much left the account, in that currency.
        pub amount?: Amount,
        /// The fee, in that currency.
        pub fee?: Amount,
        /// How many blocks have confirmed it.
        pub confirmations?: u32,
        /// Its id on the chain, once there is one.
        pub transaction_id?: String,
        /// When it was asked for.
        pub created_time?: Millis,
    }
}
