//! What lists are asked for: states, sides and ways, in the spellings of the lists that take them.

use venue_core::open_enum;

open_enum! {
    /// Margin mode of a position, where the venue writes a number.
    pub enum PositionTypeCode: number {
        /// The whole balance backs all positions.
        Crossed = "1" | "CROSSED",
        /// The position has its own margin.
        Isolated = "2" | "ISOLATED",
    }
}

open_enum! {
    /// Which orders a list shows: those in one state, or in one of two groups of states.
    pub enum OrderStateFilter {
        /// Resting, nothing traded.
        New = "NEW",
        /// Resting, a part traded.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// Cancelled after a part had traded.
        PartiallyCanceled = "PARTIALLY_CANCELED",
        /// Traded whole.
        Filled = "FILLED",
        /// Cancelled.
        Canceled = "CANCELED",
        /// Refused.
        Rejected = "REJECTED",
        /// Ran out of time.
        Expired = "EXPIRED",
        /// All that still live.
        Unfinished = "UNFINISHED",
        /// All that are done.
        History = "HISTORY",
    }
}

open_enum! {
    /// Which trigger orders a list shows: those in one state, or in one of two groups of states.
    pub enum EntrustStateFilter {
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
        /// All that still live.
        Unfinished = "UNFINISHED",
        /// All that are done.
        History = "HISTORY",
    }
}

open_enum! {
    /// Which of the two kinds of orders a mixed list shows.
    pub enum OrderEntrustType {
        /// Limit and market orders.
        Order = "ORDER",
        /// Trigger orders.
        Entrust = "ENTRUST",
    }
}

open_enum! {
    /// State of a row of the mixed list of orders and trigger orders; the last two are groups, for asking only.
    pub enum OrderEntrustState {
        /// Rests, nothing has traded.
        New = "NEW",
        /// Rests, a part has traded.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// Traded whole.
        Filled = "FILLED",
        /// Cancelled.
        Canceled = "CANCELED",
        /// Refused.
        Rejected = "REJECTED",
        /// Placed.
        Placed = "PLACED",
        /// All that still live.
        Unfinished = "UNFINISHED",
        /// All that are done.
        History = "HISTORY",
    }
}

open_enum! {
    /// State of a reverse plan as its list takes it: in lower case.
    pub enum ReversePlanState {
        /// Waits for its price.
        NotTriggered = "not_triggered",
        /// Was triggered.
        Triggered = "triggered",
        /// Is being triggered.
        Triggering = "triggering",
        /// Cancelled by its owner.
        UserRevocation = "user_revocation",
        /// Cancelled by the venue.
        PlatformRevocation = "platform_revocation",
        /// Ran out of time.
        Expired = "expired",
    }
}

open_enum! {
    /// Margin mode as the list of reverse plans takes it: in lower case.
    pub enum ReversePlanPositionType {
        /// The whole balance backs all positions.
        Crossed = "crossed",
        /// The position has its own margin.
        Isolated = "isolated",
    }
}

open_enum! {
    /// Side as the list of reverse plans takes it: in lower case.
    pub enum ReversePlanPositionSide {
        /// The long position.
        Long = "long",
        /// The short position.
        Short = "short",
    }
}

open_enum! {
    /// Which way a list goes on from the record whose id is given.
    pub enum Direction {
        /// To the page before.
        Prev = "PREV",
        /// To the page after.
        Next = "NEXT",
    }
}

open_enum! {
    /// [`Direction`](crate::Direction) as the newer lists spell it.
    pub enum HistoryDirection {
        /// To the page after.
        Next = "NEXT",
        /// To the page before.
        Previous = "PREVIOUS",
    }
}

open_enum! {
    /// How much of a position was closed, in the history of positions.
    pub enum IsFullClose: number {
        /// A part.
        Partial = "0",
        /// All of it.
        Full = "1",
    }
}

open_enum! {
    /// Kind of a trigger order, as the lists of quant accounts take it.
    pub enum QuantOrigType: number {
        /// Takes profit with a limit order.
        LimitTakeProfit = "1",
        /// Stops a loss with a limit order.
        LimitStop = "2",
        /// Takes profit with a market order.
        MarketTakeProfit = "3",
        /// Stops a loss with a market order.
        MarketStop = "4",
    }
}

open_enum! {
    /// Which way an order goes, as the lists of quant accounts take it.
    pub enum QuantOrderSide: number {
        /// Buys.
        Buy = "1",
        /// Sells.
        Sell = "2",
    }
}

open_enum! {
    /// State of an order, as the lists of quant accounts take it.
    pub enum QuantOrderState: number {
        /// A part has traded.
        PartiallyFilled = "2",
        /// Traded whole.
        Filled = "3",
        /// Cancelled.
        Canceled = "4",
        /// Ran out of time.
        Expired = "6",
    }
}

open_enum! {
    /// Kind of an order, as the lists of quant accounts take it.
    pub enum QuantOrderOrigType: number {
        /// Limit order.
        Limit = "1",
        /// Market order.
        Market = "2",
        /// Limit order of a take-profit or stop-loss.
        LimitTrigger = "3",
        /// Market order of a take-profit or stop-loss.
        MarketTrigger = "4",
        /// Stop by maintenance margin rate.
        MarginRateStop = "5",
    }
}
