//! Enums and types that several answers share.

mod by_client_id;
mod page;

pub use by_client_id::ByClientId;
pub use page::Page;
use venue_core::{id, open_enum};

open_enum! {
    /// Which way an order goes, or a position: a buy is long, a sell is short. Trades of the market have it as
    /// a word, everything else as a number.
    pub enum Side: number {
        /// Buys.
        Buy = "1" | "buy",
        /// Sells.
        Sell = "2" | "sell",
    }
}

open_enum! {
    /// Order type.
    pub enum OrderType: number {
        /// Limit order.
        Limit = "1",
        /// Market order.
        Market = "2",
    }
}

open_enum! {
    /// Which price triggers a take-profit or stop-loss.
    pub enum TriggerType: number {
        /// Last traded price.
        Last = "1",
        /// Index price.
        Index = "2",
    }
}

open_enum! {
    /// What an order does, or why the venue made it.
    pub enum OrderAction: number {
        /// Opens a position.
        Open = "0",
        /// Closes a position.
        Close = "1",
        /// Stop-loss.
        StopLoss = "2",
        /// Take-profit.
        TakeProfit = "3",
        /// Liquidation.
        Liquidation = "4",
        /// Liquidation, all at once or not at all.
        FokLiquidation = "5",
        /// Auto-deleveraging.
        Adl = "6",
        /// Adds to a position.
        Add = "7",
        /// Opens the opposite position.
        ReverseOpen = "8",
        /// Bankruptcy.
        Bankruptcy = "9",
    }
}

open_enum! {
    /// State of an order.
    pub enum OrderState: number {
        /// Live.
        Active = "1",
        /// Filled.
        Filled = "2",
        /// Cancelled.
        Cancelled = "3",
        /// Filled in part, and live.
        PartiallyFilled = "4",
        /// Filled in part, the rest cancelled.
        PartiallyFilledCancelled = "5",
        /// Being cancelled.
        Cancelling = "6",
    }
}

open_enum! {
    /// State of a conditional order.
    pub enum ConditionalStatus: number {
        /// Waits for its trigger.
        Pending = "1",
        /// Triggered: its order was placed.
        Placed = "2",
        /// Cancelled by you.
        CancelledByUser = "3",
        /// Cancelled by the venue.
        CancelledBySystem = "4",
    }
}

open_enum! {
    /// How much of a position its take-profit and stop-loss close.
    pub enum SpSlModel: number {
        /// All of it.
        Full = "1",
        /// Parts of it, each with prices of its own.
        Partial = "2",
    }
}

open_enum! {
    /// What a take-profit or stop-loss places.
    pub enum SpSlType: number {
        /// There is none.
        Unset = "0",
        /// A limit order.
        Limit = "1",
        /// A market order.
        Market = "2",
    }
}

open_enum! {
    /// Why a balance changed.
    pub enum BalanceEvent: number {
        /// Deposit.
        Deposit = "1",
        /// Deduction.
        Deduction = "2",
        /// Transfer in.
        TransferIn = "3",
        /// Transfer out.
        TransferOut = "4",
        /// Funding.
        FundingFee = "9",
        /// Opened a long.
        OpenLong = "201",
        /// Opened a short.
        OpenShort = "202",
        /// Closed a long.
        CloseLong = "204",
        /// Closed a short.
        CloseShort = "205",
        /// Liquidation.
        ForcedLiquidation = "206",
    }
}

open_enum! {
    /// Which forced orders are listed: those of [`OrderAction`] that the venue makes against one's will.
    pub enum ForcedAction: number {
        /// Liquidation.
        Liquidation = "4",
        /// Liquidation, all at once or not at all.
        FokLiquidation = "5",
        /// Auto-deleveraging.
        Adl = "6",
        /// Bankruptcy.
        Bankruptcy = "9",
    }
}

open_enum! {
    /// Length of a candle.
    pub enum CandlePeriod {
        /// A minute.
        M1 = "M1",
        /// 5 minutes.
        M5 = "M5",
        /// 15 minutes.
        M15 = "M15",
        /// 30 minutes.
        M30 = "M30",
        /// An hour.
        H1 = "H1",
        /// 4 hours.
        H4 = "H4",
        /// 6 hours.
        H6 = "H6",
        /// A day.
        D1 = "D1",
    }
}

open_enum! {
    /// Length of a pushed candle; a part of the topic. The documentation's own list is lost: it has been seen
    /// to be longer than that of [`CandlePeriod`].
    pub enum CandleInterval {
        /// A minute.
        M1 = "M1",
        /// 5 minutes.
        M5 = "M5",
        /// 15 minutes.
        M15 = "M15",
        /// 30 minutes.
        M30 = "M30",
        /// An hour.
        H1 = "H1",
        /// 2 hours.
        H2 = "H2",
        /// 4 hours.
        H4 = "H4",
        /// 6 hours.
        H6 = "H6",
        /// 12 hours.
        H12 = "H12",
        /// A day.
        D1 = "D1",
        /// A week.
        W1 = "W1",
    }
}

open_enum! {
    /// How many levels of each side a pushed book has; a part of the topic.
    pub enum DepthLevels {
        /// Five.
        Five = "5deep",
        /// Ten.
        Ten = "10deep",
        /// Twenty.
        Twenty = "20deep",
    }
}

id! {
    /// The venue's id of a conditional order.
    pub struct EntrustId
}

id! {
    /// The venue's id of a position.
    pub struct PositionId
}

id! {
    /// The venue's id of a take-profit and stop-loss that closes a part of a position.
    pub struct PartialSpSlId
}

id! {
    /// The venue's id of a change of the balance.
    pub struct BalanceRecordId
}
