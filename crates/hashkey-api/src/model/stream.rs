//! Words of the WebSockets.

use venue_core::open_enum;

open_enum! {
    /// What a frame asks of a socket.
    pub enum StreamEvent {
        /// Subscribes.
        Sub = "sub",
        /// Ends one subscription.
        Cancel = "cancel",
        /// Ends all subscriptions.
        CancelAll = "cancel_all",
    }
}

open_enum! {
    /// A topic of the public sockets, as pushes name it. To subscribe to candles on the first version, the
    /// interval follows the name (`kline_1m`).
    pub enum StreamTopic {
        /// Candles.
        Kline = "kline",
        /// The last 24 hours.
        Realtimes = "realtimes",
        /// Trades.
        Trade = "trade",
        /// The book.
        Depth = "depth",
        /// Best bid and ask; second version only.
        Bbo = "bbo",
        /// What changed of the book; first version only, sent and not documented.
        DiffMergedDepth = "diffMergedDepth",
        /// Mark price; first version only, sent and not documented.
        MarkPrice = "markPrice",
        /// Index price; first version only, sent and not documented.
        Index = "index",
    }
}

open_enum! {
    /// What a private event tells of.
    pub enum PrivateEventType {
        /// Balances of a trading account.
        Account = "outboundAccountInfo",
        /// Balances of the custody account.
        CustodyAccount = "outboundCustodyAccountInfo",
        /// Balances of the fiat account.
        FiatAccount = "outboundFiatAccountInfo",
        /// An order.
        ExecutionReport = "executionReport",
        /// A trade.
        TicketInfo = "ticketInfo",
    }
}

open_enum! {
    /// Order type as private events have it.
    pub enum StreamOrderType {
        /// Limit order.
        Limit = "LIMIT",
        /// Limit order that is refused where it would trade at once; as requests have it.
        LimitMaker = "LIMIT_MAKER",
        /// Market order over an amount.
        MarketOfQuote = "MARKET_OF_QUOTE",
        /// Market order over a quantity; sent, not documented.
        MarketOfBase = "MARKET_OF_BASE",
    }
}

open_enum! {
    /// What a forced order of contracts was.
    pub enum LiquidationType {
        /// The other side of an automatic deleveraging.
        MakerAdl = "LIQUIDATION_MAKER_ADL",
        /// The other side of a liquidation.
        Maker = "LIQUIDATION_MAKER",
        /// The liquidation itself.
        Taker = "LIQUIDATION_TAKER",
    }
}
