//! Enums of plan orders: those that wait for a trigger.

use venue_core::open_enum;

open_enum! {
    /// Which way the market moves to a trigger price. The venue says no more than the two words.
    pub enum PriceWay: number {
        /// Long; upwards, it seems.
        Long = "1",
        /// Short; downwards, it seems.
        Short = "2",
    }
}

open_enum! {
    /// How much of a position a take-profit or stop-loss is for.
    pub enum PlanCategory: number {
        /// A size of its own.
        TpSl = "1",
        /// The whole position.
        PositionTpSl = "2",
    }
}

open_enum! {
    /// How an order executes once it is triggered.
    pub enum ExecutionType {
        /// At a limit price.
        Limit = "limit",
        /// At the market.
        Market = "market",
    }
}

open_enum! {
    /// Take-profit or stop-loss.
    pub enum TpSlType {
        /// Closes with a profit.
        TakeProfit = "take_profit",
        /// Closes to stop a loss.
        StopLoss = "stop_loss",
    }
}

open_enum! {
    /// What a plan order is, when one is placed.
    pub enum PlanSubmitType {
        /// A limit order once it is triggered; the venue's default.
        Limit = "limit",
        /// A market order once it is triggered.
        Market = "market",
        /// A take-profit.
        TakeProfit = "take_profit",
        /// A stop-loss.
        StopLoss = "stop_loss",
    }
}

open_enum! {
    /// What a plan order is, in answers.
    pub enum PlanOrderType {
        /// A plan order.
        Plan = "plan",
        /// A take-profit.
        TakeProfit = "take_profit",
        /// A stop-loss.
        StopLoss = "stop_loss",
    }
}

open_enum! {
    /// Which plan orders are listed.
    pub enum PlanFilter {
        /// Plan orders.
        Plan = "plan",
        /// Take-profits and stop-losses.
        ProfitLoss = "profit_loss",
    }
}
