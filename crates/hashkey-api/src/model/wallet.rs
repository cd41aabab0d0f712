//! Words of deposits and withdrawals.

use venue_core::open_enum;

open_enum! {
    /// What a coin is on its chain.
    pub enum TokenType {
        /// A chain's own coin.
        ChainToken = "CHAIN_TOKEN",
        /// An ERC-20 token.
        Erc20Token = "ERC20_TOKEN",
    }
}

open_enum! {
    /// How far a deposit is.
    pub enum DepositStatus: number {
        /// Waits until you say whose address it comes from; see `AuthAddress`.
        PendingAuthentication = "1",
        /// Being reviewed.
        UnderReview = "2",
        /// Failed.
        Failed = "3",
        /// Arrived.
        Successful = "4",
        /// Being sent back.
        Refund = "5",
        /// Sent back.
        RefundCompleted = "6",
        /// Could not be sent back.
        RefundFailed = "7",
        /// In the account.
        InAccount = "8",
        /// A person's first deposit whose address did not verify.
        FirstVerificationFailed = "9",
        /// Failed inside of the venue.
        InternalFailed = "10",
    }
}

open_enum! {
    /// State of a withdrawal.
    pub enum WithdrawStatus {
        /// Failed.
        Failed = "failed",
        /// Under way.
        Withdrawing = "withdrawing",
        /// Being reviewed.
        UnderReview = "under_review",
        /// Done.
        Successful = "successful",
        /// Cancelled.
        Canceled = "canceled",
        /// Being cancelled.
        Canceling = "canceling",
    }
}

open_enum! {
    /// An exchange that a withdrawal goes to; any case is taken.
    pub enum WithdrawPlatform {
        /// Binance.
        Binance = "BINANCE" | "Binance" | "binance",
        /// OKX.
        Okx = "OKX" | "Okx" | "okx",
        /// Bitget; individual investors only.
        Bitget = "BITGET" | "Bitget" | "bitget",
        /// Bybit; individual investors only.
        Bybit = "BYBIT" | "Bybit" | "bybit",
    }
}

open_enum! {
    /// An exchange that a deposit comes from; those that the documentation names, of which it says that there
    /// are more.
    pub enum DepositExchange {
        /// Binance.
        Binance = "Binance",
        /// OKX.
        Okx = "OKX",
        /// Coinbase.
        Coinbase = "Coinbase",
        /// Bybit.
        Bybit = "Bybit",
        /// Kraken.
        Kraken = "Kraken",
    }
}
