//! Words of pairs and market data.

use venue_core::open_enum;

open_enum! {
    /// State of a trading pair.
    pub enum SymbolStatus {
        /// Shown ahead of its opening.
        InPreview = "IN_PREVIEW",
        /// Trades.
        Trading = "TRADING",
        /// Trading is suspended.
        Halt = "HALT",
        /// Comes back from a halt.
        Resuming = "RESUMING",
    }
}

open_enum! {
    /// Whether a pair can be traded; only one value is documented.
    pub enum TradeStatus {
        /// It can.
        Tradable = "TRADABLE",
    }
}

open_enum! {
    /// Which exchange of the group; the documentation knows the first two, the platform the others.
    pub enum Site {
        /// Bermuda; the documented default.
        Bmu = "BMU" | "bmu",
        /// The Emirates.
        Uae = "UAE" | "uae",
        /// Middle East and North Africa.
        Mena = "MENA" | "mena",
        /// Hong Kong.
        Hk = "HK" | "hk",
    }
}

open_enum! {
    /// Kind of instrument.
    pub enum InstrumentType {
        /// Spot pairs; the venue's default.
        Spot = "SPOT",
        /// Futures.
        Futures = "FUTURES",
        /// Both.
        Any = "ANY",
    }
}

open_enum! {
    /// Length of a candle. The documentation lost its list but for the first; the others are of a later
    /// edition. `M` is a month and `m` a minute.
    pub enum KlineInterval {
        /// A minute.
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
        /// A week.
        W1 = "1w",
        /// A month.
        Month1 = "1M",
    }
}
