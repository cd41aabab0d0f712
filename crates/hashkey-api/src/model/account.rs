//! Words of accounts, fees and history.

use venue_core::open_enum;

open_enum! {
    /// Kind of an account. A main and a sub trading account have the same number: their labels differ.
    pub enum AccountType: number {
        /// Trading account, main or sub; in histories its spot part.
        Trading = "1",
        /// The part of a trading account that holds contracts; in histories only.
        Contract = "3",
        /// Custody account.
        Custody = "5",
        /// Fiat account.
        Fiat = "6",
    }
}

open_enum! {
    /// Kind of an account, in words.
    pub enum AccountLabel {
        /// Main trading account.
        MainTrading = "Main Trading Account",
        /// Sub trading account.
        SubTrading = "Sub Main Trading Account",
        /// Custody account.
        Custody = "Custody Account",
        /// Fiat account.
        Fiat = "Fiat Account",
    }
}

open_enum! {
    /// Whose key it is.
    pub enum KeyType {
        /// The main account's.
        Master = "Master Account",
        /// A sub-account's.
        Sub = "Sub Account",
    }
}

open_enum! {
    /// What a pair's two sides are.
    pub enum ProductType {
        /// A coin against a coin.
        TokenToken = "Token-Token",
        /// A coin against money.
        TokenFiat = "Token-Fiat",
        /// A security token.
        StToken = "ST-Token",
    }
}

open_enum! {
    /// Which way money goes.
    pub enum FiatOrderType {
        /// In.
        Deposit = "deposit",
        /// Out.
        Withdraw = "withdraw",
    }
}

open_enum! {
    /// How far a movement of money is.
    pub enum FiatStatus {
        /// Being reviewed.
        UnderReview = "under_review",
        /// Under way.
        Processing = "processing",
        /// Done.
        Successful = "successful",
        /// Failed.
        Failed = "failed",
        /// A deposit that was sent back; in answers only.
        WithdrawReturn = "withdraw_return",
        /// A withdrawal that came back; in answers only.
        Return = "return",
    }
}

open_enum! {
    /// How a movement of money was handled.
    pub enum FiatChannel {
        /// By the system; the venue's default.
        Auto = "auto",
        /// By hand; everything before September 2023.
        Manual = "manual",
    }
}

open_enum! {
    /// Why a balance changed, by number.
    pub enum FlowType: number {
        /// A trade; the last 7 days.
        Trade = "1",
        /// A fee; the last 7 days.
        Fee = "2",
        /// Funding of contracts; the last 30 days.
        FundingFee = "32",
        /// A transfer between own accounts; the last 30 days.
        UserAccountTransfer = "51",
        /// A transfer by the venue; in answers only.
        OperationAccountTransfer = "79",
        /// A deposit of coins; the last 30 days.
        CustodyDeposit = "900",
        /// A withdrawal of coins; the last 30 days.
        CustodyWithdraw = "904",
        /// A deposit of money; the last 30 days.
        FiatDeposit = "906",
        /// A withdrawal of money; the last 30 days.
        FiatWithdraw = "910",
    }
}

open_enum! {
    /// Why a balance changed, by name; those that are shown.
    pub enum FlowName {
        /// A transfer between own accounts.
        UserAccountTransfer = "USER_ACCOUNT_TRANSFER",
        /// Funding of contracts.
        FundingSettlement = "FUNDING_SETTLEMENT",
        /// A transfer by the venue.
        OperationAccountTransfer = "OPERATION_ACCOUNT_TRANSFER",
    }
}
