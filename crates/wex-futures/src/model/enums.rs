//! Enums of requests and answers. All are open: a value that is new is kept as the venue wrote it.

use venue_core::open_enum;

open_enum! {
    /// Which way an order goes. Which position it acts on is the [`PositionSide`]'s to say: a buy opens a
    /// long or closes a short, a sell closes a long or opens a short.
    pub enum OrderSide {
        /// Buys.
        Buy = "BUY",
        /// Sells.
        Sell = "SELL",
    }
}

open_enum! {
    /// Which of the two positions of a contract.
    pub enum PositionSide {
        /// The long one.
        Long = "LONG",
        /// The short one.
        Short = "SHORT",
    }
}

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
    /// How long an order lives.
    pub enum TimeInForce {
        /// Rests until it is filled or cancelled.
        Gtc = "GTC",
        /// What trades at once, the rest is cancelled.
        Ioc = "IOC",
        /// All at once or not at all.
        Fok = "FOK",
        /// Post only.
        Gtx = "GTX",
    }
}

open_enum! {
    /// Which position of a contract a trailing order acts on.
    pub enum TrackPositionSide {
        /// The net one; nowhere else is it documented.
        Both = "BOTH",
        /// The long one.
        Long = "LONG",
        /// The short one.
        Short = "SHORT",
    }
}

open_enum! {
    /// Margin mode of a position.
    pub enum PositionType {
        /// The whole balance backs all positions.
        Crossed = "CROSSED",
        /// The position has its own margin.
        Isolated = "ISOLATED",
    }
}

open_enum! {
    /// Which price a trigger looks at.
    pub enum TriggerPriceType {
        /// Index price.
        Index = "INDEX_PRICE",
        /// Mark price.
        Mark = "MARK_PRICE",
        /// Last traded price.
        Latest = "LATEST_PRICE",
    }
}

open_enum! {
    /// State of an order.
    pub enum OrderState {
        /// Rests, nothing has traded.
        New = "NEW",
        /// Rests, a part has traded.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// Cancelled after a part had traded.
        PartiallyCanceled = "PARTIALLY_CANCELED",
        /// Traded whole.
        Filled = "FILLED",
        /// Cancelled before anything traded.
        Canceled = "CANCELED",
        /// Refused.
        Rejected = "REJECTED",
        /// Ran out of time.
        Expired = "EXPIRED",
    }
}

open_enum! {
    /// What a trigger order does when it is triggered.
    pub enum EntrustType {
        /// Takes profit with a limit order.
        TakeProfit = "TAKE_PROFIT",
        /// Stops a loss with a limit order.
        Stop = "STOP",
        /// Takes profit with a market order.
        TakeProfitMarket = "TAKE_PROFIT_MARKET",
        /// Stops a loss with a market order.
        StopMarket = "STOP_MARKET",
    }
}

open_enum! {
    /// State of a trigger order, a stop-profit or a trailing order.
    pub enum EntrustState {
        /// Waits for its price.
        NotTriggered = "NOT_TRIGGERED",
        /// Is being triggered.
        Triggering = "TRIGGERING",
        /// Was triggered.
        Triggered = "TRIGGERED",
        /// Cancelled by its owner.
        UserRevocation = "USER_REVOCATION",
        /// Cancelled by the venue.
        PlatformRevocation = "PLATFORM_REVOCATION",
        /// Ran out of time.
        Expired = "EXPIRED",
    }
}

open_enum! {
    /// How much of a position is closed; asked for in lower case, answered in upper case.
    pub enum CloseType {
        /// A fixed size.
        Fixed = "fixed" | "FIXED",
        /// All of it.
        All = "all" | "ALL",
    }
}

open_enum! {
    /// How far a trailing order follows.
    pub enum TrackCallback {
        /// A fixed distance in price.
        Fixed = "FIXED",
        /// A share of the price.
        Proportion = "PROPORTION",
    }
}

open_enum! {
    /// What is done to the margin of an isolated position.
    pub enum MarginAdjustType {
        /// More.
        Add = "ADD",
        /// Less.
        Sub = "SUB",
    }
}

open_enum! {
    /// Which way money went.
    pub enum BillSide {
        /// In.
        Add = "ADD",
        /// Out.
        Sub = "SUB",
    }
}

open_enum! {
    /// Why money went.
    pub enum BillType {
        /// A transfer.
        Exchange = "EXCHANGE",
        /// Profit or loss of a position that was closed.
        ClosePosition = "CLOSE_POSITION",
        /// A position was taken over.
        TakeOver = "TAKE_OVER",
        /// Fee for the handling of a liquidation.
        LiquidationFee = "QIANG_PING_MANAGER",
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
    /// Kind of contract.
    pub enum ContractType {
        /// Perpetual.
        Perpetual = "PERPETUAL" | "PERPUTUAL",
        /// Prediction.
        Predict = "PREDICT",
    }
}

open_enum! {
    /// Which side of a trade one was.
    pub enum TakerMaker {
        /// Traded against a resting order.
        Taker = "TAKER" | "taker",
        /// Had the resting order.
        Maker = "MAKER" | "maker",
    }
}

open_enum! {
    /// Side of a public trade. Only `BID` is documented, and not whose side it is.
    pub enum DealSide {
        /// Bid.
        Bid = "BID",
        /// Ask.
        Ask = "ASK",
    }
}

open_enum! {
    /// Where an order came from; an open set of which only these are seen.
    pub enum SourceType {
        /// Placed as it is.
        Default = "DEFAULT" | "default",
        /// Placed on the website.
        Web = "WEB",
    }
}

open_enum! {
    /// Which trigger of a stop-profit it was.
    pub enum TriggerPriceSide {
        /// The take-profit.
        Profit = "PROFIT",
    }
}

open_enum! {
    /// Length of a candle.
    pub enum KlineInterval {
        /// One minute.
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
    }
}

open_enum! {
    /// What a balance is margin for.
    pub enum UnderlyingType: number {
        /// Coin-margined futures.
        CoinM = "1" | "COIN_BASED",
        /// USDT-margined futures.
        UsdtM = "2" | "U_BASED",
    }
}
