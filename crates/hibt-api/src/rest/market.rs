//! Basic information: the venue's time, and market data.

use venue_core::wire::nullable;
use venue_core::{Endpoint, Invalid, Millis, Price, Qty, Spec, Symbol, model, positional};

use crate::limits;
use crate::venue::Hibt;

request! {
    /// Tells the venue's time.
    ///
    /// `GET /v2/server/time` · public · 10 per 1 s per IP (assumed).
    pub struct GetServerTime {}
}

impl Endpoint for GetServerTime {
    type Venue = Hibt;
    type Response = ServerTime;
    const SPEC: Spec = Spec::get("/v2/server/time").section("Basic Information API").cost(&limits::PUBLIC, 1);
}

model! {
    /// The venue's time.
    #[serde(rename_all = "camelCase")]
    pub struct ServerTime {
        /// Now.
        pub server_time: Millis,
    }
}

/// The numbers of levels that can be asked for.
const DEPTHS: [u32; 6] = [5, 10, 20, 50, 100, 200];

request! {
    /// Gives the order book of a contract.
    ///
    /// `GET /v2/market/depth` · public · 10 per 1 s per IP (assumed).
    pub struct GetDepth { symbol: Symbol }
    optional {
        /// How many levels of each side: 5, 10, 20, 50, 100 or 200. For 100 and 200 the venue has been seen
        /// to give 50.
        limit: u32,
    }
}

impl Endpoint for GetDepth {
    type Venue = Hibt;
    type Response = Depth;
    const SPEC: Spec =
        Spec::get("/v2/market/depth").section("Basic Information API").cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        match self.limit {
            Some(limit) if !DEPTHS.contains(&limit) => {
                Err(Invalid::new(format!("limit {limit}: one of 5, 10, 20, 50, 100, 200")))
            }
            _ => Ok(()),
        }
    }
}

model! {
    /// An order book. It carries neither a time nor a sequence number.
    pub struct Depth {
        /// Bids, best first.
        #[serde(deserialize_with = "nullable")]
        pub bid: Vec<Level>,
        /// Asks, best first.
        #[serde(deserialize_with = "nullable")]
        pub ask: Vec<Level>,
    }
}

positional! {
    /// A price level.
    pub struct Level {
        /// Price.
        pub price: Price,
        /// How much is there, in base currency.
        pub size: Qty,
    }
}
