//! Enums of the WebSocket channels.

use venue_core::open_enum;

open_enum! {
    /// Length of a pushed candle; a part of the topic, case matters. REST knows fewer.
    pub enum FeedKlineInterval {
        /// One minute.
        M1 = "1m",
        /// Three minutes.
        M3 = "3m",
        /// Five minutes.
        M5 = "5m",
        /// A quarter of an hour.
        M15 = "15m",
        /// Half an hour.
        M30 = "30m",
        /// An hour.
        H1 = "1h",
        /// Two hours.
        H2 = "2h",
        /// Four hours.
        H4 = "4h",
        /// Six hours.
        H6 = "6h",
        /// Eight hours.
        H8 = "8h",
        /// Twelve hours.
        H12 = "12h",
        /// A day.
        D1 = "1d",
        /// Three days.
        D3 = "3d",
        /// A week.
        W1 = "1w",
        /// A month.
        Month1 = "1M",
    }
}

open_enum! {
    /// How often a book is pushed. The documentation lists bare numbers and sends them with their unit.
    pub enum DepthInterval {
        /// Ten times a second.
        Ms100 = "100ms" | "100",
        /// Four times a second.
        Ms250 = "250ms" | "250",
        /// Twice a second.
        Ms500 = "500ms" | "500",
        /// Once a second.
        Ms1000 = "1000ms" | "1000",
    }
}

open_enum! {
    /// How many levels a side a pushed book holds.
    pub enum DepthLevels {
        /// Five.
        Five = "5",
        /// Ten.
        Ten = "10",
        /// Twenty.
        Twenty = "20",
        /// Fifty.
        Fifty = "50",
    }
}

open_enum! {
    /// What a notification is about.
    pub enum NotifyType {
        /// The position is about to be liquidated.
        Warn = "WARN",
        /// A part of it was liquidated.
        Partial = "PARTIAL",
        /// It was liquidated.
        Liquidation = "LIQUIDATION",
        /// It was deleveraged automatically.
        Adl = "ADL",
    }
}
