//! Enums of requests and answers. All are open: a value that is new is kept as the venue wrote it.

use venue_core::open_enum;

open_enum! {
    /// Order type.
    pub enum OrderType {
        /// Limit order.
        Limit = "LIMIT",
        /// Market order.
        Market = "MARKET",
    }
}

open_enum! {
    /// Which way an order goes.
    pub enum OrderSide {
        /// Buys.
        Buy = "BUY",
        /// Sells.
        Sell = "SELL",
    }
}

open_enum! {
    /// Which position an order acts on.
    pub enum PositionSide {
        /// The long one.
        Long = "LONG",
        /// The short one.
        Short = "SHORT",
        /// The one net position; documented for single orders only, and not explained.
        Both = "BOTH",
    }
}

open_enum! {
    /// How an order may execute.
    pub enum TimeInForce {
        /// Rests until cancelled.
        Gtc = "GTC",
        /// What trades at once, the rest is cancelled.
        Ioc = "IOC",
        /// All at once or not at all.
        Fok = "FOK",
        /// Named without an explanation; elsewhere it rests or is refused.
        Gtx = "GTX",
    }
}

open_enum! {
    /// How many levels of the book a market order may go through.
    pub enum MarketOrderLevel: number {
        /// The best opposite price.
        One = "1",
        /// The current price, in the venue's words; documented for plan orders only.
        Two = "2",
        /// Five levels.
        Five = "5",
        /// Ten levels.
        Ten = "10",
        /// Fifteen levels.
        Fifteen = "15",
    }
}

open_enum! {
    /// State of an order.
    pub enum OrderState {
        /// Live, nothing traded.
        New = "NEW",
        /// Live, traded in part.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// Cancelled after it had traded in part.
        PartiallyCanceled = "PARTIALLY_CANCELED",
        /// Traded in full.
        Filled = "FILLED",
        /// Cancelled.
        Canceled = "CANCELED",
        /// Refused.
        Rejected = "REJECTED",
        /// Ran out of time.
        Expired = "EXPIRED",
        /// Whatever is live; in filters only.
        Unfinished = "UNFINISHED",
    }
}

open_enum! {
    /// Kind of contract.
    pub enum ProductType {
        /// Perpetual.
        Perpetual = "Perpetual",
        /// With a fixed term.
        Fixed = "Fixed",
    }
}

open_enum! {
    /// Kind of contract, in the form of data aggregators.
    pub enum AggregatorContractType {
        /// Linear: worth a fixed quantity of the base currency.
        Vanilla = "Vanilla",
    }
}

open_enum! {
    /// Kind of contract.
    pub enum ContractType {
        /// Perpetual.
        Perpetual = "PERPETUAL",
    }
}

open_enum! {
    /// What a contract is margined and settled in.
    pub enum UnderlyingType {
        /// The quote currency.
        UBased = "U_BASED",
        /// The base coin.
        Coin = "COIN",
        /// The quote currency, in another spelling.
        Usdt = "USDT",
    }
}

open_enum! {
    /// Whether a contract trades, as a filter.
    pub enum SymbolStatus {
        /// It trades.
        Trading = "TRADING",
    }
}

open_enum! {
    /// What a ticker sums up.
    pub enum TimeRangeType {
        /// The last 24 hours.
        H24 = "H24",
        /// The trading day of UTC+12.
        UtcP12 = "UTC_P_12",
        /// The trading day of UTC+11.
        UtcP11 = "UTC_P_11",
        /// The trading day of UTC+10.
        UtcP10 = "UTC_P_10",
        /// The trading day of UTC+9.
        UtcP9 = "UTC_P_9",
        /// The trading day of UTC+8.
        UtcP8 = "UTC_P_8",
        /// The trading day of UTC+7.
        UtcP7 = "UTC_P_7",
        /// The trading day of UTC+6.
        UtcP6 = "UTC_P_6",
        /// The trading day of UTC+5.
        UtcP5 = "UTC_P_5",
        /// The trading day of UTC+4.
        UtcP4 = "UTC_P_4",
        /// The trading day of UTC+3.
        UtcP3 = "UTC_P_3",
        /// The trading day of UTC+2.
        UtcP2 = "UTC_P_2",
        /// The trading day of UTC+1.
        UtcP1 = "UTC_P_1",
        /// The trading day of UTC+0.
        UtcP0 = "UTC_P_0",
        /// The trading day of UTC-1.
        UtcN1 = "UTC_N_1",
        /// The trading day of UTC-2.
        UtcN2 = "UTC_N_2",
        /// The trading day of UTC-3.
        UtcN3 = "UTC_N_3",
        /// The trading day of UTC-4.
        UtcN4 = "UTC_N_4",
        /// The trading day of UTC-5.
        UtcN5 = "UTC_N_5",
        /// The trading day of UTC-6.
        UtcN6 = "UTC_N_6",
        /// The trading day of UTC-7.
        UtcN7 = "UTC_N_7",
        /// The trading day of UTC-8.
        UtcN8 = "UTC_N_8",
        /// The trading day of UTC-9.
        UtcN9 = "UTC_N_9",
        /// The trading day of UTC-10.
        UtcN10 = "UTC_N_10",
        /// The trading day of UTC-11.
        UtcN11 = "UTC_N_11",
        /// The trading day of UTC-12.
        UtcN12 = "UTC_N_12",
    }
}

open_enum! {
    /// Length of a candle.
    pub enum KlineInterval {
        /// A minute.
        M1 = "1m",
        /// Five minutes.
        M5 = "5m",
        /// A quarter of an hour.
        M15 = "15m",
        /// Half an hour.
        M30 = "30m",
        /// An hour.
        H1 = "1h",
        /// Four hours.
        H4 = "4h",
        /// A day.
        D1 = "1d",
        /// A week.
        W1 = "1w",
        /// A month; only the case tells it from a minute.
        Month1 = "1M",
        /// Three months.
        Month3 = "3M",
        /// Half a year.
        Month6 = "6M",
    }
}

