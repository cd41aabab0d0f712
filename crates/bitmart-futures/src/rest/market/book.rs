//! The order book, and trades in the market.

use venue_core::wire::nullable;
use venue_core::{
    Amount, Contracts, Endpoint, Invalid, Millis, Price, Qty, Rows, Secs, Spec, Symbol, model, positional,
    request,
};

use crate::limits;
use crate::rest::check;
use crate::venue::BitMart;

request! {
    /// Gives the order book of a contract.
    ///
    /// `GET /contract/public/depth` · public · 12 per 2 s per IP. How many levels come can't be chosen.
    pub struct GetDepth { symbol: Symbol }
}

impl Endpoint for GetDepth {
    type Venue = BitMart;
    type Response = Depth;
    const SPEC: Spec =
        Spec::get("/contract/public/depth").section("Futures Market Data").cost(&limits::DEPTH, 1);
}

model! {
    /// An order book. It has no sequence number, so it can't be joined with the pushed changes.
    pub struct Depth {
        /// Contract.
        pub symbol?: Symbol,
        /// When it last changed.
        pub timestamp?: Millis,
        /// Bids, best first.
        #[serde(deserialize_with = "nullable")]
        pub bids: Vec<DepthLevel>,
        /// Asks, best first.
        #[serde(deserialize_with = "nullable")]
        pub asks: Vec<DepthLevel>,
    }
}

positional! {
    /// A price level.
    pub struct DepthLevel {
        /// Price.
        pub price: Price,
        /// How much is there; in contracts, it seems.
        pub size: Contracts,
        /// How much is there and at all better prices.
        pub total: Contracts,
    }
}

request! {
    /// Lists the latest trades of a contract.
    ///
    /// `GET /contract/public/market-trade` · public · 12 per 2 s per IP.
    pub struct GetMarketTrades { symbol: Symbol }
    optional {
        /// How many; 50 by default, 100 at most.
        limit: u32,
    }
}

impl Endpoint for GetMarketTrades {
    type Venue = BitMart;
    type Response = Rows<MarketTrade>;
    const SPEC: Spec = Spec::get("/contract/public/market-trade")
        .section("Futures Market Data")
        .cost(&limits::MARKET_TRADE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("limit", self.limit, 1..=100)
    }
}

model! {
    /// A trade in the market. It has no id.
    pub struct MarketTrade {
        /// Contract.
        pub symbol?: Symbol,
        /// Price.
        pub price: Price,
        /// How much, in base currency; not in contracts.
        pub qty: Qty,
        /// What it was worth, in quote currency.
        pub quote_qty?: Amount,
        /// When it was made; in seconds.
        pub time: Secs,
        /// Whether the buyer was the maker: then the taker sold.
        pub is_buyer_maker?: bool,
    }
}
