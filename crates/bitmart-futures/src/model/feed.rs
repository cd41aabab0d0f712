//! Enums of the WebSocket channels, where they spell a thing otherwise than the REST answers.

use venue_core::open_enum;

open_enum! {
    /// What a frame asks for, and what an answer to it repeats.
    pub enum FeedAction {
        /// Subscribes to topics.
        Subscribe = "subscribe",
        /// Unsubscribes from topics.
        Unsubscribe = "unsubscribe",
        /// Logs in; "login" in one place of the documentation.
        Access = "access" | "login",
        /// Asks for one snapshot.
        Request = "request",
        /// Keeps the connection alive.
        Ping = "ping",
    }
}

open_enum! {
    /// How often a book channel pushes.
    pub enum DepthSpeed {
        /// Ten times a second.
        Ms100 = "100ms",
        /// Five times a second.
        Ms200 = "200ms",
    }
}

open_enum! {
    /// How many levels a book channel holds; a part of its name.
    pub enum DepthLevels {
        /// Five.
        Five = "5",
        /// Twenty.
        Twenty = "20",
        /// Fifty.
        Fifty = "50",
    }
}

open_enum! {
    /// Side of a pushed book.
    pub enum DepthWay: number {
        /// Bids.
        Bid = "1",
        /// Asks.
        Ask = "2",
    }
}

open_enum! {
    /// What a push of the incremental book holds.
    pub enum DepthUpdate {
        /// The whole book.
        Snapshot = "snapshot",
        /// What changed.
        Update = "update",
    }
}

open_enum! {
    /// What the two sides of a pushed trade did, as the venue words it.
    pub enum TradeWay: number {
        /// Buys to open a long from one who sells to open a short.
        OpenLongOpenShort = "1",
        /// Buys to open a long from one who sells to close a long.
        OpenLongCloseLong = "2",
        /// Buys to close a short from one who sells to open a short.
        CloseShortOpenShort = "3",
        /// Buys to close a short from one who sells to close a long.
        CloseShortCloseLong = "4",
        /// Sells to open a short to one who buys to open a long.
        OpenShortOpenLong = "5",
        /// Sells to open a short to one who buys to close a short.
        OpenShortCloseShort = "6",
        /// Sells to close a long to one who buys to open a long.
        CloseLongOpenLong = "7",
        /// Sells to close a long to one who buys to close a short.
        CloseLongCloseShort = "8",
    }
}

open_enum! {
    /// Length of a pushed candle; a part of the channel's name, case matters.
    pub enum KlineInterval {
        /// A minute.
        Min1 = "1m",
        /// Five minutes.
        Min5 = "5m",
        /// A quarter of an hour.
        Min15 = "15m",
        /// Half an hour.
        Min30 = "30m",
        /// An hour.
        Hour1 = "1H",
        /// Two hours.
        Hour2 = "2H",
        /// Four hours.
        Hour4 = "4H",
        /// A day.
        Day1 = "1D",
        /// A week.
        Week1 = "1W",
    }
}

open_enum! {
    /// Currency of a balance channel.
    pub enum BalanceCurrency {
        /// USDT.
        Usdt = "USDT",
        /// BTC.
        Btc = "BTC",
        /// ETH.
        Eth = "ETH",
    }
}

open_enum! {
    /// Why an order was pushed.
    pub enum OrderAction: number {
        /// It traded.
        Match = "1",
        /// It was placed.
        Submit = "2",
        /// It was cancelled.
        Cancel = "3",
        /// A liquidation cancelled it.
        LiquidateCancel = "4",
        /// Auto-deleveraging cancelled it.
        AdlCancel = "5",
        /// A part of a position was liquidated.
        PartLiquidate = "6",
        /// It is a bankruptcy order.
        Bankruptcy = "7",
        /// It traded as the passive side of auto-deleveraging.
        PassiveAdlMatch = "8",
        /// It traded as the active side of auto-deleveraging.
        ActiveAdlMatch = "9",
    }
}

open_enum! {
    /// Type of a pushed order.
    pub enum FeedOrderType {
        /// Limit order.
        Limit = "limit",
        /// Market order.
        Market = "market",
        /// Plan order; `planorder` in REST answers.
        PlanOrder = "plan_order",
        /// Trailing order; `trailing` in REST answers.
        TrailingOrder = "trailing_order",
        /// Take-profit.
        TakeProfit = "take_profit",
        /// Stop-loss.
        StopLoss = "stop_loss",
    }
}

open_enum! {
    /// Which price a trigger of a pushed order looks at; a number in REST answers.
    pub enum FeedPriceType {
        /// Last traded price.
        Last = "last_price",
        /// Fair (mark) price.
        Fair = "fair_price",
    }
}