open_enum! {
    /// Which side of the book a trade was made on. Whose side that is, is not documented for REST; the
    /// WebSocket calls `BID` a buy and `ASK` a sell.
    pub enum DealSide {
        /// The ask side.
        Ask = "ASK",
        /// The bid side.
        Bid = "BID",
    }
}

open_enum! {
    /// What a push of the order book is.
    pub enum DepthEvent {
        /// The whole book, down to the level that was asked for.
        Whole = "depth",
        /// What changed.
        Update = "depth.update",
    }
}

open_enum! {
    /// Which way a list is walked.
    pub enum PageDirection {
        /// Back in time.
        Next = "NEXT",
        /// Forward in time.
        Prev = "PREV",
    }
}

open_enum! {
    /// Margin mode of a position.
    pub enum PositionType {
        /// The whole balance backs all positions.
        Crossed = "CROSSED" | "CROSS",
        /// The position has its own margin.
        Isolated = "ISOLATED",
    }
}

open_enum! {
    /// Whether orders add up to one position; the documentation names the two without a word of what they do.
    pub enum PositionModel {
        /// One net position, by its name.
        Aggregation = "AGGREGATION",
        /// A long and a short one side by side, by its name.
        Disaggregation = "DISAGGREGATION",
    }
}

open_enum! {
    /// Which way margin moves.
    pub enum MarginAdjustType {
        /// Into the position.
        Add = "ADD",
        /// Out of it.
        Sub = "SUB",
    }
}

open_enum! {
    /// Kind of conditional order. The documentation explains `STOP` (a limit order), `STOP_MARKET` and
    /// `TAKE_PROFIT_MARKET`, and names the others in one place or another.
    pub enum EntrustType {
        /// A limit order once the trigger is reached.
        Stop = "STOP",
        /// A market order once the trigger is reached.
        StopMarket = "STOP_MARKET",
        /// Takes profit.
        TakeProfit = "TAKE_PROFIT",
        /// Takes profit with a market order.
        TakeProfitMarket = "TAKE_PROFIT_MARKET",
        /// Trails the market.
        TrailingStopMarket = "TRAILING_STOP_MARKET",
        /// A stop with a limit order, as contracts list it.
        StopLimit = "STOP_LIMIT",
        /// Takes profit with a limit order, as contracts list it.
        TakeProfitLimit = "TAKE_PROFIT_LIMIT",
        /// What lists show for a plan of a limit order.
        Limit = "LIMIT",
        /// A take-profit with a stop-loss.
        TakeProfitStop = "TAKE_PROFIT_STOP",
    }
}

open_enum! {
    /// State of a conditional order.
    pub enum EntrustState {
        /// It waits.
        NotTriggered = "NOT_TRIGGERED",
        /// It is being triggered.
        Triggering = "TRIGGERING",
        /// It was triggered.
        Triggered = "TRIGGERED",
        /// You cancelled it.
        UserRevocation = "USER_REVOCATION",
        /// The venue cancelled it.
        PlatformRevocation = "PLATFORM_REVOCATION",
        /// Ran out of time.
        Expired = "EXPIRED",
    }
}

open_enum! {
    /// Which price a trigger looks at.
    pub enum TriggerPriceType {
        /// Mark price.
        MarkPrice = "MARK_PRICE",
        /// Last traded price.
        LatestPrice = "LATEST_PRICE",
        /// Last traded price, as one list spells it.
        Last = "LAST",
        /// Index price; named in one list only.
        Index = "INDEX",
    }
}

open_enum! {
    /// How much of a position a take-profit or stop-loss is for.
    pub enum ProfitFlag: number {
        /// All of it; 0 is taken for the same.
        Full = "1" | "0",
        /// A part of it.
        Partial = "2",
    }
}

open_enum! {
    /// How far a change of a take-profit or stop-loss has come.
    pub enum ProfitUpdateStatus {
        /// It is on its way.
        Processing = "PROCESSING",
    }
}

open_enum! {
    /// Whether a row is an order or a conditional one.
    pub enum OrderEntrustType {
        /// A limit or market order.
        Order = "ORDER",
        /// A conditional (plan) order.
        Entrust = "ENTRUST",
    }
}

open_enum! {
    /// Why a balance changed.
    pub enum BillType {
        /// Moved in or out.
        Exchange = "EXCHANGE",
        /// Profit or loss of closing.
        ClosePosition = "CLOSE_POSITION",
        /// A position was taken over.
        TakeOver = "TAKE_OVER",
        /// Fee of a liquidation.
        QiangPingManager = "QIANG_PING_MANAGER",
        /// Funding.
        Fund = "FUND",
        /// Trading fee.
        Fee = "FEE",
        /// Auto-deleveraging.
        Adl = "ADL",
        /// Positions were merged.
        Merge = "MERGE",
    }
}

open_enum! {
    /// Which way a balance changed.
    pub enum BillSide {
        /// In.
        Add = "ADD",
        /// Out.
        Sub = "SUB",
    }
}

open_enum! {
    /// What a rebate is paid for.
    pub enum RebateType: number {
        /// Own trades.
        SelfRebate = "1",
        /// A direct customer's trades.
        DirectCustomer = "2",
        /// The difference to a partner's own rate.
        PriceDifference = "3",
    }
}

open_enum! {
    /// Whose trades a rebate is for.
    pub enum UserType: number {
        /// A partner's.
        Partner = "1",
        /// A retail customer's.
        Retail = "2",
    }
}
