//! Enums of the affiliate's lists: numbers on the wire.

use venue_core::open_enum;

open_enum! {
    /// How a user came to the affiliate.
    pub enum UserType: number {
        /// Through somebody else.
        Indirect = "0",
        /// By the affiliate's own invitation.
        Direct = "1",
    }
}

open_enum! {
    /// Which contracts' trades are listed.
    pub enum AffiliateQuery: number {
        /// Contracts margined in USDT.
        UsdtBased = "1",
        /// Contracts margined in coin.
        CoinBased = "2",
    }
}

open_enum! {
    /// Order type as a number.
    pub enum OrderCategory: number {
        /// Limit order.
        Limit = "1",
        /// Market order.
        Market = "2",
    }
}

open_enum! {
    /// Whether a trade copied somebody's.
    pub enum CopyTrading: number {
        /// It did.
        Copied = "1",
        /// It didn't.
        Own = "2",
    }
}
