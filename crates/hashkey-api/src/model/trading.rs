//! Words of orders and trades.

use venue_core::open_enum;

open_enum! {
    /// Which way an order goes.
    pub enum Side {
        /// Buys the base.
        Buy = "BUY",
        /// Sells the base.
        Sell = "SELL",
    }
}

open_enum! {
    /// Order type.
    pub enum OrderType {
        /// Limit order.
        Limit = "LIMIT",
        /// Market order.
        Market = "MARKET",
        /// Limit order that is refused where it would trade at once.
        LimitMaker = "LIMIT_MAKER",
    }
}

open_enum! {
    /// How long an order stands.
    pub enum TimeInForce {
        /// Rests until cancelled; limit and limit maker orders.
        Gtc = "GTC",
        /// What trades at once, the rest is cancelled; limit and market orders.
        Ioc = "IOC",
        /// All at once or not at all; limit orders.
        Fok = "FOK",
    }
}

open_enum! {
    /// Which order expires when it would trade with one's own.
    pub enum StpMode {
        /// The incoming one; the venue's default.
        ExpireTaker = "EXPIRE_TAKER",
        /// The resting one.
        ExpireMaker = "EXPIRE_MAKER",
    }
}

open_enum! {
    /// State of an order. The documentation lost its list: four states are in its examples, the others are
    /// of later and older editions.
    pub enum OrderStatus {
        /// Not yet in the book.
        PendingNew = "PENDING_NEW",
        /// In the book, nothing has traded.
        New = "NEW",
        /// Traded in part.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// Traded in part, the rest is cancelled.
        PartiallyCanceled = "PARTIALLY_CANCELED",
        /// Traded as a whole.
        Filled = "FILLED",
        /// Being cancelled.
        PendingCancel = "PENDING_CANCEL",
        /// Cancelled.
        Canceled = "CANCELED",
        /// Refused.
        Rejected = "REJECTED",
    }
}

open_enum! {
    /// Why an order was cancelled.
    pub enum CancelReason {
        /// By the system or its staff; also where no other reason is given.
        System = "SYSTEM_CANCEL",
        /// By its owner.
        User = "USER_CANCEL",
        /// By a trading rule: risk limits, what an IOC order left over, protection of liquidity.
        RiskLimit = "RISKLIMIT_CANCEL",
        /// The account was disabled.
        Blocked = "BLOCKED_CANCEL",
        /// The exchange closed in an emergency.
        Closed = "CLOSED_CANCEL",
        /// The pair was delisted.
        Offline = "OFFLINE_CANCEL",
        /// It would have traded with an own order.
        SelfTrade = "SELF_TRADE_CANCEL",
    }
}
