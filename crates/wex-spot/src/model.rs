//! Enums and types that several requests and answers share.

use venue_core::{id, open_enum};

open_enum! {
    /// Which way an order goes.
    pub enum Side {
        /// Buys the base currency.
        Buy = "BUY",
        /// Sells the base currency.
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
        /// Post only: cancelled where it would trade at once.
        Gtx = "GTX",
    }
}

open_enum! {
    /// The account that an order trades on.
    pub enum OrderBizType {
        /// Spot.
        Spot = "SPOT",
        /// Leverage.
        Lever = "LEVER",
    }
}

open_enum! {
    /// An account between which funds move.
    pub enum BizType {
        /// Spot.
        Spot = "SPOT",
        /// Leverage; one for each symbol.
        Lever = "LEVER",
        /// Financial products.
        Finance = "FINANCE",
        /// USDT-margined futures.
        FuturesU = "FUTURES_U",
        /// Coin-margined futures.
        FuturesC = "FUTURES_C",
    }
}

open_enum! {
    /// Whether a symbol trades.
    pub enum SymbolState {
        /// It trades.
        Online = "ONLINE",
        /// It does not trade.
        Offline = "OFFLINE",
        /// It was taken off.
        Delisted = "DELISTED",
    }
}

open_enum! {
    /// Where the venue's own pages show a symbol.
    pub enum DisplayLevel {
        /// Everywhere.
        Full = "FULL",
        /// In searches.
        Search = "SEARCH",
        /// By its address only.
        Direct = "DIRECT",
        /// Nowhere.
        None = "NONE",
    }
}

open_enum! {
    /// A rule that orders of a symbol must meet.
    pub enum FilterKind {
        /// Range and step of a price.
        Price = "PRICE",
        /// Range and step of a quantity.
        Quantity = "QUANTITY",
        /// Smallest amount of an order, in quote currency.
        QuoteQty = "QUOTE_QTY",
        /// How far a limit price may lie from the last price.
        ProtectionLimit = "PROTECTION_LIMIT",
        /// How far the best price may lie from the last price for a market order.
        ProtectionMarket = "PROTECTION_MARKET",
        /// How far a price may rise above the opening price after a listing.
        ProtectionOnline = "PROTECTION_ONLINE",
    }
}

id! {
    /// Your own id of a batch, 4 to 32 letters, digits and underscores.
    pub struct ClientBatchId
}
id! {
    /// The venue's id of a batch.
    pub struct BatchId
}
id! {
    /// The venue's id of a change to an order.
    pub struct ModifyId
}
id! {
    /// Your own id of a transfer, up to 128 characters: it counts once, for good.
    pub struct BizId
}
id! {
    /// The venue's id of a transfer.
    pub struct TransferId
}
